"""What the page says of one figure and of one article, in the reader's language: the small lines beside them."""

from extract.claims.collection import Certainty, CheckedClaim, LedgerEntry, Source
from extract.claims.inherited import Office, find_office
from extract.claims.records import Article, CoverageKind, Nature, Period
from extract.claims.wording import Wording
from extract.figures.formats import format_figure, format_number, format_percent, format_period
from extract.figures.ratios import compute_remainder
from extract.page.page import Page


def format_name(page: Page, checked: CheckedClaim) -> str:
    """Return what a figure measures; of a change, that it is one, and against what time."""
    name, base = page.words.pick(checked.name), checked.claim.base
    if not checked.is_change or base is None:
        return name
    return page.words("change.name", name=name, base=format_base(page, base))


def format_base(page: Page, base: Period) -> str:
    """Return the earlier period of a change in a few words."""
    return format_period(base, page.words.lang) if base.is_stated else page.words("change.base.unstated")


def format_what(page: Page, checked: CheckedClaim) -> str:
    """Return what a figure measures, what it covers where that is not the whole province, and when."""
    return f"{format_name(page, checked)} · {format_scope(page, checked)}"


def format_scope(page: Page, checked: CheckedClaim) -> str:
    """Return what a figure covers, where that is not the whole province, and when."""
    return " · ".join(part for part in (format_partial_coverage(page, checked), format_when(page, checked)) if part)


def format_partial_coverage(page: Page, checked: CheckedClaim) -> str:
    """Return whose work or which area a figure covers; empty where it is the whole province, or not stated."""
    coverage = checked.coverage
    if coverage is None or coverage.name is None or coverage.kind is CoverageKind.PROVINCE:
        return ""
    return page.words("coverage.named", name=page.words.pick(coverage.name))


def format_short_coverage(page: Page, checked: CheckedClaim) -> str:
    """Return the same in a few words; a part of the province by its name."""
    coverage = checked.coverage
    if coverage is None or coverage.kind is CoverageKind.PROVINCE:
        return ""
    if coverage.kind is CoverageKind.PLACE:
        return format_partial_coverage(page, checked)
    return page.words(f"coverage.kind.{coverage.kind}")


def format_when(page: Page, checked: CheckedClaim) -> str:
    """Return a figure's period, named as unstated where the article states none."""
    period = checked.period
    text = format_period(period, page.words.lang)
    return text if period.is_stated else f"{page.words('table.period').lower()}: {text}"


def format_part(page: Page, checked: CheckedClaim) -> str:
    """Return the share that a figure is of its whole and what remains, both computed; empty without a whole."""
    claim, words = checked.claim, page.words
    if claim.of is None:
        return ""
    rest = compute_remainder(claim)
    parts = [
        format_percent(claim.value, claim.of, words.lang),
        words("remainder.line", n=format_number(rest, words.lang)) if rest else "",
    ]
    return " · ".join(part for part in parts if part)


def format_reader(page: Page, checked: CheckedClaim) -> str:
    """Return that a person read a figure's number, and why; empty where the grammar reads it."""
    read = checked.claim.read
    return page.words("claim.read_by_person", why=page.words.choose(read.why_vi, read.why)) if read else ""


def format_detail(page: Page, checked: CheckedClaim) -> str:
    """Return what stands beside a number: its measure, what it covers, when, its share of its whole, who read it."""
    parts = (format_what(page, checked), format_part(page, checked), format_reader(page, checked))
    return " · ".join(part for part in parts if part)


def format_alt(page: Page, checked: CheckedClaim) -> str:
    """Return a mark's text alternative: province, figure, and all that stands beside it."""
    figure = format_figure(checked, page.words.lang)
    return f"{page.words.pick(checked.province.name)}: {figure}, {format_detail(page, checked)}"


def format_axis(page: Page, checked: CheckedClaim) -> str:
    """Return the name of the axis that a figure is drawn on."""
    if checked.measure.nature is Nature.SHARE and not checked.is_change:
        return page.words("panel.share")
    return page.words.choose(checked.unit.name.vi, checked.unit.plural_en)


def format_article_name(article: Article, source: Source | None, words: Wording) -> str:
    """Return an article's title in the page's language; its opening words where it has none."""
    title = words.choose(article.title, article.title_en)
    if title:
        return title
    opening = " ".join(source.text.text.split()[:9]) if source else article.seed
    return words("article.untitled", words=f"{opening}…")


def format_by(page: Page, article: Article, office: Office | None = None) -> str:
    """Return who reports an article's figures, or one of them, who published it, and when."""
    name, name_en = office or find_office(article)
    reporter = page.words.choose(name, name_en) or page.words("claim.unknown")
    return f"{reporter} — {format_publisher(page, article)}, {format_published(page, article)}"


def format_publisher(page: Page, article: Article) -> str:
    """Return who published an article, or that it does not say."""
    publisher = article.publisher
    if publisher is None:
        return f"{page.words('claim.publisher').lower()}: {page.words('claim.unknown')}"
    return page.words.choose(publisher.name, publisher.name_en)


def format_published(page: Page, article: Article) -> str:
    """Return the day an article was published, or that it is not known; the day of its event where it states one."""
    words = page.words
    if article.published is not None and article.published.is_stated:
        return format_period(article.published, words.lang)
    event = f"{words('claim.event').lower()}: {format_period(article.event, words.lang)}; " if article.event else ""
    return f"{event}{words('claim.published.unknown')}"


def explain_entry(page: Page, entry: LedgerEntry) -> str:
    """Return why a number is no claim: the curator's reason, else the grammar's in the page's words, and any doubt."""
    if entry.certainty is Certainty.CONFIRMED:
        return page.words.choose(entry.reason_vi, entry.reason)
    reason = page.words(f"reason.{entry.kind}")
    return page.words("article.doubtful", reason=reason) if entry.certainty is Certainty.DOUBTFUL else reason


def format_coverage(page: Page, checked: CheckedClaim) -> str:
    """Return whose work or which area a figure covers, the whole province included; never empty."""
    coverage, place, words = checked.coverage, checked.place, page.words
    whole = words("coverage.unstated") if coverage is None else words(f"coverage.kind.{coverage.kind}")
    named = format_partial_coverage(page, checked) or whole
    if place is None or (coverage is not None and coverage.kind is CoverageKind.PLACE):
        return named
    return f"{words.choose(place.words, place.name_en)}: {named}"
