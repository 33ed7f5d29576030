"""All articles, or one article's whole text with every number of it accounted for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from extract.claims.collection import Account, CheckedClaim, LedgerEntry, Source
from extract.page import templates
from extract.page.article_pages import find_pages
from extract.page.captions import explain_entry
from extract.page.page import Page
from extract.page.views import Content

ARTICLES_OF_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of an article's text: a figure with its claim, another number with why it is none, or text between."""

    text: str
    checked: CheckedClaim | None = None
    topic: int = 0
    """The number of the figure's topic, which gives its colour."""
    why: str = ""
    account: Account = Account.CLAIMED
    """Of a number that is no figure, who set it aside, and how surely."""


def compose(page: Page) -> Content:
    """Return the list of articles, or the article that the address names."""
    source = page.table.sources.get(page.address.article)
    if source is None:
        return Content(blocks={"articles": (compose_list(page, page.table.collection.sources),)})
    figures = {checked.claim.id: checked for checked in page.table.by_seed.get(source.record.article.seed, ())}
    entries = page.table.ledger.get(source.record.article.seed, ())
    starts = find_pages(page.table, page.address.article)
    at = min(page.address.page, len(starts))
    span = (starts[at - 1], [*starts, len(source.text.raw)][at])
    shown = [entry for entry in entries if span[0] <= entry.start < span[1]]
    present = {checked.topic.id for checked in figures.values()}
    counts = Counter(entry.account for entry in entries)
    article = templates.compose(
        "articles",
        "article",
        page=page,
        source=source,
        topics=[each for each in enumerate(page.table.collection.topics.values()) if each[1].id in present],
        accounts=[account for account in Account if counts[account] and account is not Account.CLAIMED],
        pieces=list(cut_text(page, source, figures, shown, span)),
        at=at,
        pages=len(starts),
    )
    ledger = templates.compose("articles", "ledger", page=page, entries=shown, counts=counts)
    return Content(blocks={"article": (article,)}, ledger=ledger)


def compose_list(page: Page, sources: Sequence[Source]) -> Markup:
    """Return the page of a list of articles that the address asks for, the last one where it asks for more."""
    pages = -(-len(sources) // ARTICLES_OF_A_PAGE)
    at = max(min(page.address.page, pages), 1)
    shown = sources[(at - 1) * ARTICLES_OF_A_PAGE : at * ARTICLES_OF_A_PAGE]
    return templates.compose("articles", "list", page=page, sources=shown, at=at, pages=pages)


def cut_text(
    page: Page,
    source: Source,
    figures: Mapping[str, CheckedClaim],
    entries: Iterable[LedgerEntry],
    span: tuple[int, int],
) -> Iterator[Piece]:
    """Yield a span of an article's text, with its numbers, in pieces that make it up; of what overlaps, the first."""
    raw, topics = source.text.raw, list(page.table.collection.topics)
    at, last = span
    for entry in entries:
        checked = figures.get(entry.claim or "")
        start, end = entry.start, entry.end
        # Where the article says it once more, only the number is marked.
        if checked is not None and checked.figure_start <= entry.start < checked.figure_end:
            start, end = checked.figure_start, checked.figure_end
        end = min(end, last)
        if start < at:
            continue
        yield Piece(text=raw[at:start])
        if checked is not None:
            yield Piece(text=raw[start:end], checked=checked, topic=topics.index(checked.topic.id))
        else:
            yield Piece(text=raw[start:end], why=explain_entry(page, entry), account=entry.account)
        at = end
    yield Piece(text=raw[at:last])
