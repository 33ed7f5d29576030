"""What search engines and messengers are told of a page: its title, what it says, its picture, its data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from extract.claims.collection import CheckedClaim, Source
from extract.claims.records import LANGS, Article
from extract.figures.formats import format_figure
from extract.figures.publication import KEYWORDS, LICENCE
from extract.page.address import View
from extract.page.captions import format_article_name, format_by, format_what
from extract.page.page import Page
from extract.page.views import NOTHING
from extract.page.views.frame import format_line, format_title


class Download(NamedTuple):
    """A file of the page's data."""

    address: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a document stands on the web."""

    site: str
    """The address of the whole, with a slash at its end."""
    address: str
    """The document's own, in its language: the one that engines are to list."""
    alternates: Mapping[str, str]
    """The same page by language; `x-default` where the reader's browser chooses."""
    picture: str = ""
    """The address of a picture of it."""
    downloads: Sequence[Download] = ()
    """The data that it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a document says of itself in its head."""

    title: str
    description: str
    icon: str
    is_listed: bool
    """Whether engines may list it: not what a search finds, nor what the address names in vain."""
    address: str = ""
    """Empty where nobody knows where it stands: then none of what follows is told."""
    alternates: Mapping[str, str] = field(default_factory=dict)
    picture: str = ""
    data: Markup = NOTHING
    """schema.org's terms, as JSON for a script element: no text of the data ends it."""


def make_preview(page: Page, *, icon: str, place: Place | None = None, is_listed: bool = True) -> Preview:
    """Return what is told of a page; without a place, only what needs no address."""
    title, description = format_title(page), describe_page(page)
    if place is None:
        return Preview(title=title, description=description, icon=icon, is_listed=is_listed)
    return Preview(
        title=title,
        description=description,
        icon=icon,
        is_listed=is_listed,
        address=place.address,
        alternates=place.alternates,
        picture=place.picture,
        data=htmlsafe_json_dumps(make_graph(page, place, title, description), ensure_ascii=False),
    )


def describe_page(page: Page) -> str:
    """Return what a page says, in a few sentences: of a figure its sentence and who reports it."""
    checked, source = find_open(page)
    if checked is not None:
        by = format_by(page, checked.article, checked.office)
        return f"{format_what(page, checked)}. “{choose_sentence(page, checked)}” {by}"
    if source is not None:
        return f"{format_by(page, source.record.article)}. {page.words('head.scope')}"
    found = page.table.count_found(page.address.filters)
    figures = page.words.count("count.figures", len(page.table.claims))
    filtered = [page.words("filter.on", n=found, figures=figures)] if page.address.is_filtered else []
    return " ".join([*filtered, format_line(page), page.words("head.scope")])


def find_open(page: Page) -> tuple[CheckedClaim | None, Source | None]:
    """Return the figure that stands open, and the article where no figure does."""
    checked = page.table.claims.get(page.address.figure)
    source = page.table.sources.get(page.address.article) if page.address.view is View.ARTICLES else None
    return checked, None if checked else source


def choose_sentence(page: Page, checked: CheckedClaim) -> str:
    """Return a figure's sentence in the reader's language, as far as it is translated."""
    return page.words.choose(checked.sentence.quote, checked.sentence.translation)


def make_graph(page: Page, place: Place, title: str, description: str) -> dict[str, Any]:
    """Return a page in schema.org's terms: a data set with its downloads; of a figure its sentence and source, too."""
    checked, source = find_open(page)
    nodes = [make_dataset(page, place, title, description)]
    if checked is not None:
        nodes.append(make_claim(page, checked, place, title))
    if source is not None:
        article = make_article(page, source.record.article, source)
        nodes.append({**article, "@id": f"{place.address}#article", "mainEntityOfPage": place.address})
    return {"@context": "https://schema.org", "@graph": nodes}


def make_dataset(page: Page, place: Place, title: str, description: str) -> dict[str, Any]:
    """Return the data that a page shows as a `Dataset`: a part of the whole where it shows a part, else the whole."""
    whole = {"@type": "Dataset", "@id": f"{place.site}#data"}
    is_part = page.address.is_filtered or page.address.figure in page.table.claims
    provinces = [each for each in page.table.collection.provinces.values() if each.slug in page.table.areas]
    years = page.table.years
    own: dict[str, Any] = (
        {"@id": f"{place.address}#data", "name": title, "description": description, "isPartOf": whole}
        if is_part
        else {
            "name": page.words("title"),
            "description": f"{format_line(page)} {page.words('head.scope')}",
            **({"temporalCoverage": f"{years[0]}/{years[-1]}"} if years else {}),
            "spatialCoverage": [
                {"@type": "Place", "name": page.words.pick(each.name), "identifier": each.iso_code}
                for each in provinces
            ],
        }
    )
    return {
        **whole,
        **own,
        "url": place.address if is_part else place.site,
        "inLanguage": list(LANGS),
        "isAccessibleForFree": True,
        "license": LICENCE["path"],
        "keywords": list(KEYWORDS),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": each.address, "encodingFormat": each.media_type}
            for each in place.downloads
        ],
    }


def make_claim(page: Page, checked: CheckedClaim, place: Place, title: str) -> dict[str, Any]:
    """Return a figure as a `Claim`: its sentence, letter for letter, and the article in which it appears."""
    source = page.table.sources[checked.article.seed.removesuffix(".txt")]
    return {
        "@type": "Claim",
        "@id": f"{place.address}#figure",
        "identifier": checked.claim.id,
        "url": place.address,
        "name": title,
        "description": f"{format_figure(checked, page.words.lang)}: {format_what(page, checked)}",
        "text": checked.sentence.quote,
        "inLanguage": "vi",
        "appearance": make_article(page, checked.article, source),
        "isPartOf": {"@id": f"{place.address}#data"},
    }


def make_article(page: Page, article: Article, source: Source) -> dict[str, Any]:
    """Return an article as a `NewsArticle`, with what is known of it."""
    published = article.published
    # Of the days that a period may cover, schema.org has words for one day, month or year only.
    is_one = published is not None and published.is_stated and "/" not in published.covers
    return {
        "@type": "NewsArticle",
        "headline": article.title or format_article_name(article, source, page.words),
        "inLanguage": "vi",
        **({"publisher": {"@type": "Organization", "name": article.publisher.name}} if article.publisher else {}),
        **({"datePublished": published.covers} if published is not None and is_one else {}),
        **({"url": article.url} if article.url is not None else {}),
    }
