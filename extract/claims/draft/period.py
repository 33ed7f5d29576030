"""Which of the periods that a sentence states is a number's, for a draft: the one that is certain, or none.

Certain is a period in which the number's own clause is set (`Trong 6 tháng đầu năm 2021, bắt 12 vụ`), with nothing
between the two that turns to another time. Everything else is a candidate, which only a person can choose: what is
compared with, aimed at, somebody's year of birth, the day of a document or of a meeting.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from extract.claims.draft.words import list_words, match_words
from extract.claims.periods import StatedPeriod, find_named_times, find_periods
from extract.text.mentions import Kind, Mention
from extract.text.reading import Reading
from extract.text.sentences import Span

_LEADS: Final = list_words("period", "leads")
_COMPARING: Final = match_words("period", "comparing")
_TURNS: Final = match_words("period", "turns")
_AIMS: Final = match_words("period", "aims")
_REPORTS: Final = match_words("period", "reports")
_ACTS: Final = match_words("period", "acts")
_MOMENTS: Final = match_words("period", "moments")
_NOW: Final = re.compile(
    "".join(rf"(?<!\b{word}\s)" for word in sorted(list_words("period", "not_now"))) + r"\bhiện\b(?!\sđại)",
    re.IGNORECASE,
)
_BIRTHS: Final = list_words("period", "births")
_CLAUSE_START: Final = re.compile(r"[,;:–-]\s+|[(“\"]")
_BREAK: Final = re.compile(r"[;,)]\s")
_STOP: Final = re.compile(r";\s")
_LEAD_WIDTH: Final = 60
"""A clause that is set in a period begins with it: further back nothing is looked at."""
_ACT_WIDTH: Final = 25
"""On one day, an act stands right before what it counts: «bắt quả tang 2 đối tượng»."""


@dataclass(frozen=True, kw_only=True)
class SentencePeriods:
    """The periods that one sentence states, and what it says of them; places are those of the article."""

    reading: Reading
    span: Span

    @cached_property
    def quote(self) -> str:
        """The sentence's words."""
        return self.reading.text[self.span.start : self.span.end]

    @cached_property
    def stated(self) -> Sequence[StatedPeriod]:
        """All periods, in order."""
        offset = self.span.start
        # Beside a year, «riêng tháng 6» may well be of that year: a person tells.
        found = find_periods(self.quote) or tuple(find_named_times(self.quote))
        return [StatedPeriod(offset + each.start, offset + each.end, each.covers) for each in found]

    @cached_property
    def candidates(self) -> Sequence[StatedPeriod]:
        """The periods that a person may choose from: none that is compared with, and no year of birth."""
        return [each for each in self.stated if not self._is_compared(each) and not self._is_birth(each)]

    @cached_property
    def counts_at_a_moment(self) -> bool:
        """Whether it says that it counts at a moment of its own: `đến nay, toàn tỉnh có`."""
        return _MOMENTS.search(self.quote) is not None or _NOW.search(self.quote) is not None

    @property
    def is_plain(self) -> bool:
        """Whether it says nothing at all of a time, so that what its article says of all its figures may hold."""
        return not (self.candidates or self._turns or self.counts_at_a_moment)

    def find_certain(self, number: Mention) -> StatedPeriod | None:
        """Return the period in which the clause of a number is set, None where that is not certain."""
        index = bisect_left(self._starts, number.start) - 1
        if index >= 0 and self._is_closed_comparison(self.stated[index], number):
            index -= 1
        if index < 0:
            return self._find_behind(number)
        period = self.stated[index]
        return period if self.is_set_in(period) and self._holds_for(period, number) else None

    @cached_property
    def _starts(self) -> list[int]:
        return [period.start for period in self.stated]

    @cached_property
    def _turns(self) -> list[int]:
        """Where another time begins: by a word, by an aim, or by a date that is no period with its year."""
        found = (match for words in (_TURNS, _NOW, _AIMS) for match in words.finditer(self.quote))
        places = [self.span.start + match.start() for match in found]
        inside = (self.reading.mentions[index] for index in self.reading.find_inside(self.span.start, self.span.end))
        places += [each.start for each in inside if each.kind is Kind.DATE]
        # Of «so với cùng kỳ năm trước», what is compared with turns to another time only as far as `_BREAK`.
        compared = {place + 1 for place in self._comparisons}
        return sorted(place for place in places if not self._is_stated(place) and place not in compared)

    @cached_property
    def _comparisons(self) -> list[int]:
        return [self.span.start + match.end() for match in _COMPARING.finditer(self.quote)]

    @cached_property
    def _breaks(self) -> list[int]:
        return [self.span.start + match.start() for match in _BREAK.finditer(self.quote)]

    @cached_property
    def _reports(self) -> list[int]:
        return [self.span.start + match.start() for match in _REPORTS.finditer(self.quote)]

    @cached_property
    def _stops(self) -> list[int]:
        return [self.span.start + match.start() for match in _STOP.finditer(self.quote)]

    def _is_stated(self, place: int) -> bool:
        index = bisect_left(self._starts, place + 1) - 1
        return index >= 0 and place < self.stated[index].end

    def _read_lead(self, period: StatedPeriod) -> str:
        """Return what stands between the beginning of a period's clause and the period, in lower case."""
        before = self.reading.text[max(self.span.start, period.start - _LEAD_WIDTH) : period.start]
        clause = max((match.end() for match in _CLAUSE_START.finditer(before)), default=0)
        is_list = clause and before[: clause - 1].rstrip(' ,;:(“"–-')[-1:].isdigit()
        return "…" if is_list else before[clause:].casefold()  # năm 2019, năm 2020; ngày 1, 2/5/2021

    def is_set_in(self, period: StatedPeriod) -> bool:
        """Tell whether a clause is set in a period: nothing but a few small words stand before it."""
        words = self.reading.text[period.start : period.end].casefold()
        return "nhiệm kỳ" not in words and set(self._read_lead(period).split()) <= _LEADS

    def _is_compared(self, period: StatedPeriod) -> bool:
        return _COMPARING.search(self._read_lead(period)) is not None

    def _is_birth(self, period: StatedPeriod) -> bool:
        return self._read_lead(period).strip(" (") in _BIRTHS

    def _is_closed_comparison(self, period: StatedPeriod, number: Mention) -> bool:
        """Tell whether a period is only compared with, and that is over: `(tăng so với năm 2019); bắt 5`."""
        return self._is_compared(period) and _BREAK.search(self.reading.text, period.end, number.start) is not None

    def _holds_for(self, period: StatedPeriod, number: Mention) -> bool:
        """Tell whether nothing between a period and a number turns to another time."""
        if _has_between(self._turns, period.end, number.start) or self._turns_to_compared(period, number):
            return False
        in_brackets = self.reading.text[max(period.start - 1, 0)] == "("
        if in_brackets and self.reading.text.find(")", period.end, number.start) >= 0:
            return False  # 19 vụ (năm 2018) xuống còn 4 vụ
        if len(period.covers) != len("2021-06-30"):
            return True
        acts = _ACTS.search(self.reading.text, max(period.end, number.start - _ACT_WIDTH), number.start)
        return acts is not None and not self._reports

    def _turns_to_compared(self, period: StatedPeriod, number: Mention) -> bool:
        """Tell whether what is compared with stands before a number: `(cùng kỳ 113 vụ)`, not `so với cùng kỳ; 5 vụ`."""
        index = bisect_left(self._comparisons, number.start) - 1
        if index < 0 or self._comparisons[index] < period.end:
            return False
        return not _has_between(self._breaks, self._comparisons[index], number.start)

    def _find_behind(self, number: Mention) -> StatedPeriod | None:
        """Return the one period of a sentence where it stands behind its number: `bắt 12 vụ trong năm 2021`."""
        if len(self.stated) != 1 or len(self.stated[0].covers) == len("2021-06-30"):
            return None
        period = self.stated[0]
        is_apart = _has_between(self._stops, number.end, period.start)
        is_apart = is_apart or _has_between(self._turns, self.span.start, period.start) or self._is_compared(period)
        is_behind = self.reading.text.endswith(("trong ", "trong cả "), self.span.start, period.start)
        return period if is_behind and not is_apart else None


def _has_between(places: Sequence[int], start: int, end: int) -> bool:
    index = bisect_left(places, start)
    return index < len(places) and places[index] < end


def find_candidates(sentences: Sequence[SentencePeriods]) -> list[StatedPeriod]:
    """Return the periods that an article's figures may cover, each once: those that a clause is set in come first."""
    all_of_them = [each for sentence in sentences for each in sentence.candidates]
    set_in = {each for sentence in sentences for each in sentence.candidates if sentence.is_set_in(each)}
    first: dict[str, StatedPeriod] = {}
    for each in sorted(all_of_them, key=lambda each: (each not in set_in, each.start)):
        first.setdefault(each.covers or f"{each.start}", each)
    return list(first.values())
