"""Tables as Parquet, read back: every cell of the CSV with its type, and no number rounded."""

import io
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.claims.collection import Collection
from extract.figures.columns import FIGURES, TABLES
from extract.figures.parquet import make_parquet
from extract.figures.table import FigureTable, make_frame


@pytest.fixture(scope="module")
def table(collection: Collection) -> FigureTable:
    return FigureTable(collection)


def read(table: FigureTable, **cells: str) -> Any:
    """Return the figures as Parquet, with cells of the first row changed."""
    frame = table.export(table.frame).reset_index(drop=True)
    for name, cell in cells.items():
        frame.loc[0, name] = cell
    return pq.read_table(io.BytesIO(make_parquet(FIGURES, frame)))


@pytest.mark.parametrize("described", TABLES, ids=lambda each: each.name)
def test_every_cell_is_that_of_the_csv(table: FigureTable, described: Any) -> None:
    frame = make_frame(described, described.find_records(table.collection))
    rows = pq.read_table(io.BytesIO(make_parquet(described, frame))).to_pylist()
    for row, expected in zip(rows, frame.to_dict("records"), strict=True):
        for column in described.columns:
            cell, text = row[column.name], expected[column.name]
            if column.domain.type == "number":
                assert cell == (Decimal(text) if text else None)
            else:
                assert ("" if cell is None else str(cell)) == text


def test_the_columns_have_types_categories_and_their_meaning(table: FigureTable) -> None:
    schema = read(table).schema
    types = {name: str(schema.field(name).type) for name in ("id", "value", "period_start", "quote_start", "quote")}
    assert types == {
        "id": "string",
        "value": "decimal128(38, 18)",
        "period_start": "date32[day]",
        "quote_start": "int64",
        "quote": "string",
    }
    for name in ("province", "indicator", "nature", "coverage", "qualifier", "read_by", "article"):
        assert pa.types.is_dictionary(schema.field(name).type), name
    for column in FIGURES.columns:
        field = schema.field(column.name)
        assert (field.metadata[b"description"].decode(), field.nullable) == (column.says, not column.domain.required)
    assert "not official statistics" in schema.metadata[b"description"].decode()


@pytest.mark.parametrize(
    "value",
    ["999999999999999999", "0.12345678901234567", "-0.1", "9007199254740993", "640000000", "123456789.012345678"],
)
def test_every_number_that_a_claim_can_state_is_held_digit_by_digit(table: FigureTable, value: str) -> None:
    assert read(table, value=value)["value"][0].as_py() == Decimal(value)


@pytest.mark.parametrize("value", ["0.1234567890123456789", "1" + "0" * 20])
def test_a_number_that_does_not_fit_is_refused_and_never_rounded(table: FigureTable, value: str) -> None:
    with pytest.raises(pa.ArrowInvalid):
        read(table, value=value)


def test_the_same_rows_are_the_same_bytes(table: FigureTable) -> None:
    frame = table.export(table.frame)
    assert make_parquet(FIGURES, frame) == make_parquet(FIGURES, frame)


def test_a_selection_of_nothing_keeps_its_types(table: FigureTable) -> None:
    empty = pq.read_table(io.BytesIO(make_parquet(FIGURES, table.export(table.frame).head(0))))
    assert (empty.num_rows, empty.schema.types) == (0, read(table).schema.types)
