"""Figures of another province than the article's, and of the whole country, which never stands beside a province."""

import pytest

from extract.claims.collection import CheckedClaim
from extract.figures.columns import FIGURES, PROVINCES
from extract.figures.compare import Conclusion, compare_figures
from extract.figures.ratios import find_ratios
from tests.conftest import MADE_UP, Scratch

TEXT = "Toàn tỉnh bắt 5 vụ ma túy; cả nước bắt 900 vụ ma túy, 1.200 đối tượng; Kon Tum bắt 7 vụ ma túy.\n"
FILE = """sentences:
  - quote: Toàn tỉnh bắt 5 vụ ma túy; cả nước bắt 900 vụ ma túy, 1.200 đối tượng; Kon Tum bắt 7 vụ ma túy.
    period: unstated
    coverage: {kind: province, words: Toàn tỉnh}
    claims:
      - {id: made-up-5, indicator: drug-cases, figure: 5 vụ, value: 5}
      - {id: made-up-900, indicator: drug-cases, figure: 900 vụ, value: 900, province: VN}
      - {id: made-up-1200, indicator: drug-persons, figure: 1.200 đối tượng, value: 1200}
      - {id: made-up-7, indicator: drug-cases, figure: 7 vụ, value: 7, province: kon-tum}
"""


def load_claims(scratch: Scratch) -> dict[str, CheckedClaim]:
    scratch.add_article(TEXT, FILE)
    collection, problems = scratch.load()
    assert problems == []
    return {checked.claim.id: checked for checked in collection.claims if checked.path == MADE_UP}


def test_a_figure_is_of_the_province_that_it_names_and_takes_over_no_coverage_of_another(scratch: Scratch) -> None:
    rows = {name: FIGURES.format_row(checked) for name, checked in load_claims(scratch).items()}
    assert {
        name: (row["province"], row["iso_code"], row["province_name"], row["coverage"]) for name, row in rows.items()
    } == {
        "made-up-5": ("ha-tinh", "VN-23", "Hà Tĩnh", "province"),
        "made-up-900": ("viet-nam", "VN", "cả nước", ""),
        "made-up-1200": ("ha-tinh", "VN-23", "Hà Tĩnh", "province"),
        "made-up-7": ("kon-tum", "VN-28", "Kon Tum", ""),
    }


def test_the_whole_country_stands_among_the_provinces_only_where_a_figure_is_of_it(scratch: Scratch) -> None:
    collection, _ = scratch.load()
    assert "viet-nam" not in collection.provinces
    load_claims(scratch)
    collection, _ = scratch.load()
    rows = [PROVINCES.format_row(record) for record in PROVINCES.find_records(collection)]
    assert [(row["province"], row["figures"]) for row in rows] == [
        ("kon-tum", "7"),
        ("ha-tinh", "18"),
        ("khanh-hoa", "11"),
        ("viet-nam", "1"),
    ]


def test_the_whole_country_never_compares_with_a_province(scratch: Scratch) -> None:
    claims = load_claims(scratch)
    verdict = compare_figures(claims["made-up-5"], claims["made-up-900"])
    assert verdict.conclusion is Conclusion.ONE_BY_ONE
    assert "country_and_province" in [reason.key for reason in verdict.reasons if reason.blocks]
    verdict = compare_figures(claims["made-up-5"], claims["made-up-7"])
    assert "country_and_province" not in [reason.key for reason in verdict.reasons]


def test_figures_of_two_areas_divide_by_nothing(scratch: Scratch) -> None:
    load_claims(scratch)
    assert [each for each in find_ratios(scratch.load()[0]) if each.of.path == MADE_UP] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "province: kon-tum}",
            "province: kon-tom}",
            "made-up-7: unknown province «kon-tom»: did you mean «kon-tum»?",
        ),
        (
            "province: VN}",
            "province: VN, coverage: {kind: province, words: cả nước}}",
            "made-up-900: the whole country is no whole province: take the coverage out, or say whose work it is",
        ),
        (
            "province: VN}",
            "province: }",
            "made-up-900: `province`: is empty: only a person can decide it;"
            " take the line out where the sentence's or the article's holds",
        ),
    ],
)
def test_an_area_that_cannot_be_is_refused(scratch: Scratch, old: str, new: str, message: str) -> None:
    scratch.add_article(TEXT, FILE)
    scratch.edit(MADE_UP, old, new)
    line = scratch.find_line(MADE_UP, new)
    assert f"{MADE_UP}:{line}: {message}" in scratch.check()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "  iso_code: VN\n",
            "  iso_code: VN-99\n",
            "viet-nam: iso_code «VN-99» is a province's: write VN, or move it to `provinces`",
        ),
        (
            "    iso_code: VN-23\n",
            "    iso_code: VN\n",
            "ha-tinh: iso_code «VN» is the country's: write the province's, such as VN-23",
        ),
        ("  slug: viet-nam\n", "  slug: ha-tinh\n", "ha-tinh: slug «ha-tinh» is a province's, too"),
    ],
)
def test_a_country_that_is_a_province_is_refused(scratch: Scratch, old: str, new: str, message: str) -> None:
    path = "data/provinces.yaml"
    scratch.edit(path, old, new)
    lines = (scratch / path).read_text("utf-8").split("\n")
    line = next(at for at, words in enumerate(lines, start=1) if words == new.rstrip("\n"))
    assert scratch.check() == [f"{path}:{line}: {message}"]
