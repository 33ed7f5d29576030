"""From the files that all claims refer to, to the catalogue: provinces, topics, indicators and units."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel

from extract.claims.catalogue import Catalogue
from extract.claims.files import INDICATORS, PROVINCES, UNITS, WORDING
from extract.claims.messages import suggest
from extract.claims.records import IndicatorsFile, ProvincesFile, UnitsFile
from extract.claims.strict_yaml import Location, Node, find_line, find_text, parse_yaml
from extract.claims.validate import validate_tree
from extract.claims.wording import read_wording
from extract.text.problems import Problem

R = TypeVar("R", bound=BaseModel)


def load_catalogue(files: Mapping[str, bytes], unreadable: Collection[str]) -> tuple[Catalogue, list[Problem]]:
    """Return the catalogue, empty where one of its files does not fit, and what is wrong with these files.

    `unreadable` are the paths of files that are there but could not be read.
    """
    problems: list[Problem] = []
    provinces, lines = _read_record(PROVINCES, ProvincesFile, files, unreadable, problems)
    if provinces is not None:
        slugs = [province.slug for province in provinces.provinces]
        problems += _check_repeated(PROVINCES, lines, "provinces", "slug", slugs)
    units, lines = _read_record(UNITS, UnitsFile, files, unreadable, problems)
    if units is not None:
        problems += _check_repeated(UNITS, lines, "units", "key", [unit.key for unit in units.units])
    indicators, lines = _read_record(INDICATORS, IndicatorsFile, files, unreadable, problems)
    if indicators is not None:
        problems += _check_indicators(indicators, lines, units)
    is_whole = not problems
    if WORDING in files:
        _, found = read_wording(files[WORDING])
        problems += [Problem(WORDING, each.line, "-", each.message) for each in found]
    if not is_whole or provinces is None or units is None or indicators is None:
        return Catalogue(provinces={}, topics={}, indicators={}, units={}, is_whole=False), problems
    catalogue = Catalogue(
        provinces={province.slug: province for province in provinces.provinces},
        topics={topic.id: topic for topic in indicators.topics},
        indicators={indicator.id: indicator for indicator in indicators.indicators},
        units={unit.key: unit for unit in units.units},
    )
    return catalogue, problems


def _read_record(
    path: str, record: type[R], files: Mapping[str, bytes], unreadable: Collection[str], problems: list[Problem]
) -> tuple[R | None, Mapping[Location, int]]:
    """Return the record of one file and the line of each of its nodes; add what is wrong with it to the problems."""
    if path not in files:
        problems += [] if path in unreadable else [Problem(path, 1, "-", "is missing")]
        return None, {}
    tree = parse_yaml(files[path])
    problems += [Problem(path, each.line, "-", each.message) for each in tree.problems]
    if tree.root is None:
        return None, {}
    found, field_problems = validate_tree(record, tree.root)
    for problem in field_problems:
        subject = _find_key(tree.root, problem.location)
        problems.append(Problem(path, find_line(tree.lines, problem.location), subject, problem.message))
    return (None if tree.problems else found), tree.lines


def _find_key(root: Node, location: Location) -> str:
    """Return the key of the item that a place of a file belongs to."""
    names = (find_text(root, (*location[:2], key)) for key in ("id", "key", "slug"))
    return next((name for name in names if name), "-")


def _check_repeated(
    path: str, lines: Mapping[Location, int], group: str, key: str, names: Sequence[str]
) -> Iterator[Problem]:
    """Yield a problem for every name that stands twice in a file."""
    first: dict[str, int] = {}
    for index, name in enumerate(names):
        line = find_line(lines, (group, index, key))
        if name in first:
            message = f"{key} «{name}» stands twice (first on line {first[name]}): every one has its own"
            yield Problem(path, line, name, message)
        first.setdefault(name, line)


def _check_indicators(
    file: IndicatorsFile, lines: Mapping[Location, int], units: UnitsFile | None
) -> Iterator[Problem]:
    """Yield a problem for every repeated id, and for every indicator whose topic or unit is unknown."""
    topics = [topic.id for topic in file.topics]
    yield from _check_repeated(INDICATORS, lines, "topics", "id", topics)
    yield from _check_repeated(INDICATORS, lines, "indicators", "id", [indicator.id for indicator in file.indicators])
    keys = [unit.key for unit in units.units] if units else None
    for index, indicator in enumerate(file.indicators):
        for field, name, known in (("topic", indicator.topic, topics), ("unit", indicator.unit, keys)):
            if known is not None and name not in known:
                line = find_line(lines, ("indicators", index, field))
                yield Problem(INDICATORS, line, indicator.id, f"unknown {field} «{name}»: {suggest(name, known)}")
