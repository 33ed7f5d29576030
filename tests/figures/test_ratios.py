"""What one phrase joins and can be divided, how it is shown, and what is left of a whole."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import Coverage, Lang
from extract.claims.wording import parse_wording
from extract.figures.ratios import Ratio, find_sentence_ratios, format_quotient, format_ratio, is_rounded
from extract.figures.table import FigureTable
from extract.text.hedges import Qualifier
from tests.figures.test_columns import change_claim

REPOSITORY = Path(__file__).resolve().parents[2]
CASES, PEOPLE = "ha-tinh-2021-drug-cases", "ha-tinh-2021-drug-persons"


@pytest.fixture
def cases(collection: Collection) -> CheckedClaim:
    return FigureTable(collection).claims[CASES]


@pytest.fixture
def people(collection: Collection) -> CheckedClaim:
    return FigureTable(collection).claims[PEOPLE]


def place(quote: str, *stated: tuple[CheckedClaim, str]) -> list[CheckedClaim]:
    """Return figures as they would stand in one sentence, each where its words stand in it."""
    claims = []
    for number, (checked, figure) in enumerate(stated):
        claim = checked.claim.model_copy(update={"id": f"{checked.claim.id}-{number}", "figure": figure})
        sentence = checked.sentence.model_copy(update={"quote": quote})
        claims.append(replace(checked, claim=claim, sentence=sentence, mark_start=quote.index(figure)))
    return claims


def divide(collection: Collection, claims: list[CheckedClaim]) -> list[tuple[str, str]]:
    """Return the words of the figures that divide each other."""
    pair = collection.ratios["people-per-case"]
    return [(ratio.of.claim.figure, ratio.per.claim.figure) for ratio in find_sentence_ratios(pair, claims)]


@pytest.mark.parametrize(
    ("quote", "joined"),
    [
        ("bắt 6 vụ/7 đối tượng.", True),
        ("bắt 6 vụ với 7 đối tượng.", True),
        ("bắt 7 đối tượng trong 6 vụ.", True),
        ("phát hiện 6 vụ, nộp ngân sách 900.000 đồng, bắt 7 đối tượng.", True),
        ("phát hiện 6 vụ; bắt 7 đối tượng.", False),
        ("phát hiện 6 vụ. Bắt 7 đối tượng.", False),
        ("phát hiện 6 vụ… Bắt 7 đối tượng.", False),
    ],
)
def test_a_phrase_ends_at_a_semicolon_and_at_a_full_stop(
    collection: Collection, cases: CheckedClaim, people: CheckedClaim, quote: str, joined: bool
) -> None:
    claims = place(quote, (cases, "6 vụ"), (people, "7 đối tượng"))
    assert divide(collection, claims) == ([("7 đối tượng", "6 vụ")] if joined else [])


def test_where_a_phrase_has_three_figures_of_one_category_it_does_not_say_which_divide(
    collection: Collection, cases: CheckedClaim, people: CheckedClaim
) -> None:
    for quote in ("bắt 6 vụ, trong đó 2 vụ lớn, 7 đối tượng.", "bắt 6 vụ, 7 đối tượng, 2 vụ lớn."):
        assert divide(collection, place(quote, (cases, "6 vụ"), (cases, "2 vụ"), (people, "7 đối tượng"))) == []


def test_a_figure_of_another_category_parts_only_what_stands_around_it(
    collection: Collection, cases: CheckedClaim, people: CheckedClaim
) -> None:
    total = replace(cases, category=None)
    between = place("bắt 6 vụ, 2 vụ khác, 7 đối tượng.", (cases, "6 vụ"), (total, "2 vụ"), (people, "7 đối tượng"))
    assert divide(collection, between) == []
    after = place("bắt 6 vụ, 7 đối tượng, 2 vụ khác.", (cases, "6 vụ"), (total, "2 vụ"), (people, "7 đối tượng"))
    assert divide(collection, after) == [("7 đối tượng", "6 vụ")]


@pytest.mark.parametrize(
    "change",
    [
        {"category": None},
        {"coverage": None},
        {"coverage": Coverage.model_validate({"kind": "province", "words": "toàn tỉnh"})},
    ],
    ids=["another category", "no coverage", "another coverage"],
)
def test_only_figures_of_one_category_and_coverage_divide(
    collection: Collection, cases: CheckedClaim, people: CheckedClaim, change: dict[str, Any]
) -> None:
    claims = place("bắt 6 vụ/7 đối tượng.", (cases, "6 vụ"), (replace(people, **change), "7 đối tượng"))
    assert divide(collection, claims) == []


@pytest.mark.parametrize("change", [{"value": Decimal(0)}, {"of": Decimal(10)}])
def test_nothing_is_divided_by_zero_or_by_a_part(
    collection: Collection, cases: CheckedClaim, people: CheckedClaim, change: dict[str, Decimal]
) -> None:
    changed = replace(cases, claim=cases.claim.model_copy(update=change))
    assert divide(collection, place("bắt 6 vụ/7 đối tượng.", (changed, "6 vụ"), (people, "7 đối tượng"))) == []


def make_ratio(collection: Collection, of: str, per: str, *, hedges: tuple[str, str] = ("exact", "exact")) -> Ratio:
    """Return the ratio of two values, each with its hedge."""
    claims = FigureTable(collection).claims
    people, cases = (
        replace(checked, claim=checked.claim.model_copy(update={"value": Decimal(value), "qualifier": hedge}))
        for checked, value, hedge in (
            (claims[PEOPLE], of, Qualifier(hedges[0])),
            (claims[CASES], per, Qualifier(hedges[1])),
        )
    )
    return Ratio(pair=collection.ratios["people-per-case"], of=people, per=cases)


@pytest.mark.parametrize(
    ("of", "per", "hedge", "shown", "rounded"),
    [
        ("144", "72", "exact", "2", False),
        ("7", "6", "exact", "1.2", True),
        ("1945", "40", "exact", "48.6", True),
        ("3", "2", "exact", "1.5", False),
        ("2000000", "1", "exact", "2,000,000", False),
        ("1", "300", "exact", "0.003", True),
        ("0", "6", "exact", "0", False),
        ("34000", "53", "about", "640", True),
        ("123456", "10", "about", "12,000", True),
        ("7", "6", "nearly", "1.2", True),
    ],
)
def test_a_quotient_is_shown_to_one_decimal_and_of_a_hedged_figure_to_two_digits(
    collection: Collection, of: str, per: str, hedge: str, shown: str, *, rounded: bool
) -> None:
    ratio = make_ratio(collection, of, per, hedges=(hedge, "exact"))
    assert format_quotient(ratio, "en") == shown
    assert format_quotient(ratio, "vi") == shown.translate(str.maketrans(",.", ".,"))
    assert is_rounded(ratio) == rounded


@pytest.mark.parametrize(
    ("hedges", "qualifier"),
    [
        (("exact", "exact"), "exact"),
        (("about", "exact"), "about"),
        (("over", "exact"), "over"),
        (("exact", "over"), "under"),
        (("exact", "under"), "over"),
        (("exact", "nearly"), "over"),
        (("exact", "about"), "about"),
        (("exact", "at_least"), "about"),
        (("over", "over"), "about"),
    ],
)
def test_hedges_carry_over_and_turn_round_in_the_denominator(
    collection: Collection, hedges: tuple[str, str], qualifier: str
) -> None:
    assert make_ratio(collection, "7", "6", hedges=hedges).qualifier == qualifier


def test_the_value_is_the_quotient_to_six_decimals_half_to_even(collection: Collection) -> None:
    assert make_ratio(collection, "1", "2000000").value == 0
    assert make_ratio(collection, "3", "2000000").value == Decimal("0.000002")
    assert make_ratio(collection, "123456789012345678", "7").value == Decimal("17636684144620811.142857")


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "vi",
            [
                "tự tính từ con số ước chừng (khoảng 34.000 lượt học sinh, sinh viên, cán bộ, giáo viên): 34.000 ÷ 53, "
                "ước chừng 640 lượt người mỗi lượt phát động",
                "tự tính: 144 ÷ 72 = 2 đối tượng mỗi vụ",
                "tự tính: 7 ÷ 6 ≈ 1,2 đối tượng mỗi vụ",
                "tự tính: 950 ÷ 97 ≈ 9,8 thành viên mỗi ban, đội",
                "tự tính: 1.945 ÷ 40 ≈ 48,6 thành viên mỗi ban, đội",
                "tự tính: 2.721 ÷ 280 ≈ 9,7 thành viên mỗi ban, đội",
            ],
        ),
        (
            "en",
            [
                "computed from a hedged number (about 34,000 participations): 34,000 ÷ 53, about 640 participations "
                "per launch",
                "computed: 144 ÷ 72 = 2 people per case",
                "computed: 7 ÷ 6 ≈ 1.2 people per case",
                "computed: 950 ÷ 97 ≈ 9.8 members per board or team",
                "computed: 1,945 ÷ 40 ≈ 48.6 members per board or team",
                "computed: 2,721 ÷ 280 ≈ 9.7 members per board or team",
            ],
        ),
    ],
)
def test_a_ratio_says_that_it_is_computed_and_from_what(collection: Collection, lang: Lang, lines: list[str]) -> None:
    words = parse_wording((REPOSITORY / "data/wording.yaml").read_bytes())[lang]
    assert [format_ratio(ratio, words) for ratio in FigureTable(collection).ratios] == lines


def test_nothing_is_divided_of_or_by_what_is_less_than_zero(
    collection: Collection, cases: CheckedClaim, people: CheckedClaim
) -> None:
    claims = place("72 vụ/144 đối tượng", (cases, "72 vụ"), (people, "144 đối tượng"))
    for least in (cases, people):
        assert divide(collection, claims) != []
        changed = [
            change_claim(each, value=-each.claim.value) if each.measure is least.measure else each for each in claims
        ]
        assert divide(collection, changed) == []
