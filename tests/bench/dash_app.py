"""The views in Dash, each a page with an address of its own, as Dash makes them: `python -m tests.bench.dash_app PORT`.

What is chosen stands in the address of the other view, as here; what is searched does not.
"""

import importlib
import sys
from typing import Any

from tests.bench.peer_data import (
    ALL,
    COLUMNS,
    Drawing,
    Number,
    Section,
    find_rows,
    load_index,
    make_coverage,
    make_rows,
    make_sections,
    make_timeline,
    pick_claims,
    split_quote,
)

dash: Any = importlib.import_module("dash")
go: Any = importlib.import_module("plotly.graph_objects")
html, dcc = dash.html, dash.dcc

INDEX = load_index()
TOPICS = INDEX.collection.topics
VIEWS = {"/": "Compare", "/figures": "Figures"}


def draw(drawing: Drawing) -> Any:
    """Return one chart."""
    places = list(range(len(drawing.bars)))
    bar = go.Bar(
        x=[each.value for each in drawing.bars],
        base=[each.base for each in drawing.bars],
        y=places,
        customdata=[each.id for each in drawing.bars],
        text=[f"{each.label}: {each.words}" for each in drawing.bars],
        marker_color=[each.colour for each in drawing.bars],
        orientation="h",
        textposition="auto",
    )
    figure = go.Figure(bar)
    figure.update_layout(height=60 + 44 * len(places), margin={"l": 0, "r": 0, "t": 30, "b": 20}, title=drawing.title)
    figure.update_yaxes(visible=False, autorange="reversed")
    return figure


def compose_chart(drawing: Drawing) -> Any:
    """Return one chart; a click on a bar shows its claim."""
    name = {"kind": "chart", "place": drawing.bars[0].id}
    return dcc.Graph(id=name, figure=draw(drawing), config={"displayModeBar": False})


def compose_charts(topic: str) -> list[Any]:
    """Return the timeline and the topics, a column a province; of one topic, or of all."""
    return [compose_chart(make_timeline(INDEX, topic)), *map(compose_section, make_sections(INDEX, topic))]


def compose_section(section: Section) -> Any:
    """Return one topic."""
    return html.Section([
        html.H2(section.title),
        html.Div([
            html.Div([
                html.H3(cell.province),
                *map(compose_chart, cell.drawings),
                *map(compose_number, cell.numbers),
                *([] if cell.drawings or cell.numbers else [html.P("not reported in these articles")]),
            ], style={"flex": 1, "minWidth": 0})
            for cell in section.cells
        ], style={"display": "flex", "gap": "1em"}),
    ])  # fmt: skip


def compose_number(number: Number) -> Any:
    """Return a figure that a click opens."""
    return html.Button([html.B(number.words), " ", number.label], id={"kind": "number", "figure": number.id})


def compose_coverage() -> Any:
    """Return the map of what is here."""
    head, *rows = make_coverage(INDEX)
    return html.Table(
        [html.Tr([html.Th(cell) for cell in head])] + [html.Tr([html.Td(cell) for cell in row]) for row in rows]
    )


def compose_head(view: str, topic: str) -> list[Any]:
    """Return what stands above every view."""
    options = [
        {"label": "All", "value": ALL},
        *({"label": each.name.en, "value": key} for key, each in TOPICS.items()),
    ]
    return [
        html.H1("Reported figures"),
        html.Nav([
            dcc.Link(name, href=f"{path}?topic={topic}", id={"link": path}, style={"marginRight": "1em"})
            for path, name in VIEWS.items()
        ]),
        dcc.RadioItems(id={"view": view}, options=options, value=topic),
    ]  # fmt: skip


def compose_compare(topic: str = ALL, **_: str) -> Any:
    """Return the view of charts."""
    return html.Div([
        *compose_head("compare", topic),
        html.P(id="state"),
        html.Div([
            html.Div(compose_charts(topic), id="charts", style={"flex": 3}),
            html.Div(html.P("Choose a bar."), id="claim", style={"flex": 2}),
        ], style={"display": "flex"}),
        compose_coverage(),
    ])  # fmt: skip


def compose_figures(topic: str = ALL, **_: str) -> Any:
    """Return the view of the table, with its search."""
    return html.Div([
        *compose_head("figures", topic),
        dcc.Input(id="search", type="search", placeholder="Search", debounce=True, value=""),
        dash.dash_table.DataTable(
            id="table",
            columns=[{"name": name, "id": name} for name in COLUMNS],
            data=make_rows(pick_claims(INDEX, topic)),
            page_size=50,
        ),
    ])  # fmt: skip


def make_app() -> Any:
    """Return the page."""
    app = dash.Dash("figures", serve_locally=True, use_pages=True, pages_folder="", suppress_callback_exceptions=True)
    for path, name, layout in zip(VIEWS, VIEWS.values(), (compose_compare, compose_figures), strict=True):
        dash.register_page(name, path=path, layout=layout)
    app.layout = dash.page_container
    app.callback(
        dash.Output("charts", "children"),
        dash.Output("state", "children"),
        dash.Output({"link": dash.ALL}, "href"),
        dash.Input({"view": "compare"}, "value"),
        prevent_initial_call=True,
    )(filter_charts)
    app.callback(
        dash.Output("table", "data"),
        dash.Input({"view": "figures"}, "value"),
        dash.Input("search", "value"),
        prevent_initial_call=True,
    )(filter_rows)
    app.callback(
        dash.Output("claim", "children"),
        dash.Input({"kind": "chart", "place": dash.ALL}, "clickData"),
        dash.Input({"kind": "number", "figure": dash.ALL}, "n_clicks"),
        prevent_initial_call=True,
    )(show_claim)
    return app


def filter_charts(topic: str) -> tuple[list[Any], str, list[str]]:
    """Answer a click on a topic beside the charts."""
    return compose_charts(topic), f"Filtered: {topic}", [f"{path}?topic={topic}" for path in VIEWS]


def filter_rows(topic: str, words: str) -> list[dict[str, str]]:
    """Answer a click on a topic above the table, and a search."""
    return find_rows(make_rows(pick_claims(INDEX, topic)), words or "")


def show_claim(_bars: list[Any], _numbers: list[Any]) -> Any:
    """Answer a click on a bar or a number."""
    clicked = dash.ctx.triggered[0]["value"] if dash.ctx.triggered else None
    if not clicked:
        return dash.no_update
    name = dash.ctx.triggered_id.get("figure") or clicked["points"][0]["customdata"]
    checked = INDEX.claims[name]
    before, figure, after = split_quote(checked)
    return [html.H2(figure), html.Blockquote([before, html.Mark(figure), after]), html.P(checked.sentence.translation)]


if __name__ == "__main__":
    make_app().run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
