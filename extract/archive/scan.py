"""Many texts at once: their mentions or sentences as records, in the order of the texts, on several processes."""

import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final, NamedTuple

from extract.archive.sources import (
    STANDARD_INPUT,
    Block,
    TextEnd,
    Texts,
    count_cores,
    find_files,
    measure_file,
    read_texts,
)
from extract.text.mentions import Mention, find_mentions
from extract.text.problems import FileProblem
from extract.text.sentences import find_sentences
from extract.text.texts import normalise

BATCH: Final = 256 * 1024
"""Code points that a process is given at once, at least: handing over less costs more than reading it."""
MANY: Final = 4096
"""Texts that a process is given at once, at most."""
PARALLEL_FROM: Final = 4 * 1024 * 1024
"""Bytes in all from which starting processes pays."""

Record = dict[str, object]
"""A mention (file, start, end, text, value, unit, qualifier, kind) or a sentence (file, start, end), ready for JSON."""
Find = Callable[[Block], list[Record]]


class Batch(NamedTuple):
    """What one task looks through, and the texts that end with it."""

    pieces: list[Block | FileProblem]
    ends: list[TextEnd]
    is_open: bool
    """Whether its last text goes on in the next one."""


class Found(NamedTuple):
    """What was found in a batch, with problems in their places."""

    records: list[Record | FileProblem]
    ends: list[TextEnd]
    is_open: bool


class Workers(NamedTuple):
    """Who looks through batches: none but this process where there is no executor."""

    executor: Executor | None
    number: int


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


def scan_files(
    paths: Iterable[Path], *, find: Find = find_mention_records, jobs: int | None = None
) -> Iterator[Record | FileProblem]:
    """Yield the records of every file in order; for a file that is no text, what is wrong with it instead."""
    files = list(find_files(paths))
    with start_workers(jobs or count_jobs(files)) as workers:
        for found in scan_texts(read_texts(files), find=find, workers=workers):
            yield from found.records


def scan_texts(texts: Texts, *, find: Find, workers: Workers) -> Iterator[Found]:
    """Yield what is found in texts, in their order. `find` gives the records of a block; it must be picklable."""
    yield from _map_in_order(partial(_scan_batch, find), _fill_batches(texts), workers)


def count_jobs(files: Iterable[Path]) -> int:
    """Return the number of processes worth starting for files."""
    total = 0
    for file in files:
        total += measure_file(file)
        if total >= PARALLEL_FROM or file == STANDARD_INPUT:
            return count_cores()
    return 1


@contextmanager
def start_workers(jobs: int) -> Iterator[Workers]:
    """Start processes on this machine, and end them with the `with` block."""
    if jobs < 2:
        yield Workers(None, 1)
        return
    context = get_context("forkserver" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        yield Workers(pool, jobs)


def _map_in_order(work: Callable[[Batch], Found], batches: Iterable[Batch], workers: Workers) -> Iterator[Found]:
    """Yield what `work` returns for each batch, in their order; two for each worker at most are under way."""
    if workers.executor is None:
        yield from map(work, batches)
        return
    begun: deque[Future[Found]] = deque()
    for batch in batches:
        begun.append(workers.executor.submit(work, batch))
        if len(begun) >= 2 * workers.number:
            yield begun.popleft().result()
    while begun:
        yield begun.popleft().result()


def _scan_batch(find: Find, batch: Batch) -> Found:
    """Return the records of a batch, with problems in their places."""
    records: list[Record | FileProblem] = []
    for piece in batch.pieces:
        if isinstance(piece, FileProblem):
            records.append(piece)
        else:
            records.extend(find(piece))
    return Found(records, batch.ends, batch.is_open)


def _fill_batches(texts: Texts) -> Iterator[Batch]:
    """Yield all texts in order, in batches."""
    pieces: list[Block | FileProblem] = []
    ends: list[TextEnd] = []
    size, is_open = 0, False
    for item in texts:
        # A text's end goes with its last block.
        if not isinstance(item, TextEnd) and (size >= BATCH or len(ends) >= MANY):
            yield Batch(pieces, ends, is_open)
            pieces, ends, size = [], [], 0
        is_open = isinstance(item, Block)
        if isinstance(item, TextEnd):
            ends.append(item)
        else:
            pieces.append(item)
            size += len(item.raw) if isinstance(item, Block) else 0
    yield Batch(pieces, ends, is_open=False)
