"""What the page says of one figure and of one article, in the reader's language: the small lines beside them."""

from extract.claims.collection import CheckedClaim, LedgerEntry, Source
from extract.claims.records import Article
from extract.claims.wording import Wording
from extract.figures.formats import SIGNS, format_percent, format_period
from extract.figures.table import SHARE_UNIT
from extract.page.page import Page
from extract.text.mentions import Kind


def format_hedged(checked: CheckedClaim) -> str:
    """Return the figure's own words, after the sign of its hedge where it has one."""
    sign = SIGNS[checked.claim.qualifier]
    return f"{sign} {checked.claim.figure}" if sign else checked.claim.figure


def format_what(page: Page, checked: CheckedClaim) -> str:
    """Return what a figure measures, where it is not the whole province, and when."""
    place = checked.claim.place
    where = f" · {page.words.choose(place.words, place.name_en)}" if place else ""
    return f"{page.words.pick(checked.name)}{where} · {format_when(page, checked)}"


def format_when(page: Page, checked: CheckedClaim) -> str:
    """Return a figure's period, named as unstated where the article states none."""
    period = checked.sentence.period
    text = format_period(period, page.words.lang)
    return text if period.is_stated else f"{page.words('table.period').lower()}: {text}"


def format_detail(page: Page, checked: CheckedClaim) -> str:
    """Return the line under a mark's name: what it measures and when, and the share computed from its two numbers."""
    if checked.claim.of is None:
        return format_what(page, checked)
    return f"{format_what(page, checked)} · {format_percent(checked.claim.value, checked.claim.of, page.words.lang)}"


def format_alt(page: Page, checked: CheckedClaim) -> str:
    """Return a mark's text alternative: province, figure, what it measures and when."""
    return f"{page.words.pick(checked.province.name)}: {format_hedged(checked)}, {format_detail(page, checked)}"


def format_axis(page: Page, unit: str) -> str:
    """Return the name of a panel's axis."""
    if unit == SHARE_UNIT:
        return page.words("panel.share")
    record = page.table.collection.units[unit]
    return page.words.choose(record.name.vi, record.plural_en)


def format_article_name(article: Article, source: Source | None, words: Wording) -> str:
    """Return an article's title in the page's language; its opening words where it has none."""
    title = words.choose(article.title, article.title_en)
    if title:
        return title
    opening = " ".join(source.text.text.split()[:9]) if source else article.seed
    return words("article.untitled", words=f"{opening}…")


def format_by(page: Page, article: Article) -> str:
    """Return who reports an article's figures, who published it, and when."""
    reporter = page.words.choose(article.reported_by, article.reported_by_en) or page.words("claim.unknown")
    return f"{reporter} — {format_publisher(page, article)}, {format_published(page, article)}"


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


def explain_entry(page: Page, entry: LedgerEntry) -> str:
    """Return why a number is no claim: the grammar's reason in the page's words, else the curator's."""
    if entry.kind is not Kind.FIGURE:
        return page.words(f"reason.{entry.kind}")
    return page.words.choose(entry.reason_vi, entry.reason)
