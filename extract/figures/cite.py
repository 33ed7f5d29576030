"""Citations of a figure in Vietnamese and English, links to its sentence, and its row as JSON.

A citation states the publisher, the title, the date, the figure, its sentence and the addresses, and names those that
are not known. In English the sentence is the translation, and the article's own words for the figure stand in brackets.
"""

import json
import unicodedata
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from extract.claims.collection import CheckedClaim
from extract.claims.records import Article, Lang
from extract.figures.columns import FIGURES
from extract.figures.formats import format_day, format_figure, format_period

OPENING_WORDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrases:
    no_publisher: str
    no_date: str
    untitled: str
    event: str
    figure: str
    sentence: str
    record: str


_PHRASES: dict[Lang, _Phrases] = {
    "vi": _Phrases(
        no_publisher="Không rõ nơi đăng",
        no_date="không rõ ngày",
        untitled="Bài không có tít, mở đầu {opening}",
        event="Đưa tin về sự kiện: {day}",
        figure="Số liệu: {figure}",
        sentence="Nguyên văn: {quote}",
        record="Bản ghi: {link} (truy cập {day})",
    ),
    "en": _Phrases(
        no_publisher="Publisher not stated",
        no_date="n.d.",
        untitled="Untitled article that begins {opening}",
        event="Reports on an event of {day}",
        figure="Figure: {figure}",
        sentence="In translation: {quote}",
        record="Record: {link} (retrieved {day})",
    ),
}


def format_citation(checked: CheckedClaim, text: str, *, lang: Lang, link: str, retrieved: date) -> str:
    """Return the citation of a figure, in the order of APA's: who, when, what, where.

    `text` is the article's text: its opening words stand for a missing title. `link` is the figure's permanent link,
    `retrieved` the day that the reader saw it.
    """
    phrases, article = _PHRASES[lang], checked.article
    parts = [
        _end(f"{_format_publisher(article, lang)} ({_format_published(article, lang)})"),
        _end(_format_title(article, text, lang)),
        # Where the day of publication is not known, the event's is the only one to look for; it says what it is.
        *_format_event(article, lang),
        _end(phrases.figure.format(figure=_format_stated(checked, lang))),
        _end(phrases.sentence.format(quote=_quote(_choose_sentence(checked, lang)))),
        # No full stop: it would be taken for a part of the address.
        *([article.url] if article.url is not None else []),
        _end(phrases.record.format(link=link, day=format_day(retrieved, lang))),
    ]
    return " ".join(parts)


def _end(part: str) -> str:
    return part if part.rstrip("”").endswith((".", "!", "?", "…")) else f"{part}."


def _format_publisher(article: Article, lang: Lang) -> str:
    publisher = article.publisher
    if publisher is None:
        return _PHRASES[lang].no_publisher
    if lang == "en" and publisher.name_en is not None and publisher.name_en != publisher.name:
        return f"{publisher.name} [{publisher.name_en}]"
    return publisher.name


def _format_title(article: Article, text: str, lang: Lang) -> str:
    if article.title is None:
        return _PHRASES[lang].untitled.format(opening=_quote(find_opening(text)))
    title = _quote(article.title)
    return f"{title} [{article.title_en}]" if lang == "en" and article.title_en is not None else title


def _format_published(article: Article, lang: Lang) -> str:
    if article.published is None or not article.published.is_stated:
        return _PHRASES[lang].no_date
    return format_period(article.published, lang)


def _format_event(article: Article, lang: Lang) -> list[str]:
    if article.event is None or not article.event.is_stated:
        return []
    return [_end(_PHRASES[lang].event.format(day=format_period(article.event, lang)))]


def _format_stated(checked: CheckedClaim, lang: Lang) -> str:
    stated = format_figure(checked, lang)
    return _quote(stated) if lang == "vi" else f"{stated} [{checked.claim.figure}]"


def _choose_sentence(checked: CheckedClaim, lang: Lang) -> str:
    return (checked.sentence.translation if lang == "en" else None) or checked.sentence.quote


def _quote(words: str) -> str:
    return f"“{words}”"


def find_opening(text: str, words: int = OPENING_WORDS) -> str:
    """Return the first words of a text's first line that has any, with `…` where the line goes on."""
    line = next((line.split() for line in text.splitlines() if line.strip()), [])
    return " ".join(line[:words]) + ("…" if len(line) > words else "")


def is_unique(quoted: str, text: str) -> bool:
    """Tell whether a browser finds a quote in one place only: it ignores case and the width of spaces."""
    return _flatten(text).count(_flatten(quoted)) == 1


def _flatten(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def make_article_url(checked: CheckedClaim, text: str) -> str | None:
    """Return the article's web address, at the quote where it stands there once; None where no address is known.

    The text fragment follows the WICG draft "URL Fragment Text Directives": every character but ASCII letters, digits
    and `_.~` is percent-encoded, for `-`, `,` and `&` have a meaning there.
    """
    url = checked.article.url
    if url is None or not is_unique(checked.sentence.quote, text):
        return url
    joint = ":~:" if "#" in url else "#:~:"
    return f"{url}{joint}text={quote(checked.sentence.quote, safe='').replace('-', '%2D')}"


def format_json(checked: CheckedClaim) -> str:
    """Return a figure's row of figures.csv as one JSON object; null stands for nothing.

    Whole numbers are numbers, and all others are texts, so that no reader of JSON rounds them.
    """
    cells = {column.name: _parse_cell(column.format(checked), column.domain.type) for column in FIGURES.columns}
    return json.dumps(cells, ensure_ascii=False, indent=2)


def _parse_cell(text: str, kind: str) -> str | int | None:
    if not text:
        return None
    return int(text) if kind == "integer" else text
