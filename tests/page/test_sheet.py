"""The spreadsheet: typed cells under the reader's names, and no number that a float would change."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import LANGS, Lang
from extract.claims.wording import parse_wording
from extract.figures.table import FigureTable
from extract.page.address import Address
from extract.page.page import Page
from extract.page.sheet import ORDER, Sheet, make_sheet
from tests.conftest import REPOSITORY
from tests.figures.test_columns import change_claim

WORDING = parse_wording((REPOSITORY / "data/wording.yaml").read_bytes())


def make(collection: Collection, lang: Lang, claims: list[CheckedClaim] | None = None) -> Sheet:
    page = Page(table=FigureTable(collection), words=WORDING[lang], address=Address())
    return make_sheet(page, list(collection.claims) if claims is None else claims, name="a sheet")


def show(sheet: Sheet, column: str) -> list[str]:
    """Return the cells of a column as a reader sees them."""
    place = sheet.rows.columns.tolist().index(column)
    body = sheet.rows._translate(False, False)["body"]  # type: ignore[attr-defined]
    return [str(row[place + 1]["display_value"]) for row in body]


def test_each_figure_is_a_row_of_typed_cells(collection: Collection) -> None:
    sheet = make(collection, "en")
    rows = sheet.rows.data  # type: ignore[attr-defined]
    assert list(sheet.claims) == [checked.claim.id for checked in collection.claims]
    assert [Decimal(repr(value)) for value in rows["Value"]] == [checked.claim.value for checked in collection.claims]
    assert rows["Value"].dtype == rows["Out of"].dtype == np.float64
    assert rows["Out of"].notna().sum() == sum(checked.claim.of is not None for checked in collection.claims)
    assert set(rows["First day"].dropna().map(type)) == {date}
    assert rows["In the article's words"].tolist() == [checked.claim.figure for checked in collection.claims]
    assert sheet.days == ["First day", "Last day"]
    assert sheet.inexact == 0
    assert not [name for name in rows if "digit" in name]


@pytest.mark.parametrize(
    ("lang", "shown"), [("vi", ["640.000.000", "0,9", "1.962"]), ("en", ["640,000,000", "0.9", "1,962"])]
)
def test_numbers_stand_in_the_readers_separators_with_every_digit(
    collection: Collection, lang: Lang, shown: list[str]
) -> None:
    sheet = make(collection, lang)
    cells = dict(zip(sheet.claims, show(sheet, WORDING[lang]("table.value")), strict=True))
    assert [
        cells[name]
        for name in (
            "kon-tum-administrative-fines",
            "ha-tinh-2021-ketamine-seized-kg",
            "ha-tinh-2022-hamlets-meeting-security-standard",
        )
    ] == shown
    assert "nan" not in show(sheet, WORDING[lang]("table.of"))


def test_a_number_that_no_float_holds_stands_as_text_in_a_column_of_its_own(collection: Collection) -> None:
    first, *others = collection.claims
    long = change_claim(first, value=Decimal(9007199254740993))
    sheet = make(collection, "vi", [long, *others])
    rows = sheet.rows.data  # type: ignore[attr-defined]
    assert sheet.inexact == 1
    assert np.isnan(rows["Giá trị"].iloc[0])
    assert show(sheet, "Giá trị")[0] == ""
    assert rows["Giá trị, đủ chữ số"].dropna().tolist() == ["9.007.199.254.740.993"]


@pytest.mark.parametrize("lang", LANGS)
def test_every_column_has_a_name_of_its_own(lang: Lang) -> None:
    names = [WORDING[lang](f"table.{key}") for key in ORDER]
    assert len(set(names)) == len(names)
