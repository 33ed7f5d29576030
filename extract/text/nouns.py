"""What a number counts: the words of Vietnamese news that stand right after a number, grouped by theme.

A unit is the shortest conventional counted noun: a classifier alone (``vụ``, ``bánh``, ``chiếc``) or one word of the
dictionary, however many syllables it has (``đối tượng``, ``điện thoại``, ``xe máy``). Add a noun to its theme
here, and
nowhere else.
"""

import re
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
_VERBAL: Final = key_set(_LISTS["verbal"])
_BOUND: Final = key_set(_LISTS["bound"])
_LAST_WORDS: Final = key_set(_LISTS["last_words"])

_TONE_PAIRS: Final = (
    ("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"),
    ("òe", "oè"), ("óe", "oé"), ("ỏe", "oẻ"), ("õe", "oẽ"), ("ọe", "oẹ"),
    ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("ụy", "uỵ"),
)  # fmt: skip
"""Two spellings of one syllable, hóa and hoá: the tone over the first vowel or the second."""


class Unit(NamedTuple):
    """The counted words after a number."""

    end: int
    text: str
    key: str  # in lower case, syllables joined by hyphens
    known: bool  # a noun of this module, not just the next syllable


_OLD_SPELLING: Final = dict(_TONE_PAIRS)
_TONED: Final = re.compile(rf"({'|'.join(_OLD_SPELLING)})(?!\w)")


def _respell(phrase: str) -> set[str]:
    """Return `phrase` in both spellings of its tone marks.

    >>> sorted(_respell("hóa-đơn"))
    ['hoá-đơn', 'hóa-đơn']
    """
    spellings = {""}
    for piece in _TONED.split(phrase):
        spellings = {start + end for start in spellings for end in {piece, _OLD_SPELLING.get(piece, piece)}}
    return spellings


def _index_phrases() -> dict[str, int]:
    """Return the number of syllables of the longest phrase for each first syllable; the phrases are in KNOWN."""
    longest: dict[str, int] = {}
    for key in KNOWN:
        first, *rest = key.split("-")
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
    return longest


_NOUNS: Final = frozenset(
    spelling for words in _LISTS["nouns"].values() for key in key_set(words) for spelling in _respell(key)
)
KNOWN: Final = MEASURES | MONEY | TIMES | CLASSIFIERS | _NOUNS
"""Every unit this module knows, in lower case, syllables joined by hyphens."""
_LONGEST: Final = _index_phrases()

_SYLLABLE: Final = r"[^\W\d_½¼¾⅓⅔]+(?:-[^\W\d_]+)*(?:[23²³](?!\w))?"
_AFTER_NUMBER: Final = re.compile(
    rf"""
    (?P<space> [^\S\r\n]* )
    (?: (?P<sign> [%‰] | °[CcFf]? | \$ )
      | (?P<first> {_SYLLABLE} )
        (?: [^\S\r\n]+ (?P<second> {_SYLLABLE} )
            (?: [^\S\r\n]+ (?P<third> {_SYLLABLE} ) (?: [^\S\r\n]+ (?P<fourth> {_SYLLABLE} ) )? )? )?
    )
    """,
    re.VERBOSE,
)
_PER: Final = re.compile(rf"[^\S\r\n]?/[^\S\r\n]?({_SYLLABLE})(?:[^\S\r\n]+({_SYLLABLE}))?")
_RATE: Final = re.compile(r"/(?:ngày|tuần|tháng|quý|năm)\b")
_MOST_PER: Final = 2
"""As in ``đồng/người/tháng``."""
_FUSED: Final = re.compile(
    r"(vụ|người|đồng|kg|triệu|đối tượng|xe|ha|tấn|viên)(?:với|và|có|do|trong|của|bị|được|cho|tại|là)\Z", re.IGNORECASE
)


def find_unit(text: str, position: int) -> Unit | None:
    """Return the counted words that stand at `position`, right after a number; None where no noun follows.

    >>> [find_unit(text, 2).text for text in ("72 vụ/144", "28kg ma túy", "12 xe máy cũ", "15 đồng/m3", "60% số hộ")]
    ['vụ', 'kg', 'xe máy', 'đồng/m3', '%']
    >>> find_unit("54 so với", 2) is None
    True
    """
    after = _AFTER_NUMBER.match(text, position)
    if after is None:
        return None
    if after["sign"]:
        end = after.end("sign")
        rate = _RATE.match(text, end)  # 4%/ngày
        end = rate.end() if rate else end
        return Unit(end, text[after.start("sign") : end], after["sign"].lower(), known=True)
    unit = _find_phrase(text, after)
    if unit is None:
        return None
    if not unit.known or "/" not in text[unit.end : unit.end + 2]:
        return unit
    end = _find_per_end(text, unit.end)
    return Unit(end, text[after.start("first") : end], unit.key, known=True)


def _find_per_end(text: str, end: int) -> int:
    """Return the end of what a unit that ends at `end` is said per: ``/m3``, ``/người/tháng``, ``/ngày đêm``."""
    for _ in range(_MOST_PER):
        per = _PER.match(text, end)
        if per is None:
            break
        end = per.end(2) if per[2] and f"{per[1]}-{per[2]}".lower() in KNOWN else per.end(1)
    return end


def _find_phrase(text: str, after: re.Match[str]) -> Unit | None:
    """Return the longest known noun among the syllables of `after`, else the first syllable if it can be counted."""
    word = after["first"]
    first = word.lower()
    syllables = [syllable.lower() for syllable in after.group("first", "second", "third", "fourth") if syllable]
    capital = word.istitle() and len(word) > 1
    known = _count_known(syllables, alone=not capital or (first in CLASSIFIERS and _goes_on_small(after)))
    if known:
        end = after.end(known + 2)
        key = "-".join(syllables[:known])
        return Unit(end, text[after.start("first") : end], key, known=not capital and key not in _VERBAL)
    if first in _LAST_WORDS and after["second"] is None:
        return Unit(after.end("first"), word, first, known=True)
    if first in NOT_COUNTED or "-".join(syllables[:2]) in NOT_NOUNS:
        return None
    return _guess_noun(text, after, syllables)


def _guess_noun(text: str, after: re.Match[str], syllables: list[str]) -> Unit | None:
    """Return an unlisted noun: a syllable, or two where the first is bound to another; None for a name."""
    word = after["first"]
    first = syllables[0]
    fused = _FUSED.match(word)
    if fused:
        return Unit(after.start("first") + fused.end(1), fused[1], fused[1].lower(), known=True)
    if word[0].isupper() and not (word.isupper() and len(word) > 1):
        return None
    if first in _BOUND and len(syllables) > 1 and syllables[1] not in NOT_COUNTED:
        end = after.end("second")
        return Unit(end, text[after.start("first") : end], "-".join(syllables[:2]), known=False)
    return Unit(after.end("first"), word, first, known=False)


def _goes_on_small(after: re.Match[str]) -> bool:
    """Tell ``02 Trạm kiểm soát`` from ``12 Tổ Hữu``: the second syllable is no capital."""
    return after["second"] is not None and not after["second"].istitle()


def _count_known(syllables: list[str], *, alone: bool) -> int:
    """Return how many of the syllables make the longest known noun, 0 for none; one by itself only if `alone`."""
    for count in range(min(_LONGEST.get(syllables[0], 0), len(syllables)), 1, -1):
        if "-".join(syllables[:count]) in KNOWN:
            return count
    return int(alone and syllables[0] in KNOWN and "-".join(syllables[:2]) not in NOT_NOUNS)
