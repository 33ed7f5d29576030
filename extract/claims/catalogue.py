"""What claims refer to by key, and the words of articles that name a unit."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from extract.claims.records import (
    WHOLE_COUNTRY,
    Breakdown,
    Category,
    Criteria,
    Indicator,
    Measure,
    Name,
    Province,
    RatioPair,
    Topic,
    Unit,
)
from extract.text.mentions import LOOK_ALIKES, Mention
from extract.text.reading import find_word_end, skip_space

_OPENING_QUOTES = ('"', "“", "‘", "«")


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedIndicator:
    """An indicator joined to all it refers to."""

    indicator: Indicator
    measure: Measure
    breakdown: Breakdown | None
    """The parts in which reports divide the measure."""
    category: Category | None
    """None where the indicator is the whole measure."""
    criteria: Criteria | None
    topic: Topic
    unit: Unit
    """The category's, else the measure's."""

    @property
    def name(self) -> Name:
        """What is stated: the indicator's own name, else the measure's with its category's."""
        if self.indicator.name is not None or self.category is None:
            return self.indicator.name or self.measure.name
        measure, category = self.measure.name, self.category.name
        return Name(vi=f"{measure.vi}: {category.vi}", en=f"{measure.en}: {category.en}")


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What claims refer to, by its ids: provinces, measures and all that describes them, indicators and units.

    `is_whole` is false where one of its files has a problem. Then an unknown name is not held against a claim.
    """

    provinces: Mapping[str, Province] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    breakdowns: Mapping[str, Breakdown] = field(default_factory=dict)
    criteria: Mapping[str, Criteria] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    ratios: Mapping[str, RatioPair] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    country: Province | None = None
    """The whole country, for figures that an article gives of it."""
    is_whole: bool = True

    def find_area(self, name: str) -> Province | None:
        """Return the province of a slug, or the whole country of `VN`; None where there is no such one."""
        return self.country if name == WHOLE_COUNTRY else self.provinces.get(name)

    @cached_property
    def joined(self) -> Mapping[str, JoinedIndicator]:
        """Every indicator joined to all it refers to, by its id."""
        return {name: self._join(indicator) for name, indicator in self.indicators.items()}

    def _join(self, indicator: Indicator) -> JoinedIndicator:
        measure = self.measures[indicator.measure]
        breakdown = self.breakdowns[measure.breakdown] if measure.breakdown else None
        categories = breakdown.categories if breakdown else ()
        category = next((each for each in categories if each.id == indicator.category), None)
        unit = category.unit if category and category.unit else measure.unit
        assert unit is not None, "load_catalogue refuses an indicator that counts nothing"
        return JoinedIndicator(
            indicator=indicator,
            measure=measure,
            breakdown=breakdown,
            category=category,
            criteria=self.criteria[measure.criteria] if measure.criteria else None,
            topic=self.topics[measure.topic],
            unit=self.units[unit],
        )

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The spellings of all units, as `find_mentions` takes them."""
        return frozenset(spelling for unit in self.units.values() for spelling in list_spellings(unit))

    def find_counted_units(self, text: str, mention: Mention) -> tuple[frozenset[str], int] | None:
        """Return the units that a number of the text counts, and where the words end that name them.

        The grammar's reading tells them apart where the article prints them as one word with the next (`432 vụvới`),
        and it knows a rate: `15.000 đồng/m3` are no đồng. They may stand in quotation marks.
        """
        start = skip_space(text, mention.end)
        if mention.unit is None:
            return self.find_named_units(text, start)
        if text[start : start + 1] in _OPENING_QUOTES and text.startswith(mention.unit, skip_space(text, start + 1)):
            start = skip_space(text, start + 1)
        is_said = text.startswith(mention.unit, start)
        found = self.find_named_units(text, start)
        if found is not None:
            return None if is_said and "/" in text[found[1] : start + len(mention.unit)] else found
        if not is_said:
            return None
        said = mention.unit.casefold()
        units = next((units for spelling, units in self.spellings.get(_first_word(said), ()) if spelling == said), None)
        return (units, find_word_end(text, start + len(mention.unit))) if units else None

    @cached_property
    def spellings(self) -> Mapping[str, Sequence[tuple[str, frozenset[str]]]]:
        """For each first word, the spellings that begin with it and the units they name, longest first."""
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for unit in self.units.values():
            for spelling in list_spellings(unit):
                owners[spelling.casefold()].add(unit.key)
        by_first: defaultdict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for spelling in sorted(owners, key=len, reverse=True):
            by_first[_first_word(spelling)].append((spelling, frozenset(owners[spelling])))
        return by_first

    def find_factor(self, text: str, mention: Mention, unit: str) -> Decimal:
        """Return how many of a unit one of what a number counts is: 1000 of `5 tấn` and the kilogram, mostly 1."""
        counted = self.find_counted_units(text, mention)
        if counted is None:
            return Decimal(1)
        words = text[skip_space(text, mention.end) : counted[1]].casefold()
        return self._factors.get((words, unit), Decimal(1))

    @cached_property
    def _factors(self) -> Mapping[tuple[str, str], Decimal]:
        return {
            (words.casefold(), unit.key): scaled.factor
            for unit in self.units.values()
            for scaled in unit.scaled
            for words in scaled.words
        }

    def find_named_units(self, text: str, start: int) -> tuple[frozenset[str], int] | None:
        """Return the units that the words from `start` on name, and where they end; the longest spelling wins."""
        words = text[start : start + 60].translate(LOOK_ALIKES).casefold()
        for spelling, units in self.spellings.get(_first_word(words), ()):
            end = len(spelling)
            if words.startswith(spelling) and not (words[end - 1].isalnum() and words[end : end + 1].isalnum()):
                return units, start + end
        return None


def list_spellings(unit: Unit) -> Iterator[str]:
    """Yield the words of articles that name a unit, a multiple or a part of it."""
    yield from unit.spellings
    for scaled in unit.scaled:
        yield from scaled.words


def _first_word(words: str) -> str:
    for place, char in enumerate(words):
        if not char.isalnum():
            return words[: max(place, 1)]
    return words
