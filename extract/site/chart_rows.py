"""A chart in words: what it draws, line by line, as links with their numbers, for readers whom no script draws it for.

Every place comes from the chart's own spec, so that the words stand where Vega draws the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from extract.page.charts import AXIS, LINE, SMALL_LINE, find_year
from extract.page.templates import Spec

SMALL_RISE = 1
"""How far small words stand out above their first line in Vega, in pixels."""
FALL = 7
"""How far the first line of a name beside a dot reaches below the middle of its row in Vega, in pixels."""


class Scale(NamedTuple):
    """One scale of a chart: what it goes between, and where that stands, as lengths of CSS."""

    least: float
    greatest: float
    start: str
    end: str

    def find_part(self, value: float) -> float:
        """Return where a value stands, as a part of the way from the scale's start to its end."""
        return round((value - self.least) / (self.greatest - self.least), 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What is drawn of a mark, in parts of its scale."""

    scale: Scale
    start: float
    end: float
    edge: float
    """Where its words stand; a period has faded away there."""
    colour: str
    is_hedged: bool = False
    is_dot: bool = False
    is_less: bool = False
    """Whether it goes to the left."""
    has_whole: bool = False
    """Whether it stands in the pale bar of its whole."""
    zero: float | None = None
    """Where a line marks zero, on a scale that begins before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One link of a chart."""

    href: str
    words: str
    """The number in the reader's language; of a name, what it says."""
    says: str
    """Its text alternative."""
    figure: str = ""
    """The id of the claim that it stands for, if it is one figure."""
    bar: Bar | None = None
    """None for a name."""
    left: str = ""
    """Where the link begins and ends, as lengths of CSS; a period's is as long as the period."""
    right: str = ""


class Label(NamedTuple):
    """Words that are no link."""

    words: str
    left: str
    """Where they stand, as a length of CSS."""
    is_head: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a chart."""

    name: str
    marks: tuple[Mark, ...]
    height: float
    """In pixels."""
    labels: tuple[Label, ...] = ()
    """What is computed of its figures; or the heads of the columns under it, and it is no figure's then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One year of a timeline's axis, in parts of its scale."""

    name: str
    start: float
    room: float
    """How far it stands from the last label that is drawn before it where the labels of some years are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What a chart draws."""

    kind: str
    """`bars`, `dots`, `pairs` or `timeline`."""
    rows: Sequence[Row]
    height: float
    """In pixels, its padding included."""
    padding: Mapping[str, float]
    """In pixels, by side."""
    scale: Scale | None = None
    """Of its years."""
    years: Sequence[Year] = ()


def read_chart(spec: Spec) -> Chart:
    """Return what a chart of `extract.page.charts` draws."""
    (held,) = spec["layer"]
    data: list[Mapping[str, Any]] = held["data"]["values"]
    step, below = spec["height"]["step"], 0
    scale: Scale | None = None
    years: Sequence[Year] = ()
    layers = list(list_layers(held["layer"]))
    if "row" in data[0]:
        kind = "timeline"
        scale, axis = find_scale(layers), next(layer["encoding"]["x"]["axis"] for layer in layers)
        rows = list_lines(data, layers, step)
        years = list_years(axis["values"], scale)
        below = AXIS
    elif "of_id" in data[0]:
        kind = "pairs"
        rows = [make_heads(data[0], layers), *list_pairs(data, layers, step)]
    else:
        kind = "bars" if "whole" in data[0] else "dots"
        rows = [Row(name=row["name"], marks=(make_mark(row, layers),), height=step) for row in data]
        if kind == "dots":
            below = max(0, LINE * data[-1]["name"].count("\n") + FALL - step / 2)
    # The outline of a bar stands out to the left of zero.
    left = spec["padding"]["left"] + (kind in {"bars", "pairs"})
    padding = {**spec["padding"], "left": left}
    height = sum(row.height for row in rows) + below + padding["top"] + padding["bottom"]
    return Chart(kind=kind, rows=rows, height=float(height), padding=padding, scale=scale, years=years)


def list_lines(spans: Sequence[Mapping[str, Any]], layers: Sequence[Spec], step: float) -> list[Row]:
    """Return the lines of a timeline: the links of the name's and of its periods."""
    lines: dict[str, list[Mapping[str, Any]]] = {}
    for span in spans:
        lines.setdefault(span["row"], []).append(span)
    return [
        Row(name="", marks=tuple(mark for span in line for mark in list_ways(span, layers)), height=step)
        for line in lines.values()
    ]


def list_ways(span: Mapping[str, Any], layers: Sequence[Spec]) -> Iterator[Mark]:
    """Yield the links of one row of a timeline's data: the name's, and the period's."""
    if span["name_href"]:
        left, right = find_target(layers, "name_")
        yield Mark(href=span["name_href"], words=span["name"], says=span["name_alt"], left=left, right=right)
    if span["href"]:
        scale = find_scale(layers)
        start, edge = scale.find_part(span["start"]), scale.find_part(span["fade"])
        bar = Bar(
            scale=scale,
            start=start,
            end=start if span["is_day"] else scale.find_part(span["end"]),
            edge=edge,
            colour=span["colour"],
            is_dot=span["is_day"],
        )
        yield Mark(href=span["href"], words=span["words"], says=span["alt"], bar=bar)


def list_years(moments: Sequence[float], scale: Scale) -> list[Year]:
    """Return the years of an axis from their beginnings.

    Vega draws the labels of all years, or where these have no room those of every second, fourth, eighth.
    """
    parts = [scale.find_part(moment) for moment in moments]
    return [
        Year(
            name=str(find_year(moments[place])),
            start=part,
            room=round(part - parts[place - (place & -place)], 5) if place else 1.0,
        )
        for place, part in enumerate(parts)
    ]


def make_heads(row: Mapping[str, Any], layers: Sequence[Spec]) -> Row:
    """Return the heads of pairs, which end on the same line."""
    fields = [f"{side}head" for side in ("per_", "of_", "ratio_")]
    height = SMALL_RISE + SMALL_LINE * (row[fields[0]].count("\n") + 1)
    heads = (Label(row[field].strip(), find_words(layers, field), is_head=True) for field in fields)
    return Row(name="", marks=(), height=height, labels=tuple(heads))


def list_pairs(rows: Sequence[Mapping[str, Any]], layers: Sequence[Spec], step: float) -> list[Row]:
    """Return the lines of pairs."""
    return [
        Row(
            name=row["name"],
            marks=tuple(make_mark(row, layers, side) for side in ("per_", "of_")),
            height=step,
            labels=(Label(row["ratio"], find_words(layers, "ratio"), is_head=False),),
        )
        for row in rows
    ]


def make_mark(row: Mapping[str, Any], layers: Sequence[Spec], side: str = "") -> Mark:
    """Return the link of one bar or dot."""
    scale, value = find_scale(layers, side), row[f"{side}value"]
    left, right = find_target(layers, side)
    bar = Bar(
        scale=scale,
        start=scale.find_part(min(value, 0)),
        end=scale.find_part(max(value, 0)),
        edge=scale.find_part(row.get("edge", value)),
        colour=row[f"{side}colour"],
        is_hedged=row[f"{side}hedged"],
        is_dot="edge" not in row and not side,
        is_less=value < 0,
        has_whole=any(layer["encoding"]["x"].get("field") == "whole" for layer in layers),
        zero=scale.find_part(0) if scale.least < 0 else None,
    )
    return Mark(
        href=row[f"{side}href"],
        words=row[f"{side}words"],
        says=row[f"{side}alt"],
        figure=row[f"{side}id"],
        bar=bar,
        left=left,
        right=right,
    )


def list_layers(layers: Sequence[Spec]) -> Iterator[Spec]:
    """Yield the layers that draw something."""
    for layer in layers:
        if "layer" in layer:
            yield from list_layers(layer["layer"])
        else:
            yield layer


def find_scale(layers: Sequence[Spec], side: str = "") -> Scale:
    """Return the scale along the rows; `side` is the one of pairs."""
    places = (layer["encoding"].get("x", {}) for layer in layers)
    scale = next(x["scale"] for x in places if "scale" in x and x.get("field", "").startswith(side))
    (least, greatest), (start, end) = scale["domain"], scale["range"]
    return Scale(least, greatest, write_length(start), write_length(end))


def find_target(layers: Sequence[Spec], side: str = "") -> tuple[str, str]:
    """Return where the links of figures or names begin and end."""
    encoding = next(
        layer["encoding"] for layer in layers if layer["encoding"].get("href", {}).get("field") == f"{side}href"
    )
    return write_length(encoding["x"]["value"]), write_length(encoding["x2"]["value"])


def find_words(layers: Sequence[Spec], field: str) -> str:
    """Return where words of one field stand."""
    encodings = (layer["encoding"] for layer in layers)
    return write_length(next(each["x"]["value"] for each in encodings if each.get("text", {}).get("field") == field))


def write_length(place: Any) -> str:
    """Return a place along the width of a chart, which Vega has as pixels or an expression, as a length of CSS."""
    if isinstance(place, int | float):
        return f"{place}px"
    expression = place["expr"] if isinstance(place, Mapping) else place
    # A number that is added or compared is pixels, one that something is multiplied by a part.
    length = re.sub(r"(?<=[-+,] )[0-9.]+", r"\g<0>px", expression)
    return f"calc({length.replace('width', '100cqw')})"
