"""What a reader's words and filters select, and the order of the Vietnamese alphabet."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from extract.claims.collection import Collection
from extract.claims.records import EARLIEST_YEAR, Days, Qualifier, parse_days
from extract.figures.table import FigureRow

_MARKS = re.compile("[\u0300-\u036f]+")
# đ has no decomposition in Unicode; ð is what some keyboards write in its place.
_D = str.maketrans({"đ": "d", "ð": "d"})
# Between words in what is folded, and between fields, so that no phrase runs from one field into the next.
_GAP = re.compile(r"\W+")
_FIELD_END = "|"

# The columns of a row that a reader's words are looked for in.
SEARCHED = (
    "figure",
    "quote",
    "translation",
    "indicator_name",
    "indicator_name_vi",
    "topic_name",
    "topic_name_vi",
    "unit_name",
    "unit_name_vi",
    "province_name",
    "place",
    "place_en",
    "reported_by",
    "reported_by_en",
    "article_title",
    "article_title_en",
    "publisher",
    "note",
    "id",
)

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


def find_matches(folded: Sequence[str], words: str) -> list[int]:
    """Return the positions of the folded texts that hold a reader's words; all of them for no words.

    Case and marks do not count, and the last word may be only begun. Texts that hold the words next to each other are
    found; only where there is none, those that hold each of them somewhere: Vietnamese writes one word in several
    syllables, so
    `ma tuy` should not find every text with a `ma` and a `tuy...`.
    """
    wanted = _fold_words(words)
    if not wanted:
        return list(range(len(folded)))
    found = [position for position, text in enumerate(folded) if f" {wanted}" in text]
    if found or " " not in wanted:
        return found
    *whole, begun = wanted.split(" ")
    parts = [*(f" {word} " for word in whole), f" {begun}"]
    return [position for position, text in enumerate(folded) if all(part in text for part in parts)]


def fold_row(row: FigureRow) -> str:
    """Return all the words of a row that can be found, folded; keep it beside the row where many searches follow."""
    return fold_fields(getattr(row, name) for name in SEARCHED)


def find_rows(rows: Sequence[FigureRow], words: str, *, folded: Sequence[str] | None = None) -> list[FigureRow]:
    """Return the rows that hold a reader's words in quotes, translations, names, titles or notes, as `find_matches`
    does.

    `folded`, if given, is `fold_row` of each row.
    """
    if not _fold_words(words):
        return list(rows)
    texts = folded if folded is not None else [fold_row(row) for row in rows]
    return [rows[position] for position in find_matches(texts, words)]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a reader selects; empty selects all. Several provinces, topics or indicators are joined by commas."""

    province: str = ""
    topic: str = ""
    indicator: str = ""
    year: str = ""
    """Figures that cover any day of it: `2021`, `2021-06`, `2021-06-30`, `2015/2017`; or `unstated`."""
    hedge: str = ""
    """`exact` or `hedged`."""
    q: str = ""
    """A reader's words, see `find_matches`."""

    @property
    def active(self) -> dict[str, str]:
        """The filters that select, by name: the arguments of `filter_rows`."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}


FILTER_NAMES = tuple(field.name for field in fields(Filters))
HEDGES = ("exact", "hedged")
LONGEST_SEARCH = 200
# A message shows so much of what it refuses.
SHOWN = 60


def parse_filters(collection: Collection, query: Mapping[str, str]) -> Filters:
    """Return the filters that a query states, each value known to the collection.

    Raises ValueError that says what is wrong and what is allowed, one line for every fault.
    """
    problems = [
        f"there is no filter {name[:SHOWN]!r}: use {', '.join(FILTER_NAMES)}"
        for name in query
        if name not in FILTER_NAMES
    ]
    for name, known in (
        ("province", collection.provinces),
        ("topic", collection.topics),
        ("indicator", collection.indicators),
    ):
        problems += [
            f"{name} {value[:SHOWN]!r} is unknown: use {', '.join(known)}"
            for value in _split(query.get(name, ""))
            if value not in known
        ]
    problems += _check_year(query.get("year", ""))
    if query.get("hedge", "") not in {"", *HEDGES}:
        problems.append(f"hedge {query['hedge'][:SHOWN]!r} is unknown: use {', '.join(HEDGES)}")
    if len(query.get("q", "")) > LONGEST_SEARCH:
        problems.append(f"q is longer than {LONGEST_SEARCH} characters: use fewer words")
    if problems:
        raise ValueError("\n".join(problems))
    # White space is folded, so that a search is one line wherever it is told.
    return Filters(**{name: " ".join(query.get(name, "").split()) for name in FILTER_NAMES})


def _check_year(year: str) -> list[str]:
    if not year:
        return []
    try:
        parse_days(year)
    except ValueError:
        return [f"year {year[:SHOWN]!r} is unknown: use 2021, 2021-06, 2015/2017 (from {EARLIEST_YEAR}) or unstated"]
    return []


def _split(values: str) -> list[str]:
    return [value for value in values.split(",") if value]


def filter_rows(
    rows: Sequence[FigureRow],
    *,
    province: str = "",
    topic: str = "",
    indicator: str = "",
    year: str = "",
    hedge: str = "",
    q: str = "",
) -> list[FigureRow]:
    """Return the rows that every filter selects, in their order; see `Filters` for the values.

    Raises ValueError for a year that is none; whether names are known is for `parse_filters` to say.
    """
    kept: Iterable[FigureRow] = rows
    for name, values in (("province", province), ("topic", topic), ("indicator", indicator)):
        if values:
            kept = _keep_named(kept, name, frozenset(_split(values)))
    if year:
        kept = _keep_period(kept, parse_days(year))
    if hedge:
        kept = _keep_hedged(kept, hedge == "hedged")
    return find_rows(list(kept), q)


def _keep_named(rows: Iterable[FigureRow], column: str, values: frozenset[str]) -> list[FigureRow]:
    return [row for row in rows if getattr(row, column) in values]


def _keep_hedged(rows: Iterable[FigureRow], hedged: bool) -> list[FigureRow]:
    return [row for row in rows if (row.qualifier != Qualifier.EXACT) == hedged]


def _keep_period(rows: Iterable[FigureRow], days: Days) -> list[FigureRow]:
    return [row for row in rows if _covers(row, days)]


def _covers(row: FigureRow, days: Days) -> bool:
    if days.start is None:
        return not row.period_start
    if not row.period_start:
        return False
    # ISO dates order as texts do; an open end lies after every date.
    first, last = days.start.isoformat(), days.end.isoformat() if days.end else "9999-12-31"
    return row.period_start <= last and first <= (row.period_end or "9999-12-31")
