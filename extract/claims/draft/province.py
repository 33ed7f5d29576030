"""Which province an article reports on, for a draft: the one whose office reports, if no other place is named."""

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from extract.claims.catalogue import Catalogue
from extract.claims.draft.words import list_words, match_words
from extract.text.words import join_words

_NAMES: Final = list_words("province", "names")
_OFFICES: Final = match_words("province", "offices").pattern
_OTHERS: Final = re.compile(match_words("province", "others").pattern + r"\s*\Z", re.IGNORECASE)
_COUNTRY: Final = match_words("province", "country")
_COUNTRY_NAMES: Final = match_words("province", "country_names")


def find_province(text: str, catalogue: Catalogue) -> str | None:
    """Return the slug of the province that an article reports on; None where that is not certain.

    It is certain where an office of that province is named, and neither another province nor the whole country.
    """
    named = count_provinces(text, catalogue)
    if len(named) != 1 or names_country(text):
        return None
    [name] = named
    slug = next((slug for slug, province in catalogue.provinces.items() if province.name.vi == name), None)
    office = re.compile(rf"{_OFFICES}\s(?:tỉnh\s)?{re.escape(name)}(?!\w)", re.IGNORECASE)
    starts = (match.start() for match in office.finditer(text))
    return slug if any(_OTHERS.search(text[max(start - 20, 0) : start]) is None for start in starts) else None


def count_provinces(text: str, catalogue: Catalogue) -> Counter[str]:
    """Return how often a text names each province, the catalogue's and all others."""
    known = _NAMES | {province.name.vi for province in catalogue.provinces.values()}
    return Counter(match.group() for match in _match_names(known).finditer(text))


@lru_cache(maxsize=8)
def _match_names(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(join_words(names))


def find_other_areas(sentence: str, province: str | None, catalogue: Catalogue) -> list[str]:
    """Return the words by which a sentence names the whole country, or a province that is not the article's.

    Where the article's province is not known, only the country is told.
    """
    country = _COUNTRY.search(_COUNTRY_NAMES.sub("", sentence))
    own = catalogue.provinces[province].name.vi if province else None
    others = [name for name in count_provinces(sentence, catalogue) if name != own] if own else []
    return [*([country.group()] if country else []), *others]


def names_country(text: str) -> bool:
    """Tell whether a text counts for the whole country, or for several provinces."""
    return _COUNTRY.search(_COUNTRY_NAMES.sub("", text)) is not None
