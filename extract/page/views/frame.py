"""What stands around every view: head, notices, filters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from extract.figures.filters import FILTERS
from extract.figures.formats import format_figure
from extract.page import templates
from extract.page.address import Address, AddressProblem, View
from extract.page.captions import format_article_name, format_partial_coverage
from extract.page.notices import Notice
from extract.page.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """One choice of the form that filters."""

    key: str
    """Its key in the query."""
    chosen: Sequence[str]
    options: Sequence[tuple[str, str]]
    """Each value with its name."""


def format_title(page: Page) -> str:
    """Return the title of the browser's window: the open figure or article, else the view, then the page's name."""
    words = page.words
    checked, source = page.table.claims.get(page.address.figure), page.table.sources.get(page.address.article)
    if checked is not None:
        coverage = format_partial_coverage(page, checked)
        figure = format_figure(checked, words.lang)
        part = f"{figure}, {words.pick(checked.province.name)}{f' ({coverage})' if coverage else ''}"
    elif source is not None:
        part = format_article_name(source.record.article, source, words)
    else:
        part = words(f"view.{page.address.view}")
    return f"{part} – {words('title')}"


def compose_head(page: Page) -> Markup:
    """Return the head: what is here in one line, the scope, the views and the languages."""
    words, table = page.words, page.table
    line = words(
        "head.line",
        figures=words.count("count.figures", len(table.claims)),
        reporting=len(table.by_seed),
        articles=words.count("count.articles", len(table.sources)),
        provinces=words.count("count.provinces", len(table.reporting)),
        span=words("head.span", first=table.years[0], last=table.years[-1]) if table.years else "",
    )
    # The title of the page while no claim is open.
    title = format_title(replace(page, address=replace(page.address, figure="")))
    return templates.compose("frame", "head", page=page, title=title, line=line, views=list(View))


def compose_notice(text: str) -> Markup:
    """Return one plain sentence on the state of the page."""
    return templates.compose("macros", "notice", text=text)


def compose_notices(page: Page, notices: Sequence[Notice], unknown: Sequence[AddressProblem]) -> Markup:
    """Return what a reader must know of the data shown and of the address, a sentence each.

    Files and lines are for the log.
    """
    said = [
        page.words(f"notice.{notice.kind}", article=notice.article, figures=notice.figures, before=notice.before)
        for notice in notices
    ]
    said += [
        page.words("state.unknown.figure", value=item.value)
        if item.key == "figure"
        else page.words("state.unknown", value=item.value, key=item.key)
        for item in unknown
    ]
    return templates.compose("frame", "notices", sentences=list(dict.fromkeys(said)))


def format_filters(page: Page, **changes: object) -> str:
    """Return the page's filters as the query of a download, with the `?` where there is any."""
    return Address(filters=page.address.filters).to(**changes).removesuffix("?")


def compose_filters(page: Page, found: int) -> Markup:
    """Return the form that filters, and how many figures the filters have `found`."""
    words, address = page.words, page.address
    selects = [
        make_select(
            page,
            each.name,
            address.chosen(each.name),
            [(value, words.pick(name) if name else words(f"filter.{value}")) for value, name in choices],
        )
        for each in FILTERS
        if (choices := each.choices(page.table)) is not None
    ]
    # What has no control stays as it is when the form is sent.
    kept = [
        (each.name, address.filters.text(each.name))
        for each in FILTERS
        if each.list_values and not each.has_control and address.chosen(each.name)
    ]
    return templates.compose("frame", "filters", page=page, selects=selects, kept=kept, found=found)


def make_select(page: Page, key: str, chosen: Sequence[str], options: Sequence[tuple[str, str]]) -> Select:
    """Return a choice among options, or all of them."""
    options = [("", page.words("filter.all")), *options]
    names = dict(options)
    if len(chosen) > 1 or not names.keys() >= set(chosen):
        # An address may hold two provinces, or a month, where a select offers one province or year: they stand as a
        # choice of their own.
        options = [(",".join(chosen), " + ".join(names.get(value, value) for value in chosen)), *options]
        chosen = (",".join(chosen),)
    return Select(key=key, chosen=chosen, options=options)
