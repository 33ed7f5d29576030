"""Which texts of an archive are worth a curator's time: a worklist, the best first, near-duplicates once.

A text is worth the more, the more of its numbers are of a known indicator for certain, as a draft tells it; then the
more of them count in the unit of one. Two texts that give nearly the same figures tell the same news, and so do two
with few figures in nearly the same sentences. What is curated already comes last.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Final, NamedTuple, Self

from extract.archive.scan import Record
from extract.archive.sources import Block
from extract.claims.catalogue import Catalogue
from extract.claims.draft.indicator import IndicatorRanking
from extract.claims.draft.province import count_provinces
from extract.text.mentions import Kind, Mention, find_mentions
from extract.text.problems import UnreadableError, make_printable
from extract.text.reading import Reading
from extract.text.sentences import Span, find_sentences
from extract.text.texts import normalise, read_article

SKETCH: Final = 32
"""Figures of a text, chosen the same way in every text, by which two are held against each other."""
LEAST_FIGURES: Final = 3
"""Texts with fewer figures are held against each other by their sentences."""
ALIKE: Final = 0.8
"""The part of two texts' figures that near-duplicates share, at least."""
KEYS: Final = 4
"""Figures of a sketch by which texts are looked up, two by two: those that share `ALIKE` nearly always share two of
these. One alone, such as `1 vụ`, may stand in any text, and all would be held against all."""
KEPT: Final = 10_000
"""Texts of a worklist, at most, while it grows; twice as many are in memory."""
MOST_ALIKE: Final = 3
"""Near-duplicates that a line for people names."""
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(kw_only=True, eq=False)
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
    """Of its figures."""
    wording: list[int] = field(default_factory=list)
    """The same of its sentences."""
    alike: list[str] = field(default_factory=list)
    """The texts further down that give nearly the same figures."""
    curated: str | None = None
    """The curated text that gives nearly the same figures."""

    def add(self, other: Self) -> None:
        """Add what another block of the same text holds."""
        self.measures += other.measures
        self.provinces += other.provinces
        self.years += other.years
        self.known += other.known
        self.figures += other.figures
        self.sketch = _join_sketches(self.sketch, other.sketch)
        self.wording = _join_sketches(self.wording, other.wording)

    @property
    def worth(self) -> tuple[bool, int, int, int, str]:
        """What texts are ordered by: the least is the best."""
        return (self.curated is not None, -self.measures.total(), -len(self.measures), -self.known, self.file)

    @property
    def signature(self) -> list[int]:
        """What it is held against other texts by."""
        return self.sketch if len(self.sketch) >= LEAST_FIGURES else self.wording

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
            "curated": self.curated,
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


class SummaryFinder:
    """Finds the summary of a block, by a catalogue whose words are weighed once."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the catalogue of a root."""
        self._catalogue = catalogue
        self._ranking = IndicatorRanking(catalogue)
        self._slugs = {province.name.vi: slug for slug, province in catalogue.provinces.items()}

    def __call__(self, block: Block) -> list[Summary]:
        """Return the summary of a block, as the only find of it."""
        text = normalise(block.raw).text
        reading = _read(text, self._catalogue)
        summary = Summary(file=block.file)
        for name, times in count_provinces(text, self._catalogue).items():
            summary.provinces[self._slugs.get(name, name)] += times
        for mention, span in _pair_with_sentences(reading):
            if mention.kind is Kind.DATE:
                summary.years.update(_YEAR.findall(mention.text))
            if mention.kind is not Kind.FIGURE:
                continue
            summary.figures += 1
            likeness = self._ranking.rank(reading, mention, span)
            summary.known += bool(likeness.nearest)
            if likeness.certain:
                summary.measures[self._catalogue.joined[likeness.certain].measure.id] += 1
        figures = (f"{each.value} {each.unit}" for each in reading.mentions if each.kind is Kind.FIGURE)
        summary.sketch = _make_sketch(figures)
        summary.wording = _make_sketch(text[span.start : span.end].lower() for span in reading.sentences)
        return [summary]


def _read(text: str, catalogue: Catalogue) -> Reading:
    sentences = find_sentences(text)
    return Reading(text=text, sentences=sentences, mentions=find_mentions(text, sentences, nouns=catalogue.nouns))


def _make_sketch(words: Iterable[str]) -> list[int]:
    return sorted({zlib.crc32(each.encode()) for each in words})[:SKETCH]


def _join_sketches(one: list[int], other: list[int]) -> list[int]:
    return sorted({*one, *other})[:SKETCH]


def _pair_with_sentences(reading: Reading) -> Iterator[tuple[Mention, Span]]:
    for span in reading.sentences:
        for index in reading.find_inside(span.start, span.end):
            yield reading.mentions[index], span


def find_curated(root: Path, names: Iterable[str], find: SummaryFinder) -> Iterator[Summary]:
    """Yield the summaries of texts of a root's seeds; of one that cannot be read none, for the check names it."""
    for name in sorted(names):
        with suppress(UnreadableError):
            yield from find(Block(f"seeds/{name}", read_article(root / "seeds" / name).raw, 0))


def merge_blocks(summaries: Iterable[Summary]) -> Iterator[Summary]:
    """Yield a summary a text from those of its blocks, which follow each other."""
    last: Summary | None = None
    for summary in summaries:
        if last is not None and last.file == summary.file:
            last.add(summary)
            continue
        if last is not None:
            yield last
        last = summary
    if last is not None:
        yield last


def rank_texts(
    summaries: Iterable[Summary],
    wanted: Wanted = Wanted(),  # noqa: B008 - never changes
    *,
    curated: Iterable[Summary] = (),
    most: int = KEPT,
) -> list[Summary]:
    """Return the `most` texts that have what is wanted, the best first; near-duplicates stand with the best of them.

    A text that is a near-duplicate of a curated one says so, and stands after all others.
    """
    known = _Alike()
    for each in curated:
        known.add(each)
    listed: list[Summary] = []
    for summary in filter(wanted.fits, summaries):
        same = known.find(summary)
        summary.curated = same.file if same is not None else None
        listed.append(summary)
        if len(listed) >= 2 * max(KEPT, most):
            listed = _merge_alike(listed)[: max(KEPT, most)]
    return _merge_alike(listed)[:most]


def _merge_alike(summaries: Iterable[Summary]) -> list[Summary]:
    """Return the texts without near-duplicates, the best first; each names its own."""
    listed = _Alike()
    for summary in sorted(summaries, key=lambda each: each.worth):
        same = listed.find(summary)
        if same is None:
            listed.add(summary)
        else:
            same.alike += [summary.file, *summary.alike]
    return listed.texts


class _Alike:
    """Texts, to find the near-duplicate of another among them."""

    def __init__(self) -> None:
        self.texts: list[Summary] = []
        self._by_keys: defaultdict[tuple[int, ...], list[Summary]] = defaultdict(list)

    def add(self, summary: Summary) -> None:
        self.texts.append(summary)
        for keys in _find_keys(summary):
            self._by_keys[keys].append(summary)

    def find(self, summary: Summary) -> Summary | None:
        """Return the first text that is like another; None where there is none."""
        found = (each for keys in _find_keys(summary) for each in self._by_keys.get(keys, ()))
        return next((each for each in found if _is_alike(each.signature, summary.signature)), None)


def _find_keys(summary: Summary) -> Iterator[tuple[int, ...]]:
    keys = summary.signature[:KEYS]
    return combinations(keys, min(2, len(keys))) if keys else iter(())


def _is_alike(one: list[int], other: list[int]) -> bool:
    """Tell whether two sketches share nearly all, by the least of both together."""
    both = _join_sketches(one, other)
    shared = {*one} & {*other}
    return sum(each in shared for each in both) >= ALIKE * len(both)


def format_summary(summary: Summary, names: Mapping[str, str]) -> str:
    """Return a summary as a line for people; `names` has the provinces' by their slugs."""
    provinces = ", ".join(names.get(each, each) for each, _ in summary.provinces.most_common(3)) or "no province"
    years = ", ".join(sorted(summary.years)) or "no year"
    measures = ", ".join(f"{name} {times}" for name, times in summary.measures.most_common()) or "none for certain"
    return (
        f"{make_printable(summary.file)}: {summary.figures} figures, {summary.known} in known units; {measures};"
        f" {provinces}; {years}{_format_alike(summary.alike)}"
        f"{f'; curated as {summary.curated}' if summary.curated else ''}"
    )


def _format_alike(files: Sequence[str]) -> str:
    if not files:
        return ""
    others = f" and {len(files) - MOST_ALIKE} more" if len(files) > MOST_ALIKE else ""
    return f"; the same figures in {', '.join(map(make_printable, files[:MOST_ALIKE]))}{others}"
