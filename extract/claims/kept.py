"""What files were parsed to, kept on the disk, so that a later process parses only what has changed since.

It is pickled, so it is trusted as far as the .pyc files beside the code are: only what nobody but this user can have
written is read. Its name says which program wrote it, and each frame of it which bytes; whatever is wrong with it costs
time, never a value: the files are parsed anew.

    form, then frames:  length of the bytes (8), their sha256 (32), the bytes: a pickle of (files, texts) as in `Parsed`
    at the end:         a frame without bytes
"""

import errno
import fcntl
import hashlib
import logging
import os
import pickle
import re
import stat
import struct
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pydantic
import pydantic_core
import rapidfuzz
import yaml

from extract.claims.parsed import Parsed

log = logging.getLogger(__name__)

LEAST_KEPT = 200
"""Articles of a root, and files parsed anew in a load; fewer are parsed in no more time than it takes to look here."""

_STARTED = time.time()
_FORM = b"reported figures, parsed: 1\n"
_HEAD = struct.Struct(">Q32s")
_FRAME = 64
"""Articles; neither pickling nor unpickling then takes memory or long for what all of them share."""
_WRITING = "parsed-new"
_OWN_NAME = re.compile(r"parsed-[0-9a-f]{32}")
_OPEN = os.O_CLOEXEC | os.O_NOFOLLOW


def find_folder() -> Path | None:
    """Return the folder of what is kept: FIGURES_CACHE, else one in the user's caches; None where it is turned off."""
    named = os.environ.get("FIGURES_CACHE")
    if named is not None:
        return None if named in ("", "off") else Path(named)
    caches = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        # The XDG Base Directory Specification: a path that is not absolute counts as none.
        return (caches if caches.is_absolute() else Path.home() / ".cache") / "reported-figures"
    except RuntimeError:
        return None  # a user without a home


def read_kept() -> Parsed:
    """Return what was kept last; nothing where it is turned off, not there, damaged, or others can have written it."""
    folder = find_folder()
    if folder is None:
        return Parsed()
    try:
        name = _find_name()
        place = _open_folder(folder)
    except OSError:
        return Parsed()  # `keep` says why: it has everything to keep after a load that found nothing
    try:
        with open(os.open(name, os.O_RDONLY | os.O_NONBLOCK | _OPEN, dir_fd=place), "rb") as file:  # noqa: PTH123
            return _read_frames(file)
    except FileNotFoundError:
        return Parsed()
    except Exception as error:  # whatever unpickling raises
        reason = error.strerror if isinstance(error, OSError) else error
        log.warning("%s cannot be used (%s): all files are parsed anew", folder / name, reason)
        return Parsed()
    finally:
        os.close(place)


def keep(parsed: Parsed) -> None:
    """Keep this and nothing else, unless another process is about to, or this one cannot."""
    folder = find_folder()
    if folder is None:
        return
    try:
        name = _find_name()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = _open_folder(folder)
        try:
            with suppress(BlockingIOError):
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)  # until the folder is closed
                _replace(place, name, parsed)
        finally:
            os.close(place)
    except OSError as error:
        log.warning("%s cannot be used (%s): the next start parses all files anew", folder, error.strerror)


def _find_name() -> str:
    """Return the name for what this program parses; raise OSError where its files have changed since it was started."""
    versions = (sys.version, yaml.__version__, pydantic.VERSION, pydantic_core.__version__)
    digest = hashlib.sha256(repr((*versions, rapidfuzz.__version__, unicodedata.unidata_version)).encode())
    for module in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(hashlib.sha256(module.read_bytes()).digest())
        if module.stat().st_ctime > _STARTED:
            # What is running is not what stands there, and must not be taken for it.
            raise OSError(errno.ESTALE, f"{module.name} has changed since the start")
    return f"parsed-{digest.hexdigest()[:32]}"


def _open_folder(folder: Path) -> int:
    """Return the open folder; raise OSError where it is none, a link, or not this user's alone to write to."""
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | _OPEN)
    if _is_own(os.fstat(place)):
        return place
    os.close(place)
    raise PermissionError(errno.EPERM, "others may write there")


def _is_own(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _read_frames(file: BinaryIO) -> Parsed:
    """Return all that a file holds; raise ValueError, or what unpickling raises, where any of it is not as written."""
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode) or not _is_own(status):
        raise ValueError("others may write there")
    if file.read(len(_FORM)) != _FORM:
        raise ValueError("is of another form")
    kept = Parsed()
    while raw := _read_frame(file, status.st_size):
        files, texts = pickle.loads(raw)  # noqa: S301 - its bytes are those that this user wrote
        kept.files.update(files)
        kept.texts.update(texts)
    if file.read(1):
        raise ValueError("is damaged")
    return kept


def _read_frame(file: BinaryIO, size: int) -> bytes:
    head = file.read(_HEAD.size)
    if len(head) == _HEAD.size:
        length, digest = _HEAD.unpack(head)
        # To ask for more bytes than there are sets memory aside for all of them.
        raw = file.read(min(length, size))
        if len(raw) == length and hashlib.sha256(raw).digest() == digest:
            return raw
    raise ValueError("is damaged")


@contextmanager
def _create(place: int) -> Iterator[BinaryIO]:
    """Open a new file in a folder, and take it away again where writing fails."""
    with suppress(FileNotFoundError):
        os.unlink(_WRITING, dir_fd=place)  # of a process that was ended
    with open(os.open(_WRITING, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN, 0o600, dir_fd=place), "wb") as file:  # noqa: PTH123
        try:
            yield file
        except OSError:
            os.unlink(_WRITING, dir_fd=place)
            raise


def _replace(place: int, name: str, parsed: Parsed) -> None:
    """Write a file under a name into a folder, and delete those of other programs."""
    files, texts = list(parsed.files.items()), list(parsed.texts.items())
    with _create(place) as file:
        file.write(_FORM)
        for start in range(0, max(len(files), len(texts)), _FRAME):
            part = slice(start, start + _FRAME)
            _write_frame(file, pickle.dumps((dict(files[part]), dict(texts[part])), pickle.HIGHEST_PROTOCOL))
        _write_frame(file, b"")
        file.flush()
    os.replace(_WRITING, name, src_dir_fd=place, dst_dir_fd=place)
    for other in os.listdir(place):
        if _OWN_NAME.fullmatch(other) and other != name:
            os.unlink(other, dir_fd=place)


def _write_frame(file: BinaryIO, raw: bytes) -> None:
    file.write(_HEAD.pack(len(raw), hashlib.sha256(raw).digest()))
    file.write(raw)
