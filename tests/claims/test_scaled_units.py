"""Grams and tonnes on the axis of kilograms: the value is converted, the words stay."""

import pytest

from extract.claims.draft.article import draft_article
from extract.figures.formats import format_figure
from tests.conftest import MADE_UP, Scratch

QUOTE = "Thu giữ 500 gam ketamine, 1,5 tấn heroin và 2 kg ma túy tổng hợp."
CLAIM = "figure: 500 gam, value: 0.5}"
FILE = f"""sentences:
  - quote: "{QUOTE}"
    translation: They seized 500 g of ketamine, 1.5 tonnes of heroin and 2 kg of synthetic drugs.
    period: unstated
    claims:
      - {{id: made-up-g, indicator: ketamine-seized-kg, {CLAIM}
      - {{id: made-up-t, indicator: synthetic-drugs-seized-kg, figure: "1,5 tấn", value: 1500}}
      - {{id: made-up-kg, indicator: synthetic-drugs-seized-kg, figure: 2 kg, value: 2}}
"""


def test_a_part_and_a_multiple_of_a_unit_stand_on_its_axis_with_their_own_words(scratch: Scratch) -> None:
    scratch.add_article(f"{QUOTE}\n", FILE)
    collection, problems = scratch.load()
    assert problems == []
    claims = [checked for checked in collection.claims if checked.path == MADE_UP]
    assert [(format_figure(checked, "vi"), format_figure(checked, "en")) for checked in claims] == [
        ("500 gam", "0.5 kg"),
        ("1,5 tấn", "1,500 kg"),
        ("2 kg", "2 kg"),
    ]


@pytest.mark.parametrize(("value", "said"), [("500", "500"), ("0.05", "0.05")])
def test_a_value_that_is_not_converted_is_refused(scratch: Scratch, value: str, said: str) -> None:
    scratch.add_article(f"{QUOTE}\n", FILE.replace(CLAIM, CLAIM.replace("0.5", value)))
    assert scratch.check() == [
        f"{MADE_UP}:7: made-up-g: value {said} is not what the figure says: «500 gam» reads 0.5;"
        " write 0.5, or correct the figure"
    ]


def test_a_draft_converts_the_value(scratch: Scratch) -> None:
    draft = draft_article(QUOTE.encode(), "made-up.txt", scratch.load()[0])
    values = [line.split(": ")[1] for line in draft.split("\n") if line.startswith("        value:")]
    assert values == ["0.5", "1500", "2"]


def test_a_factor_that_is_none_is_refused(scratch: Scratch) -> None:
    scratch.edit("data/units.yaml", "factor: 0.001", "factor: 0")
    line = scratch.find_line("data/units.yaml", "factor: 0}")
    message = "`factor` 0 is not more than 0: say how many of the unit one of these is"
    assert scratch.check() == [f"data/units.yaml:{line}: kg: {message}"]
