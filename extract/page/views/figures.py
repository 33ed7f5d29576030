"""Figures as a table: each row leads to its claim. As a spreadsheet, where people's habits are at home."""

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from extract.figures.search import list_phrases
from extract.figures.table import SORTS
from extract.page import templates
from extract.page.address import SHEET
from extract.page.hits import make_sought
from extract.page.page import Page
from extract.page.sheet import make_sheet
from extract.page.templates import Part
from extract.page.views import Content
from extract.page.views.frame import format_filters

ROWS_OF_A_PAGE = 50
ROWS_OF_A_SHEET = 500
"""Streamlit writes them anew in every run: 500 take it 45 ms."""
COLUMNS = ("province", "indicator", "value", "coverage", "period", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The head of a column of figures."""

    key: str
    name: str
    href: str = ""
    """The link to the table in its order; empty where it can't be ordered by."""
    direction: str = ""
    """`ascending` or `descending` where the table is ordered by it, as `aria-sort` says it."""

    @property
    def arrow(self) -> str:
        """The sign of the direction."""
        return {"ascending": " ↑", "descending": " ↓"}.get(self.direction, "")


def compose(page: Page) -> Content:
    """Return what the filters let through: a page of the table, or all of it as a spreadsheet."""
    found = find_rows(page)
    is_sheet = page.address.table == SHEET and not found.empty
    parts = compose_sheet(page, found) if is_sheet else (compose_table(page, found),)
    return Content(blocks={"table": parts})


def find_rows(page: Page) -> pd.DataFrame:
    """Return the rows that the filters let through, in the chosen order, or else with the best matches first."""
    if page.address.sort or not page.address.filters.text("q"):
        return page.table.sort(page.table.find(page.address.filters), page.address.sort)
    return page.table.search(page.address.filters)


def compose_table(page: Page, found: pd.DataFrame) -> Markup:
    """Return the page of the table that the address asks for, with the hits of a search marked."""
    pages = -(-len(found) // ROWS_OF_A_PAGE)
    at = max(min(page.address.page, pages), 1)
    return templates.compose(
        "figures",
        "table",
        page=page,
        claims=page.table.pick(found.iloc[(at - 1) * ROWS_OF_A_PAGE : at * ROWS_OF_A_PAGE]),
        columns=make_columns(page, is_sortable=True),
        sought=make_sought(list_phrases(found, page.address.filters.text("q"))),
        at=at,
        pages=pages,
    )


def compose_sheet(page: Page, found: pd.DataFrame) -> tuple[Part, ...]:
    """Return the rows as a spreadsheet, under what it says of itself."""
    name = page.words("table.sheet.name", figures=page.words.count("count.figures", len(found)))
    sheet = make_sheet(page, page.table.pick(found.iloc[:ROWS_OF_A_SHEET]), name=name)
    head = templates.compose("figures", "sheet", page=page, sheet=sheet, found=len(found), query=format_filters(page))
    return (head, sheet)


def make_columns(page: Page, *, is_sortable: bool) -> list[Column]:
    """Return the heads of a table of figures, with links where its order can be chosen."""
    columns = []
    for key in COLUMNS:
        name = page.words(f"table.{key}")
        if not is_sortable or key not in SORTS:
            columns.append(Column(key=key, name=name))
            continue
        direction = {key: "ascending", f"-{key}": "descending"}.get(page.address.sort, "")
        href = page.link(sort=f"-{key}" if direction == "ascending" else key, page=1)
        columns.append(Column(key=key, name=name, href=href, direction=direction))
    return columns
