"""What a number counts: the nouns that stand right after it, as words/nouns.toml lists them.

A unit is the shortest conventional counted noun: a classifier alone (``vụ``, ``bánh``, ``chiếc``) or one word of the
dictionary, however many syllables it has (``đối tượng``, ``điện thoại``, ``xe máy``).
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from extract.text.words import key_set, read_words

_LISTS: Final = read_words("nouns")
MEASURES: Final = key_set(_LISTS["measures"])
MONEY: Final = key_set(_LISTS["money"])
TIMES: Final = key_set(_LISTS["times"])
CLASSIFIERS: Final = key_set(_LISTS["classifiers"])
NOT_COUNTED: Final = key_set(_LISTS["not_counted"])
NOT_NOUNS: Final = key_set(_LISTS["not_nouns"])
ABSTRACT: Final = key_set(_LISTS["abstract"])
PLACES: Final = key_set(_LISTS["places"])
VERBAL: Final = key_set(_LISTS["verbal"])
_AGENTS: Final = key_set(_LISTS["agents"])
_BOUND: Final = key_set(_LISTS["bound"])
_LAST_WORDS: Final = key_set(_LISTS["last_words"])

_PLAIN_SYLLABLES: Final = key_set(_LISTS["plain_syllables"])

_OLD_SPELLINGS: Final = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
"""The tone over the first vowel or the second: hóa and hoá are spellings of one syllable."""
_NEW_SPELLING: Final = re.compile(rf"({'|'.join(_OLD_SPELLINGS)})(?!\w)")


def is_syllable(word: str) -> bool:
    """Tell whether a word in lower case is a syllable of Vietnamese that the lists know.

    >>> is_syllable("xe"), is_syllable("keno")
    (True, False)
    """
    return word in _SYLLABLES or word in _PLAIN_SYLLABLES


class CountedNoun(NamedTuple):
    """The counted words after a number."""

    end: int
    """Where the words end in the text."""
    text: str
    key: str
    """In lower case, the syllables joined by hyphens."""
    known: bool
    """Whether it is a listed noun, not just the next syllable."""


def _respell(key: str) -> set[str]:
    """Return a key in both spellings of its tone marks.

    >>> sorted(_respell("hóa-đơn"))
    ['hoá-đơn', 'hóa-đơn']
    """
    spellings = {""}
    for piece in _NEW_SPELLING.split(key):
        spellings = {start + end for start in spellings for end in {piece, _OLD_SPELLINGS.get(piece, piece)}}
    return spellings


def _measure_keys(keys: Iterable[str]) -> dict[str, int]:
    """Return for each first syllable the number of syllables of the longest key."""
    longest: dict[str, int] = {}
    for key in keys:
        first = key.partition("-")[0]
        longest[first] = max(longest.get(first, 0), 1 + key.count("-"))
    return longest


KNOWN: Final = MEASURES.union(
    MONEY,
    TIMES,
    CLASSIFIERS,
    (spelling for words in _LISTS["nouns"].values() for key in key_set(words) for spelling in _respell(key)),
)
"""The keys of all listed nouns."""
_LONGEST: Final = _measure_keys(KNOWN)
DIVISIBLE: Final = (MEASURES | key_set(_LISTS["nouns"]["measures"])) - key_set(_LISTS["whole_measures"])
"""The keys of what can be measured in parts, so that a comma is its decimal mark."""
_SYLLABLES: Final = frozenset(syllable for key in KNOWN | NOT_COUNTED for syllable in key.split("-"))

_SYLLABLE: Final = r"[^\W\d_½¼¾⅓⅔]+(?:-[^\W\d_]+)*(?:[23²³](?!\w))?"
_AFTER_NUMBER: Final = re.compile(
    rf"""
    [^\S\r\n]*
    (?: (?P<degrees> [°º⁰] (?: [^\S\r\n]? [CcFf] (?! \w ) )? | o [^\S\r\n]? C (?! \w ) )      # 9°C  45o C
      | (?P<words> {_SYLLABLE} (?: [^\S\r\n]+ {_SYLLABLE} ){{0,3}} )
      | (?P<sign> [%‰] | \$ ) )
    """,
    re.VERBOSE,
)
_SLOGAN: Final = re.compile(r"(?:không|cùng|có|tự|biết|bám|nhất|tại chỗ|sạch|giữ|đúng|rõ|hơn|giảm|tăng|dám)(?!\w)")
_OPENED: Final = re.compile(r"[\"“‘«][^\"”’».;]{0,60}\Z")
_VOWEL: Final = re.compile(r"[^bcdđfghjklmnpqrstvwxz]")
_QUOTED: Final = re.compile(r"[^\S\r\n]*[\"“‘«][^\S\r\n]*([^\W\d_][^\"”’»\r\n]{1,60}?)[^\S\r\n]*[\"”’»]")
"""A name in quotation marks that is counted: ``2 "Nhà nghĩa tình"``."""
_TIMED: Final = re.compile(
    r"\s*(?:năm\s+(?:19|20)\d\d(?!\d|\s?[-–]\s?(?:19|20)\d)|năm\s+học\s+(?:19|20)\d\d|(?:ngày|hôm)\s+\d{1,2}(?:\s?[-/.]\s?\d|\s+tháng)|quý\s+(?:[IV]+\b|\d)|tháng\s+\d{1,2}/(?:19|20)\d\d)",
    re.IGNORECASE,
)
"""A date after a number, whose first word the number does not count: ``lần thứ 9 năm 2022``."""
_PER: Final = re.compile(rf"[^\S\r\n]?/[^\S\r\n]?({_SYLLABLE})(?:[^\S\r\n]+({_SYLLABLE}))?")
_INITIAL: Final = re.compile(r"(?<![^\W\d_])[A-ZĐ]\.[^\W\d]")
"""The first letter of an abbreviation."""
_RATE: Final = re.compile(r"/(?:ngày|tuần|tháng|quý|năm)\b")
_TIMED_NOUNS: Final = frozenset(["năm", "năm-học", "ngày", "hôm", "quý", "tháng"])
_QUOTED_WIDTH: Final = 64
"""Code points before a number among which a slogan's quotation mark stands."""
_MOST_PER: Final = 2
"""As in ``đồng/người/tháng``."""
_FUSED: Final = re.compile(
    r"(vụ|người|đồng|kg|triệu|đối tượng|xe|ha|tấn|viên)(?:với|và|có|do|trong|của|bị|được|cho|tại|là)\Z", re.IGNORECASE
)


def counts_known_noun(sentence: str, start: int) -> bool:
    """Tell whether what is counted at `start` is a noun of the lists."""
    noun = find_counted_noun(sentence, start)
    return noun is not None and noun.known


def find_counted_noun(text: str, position: int, nouns: frozenset[str] = frozenset()) -> CountedNoun | None:
    """Return the counted words that stand at `position`, right after a number; None where no noun follows.

    `nouns` are further words that a number may count. They are tried only where no listed noun follows.

    >>> find_counted_noun("12 xe máy cũ", 2).text, find_counted_noun("15 đồng/m3", 2).text
    ('xe máy', 'đồng/m3')
    >>> find_counted_noun("54 so với", 2) is None
    True
    >>> find_counted_noun("3 lọn rau", 1).text, find_counted_noun("3 lọn rau", 1, frozenset({"lọn rau"})).text
    ('lọn', 'lọn rau')
    """
    after = _AFTER_NUMBER.match(text, position)
    if after is None:
        return _find_quoted(text, position)
    if after["words"] is None:
        return _take_sign(text, after)
    noun = _find_phrase(text, after.start("words"), after["words"], nouns) or _find_slogan(text, position, after)
    if noun is None or (noun.key in _TIMED_NOUNS and _TIMED.match(text, position)):
        return None
    if (not noun.known and text[position] == "\t") or _INITIAL.match(text, noun.end - 1):
        return None  # the next cell of a table, 18 V.League
    if not noun.known or "/" not in text[noun.end : noun.end + 2]:
        return noun
    end = _find_per_end(text, noun.end)
    return CountedNoun(end, text[after.start("words") : end], noun.key, True)


def _find_slogan(text: str, position: int, after: re.Match[str]) -> CountedNoun | None:
    """Return the word that a slogan in quotation marks counts: ``mô hình "3 không"``, ``“4 tự, 3 cùng”``."""
    start = after.start("words")
    slogan = _SLOGAN.match(text, start)
    if slogan is None or not _OPENED.search(text, max(0, position - _QUOTED_WIDTH), position):
        return None
    return CountedNoun(slogan.end(), slogan[0], slogan[0], True)


def _take_sign(text: str, after: re.Match[str]) -> CountedNoun:
    """Return the sign that is counted, with what it is said per: ``%``, ``%/ngày``, ``o C``."""
    if after["degrees"]:
        return CountedNoun(after.end(), after["degrees"], f"°{after['degrees'][1:].strip().lower()}", True)
    rate = _RATE.match(text, after.end())
    end = rate.end() if rate else after.end()
    return CountedNoun(end, text[after.start("sign") : end], after["sign"], True)


def _find_quoted(text: str, position: int) -> CountedNoun | None:
    """Return the name in quotation marks that stands at `position`, without the marks."""
    quoted = _QUOTED.match(text, position)
    if quoted is None or "." in quoted[1]:
        return None
    return CountedNoun(quoted.end(), quoted[1], "-".join(quoted[1].lower().split()), True)


def _find_per_end(text: str, end: int) -> int:
    """Return the end of what a unit that ends at `end` is said per: ``/m3``, ``/người/tháng``, ``/ngày đêm``."""
    for _ in range(_MOST_PER):
        per = _PER.match(text, end)
        if per is None:
            break
        end = per.end(2) if per[2] and f"{per[1]}-{per[2]}".lower() in KNOWN else per.end(1)
    return end


def _find_phrase(text: str, start: int, words: str, nouns: frozenset[str]) -> CountedNoun | None:
    """Return the longest known noun that begins the `words` at `start`, else their first if it can be counted."""
    spelt = words.split()
    syllables = spelt if words.islower() else words.lower().split()
    word, first = spelt[0], syllables[0]
    capital = word.istitle() and len(word) > 1
    if capital and first in MONEY and (len(spelt) == 1 or spelt[1].islower()):
        capital = False  # 5 triệu Đồng
    if capital and first in MEASURES and _VOWEL.search(first) is None:
        capital = False  # 5 Kg, 90 Mbps
    for count in range(min(_LONGEST.get(first, 0), len(spelt)), 1, -1):
        key = "-".join(syllables[:count])
        if key in KNOWN and (syllables is spelt or not _runs_into_name(spelt[:count])):
            known = not capital and key not in VERBAL
            return _take_words(start, words, spelt, count, known=known)
    is_pair = "-".join(syllables[:2]) in NOT_NOUNS
    alone = not capital or (first in CLASSIFIERS and len(spelt) > 1 and not spelt[1].istitle())  # 02 Trạm kiểm soát
    if alone and not is_pair and first in KNOWN:
        return CountedNoun(start + len(word), word, first, not capital and first not in VERBAL)
    if first in _LAST_WORDS and len(spelt) == 1:
        return CountedNoun(start + len(word), word, first, True)
    if nouns and not capital and (given := _compile_nouns(nouns).match(text, start)):
        return CountedNoun(given.end(), given[0], "-".join(given[0].lower().split()), True)
    if is_pair or first in NOT_COUNTED:
        return None
    return _guess_noun(start, words, spelt, syllables)


def _runs_into_name(words: list[str]) -> bool:
    """Tell the first words of ``hai ngày Công an``, where a name begins, from ``3 Trạm kiểm soát``."""
    return words[0].islower() and any(word.istitle() for word in words[1:] if len(word) > 1)


@lru_cache(maxsize=8)
def _compile_nouns(nouns: frozenset[str]) -> re.Pattern[str]:
    """Return what finds the longest of those nouns that are not listed here."""
    unlisted = [noun.split() for noun in nouns if "-".join(noun.lower().split()) not in KNOWN]
    unlisted.sort(key=lambda syllables: len(" ".join(syllables)), reverse=True)
    words = "|".join(r"[^\S\r\n]+".join(map(re.escape, syllables)) for syllables in unlisted)
    return re.compile(rf"(?:{words})(?!\w)" if words else r"(?!)", re.IGNORECASE)


def _guess_noun(start: int, words: str, spelt: list[str], syllables: list[str]) -> CountedNoun | None:
    """Return an unlisted noun: a syllable, or two where the first is bound to another; None for a name."""
    word, first = spelt[0], syllables[0]
    fused = _FUSED.match(word)
    if fused:
        return CountedNoun(start + fused.end(1), fused[1], fused[1].lower(), True)
    followed = len(spelt) > 1 and syllables[1] not in NOT_COUNTED
    if word[0].isupper() and not (word.isupper() and len(word) > 1):
        named = followed and spelt[1].islower() and first not in _AGENTS and first not in NOT_COUNTED
        return _take_words(start, words, spelt, 2, known=False) if named else None  # 3 Sân chơi, but 12 Lý Thường Kiệt
    count = 2 if followed and first in _BOUND else 1
    return _take_words(start, words, spelt, count, known=False)


def _take_words(start: int, words: str, spelt: list[str], count: int, *, known: bool) -> CountedNoun:
    """Return the first `count` of the `words` at `start` as a noun; `spelt` are the words one by one."""
    end = len(spelt[0])
    for word in spelt[1:count]:
        end = words.index(word, end) + len(word)
    text = words[:end]
    return CountedNoun(start + end, text, "-".join(text.lower().split()), known)
