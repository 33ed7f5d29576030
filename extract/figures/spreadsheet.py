"""Figures as a workbook that no spreadsheet misreads: what is a number, a day or a text is written as one.

A spreadsheet takes the CSV's `0.125` for 125 where its reader writes decimals with a comma. A workbook holds the number
itself and shows it as its reader writes numbers. Spreadsheets keep 15 digits: a longer number stands as text, with a
note. Texts are never formulas or links, not even after an edit.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from extract.figures.columns import ARTICLES, FIGURES, Column, Table
from extract.figures.filters import Filters
from extract.figures.publication import RIGHTS, RIGHTS_VI, SCOPE, TITLE
from extract.figures.table import FigureTable, make_frame

MOST_ROWS: Final = 1_048_575
"""Below the head of a sheet."""
MOST_DIGITS: Final = 15
"""That a spreadsheet keeps of a number: https://support.microsoft.com/office/1672db73-8d91-4b97-b75c-2190c7a7bf29"""
LONGEST_TEXT: Final = 32_767
"""Characters of a cell, as UTF-16 counts them."""
FIRST_YEAR: Final = 1901
"""Before it the days of spreadsheets differ."""
DIGITS_NOTE: Final = f"The number stands as text: it has more than the {MOST_DIGITS} digits that a spreadsheet keeps."
# The time says nothing of the data, so it is the same in every workbook.
CREATED: Final = datetime(2000, 1, 1)
WIDTHS: Final[Mapping[str, int]] = {"number": 16, "integer": 12, "date": 12, "string": 24}
LONG_TEXTS: Final = frozenset({"quote", "translation", "note", "article_title", "indicator_name", "indicator_name_vi"})
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Formats:
    """The looks of cells, each made once in a workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[str, Format] = {}
        # "@": what is edited stays a text.
        self.text = self.find("@")
        self.day = self.find("yyyy-mm-dd")
        self.head = workbook.add_format(
            {"bold": True, "num_format": "@", "bottom": 1, "text_wrap": True, "valign": "top"}
        )

    def find(self, pattern: str) -> Format:
        """Return the look of numbers in a pattern."""
        if pattern not in self._made:
            self._made[pattern] = self._workbook.add_format({"num_format": pattern, "valign": "top"})
        return self._made[pattern]

    def find_number(self, number: Decimal) -> Format:
        """Return a look that shows every digit of a number, grouped as its reader's country does."""
        exponent = number.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        return self.find(f"#,##0.{'0' * places}" if places else "#,##0")


def make_spreadsheet(table: FigureTable, frame: pd.DataFrame, filters: Filters, base: str = "") -> bytes:
    """Return rows of figures.csv as a workbook with codebook and articles: the same bytes for the same rows.

    `base` is the page's address, where it is known. Raises ValueError for more rows than a sheet has.
    """
    if len(frame) > MOST_ROWS:
        raise ValueError(f"{len(frame)} figures are more than the {MOST_ROWS} rows of a spreadsheet: filter them")
    buffer = io.BytesIO()
    workbook = Workbook(buffer, OPTIONS)
    workbook.set_properties({"title": TITLE, "comments": SCOPE, "created": CREATED})
    formats = _Formats(workbook)
    articles = make_frame(ARTICLES, ARTICLES.find_records(table.collection))
    _write_table(workbook.add_worksheet("Figures"), formats, FIGURES, frame)
    _write_codebook(workbook.add_worksheet("Codebook"), formats, (FIGURES, ARTICLES))
    _write_table(workbook.add_worksheet("Sources"), formats, ARTICLES, articles)
    _write_about(workbook.add_worksheet("About"), formats, list_facts(table, len(frame), filters, base))
    workbook.close()
    return buffer.getvalue()


def list_facts(table: FigureTable, count: int, filters: Filters, base: str) -> list[tuple[str, str]]:
    """Return what a workbook says of itself: what it is, what was selected, whose words are whose."""
    return [
        (TITLE, SCOPE),
        ("Figures", f"{count} of {len(table.claims)}"),
        *((f"Filter: {name}", text) for name, text in filters.active.items()),
        ("Version", table.version),
        *([("Address", base)] if base else []),
        ("Licence", RIGHTS),
        ("Giấy phép", RIGHTS_VI),
    ]


def _write_table(sheet: Worksheet, formats: _Formats, table: Table[Any], frame: pd.DataFrame) -> None:
    _write_head(sheet, formats, [column.title for column in table.columns], len(frame))
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, 60 if column.name in LONG_TEXTS else WIDTHS[column.domain.type])
    for row, cells in enumerate(zip(*(frame[column.name].tolist() for column in table.columns), strict=True), start=1):
        for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            if cell:
                _write_cell(sheet, formats, (row, place), column, cell)


def _write_head(sheet: Worksheet, formats: _Formats, titles: Sequence[str], rows: int) -> None:
    for place, title in enumerate(titles):
        sheet.write_string(0, place, title, formats.head)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, rows, len(titles) - 1)
    # A year that a text states is no slip of the keyboard.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS + 1}"})


def _write_cell(sheet: Worksheet, formats: _Formats, place: tuple[int, int], column: Column[Any], cell: str) -> None:
    match column.domain.type:
        case "number" | "integer" if _count_digits(number := Decimal(cell)) <= MOST_DIGITS:
            sheet.write_number(*place, float(number), formats.find_number(number))
        case "number" | "integer":
            sheet.write_string(*place, cell, formats.text)
            sheet.write_comment(*place, DIGITS_NOTE)
        case "date" if (day := date.fromisoformat(cell)).year >= FIRST_YEAR:
            sheet.write_datetime(*place, day, formats.day)
        case _:
            sheet.write_string(*place, fit_text(cell), formats.text)


def _count_digits(number: Decimal) -> int:
    """Return how many digits a number has from its first to its last that is not 0."""
    return len(number.normalize().as_tuple().digits)


def fit_text(text: str) -> str:
    """Return a text that a cell holds whole; of a longer one, where it stands whole."""
    length = len(text.encode("utf-16-le")) // 2
    return text if length <= LONGEST_TEXT else f"[{length} characters, more than a cell holds: see figures.csv]"


def _write_codebook(sheet: Worksheet, formats: _Formats, tables: Iterable[Table[Any]]) -> None:
    rows = [
        (table.title if table is FIGURES else "Sources", column.title, column.name, column.domain.type, column.says)
        for table in tables
        for column in table.columns
    ]
    _write_head(sheet, formats, ("Sheet", "Title", "Column of the CSV", "Type", "What it holds"), len(rows))
    for place, width in enumerate((12, 28, 24, 10, 120)):
        sheet.set_column(place, place, width)
    for row, cells in enumerate(rows, start=1):
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, formats.text)


def _write_about(sheet: Worksheet, formats: _Formats, facts: Iterable[tuple[str, str]]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 120)
    for row, (name, fact) in enumerate(facts):
        sheet.write_string(row, 0, name, formats.head)
        sheet.write_string(row, 1, fact, formats.text)
