"""What a reader sees, and the server's routes: `streamlit run dashboard.py`.

The address decides everything (see `extract.page.address`): every link on the page is a link, `page.js` follows it
without loading the page anew, and the script answers from what `extract` has loaded, checked and computed. Streamlit
runs this file anew for every answer; so that nothing is built twice, that run only calls `main` of the module imported
once.
"""

import os
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias
from weakref import ref

import altair as alt
import pandas as pd
import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit.runtime.scriptrunner import get_script_run_ctx

from extract.claims.collection import CheckedClaim
from extract.claims.records import Days, Lang, Province
from extract.claims.wording import Wording, parse_wording
from extract.figures.cite import format_json
from extract.figures.export import make_zip
from extract.figures.filters import Filters, parse_filters
from extract.figures.formats import format_period
from extract.figures.table import SHARE_UNIT, FigureTable, Panel, format_csv
from extract.page import markup
from extract.page.address import Address, AddressProblem, View, parse_query
from extract.page.markup import Page
from extract.page.proof import make_proof
from extract.page.views import article as view_article
from extract.page.views import claim as view_claim
from extract.page.views import compare as view_compare
from extract.page.views import figures as view_figures
from extract.page.views import frame as view_frame
from extract.page.views import province as view_province
from extract.server.guard import Gate, make_guard
from extract.server.live import Snapshot, get_live

HERE = Path(__file__).resolve().parent
STYLE = f"<style>{(HERE / 'extract/page/page.css').read_text(encoding='utf-8')}</style>"
BEHAVIOUR = (HERE / "extract/page/page.js").read_text(encoding="utf-8")
FONT = "Source Sans, sans-serif"

# A panel longer than this is a table's work: the rest stands in the view of figures, one link away.
MOST_BARS = 12
LETTERS_OF_A_LINE = 46


# Charts

Part: TypeAlias = str | dict[str, Any]
"""HTML, or the spec of a chart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One mark of a chart, as text and numbers ready to draw."""

    id: str
    value: float
    """The value in the panel's unit; a share from 0 to 1."""
    name: str
    detail: str
    """What it measures and when, in lines that fit a phone."""
    words: str
    """The figure as the article words it."""
    alt: str
    href: str
    colour: str
    hedged: bool


# The heights of a row's parts, in pixels.
NAME, LINE, BAR, GAP = 22, 16, 18, 20


@lru_cache(maxsize=512)
def draw_bars(bars: tuple[Bar, ...], *, greatest: float, is_share: bool, description: str) -> dict[str, Any]:
    """Return the Vega-Lite spec of a panel: a bar a figure from one common zero, its label above it, its words after.

    Hedged figures are outlined and light; a share stands in the pale bar of its whole. Every bar is a link to its claim
    and carries its text alternative.
    """
    rows, top = [], 0
    for bar in bars:
        start = top + NAME + LINE * (bar.detail.count("\n") + 1)
        # The words of a share stand behind the bar of its whole.
        edge = greatest if is_share else bar.value
        rows.append(asdict(bar) | {"top": top, "start": start, "end": start + BAR, "whole": greatest, "edge": edge})
        top = start + BAR + GAP
    room = int(max(len(bar.words) for bar in bars) * 7.4) + 16
    # Where all are zero: a scale of no length would put zero in its middle.
    scale = alt.Scale(domain=[0, greatest or 1], range=[0, alt.expr(f"max(width - {room}, 40)")])
    x = alt.X("value:Q", axis=None, scale=scale)
    colour = alt.Color("colour:N", scale=None)
    base = alt.Chart(alt.InlineData(values=rows))
    placed = base.encode(y=pixel("start"), y2="end:Q", x2=alt.datum(0))
    whole = placed.mark_bar(orient="horizontal", aria=False, color=markup.GREY, opacity=0.2).encode(
        x=alt.X("whole:Q", axis=None, scale=scale)
    )
    chart = alt.layer(
        *([whole] if is_share else []),
        placed.mark_bar(orient="horizontal", cornerRadiusEnd=2, strokeWidth=1.5, cursor="pointer").encode(
            x=x,
            color=colour,
            stroke=alt.Stroke("colour:N", scale=None),
            fillOpacity=alt.condition("datum.hedged", alt.value(0.2), alt.value(0.92)),
            href="href:N",
            description="alt:N",
        ),
        base.mark_circle(size=90, opacity=1, aria=False, yOffset=11).encode(
            x=alt.value(5), y=pixel("top"), color=colour
        ),
        draw_text(base, "name", dx=16, dy=3, weight=600, name="name").encode(x=alt.value(0), y=pixel("top")),
        draw_text(base, "detail", dx=0, dy=NAME + 1, size=13, name="detail").encode(x=alt.value(0), y=pixel("top")),
        draw_text(base, "words", dx=8, dy=2, weight=600, name="words").encode(
            x=alt.X("edge:Q", axis=None, scale=scale), y=pixel("start")
        ),
    )
    return finish(chart.properties(width="container", height=top, description=description))


def draw_text(
    base: alt.Chart, field: str, *, dx: int, dy: int, name: str, size: int = 14, weight: Literal[400, 600] = 400
) -> alt.Chart:
    """Return a layer of text that needs no text alternative of its own; the style sheet colours it by its name."""
    layer: alt.Chart = (
        base.mark_text(
            align="left",
            baseline="top",
            aria=False,
            dx=dx,
            dy=dy,
            fontSize=size,
            fontWeight=weight,
            lineHeight=LINE,
            lineBreak="\n",
        )
        .encode(text=f"{field}:N")
        .properties(name=name)
    )
    return layer


def pixel(field: str) -> alt.Y:
    """Return the channel that places marks by pixels from the top."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def finish(chart: alt.LayerChart | alt.FacetChart) -> dict[str, Any]:
    """Return a chart's spec without frame or ground of its own, so that it stands on the page in any theme."""
    padding = {"left": 1, "right": 1, "top": 1, "bottom": 0}
    spec: dict[str, Any] = (
        chart.configure(background="transparent", font=FONT, padding=padding).configure_view(stroke=None).to_dict()
    )
    return spec


def embed_rows(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a spec with its rows in its layers: those Streamlit passes on, others it converts anew at every run."""
    rows = spec["datasets"]
    layers = [
        {**layer, "data": {"values": rows[layer["data"]["name"]]}} if "data" in layer else layer
        for layer in spec["layer"]
    ]
    rest = {key: value for key, value in spec.items() if key not in {"datasets", "data", "layer"}}
    if "data" in spec:
        layers = [{"data": {"values": rows[spec["data"]["name"]]}, "layer": layers}]
    return {**rest, "layer": layers}


def make_bars(page: Page, claims: Sequence[CheckedClaim], *, is_share: bool) -> tuple[Bar, ...]:
    """Return the marks of figures, in their order.

    A mark's link names its figure alone, and `page.js` adds the rest of the address: so a filter leaves what it does
    not hide as it is drawn.
    """
    return tuple(
        Bar(
            id=checked.claim.id,
            value=float(markup.share_of(checked) if is_share else checked.claim.value),
            name=page.words.pick(checked.province.name),
            detail="\n".join(textwrap.wrap(markup.format_detail(page, checked), LETTERS_OF_A_LINE)),
            words=markup.format_hedged(checked),
            alt=markup.format_alt(page, checked),
            href=Address(figure=checked.claim.id).to(),
            colour=page.colour(checked.province),
            hedged=checked.claim.qualifier != "exact",
        )
        for checked in claims
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One period of a timeline."""

    start: date
    end: date
    """The day after the last; an open period is drawn to the end of the axis."""
    is_day: bool
    is_open: bool
    label: str
    alt: str
    href: str


@lru_cache(maxsize=128)
def draw_timeline(spans: tuple[Span, ...], *, first: int, last: int, colour: str, description: str) -> dict[str, Any]:
    """Return the Vega-Lite spec of a timeline over whole years: a bar a period, a dot a day; an open period is pale."""
    row = NAME + BAR + GAP
    rows = []
    for place, span in enumerate(spans):
        start = row * place + NAME
        # Moments as numbers: a reader's time zone moves nothing.
        moments = {"start": find_moment(span.start), "end": find_moment(span.end)}
        heights = {"top": row * place, "bar": start, "middle": start + BAR / 2, "foot": start + BAR}
        rows.append(asdict(span) | moments | heights | {"opacity": 0.45 if span.is_open else 0.92})
    turns = [find_moment(date(year, 1, 1)) for year in range(first, last + 2)]
    labels = alt.Axis(
        values=turns,
        labelExpr="utcFormat(datum.value, '%Y')",
        title=None,
        labelOverlap=True,
        labelFont=FONT,
        labelFontSize=13,
    )
    x = alt.X("start:Q", axis=labels, scale=alt.Scale(domain=[turns[0], turns[-1]]))
    linked = alt.Chart().encode(x=x, href="href:N", description="alt:N")
    bars = linked.mark_bar(orient="horizontal", color=colour, cursor="pointer").encode(
        x2="end:Q", y=pixel("bar"), y2="foot:Q", opacity=alt.Opacity("opacity:Q", scale=None)
    )
    dots = linked.mark_point(filled=True, size=150, opacity=1, color=colour, cursor="pointer").encode(y=pixel("middle"))
    drawn = ((bars, [r for r in rows if not r["is_day"]]), (dots, [r for r in rows if r["is_day"]]))
    layers = [layer.properties(data=alt.InlineData(values=held)) for layer, held in drawn if held]
    names = draw_text(alt.Chart(alt.InlineData(values=rows)), "label", dx=0, dy=3, name="detail")
    room_of_axis = 30
    chart = alt.layer(*layers, names.encode(x=alt.value(0), y=pixel("top")))
    return finish(chart.properties(width="container", height=row * len(spans) + room_of_axis, description=description))


def find_moment(day: date) -> int:
    """Return the milliseconds from 1970 to a day's beginning, as charts count time."""
    return (day - date(1970, 1, 1)).days * 86_400_000


def make_spans(page: Page, province: Province, claims: Sequence[CheckedClaim]) -> tuple[Span, ...]:
    """Return the stated periods of a province's figures, oldest first, with how many figures each holds."""
    groups: dict[Days, list[CheckedClaim]] = {}
    for checked in claims:
        if checked.sentence.period.is_stated:
            groups.setdefault(checked.sentence.period.days, []).append(checked)
    spans = []
    for days, held in sorted(groups.items(), key=lambda item: (item[0].start or date.min, item[0].end or date.max)):
        start = days.start or date.min
        period = format_period(held[0].sentence.period, page.words.lang)
        label = f"{period}: {page.words.count('count.figures', len(held))}"
        spans.append(
            Span(
                start=start,
                end=(days.end or date(int(page.index.years[-1]), 12, 31)) + timedelta(days=1),
                is_day=days.start == days.end,
                is_open=days.end is None,
                label=label,
                alt=f"{page.words.pick(province.name)}, {label}",
                href=page.link(view=View.FIGURES, province=(province.slug,), year=str(start.year), figure="", page=1),
            )
        )
    return tuple(spans)


# Views


def main() -> None:
    """Show the page that the address asks for, as the data stands now."""
    with GATE.enter(get_session()):
        show_page(LIVE.current())


def get_session() -> str:
    """Return what tells one reader's runs from another's."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def show_page(snapshot: Snapshot) -> None:
    """Write the whole page from one state of the data, from its first line to its last."""
    page, unknown = read_address(snapshot)
    set_title(page)
    st.html(STYLE)
    st.html('<script src="./page.js"></script>', unsafe_allow_javascript=True)
    st.html(
        view_frame.compose_head(page, page.index.years)
        + view_frame.compose_notices(page, snapshot.notices)
        + view_frame.compose_unknown(page, unknown)
    )
    if not page.index.claims:
        st.html(markup.compose_notice(page.words("state.none")))
        return
    show = {
        View.COMPARE: show_compare,
        View.PROVINCE: show_province,
        View.FIGURES: show_figures,
        View.ARTICLES: show_articles,
        View.ABOUT: show_about,
    }[page.address.view]
    # Whatever stands beside a claim is the same whichever is open, so that a claim can be drawn anew alone.
    beside = replace(page, address=replace(page.address, figure=""))
    show(beside, Side(snapshot, is_open=bool(page.address.figure)))
    show_downloads(beside)


def set_title(page: Page) -> None:
    """Name the browser's window after what stands open."""
    st.set_page_config(page_title=view_frame.format_title(page), layout="wide")


def read_address(snapshot: Snapshot) -> tuple[Page, tuple[AddressProblem, ...]]:
    """Return the page that the address asks for, and what the address names that is not there."""
    shelf = arrange(snapshot)
    address, unknown = parse_query(st.query_params.to_dict(), shelf.index)
    return Page(index=shelf.index, words=shelf.wording[choose_language(address)], address=address), unknown


def choose_language(address: Address) -> Lang:
    """Return the page's language: the address's, else Vietnamese for a browser that asks for it, else English."""
    if address.lang:
        return "vi" if address.lang == "vi" else "en"
    return "vi" if (st.context.locale or "").lower().startswith("vi") else "en"


def show_downloads(page: Page) -> None:
    """Write the ways to take the data away: what the filters let through, or everything."""
    st.html(view_frame.compose_downloads(page))
    st.download_button(
        page.words("download.csv"),
        data=lambda: format_csv(page.index.export(page.index.find(page.address.filters)), bom=True),
        file_name="figures.csv",
        mime="text/csv",
        on_click="ignore",
        help=None,
    )


class Side:
    """The place of the open claim, at the side of a view."""

    def __init__(self, snapshot: Snapshot, *, is_open: bool) -> None:
        """Write nothing yet; `is_open` tells whether a claim stands open as the view is written."""
        self.is_open = is_open
        # A session must not keep a state of the data that nobody else is shown any more.
        self._snapshot = ref(snapshot)

    @contextmanager
    def make_room(self) -> Iterator[None]:
        """Write what a `with` block writes beside the claim, and the claim after it."""
        with st.container(key="beside"):
            wide, side = st.container(key="wide"), st.container(key="side")
        with wide:
            yield
        with side:
            show_claim(self._snapshot)


@st.fragment
def show_claim(shown: "ref[Snapshot]") -> None:
    """Write the claim that the address names; run alone where nothing else of the page changes, as `page.js` asks.

    `shown` is the state of the data that the rest of the page was written from: where it is shown no more, or the view
    keeps no place for a claim once it is closed, the whole page is asked for anew.
    """
    with GATE.enter(get_session()):
        snapshot, alone = shown(), is_alone()
        if snapshot is None or (alone and snapshot is not LIVE.current()):
            st.html(view_frame.compose_ask_anew())
            return
        page, _ = read_address(snapshot)
        # Streamlit tells a part of the page no address newer than the whole page's: `page.js` says the figure here.
        asked = st.text_input("figure", key="asked")
        if alone:
            page = replace(page, address=replace(page.address, figure=asked.partition(" ")[0]))
            set_title(page)
        checked = page.index.claims.get(page.address.figure)
        if checked is not None:
            with st.container(key="claim_open"):
                st.html(compose_open_claim(page, checked))
        elif page.address.view is View.COMPARE:
            with st.container(key="claim_none"):
                st.html(view_claim.compose_claim_hint(page))
        elif alone:
            st.html(view_frame.compose_ask_anew())


def is_alone() -> bool:
    """Tell whether only a part of the page is being written."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and bool(context.fragment_ids_this_run)


def compose_open_claim(page: Page, checked: CheckedClaim) -> str:
    """Return the card of a claim with all that is computed for it."""
    base = (st.context.url or "").partition("?")[0].rstrip("/") + "/"
    today = datetime.now(tz=UTC).date()
    return view_claim.compose_claim(page, checked, make_proof(page.index, checked, page.words, base=base, today=today))


def show_compare(page: Page, side: Side) -> None:
    """Write the coverage map, the filters, and every topic's panels."""
    above, topics = compose_compare(page)
    st.html(above)
    # The first view keeps the claim's place while none is open, so that nothing moves at a click.
    with side.make_room():
        # Every topic has its place, whether there is anything in it or not: what stays on the page is not drawn anew.
        for topic, parts in topics.items():
            with st.container(key=f"topic_{topic}"):
                for part in parts:
                    if isinstance(part, str):
                        st.html(part)
                    else:
                        st.vega_lite_chart(part, width="stretch", theme=None)
        if not any(topics.values()):
            st.html(markup.compose_notice(page.words("filter.empty")))


@lru_cache(maxsize=32)
def compose_compare(page: Page) -> tuple[str, Mapping[str, Sequence[Part]]]:
    """Return the coverage map with the filters, and every topic's panels as HTML and specs in turn."""
    found = page.index.find(page.address.filters)
    panels = page.index.panels(found)
    topics = {
        topic: join_html(compose_topic(page, topic, [panel for panel in panels if panel.topic == topic]))
        for topic in page.index.collection.topics
    }
    return view_compare.compose_coverage(page) + view_frame.compose_filters(page, len(found)), topics


def join_html(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return parts with those of HTML that follow each other as one."""
    joined: list[Part] = []
    for part in parts:
        if joined and isinstance(joined[-1], str) and isinstance(part, str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


def compose_topic(page: Page, topic: str, panels: Sequence[Panel]) -> Iterator[Part]:
    """Yield a topic: bars for each unit with two figures or more, numbers for the others, then what goes with all."""
    if not panels:
        return
    yield view_compare.compose_topic_head(page, topic, panels)
    for panel in panels:
        if len(panel.claims) > 1:
            yield view_compare.compose_panel_head(page, panel)
            yield embed_rows(draw_panel(page, panel))
            yield view_compare.compose_panel_foot(page, panel)
    alone = page.index.order(panel.claims[0] for panel in panels if len(panel.claims) == 1)
    yield view_compare.compose_numbers(page, alone)
    yield view_compare.compose_topic_foot(page, topic, panels, MOST_BARS)


def draw_panel(page: Page, panel: Panel) -> dict[str, Any]:
    """Return the spec of one panel of bars."""
    is_share = panel.unit == SHARE_UNIT
    shown = panel.claims[:MOST_BARS]
    bars = make_bars(page, shown, is_share=is_share)
    greatest = 1.0 if is_share else max(bar.value for bar in bars)
    description = view_compare.format_chart_alt(page, panel, shown)
    return draw_bars(bars, greatest=greatest, is_share=is_share, description=description)


def show_province(page: Page, side: Side) -> None:
    """Write one province: its name and borders, its figures in time and beside the others', its articles."""
    provinces = page.index.collection.provinces
    province = provinces[next(iter((*page.address.chosen("province"), *provinces)))]
    claims = page.index.pick(page.index.find(Filters(province=province.slug)))
    with side.make_room() if side.is_open else st.container():
        st.html(view_province.compose_province(page, province))
        spans = make_spans(page, province, claims)
        if spans:
            st.html(markup.compose_section(page.words("province.timeline")))
            first, last = int(page.index.years[0]), int(page.index.years[-1])
            description = "; ".join(span.alt for span in spans)
            spec = draw_timeline(spans, first=first, last=last, colour=page.colour(province), description=description)
            st.vega_lite_chart(embed_rows(spec), width="stretch", theme=None)
        st.html(view_province.compose_unstated(page, claims) + view_province.compose_beside(page, province))
        sources = [
            source for source in page.index.collection.sources if source.record.article.province == province.slug
        ]
        st.html(
            markup.compose_section(page.words("province.articles")) + view_article.compose_article_list(page, sources)
        )


def show_figures(page: Page, side: Side) -> None:
    """Write the whole table, fifty rows a page, in the order that the reader chose."""
    claims = page.index.pick(page.index.sort(page.index.find(page.address.filters), page.address.sort))
    st.html(view_frame.compose_filters(page, len(claims)))
    with side.make_room() if side.is_open else st.container():
        st.html(view_figures.compose_table(page, claims))


def show_articles(page: Page, side: Side) -> None:
    """Write the list of articles, or one whole article with every number of it accounted for."""
    source = page.index.sources.get(page.address.article)
    if source is None:
        with side.make_room() if side.is_open else st.container():
            st.html(view_article.compose_article_list(page, page.index.collection.sources))
        return
    text, ledger = view_article.compose_article(page, source), view_article.compose_ledger(page, source)
    if side.is_open:
        with side.make_room():
            st.html(text + ledger)
        return
    with st.container(key="beside"):
        st.container(key="wide").html(text)
        st.container().html(ledger)


def show_about(page: Page, _: Side) -> None:
    """Write what this is, how its figures are made and what they can't say."""
    st.html(view_frame.compose_about(page))


# The data of this process

LIVE = get_live()
GATE = Gate()


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """What is made once of each state of the data, and shared by all readers."""

    index: FigureTable
    wording: Mapping[Lang, Wording]


@lru_cache(maxsize=2)
def arrange(snapshot: Snapshot) -> Shelf:
    """Return the look-ups and the words of a state of the data."""
    return Shelf(FigureTable(snapshot.collection), parse_wording(snapshot.files["data/wording.yaml"]))


# The server


class Download(NamedTuple):
    """One address that programs rely on."""

    name: str
    media_type: str
    make: Callable[[Snapshot, Mapping[str, str]], bytes]
    """The body for a state of the data and a query; ValueError says what is wrong with the query."""


def make_csv(snapshot: Snapshot, query: Mapping[str, str]) -> bytes:
    """Return figures.csv, whole or as the query filters it, without a byte-order mark."""
    return format_csv(select_rows(snapshot, query), bom=False)


def make_json(snapshot: Snapshot, query: Mapping[str, str]) -> bytes:
    """Return one figure's row as JSON."""
    rows = select_rows(snapshot, query)
    if "figure" not in query or rows.empty:
        raise ValueError("name one figure: /figures.json?figure=ID, with an id of figures.csv")
    return format_json(arrange(snapshot).index.claims[rows.index[0]]).encode()


def make_package(snapshot: Snapshot, query: Mapping[str, str]) -> bytes:
    """Return the Data Package as a zip, its figures as the query filters them."""
    return make_zip(arrange(snapshot).index, query)


def select_rows(snapshot: Snapshot, query: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows that a query selects: `figure` by its id, or filters; ValueError says what is unknown."""
    table, filters = arrange(snapshot).index, dict(query)
    figure = filters.pop("figure", "")
    rows = table.export(table.find(parse_filters(table, filters)))
    if figure and figure not in table.claims:
        raise ValueError(f"figure {figure!r} is unknown: use an id of figures.csv")
    return rows[rows["id"] == figure] if figure else rows


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
    *(Route(f"/{download.name}", partial(answer, download)) for download in DOWNLOADS),
]


if __name__ == "__main__":
    import dashboard

    dashboard.main()
else:
    static = Path(st.__file__).parent / "static"
    guard = make_guard(static, [route.path for route in ROUTES], os.environ.get("FIGURES_HOSTS", ""))
    app = st.App(__file__, routes=ROUTES, middleware=[guard])
