"""Titles that say what a reader would say, made from rows and verdicts.

A measure words them (`finding` in data/measures.yaml). No title says that one figure is more than another, but where
the verdict lets them be compared.
"""

from collections.abc import Iterable, Sequence

from extract.claims.collection import CheckedClaim
from extract.claims.records import CoverageKind
from extract.figures.dimensions import find_province
from extract.figures.formats import HEDGE_WORDS, format_in_words, format_number, format_period
from extract.figures.groups import FigureGroup, group_by_province
from extract.figures.panel import find_extremes, list_values
from extract.figures.ratios import Ratio, compute_remainder, format_quotient
from extract.figures.table import axis_value
from extract.page.captions import format_base, format_short_coverage
from extract.page.page import Page

MOST_CLAUSES = 2
"""What more provinces report is told by their number."""


def title_topic(page: Page, claims: Sequence[CheckedClaim]) -> str:
    """Return what a topic's figures say, a clause a province; the topic's name where no measure words one."""
    topic = page.words.pick(claims[0].topic.name)
    by_province = group_by_province(claims)
    if len(by_province) > MOST_CLAUSES:
        provinces = page.words.count("count.provinces", len(by_province))
        return page.words("title.several", provinces=provinces, topic=topic)
    clauses = [clause for held in by_province.values() if (clause := choose_finding(page, held))]
    return _capitalise("; ".join(clauses)) if clauses else topic


def choose_finding(page: Page, claims: Iterable[CheckedClaim]) -> str:
    """Return what the first of one province's figures says that has words for it.

    Those of the whole province come first, and among them those that leave something of a whole.
    """
    # What has yet to be done is the news of a share.
    ordered = sorted(claims, key=lambda each: (not _is_whole_province(each), not compute_remainder(each.claim)))
    return next((finding for checked in ordered if (finding := format_finding(page, checked))), "")


def format_finding(page: Page, checked: CheckedClaim) -> str:
    """Return what a figure says, with its period where that is stated; empty where its measure has no words for it."""
    words, finding = page.words, checked.measure.finding
    if finding is None or checked.is_change:
        return ""
    claim, rest = checked.claim, compute_remainder(checked.claim)
    text = words.pick(finding)
    slots = {
        "who": format_who(page, checked),
        "figure": format_in_words(checked, words.lang),
        "category": words.pick(checked.category.name) if checked.category else "",
        "rest": format_number(rest, words.lang) if rest else "",
        "whole": format_number(claim.of, words.lang) if claim.of is not None else "",
    }
    if any(f"{{{slot}}}" in text and not value for slot, value in slots.items()):
        return ""
    period = checked.period
    return text.format(**slots) + (f" ({format_period(period, words.lang)})" if period.is_stated else "")


def format_who(page: Page, checked: CheckedClaim) -> str:
    """Return whose figure it is: a province, or what of it the figure covers."""
    coverage, province = checked.coverage, page.words.pick(checked.province.name)
    if coverage is None or _is_whole_province(checked):
        return province
    if coverage.kind is CoverageKind.PLACE and coverage.name is not None:
        return page.words("title.place", place=page.words.pick(coverage.name), province=province)
    return page.words(f"who.{coverage.kind}", province=province)


def title_across(page: Page, group: FigureGroup) -> str:
    """Return the title of figures that provinces share an axis for: what is counted, from the least to the greatest."""
    names = [group.measure.name, *([group.category.name] if group.category else [])]
    scope = format_short_coverage(page, group.claims[0])
    measure = ": ".join(page.words.pick(name) for name in names) + (f" ({scope})" if scope else "")
    base = group.claims[0].claim.base
    if group.claims[0].is_change and base is not None:
        measure = page.words("change.name", name=measure, base=format_base(page, base))
    provinces = len(list_values(group.claims, find_province))
    if provinces == 1:
        # Reports of one province may well tell the same thing twice.
        return _capitalise(measure)
    least, greatest = (
        page.words(
            "title.of",
            figure=format_in_words(checked, page.words.lang),
            province=page.words.pick(checked.province.name),
        )
        for checked in find_extremes(group.claims, axis_value)
    )
    return _capitalise(
        page.words(
            "title.across",
            measure=measure,
            provinces=page.words.count("count.provinces", provinces),
            least=least,
            greatest=greatest,
        )
    )


def title_ratios(page: Page, ratios: Sequence[Ratio]) -> str:
    """Return the title of pairs: what is computed, from the least to the greatest."""
    ordered = sorted(ratios, key=lambda ratio: ratio.value)
    least, greatest = (
        HEDGE_WORDS[page.words.lang][ratio.qualifier] + format_quotient(ratio, page.words.lang)
        for ratio in (ordered[0], ordered[-1])
    )
    name = page.words.pick(ratios[0].pair.name)
    title = (
        f"{name}: {least}"
        if least == greatest
        else page.words("title.ratios", name=name, least=least, greatest=greatest)
    )
    return _capitalise(title)


def _is_whole_province(checked: CheckedClaim) -> bool:
    return checked.coverage is not None and checked.coverage.kind is CoverageKind.PROVINCE


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]
