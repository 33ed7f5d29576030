"""Figures that share an axis, side by side or divided by each other: the chart of each group and what is said of it."""

import textwrap
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extract.claims.collection import CheckedClaim
from extract.claims.records import Lang, Nature
from extract.figures.compare import Verdict, compare_panel, format_finding
from extract.figures.dimensions import find_coverage, find_measure, find_province, find_seed, find_time, find_unit
from extract.figures.formats import HEDGE_SIGNS, format_bare, format_joined, format_number, format_short, has_short_unit
from extract.figures.groups import FigureGroup
from extract.figures.panel import find_alike, find_firsts, is_alike, list_values
from extract.figures.ratios import Ratio, compute_remainder, format_quotient, format_ratio
from extract.figures.table import axis_value
from extract.page.address import Address
from extract.page.captions import (
    format_alt,
    format_axis,
    format_base,
    format_part,
    format_reader,
    format_short_coverage,
    format_when,
)
from extract.page.charts import Bar, draw_bars, draw_dots, draw_pairs
from extract.page.findings import title_across, title_ratios
from extract.page.page import Page
from extract.page.templates import Spec

MOST_BARS, MOST_BARS_CHOSEN = 12, 500
"""A chart longer than this, and one whose measure a reader has chosen, is a table's work: the rest is one link away."""
LETTERS_OF_A_NAME = 34
"""Of a line above a bar, and of one left of a dot."""
LETTERS_BESIDE = 18
LETTERS_OF_A_HEAD = 12


class ChartKind(StrEnum):
    """The charts of figures that can be compared; each figure stands in one of a kind."""

    ACROSS = "across"
    """One measure of several reports."""
    REPORT = "report"
    """The categories of one measure in one report."""
    PAIR = "pair"
    """Two measures of one report that pair."""
    SHARE = "share"
    """One part of a whole."""


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

    kind: ChartKind
    title: str
    notes: Sequence[str]
    """What all its figures have in common: what they cover, when."""
    conclusion: str
    reasons: Sequence[str]
    """What to mind; where there is nothing to mind, what the figures have in common."""
    is_qualified: bool
    """Whether there is something to mind."""
    chart: Spec
    absent: str
    """The provinces that do not report it, in words; empty where the figures are of one report."""
    drawn: Sequence[CheckedClaim]
    """The figures that the chart shows."""
    claims: Sequence[CheckedClaim]
    """All that there are."""

    @property
    def figures(self) -> int:
        """How many figures there are."""
        return len(self.claims)

    @property
    def is_longest(self) -> bool:
        """Whether the chart is as long as charts get, so that only a table has room for more."""
        return len(self.drawn) >= MOST_BARS_CHOSEN

    @property
    def measures(self) -> tuple[str, ...]:
        """The ids of what is counted."""
        return tuple(list_values(self.claims, find_measure))

    @property
    def provinces(self) -> tuple[str, ...]:
        """The slugs of the provinces that report it."""
        return tuple(list_values(self.claims, find_province))

    @property
    def name(self) -> str:
        """Its name in addresses: its kind and its first figure, of a pair one of either side.

        A figure's id is never used again, so the name holds while other figures come and go.
        """
        firsts = self.drawn[: 2 if self.kind is ChartKind.PAIR else 1]
        return ".".join((self.kind, *(checked.claim.id for checked in firsts)))

    def has_name(self, name: str) -> bool:
        """Tell whether a name is, or once was, that of this chart: it names its kind and figures that it shows."""
        kind, *ids = name.split(".")
        return kind == self.kind and {*ids} <= {checked.claim.id for checked in self.claims}


def make_ratio(page: Page, ratio: Ratio) -> RatioLine:
    """Return a ratio in words."""
    scope = format_short_coverage(page, ratio.of)
    return RatioLine(text=format_ratio(ratio, page.words), scope=scope, of=ratio.of, per=ratio.per)


def explain_verdict(page: Page, verdict: Verdict) -> list[str]:
    """Return what blocks a comparison or goes with it; where nothing does, what the figures have in common."""
    blocking = [reason for reason in verdict.reasons if reason.blocks]
    return [format_finding(reason, page.words) for reason in blocking or verdict.reasons or verdict.common]


def make_across(page: Page, group: FigureGroup, absent: Sequence[str]) -> ComparisonRecord:
    """Return one measure of several reports, a row a figure."""
    drawn = choose_rows(page, group.claims, group)
    is_of_one_time = len(list_distinct(page, group.claims, format_when)) == 1
    names = {checked.claim.id: name_report(page, checked, is_of_one_time=is_of_one_time) for checked in drawn}
    rows = make_bars(page, drawn, names)
    title = title_across(page, group)
    return make_record(
        page,
        ChartKind.ACROSS,
        group.claims,
        title=title,
        chart=draw_dots(rows, description=describe(page, title, drawn)),
        drawn=drawn,
        absent=format_joined(absent, page.words.lang) if absent else "",
    )


def make_within(page: Page, group: FigureGroup) -> ComparisonRecord:
    """Return the categories of one measure in one report, a bar each; of shares, what remains beside each name."""
    drawn = choose_rows(page, group.claims, group)
    title = name_measure(page, group)
    rows = make_bars(page, drawn, {checked.claim.id: name_category(page, checked) for checked in drawn})
    is_share = group.measure.nature is Nature.SHARE and not group.claims[0].is_change
    chart = draw_bars(rows, is_share=is_share, description=describe(page, title, drawn))
    return make_record(page, ChartKind.REPORT, group.claims, title=title, chart=chart, drawn=drawn)


def make_share(page: Page, group: FigureGroup) -> ComparisonRecord:
    """Return one part of a whole in the bar of that whole, which is compared with nothing."""
    (checked,) = group.claims
    title = page.words.pick(checked.name)
    rows = make_bars(page, group.claims, {checked.claim.id: wrap(format_part(page, checked), LETTERS_OF_A_NAME)})
    return make_record(
        page,
        ChartKind.SHARE,
        group.claims,
        title=title,
        chart=draw_bars(rows, is_share=True, description=describe(page, title, group.claims)),
        drawn=group.claims,
    )


def choose_rows(page: Page, claims: Sequence[CheckedClaim], *groups: FigureGroup) -> Sequence[CheckedClaim]:
    """Return the first figures of a chart; more of them where a reader has chosen the measures of its groups alone."""
    is_chosen = {*page.address.chosen("measure")} == {group.measure.id for group in groups}
    return claims[: MOST_BARS_CHOSEN if is_chosen else MOST_BARS]


def has_whole(group: FigureGroup) -> bool:
    """Tell whether the first figure of a group states the whole that it is a part of."""
    return group.claims[0].claim.of is not None


def find_pairs(page: Page, groups: Sequence[FigureGroup]) -> list[tuple[FigureGroup, FigureGroup]]:
    """Return the groups of one report that pair: of the same categories, and divided in one at least."""
    pairs = page.table.collection.ratios.values()
    parallel: dict[Hashable, list[FigureGroup]] = {}
    for group in groups:
        if any(group.measure.id == pair.per for pair in pairs):
            parallel.setdefault((group.measure.id, _see_parts(group)), []).append(group)
    return [
        (of, per)
        for pair in pairs
        for of in groups
        if of.measure.id == pair.of
        for per in parallel.get((pair.per, _see_parts(of)), ())
        if any(page.table.find_ratios(checked) for checked in of.claims)
    ]


def _see_parts(group: FigureGroup) -> Hashable:
    """Return what two groups of one report have in common if they are divided into the same categories."""
    reports = frozenset((find_seed(each), find_coverage(each), find_time(each)) for each in group.claims)
    return reports, tuple(sorted(each.category.id for each in group.claims if each.category))


def make_pairs(page: Page, of: FigureGroup, per: FigureGroup) -> ComparisonRecord:
    """Return two measures of one report that pair, a row a category, each with what the one is divided by the other."""
    held = {checked.category.id: checked for checked in of.claims if checked.category}
    rows = [
        (held[checked.category.id], checked) for checked in choose_rows(page, per.claims, of, per) if checked.category
    ]
    ratios = [
        next((ratio for ratio in page.table.find_ratios(first) if ratio.per is second), None) for first, second in rows
    ]
    title = title_ratios(page, [ratio for ratio in ratios if ratio is not None])
    drawn = [checked for row in rows for checked in row]
    heads = [wrap(page.words.pick(group.measure.name), LETTERS_OF_A_HEAD) for group in (of, per)]
    names = {checked.claim.id: name_category(page, checked) for checked in drawn}
    chart = draw_pairs(
        # The heads say what is counted, so the bars need no unit.
        make_bars(page, [first for first, _ in rows], names, format_words=format_bare),
        make_bars(page, [second for _, second in rows], names, format_words=format_bare),
        [HEDGE_SIGNS[ratio.qualifier] + format_quotient(ratio, page.words.lang) if ratio else "" for ratio in ratios],
        heads=(heads[0], heads[1], page.words("panel.computed")),
        description=describe(page, title, drawn),
    )
    return make_record(page, ChartKind.PAIR, [*per.claims, *of.claims], title=title, chart=chart, drawn=drawn)


def make_record(
    page: Page,
    kind: ChartKind,
    claims: Sequence[CheckedClaim],
    *,
    title: str,
    chart: Spec,
    drawn: Sequence[CheckedClaim],
    absent: str = "",
) -> ComparisonRecord:
    """Return a chart with what is said of its figures."""
    verdict = compare_panel(find_alike(claims, find_measure))
    return ComparisonRecord(
        kind=kind,
        title=title,
        notes=list_common(page, claims),
        conclusion=page.words(f"conclusion.{verdict.conclusion}") if len(claims) > 1 else "",
        reasons=explain_verdict(page, verdict),
        is_qualified=bool(verdict.reasons),
        chart=chart,
        absent=absent,
        drawn=drawn,
        claims=claims,
    )


def list_common(page: Page, claims: Sequence[CheckedClaim]) -> list[str]:
    """Return what figures cover and when, where that is the same for all of them."""
    described = (list_distinct(page, claims, describe_one) for describe_one in (format_short_coverage, format_when))
    return [text for texts in described if len(texts) == 1 for text in texts if text]


def list_distinct(
    page: Page, claims: Sequence[CheckedClaim], describe_one: Callable[[Page, CheckedClaim], str]
) -> set[str]:
    """Return what is said of some figures by their period and coverage alone, once for each of these."""
    return {describe_one(page, checked) for checked in find_firsts(claims, see_scope)}


def see_scope(checked: CheckedClaim) -> Hashable:
    """Return all that is said of a figure by its period and coverage."""
    period, coverage = checked.period, checked.coverage
    return (
        (period.covers, period.words, period.words_en),
        coverage and (coverage.kind, coverage.name and (coverage.name.vi, coverage.name.en)),
    )


def make_bars(
    page: Page,
    claims: Iterable[CheckedClaim],
    names: Mapping[str, str],
    format_words: Callable[[CheckedClaim, Lang], str] = format_short,
) -> list[Bar]:
    """Return the rows of a chart, in their order, by the names of their claims.

    A link names its figure alone, and `page.js` adds the rest of the address: so a filter leaves what it does not hide
    as it is drawn.
    """
    return [
        Bar(
            id=checked.claim.id,
            value=float(axis_value(checked)),
            name=names[checked.claim.id],
            words=format_words(checked, page.words.lang),
            alt=format_alt(page, checked),
            href=Address(figure=checked.claim.id).to(),
            colour=page.colour(checked.province),
            hedged=checked.claim.qualifier != "exact",
        )
        for checked in claims
    ]


def name_category(page: Page, checked: CheckedClaim) -> str:
    """Return the name of a bar's row within one report, with what remains of a share and who read it."""
    rest = compute_remainder(checked.claim)
    name = page.words.pick(checked.category.name if checked.category else checked.name)
    parts = [name, page.words("remainder.line", n=format_number(rest, page.words.lang)) if rest else ""]
    return wrap(" · ".join(part for part in (*parts, format_reader(page, checked)) if part), LETTERS_OF_A_NAME)


def name_report(page: Page, checked: CheckedClaim, *, is_of_one_time: bool) -> str:
    """Return the name of a dot's row: its province, and its time where the others' is another."""
    parts = [page.words.pick(checked.province.name), "" if is_of_one_time else format_when(page, checked)]
    lines = [wrap(part, LETTERS_BESIDE) for part in (*parts, format_reader(page, checked)) if part]
    return "\n".join(lines)


def name_measure(page: Page, group: FigureGroup) -> str:
    """Return what all figures of a chart count, with its unit where the bars do not say it."""
    name = page.words.pick(group.measure.name)
    first = group.claims[0]
    if first.is_change and first.claim.base is not None:
        name = page.words("change.name", name=name, base=format_base(page, first.claim.base))
    if not is_alike(group.claims, find_unit) or has_short_unit(first, page.words.lang):
        return name
    unit = format_axis(page, first)
    return name if unit.lower() in name.lower() else f"{name} ({unit})"


def describe(page: Page, title: str, claims: Sequence[CheckedClaim]) -> str:
    """Return a chart's text alternative, made from the rows that it draws."""
    rows = "; ".join(format_alt(page, checked) for checked in claims)
    return page.words("panel.chart.alt", title=title, unit=format_axis(page, claims[0]), rows=rows)


def list_absent(page: Page, group: FigureGroup) -> list[str]:
    """Return the names of the provinces that do not report what a chart shows, in whatever coverage but a part's.

    Not all that report it need stand in the chart: a figure of another coverage or length of time can't share its axis.
    """
    present = page.table.find_reporting(group.claims[0].measure, group.category, is_change=group.claims[0].is_change)
    return [
        page.words.pick(province.name)
        for province in page.table.collection.provinces.values()
        if province.slug in page.table.reporting and province.slug not in present and page.shows(province)
    ]


def wrap(text: str, letters: int) -> str:
    """Return a text in lines that fit beside or above a mark."""
    return "\n".join(textwrap.wrap(text, letters)) or text
