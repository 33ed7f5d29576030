"""The compare view's charts and table in Dash: `python -m tests.bench.dash_app PORT`."""

import importlib
import sys
from typing import Any

from tests.bench.peer_data import (
    ALL,
    COLUMNS,
    Drawing,
    load_index,
    make_coverage,
    make_drawings,
    make_rows,
    pick_claims,
    split_quote,
)

dash: Any = importlib.import_module("dash")
go: Any = importlib.import_module("plotly.graph_objects")
html, dcc = dash.html, dash.dcc

INDEX = load_index()
TOPICS = INDEX.collection.topics


def draw(drawing: Drawing) -> Any:
    """Return one chart."""
    places = list(range(len(drawing.bars)))
    bar = go.Bar(
        x=[each.value for each in drawing.bars],
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


def compose_charts(topic: str) -> list[Any]:
    """Return the charts of a topic, or of all."""
    return [
        dcc.Graph(id={"kind": "chart", "place": place}, figure=draw(drawing), config={"displayModeBar": False})
        for place, drawing in enumerate(make_drawings(INDEX, topic))
    ]


def compose_coverage() -> Any:
    """Return the map of what is here."""
    head, *rows = make_coverage(INDEX)
    return html.Table(
        [html.Tr([html.Th(cell) for cell in head])] + [html.Tr([html.Td(cell) for cell in row]) for row in rows]
    )


def make_app() -> Any:
    """Return the page."""
    app = dash.Dash("figures", serve_locally=True)
    options = [
        {"label": "All", "value": ALL},
        *({"label": topic.name.en, "value": key} for key, topic in TOPICS.items()),
    ]
    app.layout = html.Div([
        html.H1("Reported figures"),
        compose_coverage(),
        dcc.RadioItems(id="topic", options=options, value=ALL),
        html.P(id="state"),
        html.Div([
            html.Div(compose_charts(ALL), id="charts", style={"flex": 3}),
            html.Div(html.P("Choose a bar."), id="claim", style={"flex": 2}),
        ], style={"display": "flex"}),
        dash.dash_table.DataTable(
            id="table",
            columns=[{"name": name, "id": name} for name in COLUMNS],
            data=make_rows(pick_claims(INDEX, ALL)),
            page_size=50,
        ),
    ])  # fmt: skip
    app.callback(
        dash.Output("charts", "children"),
        dash.Output("table", "data"),
        dash.Output("state", "children"),
        dash.Input("topic", "value"),
        prevent_initial_call=True,
    )(filter_by)
    app.callback(
        dash.Output("claim", "children"),
        dash.Input({"kind": "chart", "place": dash.ALL}, "clickData"),
        prevent_initial_call=True,
    )(show_claim)
    return app


def filter_by(topic: str) -> tuple[list[Any], list[dict[str, str]], str]:
    """Answer a click on a topic."""
    return compose_charts(topic), make_rows(pick_claims(INDEX, topic)), f"Filtered: {topic}"


def show_claim(clicks: list[Any]) -> Any:
    """Answer a click on a bar."""
    clicked = dash.ctx.triggered[0]["value"] if dash.ctx.triggered else None
    if not clicked or not any(clicks):
        return dash.no_update
    checked = INDEX.claims[clicked["points"][0]["customdata"]]
    before, figure, after = split_quote(checked)
    return [html.H2(figure), html.Blockquote([before, html.Mark(figure), after]), html.P(checked.sentence.translation)]


if __name__ == "__main__":
    make_app().run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
