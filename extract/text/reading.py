"""An article's text as the grammar reads it, and where words stand in it."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz

from extract.text.mentions import Kind, Mention
from extract.text.sentences import Span

_LINE_END = re.compile(r"\r\n?|\n")
WORD: Final = re.compile(r"[^\W_]+|[\W_]")
LETTER: Final = re.compile(r".", re.DOTALL)

MANY_WORDS: Final = 100
"""So many are looked for one by one; the others in one pass of the text, for looking for each takes one of its own."""

LONGEST_COMPARED = 2000
"""Letters: the time to look for words that are not there grows with both."""
LEAST_LIKENESS_OFWORDS = 75
"""From 0 to 100: a piece of text that is less like the words is no help to whoever looks for them."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An article's text as the grammar reads it: its sentences and its mentions, in the order of the text."""

    text: str
    sentences: Sequence[Span]
    mentions: Sequence[Mention]
    list_wanted: Callable[[], Collection[str]] = field(default=tuple, repr=False)
    """Lists the words that will be looked for."""

    @cached_property
    def starts(self) -> list[int]:
        """Where the mentions start."""
        return [mention.start for mention in self.mentions]

    @cached_property
    def line_ends(self) -> list[int]:
        """Where the lines end."""
        return [line_end.start() for line_end in _LINE_END.finditer(self.text)]

    @cached_property
    def places(self) -> Mapping[str, Sequence[Span]]:
        """Where each sentence stands, by its words."""
        places: defaultdict[str, list[Span]] = defaultdict(list)
        for span in self.sentences:
            places[self.text[span.start : span.end]].append(span)
        return places

    def find_sentence(self, mention: Mention) -> Span:
        """Return the sentence that a mention stands in; its own span where it stands in none."""
        index = bisect_right(self.sentences, mention.start, key=_get_start) - 1
        if index >= 0 and mention.start < self.sentences[index].end:
            return self.sentences[index]
        return Span(mention.start, mention.end)

    def find_inside(self, start: int, end: int) -> range:
        """Return the indexes of the mentions that lie whole inside a span."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        while last > first and self.mentions[last - 1].end > end:
            last -= 1
        return range(first, last)

    def find_beginning(self, spans: Iterable[Span]) -> set[int]:
        """Return the indexes of the mentions that begin in one of some spans, which may overlap."""
        found: set[int] = set()
        reached = 0
        for start, end in sorted(spans):
            found.update(range(bisect_left(self.starts, max(start, reached)), bisect_left(self.starts, end)))
            reached = max(reached, end)
        return found

    def find_next(self, mention: Mention, kind: Kind) -> Mention | None:
        """Return the first mention of a kind that begins behind another."""
        later = range(bisect_left(self.starts, mention.end), len(self.mentions))
        return next((self.mentions[index] for index in later if self.mentions[index].kind is kind), None)

    def find_previous(self, mention: Mention, kind: Kind) -> Mention | None:
        """Return the last mention of a kind that begins before another."""
        earlier = range(bisect_left(self.starts, mention.start) - 1, -1, -1)
        return next((self.mentions[index] for index in earlier if self.mentions[index].kind is kind), None)

    def find_cut(self, start: int, end: int) -> Mention | None:
        """Return the mention that a span's edge cuts in two, if there is one."""
        for edge in (start, end):
            index = bisect_left(self.starts, edge) - 1
            if index >= 0 and self.mentions[index].start < edge < self.mentions[index].end:
                return self.mentions[index]
        return None

    @cached_property
    def _whole(self) -> dict[str, list[int]]:
        """Where words stand whole that were looked for."""
        return {}

    @cached_property
    def _first(self) -> dict[str, int]:
        """Where words stand first, whole or cut, that were looked for; -1 where nowhere."""
        return {}

    def find_whole(self, words: str, within: Span | None = None) -> Sequence[int]:
        """Return where words begin that stand whole in the text, or in a span of it."""
        known = self._whole
        if words not in known:
            found = {words: find_each(self.text, words)}
            if len(known) == MANY_WORDS:
                found |= find_all(self.text, self.list_wanted(), WORD)
            for each, places in found.items():
                known[each] = [place for place in places if self.is_whole(place, place + len(each))]
        places = known[words]
        if within is None:
            return places
        return places[bisect_left(places, within.start) : bisect_right(places, within.end - len(words))]

    def find_first(self, words: str, within: Span | None = None) -> Span | None:
        """Return the first place where words stand in the text or in a span of it, whole or cut; None where nowhere."""
        known = self._first
        if within is not None:
            place = self.text.find(words, *within)
        else:
            if words not in known and len(known) == MANY_WORDS:
                missing = (each for each in self.list_wanted() if not self.find_whole(each))
                found = find_all(self.text, missing, LETTER)
                known.update((each, places[0] if places else -1) for each, places in found.items())
            if words not in known:
                known[words] = self.text.find(words)
            place = known[words]
        return Span(place, place + len(words)) if place >= 0 else None

    def is_whole(self, start: int, end: int) -> bool:
        """Tell whether a span ends where words end and cuts no number in two."""
        text = self.text
        cuts_word = (start > 0 and text[start - 1].isalnum() and text[start].isalnum()) or (
            end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
        )
        return not cuts_word and self.find_cut(start, end) is None

    def find_nearest(self, words: str, within: Span | None = None) -> Span | None:
        """Return the piece of the text, or of a span of it, that is most like some words; None where none is."""
        start, end = within or (0, len(self.text))
        if len(words) > min(end - start, LONGEST_COMPARED):
            return None
        found = fuzz.partial_ratio_alignment(words, self.text[start:end], score_cutoff=LEAST_LIKENESS_OFWORDS)
        if found is None:
            return None
        first, last = start + found.dest_start, start + found.dest_end
        while first < last and self.text[first].isspace():
            first += 1
        while first > start and self.text[first - 1].isalnum() and self.text[first].isalnum():
            first -= 1
        while last < end and self.text[last - 1].isalnum() and self.text[last].isalnum():
            last += 1
        return Span(first, last)

    def line_of(self, place: int) -> int:
        """Return the line of a place in the text, 1-based."""
        return bisect_left(self.line_ends, place) + 1


def _get_start(span: Span) -> int:
    return span.start


def find_each(text: str, words: str) -> list[int]:
    """Return where words stand in a text, whole or cut."""
    places = []
    place = text.find(words)
    while place >= 0:
        places.append(place)
        place = text.find(words, place + 1)
    return places


def find_all(text: str, wanted: Iterable[str], piece: re.Pattern[str]) -> dict[str, list[int]]:
    """Return where each of some words begins where a piece of the text does, found in one pass of it.

    At each piece only words of the lengths are compared that begin with such a piece.

    >>> find_all("72 vụ, 172 vụ", ["72 vụ", "2 vụ"], WORD)
    {'72 vụ': [0], '2 vụ': []}
    """
    found: dict[str, list[int]] = {words: [] for words in wanted}
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for words in found:
        if begun := piece.match(words):
            lengths[begun[0]].add(len(words))
    for each in piece.finditer(text):
        start = each.start()
        for length in lengths.get(each[0], ()):
            places = found.get(text[start : start + length])
            if places is not None:
                places.append(start)
    return found


def find_word_end(text: str, place: int) -> int:
    """Return the end of the word that a place of the text cuts; the place itself where it cuts none."""
    while 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum():
        place += 1
    return place


def skip_space(text: str, start: int) -> int:
    """Return where the next word begins; non-breaking spaces are skipped, too."""
    while start < len(text) and text[start].isspace():
        start += 1
    return start
