import random

import pandas as pd
import pytest

from extract.figures.search import find_matches, fold_fields, fold_text, sort_key


def find_places(folded: list[str], words: str) -> list[int]:
    """Return the places of the texts that hold a reader's words."""
    return [place for place, is_found in enumerate(find_matches(pd.Series(folded, dtype="str"), words)) if is_found]


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
    assert find_places(folded, words) == found


def test_a_phrase_does_not_run_from_one_field_into_the_next() -> None:
    assert find_places([fold_fields(["một hai", "ba bốn"])], "hai ba") == [0]
    assert find_places([fold_fields(["một hai", "ba bốn"]), fold_fields(["hai ba"])], "hai ba") == [1]


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
