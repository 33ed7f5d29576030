"""One province: its names and borders, its figures in time and beside the others', its articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from extract.claims.collection import CheckedClaim
from extract.claims.records import Days, Province
from extract.figures.filters import Filters
from extract.figures.formats import format_figure, format_joined, format_period
from extract.figures.groups import find_groups
from extract.page import templates
from extract.page.address import View
from extract.page.captions import format_partial_coverage
from extract.page.charts import Span, draw_timeline, find_moment
from extract.page.comparisons import ComparisonRecord, RatioLine, list_alone, make_comparisons, make_ratios
from extract.page.page import Page
from extract.page.templates import Spec
from extract.page.views import Content

FADE = 2 * 365 * 86_400_000
"""How long a period without an end takes to fade away, in milliseconds."""
MOST_OTHERS = 6
"""Figures of other provinces that stand beside one."""
MOST_UNSTATED = 12
"""Figures without a period that are listed by their words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow:
    """A province's figures of a topic."""

    name: str
    comparisons: Sequence[ComparisonRecord]
    """Figures that can be compared with each other."""
    ratios: Sequence[RatioLine]
    """What is computed from other figures."""
    figures: Sequence[tuple[CheckedClaim, Sequence[CheckedClaim]]]
    """Each with those of other provinces on the same indicator."""


def compose(page: Page) -> Content:
    """Return the province that the address names, or the first."""
    provinces, sources = page.table.collection.provinces, page.table.collection.sources
    province = provinces[next(iter((*page.address.chosen("province"), *provinces)))]
    claims = page.table.pick(page.table.find(Filters(province=province.slug)))
    parts = templates.compose_parts(
        "province",
        "province",
        page=page,
        province=province,
        timeline=draw_periods(page, province, claims),
        unstated=list_unstated(page, claims),
        topics=make_topics(page, province),
        sources=[source for source in sources if source.record.article.province == province.slug],
    )
    return Content(blocks={"province": parts})


def draw_periods(page: Page, province: Province, claims: Sequence[CheckedClaim]) -> Spec | None:
    """Return the timeline of a province's stated periods; None where there is none."""
    spans = make_spans(page, province, claims)
    if not spans:
        return None
    return draw_timeline(
        pd.DataFrame(spans),
        first=int(page.table.years[0]),
        last=int(page.table.years[-1]),
        colour=page.colour(province),
        description="; ".join(span.alt for span in spans),
    )


def make_spans(page: Page, province: Province, claims: Sequence[CheckedClaim]) -> list[Span]:
    """Return the stated periods of a province's figures, oldest first, with how many figures each holds."""
    groups: dict[Days, list[CheckedClaim]] = {}
    for checked in claims:
        if checked.period.is_stated:
            groups.setdefault(checked.period.days, []).append(checked)
    spans = []
    for days, held in sorted(groups.items(), key=lambda item: (item[0].start or date.min, item[0].end or date.max)):
        certain = held[0].period.certain_days
        start, end = certain.start or date.min, find_moment((certain.end or date.min) + timedelta(days=1))
        period = format_period(held[0].period, page.words.lang)
        label = f"{period}: {page.words.count('count.figures', len(held))}"
        spans.append(
            Span(
                start=find_moment(start),
                end=end,
                fade=end + FADE if days.end is None else end,
                is_day=days.start == days.end,
                label=label,
                alt=f"{page.words.pick(province.name)}, {label}",
                href=page.link(view=View.FIGURES, province=(province.slug,), year=str(start.year), figure="", page=1),
            )
        )
    return spans


def list_unstated(page: Page, claims: Sequence[CheckedClaim]) -> str:
    """Return the figures that a timeline can't show, for their articles state no period; empty where there are none."""
    unstated = [checked for checked in claims if not checked.period.is_stated]
    if not unstated:
        return ""
    by_coverage: dict[str, list[str]] = {}
    for checked in unstated:
        by_coverage.setdefault(format_partial_coverage(page, checked), []).append(
            format_figure(checked, page.words.lang)
        )
    lists = [
        f"{format_joined(figures, page.words.lang, most=MOST_UNSTATED)}{f' – {coverage}' if coverage else ''}"
        for coverage, figures in by_coverage.items()
    ]
    return page.words(
        "province.unstated",
        figures=page.words.count("count.figures", len(unstated)),
        list="; ".join(lists),
    )


def make_topics(page: Page, province: Province) -> list[TopicRow]:
    """Return every topic with what can be compared of a province's figures, and each beside the other provinces'."""
    topics = []
    for topic in page.table.collection.topics.values():
        claims = page.table.pick(page.table.find(Filters(topic=topic.id, province=province.slug)))
        groups = find_groups(claims)
        topics.append(
            TopicRow(
                name=page.words.pick(topic.name),
                comparisons=make_comparisons(page, groups),
                ratios=make_ratios(page, list_alone(groups)),
                figures=[(checked, find_others(page, checked)) for checked in claims],
            )
        )
    return topics


def find_others(page: Page, checked: CheckedClaim) -> list[CheckedClaim]:
    """Return what other provinces report on a figure's indicator, as many as have room."""
    others = page.table.pick(page.table.find(Filters(indicator=checked.indicator.id)))
    return [other for other in others if other.province is not checked.province][:MOST_OTHERS]
