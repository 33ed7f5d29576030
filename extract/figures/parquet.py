"""Tables as Parquet: the same cells as the CSV, with their types.

Numbers are decimals that hold every number of a claim, digit by digit; no float stands anywhere. Days are dates, values
that come again and again are categories, and what is empty in the CSV is null.
"""

import io
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from extract.figures.columns import Column, Table
from extract.figures.publication import RIGHTS, SCOPE

NUMBER = pa.decimal128(38, 18)
"""A claim has 18 digits at most, on whichever side of the point."""
PARSE: Mapping[str, Callable[[str], object]] = {
    "number": Decimal,
    "integer": int,
    "date": date.fromisoformat,
    "string": str,
}
TYPES = {"number": NUMBER, "integer": pa.int64(), "date": pa.date32(), "string": pa.string()}


def make_parquet(table: Table[Any], frame: pd.DataFrame) -> bytes:
    """Return the rows of a table as one Parquet file: the same bytes for the same rows.

    Raises `pyarrow.ArrowInvalid` for a number that does not fit; nothing is rounded.
    """
    arrays = [_make_array(column, frame[column.name].tolist()) for column in table.columns]
    fields = [_make_field(column, array) for column, array in zip(table.columns, arrays, strict=True)]
    said = {"title": table.title, "description": f"{table.says} {SCOPE}", "rights": RIGHTS}
    schema = pa.schema(fields, metadata=said)
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), buffer, compression="zstd")
    return buffer.getvalue()


def _make_array(column: Column[Any], cells: list[str]) -> pa.Array:
    parse = PARSE[column.domain.type]
    array = pa.array([parse(cell) if cell else None for cell in cells], TYPES[column.domain.type])
    return array.dictionary_encode() if column.domain.is_category else array


def _make_field(column: Column[Any], array: pa.Array) -> pa.Field:
    said = {"title": column.title, "description": column.says}
    return pa.field(column.name, array.type, nullable=not column.domain.required, metadata=said)
