"""What the peers draw: the same charts, rows and coverage as this dashboard's first view, from the same data."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.claims.collection import CheckedClaim
from extract.claims.files import find_root
from extract.claims.load import load_root
from extract.figures.filters import Filters
from extract.figures.formats import format_period, format_value_as_read
from extract.figures.groups import FigureGroup
from extract.figures.table import FigureTable, axis_value
from extract.page.page import PROVINCE_COLOURS

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


def load_index() -> FigureTable:
    """Return the data of FIGURES_ROOT, else the repository's."""
    return FigureTable(load_root(find_root())[0])


def pick_claims(index: FigureTable, topic: str) -> list[CheckedClaim]:
    """Return the figures of a topic, or all of them."""
    return index.order(checked for checked in index.claims.values() if topic in (ALL, checked.topic.id))


def make_drawings(index: FigureTable, topic: str) -> list[Drawing]:
    """Return the charts of a topic, or of all: as here, of figures that can be compared."""
    groups = index.groups(index.find(Filters(topic="" if topic == ALL else topic)))
    return [make_drawing(index, group) for group in groups if group.relation is not None]


def make_drawing(index: FigureTable, group: FigureGroup) -> Drawing:
    """Return one chart."""
    places = list(index.collection.provinces)
    return Drawing(
        title=f"{index.collection.topics[group.topic].name.en}: {group.measure.name.en}",
        bars=tuple(
            Bar(
                id=checked.claim.id,
                label=" · ".join((checked.province.name.en, checked.name.en, format_period(checked.period, "en"))),
                value=float(axis_value(checked)),
                words=checked.claim.figure,
                colour=PROVINCE_COLOURS[places.index(checked.province.slug) % len(PROVINCE_COLOURS)],
            )
            for checked in group.claims[:MOST_BARS]
        ),
    )


def make_rows(claims: Sequence[CheckedClaim]) -> list[dict[str, str]]:
    """Return the table of some figures."""
    cells = (
        (
            checked.province.name.en,
            checked.name.en,
            checked.claim.figure,
            format_value_as_read(checked.claim, checked.unit, "en"),
            format_period(checked.period, "en"),
        )
        for checked in claims
    )
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells]


def make_coverage(index: FigureTable) -> list[list[str]]:
    """Return how many figures each province has on each topic, with a row and a column of names."""
    topics = index.collection.topics
    return [
        ["", *(topic.name.en for topic in topics.values())],
        *(
            [province.name.en, *(str(index.count(slug, topic) or "–") for topic in topics)]
            for slug, province in list(index.collection.provinces.items())[:12]
        ),
    ]


def split_quote(checked: CheckedClaim) -> tuple[str, str, str]:
    """Return a claim's quote in three parts, the figure in the middle."""
    before, figure, after = checked.sentence.quote.partition(checked.claim.figure)
    return before, figure, after
