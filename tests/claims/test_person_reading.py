"""A person's reading: taken with its reason where the grammar reads no value, never against one that it reads."""

import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from extract.claims.collection import Collection
from extract.claims.records import ReadBy
from extract.claims.schema import make_schema
from extract.figures.columns import FIGURES
from tests.conftest import MADE_UP, Scratch, make_claim

WHY = "a stray dot stands among the digits"
# Digits that break the rules of separators have no value, whatever else the grammar learns.
CUT = "Năm 2021, công an phát hiện hơn 12.34.5 vụ buôn lậu."
DATED = "Cuối tháng, công an phát hiện, ngày 25 vụ buôn lậu bị bắt."


def add(scratch: Scratch, quote: str, translation: str, **claim: object) -> None:
    """Add an article of one sentence with one claim."""
    fields = {"id": "made-up-cases", "indicator": "smuggling-cases", **claim}
    sentence = {"quote": quote, "translation": translation, "period": "unstated", "claims": [fields]}
    scratch.add_article(f"{quote}\n", f"sentences:\n  - {json.dumps(sentence, ensure_ascii=False)}\n")


def read_of(value: str, **more: str) -> dict[str, str]:
    return {"value": value, "why": WHY, **more}


def test_what_the_grammar_refuses_is_taken_with_the_persons_reason(scratch: Scratch) -> None:
    read = read_of("12345", why_vi="dấu chấm thừa giữa các chữ số")
    translation = "In 2021 the police uncovered over 12,345 smuggling cases."
    add(scratch, CUT, translation, figure="hơn 12.34.5 vụ", value="12345", qualifier="over", read=read)
    collection, problems = scratch.load()
    assert problems == []
    (checked,) = [each for each in collection.claims if each.claim.id == "made-up-cases"]
    assert checked.claim.read_by is ReadBy.PERSON
    row = FIGURES.format_row(checked)
    assert (row["value"], row["read_by"], row["read_why"]) == ("12345", "person", WHY)
    assert {FIGURES.format_row(each)["read_by"] for each in collection.claims if each is not checked} == {"machine"}


def test_what_the_grammar_takes_for_a_date_is_taken_as_the_person_reads_it(scratch: Scratch) -> None:
    add(scratch, DATED, "25 smuggling cases a day.", figure="25 vụ", value="25", read=read_of("25"))
    assert scratch.check() == []
    (entry,) = [each for each in scratch.load()[0].ledger if each.claim == "made-up-cases"]
    assert (entry.text, entry.certainty) == ("25", "confirmed")


LISTED = "Số vụ buôn lậu theo huyện: Kon Plông (12), Đăk Glei (7)."


def test_of_a_bare_number_in_brackets_a_person_says_what_it_counts(scratch: Scratch) -> None:
    translation = "Smuggling cases by district: Kon Plông (12), Đăk Glei (7)."
    aside = "\nset_aside:\n  - {figure: Đăk Glei (7), why: not of this test}\n"

    def check(**claim: object) -> list[str]:
        add(scratch, LISTED, translation, figure="Kon Plông (12)", **claim)
        file = scratch / MADE_UP
        file.write_text(file.read_text("utf-8") + aside, encoding="utf-8")
        return scratch.check()

    assert check(value="12", read=read_of("12")) == []
    (problem,) = check(value="12")
    assert "after «12» stands «), Đăk Glei (7).», but smuggling-cases counts case" in problem
    assert "no reading stands against that" in "".join(check(value="13", read=read_of("13")))


@pytest.mark.parametrize(
    ("quote", "translation", "claim", "problem"),
    [
        (CUT, "Over 12,345 cases.", {"figure": "hơn 12.34.5 vụ", "value": "12345", "qualifier": "over"}, "states no"),
        (DATED, "25 cases.", {"figure": "25 vụ", "value": "25"}, "states no figure: «25» reads as date"),
        (
            "Có 72 vụ.",
            "There were 72 cases.",
            {"figure": "72 vụ", "value": "72", "read": read_of("72")},
            "the grammar reads «72» as 72 itself: take `read` out",
        ),
        (
            "Có 72 vụ.",
            "There were 27 cases.",
            {"figure": "72 vụ", "value": "27", "read": read_of("27")},
            "`read` says 27, but the grammar reads «72» as 72, and no reading stands against that:"
            " take `read` out, or correct the figure",
        ),
        (
            "Có 7/9 vụ.",
            "There were 7 of 9 cases.",
            {"figure": "7/9 vụ", "value": "7", "of": "9", "read": read_of("7", of="9")},
            "the grammar reads «7/9» as 7 of 9 itself: take `read` out",
        ),
        (
            "Có từ 18 đến 20 vụ.",
            "There were 18 to 20 cases.",
            {"figure": "18 đến 20 vụ", "value": "19", "read": read_of("19")},
            "`read` says 19, but the grammar reads «18 đến 20» as 18 to 20, and no reading stands against that",
        ),
        (
            CUT,
            "Over 12,345 cases.",
            {"figure": "12.34 vụ", "value": "12345", "read": read_of("12345")},
            "does not stand in the quote",
        ),
        (
            CUT,
            "About 12,345 cases.",
            {
                "figure": "hơn 12.34.5 vụ",
                "value": "12345",
                "qualifier": "about",
                "read": read_of("12345", qualifier="about"),
            },
            "qualifier about is not what the article says: «hơn 12.34.5» is over",
        ),
        (
            "Năm 2021 có 12.34.5 vụ.",
            "In 2021 there were 12,345 cases.",
            {"figure": "2021 có 12.34.5 vụ", "value": "12345", "read": read_of("12345")},
            "holds 2 numbers («2021» and «12.34.5»): one claim states one of them",
        ),
        (
            "Năm 2021 có 12.34.5 vụ.",
            "In 2021 there were many cases.",
            {"figure": "12.34.5 vụ", "value": "12345", "read": read_of("12345")},
            "the translation lacks 12,345 («12.34.5 vụ»)",
        ),
        (
            "Năm 2021 có 12.34.5 vụ.",
            "In 2021 there were 99,999,999 cases.",
            {"figure": "12.34.5 vụ", "value": "99999999", "read": read_of("99999999")},
            "value 99999999 is not plausible for cases-uncovered",
        ),
        (
            "Năm 2021 có 12.34.5 người.",
            "In 2021 there were 12,345 people.",
            {"figure": "12.34.5 người", "value": "12345", "read": read_of("12345")},
            "but smuggling-cases counts case",
        ),
    ],
)
def test_reading_that_the_text_does_not_bear_out_is_refused(
    scratch: Scratch, quote: str, translation: str, claim: dict[str, object], problem: str
) -> None:
    add(scratch, quote, translation, **claim)
    problems = scratch.check()
    assert any(problem in each for each in problems), problems
    assert all(each.startswith(f"{MADE_UP}:") for each in problems)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"read": {"value": "72"}}, "why\n  Field required"),
        ({"read": {"value": "72", "why": ""}}, "is empty: write its words"),
        ({"read": {"why": WHY}}, "value\n  Field required"),
        ({"read": read_of("73")}, "`value` 72 is not that of `read`, 73: write one of them in both"),
        ({"read": read_of("72", of="80")}, "`of` is absent is not that of `read`, 80: write one of them in both"),
        ({"of": "80", "read": read_of("72")}, "`of` 80 is not that of `read`, which has none"),
        ({"read": read_of("72", qualifier="over")}, "qualifier exact is not that of `read`, over"),
        ({"value": "-3", "of": "9"}, "the part -3 is less than 0: it is no part of its whole, 9"),
        ({"value": "-9", "of": "-3"}, "is less than 0: a whole has no sign"),
        ({"value": "-0"}, "write a plain number"),
        ({"value": "+3"}, "write a plain number"),
        ({"value": "−3"}, "write a plain number"),
    ],
)
def test_claim_that_contradicts_itself_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError) as error:
        make_claim(**changes)
    assert message in str(error.value)


def test_claim_reads_by_machine_unless_a_person_does() -> None:
    assert make_claim().read_by is ReadBy.MACHINE
    assert make_claim(read="").read_by is ReadBy.MACHINE
    assert make_claim(value="-2.4", read=read_of("-2.4")).value == Decimal("-2.4")


def test_negative_value_needs_a_measure_that_goes_below_zero(scratch: Scratch) -> None:
    quote = "Số vụ thay đổi 12.34.5 vụ."
    claim = {"figure": "12.34.5 vụ", "value": "-12345", "read": read_of("-12345")}
    add(scratch, quote, "The number of cases changed by -12,345.", **claim)
    (problem,) = scratch.check()
    assert "value -12345 is not plausible for cases-uncovered" in problem
    measures = (scratch / "data/measures.yaml").read_text("utf-8")
    head, mark, rest = measures.partition("  - id: cases-uncovered\n")
    (scratch / "data/measures.yaml").write_text(head + mark + rest.replace("min: 0,", "min: -20000,", 1), "utf-8")
    assert scratch.check() == []
    scratch.edit(MADE_UP, "changed by -12,345", "changed by 12,345")
    (problem,) = scratch.check()
    assert "the translation lacks -12,345" in problem


def test_share_is_never_less_than_nothing(scratch: Scratch) -> None:
    quote = "Tỷ lệ thay đổi 12.34.5%."
    claim = {
        "indicator": "communes-with-steering-board",
        "figure": "12.34.5%",
        "value": "-1.5",
        "read": read_of("-1.5"),
    }
    add(scratch, quote, "The rate changed by -1.5%.", **claim)
    assert any(
        "value -1.5 is less than 0, but communes-with-steering-board is a share" in each for each in scratch.check()
    )


def test_schema_asks_for_the_reason(collection: Collection) -> None:
    assert make_schema(collection)["$defs"]["PersonReading"]["required"] == ["value", "why"]
