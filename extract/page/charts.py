"""The page's charts: each function draws one from a tidy frame and returns its Vega-Lite spec.

A mark is a link (`href`) with a text alternative (`alt`). Values are floats here and nowhere else; the words beside a
mark keep every digit.
"""

from datetime import date
from typing import NamedTuple

import altair as alt
import pandas as pd

from extract.page.page import GREY
from extract.page.templates import Spec

FONT = "Source Sans, sans-serif"

# The heights of a row's parts, in pixels.
NAME, LINE, AIR, BAR, GAP = 22, 16, 4, 18, 20
LETTER = 7.4
"""The width of a letter of a mark's words, in pixels, more rather than less."""


class Bar(NamedTuple):
    """One row of a chart of bars."""

    id: str
    value: float
    """In the panel's unit; of a share the part of its whole, from 0 to 1."""
    name: str
    detail: str
    """What it covers and when; as the name, in lines that fit a phone."""
    words: str
    """The figure in the reader's language, in lines that leave room for its bar."""
    alt: str
    href: str
    colour: str
    hedged: bool


def draw_bars(bars: pd.DataFrame, *, is_share: bool, description: str) -> Spec:
    """Return a bar for each row of `Bar`, from one common zero: its name and detail above it, its words after it.

    Hedged figures are outlined and light; a share stands in the pale bar of its whole. What is less than zero goes to
    the left of it, with its words on the right, and a line then marks where zero is.
    """
    greatest = 1.0 if is_share else max(float(bars["value"].max()), 0.0)
    least = min(float(bars["value"].min()), 0.0)
    named = NAME + LINE * bars["name"].str.count("\n")
    above = named + LINE * (bars["detail"].str.count("\n") + 1) + AIR
    top = (above + BAR + GAP).cumsum().shift(fill_value=0)
    # The words of a share stand behind the bar of its whole.
    rows = bars.assign(
        top=top,
        under=top + named,
        middle=top + above + BAR / 2,
        whole=greatest,
        edge=greatest if is_share else bars["value"].clip(lower=0),
    )
    room = int(bars["words"].str.split("\n").explode().str.len().max() * LETTER) + 16
    # Where all are zero, a scale of no length would put zero in its middle.
    scale = alt.Scale(
        domain=[least, greatest if least else greatest or 1], range=[0, alt.expr(f"max(width - {room}, 40)")]
    )
    at_bar = alt.Y("middle:Q", scale=None, axis=None)
    at_top = alt.Y("top:Q", scale=None, axis=None)
    colour = alt.Color("colour:N", scale=None)
    base = alt.Chart(rows)
    whole = base.mark_bar(orient="horizontal", height=BAR, aria=False, color=GREY, opacity=0.2).encode(
        x=alt.X("whole:Q", axis=None, scale=scale), x2=alt.X2Datum(0), y=at_bar
    )
    zero = base.mark_rule(aria=False, color=GREY).encode(x=alt.XDatum(0, axis=None, scale=scale))
    chart = alt.layer(
        *([whole] if is_share else []),
        *([zero] if least else []),
        base.mark_bar(orient="horizontal", height=BAR, cornerRadiusEnd=2, strokeWidth=1.5, cursor="pointer").encode(
            x=alt.X("value:Q", axis=None, scale=scale),
            x2=alt.X2Datum(0),
            y=at_bar,
            color=colour,
            stroke=alt.Stroke("colour:N", scale=None),
            fillOpacity=alt.condition("datum.hedged", alt.value(0.2), alt.value(0.92)),
            href=alt.Href("href:N"),
            description=alt.Description("alt:N"),
        ),
        base.mark_circle(size=90, opacity=1, aria=False, yOffset=11).encode(x=alt.value(5), y=at_top, color=colour),
        base.mark_text(dx=16, dy=3, fontWeight=600).encode(x=alt.value(0), y=at_top, text=alt.Text("name:N")),
        base.mark_text(dy=1, fontSize=13)
        .encode(x=alt.value(0), y=alt.Y("under:Q", scale=None, axis=None), text=alt.Text("detail:N"))
        .properties(name="detail"),
        base.mark_text(dx=8, dy=2 - BAR / 2, fontWeight=600).encode(
            x=alt.X("edge:Q", axis=None, scale=scale), y=at_bar, text=alt.Text("words:N")
        ),
    )
    height = int((above + BAR + GAP).sum())
    return finish(chart.properties(width="container", height=height, description=description))


class Span(NamedTuple):
    """One row of a timeline: a period, with moments as `find_moment` counts them."""

    start: int
    end: int
    """The beginning of the day after the last that is certain."""
    fade: int
    """Where a period without an end has faded away; `end` where it has one."""
    is_day: bool
    label: str
    alt: str
    href: str


def draw_timeline(spans: pd.DataFrame, *, first: int, last: int, colour: str, description: str) -> Spec:
    """Return a timeline over whole years, `first` to `last`, of rows of `Span`: a bar a period, a dot a day.

    Of a period without an end, the bar ends where it stops being certain, and fades away from there.
    """
    row = NAME + BAR + GAP
    top = pd.Series(range(0, row * len(spans), row), dtype="int64")
    rows = spans.assign(top=top, middle=top + NAME + BAR / 2)
    years = [find_moment(date(year, 1, 1)) for year in range(first, last + 2)]
    axis = alt.Axis(
        values=years,
        labelExpr="utcFormat(datum.value, '%Y')",
        title=None,
        labelOverlap=True,
        labelFont=FONT,
        labelFontSize=13,
    )
    at_top = alt.Y("top:Q", scale=None, axis=None)
    at_middle = alt.Y("middle:Q", scale=None, axis=None)
    # What fades away after the last year needs room of its own.
    scale = alt.Scale(domain=[years[0], max(years[-1], int(rows["fade"].max()))])
    base = alt.Chart(rows)
    linked = base.encode(
        x=alt.X("start:Q", axis=axis, scale=scale),
        y=at_middle,
        href=alt.Href("href:N"),
        description=alt.Description("alt:N"),
    )
    bars = (
        linked.transform_filter("!datum.is_day")
        .mark_bar(orient="horizontal", height=BAR, color=colour, opacity=0.92, cursor="pointer")
        .encode(x2=alt.X2("end:Q"))
    )
    fades = (
        base.transform_filter("datum.fade > datum.end")
        .mark_bar(orient="horizontal", height=BAR, color=fade_out(colour), aria=False)
        .encode(x=alt.X("end:Q", axis=axis, scale=scale), x2=alt.X2("fade:Q"), y=at_middle)
    )
    dots = linked.transform_filter("datum.is_day").mark_point(
        filled=True, size=150, opacity=1, color=colour, cursor="pointer"
    )
    labels = base.mark_text(dy=3).encode(x=alt.value(0), y=at_top, text=alt.Text("label:N"))
    chart = alt.layer(
        # A layer without marks would be announced as a picture that says nothing.
        *([] if spans["is_day"].all() else [bars]),
        *([fades] if (spans["fade"] > spans["end"]).any() else []),
        *([dots] if spans["is_day"].any() else []),
        labels.properties(name="detail"),
    )
    room_of_axis = 30
    return finish(chart.properties(width="container", height=row * len(spans) + room_of_axis, description=description))


def fade_out(colour: str) -> alt.Gradient:
    """Return a colour that fades away to the right, from half of its strength."""
    stops = [alt.GradientStop(offset=0, color=f"{colour}80"), alt.GradientStop(offset=1, color=f"{colour}00")]
    return alt.LinearGradient(gradient="linear", x1=0, x2=1, y1=0, y2=0, stops=stops)


def find_moment(day: date) -> int:
    """Return the milliseconds from 1970 to a day's beginning, as charts count time; no time zone moves it."""
    return (day - date(1970, 1, 1)).days * 86_400_000


def finish(chart: alt.LayerChart | alt.FacetChart) -> Spec:
    """Return a chart's spec as it stands on the page in any theme: no frame, no ground, no tooltip of its fields."""
    spec: Spec = (
        chart.configure(background="transparent", font=FONT, padding={"left": 1, "right": 1, "top": 1, "bottom": 0})
        .configure_view(stroke=None)
        .configure_mark(tooltip=None)
        # Texts say again what marks and the description say, so they have no text alternative of their own.
        .configure_text(align="left", baseline="top", aria=False, fontSize=14, lineHeight=LINE, lineBreak="\n")
        .to_dict()
    )
    # Streamlit passes on rows that stand in a layer; others it converts anew at every run.
    (rows,) = spec.pop("datasets").values()
    del spec["data"]
    return {**spec, "layer": [{"data": {"values": rows}, "layer": spec["layer"]}]}
