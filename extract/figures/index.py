"""A collection arranged for the page: claims by id, article, province and topic, and by what a reader filters for.

Built once for each version of the data; every look-up after that is a dictionary's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

from extract.claims.collection import CheckedClaim, Collection, LedgerEntry, Source
from extract.claims.records import Nature
from extract.figures.search import Filters, filter_rows, find_rows, fold_row, sort_key
from extract.figures.table import make_figure_rows


class Panel(NamedTuple):
    """Figures that may share an axis: of one topic and one unit."""

    topic: str
    unit: str
    """A unit's key; `share` for parts of a whole, which share the axis from 0 to 100 %."""
    claims: tuple[CheckedClaim, ...]


SHARE_UNIT = "share"
SORTS = ("province", "indicator", "value", "period")
"""The columns that a table can be ordered by."""


def panel_unit(checked: CheckedClaim) -> str:
    """Return the key of the axis that a figure is drawn on."""
    return SHARE_UNIT if checked.indicator.nature is Nature.SHARE else checked.unit.key


def axis_value(checked: CheckedClaim) -> Decimal:
    """Return where a figure stands on its axis: its value; of a share the part of its whole, from 0 to 1, unrounded."""
    if panel_unit(checked) != SHARE_UNIT:
        return checked.claim.value
    return checked.claim.value / (checked.claim.of if checked.claim.of is not None else Decimal(100))


class Index:
    """The look-ups of one version of the data."""

    def __init__(self, collection: Collection) -> None:
        """Arrange a collection; linear in its claims and mentions."""
        self.collection = collection
        self.sources: Mapping[str, Source] = {
            source.record.article.seed.removesuffix(".txt"): source for source in collection.sources
        }
        self.reporting = frozenset(source.record.article.province for source in collection.sources)
        """The slugs of the provinces that articles are about."""
        self.claims: Mapping[str, CheckedClaim] = {checked.claim.id: checked for checked in collection.claims}
        self.by_seed: defaultdict[str, list[CheckedClaim]] = defaultdict(list)
        self.by_cell: defaultdict[tuple[str, str], list[CheckedClaim]] = defaultdict(list)
        self.by_axis: defaultdict[tuple[str, str], list[CheckedClaim]] = defaultdict(list)
        self.ledger: defaultdict[str, list[LedgerEntry]] = defaultdict(list)
        years: set[int] = set()
        for checked in collection.claims:
            self.by_seed[checked.article.seed].append(checked)
            self.by_cell[checked.province.slug, checked.topic.id].append(checked)
            start, end = checked.sentence.period.days
            if start is not None:
                years.update(range(start.year, (end or start).year + 1))
        for entry in collection.ledger:
            self.ledger[entry.seed].append(entry)
        self.years = tuple(str(year) for year in sorted(years))
        self.rows = make_figure_rows(collection)
        self._folded: list[str] = []
        self._reports = self._find_reports()
        orders = (
            ("province", collection.provinces),
            ("topic", collection.topics),
            ("unit", [*collection.units, SHARE_UNIT]),
        )
        self._place = {(kind, key): place for kind, keys in orders for place, key in enumerate(keys)}
        rows = {row.id: row for row in self.rows}
        self._ordered = [rows[checked.claim.id] for checked in self.order(collection.claims)]
        for row in self._ordered:
            checked = self.claims[row.id]
            self.by_axis[checked.topic.id, panel_unit(checked)].append(checked)

    def count(self, province: str, topic: str) -> int:
        """Return how many figures a province's articles report on a topic."""
        return len(self.by_cell.get((province, topic), ()))

    def find(self, filters: Filters) -> list[CheckedClaim]:
        """Return the figures that pass every filter, in the order of every view."""
        found = filter_rows(self._ordered, **{**filters.active, "q": ""})
        if filters.q:
            named = {row.id for row in find_rows(self._ordered, filters.q, folded=self._fold())}
            found = [row for row in found if row.id in named]
        return [self.claims[row.id] for row in found]

    def find_peers(self, checked: CheckedClaim) -> Iterator[CheckedClaim]:
        """Yield the other figures on a figure's axis: of its indicator first, and of other provinces first."""
        axis = self.by_axis[checked.topic.id, panel_unit(checked)]
        for same_indicator, same_province in product((True, False), (False, True)):
            for other in axis:
                is_same = other.indicator is checked.indicator, other.province is checked.province
                if is_same == (same_indicator, same_province) and other is not checked:
                    yield other

    def find_reports(self, checked: CheckedClaim) -> Sequence[CheckedClaim]:
        """Return the other reports of the fact that a figure reports."""
        return [other for other in self._reports.get(self.find_first_report(checked), ()) if other is not checked]

    def find_first_report(self, checked: CheckedClaim) -> str:
        """Return the id at the end of a claim's chain of `same_as`: the same for all reports of one fact."""
        current: CheckedClaim | None = checked
        last = checked.claim.id
        while current is not None and current.claim.same_as is not None:
            last = current.claim.same_as
            current = self.claims.get(last)
        return last

    def _find_reports(self) -> Mapping[str, Sequence[CheckedClaim]]:
        """Return all reports of every fact that more than one claim reports, by the first one's id."""
        later = [checked for checked in self.claims.values() if checked.claim.same_as is not None]
        facts = {self.find_first_report(checked) for checked in later}
        reports: defaultdict[str, list[CheckedClaim]] = defaultdict(list)
        for checked in self.claims.values():
            if checked.claim.same_as is not None or checked.claim.id in facts:
                reports[self.find_first_report(checked)].append(checked)
        return reports

    def order(self, claims: Iterable[CheckedClaim]) -> list[CheckedClaim]:
        """Return figures in the order of every view: by province, topic, axis, then from the greatest to the least."""
        return sorted(claims, key=self._order)

    def sort(self, claims: Sequence[CheckedClaim], order: str) -> list[CheckedClaim]:
        """Return figures in the order of a column of `SORTS`, with `-` before it the other way round; else as they are.

        Names by the Vietnamese alphabet, values as numbers within their unit; what states no period stands last.
        """
        keys: dict[str, Callable[[CheckedClaim], Any]] = {
            "province": lambda checked: sort_key(checked.province.name.vi),
            "indicator": lambda checked: sort_key(checked.indicator.name.vi),
            "value": axis_value,
            "period": lambda checked: checked.sentence.period.days.start or date.max,
        }
        column = order.removeprefix("-")
        if column not in keys:
            return list(claims)
        found = sorted(claims, key=keys[column], reverse=order.startswith("-"))
        if column == "value":
            # 950 people are not more than 28 kg: values stand in order within their unit only.
            return sorted(found, key=lambda checked: self._place["unit", panel_unit(checked)])
        if column == "period":
            return sorted(found, key=lambda checked: not checked.sentence.period.is_stated)
        return found

    def _fold(self) -> list[str]:
        if len(self._folded) != len(self._ordered):
            self._folded = [fold_row(row) for row in self._ordered]
        return self._folded

    def _order(self, checked: CheckedClaim) -> tuple[int, int, int, Decimal]:
        return (
            self._place["province", checked.province.slug],
            self._place["topic", checked.topic.id],
            self._place["unit", panel_unit(checked)],
            -axis_value(checked),
        )

    def panels(self, claims: Sequence[CheckedClaim]) -> list[Panel]:
        """Return figures by topic and axis: topics in their order, axes in the order of units.yaml, shares last."""
        groups: defaultdict[tuple[str, str], list[CheckedClaim]] = defaultdict(list)
        for checked in claims:
            groups[checked.topic.id, panel_unit(checked)].append(checked)
        return [
            Panel(topic, unit, tuple(groups[topic, unit]))
            for topic in self.collection.topics
            for unit in (*self.collection.units, SHARE_UNIT)
            if (topic, unit) in groups
        ]
