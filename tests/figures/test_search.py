import random
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from extract.claims.collection import Collection
from extract.figures.filters import Filters
from extract.figures.search import Rank, find_matches, fold_fields, fold_text, rank_matches, sort_key
from extract.figures.table import FigureTable


@pytest.fixture(scope="module")
def table(collection: Collection) -> FigureTable:
    return FigureTable(collection)


def make_searched(rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Return a frame whose rows hold texts as their sentences, and nothing else."""
    nothing = pd.Categorical([fold_fields([])] * len(rows))
    return pd.DataFrame(
        {
            "searched_numbers": nothing,
            "searched_own": nothing,
            "searched_sentence": pd.Categorical([fold_fields(texts) for texts in rows]),
            "searched_details": nothing,
        }
    )


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
    rows = [
        ["28kg ma túy tổng hợp", "synthetic drugs"],
        ["13 bánh heroin, 0,9 kg", ""],
        ["đẩy mạnh trên tuyến biên giới", "ma-trận"],
    ]
    assert np.flatnonzero(find_matches(make_searched(rows), words)).tolist() == found


def test_a_phrase_does_not_run_from_one_text_into_the_next() -> None:
    assert find_matches(make_searched([["một hai", "ba bốn"]]), "hai ba").tolist() == [True]
    assert find_matches(make_searched([["một hai", "ba bốn"], ["hai ba"]]), "hai ba").tolist() == [False, True]


DRUGS = {
    Rank.OWN: ["13 bánh heroin", "28kg ma túy tổng hợp", "0,9kg ketamine", "238.000 viên ma túy tổng hợp"],
    Rank.AROUND: ["72 vụ", "6 vụ", "144 đối tượng", "7 đối tượng"],
}
STANDARDS = ["6 huyện", "171/181 xã", "976/1.056 cơ quan, doanh nghiệp"]
HAMLETS = "1.962/1.969 thôn, tổ dân phố"


@pytest.mark.parametrize(
    ("words", "ranked"),
    [
        ("640000000", {Rank.NUMBER: ["gần 640.000.000 đồng"]}),
        ("640000000 đồng", {Rank.NUMBER: ["gần 640.000.000 đồng"]}),
        *(
            (amount, {Rank.NUMBER: ["gần 640.000.000 đồng"], Rank.AROUND: ["258 cơ sở"]})
            for amount in ("640.000.000", "640,000,000", "640 000 000", "640,000,000 dong")
        ),
        ("gần 640.000", {Rank.OWN: ["gần 640.000.000 đồng"], Rank.AROUND: ["258 cơ sở"]}),
        ("1962", {Rank.NUMBER: [HAMLETS]}),
        ("1969", {Rank.NUMBER: [HAMLETS]}),
        ("1.962", {Rank.NUMBER: [HAMLETS], Rank.AROUND: STANDARDS}),
        ("1,962", {Rank.NUMBER: [HAMLETS], Rank.AROUND: STANDARDS}),
        ("hamlets", {Rank.OWN: [HAMLETS], Rank.AROUND: STANDARDS}),
        ("to dan pho", {Rank.OWN: [HAMLETS], Rank.AROUND: STANDARDS}),
        *(
            (mass, {Rank.NUMBER: ["0,9kg ketamine"], Rank.AROUND: [*DRUGS[Rank.AROUND], *DRUGS[Rank.OWN]]})
            for mass in ("0,9", "0.9", "0.9 kg")
        ),
        ("heroin", {Rank.OWN: ["13 bánh heroin"], Rank.AROUND: [*DRUGS[Rank.AROUND], *DRUGS[Rank.OWN]]}),
        ("HÊROIN", {Rank.OWN: ["13 bánh heroin"], Rank.AROUND: [*DRUGS[Rank.AROUND], *DRUGS[Rank.OWN]]}),
        ("ma tuy", {Rank.OWN: [*DRUGS[Rank.OWN], "6 vụ", "7 đối tượng"], Rank.AROUND: ["72 vụ", "144 đối tượng"]}),
        ("ma túy", {Rank.OWN: [*DRUGS[Rank.OWN], "6 vụ", "7 đối tượng"], Rank.AROUND: ["72 vụ", "144 đối tượng"]}),
        ("tam thần", {}),
        ("khanh vinh district", {Rank.AROUND: ["3 mô hình"]}),
        ("khanh-hoa-2016-khanh-vinh-self-managed-models-built", {Rank.AROUND: ["3 mô hình"]}),
    ],
)
def test_figures_that_a_search_means_stand_before_those_that_share_their_sentence(
    table: FigureTable, words: str, ranked: dict[Rank, list[str]]
) -> None:
    found = table.search(Filters(q=words))
    assert rank_matches(found, words).tolist() == sorted(rank_matches(found, words))
    by_rank = found.groupby(rank_matches(found, words))["figure"].apply(sorted).to_dict()
    meant = {words for rank in (Rank.NUMBER, Rank.OWN) for words in ranked.get(rank, [])}
    assert by_rank == {
        rank: sorted(each for each in figures if rank is not Rank.AROUND or each not in meant)
        for rank, figures in ranked.items()
    }
    assert set(found.index) == set(table.find(Filters(q=words)).index)


def test_figures_found_alike_stand_in_the_order_of_every_view(table: FigureTable) -> None:
    assert table.search(Filters(q="")).index.tolist() == table.frame.index.tolist()
    assert table.search(Filters(topic="seizures", q="thu giu")).index.tolist() == [
        claim for claim in table.frame.index if table.claims[claim].topic.id == "seizures"
    ]


def test_each_distinct_text_is_looked_at_once(table: FigureTable) -> None:
    sentences = {(checked.article.seed, checked.sentence.quote) for checked in table.claims.values()}
    assert len(table.frame["searched_sentence"].cat.categories) == len(sentences) < len(table.claims)


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
