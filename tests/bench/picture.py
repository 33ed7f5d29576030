"""The picture of the measurements that README shows: drawn with Altair, written as SVG by the browser."""

import json
import math
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import altair as alt
import pandas as pd

from tests.bench.report import Series, format_number
from tests.browser import LONGEST_WAIT, open_browser
from tests.servers import serve

COLOURS = ("#0072b2", "#8a8f98", "#d55e00", "#009e73")
TIMES = (
    "first visit: first words",
    "first visit: first mark",
    "first visit: whole view",
    "second visit: first mark",
    "second visit: whole view",
    "click on a mark",
    "click on a pill",
    "change of view",
    "search",
)


# Streamlit leaves a chart no margin; the ground is white, for a README may stand on black.
SERIALIZE = """path => {
    const svg = path.closest('svg'), box = svg.getBBox(), margin = 12;
    const [x, y, width, height] = [box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin];
    const ground = document.createElementNS(svg.namespaceURI, 'rect');
    const attributes = Object.entries({ x, y, width, height, fill: '#ffffff' });
    for (const [name, value] of attributes) ground.setAttribute(name, value);
    svg.prepend(ground);
    svg.setAttribute('viewBox', [x, y, width, height].join(' '));
    svg.setAttribute('width', width);
    svg.setAttribute('height', height);
    svg.removeAttribute('style');
    return new XMLSerializer().serializeToString(svg);
}"""


def draw_times(series: Series, machine: str) -> dict[str, Any]:
    """Return the spec of the medians of all times as bars: a group a measure, a bar a page."""
    measures = [measure for measure in TIMES if measure in series]
    names = list(series[measures[0]])
    frame = pd.DataFrame(
        [make_bar(measure, page, found) for measure in measures for page, found in series[measure].items()]
    )
    scale = alt.Scale(domain=names, range=COLOURS[: len(names)])
    base = alt.Chart(frame).encode(
        y=alt.Y("measure:N", sort=measures, title=None, axis=alt.Axis(labelLimit=200, ticks=False, domain=False)),
        yOffset=alt.YOffset("page:N", sort=names),
        x=alt.X("seconds:Q", title="seconds, median; less is better", axis=alt.Axis(grid=False)),
    )
    chart = alt.layer(
        base.mark_bar().encode(
            color=alt.Color("page:N", sort=names, title=None, scale=scale, legend=alt.Legend(orient="top"))
        ),
        base.mark_text(align="left", dx=4, fontSize=10).encode(text="words:N"),
    ).properties(
        width=560, height=alt.Step(13), title=alt.Title("Pages side by side", subtitle=machine, anchor="start")
    )
    spec: dict[str, Any] = chart.configure(font="sans-serif").configure_view(stroke=None).to_dict()
    return spec


def make_bar(measure: str, page: str, found: Sequence[float]) -> dict[str, object]:
    """Return one bar of the picture; what never came has none."""
    median = statistics.median(found)
    if not math.isfinite(median):
        return {"measure": measure, "page": page, "seconds": 0.0, "words": "never"}
    return {"measure": measure, "page": page, "seconds": median, "words": f"{format_number(median)} s"}


def write_picture(chart: Mapping[str, Any], file: Path) -> None:
    """Write a chart as SVG, drawn by the browser as the page's own charts are."""
    with TemporaryDirectory(prefix="bench-") as folder:
        spec = Path(folder, "spec.json")
        spec.write_text(json.dumps(chart), encoding="utf-8")
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
            svg = drawn.evaluate(SERIALIZE)
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{svg}\n", encoding="utf-8")
