"""What is said once: period, place, coverage and office of an article hold wherever nothing nearer says otherwise."""

import pytest

from extract.__main__ import main
from extract.claims.collection import CheckedClaim
from tests.conftest import MADE_UP, Scratch

TEXT = """Năm 2020, Công an huyện Kỳ Anh bắt 5 vụ ma túy.
Các xã bắt 6 vụ ma túy.
Riêng tháng 3/2020, bắt 7 vụ ma túy, cả năm bắt 8 vụ ma túy.
"""
ARTICLE = """  period: {covers: 2020, words: Năm 2020}
  place: {words: huyện Kỳ Anh, name_en: Kỳ Anh district}
  reported_by: Công an huyện Kỳ Anh
  reported_by_en: Kỳ Anh district police
"""
SENTENCES = """sentences:
  - quote: Năm 2020, Công an huyện Kỳ Anh bắt 5 vụ ma túy.
    claims:
      - {id: made-up-5, indicator: drug-cases, figure: 5 vụ, value: 5}
  - quote: Các xã bắt 6 vụ ma túy.
    coverage: {kind: division, words: Các xã, name: {vi: các xã, en: the communes}}
    reported_by: Các xã
    claims:
      - {id: made-up-6, indicator: drug-cases, figure: 6 vụ, value: 6}
  - quote: Riêng tháng 3/2020, bắt 7 vụ ma túy, cả năm bắt 8 vụ ma túy.
    period: {covers: 2020-03, words: tháng 3/2020}
    claims:
      - {id: made-up-7, indicator: drug-cases, figure: 7 vụ, value: 7}
      - id: made-up-8
        indicator: drug-cases
        figure: 8 vụ
        value: 8
        period: {covers: 2020, words: Năm 2020}
        place: {words: Các xã, name_en: The communes}
"""


def add_article(scratch: Scratch, article: str = ARTICLE, sentences: str = SENTENCES) -> None:
    scratch.add_article(TEXT, sentences)
    head, _, rest = (scratch / MADE_UP).read_text("utf-8").partition("\n")
    seed, sha256, province = head.removeprefix("article: {").removesuffix("}").split(", ")
    (scratch / MADE_UP).write_text(f"article:\n  {seed}\n  {sha256}\n  {province}\n{article}{rest}", encoding="utf-8")


def load_claims(scratch: Scratch) -> dict[str, CheckedClaim]:
    collection, problems = scratch.load()
    assert problems == []
    return {checked.claim.id: checked for checked in collection.claims if checked.path == MADE_UP}


def test_what_stands_nearest_to_a_claim_holds_for_it(scratch: Scratch) -> None:
    add_article(scratch)
    assert {
        name: (
            checked.period.covers,
            checked.place and checked.place.words,
            checked.coverage and (str(checked.coverage.kind), checked.coverage.words),
            checked.office,
        )
        for name, checked in load_claims(scratch).items()
    } == {
        "made-up-5": (
            "2020",
            "huyện Kỳ Anh",
            ("place", "huyện Kỳ Anh"),
            ("Công an huyện Kỳ Anh", "Kỳ Anh district police"),
        ),
        "made-up-6": ("2020", None, ("division", "Các xã"), ("Các xã", None)),
        "made-up-7": (
            "2020-03",
            "huyện Kỳ Anh",
            ("place", "huyện Kỳ Anh"),
            ("Công an huyện Kỳ Anh", "Kỳ Anh district police"),
        ),
        "made-up-8": ("2020", "Các xã", ("place", "Các xã"), ("Công an huyện Kỳ Anh", "Kỳ Anh district police")),
    }


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        (
            "  period: {covers: 2020, words: Năm 2020}\n  place",
            "  period:\n  place",
            "  - quote: Năm 2020",
            "made-up-5: `period` is missing: give it here, or on the article for all sentences that state none",
        ),
        (
            "  period: {covers: 2020, words: Năm 2020}\n  place",
            "  period: {covers: 2021, words: Năm 2020}\n  place",
            "  period: {covers: 2021",
            "made-up.txt: covers 2021 is not what its words say: «Năm 2020» states 2020",
        ),
        (
            "  place: {words: huyện Kỳ Anh,",
            "  place: {words: huyện Kỳ Em,",
            "  place: {words: huyện Kỳ Em",
            "made-up.txt: `words` «huyện Kỳ Em» stands nowhere in the article: nearest is, on its line 1,"
            " «huyện Kỳ Anh», where «A» U+0041 stands in place of «E» U+0045 (character 10)",
        ),
        (
            "    period: {covers: 2020-03, words: tháng 3/2020}\n",
            "    period:\n",
            "    period:\n",
            "made-up-7: `period`: is empty: only a person can decide it;"
            " take the line out where the sentence's or the article's holds",
        ),
        (
            "        period: {covers: 2020, words: Năm 2020}\n",
            "        period: {covers: 2020-05, words: tháng 3/2020}\n",
            "        period: {covers: 2020-05",
            "made-up-8: covers 2020-05 is not what its words say: «tháng 3/2020» states 2020-03",
        ),
    ],
)
def test_what_is_said_once_is_checked_where_it_stands(
    scratch: Scratch, old: str, new: str, at: str, message: str
) -> None:
    add_article(scratch)
    scratch.edit(MADE_UP, old, new)
    lines = (scratch / MADE_UP).read_text("utf-8").split("\n")
    line = next(number for number, words in enumerate(lines, start=1) if words.startswith(at.rstrip("\n")))
    assert scratch.check()[0] == f"{MADE_UP}:{line}: {message}"


def test_a_translation_may_wait_and_is_counted(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    add_article(scratch)
    assert {checked.sentence.translation for checked in load_claims(scratch).values()} == {None}
    assert main(["check", "--root", str(scratch.root)]) == 0
    assert capsys.readouterr().out == (
        "checked 37 claims in 17 quotes of 6 articles, 3 provinces; every one of 117 numbers accounted for: no problem"
        "; 3 quotes not translated yet\n"
    )
