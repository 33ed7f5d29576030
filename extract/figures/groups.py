"""Which figures may share an axis: the categories of a measure in one report, or one measure across reports.

An axis is a comparison. So figures are grouped by all that must be the same for `compare` to let them stand together,
and what is left over stands as a number alone.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.claims.collection import CheckedClaim
from extract.claims.records import WHOLE_COUNTRY, Category, Measure, Nature
from extract.figures.compare import Relation
from extract.figures.dimensions import (
    find_base,
    find_category_id,
    find_coverage,
    find_coverage_kind,
    find_province,
    find_seed,
    find_time,
    is_moment_known,
    measure_period,
)
from extract.figures.formats import is_percent
from extract.figures.panel import Panel, See, as_panel, group_by, is_alike, is_any


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureGroup:
    """Figures of one measure that may share an axis, or one figure that stands as a number."""

    claims: Sequence[CheckedClaim]
    relation: Relation | None
    """Within a report they are the categories of its measure; across, they are of one category. None for one alone."""

    @property
    def topic(self) -> str:
        """The id of the topic that its measure stands in."""
        return self.claims[0].topic.id

    @property
    def measure(self) -> Measure:
        """What all of them count."""
        return self.claims[0].measure

    @property
    def category(self) -> Category | None:
        """The category that all of them have; None where they are the categories, or totals."""
        return None if self.relation is Relation.WITHIN_REPORT else self.claims[0].category


def find_groups(claims: Sequence[CheckedClaim]) -> list[FigureGroup]:
    """Return which of the claims may share an axis, and which stand alone, in the order of their first ones.

    Every claim is in a group. It may be in two: in its report's, and in the one across reports, which comes after it.
    """
    panel = as_panel(claims)
    shared = [*_find_shared(panel, Relation.WITHIN_REPORT, find_report_axis), *find_across(panel)]
    held = {checked.claim.id for group in shared for checked in group.claims}
    alone = [FigureGroup(claims=(checked,), relation=None) for checked in panel if checked.claim.id not in held]
    return _sort([*shared, *alone], panel)


def find_across(claims: Sequence[CheckedClaim]) -> list[FigureGroup]:
    """Return which of the claims may share an axis across reports, in the order of their first ones."""
    panel = as_panel(claims)
    return _sort(_find_shared(panel, Relation.ACROSS, find_common_axis), panel)


def _sort(groups: Iterable[FigureGroup], panel: Panel) -> list[FigureGroup]:
    return sorted(groups, key=lambda group: panel.pool.places[group.claims[0].claim.id])


def is_across(group: FigureGroup) -> bool:
    """Tell whether a group sets provinces side by side."""
    return group.relation is Relation.ACROSS and not is_alike(group.claims, find_province)


def group_by_province(claims: Sequence[CheckedClaim]) -> Mapping[str, Sequence[CheckedClaim]]:
    """Return claims by the slugs of their provinces, in their order."""
    return group_by(claims, find_province)


def _find_shared(panel: Panel, relation: Relation, find_axis: See[Hashable]) -> list[FigureGroup]:
    groups = [_drop_parts(held) for axis, held in panel.group(find_axis).items() if axis is not None and len(held) > 1]
    return [
        FigureGroup(claims=held, relation=relation)
        for held in groups
        if len(held) > 1 and (relation is Relation.ACROSS or not is_alike(held, find_category_id))
    ]


def _drop_parts(claims: Panel) -> Panel:
    """Return claims without those that stand beside their own whole."""
    if not is_any(claims, _is_part):
        return claims
    ids = {checked.claim.id for checked in claims}
    return claims.take([checked.claim.part_of not in ids for checked in claims])


def _is_part(checked: CheckedClaim) -> bool:
    return checked.claim.part_of is not None


def find_report_axis(checked: CheckedClaim) -> Hashable:
    """Return what the categories that share an axis within one report have in common; None for a total or a range."""
    if checked.category is None or checked.claim.to is not None:
        return None
    return (
        find_seed(checked),
        checked.province.slug,
        checked.measure.id,
        find_coverage(checked),
        find_time(checked),
        find_kind(checked),
    )


def find_common_axis(checked: CheckedClaim) -> Hashable:
    """Return what figures that share an axis across reports have in common; None for what compares with no other."""
    length = None
    if checked.measure.nature is Nature.FLOW:
        length = measure_period(checked.period.days)
        if length is None:
            return None
    if checked.coverage is None or checked.claim.to is not None or not is_moment_known(checked):
        return None
    if checked.is_change and not (checked.claim.base and checked.claim.base.is_dated):
        return None
    return (
        checked.province.iso_code == WHOLE_COUNTRY,
        checked.measure.id,
        find_category_id(checked),
        find_coverage_kind(checked),
        length,
        find_kind(checked),
    )


def find_kind(checked: CheckedClaim) -> Hashable:
    """Return whether a figure is a part of a whole; of a change, against what time and in what unit it is."""
    if checked.is_change:
        return checked.unit.key, find_base(checked)
    return checked.claim.of is not None or is_percent(checked.unit)
