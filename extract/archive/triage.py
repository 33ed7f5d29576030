"""Which texts of an archive are worth a curator's time: a worklist, the best first, near-duplicates once.

A text is worth the more, the more of its numbers are of a known indicator for certain, as a draft tells it; then the
more of them count in the unit of one. Two texts that give nearly the same figures tell the same news.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Self

from extract.archive.scan import Record
from extract.archive.sources import Block
from extract.claims.catalogue import Catalogue
from extract.claims.draft_indicator import IndicatorRanking
from extract.claims.draft_province import count_provinces
from extract.text.mentions import Kind, Mention, find_mentions
from extract.text.reading import Reading
from extract.text.sentences import Span, find_sentences
from extract.text.texts import normalise

SKETCH: Final = 32
"""Figures of a text, chosen the same way in every text, by which two are held against each other."""
LEAST_FIGURES: Final = 3
"""A text with fewer figures is like no other."""
ALIKE: Final = 0.8
"""The part of two texts' figures that near-duplicates share, at least."""
KEYS: Final = 4
"""Figures of a sketch by which texts are looked up: those that share `ALIKE` nearly always share one of these."""
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(kw_only=True)
class Summary:
    """What a curator wants to know of a text before reading it."""

    file: str
    measures: Counter[str] = field(default_factory=Counter)
    """The numbers that are of a known indicator for certain, by its measure."""
    known: int = 0
    """The numbers that count in the unit of a known indicator, those of `measures` among them."""
    figures: int = 0
    provinces: Counter[str] = field(default_factory=Counter)
    """How often the text names each province: its slug where the catalogue has it, else its name."""
    years: Counter[str] = field(default_factory=Counter)
    sketch: list[int] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    """The texts further down that give nearly the same figures."""

    def add(self, other: Self) -> None:
        """Add what another block of the same text holds."""
        self.measures += other.measures
        self.provinces += other.provinces
        self.years += other.years
        self.known += other.known
        self.figures += other.figures
        self.sketch = sorted({*self.sketch, *other.sketch})[:SKETCH]

    @property
    def worth(self) -> tuple[int, int, int, str]:
        """What texts are ordered by: the least is the best."""
        return (-self.measures.total(), -len(self.measures), -self.known, self.file)

    def make_record(self) -> Record:
        """Return the summary as a record."""
        return {
            "file": self.file,
            "certain": self.measures.total(),
            "measures": dict(self.measures.most_common()),
            "known_units": self.known,
            "figures": self.figures,
            "provinces": dict(self.provinces.most_common()),
            "years": dict(sorted(self.years.items())),
            "alike": self.alike,
        }


class Wanted(NamedTuple):
    """What a text must have to be listed; nothing where empty."""

    provinces: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()

    def fits(self, summary: Summary) -> bool:
        """Tell whether a text has one of each."""
        pairs = zip(self, (summary.provinces, summary.measures, summary.years), strict=True)
        return summary.known > 0 and all(not wanted or wanted & there.keys() for wanted, there in pairs)


def find_summary(block: Block, catalogue: Catalogue) -> list[Record]:
    """Return the summary of a block, as the one record `summary`."""
    text = normalise(block.raw).text
    sentences = find_sentences(text)
    mentions = find_mentions(text, sentences, nouns=catalogue.nouns)
    reading = Reading(text=text, sentences=sentences, mentions=mentions)
    ranking = IndicatorRanking(catalogue)
    slugs = {province.name.vi: slug for slug, province in catalogue.provinces.items()}
    summary = Summary(file=block.file)
    for name, times in count_provinces(text, catalogue).items():
        summary.provinces[slugs.get(name, name)] += times
    for mention, span in _pair_with_sentences(reading):
        if mention.kind is Kind.DATE:
            summary.years.update(_YEAR.findall(mention.text))
        if mention.kind is not Kind.FIGURE:
            continue
        summary.figures += 1
        likeness = ranking.rank(reading, mention, span)
        summary.known += bool(likeness.nearest)
        if likeness.certain:
            summary.measures[catalogue.joined[likeness.certain].measure.id] += 1
    figures = {f"{each.value} {each.unit}" for each in mentions if each.kind is Kind.FIGURE}
    summary.sketch = sorted(zlib.crc32(figure.encode()) for figure in figures)[:SKETCH]
    return [{"summary": summary}]


def _pair_with_sentences(reading: Reading) -> Iterator[tuple[Mention, Span]]:
    for span in reading.sentences:
        for index in reading.find_inside(span.start, span.end):
            yield reading.mentions[index], span


def merge_blocks(records: Iterable[Record]) -> Iterator[Summary]:
    """Yield a summary a text from those of its blocks, which follow each other."""
    last: Summary | None = None
    for record in records:
        summary: Any = record["summary"]
        if last is not None and last.file == summary.file:
            last.add(summary)
            continue
        if last is not None:
            yield last
        last = summary
    if last is not None:
        yield last


def rank_texts(summaries: Iterable[Summary], wanted: Wanted = Wanted()) -> list[Summary]:  # noqa: B008 - never changes
    """Return the texts that have what is wanted, the best first; near-duplicates stand with the best of them."""
    listed: list[Summary] = []
    by_figure: defaultdict[int, list[Summary]] = defaultdict(list)
    for summary in sorted(filter(wanted.fits, summaries), key=lambda each: each.worth):
        keys = summary.sketch[:KEYS] if len(summary.sketch) >= LEAST_FIGURES else []
        same = next((each for key in keys for each in by_figure[key] if _is_alike(each, summary)), None)
        if same is not None:
            same.alike.append(summary.file)
            continue
        listed.append(summary)
        for key in keys:
            by_figure[key].append(summary)
    return listed


def _is_alike(one: Summary, other: Summary) -> bool:
    """Tell whether two texts share nearly all their figures, by the least of both sketches together."""
    both = sorted({*one.sketch, *other.sketch})[:SKETCH]
    shared = {*one.sketch} & {*other.sketch}
    return sum(each in shared for each in both) >= ALIKE * len(both)


def format_summary(summary: Summary, names: Mapping[str, str]) -> str:
    """Return a summary as a line for people; `names` has the provinces' by their slugs."""
    provinces = ", ".join(names.get(each, each) for each, _ in summary.provinces.most_common(3)) or "no province"
    years = ", ".join(sorted(summary.years)) or "no year"
    measures = ", ".join(f"{name} {times}" for name, times in summary.measures.most_common()) or "none for certain"
    alike = f"; the same figures in {', '.join(summary.alike)}" if summary.alike else ""
    return (
        f"{summary.file}: {summary.figures} figures, {summary.known} in known units; {measures};"
        f" {provinces}; {years}{alike}"
    )
