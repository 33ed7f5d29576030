"""What a reader sees, and the server's routes: `streamlit run dashboard.py`.

The address decides everything (see `extract.page.address`): every link on the page is a link, `page.js` follows it
without loading the page anew, and the script answers from what `extract` has loaded, checked and composed. Streamlit
runs this file anew for every answer; so that nothing is built twice, that run only calls `main` of the module imported
once.
"""

import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

import streamlit as st
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit.runtime.scriptrunner import get_script_run_ctx

from extract.claims.wording import parse_wording
from extract.figures.cite import format_json
from extract.figures.export import make_zip
from extract.figures.index import Index
from extract.figures.search import filter_rows, parse_filters
from extract.figures.table import FIGURE_COLUMNS, FigureRow, format_csv_rows
from extract.page.address import Address, Unknown, parse_query
from extract.page.page import Page, choose_words
from extract.page.templates import Part
from extract.page.views import compose_view
from extract.page.views.claim import compose_card, compose_missing, compose_place
from extract.page.views.frame import compose_downloads, compose_head, compose_notice, compose_notices, format_title
from extract.server.guard import Gate, make_guard
from extract.server.live import Snapshot, get_live

HERE = Path(__file__).resolve().parent
STYLE = f"<style>{(HERE / 'extract/page/page.css').read_text(encoding='utf-8')}</style>"
BEHAVIOUR = (HERE / "extract/page/page.js").read_text(encoding="utf-8")

# The page


def main() -> None:
    """Show the page that the address asks for, as the data stands now."""
    context = get_script_run_ctx(suppress_warning=True)
    with GATE.enter(context.session_id if context else ""):
        show_page(LIVE.current())


def show_page(snapshot: Snapshot) -> None:
    """Write the whole page from one state of the data, from its first line to its last."""
    page, unknown = read_address(snapshot)
    st.set_page_config(page_title=format_title(page), layout="wide")
    st.html(STYLE)
    st.html('<script src="./page.js"></script>', unsafe_allow_javascript=True)
    st.html(compose_head(page) + compose_notices(page, snapshot.notices, unknown))
    if not page.index.claims:
        st.html(compose_notice(page.words("state.none")))
        return
    # What stands around a claim is the same whichever is open, so that opening one changes nothing else.
    around = replace(page, address=replace(page.address, figure=""))
    content = get_edition(snapshot).compose(around)
    if content.above:
        st.html(content.above)
    with st.container(key="beside"):
        with st.container(key="wide"):
            for name, parts in content.blocks.items():
                with st.container(key=name):
                    show_parts(parts)
        if content.ledger:
            st.container(key="ledger").html(content.ledger)
        st.container(key="side").html(place_claim(page))
    show_downloads(around)


def show_parts(parts: tuple[Part, ...]) -> None:
    """Write HTML and charts in turn."""
    for part in parts:
        if isinstance(part, Markup):
            st.html(part)
        else:
            st.vega_lite_chart(part, width="stretch", theme=None)


def read_address(snapshot: Snapshot) -> tuple[Page, tuple[Unknown, ...]]:
    """Return the page that the address asks for, and what the address names that is not there."""
    edition = get_edition(snapshot)
    address, unknown = parse_query(st.query_params.to_dict(), edition.index)
    words = choose_words(edition.wording, address.lang or st.context.locale or "")
    return Page(index=edition.index, words=words, address=address), unknown


def place_claim(page: Page) -> Markup:
    """Return the place where claims open, with the one that the address names."""
    base = (st.context.url or "").partition("?")[0].rstrip("/") + "/"
    card = compose_card(page, base=base, today=find_today())
    return compose_place(page, st.query_params.get("figure", ""), card)


def find_today() -> date:
    """Return the day that citations name, the same for readers everywhere."""
    return datetime.now(tz=UTC).date()


def show_downloads(page: Page) -> None:
    """Write the ways to take the data away: what the filters let through, or everything."""
    st.html(compose_downloads(page))
    st.download_button(
        page.words("download.csv"),
        data=lambda: format_csv_rows(
            filter_rows(page.index.rows, **page.address.filters.active), FIGURE_COLUMNS, bom=True
        ),
        file_name="figures.csv",
        mime="text/csv",
        on_click="ignore",
        help=None,
    )


# The data of this process

LIVE = get_live()
GATE = Gate()


class Edition:
    """What is made once of a state of the data and shared by all readers; it ends with that state."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Arrange the figures and read the page's words."""
        self.index = Index(snapshot.collection)
        self.wording = parse_wording(snapshot.files["data/wording.yaml"])
        self.compose = lru_cache(maxsize=32)(compose_view)


_EDITIONS: WeakKeyDictionary[Snapshot, Edition] = WeakKeyDictionary()
_EDITIONS_TURN = threading.Lock()


def get_edition(snapshot: Snapshot) -> Edition:
    """Return the edition of a state of the data."""
    with _EDITIONS_TURN:
        if snapshot not in _EDITIONS:
            _EDITIONS[snapshot] = Edition(snapshot)
        return _EDITIONS[snapshot]


# The server


def answer_claim(request: Request) -> Response:
    """Answer with the card of one claim, `?figure=ID&lang=vi|en`, as `page.js` puts it into the page.

    Its links name only what they change, so nothing else of the query matters.
    """
    snapshot, today = LIVE.current(), find_today()
    edition = get_edition(snapshot)
    words = choose_words(edition.wording, request.query_params.get("lang", ""))
    page = Page(index=edition.index, words=words, address=Address(figure=request.query_params.get("figure", "")))
    # The day is in the citation.
    headers = {"cache-control": "no-cache", "etag": f'"{snapshot.version}-{words.lang}-{today}"'}
    card = compose_card(page, base=find_base(request), today=today)
    if not card:
        return HTMLResponse(compose_missing(page, page.address.figure), status_code=404, headers=headers)
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(card, headers=headers)


def find_base(request: Request) -> str:
    """Return the page's address as its reader sees it; a proxy says in a header that it speaks TLS."""
    told = request.headers.get("x-forwarded-proto", "")
    scheme = told if told in {"http", "https"} else request.url.scheme
    return f"{scheme}://{request.headers['host']}/"


class Download(NamedTuple):
    """One address that programs rely on."""

    name: str
    media_type: str
    make: Callable[[Snapshot, Mapping[str, str]], bytes]
    """The body for a state of the data and a query; ValueError says what is wrong with the query."""


def make_csv(snapshot: Snapshot, query: Mapping[str, str]) -> bytes:
    """Return figures.csv, whole or as the query filters it, without a byte-order mark."""
    return format_csv_rows(select_rows(snapshot, query), FIGURE_COLUMNS, bom=False)


def make_json(snapshot: Snapshot, query: Mapping[str, str]) -> bytes:
    """Return one figure's row as JSON."""
    rows = select_rows(snapshot, query)
    if "figure" not in query or not rows:
        raise ValueError("name one figure: /figures.json?figure=ID, with an id of figures.csv")
    return format_json(rows[0]).encode()


def make_package(snapshot: Snapshot, query: Mapping[str, str]) -> bytes:
    """Return the Data Package as a zip, its figures as the query filters them."""
    return make_zip(snapshot.collection, filters=query)


def select_rows(snapshot: Snapshot, query: Mapping[str, str]) -> list[FigureRow]:
    """Return the rows that a query selects: `figure` by its id, or filters; ValueError says what is unknown."""
    index, filters = get_edition(snapshot).index, dict(query)
    figure = filters.pop("figure", "")
    rows = filter_rows(index.rows, **parse_filters(snapshot.collection, filters).active)
    if figure and figure not in index.claims:
        raise ValueError(f"figure {figure!r} is unknown: use an id of figures.csv")
    return [row for row in rows if not figure or row.id == figure]


DOWNLOADS = (
    Download("figures.csv", "text/csv; charset=utf-8", make_csv),
    Download("figures.json", "application/json", make_json),
    Download("figures.zip", "application/zip", make_package),
)


def answer(download: Download, request: Request) -> Response:
    """Answer with a download, or with what is wrong with the address; unchanged data is not sent twice."""
    snapshot = LIVE.current()
    headers = {"cache-control": "no-cache", "etag": f'"{snapshot.version}"'}
    try:
        if len(set(request.query_params.keys())) != len(request.query_params.multi_items()):
            raise ValueError("a filter stands twice: join its values by commas")
        body = download.make(snapshot, dict(request.query_params))
    except ValueError as error:
        return PlainTextResponse(f"{error}\n", status_code=400, headers={"cache-control": "no-store"})
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    headers["content-disposition"] = f'attachment; filename="{download.name}"'
    return Response(body, media_type=download.media_type, headers=headers)


def answer_behaviour(_: Request) -> Response:
    """Answer with the page's script."""
    return Response(BEHAVIOUR, media_type="text/javascript; charset=utf-8", headers={"cache-control": "no-cache"})


ROUTES = [
    Route("/page.js", answer_behaviour),
    Route("/claim", answer_claim),
    *(Route(f"/{download.name}", partial(answer, download)) for download in DOWNLOADS),
]


if __name__ == "__main__":
    import dashboard

    dashboard.main()
else:
    static = Path(st.__file__).parent / "static"
    guard = make_guard(static, [route.path for route in ROUTES], os.environ.get("FIGURES_HOSTS", ""))
    app = st.App(__file__, routes=ROUTES, middleware=[guard])
