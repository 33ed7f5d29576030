"""The check of the catalogue's files against each other: every id stands once, and leads to what there is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.claims.messages import describe_odd_letters, suggest
from extract.claims.records import (
    WHOLE_COUNTRY,
    Breakdown,
    Indicator,
    IndicatorsFile,
    Measure,
    MeasuresFile,
    ProvincesFile,
    RatioPair,
    UnitsFile,
)
from extract.claims.yaml.strict import Location, find_line
from extract.text.problems import Problem


@dataclass(frozen=True, kw_only=True)
class CatalogueFile:
    """A file that is checked: its path, and the line of each of its nodes."""

    path: str
    lines: Mapping[Location, int]

    def report(self, location: Location, subject: str, message: str) -> Problem:
        """Return a problem at a place of the file."""
        return Problem(self.path, find_line(self.lines, location), subject, message)

    def check_repeated(self, above: Location, key: str, names: Sequence[str]) -> Iterator[Problem]:
        """Yield a problem for every name that stands twice in the list at a location."""
        first: dict[str, int] = {}
        for index, name in enumerate(names):
            line = find_line(self.lines, (*above, index, key))
            if name in first:
                message = f"{key} «{name}» stands twice (first on line {first[name]}): every one has its own"
                yield Problem(self.path, line, name, message)
            first.setdefault(name, line)

    def check_known(
        self, location: Location, subject: str, name: str | None, known: Collection[str] | None
    ) -> Iterator[Problem]:
        """Yield a problem where a name is not among those that are known; None where these could not be read."""
        if name is not None and known is not None and name not in known:
            advice = f"{suggest(name, known)}{describe_odd_letters(name)}"
            yield self.report(location, subject, f"unknown {location[-1]} «{name}»: {advice}")


def check_provinces(file: CatalogueFile, provinces: ProvincesFile) -> Iterator[Problem]:
    """Yield a problem for every slug that stands twice, and where the country is taken for a province."""
    country = provinces.country
    slugs = [province.slug for province in provinces.provinces]
    yield from file.check_repeated(("provinces",), "slug", slugs)
    if country is not None and country.iso_code != WHOLE_COUNTRY:
        message = f"iso_code «{country.iso_code}» is a province's: write {WHOLE_COUNTRY}, or move it to `provinces`"
        yield file.report(("country", "iso_code"), country.slug, message)
    if country is not None and country.slug in slugs:
        yield file.report(("country", "slug"), country.slug, f"slug «{country.slug}» is a province's, too")
    for index, province in enumerate(provinces.provinces):
        if province.iso_code == WHOLE_COUNTRY:
            message = f"iso_code «{WHOLE_COUNTRY}» is the country's: write the province's, such as VN-23"
            yield file.report(("provinces", index, "iso_code"), province.slug, message)


def check_units(file: CatalogueFile, units: UnitsFile) -> Iterator[Problem]:
    """Yield a problem for every key that stands twice."""
    yield from file.check_repeated(("units",), "key", [unit.key for unit in units.units])


def check_measures(file: CatalogueFile, record: MeasuresFile, units: UnitsFile | None) -> Iterator[Problem]:
    """Yield a problem for every repeated id, every name that leads nowhere, and every ratio of what does not pair."""
    groups = {
        "topics": [topic.id for topic in record.topics],
        "breakdowns": [breakdown.id for breakdown in record.breakdowns],
        "criteria": [criteria.id for criteria in record.criteria],
        "measures": [measure.id for measure in record.measures],
        "ratios": [ratio.id for ratio in record.ratios],
    }
    for group, names in groups.items():
        yield from file.check_repeated((group,), "id", names)
    keys = [unit.key for unit in units.units] if units else None
    for index, breakdown in enumerate(record.breakdowns):
        yield from _check_breakdown(file, ("breakdowns", index, "categories"), breakdown, keys)
    breakdowns = {breakdown.id: breakdown for breakdown in record.breakdowns}
    for index, measure in enumerate(record.measures):
        here = ("measures", index)
        yield from file.check_known((*here, "topic"), measure.id, measure.topic, groups["topics"])
        yield from file.check_known((*here, "unit"), measure.id, measure.unit, keys)
        yield from file.check_known((*here, "breakdown"), measure.id, measure.breakdown, breakdowns)
        yield from file.check_known((*here, "criteria"), measure.id, measure.criteria, groups["criteria"])
        yield from _check_open_unit(file, here, measure, breakdowns)
    measures = {measure.id: measure for measure in record.measures}
    for index, ratio in enumerate(record.ratios):
        yield from _check_ratio(file, ("ratios", index), ratio, measures)


def _check_breakdown(
    file: CatalogueFile, here: Location, breakdown: Breakdown, units: Collection[str] | None
) -> Iterator[Problem]:
    yield from file.check_repeated(here, "id", [category.id for category in breakdown.categories])
    for index, category in enumerate(breakdown.categories):
        yield from file.check_known((*here, index, "unit"), category.id, category.unit, units)


def _check_open_unit(
    file: CatalogueFile, here: Location, measure: Measure, breakdowns: Mapping[str, Breakdown]
) -> Iterator[Problem]:
    """Yield a problem where a measure leaves its unit open and a category does not give it."""
    if measure.unit is not None:
        return
    if measure.breakdown is None:
        message = "`unit` is missing: leave it out only where every category of a breakdown has its own"
        yield file.report(here, measure.id, message)
    elif measure.breakdown in breakdowns:
        without = [category.id for category in breakdowns[measure.breakdown].categories if category.unit is None]
        if without:
            message = (
                f"`unit` is missing, and so it is in {', '.join(without)} of breakdown {measure.breakdown}:"
                " give it here, or in every category"
            )
            yield file.report(here, measure.id, message)


def _check_ratio(
    file: CatalogueFile, here: Location, ratio: RatioPair, measures: Mapping[str, Measure]
) -> Iterator[Problem]:
    """Yield a problem where a ratio divides what does not exist or does not pair."""
    yield from file.check_known((*here, "of"), ratio.id, ratio.of, measures)
    yield from file.check_known((*here, "per"), ratio.id, ratio.per, measures)
    of, per = measures.get(ratio.of), measures.get(ratio.per)
    if of is None or per is None:
        return
    if of is per:
        yield file.report((*here, "per"), ratio.id, f"divides {of.id} by itself: name two measures")
    elif of.breakdown != per.breakdown:
        message = (
            f"{of.id} (breakdown {of.breakdown or 'none'}) and {per.id} (breakdown {per.breakdown or 'none'})"
            " do not pair: measures of a ratio have the same breakdown, or none"
        )
        yield file.report((*here, "per"), ratio.id, message)


def check_indicators(
    file: CatalogueFile, record: IndicatorsFile, measures: MeasuresFile | None, units: UnitsFile | None
) -> Iterator[Problem]:
    """Yield a problem for every repeated id, and for every indicator of a measure or category that does not exist."""
    yield from file.check_repeated(("indicators",), "id", [indicator.id for indicator in record.indicators])
    if measures is None:
        return
    by_id = {measure.id: measure for measure in measures.measures}
    keys = [unit.key for unit in units.units] if units else None
    categories = {each.id: [category.id for category in each.categories] for each in measures.breakdowns}
    for index, indicator in enumerate(record.indicators):
        here = ("indicators", index)
        yield from file.check_known((*here, "measure"), indicator.id, indicator.measure, by_id)
        measure = by_id.get(indicator.measure)
        if measure is not None and indicator.new_category is not None:
            yield from _check_new_category(file, here, indicator, measure, categories)
            unit = indicator.new_category.unit
            yield from file.check_known((*here, "new_category", "unit"), indicator.id, unit, keys)
    for index, indicator in enumerate(record.indicators):
        measure = by_id.get(indicator.measure)
        if measure is not None and indicator.new_category is None:
            yield from _check_category(file, ("indicators", index), indicator, measure, categories)


def _check_new_category(
    file: CatalogueFile, here: Location, indicator: Indicator, measure: Measure, categories: Mapping[str, list[str]]
) -> Iterator[Problem]:
    """Yield a problem where a row adds what is no new category; add it to the known categories where it is one."""
    new, where = indicator.new_category, (*here, "new_category")
    assert new is not None, "only a row that adds a category is checked for it"
    known = categories.get(measure.breakdown or "", [])
    if indicator.category is not None:
        message = f"has both category «{indicator.category}» and new_category «{new.id}»: leave one of them out"
        yield file.report(where, indicator.id, message)
    elif measure.breakdown is None:
        message = f"new_category «{new.id}»: measure {measure.id} has no breakdown; give it one in data/measures.yaml"
        yield file.report(where, indicator.id, message)
    elif new.id in known:
        message = f"new_category «{new.id}» stands already in breakdown {measure.breakdown}: write category: {new.id}"
        yield file.report(where, indicator.id, message)
    elif measure.unit is None and new.unit is None:
        message = f"new_category «{new.id}» lacks its `unit`: measure {measure.id} leaves it to the categories"
        yield file.report(where, indicator.id, message)
    else:
        known.append(new.id)


def _check_category(
    file: CatalogueFile, here: Location, indicator: Indicator, measure: Measure, categories: Mapping[str, list[str]]
) -> Iterator[Problem]:
    """Yield a problem where an indicator names no category of its measure's breakdown, or none where it must."""
    name = indicator.category
    if name is None:
        if measure.unit is None and measure.breakdown is not None:
            message = f"`category` is missing: measure {measure.id} has a unit only in each of its categories"
            yield file.report(here, indicator.id, message)
        return
    known = categories.get(measure.breakdown or "", [])
    owners = [breakdown for breakdown, names in categories.items() if name in names]
    if name in known or (measure.breakdown is not None and measure.breakdown not in categories):
        return
    where = (*here, "category")
    if measure.breakdown is None:
        message = f"category «{name}»: measure {measure.id} has no breakdown; leave the category out, or give it one"
        yield file.report(where, indicator.id, message)
    elif owners:
        message = (
            f"category «{name}» is one of breakdown {owners[0]}, but measure {measure.id} is divided by"
            f" {measure.breakdown}: {suggest(name, known)}"
        )
        yield file.report(where, indicator.id, message)
    else:
        yield from file.check_known(where, indicator.id, name, known)
