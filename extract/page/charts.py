"""The page's charts: each function draws one from its rows and returns its Vega-Lite spec.

Altair builds and validates each form of chart once, with holes for what differs from chart to chart; `fill` puts the
rows and their measures there. To build a chart takes Altair some 50 ms, to fill one a hundredth of that.

The whole row of a figure is its mark: a link (`href`) with a text alternative (`alt`), which a resting mouse shows,
too. Values are floats here and nowhere else; the words beside a bar or a dot keep every digit.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import altair as alt

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
NAMES = 140
"""The width of the names that stand left of dots and periods."""

SMALL, SMALL_LINE = 12, 15

# The years under a timeline: their letters, what parts them from the rows, and the room for one, more rather than less.
YEARS, ABOVE_YEARS, YEAR = 13, 2, 27
AXIS = YEARS + ABOVE_YEARS
"""The height of what stands under the rows of a timeline."""

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


def draw_bars(bars: Sequence[Bar], *, is_share: bool, description: str) -> Spec:
    """Return a bar for each row, from one common zero: its name above it, its words after it.

    Hedged figures are outlined and light; a share stands in the pale bar of its whole. What is less than zero goes to
    the left of it, and a line then marks where zero is.
    """
    names = [bar.name for bar in bars]
    lines = count_lines(names)
    least, greatest = find_ends(bars)
    greatest = 1.0 if is_share else greatest
    # The words of a share stand behind the bar of its whole, those of less than zero right of zero.
    rows = [
        {
            **bar._asdict(),
            "name": name,
            "whole": greatest,
            "edge": greatest if is_share else max(bar.value, 0.0),
        }
        for bar, name in zip(bars, align_lines(names), strict=True)
    ]
    return fill(
        lay_out_bars(is_share=is_share, has_less=bool(least)),
        rows,
        step=LINE * lines + BAR + GAP,
        description=description,
        holes={**measure_bars(lines), **measure_scale((least, greatest), bars, (0, 1))},
    )


@lru_cache
def lay_out_bars(*, is_share: bool, has_less: bool) -> Spec:
    """Return the form of charts of bars: of shares, and of those with less than zero."""
    base, scale = make_base("id:N"), make_scale(0)
    whole = base.mark_bar(height=BAR, yOffset=hole("low"), aria=False, color=GREY, opacity=0.35).encode(
        x=alt.X("whole:Q", axis=None, scale=scale), x2=alt.X2Datum(0)
    )
    zero = base.mark_rule(aria=False, color=GREY).encode(x=alt.XDatum(0, axis=None, scale=scale))
    return finish(
        alt.layer(
            *([whole] if is_share else []),
            *([zero] if has_less else []),
            draw_bar(base, scale),
            draw_words(base, scale, edge="edge"),
            draw_names(base),
            draw_target(base, alt.value(0), alt.value("width")),
        )
    )


def draw_pairs(
    of: Sequence[Bar], per: Sequence[Bar], ratios: Sequence[str], *, heads: tuple[str, str, str], description: str
) -> Spec:
    """Return two bars a row, each side from a zero and on its own scale.

    `ratios` says of each row what `of` is divided by `per`, in words; `heads` names `of`, `per` and that ratio.
    """
    names, titles = [bar.name for bar in of], align_lines(heads)
    lines = count_lines(names)
    step = LINE * lines + BAR + GAP
    # The heads stand once, above the first row.
    rows = [
        {
            **{f"of_{key}": value for key, value in first._asdict().items()},
            **{f"per_{key}": value for key, value in second._asdict().items()},
            "name": name,
            "ratio": ratio,
            **dict(zip(("of_head", "per_head", "ratio_head"), ("", "", "") if place else titles, strict=True)),
        }
        for place, (first, second, name, ratio) in enumerate(zip(of, per, align_lines(names), ratios, strict=True))
    ]
    above_rows = -step / 2 - SMALL_LINE * count_lines(titles)
    scales = {
        **measure_scale((0, max(bar.value for bar in of)), of, OF_SIDE, "of_"),
        **measure_scale((0, max(bar.value for bar in per)), per, PER_SIDE, "per_"),
    }
    holes = {**measure_bars(lines), "above_rows": above_rows, **scales}
    return fill(lay_out_pairs(), rows, step=step, description=description, holes=holes)


@lru_cache
def lay_out_pairs() -> Spec:
    """Return the form of charts of pairs."""
    base = make_base("of_id:N")
    head = base.mark_text(yOffset=hole("above_rows"), fontSize=SMALL, lineHeight=SMALL_LINE, style=DETAIL)
    sides, targets = [], []
    for side, (start, end) in (("of_", OF_SIDE), ("per_", PER_SIDE)):
        scale = make_scale(find_place(start), side)
        at_start, at_end = alt.value(find_place(start)), alt.value(find_place(end))
        sides.append(
            alt.layer(
                draw_bar(base, scale, side),
                draw_words(base, scale, side),
                head.encode(x=at_start, text=f"{side}head:N").properties(name=f"{side}detail"),
            )
        )
        targets.append(draw_target(base, at_start, at_end, side))
    at_ratio = alt.value(find_place(RATIO))
    chart = alt.layer(
        *sides,
        draw_names(base),
        base.mark_text(yOffset=hole("low"), baseline="middle", fontWeight=600).encode(x=at_ratio, text="ratio:N"),
        head.encode(x=at_ratio, text="ratio_head:N").properties(name="ratio_detail"),
        *targets,
    )
    return finish(chart.resolve_scale(x="independent"))


def draw_dots(bars: Sequence[Bar], *, description: str) -> Spec:
    """Return a dot for each row on one scale from zero: its name left of it, its words after it.

    Hedged figures are open.
    """
    room = measure_words(bar.words for bar in bars) + 12
    holes = {**measure_ends(find_ends(bars)), "end": leave_room(room)}
    step = max(LINE * count_lines([bar.name for bar in bars]), BAR) + GAP
    return fill(lay_out_dots(), [bar._asdict() for bar in bars], step=step, description=description, holes=holes)


@lru_cache
def lay_out_dots() -> Spec:
    """Return the form of charts of dots."""
    base, x = make_base("id:N"), alt.X("value:Q", axis=None, scale=make_scale(NAMES))
    return finish(
        alt.layer(
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
    )


def draw_timeline(spans: Sequence[Span], *, first: int, last: int, description: str) -> Spec:
    """Return a timeline over whole years, `first` to `last`: a bar a period, a dot a day.

    Of a period without an end, the bar ends where it stops being certain, and fades away from there. No mark is a
    figure: each leads to several, and the list beside the chart says the same to those who do not see it.
    """
    years = [find_moment(date(year, 1, 1)) for year in range(first, last + 2)]
    fading = (span.colour for span in spans if span.fade is not None and span.end is not None and span.fade > span.end)
    holes = {
        "years": years,
        "least": years[0],
        # What fades away after the last year needs room of its own; so do the words of what ends there, and its label.
        "greatest": max([years[-1], *(span.fade for span in spans if span.fade is not None)]),
        "end": leave_room(max(measure_words(span.words for span in spans), YEAR)),
        # Each layer holds some of the rows, so that their order must be told.
        "order": list(dict.fromkeys(span.row for span in spans)),
    }
    form = lay_out_timeline(tuple(dict.fromkeys(fading)))
    return fill(form, [span._asdict() for span in spans], step=24, description=description, holes=holes)


@lru_cache(maxsize=64)
def lay_out_timeline(fading: Sequence[str]) -> Spec:
    """Return the form of timelines in which periods of some colours fade away."""
    axis = alt.Axis(
        values=hole("years"),
        labelExpr="utcFormat(datum.value, '%Y')",
        title=None,
        labelOverlap=True,
        labelAlign="left",
        labelFont=FONT,
        labelFontSize=YEARS,
        labelPadding=ABOVE_YEARS,
        gridColor=GREY,
        gridOpacity=0.3,
        domain=False,
        ticks=False,
        aria=False,
    )
    scale = make_scale(NAMES)
    base = make_base("row:N", sort=[hole("order").expr])
    dated = base.transform_filter("isValid(datum.start)")
    at_start, at_end = alt.X("start:Q", axis=axis, scale=scale), alt.X("end:Q", axis=axis, scale=scale)
    return finish(
        alt.layer(
            dated.transform_filter("!datum.is_day")
            .mark_bar(height=BAR, orient="horizontal", aria=False)
            .encode(x=at_start, x2="end:Q", color=COLOUR),
            *(
                dated.transform_filter(f"datum.fade > datum.end && datum.colour === '{colour}'")
                .mark_bar(height=BAR, orient="horizontal", color=fade_out(colour), aria=False)
                .encode(x=at_end, x2="fade:Q")
                for colour in fading
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
    )


def make_base(row: str, sort: Sequence[str] | None = None) -> alt.Chart:
    """Return what the layers of a chart have in common: where a field puts its rows, one under the other."""
    chart: alt.Chart = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y(row, sort=sort, axis=None, scale=alt.Scale(padding=0))
    )
    return chart


def draw_bar(base: alt.Chart, scale: alt.Scale, side: str = "") -> alt.Chart:
    """Return the bars, below the middles of their rows."""
    layer: alt.Chart = base.mark_bar(
        height=BAR, yOffset=hole("low"), orient="horizontal", cornerRadiusEnd=2, strokeWidth=1.5, aria=False
    ).encode(
        x=alt.X(f"{side}value:Q", axis=None, scale=scale),
        x2=alt.X2Datum(0),
        color=alt.Color(f"{side}colour:N", scale=None),
        stroke=alt.Stroke(f"{side}colour:N", scale=None),
        fillOpacity=alt.condition(f"datum.{side}hedged", alt.value(0.2), alt.value(0.92)),
    )
    return layer


def draw_words(base: alt.Chart, scale: alt.Scale, side: str = "", *, edge: str = "value") -> alt.Chart:
    """Return the words after bars."""
    layer: alt.Chart = base.mark_text(dx=6, yOffset=hole("low"), baseline="middle", fontWeight=600).encode(
        x=alt.X(f"{side}{edge}:Q", axis=None, scale=scale), text=f"{side}words:N"
    )
    return layer


def draw_names(base: alt.Chart) -> alt.Chart:
    """Return the names above bars."""
    layer: alt.Chart = base.mark_text(yOffset=hole("above")).encode(x=alt.value(0), text="name:N")
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


def make_scale(start: Any, side: str = "") -> alt.Scale:
    """Return a scale that begins at a place and leaves the rest to `fill`."""
    domain = [hole(f"{side}least"), hole(f"{side}greatest")]
    return alt.Scale(domain=domain, range=[start, hole(f"{side}end")])


def measure_scale(
    ends: tuple[float, float], bars: Sequence[Bar], parts: tuple[float, float], side: str = ""
) -> dict[str, Any]:
    """Return what a scale of bars between two parts of the width leaves open, with room for the words after them."""
    room, (start, end) = measure_words(bar.words for bar in bars), parts
    place = {"expr": f"max(width * {end} - {room}, width * {start} + {LEAST_BAR})"}
    return {**measure_ends(ends, side), f"{side}end": place}


def measure_ends(ends: tuple[float, float], side: str = "") -> dict[str, float]:
    """Return what a scale goes between: where all are zero, one of no length would put zero in its middle."""
    least, greatest = ends
    return {f"{side}least": least, f"{side}greatest": greatest if least else greatest or 1}


def measure_bars(lines: int) -> dict[str, Any]:
    """Return where bars and their names stand about the middles of their rows, by how many lines a name has."""
    return {"low": LINE * lines / 2, "above": -(LINE * lines + BAR) / 2}


def leave_room(room: int) -> dict[str, str]:
    """Return where a scale ends that stands right of names and leaves room for words."""
    return {"expr": f"max(width - {room}, {NAMES + LEAST_BAR})"}


def find_ends(bars: Iterable[Bar]) -> tuple[float, float]:
    """Return the least and the greatest value, zero with them."""
    values = [bar.value for bar in bars]
    return min(*values, 0.0), max(*values, 0.0)


def find_place(part: float) -> Any:
    """Return the place at a part of a chart's width."""
    return alt.expr(f"width * {part}") if part else 0


def measure_words(words: Iterable[str]) -> int:
    """Return the room that the longest of the words beside bars takes, in pixels."""
    return int(max(map(len, words)) * LETTER) + 8


def count_lines(texts: Sequence[str]) -> int:
    """Return how many lines the longest of some texts has."""
    return max(text.count("\n") for text in texts) + 1


def align_lines(texts: Sequence[str]) -> list[str]:
    """Return texts that end on the same line."""
    lines = count_lines(texts)
    return ["\n" * (lines - 1 - text.count("\n")) + text for text in texts]


def fade_out(colour: str) -> alt.Gradient:
    """Return a colour that fades away to the right, from half of its strength."""
    stops = [alt.GradientStop(offset=0, color=f"{colour}80"), alt.GradientStop(offset=1, color=f"{colour}00")]
    return alt.LinearGradient(gradient="linear", x1=0, x2=1, y1=0, y2=0, stops=stops)


def find_moment(day: date) -> int:
    """Return the milliseconds from 1970 to a day's beginning, as charts count time; no time zone moves it."""
    return (day - date(1970, 1, 1)).days * 86_400_000


def find_year(moment: float) -> int:
    """Return the year of a moment that `find_moment` has counted."""
    return (date(1970, 1, 1) + timedelta(milliseconds=moment)).year


def finish(chart: alt.LayerChart | alt.FacetChart) -> Spec:
    """Return a chart's form as it stands on the page in any theme: no frame, no ground, a tooltip in words alone."""
    # Streamlit gives a chart room at its end where its spec says nothing of it.
    padding = {"left": 1, "right": 1, "top": 1, "bottom": 4}
    spec: Spec = (
        chart.properties(width="container", padding=padding)
        .configure(background="transparent", font=FONT)
        .configure_view(stroke=None)
        .configure_mark(tooltip=None)
        # Texts say again what marks and the description say, so they have no text alternative of their own.
        .configure_text(align="left", baseline="top", aria=False, fontSize=14, lineHeight=LINE, lineBreak="\n")
        .to_dict()
    )
    del spec["data"]
    return spec


def hole(name: str) -> alt.ExprRef:
    """Return what stands in the form of a chart where `fill` puts something: no name of Vega's begins so."""
    return alt.ExprRef(f"@{name}")


def fill(
    form: Spec, rows: Sequence[Mapping[str, Any]], *, step: float, description: str, holes: Mapping[str, Any]
) -> Spec:
    """Return a chart of a form with its rows.

    `step` is the height of a row; what stands outside the rows makes room for itself. Raises KeyError where a hole is
    left open.
    """
    layers = _fill(form["layer"], {f"@{name}": value for name, value in holes.items()})
    # Streamlit passes on rows that stand in a layer; others it converts anew at every run.
    resolve = {"resolve": form["resolve"]} if "resolve" in form else {}
    return {
        **{key: value for key, value in form.items() if key != "resolve"},
        "height": {"step": step},
        "description": description,
        "layer": [{"data": {"values": rows}, "layer": layers, **resolve}],
    }


def _fill(node: Any, holes: Mapping[str, Any]) -> Any:
    match node:
        case {"expr": str(name)} | [str(name)] if name.startswith("@"):
            return holes[name]
        case dict():
            return {key: _fill(value, holes) for key, value in node.items()}
        case list():
            return [_fill(value, holes) for value in node]
        case _:
            return node
