"""What a sentence says of a number as a change: which way it goes, and against which earlier period.

A number is a change where a word such as `tăng` or `giảm` governs it: right before it, or further back in its clause
(`tăng 54 vụ với 78 đối tượng`). What stands in brackets that are closed, or before a semicolon, governs nothing behind.
"""

import re
from datetime import date
from typing import Final, NamedTuple

from extract.claims.catalogue import Catalogue, JoinedIndicator
from extract.claims.periods import find_periods
from extract.claims.records import Direction, Period, Unit, parse_days
from extract.text.mentions import Mention
from extract.text.words import join_words, read_words, word_set

_LISTS: Final = {name: word_set(words) for name, words in read_words("changes").items()}
_DIRECTIONS: Final = re.compile(
    "|".join(f"(?P<{name}>{join_words(_LISTS[name])})" for name in ("neither", *Direction)),
    re.IGNORECASE,
)
_FILLERS: Final = r"(?:\s(?:khoảng|gần|hơn|trên|tới|đến|là))?\s*\Z"
_GOVERNS: Final = re.compile(join_words(_LISTS["increase"] | _LISTS["decrease"]) + _FILLERS, re.IGNORECASE)
_PLUS: Final = re.compile(r"(?<![^\s(])\+\Z")
_LEVEL: Final = re.compile(join_words(_LISTS["levels"]) + _FILLERS, re.IGNORECASE)
_SAME_DAYS: Final = re.compile(join_words(_LISTS["same_days"]), re.IGNORECASE)
_LAST_YEAR: Final = re.compile(r"(?<!\w)năm\s(?:trước|ngoái)(?!\w)", re.IGNORECASE)


RELATIVE_UNITS: Final = ("percent", "percentage-point")
"""What a change may be stated in instead of the unit of its measure; keys of data/units.yaml."""


_WIDTH: Final = 300
"""How far before a number a word may stand that governs it, in characters."""


SIGNS: Final = ("+", "-", "−", "–")
"""What a number may begin with that says which way it goes."""


class StatedDirection(NamedTuple):
    """A word that says which way a number goes: where it stands (half-open), and what it says."""

    start: int
    end: int
    direction: Direction


def find_direction(text: str, start: int, mention: Mention) -> StatedDirection | None:
    """Return the last word before a number, from `start` on, that says which way it goes; None where none does."""
    start = max(start, mention.start - _WIDTH)
    before = text[start : mention.start]
    if _PLUS.search(before):
        return StatedDirection(mention.start - 1, mention.start, Direction.INCREASE)
    found = [match for match in _DIRECTIONS.finditer(before) if match.lastgroup != "neither"]
    if not found or _LEVEL.search(_without_hedge(before, mention)):
        return None
    last = found[-1]
    between = before[last.end() :]
    if ";" in between or between.count(")") > between.count("("):
        return None
    return StatedDirection(start + last.start(), start + last.end(), Direction(str(last.lastgroup)))


def is_governed(text: str, start: int, mention: Mention) -> bool:
    """Tell whether a word that names a change stands right before a number: `tăng 54 vụ`, not `giảm còn 12 vụ`.

    A plus in brackets is one, too: `60 vụ (+12%)`.
    """
    before = text[max(start, mention.start - _WIDTH) : mention.start]
    return before.endswith("(+") or _GOVERNS.search(_without_hedge(before, mention)) is not None


def _without_hedge(before: str, mention: Mention) -> str:
    return before.removesuffix(f"{mention.qualifier} ") if mention.qualifier else before


def find_change_unit(catalogue: Catalogue, text: str, mention: Mention, joined: JoinedIndicator) -> Unit:
    """Return the unit that a change is stated in: its measure's, or per cent or percentage points."""
    named = catalogue.find_counted_units(text, mention)
    units = named[0] if named else frozenset()
    if joined.unit.key in units:
        return joined.unit
    return next((catalogue.units[key] for key in RELATIVE_UNITS if key in units), joined.unit)


def names_direction(words: str) -> bool:
    """Tell whether some words say which way a number goes, or a sign does.

    >>> names_direction("tăng 54 vụ"), names_direction("78 đối tượng"), names_direction("tăng cường 5 tổ")
    (True, False, False)
    >>> names_direction("+12%"), names_direction("−20%")
    (True, True)
    """
    return words[:1] in SIGNS or any(match.lastgroup != "neither" for match in _DIRECTIONS.finditer(words))


def shift_years(covers: str, years: int) -> str | None:
    """Return the same days of an earlier year, as `covers` writes them; None where there are none.

    >>> shift_years("2020-01/2020-06", 1), shift_years("2021", 2)
    ('2019-01/2019-06', '2019')
    >>> shift_years("2020-02-29", 1) is None, shift_years("2013/..", 1) is None
    (True, True)
    """
    if covers in ("", "unstated") or covers.endswith(".."):
        return None
    shifted = re.sub(r"\d{4}", lambda year: str(int(year.group()) - years), covers)
    try:
        parse_days(shifted)
    except ValueError:
        return None
    return shifted


def names_same_days(words: str) -> bool:
    """Tell whether words name the same days of an earlier year: `cùng kỳ năm 2019`."""
    return _SAME_DAYS.search(words) is not None


def names_last_year(words: str) -> bool:
    """Tell whether words name the year before: `cùng kỳ năm trước`."""
    return _LAST_YEAR.search(words) is not None


def complete_base(base: Period, period: Period) -> Period:
    """Return a base with its days, where its words say `cùng kỳ` and name the year, and those of the figure are known.

    >>> complete_base(Period(words="cùng kỳ năm 2019"), Period(covers="2020-01/2020-06", words="x")).covers
    '2019-01/2019-06'
    """
    first = period.days.start
    if base.covers or base.words is None or first is None or not names_same_days(base.words):
        return base
    stated = find_periods(base.words)
    year = int(stated[0].covers) if len(stated) == 1 and re.fullmatch(r"\d{4}", stated[0].covers) else None
    if year is None and names_last_year(base.words):
        year = first.year - 1
    same = shift_years(period.covers, first.year - year) if year is not None and year < first.year else None
    return base if same is None else base.model_copy(update={"covers": same})


def explain_base(base: Period, period: Period) -> str | None:
    """Return what is wrong with the days of a base beside those of its figure; None where nothing is, or is known.

    >>> explain_base(Period(covers="2021", words="năm 2021"), Period(covers="2020", words="năm 2020"))
    'the base 2021 does not lie before the period, 2020: it is what was, not what is'
    """
    if not (base.is_dated and period.is_dated):
        return None
    start, first = base.days.start or date.max, period.days.start or date.min
    if start >= first:
        return f"the base {base.covers} does not lie before the period, {period.covers}: it is what was, not what is"
    words = base.words or ""
    if not names_same_days(words):
        return None
    years = 1 if names_last_year(words) else first.year - start.year
    same = shift_years(period.covers, years)
    if same is None or parse_days(same) == base.days:
        return None
    return (
        f"the base {base.covers} is not «cùng kỳ» of {period.covers}: those are the same days of an earlier year;"
        f" write {same}"
    )
