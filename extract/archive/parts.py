"""Records as Parquet files in a folder, each written whole, so that a broken run loses one file's work at most.

A part says in its metadata which texts it holds, those without a number too, and what read them; so a later run goes on
where an earlier one broke.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyarrow import parquet as pq

from extract.archive.scan import Found, Record
from extract.text.problems import FileProblem

SCHEMA: Final = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("value", pa.float64()),
        pa.field("second_value", pa.float64()),
        pa.field("unit", pa.string()),
        pa.field("qualifier", pa.string()),
        pa.field("kind", pa.string(), nullable=False),
    ]
)
"""The keys of a record. `second_value` is that of a pair: 1969 of 1.962/1.969, 20 of 18-20. A value has 15 digits at
most, which a double holds."""
RECORDS: Final = 100_000
"""Records of a part, about."""
TEXTS: Final = 20_000
"""Texts of a part, about."""
_DONE, _READER = b"done", b"reader"


class PartsError(Exception):
    """A folder that cannot be gone on with; the message says why and what to do."""


class Parts:
    """The parts of one folder."""

    def __init__(self, folder: Path, reader: str) -> None:
        """Start with what the folder holds; `reader` is what `scan.find_reader` returns."""
        self._folder, self._reader = folder, reader
        self._tables: list[pa.Table] = []
        self._ends: list[tuple[str, str]] = []
        self._records = 0
        self.done: dict[str, bytes] = {}
        """The digest of every text that is in a part, by its name; `read_texts` adds those that it reads."""
        names = sorted(folder.glob("part-*.parquet"))
        self._next = int(names[-1].stem.removeprefix("part-")) + 1 if names else 1
        for name in names:
            self.done.update(_read_done(name, reader))

    def add(self, found: Found[Record]) -> None:
        """Keep the records of a batch, and write a part where there are enough."""
        records = [record for record in found.records if not isinstance(record, FileProblem)]
        self._tables.append(pa.Table.from_pylist([_make_row(record) for record in records], schema=SCHEMA))
        self._ends.extend((end.file, end.digest.hex()) for end in found.ends)
        self._records += len(records)
        # A text that is still being read must not end in another part than it began in.
        if not found.is_open and (self._records >= RECORDS or len(self._ends) >= TEXTS):
            self.write()

    def write(self) -> None:
        """Write what is kept as a part, beside and then renamed."""
        if not self._ends:
            return
        metadata = {_DONE: json.dumps(self._ends).encode(), _READER: self._reader.encode()}
        table = pa.concat_tables(self._tables).replace_schema_metadata(metadata)
        path = self._folder / f"part-{self._next:06}.parquet"
        pq.write_table(table, path.with_suffix(".unfinished"), compression="zstd")
        path.with_suffix(".unfinished").rename(path)
        self._tables, self._ends, self._records, self._next = [], [], 0, self._next + 1


@contextmanager
def open_parts(folder: Path, reader: str, *, go_on: bool) -> Iterator[Parts]:
    """Make a folder for parts, or go on with one; at the end of the `with` block the last part is written.

    Raises PartsError for a folder that holds anything, unless it is gone on with, and OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for broken in folder.glob("part-*.unfinished"):
        broken.unlink()
    if not go_on and any(folder.iterdir()):
        raise PartsError(f"{folder} is not empty: go on with it by --skip-done, or name a new folder")
    parts = Parts(folder, reader)
    yield parts
    parts.write()


def _read_done(path: Path, reader: str) -> dict[str, bytes]:
    try:
        metadata = pq.read_schema(path).metadata or {}
        done = {name: bytes.fromhex(digest) for name, digest in json.loads(metadata[_DONE])}
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        raise PartsError(f"{path} is no part of a scan: take it out of the folder") from error
    if metadata.get(_READER) != reader.encode():
        raise PartsError(f"{path} was read by another grammar or with other units: scan into a new folder")
    return done


def _make_row(record: Record) -> dict[str, Any]:
    value = record["value"]
    first, second = value if isinstance(value, list) else (value, None)
    return {**record, "value": first, "second_value": second}
