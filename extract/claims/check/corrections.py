"""The check of a claim's corrections: they follow on, and the newest of each field says what stands there now."""

from decimal import Decimal

from extract.claims.check.article_check import ArticleCheck
from extract.claims.inherited import find_period, find_place, pick_local
from extract.claims.messages import format_excerpt, format_plain_number, suggest
from extract.claims.records import Article, Claim, Sentence
from extract.claims.yaml.strict import Location


def check_corrections(check: ArticleCheck, location: Location, claim: Claim, sentence: Sentence) -> None:
    """Check that the newest correction of each field says what stands there now, and that they follow on."""
    if not claim.corrections:
        return
    standing = _find_standing(claim, sentence, check.article)
    newest: dict[str, str] = {}
    for index, correction in enumerate(claim.corrections):
        here = (*location, "corrections", index)
        if correction.field not in standing:
            advice = suggest(correction.field, standing)
            message = f"unknown field «{correction.field}» of a correction: {advice}"
            check.report((*here, "field"), claim.id, message)
            continue
        if index and correction.when < claim.corrections[index - 1].when:
            message = f"the correction of {correction.when} stands after a later one: oldest first"
            check.report((*here, "when"), claim.id, message)
        if correction.when > check.today:
            check.report((*here, "when"), claim.id, f"the correction of {correction.when} lies in the future")
        before = newest.get(correction.field)
        if before is not None and before != correction.said:
            said, says = format_excerpt(correction.said), format_excerpt(before)
            check.report((*here, "said"), claim.id, f"said «{said}», but the correction before says «{says}»")
        newest[correction.field] = correction.says
    for name, says in newest.items():
        if says != standing[name]:
            message = (
                f"the newest correction of {name} says «{format_excerpt(says)}»,"
                f" but «{format_excerpt(standing[name])}» stands there"
            )
            check.report((*location, "corrections"), claim.id, message)


def _find_standing(claim: Claim, sentence: Sentence, article: Article) -> dict[str, str]:
    """Return the fields that a correction may speak of, as they stand now."""
    own = (
        name
        for name in type(claim).model_fields
        if name not in ("id", "corrections", "read", "place", "coverage", "overlaps", "also_at", "period", "base")
    )
    levels = (claim, sentence, article)
    place, coverage, period = (
        find_place(*pick_local(*levels)),
        claim.coverage or sentence.coverage,
        find_period(*levels),
    )
    values: dict[str, object] = {
        **{name: getattr(claim, name) for name in own},
        "place": place.words if place else None,
        "coverage": coverage.words if coverage else None,
        "overlaps": ", ".join(claim.overlaps),
        "quote": sentence.quote,
        "translation": sentence.translation,
        "period": (period.covers or period.words) if period else None,
        "base": (claim.base.covers or claim.base.words) if claim.base else None,
    }
    return {
        name: format_plain_number(value) if isinstance(value, Decimal) else "" if value is None else str(value)
        for name, value in values.items()
    }
