"""Whether figures can be compared, and why not: one set of rules for a pair and for any number side by side.

The rules stand in `dimensions`, each with its row in `RULES` and its words in data/wording.yaml. A rule that *blocks*
says that the sizes of the figures must not be set against each other. A *caution* goes with a comparison that stands.
Nothing here adds, ranks or annualises.

Concept, coverage and reference period must agree: the European Statistics Code of Practice, principle 14, on
comparability.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extract.claims.collection import CheckedClaim
from extract.claims.records import Coverage, CoverageKind, Name, Nature, Period
from extract.claims.wording import Wording
from extract.figures import dimensions
from extract.figures.dimensions import Claims, FigureNames, Slot, Slots
from extract.figures.formats import format_joined, format_number, format_period
from extract.figures.panel import FEW, Panel, find_lasts


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


class Relation(StrEnum):
    """In which way figures relate."""

    ACROSS = "across"
    """They stand in more than one article: one category of one measure compares, coverage and length being the same."""
    WITHIN_REPORT = "within_report"
    """They stand in one article: the categories of one breakdown compare, coverage and time being the same."""
    RATIO = "ratio"
    """One can be divided by the other, for one phrase joins them; they are not to be set side by side."""


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
    relation: Relation
    """`FigureTable.compare` alone knows which figures divide; any other verdict is across or within one report."""
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
    panel: Claims
    if isinstance(claims, Panel) and len(claims) > FEW:
        panel = claims
    else:
        panel = tuple({checked.claim.id: checked for checked in claims}.values())
    found = apply_rules((*RULES, *COMMON), panel) if len(panel) > 1 else ()
    reasons = [reason for reason in found if reason.key not in _COMMON_KEYS]
    return Verdict(
        figures=len(panel),
        relation=Relation.ACROSS if dimensions.is_across(panel) else Relation.WITHIN_REPORT,
        provinces=tuple(checked.province.name for checked in find_lasts(panel, dimensions.find_province)),
        reasons=tuple(sorted(reasons, key=lambda reason: not reason.blocks)),
        common=tuple(reason for reason in found if reason.key in _COMMON_KEYS),
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for in two figures or more."""

    find: Callable[[Claims], Slots]
    """A function of `dimensions`; returns what the words name, nothing where there is nothing to say."""
    blocks: bool | Callable[[Claims], bool] = False

    @property
    def key(self) -> str:
        """The words for what is found stand at `verdict.<key>`."""
        return self.find.__name__.removeprefix("find_")


RULES = (
    Rule(dimensions.find_disagree),
    Rule(dimensions.find_differ_within_hedges),
    Rule(dimensions.find_same_fact),
    Rule(dimensions.find_other_measure, blocks=True),
    Rule(dimensions.find_other_criteria, blocks=True),
    Rule(dimensions.find_total_and_category, blocks=True),
    Rule(dimensions.find_other_category, blocks=True),
    Rule(dimensions.find_part_and_whole, blocks=True),
    Rule(dimensions.find_country_and_province, blocks=True),
    Rule(dimensions.find_range, blocks=True),
    Rule(dimensions.find_change_and_level, blocks=True),
    Rule(dimensions.find_other_base, blocks=True),
    Rule(dimensions.find_other_unit, blocks=True),
    Rule(dimensions.find_coverage_unstated, blocks=dimensions.is_across),
    Rule(dimensions.find_other_coverage, blocks=True),
    Rule(dimensions.find_moment_unknown, blocks=True),
    Rule(dimensions.find_period_unstated, blocks=dimensions.is_any_unstated_flow),
    Rule(dimensions.find_period_not_dated, blocks=dimensions.is_any_unstated_flow),
    Rule(dimensions.find_period_open, blocks=dimensions.is_any_open_flow),
    Rule(dimensions.find_other_length, blocks=True),
    Rule(dimensions.find_other_period, blocks=dimensions.is_any_category_of_another_time),
    Rule(dimensions.find_whole_unstated, blocks=True),
    Rule(dimensions.find_may_overlap),
    Rule(dimensions.find_partial_coverage),
    Rule(dimensions.find_list_open),
    Rule(dimensions.find_other_whole),
    Rule(dimensions.find_other_office),
    Rule(dimensions.find_hedged),
    Rule(dimensions.find_borders_changed),
    Rule(dimensions.find_provinces_differ_in_size),
)
"""What stands against a comparison or goes with it."""
COMMON = (
    Rule(dimensions.find_same_measure),
    Rule(dimensions.find_same_category),
    Rule(dimensions.find_same_unit),
    Rule(dimensions.find_same_nature),
    Rule(dimensions.find_same_base),
    Rule(dimensions.find_same_coverage),
    Rule(dimensions.find_same_moment),
    Rule(dimensions.find_same_period),
    Rule(dimensions.find_same_province),
    Rule(dimensions.find_same_article),
)
"""What figures have in common."""
KEYS = tuple(rule.key for rule in (*RULES, *COMMON))
_COMMON_KEYS = frozenset(rule.key for rule in COMMON)


def apply_rules(rules: Iterable[Rule], claims: Claims) -> tuple[Reason, ...]:
    """Return what each rule finds in figures side by side, in the order of the rules."""
    return tuple(
        Reason(key=rule.key, blocks=rule.blocks(claims) if callable(rule.blocks) else rule.blocks, slots=slots)
        for rule in rules
        if (slots := rule.find(claims))
    )


def format_finding(reason: Reason, words: Wording) -> str:
    """Return a reason as a sentence in the reader's language; long lists are cut short and say so."""
    slots = {
        # What an article words in two ways may read the same in English.
        name: format_joined(_list_texts(values, words), words.lang)
        for name, values in reason.slots.items()
        # Borders are whole sentences: they follow one another.
        if name != "borders"
    }
    if "borders" in reason.slots:
        slots["borders"] = " ".join(_format_slot(value, words) for value in reason.slots["borders"])
    return words(f"verdict.{reason.key}", **slots)


def _list_texts(values: Sequence[Slot], words: Wording) -> list[str]:
    if isinstance(values, FigureNames):
        return values.list_texts(words.lang)
    return list(dict.fromkeys(_format_slot(value, words) for value in values))


def _format_slot(value: Slot, words: Wording) -> str:
    match value:
        case Name():
            return words.pick(value)
        case Period():
            return format_period(value, words.lang)
        case Nature():
            return words(f"nature.{value}")
        case Coverage() | None:
            return _format_coverage(value, words)
        case Decimal():
            return format_number(value, words.lang)
        case _:
            return value


def _format_coverage(coverage: Coverage | None, words: Wording) -> str:
    """Return whose work or which area a figure covers, in a few words; that it is not stated, where it is not."""
    if coverage is None:
        return words("coverage.unstated")
    if coverage.kind is CoverageKind.PROVINCE or coverage.name is None:
        return words("coverage.kind.province")
    return words.pick(coverage.name)


def format_verdict(verdict: Verdict, words: Wording) -> list[str]:
    """Return a verdict as sentences: what a reader may do with the figures, then each reason."""
    return [words(f"conclusion.{verdict.conclusion}"), *(format_finding(reason, words) for reason in verdict.reasons)]
