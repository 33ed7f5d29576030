"""Whether figures can be compared, and why not: one set of rules for a pair and for a whole panel.

A rule is one function, which says what it is about, with its row in `RULES` and its words in data/wording.yaml. A rule
that *blocks* says that the sizes of the figures must not be set against each other. A *caution* goes with a comparison
that stands. Nothing here adds, ranks or annualises.

Concept, coverage and reference period must agree: the European Statistics Code of Practice, principle 14, on
comparability.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache, partial
from typing import TypeAlias

from extract.claims.collection import CheckedClaim
from extract.claims.records import Claim, Days, Name, Nature, Period, Qualifier
from extract.claims.wording import Wording
from extract.figures.formats import format_joined, format_number, format_period, is_percent
from extract.figures.search import fold_text


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


Claims: TypeAlias = Sequence[CheckedClaim]
"""Figures side by side, none of them twice."""
Slot: TypeAlias = Name | Period | Nature | Decimal | str
Slots: TypeAlias = Mapping[str, tuple[Slot, ...]]
"""What the words of a reason name: lists without repetitions, in the order of the figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One finding, with what its words name: the words stand at `verdict.<key>`."""

    key: str
    blocks: bool = False
    slots: Slots


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether figures can be compared, what stands against it or goes with it, and what they have in common."""

    figures: int
    provinces: tuple[Name, ...]
    reasons: tuple[Reason, ...]
    """Reasons that block first, then cautions; each group in the order of `RULES`."""
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
    is_alone = len(panel) < 2
    return Verdict(
        figures=len(panel),
        provinces=tuple({checked.province.slug: checked.province.name for checked in panel}.values()),
        reasons=() if is_alone else tuple(sorted(_apply(RULES, panel), key=lambda reason: not reason.blocks)),
        common=() if is_alone else tuple(_apply(COMMON, panel)),
    )


def find_first_report(claim: Claim, claims: Mapping[str, CheckedClaim]) -> str:
    """Return the id at the end of a claim's chain of `same_as`: the same for all reports of one fact.

    The chain may lead out of `claims`. A circle ends at its least id.
    """
    seen = {claim.id}
    while claim.same_as is not None:
        if claim.same_as in seen:
            return min(seen)
        seen.add(claim.same_as)
        if claim.same_as not in claims:
            return claim.same_as
        claim = claims[claim.same_as].claim
    return claim.id


class Agreement(StrEnum):
    """How the reports of one fact agree."""

    NONE = "none"
    WITHIN_HEDGES = "within_hedges"
    WHOLE = "whole"


def _judge_reports(reports: Sequence[Claim]) -> Agreement:
    if len({(claim.value, claim.of) for claim in reports}) == 1:
        return Agreement.WHOLE
    wholes = {claim.of for claim in reports if claim.of is not None}
    return Agreement.WITHIN_HEDGES if len(wholes) < 2 and _can_all_hold(reports) else Agreement.NONE


def _can_all_hold(reports: Sequence[Claim]) -> bool:
    """Tell whether one number fits all the reports' words: `gần 640` leaves all below 640, `khoảng` leaves all."""
    stated: defaultdict[Qualifier, list[Decimal]] = defaultdict(list)
    for claim in reports:
        stated[claim.qualifier].append(claim.value)
    exact, above, least = stated[Qualifier.EXACT], stated[Qualifier.OVER], stated[Qualifier.AT_LEAST]
    below, most = [*stated[Qualifier.UNDER], *stated[Qualifier.NEARLY]], stated[Qualifier.AT_MOST]
    return (
        len(set(exact)) < 2
        and all(value > limit for value in exact for limit in above)
        and all(value >= limit for value in exact for limit in least)
        and all(value < limit for value in (*exact, *above, *least) for limit in below)
        and all(value <= limit for value in (*exact, *least) for limit in most)
        and all(value < limit for value in above for limit in most)
    )


def _find_reports(claims: Claims, agreement: Agreement) -> Slots:
    """Return the figures that report one fact with others of the claims, where those agree in such a way."""
    by_id = {checked.claim.id: checked for checked in claims}
    facts: defaultdict[str, list[Claim]] = defaultdict(list)
    for checked in claims:
        facts[find_first_report(checked.claim, by_id)].append(checked.claim)
    found = [reports for reports in facts.values() if len(reports) > 1 and _judge_reports(reports) is agreement]
    return _name(figures=(claim.figure for reports in found for claim in reports))


def find_disagreement(claims: Claims) -> Slots:
    """Two reports of one fact are one figure, even where they contradict each other."""
    return _find_reports(claims, Agreement.NONE)


def find_agreement_within_hedges(claims: Claims) -> Slots:
    """Two reports of one fact are one figure, and their hedges leave room for both."""
    return _find_reports(claims, Agreement.WITHIN_HEDGES)


def find_agreement(claims: Claims) -> Slots:
    """Two reports of one fact that say the same are one figure."""
    return _find_reports(claims, Agreement.WHOLE)


def find_other_indicators(claims: Claims) -> Slots:
    """Another indicator is another concept."""
    return _name_others("indicators", ((checked.indicator.id, checked.indicator.name) for checked in claims))


def find_other_units(claims: Claims) -> Slots:
    """Another unit counts other things."""
    return _name_others("units", ((checked.unit.key, checked.unit.name) for checked in claims))


def find_other_natures(claims: Claims) -> Slots:
    """A flow has the size of its period, a stock has not."""
    return _name_others("natures", ((checked.indicator.nature, checked.indicator.nature) for checked in claims))


def find_parts_beside_wholes(claims: Claims) -> Slots:
    """A part beside its own whole: the greater contains the less."""
    by_id = {checked.claim.id: checked.claim for checked in claims}
    pairs = [(claim, by_id[claim.part_of]) for claim in by_id.values() if claim.part_of in by_id]
    return _name(parts=(part.figure for part, _ in pairs), wholes=(whole.figure for _, whole in pairs))


def find_parts_of_provinces(claims: Claims) -> Slots:
    """A part of a province compares only with the same part: its coverage is another."""
    places = [(checked.province.slug, checked.claim.place) for checked in claims]
    if len({(slug, place and place.words) for slug, place in places}) < 2:
        return {}
    named = {(slug, place.words): Name(vi=place.words, en=place.name_en) for slug, place in places if place}
    # A name that two provinces have in common is two places.
    return {"places": tuple(named.values())} if named else {}


def find_unstated_periods(claims: Claims) -> Slots:
    """A figure without a period blocks where nothing bounds it; else it stood at its article's date at the latest."""
    return _name(figures=(checked.claim.figure for checked in claims if not checked.sentence.period.is_stated))


def _is_any_unbounded(claims: Claims) -> bool:
    """Tell whether an unstated period leaves all open: a flow's length, a stock's moment in an undated article."""
    return any(
        checked.indicator.nature is Nature.FLOW
        or checked.article.published is None
        or not checked.article.published.is_stated
        for checked in claims
        if not checked.sentence.period.is_stated
    )


def find_open_periods(claims: Claims) -> Slots:
    """A flow's count grows with the length of its period, and an open one has none."""
    return _name(periods=_pick_periods(_find_open(claims)))


def _find_open(claims: Claims) -> Claims:
    return [checked for checked in _find_stated(claims) if checked.sentence.period.days.end is None]


def _find_stated(claims: Claims) -> Claims:
    return [checked for checked in claims if checked.sentence.period.is_stated]


def _is_any_open_flow(claims: Claims) -> bool:
    return any(checked.indicator.nature is Nature.FLOW for checked in _find_open(claims))


def find_other_lengths(claims: Claims) -> Slots:
    """A flow's count grows with the length of its period."""
    first: dict[tuple[int, int], CheckedClaim] = {}
    for checked in claims:
        length = measure_period(checked.sentence.period.days)
        if checked.indicator.nature is Nature.FLOW and length is not None:
            first.setdefault(length, checked)
    return _name(periods=_pick_periods(first.values())) if len(first) > 1 else {}


def find_other_periods(claims: Claims) -> Slots:
    """Other days of the same length: the difference may be one of time."""
    stated = _find_stated(claims)
    closed = {checked.sentence.period.days for checked in stated if checked.sentence.period.days.end}
    if len(closed) < 2 or find_other_lengths(claims):
        return {}
    return _name(periods=_pick_periods(stated))


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


def _pick_periods(claims: Iterable[CheckedClaim]) -> Iterable[Period]:
    return {checked.sentence.period.days: checked.sentence.period for checked in claims}.values()


def find_unstated_wholes(claims: Claims) -> Slots:
    """A share that states its whole beside one that does not."""
    shares = _find_shares(claims)
    if all(claim.of is None for claim in shares):
        return {}
    return _name(figures=(claim.figure for claim in shares if claim.of is None))


def find_other_wholes(claims: Claims) -> Slots:
    """Wholes of different sizes: the shares compare, the counts do not."""
    return _name_others("wholes", ((claim.of, claim.of) for claim in _find_shares(claims) if claim.of is not None))


def _find_shares(claims: Claims) -> list[Claim]:
    """Return the shares whose whole is a count: that of a per cent is always 100."""
    return [
        checked.claim for checked in claims if checked.indicator.nature is Nature.SHARE and not is_percent(checked.unit)
    ]


def find_other_offices(claims: Claims) -> Slots:
    """Offices of other kinds may count the work of other forces; a province's name makes no other kind."""
    kinds: dict[str, Name] = {}
    for checked in claims:
        words = checked.article.reported_by
        if words is not None:
            kind = _fold_office(words, checked.province.name.vi)
            if kind not in kinds:
                kinds[kind] = Name(vi=words, en=checked.article.reported_by_en or words)
    return _name_others("offices", kinds.items())


@lru_cache(maxsize=4096)
def _fold_office(words: str, province: str) -> str:
    return " ".join(fold_text(words.replace(province, " ")).split())


def find_hedges(claims: Claims) -> Slots:
    """The article itself leaves a hedged number open."""
    return _name(figures=(each.claim.figure for each in claims if each.claim.qualifier is not Qualifier.EXACT))


def find_changed_borders(claims: Claims) -> Slots:
    """Where the borders have changed since, the names of today mean other areas."""
    provinces = {checked.province.slug: checked.province for checked in claims}.values()
    changed = [province for province in provinces if province.valid_from or province.valid_until]
    if not changed:
        return {}
    return {
        "provinces": tuple(province.name for province in changed),
        "borders": tuple(province.borders for province in changed),
    }


def find_common_period(claims: Claims) -> Slots:
    """The same days, if they are stated."""
    if not claims[0].sentence.period.is_stated:
        return {}
    return _name_common("periods", lambda c: (c.sentence.period.days, c.sentence.period), claims)


def _name(**slots: Iterable[Slot]) -> Slots:
    """Return slots without repetitions; none at all where there is nothing to name."""
    named = {name: tuple(dict.fromkeys(values)) for name, values in slots.items()}
    return named if any(named.values()) else {}


def _name_others(slot: str, pairs: Iterable[tuple[Hashable, Slot]]) -> Slots:
    """Return a slot of all values, where their keys differ."""
    values = dict(pairs)
    return {slot: tuple(values.values())} if len(values) > 1 else {}


def _name_common(slot: str, find_pair: Callable[[CheckedClaim], tuple[Hashable, Slot]], claims: Claims) -> Slots:
    """Return a slot of the first figure's value, where all have its key."""
    keys, values = zip(*map(find_pair, claims), strict=True)
    return {slot: values[:1]} if len(set(keys)) == 1 else {}


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for in two figures or more; the words for what is found stand at `verdict.<key>`."""

    key: str
    find: Callable[[Claims], Slots]
    """Returns what the words name; nothing where there is nothing to say."""
    blocks: bool | Callable[[Claims], bool] = False


RULES = (
    Rule("disagree", find_disagreement),
    Rule("differ_within_hedges", find_agreement_within_hedges),
    Rule("same_fact", find_agreement),
    Rule("other_indicator", find_other_indicators, blocks=True),
    Rule("other_unit", find_other_units, blocks=True),
    Rule("other_nature", find_other_natures, blocks=True),
    Rule("part_and_whole", find_parts_beside_wholes, blocks=True),
    Rule("part_of_province", find_parts_of_provinces, blocks=True),
    Rule("period_unstated", find_unstated_periods, blocks=_is_any_unbounded),
    Rule("period_open", find_open_periods, blocks=_is_any_open_flow),
    Rule("other_length", find_other_lengths, blocks=True),
    Rule("other_period", find_other_periods),
    Rule("whole_unstated", find_unstated_wholes, blocks=True),
    Rule("other_whole", find_other_wholes),
    Rule("other_office", find_other_offices),
    Rule("hedged", find_hedges),
    Rule("borders_changed", find_changed_borders),
)
"""What stands against a comparison or goes with it."""
COMMON = (
    Rule("same_indicator", partial(_name_common, "indicators", lambda c: (c.indicator.id, c.indicator.name))),
    Rule("same_unit", partial(_name_common, "units", lambda c: (c.unit.key, c.unit.name))),
    Rule("same_nature", partial(_name_common, "natures", lambda c: (c.indicator.nature, c.indicator.nature))),
    Rule("same_period", find_common_period),
    Rule("same_province", partial(_name_common, "provinces", lambda c: (c.province.slug, c.province.name))),
    Rule("same_article", partial(_name_common, "titles", lambda c: (c.article.seed, c.article.title or ""))),
)
"""What figures have in common."""
KEYS = tuple(rule.key for rule in (*RULES, *COMMON))


def _apply(rules: Iterable[Rule], claims: Claims) -> list[Reason]:
    found = [(rule, slots) for rule in rules if (slots := rule.find(claims))]
    return [
        Reason(key=rule.key, blocks=rule.blocks(claims) if callable(rule.blocks) else rule.blocks, slots=slots)
        for rule, slots in found
    ]


def format_finding(reason: Reason, words: Wording) -> str:
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
    return [words(f"conclusion.{verdict.conclusion}"), *(format_finding(reason, words) for reason in verdict.reasons)]
