"""Which figures may share an axis: an axis never holds two figures that the verdict keeps apart."""

from dataclasses import replace
from itertools import combinations

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.figures.compare import Relation, compare_figures, compare_panel
from extract.figures.filters import Filters
from extract.figures.groups import FigureGroup, find_common_axis, find_groups
from extract.figures.table import FigureTable


@pytest.fixture(scope="module")
def table(collection: Collection) -> FigureTable:
    return FigureTable(collection)


def names(group: FigureGroup) -> list[str]:
    return [checked.claim.id for checked in group.claims]


def find_shared(claims: tuple[CheckedClaim, ...]) -> list[FigureGroup]:
    return [group for group in find_groups(claims) if group.relation is not None]


def test_the_shipped_figures_share_six_axes_and_the_rest_stand_as_numbers(table: FigureTable) -> None:
    groups = table.groups(table.frame)
    shared = [group for group in groups if group.relation]
    assert [(group.topic, group.relation, group.measure.id, len(group.claims)) for group in shared] == [
        ("cases", Relation.WITHIN_REPORT, "cases-uncovered", 2),
        ("cases", Relation.WITHIN_REPORT, "people-caught", 2),
        ("seizures", Relation.WITHIN_REPORT, "mass-seized", 2),
        ("forces", Relation.WITHIN_REPORT, "board-members", 3),
        ("forces", Relation.WITHIN_REPORT, "boards", 3),
        ("standards", Relation.WITHIN_REPORT, "units-meeting-security-standard", 2),
    ]
    assert [group.category for group in shared] == [None] * 6
    alone = [group for group in groups if group.relation is None]
    assert {len(group.claims) for group in alone} == {1}
    assert sorted(name for group in groups for name in names(group)) == sorted(table.claims)


def test_a_filter_leaves_an_axis_only_to_what_it_lets_through(table: FigureTable) -> None:
    groups = table.groups(table.find(Filters(indicator="drug-cases,drug-persons,heroin-seized-bricks")))
    assert [(names(group), group.relation) for group in groups] == [
        (["ha-tinh-2021-drug-cases"], None),
        (["ha-tinh-2021-drug-persons"], None),
        (["ha-tinh-2021-heroin-seized-bricks"], None),
    ]


def test_provinces_share_an_axis_where_coverage_and_length_are_the_same(made_collection: Collection) -> None:
    shared = {
        (group.measure.id, group.category.id if group.category else None): set(names(group))
        for group in find_shared(made_collection.claims)
    }
    assert shared == {
        ("cases-uncovered", "drugs"): {
            "vi-du-dong-2021-drug-cases",
            "vi-du-dong-2021-drug-cases-second-report",
            "vi-du-tay-2021-drug-cases",
        },
        ("self-managed-models-existing", None): {
            "vi-du-dong-2021-self-managed-models",
            "vi-du-dong-2021-self-managed-models-second-report",
            "vi-du-tay-2021-self-managed-models",
            "vi-du-nam-2021-self-managed-models",
            "vi-du-trung-2021-self-managed-models",
        },
    }


def test_an_axis_holds_only_what_the_verdict_lets_stand_together(made_beside_real: Collection) -> None:
    for group in find_shared(made_beside_real.claims):
        assert compare_panel(group.claims).comparable, names(group)


def test_what_can_be_compared_across_reports_shares_an_axis(made_beside_real: Collection) -> None:
    for one, other in combinations(made_beside_real.claims, 2):
        verdict = compare_figures(one, other)
        if verdict.relation is Relation.ACROSS:
            axis = find_common_axis(one)
            assert verdict.comparable == (axis is not None and axis == find_common_axis(other))


def test_a_figure_may_stand_in_its_report_and_across(made_beside_real: Collection) -> None:
    held = [group for group in find_shared(made_beside_real.claims) if "ha-tinh-2021-drug-cases" in names(group)]
    assert [(group.relation, group.category.id if group.category else None) for group in held] == [
        (Relation.WITHIN_REPORT, None),
        (Relation.ACROSS, "drugs"),
    ]


def test_a_part_does_not_share_an_axis_with_its_whole(collection: Collection) -> None:
    boards = [checked for checked in collection.claims if checked.measure.id == "boards"]
    whole, part, other = boards
    part = replace(part, claim=part.claim.model_copy(update={"part_of": whole.claim.id}))
    groups = find_groups((whole, part, other))
    assert [names(group) for group in groups] == [[whole.claim.id, other.claim.id], [part.claim.id]]
