"""What the words draw of a chart: every mark, where it stands on its scale, and how high the whole is."""

from collections.abc import Sequence

import pytest

from extract.claims.collection import Collection
from extract.page.charts import Bar, draw_bars, draw_dots, draw_pairs, draw_timeline
from extract.site.chart_rows import Chart, Label, Mark, read_chart, write_length
from tests.page.composed import charts_of, list_blocks, make_page
from tests.page.test_charts import BAR_OF_72, HALF, HEAD, HEDGED, OPEN, SPAN

LESS = BAR_OF_72._replace(id="less", value=-28.0, words="-28 vụ")


def list_places(chart: Chart) -> list[list[tuple[str, Sequence[float]]]]:
    """Return of each line the words of its marks, with where a bar begins and ends and where its words stand."""
    return [
        [(mark.words, (mark.bar.start, mark.bar.end, mark.bar.edge) if mark.bar else ()) for mark in row.marks]
        for row in chart.rows
    ]


def list_bars(chart: Chart) -> list[Mark]:
    return [mark for row in chart.rows for mark in row.marks if mark.bar]


def test_a_timeline_is_drawn_with_its_names_its_periods_and_its_years(collection: Collection) -> None:
    (spec,) = charts_of(*list_blocks(make_page(collection), "time"))
    chart = read_chart(spec)
    # Ten years: 2021 begins after 2,922 of their 3,652 days.
    assert list_places(chart) == [
        [("Kon Tum", ()), ("2", (0.0, 0.5, 0.69989))],
        [("3 undated", ()), ("1", (0.19989, 0.5, 0.5))],
        [("Hà Tĩnh", ()), ("12", (0.80011, 0.90005, 0.90005))],
        [("4", (0.90389, 0.90389, 0.90416))],
        [("Khánh Hòa", ()), ("1", (0.32256, 0.32256, 0.32284))],
        [("10 undated", ())],
    ]
    assert [(mark.href, mark.says, mark.left, mark.right) for row in chart.rows for mark in row.marks] == [
        ("?view=province&province=kon-tum", "Kon Tum", "0px", "132px"),
        ("?view=figures&province=kon-tum&period=2013%2F..", "Kon Tum, since 2013 (open): 2 figures", "", ""),
        ("?view=figures&province=kon-tum&period=unstated", "Kon Tum, no period stated: 3 figures", "0px", "132px"),
        ("?view=figures&province=kon-tum&period=2015%2F2017", "Kon Tum, 2015–2017: 1 figure", "", ""),
        ("?view=province&province=ha-tinh", "Hà Tĩnh", "0px", "132px"),
        ("?view=figures&province=ha-tinh&period=2021", "Hà Tĩnh, 2021: 12 figures", "", ""),
        ("?view=figures&province=ha-tinh&period=2022-01-15", "Hà Tĩnh, 15 January 2022: 4 figures", "", ""),
        ("?view=province&province=khanh-hoa", "Khánh Hòa", "0px", "132px"),
        ("?view=figures&province=khanh-hoa&period=2016-03-24", "Khánh Hòa, 24 March 2016: 1 figure", "", ""),
        ("?view=figures&province=khanh-hoa&period=unstated", "Khánh Hòa, no period stated: 10 figures", "0px", "132px"),
    ]
    drawn = [(mark.bar.colour, mark.bar.is_dot) for mark in list_bars(chart) if mark.bar]
    assert drawn == [
        ("#0072b2", False),
        ("#0072b2", False),
        ("#d55e00", False),
        ("#d55e00", True),
        ("#009e73", True),
    ]
    assert chart.scale is not None
    assert (chart.scale.start, chart.scale.end) == ("140px", "calc(max(100cqw - 27px, 156px))")
    assert [(year.name, year.start) for year in chart.years] == [
        ("2013", 0.0),
        ("2014", 0.09995),
        ("2015", 0.19989),
        ("2016", 0.29984),
        ("2017", 0.40005),
        ("2018", 0.5),
        ("2019", 0.59995),
        ("2020", 0.69989),
        ("2021", 0.80011),
        ("2022", 0.90005),
        ("2023", 1.0),
    ]
    # Where every second label is left out, 2015 stands behind 2013; where only every fourth stands, 2017 does.
    assert [year.room for year in chart.years[:5]] == [1.0, 0.09995, 0.19989, 0.09995, 0.40005]
    assert chart.height == 6 * 24 + 15 + 1 + 4


def test_a_timeline_may_be_of_one_year_and_what_fades_after_it_has_room() -> None:
    spans = [HEAD, OPEN._replace(row=SPAN.row)]
    chart = read_chart(draw_timeline(spans, first=2021, last=2021, description="x"))
    # A year of 365 days, then two to fade away.
    assert list_places(chart) == [[("Hà Tĩnh", ()), ("12", (0.0, 0.33333, 1.0))]]
    assert [(year.name, year.start) for year in chart.years] == [("2021", 0.0), ("2022", 0.33333)]


def test_bars_below_zero_go_to_the_left_of_a_line_at_zero() -> None:
    chart = read_chart(draw_bars([BAR_OF_72, LESS], is_share=False, description="x"))
    assert (chart.kind, list_places(chart)) == (
        "bars",
        [[("72 vụ", (0.28, 1.0, 1.0))], [("-28 vụ", (0.0, 0.28, 0.28))]],
    )
    drawn = [(mark.bar.is_less, mark.bar.zero, mark.bar.has_whole) for mark in list_bars(chart) if mark.bar]
    assert drawn == [(False, 0.28, False), (True, 0.28, False)]


def test_a_share_stands_in_its_whole_and_its_words_behind_that() -> None:
    chart = read_chart(draw_bars([HALF], is_share=True, description="x"))
    (mark,) = list_bars(chart)
    assert (mark.figure, mark.left, mark.right) == ("a", "0px", "calc(100cqw)")
    assert mark.bar is not None
    assert (mark.bar.start, mark.bar.end, mark.bar.edge) == (0.0, 0.5, 1.0)
    assert (mark.bar.has_whole, mark.bar.zero, mark.bar.is_dot) == (True, None, False)


def test_dots_are_no_bars_and_the_last_name_may_hang_below_its_row() -> None:
    chart = read_chart(draw_dots([BAR_OF_72, HEDGED], description="x"))
    assert (chart.kind, list_places(chart)) == ("dots", [[("72 vụ", (0.0, 0.8, 0.8))], [("< 90 vụ", (0.0, 1.0, 1.0))]])
    drawn = [(mark.bar.is_dot, mark.bar.is_hedged) for mark in list_bars(chart) if mark.bar]
    assert drawn == [(True, False), (True, True)]
    # Two lines of 18 pixels a row and what parts it from the next; the second line ends a pixel below it.
    assert chart.height == 2 * 48 + 1 + 1 + 4


def test_pairs_have_two_scales_under_their_heads_and_what_is_computed() -> None:
    heads = ("đối tượng\nbị bắt", "vụ", "tự tính")
    chart = read_chart(draw_pairs([BAR_OF_72], [HEDGED], ["2"], heads=heads, description="x"))
    at_of, at_ratio = "calc(100cqw * 0.38)", "calc(100cqw * 0.8)"
    assert [row.labels for row in chart.rows] == [
        (
            Label("vụ", "0px", is_head=True),
            Label("đối tượng\nbị bắt", at_of, is_head=True),
            Label("tự tính", at_ratio, is_head=True),
        ),
        (Label("2", at_ratio, is_head=False),),
    ]
    per, of = list_bars(chart)
    assert (per.figure, per.left, per.right) == ("b", "0px", "calc(100cqw * 0.36)")
    assert (of.figure, of.left, of.right) == ("a", at_of, "calc(100cqw * 0.76)")
    assert per.bar is not None
    assert of.bar is not None
    assert per.bar.scale.end == "calc(max(100cqw * 0.36 - 61px, 100cqw * 0.0 + 16px))"
    assert (of.bar.scale.start, of.bar.scale.greatest) == (at_of, 72.0)
    # The heads, a row of one name, and the padding.
    assert chart.height == (2 * 15 + 1) + 46 + 1 + 4


@pytest.mark.parametrize("value", [0.0, 72.0])
def test_one_bar_is_as_long_as_its_scale_unless_it_is_zero(value: float) -> None:
    bars: list[Bar] = [BAR_OF_72._replace(value=value)]
    (mark,) = list_bars(read_chart(draw_bars(bars, is_share=False, description="x")))
    assert mark.bar is not None
    assert (mark.bar.start, mark.bar.end) == (0.0, float(value > 0))


@pytest.mark.parametrize(
    ("place", "length"),
    [
        (128, "128px"),
        ("width", "calc(100cqw)"),
        ({"expr": "width * 0.38"}, "calc(100cqw * 0.38)"),
        ({"expr": "max(width - 27, 144)"}, "calc(max(100cqw - 27px, 144px))"),
        ({"expr": "max(width * 1 - 46, width * 0 + 16)"}, "calc(max(100cqw * 1 - 46px, 100cqw * 0 + 16px))"),
    ],
)
def test_a_place_of_vega_is_a_length_of_css(place: object, length: str) -> None:
    assert write_length(place) == length
