"""A collection arranged for the page: claims by id, by article, by province and topic, and by what a reader filters for.

Built once for each version of the data; every look-up after that is a dictionary's.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from extract.collection import Collection, LedgerEntry, Source, Trace
from extract.records import Nature
from extract.search import Filters, filter_rows, find_rows, fold_row
from extract.table import make_figure_rows


class Panel(NamedTuple):
    """Figures that may share an axis: of one topic and one unit."""

    topic: str
    unit: str
    """A unit's key; `share` for parts of a whole, which share the axis from 0 to 100 %."""
    traces: tuple[Trace, ...]


SHARE_UNIT = "share"


def panel_unit(trace: Trace) -> str:
    """Return the key of the axis that a figure is drawn on."""
    return SHARE_UNIT if trace.indicator.nature is Nature.SHARE else trace.unit.key


class Index:
    """The look-ups of one version of the data."""

    def __init__(self, collection: Collection) -> None:
        """Arrange a collection; linear in its claims and mentions."""
        self.collection = collection
        self.sources: Mapping[str, Source] = {s.record.article.seed.removesuffix(".txt"): s for s in collection.sources}
        self.traces: Mapping[str, Trace] = {trace.claim.id: trace for trace in collection.traces}
        self.by_seed: defaultdict[str, list[Trace]] = defaultdict(list)
        self.by_cell: defaultdict[tuple[str, str], list[Trace]] = defaultdict(list)
        self.ledger: defaultdict[str, list[LedgerEntry]] = defaultdict(list)
        years: set[int] = set()
        for trace in collection.traces:
            self.by_seed[trace.article.seed].append(trace)
            self.by_cell[trace.province.slug, trace.topic.id].append(trace)
            start, end = trace.sentence.period.days
            if start is not None:
                years.update(range(start.year, (end or start).year + 1))
        for entry in collection.ledger:
            self.ledger[entry.seed].append(entry)
        self.years = tuple(str(year) for year in sorted(years))
        self.rows = make_figure_rows(collection)
        self._folded: list[str] = []
        orders = (
            ("province", collection.provinces),
            ("topic", collection.topics),
            ("unit", [*collection.units, SHARE_UNIT]),
        )
        self._place = {(kind, key): place for kind, keys in orders for place, key in enumerate(keys)}

    def count(self, province: str, topic: str) -> int:
        """Return how many figures a province's articles report on a topic."""
        return len(self.by_cell.get((province, topic), ()))

    def find(self, filters: Filters) -> list[Trace]:
        """Return the figures that pass every filter, by province, topic, axis, then from the greatest value to the least."""
        found = filter_rows(self.rows, **{**filters.active, "q": ""})
        if filters.q:
            named = {row.id for row in find_rows(self.rows, filters.q, folded=self._fold())}
            found = [row for row in found if row.id in named]
        return sorted((self.traces[row.id] for row in found), key=self._order)

    def _fold(self) -> list[str]:
        if len(self._folded) != len(self.rows):
            self._folded = [fold_row(row) for row in self.rows]
        return self._folded

    def _order(self, trace: Trace) -> tuple[int, int, int, Decimal]:
        return (
            self._place["province", trace.province.slug],
            self._place["topic", trace.topic.id],
            self._place["unit", panel_unit(trace)],
            -trace.claim.value,
        )

    def panels(self, traces: Sequence[Trace]) -> list[Panel]:
        """Return figures grouped by topic and axis: topics in their order, axes in the order of units.yaml, shares last."""
        groups: defaultdict[tuple[str, str], list[Trace]] = defaultdict(list)
        for trace in traces:
            groups[trace.topic.id, panel_unit(trace)].append(trace)
        return [
            Panel(topic, unit, tuple(groups[topic, unit]))
            for topic in self.collection.topics
            for unit in (*self.collection.units, SHARE_UNIT)
            if (topic, unit) in groups
        ]
