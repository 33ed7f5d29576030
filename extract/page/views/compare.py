"""The first view: which province reports on what, and the figures of each topic side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.claims.collection import CheckedClaim
from extract.figures.compare import compare_panel
from extract.figures.formats import format_joined
from extract.figures.table import FigureGroup
from extract.page import templates
from extract.page.comparisons import (
    MOST_BARS,
    Comparison,
    RatioLine,
    choose_provinces,
    explain_verdict,
    find_ratios,
    list_absent,
    make_comparison,
)
from extract.page.page import Page
from extract.page.views import Content
from extract.page.views.figures import Column, make_columns
from extract.page.views.frame import compose_filters, compose_notice, format_filters


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRecord:
    """One topic, with all that the filters let through of it."""

    id: str
    name: str
    present: str
    """The provinces that report on it, and those that do not, in words."""
    absent: str
    comparisons: Sequence[Comparison]
    alone: Sequence[CheckedClaim]
    """The figures that can be compared with no other: numbers, for an axis would be a comparison."""
    apart: Sequence[str]
    """Why they cannot be compared with each other; empty where there are not two of them."""
    ratios: Sequence[RatioLine]
    figures: int
    shown: Sequence[CheckedClaim]
    columns: Sequence[Column]
    articles: int
    query: str
    """The query of its CSV."""


def compose(page: Page) -> Content:
    """Return the coverage map with the filters above every topic's figures."""
    found = page.table.find(page.address.filters)
    groups = page.table.groups(found)
    coverage = templates.compose("compare", "coverage", page=page, provinces=choose_provinces(page))
    # Every topic has its place, whether there is anything in it or not: what stays on the page is not drawn anew.
    blocks: dict[str, tuple[templates.Part, ...]] = {f"topic_{topic}": () for topic in page.table.collection.topics}
    for topic in dict.fromkeys(group.topic for group in groups):
        record = make_topic(page, topic, [group for group in groups if group.topic == topic])
        blocks[f"topic_{topic}"] = templates.compose_parts("compare", "topic", page=page, topic=record)
    if not groups:
        blocks["empty"] = (compose_notice(page.words("filter.empty")),)
    return Content(above=coverage + compose_filters(page, len(found)), blocks=blocks)
