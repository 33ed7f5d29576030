"""Which figures share an axis on the page, and what stands beside them: shipped articles, and made-up ones."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import LANGS, Lang, Nature
from extract.claims.wording import parse_wording
from extract.figures.compare import Conclusion, Relation, compare_figures, compare_panel
from extract.figures.filters import Filters
from extract.figures.groups import FigureGroup
from extract.figures.table import FigureTable
from extract.page.address import Address, View
from extract.page.comparisons import MOST_BARS, MOST_CHARTS, make_bars, make_comparison, make_comparisons, make_ratios
from extract.page.page import Page
from extract.page.views import compose_view
from extract.page.views.compare import make_topic
from tests.conftest import REPOSITORY

WORDING = parse_wording((REPOSITORY / "data/wording.yaml").read_bytes())
COMPARABLE = {
    ("ha-tinh-2021-drug-cases", "ha-tinh-2021-smuggling-cases"),
    ("ha-tinh-2021-drug-persons", "ha-tinh-2021-smuggling-persons"),
    ("ha-tinh-2021-ketamine-seized-kg", "ha-tinh-2021-synthetic-drugs-seized-kg"),
    ("ha-tinh-2022-hamlets-meeting-security-standard", "ha-tinh-2022-workplaces-meeting-security-standard"),
    ("khanh-hoa-2016-commune-police-boards", "khanh-hoa-2016-neighbourhood-guard-boards"),
    ("khanh-hoa-2016-commune-police-boards", "khanh-hoa-2016-workplace-guard-boards"),
    ("khanh-hoa-2016-commune-police-members", "khanh-hoa-2016-neighbourhood-guard-members"),
    ("khanh-hoa-2016-commune-police-members", "khanh-hoa-2016-workplace-guard-members"),
    ("khanh-hoa-2016-neighbourhood-guard-boards", "khanh-hoa-2016-workplace-guard-boards"),
    ("khanh-hoa-2016-neighbourhood-guard-members", "khanh-hoa-2016-workplace-guard-members"),
}
"""The pairs of the shipped figures that can be compared."""


def make_page(collection: Collection, lang: Lang = "en", **address: Any) -> Page:
    return Page(
        table=FigureTable(collection), words=WORDING["vi" if lang == "vi" else "en"], address=Address(**address)
    )


def list_shared(page: Page, filters: Filters | None = None) -> list[FigureGroup]:
    """Return the groups of figures that share an axis."""
    return [group for group in page.table.groups(page.table.find(filters or Filters())) if group.relation]


def html_of(page: Page) -> str:
    content = compose_view(page)
    return "".join(str(part) for parts in content.blocks.values() for part in parts if isinstance(part, str))


def names(*claims: CheckedClaim) -> list[str]:
    return sorted(checked.claim.id for checked in claims)


def test_the_pairs_that_share_an_axis_are_those_that_can_be_compared(collection: Collection) -> None:
    page = make_page(collection)
    drawn = {tuple(names(*pair)) for group in list_shared(page) for pair in combinations(list_drawn(page, group), 2)}
    allowed = {tuple(names(*pair)) for pair in combinations(collection.claims, 2) if compare_figures(*pair).comparable}
    assert drawn == allowed == COMPARABLE


def list_drawn(page: Page, group: FigureGroup) -> list[CheckedClaim]:
    """Return the figures that a chart draws."""
    return [page.table.claims[bar.id] for bar in make_bars(page, group)]


def test_each_province_shows_the_charts_of_its_own_figures(collection: Collection) -> None:
    drawn = set()
    for province in collection.provinces:
        page = make_page(collection, view=View.PROVINCE, filters=Filters(province=province))
        charts = [part for part in compose_view(page).blocks["province"] if isinstance(part, dict)]
        rows = [[row["id"] for row in chart["layer"][0]["data"]["values"] if "id" in row] for chart in charts]
        drawn |= {tuple(sorted(pair)) for ids in rows for pair in combinations(ids, 2)}
    assert drawn == COMPARABLE


@pytest.mark.parametrize("lang", LANGS)
def test_a_chart_says_what_it_measures_who_reports_it_and_what_to_mind(collection: Collection, lang: Lang) -> None:
    page = make_page(collection, lang)
    for group in list_shared(page):
        record = make_comparison(page, group, [])
        # The figures are the categories of one report, so the chart has none of its own.
        assert record.title == page.words.pick(group.measure.name)
        (by,) = record.by
        first = group.claims[0]
        assert by.startswith(page.words.pick(first.province.name))
        assert page.words.choose(first.article.reported_by, first.article.reported_by_en) in by
        if first.coverage and first.coverage.name:
            assert page.words("coverage.named", name=page.words.pick(first.coverage.name)) in by
        assert record.conclusion in {page.words("conclusion.comparable"), page.words("conclusion.with_care")}
        assert record.reasons


def test_each_ratio_stands_once_in_its_topic_with_both_its_figures(collection: Collection) -> None:
    page = make_page(collection)
    lines = []
    for topic in collection.topics:
        claims = page.table.pick(page.table.find(Filters(topic=topic)))
        record = make_topic(page, claims)
        lines += [line for each in record.comparisons for line in each.ratios]
        lines += record.ratios
    assert sorted(names(line.of, line.per) for line in lines) == sorted(
        names(ratio.of, ratio.per) for ratio in page.table.ratios
    )
    said = {line.text for line in lines}
    assert "computed: 144 ÷ 72 = 2 people per case" in said
    assert (
        "computed from a hedged number (about 34,000 participations): 34,000 ÷ 53, about 640 participations per launch"
    ) in said
    html = html_of(page)
    for line in lines:
        for checked in (line.of, line.per):
            assert f'<a href="?figure={checked.claim.id}">' in html
        assert (line.scope == "") == (line.of.coverage is None or line.of.coverage.kind == "province")


@pytest.mark.parametrize(("lang", "drawn", "alone"), [("en", "7 not", "10 not"), ("vi", "còn lại 7", "còn lại 10")])
def test_a_share_names_what_remains_of_its_whole(collection: Collection, lang: Lang, drawn: str, alone: str) -> None:
    page = make_page(collection, lang)
    (shares,) = [group for group in list_shared(page) if group.measure.nature is Nature.SHARE]
    bars = {bar.id: bar for bar in make_bars(page, shares)}
    assert bars["ha-tinh-2022-hamlets-meeting-security-standard"].detail.endswith(f" · {drawn}")
    assert f" · {alone}</span>" in html_of(page)


# Made-up articles of provinces that report one measure


@pytest.fixture(scope="module")
def made(made_beside_real: Collection) -> Page:
    return make_page(made_beside_real)


def test_provinces_share_an_axis_where_they_report_one_measure_and_the_others_are_named(made: Page) -> None:
    shared = [group for group in list_shared(made) if len({checked.province.slug for checked in group.claims}) > 1]
    assert shared
    for group in shared:
        record = make_comparison(made, group, [])
        bars = make_bars(made, group)
        provinces = {bar.id: made.table.claims[bar.id].province for bar in bars}
        assert {bar.id: bar.name for bar in bars} == {name: each.name.en for name, each in provinces.items()}
        assert any("Provinces differ in size" in reason for reason in record.reasons)


def test_only_what_no_article_reports_of_a_province_is_said_not_to_be_reported(made: Page) -> None:
    absent = {
        record.title: record.absent
        for group in list_shared(made)
        if (record := make_comparison(made, group, [])) and group.relation is Relation.ACROSS
    }
    # Ví Dụ Nam reports half a year, which can't share an axis with a whole one, and yet is reported.
    assert absent["cases uncovered: drugs"] == "Kon Tum, Khánh Hòa, and Ví Dụ Trung"
    # Ví Dụ Bắc reports those of a district alone.
    assert absent["self-managed models in existence"] == "Kon Tum, Hà Tĩnh, and Ví Dụ Bắc"


def test_nothing_that_is_drawn_together_is_forbidden(made: Page) -> None:
    for group in list_shared(made):
        assert compare_panel(group.claims).conclusion in {Conclusion.COMPARABLE, Conclusion.WITH_CARE}
        assert len(make_bars(made, group)) == min(len(group.claims), MOST_BARS)


def test_what_is_computed_from_a_figure_stands_in_one_of_its_charts(made: Page) -> None:
    groups = made.table.groups(made.table.find(Filters(topic="cases")))
    drawn = [checked for group in groups if group.relation for checked in group.claims]
    # Some stand in two charts: in their report's, and beside other provinces'.
    assert len(drawn) > len({checked.claim.id for checked in drawn})
    records = make_comparisons(made, groups)
    told = [line.text for record in records for line in record.ratios]
    shown = {checked.claim.id: checked for record in records for checked in record.drawn}
    assert sorted(told) == sorted(line.text for line in make_ratios(made, shown.values()))


def test_of_many_charts_those_that_set_provinces_side_by_side_stand_first(made: Page) -> None:
    groups = made.table.groups(made.table.find(Filters(topic="cases")))
    across = [group.claims[:MOST_BARS] for group in groups if group.relation is Relation.ACROSS]
    records = make_comparisons(made, [*groups, *groups])
    assert len([group for group in groups if group.relation]) > MOST_CHARTS == len(records)
    assert [record.drawn for record in records][: len(across)] == across
    page = replace(made, address=Address(filters=Filters(topic="cases")))
    figures = len(made.table.find(page.address.filters))
    assert f"See all {figures} figures in the table" in html_of(page)
