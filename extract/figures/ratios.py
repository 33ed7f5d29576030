"""What is computed from figures: one divided by another of the same phrase, and what a part leaves of its whole.

A ratio is computed only where the catalogue pairs the two measures, in one category, in one phrase of one sentence. A
phrase ends at a semicolon, a full stop and an ellipsis. It joins two figures if it has no third one of either measure
in their category, and none of any category between them. So `72 vụ/144 đối tượng`, `97 ban công an xã với 950 đồng chí`
and `53 lượt phong trào … với khoảng 34.000 lượt` divide. In `97 ban …; 40 ban bảo vệ dân phố với 1.945 thành viên` only
1.945 and 40 do, and in `6 vụ, trong đó 2 vụ lớn, 7 đối tượng` nothing does: the article does not say in which cases the
7 were caught.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import Claim, Lang, RatioPair
from extract.claims.wording import Wording
from extract.figures.compare import Reason, Rule, apply_rules
from extract.figures.dimensions import (
    find_category_id,
    find_coverage,
    find_hedged,
    find_partial_coverage,
    find_period_open,
    find_sentence,
)
from extract.figures.formats import format_figure, format_joined, format_number
from extract.text.hedges import Qualifier

RATIO_STEP = Decimal("0.000001")
# More digits than two values of 18 digits and six decimals can need.
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_SIGNIFICANT = Context(prec=2, rounding=ROUND_HALF_EVEN)
_PHRASE_END = re.compile(r";|[.!?…](?=\s|$)")
_CAUTIONS = (Rule(find_hedged), Rule(find_partial_coverage), Rule(find_period_open))
# What is divided by more than a number is less than the quotient by it; "at least" has no word for its opposite.
_DIVIDED_BY: Mapping[Qualifier, Qualifier] = {
    Qualifier.OVER: Qualifier.UNDER,
    Qualifier.UNDER: Qualifier.OVER,
    Qualifier.NEARLY: Qualifier.OVER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Two figures of one phrase, the first divided by the second: computed, and says so."""

    pair: RatioPair
    of: CheckedClaim
    per: CheckedClaim

    @property
    def id(self) -> str:
        """Its stable id, made of those of the figure that is divided and of the pair."""
        return f"{self.of.claim.id}-{self.pair.id}"

    @property
    def value(self) -> Decimal:
        """The quotient to 6 decimals, half to even."""
        return _EXACT.quantize(_EXACT.divide(self.of.claim.value, self.per.claim.value), RATIO_STEP)

    @property
    def qualifier(self) -> Qualifier:
        """The hedge that the quotient has from those of its figures; about where two hedges meet."""
        of, per = self.of.claim.qualifier, self.per.claim.qualifier
        if per is Qualifier.EXACT:
            return of
        return _DIVIDED_BY.get(per, Qualifier.ABOUT) if of is Qualifier.EXACT else Qualifier.ABOUT

    @property
    def formula(self) -> str:
        """Its two numbers in plain digits: `34000 / 53`."""
        return f"{self.of.claim.value:f} / {self.per.claim.value:f}"

    @property
    def phrase(self) -> str:
        """The words of the article from the one figure to the other."""
        first, second = sorted((self.of, self.per), key=lambda checked: checked.mark_start)
        return first.sentence.quote[first.mark_start : second.mark_start + len(second.claim.figure)]

    @property
    def cautions(self) -> tuple[Reason, ...]:
        """What a reader must mind: hedges, a coverage that is not the whole province, a period without an end."""
        return apply_rules(_CAUTIONS, (self.of, self.per))


def find_ratios(collection: Collection) -> tuple[Ratio, ...]:
    """Return every ratio that the articles' phrases give, in the order of the figures that are divided."""
    sentences: defaultdict[tuple[str, int], list[CheckedClaim]] = defaultdict(list)
    for checked in collection.claims:
        sentences[find_sentence(checked)].append(checked)
    return tuple(
        ratio
        for claims in sentences.values()
        if len(claims) > 1
        for pair in collection.ratios.values()
        for ratio in find_sentence_ratios(pair, claims)
    )


def find_sentence_ratios(pair: RatioPair, claims: Iterable[CheckedClaim]) -> list[Ratio]:
    """Return the ratios of a pair of measures that the figures of one sentence give."""
    paired = [each for each in claims if each.measure.id in {pair.of, pair.per} and not each.is_change]
    if not paired:
        return []
    quote = paired[0].sentence.quote
    ends = [end.end() for end in _PHRASE_END.finditer(quote)]
    marks = sorted(checked.mark_start for checked in paired)
    phrases: defaultdict[tuple[int, str | None], list[CheckedClaim]] = defaultdict(list)
    for checked in paired:
        # A full stop right before a figure ends a phrase, too.
        phrase = bisect_right(ends, checked.mark_start) + quote.endswith((".", "!", "?", "…"), 0, checked.mark_start)
        phrases[phrase, find_category_id(checked)].append(checked)
    ratios = []
    for held in phrases.values():
        of = [checked for checked in held if checked.measure.id == pair.of]
        per = [checked for checked in held if checked.measure.id == pair.per]
        if len(of) == len(per) == 1 and _are_joined(of[0], per[0], marks):
            ratios.append(Ratio(pair=pair, of=of[0], per=per[0]))
    return ratios


def _are_joined(of: CheckedClaim, per: CheckedClaim, marks: Sequence[int]) -> bool:
    """Tell whether two figures of one phrase count one area, coverage and period, with no other figure between them.

    `marks` are where the figures of the sentence start, in order.
    """
    start, end = sorted((of.mark_start, per.mark_start))
    return (
        find_coverage(of) == find_coverage(per)
        and of.province.slug == per.province.slug
        and of.period.days == per.period.days
        and per.claim.value > 0
        and of.claim.value >= 0
        and of.claim.to is None
        and per.claim.to is None
        and of.claim.of is None
        and per.claim.of is None
        and bisect_right(marks, start) >= bisect_left(marks, end)
    )


def format_quotient(ratio: Ratio, lang: Lang) -> str:
    """Return a ratio's value as it is shown.

    To one decimal, and as many more as keep it from reading as nothing; of a hedged figure to two digits, for more
    would say what the article does not.
    """
    with localcontext(_EXACT):
        quotient = ratio.of.claim.value / ratio.per.claim.value
        if ratio.qualifier is not Qualifier.EXACT:
            return format_number(_trim(_SIGNIFICANT.plus(quotient)), lang)
        places = 1
        while not (shown := quotient.quantize(Decimal(1).scaleb(-places))) and quotient:
            places += 1
    return format_number(_trim(shown), lang)


def _trim(value: Decimal) -> Decimal:
    """Return a number without zeros at its end and without an exponent."""
    return Decimal(f"{value.normalize():f}")


def is_rounded(ratio: Ratio) -> bool:
    """Tell whether a ratio's value as it is shown is not the whole quotient."""
    with localcontext(_EXACT):
        return Decimal(format_quotient(ratio, "en").replace(",", "")) * ratio.per.claim.value != ratio.of.claim.value


def format_ratio(ratio: Ratio, words: Wording) -> str:
    """Return a ratio as a line that says that it is computed, and from what."""
    slots = {
        "of": format_number(ratio.of.claim.value, words.lang),
        "per": format_number(ratio.per.claim.value, words.lang),
        "value": format_quotient(ratio, words.lang),
        "name": words.pick(ratio.pair.name),
    }
    if ratio.qualifier is not Qualifier.EXACT:
        hedged = [
            format_figure(each, words.lang)
            for each in (ratio.of, ratio.per)
            if each.claim.qualifier is not Qualifier.EXACT
        ]
        return words("ratio.line.hedged", hedged=format_joined(hedged, words.lang), **slots)
    return words("ratio.line.rounded", **slots) if is_rounded(ratio) else words("ratio.line", **slots)


def compute_remainder(claim: Claim) -> Decimal | None:
    """Return what a part leaves of its whole; None where the article states no whole or hedges the part."""
    if claim.of is None or claim.qualifier is not Qualifier.EXACT:
        return None
    return claim.of - claim.value
