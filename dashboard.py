"""What a reader sees, and the server's routes: `streamlit run dashboard.py`.

The address decides everything (see `extract.page.address`): every link on the page is a link, `page.js` follows it
without loading the page anew, and the script answers from what `extract` has loaded, checked and composed. Streamlit
runs this file anew for every answer; so that nothing is built twice, that run only calls `main` of the module imported
once.
"""

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import streamlit as st
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from extract.figures.table import format_csv
from extract.page.address import Address, AddressProblem, parse_query
from extract.page.page import Page, choose_words
from extract.page.templates import Part
from extract.page.views.claim import compose_card, compose_missing, compose_place
from extract.page.views.frame import compose_downloads, compose_head, compose_notice, compose_notices, format_title
from extract.server.clients import find_client
from extract.server.downloads import make_routes
from extract.server.gate import Gate
from extract.server.guard import make_guard
from extract.server.live import get_live
from extract.server.snapshot import Snapshot

HERE = Path(__file__).resolve().parent
STYLE = f"<style>{(HERE / 'extract/page/page.css').read_text(encoding='utf-8')}</style>"
BEHAVIOUR = (HERE / "extract/page/page.js").read_text(encoding="utf-8")

# The page


def main() -> None:
    """Show the page that the address asks for, as the data stands now."""
    with GATE.enter(find_client(st.context.ip_address)):
        show_page(LIVE.current())


def show_page(snapshot: Snapshot) -> None:
    """Write the whole page from one state of the data, from its first line to its last."""
    page, unknown = read_address(snapshot)
    st.set_page_config(page_title=format_title(page), layout="wide")
    st.html(STYLE)
    st.html('<script src="./page.js"></script>', unsafe_allow_javascript=True)
    st.html(compose_head(page) + compose_notices(page, snapshot.notices, unknown))
    if not page.table.claims:
        st.html(compose_notice(page.words("state.none")))
        return
    # What stands around a claim is the same whichever is open, so that opening one changes nothing else.
    around = replace(page, address=replace(page.address, figure=""))
    content = snapshot.compose(around)
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


def read_address(snapshot: Snapshot) -> tuple[Page, tuple[AddressProblem, ...]]:
    """Return the page that the address asks for, and what the address names that is not there."""
    address, unknown = parse_query(st.query_params.to_dict(), snapshot.table)
    words = choose_words(snapshot.wording, address.lang or st.context.locale or "")
    return Page(table=snapshot.table, words=words, address=address), unknown


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
        data=lambda: format_csv(page.table.export(page.table.find(page.address.filters)), bom=True),
        file_name="figures.csv",
        mime="text/csv",
        on_click="ignore",
        help=None,
    )


# The data of this process

LIVE = get_live()
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


def find_base(request: Request) -> str:
    """Return the page's address as its reader sees it; a proxy says in a header that it speaks TLS."""
    told = request.headers.get("x-forwarded-proto", "")
    scheme = told if told in {"http", "https"} else request.url.scheme
    return f"{scheme}://{request.headers['host']}/"


def answer_behaviour(_: Request) -> Response:
    """Answer with the page's script."""
    return Response(BEHAVIOUR, media_type="text/javascript; charset=utf-8", headers={"cache-control": "no-cache"})


ROUTES = [
    Route("/page.js", answer_behaviour),
    Route("/claim", answer_claim),
    *make_routes(LIVE.current),
]


if __name__ == "__main__":
    import dashboard

    dashboard.main()
else:
    guard = make_guard([route.path for route in ROUTES], os.environ)
    app = st.App(__file__, routes=ROUTES, middleware=[guard])
