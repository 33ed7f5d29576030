"""The draft of an article's file: all that is certain to a machine, for a curator to finish.

What is not certain stays empty, with what a person may choose from beside it. A draft never passes the check as it is.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection as CollectionOf
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePath
from typing import NamedTuple

from extract.claims.catalogue import Catalogue
from extract.claims.changes import StatedDirection, find_direction, is_governed
from extract.claims.check.ledger import REASONS, find_figure
from extract.claims.check.value import is_ratio
from extract.claims.draft.base_period import BasePeriod, find_base
from extract.claims.draft.indicator import IndicatorRanking, Likeness
from extract.claims.draft.numbers import UNREASONED, Fate, find_doubtful, is_less_than_nothing, judge_numbers
from extract.claims.draft.period import SentencePeriods, find_candidates
from extract.claims.draft.province import count_provinces, find_other_areas, find_province
from extract.claims.draft.repeats import SentenceNumbers, find_repeats
from extract.claims.draft.words import match_words, read_reason
from extract.claims.messages import format_plain_number
from extract.claims.periods import StatedPeriod, find_periods
from extract.claims.records import LONGEST_NAME, Direction
from extract.claims.yaml.scalars import format_scalar
from extract.text.hedges import Qualifier, parse_qualifier
from extract.text.mentions import Mention, find_mentions
from extract.text.reading import Reading
from extract.text.sentences import Span, find_sentences
from extract.text.texts import parse_article

LONGEST_TITLE = 150
LONGEST_ID = LONGEST_NAME - len("-99999")
"""Letters of an id without the number that tells it from another."""
MOST_CANDIDATES = 5
_WHOLE_PROVINCE = match_words("province", "whole")


def draft_article(raw: bytes, seed: str, catalogue: Catalogue, taken: CollectionOf[str] = ()) -> str:
    """Return the draft of the file of data/claims/ for an article's bytes, as YAML that `strict_yaml` reads.

    `seed` is the article's file name; the catalogue gives provinces, indicators and units; `taken` are the ids of other
    claims. Raises UnreadableError where the article itself is refused.
    """
    return "\n".join(_Draft(raw, seed, catalogue, taken).compose()) + "\n"


class _Proposal(NamedTuple):
    """A claim that the machine proposes."""

    mention: Mention
    figure: str
    nth: int | None
    likeness: Likeness
    units: frozenset[str]
    period: StatedPeriod | None
    """Where it is certain."""
    direction: Direction | None
    """Of a change."""
    is_compared: bool
    """Whether it is of the time that is compared with."""
    base: BasePeriod | None
    """The time that is compared with, where its words are certain."""


@dataclass(frozen=True, kw_only=True)
class _DraftedSentence:
    """A sentence with what the machine proposes for its numbers."""

    span: Span
    periods: SentencePeriods
    proposals: Sequence[_Proposal]
    aside: Sequence[tuple[str, Fate]]


class _Draft:
    """One article, on its way to a draft."""

    def __init__(self, raw: bytes, seed: str, catalogue: Catalogue, taken: CollectionOf[str]) -> None:
        self.raw, self.seed, self.catalogue = raw, seed, catalogue
        text = parse_article(raw).text
        sentences = find_sentences(text)
        mentions = find_mentions(text, sentences, nouns=catalogue.nouns)
        self.reading = Reading(text=text, sentences=sentences, mentions=mentions)
        self.ranking = IndicatorRanking(catalogue)
        self.province = find_province(text, catalogue)
        self.ids = Counter(taken)
        self.name = self.province or slug_of(seed)
        drafted = [self._draft_sentence(span) for span in sentences]
        repeats = find_repeats([self._list_numbers(sentence) for sentence in drafted])
        self.again = _list_again(drafted, repeats)
        self.sentences = [
            replace(sentence, proposals=()) if place in repeats else sentence for place, sentence in enumerate(drafted)
        ]

    def compose(self) -> Iterator[str]:
        """Yield the lines of the draft."""
        yield "# yaml-language-server: $schema=../article.schema.json"
        yield "# A draft. Fill in what is empty; hold what is filled in against the article; take these comments out."
        yield from self._compose_article()
        drafted = [sentence for sentence in self.sentences if sentence.proposals]
        yield "sentences:" if drafted else "sentences: []"
        seen: Counter[str] = Counter()
        for sentence in self.sentences:
            seen[sentence.periods.quote] += 1
            if sentence.proposals:
                yield from self._compose_sentence(sentence, seen[sentence.periods.quote])
        yield from self._compose_set_aside()

    # The article

    def _compose_article(self) -> Iterator[str]:
        title, published = find_title(self.reading), find_dateline(self.reading)
        yield "article:"
        yield f"  seed: {format_scalar(self.seed)}"
        yield f"  sha256: {hashlib.sha256(self.raw).hexdigest()}"
        yield f"  title: {format_scalar(title)}" if title else "  title:  # as printed; empty where the text has none"
        yield "  title_en:"
        yield f"  province: {self.province}" if self.province else f"  province:  # {self._list_provinces()}"
        yield "  publisher:  # empty where nothing says who; else name, and words or a note"
        if published is None:
            yield "  published:  # empty where the text does not say; else covers and words"
        else:
            yield "  published:"
            yield f"    covers: {published.covers}"
            yield f"    words: {format_scalar(self._quote(published))}  # is this its own date?"
        yield "  event:  # the day of the event that it reports, where it reports one; never the day of publication"
        yield "  url:"
        yield "  reported_by:  # the offices whose figures these are, as the text names them"
        yield "  reported_by_en:"
        yield "  period:  # of all figures below that state none of their own; else unstated, in these sentences"
        candidates = find_candidates([sentence.periods for sentence in self.sentences])
        for period in [each for each in candidates if each != published][:MOST_CANDIDATES]:
            yield f"  # {self._format_period(period)}  from line {self.reading.line_of(period.start)}"
        yield "  coverage:  # whose work or which area: kind and words; joint, division and place also have a name"

    def _list_provinces(self) -> str:
        """Return, in a comment, the provinces that the article names, else those that there are."""
        named = count_provinces(self.reading.text, self.catalogue)
        slugs = {province.name.vi: slug for slug, province in self.catalogue.provinces.items()}
        if not named:
            return f"it names none; known are {', '.join(slugs.values())}"
        return "it names " + ", ".join(
            f"{name} ({slugs.get(name, 'not in data/provinces.yaml')}) {'once' if count == 1 else f'{count} times'}"
            for name, count in named.items()
        )

    # Its sentences

    def _draft_sentence(self, span: Span) -> _DraftedSentence:
        reading, text = self.reading, self.reading.text
        periods = SentencePeriods(reading=reading, span=span)
        fates = judge_numbers(reading, span, self.catalogue)
        figures = {index: find_figure(text, reading.mentions[index], self.catalogue) for index in fates}
        claimed = {index: figures[index] for index, fate in fates.items() if self._is_claim(index, fate)}
        directions = {index: find_direction(text, span.start, reading.mentions[index]) for index in claimed}
        for index, stated in directions.items():
            if stated is not None and is_governed(text, span.start, reading.mentions[index]):
                claimed[index] = Span(stated.start, figures[index].end)
        places = _find_places(reading, span, claimed)
        proposals: list[_Proposal] = []
        own: StatedPeriod | None = None
        for index, figure in claimed.items():
            mention, words = reading.mentions[index], text[figure.start : figure.end]
            counted = self.catalogue.find_counted_units(text, mention)
            period = periods.find_certain(mention) if fates[index] is not Fate.COMPARED else None
            stated = directions[index]
            own = period or own
            proposals.append(
                _Proposal(
                    mention=mention,
                    figure=words,
                    nth=places[words][figure.start] if len(places[words]) > 1 else None,
                    likeness=self.ranking.rank(reading, mention, span),
                    units=counted[0] if counted else frozenset(),
                    period=period,
                    direction=_find_way(mention, stated) if fates[index] is Fate.CHANGE else None,
                    is_compared=fates[index] is Fate.COMPARED,
                    base=find_base(text, span, mention, own, is_compared=fates[index] is Fate.COMPARED),
                )
            )
        aside = [
            (text[figures[index].start : figures[index].end], fate)
            for index, fate in fates.items()
            if index not in claimed
        ]
        return _DraftedSentence(span=span, periods=periods, proposals=proposals, aside=aside)

    def _list_numbers(self, sentence: _DraftedSentence) -> SentenceNumbers:
        """Return what is compared of a sentence to tell whether it says once more what another one says."""
        proposals, quote = sentence.proposals, sentence.periods.quote
        values = [value for each in proposals for value in _list_values(each.mention)]
        certain = next((each.period for each in proposals if each.period is not None), None)
        return SentenceNumbers(
            words=" ".join(quote.split()),
            keys=[
                (each.mention.value, each.mention.qualifier, each.units, each.direction, each.is_compared)
                for each in proposals
            ],
            greatest=max(values, default=Decimal(0)),
            time_and_area=(
                (certain.covers or self._quote(certain)) if certain else "",
                *find_other_areas(quote, self.province, self.catalogue),
            ),
        )

    def _is_claim(self, index: int, fate: Fate) -> bool:
        """Tell whether a number becomes a claim: a change and what is compared with, where a unit is counted."""
        mention, text = self.reading.mentions[index], self.reading.text
        if fate in (Fate.CHANGE, Fate.COMPARED):
            return self.catalogue.find_counted_units(text, mention) is not None
        return fate is Fate.CLAIM

    def _compose_sentence(self, sentence: _DraftedSentence, nth: int) -> Iterator[str]:
        quote = sentence.periods.quote
        yield f"  - quote: {format_scalar(quote)}"
        if len(self.reading.places[quote]) > 1:
            yield f"    nth: {nth}"
        yield "    translation:"
        certain = next((each.period for each in sentence.proposals if each.period is not None), None)
        if certain is not None:
            yield f"    period: {self._format_period(certain)}{_ask_for_days(certain)}"
        elif not sentence.periods.is_plain:
            yield f"    period:  # {self._list_candidates(sentence.periods)}"
        others = find_other_areas(quote, self.province, self.catalogue)
        if others:
            choice = "a slug, VN, or take the line out where it is the article's"
            yield f"    province:  # it names {', '.join(others)}: {choice}"
        yield from _compose_coverage(quote)
        yield "    claims:"
        for proposal in sentence.proposals:
            yield from self._compose_claim(proposal, certain, sentence.periods)

    def _compose_claim(
        self, proposal: _Proposal, certain: StatedPeriod | None, periods: SentencePeriods
    ) -> Iterator[str]:
        """Yield the lines of one claim; `certain` is its sentence's period."""
        mention = proposal.mention
        yield f"      - id: {self._make_id(proposal)}"
        yield from self._compose_indicator(proposal)
        yield f"        figure: {format_scalar(proposal.figure)}"
        factor = self.catalogue.find_factor(self.reading.text, mention, min(proposal.units, default=""))
        if isinstance(mention.value, Decimal):
            yield f"        value: {format_plain_number(mention.value * factor)}"
        elif mention.value is not None:
            yield f"        value: {format_plain_number(mention.value[0] * factor)}"
            yield from self._compose_second(proposal, mention.value[0], mention.value[1] * factor)
        qualifier = parse_qualifier(mention.qualifier)
        if qualifier is not Qualifier.EXACT:
            yield f"        qualifier: {qualifier}"
        if proposal.nth is not None:
            yield f"        nth: {proposal.nth}"
        again = self.again.get(mention.start)
        if again:
            lines = ", ".join(str(self.reading.line_of(start)) for start in dict.fromkeys(again.values()))
            counts = Counter(words for _, words in again)
            entries = ", ".join(
                f"{{figure: {format_scalar(words)}{f', times: {count}' if count > 1 else ''}}}"
                for words, count in counts.items()
            )
            yield f"        also_at: [{entries}]  # line {lines}: the same fact?"
        if proposal.direction is not None:
            yield f"        change: {proposal.direction}"
            yield f"        base: {_format_base(proposal.base)}"
        if proposal.is_compared:
            yield f"        period: {_format_base(proposal.base)}"
        elif certain is not None and proposal.period is None:
            yield f"        period:  # {self._list_candidates(periods)}"
        elif certain is not None and proposal.period is not None and proposal.period.covers != certain.covers:
            yield f"        period: {self._format_period(proposal.period)}{_ask_for_days(proposal.period)}"

    def _compose_second(self, proposal: _Proposal, first: Decimal, second: Decimal) -> Iterator[str]:
        """Yield the lines of a range's end, a whole, or the number before, in "now/before"."""
        number = format_plain_number(second)
        if not is_ratio(proposal.mention):
            yield f"        to: {number}"
        elif first > proposal.mention.value[1]:  # type: ignore[index] # who asks for the second number has found two
            yield f"        before: {number}"
            yield f"        base: {_format_base(proposal.base)}"
        elif proposal.base is not None:
            yield f"        # of: {number}, where that is the whole; or before: {number}, with the base"
            yield f"        base: {_format_base(proposal.base)}"
        else:
            yield f"        of: {number}"

    def _compose_indicator(self, proposal: _Proposal) -> Iterator[str]:
        """Yield the line of an indicator: the one that is certain, else the nearest, and the line that adds one."""
        likeness = proposal.likeness
        if likeness.certain is not None:
            yield f"        indicator: {likeness.certain}"
            return
        if likeness.nearest:
            yield f"        indicator:  # nearest: {', '.join(likeness.nearest)}"
        else:
            yield "        indicator:  # none counts this yet: add one to data/indicators.yaml, or set the number aside"
        words = likeness.around.category
        measures = self.ranking.find_stage(likeness.around, proposal.units)
        if words and len(measures) == 1:
            category = f"{{id: , name: {{vi: {format_scalar(words)}, en: }}}}"
            yield f"        # or a new one there: - {{id: , measure: {measures[0]}, new_category: {category}}}"

    def _make_id(self, proposal: _Proposal) -> str:
        """Return an id that is not taken: place, year and what is counted, each as far as it is certain."""
        covers = proposal.period.covers if proposal.period else ""
        is_span_of_years = len(covers) == len("2015/2017") and "/" in covers
        year = covers.replace("/", "-") if is_span_of_years else covers[:4]
        what = proposal.likeness.certain or min(proposal.units, default="figure")
        what = f"{what}-change" if proposal.direction else what
        name = "-".join(part for part in (self.name, year, what) if part)
        name = name[:LONGEST_ID].rstrip("-")
        self.ids[name] += 1
        return name if self.ids[name] == 1 else f"{name}-{self.ids[name]}"

    # What is no claim

    def _compose_set_aside(self) -> Iterator[str]:
        fates: defaultdict[str, list[Fate]] = defaultdict(list)
        for sentence in self.sentences:
            for words, fate in sentence.aside:
                fates[words].append(fate)
        yield "set_aside:" if fates else "set_aside: []"
        for words, each in fates.items():
            times = f", times: {len(each)}" if len(each) > 1 else ""
            yield f"  - {{figure: {format_scalar(words)}{times}, {_format_reason(set(each))}"
        doubtful = Counter((self._find_words(mention), mention.kind) for mention in find_doubtful(self.reading))
        for (words, kind), count in doubtful.items():
            times = f", times: {count}" if count > 1 else ""
            entry = f"{{figure: {format_scalar(words)}{times}, why: {format_scalar(REASONS[kind])}}}"
            yield f"  # doubtful, reads as {kind} by a weak rule; to confirm: - {entry}"

    def _find_words(self, mention: Mention) -> str:
        figure = find_figure(self.reading.text, mention, self.catalogue)
        return self.reading.text[figure.start : figure.end]

    # Words

    def _quote(self, period: StatedPeriod) -> str:
        return self.reading.text[period.start : period.end]

    def _format_period(self, period: StatedPeriod) -> str:
        covers = f"covers: {period.covers}, " if period.covers else ""
        return f"{{{covers}words: {format_scalar(self._quote(period))}}}"

    def _list_candidates(self, periods: SentencePeriods) -> str:
        """Return, in a comment, what a person may choose from where no period is certain."""
        stated = [self._format_period(period) for period in periods.candidates[:MOST_CANDIDATES]]
        listed = f"stated here: {' '.join(stated)}; " if stated else ""
        return f"not certain: {listed}unstated, or take the line out where the article's holds"


def _format_base(base: BasePeriod | None) -> str:
    """Return the time that is compared with; empty where only a person can tell it."""
    if base is None:
        return " # not certain: {words: …} of the article, or unstated"
    words = format_scalar(base.words)
    return f"{{covers: {base.covers}, words: {words}}}" if base.covers else f"{{words: {words}}}"


def _ask_for_days(period: StatedPeriod) -> str:
    """Return what a curator may add to a period that is certain in words alone."""
    return "" if period.covers else "  # and covers, where the article tells the year"


def _find_way(mention: Mention, stated: StatedDirection | None) -> Direction | None:
    """Return which way a change goes, by its sign or by the word that governs it."""
    if is_less_than_nothing(mention):
        return Direction.DECREASE
    return stated.direction if stated else None


def _list_values(mention: Mention) -> tuple[Decimal, ...]:
    value = mention.value
    return value if isinstance(value, tuple) else (value,) if value is not None else ()


def _list_again(
    drafted: Sequence[_DraftedSentence], repeats: Mapping[int, tuple[int, Sequence[int]]]
) -> dict[int, dict[tuple[int, str], int]]:
    """Return, by where a number starts, the words that state it once more, each with where they start."""
    again: defaultdict[int, dict[tuple[int, str], int]] = defaultdict(dict)
    for place, (kept, numbers) in sorted(repeats.items()):
        for proposal, number in zip(drafted[place].proposals, numbers, strict=True):
            start = proposal.mention.start
            again[drafted[kept].proposals[number].mention.start][start, proposal.figure] = start
    return again


def _find_places(reading: Reading, span: Span, figures: dict[int, Span]) -> defaultdict[str, dict[int, int]]:
    """Return where in a sentence the words of each figure stand whole, each place with its count from 1.

    In time linear in the sentence's numbers.
    """
    text, mentions = reading.text, reading.mentions
    shapes = {(mentions[index].start - each.start, each.end - mentions[index].end) for index, each in figures.items()}
    wanted = {text[each.start : each.end] for each in figures.values()}
    places: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for index in reading.find_inside(span.start, span.end):
        for before, after in shapes:
            start, end = mentions[index].start - before, mentions[index].end + after
            words = text[start:end]
            if span.start <= start and end <= span.end and words in wanted and reading.is_whole(start, end):
                places[words][start] = len(places[words]) + 1
    return places


def slug_of(seed: str) -> str:
    """Return the slug of a text's name: `004_fb92.txt` gives `004-fb92`."""
    stem = PurePath(seed).stem
    letters = "".join(char if char.isascii() and char.isalnum() else "-" for char in stem.lower())
    return "-".join(part for part in letters.split("-") if part) or "article"


def find_title(reading: Reading) -> str | None:
    """Return the first line that reads like a title: one short sentence without a full stop, no menu of a web page."""
    text = reading.text
    for span in reading.sentences[:3]:
        words = text[span.start : span.end]
        line_end = text.find("\n", span.end)
        is_alone = not text[span.end : line_end if line_end >= 0 else len(text)].strip()
        if is_alone and len(words) <= LONGEST_TITLE and words[-1] not in ".…:;" and "|" not in words:
            return words
    return None


def find_dateline(reading: Reading) -> StatedPeriod | None:
    """Return the day that stands alone, with hardly another word, in one of the first lines."""
    for span in reading.sentences[:5]:
        for period in find_periods(reading.text[span.start : span.end]):
            is_day = len(period.covers) == len("2021-06-30")
            if is_day and len(reading.text[span.start : span.end]) <= period.end - period.start + 30:
                return StatedPeriod(span.start + period.start, span.start + period.end, period.covers)
    return None


def _compose_coverage(quote: str) -> Iterator[str]:
    """Yield what a quote says of its coverage in plain words: the whole province, and a list that is open."""
    whole = _WHOLE_PROVINCE.search(quote)
    if whole is not None:
        yield "    coverage:  # does it hold for all figures of this sentence?"
        yield "      kind: province"
        yield f"      words: {format_scalar(whole.group())}"
    if quote.endswith(("…", "...")):
        yield "    list_is_open: yes"


def _format_reason(fates: set[Fate]) -> str:
    """Return the end of an entry: the reason, where all its places have the same and it is certain."""
    if fates == {Fate.UNREADABLE}:
        return "why: }  # no machine reads it for sure: a claim with `read`, or why it is none"
    if len(fates) == 1 and not fates & UNREASONED:
        en, vi = read_reason(fates.pop())
        return f"why: {format_scalar(en)}, why_vi: {format_scalar(vi)}}}"
    return "why: }  # or a claim, once data/units.yaml names what it counts"
