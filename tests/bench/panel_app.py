"""The compare view's charts and table in Panel, drawn with Bokeh: `python -m tests.bench.panel_app PORT`."""

import html
import importlib
import sys
from typing import Any

import pandas as pd

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

panel: Any = importlib.import_module("panel")
plotting: Any = importlib.import_module("bokeh.plotting")
models: Any = importlib.import_module("bokeh.models")

INDEX = load_index()
TOPICS = INDEX.collection.topics


def draw(drawing: Drawing, claim: Any) -> Any:
    """Return one chart; a click on a bar shows its claim."""
    bars = drawing.bars
    source = models.ColumnDataSource({
        "place": [-place for place in range(len(bars))],
        "value": [bar.value for bar in bars],
        "colour": [bar.colour for bar in bars],
        "text": [f"{bar.label}: {bar.words}" for bar in bars],
    })  # fmt: skip
    figure = plotting.figure(
        height=44 * len(bars),
        x_range=(0, max(bar.value for bar in bars)),
        y_range=(0.4 - len(bars), 0.9),
        tools="tap",
        toolbar_location=None,
        min_border=0,
        sizing_mode="stretch_width",
    )
    figure.axis.visible = False
    figure.grid.visible = False
    figure.hbar(y="place", right="value", height=0.5, color="colour", source=source)
    figure.text(x=0, y="place", y_offset=-12, text="text", text_font_size="13px", source=source)
    source.selected.on_change("indices", lambda _attr, _old, new: show_claim(claim, bars[new[0]].id if new else ""))
    return figure


def show_claim(pane: Any, name: str) -> None:
    """Answer a click on a bar."""
    if not name:
        return
    checked = INDEX.claims[name]
    before, figure, after = (html.escape(part) for part in split_quote(checked))
    quote = f"<blockquote>{before}<mark>{figure}</mark>{after}</blockquote>"
    translation = html.escape(checked.sentence.translation or "")
    pane.object = f"<h2>{figure}</h2>{quote}<p>{translation}</p>"


def compose_charts(topic: str, claim: Any) -> list[Any]:
    """Return the charts of a topic, or of all, each under its title."""
    return [
        part
        for drawing in make_drawings(INDEX, topic)
        for part in (panel.pane.HTML(f"<h3>{html.escape(drawing.title)}</h3>"), panel.pane.Bokeh(draw(drawing, claim)))
    ]


def compose_coverage() -> str:
    """Return the map of what is here."""
    rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in make_coverage(INDEX))
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def view() -> Any:
    """Return the page of one reader."""
    claim = panel.pane.HTML("<p>Choose a bar.</p>", sizing_mode="stretch_width")
    charts = panel.Column(*compose_charts(ALL, claim), sizing_mode="stretch_width")
    names = {"All": ALL, **{topic.name.en: key for key, topic in TOPICS.items()}}
    topics = panel.widgets.RadioButtonGroup(options=names, value=ALL)
    state = panel.pane.HTML("")
    table = panel.widgets.Tabulator(
        pd.DataFrame(make_rows(pick_claims(INDEX, ALL)), columns=list(COLUMNS)),
        disabled=True,
        show_index=False,
        pagination="remote",
        page_size=50,
    )

    def filter_by(event: Any) -> None:
        charts.objects = compose_charts(event.new, claim)
        table.value = pd.DataFrame(make_rows(pick_claims(INDEX, event.new)), columns=list(COLUMNS))
        state.object = f"<p class='state'>Filtered: {html.escape(event.new)}</p>"

    topics.param.watch(filter_by, "value")
    return panel.Column(
        panel.pane.HTML(f"<h1>Reported figures</h1>{compose_coverage()}"),
        topics,
        state,
        panel.Row(charts, claim),
        table,
    )


if __name__ == "__main__":
    panel.extension("tabulator")
    panel.serve({"/": view}, address="127.0.0.1", port=int(sys.argv[1]), show=False, liveness=True)
