"""Many files at once: their mentions or sentences as records, in the order asked for, however large the files.

A file is read in blocks that end with a line, so memory holds a few blocks a core and never a whole large file. No rule
of the grammar looks past a line. A line longer than a block is cut before its last sentence; only a single sentence is
ever held whole.

Offsets are code points of the file's text as UTF-8, its line ends and marks without width counted as they are.
"""

import json
import os
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from extract.text.files import open_regular
from extract.text.mentions import Mention, find_mentions
from extract.text.problems import UnreadableError
from extract.text.sentences import find_sentences
from extract.text.texts import check_characters, decode, normalise

BLOCK: Final = 1024 * 1024
"""Bytes read at once."""
SMALL_FILE: Final = 256 * 1024
"""Bytes up to which a file is one task of its own."""
FILES_A_TASK: Final = 32
"""Small files handed to a process together, so that the handing over costs little."""
PARALLEL_FROM: Final = 4 * 1024 * 1024
"""Bytes in all from which starting processes pays."""

Record = dict[str, object]
"""A mention (file, start, end, text, value, unit, qualifier, kind) or a sentence (file, start, end), ready for JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A file that was not scanned: where, what is wrong and what to do."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return the refusal as a line of output: ``path:line: message``."""
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a file that ends with a line: its text as in the file, and where in the file it begins."""

    file: str
    raw: str
    offset: int


Find = Callable[[Block], list[Record]]
Progress = Callable[[int, int], None]


def find_mention_records(block: Block) -> list[Record]:
    """Return the records of the mentions of `block`."""
    article = normalise(block.raw)
    records: list[Record] = []
    for mention in find_mentions(article.text):
        start, end = article.raw_span(mention.start, mention.end)
        records.append(make_record(block.file, start + block.offset, end + block.offset, mention))
    return records


def find_sentence_records(block: Block) -> list[Record]:
    """Return the records of the sentences of `block`."""
    article = normalise(block.raw)
    records: list[Record] = []
    for sentence in find_sentences(article.text):
        start, end = article.raw_span(sentence.start, sentence.end)
        records.append({"file": block.file, "start": start + block.offset, "end": end + block.offset})
    return records


def make_record(file: str, start: int, end: int, mention: Mention) -> Record:
    """Return a mention as a record, with exactly the keys that other programs rely on."""
    return {
        "file": file,
        "start": start,
        "end": end,
        "text": mention.text,
        "value": format_value(mention.value),
        "unit": mention.unit,
        "qualifier": mention.qualifier,
        "kind": mention.kind.value,
    }


def format_value(value: Decimal | tuple[Decimal, Decimal] | None) -> object:
    """Return a value as a plain JSON number, a pair of them, or None.

    >>> format_value(Decimal("640000000")), format_value(Decimal("0.9")), format_value((Decimal(1962), Decimal(1969)))
    (640000000, 0.9, [1962, 1969])
    """
    if isinstance(value, tuple):
        return [format_value(number) for number in value]
    if value is None:
        return None
    whole = int(value)
    return whole if whole == value else float(value)  # exact: a numeral has 15 digits at most


def format_record(record: Record) -> str:
    """Return a record as one line of JSON."""
    return json.dumps(record, ensure_ascii=False)


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of `paths` in order; of a folder, the ``*.txt`` under it, sorted."""
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.txt"))
        else:
            yield path


def scan_files(
    paths: Iterable[Path],
    *,
    find: Find = find_mention_records,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Record | Refusal]:
    """Yield the records of every file in order, and for a file that is no text the refusal instead.

    `find` is `find_mention_records` or `find_sentence_records`. `jobs` processes share the work (default: the cores,
    where there is enough of it); `progress` is called with the files done and the files there are.
    """
    files = list(find_files(paths))
    cores = min(jobs or _count_cores(files), max(len(files), 2))
    with ExitStack() as stack:
        pool: Executor | None = None
        if cores > 1:
            context = get_context("forkserver" if sys.platform == "linux" else "spawn")
            pool = stack.enter_context(ProcessPoolExecutor(cores, mp_context=context))
        done = 0
        for count, outcome in _run_in_order(_plan(files, find), pool, 2 * cores):
            yield from outcome
            done += count
            if progress is not None and count:
                progress(done, len(files))


def scan_sentences(
    paths: Iterable[Path], *, jobs: int | None = None, progress: Progress | None = None
) -> Iterator[Record | Refusal]:
    """Yield the sentences of every file in order: file, start, end."""
    return scan_files(paths, find=find_sentence_records, jobs=jobs, progress=progress)


def show_progress(stream: TextIO) -> Progress | None:
    """Return what draws a bar on `stream`, or None where it is no terminal."""
    return partial(_draw_bar, stream) if stream.isatty() else None


def _draw_bar(stream: TextIO, done: int, total: int) -> None:
    """Draw the bar over the last one, and end its line with the last file."""
    filled = 30 * done // max(total, 1)
    stream.write(f"\r[{'#' * filled}{' ' * (30 - filled)}] {done}/{total}" + ("\n" if done == total else ""))
    stream.flush()


def _count_cores(files: list[Path]) -> int:
    """Return the number of processes worth starting for `files`."""
    total = 0
    for file in files:
        total += _size(file)
        if total >= PARALLEL_FROM:
            return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 1


def _size(file: Path) -> int:
    """Return the bytes of a regular file, 0 for anything else."""
    try:
        status = file.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


Task = tuple[int, Callable[[], list[Record | Refusal]]]
"""How many files a piece of work completes, and the work."""


def _plan(files: list[Path], find: Find) -> Iterator[Task]:
    """Yield the work in order: small files by the handful, a large file block by block."""
    handful: list[Path] = []
    for file in files:
        if _size(file) > SMALL_FILE:
            if handful:
                yield len(handful), partial(_scan_small, handful, find)
                handful = []
            yield from _plan_large(file, find)
            continue
        handful.append(file)
        if len(handful) == FILES_A_TASK:
            yield len(handful), partial(_scan_small, handful, find)
            handful = []
    if handful:
        yield len(handful), partial(_scan_small, handful, find)


def _plan_large(file: Path, find: Find) -> Iterator[Task]:
    """Yield the blocks of a large file as work; a file that is no text throughout is refused before its first block."""
    try:
        for _ in _read_blocks(file):
            pass
    except UnreadableError as error:
        yield 1, partial(list, [Refusal(file=str(file), line=error.line, message=str(error))])
        return
    for block in _read_blocks(file):
        yield 0, partial(_find_all, find, block)
    yield 1, partial(list, [])


def _find_all(find: Find, block: Block) -> list[Record | Refusal]:
    """Return the records of one block."""
    return list(find(block))


def _scan_small(files: list[Path], find: Find) -> list[Record | Refusal]:
    """Return the records of some small files, refusals in their places."""
    outcome: list[Record | Refusal] = []
    for file in files:
        try:
            for block in list(_read_blocks(file)):
                outcome.extend(find(block))
        except UnreadableError as error:
            outcome.append(Refusal(file=str(file), line=error.line, message=str(error)))
    return outcome


def _run_in_order(
    tasks: Iterator[Task], pool: Executor | None, window: int
) -> Iterator[tuple[int, list[Record | Refusal]]]:
    """Yield the outcomes of `tasks` in their order, never more than `window` of them begun."""
    if pool is None:
        for count, task in tasks:
            yield count, task()
        return
    begun: deque[tuple[int, Future[list[Record | Refusal]]]] = deque()
    for count, task in tasks:
        begun.append((count, pool.submit(task)))
        if len(begun) >= window:
            oldest, future = begun.popleft()
            yield oldest, future.result()
    for oldest, future in begun:
        yield oldest, future.result()


def _read_blocks(file: Path) -> Iterator[Block]:
    """Yield the text of `file` in blocks; raise UnreadableError where it is no article's text."""
    with open_regular(file) as stream:
        yield from _cut_blocks(str(file), stream)


def _cut_blocks(file: str, stream: BinaryIO) -> Iterator[Block]:
    """Yield the blocks of an open file."""
    line, byte, offset = 1, 0, 0
    said_something = False
    held = b""
    while True:
        more = stream.read(max(BLOCK, len(held)))  # doubling, so that a long line costs no more than its length
        held += more
        size = len(held) if not more else _find_cut(held)
        if size:
            raw = decode(held[:size], line=line, offset=byte)
            check_characters(raw, line=line)
            said_something = said_something or not raw.isspace()
            yield Block(file=file, raw=raw, offset=offset)
            line += raw.count("\n") + raw.count("\r") - raw.count("\r\n")
            byte += size
            offset += len(raw)
            held = held[size:]
        if not more:
            break
    if not said_something:
        raise UnreadableError(
            "only white space; put the article's text in the file"
            if byte
            else "empty; put the article's text in the file"
        )


def _find_cut(data: bytes) -> int:
    """Return how much of `data` can be read without what follows: up to its last line end, else its last sentence."""
    at = data.rfind(b"\n") + 1
    if at:
        return at
    try:
        text = data.decode()
    except UnicodeDecodeError as error:  # a letter cut in two, or a fault that decode will name
        text = data[: error.start].decode()
    sentences = find_sentences(text)
    return len(text[: sentences[-1].start].encode()) if len(sentences) > 1 else 0
