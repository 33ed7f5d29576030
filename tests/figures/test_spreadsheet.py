"""Figures as a workbook, read back: numbers, days and texts as what they are, and no value changed."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from extract.claims.collection import Collection
from extract.figures.columns import ARTICLES, FIGURES
from extract.figures.filters import NO_FILTERS, Filters
from extract.figures.spreadsheet import DIGITS_NOTE, make_spreadsheet
from extract.figures.table import FigureTable, make_frame


@pytest.fixture(scope="module")
def table(collection: Collection) -> FigureTable:
    return FigureTable(collection)


def read(table: FigureTable, filters: Filters = NO_FILTERS, base: str = "", **cells: str) -> Any:
    """Return the workbook of what filters select, with cells of its first row changed."""
    frame = table.export(table.find(filters)).reset_index(drop=True)
    for name, cell in cells.items():
        frame.loc[0, name] = cell
    return openpyxl.load_workbook(io.BytesIO(make_spreadsheet(table, frame, filters, base)))


def find_cells(workbook: Any, row: int = 2) -> Mapping[str, Any]:
    """Return the cells of a row of figures by the names of their columns."""
    return dict(zip(FIGURES.names, workbook["Figures"][row], strict=True))


def test_every_cell_of_the_table_is_there_as_what_it_is(table: FigureTable) -> None:
    workbook = read(table)
    frame = table.export(table.frame)
    for row, expected in enumerate(frame.to_dict("records"), start=2):
        for column in FIGURES.columns:
            cell, text = find_cells(workbook, row)[column.name], expected[column.name]
            match column.domain.type:
                case "number" | "integer" if text:
                    assert (cell.data_type, Decimal(str(cell.value))) == ("n", Decimal(text))
                case "date" if text:
                    assert cell.value == datetime.fromisoformat(text)
                case _:
                    assert (cell.value or "") == text
    assert workbook["Figures"].max_row == len(frame) + 1


@pytest.mark.parametrize(
    ("value", "cell", "shown"),
    [
        ("0.125", 0.125, "#,##0.000"),
        ("0.9", 0.9, "#,##0.0"),
        ("-2.4", -2.4, "#,##0.0"),
        ("640000000", 640000000, "#,##0"),
        ("123456789012345", 123456789012345, "#,##0"),
        ("120000000000000000", 120000000000000000, "#,##0"),
        ("1234567890123456", "1234567890123456", "@"),
        ("9007199254740993", "9007199254740993", "@"),
        ("0.1234567890123456", "0.1234567890123456", "@"),
    ],
)
def test_a_number_is_a_number_where_a_spreadsheet_keeps_all_its_digits(
    table: FigureTable, value: str, cell: float | str, shown: str
) -> None:
    found = find_cells(read(table, value=value))["value"]
    assert (found.value, found.number_format) == (cell, shown)
    assert (found.comment.text if found.comment else None) == (DIGITS_NOTE if isinstance(cell, str) else None)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "{=1+1}", '=HYPERLINK("http://evil.example","x")', "http://evil.example",
        "mailto:a@b.example", "internal:Codebook!A1", "007", "1,5", "3/4", "1e5", "'tự'", " đầu và cuối ", "hai\ndòng",
        "<b>&amp;</b>", "TRUE", "#N/A", "🚔", "DDE|cmd!A1",
    ],
)  # fmt: skip
def test_a_text_is_a_text_and_stays_one_when_it_is_edited(table: FigureTable, text: str) -> None:
    found = find_cells(read(table, note=text))["note"]
    assert (found.data_type, found.value, found.hyperlink, found.number_format) == ("s", text, None, "@")


def test_a_text_that_no_cell_holds_says_where_it_stands(table: FigureTable) -> None:
    assert find_cells(read(table, note="ă" * 32_767))["note"].value == "ă" * 32_767
    said = find_cells(read(table, note="🚔" * 16_384))["note"].value
    assert said == "[32768 characters, more than a cell holds: see figures.csv]"


def test_the_head_stays_in_sight_names_the_columns_and_filters(table: FigureTable) -> None:
    sheet = read(table)["Figures"]
    assert [cell.value for cell in sheet[1]] == [column.title for column in FIGURES.columns]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", sheet.dimensions)
    assert sheet.column_dimensions["A"].width > 20


def test_codebook_sources_and_scope_come_with_the_figures(table: FigureTable) -> None:
    filters = Filters(province="ha-tinh", q="ma túy")
    workbook = read(table, filters, "https://figures.example/")
    assert workbook.sheetnames == ["Figures", "Codebook", "Sources", "About"]
    rows = [[cell.value for cell in row] for row in workbook["Codebook"].iter_rows(min_row=2)]
    assert rows == [
        [sheet, column.title, column.name, column.domain.type, column.says]
        for sheet, described in (("Figures", FIGURES), ("Sources", ARTICLES))
        for column in described.columns
    ]
    articles = make_frame(ARTICLES, ARTICLES.find_records(table.collection))
    assert [row[0].value for row in workbook["Sources"].iter_rows(min_row=2)] == articles["article"].to_list()
    facts = {row[0].value: row[1].value for row in workbook["About"].iter_rows()}
    assert facts["Reported figures"] == "Figures as these articles report them, not official statistics."
    assert (facts["Figures"], facts["Filter: province"], facts["Filter: q"]) == (
        f"{table.count_found(filters)} of 33",
        "ha-tinh",
        "ma túy",
    )
    assert facts["Address"] == "https://figures.example/"
    assert "stay their publishers'" in facts["Licence"]


def test_a_selection_of_nothing_is_a_workbook_without_rows(table: FigureTable) -> None:
    workbook = read(table, Filters(q="khôngcótừnày"))
    assert (workbook["Figures"].max_row, len(workbook["Figures"][1])) == (1, len(FIGURES.columns))


def test_the_same_rows_are_the_same_bytes_and_no_time_stands_in_them(table: FigureTable) -> None:
    frame = table.export(table.frame)
    first, again = (make_spreadsheet(table, frame, NO_FILTERS) for _ in range(2))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {member.date_time[:3] for member in package.infolist()} == {(1980, 1, 31)}
        assert b"2000-01-01T00:00:00Z" in package.read("docProps/core.xml")
