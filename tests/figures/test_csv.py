"""Frames as CSV: for programs every cell as it is, for a spreadsheet none that it would run."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.claims.collection import Collection
from extract.figures.columns import FIGURES
from extract.figures.table import TEXT, format_csv, guard_cell, make_frame
from tests.figures.test_columns import change_claim


def test_no_digit_of_a_long_value_is_lost_on_the_way_to_csv(collection: Collection) -> None:
    changed = replace(collection, claims=(change_claim(collection.claims[0], value=Decimal("123456789012345.678")),))
    cells = next(csv.DictReader(io.StringIO(format_csv(make_frame(FIGURES, changed.claims), bom=False).decode())))
    assert cells["value"] == "123456789012345.678"


def test_figures_come_in_the_order_of_the_claims_and_read_back_as_written(collection: Collection) -> None:
    table = make_frame(FIGURES, collection.claims)
    assert list(table["id"]) == [checked.claim.id for checked in collection.claims]
    again = pd.read_csv(io.BytesIO(format_csv(table, bom=False)), dtype=TEXT, keep_default_na=False)
    pd.testing.assert_frame_equal(again, table)


def test_the_bytes_are_those_that_pandas_writes(collection: Collection) -> None:
    frame = make_frame(FIGURES, collection.claims)
    odd = pd.DataFrame({"one": ['a "b"', "", "c\rd"], "two": ["", "é\ng", "'=1, 2"]}, dtype=TEXT)
    for each in (frame, odd, frame[:0]):
        assert format_csv(each, bom=False) == each.to_csv(index=False, lineterminator="\r\n").encode()


def test_a_collection_without_figures_is_a_header(collection: Collection) -> None:
    empty = replace(collection, claims=())
    assert format_csv(make_frame(FIGURES, empty.claims), bom=False) == (",".join(FIGURES.names) + "\r\n").encode()


def test_programs_get_no_mark_and_lines_that_end_as_rfc_4180_says(collection: Collection) -> None:
    raw = format_csv(make_frame(FIGURES, collection.claims), bom=False)
    assert raw.startswith(b"id,province,")
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == len(collection.claims) + 1


def test_cells_with_commas_quotes_and_line_ends_read_back() -> None:
    cells = ('a,b "c"', "d\r\ne\nf", "", " g ")
    frame = pd.DataFrame([cells], columns=["one", "two", "three", "four"], dtype=TEXT)
    text = format_csv(frame, bom=False).decode()
    assert text == 'one,two,three,four\r\n"a,b ""c""","d\r\ne\nf",, g \r\n'
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == list(cells)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠A1",
        " =1",
        "\u00a0=1",
        "'=1",
        "'tự'",
    ],
)
def test_a_spreadsheet_runs_no_cell_and_the_cell_is_not_lost(cell: str) -> None:
    assert guard_cell(cell) == f"'{cell}"
    frame = pd.DataFrame({"cell": [cell]}, dtype=TEXT)
    raw = format_csv(frame, bom=True)
    assert raw.startswith(b"\xef\xbb\xbfcell\r\n")
    (read,) = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))[1]
    assert read == f"'{cell}"
    assert format_csv(frame, bom=False).decode().find("'" + cell) == -1


@pytest.mark.parametrize("cell", ["", "0.9", "640000000", "2021-01-01", "gần 640", "“tự”", "a=b", "x -1"])
def test_other_cells_go_to_a_spreadsheet_as_they_are(cell: str) -> None:
    assert guard_cell(cell) == cell


@given(st.text())
def test_taking_one_leading_apostrophe_away_gives_every_guarded_cell_back(cell: str) -> None:
    assert guard_cell(cell).removeprefix("'") == cell


def test_the_spreadsheets_copy_differs_from_the_programs_in_guarded_cells_only(collection: Collection) -> None:
    plain = list(
        csv.reader(io.StringIO(format_csv(make_frame(FIGURES, collection.claims), bom=False).decode(), newline=""))
    )
    guarded = list(
        csv.reader(
            io.StringIO(format_csv(make_frame(FIGURES, collection.claims), bom=True).decode("utf-8-sig"), newline="")
        )
    )
    assert [[cell.removeprefix("'") for cell in row] for row in guarded] == plain


def test_a_spreadsheet_gets_negative_values_as_numbers(collection: Collection) -> None:
    claims = [change_claim(collection.claims[0], value=Decimal("-2.4"), note="-2.4")]
    (row,) = csv.DictReader(io.StringIO(format_csv(make_frame(FIGURES, claims), bom=True).decode("utf-8-sig")))
    assert (row["value"], row["note"], row["share"]) == ("-2.4", "'-2.4", "")
