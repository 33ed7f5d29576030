"""The reverse view: an article's whole text with every number of it accounted for."""

from collections.abc import Sequence

from markupsafe import Markup

from extract.claims.collection import CheckedClaim, LedgerEntry, Source
from extract.page.address import View
from extract.page.markup import (
    Page,
    compose_dot,
    compose_link,
    format_article_name,
    format_by,
    format_published,
    format_publisher,
    format_what,
    join,
)
from extract.text.mentions import Kind


def compose_article_list(page: Page, sources: Sequence[Source]) -> Markup:
    """Return articles as a list: title, publisher, day, and how many figures each reports."""
    words = page.words
    return (
        Markup('<ul class="articles">{}</ul>').format(
            join(Markup("<li>{}</li>").format(_compose_article_item(page, source)) for source in sources)
        )
        if sources
        else Markup('<p class="absent">{}</p>').format(words("coverage.none"))
    )


def _compose_article_item(page: Page, source: Source) -> Markup:
    words, article = page.words, source.record.article
    province = page.index.collection.provinces[article.province]
    figures = len(page.index.by_seed.get(article.seed, ()))
    numbers = len(page.index.ledger.get(article.seed, ()))
    line = words(
        "article.figures", figures=words.count("count.figures", figures), numbers=words.count("count.numbers", numbers)
    )
    return Markup('{}<p class="what">{}<b>{}</b> · {} · {} · {}</p>{}').format(
        compose_link(
            page.link(
                view=View.ARTICLES, article=article.seed.removesuffix(".txt"), figure="", province=(), topic=(), page=1
            ),
            format_article_name(article, source, words),
            css="title",
        ),
        compose_dot(page, province),
        words.pick(province.name),
        format_publisher(page, article),
        format_published(page, article),
        line,
        Markup("") if figures else Markup('<p class="absent">{}</p>').format(words("article.none")),
    )


def compose_article(page: Page, source: Source) -> Markup:
    """Return an article's whole text: figures link to their claims, every other number says why it is none."""
    words, article = page.words, source.record.article
    entries = page.index.ledger.get(article.seed, ())
    note = words.choose(article.note_vi, article.note)
    return Markup(
        '<section class="article"><p class="back">{back}</p><h2 lang="vi">{name}</h2><p class="what">{by}</p>{note}'
        '<h3>{text}</h3><p class="absent">{letter}</p>{legend}<div class="text" lang="vi">{body}</div></section>'
    ).format(
        back=compose_link(page.link(article="", figure=""), words("article.back")),
        name=article.title or format_article_name(article, source, words),
        by=format_by(page, article),
        note=Markup('<p class="note">{}</p>').format(note) if note else "",
        text=words("article.text"),
        letter=words("article.reading.note"),
        legend=_compose_legend(page, source),
        body=_compose_text(page, source, entries),
    )


def _compose_legend(page: Page, source: Source) -> Markup:
    """Return the topics that the text's figures are marked by."""
    present = {checked.topic.id for checked in page.index.by_seed.get(source.record.article.seed, ())}
    topics = enumerate(page.index.collection.topics.values())
    return Markup('<p class="legend">{}</p>').format(
        join(
            Markup('<span style="--topic:{}">{}</span>').format(place, page.words.pick(topic.name))
            for place, topic in topics
            if topic.id in present
        )
    )


def _compose_text(page: Page, source: Source, entries: Sequence[LedgerEntry]) -> Markup:
    raw = source.text.raw
    figures = {checked.claim.id: checked for checked in page.index.by_seed.get(source.record.article.seed, ())}
    parts: list[Markup | str] = []
    at = 0
    for entry in entries:
        checked = figures.get(entry.claim or "")
        start, end = (checked.figure_start, checked.figure_end) if checked else (entry.start, entry.end)
        if start < at:
            continue
        parts.append(raw[at:start])
        parts.append(_compose_number_in_text(page, checked, entry, raw[start:end]))
        at = end
    parts.append(raw[at:])
    return join(parts)


def _compose_number_in_text(page: Page, checked: CheckedClaim | None, entry: LedgerEntry, text: str) -> Markup:
    if checked is None:
        return Markup('<span class="aside" title="{}">{}</span>').format(format_reason(page, entry), text)
    topics = list(page.index.collection.topics)
    return Markup(
        '<a class="inline" data-figure="{}" style="--topic:{}" href="{}" title="{}"><mark>{}</mark></a>'
    ).format(
        checked.claim.id,
        topics.index(checked.topic.id),
        page.link(figure=checked.claim.id),
        format_what(page, checked),
        text,
    )


def format_reason(page: Page, entry: LedgerEntry) -> str:
    """Return why a number is no claim: the grammar's reason in the page's words, else the curator's."""
    if entry.kind is not Kind.FIGURE:
        return page.words(f"reason.{entry.kind}")
    return page.words.choose(entry.reason_vi, entry.reason)


def compose_ledger(page: Page, source: Source) -> Markup:
    """Return the account of every number of an article: the claim it is, or why it is none."""
    words = page.words
    entries = page.index.ledger.get(source.record.article.seed, ())
    claimed = sum(1 for entry in entries if entry.claim)
    line = words(
        "article.ledger.line",
        numbers=words.count("count.numbers", len(entries)),
        claimed=claimed,
        aside=len(entries) - claimed,
    )
    rows = join(
        Markup('<tr><td class="value">{}</td><td>{}</td><td>{}</td></tr>').format(
            entry.text,
            words(f"kind.{entry.kind}"),
            compose_link(page.link(figure=entry.claim), words.pick(page.index.claims[entry.claim].indicator.name))
            if entry.claim
            else format_reason(page, entry),
        )
        for entry in entries
    )
    return Markup(
        '<section class="ledger"><h3>{}</h3><p>{}</p><div class="scroll" tabindex="0" role="region" aria-label="{}">'
        '<table class="figures"><thead><tr><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr>'
        "</thead><tbody>{}</tbody></table></div></section>"
    ).format(
        words("article.ledger"),
        line,
        words("article.ledger"),
        words("article.number"),
        words("article.kind"),
        words("article.account"),
        rows,
    )
