"""The data that the running page shows: taken in when files change and come to rest whole, else kept as last good.

A file is read once into memory, between two equal looks at its status, after all files have been left alone; what is
checked and shown is always one such reading. An article whose file breaks, cannot be read or vanishes stays as it was
last read, beside the others as they are now. Where a file that all articles share breaks, everything stays.
"""

import hashlib
import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

from extract.claims.collection import Collection, Source
from extract.claims.files import REPOSITORY, find_root
from extract.claims.load import load_root
from extract.claims.wording import parse_wording
from extract.page.notices import Notice, NoticeKind
from extract.text.files import read_regular
from extract.text.problems import Problem, UnreadableError

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5
"""Seconds between two looks at the files; more where a look takes long."""
SETTLE = 0.5
"""Seconds that all files must have been left alone before they are read."""
SETTLE_CUT_OFF = 5.0
"""The same, where a changed YAML file ends without a line end: more likely half written than meant."""
COLD_PATIENCE = 3.0
"""Seconds that the first reader waits for files that are being written as the server starts."""
FEW = 0.75
"""An article that keeps less than this part of its figures has lost many."""
MOST_LINES = 20
"""Problems that one change writes to the log."""

WORDING = "data/wording.yaml"
"""The page's own words. They come with the program: a root without them, or with broken ones, gets the program's."""

_FOLDERS = {"data": ".yaml", "data/claims": ".yaml", "seeds": ".txt"}

Load: TypeAlias = Callable[[Path], tuple[Collection, list[Problem]]]
Read: TypeAlias = Callable[[Path, Path], bytes]
Files: TypeAlias = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Snapshot:
    """One state of the data, whole: what a page run shows, from its first line to its last."""

    collection: Collection
    files: Files
    """The bytes that the collection was read from, by path relative to the root; and the page's words, always sound."""
    version: str
    """Changes with `files`: 16 digits of their sha256."""
    problems: tuple[Problem, ...]
    """All that is wrong with the files as they are on the disk."""
    notices: tuple[Notice, ...]


class Signature(NamedTuple):
    """What tells one state of a file from another, also after a rename or with its time of change set back."""

    device: int
    inode: int
    size: int
    mtime: int
    ctime: int


class _Reading(NamedTuple):
    """All files as read once, and why those that could not be read could not."""

    files: Files
    refusals: Mapping[str, str]


class Live:
    """The data under one root, for a server's life; `current` is cheap, blocks nobody and never raises."""

    def __init__(
        self,
        root: Path,
        *,
        load: Load = load_root,
        read: Read = read_regular,
        clock: Callable[[], float] = time.monotonic,
        settle: float = SETTLE,
    ) -> None:
        """Touch nothing yet; `load` reads a folder, `read` a file of a folder, `clock` counts seconds."""
        self.root = root
        self._load = load
        self._read = read
        self._clock = clock
        self._settle = settle
        self._snapshot = make_empty(())
        self._is_begun = False
        self._turn = threading.Lock()  # held by whoever looks at the files
        self._watching = threading.Lock()  # held by whoever starts the watch
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None
        self._seen: Mapping[str, Signature] = {}
        self._since = clock()
        self._settled: Mapping[str, Signature] | None = None
        self._taken: _Reading | None = None
        self._failure = ""  # the last one that was written to the log
        self._bytes: dict[str, tuple[Signature, bytes]] = {}

    def current(self) -> Snapshot:
        """Return the last good data; the first call reads them and begins to watch the files."""
        if self._watcher is None:
            with self._watching:
                if self._watcher is None:
                    self._begin()
                    self._watcher = threading.Thread(target=self._watch, name="live-data", daemon=True)
                    self._watcher.start()
        return self._snapshot

    def close(self) -> None:
        """Stop watching the files."""
        self._closed.set()
        if self._watcher is not None:
            self._watcher.join()

    def look(self) -> Snapshot:
        """Look at the files once, take in what has changed and come to rest, and return the data as they are then.

        Whoever calls while another looks gets the last good data at once.
        """
        if self._turn.acquire(blocking=False):
            try:
                self._look(is_patient=True)
                self._failure = ""
            except Exception as error:
                # Whatever went wrong, readers keep the last good data; the next look tries again.
                if repr(error) != self._failure:
                    log.exception("The files under %s could not be taken in; the page stays as last read", self.root)
                self._failure = repr(error)
            finally:
                self._turn.release()
        return self._snapshot

    def _begin(self) -> None:
        deadline = self._clock() + COLD_PATIENCE
        while self._taken is None and self._clock() < deadline and not self._closed.is_set():
            self.look()
            if self._taken is None:
                time.sleep(0.05)
        if self._taken is None:
            with self._turn:
                try:
                    self._look(is_patient=False)
                except Exception:
                    log.exception("The files under %s could not be read; the page is empty", self.root)

    def _watch(self) -> None:
        pause = LOOK_EVERY
        while not self._closed.wait(pause):
            begun = time.monotonic()
            self.look()
            pause = max(LOOK_EVERY, 20 * (time.monotonic() - begun))

    def _look(self, *, is_patient: bool) -> None:
        found = find_signatures(self.root)
        if found != self._seen:
            self._seen, self._since = found, self._clock()
        if found == self._settled:
            return
        if is_patient and not self._has_rested(self._settle):
            return
        reading = self._read_all(found)
        if reading is None:
            return
        if is_patient and self._is_cut_off(reading.files) and not self._has_rested(max(self._settle, SETTLE_CUT_OFF)):
            return
        if reading != self._taken:
            self._take(reading)
        # A file that could not be read may be readable at the next look, with the same signature.
        self._settled = None if reading.refusals else found

    def _has_rested(self, seconds: float) -> bool:
        """Tell whether no file has changed for so long, as we saw it or as the files themselves say."""
        if self._clock() - self._since >= seconds:
            return True
        youngest = max((signature.ctime for signature in self._seen.values()), default=0)
        return time.time_ns() - youngest >= seconds * 1e9

    def _is_cut_off(self, files: Files) -> bool:
        shown = self._snapshot.files
        return any(
            path.endswith(".yaml") and not raw.endswith(b"\n") and raw != shown.get(path) for path, raw in files.items()
        )

    def _read_all(self, found: Mapping[str, Signature]) -> _Reading | None:
        """Return all files, each read once or known from before; None where one changed under the reading."""
        files: dict[str, bytes] = {}
        refusals: dict[str, str] = {}
        for path, signature in found.items():
            if path in _FOLDERS:
                continue
            known = self._bytes.get(path)
            if known is None or known[0] != signature:
                try:
                    raw = self._read(self.root / path, (self.root / path).parent)
                    if find_signature(self.root / path) != signature:
                        return None
                except UnreadableError as error:
                    refusals[path] = str(error)
                    continue
                except OSError as error:
                    refusals[path] = f"cannot be read ({error.strerror or error}): try to save it again"
                    continue
                known = self._bytes[path] = (signature, raw)
            files[path] = known[1]
        for path in self._bytes.keys() - found.keys():
            del self._bytes[path]
        return _Reading(files, refusals)

    def _take(self, reading: _Reading) -> None:
        before = self._snapshot if self._is_begun else None
        snapshot = compose(reading.files, reading.refusals, before, self._load)
        _log_change(before, snapshot)
        self._snapshot = snapshot
        self._is_begun = self._is_begun or bool(snapshot.collection.sources)
        self._taken = reading


_LIVES: dict[Path, Live] = {}
_LIVES_TURN = threading.Lock()


def get_live(root: Path | None = None) -> Live:
    """Return this process's live data of a root (default: FIGURES_ROOT, else the repository); one for each."""
    # A plain module object, because any reader's message can clear Streamlit's own caches for everybody.
    folder = (find_root() if root is None else root).absolute()
    with _LIVES_TURN:
        if folder not in _LIVES:
            _LIVES[folder] = Live(folder)
        return _LIVES[folder]


def find_signatures(root: Path) -> dict[str, Signature]:
    """Return the state of every file that the page is read from, and of the folders they stand in.

    Hidden files and an editor's backups are not looked at; what cannot be looked at is not there.
    """
    found: dict[str, Signature] = {}
    for folder, ending in _FOLDERS.items():
        try:
            # The folder's own state tells that a file has just gone or come, and is not yet at rest.
            found[folder] = find_signature(root / folder)
            names = sorted(os.listdir(root / folder))  # noqa: PTH208
        except OSError:
            continue
        for name in names:
            path = f"{folder}/{name}"
            if name.endswith(ending) and not name.startswith(".") and path not in _FOLDERS:
                try:
                    found[path] = find_signature(root / path)
                except OSError:
                    continue
    return found


def find_signature(path: Path) -> Signature:
    """Return a file's state; raise OSError where there is none."""
    status = path.stat()
    return Signature(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def compose(files: Files, refusals: Mapping[str, str], good: Snapshot | None, load: Load) -> Snapshot:
    """Return what to show of files as they are now: all that is sound, and the rest as it was last good.

    `refusals` names files that are there and cannot be read; `good` is what was shown so far, None at a cold start.
    """
    collection, problems = _load_files(files, load)
    refused = [Problem(path, 1, "-", message) for path, message in refusals.items()]
    all_problems = (*refused, *problems)
    shared = next((problem for problem in all_problems if _is_shared(problem.path)), None)
    if shared is not None:
        return _freeze(good, shared, all_problems)
    shown = {**files, WORDING: _choose_wording(files, good)}
    held: dict[str, Source] = {}
    while good is not None and (lost := _find_lost(good, collection)):
        stuck = next((source for source in lost if source.path in held), None)
        if stuck is not None:
            # Its last good state does not fit the others as they are now: nothing is mixed that does not fit together.
            return _freeze(good, _find_problem(stuck.path, all_problems), all_problems)
        for source in lost:
            held[source.path] = source
            shown[source.path] = good.files[source.path]
            seed = f"seeds/{source.record.article.seed}"
            shown[seed] = good.files[seed]
        collection, _ = _load_files(shown, load)
    return Snapshot(
        collection=collection,
        files=shown,
        version=_digest(shown),
        problems=all_problems,
        notices=(
            *(
                _note_held(source, source.path in files or source.path in refusals, all_problems)
                for source in held.values()
            ),
            *_note_withheld([*files, *refusals], collection, all_problems),
            *(_note_losses(good, collection, shown) if good is not None else ()),
        ),
    )


def make_empty(problems: tuple[Problem, ...]) -> Snapshot:
    """Return a state without any data."""
    empty = Collection(provinces={}, topics={}, indicators={}, units={}, sources=(), claims=(), ledger=())
    files = {WORDING: _read_own_wording()}
    return Snapshot(collection=empty, files=files, version=_digest(files), problems=problems, notices=())


def _load_files(files: Files, load: Load) -> tuple[Collection, list[Problem]]:
    """Return the collection of files in memory: written to a folder of their own, so that none can change under it."""
    with tempfile.TemporaryDirectory(prefix="figures-") as folder:
        root = Path(folder)
        for name in _FOLDERS:
            (root / name).mkdir(parents=True, exist_ok=True)
        for path, raw in files.items():
            (root / path).write_bytes(raw)
        return load(root)


def _is_shared(path: str) -> bool:
    return (
        path.startswith("data/") and not path.startswith("data/claims") and path.endswith(".yaml") and path != WORDING
    )


@cache
def _read_own_wording() -> bytes:
    return read_regular(REPOSITORY / WORDING, REPOSITORY / "data")


def _choose_wording(files: Files, good: Snapshot | None) -> bytes:
    """Return the page's words: as they are now where they are sound, else as last good, else the program's own."""
    last = good.files[WORDING] if good is not None else _read_own_wording()
    try:
        parse_wording(files.get(WORDING, last))
    except ValueError:
        return last
    return files.get(WORDING, last)


def _find_lost(good: Snapshot, collection: Collection) -> list[Source]:
    """Return the articles that were shown and are not sound any more; one whose file has another name now is."""
    paths = {source.path for source in collection.sources}
    seeds = {source.record.article.seed for source in collection.sources}
    return [
        source
        for source in good.collection.sources
        if source.path not in paths and source.record.article.seed not in seeds
    ]


def _freeze(good: Snapshot | None, problem: Problem, problems: tuple[Problem, ...]) -> Snapshot:
    """Return the last good state as a whole, or nothing, with the reason."""
    snapshot = make_empty(problems) if good is None else good
    kind = NoticeKind.EMPTY if good is None else NoticeKind.FROZEN
    shown = len(snapshot.collection.claims)
    notice = Notice(kind=kind, path=problem.path, line=problem.line, message=problem.message, figures=shown)
    return replace(snapshot, problems=problems, notices=(notice,))


def _find_problem(path: str, problems: Sequence[Problem], seed: str = "") -> Problem:
    """Return what is wrong with an article: with its file, else with its text."""
    places = (path, f"seeds/{seed}")
    own = [problem for place in places for problem in problems if problem.path == place]
    return own[0] if own else Problem(path, 1, "-", "does not fit the other files: run the check")


def _count_claims(source: Source) -> int:
    return sum(len(sentence.claims) for sentence in source.record.sentences)


def _get_title(source: Source) -> str:
    return source.record.article.title or source.record.article.seed


def _note_held(source: Source, is_there: bool, problems: Sequence[Problem]) -> Notice:
    if is_there:
        problem = _find_problem(source.path, problems, source.record.article.seed)
    else:
        problem = Problem(source.path, 1, "-", "is gone: put it back, or start the server anew without it")
    return Notice(
        kind=NoticeKind.HELD,
        path=problem.path,
        line=problem.line,
        message=problem.message,
        article=_get_title(source),
        figures=_count_claims(source),
    )


def _note_withheld(paths: Sequence[str], collection: Collection, problems: Sequence[Problem]) -> list[Notice]:
    shown = {source.path for source in collection.sources}
    missing = [path for path in paths if path.startswith("data/claims/") and path not in shown]
    notices: list[Notice] = []
    for path in missing:
        problem = _find_problem(path, problems)
        name = path.rpartition("/")[2].removesuffix(".yaml")
        notices.append(
            Notice(kind=NoticeKind.WITHHELD, path=path, line=problem.line, message=problem.message, article=name)
        )
    return notices


def _note_losses(good: Snapshot, collection: Collection, files: Files) -> list[Notice]:
    """Return the notices of articles that lost many figures, now or since an earlier change of the same file."""
    before = {source.record.article.seed: source for source in good.collection.sources}
    standing = {notice.path: notice for notice in good.notices if notice.kind is NoticeKind.LOST}
    notices: list[Notice] = []
    for source in collection.sources:
        earlier = before.get(source.record.article.seed)
        if earlier is None:
            continue
        if earlier.path == source.path and good.files[source.path] == files[source.path]:
            notices += [standing[source.path]] if source.path in standing else []
            continue
        had, has = _count_claims(earlier), _count_claims(source)
        if has < had * FEW:
            notices.append(
                Notice(
                    kind=NoticeKind.LOST,
                    path=source.path,
                    line=1,
                    message=f"{had} claims → {has}: if this is not meant, put the others back",
                    article=_get_title(source),
                    figures=has,
                    before=had,
                )
            )
    return notices


def _digest(files: Files) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{len(files[path])}\0".encode())
        digest.update(files[path])
    return digest.hexdigest()[:16]


def _log_change(before: Snapshot | None, now: Snapshot) -> None:
    """Write what has changed to the log, once a change: what is wrong with its line, then what the page shows."""
    known = before.problems if before is not None else ()
    fresh = [problem for problem in now.problems if problem not in known]
    for problem in fresh[:MOST_LINES]:
        log.warning("%s", problem)
    if len(fresh) > MOST_LINES:
        log.warning("… and %d more: run the check for all", len(fresh) - MOST_LINES)
    for notice in now.notices:
        if before is None or notice not in before.notices:
            log.warning("%s", notice)
    figures, articles = len(now.collection.claims), len(now.collection.sources)
    log.info("The page shows %d figures of %d articles, version %s", figures, articles, now.version)
