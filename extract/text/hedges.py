"""How a number is hedged: gần, khoảng, ít nhất before it, trở lên, đổ lại after it, as words/hedges.toml lists them."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final

from extract.text.context import NumberContext
from extract.text.nouns import MEASURES, MONEY, PLACES, TIMES
from extract.text.words import read_words, word_set


class Qualifier(StrEnum):
    """How the article hedges its number."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


_TABLE: Final = read_words("hedges")
_BEFORE: Final = {words: Qualifier(meaning) for words, meaning in _TABLE["before"].items()}
_AFTER: Final = {words: Qualifier(meaning) for words, meaning in _TABLE["after"].items()}
MEANINGS: Final[Mapping[str, Qualifier]] = _BEFORE | _AFTER
"""What each hedge means, by its words in lower case."""

_PREPOSITIONS: Final = word_set(_TABLE["rules"]["prepositions"])
_COUNTING: Final = word_set(_TABLE["rules"]["counting"])
_COMPARED: Final = word_set(_TABLE["rules"]["compared"])
_NOT_COMPARED: Final = word_set(_TABLE["rules"]["not_compared"])
_MEASURED: Final = word_set(_TABLE["rules"]["measured"])
_FILLERS: Final = word_set(_TABLE["rules"]["fillers"])
_TAILS: Final = {hedge: word_set(words) for hedge, words in _TABLE["rules"]["tails"].items()}
_RANGING: Final = word_set(_TABLE["rules"]["ranging"])
_SOURCES: Final = word_set(_TABLE["rules"]["sources"])
_GOES_ON: Final = re.compile(r"[^.;]{0,40}?\b(?:đến|tới|lên|xuống|còn|sang|nay)\b")
"""After the first number of a range or a change, or before ``trở lên``, which hedges alone."""
_COMPARISON: Final = re.compile(r"[^,;.]*\b(?:so|trước|cùng k[ỳì]|với|năm|nhau)\b")
_THIS_ONE: Final = ("này", "kia", "đó", "ấy")
"""Before ``dài hơn 2 m`` that compares one with another."""
_LENGTHS_AND_WEIGHTS: Final = word_set(
    "m, km, cm, mm, mét, thước, cây-số, kg, gam, tấn, tạ, yến, cân, lạng, ha, m2, km2, m3, sào, mẫu"
)
_OUTSIDE: Final = ("bên", "ra", "phía", "ở", "từ", "mặt", "nước", "hải")
"""Before ``ngoài 200 m`` that is outside: ``bên ngoài``, ``nước ngoài``."""
_MOST_WORDS: Final = max(hedge.count(" ") + 1 for hedge in _BEFORE)
_LAST_WORDS: Final = frozenset(hedge.rpartition(" ")[2] for hedge in _BEFORE)
ENDINGS: Final = _LAST_WORDS | _FILLERS
"""The words that may end a hedge before a number: after any other word none hedges it."""
MARKS: Final = "(“\"'*["
_AFTER_UNIT: Final = re.compile(
    rf"[^,;:.()\d“”\"]{{0,60}}?\b({'|'.join(map(re.escape, _AFTER))})(?! đây)\b",
    re.IGNORECASE,
)
_RETURNS: Final = re.compile(r"\b(?:đã|được|có|đi|đến|làm|mở|học|quay|hoạt động|lưu thông|sẽ|bị)\b", re.IGNORECASE)
"""A verb before ``trở lại``, which bounds nothing then: ``80% số hộ đã có điện trở lại``."""
_ALONG: Final = re.compile(r"\s+(?:đường|tuyến|quốc lộ|đê|kênh|bờ|biên giới|cao tốc|hành lang)\b")
"""What lies along a road: ``54 camera trên 21 km đường``."""
_PER: Final = re.compile(
    r"(?:\d[\d.,]*(?:\s+[^\W\d_]+){0,3}|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười))\s+trên\s*\Z"
)
"""Before what a rate is said per: ``3 vụ trên 100.000 dân``."""
_RATE: Final = re.compile(r"\btỷ (?:lệ|suất) [^,;:.]{0,30}\btrên\s*\Z")
"""``tỷ lệ mắc trên 100.000 dân``."""


_LIMITED: Final = re.compile(r"\b(?:mỗi|từng|được|phải|chỉ)\s[^,;:]*\Z")
"""Before ``nhiều nhất là`` that bounds, ``mỗi ca nhiều nhất là 9 người``; elsewhere it tells who has the most."""


def parse_qualifier(hedge: str | None) -> Qualifier:
    """Return what a hedge means, as `find_qualifier` returns it.

    >>> parse_qualifier("Gần"), parse_qualifier(None)
    (<Qualifier.NEARLY: 'nearly'>, <Qualifier.EXACT: 'exact'>)
    """
    return MEANINGS[hedge.lower()] if hedge else Qualifier.EXACT


def find_qualifier(number: NumberContext) -> str | None:
    """Return the nearest hedge as written: one before the number, else one after it; None where it is exact."""
    if number.lead in _FILLERS or number.lead.lstrip(MARKS) in _LAST_WORDS:
        hedge = _find_before(number)
        if hedge is not None:
            return hedge
    if not may_hedge_after(number.sentence):
        return None
    after = number.after
    if not any(hedge in after for hedge in _AFTER):
        return None
    found = _AFTER_UNIT.match(number.sentence, number.noun_end)  # past the 2 of m2
    if found is None or (found[1].lower() == "trở lại" and _RETURNS.search(found[0])):
        return None
    return found[1]


@lru_cache(maxsize=1)  # each number of a sentence asks in turn
def may_hedge_after(sentence: str) -> bool:
    """Tell whether a hedge that stands after its number is anywhere in a sentence."""
    return any(map(sentence.lower().__contains__, _AFTER))  # most sentences have none: a generator takes twice as long


def _find_before(number: NumberContext) -> str | None:
    """Return the longest hedge that ends with the words before a number."""
    words = number.spelt
    if number.bare_lead == "từ" and (hedge := _find_ranging(number)):
        return None if number.shape == "range" or _GOES_ON.match(number.rest) else hedge
    while words and words[-1].lower() in _FILLERS:
        words = words[:-1]
    last = words[-1].lstrip(MARKS) if words else ""
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        if count == 1:
            hedge = last
        else:
            first = words[-count].lstrip(MARKS)
            hedge = " ".join([first, *words[1 - count : -1], last])
        if hedge.lower() in _BEFORE:
            previous = words[-count - 1].lower().lstrip(MARKS) if len(words) > count else ""
            if hedge[0].isupper() and previous[-1:] in (",", ";"):
                return None  # Đạt 120 em, Chưa đạt 15 em
            before = words[-count - 2].lower() if len(words) > count + 1 else ""
            return hedge if _hedges(number, hedge.lower(), previous, before) else None
    return None


def _find_ranging(number: NumberContext) -> str | None:
    """Return the hedge that may begin a range as well: ``đạt từ``, or ``từ`` of a share, ``kéo giảm từ 5%``.

    Only a share is hedged by ``từ`` alone, and not where it comes from somewhere or was so once: ``tăng từ 5%``.
    """
    words = number.spelt
    if " ".join(words[-2:]).lower() in _RANGING:
        return " ".join(words[-2:])
    before = words[-2].lower() if len(words) > 1 else ""
    if number.counts != "%" or before in _FILLERS or before.lstrip(MARKS) in _LAST_WORDS:
        return None
    aimed = " ".join(words[-3:-1]).lower() == "kéo giảm"
    return words[-1].lstrip(MARKS) if aimed or before not in _SOURCES else None


def _hedges(number: NumberContext, hedge: str, previous: str, before: str) -> bool:
    """Tell a hedge from a comparison (``cao hơn 20%``), a word's second half (``nồng độ 0,25``) and a preposition.

    `previous` is the word before the hedge, `before` the word before that.
    """
    if hedge in ("<", ">", "từ"):  # <3%, but Trang chủ > 12 vụ án; of từ only `_find_ranging` tells when it bounds
        return number.sentence[number.start - 1] == hedge
    if hedge == "hơn":
        measured = previous in _MEASURED and number.counts in _LENGTHS_AND_WEIGHTS
        measured = measured and before not in _THIS_ONE and _COMPARISON.match(number.rest) is None
        return measured or previous not in _COMPARED or f"{before} {previous}" in _NOT_COMPARED
    if hedge == "nhiều nhất" and number.lead == "là":
        return _LIMITED.search(number.before) is not None
    if hedge in ("ngoài", "già"):
        return number.text.lower().startswith("nửa") if hedge == "già" else _is_beyond(number, previous)
    if is_tail(hedge, previous):
        return False
    counting = previous in _COUNTING or f"{before} {previous}" in _COUNTING
    return hedge not in _PREPOSITIONS or (counting and hedge != "quanh") or not _is_preposition(number)


def is_tail(hedge: str, previous: str) -> bool:
    """Tell a word's second half, ``mật độ``, ``trên quãng``, from a hedge; both words are in lower case."""
    return previous in _TAILS.get(hedge, ())


def _is_beyond(number: NumberContext, previous: str) -> bool:
    """Tell ``ngoài 30 tuổi``, ``ngoài 200 m`` from ``ngoài 5 vụ trên``, ``bên ngoài 200 m``."""
    far = number.counts in _LENGTHS_AND_WEIGHTS and number.text.endswith("0")
    return previous not in _OUTSIDE and (far or _is_age(number))


def _is_age(number: NumberContext) -> bool:
    """Tell ``ngoài 30 tuổi``, ``ngoài 70``, ``ngoài 1,2 tỷ đồng`` from ``ngoài 5 vụ trên``."""
    if number.counts == "tuổi" or (number.shape == "scaled" and number.counts in MONEY):
        return True
    return number.noun is None and ((len(number.text) == 2 and number.text[-1] == "0") or number.text.endswith(" mươi"))


def _is_preposition(number: NumberContext) -> bool:
    """Tell ``trên 2 xe máy``, ``4 vụ trên 1.000 dân`` from ``trên 1.000 ha``, ``trên 30 vụ``."""
    scored = number.counts == "điểm" and (number.bare_lead == "dưới" or number.words[-2:-1] == ["đạt"])
    if number.noun is None or number.shape in ("scaled", "range") or scored:
        return False  # dưới 75 điểm
    if number.counts in MEASURES or number.counts in MONEY or number.counts in TIMES:
        return _ALONG.match(number.rest) is not None and _PER.search(number.before) is not None
    said = number.shape == "words" and " " not in number.text  # trên hai cái can
    if said or _PER.search(number.before) or (number.text.endswith("000") and _RATE.search(number.before)):
        return True
    text = number.text
    if "," in text or "/" in number.noun.text:
        return False  # dưới 1,0 điểm, trên 87 điểm/người
    if number.counts not in PLACES and (number.noun.known or len(text) > 2):
        return False
    digits = text.replace(".", "")
    return not (digits.isdigit() and int(digits[:16]) >= 30 and digits.endswith("0"))
