"""Many texts at once: their mentions or sentences as records, in the order of the texts, on several processes."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from json import JSONEncoder
from json.encoder import encode_basestring
from pathlib import Path
from typing import Final, Generic, NamedTuple, TypeVar

from extract.archive.sources import Block, TextEnd, Texts, find_files, read_texts
from extract.archive.workers import Workers, count_jobs, map_in_order, start_workers
from extract.text.mentions import Mention, find_mentions
from extract.text.problems import FileProblem, make_printable
from extract.text.sentences import find_sentences
from extract.text.texts import normalise

MANY: Final = 4096
"""Texts that a process is given at once, at most."""
_GRAMMAR: Final = Path(__file__).resolve().parent.parent / "text"

Record = dict[str, object]
"""A mention (file, start, end, text, value, unit, qualifier, kind) or a sentence (file, start, end), ready for JSON."""
T = TypeVar("T")
Find = Callable[[Block], list[T]]
"""What gives the finds of a block: records, or `bytes` with a line for each. It must be picklable."""


_ENCODER: Final = JSONEncoder(ensure_ascii=False)


class Batch(NamedTuple):
    """What one task looks through, and the texts that end with it."""

    pieces: list[Block | FileProblem]
    ends: list[TextEnd]
    is_open: bool
    """Whether its last text goes on in the next one."""


class Found(NamedTuple, Generic[T]):
    """What was found in a batch, with problems in their places."""

    records: list[T | FileProblem]
    ends: list[TextEnd]
    is_open: bool


def find_mention_records(block: Block, nouns: frozenset[str] = frozenset()) -> list[Record]:
    """Return the records of the mentions of `block`; `nouns` as in `find_mentions`."""
    article = normalise(block.raw)
    records: list[Record] = []
    for mention in find_mentions(article.text, nouns=nouns):
        start, end = article.raw_span(mention.start, mention.end)
        records.append(make_record(block.file, start + block.offset, end + block.offset, mention))
    return records


def find_mention_lines(block: Block, nouns: frozenset[str] = frozenset()) -> list[bytes]:
    """Return the mentions of `block` as lines of JSON, those of `format_record`; `nouns` as in `find_mentions`.

    Records on their way would cost a tenth of the time that finding them takes.
    """
    article = normalise(block.raw)
    places = article.raw_span if article.text is not block.raw else None
    offset = block.offset
    head = f'{{"file": {encode_basestring(block.file)}, "start": '
    lines: list[str] = []
    for start, end, text, value, unit, qualifier, kind, _ in find_mentions(article.text, nouns=nouns):
        first, last = (start, end) if places is None else places(start, end)
        lines.append(
            f'{head}{first + offset}, "end": {last + offset}, "text": {encode_basestring(text)}, "value": '
            f'{_encode_value(value)}, "unit": {"null" if unit is None else encode_basestring(unit)}, "qualifier": '
            f'{"null" if qualifier is None else encode_basestring(qualifier)}, "kind": "{kind.value}"}}\n'
        )
    return ["".join(lines).encode()]


def _encode_value(value: Decimal | tuple[Decimal, Decimal] | None) -> str:
    return "null" if value is None else str(format_value(value))  # Python writes numbers and lists of them as JSON does


def find_lines(block: Block, *, find: Find[Record], format_line: Callable[[Record], str]) -> list[bytes]:
    """Return the records of `block` as lines, in the bytes that are written."""
    return ["".join(f"{format_line(record)}\n" for record in find(block)).encode()]


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


def find_reader(nouns: frozenset[str]) -> str:
    """Return what tells by what texts were read: the code and words of the grammar, and the root's spellings."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted((_GRAMMAR).rglob("*")):
        if path.suffix in {".py", ".toml"}:
            digest.update(path.read_bytes())
    digest.update("\n".join(sorted(nouns)).encode())
    return digest.hexdigest()


def format_record(record: Record) -> str:
    """Return a record as one line of JSON."""
    return _ENCODER.encode(record)


def format_mention(record: Record) -> str:
    """Return a mention as a line for people."""
    parts = (record["value"], record["unit"], record["qualifier"])
    value, unit, qualifier = ("-" if part is None else str(part) for part in parts)
    return f"{format_span(record)}: {record['kind']}: {record['text']} = {value} {unit} {qualifier}"


def format_span(record: Record) -> str:
    """Return where a record stands as a line for people."""
    return f"{make_printable(str(record['file']))}:{record['start']}-{record['end']}"


def scan_files(
    paths: Iterable[Path], *, find: Find[Record] = find_mention_records, jobs: int | None = None
) -> Iterator[Record | FileProblem]:
    """Yield the records of every file in order; for a file that is no text, what is wrong with it instead."""
    files = list(find_files(paths))
    with start_workers(jobs or count_jobs(files)) as workers:
        for found in scan_texts(read_texts(files), find=find, workers=workers):
            yield from found.records


def scan_texts(texts: Texts, *, find: Find[T], workers: Workers) -> Iterator[Found[T]]:
    """Yield what is found in texts, in their order."""
    yield from map_in_order(partial(_scan_batch, find), _fill_batches(texts, workers.batch), workers)


def _scan_batch(find: Find[T], batch: Batch) -> Found[T]:
    """Return the records of a batch, with problems in their places."""
    records: list[T | FileProblem] = []
    for piece in batch.pieces:
        if isinstance(piece, FileProblem):
            records.append(piece)
        else:
            records.extend(find(piece))
    return Found(records, batch.ends, batch.is_open)


def _fill_batches(texts: Texts, least: int) -> Iterator[Batch]:
    """Yield all texts in order, in batches of so many code points at least."""
    pieces: list[Block | FileProblem] = []
    ends: list[TextEnd] = []
    size, is_open = 0, False
    for item in texts:
        # A text's end goes with its last block.
        if not isinstance(item, TextEnd) and (size >= least or len(ends) >= MANY):
            yield Batch(pieces, ends, is_open)
            pieces, ends, size = [], [], 0
        is_open = isinstance(item, Block)
        if isinstance(item, TextEnd):
            ends.append(item)
        else:
            pieces.append(item)
            size += len(item.raw) if isinstance(item, Block) else 0
    yield Batch(pieces, ends, is_open=False)
