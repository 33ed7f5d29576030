import random
from pathlib import Path

import pytest

from extract.claims.collection import Collection
from extract.figures.search import (
    FILTER_NAMES,
    Filters,
    filter_rows,
    find_matches,
    find_rows,
    fold_fields,
    fold_row,
    fold_text,
    parse_filters,
    sort_key,
)
from extract.figures.table import FigureRow, make_figure_row, make_figure_rows

REPOSITORY = Path(__file__).resolve().parents[2]


def make_row(**cells: str) -> FigureRow:
    return FigureRow(**dict.fromkeys(FigureRow._fields, "") | cells)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ma túy", "ma tuy"),
        ("MA TÚY", "ma tuy"),
        ("Đại tá đã đến", "dai ta da den"),
        ("Ð ð", "d d"),
        ("hòa hoà", "hoa hoa"),
        ("ằẳẵắặ ềểễếệ ồổỗốộ ờởỡớợ ừửữứự ỳỷỹýỵ", "aaaaa eeeee ooooo ooooo uuuuu yyyyy"),
        ("tu\u0301y", "tuy"),
        ("0,9kg 100% “x”", "0,9kg 100% “x”"),
    ],
)
def test_folding_takes_case_and_marks_away_and_nothing_else(text: str, folded: str) -> None:
    assert fold_text(text) == folded


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ma tuy", [0]),
        ("MA TÚY", [0]),
        ("ma túy tổng", [0]),
        ("tuy ma", [0]),
        ("tổng hợp ma", [0]),  # not side by side, but each is there
        ("heroin", [1]),
        ("hero", [1]),
        ("roin", []),
        ("tuyến mạnh", [2]),
        ("0,9", [1]),
        ("  ", [0, 1, 2]),
        ("", [0, 1, 2]),
        ("| .", [0, 1, 2]),
        ("không có", []),
    ],
)
def test_words_are_found_side_by_side_or_else_each_somewhere(words: str, found: list[int]) -> None:
    folded = [
        fold_fields(["28kg ma túy tổng hợp", "synthetic drugs"]),
        fold_fields(["13 bánh heroin, 0,9 kg", ""]),
        fold_fields(["đẩy mạnh trên tuyến biên giới", "ma-trận"]),
    ]
    assert find_matches(folded, words) == found


def test_a_phrase_does_not_run_from_one_field_into_the_next() -> None:
    assert find_matches([fold_fields(["một hai", "ba bốn"])], "hai ba") == [0]
    assert find_matches([fold_fields(["một hai", "ba bốn"]), fold_fields(["hai ba"])], "hai ba") == [1]


def test_a_reader_finds_figures_by_their_quote_translation_names_and_title(collection: Collection) -> None:
    rows = make_figure_rows(collection)
    for words, column in (
        ("banh heroin", "figure"),
        ("co so vi pham", "quote"),
        ("bricks of heroin", "translation"),
        ("heroin seized", "indicator_name"),
        ("khanh hoa", "province_name"),
        ("phong trao gop phan", "article_title"),
    ):
        found = find_rows(rows, words)
        assert found, words
        assert [row.id for row in found] == [row.id for row in rows if words in fold_text(" ".join(row))]
        assert any(words in fold_text(getattr(row, column)) for row in found)


def test_rows_folded_before_are_searched_the_same(collection: Collection) -> None:
    rows = make_figure_rows(collection)
    folded = [fold_row(row) for row in rows]
    for words in ("ma tuy", "heroin Hà Tĩnh", "", "zzz"):
        assert find_rows(rows, words, folded=folded) == find_rows(rows, words)


ALPHABET = "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y"


def test_letters_stand_in_the_order_of_the_alphabet() -> None:
    letters = ALPHABET.split()
    shuffled = random.Random(1).sample(letters, len(letters))
    assert sorted(shuffled, key=sort_key) == letters
    assert sorted([letter.upper() for letter in shuffled], key=sort_key) == [letter.upper() for letter in letters]


@pytest.mark.parametrize(
    "ordered",
    [
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["ba", "ba ba", "ba mươi", "bà", "bà con", "bá", "bạ", "băng", "bâng"],
        ["An", "Ăn", "Ấm", "Dân", "Đà Nẵng", "Đồng Nai"],
        ["Hà Nội", "Hà Tĩnh", "Hạ Long", "Hải Phòng", "Hậu Giang"],
        ["Khánh Hòa", "Kon Tum", "Ninh Thuận", "Quảng Ngãi", "Quảng Ninh"],
        ["thôn 2", "thôn a", "thôn b"],
        ["fa", "ga", "ja", "ka", "va", "wa", "xa", "ya", "za"],
        ["oanh", "ôm", "ơn", "pa"],
    ],
)
def test_words_stand_in_the_order_of_a_dictionary(ordered: list[str]) -> None:
    shuffled = random.Random(2).sample(ordered, len(ordered))
    assert sorted(shuffled, key=sort_key) == ordered


def test_composed_and_split_letters_sort_alike() -> None:
    assert sort_key("Ha\u0300 Ti\u0303nh") == sort_key("Hà Tĩnh")


def test_each_filter_keeps_what_it_names(collection: Collection) -> None:
    rows = make_figure_rows(collection)
    assert filter_rows(rows) == rows
    assert filter_rows(rows, province="ha-tinh") == [row for row in rows if row.province == "ha-tinh"]
    assert filter_rows(rows, province="ha-tinh,kon-tum") == [r for r in rows if r.province in {"ha-tinh", "kon-tum"}]
    assert filter_rows(rows, topic="models") == [row for row in rows if row.topic == "models"]
    assert filter_rows(rows, indicator="drug-cases") == [row for row in rows if row.indicator == "drug-cases"]
    assert filter_rows(rows, hedge="hedged") == [row for row in rows if row.qualifier != "exact"]
    assert filter_rows(rows, hedge="exact") == [row for row in rows if row.qualifier == "exact"]
    assert filter_rows(rows, province="kon-tum", hedge="hedged", q="học sinh") == [
        row for row in rows if row.id == "kon-tum-since-2013-movement-participations"
    ]


@pytest.mark.parametrize(
    ("year", "kept"),
    [
        ("2012", []),
        ("2013", ["open"]),
        ("2012-12-31/2013-01-01", ["open"]),
        ("2017-12-31/2018", ["span", "open"]),
        ("2016", ["span", "open", "day"]),
        ("2016-03", ["span", "open", "day"]),
        ("2016-03-23", ["span", "open"]),
        ("2017/2020", ["span", "open"]),
        ("2014/..", ["span", "open", "day"]),
        ("2099", ["open"]),
        ("unstated", ["none"]),
    ],
)
def test_a_year_keeps_the_figures_that_cover_any_day_of_it(year: str, kept: list[str]) -> None:
    rows = [
        make_row(id="span", period_start="2015-01-01", period_end="2017-12-31"),
        make_row(id="open", period_start="2013-01-01"),
        make_row(id="day", period_start="2016-03-24", period_end="2016-03-24"),
        make_row(id="none"),
    ]
    assert [row.id for row in filter_rows(rows, year=year)] == kept


def test_a_query_becomes_filters_and_names_only_those_that_select(collection: Collection) -> None:
    filters = parse_filters(collection, {"province": "ha-tinh", "topic": "", "q": " ma \n túy "})
    assert filters == Filters(province="ha-tinh", q="ma túy")
    assert filters.active == {"province": "ha-tinh", "q": "ma túy"}
    assert parse_filters(collection, {}).active == {}
    assert FILTER_NAMES == ("province", "topic", "indicator", "year", "hedge", "q")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"provinces": "x"}, "there is no filter 'provinces': use province, topic, indicator, year, hedge, q"),
        ({"hedge": "maybe"}, "hedge 'maybe' is unknown: use exact, hedged"),
        ({"year": "21"}, "year '21' is unknown: use 2021, 2021-06, 2015/2017 (from 1945) or unstated"),
        ({"year": "2021-13"}, "year '2021-13' is unknown: use 2021, 2021-06, 2015/2017 (from 1945) or unstated"),
        ({"q": "a" * 201}, "q is longer than 200 characters: use fewer words"),
    ],
)
def test_an_unknown_filter_is_answered_with_what_is_allowed(
    collection: Collection, query: dict[str, str], message: str
) -> None:
    with pytest.raises(ValueError, match="use") as refused:
        parse_filters(collection, query)
    assert str(refused.value) == message


def test_a_long_unknown_value_is_not_echoed_whole(collection: Collection) -> None:
    with pytest.raises(ValueError, match="province") as refused:
        parse_filters(collection, {"province": "x" * 10_000})
    assert str(refused.value).startswith(f"province '{'x' * 60}' is unknown: use ")
    assert len(str(refused.value)) < 200


def test_a_known_province_without_figures_selects_nothing_and_is_no_error(collection: Collection) -> None:
    filters = parse_filters(collection, {"province": "kon-tum", "topic": "seizures"})
    assert filter_rows([make_figure_row(checked) for checked in collection.claims], **filters.active) == []
