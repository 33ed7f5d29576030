"""What claims refer to by key, and the words of articles that name a unit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.claims.records import Indicator, Province, Topic, Unit
from extract.text.mentions import Mention
from extract.text.reading import find_word_end, skip_space


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What claims refer to: provinces, topics, indicators and units by their keys.

    `is_whole` is false where one of its files has a problem. Then an unknown name is not held against a claim.
    """

    provinces: Mapping[str, Province]
    topics: Mapping[str, Topic]
    indicators: Mapping[str, Indicator]
    units: Mapping[str, Unit]
    is_whole: bool = True

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The spellings of all units, as `find_mentions` takes them."""
        return frozenset(spelling for unit in self.units.values() for spelling in unit.spellings)

    def find_counted_units(self, text: str, mention: Mention) -> tuple[frozenset[str], int] | None:
        """Return the units that a number of the text counts, and where the words end that name them.

        Where the article prints them as one word with the next (`432 vụvới`), the grammar's reading tells them apart.
        """
        start = skip_space(text, mention.end)
        found = self.find_named_units(text, start)
        if found is not None or mention.unit is None or not text.startswith(mention.unit, start):
            return found
        said = mention.unit.casefold()
        units = next((units for spelling, units in self.spellings.get(_first_word(said), ()) if spelling == said), None)
        return (units, find_word_end(text, start + len(mention.unit))) if units else None

    @cached_property
    def spellings(self) -> Mapping[str, Sequence[tuple[str, frozenset[str]]]]:
        """For each first word, the spellings that begin with it and the units they name, longest first."""
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for unit in self.units.values():
            for spelling in unit.spellings:
                owners[spelling.casefold()].add(unit.key)
        by_first: defaultdict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for spelling in sorted(owners, key=len, reverse=True):
            by_first[_first_word(spelling)].append((spelling, frozenset(owners[spelling])))
        return by_first

    def find_named_units(self, text: str, start: int) -> tuple[frozenset[str], int] | None:
        """Return the units that the words from `start` on name, and where they end; the longest spelling wins."""
        words = text[start : start + 60].casefold()
        for spelling, units in self.spellings.get(_first_word(words), ()):
            end = len(spelling)
            if words.startswith(spelling) and not (words[end - 1].isalnum() and words[end : end + 1].isalnum()):
                return units, start + end
        return None


def _first_word(words: str) -> str:
    for place, char in enumerate(words):
        if not char.isalnum():
            return words[: max(place, 1)]
    return words
