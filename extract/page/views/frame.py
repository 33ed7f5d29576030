"""What stands around every view: head, notices, filters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from extract.claims.records import Name, Period
from extract.claims.wording import Wording
from extract.figures.filters import FILTERS, Filter
from extract.figures.formats import format_figure, format_period
from extract.page import templates
from extract.page.address import Address, AddressProblem, View
from extract.page.captions import format_article_name, format_partial_coverage
from extract.page.notices import Notice, format_notice
from extract.page.page import Page

IN_BAR = ("province", "topic")
MOST_PILLS = 12
"""What has more values has no room in the bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pill:
    """One value of a filter: a link that adds it or takes it away."""

    name: str
    href: str
    is_chosen: bool
    colour: str = ""
    """The province's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PillGroup:
    """The values of one filter."""

    key: str
    """The page's words for it stand at `filter.<key>`."""
    pills: Sequence[Pill]


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


def compose_head(page: Page, data: Markup) -> Markup:
    """Return the head: what is here in one line, the scope, the views and the languages, and how to get the data."""
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
    search = compose_search(page)
    return templates.compose(
        "frame", "head", page=page, title=title, line=line, views=list(View), search=search, data=data
    )


def compose_notice(text: str) -> Markup:
    """Return one plain sentence on the state of the page."""
    return templates.compose("macros", "notice", text=text)


def compose_notices(words: Wording, notices: Sequence[Notice], *, drawn: str, is_newer: bool = False) -> Markup:
    """Return what a reader must know of the data now, a sentence each. Files and lines are for the log.

    `drawn` is the version of the data that the page was drawn from, and `is_newer` tells that they have changed since.
    """
    sentences = list(dict.fromkeys(format_notice(notice, words) for notice in notices))
    return templates.compose("frame", "notices", words=words, sentences=sentences, drawn=drawn, is_newer=is_newer)


def compose_unknown(words: Wording, unknown: Sequence[AddressProblem]) -> Markup:
    """Return what an address names that is not there, a sentence each."""
    said = [
        words("state.unknown.figure", value=item.value)
        if item.key == "figure"
        else words("state.unknown", value=item.value, key=item.key)
        for item in unknown
    ]
    return Markup().join(map(compose_notice, dict.fromkeys(said)))


def format_filters(page: Page, **changes: object) -> str:
    """Return the page's filters as the query of a download, with the `?` where there is any."""
    return Address(filters=page.address.filters).to(**changes).removesuffix("?")


def compose_filters(page: Page) -> Markup:
    """Return the bar of pills: every choice stands in the address, and every view keeps it."""
    groups = [make_pills(page, each) for each in FILTERS if each.name in IN_BAR]
    lines = [group for group in groups if len(group.pills) <= MOST_PILLS]
    # What has no line of its own can be chosen under "More filters", and taken away here.
    rest = [each for each in FILTERS if each.list_values and each.name not in {group.key for group in lines}]
    chosen = [each for each in rest if page.address.chosen(each.name)]
    others = [pill for each in chosen for pill in make_pills(page, each).pills if pill.is_chosen]
    found = page.table.count_found(page.address.filters)
    return templates.compose("frame", "filters", page=page, lines=lines, others=others, found=found)


def compose_search(page: Page) -> Markup:
    """Return the search, and the filters that have no room in the bar; nothing where filters change nothing."""
    if not page.address.view.is_filtered:
        return Markup()
    groups = [make_pills(page, each) for each in FILTERS if each.list_values and each.has_control]
    more = [group for group in groups if group.key not in IN_BAR or len(group.pills) > MOST_PILLS]
    # The form for words sends along what the pills have chosen.
    kept = [(name, text) for name, text in page.address.filters.active.items() if name != "q"]
    return templates.compose("frame", "find", page=page, more=more, kept=kept)


def make_pills(page: Page, filter_: Filter) -> PillGroup:
    """Return the values of a filter as links that toggle: each joins the others, or takes their place."""
    table, chosen = page.table, page.address.chosen(filter_.name)
    known = dict(filter_.list_values(table)) if filter_.list_values else {}
    if filter_.name == "province":
        known = {slug: name for slug, name in known.items() if slug in table.areas}
    # An address may state a month where the pills offer years.
    values = {**known, **{value: name_period(value) for value in chosen if value not in known}}
    return PillGroup(key=filter_.name, pills=[make_pill(page, filter_, value, name) for value, name in values.items()])


def name_period(covers: str) -> Name:
    """Return the name of a period that an address states."""
    period = Period(covers=covers, words=covers)
    return Name(vi=format_period(period, "vi"), en=format_period(period, "en"))


def name_value(page: Page, filter_: Filter, value: str) -> str:
    """Return the page's words for a value that has no name in the catalogue."""
    match filter_.name:
        case "nature":
            return page.words(f"nature.{value}")
        case "coverage":
            return page.words(f"coverage.kind.{value}")
        case _:
            return page.words(f"filter.{value}")


def make_pill(page: Page, filter_: Filter, value: str, name: Name | None) -> Pill:
    """Return one value of a filter as a link."""
    chosen = page.address.chosen(filter_.name)
    is_chosen = value in chosen
    others = tuple(each for each in chosen if each != value) if filter_.many else ()
    ordered = filter_.sort(page.table, others if is_chosen else (*others, value))
    province = page.table.collection.provinces.get(value) if filter_.name == "province" else None
    return Pill(
        name=page.words.pick(name) if name else name_value(page, filter_, value),
        href=page.link(**{filter_.name: tuple(ordered), "page": 1}),
        is_chosen=is_chosen,
        colour=page.colour(province) if province else "",
    )
