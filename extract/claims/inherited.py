"""What a claim takes over: stated on the claim, else on its sentence, else on its article; the nearest counts."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from extract.claims.records import Article, Claim, Coverage, CoverageKind, Name, Period, Place, Sentence

Level: TypeAlias = Claim | Sentence | Article


class Office(NamedTuple):
    """The office that reports a figure, as the article names it, and in English."""

    name: str | None
    name_en: str | None


def find_area(*levels: Level) -> str:
    """Return the province that the nearest level names; the article always names one."""
    return next(level.province for level in levels if level.province is not None)


def pick_local(*levels: Level) -> tuple[Level, ...]:
    """Return the levels whose place and coverage hold: none beyond the nearest that names a province."""
    named = next(index for index, level in enumerate(levels) if level.province is not None)
    return levels[: named + 1]


def find_period(*levels: Level) -> Period | None:
    """Return the days that the nearest level states; None where none of them does. The nearest level comes first."""
    return next((level.period for level in levels if level.period is not None), None)


def find_place(*levels: Level) -> Place | None:
    """Return the part of the province that the nearest level names, unless a nearer one states another coverage."""
    for level in levels:
        if level.place is not None or level.coverage is not None:
            return level.place
    return None


def find_coverage(*levels: Level) -> Coverage | None:
    """Return whose work or which area the nearest level states; its place where it names one and no coverage."""
    return next(_find_coverages(levels), None)


def _find_coverages(levels: tuple[Level, ...]) -> Iterator[Coverage]:
    for level in levels:
        if level.coverage is not None:
            yield level.coverage
        elif level.place is not None:
            name = Name(vi=level.place.words, en=level.place.name_en)
            yield Coverage(kind=CoverageKind.PLACE, words=level.place.words, name=name)


def find_office(*levels: Level) -> Office:
    """Return the office that the nearest level names."""
    for level in levels:
        if level.reported_by is not None:
            return Office(level.reported_by, level.reported_by_en)
    return Office(None, None)
