"""Whether figures can be compared, and why not: one set of rules for a pair and for a whole panel.

The rules, each with its reason. A rule that *blocks* says that the sizes of the figures must not be set against each
other; a *caution* goes with a comparison that stands. Nothing here adds, ranks or annualises.

Blocking (concept, coverage and reference period must agree: the European Statistics Code of Practice, principle 14, on
comparability):
- another indicator, unit or nature: another concept is measured; a flow has the size of its period, a stock has not;
- a part beside its own whole: the greater contains the less;
- a part of a province beside anything but the same part: another coverage;
- flows without a period, with an open one, or with periods of different lengths: the count grows with the length;
- stocks and shares without a moment in an article without a date: nothing bounds when they stood;
- a share that states its whole beside one that does not.

Cautions:
- stocks and shares without a moment in a dated article: they stood at its date at the latest;
- other days of the same length: the difference may be one of time;
- wholes of different sizes: the shares compare, the counts do not;
- offices of other kinds: they may count the work of other forces;
- hedged numbers: the article itself leaves them open;
- provinces whose borders have changed since: the names of today mean other areas;
- two reports of one fact: they are one figure, agreeing or not.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from extract.claims.collection import CheckedClaim
from extract.claims.records import Claim, Days, Name, Nature, Period, Qualifier
from extract.claims.wording import Wording
from extract.figures.formats import format_joined, format_number, format_period, is_percent
from extract.figures.search import fold_text

# Less than every value: a figure is never negative.
NONE = Decimal(-1)


class Key(StrEnum):
    """What is found of figures side by side; `verdict.<key>` are its words."""

    DISAGREE = "disagree"
    DIFFER_WITHIN_HEDGES = "differ_within_hedges"
    SAME_FACT = "same_fact"
    OTHER_INDICATOR = "other_indicator"
    OTHER_UNIT = "other_unit"
    OTHER_NATURE = "other_nature"
    PART_AND_WHOLE = "part_and_whole"
    PART_OF_PROVINCE = "part_of_province"
    PERIOD_UNSTATED = "period_unstated"
    PERIOD_OPEN = "period_open"
    OTHER_LENGTH = "other_length"
    OTHER_PERIOD = "other_period"
    WHOLE_UNSTATED = "whole_unstated"
    OTHER_WHOLE = "other_whole"
    OTHER_OFFICE = "other_office"
    HEDGED = "hedged"
    BORDERS_CHANGED = "borders_changed"
    SAME_INDICATOR = "same_indicator"
    SAME_UNIT = "same_unit"
    SAME_NATURE = "same_nature"
    SAME_PERIOD = "same_period"
    SAME_PROVINCE = "same_province"
    SAME_ARTICLE = "same_article"


class Conclusion(StrEnum):
    """What a reader may do with figures side by side; `conclusion.<key>` are its words."""

    NOTHING = "nothing"
    """There is no figure."""
    ALONE = "alone"
    """There is one figure: nothing to compare it with."""
    COMPARABLE = "comparable"
    """Nothing stands against comparing them."""
    WITH_CARE = "with_care"
    """They can be compared, with the cautions given."""
    ONE_BY_ONE = "one_by_one"
    """They must be read one by one."""


Slot = Name | Period | Nature | Decimal | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One finding, with what its words name: the slots, each a list without repetitions in the order of the figures."""

    key: Key
    blocks: bool = False
    slots: Mapping[str, tuple[Slot, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether figures can be compared, what stands against it or goes with it, and what they have in common."""

    figures: int
    provinces: tuple[Name, ...]
    reasons: tuple[Reason, ...]
    """Reasons that block first, then cautions; each group in the order of `Key`."""
    common: tuple[Reason, ...]

    @property
    def comparable(self) -> bool:
        """Whether there are two figures or more and nothing blocks."""
        return self.figures > 1 and not any(reason.blocks for reason in self.reasons)

    @property
    def conclusion(self) -> Conclusion:
        """The verdict in one word."""
        if self.figures < 2:
            return Conclusion.ALONE if self.figures else Conclusion.NOTHING
        if not self.comparable:
            return Conclusion.ONE_BY_ONE
        return Conclusion.WITH_CARE if self.reasons else Conclusion.COMPARABLE


def compare_figures(one: CheckedClaim, other: CheckedClaim) -> Verdict:
    """Return the verdict on two figures; the order does not matter but to the order of the words."""
    return compare_panel((one, other))


def compare_panel(claims: Iterable[CheckedClaim]) -> Verdict:
    """Return the verdict on figures side by side, in time linear in their number; a figure given twice counts once."""
    panel = tuple({checked.claim.id: checked for checked in claims}.values())
    provinces = tuple({checked.province.slug: checked.province.name for checked in panel}.values())
    if len(panel) < 2:
        return Verdict(figures=len(panel), provinces=provinces, reasons=(), common=())
    reasons = [
        *_find_same_facts(panel),
        *_find_other_concepts(panel),
        *_find_parts(panel),
        *_find_periods(panel),
        *_find_wholes(panel),
        *_find_offices(panel),
        *_find_hedges(panel),
        *_find_borders(panel),
    ]
    return Verdict(
        figures=len(panel),
        provinces=provinces,
        reasons=tuple(sorted(reasons, key=lambda reason: not reason.blocks)),
        common=_find_common(panel),
    )


def _find_same_facts(panel: Sequence[CheckedClaim]) -> list[Reason]:
    claims = {checked.claim.id: checked.claim for checked in panel}
    facts: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims.values():
        facts[_find_first_report(claim, claims)].append(claim)
    found: defaultdict[Key, list[str]] = defaultdict(list)
    for reports in facts.values():
        if len(reports) > 1:
            found[_judge_reports(reports)] += [claim.figure for claim in reports]
    return [
        Reason(key=key, slots={"figures": _unique(found[key])})
        for key in (Key.DISAGREE, Key.DIFFER_WITHIN_HEDGES, Key.SAME_FACT)
        if key in found
    ]


def _find_first_report(claim: Claim, claims: Mapping[str, Claim]) -> str:
    """Return the id at the end of the chain of `same_as`, in the panel or outside; a circle ends at its least id."""
    seen = {claim.id}
    current: Claim | None = claim
    last = claim.id
    while current is not None and current.same_as is not None:
        last = current.same_as
        if last in seen:
            return min(seen)
        seen.add(last)
        current = claims.get(last)
    return last


def _judge_reports(reports: Sequence[Claim]) -> Key:
    if len({(claim.value, claim.of) for claim in reports}) == 1:
        return Key.SAME_FACT
    wholes = {claim.of for claim in reports if claim.of is not None}
    return Key.DIFFER_WITHIN_HEDGES if len(wholes) < 2 and _can_all_hold(reports) else Key.DISAGREE


def _can_all_hold(reports: Sequence[Claim]) -> bool:
    """Tell whether one number fits all the reports' words: `gần 640` leaves all below 640, `khoảng` leaves all."""
    exact = {claim.value for claim in reports if claim.qualifier is Qualifier.EXACT}
    if len(exact) > 1:
        return False
    above = [claim.value for claim in reports if claim.qualifier is Qualifier.OVER]
    below = [claim.value for claim in reports if claim.qualifier in {Qualifier.UNDER, Qualifier.NEARLY}]
    least = [claim.value for claim in reports if claim.qualifier is Qualifier.AT_LEAST]
    if exact:
        (value,) = exact
        return (
            value > max(above, default=NONE)
            and value >= max(least, default=NONE)
            and value < min(below, default=value + 1)
        )
    return not below or max([*above, *least], default=NONE) < min(below)


def _find_other_concepts(panel: Sequence[CheckedClaim]) -> list[Reason]:
    indicators = {checked.indicator.id: checked.indicator.name for checked in panel}
    units = {checked.unit.key: checked.unit.name for checked in panel}
    natures = {checked.indicator.nature: None for checked in panel}
    found = []
    if len(indicators) > 1:
        found.append(_block(Key.OTHER_INDICATOR, indicators=tuple(indicators.values())))
    if len(units) > 1:
        found.append(_block(Key.OTHER_UNIT, units=tuple(units.values())))
    if len(natures) > 1:
        found.append(_block(Key.OTHER_NATURE, natures=tuple(natures)))
    return found


def _find_parts(panel: Sequence[CheckedClaim]) -> list[Reason]:
    claims = {checked.claim.id: checked.claim for checked in panel}
    parts = [claim for claim in claims.values() if claim.part_of in claims]
    found = []
    if parts:
        wholes = _unique(claims[claim.part_of].figure for claim in parts if claim.part_of)
        found.append(_block(Key.PART_AND_WHOLE, parts=_unique(claim.figure for claim in parts), wholes=wholes))
    areas = {(checked.province.slug, checked.claim.place.words if checked.claim.place else None) for checked in panel}
    places = {
        (checked.province.slug, checked.claim.place.words): Name(
            vi=checked.claim.place.words, en=checked.claim.place.name_en
        )
        for checked in panel
        if checked.claim.place
    }
    if places and len(areas) > 1:
        found.append(_block(Key.PART_OF_PROVINCE, places=tuple(places.values())))
    return found


def _find_periods(panel: Sequence[CheckedClaim]) -> list[Reason]:
    found = []
    unstated = [checked for checked in panel if not checked.sentence.period.is_stated]
    if unstated:
        blocks = any(_is_unbounded(checked) for checked in unstated)
        figures = _unique(checked.claim.figure for checked in unstated)
        found.append(Reason(key=Key.PERIOD_UNSTATED, blocks=blocks, slots={"figures": figures}))
    stated = [(checked, checked.sentence.period.days) for checked in panel if checked.sentence.period.is_stated]
    open_ended = [checked for checked, days in stated if days.end is None]
    if open_ended:
        blocks = any(checked.indicator.nature is Nature.FLOW for checked in open_ended)
        found.append(Reason(key=Key.PERIOD_OPEN, blocks=blocks, slots={"periods": _pick_periods(open_ended)}))
    lengths: dict[tuple[int, int], CheckedClaim] = {}
    for checked, days in stated:
        if checked.indicator.nature is Nature.FLOW and (length := measure_period(days)) is not None:
            lengths.setdefault(length, checked)
    closed = {days: checked for checked, days in stated if days.end is not None}
    if len(lengths) > 1:
        found.append(_block(Key.OTHER_LENGTH, periods=_pick_periods(lengths.values())))
    elif len(closed) > 1:
        found.append(Reason(key=Key.OTHER_PERIOD, slots={"periods": _pick_periods(checked for checked, _ in stated)}))
    return found


def _is_unbounded(checked: CheckedClaim) -> bool:
    """Tell whether an unstated period leaves all open: a flow's length, a stock's moment in an undated article."""
    published = checked.article.published
    return checked.indicator.nature is Nature.FLOW or published is None or not published.is_stated


def measure_period(days: Days) -> tuple[int, int] | None:
    """Return the length of a closed period: whole months by the calendar, else days (one of the two is 0).

    By the calendar, so that 2020 and 2021 are as long as each other, and January and February are.

    >>> measure_period(Days(date(2020, 1, 1), date(2020, 12, 31)))
    (12, 0)
    >>> measure_period(Days(date(2021, 1, 26), date(2021, 2, 1)))
    (0, 7)
    """
    if days.start is None or days.end is None:
        return None
    if days.end < date.max:
        after = days.end + timedelta(days=1)
        if after.day == days.start.day:
            return (after.year - days.start.year) * 12 + after.month - days.start.month, 0
    return 0, (days.end - days.start).days + 1


def _pick_periods(claims: Iterable[CheckedClaim]) -> tuple[Period, ...]:
    return tuple({checked.sentence.period.days: checked.sentence.period for checked in claims}.values())


def _find_wholes(panel: Sequence[CheckedClaim]) -> list[Reason]:
    shares = [
        checked.claim for checked in panel if checked.indicator.nature is Nature.SHARE and not is_percent(checked.unit)
    ]
    if len(shares) < 2:
        return []
    bare = [claim for claim in shares if claim.of is None]
    wholes = tuple({claim.of: None for claim in shares if claim.of is not None})
    found = []
    if bare and wholes:
        found.append(_block(Key.WHOLE_UNSTATED, figures=_unique(claim.figure for claim in bare)))
    if len(wholes) > 1:
        found.append(Reason(key=Key.OTHER_WHOLE, slots={"wholes": wholes}))
    return found


def _find_offices(panel: Sequence[CheckedClaim]) -> list[Reason]:
    """Find whether offices of different kinds report: the name of the province does not make another kind."""
    kinds: dict[str, Name] = {}
    for checked in panel:
        words = checked.article.reported_by
        if words is not None:
            kind = _fold_office(words, checked.province.name.vi)
            if kind not in kinds:
                kinds[kind] = Name(vi=words, en=checked.article.reported_by_en or words)
    return [Reason(key=Key.OTHER_OFFICE, slots={"offices": tuple(kinds.values())})] if len(kinds) > 1 else []


@lru_cache(maxsize=4096)
def _fold_office(words: str, province: str) -> str:
    return " ".join(fold_text(words.replace(province, " ")).split())


def _find_hedges(panel: Sequence[CheckedClaim]) -> list[Reason]:
    figures = _unique(checked.claim.figure for checked in panel if checked.claim.qualifier is not Qualifier.EXACT)
    return [Reason(key=Key.HEDGED, slots={"figures": figures})] if figures else []


def _find_borders(panel: Sequence[CheckedClaim]) -> list[Reason]:
    changed = {
        checked.province.slug: checked.province
        for checked in panel
        if checked.province.valid_from is not None or checked.province.valid_until is not None
    }
    if not changed:
        return []
    slots = {
        "provinces": tuple(province.name for province in changed.values()),
        "borders": tuple(province.borders for province in changed.values()),
    }
    return [Reason(key=Key.BORDERS_CHANGED, slots=slots)]


def _find_common(panel: Sequence[CheckedClaim]) -> tuple[Reason, ...]:
    first = panel[0]
    found = []
    if len({checked.indicator.id for checked in panel}) == 1:
        found.append(Reason(key=Key.SAME_INDICATOR, slots={"indicators": (first.indicator.name,)}))
    if len({checked.unit.key for checked in panel}) == 1:
        found.append(Reason(key=Key.SAME_UNIT, slots={"units": (first.unit.name,)}))
    if len({checked.indicator.nature for checked in panel}) == 1:
        found.append(Reason(key=Key.SAME_NATURE, slots={"natures": (first.indicator.nature,)}))
    days = {checked.sentence.period.days for checked in panel}
    if len(days) == 1 and first.sentence.period.is_stated:
        found.append(Reason(key=Key.SAME_PERIOD, slots={"periods": (first.sentence.period,)}))
    if len({checked.province.slug for checked in panel}) == 1:
        found.append(Reason(key=Key.SAME_PROVINCE, slots={"provinces": (first.province.name,)}))
    if len({checked.article.seed for checked in panel}) == 1:
        title = first.article.title or ""
        found.append(Reason(key=Key.SAME_ARTICLE, slots={"titles": (title,)}))
    return tuple(found)


def _block(key: Key, **slots: tuple[Slot, ...]) -> Reason:
    return Reason(key=key, blocks=True, slots=slots)


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def format_reason(reason: Reason, words: Wording) -> str:
    """Return a reason as a sentence in the reader's language; long lists are cut short and say so."""
    slots = {
        name: format_joined([_format_slot(value, words) for value in values], words.lang)
        for name, values in reason.slots.items()
        # Borders are whole sentences: they follow one another.
        if name != "borders"
    }
    if "borders" in reason.slots:
        slots["borders"] = " ".join(_format_slot(value, words) for value in reason.slots["borders"])
    return words(f"verdict.{reason.key}", **slots)


def _format_slot(value: Slot, words: Wording) -> str:
    match value:
        case Name():
            return words.pick(value)
        case Period():
            return format_period(value, words.lang)
        case Nature():
            return words(f"nature.{value}")
        case Decimal():
            return format_number(value, words.lang)
        case _:
            return value


def format_verdict(verdict: Verdict, words: Wording) -> list[str]:
    """Return a verdict as sentences: what a reader may do with the figures, then each reason."""
    return [words(f"conclusion.{verdict.conclusion}"), *(format_reason(reason, words) for reason in verdict.reasons)]
