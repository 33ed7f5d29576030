"""Where the pages and tables of a published site stand, and its links: to those that are published, or none."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape, unescape
from posixpath import dirname, relpath
from typing import Final
from urllib.parse import parse_qsl, quote

from extract.claims.records import Lang
from extract.figures.filters import NO_FILTERS
from extract.figures.table import FigureTable
from extract.page.address import Address, View, parse_query

ASSETS: Final = "assets"
DATA: Final = "data"
TABLE_FILTERS: Final = {"province", "topic", "period", "measure"}
"""What a published table of figures may be filtered by."""
_HREF: Final = re.compile(r' (?P<name>(?:xlink:)?href)="(?P<href>[^"]*)"')
_TABLES: Final = re.compile(r"figures\.(?P<kind>csv|json)\?(?P<query>.+)")


def find_path(address: Address) -> str | None:
    """Return the file of a page in its language's folder, with the place in it; None for one that is not published.

    Whatever stands beside an open figure, the figure has one page. A province's figures on one topic stand on its page.
    """
    if address.view is View.ABOUT:
        return "about.html"
    if address.view is View.ARTICLES and address.article:
        number = f"/{address.page}" if address.page > 1 else ""
        return f"article/{address.article}{number}.html" + (f"#figure-{address.figure}" if address.figure else "")
    if address.figure:
        return f"figure/{address.figure}.html"
    if address.view is View.ARTICLES:
        return f"articles{_number(address)}.html"
    return find_filtered(address)


def find_filtered(address: Address) -> str | None:
    """Return likewise the file of a view that filters change."""
    chosen = {name: address.chosen(name) for name in address.filters.active}
    if address.view is View.FIGURES:
        named = "".join(f"-{name}-{address.filters.text(name)}" for name in chosen).replace("/", "_")
        return f"figures{named}{_number(address)}.html" if chosen.keys() <= TABLE_FILTERS and not address.sort else None
    if chosen.keys() == {"measure"}:
        return f"measure/{address.filters.text('measure')}.html"
    if not chosen.keys() <= {"province", "topic"} or len(chosen.get("province", ())) > 1:
        return None
    province, topic = (address.filters.text(name) for name in ("province", "topic"))
    if province:
        number = _number(address) if address.view is View.PROVINCE else ""
        place = f"#{province}-{topic}" if topic else ""
        return None if "," in topic else f"province/{province}{number}.html{place}"
    everything = "provinces.html" if address.view is View.PROVINCE else "index.html"
    return f"topic/{topic}.html" if topic else everything


def find_shown(address: Address) -> Address:
    """Return the one address whose page stands at the path of an address."""
    filters = address.filters
    if address.view in (View.ABOUT, View.ARTICLES):
        return replace(address, lang="", figure="", filters=NO_FILTERS)
    if address.figure:
        return Address(figure=address.figure)
    if address.view is View.FIGURES:
        return Address(view=View.FIGURES, filters=filters, page=address.page)
    if province := filters.text("province"):
        page = address.page if address.view is View.PROVINCE else 1
        return Address(view=View.PROVINCE, filters=NO_FILTERS.change(province=province), page=page)
    return Address(view=View.COMPARE if filters.active else address.view, filters=filters)


def _number(address: Address) -> str:
    return f"-{address.page}" if address.page > 1 else ""


class Links:
    """The links of a site in one language: each page that they lead to is told once, to be published in its turn."""

    def __init__(self, table: FigureTable, lang: Lang) -> None:
        """Know the table that addresses are of."""
        self._table = table
        self._lang = lang
        self._known: dict[str, str | None] = {}
        self._told: set[str] = set()
        self._waiting: list[tuple[str, Address]] = []
        self.tables: dict[str, dict[str, str]] = {}
        """The tables that links lead to, by their files: the query that selects their rows."""

    def tell(self, address: Address) -> str | None:
        """Return the path of a page from the top of the site, and let it be published; None for one that is not."""
        lang = address.lang or self._lang
        own = find_path(address)
        if own is None:
            return None
        file = own.partition("#")[0]
        province, topic = (address.filters.text(name) for name in ("province", "topic"))
        if file.startswith("province/") and not self._table.count(province, topic):
            own = file  # its page has no place for what it does not report
        if lang == self._lang and file not in self._told:
            self._told.add(file)
            self._waiting.append((file, find_shown(address)))
        return f"{lang}/{own}"

    def take(self) -> Iterator[tuple[str, Address]]:
        """Yield the path from the top and the address of every page that has been told, those told meanwhile, too."""
        while self._waiting:
            file, address = self._waiting.pop()
            yield f"{self._lang}/{file}", address

    def relocate(self, html: str, path: str) -> str:
        """Return the HTML of a page with its links led to files; a link to what is not published is none any more."""
        return _HREF.sub(lambda match: self._relocate(match["name"], match["href"], path), html)

    def _relocate(self, name: str, href: str, path: str) -> str:
        if href not in self._known:
            self._known[href] = self._find_target(unescape(href))
        target = self._known[href]
        if target is None:
            return ""
        if target.startswith(("#", "http://", "https://")):
            return f' {name}="{href}"'
        return f' {name}="{escape(make_relative(target, path))}"'

    def _find_target(self, href: str) -> str | None:
        """Return what a link leads to from the top of the site, or as it is where it leads out of it."""
        if href.startswith(("#", "http://", "https://", f"{ASSETS}/", f"{DATA}/")):
            return href
        if href.startswith("?"):
            address, unknown = parse_query(dict(parse_qsl(href[1:])), self._table)
            return None if unknown else self.tell(address)
        match = _TABLES.fullmatch(href)
        if match is None:
            return f"{DATA}/{href}" if href in ("figures.csv", "figures.json", "figures.zip") else None
        query = dict(parse_qsl(match["query"]))
        if query.keys() == {"figure"}:
            file = f"{DATA}/figure/{query['figure']}.{match['kind']}"
        else:
            named = "".join(f"-{name}-{text}" for name, text in query.items()).replace("/", "_")
            file = f"{DATA}/figures{named}.{match['kind']}"
        self.tables[file] = query
        return file


def make_relative(target: str, path: str) -> str:
    """Return the link from a page to another file, both told from the top of the site.

    >>> make_relative("vi/figure/x.html#place", "en/figure/x.html"), make_relative("en/index.html", "en/index.html")
    ('../../vi/figure/x.html#place', 'index.html')
    """
    file, mark, place = target.partition("#")
    return quote(relpath(file, dirname(path) or "."), safe="/,") + mark + place


Write = Callable[[str, str | bytes], None]
"""Writes a file of a site, told from its top."""
