"""What stands around every view: head, notices, filters, downloads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from extract.page import templates
from extract.page.address import Address, Hedge, Unknown, View
from extract.page.captions import format_article_name
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
    checked, source = page.index.claims.get(page.address.figure), page.index.sources.get(page.address.article)
    if checked is not None:
        part = f"{checked.claim.figure}, {words.pick(checked.province.name)}"
    elif source is not None:
        part = format_article_name(source.record.article, source, words)
    else:
        part = words(f"view.{page.address.view}")
    return f"{part} – {words('title')}"


def compose_head(page: Page) -> Markup:
    """Return the head: what is here in one line, the scope, the views and the languages."""
    words, index = page.words, page.index
    line = words(
        "head.line",
        figures=words.count("count.figures", len(index.claims)),
        articles=words.count("count.articles", len(index.sources)),
        provinces=words.count("count.provinces", len(index.reporting)),
        span=words("head.span", first=index.years[0], last=index.years[-1]) if index.years else "",
    )
    # The title of the page while no claim is open.
    title = format_title(replace(page, address=replace(page.address, figure="")))
    return templates.compose("frame", "head", page=page, title=title, line=line, views=list(View))


def compose_notice(text: str) -> Markup:
    """Return one plain sentence on the state of the page."""
    return templates.compose("macros", "notice", text=text)


def compose_notices(page: Page, notices: Sequence[Notice], unknown: Sequence[Unknown]) -> Markup:
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
    address = page.address
    filters = Address(
        province=address.province, topic=address.topic, year=address.year, hedge=address.hedge, q=address.q
    )
    return filters.to(**changes).removesuffix("?")


def compose_downloads(page: Page) -> Markup:
    """Return the links to the stable addresses of the data, filtered as the page is."""
    return templates.compose("frame", "downloads", page=page, query=format_filters(page))


def compose_filters(page: Page, found: int) -> Markup:
    """Return the form that filters, and how many figures the filters have `found`."""
    words, address, collection = page.words, page.address, page.index.collection
    provinces = [(province.slug, words.pick(province.name)) for province in collection.provinces.values()]
    topics = [(topic.id, words.pick(topic.name)) for topic in collection.topics.values()]
    years = [*((year, year) for year in page.index.years), ("unstated", words("filter.unstated"))]
    hedges = [(hedge, words(f"filter.{hedge}")) for hedge in (Hedge.EXACT, Hedge.HEDGED)]
    selects = [
        make_select(page, "province", address.province, provinces),
        make_select(page, "topic", address.topic, topics),
        make_select(page, "year", (address.year,), years),
        make_select(page, "hedge", (address.hedge,), hedges),
    ]
    return templates.compose("frame", "filters", page=page, selects=selects, found=found)


def make_select(page: Page, key: str, chosen: Sequence[str], options: Sequence[tuple[str, str]]) -> Select:
    """Return a choice among options, or all of them."""
    options = [("", page.words("filter.all")), *options]
    if len(chosen) > 1:
        # Two of three provinces can be linked to, though a select holds one: they stand as one choice of their own.
        options = [(",".join(chosen), " + ".join(text for value, text in options if value in chosen)), *options]
        chosen = (",".join(chosen),)
    return Select(key=key, chosen=chosen, options=options)
