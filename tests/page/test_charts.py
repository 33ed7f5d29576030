"""Charts as data: what each spec draws is the figures of its group, each once, from zero, and says so in words."""

import copy
import json
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import LANGS, Nature, PersonReading
from extract.claims.wording import parse_wording
from extract.figures.filters import Filters
from extract.figures.formats import format_figure, format_period
from extract.figures.groups import FigureGroup
from extract.figures.table import FigureTable, axis_value
from extract.page.address import Address
from extract.page.captions import format_alt, format_axis
from extract.page.charts import AIR, BAR, GAP, LINE, NAME, Bar, Span, draw_bars, draw_timeline, find_moment
from extract.page.comparisons import LETTERS_OF_A_LINE, draw_group, make_bars, make_comparison, wrap_line
from extract.page.page import Page
from extract.page.views.province import FADE, make_spans
from extract.text.hedges import Qualifier
from tests.conftest import REPOSITORY
from tests.figures.test_columns import change_claim

WORDING = parse_wording((REPOSITORY / "data/wording.yaml").read_bytes())

BAR_OF_72 = Bar(
    id="a",
    value=72.0,
    name="Hà Tĩnh",
    detail="vụ buôn lậu · năm 2021",
    words="72 vụ",
    alt="Hà Tĩnh: 72 vụ, vụ buôn lậu · năm 2021",
    href="?figure=a",
    colour="#d55e00",
    hedged=False,
)
SPAN = Span(
    start=find_moment(date(2021, 1, 1)),
    end=find_moment(date(2022, 1, 1)),
    fade=find_moment(date(2022, 1, 1)),
    is_day=False,
    label="năm 2021: 12 số liệu",
    alt="Hà Tĩnh, năm 2021: 12 số liệu",
    href="?view=figures&province=ha-tinh&year=2021",
)


@pytest.fixture(params=LANGS)
def page(request: pytest.FixtureRequest, collection: Collection) -> Page:
    return Page(table=FigureTable(collection), words=WORDING[request.param], address=Address())


def list_comparisons(page: Page) -> list[FigureGroup]:
    return [group for group in page.table.groups(page.table.find(Filters())) if group.relation]


def draw(page: Page, group: FigureGroup) -> dict[str, Any]:
    """Return the spec of a chart of the page."""
    return make_comparison(page, group, []).chart


def alone(checked: CheckedClaim) -> FigureGroup:
    return FigureGroup(claims=(checked,), relation=None)


def draw_one(*bars: Bar, is_share: bool = False) -> dict[str, Any]:
    return draw_bars(pd.DataFrame(bars), is_share=is_share, description="x")


def layers_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the layers of a chart, which stand in one that holds their rows."""
    (held,) = spec["layer"]
    return list(held["layer"])


def find_layers(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    return [layer for layer in layers_of(spec) if layer["mark"]["type"] == mark]


def rows_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows that a chart draws, all of them in its only layer of layers."""
    (held,) = spec["layer"]
    assert "data" not in spec
    assert "datasets" not in spec
    return list(held["data"]["values"])


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


def check_plain(spec: dict[str, Any]) -> None:
    """Check what holds for every spec: JSON without NaN, fields named in ASCII, links that stay on the page."""
    json.dumps(spec, allow_nan=False)
    assert not [value for value in walk(spec) if isinstance(value, float) and not math.isfinite(value)]
    rows = rows_of(spec)
    names = {name for row in rows for name in row}
    assert all(name.isascii() and name.isidentifier() for name in names)
    fields = {
        channel["field"]
        for layer in layers_of(spec)
        for channel in layer["encoding"].values()
        if isinstance(channel, dict) and "field" in channel
    }
    assert fields <= names
    assert all(row["href"].startswith("?") for row in rows)
    assert all(None not in row.values() for row in rows)


def test_every_chart_draws_each_of_its_figures_once_and_nothing_else(page: Page) -> None:
    for group in list_comparisons(page):
        rows = rows_of(spec := draw(page, group))
        check_plain(spec)
        assert [
            (
                row["id"],
                row["value"],
                row["name"],
                " ".join(row["words"].split("\n")),
                row["alt"],
                row["href"],
                row["hedged"],
                row["colour"],
            )
            for row in rows
        ] == [
            (
                checked.claim.id,
                float(axis_value(checked)),
                # All are categories of one report.
                wrap_line(page.words.pick(checked.category.name)) if checked.category else "",
                format_figure(checked, page.words.lang),
                format_alt(page, checked),
                f"?figure={checked.claim.id}",
                checked.claim.qualifier is not Qualifier.EXACT,
                page.colour(checked.province),
            )
            for checked in group.claims
        ]


def test_a_chart_holds_one_measure_and_is_named_by_it(page: Page) -> None:
    for group in list_comparisons(page):
        assert {checked.measure.id for checked in group.claims} == {group.measure.id}
        if group.measure.nature is not Nature.SHARE:
            assert len({checked.unit.key for checked in group.claims}) == 1
        assert make_comparison(page, group, []).title == page.words.pick(group.measure.name)


def test_bars_start_at_zero_and_share_one_scale_with_their_words(page: Page) -> None:
    for group in list_comparisons(page):
        spec = draw(page, group)
        is_share = group.measure.nature is Nature.SHARE
        greatest = 1.0 if is_share else float(max(axis_value(checked) for checked in group.claims))
        scales = [layer["encoding"]["x"]["scale"] for layer in layers_of(spec) if "scale" in layer["encoding"]["x"]]
        assert all(scale == scales[0] for scale in scales)
        assert scales[0]["domain"] == [0, greatest]
        assert scales[0]["range"][0] == 0
        assert [layer["encoding"]["x2"] for layer in find_layers(spec, "bar")] == [
            {"datum": 0} for _ in find_layers(spec, "bar")
        ]


def test_bars_leave_room_for_the_longest_words() -> None:
    spec = draw_one(BAR_OF_72, BAR_OF_72._replace(id="b", words="2" * 50 + "\n" + "2" * 20))
    (bar,) = find_layers(spec, "bar")
    assert bar["encoding"]["x"]["scale"]["range"] == [0, {"expr": f"max(width - {int(50 * 7.4) + 16}, 40)"}]


def test_rows_stand_one_under_the_other_without_touching(page: Page) -> None:
    for group in list_comparisons(page):
        spec = draw(page, group)
        top = 0.0
        for row in rows_of(spec):
            named = NAME + row["name"].count("\n") * LINE
            above = named + (row["detail"].count("\n") + 1) * LINE + AIR
            assert (row["top"], row["under"], row["middle"]) == (top, top + named, top + above + BAR / 2)
            top += above + BAR + GAP
        assert spec["height"] == top
        assert {layer["mark"]["height"] for layer in find_layers(spec, "bar")} == {BAR}


def test_a_hedged_figure_is_light_with_an_outline_and_an_exact_one_is_filled() -> None:
    spec = draw_one(BAR_OF_72, BAR_OF_72._replace(id="b", hedged=True, words="gần 72 vụ"))
    (bar,) = find_layers(spec, "bar")
    assert bar["encoding"]["fillOpacity"] == {"condition": {"test": "datum.hedged", "value": 0.2}, "value": 0.92}
    assert (
        bar["encoding"]["stroke"] == bar["encoding"]["color"] == {"field": "colour", "scale": None, "type": "nominal"}
    )
    assert bar["mark"]["strokeWidth"] > 0
    assert [row["hedged"] for row in rows_of(spec)] == [False, True]


def test_every_mark_is_a_link_with_its_text_alternative_and_what_goes_with_it_is_silent() -> None:
    spec = draw_one(BAR_OF_72, is_share=True)
    assert spec["config"]["text"]["aria"] is False
    loud = [
        layer for layer in layers_of(spec) if layer["mark"].get("aria") is not False and layer["mark"]["type"] != "text"
    ]
    assert len(loud) == 1
    assert loud[0]["mark"]["type"] == "bar"
    assert loud[0]["encoding"]["href"] == {"field": "href", "type": "nominal"}
    assert loud[0]["encoding"]["description"] == {"field": "alt", "type": "nominal"}


def test_a_share_stands_in_the_bar_of_its_whole_and_a_count_in_none(page: Page) -> None:
    (shares,) = [group for group in list_comparisons(page) if group.measure.nature is Nature.SHARE]
    whole, part = find_layers(draw(page, shares), "bar")
    assert (whole["encoding"]["x"]["field"], part["encoding"]["x"]["field"]) == ("whole", "value")
    assert {row["whole"] for row in rows_of(draw(page, shares))} == {1.0}
    assert all(0 <= row["value"] <= row["whole"] for row in rows_of(draw(page, shares)))
    assert len(find_layers(draw_one(BAR_OF_72), "bar")) == 1


def test_nothing_but_zeros_is_drawn_as_zero() -> None:
    zero = BAR_OF_72._replace(value=0.0, words="0 vụ")
    spec = draw_one(zero, zero._replace(id="b"))
    check_plain(spec)
    (bar,) = find_layers(spec, "bar")
    least, greatest = bar["encoding"]["x"]["scale"]["domain"]
    # A scale of no length would put zero in its middle.
    assert (least, greatest > 0) == (0, True)
    assert [row["value"] for row in rows_of(spec)] == [0.0, 0.0]


def test_the_text_alternative_of_a_chart_says_its_rows(page: Page) -> None:
    for group in list_comparisons(page):
        spec = draw(page, group)
        said = "; ".join(row["alt"] for row in rows_of(spec))
        title, axis = page.words.pick(group.measure.name), format_axis(page, group.claims[0])
        kind = {"vi": "Biểu đồ thanh", "en": "Bar chart"}[page.words.lang]
        assert spec["description"] == f"{kind}, {title}, {axis}: {said}."


def test_a_mark_is_the_same_whatever_the_filters_and_keeps_the_figures_words(collection: Collection) -> None:
    page = Page(
        table=FigureTable(collection), words=WORDING["vi"], address=Address(filters=Filters(topic="fines"), lang="vi")
    )
    (bar,) = make_bars(page, alone(page.table.claims["kon-tum-administrative-fines"]))
    assert bar == Bar(
        id="kon-tum-administrative-fines",
        value=640_000_000.0,
        name="Kon Tum",
        detail="Phòng An ninh chính trị nội bộ phối hợp với\n"
        "các cơ quan chức năng, không phải toàn tỉnh ·\n"
        "thời gian: không nêu",
        words="gần 640.000.000 đồng",
        alt="Kon Tum: gần 640.000.000 đồng, tiền xử phạt hành chính (văn hóa, in ấn, y dược…) · "
        "Phòng An ninh chính trị nội bộ phối hợp với các cơ quan chức năng, không phải toàn tỉnh · "
        "thời gian: không nêu",
        href="?figure=kon-tum-administrative-fines",
        colour="#0072b2",
        hedged=True,
    )


def test_the_lines_under_a_name_lose_no_word(page: Page) -> None:
    for checked in page.table.claims.values():
        (bar,) = make_bars(page, alone(checked))
        assert "".join(bar.alt.split()).endswith("".join(f"{bar.detail}".split()))
        assert max(map(len, f"{bar.name}\n{bar.detail}".split("\n"))) <= LETTERS_OF_A_LINE


def test_provinces_keep_their_colour_and_too_many_are_grey_but_the_chosen(collection: Collection) -> None:
    first = next(iter(collection.provinces.values()))
    many = {f"p{place}": first.model_copy(update={"slug": f"p{place}"}) for place in range(63)}
    index = FigureTable(replace(collection, provinces=many, sources=(), claims=(), ledger=()))
    chosen = Page(table=index, words=WORDING["en"], address=Address(filters=Filters(province="p40,p62")))
    colours = {slug: chosen.colour(province) for slug, province in many.items()}
    assert (colours["p40"], colours["p62"]) == ("#0072b2", "#d55e00")
    assert {colour for slug, colour in colours.items() if slug not in {"p40", "p62"}} == {"#8a8f98"}


def test_a_value_too_large_for_a_float_is_drawn_but_its_words_keep_every_digit(collection: Collection) -> None:
    page = Page(table=FigureTable(collection), words=WORDING["vi"], address=Address())
    checked = page.table.claims["kon-tum-violating-establishments"]
    claim = checked.claim.model_copy(update={"value": Decimal(10**18 - 1), "figure": "999.999.999.999.999.999 cơ sở"})
    (bar,) = make_bars(page, alone(replace(checked, claim=claim)))
    assert (bar.value, bar.words) == (1e18, "999.999.999.999.999.999 cơ sở")


def test_a_chart_is_drawn_once_and_handed_out_as_it_was() -> None:
    first = draw_group((BAR_OF_72,), False, "x")
    kept = copy.deepcopy(first)
    assert draw_group((BAR_OF_72,), False, "x") is first
    assert draw_group((BAR_OF_72._replace(id="other"),), False, "x") != kept
    assert first == kept


@pytest.mark.parametrize("spec", [draw_one(BAR_OF_72), draw_one(BAR_OF_72, is_share=True)])
def test_a_mark_shows_no_field_where_a_mouse_rests_on_it(spec: dict[str, Any]) -> None:
    assert spec["config"]["mark"] == {"tooltip": None}
    assert not [layer for layer in layers_of(spec) if "tooltip" in layer["mark"] or "tooltip" in layer["encoding"]]


# The timeline


def draw_spans(*spans: Span, first: int = 2013, last: int = 2022) -> dict[str, Any]:
    return draw_timeline(pd.DataFrame(spans), first=first, last=last, colour="#009e73", description="x")


def test_a_timeline_holds_every_stated_period_of_a_province_with_its_count(page: Page) -> None:
    for slug, province in page.table.collection.provinces.items():
        claims = page.table.pick(page.table.find(Filters(province=slug)))
        spans = make_spans(page, province, claims)
        stated = [checked for checked in claims if checked.period.is_stated]
        groups: dict[str, list[CheckedClaim]] = {}
        for checked in stated:
            groups.setdefault(format_period(checked.period, page.words.lang), []).append(checked)
        assert {span.label for span in spans} == {
            f"{period}: {page.words.count('count.figures', len(held))}" for period, held in groups.items()
        }
        assert [span.start for span in spans] == sorted(span.start for span in spans)
        for span in spans:
            assert span.alt == f"{page.words.pick(province.name)}, {span.label}"
            year = datetime.fromtimestamp(span.start / 1000, UTC).year
            assert span.href == f"?view=figures&province={slug}&year={year}"


def test_the_periods_of_a_province_are_those_of_its_articles(collection: Collection) -> None:
    page = Page(table=FigureTable(collection), words=WORDING["en"], address=Address(lang="en"))
    kon_tum = collection.provinces["kon-tum"]
    spans = make_spans(page, kon_tum, page.table.pick(page.table.find(Filters(province="kon-tum"))))
    assert spans == [
        Span(
            start=find_moment(date(2013, 1, 1)),
            end=find_moment(date(2018, 1, 1)),
            fade=find_moment(date(2018, 1, 1)) + FADE,
            is_day=False,
            label="since 2013 (open): 2 figures",
            alt="Kon Tum, since 2013 (open): 2 figures",
            href="?view=figures&province=kon-tum&year=2013&lang=en",
        ),
        Span(
            start=find_moment(date(2015, 1, 1)),
            end=find_moment(date(2018, 1, 1)),
            fade=find_moment(date(2018, 1, 1)),
            is_day=False,
            label="2015–2017: 1 figure",
            alt="Kon Tum, 2015–2017: 1 figure",
            href="?view=figures&province=kon-tum&year=2015&lang=en",
        ),
    ]
    assert make_spans(page, kon_tum, []) == []


def test_a_timeline_draws_a_bar_a_period_and_a_dot_a_day() -> None:
    day = SPAN._replace(
        start=find_moment(date(2022, 1, 15)),
        end=find_moment(date(2022, 1, 16)),
        is_day=True,
        label="15/1/2022: 4 số liệu",
    )
    spec = draw_spans(SPAN, day)
    check_plain(spec)
    assert [(row["start"], row["end"], row["label"]) for row in rows_of(spec)] == [
        (span.start, span.end, span.label) for span in (SPAN, day)
    ]
    (bars,), (dots,), (texts,) = (find_layers(spec, mark) for mark in ("bar", "point", "text"))
    assert bars["transform"] == [{"filter": "!datum.is_day"}]
    assert dots["transform"] == [{"filter": "datum.is_day"}]
    assert "transform" not in texts
    assert (bars["encoding"]["x"]["field"], bars["encoding"]["x2"]["field"]) == ("start", "end")
    for layer in (bars, dots):
        assert (layer["encoding"]["href"]["field"], layer["encoding"]["description"]["field"]) == ("href", "alt")
    assert spec["height"] > rows_of(spec)[-1]["middle"] + BAR / 2


def test_a_timeline_without_days_or_without_bars_has_no_layer_for_them() -> None:
    assert [layer["mark"]["type"] for layer in layers_of(draw_spans(SPAN))] == ["bar", "text"]
    assert [layer["mark"]["type"] for layer in layers_of(draw_spans(SPAN._replace(is_day=True)))] == ["point", "text"]


def test_an_open_period_ends_where_it_is_certain_and_fades_away_without_a_limit() -> None:
    spec = draw_spans(SPAN, SPAN._replace(fade=SPAN.end + FADE))
    certain, fading = find_layers(spec, "bar")
    assert (certain["encoding"]["x"]["field"], certain["encoding"]["x2"]["field"]) == ("start", "end")
    assert (fading["encoding"]["x"]["field"], fading["encoding"]["x2"]["field"]) == ("end", "fade")
    assert fading["transform"] == [{"filter": "datum.fade > datum.end"}]
    assert [stop["color"] for stop in fading["mark"]["color"]["stops"]] == ["#009e7380", "#009e7300"]
    # Only the certain part is a link.
    assert (fading["mark"]["aria"], "href" in fading["encoding"]) == (False, False)


def test_what_fades_after_the_last_year_has_room_and_no_year_of_its_own() -> None:
    spec = draw_spans(SPAN._replace(fade=SPAN.end + FADE), first=2021, last=2021)
    x = layers_of(spec)[0]["encoding"]["x"]
    turns = [find_moment(date(year, 1, 1)) for year in (2021, 2022)]
    assert (x["scale"]["domain"], x["axis"]["values"]) == ([turns[0], SPAN.end + FADE], turns)


def test_the_axis_of_a_timeline_is_whole_years() -> None:
    spec = draw_spans(SPAN, first=2021, last=2022)
    turns = [find_moment(date(year, 1, 1)) for year in (2021, 2022, 2023)]
    x = layers_of(spec)[0]["encoding"]["x"]
    assert (x["scale"]["domain"], x["axis"]["values"]) == ([turns[0], turns[-1]], turns)
    assert x["axis"]["labelExpr"] == "utcFormat(datum.value, '%Y')"


@pytest.mark.parametrize(
    ("day", "moment"),
    [(date(1970, 1, 1), 0), (date(1970, 1, 2), 86_400_000), (date(1945, 1, 1), -788_918_400_000)],
)
def test_a_moment_is_counted_from_1970_in_no_time_zone(day: date, moment: int) -> None:
    assert find_moment(day) == moment


def test_bars_of_less_than_zero_go_to_the_left_of_a_line_at_zero() -> None:
    fall = BAR_OF_72._replace(id="b", value=-2.4, words="-2,4 tấn")
    spec = draw_one(BAR_OF_72, fall)
    (bar,) = find_layers(spec, "bar")
    (zero,) = find_layers(spec, "rule")
    assert bar["encoding"]["x"]["scale"]["domain"] == zero["encoding"]["x"]["scale"]["domain"] == [-2.4, 72.0]
    assert (bar["encoding"]["x2"], zero["encoding"]["x"]["datum"]) == ({"datum": 0}, 0)
    assert zero["mark"]["aria"] is False
    assert [(row["value"], row["edge"]) for row in rows_of(spec)] == [(72.0, 72.0), (-2.4, 0.0)]
    check_plain(spec)
    (bar,) = find_layers(draw_one(fall), "bar")
    assert bar["encoding"]["x"]["scale"]["domain"] == [-2.4, 0.0]
    assert find_layers(draw_one(BAR_OF_72), "rule") == []


def test_a_mark_says_that_a_person_read_its_number(page: Page) -> None:
    group = list_comparisons(page)[0]
    first, *rest = group.claims
    read = PersonReading(value=str(first.claim.value), why="spaces group the digits", why_vi="dấu cách phân nhóm")
    claims = (change_claim(first, read=read), *rest)
    rows = rows_of(draw(page, replace(group, claims=claims)))
    said = page.words("claim.read_by_person", why=page.words.choose(read.why_vi, read.why))
    assert said in " ".join(rows[0]["detail"].split())
    assert said in rows[0]["alt"]
    assert [said in row["alt"] for row in rows[1:]] == [False] * len(rest)
