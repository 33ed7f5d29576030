"""What a search has found, marked in the texts that a reader sees: folded alike, in the letters of the text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from extract.claims.collection import CheckedClaim
from extract.claims.records import Lang
from extract.figures.search import fold_text

AROUND = 60
"""Letters of a sentence on each side of a hit."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a search looks for in the texts of a table's rows."""

    pattern: re.Pattern[str] | None = None
    """Matches a hit in a folded text; None where nothing is sought."""

    def find(self, text: str) -> list[slice]:
        """Return where a text has hits."""
        if self.pattern is None:
            return []
        folded, places = _fold_with_places(text)
        return [slice(places[match.start()], places[match.end()]) for match in self.pattern.finditer(folded)]

    def mark(self, text: str) -> Markup:
        """Return a text with its hits marked."""
        html, done = Markup(), 0
        for hit in self.find(text):
            html += Markup('{}<mark class="hit">{}</mark>').format(text[done : hit.start], text[hit])
            done = hit.stop
        return html + text[done:]

    def quote(self, checked: CheckedClaim, lang: Lang) -> tuple[Markup, Lang] | None:
        """Return the part of a figure's sentence that has a hit, and its language: the reader's where both have one.

        None where neither the sentence nor its translation has one.
        """
        said: list[tuple[str, Lang]] = [(checked.sentence.quote, "vi"), (checked.sentence.translation or "", "en")]
        for text, spoken in sorted(said, key=lambda each: each[1] != lang):
            if hits := self.find(text):
                return self.mark(_cut(text, hits[0])), spoken
        return None


def make_sought(phrases: Sequence[str]) -> Sought:
    """Return what marks phrases: each folded, all but the last as whole words, the last perhaps only begun."""
    if not any(phrases):
        return Sought()
    *whole, last = (r"(?<!\w)" + _make_pattern(phrase) for phrase in phrases)
    return Sought(pattern=re.compile("|".join([*(rf"{each}(?!\w)" for each in whole), last])))


def _make_pattern(phrase: str) -> str:
    """Return a pattern of a folded phrase; its numbers match however their digits are grouped.

    >>> [bool(re.fullmatch(_make_pattern("640 000"), text)) for text in ("640.000", "640,000", "640000", "6.40000")]
    [True, True, True, False]
    """
    pattern, before = "", ""
    for word in phrase.split(" "):
        if before:
            is_group = before.isdigit() and word.isdigit() and len(word) == 3
            pattern += r"\W?" if is_group else r"\W+"
        pattern += r"\W?".join(_group_digits(word)) if word.isdigit() else re.escape(word)
        before = word
    return pattern


def _group_digits(digits: str) -> Iterator[str]:
    first = len(digits) % 3
    if first:
        yield digits[:first]
    for start in range(first, len(digits), 3):
        yield digits[start : start + 3]


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return a folded text, and for each of its letters, and its end, where it stands in the text."""
    letters = [(letter, place) for place, each in enumerate(text) for letter in fold_text(each)]
    return "".join(letter for letter, _ in letters), [*(place for _, place in letters), len(text)]


def _cut(text: str, hit: slice) -> str:
    """Return a text around a hit, cut between words."""
    start, end = max(hit.start - AROUND, 0), min(hit.stop + AROUND, len(text))
    if start:
        start = text.find(" ", start, hit.start) + 1 or start
    if end < len(text):
        end = text.rfind(" ", hit.stop, end) if " " in text[hit.stop : end] else end
    return f"{ELLIPSIS if start else ''}{text[start:end]}{ELLIPSIS if end < len(text) else ''}"
