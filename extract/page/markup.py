"""HTML that holds text from data, escaped in one place: `Markup.format` escapes whatever is not HTML already.

Streamlit reads nearly every string as markdown; only HTML made here shows a quote letter for letter. Each view composes
its own parts in a module named after it (`view_compare`, `view_claim`, …); what several of them say stands here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from extract.claims.collection import CheckedClaim, Source
from extract.claims.records import Article, Province
from extract.claims.wording import Wording
from extract.figures.formats import SIGNS, format_percent, format_period
from extract.figures.table import SHARE_UNIT, FigureTable, axis_value
from extract.page.address import Address

# Okabe and Ito's colours, told apart by colour-blind readers: https://jfly.uni-koeln.de/color/
PROVINCE_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
GREY = "#8a8f98"
ROWS_OF_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page is composed from: the data's look-ups, the words of its language, and its address."""

    index: FigureTable
    words: Wording
    address: Address

    def link(self, **changes: object) -> str:
        """Return the link to this page with changes of its address."""
        return self.address.to(**changes)

    def colour(self, province: Province) -> str:
        """Return a province's colour, the same in every view; where provinces outnumber colours, the chosen ones'."""
        provinces = list(self.index.collection.provinces)
        if len(provinces) > len(PROVINCE_COLOURS):
            provinces = list(self.address.chosen("province"))
        place = provinces.index(province.slug) if province.slug in provinces else len(PROVINCE_COLOURS)
        return PROVINCE_COLOURS[place] if place < len(PROVINCE_COLOURS) else GREY


def join(parts: Iterable[Markup | str], between: str = "") -> Markup:
    """Return parts as one piece of HTML, each escaped unless it is HTML already."""
    return escape(between).join(parts)


def compose_link(href: str, text: str | Markup, *, css: str = "", current: bool = False) -> Markup:
    """Return a link; `current` marks where the reader is."""
    return Markup('<a href="{}"{}{}>{}</a>').format(
        href,
        Markup(' class="{}"').format(css) if css else "",
        Markup(' aria-current="page"') if current else "",
        text,
    )


def compose_dot(page: Page, province: Province) -> Markup:
    """Return the coloured dot that stands before a province's name."""
    return Markup('<i class="dot" style="background:{}"></i>').format(page.colour(province))


def format_article_name(article: Article, source: Source | None, words: Wording) -> str:
    """Return an article's title in the page's language; its opening words where it has none."""
    title = words.choose(article.title, article.title_en)
    if title:
        return title
    opening = " ".join(source.text.text.split()[:9]) if source else article.seed
    return words("article.untitled", words=f"{opening}…")


def compose_notice(text: str) -> Markup:
    """Return one plain sentence on the state of the page."""
    return Markup('<p class="notice" role="status">{}</p>').format(text)


def compose_section(title: str) -> Markup:
    """Return the title of a part of a view."""
    return Markup('<h2 class="section">{}</h2>').format(title)


def format_unit(page: Page, unit: str) -> str:
    """Return the name of a panel's axis."""
    if unit == SHARE_UNIT:
        return page.words("panel.share")
    record = page.index.collection.units[unit]
    return page.words.choose(record.name.vi, record.plural_en)


def format_hedged(checked: CheckedClaim) -> str:
    """Return the figure's own words, after the sign of its hedge where it has one."""
    sign = SIGNS[checked.claim.qualifier]
    return f"{sign} {checked.claim.figure}" if sign else checked.claim.figure


def format_what(page: Page, checked: CheckedClaim) -> str:
    """Return what a figure measures, where it is not the whole province, and when: the small line beside it."""
    place = checked.claim.place
    where = f" · {page.words.choose(place.words, place.name_en)}" if place else ""
    return f"{page.words.pick(checked.indicator.name)}{where} · {format_when(page, checked)}"


def format_when(page: Page, checked: CheckedClaim) -> str:
    """Return a figure's period, named as unstated where the article states none."""
    period = checked.sentence.period
    text = format_period(period, page.words.lang)
    return text if period.is_stated else f"{page.words('table.period').lower()}: {text}"


def format_by(page: Page, article: Article) -> str:
    """Return who reports an article's figures, who published it, and when."""
    words = page.words
    reporter = words.choose(article.reported_by, article.reported_by_en)
    return (
        f"{reporter or words('claim.unknown')} — {format_publisher(page, article)}, {format_published(page, article)}"
    )


def format_publisher(page: Page, article: Article) -> str:
    """Return who published an article, or that it does not say."""
    publisher = article.publisher
    if publisher is None:
        return f"{page.words('claim.publisher').lower()}: {page.words('claim.unknown')}"
    return page.words.choose(publisher.name, publisher.name_en)


def format_published(page: Page, article: Article) -> str:
    """Return the day an article was published, or that it does not say."""
    if article.published is None or not article.published.is_stated:
        return f"{page.words('claim.published').lower()}: {page.words('claim.unknown')}"
    return format_period(article.published, page.words.lang)


def format_detail(page: Page, checked: CheckedClaim) -> str:
    """Return the lines under a mark's name: what it measures and when, and the share computed from its two numbers."""
    if checked.claim.of is None:
        return format_what(page, checked)
    return f"{format_what(page, checked)} · {format_percent(checked.claim.value, checked.claim.of, page.words.lang)}"


def format_alt(page: Page, checked: CheckedClaim) -> str:
    """Return a mark's text alternative: province, figure, what it measures and when."""
    return f"{page.words.pick(checked.province.name)}: {format_hedged(checked)}, {format_detail(page, checked)}"


def share_of(checked: CheckedClaim) -> Decimal:
    """Return the part of the whole that a share figure states, from 0 to 1, unrounded."""
    return axis_value(checked)
