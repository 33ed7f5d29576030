"""What the page shows, as the query of its address: every state that matters stands in the link to be copied.

A value that names nothing is reported, never guessed at, and the page goes on without it.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlencode

from extract.figures.index import SORTS, Index
from extract.figures.search import LONGEST_SEARCH, Filters


class View(StrEnum):
    """The views of the page."""

    COMPARE = "compare"
    PROVINCE = "province"
    FIGURES = "figures"
    ARTICLES = "articles"
    ABOUT = "about"


class Hedge(StrEnum):
    """Which figures a filter lets through: those stated as exact, those hedged, or both."""

    ALL = ""
    EXACT = "exact"
    HEDGED = "hedged"


UNSTATED = "unstated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One state of the page. Field names are the keys of the query; defaults are left out of links."""

    view: View = View.COMPARE
    province: tuple[str, ...] = ()
    """Slugs of provinces, in the order of provinces.yaml; empty for all."""
    topic: tuple[str, ...] = ()
    """Ids of topics; empty for all."""
    year: str = ""
    """A year that a figure's period touches, `unstated`, or empty for all."""
    hedge: Hedge = Hedge.ALL
    q: str = ""
    """Words to find in quotes and names."""
    figure: str = ""
    """The id of the claim that stands open."""
    article: str = ""
    """The seed, without .txt, of the article that stands open."""
    sort: str = ""
    page: int = 1
    lang: str = ""
    """`vi`, `en`, or empty: as the browser asks."""

    def to(self, **changes: Any) -> str:
        """Return the link to this state with `changes`, as `?topic=models&figure=…`; `?` alone is the first page."""
        return "?" + format_query(replace(self, **changes))

    @property
    def filters(self) -> Filters:
        """What it selects."""
        return Filters(
            province=",".join(self.province), topic=",".join(self.topic), year=self.year, hedge=self.hedge, q=self.q
        )

    @property
    def is_filtered(self) -> bool:
        """Whether a filter hides anything."""
        return bool(self.filters.active)


def format_query(address: Address) -> str:
    """Return the query of an address, without the `?`: keys in the order of the fields, defaults left out."""
    pairs = []
    for field in fields(Address):
        value = getattr(address, field.name)
        if value != field.default:
            pairs.append((field.name, ",".join(value) if isinstance(value, tuple) else str(value)))
    return urlencode(pairs, quote_via=quote, safe=",")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A value of a query that names nothing here."""

    key: str
    value: str


def _known(key: str, value: str, allowed: Iterable[str], unknown: list[Unknown]) -> tuple[str, ...]:
    wanted = [part for part in value.split(",") if part]
    allowed = tuple(allowed)
    unknown.extend(Unknown(key=key, value=part) for part in wanted if part not in allowed)
    return tuple(part for part in allowed if part in wanted)


def _known_one(key: str, value: str, allowed: Container[str], unknown: list[Unknown]) -> str:
    if value in allowed:
        return value
    if value:
        unknown.append(Unknown(key=key, value=value))
    return ""


def parse_query(params: Mapping[str, str], index: Index) -> tuple[Address, tuple[Unknown, ...]]:
    """Return the state that a query asks for, and the values that name nothing (the state goes on without them)."""
    unknown: list[Unknown] = []
    page = params.get("page", "1")
    if not (page.isascii() and page.isdigit() and 1 <= len(page) <= 6 and int(page) >= 1):
        unknown.append(Unknown(key="page", value=page))
        page = "1"
    address = Address(
        view=View(_known_one("view", params.get("view", ""), list(View), unknown) or View.COMPARE),
        province=_known("province", params.get("province", ""), index.collection.provinces, unknown),
        topic=_known("topic", params.get("topic", ""), index.collection.topics, unknown),
        year=_known_one("year", params.get("year", ""), [UNSTATED, *index.years], unknown),
        hedge=Hedge(_known_one("hedge", params.get("hedge", ""), [Hedge.EXACT, Hedge.HEDGED], unknown)),
        q=" ".join(params.get("q", "")[:LONGEST_SEARCH].split()),
        figure=_known_one("figure", params.get("figure", ""), index.claims, unknown),
        article=_known_one("article", params.get("article", ""), index.sources, unknown),
        sort=_known_one(
            "sort", params.get("sort", ""), [order for column in SORTS for order in (column, f"-{column}")], unknown
        ),
        page=int(page),
        lang=_known_one("lang", params.get("lang", ""), ["vi", "en"], unknown),
    )
    return address, tuple(unknown)
