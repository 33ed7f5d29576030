"""What a reader sees, and the server's routes: `streamlit run dashboard.py`.

The address decides everything (see `extract.page.address`): every link on the page is a link, `page.js` follows it
without loading the page anew, and the script answers from what `extract` has loaded, checked and composed. Streamlit
runs this file anew for every answer; so that nothing is built twice, that run only calls `main` of the module imported
once.
"""

import extract  # noqa: F401 - says in a sentence that Python is too old, before anything else fails of it

# isort: split
import hashlib
import os
import sys
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import streamlit as st
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from extract.page.address import Address, AddressProblem, parse_query
from extract.page.page import Page, choose_words
from extract.page.progress import format_progress
from extract.page.sheet import Sheet
from extract.page.views import Block, Columns
from extract.page.views.claim import compose_card, compose_missing, compose_place
from extract.page.views.frame import (
    compose_notice,
    compose_notices,
    compose_unknown,
    format_title,
)
from extract.server.clients import find_client
from extract.server.documents import Documents, make_document_routes
from extract.server.downloads import make_routes
from extract.server.drawing import Drawer
from extract.server.gate import Gate
from extract.server.guard import Refusal, make_guard
from extract.server.hosts import find_base
from extract.server.live import get_live
from extract.server.pictures import FRAME, PICTURES, make_picture_routes
from extract.server.snapshot import Snapshot
from extract.server.streamlit_internals import SHEET

SHEET_HEIGHT, ROW_HEIGHT = 560, 35
"""Pixels."""
PATIENCE = 0.5
"""Seconds that a run waits for the first reading before it says how far that is."""
SWITCH = 0.0005
"""Seconds after which a thread that computes lets another go on, a tenth of Python's own: a run of the page hands over
some hundred times, and beside the making of a download it would wait that long each time."""

# The page


def main() -> None:
    """Show the page that the address asks for, as the data stands now."""
    if not LIVE.wait(PATIENCE):
        show_progress()
    with GATE.enter(find_client(st.context.ip_address)):
        show_page(LIVE.current())


def show_progress() -> None:
    """Write how far the first reading of the articles is, and run anew a second later, or once they have been read."""
    words = choose_words(LIVE.shown.wording, st.query_params.get("lang") or st.context.locale or "")
    st.html(compose_notice(f"{format_progress(words, LIVE.progress)} {words('state.reading.wait')}"))
    LIVE.wait(1)
    st.rerun()


def show_page(snapshot: Snapshot) -> None:
    """Write the whole page from one state of the data, from its first line to its last."""
    page, unknown = read_address(snapshot)
    st.set_page_config(page_title=format_title(page), layout="wide")
    notices = compose_notices(page.words, snapshot.notices, drawn=snapshot.version)
    # What stands around a claim is the same whichever is open, so that opening one changes nothing else.
    around = replace(page, address=replace(page.address, figure=""))
    head = snapshot.compose_head(around, read_base())
    st.html(head + notices + compose_unknown(page.words, unknown))
    if not page.table.claims:
        st.html(compose_notice(page.words("state.none")))
        return
    content = snapshot.compose(around)
    if content.bar:
        st.container(key="bar").html(content.bar)
    with st.container(key="beside"):
        with st.container(key="wide"):
            for name, block in content.blocks.items():
                with st.container(key=name):
                    show_block(name, block)
        if content.ledger:
            st.container(key="ledger").html(content.ledger)
        st.container(key="side").html(place_claim(page))


def show_block(name: str, block: Block) -> None:
    """Write HTML, charts and columns in turn."""
    for part in block:
        if isinstance(part, Columns):
            with st.container(key=f"{name}_{'tiles' if part.are_tiles else 'columns'}"):
                for cell, parts in part.cells.items():
                    with st.container(key=f"cell_{cell}"):
                        show_block(cell, parts)
        elif isinstance(part, Markup):
            st.html(part)
        elif isinstance(part, Sheet):
            show_sheet(part)
        else:
            st.vega_lite_chart(part, width="stretch", theme=None)


def show_sheet(sheet: Sheet) -> None:
    """Write figures as Streamlit's own spreadsheet: a chosen cell opens the claim of its row."""
    # Another key for other rows, so that no choice among earlier rows is taken for one among these.
    key = f"{SHEET}-{zlib.crc32(' '.join(sheet.claims).encode())}"
    choose_open(key, sheet)
    st.dataframe(
        copy(sheet.rows),  # readers share it, and Streamlit writes into it
        key=key,
        height=min(SHEET_HEIGHT, ROW_HEIGHT * (len(sheet.claims) + 1) + 3),
        row_height=ROW_HEIGHT,
        hide_index=True,
        column_config={
            **{name: st.column_config.DateColumn(format="YYYY-MM-DD") for name in sheet.days},
            **{name: st.column_config.NumberColumn(width=24 + 8 * letters) for name, letters in sheet.widths.items()},
        },
        placeholder="",
        selection_mode="single-cell",
        on_select=partial(open_chosen, key, sheet.claims),
        alt=sheet.name,
    )


def open_chosen(key: str, claims: Sequence[str]) -> None:
    """Name in the address the figure whose cell a reader has chosen in a spreadsheet."""
    for row, _ in st.session_state[key]["selection"]["cells"]:
        if row < len(claims):
            st.query_params["figure"] = claims[row]


def choose_open(key: str, sheet: Sheet) -> None:
    """Choose in a spreadsheet the row of the open figure, or none: a cell that is chosen can't be chosen again."""
    chosen = list(st.session_state[key]["selection"]["cells"]) if key in st.session_state else []
    figure = st.query_params.get("figure", "")
    if [sheet.claims[row] for row, _ in chosen if row < len(sheet.claims)] == ([figure] if figure else []):
        return
    cells = [(sheet.claims.index(figure), sheet.rows.columns[0])] if figure in sheet.claims else []
    if cells or chosen:
        st.session_state[key] = {"selection": {"rows": [], "columns": [], "cells": cells}}


def read_address(snapshot: Snapshot) -> tuple[Page, tuple[AddressProblem, ...]]:
    """Return the page that the address asks for, and what the address names that is not there."""
    address, unknown = parse_query(st.query_params.to_dict(), snapshot.table)
    words = choose_words(snapshot.wording, address.lang or st.context.locale or "")
    return Page(table=snapshot.table, words=words, address=address), unknown


def read_base() -> str:
    """Return the page's address as its reader sees it, without its query."""
    return (st.context.url or "").partition("?")[0].rstrip("/") + "/"


def place_claim(page: Page) -> Markup:
    """Return the place where claims open, with the one that the address names."""
    card = compose_card(page, base=read_base(), today=find_today())
    return compose_place(page, st.query_params.get("figure", ""), card)


def find_today() -> date:
    """Return the day that citations name, the same for readers everywhere."""
    return datetime.now(tz=UTC).date()


# The data of this process


def compose_first_views(snapshot: Snapshot) -> None:
    """Compose what most readers come for, in both languages, while nobody waits for it."""
    for words in snapshot.wording.values():
        if snapshot.table.claims:
            snapshot.compose(Page(table=snapshot.table, words=words, address=Address()))


LIVE = get_live(prepare=compose_first_views)
GATE = Gate()


# The server


def answer_claim(request: Request) -> Response:
    """Answer with the card of one claim, `?figure=ID&lang=vi|en`, as `page.js` puts it into the page.

    Its links name only what they change, so nothing else of the query matters.
    """
    snapshot, today = LIVE.current(), find_today()
    words = choose_words(snapshot.wording, request.query_params.get("lang", ""))
    page = Page(table=snapshot.table, words=words, address=Address(figure=request.query_params.get("figure", "")))
    # The day is in the citation.
    headers = {"cache-control": "no-cache", "etag": f'"{snapshot.version}-{words.lang}-{today}"'}
    card = compose_card(page, base=find_base(request), today=today)
    if not card:
        return HTMLResponse(compose_missing(page, page.address.figure), status_code=404, headers=headers)
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(card, headers=headers)


async def answer_notices(request: Request) -> Response:
    """Answer with what readers must know of the data now, `?lang=vi|en&drawn=VERSION`, as `page.js` puts it in place.

    Every open page asks each second, so this opens no session, waits for nothing and is mostly answered by a 304.
    """
    if not LIVE.has_read:
        return Refusal(503, "The data are being read.")
    snapshot, drawn = LIVE.current(), request.query_params.get("drawn", "")
    words = choose_words(snapshot.wording, request.query_params.get("lang", ""))
    body = compose_notices(words, snapshot.notices, drawn=drawn, is_newer=drawn != snapshot.version).encode()
    headers = {"cache-control": "no-cache", "etag": f'"{hashlib.sha256(body).hexdigest()[:16]}"'}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(body, headers=headers)


async def answer_health(_: Request) -> Response:
    """Answer an operator's probe: whether there are data to show, and which. Streamlit's own asks for less."""
    if not LIVE.has_read:
        return Refusal(503, "The data are being read.")
    snapshot = LIVE.current()
    figures, articles = len(snapshot.collection.claims), len(snapshot.collection.sources)
    if not articles:
        return Refusal(503, "No data has passed the check yet. The log says why.")
    shown = f"{figures} figures of {articles} articles, version {snapshot.version}"
    noticed = f"; notices: {len(snapshot.notices)}, the log says which" if snapshot.notices else ""
    return PlainTextResponse(f"{shown}{noticed}\n", headers={"cache-control": "no-store"})


@asynccontextmanager
async def read_early(_: st.App) -> AsyncIterator[None]:
    """Let the data be read as the server starts, not as the first reader comes."""
    sys.setswitchinterval(SWITCH)
    LIVE.start()
    yield


if __name__ == "__main__":
    import dashboard

    dashboard.main()
else:
    # What only the server needs: the script, which is run for every answer, builds none of it.
    DATA = make_routes(LIVE.current)
    DOCUMENTS = Documents(LIVE, GATE, find_today)
    ROUTES = [
        *make_document_routes(DOCUMENTS),
        Route("/claim", answer_claim),
        Route("/notices", answer_notices),
        Route("/health", answer_health),
        *DATA,
        *make_picture_routes(LIVE.current, Drawer(), is_framed=bool(os.environ.get("FIGURES_EMBED"))),
    ]
    guard = make_guard(
        [route.path for route in ROUTES],
        os.environ,
        lambda: LIVE.has_read,
        data=[route.path for route in DATA],
        pictures=PICTURES.values(),
        frames=[FRAME],
    )
    app = st.App(__file__, routes=ROUTES, middleware=[guard], lifespan=read_early)
