"""When figures are about: the lines of each province, with nothing over anything, and links to what is counted."""

from datetime import date
from itertools import pairwise

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import LANGS, Lang, Province
from extract.figures.filters import Filters
from extract.figures.formats import format_period
from extract.figures.groups import group_by_province
from extract.page.charts import Span, find_moment
from extract.page.page import Page
from extract.page.timeline import FADE, MOST_PROVINCES, ROOM_OF_WORDS, compose_timeline, make_spans
from tests.figures.test_columns import change_claim, change_period
from tests.page.composed import (
    arrange,
    charts_of,
    find_ids,
    follow,
    html_of,
    list_blocks,
    make_page,
    report_in_provinces,
    rows_of,
)


@pytest.fixture(params=["real", "made"])
def every(request: pytest.FixtureRequest, collection: Collection, made_collection: Collection) -> Collection:
    return collection if request.param == "real" else made_collection


def list_claims(page: Page) -> list[CheckedClaim]:
    return page.table.pick(page.table.find(page.address.filters))


def make_all(page: Page) -> list[tuple[Province, list[Span]]]:
    held = group_by_province(list_claims(page))
    provinces = page.table.collection.provinces.values()
    return [(each, make_spans(page, each, held.get(each.slug, ()))) for each in provinces]


@pytest.mark.parametrize("lang", LANGS)
def test_the_lines_of_a_province_say_its_name_its_periods_and_how_many_figures_state_none(
    collection: Collection, lang: Lang
) -> None:
    page = make_page(collection, lang)
    lines = [
        (span.row, span.name, span.words, span.name_alt or span.alt) for _, spans in make_all(page) for span in spans
    ]
    assert (
        lines
        == {
            "en": [
                ("kon-tum 000", "Kon Tum", "", "Kon Tum"),
                ("kon-tum 000", "", "2", "Kon Tum, since 2013 (open): 2 figures"),
                ("kon-tum 001", "3 undated", "", "Kon Tum, no period stated: 3 figures"),
                ("kon-tum 001", "", "1", "Kon Tum, 2015–2017: 1 figure"),
                ("ha-tinh 000", "Hà Tĩnh", "", "Hà Tĩnh"),
                ("ha-tinh 000", "", "12", "Hà Tĩnh, 2021: 12 figures"),
                ("ha-tinh 001", "", "4", "Hà Tĩnh, 15 January 2022: 4 figures"),
                ("khanh-hoa 000", "Khánh Hòa", "", "Khánh Hòa"),
                ("khanh-hoa 000", "", "1", "Khánh Hòa, 24 March 2016: 1 figure"),
                ("khanh-hoa 001", "10 undated", "", "Khánh Hòa, no period stated: 10 figures"),
            ],
            "vi": [
                ("kon-tum 000", "Kon Tum", "", "Kon Tum"),
                ("kon-tum 000", "", "2", "Kon Tum, từ 2013 (để ngỏ): 2 số liệu"),
                ("kon-tum 001", "3 không nêu thời gian", "", "Kon Tum, không nêu thời gian: 3 số liệu"),
                ("kon-tum 001", "", "1", "Kon Tum, 2015–2017: 1 số liệu"),
                ("ha-tinh 000", "Hà Tĩnh", "", "Hà Tĩnh"),
                ("ha-tinh 000", "", "12", "Hà Tĩnh, năm 2021: 12 số liệu"),
                ("ha-tinh 001", "", "4", "Hà Tĩnh, 15/1/2022: 4 số liệu"),
                ("khanh-hoa 000", "Khánh Hòa", "", "Khánh Hòa"),
                ("khanh-hoa 000", "", "1", "Khánh Hòa, 24/3/2016: 1 số liệu"),
                ("khanh-hoa 001", "10 không nêu thời gian", "", "Khánh Hòa, không nêu thời gian: 10 số liệu"),
            ],
        }[lang]
    )


@pytest.mark.parametrize("filters", [Filters(), Filters(topic="models"), Filters(hedge="exact", year="2021")])
def test_each_link_of_a_timeline_leads_to_the_figures_that_it_counts_and_no_other(
    every: Collection, filters: Filters
) -> None:
    page = make_page(every, filters=filters)
    for province, spans in make_all(page):
        own = [checked for checked in list_claims(page) if checked.province is province]
        led: list[str] = []
        for span in spans:
            if span.name_href and "view=province" in span.name_href:
                assert find_ids(follow(page, span.name_href)) == [checked.claim.id for checked in own]
                continue
            ids = find_ids(follow(page, span.href or span.name_href))
            said = page.words.count("count.figures", len(ids))
            assert (span.alt or span.name_alt).endswith(f": {said}")
            led += ids
        assert sorted(led) == sorted(checked.claim.id for checked in own)


def test_periods_stand_oldest_first_and_on_lines_of_their_own_where_they_or_their_words_overlap(
    every: Collection,
) -> None:
    for _, spans in make_all(make_page(every)):
        dated = [span for span in spans if span.start is not None]
        assert [span.row for span in spans] == sorted(span.row for span in spans)
        for row in {span.row for span in dated}:
            beside = [span for span in dated if span.row == row]
            assert all((one.fade or 0) + ROOM_OF_WORDS <= (next_.start or 0) for one, next_ in pairwise(beside))
        assert all(span.end is not None and span.start is not None and span.start < span.end for span in dated)


def test_a_bar_ends_where_it_is_certain_a_day_is_a_dot_and_only_what_is_open_fades(collection: Collection) -> None:
    (_, kon_tum), (_, ha_tinh), *_ = make_all(make_page(collection))
    drawn = {span.alt: (span.start, span.end, span.fade, span.is_day) for span in (*kon_tum, *ha_tinh) if span.alt}
    turn = {year: find_moment(date(year, 1, 1)) for year in range(2013, 2023)}
    day = find_moment(date(2022, 1, 15))
    assert drawn == {
        "Kon Tum, since 2013 (open): 2 figures": (turn[2013], turn[2018], turn[2018] + FADE, False),
        "Kon Tum, 2015–2017: 1 figure": (turn[2015], turn[2018], turn[2018], False),
        "Hà Tĩnh, 2021: 12 figures": (turn[2021], turn[2022], turn[2022], False),
        "Hà Tĩnh, 15 January 2022: 4 figures": (day, day + 86_400_000, day + 86_400_000, True),
    }


def test_many_lines_stand_in_the_order_of_their_periods(collection: Collection) -> None:
    years = [str(year) for year in range(2001, 2016)]
    first = collection.claims[0]
    claims = [change_claim(change_period(first, f"{year}/2020"), id=f"since-{year}") for year in years]
    page = make_page(arrange(collection, *claims))
    spans = [span for span in make_spans(page, first.province, claims) if span.alt]
    assert [span.alt for span in spans] == [
        f"{first.province.name.en}, {format_period(claim.period, 'en')}: 1 figure" for claim in claims
    ]
    assert len({span.row for span in spans}) == len(years)


def test_a_province_without_figures_has_no_line_and_figures_without_a_time_no_timeline(collection: Collection) -> None:
    page = make_page(collection)
    kon_tum = collection.provinces["kon-tum"]
    assert make_spans(page, kon_tum, []) == []
    undated = [checked for checked in collection.claims if not checked.period.is_stated]
    assert compose_timeline(page, [kon_tum], undated, title="x") == ()
    assert [span.name for span in make_spans(page, kon_tum, group_by_province(undated)["kon-tum"])] == [
        "Kon Tum",
        "3 undated",
    ]


@pytest.mark.parametrize(
    ("name", "lang", "title"),
    [
        (
            "real",
            "en",
            "No measure is reported by two provinces in a way that can be compared, so nothing here ranks them",
        ),
        (
            "real",
            "vi",
            "Chưa có nội dung nào được hai tỉnh báo cáo theo cách so sánh được, nên trang này không xếp hạng",
        ),
        ("made", "en", "2 measures can be compared between provinces; all else only stands side by side"),
        ("made", "vi", "2 nội dung so sánh được giữa các tỉnh; phần còn lại chỉ đặt cạnh nhau"),
    ],
)
def test_the_timeline_of_the_first_view_says_why_nothing_is_ranked(
    collection: Collection, made_collection: Collection, name: str, lang: Lang, title: str
) -> None:
    (block,) = list_blocks(make_page(collection if name == "real" else made_collection, lang), "time")
    assert f"<h2>{title}</h2>" in html_of(block)
    (chart,) = charts_of(block)
    said = [text for row in rows_of(chart) for text in (row["name_alt"], row["alt"]) if text]
    assert chart["description"] == "; ".join(said)


def test_of_many_provinces_the_first_view_times_the_first_ones_or_the_chosen(made_collection: Collection) -> None:
    many = report_in_provinces(made_collection, "vi-du-dong-2021-self-managed-models", 14)
    chosen = ("p-02", "p-14")
    for filters, expected in (
        (Filters(), list(many.provinces)[:MOST_PROVINCES]),
        (Filters(province=chosen), list(chosen)),
    ):
        (chart,) = charts_of(*list_blocks(make_page(many, filters=filters), "time"))
        assert list(dict.fromkeys(row["row"].split()[0] for row in rows_of(chart))) == expected
