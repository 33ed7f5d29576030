"""What search engines ask for: the addresses of the page, in both languages, and where they stand.

The protocol is that of sitemaps.org, which allows 50,000 addresses a file; more stand on pages behind an index. Each
address names the same page in the other language, as Google's "localized versions" has it.
"""

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import quoteattr

from extract.claims.records import LANGS
from extract.figures.filters import Filters
from extract.figures.table import FigureTable
from extract.page.address import Address, View

NAME: Final = "sitemap.xml"
MOST: Final = 50_000
"""Addresses of one file."""
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def list_addresses(table: FigureTable) -> Iterator[Address]:
    """Yield what readers may look for: the views, each province, each article, each figure."""
    yield from (Address(view=view) for view in View)
    for slug in table.collection.provinces:
        if slug in table.areas:
            yield Address(view=View.PROVINCE, filters=Filters(province=slug))
    yield from (Address(view=View.ARTICLES, article=seed) for seed in table.sources)
    yield from (Address(figure=claim) for claim in table.claims)


def count_pages(table: FigureTable, most: int = MOST) -> int:
    """Return how many files of at most so many addresses the sitemap takes."""
    return -(-len(LANGS) * sum(1 for _ in list_addresses(table)) // most)


def make_sitemap(table: FigureTable, base: str, page: int = 0, most: int = MOST) -> bytes:
    """Return a page of the sitemap, counted from 1; as page 0 the whole, or the index where it takes several.

    `base` is the page's address, with a slash at its end.
    """
    pages = count_pages(table, most)
    if page == 0 and pages > 1:
        maps = "".join(f"<sitemap><loc>{base}{NAME}?page={each}</loc></sitemap>\n" for each in range(1, pages + 1))
        return f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{maps}</sitemapindex>\n".encode()
    entries = [entry for address in list_addresses(table) for entry in _make_entries(address, base)]
    shown = entries[max(page - 1, 0) * most :][:most]
    links = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{_HEAD}<urlset {_NAMESPACE} {links}>\n{''.join(shown)}</urlset>\n".encode()


def _make_entries(address: Address, base: str) -> Iterator[str]:
    """Yield the address in each language, each beside all and the one that goes by the reader's browser."""
    found: dict[str, str] = {lang: base + address.to(lang=lang) for lang in LANGS}
    found_any = {**found, "x-default": base + address.to().removesuffix("?")}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href={quoteattr(href)}/>' for lang, href in found_any.items()
    )
    for href in found.values():
        yield f"<url><loc>{quoteattr(href)[1:-1]}</loc>{links}</url>\n"


def make_robots(base: str) -> bytes:
    """Return what robots may ask for: all but the parts that only the page itself needs, and where the sitemap is."""
    return f"User-agent: *\nDisallow: /claim\nDisallow: /media/\n\nSitemap: {base}{NAME}\n".encode()
