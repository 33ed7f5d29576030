"""The claim: the figure, its sentence with the figure marked, and all that says how to read it."""

from datetime import date

from markupsafe import Markup

from extract.claims.collection import CheckedClaim
from extract.claims.records import Article, Claim, Coverage, CoverageKind, Period
from extract.claims.wording import Wording
from extract.figures.formats import format_number, format_period, format_share, format_value_as_read
from extract.figures.ratios import compute_remainder
from extract.page import templates
from extract.page.comparisons import make_ratio
from extract.page.page import Page
from extract.page.proof import make_proof
from extract.page.views.frame import format_title


def compose_place(page: Page, asked: str, card: Markup) -> Markup:
    """Return the place where claims open, with the card that stands in it, if any.

    `asked` is the figure that the address names, known or not.
    """
    return templates.compose("claim", "place", page=page, asked=asked, card=card, example=find_example(page))


def find_example(page: Page) -> CheckedClaim | None:
    """Return the first figure that the page shows; None where it shows none, or what a search finds."""
    filters = page.address.filters
    # What a search finds first stands there already, marked.
    return None if filters.text("q") else page.table.find_first(filters)


def compose_card(page: Page, *, base: str, today: date, link: str = "") -> Markup:
    """Return the card of the claim that the address names; empty where it names none.

    `base` is the page's address without its query, `today` the day on which it is read, `link` the claim's permanent
    link where it is another than the page's own.
    """
    checked = page.table.claims.get(page.address.figure)
    if checked is None:
        return Markup()
    article = checked.article
    records = (
        checked.claim,
        checked.period,
        checked.claim.base,
        checked.coverage,
        checked.criteria,
        article.published,
        article.event,
        article,
    )
    notes = [page.words.choose(record.note_vi, record.note) for record in records if record is not None]
    return templates.compose(
        "claim",
        "card",
        page=page,
        checked=checked,
        proof=make_proof(page.table, checked, page.words, base=base, today=today, link=link),
        title=format_title(page),
        facts=list_facts(page, checked),
        notes=[note for note in dict.fromkeys(notes) if note],
        whole=page.table.claims.get(checked.claim.part_of or ""),
        overlaps=page.table.find_overlaps(checked),
        computed=[make_ratio(page, ratio) for ratio in page.table.find_ratios(checked)],
    )


def compose_missing(page: Page, figure: str) -> Markup:
    """Return what stands in the claim's place where no figure has the id."""
    return templates.compose("claim", "missing", page=page, figure=figure)


def list_facts(page: Page, checked: CheckedClaim) -> list[tuple[str, str]]:
    """Return how a figure is read, name by name; empty what its article leaves out."""
    words, claim = page.words, checked.claim
    return [
        # In English the heading reads it already.
        (words("claim.read"), format_value_as_read(claim, checked.unit, "vi") if words.lang == "vi" else ""),
        (words("claim.share"), format_share(claim.value, claim.of, words.lang) if claim.of is not None else ""),
        (words("remainder.title"), format_remainder(page, claim)),
        (words("claim.unit"), words.pick(checked.unit.name)),
        (words("claim.qualifier"), words(f"qualifier.{claim.qualifier}")),
        (words("claim.measure"), f"{words.pick(checked.measure.name)}. {words.pick(checked.measure.definition)}"),
        *list_category(page, checked),
        (words("claim.criteria"), words.pick(checked.criteria.name) if checked.criteria else ""),
        (
            words("claim.nature"),
            words("change.nature") if checked.is_change else words(f"nature.{checked.measure.nature}"),
        ),
        (words("claim.period"), format_period_as_read(page, checked.period)),
        (words("claim.base"), format_base_as_read(page, claim)),
        (words("claim.event"), format_event(page, checked.article)),
        (words("claim.coverage"), format_coverage_as_read(page, checked.coverage)),
        (words("claim.place"), format_place(page, checked)),
        (words("claim.province"), words.pick(checked.province.borders)),
    ]


def list_category(page: Page, checked: CheckedClaim) -> list[tuple[str, str]]:
    """Return the part of its measure that a figure is of, if any, under the name of the breakdown."""
    if checked.category is None or checked.measure.breakdown is None:
        return []
    breakdown = page.table.collection.breakdowns[checked.measure.breakdown]
    name = page.words("claim.category", breakdown=page.words.pick(breakdown.name))
    return [(name, page.words.pick(checked.category.name))]


def format_remainder(page: Page, claim: Claim) -> str:
    """Return how much of its whole a figure leaves, and how it is computed; empty where that is not certain."""
    remainder = compute_remainder(claim)
    if claim.of is None or remainder is None:
        return ""
    whole, part, rest = (format_number(number, page.words.lang) for number in (claim.of, claim.value, remainder))
    return page.words("remainder.formula", whole=whole, part=part, n=rest)


def format_period_as_read(page: Page, period: Period) -> str:
    """Return a period with the words that state it, and how far one without an end is certain."""
    words = page.words
    if period.words is not None and not period.is_dated:
        return words("claim.period.named", words=format_period_words(words, period.words, period.words_en))
    parts = [format_period(period, words.lang)]
    if period.certain_until is not None:
        first, last = period.covers.removesuffix("/.."), period.certain_until
        parts = [words("claim.period.certain", first=first, last=last)]
    if period.words is not None:
        parts.append(format_period_words(words, period.words, period.words_en))
    if period.certain_words is not None:
        parts.append(words("claim.period.certain.words", words=period.certain_words))
    if period.reports_on is not None:
        review = format_period(Period(covers=period.reports_on, words=period.words), words.lang)
        parts.append(words("claim.period.reports_on", period=review))
    return ", ".join(parts)


def format_base_as_read(page: Page, claim: Claim) -> str:
    """Return the earlier period of a change or of now and before, with the number of before; empty without one."""
    if claim.base is None:
        return ""
    base = format_period_as_read(page, claim.base) if claim.base.is_stated else page.words("change.base.unstated")
    if claim.before is None:
        return base
    return page.words("claim.before", n=format_number(claim.before, page.words.lang), base=base)


def format_period_words(words: Wording, said: str, translation: str | None) -> str:
    """Return the article's words for a period; readers of English get them translated, too."""
    if words.lang == "vi" or translation is None:
        return words("claim.period.words", words=said)
    return words("claim.period.translated", words=said, translation=translation)


def format_event(page: Page, article: Article) -> str:
    """Return the day of the event that an article reports, which is not that of its publication; empty for none."""
    if article.event is None or not article.event.is_stated:
        return ""
    return f"{format_period(article.event, page.words.lang)}. {page.words('claim.event.note')}"


def format_coverage_as_read(page: Page, coverage: Coverage | None) -> str:
    """Return what a figure covers with the words that say so, or that its article does not say."""
    words = page.words
    if coverage is None:
        return words("coverage.unstated")
    kind = words(f"coverage.kind.{coverage.kind}")
    name = f"{words.pick(coverage.name)} ({kind})" if coverage.name else kind
    return f"{name}, {words('claim.coverage.words', words=coverage.words)}"


def format_place(page: Page, checked: CheckedClaim) -> str:
    """Return the area that a figure is of, where its coverage does not name it; empty for the whole province."""
    place, coverage = checked.place, checked.coverage
    if place is None or (coverage is not None and coverage.kind is CoverageKind.PLACE):
        return ""
    return page.words.choose(place.words, place.name_en)
