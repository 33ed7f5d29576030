"""What a draft makes of each number: a claim, or an entry of what is set aside, with the reason where it is certain."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Final

from extract.claims.catalogue import Catalogue
from extract.claims.changes import is_governed
from extract.claims.draft.words import list_words
from extract.text.mentions import Kind, Mention
from extract.text.reading import Reading
from extract.text.sentences import Span
from extract.text.words import join_words

_DURATIONS: Final = list_words("number", "durations")
_FILLERS: Final = r"(?:\s(?:khoảng|gần|hơn|trên))?\s*\Z"
_COMPARED: Final = re.compile(
    rf"""
    (?: {join_words(frozenset({"so với", "tăng từ", "giảm từ"}))}          # giảm từ 15 vụ xuống còn 9 vụ
      | {join_words(list_words("period", "comparing"))}                    # (cùng kỳ 113 vụ)
        (?: \s(?:(?:các|của)\s)?(?:năm|quý|tháng)\s[\w/]+ )?              # cùng kỳ năm 2019 là 113 vụ
        (?: \s(?:là|chỉ|có|đạt|bắt|xảy\sra|phát\shiện) ){{0,3}} [:,]?
    ) {_FILLERS}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMPARED_BEHIND: Final = re.compile(rf"\s(?:của\s)?{join_words(frozenset({'cùng kỳ', 'cùng kì'}))}", re.IGNORECASE)
"""Of «206/113 đối tượng cùng kỳ»."""
_JOINED: Final = re.compile(r"\s(?:[^\W\d]+\s){1,3}(?:với|và)\s\Z")
"""Of «tăng 54 vụ với 78 đối tượng»: what stands between two numbers that one word governs."""
_WIDTH: Final = 60


class Fate(StrEnum):
    """What a draft proposes for a number; the reasons of `drafts.toml` have the names of those set aside."""

    CLAIM = "claim"
    OPEN = "open"
    """Set aside without a reason: nothing tells what it counts."""
    UNREADABLE = "unreadable"
    """Set aside without a reason: its digits are broken, and only a person may tell what they say."""
    INEXACT = "inexact"
    DURATION = "duration"
    CHANGE = "change"
    """By how much, not how many: a claim of a change where a unit is counted."""
    COMPARED = "compared"
    """Of the time that is compared with: a claim of that time where a unit is counted."""


UNREASONED: Final = frozenset((Fate.CLAIM, Fate.OPEN, Fate.UNREADABLE))
"""What a draft knows no reason for."""


def judge_numbers(reading: Reading, span: Span, catalogue: Catalogue) -> dict[int, Fate]:
    """Return what becomes of each figure of a sentence, by the index of its mention."""
    fates: dict[int, Fate] = {}
    for index in reading.find_inside(span.start, span.end):
        mention = reading.mentions[index]
        if mention.kind is Kind.FIGURE:
            fates[index] = _judge(reading, span, index, catalogue, fates.get(index - 1))
    return fates


def _judge(reading: Reading, span: Span, index: int, catalogue: Catalogue, previous: Fate | None) -> Fate:
    mention, text = reading.mentions[index], reading.text
    if mention.value is None:
        return Fate.UNREADABLE if any(map(str.isdigit, mention.text)) else Fate.INEXACT
    counted = catalogue.find_counted_units(text, mention)
    if counted is None and mention.unit is not None and mention.unit.casefold() in _DURATIONS:
        return Fate.DURATION
    before = text[max(span.start, mention.start - _WIDTH) : mention.start]
    before = before.removesuffix(f"{mention.qualifier} ") if mention.qualifier else before
    if _COMPARED.search(before) or (counted is not None and _COMPARED_BEHIND.match(text, counted[1])):
        return Fate.COMPARED
    if is_less_than_nothing(mention) or is_governed(text, span.start, mention):
        return Fate.CHANGE
    if previous in (Fate.CHANGE, Fate.COMPARED) and _JOINED.match(text, reading.mentions[index - 1].end, mention.start):
        return previous
    return Fate.CLAIM if counted is not None else Fate.OPEN


def is_less_than_nothing(mention: Mention) -> bool:
    """Tell whether a number has a minus: what is counted is never less than nothing, so it is a decrease."""
    return isinstance(mention.value, Decimal) and mention.value < 0


def find_doubtful(reading: Reading) -> list[Mention]:
    """Return the numbers that a weak rule takes for no figure: dates, names and the like that a person should see."""
    return [each for each in reading.mentions if each.kind is not Kind.FIGURE and not each.is_certain]
