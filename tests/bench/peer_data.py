"""What the peers draw: the same panels, rows and coverage as this dashboard's first view, from the same data."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.claims.collection import Trace
from extract.claims.load import find_root, load_collection
from extract.figures.formats import format_period, format_value_as_read
from extract.figures.index import SHARE_UNIT, Index, Panel
from extract.page.markup import PROVINCE_COLOURS, share_of

MOST_BARS = 12
COLUMNS = ("province", "indicator", "figure", "value", "period")
ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One mark."""

    id: str
    label: str
    value: float
    words: str
    colour: str


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One chart, its greatest bar first within each province."""

    title: str
    bars: tuple[Bar, ...]


def load_index() -> Index:
    """Return the data of FIGURES_ROOT, else the repository's."""
    return Index(load_collection(find_root())[0])


def pick_traces(index: Index, topic: str) -> list[Trace]:
    """Return the figures of a topic, or all of them."""
    return index.order(trace for trace in index.traces.values() if topic in (ALL, trace.topic.id))


def make_drawings(index: Index, topic: str) -> list[Drawing]:
    """Return the charts of a topic, or of all: as here, a chart needs two figures."""
    panels = index.panels(pick_traces(index, topic))
    return [make_drawing(index, panel) for panel in panels if len(panel.traces) > 1]


def make_drawing(index: Index, panel: Panel) -> Drawing:
    """Return one chart."""
    places = list(index.collection.provinces)
    topic = index.collection.topics[panel.topic].name.en
    unit = "share of the whole" if panel.unit == SHARE_UNIT else index.collection.units[panel.unit].plural_en
    return Drawing(
        title=f"{topic}: {unit}",
        bars=tuple(
            Bar(
                id=trace.claim.id,
                label=" · ".join(
                    (trace.province.name.en, trace.indicator.name.en, format_period(trace.sentence.period, "en"))
                ),
                value=float(share_of(trace) if panel.unit == SHARE_UNIT else trace.claim.value),
                words=trace.claim.figure,
                colour=PROVINCE_COLOURS[places.index(trace.province.slug) % len(PROVINCE_COLOURS)],
            )
            for trace in panel.traces[:MOST_BARS]
        ),
    )


def make_rows(traces: Sequence[Trace]) -> list[dict[str, str]]:
    """Return the table of some figures."""
    cells = (
        (
            trace.province.name.en,
            trace.indicator.name.en,
            trace.claim.figure,
            format_value_as_read(trace.claim, trace.unit, "en"),
            format_period(trace.sentence.period, "en"),
        )
        for trace in traces
    )
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells]


def make_coverage(index: Index) -> list[list[str]]:
    """Return how many figures each province has on each topic, with a row and a column of names."""
    topics = index.collection.topics
    return [
        ["", *(topic.name.en for topic in topics.values())],
        *(
            [province.name.en, *(str(index.count(slug, topic) or "–") for topic in topics)]
            for slug, province in list(index.collection.provinces.items())[:12]
        ),
    ]


def split_quote(trace: Trace) -> tuple[str, str, str]:
    """Return a claim's quote in three parts, the figure in the middle."""
    before, figure, after = trace.sentence.quote.partition(trace.claim.figure)
    return before, figure, after
