"""Finding a reader's words in Vietnamese text, and the order of the Vietnamese alphabet.

Both are ours: PyICU has to be compiled against ICU's C++ libraries, and pyuca, in pure Python, knows only Unicode's
default order, in which `ă` is a variant of `a` and not a letter after it.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_MARKS = re.compile("[\u0300-\u036f]+")
# đ has no decomposition in Unicode; ð is what some keyboards write in its place.
_D = str.maketrans({"đ": "d", "ð": "d"})
# Between words in what is folded, and between fields, so that no phrase runs from one field into the next.
_GAP = re.compile(r"\W+")
_FIELD_END = "|"

# The Vietnamese alphabet of 29 letters with f, j, w and z where Latin has them; each vowel of its own is a letter of
# its own. Source: Unicode CLDR, common/collation/vi.xml: `&a<ă<â &d<đ &e<ê &o<ô<ơ &u<ư`.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# ngang, huyền, hỏi, ngã, sắc, nặng. Source: the same file: `&\u0300<<\u0309<<\u0303<<\u0301<<\u0323`.
TONES = "\u0300\u0309\u0303\u0301\u0323"
_RANKS = {letter: len("0123456789") + rank for rank, letter in enumerate(ALPHABET)} | {
    digit: rank for rank, digit in enumerate("0123456789")
}
_TONE_RANKS = {tone: rank for rank, tone in enumerate(TONES, start=1)}
_TONE = re.compile(f"[{TONES}]")
_WORD = re.compile(r"\w+")

Syllable = tuple[tuple[int, ...], tuple[int, ...]]
SortKey = tuple[tuple[Syllable, ...], str]


def fold_text(text: str) -> str:
    """Return a text without case and marks, for finding: `Ma Túy Đá` and `ma tuy da` are one.

    >>> fold_text("Ma Túy Đá")
    'ma tuy da'
    """
    return _MARKS.sub("", unicodedata.normalize("NFD", text.lower())).translate(_D)


def fold_fields(texts: Iterable[str]) -> str:
    """Return texts folded into one, in which `find_matches` finds words; no phrase runs from one text into the next."""
    return f" {_FIELD_END} ".join(["", *map(_fold_words, texts), ""])


# Names and titles come again in many rows.
@lru_cache(maxsize=8192)
def _fold_words(text: str) -> str:
    return _GAP.sub(" ", fold_text(text)).strip()


def find_matches(folded: "pd.Series[str]", words: str) -> "pd.Series[bool]":
    """Tell which folded texts hold a reader's words; all of them for no words.

    Case and marks do not count, and the last word may be only begun. Texts that hold the words next to each other are
    found; only where there is none, those that hold each of them somewhere: Vietnamese writes one word in several
    syllables, so `ma tuy` should not find every text with a `ma` and a `tuy...`.
    """
    wanted = _fold_words(words)
    found = folded.str.contains(f" {wanted}" if wanted else "", regex=False)
    if " " not in wanted or found.any():
        return found
    *whole, begun = wanted.split(" ")
    found = folded.str.contains(f" {begun}", regex=False)
    for word in whole:
        found &= folded.str.contains(f" {word} ", regex=False)
    return found


def sort_key(text: str) -> SortKey:
    """Return the key that puts texts in the order of a Vietnamese dictionary.

    Syllable by syllable, as dictionaries do (all words that begin with `ba` stand before those with `bà`); within a
    syllable by letters, then by tone: ngang, huyền, hỏi, ngã, sắc, nặng. Digits stand before letters, other scripts
    after them; what differs in case or signs only falls back to the text itself.

    >>> sorted(["Đà Nẵng", "Hạ Long", "Hà Tĩnh", "Ấm", "Ăn", "An", "Dân"], key=sort_key)
    ['An', 'Ăn', 'Ấm', 'Dân', 'Đà Nẵng', 'Hà Tĩnh', 'Hạ Long']
    """
    composed = unicodedata.normalize("NFC", text)
    return tuple(_rank_syllable(word) for word in _WORD.findall(composed.lower())), composed


def _rank_syllable(word: str) -> Syllable:
    split = unicodedata.normalize("NFD", word)
    tones = tuple(_TONE_RANKS[tone] for tone in _TONE.findall(split))
    letters = unicodedata.normalize("NFC", _TONE.sub("", split))
    return tuple(_RANKS.get(letter, 100 + ord(letter)) for letter in letters), tones
