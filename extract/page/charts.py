"""The page's charts: each function draws one from a tidy frame and returns its Vega-Lite spec.

The whole row of a figure is its mark: a link (`href`) with a text alternative (`alt`), which a resting mouse shows,
too. Values are floats here and nowhere else; the words beside a bar or a dot keep every digit.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from extract.page.page import GREY
from extract.page.templates import Spec

# Streamlit's own, else the one that pictures bring.
FONT = "Source Sans, Source Sans Pro, sans-serif"
DETAIL = "detail"
"""The style of small words, which pictures give a colour of its own."""

# In pixels: a line of words, a bar, and what parts two rows.
LINE, BAR, GAP = 18, 16, 12
LETTER = 7.6
"""The width of a letter of the words beside a bar, more rather than less."""
LEAST_BAR = 16
"""The length that the greatest bar has where its words leave it no room."""
NAMES = 128
"""The width of the names that stand left of dots and periods."""

SMALL, SMALL_LINE = 12, 15

# Where the two sides and the ratio of a row of pairs stand, as parts of the width.
PER_SIDE, OF_SIDE, RATIO = (0.0, 0.36), (0.38, 0.76), 0.8

COLOUR = alt.Color("colour:N", scale=None)


class Bar(NamedTuple):
    """One figure of a chart."""

    id: str
    """The claim's, which tells rows apart."""
    value: float
    """In the unit of its chart; of a share the part of its whole, from 0 to 1."""
    name: str
    """What tells it from the others, in lines that fit a column."""
    words: str
    """The number in the reader's language."""
    alt: str
    href: str
    colour: str
    hedged: bool


class Span(NamedTuple):
    """One line of a timeline: a period, with moments as `find_moment` counts them, and what stands left of it."""

    row: str
    """Tells its line from the others; periods that overlap stand on lines of their own."""
    name: str
    """The name of the province, on the first of its lines; how many of its figures state no period, on the last."""
    name_alt: str
    name_href: str
    start: int | None
    """None where the line has no period."""
    end: int | None
    """The beginning of the day after the last that is certain."""
    fade: int | None
    """Where a period without an end has faded away; `end` where it has one."""
    is_day: bool
    words: str
    alt: str
    href: str
    colour: str


def draw_bars(bars: pd.DataFrame, *, is_share: bool, description: str) -> Spec:
    """Return a bar for each row of `Bar`, from one common zero: its name above it, its words after it.

    Hedged figures are outlined and light; a share stands in the pale bar of its whole. What is less than zero goes to
    the left of it, and a line then marks where zero is.
    """
    lines = count_lines(bars["name"])
    least, greatest = min(float(bars["value"].min()), 0.0), max(float(bars["value"].max()), 0.0)
    greatest = 1.0 if is_share else greatest
    scale = make_scale(least, greatest, bars["words"], 0, 1)
    rows = bars.assign(
        name=align_lines(bars["name"]),
        whole=greatest,
        # The words of a share stand behind the bar of its whole, those of less than zero right of zero.
        edge=greatest if is_share else bars["value"].clip(lower=0),
    )
    base = alt.Chart(rows).encode(y=alt.Y("id:N", sort=None, axis=None, scale=alt.Scale(padding=0)))
    low = LINE * lines / 2
    whole = base.mark_bar(height=BAR, yOffset=low, aria=False, color=GREY, opacity=0.35).encode(
        x=alt.X("whole:Q", axis=None, scale=scale), x2=alt.X2Datum(0)
    )
    zero = base.mark_rule(aria=False, color=GREY).encode(x=alt.XDatum(0, axis=None, scale=scale))
    chart = alt.layer(
        *([whole] if is_share else []),
        *([zero] if least else []),
        draw_bar(base, scale, low),
        draw_words(base, scale, low, edge="edge"),
        draw_names(base, lines),
        draw_target(base, alt.value(0), alt.value("width")),
    )
    return finish(chart, step=LINE * lines + BAR + GAP, description=description)


def draw_pairs(
    of: pd.DataFrame, per: pd.DataFrame, ratios: Sequence[str], *, heads: tuple[str, str, str], description: str
) -> Spec:
    """Return two bars a row, from the same rows of two frames of `Bar`, each side from a zero and on its own scale.

    `ratios` says of each row what `of` is divided by `per`, in words; `heads` names `of`, `per` and that ratio.
    """
    lines, titles = count_lines(of["name"]), align_lines(pd.Series(heads))
    rows = of.add_prefix("of_").join(per.add_prefix("per_")).assign(name=align_lines(of["name"]), ratio=ratios)
    # The heads stand once, above the first row.
    rows[["of_head", "per_head", "ratio_head"]] = ""
    rows.loc[0, ["of_head", "per_head", "ratio_head"]] = titles.tolist()
    base = alt.Chart(rows).encode(y=alt.Y("of_id:N", sort=None, axis=None, scale=alt.Scale(padding=0)))
    low, step = LINE * lines / 2, LINE * lines + BAR + GAP
    head = base.mark_text(
        yOffset=-step / 2 - SMALL_LINE * count_lines(titles), fontSize=SMALL, lineHeight=SMALL_LINE, style=DETAIL
    )
    sides, targets = [], []
    for side, bars, (start, end) in (("of_", of, OF_SIDE), ("per_", per, PER_SIDE)):
        scale = make_scale(0, float(bars["value"].max()), bars["words"], start, end)
        at_start, at_end = alt.value(find_place(start)), alt.value(find_place(end))
        sides.append(
            alt.layer(
                draw_bar(base, scale, low, side),
                draw_words(base, scale, low, side),
                head.encode(x=at_start, text=f"{side}head:N").properties(name=f"{side}detail"),
            )
        )
        targets.append(draw_target(base, at_start, at_end, side))
    at_ratio = alt.value(find_place(RATIO))
    chart = alt.layer(
        *sides,
        draw_names(base, lines),
        base.mark_text(yOffset=low, baseline="middle", fontWeight=600).encode(x=at_ratio, text="ratio:N"),
        head.encode(x=at_ratio, text="ratio_head:N").properties(name="ratio_detail"),
        *targets,
    ).resolve_scale(x="independent")
    return finish(chart, step=step, description=description)


def draw_dots(bars: pd.DataFrame, *, description: str) -> Spec:
    """Return a dot for each row of `Bar` on one scale from zero: its name left of it, its words after it.

    Hedged figures are open.
    """
    least, greatest = min(float(bars["value"].min()), 0.0), max(float(bars["value"].max()), 0.0)
    domain = [least, greatest if least else greatest or 1]
    room = measure_words(bars["words"]) + 12
    end = alt.expr(f"max(width - {room}, {NAMES + LEAST_BAR})")
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=domain, range=[NAMES, end]))
    base = alt.Chart(bars).encode(y=alt.Y("id:N", sort=None, axis=None, scale=alt.Scale(padding=0)))
    lines = count_lines(bars["name"])
    chart = alt.layer(
        base.mark_rule(aria=False, color=GREY, opacity=0.6).encode(x=x, x2=alt.X2Datum(0)),
        base.mark_circle(size=120, strokeWidth=2, opacity=1, aria=False).encode(
            x=x,
            color=COLOUR,
            stroke=alt.Stroke("colour:N", scale=None),
            fillOpacity=alt.condition("datum.hedged", alt.value(0.2), alt.value(1)),
        ),
        base.mark_text(dx=12, baseline="middle", fontWeight=600).encode(x=x, text="words:N"),
        base.mark_text(baseline="middle").encode(x=alt.value(0), text="name:N"),
        draw_target(base, alt.value(0), alt.value("width")),
    )
    return finish(chart, step=max(LINE * lines, BAR) + GAP, description=description)


def draw_timeline(spans: pd.DataFrame, *, first: int, last: int, description: str) -> Spec:
    """Return a timeline over whole years, `first` to `last`, of rows of `Span`: a bar a period, a dot a day.

    Of a period without an end, the bar ends where it stops being certain, and fades away from there. No mark is a
    figure: each leads to several, and the list beside the chart says the same to those who do not see it.
    """
    years = [find_moment(date(year, 1, 1)) for year in range(first, last + 2)]
    axis = alt.Axis(
        values=years,
        labelExpr="utcFormat(datum.value, '%Y')",
        title=None,
        labelOverlap=True,
        labelAlign="left",
        labelFont=FONT,
        labelFontSize=13,
        gridColor=GREY,
        gridOpacity=0.3,
        domain=False,
        ticks=False,
        aria=False,
    )
    # What fades away after the last year needs room of its own, and so do the words of what ends there.
    ends = max(years[-1], int(spans["fade"].max())) if spans["fade"].notna().any() else years[-1]
    end = alt.expr(f"max(width - {measure_words(spans['words'])}, {NAMES + LEAST_BAR})")
    scale = alt.Scale(domain=[years[0], ends], range=[NAMES, end])
    rows = spans.astype(dict.fromkeys(("start", "end", "fade"), "Int64"))
    # Each layer holds some of the rows, so that their order must be told.
    order = list(dict.fromkeys(spans["row"]))
    base = alt.Chart(rows).encode(y=alt.Y("row:N", sort=order, axis=None, scale=alt.Scale(padding=0)))
    dated = base.transform_filter("isValid(datum.start)")
    at_start, at_end = alt.X("start:Q", axis=axis, scale=scale), alt.X("end:Q", axis=axis, scale=scale)
    fading = spans[spans["fade"] > spans["end"]]
    chart = alt.layer(
        dated.transform_filter("!datum.is_day")
        .mark_bar(height=BAR, orient="horizontal", aria=False)
        .encode(x=at_start, x2="end:Q", color=COLOUR),
        *(
            dated.transform_filter(f"datum.fade > datum.end && datum.colour === '{colour}'")
            .mark_bar(height=BAR, orient="horizontal", color=fade_out(colour), aria=False)
            .encode(x=at_end, x2="fade:Q")
            for colour in fading["colour"].unique()
        ),
        dated.transform_filter("datum.is_day")
        .mark_circle(size=140, opacity=1, aria=False)
        .encode(x=at_start, color=COLOUR),
        dated.mark_text(dx=8, baseline="middle", fontWeight=600).encode(
            x=alt.X("fade:Q", axis=axis, scale=scale), text="words:N"
        ),
        base.mark_text(baseline="middle").encode(x=alt.value(0), text="name:N"),
        draw_way(dated, at_start, alt.X2("fade:Q"), least=24),
        draw_way(base.transform_filter("datum.name_href"), alt.value(0), alt.value(NAMES - 8), "name_"),
    )
    return finish(chart, step=24, description=description)


def draw_bar(base: alt.Chart, scale: alt.Scale, low: float, side: str = "") -> alt.Chart:
    """Return the bars of rows of `Bar`, `low` pixels below the middles of their rows."""
    layer: alt.Chart = base.mark_bar(
        height=BAR, yOffset=low, orient="horizontal", cornerRadiusEnd=2, strokeWidth=1.5, aria=False
    ).encode(
        x=alt.X(f"{side}value:Q", axis=None, scale=scale),
        x2=alt.X2Datum(0),
        color=alt.Color(f"{side}colour:N", scale=None),
        stroke=alt.Stroke(f"{side}colour:N", scale=None),
        fillOpacity=alt.condition(f"datum.{side}hedged", alt.value(0.2), alt.value(0.92)),
    )
    return layer


def draw_words(base: alt.Chart, scale: alt.Scale, low: float, side: str = "", *, edge: str = "value") -> alt.Chart:
    """Return the words after bars."""
    layer: alt.Chart = base.mark_text(dx=6, yOffset=low, baseline="middle", fontWeight=600).encode(
        x=alt.X(f"{side}{edge}:Q", axis=None, scale=scale), text=f"{side}words:N"
    )
    return layer


def draw_names(base: alt.Chart, lines: int) -> alt.Chart:
    """Return the names above bars, as many lines as the longest has."""
    layer: alt.Chart = base.mark_text(yOffset=-(LINE * lines + BAR) / 2).encode(x=alt.value(0), text="name:N")
    return layer


def draw_target(base: alt.Chart, start: Any, end: Any, side: str = "") -> alt.Chart:
    """Return the marks that readers click, hear and rest on: each covers the row of a figure from `start` to `end`."""
    layer: alt.Chart = draw_way(base, start, end, side).mark_rect(fillOpacity=0, cursor="pointer", aria=True)
    return layer.encode(description=alt.Description(f"{side}alt:N"))


def draw_way(base: alt.Chart, start: Any, end: Any, side: str = "", *, least: int = 0) -> alt.Chart:
    """Return links over rows, which only a mouse needs; `least` is the width in pixels that each has at least."""
    layer: alt.Chart = base.mark_rect(
        fillOpacity=0, cursor="pointer", aria=False, xOffset=-least / 2, x2Offset=least / 2
    ).encode(x=start, x2=end, href=alt.Href(f"{side}href:N"), tooltip=alt.Tooltip(f"{side}alt:N"))
    return layer


def make_scale(least: float, greatest: float, words: "pd.Series[str]", start: float, end: float) -> alt.Scale:
    """Return the scale of bars between two parts of the width, with room for the words after them."""
    room = measure_words(words)
    # Where all are zero, a scale of no length would put zero in its middle.
    return alt.Scale(
        domain=[least, greatest if least else greatest or 1],
        range=[find_place(start), alt.expr(f"max(width * {end} - {room}, width * {start} + {LEAST_BAR})")],
    )


def find_place(part: float) -> Any:
    """Return the place at a part of a chart's width."""
    return alt.expr(f"width * {part}") if part else 0


def measure_words(words: "pd.Series[str]") -> int:
    """Return the room that the longest of the words beside bars takes, in pixels."""
    return int(words.str.len().max() * LETTER) + 8


def count_lines(texts: "pd.Series[str]") -> int:
    """Return how many lines the longest of some texts has."""
    return int(texts.str.count("\n").max()) + 1


def align_lines(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Return texts that end on the same line."""
    missing = texts.str.count("\n").max() - texts.str.count("\n")
    return missing.map(lambda lines: "\n" * int(lines)) + texts


def fade_out(colour: str) -> alt.Gradient:
    """Return a colour that fades away to the right, from half of its strength."""
    stops = [alt.GradientStop(offset=0, color=f"{colour}80"), alt.GradientStop(offset=1, color=f"{colour}00")]
    return alt.LinearGradient(gradient="linear", x1=0, x2=1, y1=0, y2=0, stops=stops)


def find_moment(day: date) -> int:
    """Return the milliseconds from 1970 to a day's beginning, as charts count time; no time zone moves it."""
    return (day - date(1970, 1, 1)).days * 86_400_000


def finish(chart: alt.LayerChart | alt.FacetChart, *, step: float, description: str) -> Spec:
    """Return a chart's spec as it stands on the page in any theme: no frame, no ground, a tooltip in words alone.

    `step` is the height of a row; what stands outside the rows makes room for itself.
    """
    # Streamlit gives a chart room at its end where its spec says nothing of it.
    padding = {"left": 1, "right": 1, "top": 1, "bottom": 4}
    spec: Spec = (
        chart.properties(width="container", height=alt.Step(step), padding=padding, description=description)
        .configure(background="transparent", font=FONT)
        .configure_view(stroke=None)
        .configure_mark(tooltip=None)
        # Texts say again what marks and the description say, so they have no text alternative of their own.
        .configure_text(align="left", baseline="top", aria=False, fontSize=14, lineHeight=LINE, lineBreak="\n")
        .to_dict()
    )
    # Streamlit passes on rows that stand in a layer; others it converts anew at every run.
    (rows,) = spec.pop("datasets").values()
    del spec["data"]
    resolve = {"resolve": spec.pop("resolve")} if "resolve" in spec else {}
    return {**spec, "layer": [{"data": {"values": rows}, "layer": spec["layer"], **resolve}]}
