"""One province: its names and borders, and its figures beside the others'."""

from collections.abc import Sequence

from markupsafe import Markup

from extract.claims.collection import CheckedClaim
from extract.claims.records import Province
from extract.figures.filters import Filters
from extract.figures.formats import format_joined, format_period
from extract.page.markup import Page, compose_dot, compose_link, format_hedged, join


def compose_province(page: Page, province: Province) -> Markup:
    """Return the head of a province's page: its names, code and borders then and now."""
    words = page.words
    others = join(
        (
            Markup("<span>{}{}</span>").format(
                compose_dot(page, other),
                compose_link(page.link(province=(other.slug,)), words.pick(other.name), current=other is province),
            )
            for other in page.index.collection.provinces.values()
        ),
    )
    return Markup(
        '<section class="province"><nav class="choose" aria-label="{}">{}</nav><h2>{}</h2><p>{} · {}</p></section>'
    ).format(
        words("province.choose"),
        others,
        words("province.title", province=words.pick(province.name)),
        words.pick(province.borders),
        words("province.iso", code=province.iso_code),
    )


def compose_beside(page: Page, province: Province) -> Markup:
    """Return a province's figures by topic, beside those of the others in the same unit."""
    words, index = page.words, page.index
    parts = []
    for topic in index.collection.topics.values():
        own = index.pick(index.find(Filters(province=province.slug, topic=topic.id)))
        if not own:
            parts.append(
                Markup('<h3>{}</h3><p class="absent">{}</p>').format(words.pick(topic.name), words("coverage.none"))
            )
            continue
        others = [other for other in index.pick(index.find(Filters(topic=topic.id))) if other.province is not province]
        rows = join(
            Markup('<tr><td>{}</td><td class="value">{}</td><td>{}</td><td>{}</td></tr>').format(
                words.pick(checked.indicator.name),
                compose_link(page.link(figure=checked.claim.id), format_hedged(checked)),
                format_period(checked.sentence.period, words.lang),
                _compose_others(page, [other for other in others if other.indicator is checked.indicator]),
            )
            for checked in own
        )
        parts.append(
            Markup(
                '<h3>{}</h3><div class="scroll"><table class="figures"><thead><tr><th scope="col">{}</th>'
                '<th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr></thead>'
                "<tbody>{}</tbody></table></div>"
            ).format(
                words.pick(topic.name),
                words("table.indicator"),
                words("table.figure"),
                words("table.period"),
                words("province.beside"),
                rows,
            )
        )
    return Markup('<section class="beside">{}</section>').format(join(parts))


def _compose_others(page: Page, others: Sequence[CheckedClaim]) -> Markup:
    if not others:
        return Markup('<span class="absent">{}</span>').format(page.words("coverage.none"))
    return join(
        (
            Markup('<span class="other">{}{}</span>').format(
                compose_dot(page, other.province),
                compose_link(page.link(figure=other.claim.id), other.claim.figure),
            )
            for other in others[:6]
        ),
        " ",
    )


def compose_unstated(page: Page, claims: Sequence[CheckedClaim]) -> Markup:
    """Return the figures that a timeline can't show, for their articles state no period."""
    unstated = [checked for checked in claims if not checked.sentence.period.is_stated]
    if not unstated:
        return Markup()
    return Markup('<p class="absent">{}</p>').format(
        page.words(
            "province.unstated",
            figures=page.words.count("count.figures", len(unstated)),
            list=format_joined([checked.claim.figure for checked in unstated], page.words.lang, most=12),
        )
    )
