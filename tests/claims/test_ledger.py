"""The account of every number: claimed, set aside by its kind, set aside by the curator, or asked for."""

from collections import Counter

import pytest

from extract.claims.collection import Collection
from extract.claims.ledger import REASONS
from extract.text.mentions import Kind
from tests.conftest import MADE_UP, Scratch

HEADER = "sentences: []\nset_aside:"


def test_every_number_of_the_real_articles_is_a_claim_or_has_a_reason(collection: Collection) -> None:
    assert all((entry.claim is None) != (entry.reason is None) for entry in collection.ledger)
    assert {entry.claim for entry in collection.ledger if entry.claim} == {
        checked.claim.id for checked in collection.claims
    }
    assert Counter(entry.claim for entry in collection.ledger if entry.claim).most_common(1)[0][1] == 1


def test_every_number_stands_where_the_ledger_says(collection: Collection) -> None:
    texts = {source.record.article.seed: source.text.raw for source in collection.sources}
    assert [entry.text for entry in collection.ledger] == [
        texts[entry.seed][entry.start : entry.end] for entry in collection.ledger
    ]


def test_ledger_stands_in_the_order_of_seeds_and_text(collection: Collection) -> None:
    places = [(entry.seed, entry.start) for entry in collection.ledger]
    assert places == sorted(places)


def test_every_kind_but_figures_has_a_reason_of_its_own() -> None:
    assert set(REASONS) == set(Kind) - {Kind.FIGURE}
    assert len(set(REASONS.values())) == len(REASONS)


def test_number_that_nobody_accounted_for_is_asked_for_with_the_line_to_paste(scratch: Scratch) -> None:
    scratch.add_article("Công an huyện.\nNăm 2021, công an xã bắt hơn 5 vụ trộm.\n", f"{HEADER} []\n")
    assert scratch.check() == [
        f"{MADE_UP}:3: made-up.txt: the number «5» on line 2, column 30 of the text is neither claimed nor set aside:"
        " «Năm 2021, công an xã bắt hơn 5 vụ trộm.»; claim it, or set it aside: - {figure: hơn 5 vụ, why: }"
    ]


def test_pasted_line_is_all_that_was_missing(scratch: Scratch) -> None:
    scratch.add_article("Có 5 vụ, 1,5 tấn và 5 vụ.\n", f"{HEADER} []\n")
    lines = {problem.split("set it aside: ")[1].replace("why: ", "why: said in passing") for problem in scratch.check()}
    assert lines == {
        "- {figure: 5 vụ, times: 2, why: said in passing}",
        '- {figure: "1,5 tấn", why: said in passing}',
    }
    scratch.edit(MADE_UP, f"{HEADER} []\n", f"{HEADER}\n" + "".join(f"  {line}\n" for line in sorted(lines)))
    assert scratch.check() == []


def test_number_of_a_claim_that_has_no_place_is_not_asked_for_as_well(scratch: Scratch) -> None:
    scratch.edit("data/claims/ha-tinh-2021-three-forces.yaml", "figure: 72 vụ, value: 72}", "figure: 27 vụ, value: 27}")
    assert len(scratch.check()) == 1


def test_many_open_numbers_are_counted_and_not_all_shown(scratch: Scratch) -> None:
    scratch.add_article("".join(f"Xã {name} có {7 + name} vụ.\n" for name in range(130)), f"{HEADER} []\n")
    problems = scratch.check()
    assert len(problems) == 101
    assert problems[-1].endswith("made-up.txt: 30 more numbers are neither claimed nor set aside")


THREE = "Có 3 đội, 3 đội giỏi và 3 đội.\n"


@pytest.mark.parametrize(
    ("entries", "problems"),
    [
        ("- {figure: 3 đội, times: 3, why: the teams}", []),
        ("- {figure: 3 đội, times: 2, why: the teams}\n  - {figure: 3 đội giỏi, why: good ones}", []),
        (
            "- {figure: 3 đội, why: the teams}",
            ["4: made-up.txt: «3 đội» stands in 3 places without a claim, not 1: write times: 3"],
        ),
        (
            "- {figure: 3 đội, times: 4, why: the teams}",
            [
                "4: made-up.txt: «3 đội» stands in 3 places without a claim, not 4: write times: 3,"
                " or look for the words that changed"
            ],
        ),
        (
            "- {figure: 3 đội, times: 3, why: the teams}\n  - {figure: 3 đội, times: 3, why: the teams}",
            ["5: made-up.txt: «3 đội» is set aside already on line 4: put the two together"],
        ),
        (
            "- {figure: 3 đội, times: 3, why: the teams}\n  - {figure: 4 đội, why: the teams}",
            [
                "5: made-up.txt: «4 đội» is set aside, but does not stand in the article:"
                " copy its words, or take the entry out"
            ],
        ),
        (
            '- {figure: 3 đội, times: 2, why: the teams}\n  - {figure: "3 đội, 3 đội giỏi", why: both}',
            [
                "5: made-up.txt: «3 đội, 3 đội giỏi» holds 2 numbers («3» and «3»): set each aside on its own",
                "4: made-up.txt: «3 đội» stands in 3 places without a claim, not 2: write times: 3",
            ],
        ),
        (
            "- {figure: 3 đội, times: 3, why: the teams}\n  - {figure: đội giỏi, why: good ones}",
            ["5: made-up.txt: «đội giỏi» is set aside, but holds no figure and no other number: take the entry out"],
        ),
        (
            "- {figure: 3 đội, times: 3, why: the teams}\n  - {figure: 3 độ, why: cut}",
            [
                "5: made-up.txt: «3 độ» is set aside, but cuts its words in two:"
                " the article says «Có 3 đội, 3 đội giỏi và 3 đội.»"
            ],
        ),
    ],
)
def test_numbers_set_aside_stand_where_the_curator_says(scratch: Scratch, entries: str, problems: list[str]) -> None:
    scratch.add_article(THREE, f"{HEADER}\n  {entries}\n")
    assert sorted(scratch.check()) == sorted(f"{MADE_UP}:{problem}" for problem in problems)


def test_claimed_number_cannot_be_set_aside_too(scratch: Scratch) -> None:
    file = "data/claims/kon-tum-internal-political-security.yaml"
    scratch.edit(file, "set_aside:\n", "set_aside:\n  - {figure: 258 cơ sở, why: no result}\n")
    [problem] = scratch.check()
    assert problem.endswith(
        "«258 cơ sở» is set aside, but is claimed by kon-tum-violating-establishments: take one of the two out"
    )


def test_words_of_a_date_need_no_entry(scratch: Scratch) -> None:
    scratch.add_article("Năm 2021 yên bình.\n", f"{HEADER}\n  - {{figure: Năm 2021, why: a year}}\n")
    assert scratch.check() == [
        f"{MADE_UP}:4: made-up.txt: «Năm 2021» is set aside, but holds no figure"
        " («2021» reads as date, which needs no entry): take the entry out"
    ]


def test_number_of_no_kind_may_have_a_better_reason_than_the_general_one(scratch: Scratch) -> None:
    text = "Tổ chức nhiều hoạt 9 động.\n"
    scratch.add_article(text, f"{HEADER} []\n")
    collection, problems = scratch.load()
    assert problems == []
    assert [entry.reason for entry in collection.ledger if entry.seed == "made-up.txt"] == [REASONS[Kind.OTHER]]
    aside = "\n  - {figure: hoạt 9 động, why: a stray page number, why_vi: số trang}\n"
    scratch.add_article(text, f"{HEADER}{aside}")
    collection, problems = scratch.load()
    assert problems == []
    [entry] = [entry for entry in collection.ledger if entry.seed == "made-up.txt"]
    assert (entry.kind, entry.reason, entry.reason_vi) == (Kind.OTHER, "a stray page number", "số trang")


def test_number_of_no_kind_is_set_aside_as_often_as_it_stands_there(scratch: Scratch) -> None:
    scratch.add_article("Tổ chức hoạt 9 động.\n", f"{HEADER}\n  - {{figure: hoạt 9 động, times: 2, why: y}}\n")
    assert scratch.check() == [
        f"{MADE_UP}:4: made-up.txt: «hoạt 9 động» stands in 1 places without a claim, not 2: write times: 1,"
        " or look for the words that changed"
    ]
