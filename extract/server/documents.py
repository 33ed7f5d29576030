"""The page's own document, the answer at `/`: its words before any script, then what builds Streamlit's page.

A document is made once for each state of the data, address and day, a few at a time; so many are kept as
`LARGEST_KEPT` bytes hold, so that nobody who asks for every address fills the memory.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial
from itertools import chain
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extract.figures.filters import NO_FILTERS
from extract.page.address import Address, AddressProblem, View, parse_query
from extract.page.page import Page, choose_words
from extract.page.views import Columns, Content
from extract.page.views.claim import compose_card, compose_place
from extract.page.views.frame import (
    compose_notice,
    compose_notices,
    compose_unknown,
    format_filters,
)
from extract.page.views.picture import TIMELINE
from extract.server.assets import ENCODINGS, choose_encoding
from extract.server.clients import get_client
from extract.server.downloads import DOWNLOADS
from extract.server.gate import Gate
from extract.server.hosts import find_base
from extract.server.live import Live
from extract.server.page_files import REPLACED, SCRIPT
from extract.server.snapshot import Snapshot
from extract.server.streamlit_internals import CHARTS, HTML, list_scripts, read_shell
from extract.site.document import ICON, compose_document, compose_reading
from extract.site.preview import Download, Place, make_preview
from extract.site.words import compose_words, draw_in_words

LARGEST_KEPT: Final = 8_000_000
"""Bytes of compressed documents."""
AGAIN: Final = 1
"""Seconds after which a page asks again while the articles are being read."""
MOST_WAITING: Final = 100
"""Documents that wait to be made. Who comes then gets one without its view, which Streamlit shows in its turn."""


class Asked(NamedTuple):
    """What a document is made for: one for each is kept."""

    page: Page
    unknown: tuple[AddressProblem, ...]
    figure: str
    """The id that the address names, known or not."""
    base: str
    """The page's address as its reader sees it, with a slash at its end."""
    today: date
    encoding: str


class Documents:
    """Makes the documents of a server, and keeps the last ones."""

    def __init__(
        self,
        live: Live,
        gate: Gate,
        find_today: Callable[[], date],
    ) -> None:
        """Keep nothing yet; `gate` lets in who makes a page, here or in Streamlit's script."""
        self._live = live
        self._gate = gate
        self._find_today = find_today
        self._kept: WeakKeyDictionary[Snapshot, KeptDocuments] = WeakKeyDictionary()

    async def answer(self, request: Request) -> Response:
        """Answer with the page that the address asks for; 404 where it names a figure or an article that is not there.

        The page works there as anywhere: it says so in a sentence, and shows what it has.
        """
        if not self._live.has_read:
            return self._answer_reading(request)
        snapshot = self._live.current()
        asked = self.read(request, snapshot)
        headers = {"cache-control": "no-cache", "vary": "accept-encoding, accept-language"}
        body = await self._find(request, snapshot, asked)
        if body is None:
            headers["cache-control"] = "no-store"
            body = self.make(snapshot, asked, has_view=False)
        headers["etag"] = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if asked.encoding:
            headers["content-encoding"] = asked.encoding
        is_missing = any(problem.key in {"figure", "article"} for problem in asked.unknown)
        return Response(body, 404 if is_missing else 200, headers, "text/html; charset=utf-8")

    def _answer_reading(self, request: Request) -> Response:
        """Answer how far the reading is, in both languages, with a page that asks again by itself."""
        self._live.start()
        wording = self._live.shown.wording
        own = choose_words(wording, request.query_params.get("lang") or find_preferred(_get_languages(request)))
        languages = [own, *(words for words in wording.values() if words is not own)]
        body = compose_reading(languages, self._live.progress, again=AGAIN)
        headers = {"cache-control": "no-store", "retry-after": str(AGAIN)}
        return Response(body, 503, headers, "text/html; charset=utf-8")

    async def _find(self, request: Request, snapshot: Snapshot, asked: Asked) -> bytes | None:
        """Return a document, made in its turn where it is not kept; None where too many wait."""
        kept = self._kept.setdefault(snapshot, KeptDocuments())
        body = kept.find(asked)
        if body is not None or self._gate.count_waiting() >= MOST_WAITING:
            return body
        async with self._gate.enter_async(get_client(request.scope)):
            body = kept.find(asked)
            if body is None:
                body = await run_in_threadpool(self.make, snapshot, asked)
                kept.keep(asked, body)
        return body

    def read(self, request: Request, snapshot: Snapshot) -> Asked:
        """Return what a request asks for; where its address names no language, as its browser prefers."""
        query = dict(request.query_params)
        address, unknown = parse_query(query, snapshot.table)
        wanted = address.lang or find_preferred(_get_languages(request))
        return Asked(
            page=Page(table=snapshot.table, words=choose_words(snapshot.wording, wanted), address=address),
            unknown=unknown,
            figure=query.get("figure", ""),
            base=find_base(request),
            today=self._find_today(),
            encoding=choose_encoding(request.headers.get("accept-encoding", "")),
        )

    def make(self, snapshot: Snapshot, asked: Asked, *, has_view: bool = True) -> bytes:
        """Return a document as it is sent."""
        body = self.compose(snapshot, asked, has_view=has_view).encode()
        return ENCODINGS[asked.encoding](body) if asked.encoding else body

    def compose(self, snapshot: Snapshot, asked: Asked, *, has_view: bool) -> str:
        """Return a document: what Streamlit's script shows of the same address, then what builds Streamlit's page."""
        page, address = asked.page, asked.page.address
        head = snapshot.compose_head(page, asked.base)
        head += compose_notices(page.words, snapshot.notices, drawn=snapshot.version)
        head += compose_unknown(page.words, asked.unknown)
        side, content = Markup(), None
        # What stands around a claim is composed once for all claims, as it is for Streamlit's script.
        around = replace(page, address=replace(address, figure="", table=""))
        if not page.table.claims:
            head += compose_notice(page.words("state.none"))
        elif has_view:
            content = snapshot.compose(around)
            side = compose_place(page, asked.figure, compose_card(page, base=asked.base, today=asked.today))
        words = compose_words(head=head, content=content, side=side, draw=partial(draw_in_words, page))
        is_listed = not asked.unknown and not address.filters.text("q")
        preview = make_preview(page, icon="icon.svg", place=find_place(page, asked.base), is_listed=is_listed)
        scripts = (*HTML, *CHARTS) if content and has_charts(content) else HTML
        return compose_document(page, preview, words, tail=compose_tail(scripts))


def _get_languages(request: Request) -> str:
    return request.headers.get("accept-language", "")


class KeptDocuments:
    """The documents of one state of the data that were asked for last."""

    def __init__(self, largest: int = LARGEST_KEPT) -> None:
        """Keep so many bytes of them."""
        self._largest = largest
        self._bodies: OrderedDict[Asked, bytes] = OrderedDict()
        self._bytes = 0

    def find(self, asked: Asked) -> bytes | None:
        """Return a document that is kept, which makes it the last one asked for."""
        body = self._bodies.get(asked)
        if body is not None:
            self._bodies.move_to_end(asked)
        return body

    def keep(self, asked: Asked, body: bytes) -> None:
        """Keep a document, and drop those that were asked for before the others."""
        if asked in self._bodies:
            return
        self._bodies[asked] = body
        self._bytes += len(body)
        while self._bytes > self._largest:
            _, dropped = self._bodies.popitem(last=False)
            self._bytes -= len(dropped)

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._bytes


@cache
def compose_tail(scripts: tuple[str, ...]) -> Markup:
    """Return what builds Streamlit's page, with the page's own script and those that it will ask for, by their names.

    The browser loads these beside the others instead of after them.
    """
    hints = (f'<link rel="modulepreload" crossorigin href="./{address}">' for address in list_scripts(scripts))
    own = f'<script async src="./{SCRIPT}"></script>'
    return Markup("\n".join([read_shell(REPLACED), *hints, own]))  # noqa: S704 - Streamlit's and our own files


def has_charts(content: Content) -> bool:
    """Tell whether a chart stands in a view."""
    parts = [part for block in content.blocks.values() for part in block]
    cells = [cell for part in parts if isinstance(part, Columns) for cell in part.cells.values()]
    return any(isinstance(part, Mapping) for part in (*parts, *chain.from_iterable(cells)))


def find_preferred(accepted: str) -> str:
    """Return the language that a browser prefers, as its header `Accept-Language` says.

    >>> find_preferred("en;q=0.7, vi-VN, vi;q=0.9"), find_preferred("")
    ('vi-VN', '')
    """
    best, most = "", 0.0
    for part in accepted.split(","):
        tag, _, weight = part.partition(";")
        try:
            value = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        if value > most:
            best, most = tag.strip(), value
    return best


def find_place(page: Page, base: str) -> Place:
    """Return where a page stands on the web: a figure at its own address, whatever stands beside it."""
    own = find_own_address(page.address)
    addresses = {lang: base + own.to(lang=lang).removesuffix("?") for lang in ("vi", "en", "")}
    return Place(
        site=base,
        address=addresses[page.words.lang],
        alternates={lang or "x-default": address for lang, address in addresses.items()},
        picture=base + "chart.png" + find_picture(page),
        downloads=[Download(base + path, media_type) for path, media_type in list_downloads(page, own)],
    )


def find_picture(page: Page) -> str:
    """Return the query of a page's picture: the topic that it shows, with its filters; else the timeline.

    A figure has the picture of what its province reports on its topic.
    """
    checked = page.table.claims.get(page.address.figure)
    if checked is not None:
        filters = NO_FILTERS.change(topic=checked.topic.id, province=checked.province.slug)
        return replace(page, address=Address(filters=filters)).picture("")
    filters = page.address.filters if page.address.view.is_filtered else NO_FILTERS
    is_topic = len(filters.chosen("topic")) == 1
    return replace(page, address=Address(filters=filters)).picture("" if is_topic else TIMELINE)


def list_downloads(page: Page, own: Address) -> list[tuple[str, str]]:
    """Return the downloads that give what a page shows, with their media types."""
    if own.figure:
        query, names = f"?figure={own.figure}", ("figures.csv", "figures.json")
        return [(each.name + query, each.media_type) for each in DOWNLOADS if each.name in names]
    return [(each.name + format_filters(page), each.media_type) for each in DOWNLOADS]


def find_own_address(address: Address) -> Address:
    """Return the address of what a page shows, without what only orders it."""
    if address.figure:
        return Address(figure=address.figure)
    article = address.article if address.view is View.ARTICLES else ""
    return replace(address, article=article, sort="", table="")


def make_document_routes(documents: Documents) -> list[Route]:
    """Return the routes of the page's document and its icon."""
    return [Route("/", documents.answer), Route("/icon.svg", answer_icon)]


def answer_icon(_: Request) -> Response:
    """Answer with the page's icon."""
    return Response(ICON, media_type="image/svg+xml", headers={"cache-control": "public, max-age=86400"})
