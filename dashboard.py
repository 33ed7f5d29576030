"""What a reader sees, and the server's routes: `streamlit run dashboard.py`.

The address decides everything (see `extract.address`): every link on the page is a link, `page.js` follows it without loading
the page anew, and the script answers from what `extract` has loaded, checked and computed. Streamlit runs this file anew for
every answer; so that nothing is built twice, that run only calls `main` of the module imported once.
"""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from extract import markup
from extract.address import Address, View, parse_query
from extract.collection import Trace
from extract.index import SHARE_UNIT, Index, Panel
from extract.markup import Page
from extract.proof import make_proof
from extract.search import filter_rows, parse_filters
from extract.table import FIGURE_COLUMNS, format_csv_rows
from extract.wording import Wording

HERE = Path(__file__).resolve().parent
STYLE = f"<style>{(HERE / '.streamlit' / 'page.css').read_text(encoding='utf-8')}</style>"
BEHAVIOUR = (HERE / ".streamlit" / "page.js").read_text(encoding="utf-8")
FONT = "Source Sans, sans-serif"

# A panel longer than this is a table's work: the rest stands in the view of figures, one link away.
MOST_BARS = 24
LETTERS_OF_A_LINE = 46


# Charts


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
NAME, LINE, BAR, GAP = 20, 16, 18, 20


@lru_cache(maxsize=512)
def draw_bars(bars: tuple[Bar, ...], *, greatest: float, is_share: bool, description: str) -> dict[str, Any]:
    """Return the Vega-Lite spec of a panel: a bar a figure from one common zero, its label above it, its words after it.

    Hedged figures are outlined and light; a share stands in the pale bar of its whole. Every bar is a link to its claim and
    carries its text alternative.
    """
    frame = pd.DataFrame(bars)
    heights = frame["detail"].str.count("\n").add(1).mul(LINE).add(NAME + BAR + GAP)
    frame["top"] = heights.cumsum() - heights
    frame["start"] = frame["top"] + heights - BAR - GAP
    frame["end"] = frame["start"] + BAR
    room = int(frame["words"].str.len().max() * 7.4) + 16
    scale = alt.Scale(domain=[0, greatest], range=[0, alt.expr(f"max(width - {room}, 40)")])
    x = alt.X("value:Q", axis=None, scale=scale)
    colour = alt.Color("colour:N", scale=None)
    base = alt.Chart(frame)
    bar = base.encode(y=pixel("start"), y2="end:Q", x2=alt.datum(0))
    whole = bar.mark_bar(orient="horizontal", aria=False, color=markup.GREY, opacity=0.2).encode(x=alt.X(datum=1, scale=scale))
    chart = alt.layer(
        *([whole] if is_share else []),
        bar.mark_bar(orient="horizontal", cornerRadiusEnd=2, strokeWidth=1.5, cursor="pointer").encode(
            x=x,
            color=colour,
            stroke=alt.Stroke("colour:N", scale=None),
            fillOpacity=alt.condition("datum.hedged", alt.value(0.2), alt.value(0.92)),
            href="href:N",
            description="alt:N",
        ),
        base.mark_circle(size=90, opacity=1, aria=False, yOffset=8).encode(x=alt.value(5), y=pixel("top"), color=colour),
        draw_text(base, "name", dx=16, dy=0, weight=600, name="name").encode(x=alt.value(0), y=pixel("top")),
        draw_text(base, "detail", dx=0, dy=NAME, size=13, name="detail").encode(x=alt.value(0), y=pixel("top")),
        draw_text(base, "words", dx=8, dy=2, weight=600, name="words").encode(x=x, y=pixel("start")),
    )
    return finish(chart.properties(width="container", height=int(heights.sum()), description=description))


def draw_text(base: alt.Chart, field: str, *, dx: int, dy: int, name: str, size: int = 14, weight: int = 400) -> alt.Chart:
    """Return a layer of text that needs no text alternative of its own; the style sheet colours it by its name."""
    return (
        base.mark_text(
            align="left", baseline="top", aria=False, dx=dx, dy=dy, fontSize=size, fontWeight=weight, lineHeight=LINE, lineBreak="\n"
        )
        .encode(text=f"{field}:N")
        .properties(name=name)
    )


def pixel(field: str) -> alt.Y:
    """Return the channel that places marks by pixels from the top."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def finish(chart: alt.LayerChart) -> dict[str, Any]:
    """Return a chart's spec without frame or ground of its own, so that it stands on the page in any theme."""
    return (
        chart.configure(background="transparent", font=FONT, padding=alt.Padding(left=1, right=1, top=1, bottom=0))
        .configure_view(stroke=None)
        .to_dict()
    )


def make_bars(page: Page, traces: Sequence[Trace], *, is_share: bool) -> tuple[Bar, ...]:
    """Return the marks of figures, in their order."""
    return tuple(
        Bar(
            id=trace.claim.id,
            value=float(markup.share_of(trace) if is_share else trace.claim.value),
            name=page.words.pick(trace.province.name),
            detail="\n".join(textwrap.wrap(markup.format_what(page, trace), LETTERS_OF_A_LINE)),
            words=markup.format_hedged(trace),
            alt=markup.format_alt(page, trace),
            href=page.link(figure=trace.claim.id),
            colour=page.colour(trace.province),
            hedged=trace.claim.qualifier != "exact",
        )
        for trace in traces
    )


# Views


def main() -> None:
    """Show the page that the address asks for."""
    st.set_page_config(page_title="Reported figures", layout="wide")
    st.html(STYLE)
    st.html('<script src="./page.js"></script>', unsafe_allow_javascript=True)
    index, wording = load()
    address, unknown = parse_query(st.query_params.to_dict(), index)
    page = Page(index=index, words=wording[choose_language(address)], address=address)
    show_head(page)
    if unknown:
        st.html(markup.compose_unknown(page, unknown))
    {
        View.COMPARE: show_compare,
        View.PROVINCE: show_province,
        View.FIGURES: show_figures,
        View.ARTICLES: show_articles,
        View.ABOUT: show_about,
    }[address.view](page)


def choose_language(address: Address) -> str:
    """Return the page's language: the address's, else Vietnamese for a browser that asks for it, else English."""
    if address.lang:
        return address.lang
    return "vi" if (st.context.locale or "").lower().startswith("vi") else "en"


def show_head(page: Page) -> None:
    """Write the head with the views, and the downloads of all that the filters let through."""
    st.html(markup.compose_head(page, page.index.years))


def show_beside_claim(page: Page) -> "st.delta_generator.DeltaGenerator":
    """Write the claim that stands open at the side, and return the column for everything else."""
    main_column, side = st.columns([0.6, 0.4], gap="large")
    trace = page.index.traces.get(page.address.figure)
    with side, st.container(key="claim_open" if trace else "claim_none"):
        st.html(compose_open_claim(page, trace) if trace else markup.compose_claim_hint(page))
    return main_column


def compose_open_claim(page: Page, trace: Trace) -> str:
    """Return the card of a claim with all that is computed for it."""
    base = (st.context.url or "").partition("?")[0]
    return markup.compose_claim(page, trace, make_proof(page.index, trace, page.words, base=base, today=date.today()))


def show_compare(page: Page) -> None:
    """Write the coverage map, the filters, and every topic's panels."""
    traces = page.index.find(page.address.filters)
    st.html(markup.compose_coverage(page) + markup.compose_filters(page, len(traces)))
    with show_beside_claim(page):
        if not traces:
            st.html(f'<p class="notice">{page.words("filter.empty")}</p>')
        panels = page.index.panels(traces)
        for topic in page.index.collection.topics:
            show_topic(page, topic, [panel for panel in panels if panel.topic == topic])


def show_topic(page: Page, topic: str, panels: Sequence[Panel]) -> None:
    """Write a topic: a panel of bars for each unit with two figures or more, the other figures as numbers, then what goes with all."""
    if not panels:
        return
    st.html(markup.compose_topic_head(page, topic, panels))
    for panel in panels:
        if len(panel.traces) > 1:
            show_bars(page, panel)
    alone = [panel for panel in panels if len(panel.traces) == 1]
    st.html(markup.compose_numbers(page, alone) + markup.compose_topic_foot(page, topic, panels, MOST_BARS))


def show_bars(page: Page, panel: Panel) -> None:
    """Write one panel of bars under its unit, with the verdict on whether its figures can be compared."""
    is_share = panel.unit == SHARE_UNIT
    shown = panel.traces[:MOST_BARS]
    st.html(markup.compose_panel_head(page, panel))
    bars = make_bars(page, shown, is_share=is_share)
    greatest = 1.0 if is_share else max(bar.value for bar in bars)
    description = markup.format_chart_alt(page, panel, shown)
    spec = draw_bars(bars, greatest=greatest, is_share=is_share, description=description)
    st.vega_lite_chart(spec, width="stretch", theme=None)
    st.html(markup.compose_panel_foot(page, panel))


def show_province(page: Page) -> None:
    """Write one province: its name and borders, its figures beside the others', its articles."""
    chosen = page.address.province[0] if page.address.province else next(iter(page.index.collection.provinces))
    province = page.index.collection.provinces[chosen]
    with show_beside_claim(page):
        st.html(markup.compose_province(page, province))
        st.html(markup.compose_beside(page, province))
        sources = [s for s in page.index.collection.sources if s.record.article.province == chosen]
        st.html(f"<h2>{page.words('province.articles')}</h2>" + markup.compose_article_list(page, sources))


def show_figures(page: Page) -> None:
    """Write the whole table, fifty rows a page."""
    traces = page.index.find(page.address.filters)
    st.html(markup.compose_filters(page, len(traces)))
    with show_beside_claim(page):
        start = (page.address.page - 1) * markup.ROWS_OF_A_PAGE
        st.html(markup.compose_rows(page, traces[start : start + markup.ROWS_OF_A_PAGE], sortable=True))
        st.html(markup.compose_pages(page, len(traces)))


def show_articles(page: Page) -> None:
    """Write the list of articles, or one whole article with every number of it accounted for."""
    source = page.index.sources.get(page.address.article)
    with show_beside_claim(page):
        if source is None:
            st.html(markup.compose_article_list(page, page.index.collection.sources))
        else:
            st.html(markup.compose_article(page, source))
            st.html(markup.compose_ledger(page, source))


def show_about(page: Page) -> None:
    """Write what this is, how it is made and how to take it away."""
    st.html(markup.compose_downloads(page, ""))


# Data


@lru_cache(maxsize=1)
def load() -> tuple[Index, Mapping[str, Wording]]:
    from extract.load import find_root, load_collection
    from extract.wording import parse_wording

    root = find_root()
    collection, problems = load_collection(root)
    for p in problems:
        print(p)
    return Index(collection), parse_wording((root / "data/wording.yaml").read_bytes())


# The server


async def serve_csv(request: Request) -> Response:
    """Answer with figures.csv, whole or as the query filters it."""
    index, _ = load()
    query = dict(request.query_params)
    figure = query.pop("figure", "")
    try:
        rows = filter_rows(index.rows, **parse_filters(index.collection, query).active)
    except ValueError as error:
        return PlainTextResponse(f"{error}\n", status_code=400)
    if figure:
        rows = [row for row in rows if row.id == figure]
    return Response(format_csv_rows(rows, FIGURE_COLUMNS, bom=False), media_type="text/csv; charset=utf-8")


async def serve_behaviour(_: Request) -> Response:
    """Answer with the page's script."""
    return Response(BEHAVIOUR, media_type="text/javascript; charset=utf-8")


if __name__ == "__main__":
    import dashboard

    dashboard.main()
else:
    app = st.App(__file__, routes=[Route("/figures.csv", serve_csv), Route("/page.js", serve_behaviour)])
