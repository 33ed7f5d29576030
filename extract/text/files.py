"""The one way that files are opened: regular files only, inside their folder, never waiting for a writer."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

from extract.text.problems import UnreadableError

LARGEST_FILE: Final = 5_000_000
"""Bytes. An article has a few kilobytes; what is larger is no article, and would keep every reader waiting."""


def open_regular(path: Path, *, folder: Path | None = None) -> BinaryIO:
    """Open a regular file for reading; with `folder`, only one that lies in it.

    Raises UnreadableError for anything else: a folder, a pipe, a device, a link that leads out or nowhere.
    """
    try:
        if folder is not None and path.is_symlink() and not path.resolve(strict=True).is_relative_to(folder.resolve()):
            raise UnreadableError("is a link that leads out of its folder: put the file itself there")
        # O_NONBLOCK: opening a FIFO waits for its writer otherwise.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        raise UnreadableError("is missing") from None
    except RuntimeError:  # what Python up to 3.12 raises for a circle of links
        raise UnreadableError("is a link that leads to itself: put the file itself there") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise UnreadableError("is a link that leads to itself: put the file itself there") from None
        raise UnreadableError(f"cannot be read ({error.strerror}): check its permissions") from None
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise UnreadableError("is a directory: put a text file there")
    raise UnreadableError("is no regular file: put a text file there")


def read_regular(path: Path, folder: Path | None = None) -> bytes:
    """Return the bytes of a regular file; raise UnreadableError for anything else, or for more than `LARGEST_FILE`."""
    with open_regular(path, folder=folder) as file:
        # Asking for more bytes than there are sets memory aside for all of them.
        size = os.fstat(file.fileno()).st_size
        raw = file.read() if size <= LARGEST_FILE else file.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise UnreadableError(f"is larger than {LARGEST_FILE // 1_000_000} MB: no file here needs that")
    return raw
