"""Words and names that look like numbers and are none: năm the year, ngã ba, ba lô, Hai Bà Trưng, thứ Hai.

Their lists stand in words/namesakes.toml.
"""

import re
from typing import Final

from extract.text.nouns import KNOWN, counts_known_noun, find_counted_noun
from extract.text.words import read_words, word_set

_OPENING: Final = re.compile(r"(?:\A(?:\d{1,2}|[a-zđ])[.)]|\A|[\"“'‘(\[*+\-–—•:])[\s\"“'‘(\[*]*\Z")
"""What stands before the first word of a sentence, a quotation or a list item: its mark, ``2.``, too."""
_NEXT_WORDS: Final = re.compile(r"[\s\"“‘(]*([^\W\d_]+)(?:\s+([^\W\d_]+))?")

_NAMES_IN_CAPITALS: Final = re.compile(r"HAI BÀ TRƯNG|BA (?:ĐÌNH|VÌ|TƠ|BỂ|CHẼ|ĐỒN)|NĂM CĂN|BẢY NÚI")
"""A line of capitals hides what is a name; these are known."""

_LISTS: Final = read_words("namesakes")
ROMAN_LEADS: Final = word_set(_LISTS["roman_leads"])
"""Words before a single I, V or X that is a number."""
_CAPITAL_AFTER: Final = word_set(_LISTS["capital_after"])
_NO_NUMBER_AFTER: Final = {word: word_set(words) for word, words in _LISTS["no_number_after"].items()}
_NO_NUMBER_BEFORE: Final = {word: word_set(words) for word, words in _LISTS["no_number_before"].items()}
_YEAR_AFTER: Final = word_set(_LISTS["year_after"])
_YEAR_BEFORE: Final = word_set(_LISTS["year_before"])
_COUNTS_YEARS: Final = word_set(_LISTS["counts_years"])
_SPANNING: Final = word_set(_LISTS["spanning"])
_SPANS: Final = word_set(_LISTS["spans"])

_SCALES: Final = word_set("trăm, nghìn, ngàn, vạn, triệu, tỷ, tỉ")
_WEEKDAY_BEFORE: Final = word_set(_LISTS["weekday_before"])
_WEEKDAYS: Final = word_set("hai, ba, tư, năm, sáu, bảy, bẩy")
_ORDINAL_BEFORE: Final = word_set(_LISTS["ordinal_before"])
_WEEKDAY_AFTER: Final = re.compile(
    r"\s*,\s*ngày\b|\s+(?:hàng|hằng)?\s*tuần\b|\s*,?\s*\(?(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])(?!\d)",
    re.IGNORECASE,
)

_EVERY_YEAR: Final = re.compile(r"\b(?:mỗi|hằng|hàng|trong|cả|một)\s+năm\s+\Z")
"""``mỗi năm năm vụ``: the year before is no number, so the second may be five."""
_YEARS_BEFORE: Final = re.compile(r"(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười|mươi|lăm|\d) năm \Z", re.IGNORECASE)
_FIVE_OR_SIX: Final = re.compile(
    r",? (?:sáu|bảy)(?! (?:năm|lăm|mốt|mươi|chục|trăm|nghìn|ngàn|triệu|tỷ|tỉ)\b)\b|\s?\(0?5\)"
)
"""After ``năm``: ``đêm năm, sáu xe``, ``năm (05) xe``."""
_WITHIN: Final = word_set("trong, cả, đầu, giữa, cuối, hết, qua, mỗi, hằng, hàng")
_FIVE_AGAIN: Final = re.compile(r"\b0?5\s?\(\Z")


def is_name(sentence: str, start: int, end: int, before: str) -> bool:
    """Tell the capital of a name from that of a sentence's start: Hai Bà Trưng, Ba Đình, Nguyễn Văn Năm.

    >>> is_name("Ông Trần Văn Ba khai", 13, 15, "Ông Trần Văn "), is_name("Ba đối tượng", 0, 2, "")
    (True, False)
    """
    if not sentence[start].isupper():
        return False
    words = before.split()
    if sentence[start + 1].isupper():
        in_capitals = not words or words[-1].isupper()
        return not in_capitals or _NAMES_IN_CAPITALS.match(sentence, start) is not None
    if words and words[-1].lower() in _CAPITAL_AFTER:
        return words[-2:-1] == ["Mạng"]  # tháng Tám, but not the street Cách Mạng Tháng Tám
    if not _OPENING.search(before):
        return True
    following = _NEXT_WORDS.match(sentence, end)
    if following is None or sentence[start:end] == "Một" or not following[1][0].isupper():
        return False
    return following[1].lower() not in KNOWN and f"{following[1]}-{following[2]}".lower() not in KNOWN


def is_namesake(sentence: str, start: int, end: int, lead: str, nouns: frozenset[str] = frozenset()) -> bool:
    """Tell a lone number word from its namesakes.

    `lead` is the word before it, in lower case; `nouns` are words that it may count, beside those of nouns.py.

    >>> is_namesake("tại ngã ba", 8, 10, "ngã"), is_namesake("bắt ba tên", 4, 6, "bắt")
    (True, False)
    """
    word = sentence[start:end].lower()
    lead = lead.lstrip("(“\"'*-–")
    following = _NEXT_WORDS.match(sentence, end)
    next_word = following[1].lower() if following else ""
    ripe = word == "chín" and lead == "gần" and counts_known_noun(sentence, end)  # gần chín tiếng
    family = word == "ba" and following is not None and following[2] == "con"  # ba mẹ con
    idiom = (lead in _NO_NUMBER_AFTER.get(word, ()) and not ripe) or (
        next_word in _NO_NUMBER_BEFORE.get(word, ()) and not family
    )
    if idiom or lead in _SCALES:  # nghìn hai
        return True
    if lead == "thứ":
        return is_weekday(sentence, start, end)
    if word != "năm" or lead in ("mùng", "mồng") or _names_five(sentence, start, end, lead, next_word):
        return False
    if _names_year(sentence, start, lead, next_word):
        return True
    noun = find_counted_noun(sentence, end, nouns)
    return noun is None or not noun.known or not sentence[end].isspace()


def is_weekday(sentence: str, start: int, end: int) -> bool:
    """Tell ``thứ Hai``, ``sáng thứ hai``, a day's name, from ``lần thứ hai``, ``kỳ họp thứ Tám``."""
    words = sentence[max(0, start - 16) : start].lower().split()
    if sentence[start].isupper():
        ordinal = _ORDINAL_BEFORE.intersection(words[-2:-1]) and not _WEEKDAY_AFTER.match(sentence, end)
        return sentence[start:end].lower() in _WEEKDAYS and not ordinal
    return (len(words) > 1 and words[-2] in _WEEKDAY_BEFORE) or _WEEKDAY_AFTER.match(sentence, end) is not None


def _names_five(sentence: str, start: int, end: int, lead: str, next_word: str) -> bool:
    """Tell ``Năm là``, ``năm, sáu xe``, ``năm (05) xe``: the number for certain."""
    if not lead and next_word == "là":
        return True
    within = lead in _WITHIN and "(" not in sentence[end : end + 2]  # trong năm, sáu xã
    again = (not within and _FIVE_OR_SIX.match(sentence, end)) or _FIVE_AGAIN.search(sentence, max(0, start - 6), start)
    return again is not None


def _names_year(sentence: str, start: int, lead: str, next_word: str) -> bool:
    """Tell ``mỗi năm``, ``năm nay``, ``mười lăm năm``: the year, whatever else follows."""
    yearly = lead[-1:].isdigit() or lead in _YEAR_AFTER or next_word in _YEAR_BEFORE
    if yearly and lead != "cả" and not (lead in _SPANNING and next_word in _SPANS):
        return True
    if next_word == "tháng" and _YEARS_BEFORE.search(sentence, max(0, start - 16), start):
        return False
    if next_word == "năm" and lead in _COUNTS_YEARS and sentence.startswith(" năm tháng", start + len("năm")):
        return True  # hai năm năm tháng
    if lead not in _COUNTS_YEARS or next_word == "năm":
        return False
    return _EVERY_YEAR.search(sentence, max(0, start - 16), start) is None
