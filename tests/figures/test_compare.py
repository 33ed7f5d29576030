from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from random import Random
from string import Formatter
from typing import Any

import numpy as np
import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.inherited import Office
from extract.claims.records import (
    LANGS,
    Category,
    Coverage,
    CoverageKind,
    Criteria,
    Lang,
    Name,
    Nature,
    Period,
    parse_days,
)
from extract.claims.wording import Wording, parse_wording
from extract.figures import dimensions
from extract.figures.compare import (
    COMMON,
    KEYS,
    RULES,
    Conclusion,
    Reason,
    Relation,
    compare_figures,
    compare_panel,
    format_finding,
    format_verdict,
)
from extract.figures.dimensions import measure_period, name_figure
from extract.figures.panel import Panel, Pool
from extract.text.hedges import Qualifier

REPOSITORY = Path(__file__).resolve().parents[2]
BASE = "ha-tinh-2021-heroin-seized-bricks"


def make_period(covers: str) -> Period:
    return Period(covers=covers, words=None if covers == "unstated" else "năm ấy")


def change(
    checked: CheckedClaim,
    *,
    claim: dict[str, Any] | None = None,
    sentence: dict[str, Any] | None = None,
    article: dict[str, Any] | None = None,
    province: dict[str, Any] | None = None,
    measure: dict[str, Any] | None = None,
    unit: dict[str, Any] | None = None,
    covers: str | None = None,
    **fields: Any,
) -> CheckedClaim:
    """Return a figure with fields of its records changed, and `fields` of its own."""
    return replace(
        checked,
        claim=checked.claim.model_copy(update=claim or {}),
        sentence=checked.sentence.model_copy(update=sentence or {}),
        article=checked.article.model_copy(update=article or {}),
        province=checked.province.model_copy(update=province or {}),
        measure=checked.measure.model_copy(update=measure or {}),
        unit=checked.unit.model_copy(update=unit or {}),
        period=checked.period if covers is None else make_period(covers),
        **fields,
    )


def make_coverage(kind: str, name: str | None = None) -> Coverage:
    """Return a coverage of a kind, whose name is the same in both languages."""
    return Coverage(kind=CoverageKind(kind), words="ở đâu đó", name=Name(vi=name, en=name) if name else None)


def make_category(category: str) -> Category:
    return Category(id=category, name=Name(vi=f"loại {category}", en=category))


@pytest.fixture
def one(collection: Collection) -> CheckedClaim:
    """A flow of the year 2021, exact, of a whole province whose borders still stand, in a list that is whole."""
    found = next(checked for checked in collection.claims if checked.claim.id == BASE)
    return change(found, sentence={"list_is_open": False}, coverage=make_coverage("province"))


@pytest.fixture
def other(one: CheckedClaim) -> CheckedClaim:
    """The same of the same province in another article: nothing stands against comparing the two."""
    return change(
        one, claim={"id": "other", "figure": "9 bánh", "value": Decimal(9)}, article={"seed": "another-article.txt"}
    )


@pytest.fixture
def sibling(one: CheckedClaim) -> CheckedClaim:
    """Another category in the same sentence: nothing stands against comparing the two within their report."""
    return change(
        one, claim={"id": "sibling", "figure": "4 bánh", "value": Decimal(4)}, category=make_category("opium")
    )


def move(checked: CheckedClaim) -> CheckedClaim:
    """Return a figure of another sentence of the same article."""
    return replace(checked, quote_start=checked.quote_start + 1000)


def move_to_another_province(checked: CheckedClaim) -> CheckedClaim:
    return change(checked, province={"slug": "nghe-an", "name": Name(vi="Nghệ An", en="Nghệ An")})


def make_stock(checked: CheckedClaim, **changes: Any) -> CheckedClaim:
    return change(checked, measure={"nature": Nature.STOCK}, **changes)


def make_share(checked: CheckedClaim, of: str | None, **changes: Any) -> CheckedClaim:
    claim = {"of": Decimal(of) if of else None, "value": Decimal(5)} | changes.pop("claim", {})
    return change(checked, measure={"nature": Nature.SHARE}, claim=claim, **changes)


def judge(*claims: CheckedClaim) -> tuple[Conclusion, list[tuple[str, bool]]]:
    verdict = compare_panel(claims)
    return verdict.conclusion, [(reason.key, reason.blocks) for reason in verdict.reasons]


def find_reason(key: str, reasons: Iterable[Reason]) -> Reason:
    return next(reason for reason in reasons if reason.key == key)


def test_the_same_measure_of_one_year_in_two_articles_is_comparable(one: CheckedClaim, other: CheckedClaim) -> None:
    verdict = compare_figures(one, other)
    assert (verdict.comparable, verdict.conclusion, verdict.reasons) == (True, Conclusion.COMPARABLE, ())
    assert (verdict.figures, verdict.relation) == (2, Relation.ACROSS)
    assert [reason.key for reason in verdict.common] == [
        "same_measure",
        "same_category",
        "same_unit",
        "same_nature",
        "same_coverage",
        "same_period",
        "same_province",
    ]


def test_counts_of_two_provinces_always_carry_the_caution_that_provinces_differ_in_size(
    one: CheckedClaim, other: CheckedClaim
) -> None:
    far = move_to_another_province(other)
    verdict = compare_figures(one, far)
    names = (one.province.name, far.province.name)
    assert verdict.reasons == (Reason(key="provinces_differ_in_size", slots={"provinces": names}),)
    assert verdict.provinces == names
    assert judge(make_stock(one), make_stock(far))[1] == [("provinces_differ_in_size", False)]
    assert judge(make_share(one, "10"), make_share(far, "10"))[1] == []


def test_another_measure_blocks_and_criteria_that_differ_are_named(one: CheckedClaim, other: CheckedClaim) -> None:
    measure = {"id": "models", "name": Name(vi="mô hình", en="models")}
    assert judge(one, change(other, measure=measure)) == (Conclusion.ONE_BY_ONE, [("other_measure", True)])
    first = Criteria(id="first", name=Name(vi="bộ một", en="first set"))
    second = Criteria(id="second", name=Name(vi="bộ hai", en="second set"))
    verdict = compare_figures(change(one, criteria=first), change(other, measure=measure, criteria=second))
    assert verdict.reasons == (
        Reason(
            key="other_measure", blocks=True, slots={"measures": (one.measure.name, Name(vi="mô hình", en="models"))}
        ),
        Reason(key="other_criteria", blocks=True, slots={"criteria": (first.name, second.name)}),
    )
    assert judge(change(one, criteria=first), other)[1] == []


def test_categories_compare_within_one_report_and_not_across(
    one: CheckedClaim, other: CheckedClaim, sibling: CheckedClaim
) -> None:
    verdict = compare_figures(one, sibling)
    assert (verdict.conclusion, verdict.relation) == (Conclusion.COMPARABLE, Relation.WITHIN_REPORT)
    across = compare_figures(one, change(other, category=sibling.category))
    assert one.category is not None
    assert one.breakdown is not None
    assert sibling.category is not None
    assert across.reasons == (
        Reason(
            key="other_category",
            blocks=True,
            slots={
                "categories": (one.category.name, sibling.category.name),
                "breakdowns": (one.breakdown.name,),
            },
        ),
    )


def test_a_total_beside_a_category_blocks_in_a_report_and_across(
    one: CheckedClaim, other: CheckedClaim, sibling: CheckedClaim
) -> None:
    for total in (change(other, category=None), change(sibling, category=None)):
        assert judge(one, total) == (Conclusion.ONE_BY_ONE, [("total_and_category", True)])


@pytest.mark.parametrize(
    ("covers", "reasons"),
    [
        ("2021", []),
        ("2020", [("other_period", True)]),
        ("2021-01/2021-06", [("other_length", True)]),
        ("unstated", [("period_unstated", True)]),
        ("2013/..", [("period_open", True)]),
    ],
)
def test_categories_of_one_report_compare_only_at_one_time(
    one: CheckedClaim, sibling: CheckedClaim, covers: str, reasons: list[tuple[str, bool]]
) -> None:
    later = move(change(sibling, covers=covers))
    assert judge(one, later)[1] == reasons
    if covers != "2021-01/2021-06":
        assert judge(make_stock(one), make_stock(later))[1] == reasons


def test_one_category_of_one_report_compares_with_care_at_two_times(one: CheckedClaim) -> None:
    before = move(change(one, claim={"id": "before"}, covers="2020"))
    assert judge(one, before)[1] == [("other_period", False)]


def test_figures_of_one_sentence_stand_at_one_time_whether_it_is_stated_or_not(
    one: CheckedClaim, sibling: CheckedClaim
) -> None:
    undated: dict[str, Any] = {"published": None, "event": None}
    for make in (change, make_stock):
        pair = [make(checked, covers="unstated", article=undated) for checked in (one, sibling)]
        verdict = compare_figures(*pair)
        assert verdict.reasons == ()
        assert "same_moment" in {reason.key for reason in verdict.common}
        assert not compare_figures(pair[0], move(pair[1])).comparable


def test_one_report_counts_to_date_up_to_one_day_and_two_do_not(
    one: CheckedClaim, other: CheckedClaim, sibling: CheckedClaim
) -> None:
    since = change(one, covers="2013/..")
    assert judge(since, move(change(sibling, covers="2013/.."))) == (Conclusion.WITH_CARE, [("period_open", False)])
    assert judge(since, change(other, covers="2013/..")) == (Conclusion.ONE_BY_ONE, [("period_open", True)])


def test_a_part_beside_its_whole_blocks_whichever_comes_first(one: CheckedClaim, other: CheckedClaim) -> None:
    part = change(other, claim={"part_of": one.claim.id, "figure": "2 bánh"})
    for pair in ((one, part), (part, one)):
        assert judge(*pair) == (Conclusion.ONE_BY_ONE, [("part_and_whole", True)])
    slots = compare_figures(one, part).reasons[0].slots
    assert slots == {
        "parts": (Name(vi="2 bánh", en="9 bricks"),),
        "wholes": (Name(vi="13 bánh heroin", en="13 bricks"),),
    }


def test_two_parts_of_one_whole_are_no_part_and_whole(one: CheckedClaim, other: CheckedClaim) -> None:
    parts = [change(checked, claim={"part_of": "elsewhere"}) for checked in (one, other)]
    assert judge(*parts) == (Conclusion.COMPARABLE, [])


@pytest.mark.parametrize(
    ("coverages", "reasons"),
    [
        ((("province", None), ("province", None)), []),
        ((("joint", "ba lực lượng"), ("joint", "ba lực lượng")), [("partial_coverage", False)]),
        ((("joint", "ba lực lượng"), ("joint", "hai lực lượng")), [("partial_coverage", False)]),
        ((("division", "phòng A"), ("division", "phòng B")), [("partial_coverage", False)]),
        ((("joint", "ba lực lượng"), ("province", None)), [("other_coverage", True)]),
        ((("joint", "ba lực lượng"), ("division", "phòng A")), [("other_coverage", True)]),
        ((("place", "huyện A"), ("province", None)), [("other_coverage", True)]),
        ((("place", "huyện A"), ("place", "huyện B")), [("other_coverage", True)]),
        ((("place", "huyện A"), ("place", "huyện A")), [("partial_coverage", False)]),
        ((None, ("province", None)), [("coverage_unstated", True)]),
        ((None, None), [("coverage_unstated", True)]),
    ],
)
def test_across_reports_only_coverage_of_one_kind_compares(
    one: CheckedClaim, other: CheckedClaim, coverages: tuple[Any, Any], reasons: list[tuple[str, bool]]
) -> None:
    first, second = (make_coverage(*coverage) if coverage else None for coverage in coverages)
    assert judge(change(one, coverage=first), change(other, coverage=second))[1] == reasons


def test_one_name_in_two_provinces_is_two_places(one: CheckedClaim, other: CheckedClaim) -> None:
    district = make_coverage("place", "huyện A")
    far = move_to_another_province(change(other, coverage=district))
    assert judge(change(one, coverage=district), far)[1] == [
        ("other_coverage", True),
        ("provinces_differ_in_size", False),
    ]


def test_within_one_report_only_the_very_same_coverage_compares(one: CheckedClaim, sibling: CheckedClaim) -> None:
    three = make_coverage("joint", "ba lực lượng")
    assert judge(change(one, coverage=three), change(sibling, coverage=three))[1] == [("partial_coverage", False)]
    for coverage in (make_coverage("joint", "hai lực lượng"), None):
        verdict = compare_figures(change(one, coverage=three), change(sibling, coverage=coverage))
        assert verdict.reasons == (Reason(key="other_coverage", blocks=True, slots={"coverages": (three, coverage)}),)


def test_a_report_that_never_states_its_coverage_is_compared_with_itself_with_care(
    one: CheckedClaim, sibling: CheckedClaim
) -> None:
    pair = [change(checked, coverage=None) for checked in (one, sibling)]
    assert judge(*pair)[1] == []
    assert judge(pair[0], move(pair[1]))[1] == [("coverage_unstated", False)]


@pytest.mark.parametrize("of", ["one", "sibling"])
def test_what_may_overlap_holds_for_both_sides(one: CheckedClaim, sibling: CheckedClaim, of: str) -> None:
    claims = {"one": one, "sibling": sibling}
    says = {"one": "sibling", "sibling": one.claim.id}[of]
    claims[of] = change(claims[of], claim={"overlaps": (says,)})
    verdict = compare_figures(*claims.values())
    assert verdict.reasons == (
        Reason(
            key="may_overlap",
            slots={"figures": (Name(vi=one.claim.figure, en="13 bricks"), Name(vi="4 bánh", en="4 bricks"))},
        ),
    )


def test_a_list_that_is_open_goes_with_each_of_its_figures(one: CheckedClaim, other: CheckedClaim) -> None:
    verdict = compare_figures(one, change(other, sentence={"list_is_open": True}))
    assert verdict.reasons == (Reason(key="list_open", slots={"figures": (Name(vi="9 bánh", en="9 bricks"),)}),)


@pytest.mark.parametrize(
    ("one_covers", "other_covers", "reasons"),
    [
        ("2021", "2021", []),
        ("2021", "2021-01/2021-12", []),
        ("2021", "2020", [("other_period", False)]),
        ("2021-01", "2021-02", [("other_period", False)]),
        ("2020-07/2021-06", "2021", [("other_period", False)]),
        ("2021", "2015/2017", [("other_length", True)]),
        ("2021", "2021-01/2021-06", [("other_length", True)]),
        ("2021-06-30", "2021-06", [("other_length", True)]),
        ("2021", "unstated", [("period_unstated", True)]),
        ("unstated", "unstated", [("period_unstated", True)]),
        ("2013/..", "2013/..", [("period_open", True)]),
        ("2013/..", "2021", [("period_open", True)]),
        ("2013/..", "unstated", [("period_unstated", True), ("period_open", True)]),
    ],
)
def test_flows_compare_over_periods_of_one_length(
    one: CheckedClaim, other: CheckedClaim, one_covers: str, other_covers: str, reasons: list[tuple[str, bool]]
) -> None:
    pair = change(one, covers=one_covers), change(other, covers=other_covers)
    assert judge(*pair)[1] == reasons
    assert judge(*reversed(pair))[1] == reasons


@pytest.mark.parametrize(
    ("one_covers", "other_covers", "reasons"),
    [
        ("2021-01-15", "2021-01-15", []),
        ("2021-01-15", "2016-03-24", [("other_period", False)]),
        ("2021-01-15", "2021", [("other_period", False)]),
        ("2021-01-15", "unstated", [("period_unstated", False)]),
        ("2013/..", "2021", [("period_open", False)]),
    ],
)
def test_stocks_compare_with_care_when_they_stood_at_other_moments(
    one: CheckedClaim, other: CheckedClaim, one_covers: str, other_covers: str, reasons: list[tuple[str, bool]]
) -> None:
    assert judge(make_stock(one, covers=one_covers), make_stock(other, covers=other_covers))[1] == reasons


def test_a_stock_whose_moment_nothing_tells_blocks(one: CheckedClaim, other: CheckedClaim) -> None:
    for published in (None, make_period("unstated")):
        undated = make_stock(other, covers="unstated", article={"published": published, "event": None})
        assert judge(make_stock(one, covers="2021"), undated) == (Conclusion.ONE_BY_ONE, [("moment_unknown", True)])
    at_event = make_stock(other, covers="unstated", article={"published": None, "event": make_period("2022-01-15")})
    assert judge(make_stock(one, covers="2021"), at_event) == (Conclusion.WITH_CARE, [("period_unstated", False)])


@pytest.mark.parametrize(
    ("one_of", "other_of", "reasons"),
    [
        ("1969", "1969", []),
        ("1969", "1056", [("other_whole", False)]),
        ("1969", None, [("whole_unstated", True)]),
        (None, None, []),
    ],
)
def test_shares_compare_where_both_state_their_wholes(
    one: CheckedClaim, other: CheckedClaim, one_of: str | None, other_of: str | None, reasons: list[tuple[str, bool]]
) -> None:
    assert judge(make_share(one, one_of), make_share(other, other_of))[1] == reasons


def test_a_per_cent_has_its_whole_by_itself(one: CheckedClaim, other: CheckedClaim) -> None:
    percent = {"key": "percent", "spellings": ("%",)}
    assert judge(make_share(one, None, unit=percent), make_share(other, None, unit=percent)) == (
        Conclusion.COMPARABLE,
        [],
    )


def test_wholes_of_different_sizes_are_named(one: CheckedClaim, other: CheckedClaim) -> None:
    verdict = compare_figures(make_share(one, "1969"), make_share(other, "1056"))
    assert verdict.reasons == (Reason(key="other_whole", slots={"wholes": (Decimal(1969), Decimal(1056))}),)


def test_hedges_and_changed_borders_are_cautions(one: CheckedClaim, other: CheckedClaim) -> None:
    hedged = change(other, claim={"qualifier": Qualifier.NEARLY, "figure": "gần 9 bánh"})
    verdict = compare_figures(one, hedged)
    assert (verdict.comparable, verdict.conclusion) == (True, Conclusion.WITH_CARE)
    assert verdict.reasons == (Reason(key="hedged", slots={"figures": (Name(vi="gần 9 bánh", en="nearly 9 bricks"),)}),)
    borders = Name(vi="Đã sáp nhập.", en="It was merged.")
    for ended in ({"valid_until": date(2025, 6, 30)}, {"valid_from": date(2025, 7, 1)}):
        far = change(move_to_another_province(other), province={"borders": borders} | ended)
        assert compare_figures(one, far).reasons[0] == Reason(
            key="borders_changed", slots={"provinces": (far.province.name,), "borders": (borders,)}
        )
        # Two reports of one province mean the same area.
        assert compare_figures(far, change(far, claim={"id": "later"}, article={"seed": "later.txt"})).reasons == ()


def test_offices_of_one_kind_are_no_caution(one: CheckedClaim, other: CheckedClaim) -> None:
    police = change(one, office=Office("Công an tỉnh Hà Tĩnh", None))
    same = change(other, office=Office("Công an tỉnh", None))
    guards = change(other, office=Office("Bộ đội Biên phòng tỉnh", "Border guard"))
    assert judge(police, same) == (Conclusion.COMPARABLE, [])
    assert compare_figures(police, guards).reasons == (
        Reason(
            key="other_office",
            slots={
                "offices": (
                    Name(vi="Công an tỉnh Hà Tĩnh", en="Công an tỉnh Hà Tĩnh"),
                    Name(vi="Bộ đội Biên phòng tỉnh", en="Border guard"),
                )
            },
        ),
    )
    assert judge(police, change(other, office=Office(None, None))) == (Conclusion.COMPARABLE, [])


@pytest.mark.parametrize(
    ("one_says", "other_says", "key"),
    [
        (("13", "exact"), ("13", "exact"), "same_fact"),
        (("13", "exact"), ("13", "nearly"), "same_fact"),
        (("13", "exact"), ("14", "exact"), "disagree"),
        (("13", "exact"), ("14", "nearly"), "differ_within_hedges"),
        (("13", "exact"), ("12", "nearly"), "disagree"),
        (("13", "exact"), ("12", "over"), "differ_within_hedges"),
        (("13", "exact"), ("14", "over"), "disagree"),
        (("13", "exact"), ("14", "under"), "differ_within_hedges"),
        (("13", "exact"), ("12", "at_least"), "differ_within_hedges"),
        (("13", "exact"), ("14", "at_least"), "disagree"),
        (("13", "exact"), ("20", "about"), "differ_within_hedges"),
        (("20", "over"), ("10", "under"), "disagree"),
        (("10", "over"), ("20", "under"), "differ_within_hedges"),
        (("10", "over"), ("20", "at_least"), "differ_within_hedges"),
        (("13", "exact"), ("13", "at_most"), "same_fact"),
        (("13", "exact"), ("14", "at_most"), "differ_within_hedges"),
        (("13", "exact"), ("12", "at_most"), "disagree"),
        (("13", "at_least"), ("12", "at_most"), "disagree"),
        (("13", "over"), ("12", "at_most"), "disagree"),
        (("13", "nearly"), ("12", "at_most"), "differ_within_hedges"),
    ],
)
def test_two_reports_of_one_fact_agree_or_not(
    one: CheckedClaim, other: CheckedClaim, one_says: tuple[str, str], other_says: tuple[str, str], key: str
) -> None:
    first = change(one, claim={"value": Decimal(one_says[0]), "qualifier": Qualifier(one_says[1])})
    second = change(
        other, claim={"value": Decimal(other_says[0]), "qualifier": Qualifier(other_says[1]), "same_as": one.claim.id}
    )
    for pair in ((first, second), (second, first)):
        verdict = compare_figures(*pair)
        assert verdict.comparable
        assert [reason.key for reason in verdict.reasons if reason.key != "hedged"] == [key]
        assert verdict.reasons[0].slots == {"figures": tuple(name_figure(checked) for checked in pair)}


def test_reports_of_one_fact_with_other_wholes_disagree(one: CheckedClaim, other: CheckedClaim) -> None:
    first = make_share(one, "10", claim={"qualifier": Qualifier.ABOUT})
    second = make_share(other, "11", claim={"qualifier": Qualifier.ABOUT, "same_as": one.claim.id})
    assert compare_figures(first, second).reasons[0].key == "disagree"


@pytest.mark.parametrize(("limit", "key"), [("13", "disagree"), ("14", "differ_within_hedges")])
def test_three_reports_agree_only_if_one_number_fits_them_all(
    one: CheckedClaim, other: CheckedClaim, limit: str, key: str
) -> None:
    under = change(
        other, claim={"value": Decimal(limit), "qualifier": Qualifier.UNDER, "same_as": one.claim.id, "id": "under"}
    )
    about = change(other, claim={"value": Decimal(20), "qualifier": Qualifier.ABOUT, "same_as": one.claim.id})
    assert judge(one, under, about)[1] == [(key, False), ("hedged", False)]


def test_reports_are_one_fact_through_a_third_and_a_circle_ends(one: CheckedClaim, other: CheckedClaim) -> None:
    third = change(other, claim={"id": "third", "same_as": "first-report"})
    assert judge(change(one, claim={"same_as": "first-report"}), third)[1] == [("disagree", False)]
    chained = change(other, claim={"id": "third", "same_as": "other", "value": Decimal(13)})
    middle = change(other, claim={"same_as": one.claim.id, "value": Decimal(13)})
    assert judge(one, middle, chained)[1] == [("same_fact", False)]
    circle = [
        change(one, claim={"same_as": "other"}),
        change(other, claim={"same_as": one.claim.id, "value": Decimal(13)}),
    ]
    assert judge(*circle)[1] == [("same_fact", False)]


def test_reasons_that_block_come_before_cautions(one: CheckedClaim, other: CheckedClaim) -> None:
    twin = change(other, measure={"id": "models"}, claim={"same_as": one.claim.id, "qualifier": Qualifier.ABOUT})
    assert judge(one, twin)[1] == [("other_measure", True), ("differ_within_hedges", False), ("hedged", False)]


def test_one_figure_or_none_is_nothing_to_compare(one: CheckedClaim) -> None:
    nothing, alone, twice = compare_panel(()), compare_panel((one,)), compare_figures(one, one)
    assert [(v.conclusion, v.comparable, v.reasons, v.figures) for v in (nothing, alone, twice)] == [
        (Conclusion.NOTHING, False, (), 0),
        (Conclusion.ALONE, False, (), 1),
        (Conclusion.ALONE, False, (), 1),
    ]


def test_the_verdict_does_not_depend_on_the_order(collection: Collection) -> None:
    for one, other in combinations(collection.claims, 2):
        assert {(r.key, r.blocks) for r in compare_figures(one, other).reasons} == {
            (r.key, r.blocks) for r in compare_figures(other, one).reasons
        }


@pytest.mark.parametrize("group", ["topic", "measure"])
def test_figures_are_comparable_only_if_each_pair_of_them_is(made_beside_real: Collection, group: str) -> None:
    """And the verdict names every reason that one of the pairs has."""
    for name in {getattr(checked, group).id for checked in made_beside_real.claims}:
        panel = [checked for checked in made_beside_real.claims if getattr(checked, group).id == name]
        whole = compare_panel(panel)
        pairs = [compare_figures(one, other) for one, other in combinations(panel, 2)]
        assert whole.comparable == (bool(pairs) and all(pair.comparable for pair in pairs))
        named = {reason.key for pair in pairs for reason in pair.reasons}
        # Periods of other lengths say that they are other periods, and so does other coverage.
        said = {reason.key for reason in whole.reasons}
        left_out = {"other_period"} if "other_length" in said else set()
        left_out |= {"partial_coverage"} if "other_coverage" in said else set()
        assert said | left_out == named | left_out


@pytest.mark.parametrize("group", ["topic", "measure", "province", "unit", "article"])
def test_a_rule_finds_in_the_figures_of_a_table_what_it_finds_in_them_one_by_one(
    made_beside_real: Collection, group: str
) -> None:
    chance = Random(group)
    pool = Pool(made_beside_real.claims)
    panels: defaultdict[str, list[int]] = defaultdict(list)
    for place, checked in enumerate(made_beside_real.claims):
        panels[repr(getattr(checked, group))].append(place)
    for panel in list(panels.values()):
        for size in range(2, len(panel) + 1):
            places = np.array(sorted(chance.sample(panel, size)))
            claims = [pool.claims[place] for place in places]
            for rule in (*RULES, *COMMON):
                found, expected = rule.find(Panel(pool, places)), rule.find(claims)
                assert found == expected, rule.key
                if callable(rule.blocks):
                    assert rule.blocks(Panel(pool, places)) == rule.blocks(claims), rule.key


def test_a_verdict_names_each_figure_once_however_many_articles_say_the_same(
    one: CheckedClaim, monkeypatch: pytest.MonkeyPatch
) -> None:
    twins = [
        change(one, claim={"id": f"twin-{place}", "qualifier": Qualifier.ABOUT}, article={"seed": f"{place}.txt"})
        for place in range(1000)
    ]
    named: list[CheckedClaim] = []

    def count(checked: CheckedClaim) -> Name:
        named.append(checked)
        return name_figure(checked)

    monkeypatch.setattr(dimensions, "name_figure", count)
    few, many = compare_panel(twins[:10]), compare_panel(twins)
    assert replace(many, figures=10) == few
    assert len(named) <= 2 * 2


def test_the_models_of_the_real_articles_must_be_read_one_by_one(collection: Collection) -> None:
    panel = [checked for checked in collection.claims if checked.unit.key == "model"]
    verdict = compare_panel(panel)
    assert verdict.conclusion is Conclusion.ONE_BY_ONE
    assert {province.vi for province in verdict.provinces} == {"Hà Tĩnh", "Khánh Hòa"}
    blocking = {reason.key for reason in verdict.reasons if reason.blocks}
    assert {"other_measure", "other_coverage"} <= blocking
    assert len(find_reason("other_measure", verdict.reasons).slots["measures"]) == 4
    assert [reason.key for reason in verdict.common] == ["same_unit"]


@pytest.mark.parametrize(
    ("covers", "length"),
    [
        ("2020", (12, 0)),
        ("2021", (12, 0)),
        ("2015/2017", (36, 0)),
        ("2021-02", (1, 0)),
        ("2020-11-15/2021-11-14", (12, 0)),
        ("2021-01-26/2021-02-01", (0, 7)),
        ("2021-01-31/2021-02-28", (0, 29)),
        ("2021-06-30", (0, 1)),
        ("9999", (0, 365)),
        ("2013/..", None),
        ("unstated", None),
    ],
)
def test_a_period_is_measured_by_the_calendar(covers: str, length: tuple[int, int] | None) -> None:
    assert measure_period(parse_days(covers)) == length


WORDS = Wording(
    lang="en",
    texts={
        key: Name(vi=f"vi {text}", en=text)
        for key, text in {
            "verdict.other_measure": "Other things: {measures}.",
            "verdict.same_nature": "One kind: {natures}.",
            "verdict.other_coverage": "Other work: {coverages}.",
            "verdict.other_period": "Other times: {periods}.",
            "verdict.other_whole": "Other wholes: {wholes}.",
            "verdict.hedged": "Hedged: {figures}.",
            "verdict.borders_changed": "{provinces}: {borders}",
            "conclusion.one_by_one": "Read them one by one.",
            "nature.flow": "during a period",
            "coverage.kind.province": "the whole province",
            "coverage.unstated": "not stated",
        }.items()
    },
)


def test_reasons_are_put_in_words_with_all_that_they_name() -> None:
    names = (Name(vi="vụ", en="cases"), Name(vi="người, đối tượng", en="people, caught"))
    reasons = [
        Reason(key="other_measure", blocks=True, slots={"measures": names}),
        Reason(key="same_nature", slots={"natures": (Nature.FLOW,)}),
        Reason(
            key="other_coverage",
            blocks=True,
            slots={"coverages": (make_coverage("province"), make_coverage("place", "huyện A"), None)},
        ),
        Reason(key="other_period", slots={"periods": (make_period("2021"), make_period("2016-03"))}),
        Reason(key="other_whole", slots={"wholes": (Decimal(1969), Decimal(1056))}),
        Reason(key="hedged", slots={"figures": ("gần {x} 5",)}),
        Reason(
            key="borders_changed",
            slots={"provinces": names[:1], "borders": (Name(vi="Một.", en="One."), Name(vi="Hai.", en="Two."))},
        ),
    ]
    assert [format_finding(reason, WORDS) for reason in reasons] == [
        "Other things: cases; people, caught.",
        "One kind: during a period.",
        "Other work: the whole province, huyện A, and not stated.",
        "Other times: 2021 and March 2016.",
        "Other wholes: 1,969; 1,056.",
        "Hedged: gần {x} 5.",
        "cases: One. Two.",
    ]


def test_a_verdict_says_first_what_to_do(one: CheckedClaim, other: CheckedClaim) -> None:
    verdict = compare_figures(one, change(other, measure={"id": "cases", "name": Name(vi="vụ", en="cases")}))
    assert format_verdict(verdict, WORDS) == [
        "Read them one by one.",
        "Other things: bricks of drugs seized and cases.",
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_has_words_for_every_finding_and_names_what_it_is_about(lang: Lang) -> None:
    words = parse_wording((REPOSITORY / "data" / "wording.yaml").read_bytes())[lang]
    slots = {
        "other_measure": {"measures"},
        "other_criteria": {"criteria"},
        "total_and_category": {"categories"},
        "other_category": {"categories", "breakdowns"},
        "part_and_whole": {"parts", "wholes"},
        "country_and_province": {"provinces"},
        "other_coverage": {"coverages"},
        "partial_coverage": {"coverages"},
        "other_base": {"bases"},
        "other_unit": {"units"},
        "period_not_dated": {"periods"},
        "period_open": {"periods"},
        "other_length": {"periods"},
        "other_period": {"periods"},
        "other_whole": {"wholes"},
        "other_office": {"offices"},
        "borders_changed": {"borders"},
        "provinces_differ_in_size": {"provinces"},
        "same_measure": {"measures"},
        "same_category": {"categories"},
        "same_unit": {"units"},
        "same_nature": {"natures"},
        "same_base": {"bases"},
        "same_coverage": {"coverages"},
        "same_period": {"periods"},
        "same_province": {"provinces"},
        "same_article": {"titles"},
    }
    named = {
        key: {slot for _, slot, _, _ in Formatter().parse(words.pick(words.texts[f"verdict.{key}"])) if slot}
        for key in KEYS
    }
    assert named == {key: slots.get(key, {"figures"}) for key in KEYS}
    assert all(words(f"conclusion.{conclusion}") for conclusion in Conclusion)
    assert all(words(f"nature.{nature}") for nature in Nature)


@pytest.mark.parametrize("lang", LANGS)
def test_every_verdict_can_be_said(made_beside_real: Collection, lang: Lang) -> None:
    words = parse_wording((REPOSITORY / "data" / "wording.yaml").read_bytes())[lang]
    for one, other in combinations(made_beside_real.claims, 2):
        sentences = format_verdict(compare_figures(one, other), words)
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)
