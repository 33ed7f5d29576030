"""The look-ups that every view is made from: what is found, in which order, and on which axis it stands."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import Nature, Period
from extract.figures.index import SHARE_UNIT, SORTS, Index, axis_value, panel_unit
from extract.figures.search import Filters


@pytest.fixture(scope="module")
def index(collection: Collection) -> Index:
    return Index(collection)


def change(checked: CheckedClaim, *, id: str, covers: str = "", **claim: Any) -> CheckedClaim:  # noqa: A002
    """Return a real figure under another id, with fields of its claim or its period changed."""
    sentence = checked.sentence
    if covers:
        period = Period(covers=covers, words=None if covers == "unstated" else "x")
        sentence = sentence.model_copy(update={"period": period})
    return replace(checked, claim=checked.claim.model_copy(update={"id": id, **claim}), sentence=sentence)


def arrange(collection: Collection, *claims: CheckedClaim) -> Index:
    """Return the look-ups of figures made up, in the catalogues of the real ones."""
    return Index(replace(collection, claims=claims))


def names(claims: list[CheckedClaim] | tuple[CheckedClaim, ...]) -> list[str]:
    return [checked.claim.id for checked in claims]


def test_every_figure_is_found_by_its_id_its_article_and_its_cell(index: Index, collection: Collection) -> None:
    assert list(index.claims) == names(collection.claims)
    assert [row.id for row in index.rows] == names(collection.claims)
    assert sum(map(len, index.by_seed.values())) == len(collection.claims)
    assert {
        (province, topic): count
        for province in collection.provinces
        for topic in collection.topics
        if (count := index.count(province, topic))
    } == {
        ("kon-tum", "cases"): 2,
        ("kon-tum", "fines"): 2,
        ("kon-tum", "outreach"): 2,
        ("ha-tinh", "cases"): 5,
        ("ha-tinh", "seizures"): 4,
        ("ha-tinh", "models"): 3,
        ("ha-tinh", "standards"): 4,
        ("khanh-hoa", "models"): 2,
        ("khanh-hoa", "forces"): 6,
        ("khanh-hoa", "standards"): 3,
    }
    assert index.count("ha-noi", "models") == 0


def test_looking_for_what_is_not_there_leaves_nothing_behind(index: Index) -> None:
    before = (len(index.by_cell), len(index.by_seed), len(index.ledger))
    index.count("kon-tum", "seizures")
    assert (len(index.by_cell), len(index.by_seed), len(index.ledger)) == before


def test_the_ledger_of_an_article_is_whole_and_in_the_order_of_its_text(index: Index, collection: Collection) -> None:
    assert [entry for source in index.sources.values() for entry in index.ledger[source.record.article.seed]] == list(
        collection.ledger
    )
    assert list(index.sources) == [source.record.article.seed.removesuffix(".txt") for source in collection.sources]


@pytest.mark.parametrize("words", ["ma túy tổng hợp", "ma tuy tong hop", "MA TÚY Tổng", "  ma   tuy  tong "])
def test_search_minds_neither_marks_nor_case_nor_spaces(index: Index, words: str) -> None:
    found = index.find(Filters(q=words))
    assert found
    assert {checked.sentence.quote for checked in found} == {
        checked.sentence.quote for checked in index.claims.values() if "ma túy tổng hợp" in checked.sentence.quote
    }
    assert names(found) == names(index.find(Filters(q="ma túy tổng hợp")))


def test_search_for_d_with_its_stroke_and_without_finds_the_same(index: Index) -> None:
    assert names(index.find(Filters(q="đối tượng"))) == names(index.find(Filters(q="doi tuong"))) != []


def test_filters_join_and_no_filter_finds_all(index: Index, collection: Collection) -> None:
    assert sorted(names(index.find(Filters()))) == sorted(names(collection.claims))
    assert names(
        index.find(Filters(province="ha-tinh", topic="seizures", q="ketamine", year="2021", hedge="exact"))
    ) == [
        checked.claim.id
        for checked in index.find(Filters())
        if checked.province.slug == "ha-tinh" and checked.topic.id == "seizures"
    ]
    assert names(index.find(Filters(topic="fines", hedge="hedged"))) == ["kon-tum-administrative-fines"]
    assert index.find(Filters(province="kon-tum", topic="seizures")) == []
    assert index.find(Filters(q="không có chữ này")) == []


def test_figures_stand_by_province_then_topic_then_axis_then_size(index: Index, collection: Collection) -> None:
    places: dict[str, list[str]] = {
        "province": list(collection.provinces),
        "topic": list(collection.topics),
        "unit": [*collection.units, SHARE_UNIT],
    }
    found = index.find(Filters())
    keys = [
        (
            places["province"].index(checked.province.slug),
            places["topic"].index(checked.topic.id),
            places["unit"].index(panel_unit(checked)),
            -axis_value(checked),
        )
        for checked in found
    ]
    assert keys == sorted(keys)
    assert names(index.order(found)) == names(found)


def test_shares_stand_by_the_part_that_is_drawn_not_by_the_number_that_is_counted(index: Index) -> None:
    standards = [checked for checked in index.find(Filters(topic="standards")) if panel_unit(checked) == SHARE_UNIT]
    assert [(checked.province.slug, checked.claim.figure) for checked in standards] == [
        ("ha-tinh", "1.962/1.969 thôn, tổ dân phố"),
        ("ha-tinh", "171/181 xã"),
        ("ha-tinh", "976/1.056 cơ quan, doanh nghiệp"),
        ("khanh-hoa", "100%"),
        ("khanh-hoa", "100%"),
    ]
    assert [checked.claim.figure for checked in index.sort(standards, "-value")] == [
        "100%",
        "100%",
        "1.962/1.969 thôn, tổ dân phố",
        "171/181 xã",
        "976/1.056 cơ quan, doanh nghiệp",
    ]


def test_the_place_on_an_axis_is_the_value_or_the_part_of_the_whole(index: Index) -> None:
    assert {
        name: axis_value(index.claims[name])
        for name in ("ha-tinh-2021-ketamine-seized-kg", "kon-tum-administrative-fines")
    } == {
        "ha-tinh-2021-ketamine-seized-kg": Decimal("0.9"),
        "kon-tum-administrative-fines": Decimal(640_000_000),
    }
    assert axis_value(index.claims["khanh-hoa-2016-districts-with-models"]) == 1
    assert axis_value(index.claims["ha-tinh-2022-communes-meeting-criterion-19-2"]) == Decimal(171) / Decimal(181)


def test_a_panel_holds_one_topic_and_one_axis_and_loses_no_figure(index: Index, collection: Collection) -> None:
    found = index.find(Filters())
    panels = index.panels(found)
    assert [(panel.topic, panel.unit, len(panel.claims)) for panel in panels] == [
        ("cases", "case", 4),
        ("cases", "instance", 1),
        ("cases", "person", 2),
        ("seizures", "kg", 2),
        ("seizures", "brick", 1),
        ("seizures", "pill", 1),
        ("fines", "establishment", 1),
        ("fines", "vnd", 1),
        ("models", "model", 4),
        ("models", "ward", 1),
        ("forces", "person", 3),
        ("forces", "board", 3),
        ("standards", "commune-level", 1),
        ("standards", "district", 1),
        ("standards", SHARE_UNIT, 5),
        ("outreach", "campaign-round", 1),
        ("outreach", "participation", 1),
    ]
    assert sorted(name for panel in panels for name in names(panel.claims)) == sorted(names(found))
    for panel in panels:
        assert {checked.topic.id for checked in panel.claims} == {panel.topic}
        if panel.unit == SHARE_UNIT:
            assert {checked.indicator.nature for checked in panel.claims} == {Nature.SHARE}
            assert all(0 <= axis_value(checked) <= 1 for checked in panel.claims)
        else:
            assert {checked.unit.key for checked in panel.claims} == {panel.unit}
            assert Nature.SHARE not in {checked.indicator.nature for checked in panel.claims}
    assert index.panels([]) == []


def test_an_open_period_is_found_in_every_later_year(index: Index, collection: Collection) -> None:
    open_ones = [name for name, checked in index.claims.items() if checked.sentence.period.covers == "2013/.."]
    assert open_ones
    found = {year: {*names(index.find(Filters(year=year)))} & {*open_ones} for year in ("2012", *index.years)}
    assert found == {"2012": set(), **{year: set(open_ones) for year in index.years}}


def test_years_are_those_that_stated_periods_touch(index: Index, collection: Collection) -> None:
    assert index.years == ("2013", "2015", "2016", "2017", "2021", "2022")
    first = collection.claims[0]
    made = arrange(
        collection,
        change(first, id="span", covers="2018-11/2020-02"),
        change(first, id="open", covers="2011/.."),
        change(first, id="none", covers="unstated"),
    )
    assert made.years == ("2011", "2018", "2019", "2020")
    assert {year: set(names(made.find(Filters(year=year)))) for year in (*made.years, "unstated")} == {
        "2011": {"open"},
        "2018": {"open", "span"},
        "2019": {"open", "span"},
        "2020": {"open", "span"},
        "unstated": {"none"},
    }


def test_values_are_sorted_as_numbers_and_within_their_unit(index: Index, collection: Collection) -> None:
    found = index.find(Filters())
    units = [*collection.units, SHARE_UNIT]
    for order, sign in (("value", 1), ("-value", -1)):
        keys = [(units.index(panel_unit(checked)), sign * axis_value(checked)) for checked in index.sort(found, order)]
        assert keys == sorted(keys)
    kg = next(checked for checked in found if checked.unit.key == "kg")
    made = arrange(
        collection, *(change(kg, id=f"kg-{value}", value=Decimal(value)) for value in ("9", "28", "100", "0.9"))
    )
    assert names(made.sort(list(made.claims.values()), "value")) == ["kg-0.9", "kg-9", "kg-28", "kg-100"]


def test_names_are_sorted_by_the_vietnamese_alphabet(index: Index) -> None:
    found = index.sort(index.find(Filters()), "province")
    assert list(dict.fromkeys(checked.province.name.vi for checked in found)) == ["Hà Tĩnh", "Khánh Hòa", "Kon Tum"]
    assert [checked.province.name.vi for checked in index.sort(found, "-province")] == [
        checked.province.name.vi for checked in reversed(found)
    ]
    indicators = [checked.indicator.name.vi for checked in index.sort(found, "indicator")]
    expected = [
        "ban, đội bảo vệ",
        "công an xã",
        "cơ sở vi phạm bị xử lý",
        "đối tượng ma túy",
        "heroin thu giữ",
        "lượt người hưởng ứng ở trường học",
        "ma túy tổng hợp thu giữ",
        "mô hình tự quản được xây dựng",
        "vụ ma túy",
        "xã đạt tiêu chí 19.2 nông thôn mới",
    ]
    assert [name for name in indicators if name in expected] == expected


@pytest.mark.parametrize(
    ("order", "ids"), [("period", ["open", "day", "year", "none"]), ("-period", ["year", "day", "open", "none"])]
)
def test_what_states_no_period_stands_last_in_either_direction(
    collection: Collection, order: str, ids: list[str]
) -> None:
    first = collection.claims[0]
    made = arrange(
        collection,
        change(first, id="none", covers="unstated"),
        change(first, id="year", covers="2021"),
        change(first, id="open", covers="2013/.."),
        change(first, id="day", covers="2016-03-24"),
    )
    assert names(made.sort(list(made.claims.values()), order)) == ids


@pytest.mark.parametrize("column", SORTS)
def test_what_is_equal_keeps_the_order_of_every_view(index: Index, column: str) -> None:
    found = index.find(Filters())
    keys: dict[str, Any] = {
        "province": lambda checked: checked.province.slug,
        "indicator": lambda checked: checked.indicator.name.vi,
        "value": lambda checked: (panel_unit(checked), axis_value(checked)),
        "period": lambda checked: checked.sentence.period.days.start,
    }
    for order in (column, f"-{column}"):
        groups: dict[object, list[int]] = {}
        for checked in index.sort(found, order):
            groups.setdefault(keys[column](checked), []).append(names(found).index(checked.claim.id))
        assert all(places == sorted(places) for places in groups.values())


def test_an_order_that_is_none_leaves_figures_as_they_are(index: Index) -> None:
    found = index.find(Filters())
    assert index.sort(found, "") == found
    assert index.sort(found, "figure") == found


def test_a_collection_without_figures_is_arranged_too(collection: Collection) -> None:
    empty = arrange(collection)
    assert (empty.years, empty.rows, empty.find(Filters()), empty.find(Filters(q="x"))) == ((), [], [], [])
