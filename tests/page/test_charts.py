"""Charts as data: what each spec draws is its rows, each once and from zero, and each row is one mark that says it."""

import json
import math
from collections.abc import Iterator
from datetime import date
from typing import Any

import altair as alt
import pytest

from extract.page.charts import (
    BAR,
    GAP,
    LETTER,
    LINE,
    NAMES,
    OF_SIDE,
    PER_SIDE,
    RATIO,
    Bar,
    Span,
    draw_bars,
    draw_dots,
    draw_pairs,
    draw_timeline,
    find_moment,
    lay_out_bars,
    lay_out_dots,
    lay_out_pairs,
    lay_out_timeline,
)
from extract.page.templates import Spec
from extract.page.timeline import FADE
from tests.page.composed import find_layers, list_layers, rows_of

BAR_OF_72 = Bar(
    id="a",
    value=72.0,
    name="buôn lậu",
    words="72 vụ",
    alt="Hà Tĩnh: 72 vụ, vụ buôn lậu · năm 2021",
    href="?figure=a",
    colour="#d55e00",
    hedged=False,
)
HEDGED = BAR_OF_72._replace(id="b", value=90.0, name="ma túy\n(và tiền chất)", words="< 90 vụ", hedged=True)
HALF = BAR_OF_72._replace(value=0.5, words="1/2")
END_OF_2021 = find_moment(date(2022, 1, 1))
SPAN = Span(
    row="ha-tinh 0",
    name="",
    name_alt="",
    name_href="",
    start=find_moment(date(2021, 1, 1)),
    end=END_OF_2021,
    fade=END_OF_2021,
    is_day=False,
    words="12",
    alt="Hà Tĩnh, năm 2021: 12 số liệu",
    href="?view=figures&province=ha-tinh&period=2021",
    colour="#d55e00",
)
OPEN = SPAN._replace(row="ha-tinh 1", fade=END_OF_2021 + FADE)
DAY = SPAN._replace(
    row="ha-tinh 2", start=find_moment(date(2022, 1, 15)), end=find_moment(date(2022, 1, 16)), is_day=True
)
HEAD = SPAN._replace(
    start=None, end=None, fade=None, alt="", href="", name="Hà Tĩnh", name_alt="Hà Tĩnh", name_href="?view=province"
)


def draw_of_bars(*bars: Bar, is_share: bool = False) -> Spec:
    return draw_bars(bars, is_share=is_share, description="x")


def draw_of_dots(*bars: Bar) -> Spec:
    return draw_dots(bars, description="x")


def draw_of_pairs(of: list[Bar], per: list[Bar]) -> Spec:
    heads = ("đối tượng\nbị bắt", "vụ", "tự tính")
    return draw_pairs(of, per, ["2"] * len(of), heads=heads, description="x")


def draw_spans(*spans: Span, first: int = 2013, last: int = 2022) -> Spec:
    return draw_timeline(spans, first=first, last=last, description="x")


CHARTS = {
    "bars": draw_of_bars(BAR_OF_72, HEDGED),
    "one bar": draw_of_bars(BAR_OF_72),
    "bars below zero": draw_of_bars(BAR_OF_72, BAR_OF_72._replace(id="b", value=-2.4)),
    "shares": draw_of_bars(HALF, HALF._replace(id="b", value=1.0), is_share=True),
    "pairs": draw_of_pairs([BAR_OF_72], [HEDGED]),
    "dots": draw_of_dots(BAR_OF_72, HEDGED),
    "timeline": draw_spans(HEAD, SPAN, OPEN, DAY),
}
every_chart = pytest.mark.parametrize("spec", CHARTS.values(), ids=CHARTS)


def walk(node: object) -> Iterator[object]:
    """Yield every scalar of a spec."""
    if isinstance(node, dict):
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)
    else:
        yield node


def find_scales(spec: Spec) -> list[dict[str, Any]]:
    """Return the scales that go along a chart's rows."""
    return [layer["encoding"]["x"]["scale"] for layer in list_layers(spec) if "scale" in layer["encoding"].get("x", {})]


# Every chart


@every_chart
def test_a_spec_is_json_without_nan_and_names_only_fields_that_its_rows_have(spec: Spec) -> None:
    json.dumps(spec, allow_nan=False)
    assert not [value for value in walk(spec) if isinstance(value, float) and not math.isfinite(value)]
    names = {name for row in rows_of(spec) for name in row}
    assert all(name.isascii() and name.isidentifier() for name in names)
    channels = [channel for layer in list_layers(spec) for channel in layer["encoding"].values()]
    assert {channel["field"] for channel in channels if "field" in channel} <= names


@every_chart
def test_the_marks_of_a_chart_are_rows_that_lead_to_their_figure_and_say_it_and_all_else_is_silent(spec: Spec) -> None:
    assert spec["config"]["text"]["aria"] is False
    for layer in list_layers(spec):
        mark, encoding = layer["mark"], layer["encoding"]
        if mark["type"] != "rect":
            assert mark.get("aria") is False or mark["type"] == "text"
            assert not {"href", "description", "tooltip"} & {*encoding, *mark}
            continue
        side = encoding["href"]["field"].removesuffix("href")
        # A period is no figure: the list beside its chart says it to those who do not see it.
        is_figure = "description" in encoding
        offsets = {name: mark[name] for name in ("xOffset", "x2Offset") if name in mark}
        assert mark == {"type": "rect", "fillOpacity": 0, "cursor": "pointer", "aria": is_figure} | offsets
        assert is_figure == ("id" in rows_of(spec)[0] or "of_id" in rows_of(spec)[0])
        assert encoding["href"] == {"field": f"{side}href", "type": "nominal"}
        # What a resting mouse shows is the text alternative: no value, no link, no colour.
        assert encoding["tooltip"] == {"field": f"{side}alt", "type": "nominal"}
        assert encoding.get("description", encoding["tooltip"]) == encoding["tooltip"]
    assert spec["config"]["mark"] == {"tooltip": None}


@every_chart
def test_a_chart_has_no_ground_and_no_frame_and_says_itself_once(spec: Spec) -> None:
    assert (spec["config"]["background"], spec["config"]["view"]["stroke"]) == ("transparent", None)
    assert (spec["width"], spec["description"]) == ("container", "x")
    axes = [
        layer["encoding"][way].get("axis") for layer in list_layers(spec) for way in "xy" if way in layer["encoding"]
    ]
    assert all(axis is None or axis["aria"] is False for axis in axes)


def test_altair_builds_each_form_of_chart_once_however_many_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[object] = []
    to_dict = alt.LayerChart.to_dict

    def count(chart: alt.LayerChart, **options: Any) -> dict[str, Any]:
        built.append(chart)
        return to_dict(chart, **options)

    monkeypatch.setattr(alt.LayerChart, "to_dict", count)
    for each in (lay_out_bars, lay_out_dots, lay_out_pairs, lay_out_timeline):
        each.cache_clear()
    draw_of_bars(BAR_OF_72)
    assert built
    for draw in (draw_of_bars, draw_of_dots, lambda bar: draw_of_pairs([bar], [HEDGED]), lambda _: draw_spans(OPEN)):
        draw(BAR_OF_72)
        before = len(built)
        specs = [draw(BAR_OF_72._replace(id=str(value), value=float(value))) for value in range(100)]
        assert len(built) == before
        assert specs[0] == draw(BAR_OF_72._replace(id="0", value=0.0))


@every_chart
def test_no_hole_of_a_form_is_left_open(spec: Spec) -> None:
    assert not [value for value in walk(spec) if isinstance(value, str) and value.startswith("@")]


# Bars


@pytest.mark.parametrize(
    ("values", "is_share", "domain", "edges"),
    [
        ([72.0, 90.0], False, [0, 90.0], [72.0, 90.0]),
        ([0.5, 0.25], True, [0, 1.0], [1.0, 1.0]),
        ([72.0, -2.4], False, [-2.4, 72.0], [72.0, 0.0]),
        ([-2.4], False, [-2.4, 0.0], [0.0]),
        # A scale of no length would put zero in its middle.
        ([0.0, 0.0], False, [0, 1], [0.0, 0.0]),
        ([1e18], False, [0, 1e18], [1e18]),
    ],
)
def test_bars_start_at_zero_on_one_scale_with_their_words_behind_them(
    values: list[float], is_share: bool, domain: list[float], edges: list[float]
) -> None:
    bars = [BAR_OF_72._replace(id=str(place), value=value) for place, value in enumerate(values)]
    spec = draw_of_bars(*bars, is_share=is_share)
    scales = find_scales(spec)
    assert all(scale == scales[0] for scale in scales)
    assert (scales[0]["domain"], scales[0]["range"][0]) == (domain, 0)
    assert [layer["encoding"]["x2"] for layer in find_layers(spec, "bar")] == [{"datum": 0}] * (1 + is_share)
    assert [(row["value"], row["edge"]) for row in rows_of(spec)] == list(zip(values, edges, strict=True))
    # A line marks where zero is, where not all bars begin at the left.
    zeros = find_layers(spec, "rule")
    assert [zero["encoding"]["x"]["datum"] for zero in zeros] == ([0] if min(values) < 0 else [])


def test_a_share_stands_in_the_bar_of_its_whole_and_a_count_in_none() -> None:
    whole, part = find_layers(CHARTS["shares"], "bar")
    assert (whole["encoding"]["x"]["field"], part["encoding"]["x"]["field"]) == ("whole", "value")
    assert [(row["value"], row["whole"]) for row in rows_of(CHARTS["shares"])] == [(0.5, 1.0), (1.0, 1.0)]
    assert len(find_layers(CHARTS["bars"], "bar")) == 1


def test_bars_leave_room_for_the_longest_words_and_rows_for_the_longest_names() -> None:
    spec = draw_of_bars(BAR_OF_72, HEDGED._replace(words="2" * 50))
    (scale,) = {json.dumps(scale) for scale in find_scales(spec)}
    assert json.loads(scale)["range"] == [0, {"expr": f"max(width * 1 - {int(50 * LETTER) + 8}, width * 0 + 16)"}]
    assert spec["height"] == {"step": 2 * LINE + BAR + GAP}
    # Names end on the line above their bars.
    assert [row["name"] for row in rows_of(spec)] == ["\nbuôn lậu", "ma túy\n(và tiền chất)"]


@pytest.mark.parametrize("side", ["", "of_", "per_"])
def test_a_hedged_bar_is_light_with_an_outline_and_an_exact_one_is_filled(side: str) -> None:
    spec = CHARTS["pairs" if side else "bars"]
    (bar,) = [each for each in find_layers(spec, "bar") if each["encoding"]["x"]["field"] == f"{side}value"]
    colour = {"field": f"{side}colour", "scale": None, "type": "nominal"}
    assert bar["encoding"]["fillOpacity"] == {"condition": {"test": f"datum.{side}hedged", "value": 0.2}, "value": 0.92}
    assert bar["encoding"]["stroke"] == bar["encoding"]["color"] == colour
    assert bar["mark"]["strokeWidth"] > 0


# Pairs


def test_both_sides_of_pairs_start_at_zero_each_on_a_scale_of_its_own() -> None:
    of = [BAR_OF_72._replace(id="of", value=2721.0), BAR_OF_72._replace(id="of 2", value=950.0)]
    per = [BAR_OF_72._replace(id="per", value=280.0), BAR_OF_72._replace(id="per 2", value=97.0)]
    spec = draw_of_pairs(of, per)
    assert spec["layer"][0]["resolve"] == {"scale": {"x": "independent"}}
    for side, bars, (start, end) in (("of_", of, OF_SIDE), ("per_", per, PER_SIDE)):
        (bar,) = [each for each in find_layers(spec, "bar") if each["encoding"]["x"]["field"] == f"{side}value"]
        scale = bar["encoding"]["x"]["scale"]
        assert (scale["domain"], bar["encoding"]["x2"]) == ([0, bars[0].value], {"datum": 0})
        assert scale["range"][0] == ({"expr": f"width * {start}"} if start else 0)
        (target,) = [each for each in find_layers(spec, "rect") if each["encoding"]["href"]["field"] == f"{side}href"]
        assert (target["encoding"]["x"]["value"], target["encoding"]["x2"]["value"]) == (
            scale["range"][0],
            {"expr": f"width * {end}"},
        )
        assert [row[f"{side}id"] for row in rows_of(spec)] == [each.id for each in bars]
    assert [(row["name"], row["ratio"]) for row in rows_of(spec)] == [("buôn lậu", "2"), ("buôn lậu", "2")]
    assert PER_SIDE[1] < OF_SIDE[0] < OF_SIDE[1] < RATIO


def test_the_heads_of_pairs_stand_once_above_the_first_row() -> None:
    spec = draw_of_pairs([BAR_OF_72, HEDGED], [BAR_OF_72, HEDGED])
    heads = [(row["of_head"], row["per_head"], row["ratio_head"]) for row in rows_of(spec)]
    assert heads == [("đối tượng\nbị bắt", "\nvụ", "\ntự tính"), ("", "", "")]


# Dots


@pytest.mark.parametrize(
    ("values", "domain"),
    [([72.0, 90.0], [0, 90.0]), ([0.4, 0.9], [0, 0.9]), ([-2.4, 72.0], [-2.4, 72.0]), ([0.0], [0, 1])],
)
def test_dots_stand_on_one_scale_from_zero_right_of_their_names(values: list[float], domain: list[float]) -> None:
    spec = draw_of_dots(*(BAR_OF_72._replace(id=str(place), value=value) for place, value in enumerate(values)))
    scales = find_scales(spec)
    assert all(scale == scales[0] for scale in scales)
    assert (scales[0]["domain"], scales[0]["range"][0]) == (domain, NAMES)
    (line,) = find_layers(spec, "rule")
    assert (line["encoding"]["x"]["field"], line["encoding"]["x2"]) == ("value", {"datum": 0})
    (target,) = find_layers(spec, "rect")
    assert (target["encoding"]["x"], target["encoding"]["x2"]) == ({"value": 0}, {"value": "width"})


def test_a_hedged_dot_is_open_and_an_exact_one_is_filled() -> None:
    (dot,) = find_layers(CHARTS["dots"], "circle")
    assert dot["encoding"]["fillOpacity"] == {"condition": {"test": "datum.hedged", "value": 0.2}, "value": 1}
    assert dot["mark"]["strokeWidth"] > 0
    assert [row["hedged"] for row in rows_of(CHARTS["dots"])] == [False, True]


# The timeline


def test_a_timeline_draws_a_bar_a_period_and_a_dot_a_day_and_nothing_for_what_has_none() -> None:
    spec = CHARTS["timeline"]
    bars, fading = find_layers(spec, "bar")
    (dots,) = find_layers(spec, "circle")
    count, name = find_layers(spec, "text")
    stated = {"filter": "isValid(datum.start)"}
    assert bars["transform"] == [stated, {"filter": "!datum.is_day"}]
    assert dots["transform"] == [stated, {"filter": "datum.is_day"}]
    assert fading["transform"] == [stated, {"filter": "datum.fade > datum.end && datum.colour === '#d55e00'"}]
    assert count["transform"] == [stated]
    assert (count["encoding"]["text"]["field"], name["encoding"]["text"]["field"]) == ("words", "name")
    assert "transform" not in name
    ends = [(each["encoding"]["x"]["field"], each["encoding"]["x2"]["field"]) for each in (bars, fading)]
    assert ends == [("start", "end"), ("end", "fade")]
    period, province = find_layers(spec, "rect")
    assert (period["transform"], province["transform"]) == ([stated], [{"filter": "datum.name_href"}])
    # A day is narrow, and yet can be hit.
    assert period["mark"]["x2Offset"] - period["mark"]["xOffset"] == 24
    assert [(row["start"], row["end"], row["fade"]) for row in rows_of(spec)] == [
        (span.start, span.end, span.fade) for span in (HEAD, SPAN, OPEN, DAY)
    ]
    assert {layer["encoding"]["y"]["field"] for layer in list_layers(spec)} == {"row"}


def test_what_is_left_open_fades_away_from_where_it_is_certain_in_its_own_colour() -> None:
    spec = draw_spans(OPEN, OPEN._replace(row="b", colour="#009e73"), SPAN)
    _, *fading = find_layers(spec, "bar")
    stops = [[stop["color"] for stop in each["mark"]["color"]["stops"]] for each in fading]
    assert stops == [["#d55e0080", "#d55e0000"], ["#009e7380", "#009e7300"]]
    assert len(find_layers(draw_spans(SPAN), "bar")) == 1


@pytest.mark.parametrize(
    ("spans", "last", "end"),
    [([SPAN], 2022, find_moment(date(2023, 1, 1))), ([OPEN], 2021, OPEN.fade), ([HEAD], 2021, SPAN.end)],
)
def test_a_timeline_goes_over_whole_years_with_room_for_what_fades_after_the_last(
    spans: list[Span], last: int, end: int
) -> None:
    spec = draw_spans(*spans, first=2021, last=last)
    scales = find_scales(spec)
    turns = [find_moment(date(year, 1, 1)) for year in range(2021, last + 2)]
    assert all(scale["domain"] == [turns[0], end] for scale in scales)
    axis = find_layers(spec, "bar")[0]["encoding"]["x"]["axis"]
    assert (axis["values"], axis["labelExpr"]) == (turns, "utcFormat(datum.value, '%Y')")


def test_the_lines_of_a_timeline_stand_in_the_order_of_its_rows() -> None:
    spec = draw_spans(DAY, SPAN, OPEN)
    orders = {tuple(layer["encoding"]["y"]["sort"]) for layer in list_layers(spec)}
    assert orders == {("ha-tinh 2", "ha-tinh 0", "ha-tinh 1")}


@pytest.mark.parametrize(
    ("day", "moment"),
    [(date(1970, 1, 1), 0), (date(1970, 1, 2), 86_400_000), (date(1945, 1, 1), -788_918_400_000)],
)
def test_a_moment_is_counted_from_1970_in_no_time_zone(day: date, moment: int) -> None:
    assert find_moment(day) == moment
