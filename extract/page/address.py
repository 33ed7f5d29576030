"""What the page shows, as the query of its address: every state that matters stands in the link to be copied.

A value that names nothing is reported, never guessed at, and the page goes on without it.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from extract.figures.filters import NO_FILTERS, Filters, list_page_names, parse_known_filters
from extract.figures.table import SORTS, FigureTable
from extract.page.article_pages import find_page

SHEET = "sheet"


class View(StrEnum):
    """The views of the page."""

    COMPARE = "compare"
    PROVINCE = "province"
    FIGURES = "figures"
    ARTICLES = "articles"
    ABOUT = "about"

    @property
    def is_filtered(self) -> bool:
        """Whether filters change what it shows."""
        return self in {View.COMPARE, View.PROVINCE, View.FIGURES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One state of the page. Field names and filters' names are the keys of the query; defaults are left out."""

    view: View = View.COMPARE
    filters: Filters = NO_FILTERS
    """What it selects."""
    figure: str = ""
    """The id of the claim that stands open."""
    article: str = ""
    """The seed, without .txt, of the article that stands open."""
    table: str = ""
    """`sheet` shows the table of figures as a spreadsheet."""
    sort: str = ""
    page: int = 1
    lang: str = ""
    """`vi`, `en`, or empty: as the browser asks."""

    def to(self, **changes: Any) -> str:
        """Return the link to this state with `changes`, as `?topic=models&figure=…`; `?` alone is the first page.

        A change is named as a field or as a filter; a filter's values may be given joined by commas or one by one.
        """
        filters = changes.pop("filters", self.filters)
        if filtered := {name: changes.pop(name) for name in list_page_names() if name in changes}:
            filters = filters.change(**filtered)
        return "?" + format_query(replace(self, filters=filters, **changes))

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return the values of a filter; none where it selects all."""
        return self.filters.chosen(name)

    @property
    def is_filtered(self) -> bool:
        """Whether a filter hides anything."""
        return self.filters != NO_FILTERS


_DEFAULTS = {field.name: field.default for field in fields(Address)}


def format_query(address: Address) -> str:
    """Return the query of an address, without the `?`: keys in the order of the fields, defaults left out."""
    pairs: list[tuple[str, object]] = []
    for name, default in _DEFAULTS.items():
        value = getattr(address, name)
        if name == "filters":
            pairs += value.texts
        elif value != default:
            pairs.append((name, value))
    return "&".join(f"{name}={quote(str(value), safe=',')}" for name, value in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressProblem:
    """A value of a query that names nothing here."""

    key: str
    value: str


def _known(key: str, params: Mapping[str, str], allowed: Container[str], problems: list[AddressProblem]) -> str:
    value = params.get(key, "")
    if value in allowed:
        return value
    if value:
        problems.append(AddressProblem(key=key, value=value))
    return ""


def parse_query(params: Mapping[str, str], table: FigureTable) -> tuple[Address, tuple[AddressProblem, ...]]:
    """Return the state that a query asks for, and the values that name nothing (the state goes on without them)."""
    problems: list[AddressProblem] = []
    page = params.get("page", "1")
    if not (page.isascii() and page.isdigit() and 1 <= len(page) <= 6 and int(page) >= 1):
        problems.append(AddressProblem(key="page", value=page))
        page = "1"
    view = _known("view", params, list(View), problems)
    filters, unknown = parse_known_filters(table, params)
    problems += [AddressProblem(key=key, value=value) for key, value in unknown]
    article = _known("article", params, table.sources, problems)
    figure = _known("figure", params, table.claims, problems)
    if view == View.ARTICLES and article and figure and page == "1":
        page = str(find_page(table, article, figure))
    address = Address(
        view=View(view or View.COMPARE),
        filters=filters,
        figure=figure,
        article=article,
        table=_known("table", params, [SHEET], problems),
        sort=_known("sort", params, [order for column in SORTS for order in (column, f"-{column}")], problems),
        page=int(page),
        lang=_known("lang", params, ["vi", "en"], problems),
    )
    return address, tuple(problems)
