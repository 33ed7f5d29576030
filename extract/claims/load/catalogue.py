"""From the files that all claims refer to, to the catalogue: provinces, measures, indicators and units."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel

from extract.claims.catalogue import Catalogue
from extract.claims.check.catalogue import (
    CatalogueFile,
    check_indicators,
    check_measures,
    check_provinces,
    check_units,
)
from extract.claims.files import INDICATORS, MEASURES, PROVINCES, UNITS, WORDING
from extract.claims.load.validate import validate_tree
from extract.claims.records import (
    Breakdown,
    Category,
    Indicator,
    IndicatorsFile,
    MeasuresFile,
    ProvincesFile,
    UnitsFile,
)
from extract.claims.yaml.strict import Location, Node, find_line, find_text, parse_yaml
from extract.text.problems import Problem

R = TypeVar("R", bound=BaseModel)


class CatalogueCache:
    """The catalogue of the last load: the same object as long as none of its files changes."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._files: Sequence[bytes | bool] | None = None
        self._loaded: tuple[Catalogue, list[Problem]] = Catalogue(is_whole=False), []

    def load(self, files: Mapping[str, bytes], unreadable: Collection[str]) -> tuple[Catalogue, list[Problem]]:
        """Return what `load_catalogue` returns, and what is wrong with the page's words."""
        now = [files.get(path, path in unreadable) for path in (PROVINCES, UNITS, MEASURES, INDICATORS)]
        if now != self._files:
            self._files, self._loaded = now, load_catalogue(files, unreadable)
        catalogue, problems = self._loaded
        return catalogue, [*problems, *_check_wording(files)]


def _check_wording(files: Mapping[str, bytes]) -> Iterator[Problem]:
    if WORDING in files:
        from extract.claims.wording import read_wording  # noqa: PLC0415 - loads babel, and a draft needs none of it

        _, found = read_wording(files[WORDING])
        yield from (Problem(WORDING, each.line, "-", each.message) for each in found)


def load_catalogue(files: Mapping[str, bytes], unreadable: Collection[str]) -> tuple[Catalogue, list[Problem]]:
    """Return the catalogue, empty where one of its files does not fit, and what is wrong with these files.

    `unreadable` are the paths of files that are there but could not be read.
    """
    problems: list[Problem] = []
    provinces, file = _read_record(PROVINCES, ProvincesFile, files, unreadable, problems)
    if provinces is not None:
        problems += check_provinces(file, provinces)
    units, file = _read_record(UNITS, UnitsFile, files, unreadable, problems)
    if units is not None:
        problems += check_units(file, units)
    measures, file = _read_record(MEASURES, MeasuresFile, files, unreadable, problems)
    if measures is not None:
        problems += check_measures(file, measures, units)
    indicators, file = _read_record(INDICATORS, IndicatorsFile, files, unreadable, problems)
    if indicators is not None:
        problems += check_indicators(file, indicators, measures, units)
    if problems or provinces is None or units is None or measures is None or indicators is None:
        return Catalogue(is_whole=False), problems
    catalogue = Catalogue(
        provinces={province.slug: province for province in provinces.provinces},
        country=provinces.country,
        topics={topic.id: topic for topic in measures.topics},
        breakdowns=add_new_categories(measures, indicators),
        criteria={criteria.id: criteria for criteria in measures.criteria},
        measures={measure.id: measure for measure in measures.measures},
        ratios={ratio.id: ratio for ratio in measures.ratios},
        indicators={indicator.id: _name_category(indicator) for indicator in indicators.indicators},
        units={unit.key: unit for unit in units.units},
    )
    return catalogue, problems


def add_new_categories(measures: MeasuresFile, indicators: IndicatorsFile) -> dict[str, Breakdown]:
    """Return the breakdowns by their ids, each with the categories that rows of indicators add to it."""
    divided = {measure.id: measure.breakdown for measure in measures.measures}
    added: defaultdict[str | None, list[Category]] = defaultdict(list)
    for indicator in indicators.indicators:
        if indicator.new_category is not None:
            added[divided[indicator.measure]].append(indicator.new_category)
    return {
        each.id: each.model_copy(update={"categories": (*each.categories, *added[each.id])})
        for each in measures.breakdowns
    }


def _name_category(indicator: Indicator) -> Indicator:
    """Return an indicator that names its category, whether its own row adds it or not."""
    new = indicator.new_category
    return indicator if new is None else indicator.model_copy(update={"category": new.id, "new_category": None})


def _read_record(
    path: str, record: type[R], files: Mapping[str, bytes], unreadable: Collection[str], problems: list[Problem]
) -> tuple[R | None, CatalogueFile]:
    """Return the record of one file and where its nodes stand; add what is wrong with it to the problems."""
    if path not in files:
        problems += [] if path in unreadable else [Problem(path, 1, "-", "is missing")]
        return None, CatalogueFile(path=path, lines={})
    tree = parse_yaml(files[path])
    problems += [Problem(path, each.line, "-", each.message) for each in tree.problems]
    if tree.root is None:
        return None, CatalogueFile(path=path, lines={})
    found, field_problems = validate_tree(record, tree.root)
    for problem in field_problems:
        subject = _find_key(tree.root, problem.location)
        problems.append(Problem(path, find_line(tree.lines, problem.location), subject, problem.message))
    return (None if tree.problems else found), CatalogueFile(path=path, lines=tree.lines)


def _find_key(root: Node, location: Location) -> str:
    """Return the key of the innermost item that a place of a file belongs to."""
    above = (location[:depth] for depth in range(len(location), 0, -1))
    names = (find_text(root, (*item, key)) for item in above for key in ("id", "key", "slug"))
    return next((name for name in names if name), "-")
