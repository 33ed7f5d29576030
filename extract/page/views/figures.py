"""Figures as a table: each row leads to its claim."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from extract.claims.collection import CheckedClaim
from extract.figures.formats import format_period, format_value_as_read
from extract.figures.table import SORTS
from extract.page.markup import ROWS_OF_A_PAGE, Page, compose_dot, compose_link, compose_notice, format_hedged, join


def compose_rows(page: Page, claims: Sequence[CheckedClaim], *, sortable: bool = False) -> Markup:
    """Return figures as a table; each row's figure is the link to its claim."""
    heads = join(
        Markup('<th scope="col"{}>{}</th>').format(*_compose_column(page, column, sortable=sortable))
        for column in ("province", "indicator", "figure", "value", "period")
    )
    words = page.words
    rows = join(
        Markup(
            '<tr data-figure="{}"><td class="who">{}{}</td><td>{}</td>'
            '<td class="value">{}</td><td>{}</td><td>{}</td></tr>'
        ).format(
            checked.claim.id,
            compose_dot(page, checked.province),
            words.pick(checked.province.name),
            words.pick(checked.indicator.name),
            compose_link(page.link(figure=checked.claim.id), format_hedged(checked)),
            format_value_as_read(checked.claim, checked.unit, words.lang),
            format_period(checked.sentence.period, words.lang),
        )
        for checked in claims
    )
    return Markup(
        '<div class="scroll"><table class="figures"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(heads, rows)


def _compose_column(page: Page, column: str, *, sortable: bool) -> tuple[Markup, Markup]:
    """Return the attributes and the text of a column's head; a sortable one links to the table in its order."""
    text = page.words(f"table.{column}")
    if not sortable or column not in SORTS:
        return Markup(), escape(text)
    direction = {column: "ascending", f"-{column}": "descending"}.get(page.address.sort)
    link = Markup('<a href="{}" title="{}">{}{}</a>').format(
        page.link(sort=f"-{column}" if direction == "ascending" else column, page=1),
        page.words("table.sort", column=text),
        text,
        {"ascending": " ↑", "descending": " ↓", None: ""}[direction],
    )
    return Markup(' aria-sort="{}"').format(direction) if direction else Markup(), link


def compose_table(page: Page, claims: Sequence[CheckedClaim]) -> Markup:
    """Return the page of a long table that the address asks for, with the way to the others."""
    if not claims:
        return compose_notice(page.words("filter.empty"))
    pages = -(-len(claims) // ROWS_OF_A_PAGE)
    at = min(page.address.page, pages)
    rows = compose_rows(page, claims[(at - 1) * ROWS_OF_A_PAGE : at * ROWS_OF_A_PAGE], sortable=True)
    return rows + _compose_pages(page, at, pages)


def _compose_pages(page: Page, at: int, pages: int) -> Markup:
    if pages == 1:
        return Markup()
    parts: list[Markup | str] = [page.words("table.pages", page=at, pages=pages)]
    if at > 1:
        parts.append(compose_link(page.link(page=at - 1), page.words("table.previous")))
    if at < pages:
        parts.append(compose_link(page.link(page=at + 1), page.words("table.next")))
    return Markup('<p class="pages">{}</p>').format(join(parts, " · "))
