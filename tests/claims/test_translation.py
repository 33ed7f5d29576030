"""The numbers of a translation: they are the quote's, whichever way English writes them."""

import pytest

from tests.conftest import MADE_UP, Scratch

HA_TINH = "data/claims/ha-tinh-2021-three-forces.yaml"
FOREIGN = ", which no number of the quote says"
ADVICE = "write the quote's numbers, in English digits (1,962; 0.9)"


def translate(scratch: Scratch, figures: str, translation: str) -> list[str]:
    """Return what is said of a translation of a sentence that counts so; a figure's value stands behind a `=`."""
    pairs = [each.strip().split("=") for each in figures.split(";")]
    quote = f"Ngày 15/1/2021, theo Nghị định 03 và tiêu chí 19.2, lần thứ ba có {'; '.join(pair[0] for pair in pairs)}."
    claims = []
    for number, (figure, value) in enumerate(pairs, start=1):
        part, _, whole = value.partition("/")
        nth = [pair[0] for pair in pairs].count(figure) > 1
        fields = {
            "id": f"made-up-{number}",
            "indicator": next(name for noun, name in INDICATORS.items() if noun in figure),
            "figure": f'"{figure}"',
            "value": part,
            **({"of": whole} if whole else {}),
            **({"nth": str(number)} if nth else {}),
        }
        claims.append("      - {" + ", ".join(f"{key}: {field}" for key, field in fields.items()) + "}\n")
    scratch.add_article(
        quote + "\n",
        f'sentences:\n  - quote: "{quote}"\n    translation: "{translation}"\n    period: unstated\n    claims:\n'
        + "".join(claims),
    )
    return [problem.removeprefix(f"{MADE_UP}:4: ") for problem in scratch.check()]


INDICATORS = {
    "vụ": "drug-cases",
    "người": "drug-persons",
    "kg": "synthetic-drugs-seized-kg",
    "xã": "communes-meeting-criterion-19-2",
    "đồng": "administrative-fines",
}


@pytest.mark.parametrize(
    ("figures", "translation"),
    [
        ("12 vụ=12", "12 cases"),
        ("12 vụ=12", "twelve cases"),
        ("hai vụ=2", "2 cases"),
        ("hai vụ=2", "Two cases"),
        ("05 vụ=5", "5 cases"),
        ("1.962 vụ=1962", "1,962 cases"),
        ("1.962 vụ=1962", "1962 cases"),
        ("0,9 kg=0.9", "0.9 kg"),
        ("0,9 kg=0.9", "0.9kg"),
        ("640.000.000 đồng=640000000", "640,000,000 đồng"),
        ("640.000.000 đồng=640000000", "640 million đồng"),
        ("3,1 tỷ đồng=3100000000", "3.1 billion đồng"),
        ("9/10 xã=9/10", "9 of 10 communes"),
        ("9/10 xã=9/10", "9 of the ten communes"),
        ("12 vụ=12; 15 người=15", "15 people in 12 cases"),
        ("5 vụ=5; 5 vụ=5", "5 cases here and 5 there"),
        # What stands in the quote beside the figures may stand in the translation, and need not.
        ("12 vụ=12", "On 15 January 2021, by Decree 03 and criterion 19.2, 12 cases for the three"),
        ("12 vụ=12", "On 15/01/2021 one of the units saw 12 cases"),
    ],
)
def test_a_right_translation_is_accepted(scratch: Scratch, figures: str, translation: str) -> None:
    assert translate(scratch, figures, translation) == []


@pytest.mark.parametrize(
    ("figures", "translation", "message"),
    [
        (
            "12 vụ=12",
            "11 cases",
            f"lacks 12 («12 vụ») and states «11»{FOREIGN}",
        ),
        ("12 vụ=12", "eleven cases", f"lacks 12 («12 vụ») and states «eleven»{FOREIGN}"),
        ("12 vụ=12", "cases", "lacks 12 («12 vụ»)"),
        ("12 vụ=12", "12 cases with 7 people", f"states «7»{FOREIGN}"),
        ("12 vụ=12", "120 cases", f"lacks 12 («12 vụ») and states «120»{FOREIGN}"),
        ("1.962 vụ=1962", "1.962 cases", f"lacks 1,962 («1.962 vụ») and states «1.962»{FOREIGN}"),
        ("0,9 kg=0.9", "9 kg", f"lacks 0.9 («0,9 kg») and states «9»{FOREIGN}"),
        ("0,9 kg=0.9", "0,9 kg", f"lacks 0.9 («0,9 kg») and states «0» and «9»{FOREIGN}"),
        (
            "3,1 tỷ đồng=3100000000",
            "3.1 million đồng",
            f"lacks 3,100,000,000 («3,1 tỷ đồng») and states «3.1 million»{FOREIGN}",
        ),
        ("9/10 xã=9/10", "9 communes", "lacks 10 («9/10 xã»)"),
        ("12 vụ=12; 15 người=15", "12 cases with 12 people", "lacks 15 («15 người»)"),
        ("12 vụ=12; 15 người=15", "some", "lacks 12 («12 vụ») and 15 («15 người»)"),
        ("5 vụ=5; 5 vụ=5", "5 cases in all", "lacks 5 («5 vụ»)"),
        ("12 vụ trong năm=12", "12 cases, five of them new", f"states «five»{FOREIGN}"),
        # The parts of a figure are no numbers of their own.
        ("1.962 vụ=1962", "1,962 cases, 962 of them new", f"states «962»{FOREIGN}"),
    ],
)
def test_a_wrong_number_in_a_translation_is_refused(
    scratch: Scratch, figures: str, translation: str, message: str
) -> None:
    [problem] = translate(scratch, figures, translation)
    assert problem.split(": ", 1)[1] == f"the translation {message}: {ADVICE}"


def test_a_wrong_number_is_refused_at_its_line_and_blamed_on_its_claim(scratch: Scratch) -> None:
    scratch.edit(HA_TINH, "uncovered 6 cases and caught 7 people", "uncovered 6 cases and caught 17 people")
    line = scratch.find_line(HA_TINH, "caught 17 people")
    assert scratch.check() == [
        f"{HA_TINH}:{line}: ha-tinh-2021-drug-persons: the translation lacks 7 («7 đối tượng») and states «17», which"
        f" no number of the quote says: {ADVICE}"
    ]


def test_numbers_that_are_set_aside_may_stand_in_a_translation(scratch: Scratch) -> None:
    quote = "Ba lực lượng bắt 12 vụ, phạt hàng chục người."
    scratch.add_article(
        quote + "\n",
        f'sentences:\n  - quote: "{quote}"\n    translation: The three forces stopped 12 cases and fined tens.\n'
        "    period: unstated\n    claims:\n      - {id: made-up-1, indicator: drug-cases, figure: 12 vụ, value: 12}\n"
        "set_aside:\n  - {figure: Ba lực lượng, why: names them}\n  - {figure: hàng chục người, why: no number}\n",
    )
    assert scratch.check() == []
