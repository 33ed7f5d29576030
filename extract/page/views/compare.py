"""The first view: which province reports on what, and the figures of each topic side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.claims.collection import CheckedClaim
from extract.figures.compare import compare_panel
from extract.figures.formats import format_joined
from extract.figures.groups import find_groups
from extract.page import templates
from extract.page.comparisons import (
    MOST_NUMBERS,
    ComparisonRecord,
    RatioLine,
    choose_provinces,
    explain_verdict,
    list_absent,
    list_alone,
    make_comparisons,
    make_ratios,
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
    comparisons: Sequence[ComparisonRecord]
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
    claims: dict[str, list[CheckedClaim]] = {}
    for checked in page.table.pick(found):
        claims.setdefault(checked.topic.id, []).append(checked)
    coverage = templates.compose("compare", "coverage", page=page, provinces=choose_provinces(page))
    # Every topic has its place, whether there is anything in it or not: what stays on the page is not drawn anew.
    blocks: dict[str, tuple[templates.Part, ...]] = {f"topic_{topic}": () for topic in page.table.collection.topics}
    for topic, held in claims.items():
        record = make_topic(page, held)
        blocks[f"topic_{topic}"] = templates.compose_parts("compare", "topic", page=page, topic=record)
    if not claims:
        blocks["empty"] = (compose_notice(page.words("filter.empty")),)
    return Content(above=coverage + compose_filters(page, len(found)), blocks=blocks)


def make_topic(page: Page, claims: Sequence[CheckedClaim]) -> TopicRecord:
    """Return what stands under the title of a topic, whose figures these are."""
    topic = claims[0].topic
    slugs = {checked.province.slug for checked in claims}
    provinces = page.table.collection.provinces.values()
    present = [page.words.pick(province.name) for province in provinces if province.slug in slugs]
    groups = find_groups(claims)
    alone = list_alone(groups)
    comparisons = make_comparisons(page, groups)
    drawn = {checked.claim.id for each in comparisons for checked in each.drawn}
    drawn |= {checked.claim.id for checked in alone[:MOST_NUMBERS]}
    return TopicRecord(
        id=topic.id,
        name=page.words.pick(topic.name),
        present=format_joined(present, page.words.lang),
        absent=list_absent(page, slugs),
        comparisons=comparisons,
        alone=alone[:MOST_NUMBERS],
        apart=explain_verdict(page, compare_panel(alone)) if len(alone) > 1 else [],
        ratios=make_ratios(page, alone),
        figures=len(claims),
        shown=[checked for checked in claims if checked.claim.id in drawn],
        columns=make_columns(page, is_sortable=False),
        articles=len({checked.article.seed for checked in claims}),
        query=format_filters(page, topic=(topic.id,)),
    )
