"""Figures that are ranges: both ends from the text, no share, no axis, no quotient."""

import pytest

from extract.claims.collection import CheckedClaim
from extract.figures.columns import FIGURES
from extract.figures.compare import Conclusion, compare_figures
from extract.figures.formats import format_figure
from extract.figures.groups import find_common_axis, find_report_axis
from extract.figures.ratios import find_ratios
from tests.conftest import MADE_UP, Scratch

QUOTE = "Năm 2021, bắt 10-20 vụ ma túy/30 đối tượng, phạt khoảng 18 - 20 triệu đồng."
FILE = f"""sentences:
  - quote: {QUOTE}
    translation: In 2021 they caught 30 people in 10 to 20 cases and fined about 18 million to 20 million đồng.
    period: {{covers: 2021, words: Năm 2021}}
    claims:
      - {{id: made-up-cases, indicator: drug-cases, figure: 10-20 vụ, value: 10, to: 20}}
      - {{id: made-up-people, indicator: drug-persons, figure: 30 đối tượng, value: 30}}
      - id: made-up-fines
        indicator: administrative-fines
        figure: khoảng 18 - 20 triệu đồng
        value: 18000000
        to: 20000000
        qualifier: about
"""


def load_claims(scratch: Scratch) -> dict[str, CheckedClaim]:
    scratch.add_article(f"{QUOTE}\n", FILE.replace(f"quote: {QUOTE}", f'quote: "{QUOTE}"'))
    collection, problems = scratch.load()
    assert problems == []
    return {checked.claim.id: checked for checked in collection.claims if checked.path == MADE_UP}


def test_both_ends_of_a_range_are_told(scratch: Scratch) -> None:
    claims = load_claims(scratch)
    rows = [FIGURES.format_row(checked) for checked in claims.values()]
    assert [(row["value"], row["value_to"], row["share"]) for row in rows] == [
        ("10", "20", ""),
        ("30", "", ""),
        ("18000000", "20000000", ""),
    ]
    assert [format_figure(checked, "en") for checked in claims.values()] == [
        "10–20 cases",
        "30 people",
        "about 18,000,000–20,000,000 đồng",
    ]


def test_a_range_shares_no_axis_compares_with_nothing_and_divides_by_nothing(scratch: Scratch) -> None:
    claims = load_claims(scratch)
    cases = claims["made-up-cases"]
    assert (find_report_axis(cases), find_common_axis(cases)) == (None, None)
    collection, _ = scratch.load()
    other = next(each for each in collection.claims if each.claim.id == "ha-tinh-2021-drug-cases")
    verdict = compare_figures(cases, other)
    assert verdict.conclusion is Conclusion.ONE_BY_ONE
    assert "range" in [reason.key for reason in verdict.reasons if reason.blocks]
    assert [each for each in find_ratios(collection) if each.of.path == MADE_UP] == []


READS = "«10-20 vụ» reads 10 to 20"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("value: 10, to: 20}", "value: 10}", f"made-up-cases: `to` is missing: {READS}; add to: 20"),
        (
            "value: 10, to: 20}",
            "value: 10, to: 25}",
            f"made-up-cases: to 25 is not what the figure says: {READS}; write 20, or correct the figure",
        ),
        (
            "value: 10, to: 20}",
            "value: 11, to: 20}",
            f"made-up-cases: value 11 is not what the figure says: {READS}; write 10, or correct the figure",
        ),
        (
            "value: 30}",
            "value: 30, to: 40}",
            "made-up-people: to 40: «30 đối tượng» states no range; leave `to` out",
        ),
        (
            "value: 10, to: 20}",
            "value: 20, to: 10}",
            "made-up-cases: a range ends above its start, but `to` 10 is not more than `value` 20",
        ),
    ],
)
def test_a_range_that_the_figure_does_not_state_is_refused(scratch: Scratch, old: str, new: str, message: str) -> None:
    load_claims(scratch)
    scratch.edit(MADE_UP, old, new)
    line = scratch.find_line(MADE_UP, new)
    assert f"{MADE_UP}:{line}: {message}" in scratch.check()
