"""Figures as a table: each row leads to its claim."""

from dataclasses import dataclass

from extract.figures.table import SORTS
from extract.page import templates
from extract.page.page import Page
from extract.page.views import Content

ROWS_OF_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The head of a column of figures."""

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
    """Return the table of what the filters let through: the page of it that the address asks for."""
    claims = page.table.pick(page.table.sort(page.table.find(page.address.filters), page.address.sort))
    pages = -(-len(claims) // ROWS_OF_A_PAGE)
    at = min(page.address.page, pages)
    table = templates.compose(
        "figures",
        "table",
        page=page,
        claims=claims[(at - 1) * ROWS_OF_A_PAGE : at * ROWS_OF_A_PAGE],
        columns=make_columns(page, is_sortable=True),
        at=at,
        pages=pages,
    )
    return Content(blocks={"table": (table,)})


def make_columns(page: Page, *, is_sortable: bool) -> list[Column]:
    """Return the heads of a table of figures, with links where its order can be chosen."""
    columns = []
    # The reader's own numerals lead to the claim, so they come first.
    stated = ("figure", "value") if page.words.lang == "vi" else ("value", "original")
    for column in ("province", "indicator", *stated, "period"):
        name = page.words(f"table.{column}")
        if not is_sortable or column not in SORTS:
            columns.append(Column(name=name))
            continue
        direction = {column: "ascending", f"-{column}": "descending"}.get(page.address.sort, "")
        href = page.link(sort=f"-{column}" if direction == "ascending" else column, page=1)
        columns.append(Column(name=name, href=href, direction=direction))
    return columns
