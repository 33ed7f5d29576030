"""Figures that share an axis, and numbers computed from two of them: the chart of each group and what is said of it."""

import textwrap
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from extract.claims.collection import CheckedClaim
from extract.claims.records import CoverageKind, Name, Nature, Province
from extract.figures.compare import Relation, Verdict, compare_panel, format_finding
from extract.figures.formats import format_figure, format_joined
from extract.figures.groups import FigureGroup
from extract.figures.ratios import Ratio, format_ratio
from extract.figures.table import axis_value
from extract.page.address import Address
from extract.page.captions import (
    format_alt,
    format_axis,
    format_by,
    format_part,
    format_partial_coverage,
    format_reader,
    format_scope,
    format_when,
)
from extract.page.charts import Bar, draw_bars
from extract.page.page import Page
from extract.page.templates import Spec

MOST_PROVINCES = 12
"""The map and the charts name no more, but for the chosen ones."""
MOST_CHARTS = 4
"""Charts of a topic."""
MOST_BARS = 12
"""A chart longer than this is a table's work: the rest stands in the view of figures, one link away."""
MOST_NUMBERS = 24
"""Figures that stand as numbers, likewise."""
LETTERS_OF_A_LINE = 46
LETTERS_OF_WORDS = 32
"""Of the words behind a bar, which take their room from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioLine:
    """A number computed from two figures, in words."""

    text: str
    scope: str
    """What it covers, where that is not the whole province."""
    of: CheckedClaim
    per: CheckedClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRecord:
    """One chart of figures that can be compared, with what is said of it."""

    title: str
    """The measure, and the category that all the figures have."""
    by: Sequence[str]
    """Who reports each article's figures, in what coverage and of what time."""
    conclusion: str
    reasons: Sequence[str]
    """What to mind; where there is nothing to mind, what the figures have in common."""
    chart: Spec
    absent: str
    """The provinces that do not report it, in words; empty where the figures are of one report."""
    ratios: Sequence[RatioLine]
    drawn: Sequence[CheckedClaim]
    """The figures that the chart shows."""


def make_comparisons(page: Page, groups: Iterable[FigureGroup]) -> list[ComparisonRecord]:
    """Return the charts of figures that can be compared, those of several reports first, as many as have room.

    What is computed from a figure stands in its first chart.
    """
    shared = [group for group in groups if group.relation is not None]
    shared.sort(key=lambda group: group.relation is not Relation.ACROSS)
    records, told = [], set[str]()
    for group in shared[:MOST_CHARTS]:
        new = [checked for checked in group.claims[:MOST_BARS] if checked.claim.id not in told]
        records.append(make_comparison(page, group, make_ratios(page, new)))
        told |= {checked.claim.id for checked in new}
    return records


def list_alone(groups: Iterable[FigureGroup]) -> list[CheckedClaim]:
    """Return the figures that can be compared with no other."""
    return [group.claims[0] for group in groups if group.relation is None]


def make_comparison(page: Page, group: FigureGroup, ratios: Sequence[RatioLine]) -> ComparisonRecord:
    """Return figures that can be compared, as a chart."""
    drawn, verdict = group.claims[:MOST_BARS], compare_panel(group.claims)
    return ComparisonRecord(
        title=name_group(page, group),
        by=list(dict.fromkeys(format_source(page, checked) for checked in drawn)),
        conclusion=page.words(f"conclusion.{verdict.conclusion}"),
        reasons=explain_verdict(page, verdict),
        chart=draw_group(make_bars(page, group), group.measure.nature is Nature.SHARE, describe_group(page, group)),
        absent="" if group.relation is Relation.WITHIN_REPORT else list_absent(page, find_reporting(page, group)),
        ratios=ratios,
        drawn=drawn,
    )


def make_ratios(page: Page, claims: Iterable[CheckedClaim]) -> list[RatioLine]:
    """Return what is computed by dividing one of the claims by another figure."""
    return [
        make_ratio(page, ratio)
        for checked in claims
        for ratio in page.table.find_ratios(checked)
        if ratio.of is checked
    ]


def make_ratio(page: Page, ratio: Ratio) -> RatioLine:
    """Return a ratio in words."""
    scope = format_partial_coverage(page, ratio.of)
    return RatioLine(text=format_ratio(ratio, page.words), scope=scope, of=ratio.of, per=ratio.per)


def explain_verdict(page: Page, verdict: Verdict) -> list[str]:
    """Return what blocks a comparison or goes with it; where nothing does, what the figures have in common."""
    blocking = [reason for reason in verdict.reasons if reason.blocks]
    return [format_finding(reason, page.words) for reason in blocking or verdict.reasons or verdict.common]


def format_source(page: Page, checked: CheckedClaim) -> str:
    """Return the province of a figure, who reports it, what it covers and when."""
    parts = (
        page.words.pick(checked.province.name),
        format_partial_coverage(page, checked),
        format_when(page, checked),
        format_by(page, checked.article),
    )
    return " · ".join(part for part in parts if part)


def list_absent(page: Page, present: Container[str]) -> str:
    """Return the provinces that the page names and that report nothing here, in words."""
    chosen = page.address.chosen("province")
    names = [
        page.words.pick(province.name)
        for province in choose_provinces(page)
        if province.slug not in present and (not chosen or province.slug in chosen)
    ]
    return format_joined(names, page.words.lang) if names else ""


def choose_provinces(page: Page) -> list[Province]:
    """Return the provinces that a map or a chart names: the chosen ones, else all that there is room for."""
    provinces = page.table.collection.provinces
    chosen = page.address.chosen("province") if len(provinces) > MOST_PROVINCES else ()
    return [provinces[slug] for slug in (chosen or list(provinces)[:MOST_PROVINCES])]


@lru_cache(maxsize=128)
def draw_group(bars: tuple[Bar, ...], is_share: bool, description: str) -> Spec:
    """Return the chart of figures, drawn once for all the filters that show it."""
    return draw_bars(pd.DataFrame(bars), is_share=is_share, description=description)


def make_bars(page: Page, group: FigureGroup) -> tuple[Bar, ...]:
    """Return the rows of a chart, in their order: a row is named by its province, or by its category in one report.

    A bar's link names its figure alone, and `page.js` adds the rest of the address: so a filter leaves what it does not
    hide as it is drawn.
    """
    return tuple(
        Bar(
            id=checked.claim.id,
            value=float(axis_value(checked)),
            name=wrap_line(page.words.pick(name_row(group, checked))),
            detail=wrap_line(detail_row(page, checked)),
            words="\n".join(textwrap.wrap(format_figure(checked, page.words.lang), LETTERS_OF_WORDS)),
            alt=format_alt(page, checked),
            href=Address(figure=checked.claim.id).to(),
            colour=page.colour(checked.province),
            hedged=checked.claim.qualifier != "exact",
        )
        for checked in group.claims[:MOST_BARS]
    )


def wrap_line(text: str) -> str:
    """Return a line of a chart in lines that fit a phone."""
    return "\n".join(textwrap.wrap(text, LETTERS_OF_A_LINE))


def name_row(group: FigureGroup, checked: CheckedClaim) -> Name:
    """Return the name of a chart's row: its category in one report, its province where reports stand side by side."""
    if group.relation is Relation.WITHIN_REPORT and checked.category is not None:
        return checked.category.name
    return checked.province.name


def detail_row(page: Page, checked: CheckedClaim) -> str:
    """Return the lines under a row's name; the chart's title says what it measures."""
    parts = (format_scope(page, checked), format_part(page, checked), format_reader(page, checked))
    return " · ".join(part for part in parts if part)


def name_group(page: Page, group: FigureGroup) -> str:
    """Return what all figures of a chart count."""
    names = [group.measure.name, *([group.category.name] if group.category else [])]
    return ": ".join(page.words.pick(name) for name in names)


def find_reporting(page: Page, group: FigureGroup) -> set[str]:
    """Return the provinces that report what a chart shows, in whatever coverage but that of a part of the province.

    Not all of them need stand in the chart: a figure of another coverage or length of time can't share its axis.
    """
    frame = page.table.frame
    category = group.category.id if group.category else ""
    is_same = (frame["measure"] == group.measure.id) & (frame["category"] == category)
    return {*frame.loc[is_same & (frame["coverage"] != CoverageKind.PLACE), "province"]}


def describe_group(page: Page, group: FigureGroup) -> str:
    """Return a chart's text alternative, made from the rows that it draws."""
    return page.words(
        "panel.chart.alt",
        title=name_group(page, group),
        unit=format_axis(page, group.claims[0]),
        rows="; ".join(format_alt(page, checked) for checked in group.claims[:MOST_BARS]),
    )
