"""A draft proposes as `also_at` what another sentence says once more, and nothing that only looks alike."""

import pytest

from extract.claims.collection import Collection
from extract.claims.yaml.scalars import format_scalar
from tests.claims.test_draft import read_draft
from tests.conftest import Scratch

BODY = "Năm 2021, công an bắt 432 vụ với 681 đối tượng, phạt 160 triệu đồng."


def read_repeats(text: str, collection: Collection) -> dict[str, list[str]]:
    """Return the words of each figure that a draft says are told once more."""
    return {
        claim["figure"]: [entry["figure"] for entry in claim["also_at"]]
        for sentence in read_draft(text.encode(), collection)["sentences"]
        for claim in sentence["claims"]
        if "also_at" in claim
    }


@pytest.mark.parametrize(
    ("first", "repeats"),
    [
        ("Bắt 432 vụ với 681 đối tượng", {"432 vụ": ["432 vụ"], "681 đối tượng": ["681 đối tượng"]}),
        # Another value, hedge, unit, order or time is another fact; one number alone may well be.
        ("Bắt 432 vụ với 680 đối tượng", {}),
        ("Bắt hơn 432 vụ với 681 đối tượng", {}),
        ("Bắt 432 vụ với 681 cơ sở", {}),
        ("Bắt 681 đối tượng trong 432 vụ", {}),
        ("Năm 2020, bắt 432 vụ với 681 đối tượng.", {}),
        ("Bắt 432 vụ", {}),
        (BODY, {"432 vụ": ["432 vụ"], "681 đối tượng": ["681 đối tượng"], "160 triệu đồng": ["160 triệu đồng"]}),
    ],
)
def test_a_headline_that_repeats_a_sentence_is_told_once(
    collection: Collection, first: str, repeats: dict[str, list[str]]
) -> None:
    assert read_repeats(f"{first}\n\n{BODY}\n", collection) == repeats


def test_small_numbers_repeat_nothing(collection: Collection) -> None:
    text = "Bắt 1 vụ với 2 đối tượng\n\nSáng nay, công an bắt 1 vụ với 2 đối tượng trộm xe.\n"
    assert read_repeats(text, collection) == {}


def test_what_a_draft_proposes_as_repeated_passes_the_check(scratch: Scratch) -> None:
    text = f"Bắt 432 vụ với 681 đối tượng\n\n{BODY}\nCông an bắt\u00a0432\u00a0vụ với 681 đối tượng.\n"
    scratch.add_article(text, "")
    collection, _ = scratch.load()
    draft = read_draft(text.encode(), collection)
    [sentence] = draft["sentences"]
    for claim, indicator in zip(
        sentence["claims"], ("drug-cases", "drug-persons", "administrative-fines"), strict=True
    ):
        claim["indicator"] = indicator
    claims = "".join(
        "      - {"
        + ", ".join(f"{key}: {claim[key]}" for key in ("id", "indicator", "figure", "value"))
        + (f", also_at: [{format_entries(claim['also_at'])}]" if "also_at" in claim else "")
        + "}\n"
        for claim in sentence["claims"]
    )
    period = "{covers: 2021, words: Năm 2021}"
    scratch.add_article(text, f'sentences:\n  - quote: "{BODY}"\n    period: {period}\n    claims:\n{claims}')
    assert scratch.check() == []


def format_entries(entries: list[dict[str, str]]) -> str:
    return ", ".join(f"{{figure: {format_scalar(each['figure'])}, times: {each.get('times', 1)}}}" for each in entries)
