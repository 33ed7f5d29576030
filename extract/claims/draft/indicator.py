"""Which indicator a number is of, for a draft: the one that its own words name for certain, or none, with the nearest.

An indicator is certain where its name stands around the number, it leads all others, the stage is the same (`khởi tố
5 vụ` is of no measure of cases uncovered), and the number's own words name its category, whole and alone (`12 vụ ma
túy, mại dâm` is of no category `ma túy`).
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from extract.claims.catalogue import Catalogue, JoinedIndicator
from extract.claims.check.ledger import find_figure
from extract.claims.draft.words import list_words, match_words
from extract.text.mentions import Kind, Mention
from extract.text.reading import Reading
from extract.text.sentences import Span

# At least this much of the name stands around the number (0 to 1), and it leads the next one by at least this much.
# What stands before the number in its clause weighs less than what follows it.
LIKE_ENOUGH: Final = 0.6
LEAST_LEAD: Final = 0.1
CLAUSE_WEIGHT: Final = 0.7
MOST_NAMED: Final = 3
_WIDTH: Final = 300
"""The words around a number, in characters on each side, that may tell what it counts."""

_STAGES: Final = match_words("indicator", "stages")
_DENIALS: Final = match_words("indicator", "denials")
_NEUTRAL: Final = list_words("indicator", "neutral")
_END: Final = re.compile(
    rf"\s*(?:[.;…)(“”\"]|,?\s*(?:và\s*)?(?:\Z|\d|{_STAGES.pattern}|{match_words('indicator', 'ends').pattern}))",
    re.IGNORECASE,
)
_CATEGORY_END: Final = re.compile(
    rf"[,.;()…“”]|{match_words('indicator', 'ends').pattern}|{_STAGES.pattern}", re.IGNORECASE
)
_SYLLABLE: Final = re.compile(r"[^\W_]+")
_OLD_TONES: Final = {"uý": "úy", "uỳ": "ùy", "uỷ": "ủy", "oà": "òa", "oá": "óa", "oả": "ỏa"}
"""Tone marks where some newspapers put them, and where the catalogue does."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What stands around a number in its clause."""

    counted: str
    """The word that it counts."""
    own: str
    """What follows that, up to the next number."""
    clause: str
    """What stands before it."""

    @cached_property
    def stage(self) -> str:
        """The last stage that its clause names; empty where it names none."""
        named = _STAGES.findall(self.clause)
        return named[-1].casefold() if named else ""

    @property
    def category(self) -> str:
        """The words that name what kind of thing is counted; empty where they cannot be told, or may be a name."""
        words = _CATEGORY_END.split(self.own)[0].strip(' –-"')
        return words if words.islower() else ""


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Which indicators a number may be of."""

    certain: str | None
    nearest: tuple[str, ...]
    """Their ids, the likeliest first."""
    around: Surroundings


class IndicatorRanking:
    """Ranks a catalogue's indicators by the words around numbers."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Weigh the words of a catalogue."""
        self.catalogue = catalogue
        self._by_units: dict[frozenset[str], _Candidates] = {}

    def rank(self, reading: Reading, mention: Mention, span: Span) -> Likeness:
        """Return which indicators a number of a sentence may be of: those whose unit is named right after it."""
        around = find_surroundings(reading, mention, span, self.catalogue)
        counted = self.catalogue.find_counted_units(reading.text, mention)
        candidates = self._find_candidates(counted[0] if counted else frozenset())
        if not candidates.names:
            return Likeness(certain=None, nearest=(), around=around)
        own, clause = (
            frozenset(_read_syllables(f"{around.counted} {around.own}")),
            frozenset(_read_syllables(around.clause)),
        )
        scores = sorted((-candidates.score(name, own, clause), name) for name in candidates.names)
        best, name = -scores[0][0], scores[0][1]
        lead = best + scores[1][0] if len(scores) > 1 else best
        is_clear = best >= LIKE_ENOUGH and lead >= LEAST_LEAD
        is_certain = is_clear and self._words[name].fits(around)
        return Likeness(
            certain=name if is_certain else None,
            nearest=tuple(name for _, name in scores[:MOST_NAMED]),
            around=around,
        )

    def find_stage(self, around: Surroundings, units: Collection[str]) -> tuple[str, ...]:
        """Return the ids of the divided measures, with one of some units, that count at the stage of a clause."""
        stages = self._find_candidates(frozenset(units)).stages
        return tuple(name for name, stage in stages.items() if stage and _is_at_stage(around, stage))

    def _find_candidates(self, units: frozenset[str]) -> "_Candidates":
        if units not in self._by_units:
            self._by_units[units] = _Candidates(self.catalogue, units)
        return self._by_units[units]

    @cached_property
    def _words(self) -> Mapping[str, "_IndicatorWords"]:
        return {name: _IndicatorWords(joined) for name, joined in self.catalogue.joined.items()}


class _Candidates:
    """The indicators and measures that are counted in one of some units, with what tells them apart."""

    def __init__(self, catalogue: Catalogue, units: frozenset[str]) -> None:
        joined = {name: each for name, each in catalogue.joined.items() if each.unit.key in units}
        self.names = {name: frozenset(_read_syllables(each.name.vi)) for name, each in joined.items()}
        counts = Counter(syllable for name in self.names.values() for syllable in name)
        self.weights = {syllable: math.log((1 + len(joined)) / count) for syllable, count in counts.items()}
        """Of each syllable of their names: the rarer it is, the more it tells."""
        divided = [each for each in catalogue.measures.values() if each.unit in units and each.breakdown]
        self.stages = {each.id: _read_stages(each.name.vi, each.definition.vi) for each in divided}

    def score(self, indicator: str, own: frozenset[str], clause: frozenset[str]) -> float:
        """Return how much of an indicator's name stands around a number, 0 to 1."""
        name, weights = self.names[indicator], self.weights
        if any(part.isdigit() and part not in own for part in name):
            return 0  # tiêu chí 17.1 is not tiêu chí 19.2
        whole = sum(weights[syllable] for syllable in name)
        said = sum(weights[each] * (1 if each in own else CLAUSE_WEIGHT) for each in name & (own | clause))
        return round(said / whole, 3) if whole else 0


class _IndicatorWords:
    """What the words around a number must say so that an indicator is certain."""

    def __init__(self, joined: JoinedIndicator) -> None:
        names = (joined.name.vi, joined.measure.name.vi, joined.measure.definition.vi)
        category = joined.category.name.vi if joined.category else ""
        unit = " ".join((joined.unit.name.vi, *joined.unit.spellings))
        self.category = frozenset(_read_syllables(category)) - frozenset(_read_syllables(unit))
        self.vocabulary = frozenset(_read_syllables(" ".join((*names, category)))) | _NEUTRAL
        self.stages = _read_stages(*names)

    def fits(self, around: Surroundings) -> bool:
        """Tell whether the stage is the same and the number's own words name the category, whole and alone."""
        if not _is_at_stage(around, self.stages):
            return False
        if not self.category:
            return True
        left, end = set(self.category), 0
        for match in _SYLLABLE.finditer(around.own):
            if not left:
                break
            syllable = _fold(match.group())
            if syllable not in self.vocabulary:
                return False
            left.discard(syllable)
            end = match.end()
        return not left and _END.match(around.own, end) is not None


def find_surroundings(reading: Reading, mention: Mention, span: Span, catalogue: Catalogue) -> Surroundings:
    """Return what stands around a number of a sentence, up to the semicolons that part its clause from others.

    Of a pair, `72 vụ/144 đối tượng buôn lậu`, both have what follows the first and the second.
    """
    text = reading.text
    figure = find_figure(text, mention, catalogue)
    start, end, between = figure.end, min(span.end, mention.end + _WIDTH), ""
    other = reading.find_next(mention, Kind.FIGURE)
    if other is not None and other.start < end and text[other.start - 1] == "/":
        between, start = text[start : other.start - 1], find_figure(text, other, catalogue).end
        other = reading.find_next(other, Kind.FIGURE)
    elif text[figure.start - 1] == "/" and (first := reading.find_previous(mention, Kind.FIGURE)) is not None:
        between = text[find_figure(text, first, catalogue).end : figure.start - 1]
    if other is not None:
        end = max(start, min(end, other.start))
    stop = text.find(";", start, end)
    left = max(span.start, mention.start - _WIDTH)
    return Surroundings(
        counted=text[mention.end : figure.end],
        own=f"{between} {text[start : stop if stop >= 0 else end]}",
        clause=text[text.rfind(";", left, mention.start) + 1 or left : mention.start],
    )


def _read_syllables(words: str) -> list[str]:
    return _SYLLABLE.findall(_fold(words))


def _fold(words: str) -> str:
    folded = words.casefold()
    for old, new in _OLD_TONES.items():
        folded = folded.replace(old, new)
    return folded


def _read_stages(*words: str) -> frozenset[str]:
    """Return the stages that the words of a measure name, but for those that they deny."""
    stated = (_DENIALS.split(each)[0] for each in words)
    return frozenset(match.group().casefold() for each in stated for match in _STAGES.finditer(each))


def _is_at_stage(around: Surroundings, stages: Collection[str]) -> bool:
    """Tell whether the stage that a number's clause names is one of some; where there are none, that it names none."""
    if not stages or not around.stage:
        return not stages and not around.stage
    return any(f" {around.stage} " in f" {stage} " or f" {stage} " in f" {around.stage} " for stage in stages)
