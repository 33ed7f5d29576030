"""The picture of the measurements that README shows: drawn with Altair, written as SVG by the browser."""

import json
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

import altair as alt
import pandas as pd

from tests.bench.report import Series, format_number
from tests.browser import LONGEST_WAIT, open_browser
from tests.servers import serve

COLOURS = ("#0072b2", "#8a8f98", "#d55e00", "#009e73")
TIMES = (
    "first visit: first chart",
    "first visit: whole view",
    "second visit: first chart",
    "second visit: whole view",
    "click on a bar",
    "click on a filter",
    "server ready",
)


def draw_times(series: Series, machine: str) -> alt.LayerChart:
    """Return the medians of all times as bars: a group a measure, a bar a page."""
    measures = [measure for measure in TIMES if measure in series]
    names = list(series[measures[0]])
    frame = pd.DataFrame(
        [
            {"measure": measure, "page": page, "seconds": (median := statistics.median(found)), "words": f"{format_number(median)} s"}
            for measure in measures
            for page, found in series[measure].items()
        ]
    )
    base = alt.Chart(frame).encode(
        y=alt.Y("measure:N", sort=measures, title=None, axis=alt.Axis(labelLimit=200, ticks=False, domain=False)),
        yOffset=alt.YOffset("page:N", sort=names),
        x=alt.X("seconds:Q", title="seconds, median; less is better", axis=alt.Axis(grid=False)),
    )
    colour = alt.Color("page:N", sort=names, title=None, scale=alt.Scale(domain=names, range=COLOURS[: len(names)]))
    return (
        alt.layer(
            base.mark_bar().encode(color=colour.legend(orient="top")),
            base.mark_text(align="left", dx=4, fontSize=10).encode(text="words:N"),
        )
        .properties(width=560, height=alt.Step(13), title=alt.Title("Pages side by side", subtitle=machine, anchor="start"))
        .configure(font="sans-serif", background="#ffffff", padding=12)
        .configure_view(stroke=None)
    )  # fmt: skip


def write_picture(chart: alt.LayerChart, file: Path) -> None:
    """Write a chart as SVG, drawn by the browser as the page's own charts are."""
    with TemporaryDirectory(prefix="bench-") as folder:
        spec = Path(folder, "spec.json")
        spec.write_text(json.dumps(chart.to_dict()), encoding="utf-8")
        settings = {
            "BENCH_SPEC": str(spec),
            "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
            "STREAMLIT_SERVER_HEADLESS": "true",
            "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
        }
        app = Path(__file__).with_name("picture_app.py")
        with serve(Path(folder), app, settings) as server, open_browser() as browser:
            page = browser.new_page()
            page.goto(server.url)
            drawn = page.wait_for_selector("[data-testid=stVegaLiteChart] svg path[aria-label]", timeout=LONGEST_WAIT)
            assert drawn is not None
            page.wait_for_timeout(500)
            svg = drawn.evaluate("path => new XMLSerializer().serializeToString(path.closest('svg'))")
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{svg}\n", encoding="utf-8")
