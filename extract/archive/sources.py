"""Where texts come from: files of text, packed or not, lines of JSON, Parquet tables, standard input.

A file of text is read in blocks that end with a line, so memory holds a few blocks a core and never a whole large file.
No rule of the grammar looks past a line. A line longer than a block is cut before its last sentence. Only a single
sentence is ever held whole. What is no text is a problem in its place, and the others go on.

Offsets are code points of the text as it is there. Its line ends and its marks without width count as they are.
"""

import gzip
import hashlib
import json
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final, NamedTuple

from extract.text.files import open_regular
from extract.text.problems import FileProblem, UnreadableError, shorten
from extract.text.sentences import find_sentences
from extract.text.texts import check_characters, decode, refuse_blank

MEGABYTE: Final = 1024 * 1024
BLOCK: Final = MEGABYTE // 4
"""Bytes read at once: the last blocks of an archive keep all processes busy if they are small."""
LONGEST: Final = 64 * MEGABYTE
"""Bytes of a sentence, or of a line of JSON: no text has a longer one, and it must be held whole."""
ROWS: Final = 64
"""Rows of a Parquet table that are held at once."""
LINES: Final = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
TABLE: Final = ".parquet"
PACKED: Final = ".gz"
ENDINGS: Final = (".txt", ".txt.gz", *LINES, TABLE)
"""What is looked for in a folder."""
STANDARD_INPUT: Final = Path("-")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class Columns(NamedTuple):
    """Where lines of JSON and tables hold what is to be read."""

    text: str = "text"
    id: str = "id"


class Block(NamedTuple):
    """A piece of a text that ends with a line: as it is there, and where in the text it begins."""

    file: str
    """The file, or in a table and in lines of JSON the text's own id."""
    raw: str
    offset: int


class TextEnd(NamedTuple):
    """The end of a text that was read whole."""

    file: str
    digest: bytes
    """8 bytes that another text does not have."""


Texts = Iterator[Block | FileProblem | TextEnd]
Open = Callable[[], AbstractContextManager[BinaryIO]]


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of `paths` in order; of a folder, those of `ENDINGS` under it, sorted.

    A folder that cannot be looked into, and a link that leads to a folder elsewhere, are among them: they are refused.
    """
    for path in paths:
        if path.is_dir():
            yield from _search_folder(path, path.resolve())
        else:
            yield path


def _search_folder(folder: Path, top: Path) -> Iterator[Path]:
    """Yield the files under a folder; `top` is the folder that was named."""
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, _is_folder(entry), entry.is_symlink()) for entry in entries)
    except OSError:
        yield folder
        return
    for name, is_folder, is_link in found:
        path = folder / name
        if is_folder and is_link:
            if not path.resolve().is_relative_to(top):  # what lies under `top` is found there
                yield path
        elif is_folder:
            yield from _search_folder(path, top)
        elif name.lower().endswith(ENDINGS):
            yield path


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def holds_many(path: Path) -> bool:
    """Tell whether a file holds any number of texts, and not one."""
    return path.name.lower().endswith((*LINES, TABLE))


def measure_file(path: Path) -> int:
    """Return the bytes of a regular file, 0 for anything else."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def read_texts(
    paths: Iterable[Path],
    columns: Columns = Columns(),  # noqa: B008 - a tuple never changes
    *,
    lines_in: bool = False,
    done: dict[str, bytes] | None = None,
) -> Texts:
    """Yield the blocks and then the end of every text in order; for what is no text, what is wrong with it instead.

    `lines_in` says that standard input is lines of JSON. Of a text in `done` only the end is yielded; where it has
    another digest there, that is a problem. Every text that was read is added to `done`.
    """
    for path in paths:
        reader = _choose_reader(path, columns, lines_in=lines_in)
        try:
            yield from _read_source(path, reader, done)
        except UnreadableError as error:
            yield FileProblem(str(path), error.line, str(error))


def _choose_reader(path: Path, columns: Columns, *, lines_in: bool) -> "Callable[[Path], Iterator[_Text]]":
    name = path.name.lower()
    if name.endswith(LINES) or (path == STANDARD_INPUT and lines_in):
        return partial(_read_lines, columns)
    return partial(_read_table, columns) if name.endswith(TABLE) else _read_text


class _Text(NamedTuple):
    """One text of a source, to be read."""

    name: str
    line: int
    """Of the source, where the text stands in one that holds many; 0 in one that holds no other."""
    measure: Callable[[], bytes]
    """Returns the digest; raises UnreadableError where it is no text."""
    read: Callable[[bytes], Iterator[Block]]
    """Yields the blocks of the text that has this digest."""


def _read_source(path: Path, reader: Callable[[Path], Iterator["_Text"]], done: dict[str, bytes] | None) -> Texts:
    for text in reader(path):
        try:
            digest = text.measure()
            known = done.get(text.name) if done is not None else None
            if known not in (None, digest):
                raise UnreadableError("was scanned before with other words, and was not scanned again")
            if known is None:
                yield from text.read(digest)
            if done is not None:
                done[text.name] = digest
        except UnreadableError as error:
            if not text.line:
                raise
            place = f"line {error.line} of its text: " if error.line > 1 else ""
            yield FileProblem(str(path), text.line, f"{shorten(text.name)}: {place}{error}")
        else:
            yield TextEnd(text.name, digest)


# A file that is one text


def _read_text(path: Path) -> Iterator[_Text]:
    """Yield the one text of a file, or of standard input."""
    if path == STANDARD_INPUT:
        if sys.stdin is None:
            raise UnreadableError("is closed: give it a text")
        with TemporaryFile() as kept:  # it is read twice: a fault at its end is found before its first block is out
            for piece in iter(partial(sys.stdin.buffer.read, BLOCK), b""):
                kept.write(piece)
            yield _make_text(str(path), kept.tell(), lambda: nullcontext(_rewind(kept)))
    elif _SURROGATE.search(str(path)):
        raise UnreadableError("its name is not UTF-8, as that of a record must be: rename it")
    elif path.is_dir():
        raise UnreadableError("is a folder that cannot be looked into from here: name it, or check its permissions")
    else:
        yield _make_text(str(path), measure_file(path), partial(_open_source, path))


def _rewind(stream: BinaryIO) -> BinaryIO:
    stream.seek(0)
    return stream


def _make_text(name: str, size: int, open_text: Open) -> _Text:
    if size > BLOCK or name.lower().endswith(PACKED):
        return _Text(name, 0, partial(_measure_text, name, open_text), partial(_read_measured, name, open_text))
    blocks: list[Block] = []

    def measure() -> bytes:
        # A small one is held whole, and read once.
        hasher = _make_hasher()
        blocks.extend(_cut_text(name, open_text, hasher, is_checked=False))
        return hasher.digest()

    return _Text(name, 0, measure, lambda _: iter(blocks))


def _measure_text(name: str, open_text: Open) -> bytes:
    hasher = _make_hasher()
    for _ in _cut_text(name, open_text, hasher, is_checked=False):
        pass
    return hasher.digest()


def _read_measured(name: str, open_text: Open, digest: bytes) -> Iterator[Block]:
    hasher = _make_hasher()
    yield from _cut_text(name, open_text, hasher, is_checked=True)
    if hasher.digest() != digest:
        raise UnreadableError("changed while it was read, so that its last records may be wrong: scan it again")


def _make_hasher() -> "hashlib.blake2b":
    return hashlib.blake2b(digest_size=8)


@contextmanager
def _open_source(path: Path) -> Iterator[BinaryIO]:
    """Open a file, and unpack what is packed."""
    with open_regular(path) as stream:
        try:
            if not path.name.lower().endswith(PACKED):
                yield stream
                return
            with gzip.open(stream) as unpacked:
                yield unpacked  # type: ignore[misc]  # a GzipFile reads as any other binary file
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise UnreadableError("is damaged, or not packed by gzip: take it from its source again") from None
        except OSError as error:
            raise UnreadableError(f"cannot be read ({error.strerror}): take it from its source again") from None


def _cut_text(name: str, open_text: Open, hasher: "hashlib.blake2b", *, is_checked: bool) -> Iterator[Block]:
    """Yield the blocks of a text; raise UnreadableError where it is none. The hasher is given all bytes."""
    with open_text() as stream:
        yield from _cut_blocks(name, stream, hasher, is_checked=is_checked)


def _cut_blocks(name: str, stream: BinaryIO, hasher: "hashlib.blake2b", *, is_checked: bool) -> Iterator[Block]:
    line, byte, offset = 1, 0, 0
    blank = True
    held = b""
    while True:
        more = stream.read(max(BLOCK, len(held)))  # doubling, so that a long line costs no more than its length
        hasher.update(more)
        held += more
        size = len(held) if not more else _find_cut(held)
        if size:
            raw = decode(held[:size], line=line, offset=byte)
            if not is_checked:
                check_characters(raw, line=line)
                line += raw.count("\n") + raw.count("\r") - raw.count("\r\n")
            blank = blank and raw.isspace()
            yield Block(name, raw, offset)
            byte += size
            offset += len(raw)
            held = held[size:]
        elif len(held) > LONGEST:
            raise UnreadableError(f"a sentence of more than {LONGEST // MEGABYTE} MB is no text's", line=line)
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


# A file that holds many texts


def _read_lines(columns: Columns, path: Path) -> Iterator[_Text]:
    """Yield the text of each line of JSON."""
    if path == STANDARD_INPUT and sys.stdin is None:
        raise UnreadableError("is closed: give it lines of JSON")
    number = 1
    try:
        with nullcontext(sys.stdin.buffer) if path == STANDARD_INPUT else _open_source(path) as stream:
            while line := stream.readline(LONGEST):
                if len(line) == LONGEST and not line.endswith(b"\n"):
                    while (rest := stream.readline(BLOCK)) and not rest.endswith(b"\n"):
                        pass
                    yield _make_row(number, "-", f"a line of more than {LONGEST // MEGABYTE} MB is no text's")
                elif not line.isspace():
                    yield _parse_line(line, number, columns)
                number += 1
    except UnreadableError as error:
        raise UnreadableError(str(error), line=number) from None


def _parse_line(line: bytes, number: int, columns: Columns) -> _Text:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return _make_row(number, "-", "is no line of JSON in UTF-8: write one object a line")
    if not isinstance(row, dict):
        return _make_row(number, "-", "is no object: write one a line, with its text and its id")
    missing = [name for name in columns if name not in row]
    if missing:
        return _make_row(number, "-", _say_missing(missing, row))
    return _check_row(row[columns.id], row[columns.text], number)


def _say_missing(missing: Iterable[str], known: Iterable[str]) -> str:
    named = ", ".join(f"«{name}»" for name in missing)
    return f"has no {named}, but {shorten(', '.join(map(str, known)))}: name what it has with --text and --id"


def _read_table(columns: Columns, path: Path) -> Iterator[_Text]:
    """Yield the text of each row of a Parquet table."""
    import pyarrow as pa  # noqa: PLC0415 - slow to load, and nothing else here needs it
    from pyarrow import parquet as pq  # noqa: PLC0415 - likewise

    row = 0
    try:
        with open_regular(path) as stream, pq.ParquetFile(stream) as table:
            missing = [name for name in columns if name not in table.schema_arrow.names]
            if missing:
                raise UnreadableError(_say_missing(missing, table.schema_arrow.names))
            for batch in table.iter_batches(batch_size=ROWS, columns=[columns.id, columns.text]):
                for name, raw in zip(_list_cells(batch[columns.id]), _list_cells(batch[columns.text]), strict=True):
                    row += 1
                    yield _check_row(name, raw, row)
    except (pa.ArrowException, OSError, KeyError) as error:  # KeyError: a column stands twice
        message = "is damaged, or no Parquet table: take it from its source again"
        raise UnreadableError(message, line=row + 1) from error


def _list_cells(column: Any) -> list[Any]:
    """Return the cells of a column; the bytes of one that should be text and is no UTF-8."""
    try:
        return column.to_pylist()  # type: ignore[no-any-return] # pyarrow says of no type what it holds
    except UnicodeDecodeError:
        return [_read_cell(cell) for cell in column]


def _read_cell(cell: Any) -> Any:
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        return cell.as_buffer().to_pybytes()


def _check_row(name: Any, raw: Any, number: int) -> _Text:
    if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
        return _make_row(number, "-", f"its id is no text and no whole number: {shorten(repr(name))}")
    if _SURROGATE.search(str(name)):
        return _make_row(number, "-", f"its id has half a character: {shorten(repr(name))}")
    if isinstance(raw, bytes):
        return _make_row(number, str(name), "its text is not UTF-8: take it from its source again")
    if not isinstance(raw, str):
        return _make_row(number, str(name), f"its text is none: {shorten(repr(raw))}")
    return _make_row(number, str(name), "", raw)


def _make_row(number: int, name: str, wrong: str, raw: str = "") -> _Text:
    """Return a text that is held whole already; `wrong` says what keeps it from being read."""

    def measure() -> bytes:
        if wrong:
            raise UnreadableError(wrong)
        try:
            data = raw.encode()
        except UnicodeEncodeError as error:
            message = f"U+{ord(raw[error.start]):04X} is half a character: take the text from its source again"
            raise UnreadableError(message) from None
        check_characters(raw)
        if not raw or raw.isspace():
            refuse_blank(len(raw))
        return hashlib.blake2b(data, digest_size=8).digest()

    return _Text(name, number, measure, lambda _: iter([Block(name, raw, 0)]))
