"""The table of filters: what each selects, what an address is refused for, and that a row more is a filter more."""

from dataclasses import replace

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import Name
from extract.figures import filters as module
from extract.figures.filters import (
    FILTERS,
    Filter,
    Filters,
    drop_tracking,
    list_names,
    parse_filters,
    parse_known_filters,
)
from extract.figures.search import fold_text
from extract.figures.table import FigureTable
from extract.page.address import parse_query
from tests.figures.test_columns import change_claim, change_period

NAMES = [
    "province", "topic", "measure", "indicator", "unit", "nature", "coverage", "article", "figure", "year", "period",
    "hedge", "q",
]  # fmt: skip


@pytest.fixture(scope="module")
def table(collection: Collection) -> FigureTable:
    return FigureTable(collection)


def find(table: FigureTable, **texts: str) -> list[str]:
    """Return the ids of the figures that filters select, in the order of figures.csv."""
    return table.export(table.find(Filters(**texts)))["id"].to_list()


def test_each_filter_keeps_what_it_names(table: FigureTable) -> None:
    rows = table.export(table.frame)
    assert find(table) == rows["id"].to_list()
    for texts, kept in (
        ({"province": "ha-tinh"}, rows["province"] == "ha-tinh"),
        ({"province": "ha-tinh,kon-tum"}, rows["province"].isin(["ha-tinh", "kon-tum"])),
        ({"topic": "models"}, rows["topic"] == "models"),
        ({"indicator": "drug-cases"}, rows["indicator"] == "drug-cases"),
        ({"measure": "cases-uncovered"}, rows["indicator"].isin(["smuggling-cases", "drug-cases"])),
        ({"period": "2021"}, rows["period"] == "2021"),
        ({"period": "2021-01/2021-12"}, rows["period"] == "2021"),
        ({"period": "2013/.."}, rows["period"] == "2013/.."),
        ({"period": "unstated"}, rows["period"] == ""),
        ({"period": "2021,2013/.."}, rows["period"].isin(["2021", "2013/.."])),
        ({"unit": "kg,vnd"}, rows["unit"].isin(["kg", "vnd"])),
        ({"nature": "stock,share"}, rows["nature"].isin(["stock", "share"])),
        ({"coverage": "place,division"}, rows["coverage"].isin(["place", "division"])),
        ({"coverage": "province", "nature": "share"}, (rows["coverage"] == "province") & (rows["nature"] == "share")),
        ({"article": "ha-tinh-2021-three-forces"}, rows["article"] == "ha-tinh-2021-three-forces"),
        (
            {"figure": "ha-tinh-2021-drug-cases,ha-tinh-2021-smuggling-cases"},
            rows["id"].isin(["ha-tinh-2021-smuggling-cases", "ha-tinh-2021-drug-cases"]),
        ),
        ({"hedge": "hedged"}, rows["qualifier"] != "exact"),
        ({"hedge": "exact"}, rows["qualifier"] == "exact"),
        (
            {"province": "kon-tum", "hedge": "hedged", "q": "học sinh"},
            rows["id"] == "kon-tum-since-2013-movement-participations",
        ),
    ):
        assert find(table, **texts) == rows["id"][kept].to_list() != []


def test_words_stand_side_by_side_in_what_the_other_filters_leave(table: FigureTable) -> None:
    """A search in a selection is a search of the selection, on the page as at the address for programs."""
    assert find(table, q="vụ ma túy") != []
    for topic in table.collection.topics:
        selected = table.find(Filters(topic=topic))
        alone = FILTERS[-1].select(selected, "vụ túy")
        assert find(table, topic=topic, q="vụ túy") == table.export(selected[alone])["id"].to_list()


def test_a_reader_finds_figures_by_their_quote_translation_names_and_title(table: FigureTable) -> None:
    rows = table.export(table.frame).to_dict("records")
    for words, column in (
        ("banh heroin", "figure"),
        ("co so vi pham", "quote"),
        ("bricks of heroin", "translation"),
        ("heroin seized", "indicator_name"),
        ("khanh hoa", "province_name"),
        ("neighbourhood guards", "category_name"),
        ("police together with the border guard", "coverage_name"),
        ("phong trao gop phan", "article_title"),
    ):
        found = find(table, q=words)
        assert found, words
        assert found == [row["id"] for row in rows if words in fold_text(" ".join(row.values()))]
        assert any(words in fold_text(row[column]) for row in rows if row["id"] in found)


@pytest.mark.parametrize(
    ("year", "kept"),
    [
        ("2012", []),
        ("2013", ["open", "until"]),
        ("2012-12-31/2013-01-01", ["open", "until"]),
        ("2014", ["until"]),
        ("2017-12-31/2018", ["span", "until"]),
        ("2016", ["span", "until", "day"]),
        ("2016-03", ["span", "until", "day"]),
        ("2016-03-23", ["span", "until"]),
        ("2017/2020", ["span", "until"]),
        ("2014/..", ["span", "until", "day"]),
        ("2018", []),
        ("2099", []),
        ("unstated", ["none"]),
        ("2013,2099", ["open", "until"]),
        ("unstated,2015", ["span", "until", "none"]),
    ],
)
def test_a_year_keeps_the_figures_that_cover_any_day_of_it(collection: Collection, year: str, kept: list[str]) -> None:
    periods = {
        "span": "2015/2017",
        "open": "2013/..",
        "until": "2013/..",
        "day": "2016-03-24",
        "none": "unstated",
    }
    made = {
        name: change_period(change_claim(collection.claims[0], id=name), covers) for name, covers in periods.items()
    }
    made["until"] = certain_until(made["until"], "2017")
    assert find(FigureTable(replace(collection, claims=tuple(made.values()))), year=year) == kept


def certain_until(checked: CheckedClaim, year: str) -> CheckedClaim:
    period = checked.period.model_copy(update={"certain_until": year, "certain_words": f"năm {year}"})
    return replace(checked, period=period)


def test_an_open_period_is_found_only_in_the_years_that_the_article_makes_certain(table: FigureTable) -> None:
    since_2013 = {
        "kon-tum-since-2013-movement-launch-rounds",
        "kon-tum-since-2013-movement-participations",
    }
    for year in ("2013", "2014", "2017"):
        assert since_2013 <= set(find(table, year=year)), year
    for year in ("2012", "2018", "2026", "2030"):
        assert not since_2013 & set(find(table, year=year)), year


def test_a_moment_is_found_in_the_year_under_review_too(table: FigureTable) -> None:
    for year in ("2021", "2022"):
        assert "ha-tinh-2022-communes-meeting-criterion-19-2" in find(table, year=year)
    assert "ha-tinh-2021-drug-cases" not in find(table, year="2022")


def test_a_query_becomes_filters_and_names_only_those_that_select(table: FigureTable) -> None:
    filters = parse_filters(table, {"province": "ha-tinh", "topic": "", "q": " ma \n túy "})
    assert filters == Filters(province="ha-tinh", q="ma túy")
    assert filters.active == {"province": "ha-tinh", "q": "ma túy"}
    assert parse_filters(table, {}).active == {}
    # An empty value asks for nothing, least of all for what states nothing.
    assert parse_filters(table, {"coverage": ",place,", "unit": ",", "q": "a,"}).active == {
        "coverage": "place",
        "q": "a,",
    }
    assert list_names() == NAMES


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            {"provinces": "x"},
            f"there is no filter 'provinces': use {', '.join(NAMES)}",
        ),
        ({"hedge": "maybe"}, "hedge 'maybe' is unknown: use exact, hedged"),
        ({"year": "21"}, "year '21' is unknown: use 2021, 2021-06, 2015/2017 (from 1945) or unstated"),
        ({"year": "2021-13"}, "year '2021-13' is unknown: use 2021, 2021-06, 2015/2017 (from 1945) or unstated"),
        (
            {"period": "21"},
            "period '21' is unknown: use 2021, 2021-06, 2015/2017, 2013/.. (from 1945) or unstated",
        ),
        (
            {"nature": "flow,rate", "coverage": "all"},
            "nature 'rate' is unknown: use flow, stock, share, change\n"
            "coverage 'all' is unknown: use province, joint, division, place, unstated",
        ),
        (
            {"article": "004_fb92dfc9e6f54d8b", "figure": "a,b"},
            "article '004_fb92dfc9e6f54d8b' is unknown: use an article of articles.csv\n"
            "figure 'a' is unknown: use an id of figures.csv\n"
            "figure 'b' is unknown: use an id of figures.csv",
        ),
        ({"year": "2021,22"}, "year '22' is unknown: use 2021, 2021-06, 2015/2017 (from 1945) or unstated"),
        ({"q": "a" * 201}, "q is longer than 200 characters: use fewer words"),
    ],
)
def test_an_unknown_filter_is_answered_with_what_is_allowed(
    table: FigureTable, query: dict[str, str], message: str
) -> None:
    with pytest.raises(ValueError, match="use") as refused:
        parse_filters(table, query)
    assert str(refused.value) == message


def test_a_long_unknown_value_is_not_echoed_whole(table: FigureTable) -> None:
    with pytest.raises(ValueError, match="province") as refused:
        parse_filters(table, {"province": "x" * 10_000})
    assert str(refused.value).startswith(f"province '{'x' * 60}' is unknown: use ")
    assert len(str(refused.value)) < 200


def test_a_known_province_without_figures_selects_nothing_and_is_no_error(table: FigureTable) -> None:
    filters = parse_filters(table, {"province": "kon-tum", "topic": "seizures"})
    assert table.find(filters).empty


def test_filters_are_a_value_that_says_what_is_chosen() -> None:
    filters = Filters(q="a, b", province=("kon-tum", "ha-tinh"), topic="")
    assert filters == Filters(province="kon-tum,ha-tinh", q="a, b")
    assert hash(filters) == hash(Filters(province="kon-tum,ha-tinh", q="a, b"))
    assert filters.active == {"province": "kon-tum,ha-tinh", "q": "a, b"}
    assert (filters.chosen("province"), filters.chosen("topic"), filters.chosen("q")) == (
        ("kon-tum", "ha-tinh"),
        (),
        ("a, b",),
    )
    assert filters.change(province=(), year="2021") == Filters(year="2021", q="a, b")
    with pytest.raises(TypeError, match="no filter is named colour"):
        Filters(colour="red")


def test_a_page_goes_on_without_what_means_nothing_and_an_address_is_refused(table: FigureTable) -> None:
    query = {"province": "x,ha-tinh,kon-tum", "year": "21", "hedge": "exact", "q": "a" * 201, "view": "figures"}
    filters, unknown = parse_known_filters(table, query)
    assert filters == Filters(province="kon-tum,ha-tinh", hedge="exact", q="a" * 200)
    assert unknown == [("province", "x"), ("year", "21")]
    with pytest.raises(ValueError, match="province 'x' is unknown"):
        parse_filters(table, query)


def test_every_control_offers_values_that_are_known_and_says_them(table: FigureTable) -> None:
    offered = {each.name: each.choices(table) for each in FILTERS}
    assert [name for name, choices in offered.items() if choices is None] == [
        "measure", "indicator", "unit", "nature", "coverage", "article", "figure", "period", "q",
    ]  # fmt: skip
    assert offered["province"] == [(slug, province.name) for slug, province in table.collection.provinces.items()]
    assert offered["year"] == [*((year, Name(vi=year, en=year)) for year in table.years), ("unstated", None)]
    assert offered["hedge"] == [("exact", None), ("hedged", None)]
    for name, choices in offered.items():
        for value, _ in choices or ():
            assert parse_filters(table, {name: value}).chosen(name) == (value,)


def test_a_row_more_is_a_filter_more(table: FigureTable, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the address for programs, on the page and in its links, without a change anywhere else."""
    unit = Filter(
        name="counted",
        many=True,
        select=lambda frame, text: frame["unit"].isin(text.split(",")),
        list_values=lambda table: {key: unit.name for key, unit in table.collection.units.items()},
    )
    monkeypatch.setattr(module, "FILTERS", (*FILTERS, unit))
    assert parse_filters(table, {"counted": "vnd"}).active == {"counted": "vnd"}
    with pytest.raises(ValueError, match="counted 'euro' is unknown: use "):
        parse_filters(table, {"counted": "euro"})
    assert find(table, counted="vnd,kg") == [
        checked.claim.id for checked in table.collection.claims if checked.unit.key in {"vnd", "kg"}
    ]
    address, problems = parse_query({"counted": "vnd,euro", "topic": "fines"}, table)
    assert [(problem.key, problem.value) for problem in problems] == [("counted", "euro")]
    assert (address.chosen("counted"), address.to(page=2)) == (("vnd",), "?topic=fines&counted=vnd&page=2")
    assert address.to(counted=("kg", "vnd")) == "?topic=fines&counted=kg,vnd"
    assert ("vnd", table.collection.units["vnd"].name) in (unit.choices(table) or ())


def test_an_address_that_was_passed_on_loses_what_counts_its_readers_and_nothing_else() -> None:
    pairs = [("province", "ha-tinh"), ("utm_source", "x"), ("UTM_Medium", "y"), ("fbclid", "1"), ("fbclid", "2")]
    assert drop_tracking(pairs) == {"province": "ha-tinh"}
    with pytest.raises(ValueError, match=r"^a filter stands twice: join its values by commas$"):
        drop_tracking([("province", "ha-tinh"), ("province", "kon-tum")])


@pytest.mark.parametrize(
    ("filters", "slug"),
    [
        (Filters(), ""),
        (Filters(province="ha-tinh", year="2020"), "ha-tinh-2020"),
        (Filters(q="Đắk Hà, “ma túy” 🚔", hedge="exact"), "exact-dak-ha-ma-tuy"),
        (Filters(q="🚔"), "selection"),
        (Filters(q="../../etc/passwd\r\nx: y"), "etc-passwd-x-y"),
        (Filters(figure="a" * 99 + ",b"), "a" * 91 + "-52e30a96"),
    ],
)
def test_a_selection_has_a_name_that_every_file_system_takes(filters: Filters, slug: str) -> None:
    assert filters.slug == slug


def test_two_long_selections_have_two_names() -> None:
    first, second = (Filters(q="a" * 150 + end) for end in "xy")
    assert first.slug != second.slug
    assert len(first.slug) == len(second.slug) == 100
