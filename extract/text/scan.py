"""Many files at once: their mentions or sentences as records, in the order of the files, however large these are.

A file is read in blocks that end with a line, so memory holds a few blocks a core and never a whole large file. No rule
of the grammar looks past a line. A line longer than a block is cut before its last sentence. Only a single sentence is
ever held whole.

Offsets are code points of the file's text as UTF-8. Its line ends and its marks without width count as they are.
"""

import json
import os
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from extract.text.files import open_regular
from extract.text.mentions import Mention, find_mentions
from extract.text.problems import FileProblem, UnreadableError
from extract.text.sentences import find_sentences
from extract.text.texts import check_characters, decode, normalise, refuse_blank

BLOCK: Final = 1024 * 1024
"""Bytes read at once."""
BATCH: Final = 256 * 1024
"""Code points that a process is given at once, at least: handing over less costs more than reading it."""
PARALLEL_FROM: Final = 4 * 1024 * 1024
"""Bytes in all from which starting processes pays."""

Record = dict[str, object]
"""A mention (file, start, end, text, value, unit, qualifier, kind) or a sentence (file, start, end), ready for JSON."""


class Block(NamedTuple):
    """A piece of a file that ends with a line: its text as in the file, and where in the file it begins."""

    file: str
    raw: str
    offset: int


class _Batch(NamedTuple):
    """What one task looks through, and how many files end with it."""

    pieces: list[Block | FileProblem]
    files: int


Find = Callable[[Block], list[Record]]
Progress = Callable[[int], object]


def find_mention_records(block: Block, nouns: frozenset[str] = frozenset()) -> list[Record]:
    """Return the records of the mentions of `block`; `nouns` as in `find_mentions`."""
    article = normalise(block.raw)
    records: list[Record] = []
    for mention in find_mentions(article.text, nouns=nouns):
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
) -> Iterator[Record | FileProblem]:
    """Yield the records of every file in order; for a file that is no text, what is wrong with it instead.

    `find` gives the records of a block. It must be picklable. `jobs` processes share the work: by default one a core,
    where there is work enough. `progress` is called with the number of files that have just been done.
    """
    files = list(find_files(paths))
    jobs = jobs or _count_jobs(files)
    with ExitStack() as stack:
        pool: Executor | None = None
        if jobs > 1:
            context = get_context("forkserver" if sys.platform == "linux" else "spawn")
            pool = stack.enter_context(ProcessPoolExecutor(jobs, mp_context=context))
        for done, outcome in _map_in_order(partial(_scan_batch, find), _read_batches(files), pool, 2 * jobs):
            yield from outcome
            if progress is not None and done:
                progress(done)


def _count_jobs(files: list[Path]) -> int:
    """Return the number of processes worth starting for `files`."""
    total = 0
    for file in files:
        total += _measure(file)
        if total >= PARALLEL_FROM:
            return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 1


def _measure(file: Path) -> int:
    """Return the bytes of a regular file, 0 for anything else."""
    try:
        status = file.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def _map_in_order(
    work: Callable[[_Batch], tuple[int, list[Record | FileProblem]]],
    batches: Iterable[_Batch],
    pool: Executor | None,
    window: int,
) -> Iterator[tuple[int, list[Record | FileProblem]]]:
    """Yield what `work` returns for each batch, in their order; never more than `window` of them are under way."""
    if pool is None:
        yield from map(work, batches)
        return
    begun: deque[Future[tuple[int, list[Record | FileProblem]]]] = deque()
    for batch in batches:
        begun.append(pool.submit(work, batch))
        if len(begun) >= window:
            yield begun.popleft().result()
    while begun:
        yield begun.popleft().result()


def _scan_batch(find: Find, batch: _Batch) -> tuple[int, list[Record | FileProblem]]:
    """Return how many files end with the batch, and its records, with problems in their places."""
    outcome: list[Record | FileProblem] = []
    for piece in batch.pieces:
        if isinstance(piece, FileProblem):
            outcome.append(piece)
        else:
            outcome.extend(find(piece))
    return batch.files, outcome


def _read_batches(files: Iterable[Path]) -> Iterator[_Batch]:
    """Yield the text of all files in order."""
    pieces: list[Block | FileProblem] = []
    size = done = 0
    for file in files:
        for piece in _read_file(file):
            pieces.append(piece)
            size += len(piece.raw) if isinstance(piece, Block) else 0
            if size >= BATCH:
                yield _Batch(pieces, done)
                pieces, size, done = [], 0, 0
        done += 1
    yield _Batch(pieces, done)


def _read_file(file: Path) -> Iterator[Block | FileProblem]:
    """Yield the text of a file in blocks; where any of it is no text, the problem and no block."""
    try:
        if _measure(file) > BLOCK:
            for _ in _read_blocks(file):
                pass  # so that a fault at the end is found before the first block is out
            yield from _read_blocks(file)
        else:
            yield from list(_read_blocks(file))
    except UnreadableError as error:
        yield FileProblem(str(file), error.line, str(error))


def _read_blocks(file: Path) -> Iterator[Block]:
    """Yield the text of `file` in blocks; raise UnreadableError where it is no article's text."""
    with open_regular(file) as stream:
        yield from _cut_blocks(str(file), stream)


def _cut_blocks(file: str, stream: BinaryIO) -> Iterator[Block]:
    """Yield the blocks of an open file."""
    line, byte, offset = 1, 0, 0
    blank = True
    held = b""
    while True:
        more = stream.read(max(BLOCK, len(held)))  # doubling, so that a long line costs no more than its length
        held += more
        size = len(held) if not more else _find_cut(held)
        if size:
            raw = decode(held[:size], line=line, offset=byte)
            check_characters(raw, line=line)
            blank = blank and raw.isspace()
            yield Block(file, raw, offset)
            line += raw.count("\n") + raw.count("\r") - raw.count("\r\n")
            byte += size
            offset += len(raw)
            held = held[size:]
        if not more:
            break
    if blank:
        refuse_blank(byte)


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
