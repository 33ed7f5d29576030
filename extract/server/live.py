"""The data that the running page shows: taken in when files change and come to rest whole, else kept as last good.

A file is read once into memory, between two equal looks at its status, after all files have been left alone. What is
checked and shown is always one such reading.

The files are looked at twice a second, and more often while they come to rest. Waking on the system's own events
(`watchfiles`) would need the same looks until files have come to rest, and others for folders whose events never come,
such as those of another machine. The looks take 0.2 % of a processor for five articles, 1 % for two hundred, and never
more than 5 %.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from extract.claims.collection import Collection
from extract.claims.files import find_root, is_leftover
from extract.claims.load.root import Loader, without_collecting
from extract.page.notices import format_notice
from extract.page.progress import Progress
from extract.server.lost_articles import Files, Load
from extract.server.snapshot import Snapshot, make_empty_snapshot, make_snapshot
from extract.text.files import read_regular
from extract.text.problems import Problem, UnreadableError

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 0.5
"""Seconds between two looks at the files; more where a look takes long."""
LOOK_AGAIN: Final = 0.1
"""Seconds between two looks while files that have changed come to rest."""
SETTLE: Final = 0.5
"""Seconds that all files must have been left alone before they are read."""
SETTLE_CUT_OFF: Final = 1.5
"""The same, where a changed YAML file ends without a line end: more likely half written than meant."""
COLD_PATIENCE: Final = 3.0
"""Seconds that the first reader waits for files that are being written as the server starts."""
MOST_LINES: Final = 20
"""Problems that one change writes to the log."""

_FOLDERS = {"data": ".yaml", "data/claims": ".yaml", "seeds": ".txt"}

Read: TypeAlias = Callable[[Path, Path], bytes]


class Signature(NamedTuple):
    """What tells one state of a file from another, also after a rename or with its time of change set back."""

    device: int
    inode: int
    size: int
    mtime: int
    ctime: int


class Reading(NamedTuple):
    """All files as read once, and why those that could not be read could not."""

    files: Files
    unreadable: tuple[Problem, ...]


class Live:
    """The data under one root, for a server's life; `current` is cheap, blocks nobody and never raises."""

    def __init__(
        self,
        root: Path,
        *,
        load: Load | None = None,
        read: Read = read_regular,
        clock: Callable[[], float] = time.monotonic,
        settle: float = SETTLE,
        prepare: Callable[[Snapshot], None] = lambda _: None,
    ) -> None:
        """Touch nothing yet; `load` makes a collection of files, `read` reads one in a folder, `clock` counts seconds.

        Without `load`, files are loaded anew as far as they have changed. `prepare` is called once, with what has been
        read first, before anybody is given it.
        """
        self.root = root
        self._loader = Loader(self._note)
        self._load = load or self._load_changes
        self._read = read
        self._clock = clock
        self._settle = settle
        self._prepare = prepare
        self._snapshot = make_empty_snapshot()
        self.progress = Progress(0, 0)
        """How far the first reading is."""
        self._has_shown_data = False
        self._turn = threading.Lock()  # held by whoever looks at the files
        self._starting = threading.Lock()  # held by whoever starts the watch
        self._closed = threading.Event()
        self._read_once = threading.Event()
        self._beginning: threading.Thread | None = None
        self._watcher: threading.Thread | None = None
        self._seen: Mapping[str, Signature] = {}
        self._seen_since = clock()
        self._settled: Mapping[str, Signature] | None = None
        self._taken: Reading | None = None
        self._looking = 0.0  # seconds that the last look took, without the taking in of a change
        self._logged_failure = ""
        self._known_bytes: dict[str, tuple[Signature, bytes]] = {}

    def current(self) -> Snapshot:
        """Return the last good data; the first call reads them and begins to watch the files."""
        if self._watcher is None:
            with self._starting:
                if self._watcher is None:
                    self._read_first()
                    self._prepare_first()
                    self._watcher = threading.Thread(target=self._watch, name="live-data", daemon=True)
                    self._watcher.start()
                    self._read_once.set()
        return self._snapshot

    def start(self) -> None:
        """Let a thread of its own read the files for the first time, so that no reader need wait for that."""
        if self._beginning is None:
            self._beginning = threading.Thread(target=self.current, name="first-reading", daemon=True)
            self._beginning.start()

    @property
    def has_read(self) -> bool:
        """Tell whether the files have been read once, sound or not, so that `current` waits for nothing."""
        return self._read_once.is_set()

    @property
    def shown(self) -> Snapshot:
        """The last good data, without waiting for any: nothing but the page's words until they have been read."""
        return self._snapshot

    def wait(self, seconds: float) -> bool:
        """Wait so long for the files to be read once; return whether they have been."""
        self.start()
        return self._read_once.wait(seconds)

    def close(self) -> None:
        """Stop watching the files."""
        self._closed.set()
        if self._watcher is not None:
            self._watcher.join()

    @property
    def pause(self) -> float:
        """Seconds until the next look: a twentieth of the time goes into looking; taking in a change does not count."""
        comes_to_rest = self._clock() - self._seen_since < SETTLE_CUT_OFF + LOOK_EVERY
        return max(LOOK_AGAIN if comes_to_rest else LOOK_EVERY, 20 * self._looking)

    def look(self) -> Snapshot:
        """Look at the files once, take in what has changed and come to rest, and return the data as they are then.

        Whoever calls while another looks gets the last good data at once.
        """
        if self._turn.acquire(blocking=False):
            begun = self._clock()
            try:
                self._look(is_patient=True)
                self._logged_failure = ""
            except Exception as error:
                # Whatever went wrong, readers keep the last good data; the next look tries again, in a while.
                self._looking = self._clock() - begun
                if repr(error) != self._logged_failure:
                    log.exception("The files under %s could not be taken in; the page stays as last read", self.root)
                self._logged_failure = repr(error)
            finally:
                self._turn.release()
        return self._snapshot

    def _read_first(self) -> None:
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

    def _prepare_first(self) -> None:
        try:
            self._prepare(self._snapshot)
        except Exception:
            log.exception("What most readers come for could not be made ahead; each makes it anew")

    def _watch(self) -> None:
        while not self._closed.wait(self.pause):
            self.look()

    def _look(self, *, is_patient: bool) -> None:
        begun = time.thread_time()  # of the processor, which readers keep busy, too
        found = find_signatures(self.root)
        self._looking = time.thread_time() - begun
        if found != self._seen:
            self._seen, self._seen_since = found, self._clock()
        if found == self._settled or (is_patient and not self._has_rested(self._settle)):
            return
        if self._taken is None:
            self.progress = Progress(0, sum(path.startswith("data/claims/") for path in found))
        reading = self._read_all(found)
        if reading is None:
            return
        if is_patient and self._is_cut_off(reading.files) and not self._has_rested(max(self._settle, SETTLE_CUT_OFF)):
            return
        if reading != self._taken:
            with without_collecting():
                self._take(reading)
        # A file that could not be read may be readable at the next look, with the same signature.
        self._settled = None if reading.unreadable else found

    def _has_rested(self, seconds: float) -> bool:
        """Tell whether no file has changed for so long, as we saw it or as the files themselves say."""
        if self._clock() - self._seen_since >= seconds:
            return True
        youngest = max((signature.ctime for signature in self._seen.values()), default=0)
        return time.time_ns() - youngest >= seconds * 1e9

    def _is_cut_off(self, files: Files) -> bool:
        shown = self._snapshot.files
        return any(
            path.endswith(".yaml") and not raw.endswith(b"\n") and raw != shown.get(path) for path, raw in files.items()
        )

    def _read_all(self, found: Mapping[str, Signature]) -> Reading | None:
        """Return all files, each read once or known from before; None where one changed under the reading."""
        files: dict[str, bytes] = {}
        unreadable: list[Problem] = []
        for path, signature in found.items():
            if path in _FOLDERS:
                continue
            known = self._known_bytes.get(path)
            if known is None or known[0] != signature:
                try:
                    raw = self._read(self.root / path, (self.root / path).parent)
                    if find_signature(self.root / path) != signature:
                        return None
                except UnreadableError as error:
                    unreadable.append(Problem(path, 1, "-", str(error)))
                    continue
                except OSError as error:
                    reason = f"cannot be read ({error.strerror or error}): try to save it again"
                    unreadable.append(Problem(path, 1, "-", reason))
                    continue
                known = self._known_bytes[path] = (signature, raw)
            files[path] = known[1]
        for path in self._known_bytes.keys() - found.keys():
            del self._known_bytes[path]
        return Reading(files, tuple(unreadable))

    def _note(self, articles: int) -> None:
        self.progress = self.progress._replace(read=articles)

    def _load_changes(self, files: Files, unreadable: Sequence[Problem]) -> tuple[Collection, list[Problem]]:
        loaded = self._loader.load(files, unreadable=unreadable)
        self.progress = self.progress._replace(read=self.progress.all)  # also of files that describe no text
        return loaded

    def _take(self, reading: Reading) -> None:
        good = self._snapshot if self._has_shown_data else None
        snapshot = make_snapshot(reading.files, reading.unreadable, good, self._load)
        _log_change(good, snapshot)
        self._snapshot = snapshot
        self._has_shown_data = self._has_shown_data or bool(snapshot.collection.sources)
        self._taken = reading


_LIVES: dict[Path, Live] = {}
_LIVES_LOCK = threading.Lock()


def get_live(root: Path | None = None, prepare: Callable[[Snapshot], None] = lambda _: None) -> Live:
    """Return this process's live data of a root (default: FIGURES_ROOT, else the repository); one for each.

    `prepare` is as in `Live`, for a root that is asked for the first time.
    """
    # A plain module object, because any reader's message can clear Streamlit's own caches for everybody.
    folder = (find_root() if root is None else root).absolute()
    with _LIVES_LOCK:
        if folder not in _LIVES:
            _LIVES[folder] = Live(folder, prepare=prepare)
        return _LIVES[folder]


def find_signatures(root: Path) -> dict[str, Signature]:
    """Return the state of every file that the page is read from, and of the folders they stand in.

    Hidden files and what editors leave behind are not looked at; what cannot be looked at is not there.
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
            if name.endswith(ending) and not is_leftover(name) and path not in _FOLDERS:
                try:
                    found[path] = find_signature(f"{root}/{path}")
                except OSError:
                    continue
    return found


def find_signature(path: Path | str) -> Signature:
    """Return a file's state; raise OSError where there is none."""
    status = os.stat(path)  # noqa: PTH116 - making paths of thousands of names takes longer than asking for them
    return Signature(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _log_change(before: Snapshot | None, now: Snapshot) -> None:
    """Write what has changed to the log, once a change: what is wrong with its line, then what the page shows.

    A problem that readers are told of stands with the sentence that they read.
    """
    words = now.wording["en"]
    known = before.notices if before is not None else ()
    for notice in now.notices:
        if notice not in known:
            log.warning("%s · The page says: %s", notice, format_notice(notice, words))
    told = {str(notice) for notice in now.notices} | {
        str(problem) for problem in (before.problems if before is not None else ())
    }
    fresh = [line for line in map(str, now.problems) if line not in told]
    for line in fresh[:MOST_LINES]:
        log.warning("%s", line)
    if len(fresh) > MOST_LINES:
        log.warning("… and %d more: run the check for all", len(fresh) - MOST_LINES)
    figures, articles = len(now.collection.claims), len(now.collection.sources)
    log.info("The page shows %d figures of %d articles, version %s", figures, articles, now.version)
