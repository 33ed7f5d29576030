"""Charts as data: what each spec draws is the figures of its panel, each once, from zero, and says so in words."""

import copy
import json
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import dashboard
from dashboard import Bar, Span, draw_bars, draw_timeline, find_moment, make_bars, make_spans
from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import LANGS, Nature, Qualifier
from extract.claims.wording import parse_wording
from extract.figures.filters import Filters
from extract.figures.formats import format_period
from extract.figures.table import SHARE_UNIT, FigureTable, Panel, axis_value
from extract.page.address import Address
from extract.page.markup import Page, format_alt, format_hedged, format_unit
from extract.page.views.compare import compose_panel_head, format_chart_alt
from tests.conftest import REPOSITORY

WORDING = parse_wording((REPOSITORY / "data/wording.yaml").read_bytes())

BAR = Bar(
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
    start=date(2021, 1, 1),
    end=date(2022, 1, 1),
    is_day=False,
    is_open=False,
    label="năm 2021: 12 số liệu",
    alt="Hà Tĩnh, năm 2021: 12 số liệu",
    href="?view=figures&province=ha-tinh&year=2021",
)


@pytest.fixture(params=LANGS)
def page(request: pytest.FixtureRequest, collection: Collection) -> Page:
    return Page(index=FigureTable(collection), words=WORDING[request.param], address=Address())


def list_panels(page: Page) -> list[Panel]:
    return page.index.panels(page.index.find(Filters()))


def draw(page: Page, panel: Panel) -> dict[str, Any]:
    """Return the spec of a panel of the page."""
    is_share = panel.unit == SHARE_UNIT
    bars = make_bars(page, panel.claims, is_share=is_share)
    greatest = 1.0 if is_share else max(bar.value for bar in bars)
    description = format_chart_alt(page, panel, panel.claims)
    return draw_bars(bars, greatest=greatest, is_share=is_share, description=description)


def draw_one(*bars: Bar, greatest: float = 100.0, is_share: bool = False) -> dict[str, Any]:
    return draw_bars(bars, greatest=greatest, is_share=is_share, description="x")


def find_layers(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == mark]


def rows_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the only rows that a chart of bars draws."""
    (rows,) = spec["datasets"].values()
    assert spec["data"]["name"] in spec["datasets"]
    return list(rows)


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
    rows = [row for rows in spec["datasets"].values() for row in rows]
    names = {name for row in rows for name in row}
    assert all(name.isascii() and name.isidentifier() for name in names)
    fields = {
        channel["field"]
        for layer in spec["layer"]
        for channel in layer["encoding"].values()
        if isinstance(channel, dict) and "field" in channel
    }
    assert fields <= names
    assert all(row["href"].startswith("?") for row in rows)
    assert all(None not in row.values() for row in rows)


def test_every_panel_draws_each_of_its_figures_once_and_nothing_else(page: Page) -> None:
    for panel in list_panels(page):
        rows = rows_of(spec := draw(page, panel))
        check_plain(spec)
        assert [
            (row["id"], row["value"], row["name"], row["words"], row["alt"], row["href"], row["hedged"], row["colour"])
            for row in rows
        ] == [
            (
                checked.claim.id,
                float(axis_value(checked)),
                page.words.pick(checked.province.name),
                format_hedged(checked),
                format_alt(page, checked),
                f"?figure={checked.claim.id}",
                checked.claim.qualifier is not Qualifier.EXACT,
                page.colour(checked.province),
            )
            for checked in panel.claims
        ]


def test_a_panel_of_the_page_holds_one_unit_or_shares_alone(page: Page) -> None:
    for panel in list_panels(page):
        natures = {checked.indicator.nature for checked in panel.claims}
        if panel.unit == SHARE_UNIT:
            assert natures == {Nature.SHARE}
        else:
            assert {checked.unit.key for checked in panel.claims} == {panel.unit}
            assert Nature.SHARE not in natures
        head = compose_panel_head(page, panel)
        assert f'<h3 class="unit">{format_unit(page, panel.unit)}</h3>' in head


def test_bars_start_at_zero_and_share_one_scale_with_their_words(page: Page) -> None:
    for panel in list_panels(page):
        spec = draw(page, panel)
        greatest = 1.0 if panel.unit == SHARE_UNIT else float(max(axis_value(checked) for checked in panel.claims))
        scales = [layer["encoding"]["x"]["scale"] for layer in spec["layer"] if "scale" in layer["encoding"]["x"]]
        assert all(scale == scales[0] for scale in scales)
        assert scales[0]["domain"] == [0, greatest]
        assert scales[0]["range"][0] == 0
        assert [layer["encoding"]["x2"] for layer in find_layers(spec, "bar")] == [
            {"datum": 0} for _ in find_layers(spec, "bar")
        ]


def test_bars_leave_room_for_the_longest_words() -> None:
    spec = draw_one(BAR, replace(BAR, id="b", words="2" * 50))
    (bar,) = find_layers(spec, "bar")
    assert bar["encoding"]["x"]["scale"]["range"] == [0, {"expr": f"max(width - {int(50 * 7.4) + 16}, 40)"}]


def test_rows_stand_one_under_the_other_without_touching(page: Page) -> None:
    for panel in list_panels(page):
        spec = draw(page, panel)
        rows = rows_of(spec)
        assert rows[0]["top"] == 0
        for row in rows:
            lines = row["detail"].count("\n") + 1
            assert row["start"] == row["top"] + dashboard.NAME + lines * dashboard.LINE
            assert row["end"] == row["start"] + dashboard.BAR
        bottoms = [row["end"] + dashboard.GAP for row in rows]
        assert [row["top"] for row in rows[1:]] == bottoms[:-1]
        assert spec["height"] == bottoms[-1]


def test_a_hedged_figure_is_light_with_an_outline_and_an_exact_one_is_filled() -> None:
    spec = draw_one(BAR, replace(BAR, id="b", hedged=True, words="≈ gần 72 vụ"))
    (bar,) = find_layers(spec, "bar")
    assert bar["encoding"]["fillOpacity"] == {"condition": {"test": "datum.hedged", "value": 0.2}, "value": 0.92}
    assert (
        bar["encoding"]["stroke"] == bar["encoding"]["color"] == {"field": "colour", "scale": None, "type": "nominal"}
    )
    assert bar["mark"]["strokeWidth"] > 0
    assert [row["hedged"] for row in rows_of(spec)] == [False, True]


def test_every_mark_is_a_link_with_its_text_alternative_and_what_goes_with_it_is_silent() -> None:
    spec = draw_one(BAR, is_share=True, greatest=1.0)
    loud = [layer for layer in spec["layer"] if layer["mark"].get("aria") is not False]
    assert len(loud) == 1
    assert loud[0]["mark"]["type"] == "bar"
    assert loud[0]["encoding"]["href"] == {"field": "href", "type": "nominal"}
    assert loud[0]["encoding"]["description"] == {"field": "alt", "type": "nominal"}


def test_a_share_stands_in_the_bar_of_its_whole_and_a_count_in_none(page: Page) -> None:
    (shares,) = [panel for panel in list_panels(page) if panel.unit == SHARE_UNIT]
    whole, part = find_layers(draw(page, shares), "bar")
    assert (whole["encoding"]["x"]["field"], part["encoding"]["x"]["field"]) == ("whole", "value")
    assert {row["whole"] for row in rows_of(draw(page, shares))} == {1.0}
    assert all(0 <= row["value"] <= row["whole"] for row in rows_of(draw(page, shares)))
    assert len(find_layers(draw_one(BAR), "bar")) == 1


def test_nothing_but_zeros_is_drawn_as_zero() -> None:
    zero = replace(BAR, value=0.0, words="0 vụ")
    spec = draw_one(zero, replace(zero, id="b"), greatest=0.0)
    check_plain(spec)
    (bar,) = find_layers(spec, "bar")
    least, greatest = bar["encoding"]["x"]["scale"]["domain"]
    # A scale of no length would put zero in its middle.
    assert (least, greatest > 0) == (0, True)
    assert [row["value"] for row in rows_of(spec)] == [0.0, 0.0]


def test_the_text_alternative_of_a_chart_says_its_rows(page: Page) -> None:
    for panel in list_panels(page):
        spec = draw(page, panel)
        said = "; ".join(row["alt"] for row in rows_of(spec))
        topic = page.words.pick(page.index.collection.topics[panel.topic].name)
        kind = {"vi": "Biểu đồ thanh", "en": "Bar chart"}[page.words.lang]
        assert spec["description"] == f"{kind}, {topic}, {format_unit(page, panel.unit)}: {said}."


def test_a_mark_is_the_same_whatever_the_filters_and_keeps_the_figures_words(collection: Collection) -> None:
    page = Page(
        index=FigureTable(collection), words=WORDING["vi"], address=Address(filters=Filters(topic="fines"), lang="vi")
    )
    (bar,) = make_bars(page, [page.index.claims["kon-tum-administrative-fines"]], is_share=False)
    assert bar == Bar(
        id="kon-tum-administrative-fines",
        value=640_000_000.0,
        name="Kon Tum",
        detail="tiền xử phạt hành chính · kỳ: không nêu",
        words="≈ gần 640.000.000 đồng",
        alt="Kon Tum: ≈ gần 640.000.000 đồng, tiền xử phạt hành chính · kỳ: không nêu",
        href="?figure=kon-tum-administrative-fines",
        colour="#0072b2",
        hedged=True,
    )


def test_the_lines_under_a_name_lose_no_word(page: Page) -> None:
    for checked in page.index.claims.values():
        (bar,) = make_bars(page, [checked], is_share=False)
        assert "".join(bar.alt.split()).endswith("".join(f"{format_hedged(checked)},{bar.detail}".split()))
        assert max(map(len, bar.detail.split("\n"))) <= dashboard.LETTERS_OF_A_LINE


def test_provinces_keep_their_colour_and_too_many_are_grey_but_the_chosen(collection: Collection) -> None:
    first = next(iter(collection.provinces.values()))
    many = {f"p{place}": first.model_copy(update={"slug": f"p{place}"}) for place in range(63)}
    index = FigureTable(replace(collection, provinces=many, sources=(), claims=(), ledger=()))
    chosen = Page(index=index, words=WORDING["en"], address=Address(filters=Filters(province="p40,p62")))
    colours = {slug: chosen.colour(province) for slug, province in many.items()}
    assert (colours["p40"], colours["p62"]) == ("#0072b2", "#d55e00")
    assert {colour for slug, colour in colours.items() if slug not in {"p40", "p62"}} == {"#8a8f98"}


def test_a_value_too_large_for_a_float_is_drawn_but_its_words_keep_every_digit(collection: Collection) -> None:
    page = Page(index=FigureTable(collection), words=WORDING["vi"], address=Address())
    checked = page.index.claims["kon-tum-violating-establishments"]
    claim = checked.claim.model_copy(update={"value": Decimal(10**18 - 1), "figure": "999.999.999.999.999.999 cơ sở"})
    (bar,) = make_bars(page, [replace(checked, claim=claim)], is_share=False)
    assert (bar.value, bar.words) == (1e18, "999.999.999.999.999.999 cơ sở")


def test_a_spec_is_built_once_and_handed_out_as_it_was() -> None:
    first = draw_one(BAR)
    kept = copy.deepcopy(first)
    assert draw_one(BAR) is first
    assert draw_one(replace(BAR, id="other")) != kept
    assert first == kept


# The timeline


def draw_spans(*spans: Span, first: int = 2013, last: int = 2022) -> dict[str, Any]:
    return draw_timeline(spans, first=first, last=last, colour="#009e73", description="x")


def rows_by_mark(spec: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {layer["mark"]["type"]: spec["datasets"][layer["data"]["name"]] for layer in spec["layer"]}


def test_a_timeline_holds_every_stated_period_of_a_province_with_its_count(page: Page) -> None:
    for slug, province in page.index.collection.provinces.items():
        claims = page.index.pick(page.index.find(Filters(province=slug)))
        spans = make_spans(page, province, claims)
        stated = [checked for checked in claims if checked.sentence.period.is_stated]
        groups: dict[str, list[CheckedClaim]] = {}
        for checked in stated:
            groups.setdefault(format_period(checked.sentence.period, page.words.lang), []).append(checked)
        assert {span.label for span in spans} == {
            f"{period}: {page.words.count('count.figures', len(held))}" for period, held in groups.items()
        }
        assert [span.start for span in spans] == sorted(span.start for span in spans)
        for span in spans:
            assert span.alt == f"{page.words.pick(province.name)}, {span.label}"
            assert span.href == f"?view=figures&province={slug}&year={span.start.year}"


def test_the_periods_of_a_province_are_those_of_its_articles(collection: Collection) -> None:
    page = Page(index=FigureTable(collection), words=WORDING["en"], address=Address(lang="en"))
    kon_tum = collection.provinces["kon-tum"]
    spans = make_spans(page, kon_tum, page.index.pick(page.index.find(Filters(province="kon-tum"))))
    assert spans == (
        Span(
            start=date(2013, 1, 1),
            end=date(2023, 1, 1),
            is_day=False,
            is_open=True,
            label="since 2013 (open): 2 figures",
            alt="Kon Tum, since 2013 (open): 2 figures",
            href="?view=figures&province=kon-tum&year=2013&lang=en",
        ),
        Span(
            start=date(2015, 1, 1),
            end=date(2018, 1, 1),
            is_day=False,
            is_open=False,
            label="2015–2017: 1 figure",
            alt="Kon Tum, 2015–2017: 1 figure",
            href="?view=figures&province=kon-tum&year=2015&lang=en",
        ),
    )
    assert make_spans(page, kon_tum, []) == ()


def test_a_timeline_draws_a_bar_a_period_and_a_dot_a_day() -> None:
    day = replace(SPAN, start=date(2022, 1, 15), end=date(2022, 1, 16), is_day=True, label="15/1/2022: 4 số liệu")
    spec = draw_spans(SPAN, day)
    check_plain(spec)
    rows = rows_by_mark(spec)
    assert [(row["start"], row["end"]) for row in rows["bar"]] == [(find_moment(SPAN.start), find_moment(SPAN.end))]
    assert [row["start"] for row in rows["point"]] == [find_moment(day.start)]
    assert [row["label"] for row in rows["text"]] == [SPAN.label, day.label]
    assert all(
        layer["encoding"]["href"]["field"] == "href" and layer["encoding"]["description"]["field"] == "alt"
        for layer in spec["layer"]
        if layer["mark"]["type"] != "text"
    )
    assert spec["height"] > rows["point"][0]["foot"]


def test_a_timeline_without_days_or_without_bars_is_drawn_too() -> None:
    assert list(rows_by_mark(draw_spans(SPAN))) == ["bar", "text"]
    day = replace(SPAN, is_day=True)
    assert list(rows_by_mark(draw_spans(day))) == ["point", "text"]


def test_an_open_period_is_pale() -> None:
    spec = draw_spans(SPAN, replace(SPAN, is_open=True))
    assert [(row["is_open"], row["opacity"]) for row in rows_by_mark(spec)["bar"]] == [(False, 0.92), (True, 0.45)]


def test_the_axis_of_a_timeline_is_whole_years() -> None:
    spec = draw_spans(SPAN, first=2021, last=2022)
    turns = [find_moment(date(year, 1, 1)) for year in (2021, 2022, 2023)]
    x = spec["layer"][0]["encoding"]["x"]
    assert (x["scale"]["domain"], x["axis"]["values"]) == ([turns[0], turns[-1]], turns)
    assert x["axis"]["labelExpr"] == "utcFormat(datum.value, '%Y')"


@pytest.mark.parametrize(
    ("day", "moment"),
    [(date(1970, 1, 1), 0), (date(1970, 1, 2), 86_400_000), (date(1945, 1, 1), -788_918_400_000)],
)
def test_a_moment_is_counted_from_1970_in_no_time_zone(day: date, moment: int) -> None:
    assert find_moment(day) == moment
