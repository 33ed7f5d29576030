"""The whole as files for any web host: every view, figure, province and article in both languages, and the tables.

Links lead from file to file, so the folder works where it lies; nothing needs a script, and the search is there where
one runs. A page is written as soon as it is composed, and the folder takes its place by one rename when it is whole.
"""

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from extract.claims.collection import Collection
from extract.claims.files import REPOSITORY
from extract.claims.records import LANGS, Lang
from extract.claims.wording import Wording
from extract.figures.cite import format_json
from extract.figures.columns import FIGURES
from extract.figures.export import WHOLE, clear_killed, make_files, make_zip, open_scratch, refuse_own_directory
from extract.figures.filters import FILTERS, NO_FILTERS, parse_filters
from extract.figures.formats import format_figure
from extract.figures.parquet import make_parquet
from extract.figures.spreadsheet import make_spreadsheet
from extract.figures.table import FigureTable, format_csv, format_json_rows
from extract.page.address import Address, View
from extract.page.captions import format_what
from extract.page.page import Page
from extract.page.pictures import draw_svg
from extract.page.templates import Spec
from extract.page.views import Block, Content, compose_view
from extract.page.views.claim import compose_card
from extract.page.views.compare import list_provinces
from extract.page.views.frame import IN_BAR, MOST_PILLS, compose_head, format_line, make_pills
from extract.site.document import HERE, ICON, STYLE, compose, compose_document
from extract.site.paths import ASSETS, DATA, Links, Write, make_relative
from extract.site.preview import Download, Place, make_preview
from extract.site.words import compose_words

NAME: Final = "reported-figures-site"
MARKER: Final = "published.json"
"""The file that says of a folder that it was published, and nothing else."""
OWN: Final = re.compile(rf"index\.html|{'|'.join(LANGS)}|{ASSETS}|{DATA}|{re.escape(MARKER)}|sitemap(-\d+)?\.xml")
"""The names at the top of a published folder."""
BEFORE: Final = ".reported-figures-before-"
"""Where the folder stands that a new one takes the place of, for as long as that takes."""
MOST_OF_A_SITEMAP: Final = 50_000
"""Addresses (sitemaps.org)."""
WIDE, NARROW = 760, 300
"""Pixels: a chart that stands alone, and one in a column."""
_OWN_ID = re.compile(r'(?P<before> id="|url\(#)(?P<id>(?:clip|gradient)[^")]*)')
_FIGURE_PLACE = re.compile(r'<a class="inline" data-figure="(?P<id>[^"]+)"')
_CELL_PLACE = re.compile(r'st-key-cell_(?P<province>[a-z0-9-]+)_(?P<topic>[a-z0-9-]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was written."""

    files: int
    size: int
    """Bytes."""


def publish_site(
    collection: Collection,
    wording: Mapping[Lang, Wording],
    directory: Path,
    *,
    base: str = "",
    today: date,
    is_forced: bool = False,
    root: Path = REPOSITORY,
) -> Published:
    """Write the site into a directory, made if it is missing; an earlier one is replaced when this one is whole.

    `base` is the address that the directory will stand at: with it the pages tell engines where they are. Where the
    directory holds something else, FileExistsError says what; with `is_forced` that stays, but for files of the
    names of the site's own. Raises OSError where the disk refuses, ValueError for what is no address.
    """
    base = parse_base(base)
    refuse_own_directory(directory, root)
    target = directory.resolve()
    foreign = list_foreign(target, root)
    if foreign and not is_forced:
        shown = ", ".join(foreign[:5]) + (", …" if len(foreign) > 5 else "")
        raise FileExistsError(f"{directory} holds {shown} that no publishing wrote: give another directory, or --force")
    if lost := [name for name in foreign if OWN.fullmatch(name) and (target / name).is_dir()]:
        raise FileExistsError(f"{directory} holds {', '.join(lost)}, in whose place the site would stand: move it away")
    target.parent.mkdir(parents=True, exist_ok=True)
    clear_killed(target.parent)
    with open_scratch(target.parent, WHOLE) as scratch:
        writer = Writer(scratch)
        Publisher(FigureTable(collection), wording, base=base, today=today, write=writer.write).publish()
        writer.write(MARKER, json.dumps({"name": NAME, "figures": len(collection.claims), "base": base}) + "\n")
        os.sync()
        replace_folder(scratch, target, foreign)
    return Published(files=writer.files, size=writer.size)


def parse_base(base: str) -> str:
    """Return the address of a site with a slash at its end, or none; ValueError for anything else."""
    if not base:
        return ""
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"{base!r} is no address of a folder on the web: write such as https://example.org/figures/")
    return quote(base, safe=":/%@[]").rstrip("/") + "/"


def list_foreign(target: Path, root: Path) -> list[str]:
    """Return what stands in a directory that no publishing wrote.

    Raises FileExistsError where the project stands in it, or where it is no directory.
    """
    if any(project.resolve().is_relative_to(target) for project in (root, REPOSITORY)):
        raise FileExistsError(f"{target} holds the project itself: give another directory")
    if not target.is_dir():
        if target.exists():
            raise FileExistsError(f"{target} is no directory: give another name")
        return []
    names = sorted(path.name for path in target.iterdir())
    try:
        marker = json.loads((target / MARKER).read_bytes())
        is_own = isinstance(marker, dict) and marker.get("name") == NAME
    except (OSError, ValueError):
        is_own = False
    return [name for name in names if not (is_own and OWN.fullmatch(name))]


def replace_folder(scratch: Path, target: Path, kept: Sequence[str]) -> None:
    """Put a whole folder in the place of another, and take over from that what it is to keep."""
    if not target.exists():
        scratch.rename(target)
        return
    before = target.parent / f"{BEFORE}{secrets.token_hex(8)}"
    target.rename(before)
    try:
        scratch.rename(target)
    except OSError:
        before.rename(target)
        raise
    for name in kept:
        if not (target / name).exists():
            (before / name).rename(target / name)
    shutil.rmtree(before)


class Writer:
    """Writes files under a folder, and counts them."""

    def __init__(self, folder: Path) -> None:
        """Nothing is written yet."""
        self._folder = folder
        self.files = 0
        self.size = 0

    def write(self, path: str, content: str | bytes) -> None:
        """Write one file, told from the top of the folder."""
        raw = content.encode() if isinstance(content, str) else content
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
        self.files += 1
        self.size += len(raw)


class Publisher:
    """Composes the files of a site one after the other."""

    def __init__(
        self, table: FigureTable, wording: Mapping[Lang, Wording], *, base: str, today: date, write: Write
    ) -> None:
        """Write nothing yet; `today` is the day that citations name."""
        self._table = table
        self._wording = wording
        self._base = base
        self._today = today
        self._write = write
        self._links = {lang: Links(table, lang) for lang in LANGS}
        self._pages: list[str] = []

    def publish(self) -> None:
        """Write all files."""
        self._write(f"{ASSETS}/site.css", STYLE + (HERE / "site.css").read_text("utf-8"))
        self._write(f"{ASSETS}/site.js", (HERE / "site.js").read_text("utf-8"))
        self._write(f"{ASSETS}/icon.svg", ICON)
        self._publish_entry()
        for lang, links in self._links.items():
            for address in list_addresses(self._table):
                links.tell(address)
            for path, address in links.take():
                self._write(path, self._compose(lang, path, address))
                self._pages.append(path)
            self._write(f"{ASSETS}/index-{lang}.js", make_index(self._table, self._wording[lang]))
        self._publish_data()
        if self._base:
            self._publish_sitemap()

    def _publish_entry(self) -> None:
        pages = [Page(table=self._table, words=self._wording[lang], address=Address()) for lang in LANGS]
        words = compose("site", "entry", pages=[(page, format_line(page)) for page in pages])
        page = pages[0]
        preview = make_preview(page, icon=f"{ASSETS}/icon.svg", place=self._find_place("", Address()))
        title = " · ".join(each.words("title") for each in pages)
        description = " ".join(f"{format_line(each)} {each.words('head.scope')}" for each in pages)
        preview = replace(preview, title=title, description=description)
        html = compose_document(page, preview, words, stylesheet=f"{ASSETS}/site.css")
        self._write("index.html", self._links[page.words.lang].relocate(html, "index.html"))

    def _compose(self, lang: Lang, path: str, address: Address) -> str:
        """Return one page, whole."""
        page = Page(table=self._table, words=self._wording[lang], address=address)
        clear = replace(page, address=replace(address, filters=NO_FILTERS, figure=""))
        data = compose("site", "data", page=page)
        head = compose_head(
            clear, data, compose("site", "search", page=page, index=f"{ASSETS}/index-{lang}.js"), here=page
        )
        content = Content(blocks={"claim": (self._compose_card(page),)})
        if not address.figure:
            has_bar = address.view in (View.COMPARE, View.PROVINCE)
            content = replace(compose_view(page), bar=self._compose_bar(clear) if has_bar else Markup())
            if address.view is View.PROVINCE and not address.is_filtered:
                content = replace(content, blocks={"provinces": self._list_provinces(page), **content.blocks})
        numbers = count(1)
        words = compose_words(head=head, content=content, side=Markup(), draw=partial(draw_chart, numbers))
        place = self._find_place(path, address)
        preview = make_preview(page, icon=f"{ASSETS}/icon.svg", place=place)
        tail = compose("site", "scripts", script=make_relative(f"{ASSETS}/site.js", path))
        html = compose_document(page, preview, words, stylesheet=f"{ASSETS}/site.css", tail=tail)
        placed = _FIGURE_PLACE.sub(r'<a class="inline" id="figure-\g<id>" data-figure="\g<id>"', html)
        if address.view is View.PROVINCE:
            placed = _CELL_PLACE.sub(r'\g<0> id="\g<province>-\g<topic>"', placed)
        return self._links[lang].relocate(placed, path)

    def _compose_card(self, page: Page) -> Markup:
        """Return the card of the page's figure, whose links lead back to its topic."""
        checked = self._table.claims.get(page.address.figure)
        if checked is None:
            return Markup()
        topic = Address(filters=NO_FILTERS.change(topic=checked.topic.id), figure=page.address.figure)
        link = f"{self._base}{page.words.lang}/figure/{checked.claim.id}.html" if self._base else checked.claim.id
        return compose_card(replace(page, address=topic), base=self._base, today=self._today, link=link)

    def _compose_bar(self, page: Page) -> Markup:
        groups = [make_pills(page, each) for each in FILTERS if each.name in IN_BAR]
        return compose("site", "bar", page=page, groups=[group for group in groups if len(group.pills) <= MOST_PILLS])

    def _list_provinces(self, page: Page) -> Block:
        found = self._table.frame["province"].value_counts()
        provinces = [(province, int(found.get(province.slug, 0))) for province in list_provinces(page)]
        return (compose("site", "provinces", page=page, provinces=provinces),)

    def _find_place(self, path: str, address: Address) -> Place | None:
        """Return where a page will stand on the web; None where nobody has said."""
        if not self._base:
            return None
        own = path.partition("/")[2]
        kinds = {"csv": "text/csv", "json": "application/json"}
        tables = {f"figures.{kind}": media for kind, media in {**kinds, "zip": "application/zip"}.items()}
        if address.figure:
            tables = {f"figure/{address.figure}.{kind}": media for kind, media in kinds.items()}
        return Place(
            site=self._base,
            address=self._base + quote(path),
            alternates={lang: f"{self._base}{lang}/{quote(own)}" for lang in LANGS} if own else {},
            downloads=[Download(f"{self._base}{DATA}/{name}", media_type) for name, media_type in tables.items()],
        )

    def _publish_data(self) -> None:
        """Write the tables: the whole of them, and the parts that links lead to."""
        table = self._table
        for name, content in make_files(table).items():
            self._write(f"{DATA}/{name}", content)
        everything = table.export(table.frame)
        self._write(f"{DATA}/figures.xlsx", make_spreadsheet(table, everything, NO_FILTERS, self._base))
        self._write(f"{DATA}/figures.parquet", make_parquet(FIGURES, everything))
        self._write(f"{DATA}/figures.json", format_json_rows(everything))
        self._write(f"{DATA}/figures.zip", make_zip(table))
        tables = {file: query for links in self._links.values() for file, query in links.tables.items()}
        for file, query in tables.items():
            figure = query.get("figure", "")
            if figure and file.endswith(".json"):
                self._write(file, format_json(table.claims[figure]))
                continue
            rows = table.frame.loc[[figure]] if figure else table.find(parse_filters(table, query))
            self._write(file, format_csv(table.export(rows), bom=False))

    def _publish_sitemap(self) -> None:
        """Write the list of all pages for search engines, in parts where they are many."""
        addresses = [self._base, *(self._base + quote(path) for path in sorted(self._pages))]
        parts = [addresses[at : at + MOST_OF_A_SITEMAP] for at in range(0, len(addresses), MOST_OF_A_SITEMAP)]
        if len(parts) == 1:
            self._write("sitemap.xml", compose("sitemap", "pages", addresses=addresses))
            return
        for number, part in enumerate(parts, 1):
            self._write(f"sitemap-{number}.xml", compose("sitemap", "pages", addresses=part))
        named = [f"{self._base}sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        self._write("sitemap.xml", compose("sitemap", "parts", addresses=named))


def list_addresses(table: FigureTable) -> Iterator[Address]:
    """Yield the pages that a site has whether or not a link leads there; those that links lead to come on top."""
    for view in View:
        yield Address(view=view)
    for topic in table.collection.topics:
        yield Address(filters=NO_FILTERS.change(topic=topic))
    for province in sorted(table.areas):
        yield Address(view=View.PROVINCE, filters=NO_FILTERS.change(province=province))
    for article in table.sources:
        yield Address(view=View.ARTICLES, article=article)
    for figure in table.claims:
        yield Address(figure=figure)


def draw_chart(numbers: Iterator[int], spec: Spec, *, is_wide: bool) -> Markup:
    """Return a chart drawn, with its links."""
    svg = draw_svg(spec, width=WIDE if is_wide else NARROW, theme="light")
    svg = rename_own(svg, f"chart-{next(numbers)}")
    return compose("site", "drawn", svg=Markup(svg))  # noqa: S704 - Vega has escaped what it has drawn


def rename_own(svg: str, name: str) -> str:
    """Return a chart in which what it names for itself bears `name`: Vega counts on from chart to chart."""
    own: dict[str, str] = {}
    return _OWN_ID.sub(lambda match: match["before"] + own.setdefault(match["id"], f"{name}-{len(own)}"), svg)


def make_index(table: FigureTable, words: Wording) -> str:
    """Return the script that holds what the search looks in: of each figure its page, its name, its sentence."""
    page = Page(table=table, words=words, address=Address())
    quotes: dict[str, int] = {}
    rows: list[list[Any]] = []
    for checked in table.pick(table.frame):
        said = " ".join(part for part in (checked.sentence.quote, checked.sentence.translation) if part)
        named = f"{words.pick(checked.province.name)} · {format_what(page, checked)}"
        place = quotes.setdefault(said, len(quotes))
        rows.append([checked.claim.id, format_figure(checked, words.lang), named, checked.claim.figure, place])
    return f"window.reportedFigures = {json.dumps({'rows': rows, 'quotes': list(quotes)}, ensure_ascii=False)};\n"
