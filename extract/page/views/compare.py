"""The first view: which province reports on what, and the figures of each topic side by side."""

from collections.abc import Container, Sequence

from markupsafe import Markup

from extract.claims.collection import CheckedClaim
from extract.claims.records import Province
from extract.figures.compare import compare_panel, format_finding
from extract.figures.formats import format_joined
from extract.figures.table import Panel
from extract.page.address import Address, View
from extract.page.markup import (
    Page,
    compose_dot,
    compose_link,
    format_alt,
    format_hedged,
    format_unit,
    format_what,
    join,
)
from extract.page.proof import pick_deciding
from extract.page.views.figures import compose_rows
from extract.page.views.frame import format_filters


def compose_coverage(page: Page) -> Markup:
    """Return the map of what is here: how many figures each province's articles report on each topic."""
    words, collection = page.words, page.index.collection
    heads = join(
        Markup('<th scope="col">{}</th>').format(
            compose_link(page.link(view=View.COMPARE, topic=(topic.id,), figure="", page=1), words.pick(topic.name))
        )
        for topic in collection.topics.values()
    )
    rows = join(
        Markup('<tr><th scope="row">{}{}</th>{}</tr>').format(
            compose_dot(page, province),
            compose_link(
                Address(lang=page.address.lang).to(view=View.PROVINCE, province=province.slug),
                words.pick(province.name),
            ),
            join(_compose_cell(page, province.slug, topic) for topic in collection.topics),
        )
        for province in _shown_provinces(page)
    )
    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="{title}"><table class="coverage">'
        '<caption>{title}</caption><thead><tr><th scope="col"><span class="hidden">{province}</span></th>{heads}</tr>'
        "</thead><tbody>{rows}</tbody></table></div>"
    ).format(title=words("coverage.title"), province=words("coverage.province"), heads=heads, rows=rows)


MOST_PROVINCES_OF_A_MAP = 12


def _shown_provinces(page: Page) -> list[Province]:
    """Return the provinces that a map or a panel names: the chosen ones, else all that there is room for."""
    provinces = page.index.collection.provinces
    chosen = page.address.chosen("province") if len(provinces) > MOST_PROVINCES_OF_A_MAP else ()
    return [provinces[slug] for slug in (chosen or list(provinces)[:MOST_PROVINCES_OF_A_MAP])]


def _compose_cell(page: Page, province: str, topic: str) -> Markup:
    count = page.index.count(province, topic)
    if not count:
        return Markup('<td class="none"><span title="{0}">–<span class="hidden"> {0}</span></span></td>').format(
            page.words("coverage.none")
        )
    link = compose_link(
        page.link(view=View.COMPARE, province=(province,), topic=(topic,), figure="", page=1), str(count)
    )
    return Markup('<td style="--n:{}">{}</td>').format(min(count, 8), link)


def compose_topic_head(page: Page, topic: str, panels: Sequence[Panel]) -> Markup:
    """Return a topic's title with who reports on it and who does not."""
    words = page.words
    slugs = {checked.province.slug for panel in panels for checked in panel.claims}
    present = [
        words.pick(province.name) for province in page.index.collection.provinces.values() if province.slug in slugs
    ]
    absent = _absent(page, slugs)
    line = words("topic.reported", provinces=format_joined(present, words.lang))
    return Markup('<div class="topic" id="topic-{}"><h2>{}</h2><p class="verdict">{}{}</p></div>').format(
        topic,
        words.pick(page.index.collection.topics[topic].name),
        line,
        f" {words('panel.absent', provinces=absent)}." if absent else "",
    )


def _absent(page: Page, present: Container[str]) -> str:
    """Return the provinces that the page names and that report nothing here, in words."""
    chosen = page.address.chosen("province")
    names = [
        page.words.pick(province.name)
        for province in _shown_provinces(page)
        if province.slug not in present and (not chosen or province.slug in chosen)
    ]
    return format_joined(names, page.words.lang) if names else ""


def compose_panel_head(page: Page, panel: Panel) -> Markup:
    """Return the line above a panel: what its axis counts, and whether its figures can be compared and why not."""
    verdict = compare_panel(panel.claims)
    conclusion = page.words(f"conclusion.{verdict.conclusion}")
    reasons = join(
        Markup("<li>{}</li>").format(format_finding(reason, page.words)) for reason in pick_deciding(verdict)
    )
    return Markup(
        '<h3 class="unit">{}</h3>'
        '<details class="why"><summary>{} <span class="more">{}</span></summary><ul>{}</ul></details>'
    ).format(format_unit(page, panel.unit), conclusion, page.words("panel.why"), reasons)


def compose_panel_foot(page: Page, panel: Panel) -> Markup:
    """Return the last row of a panel: the provinces that report nothing in its unit."""
    absent = _absent(page, {checked.province.slug for checked in panel.claims})
    if not absent:
        return Markup('<p class="absent"></p>')
    return Markup('<p class="absent"><i class="dot ring"></i>{}</p>').format(
        page.words("panel.absent", provinces=absent)
    )


def compose_numbers(page: Page, claims: Sequence[CheckedClaim]) -> Markup:
    """Return the figures that stand alone in their unit as numbers, for a bar alone would mean nothing."""
    if not claims:
        return Markup()
    return Markup('<div class="numbers">{}</div>').format(join(compose_number(page, checked) for checked in claims))


def compose_number(page: Page, checked: CheckedClaim) -> Markup:
    """Return one figure as a number that links to its claim."""
    return Markup(
        '<a class="number" data-figure="{figure_id}" href="{href}"><span class="who">{dot}<b>{province}</b></span>'
        '<strong>{figure}</strong><span class="what">{what}</span></a>'
    ).format(
        figure_id=checked.claim.id,
        href=page.link(figure=checked.claim.id),
        dot=compose_dot(page, checked.province),
        province=page.words.pick(checked.province.name),
        figure=format_hedged(checked),
        what=format_what(page, checked),
    )


def compose_topic_foot(page: Page, topic: str, panels: Sequence[Panel], most: int) -> Markup:
    """Return what stands under a topic: its figures as a table (`most` rows a panel), its sources, its addresses."""
    words = page.words
    claims = [checked for panel in panels for checked in panel.claims]
    shown = [checked for panel in panels for checked in panel.claims[:most]]
    more = ""
    if len(claims) > len(shown):
        text = words("panel.more", figures=words.count("count.figures", len(claims)))
        more = Markup("<p>{}</p>").format(compose_link(page.link(view=View.FIGURES, topic=(topic,), page=1), text))
    sources = {checked.article.seed: checked.article for checked in claims}
    return Markup(
        '{more}<details class="rows"><summary>{table}</summary>{rows}</details>'
        '<p class="foot">{sources} · <a href="figures.csv{query}" download>{csv}</a> · {link}</p>'
    ).format(
        more=more,
        table=words("panel.table"),
        rows=compose_rows(page, shown),
        sources=words("panel.sources", articles=words.count("count.articles", len(sources))),
        query=format_filters(page, topic=(topic,)),
        csv=words("panel.csv"),
        link=compose_link(page.link(topic=(topic,), figure=""), words("panel.link")),
    )


def format_chart_alt(page: Page, panel: Panel, shown: Sequence[CheckedClaim]) -> str:
    """Return a chart's text alternative, made from the rows that it draws."""
    return page.words(
        "panel.chart.alt",
        topic=page.words.pick(page.index.collection.topics[panel.topic].name),
        unit=format_unit(page, panel.unit),
        rows="; ".join(format_alt(page, checked) for checked in shown),
    )
