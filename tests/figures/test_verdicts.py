"""What a statistician would say of every pair of figures, written down before the rules: `verdicts.txt`."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.figures.compare import Conclusion, Relation, Verdict, compare_figures
from extract.figures.ratios import compute_remainder
from extract.figures.table import FigureTable

EXPECTED = Path(__file__).with_name("verdicts.txt")
CONCLUSIONS = {
    "comparable": Conclusion.COMPARABLE,
    "with_care": Conclusion.WITH_CARE,
    "no": Conclusion.ONE_BY_ONE,
}


class ExpectedVerdict(NamedTuple):
    one: str
    other: str
    says: str
    reasons: list[str]


class ExpectedRatio(NamedTuple):
    of: str
    per: str
    pair: str
    value: Fraction
    cautions: list[str]


def read_rows() -> Iterator[list[str]]:
    for line in EXPECTED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


@cache
def read_verdicts() -> list[ExpectedVerdict]:
    rows = [(*row, "")[:4] for row in read_rows() if row[2] != "ratio"]
    return [ExpectedVerdict(one, other, says, split(reasons)) for one, other, says, reasons in rows]


@cache
def read_ratios() -> list[ExpectedRatio]:
    rows = [(*row, "")[:6] for row in read_rows() if row[2] == "ratio"]
    return [ExpectedRatio(of, per, pair, Fraction(value), split(said)) for of, per, _, pair, value, said in rows]


def split(reasons: str) -> list[str]:
    return [reason.strip() for reason in reasons.split(",") if reason.strip()]


@pytest.fixture(scope="module")
def claims(made_beside_real: Collection) -> dict[str, CheckedClaim]:
    return {checked.claim.id: checked for checked in made_beside_real.claims}


def list_pairs(collection: Collection) -> Iterator[tuple[frozenset[str], Verdict]]:
    for one, other in combinations(collection.claims, 2):
        yield frozenset({one.claim.id, other.claim.id}), compare_figures(one, other)


@pytest.mark.parametrize("expected", read_verdicts(), ids=lambda row: f"{row.one} beside {row.other}")
def test_a_pair_gets_the_verdict_that_a_statistician_gives(
    claims: dict[str, CheckedClaim], expected: ExpectedVerdict
) -> None:
    verdict = compare_figures(claims[expected.one], claims[expected.other])
    reasons = [reason.key for reason in verdict.reasons]
    assert verdict.conclusion is CONCLUSIONS[expected.says]
    if verdict.comparable:
        assert reasons == expected.reasons
    else:
        assert reasons[0] == expected.reasons[0]
        assert set(expected.reasons) <= set(reasons)


def test_all_other_pairs_of_the_shipped_figures_count_different_things(collection: Collection) -> None:
    named = {frozenset({row.one, row.other}) for row in read_verdicts()}
    verdicts = dict(list_pairs(collection))
    assert Counter(verdict.conclusion for verdict in verdicts.values()) == {
        Conclusion.COMPARABLE: 6,
        Conclusion.WITH_CARE: 4,
        Conclusion.ONE_BY_ONE: 518,
    }
    assert Counter(verdict.relation for verdict in verdicts.values()) == {
        Relation.ACROSS: 338,
        Relation.WITHIN_REPORT: 190,
    }
    others = [verdict for pair, verdict in verdicts.items() if pair not in named]
    assert {verdict.reasons[0].key for verdict in others} == {"other_measure"}
    assert not any(verdict.comparable for verdict in others)


def test_all_other_pairs_of_the_made_up_figures_are_of_other_measures_or_of_a_district(
    made_collection: Collection,
) -> None:
    named = {frozenset({row.one, row.other}) for row in read_verdicts()}
    others = {pair: verdict for pair, verdict in list_pairs(made_collection) if pair not in named}
    assert not any(verdict.comparable for verdict in others.values())
    deciding = {pair: verdict.reasons[0].key for pair, verdict in others.items()}
    assert set(deciding.values()) == {"other_measure", "other_coverage"}
    districts = [pair for pair, reason in deciding.items() if reason == "other_coverage"]
    assert all(any("doi-thu" in name or "suoi-mau" in name for name in pair) for pair in districts)


@pytest.mark.parametrize("expected", read_ratios(), ids=lambda row: f"{row.of} per {row.per}")
def test_a_phrase_that_joins_two_figures_gives_their_ratio(
    made_beside_real: Collection, expected: ExpectedRatio
) -> None:
    table = FigureTable(made_beside_real)
    one, other = table.claims[expected.of], table.claims[expected.per]
    (ratio,) = table.find_ratios(other)
    assert (ratio.of, ratio.per, ratio.pair.id) == (one, other, expected.pair)
    assert Fraction(one.claim.value) / Fraction(other.claim.value) == expected.value
    assert abs(Fraction(ratio.value) - expected.value) <= Fraction(1, 2_000_000)
    assert {reason.key for reason in ratio.cautions} == set(expected.cautions)
    for pair in ((one, other), (other, one)):
        verdict = table.compare(*pair)
        assert (verdict.relation, verdict.conclusion) == (Relation.RATIO, Conclusion.ONE_BY_ONE)


def test_no_other_figures_divide(made_beside_real: Collection) -> None:
    found = [(ratio.of.claim.id, ratio.per.claim.id) for ratio in FigureTable(made_beside_real).ratios]
    assert sorted(found) == sorted((row.of, row.per) for row in read_ratios())


def test_what_a_part_leaves_of_its_whole_is_exact_and_a_per_cent_leaves_nothing(collection: Collection) -> None:
    left = {checked.claim.id: compute_remainder(checked.claim) for checked in collection.claims}
    assert {name: value for name, value in left.items() if value is not None} == {
        "ha-tinh-2022-hamlets-meeting-security-standard": 7,
        "ha-tinh-2022-workplaces-meeting-security-standard": 80,
        "ha-tinh-2022-communes-meeting-criterion-19-2": 10,
    }


def test_no_two_shipped_figures_report_one_fact(collection: Collection) -> None:
    table = FigureTable(collection)
    assert [name for name, checked in table.claims.items() if table.find_reports(checked)] == []
