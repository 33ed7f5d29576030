"""Many articles at once: read and checked on every processor that this process may use.

Processes of their own take a batch of articles each on their standard input, and give back what it comes to. This one
reads and checks along with them, for what they give back takes a seventh of the time to take over.
"""

import gc
import io
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from operator import attrgetter
from typing import IO, Any, Final, TypeAlias, TypeVar

from pydantic import BaseModel

from extract.claims.catalogue import Catalogue
from extract.claims.collection import CheckedClaim, LedgerEntry
from extract.claims.files import REPOSITORY
from extract.claims.load.article import ArticleBytes, KnownArticle, read_article_bytes
from extract.text.cores import count_cores

BATCH: Final = 256 * 1024
"""Bytes of articles that a process is given at once, at least."""
PARALLEL_FROM: Final = 4 * 1024 * 1024
"""Bytes in all from which starting processes pays."""

R = TypeVar("R", bound=BaseModel)
Batch: TypeAlias = Sequence[ArticleBytes]
Read: TypeAlias = Callable[[Batch], Sequence[KnownArticle | None]]


def count_processes(articles: Batch) -> int:
    """Return how many processes pay for so many articles: one a core, which does not rest while this one takes over."""
    cores = count_cores()
    return cores if cores > 1 and sum(map(_measure, articles)) >= PARALLEL_FROM else 0


def read_articles(
    articles: Batch, catalogue: Catalogue, today: date, *, processes: int, note: Callable[[int], None]
) -> dict[str, KnownArticle]:
    """Return what articles come to, by the path of their file; those are left out that `read_article_bytes` leaves out.

    `note` is told again and again how many of them have been read. Where a process ends, this one does its part.
    """
    here: Read = partial(_read_batch, catalogue=catalogue, today=today)
    left, found, told = deque(_cut(articles)), dict[str, KnownArticle](), _Count(note)
    helpers = [_Helper(catalogue, today) for _ in range(processes)]
    threads = [threading.Thread(target=_take, args=(left, each.read, found, told), daemon=True) for each in helpers]
    try:
        for thread in threads:
            thread.start()
        _take(left, here, found, told)
        for thread in threads:
            thread.join()
        _take(left, here, found, told)  # what a process that has ended left undone
    finally:
        for each in helpers:
            each.close()
    return found


class _Count:
    """Counts over several threads."""

    def __init__(self, note: Callable[[int], None]) -> None:
        self._note, self._number, self._turn = note, 0, threading.Lock()

    def add(self, number: int) -> None:
        with self._turn:
            self._number += number
            self._note(self._number)


def _take(left: deque[Batch], read: Read, found: dict[str, KnownArticle], told: _Count) -> None:
    """Read batches until none is left; one that cannot be read because a process has ended is left to others."""
    while left:
        with suppress(IndexError):  # another thread took the last one
            batch = left.popleft()
            try:
                known = read(batch)
            except (OSError, EOFError, pickle.UnpicklingError):
                left.append(batch)
                return
            found.update((article.path, each) for article, each in zip(batch, known, strict=True) if each is not None)
            told.add(len(batch))


def _measure(article: ArticleBytes) -> int:
    return len(article.raw) + len(article.text_raw)


def _cut(articles: Batch) -> Iterator[Batch]:
    """Yield articles in batches of at least `BATCH` bytes."""
    batch: list[ArticleBytes] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += _measure(article)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_batch(batch: Batch, *, catalogue: Catalogue, today: date) -> list[KnownArticle | None]:
    return [read_article_bytes(article, catalogue, today) for article in batch]


class _Helper:
    """A process that reads and checks for this one."""

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        self._shared = _list_shared(catalogue)
        self._process = subprocess.Popen(  # noqa: S603 - this module, by this interpreter
            [sys.executable, "-m", __name__],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._first: bytes = pickle.dumps((catalogue, today))

    def read(self, batch: Batch) -> Sequence[KnownArticle | None]:
        """Return what a batch comes to; raise OSError, EOFError or UnpicklingError where the process has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(self._first + pickle.dumps(list(batch)))
        self._process.stdin.flush()
        self._first = b""
        known: Sequence[KnownArticle | None] = _Unpickler(self._process.stdout, self._shared).load()
        return known

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        with suppress(OSError):  # what was not written
            self._process.communicate()


# What goes from process to process


def _list_shared(catalogue: Catalogue) -> list[object]:
    """Return the objects of a catalogue that claims hold, in the same order in every process: they stay themselves."""
    return [
        *catalogue.provinces.values(),
        catalogue.country,
        *catalogue.topics.values(),
        *catalogue.breakdowns.values(),
        *(category for breakdown in catalogue.breakdowns.values() for category in breakdown.categories),
        *catalogue.criteria.values(),
        *catalogue.measures.values(),
        *catalogue.indicators.values(),
        *catalogue.units.values(),
    ]


class _Pickler(pickle.Pickler):
    """Writes records in a third of the time that pydantic and dataclasses take themselves."""

    def __init__(self, file: IO[bytes], shared: Sequence[object]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._places = {id(each): place for place, each in enumerate(shared) if each is not None}
        self._fields_set: dict[frozenset[str], set[str]] = {}

    def reducer_override(self, record: Any) -> Any:
        """Return how a record is made again."""
        place = self._places.get(id(record))
        if place is not None:
            return _get_shared, (place,)
        if isinstance(record, BaseModel):
            # Most records of a kind have the same fields set; a set for each would take more memory than their values.
            fields_set = self._fields_set.setdefault(frozenset(record.model_fields_set), record.model_fields_set)
            return _make_record, (type(record), record.__dict__, fields_set)
        if type(record) in _FIELDS:
            return _make_slots, (type(record), attrgetter(*_FIELDS[type(record)])(record))
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    """Reads what `_Pickler` writes."""

    def __init__(self, file: IO[bytes], shared: Sequence[object]) -> None:
        super().__init__(file)
        self._shared = shared

    def find_class(self, module: str, name: str) -> Any:
        """Return what makes a record again."""
        return self._shared.__getitem__ if name == _get_shared.__name__ else super().find_class(module, name)


def _get_shared(place: int) -> object:
    """Stand for the object of the catalogue at a place: `_Unpickler` knows it."""
    raise NotImplementedError(place)


def _make_record(kind: type[R], values: dict[str, object], fields_set: set[str]) -> R:
    record = kind.__new__(kind)
    record.__setstate__(
        {
            "__dict__": values,
            "__pydantic_fields_set__": fields_set,
            "__pydantic_extra__": None,
            "__pydantic_private__": None,
        }
    )
    return record


_FIELDS: Final[Mapping[type, Sequence[str]]] = {
    kind: tuple(kind.__dataclass_fields__) for kind in (CheckedClaim, LedgerEntry)
}
_SETTERS: Final = {kind: [getattr(kind, name).__set__ for name in names] for kind, names in _FIELDS.items()}


def _make_slots(kind: type, values: Sequence[object]) -> object:
    record: object = object.__new__(kind)
    for write, value in zip(_SETTERS[kind], values, strict=True):
        write(record, value)
    return record


def main() -> None:
    """Read and check what comes in until nothing more comes."""
    gc.disable()  # a batch holds no circles worth looking for
    # Whatever a library prints must not stand among the answers.
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    taken = sys.stdin.buffer
    with suppress(EOFError, BrokenPipeError):
        catalogue, today = pickle.load(taken)  # noqa: S301 - from the process that started this one
        shared = _list_shared(catalogue)
        while True:
            answer = io.BytesIO()
            batch = pickle.load(taken)  # noqa: S301
            _Pickler(answer, shared).dump(_read_batch(batch, catalogue=catalogue, today=today))
            out.write(answer.getbuffer())
            out.flush()


if __name__ == "__main__":
    # By its name: records made by `__main__` would be asked for there.
    from extract.claims.load.workers import main as serve

    serve()
