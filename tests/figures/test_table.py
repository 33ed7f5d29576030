"""The look-ups that every view is made from: what is found, in which order, and on which axis it stands."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import CoverageKind, Period
from extract.figures.columns import FIGURES
from extract.figures.filters import Filters
from extract.figures.search import sort_key
from extract.figures.table import SHARE_UNIT, SORTS, FigureTable, axis_value, make_frame, panel_unit


@pytest.fixture(scope="module")
def table(collection: Collection) -> FigureTable:
    return FigureTable(collection)


def change(checked: CheckedClaim, *, id: str, covers: str = "", **claim: Any) -> CheckedClaim:  # noqa: A002
    """Return a real figure under another id, with fields of its claim or its period changed."""
    period = checked.period
    if covers:
        period = Period(covers=covers, words=None if covers == "unstated" else "x")
    return replace(checked, claim=checked.claim.model_copy(update={"id": id, **claim}), period=period)


def arrange(collection: Collection, *claims: CheckedClaim) -> FigureTable:
    """Return the look-ups of figures made up, in the catalogues of the real ones."""
    return FigureTable(replace(collection, claims=claims))


def names(claims: Iterable[CheckedClaim]) -> list[str]:
    return [checked.claim.id for checked in claims]


def find(table: FigureTable, **filters: str) -> list[CheckedClaim]:
    """Return the claims that filters select."""
    return table.pick(table.find(Filters(**filters)))


def sort(table: FigureTable, order: str, **filters: str) -> list[CheckedClaim]:
    """Return the claims that filters select, in an order."""
    return table.pick(table.sort(table.find(Filters(**filters)), order))


def test_every_figure_is_found_by_its_id_its_article_and_its_cell(table: FigureTable, collection: Collection) -> None:
    assert list(table.claims) == names(collection.claims)
    assert table.export(table.frame)["id"].to_list() == names(collection.claims)
    assert sum(map(len, table.by_seed.values())) == len(collection.claims)
    assert {
        (province, topic): count
        for province in collection.provinces
        for topic in collection.topics
        if (count := table.count(province, topic))
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
    assert table.count("ha-noi", "models") == 0


def test_looking_for_what_is_not_there_leaves_nothing_behind(table: FigureTable) -> None:
    before = (len(table.by_seed), len(table.ledger))
    assert table.count("kon-tum", "seizures") == 0
    assert (len(table.by_seed), len(table.ledger)) == before


def test_the_ledger_of_an_article_is_whole_and_in_the_order_of_its_text(
    table: FigureTable, collection: Collection
) -> None:
    assert [entry for source in table.sources.values() for entry in table.ledger[source.record.article.seed]] == list(
        collection.ledger
    )
    assert list(table.sources) == [source.record.article.seed.removesuffix(".txt") for source in collection.sources]


@pytest.mark.parametrize("words", ["ma túy tổng hợp", "ma tuy tong hop", "MA TÚY Tổng", "  ma   tuy  tong "])
def test_search_minds_neither_marks_nor_case_nor_spaces(table: FigureTable, words: str) -> None:
    found = find(table, q=words)
    assert found
    assert {checked.sentence.quote for checked in found} == {
        checked.sentence.quote for checked in table.claims.values() if "ma túy tổng hợp" in checked.sentence.quote
    }
    assert names(found) == names(find(table, q="ma túy tổng hợp"))


def test_search_for_d_with_its_stroke_and_without_finds_the_same(table: FigureTable) -> None:
    assert names(find(table, q="đối tượng")) == names(find(table, q="doi tuong")) != []


def test_filters_join_and_no_filter_finds_all(table: FigureTable, collection: Collection) -> None:
    assert sorted(names(find(table))) == sorted(names(collection.claims))
    assert names(find(table, province="ha-tinh", topic="seizures", q="ketamine", year="2021", hedge="exact")) == [
        checked.claim.id
        for checked in find(table)
        if checked.province.slug == "ha-tinh" and checked.topic.id == "seizures"
    ]
    assert names(find(table, topic="fines", hedge="hedged")) == ["kon-tum-administrative-fines"]
    assert find(table, province="kon-tum", topic="seizures") == []
    assert find(table, q="không có chữ này") == []


def test_figures_stand_by_province_then_topic_then_axis_then_size(table: FigureTable, collection: Collection) -> None:
    places: dict[str, list[str]] = {
        "province": list(collection.provinces),
        "topic": list(collection.topics),
        "unit": [*collection.units, SHARE_UNIT],
    }
    found = find(table)
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
    assert names(table.order(found)) == names(found)


def test_shares_stand_by_the_part_that_is_drawn_not_by_the_number_that_is_counted(table: FigureTable) -> None:
    standards = [checked for checked in find(table, topic="standards") if panel_unit(checked) == SHARE_UNIT]
    assert [(checked.province.slug, checked.claim.figure) for checked in standards] == [
        ("ha-tinh", "1.962/1.969 thôn, tổ dân phố"),
        ("ha-tinh", "171/181 xã"),
        ("ha-tinh", "976/1.056 cơ quan, doanh nghiệp"),
        ("khanh-hoa", "100%"),
        ("khanh-hoa", "100%"),
    ]
    assert [
        checked.claim.figure
        for checked in sort(table, "-value", topic="standards")
        if panel_unit(checked) == SHARE_UNIT
    ] == [
        "100%",
        "100%",
        "1.962/1.969 thôn, tổ dân phố",
        "171/181 xã",
        "976/1.056 cơ quan, doanh nghiệp",
    ]


def test_the_place_on_an_axis_is_the_value_or_the_part_of_the_whole(table: FigureTable) -> None:
    assert {
        name: axis_value(table.claims[name])
        for name in ("ha-tinh-2021-ketamine-seized-kg", "kon-tum-administrative-fines")
    } == {
        "ha-tinh-2021-ketamine-seized-kg": Decimal("0.9"),
        "kon-tum-administrative-fines": Decimal(640_000_000),
    }
    assert axis_value(table.claims["khanh-hoa-2016-districts-with-models"]) == 1
    assert axis_value(table.claims["ha-tinh-2022-communes-meeting-criterion-19-2"]) == Decimal(171) / Decimal(181)


def test_no_rows_are_no_groups(table: FigureTable) -> None:
    assert table.groups(table.frame[:0]) == []


def test_an_open_period_is_found_up_to_the_year_that_its_article_makes_certain(table: FigureTable) -> None:
    open_ones = [name for name, checked in table.claims.items() if checked.period.covers == "2013/.."]
    assert open_ones
    found = {year: {*names(find(table, year=year))} & {*open_ones} for year in ("2012", *table.years)}
    certain = {"2013", "2014", "2015", "2016", "2017"}
    assert found == {year: set(open_ones) if year in certain else set() for year in ("2012", *table.years)}


def test_years_are_those_that_articles_make_certain(table: FigureTable, collection: Collection) -> None:
    assert table.years == ("2013", "2014", "2015", "2016", "2017", "2021", "2022")
    first = collection.claims[0]
    made = arrange(
        collection,
        change(first, id="span", covers="2018-11/2020-02"),
        change(first, id="open", covers="2011/.."),
        change(first, id="none", covers="unstated"),
    )
    assert made.years == ("2011", "2018", "2019", "2020")
    assert {year: set(names(find(made, year=year))) for year in (*made.years, "unstated")} == {
        "2011": {"open"},
        "2018": {"span"},
        "2019": {"span"},
        "2020": {"span"},
        "unstated": {"none"},
    }


def test_values_are_sorted_as_numbers_and_within_their_unit(table: FigureTable, collection: Collection) -> None:
    found = find(table)
    units = [*collection.units, SHARE_UNIT]
    for order, sign in (("value", 1), ("-value", -1)):
        keys = [(units.index(panel_unit(checked)), sign * axis_value(checked)) for checked in sort(table, order)]
        assert keys == sorted(keys)
    kg = next(checked for checked in found if checked.unit.key == "kg")
    made = arrange(
        collection, *(change(kg, id=f"kg-{value}", value=Decimal(value)) for value in ("9", "28", "100", "0.9"))
    )
    assert names(sort(made, "value")) == ["kg-0.9", "kg-9", "kg-28", "kg-100"]


def test_names_are_sorted_by_the_vietnamese_alphabet(table: FigureTable) -> None:
    found = sort(table, "province")
    assert list(dict.fromkeys(checked.province.name.vi for checked in found)) == ["Hà Tĩnh", "Khánh Hòa", "Kon Tum"]
    assert [checked.province.name.vi for checked in sort(table, "-province")] == [
        checked.province.name.vi for checked in reversed(found)
    ]
    indicators = [checked.name.vi for checked in sort(table, "indicator")]
    expected = [
        "ban bảo vệ dân phố",
        "ban công an xã",
        "ban, đội bảo vệ cơ quan, doanh nghiệp",
        "cơ quan, doanh nghiệp đạt tiêu chuẩn an toàn về an ninh trật tự",
        "cơ sở văn hóa, in ấn, y dược… vi phạm bị xử lý",
        "đối tượng ma túy",
        "heroin thu giữ",
        "lượt người hưởng ứng ở trường học",
        "ma túy tổng hợp thu giữ",
        "mô hình tự quản được xây dựng",
        "mô hình tự quản hiện có",
        "vụ ma túy",
        "xã đạt tiêu chí 19.2",
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
    assert names(sort(made, order)) == ids


@pytest.mark.parametrize("column", SORTS)
def test_what_is_equal_keeps_the_order_of_every_view(table: FigureTable, column: str) -> None:
    found = find(table)
    keys: dict[str, Any] = {
        "province": lambda checked: checked.province.slug,
        "indicator": lambda checked: checked.name.vi,
        "value": lambda checked: (panel_unit(checked), axis_value(checked)),
        "coverage": lambda checked: checked.coverage.kind if checked.coverage else None,
        "period": lambda checked: checked.period.days.start,
        "article": lambda checked: checked.article.title,
    }
    for order in (column, f"-{column}"):
        groups: dict[object, list[int]] = {}
        for checked in sort(table, order):
            groups.setdefault(keys[column](checked), []).append(names(found).index(checked.claim.id))
        assert all(places == sorted(places) for places in groups.values())


@pytest.mark.parametrize(("order", "kinds"), [("coverage", [*CoverageKind]), ("-coverage", [*reversed(CoverageKind)])])
def test_coverage_is_sorted_from_the_whole_province_to_a_part_with_what_states_none_last(
    collection: Collection, order: str, kinds: list[CoverageKind]
) -> None:
    unstated = replace(change(collection.claims[0], id="unstated"), coverage=None)
    table = arrange(collection, unstated, *collection.claims)
    sorted_kinds = [checked.coverage and checked.coverage.kind for checked in sort(table, order)]
    assert list(dict.fromkeys(sorted_kinds)) == [*kinds, None]


def test_articles_are_sorted_by_their_titles_in_vietnamese_with_those_that_have_none_last(table: FigureTable) -> None:
    titles = [checked.article.title or "" for checked in sort(table, "article")]
    assert titles == sorted(titles, key=lambda title: (not title, sort_key(title)))


def test_the_measures_that_provinces_share_are_those_that_several_report_alike(
    table: FigureTable, made_collection: Collection, made_beside_real: Collection
) -> None:
    """Two reports of one province, and figures of a half year or of joint operations, make none."""
    made, both = FigureTable(made_collection), FigureTable(made_beside_real)
    assert (table.shared_measures, made.shared_measures, both.shared_measures) == (0, 2, 4)
    one = [checked for checked in made_collection.claims if checked.province.slug == "vi-du-dong"]
    assert arrange(made_collection, *one).shared_measures == 0


def test_an_order_that_is_none_leaves_figures_as_they_are(table: FigureTable) -> None:
    assert sort(table, "") == find(table)
    assert sort(table, "figure") == find(table)


def test_a_collection_without_figures_is_arranged_too(collection: Collection) -> None:
    empty = arrange(collection)
    assert (empty.years, len(empty.export(empty.frame)), find(empty), find(empty, q="x")) == ((), 0, [], [])


def test_the_frame_holds_the_exact_texts_of_figures_csv_and_columns_to_work_with(
    table: FigureTable, collection: Collection
) -> None:
    assert list(table.frame.columns[: len(FIGURES.names)]) == FIGURES.names
    for name, row in table.frame.iterrows():
        checked = table.claims[str(name)]
        assert row[FIGURES.names].to_dict() == FIGURES.format_row(checked)
        assert (row["axis"], row["amount"]) == (panel_unit(checked), axis_value(checked))
    assert not [kind for kind in table.frame.dtypes if kind.kind == "f"]
    pd.testing.assert_frame_equal(
        table.export(table.frame).reset_index(drop=True), make_frame(FIGURES, collection.claims)
    )


def test_the_order_of_claims_taken_out_is_that_of_every_view(table: FigureTable) -> None:
    assert table.order(reversed(find(table, topic="models"))) == find(table, topic="models")


def test_reports_of_one_fact_find_each_other(collection: Collection) -> None:
    first = collection.claims[0]
    made = arrange(
        collection,
        change(first, id="first"),
        change(first, id="second", same_as="first"),
        change(first, id="third", same_as="second"),
        change(first, id="alone", same_as="elsewhere"),
        change(first, id="none"),
    )
    reports = {name: names(made.find_reports(checked)) for name, checked in made.claims.items()}
    assert reports == {
        "first": ["second", "third"],
        "second": ["first", "third"],
        "third": ["first", "second"],
        "alone": [],
        "none": [],
    }


# From one state of the data to the next


def take_next(collection: Collection) -> list[tuple[CheckedClaim, ...]]:

    claims = collection.claims
    changed = replace(claims[3], claim=claims[3].claim.model_copy(update={"value": Decimal(7), "note": "Corrected."}))
    return [
        claims,
        (*claims[:3], changed, *claims[4:]),
        claims[:5] + claims[6:],
        (*claims, change(claims[9], id="one-more")),
        claims[::-1],
        (),
    ]


@pytest.mark.parametrize("number", range(6))
def test_a_table_made_from_the_last_one_is_the_table_made_anew(collection: Collection, number: int) -> None:
    now = replace(collection, claims=take_next(collection)[number])
    made = FigureTable(now, FigureTable(collection))
    anew = FigureTable(now)
    pd.testing.assert_frame_equal(made.frame, anew.frame)
    assert list(made.claims) == list(anew.claims)
    assert made.ratios == anew.ratios


def test_only_rows_of_claims_that_have_changed_are_made_again(collection: Collection) -> None:
    last = FigureTable(collection)
    claims = take_next(collection)[1]
    table = FigureTable(replace(collection, claims=claims), last)
    made = [claim for claim in table.frame.index if table.frame.at[claim, "value"] is not last.frame.at[claim, "value"]]
    assert made == [claims[3].claim.id]
