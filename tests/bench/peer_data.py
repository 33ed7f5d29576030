"""What the peers draw: the same charts, rows and coverage as this dashboard's first view, from the same data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from extract.claims.collection import CheckedClaim
from extract.claims.files import find_root
from extract.claims.load.root import load_root
from extract.figures.formats import format_period, format_value_as_read
from extract.figures.groups import FigureGroup, find_groups
from extract.figures.table import FigureTable, axis_value
from extract.page.page import PROVINCE_COLOURS

MOST_BARS = 12
MOST_COLUMNS = 4
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
    base: float = 0.0
    """Where it begins."""


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One chart, its greatest bar first within each province."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True)
class Number:
    """A figure that shares no axis with another."""

    id: str
    words: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one province reports on one topic."""

    province: str
    drawings: tuple[Drawing, ...]
    numbers: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One topic: a column a province."""

    title: str
    cells: tuple[Cell, ...]


def load_index() -> FigureTable:
    """Return the data of FIGURES_ROOT, else the repository's."""
    return FigureTable(load_root(find_root())[0])


def pick_claims(index: FigureTable, topic: str) -> list[CheckedClaim]:
    """Return the figures of a topic, or all of them."""
    return index.order(checked for checked in index.claims.values() if topic in (ALL, checked.topic.id))


def count_bars(index: FigureTable, topic: str) -> tuple[int, int]:
    """Return how many bars and how many charts a page of a topic, or of all, holds."""
    cells = [cell for section in make_sections(index, topic) for cell in section.cells]
    drawings = [make_timeline(index, topic), *(drawing for cell in cells for drawing in cell.drawings)]
    return sum(len(drawing.bars) for drawing in drawings), len(drawings)


def make_timeline(index: FigureTable, topic: str) -> Drawing:
    """Return when the figures are about: a bar a province and time, as far as it is certain; in days."""
    spans: dict[tuple[int, float, float], CheckedClaim] = {}
    places = list(index.collection.provinces)
    for checked in pick_claims(index, topic):
        days = checked.period.certain_days if checked.period.is_dated else None
        first, last = (days.start, days.end) if days else (None, None)
        if first is not None and last is not None:
            place = places.index(checked.province.slug)
            spans.setdefault((place, first.toordinal(), last.toordinal()), checked)
    return Drawing(
        title="When",
        bars=tuple(
            Bar(
                id=checked.claim.id,
                label=" · ".join((checked.province.name.en, format_period(checked.period, "en"))),
                value=max(last - first, 30),
                words="",
                colour=find_colour(places, checked),
                base=first,
            )
            for (_, first, last), checked in sorted(spans.items(), key=itemgetter(0))
        ),
    )


def make_sections(index: FigureTable, topic: str) -> list[Section]:
    """Return the topics with figures, each with a cell a province: charts of what can be compared, else numbers."""
    held = pick_claims(index, topic)
    provinces = [slug for slug in index.collection.provinces if any(each.province.slug == slug for each in held)]
    return [
        Section(
            title=each.name.en,
            cells=tuple(
                make_cell(index, [one for one in held if one.topic.id == key], slug)
                for slug in provinces[:MOST_COLUMNS]
            ),
        )
        for key, each in index.collection.topics.items()
        if any(one.topic.id == key for one in held)
    ]


def make_cell(index: FigureTable, claims: Sequence[CheckedClaim], province: str) -> Cell:
    """Return what one province reports on a topic, given all figures of it."""
    mine = [checked for checked in claims if checked.province.slug == province]
    groups = find_groups(mine)
    return Cell(
        province=index.collection.provinces[province].name.en,
        drawings=tuple(make_drawing(index, group) for group in groups if group.relation is not None),
        numbers=tuple(
            Number(
                id=checked.claim.id,
                words=checked.claim.figure,
                label=f"{checked.name.en} · {format_period(checked.period, 'en')}",
            )
            for group in groups
            if group.relation is None
            for checked in group.claims
        )[:MOST_BARS],
    )


def make_drawing(index: FigureTable, group: FigureGroup) -> Drawing:
    """Return one chart."""
    places = list(index.collection.provinces)
    return Drawing(
        title=group.measure.name.en,
        bars=tuple(
            Bar(
                id=checked.claim.id,
                label=" · ".join((checked.province.name.en, checked.name.en, format_period(checked.period, "en"))),
                value=float(axis_value(checked)),
                words=checked.claim.figure,
                colour=find_colour(places, checked),
            )
            for checked in group.claims[:MOST_BARS]
        ),
    )


def find_colour(places: Sequence[str], checked: CheckedClaim) -> str:
    """Return the colour of a figure's province."""
    return PROVINCE_COLOURS[places.index(checked.province.slug) % len(PROVINCE_COLOURS)]


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


def find_rows(rows: Sequence[Mapping[str, str]], words: str) -> list[dict[str, str]]:
    """Return the rows that hold all of some words, whatever their case."""
    sought = words.casefold().split()
    return [dict(row) for row in rows if all(word in " ".join(row.values()).casefold() for word in sought)]


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
