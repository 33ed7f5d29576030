"""Finding a reader's words in Vietnamese text, and the order of the Vietnamese alphabet.

Both are ours: PyICU has to be compiled against ICU's C++ libraries, and pyuca, in pure Python, knows only Unicode's
default order, in which `ă` is a variant of `a` and not a letter after it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

_MARKS = re.compile("[\u0300-\u036f]+")
# Between fields in what is folded, so that no phrase runs from one into the next.
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
    if text.isascii():
        return text.lower()
    # đ has no decomposition in Unicode; ð is what some keyboards write in its place.
    return _MARKS.sub("", unicodedata.normalize("NFD", text.lower())).replace("đ", "d").replace("ð", "d")


def fold_fields(texts: Iterable[str]) -> str:
    """Return texts folded into one, in which words are found; no phrase runs from one text into the next."""
    return _join(_fold_words(text) for text in texts if text)


def _join(folded: Iterable[str]) -> str:
    return f"{_FIELD_END} " + "".join(f"{text} {_FIELD_END} " for text in folded)


# Names and titles come again in many rows.
@lru_cache(maxsize=8192)
def _fold_words(text: str) -> str:
    return " ".join(_WORD.findall(fold_text(text)))


def fold_numbers(numbers: Iterable[str], units: Iterable[str]) -> str:
    """Return plain numbers as readers write them, alone and with their unit, folded.

    Folding takes the separators of both languages away, so `640.000.000` and `640,000,000` are one.

    >>> fold_numbers(["1962.5"], ["đồng"])
    '| 1962 5 | 1 962 5 | 1962 5 dong | 1 962 5 dong | '
    """
    forms = [form for number in numbers if number for form in dict.fromkeys((number, f"{Decimal(number):,}"))]
    written = [" ".join(_WORD.findall(form)) for form in forms]
    named = [_fold_words(unit) for unit in dict.fromkeys(units) if unit]
    return _join([*written, *(f"{form} {unit}".rstrip() for unit in named for form in written)])


class Rank(IntEnum):
    """Where a search finds a figure; the first is the closest."""

    NUMBER = 0
    """It is the figure's value or whole."""
    OWN = 1
    """It stands in the figure's words or names, or its value or whole begins so."""
    AROUND = 2
    """It stands in what is said of the figure: its sentence, its coverage, its article."""
    NOWHERE = 3


# Columns of a frame that a search looks in, as categories of folded texts: each distinct text is looked at once.
SEARCHED_NUMBERS, SEARCHED_OWN = "searched_numbers", "searched_own"
SEARCHED_AROUND = ("searched_sentence", "searched_details")
SEARCHED = (SEARCHED_NUMBERS, SEARCHED_OWN, *SEARCHED_AROUND)


def rank_matches(frame: "pd.DataFrame", words: str) -> "npt.NDArray[np.int8]":
    """Return where each row of a frame holds a reader's words, as the value of a `Rank`; `NUMBER` for no words.

    Case and marks do not count, and the last word may be only begun. Rows that hold the words next to each other are
    found; only where there is none, those that hold each of them somewhere: Vietnamese writes one word in several
    syllables, so `ma tuy` should not find every row with a `ma` and a `tuy...`.
    """
    wanted = _fold_words(words)
    begun = f" {wanted}" if wanted else ""
    is_number = _contain(frame, (SEARCHED_NUMBERS,), f"{_FIELD_END} {wanted} {_FIELD_END}" if wanted else "")
    is_own = _contain(frame, (SEARCHED_NUMBERS, SEARCHED_OWN), begun)
    is_found = is_own | _contain(frame, SEARCHED_AROUND, begun)
    if " " in wanted and not is_found.any():
        *whole, last = wanted.split(" ")
        rows = frame[[SEARCHED_NUMBERS, SEARCHED_OWN, *SEARCHED_AROUND]].assign(place=range(len(frame)), is_own=True)
        # The longest words first: they leave the fewest rows to be looked at for the next one.
        for word in sorted((*(f" {word} " for word in whole), f" {last}"), key=len, reverse=True):
            is_near = _contain(rows, (SEARCHED_NUMBERS, SEARCHED_OWN), word)
            holds = is_near | _contain(rows, SEARCHED_AROUND, word)
            rows = rows.assign(is_own=rows["is_own"] & is_near)[holds]
        is_found[rows["place"]] = True
        is_own[rows["place"]] = rows["is_own"]
    # Each holds the one before it.
    ranks: npt.NDArray[np.int8] = Rank.NOWHERE - is_found.astype("int8") - is_own - is_number
    return ranks


def find_matches(frame: "pd.DataFrame", words: str) -> "npt.NDArray[np.bool_]":
    """Tell which rows of a frame hold a reader's words, as `rank_matches` finds them; all of them for no words."""
    matches: npt.NDArray[np.bool_] = rank_matches(frame, words) < Rank.NOWHERE
    return matches


def list_phrases(found: "pd.DataFrame", words: str) -> list[str]:
    """Return what a search has found in each of its rows, folded: the words as one phrase, or else every word."""
    wanted = _fold_words(words)
    columns = (SEARCHED_NUMBERS, SEARCHED_OWN, *SEARCHED_AROUND)
    is_phrase = any(f" {wanted}" in text for column in columns for text in found[column].iloc[:1])
    return [wanted] if is_phrase else wanted.split(" ")


def _contain(frame: "pd.DataFrame", columns: Sequence[str], text: str) -> "npt.NDArray[np.bool_]":
    found: npt.NDArray[np.bool_] = reduce(or_, (_contain_each(frame[column].cat, text) for column in columns))
    return found


def _contain_each(categories: Any, text: str) -> "npt.NDArray[np.bool_]":
    """Tell which rows of a column of categories hold a text: each distinct text of these rows is looked at once."""
    texts, codes = categories.categories.to_numpy(), categories.codes
    if len(codes) < len(texts):
        codes, used = codes.factorize()
        texts = texts[used]
    # pandas looks at each text four times as long as Python does.
    holds = np.fromiter((text in each for each in texts), bool, len(texts))
    found: npt.NDArray[np.bool_] = holds[codes]
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
