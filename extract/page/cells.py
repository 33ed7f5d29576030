"""What one province's articles report on one topic: the charts, numbers and ratios that stand in one column."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from extract.claims.collection import CheckedClaim
from extract.claims.records import Province, Topic
from extract.figures.compare import Relation
from extract.figures.groups import find_groups
from extract.page.captions import format_name, format_part, format_reader, format_short_coverage, format_when
from extract.page.comparisons import (
    ComparisonRecord,
    RatioLine,
    find_pairs,
    has_whole,
    list_distinct,
    make_across,
    make_pairs,
    make_ratio,
    make_share,
    make_within,
)
from extract.page.page import Page

LEAST_TOGETHER = 3
MOST_CHARTS = 4
MOST_NUMBERS = 8
"""What there is more of is in the table, one link away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A figure that stands as a number, for it shares an axis with no other."""

    checked: CheckedClaim
    detail: str
    """What it counts, and what it covers and when where its cell does not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Figures of one article that a curator's note speaks of together, whatever their topics."""

    note: str
    claims: Sequence[CheckedClaim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One province's figures on one topic."""

    province: Province
    topic: Topic
    scope: str
    """What all its figures cover, where that is not the whole province."""
    charts: Sequence[ComparisonRecord]
    numbers: Sequence[Number]
    ratios: Sequence[RatioLine]
    """What is computed from its numbers."""
    together: Sequence[Together]
    """What is to be read together, where the first of its figures stands."""
    drawn_above: int
    """How many of its figures stand in a chart with other provinces'."""
    left: int
    """How many figures it leaves out."""

    @property
    def shown(self) -> list[CheckedClaim]:
        """The figures that it shows."""
        return [*(each for chart in self.charts for each in chart.drawn), *(number.checked for number in self.numbers)]


def make_cell(page: Page, claims: Sequence[CheckedClaim], above: Collection[str] = ()) -> Cell:
    """Return one province's figures on one topic, without those whose ids stand in a chart above."""
    charts = list(islice(make_charts(page, claims, above), MOST_CHARTS))
    drawn = {each.claim.id for chart in charts for each in chart.drawn}
    alone = [each for each in claims if each.claim.id not in drawn and each.claim.id not in above]
    scopes = list_distinct(page, claims, format_short_coverage)
    scope = scopes.pop() if len(scopes) == 1 else ""
    return Cell(
        province=claims[0].province,
        topic=claims[0].topic,
        scope=scope,
        charts=charts,
        numbers=[Number(checked=each, detail=format_number_detail(page, each, scope)) for each in alone[:MOST_NUMBERS]],
        ratios=[
            make_ratio(page, ratio) for each in alone for ratio in page.table.find_ratios(each) if ratio.of is each
        ],
        together=find_together(page, claims),
        drawn_above=sum(1 for each in claims if each.claim.id in above),
        left=len(alone[MOST_NUMBERS:]),
    )


def make_charts(page: Page, claims: Sequence[CheckedClaim], above: Collection[str] = ()) -> Iterator[ComparisonRecord]:
    """Yield the charts of one province's figures on one topic, without those whose ids all stand in one above.

    Each is made when it is asked for: a province may report thousands of figures, and its cell shows few charts.
    """
    groups = find_groups(claims)
    within = [group for group in groups if group.relation is Relation.WITHIN_REPORT]
    pairs = find_pairs(page, within)
    for of, per in pairs:
        yield make_pairs(page, of, per)
    paired = {id(group) for pair in pairs for group in pair}
    for group in within:
        if id(group) not in paired:
            yield make_within(page, group)
    for group in groups:
        if group.relation is None and has_whole(group):
            yield make_share(page, group)
    for group in groups:
        if group.relation is Relation.ACROSS and not {each.claim.id for each in group.claims} <= {*above}:
            yield make_across(page, group, ())


def find_together(page: Page, claims: Sequence[CheckedClaim]) -> list[Together]:
    """Return the notes that three figures of an article or more share and that begin with one of the claims."""
    found = []
    for checked in claims:
        note = checked.claim.note
        if note is None:
            continue
        sharing = page.table.order(
            other for other in page.table.by_seed[checked.article.seed] if other.claim.note == note
        )
        if len(sharing) >= LEAST_TOGETHER and sharing[0] is checked:
            found.append(Together(note=page.words.choose(checked.claim.note_vi, note), claims=sharing))
    return found


def format_number_detail(page: Page, checked: CheckedClaim, scope: str) -> str:
    """Return what stands under a number; what its cell covers stands there already."""
    own = format_short_coverage(page, checked)
    parts = (
        format_name(page, checked),
        own if own != scope else "",
        format_when(page, checked),
        format_part(page, checked),
        format_reader(page, checked),
    )
    return " · ".join(part for part in parts if part)
