"""The views in Panel, as tabs whose choice stands in the address: `python -m tests.bench.panel_app PORT`.

Charts are drawn with Bokeh; the tab that is not shown is not sent.
"""

import html
import importlib
import sys
from typing import Any

import pandas as pd

from tests.bench.peer_data import (
    ALL,
    COLUMNS,
    Cell,
    Drawing,
    find_rows,
    load_index,
    make_coverage,
    make_rows,
    make_sections,
    make_timeline,
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
        "base": [bar.base for bar in bars],
        "end": [bar.base + bar.value for bar in bars],
        "colour": [bar.colour for bar in bars],
        "text": [f"{bar.label}: {bar.words}" for bar in bars],
    })  # fmt: skip
    figure = plotting.figure(
        height=44 * len(bars),
        x_range=(min(bar.base for bar in bars), max(bar.base + bar.value for bar in bars)),
        y_range=(0.4 - len(bars), 0.9),
        tools="tap",
        toolbar_location=None,
        min_border=0,
        sizing_mode="stretch_width",
    )
    figure.axis.visible = False
    figure.grid.visible = False
    figure.hbar(y="place", left="base", right="end", height=0.5, color="colour", source=source)
    figure.text(x="base", y="place", y_offset=-12, text="text", text_font_size="13px", source=source)
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


def compose_chart(drawing: Drawing, claim: Any) -> list[Any]:
    """Return one chart under its title."""
    return [panel.pane.HTML(f"<h4>{html.escape(drawing.title)}</h4>"), panel.pane.Bokeh(draw(drawing, claim))]


def compose_charts(topic: str, claim: Any) -> list[Any]:
    """Return the timeline and the topics, a column a province; of one topic, or of all."""
    parts = compose_chart(make_timeline(INDEX, topic), claim)
    for section in make_sections(INDEX, topic):
        cells = [compose_cell(cell, claim) for cell in section.cells]
        parts += [panel.pane.HTML(f"<h2>{html.escape(section.title)}</h2>"), panel.Row(*cells)]
    return parts


def compose_cell(cell: Cell, claim: Any) -> Any:
    """Return what one province reports on one topic. Numbers are words here, and no click opens them."""
    numbers = "".join(f"<p><b>{html.escape(each.words)}</b> {html.escape(each.label)}</p>" for each in cell.numbers)
    absent = "" if cell.drawings or cell.numbers else "<p>not reported in these articles</p>"
    return panel.Column(
        panel.pane.HTML(f"<h3>{html.escape(cell.province)}</h3>{numbers}{absent}"),
        *(part for drawing in cell.drawings for part in compose_chart(drawing, claim)),
        sizing_mode="stretch_width",
    )


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

    search = panel.widgets.TextInput(placeholder="Search")
    tabs = panel.Tabs(("Compare", panel.Row(charts, claim)), ("Figures", panel.Column(search, table)), dynamic=True)

    def find() -> pd.DataFrame:
        rows = make_rows(pick_claims(INDEX, topics.value))
        return pd.DataFrame(find_rows(rows, search.value), columns=list(COLUMNS))

    def filter_by(event: Any) -> None:
        charts.objects = compose_charts(event.new, claim)
        table.value = find()
        state.object = f"<p class='state'>Filtered: {html.escape(event.new)}</p>"

    def search_for(_: Any) -> None:
        table.value = find()

    topics.param.watch(filter_by, "value")
    search.param.watch(search_for, "value")
    if panel.state.location:
        panel.state.location.sync(tabs, {"active": "view"})
        panel.state.location.sync(topics, {"value": "topic"})
    return panel.Column(
        panel.pane.HTML(f"<h1>Reported figures</h1>{compose_coverage()}"),
        topics,
        state,
        tabs,
    )


if __name__ == "__main__":
    panel.extension("tabulator")
    panel.serve({"/": view}, address="127.0.0.1", port=int(sys.argv[1]), show=False, liveness=True)
