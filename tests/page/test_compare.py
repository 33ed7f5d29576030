"""The first view and the provinces': every figure of the filters once, absences said, and links to what has no room."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from extract.claims.collection import Collection
from extract.claims.records import LANGS, Lang
from extract.figures.filters import Filters
from extract.figures.groups import find_groups, is_across
from extract.page.address import View
from extract.page.comparisons import MOST_BARS_CHOSEN
from extract.page.page import Page
from extract.page.views import Columns, compare, compose_view
from extract.page.views.compare import MOST_ACROSS, MOST_COLUMNS, choose_columns
from extract.page.views.figures import ROWS_OF_A_PAGE
from tests.figures.test_columns import change_claim
from tests.page.composed import (
    arrange,
    charts_of,
    find_claim,
    find_ids,
    follow,
    html_of,
    list_blocks,
    list_marks,
    list_numbers,
    list_shown,
    make_page,
    report_in_provinces,
    rows_of,
)

MODELS = "vi-du-dong-2021-self-managed-models"
FILTERS = [
    Filters(),
    Filters(province="ha-tinh"),
    Filters(province="kon-tum,khanh-hoa"),
    Filters(topic="models,standards"),
    Filters(year="2021"),
    Filters(hedge="hedged"),
    Filters(measure="boards"),
    Filters(q="ma túy"),
]


def list_columns(page: Page) -> dict[str, str]:
    """Return the HTML of every column of the first view, by its name."""
    blocks = compare.compose(page).blocks.values()
    columns = [part for block in blocks for part in block if isinstance(part, Columns)]
    return {name: html_of(cell) for part in columns for name, cell in part.cells.items()}


def list_across(page: Page) -> list[list[str]]:
    """Return the ids of the figures in each group that sets provinces side by side."""
    groups = find_groups(page.table.pick(page.table.find(page.address.filters)))
    return [[each.claim.id for each in group.claims] for group in groups if is_across(group)]


# Every figure once


def test_a_figure_of_the_whole_country_has_a_column_of_its_own_and_shares_no_axis(collection: Collection) -> None:
    country = collection.country
    assert country is not None
    first, *others = collection.claims
    claims = (replace(first, province=country), *others)
    of_country = replace(collection, claims=claims, provinces={**collection.provinces, country.slug: country})
    page = make_page(of_country)
    held = [name for name, html in list_columns(page).items() if f'data-figure="{first.claim.id}"' in html]
    assert [name.rpartition("_")[2] for name in held] == [country.slug]
    assert not any(first.claim.id in ids for ids in list_across(page))


@pytest.mark.parametrize("view", [View.COMPARE, View.PROVINCE])
@pytest.mark.parametrize("filters", FILTERS, ids=lambda filters: str(filters.active))
def test_every_real_figure_of_the_filters_stands_once_as_a_mark_or_a_number(
    collection: Collection, filters: Filters, view: View
) -> None:
    page = make_page(collection, view=view, filters=filters)
    assert len(page.table.reporting) <= MOST_COLUMNS
    assert Counter(list_shown(page)) == Counter(find_ids(page)) != Counter()


def test_every_made_up_figure_stands_once(made_collection: Collection) -> None:
    page = make_page(made_collection)
    assert Counter(list_shown(page)) == Counter(find_ids(page))


@pytest.mark.parametrize("topic", ["cases", "models", "standards", "seizures"])
def test_what_has_no_column_is_counted_and_one_link_away(made_beside_real: Collection, topic: str) -> None:
    """Eight provinces report, and the first four with figures have a column."""
    page = make_page(made_beside_real)
    (block,) = list_blocks(page, f"topic_{topic}" if topic != "seizures" else "alone")
    html = html_of(block)
    shown = Counter([*list_numbers(html), *(each for spec in charts_of(block) for each in list_marks(spec))])
    # A figure may be compared in two ways: with other provinces', and with the others of its report.
    assert {each for each, times in shown.items() if times > 1} <= {each for ids in list_across(page) for each in ids}
    ids = find_ids(make_page(made_beside_real, filters=Filters(topic=topic)))
    left = {*ids} - {*shown}
    more = re.findall(r'href="([^"]+)">See all (\d+) figures in the table', html)
    assert bool(more) == bool(left) == (topic in {"cases", "models"})
    for href, count in more:
        assert find_ids(follow(page, href)) == ids
        assert int(count) == len(ids)


def test_figures_that_nothing_lets_through_say_so(collection: Collection) -> None:
    for view, said in ((View.COMPARE, "No figures match."), (View.PROVINCE, "Not reported in these articles: ")):
        page = make_page(collection, view=view, filters=Filters(province="kon-tum", topic="seizures"))
        assert list_shown(page) == []
        assert said in html_of(*list_blocks(page))


# Provinces side by side


@pytest.mark.parametrize("lang", LANGS)
def test_a_province_without_a_figure_on_a_topic_has_a_column_that_says_so(collection: Collection, lang: Lang) -> None:
    page = make_page(collection, lang)
    said = page.words("coverage.none")
    absent = {name for name, html in list_columns(page).items() if said in html}
    assert absent == {"cases_khanh-hoa", "models_kon-tum", "standards_kon-tum"}
    for name in absent:
        topic, province = name.split("_")
        assert page.table.count(province, topic) == 0
    (models,) = list_blocks(page, "topic_models")
    assert page.words("panel.absent", provinces="Kon Tum") in html_of(models)


@pytest.mark.parametrize(
    ("filters", "columns"),
    [
        (Filters(), ["kon-tum", "ha-tinh", "khanh-hoa", "vi-du-dong"]),
        (Filters(topic="models"), ["ha-tinh", "khanh-hoa", "vi-du-dong", "vi-du-tay"]),
        (Filters(province="vi-du-trung,ha-tinh"), ["ha-tinh", "vi-du-trung"]),
        # Four chosen have a column each, with figures or without.
        (
            Filters(province="kon-tum,vi-du-nam,vi-du-bac,vi-du-trung", topic="cases"),
            ["kon-tum", "vi-du-nam", "vi-du-bac", "vi-du-trung"],
        ),
        (
            Filters(province="kon-tum,ha-tinh,vi-du-tay,vi-du-nam,vi-du-bac,vi-du-trung", topic="models"),
            ["ha-tinh", "vi-du-tay", "vi-du-nam", "vi-du-bac"],
        ),
    ],
    ids=lambda value: str(value.active) if isinstance(value, Filters) else "",
)
def test_the_columns_are_the_chosen_provinces_else_of_many_the_first_with_figures(
    made_beside_real: Collection, filters: Filters, columns: list[str]
) -> None:
    page = make_page(made_beside_real, filters=filters)
    chosen = choose_columns(page, page.table.pick(page.table.find(filters)))
    assert [province.slug for province in chosen] == columns
    for block in compare.compose(page).blocks.values():
        for part in block:
            if isinstance(part, Columns):
                assert [name.rpartition("_")[2] for name in part.cells] == columns


def test_provinces_share_a_chart_where_they_can_be_compared_and_no_column_repeats_it(
    made_collection: Collection,
) -> None:
    page = make_page(made_collection)
    for topic in ("cases", "models"):
        (block,) = list_blocks(page, f"topic_{topic}")
        across, *others = charts_of(block)
        (ids,) = [
            ids
            for ids in list_across(page)
            if set(ids) <= {*find_ids(make_page(made_collection, filters=Filters(topic=topic)))}
        ]
        assert list_marks(across) == ids
        assert others == []
        assert not {*list_numbers(html_of(block))} & {*ids}
    assert "see the chart above" in list_columns(page)["models_vi-du-dong"]


def test_a_topic_shows_its_first_charts_across_provinces_and_all_where_it_is_chosen(
    made_beside_real: Collection,
) -> None:
    page = make_page(made_beside_real)
    groups = [ids for ids in list_across(page) if "models" not in ids[0]]
    assert len(groups) == MOST_ACROSS + 1
    (cases,) = list_blocks(page, "topic_cases")
    (href,) = re.findall(r'href="([^"]+)">1 more measure that provinces can be compared on', html_of(cases))
    (all_of_it,) = list_blocks(follow(page, href), "topic_cases")
    for block, expected in ((cases, groups[:MOST_ACROSS]), (all_of_it, groups)):
        drawn = [list_marks(spec) for spec in charts_of(block) if "circle" in str(spec)]
        assert [ids for ids in drawn if ids in groups] == expected


def test_a_section_has_a_verdict_and_its_table_open_where_no_chart_says_it(collection: Collection) -> None:
    page = make_page(collection)
    (models,) = list_blocks(page, "topic_models")
    html = html_of(models)
    assert "<summary>What each figure counts</summary>" in html
    assert '<details class="rows" open>' in html
    assert page.words("topic.apart") in html
    (cases,) = list_blocks(page, "topic_cases")
    assert '<details class="rows"><summary>Table</summary>' in html_of(cases)


def test_sources_and_links_that_a_phone_sets_under_them_have_no_dot_between(
    collection: Collection,
) -> None:
    page = make_page(collection)
    (cases,), (alone,) = list_blocks(page, "topic_cases"), list_blocks(page, "alone")
    assert re.search(r'<p class="foot">Sources: 2 articles\s*<span class="take">', html_of(cases))
    # Links in one line with the sources are set off from them.
    assert re.search(r'<p class="foot">Sources: \d articles\s+·\s+<a href="figures.csv', html_of(alone))


@pytest.mark.parametrize("lang", LANGS)
def test_what_one_province_alone_reports_stands_under_its_own_title_without_titles_that_compare(
    collection: Collection, lang: Lang
) -> None:
    page = make_page(collection, lang)
    (alone,) = list_blocks(page, "alone")
    html = html_of(alone)
    assert f"<h2>{page.words('alone.title').replace(chr(39), '&#39;')}</h2>" in html
    topics = re.findall('<h4 class="celltopic">(.*?)</h4>', html)
    assert topics == [
        page.words.pick(page.table.collection.topics[topic].name)
        for topic in ("fines", "outreach", "seizures", "forces")
    ]
    assert html.count("not reported in these articles") == html.count("không có trong các bài báo này") == 0


def test_the_chart_of_a_chosen_measure_has_an_end_and_leads_to_the_table_of_the_rest(
    made_collection: Collection,
) -> None:
    made = report_in_provinces(made_collection, MODELS, MOST_BARS_CHOSEN + 1)
    (measure,) = {checked.measure.id for checked in made.claims}
    page = make_page(made, filters=Filters(measure=measure))
    html = html_of(*list_blocks(page))
    ((shown, figures, href),) = re.findall(r'>(\d+) of (\d+) figures\. <a href="([^"]+)">Show all', html)
    assert (int(shown), int(figures)) == (MOST_BARS_CHOSEN, MOST_BARS_CHOSEN + 1)
    assert max(len(rows_of(spec)) for spec in charts_of(*list_blocks(page))) == MOST_BARS_CHOSEN
    table = follow(page, href)
    assert table.address.view is View.FIGURES
    assert find_ids(table) == find_ids(page)


def test_the_table_of_a_province_has_a_page_of_rows_and_leads_to_the_table_of_all(collection: Collection) -> None:
    checked = find_claim(collection, "ha-tinh-2021-heroin-seized-bricks")
    claims = [change_claim(checked, id=f"figure-{place}") for place in range(ROWS_OF_A_PAGE + 1)]
    page = make_page(arrange(collection, *claims), view=View.PROVINCE, filters=Filters(province="ha-tinh"))
    html = html_of(*list_blocks(page))
    assert html.count("<tr data-figure=") == ROWS_OF_A_PAGE
    ((href, figures),) = re.findall(r'href="([^"]+)">See all (\d+) figures in the table</a></p></details>', html)
    assert int(figures) == len(claims) == len(find_ids(follow(page, href)))
    fewer = make_page(arrange(collection, *claims[1:]), view=View.PROVINCE, filters=Filters(province="ha-tinh"))
    assert "figures in the table</a></p></details>" not in html_of(*list_blocks(fewer))


def test_a_chosen_topic_has_a_section_of_its_own_whoever_reports_it(collection: Collection) -> None:
    for filters in (Filters(topic="fines"), Filters(province="kon-tum")):
        page = make_page(collection, filters=filters)
        filled = [name for name, block in compose_view(page).blocks.items() if block]
        assert "topic_fines" in filled
        assert "alone" not in filled
        assert "<h2>Fines and violations</h2>" in html_of(*list_blocks(page, "topic_fines"))


def test_every_topic_keeps_its_place_on_the_page_whatever_is_filtered(collection: Collection) -> None:
    places = ["time", *(f"topic_{topic}" for topic in collection.topics), "alone", "map"]
    for filters in FILTERS:
        assert list(compose_view(make_page(collection, filters=filters)).blocks) == places


# More provinces than have room


@pytest.mark.parametrize(("lang", "said"), [("en", "12 of 14 figures."), ("vi", "12 trong tổng số 14 số liệu.")])
def test_of_more_than_twelve_rows_the_first_stand_with_a_link_that_shows_all(
    made_collection: Collection, lang: Lang, said: str
) -> None:
    page = make_page(report_in_provinces(made_collection, MODELS, 14), lang)
    (block,) = list_blocks(page, "topic_models")
    (chart,) = charts_of(block)
    assert list_marks(chart) == find_ids(page)[:12]
    (href,) = re.findall(rf'{said} <a href="([^"]+)">', html_of(block))
    all_of_it = follow(page, href)
    (block,) = list_blocks(all_of_it, "topic_models")
    (chart,) = charts_of(block)
    assert list_marks(chart) == find_ids(all_of_it) == find_ids(page)
    assert said not in html_of(block)
    assert len({row["name"] for row in rows_of(chart)}) == 14


def test_the_map_of_what_is_reported_counts_each_cell_and_leads_to_it(made_beside_real: Collection) -> None:
    page = make_page(made_beside_real)
    html = html_of(*list_blocks(page, "map"))
    cells = re.findall(r'<td style="--n:\d"><a href="([^"]+)">(\d+)</a></td>', html)
    assert sum(int(count) for _, count in cells) == len(page.table.claims)
    for href, count in cells:
        assert len(find_ids(follow(page, href))) == int(count)
    assert html.count('<td class="none">') == len(page.table.reporting) * len(made_beside_real.topics) - len(cells)


# The provinces' own view


def test_the_provinces_view_shows_the_chosen_ones_each_with_what_it_does_not_report(collection: Collection) -> None:
    page = make_page(collection, view=View.PROVINCE, filters=Filters(province="kon-tum,khanh-hoa"))
    blocks = compose_view(page).blocks
    assert list(blocks) == ["province_kon-tum", "province_khanh-hoa"]
    html = html_of(blocks["province_khanh-hoa"])
    assert "Not reported in these articles: Cases and people, Seizures, Fines and violations, Outreach" in html
    assert re.findall("<h2[^>]*>(.*?)</h2>", html) == [
        "Khánh Hòa province",
        "The time that its figures cover",
        "Articles on this province",
    ]


def test_of_many_provinces_the_view_shows_the_first_four_or_the_chosen(made_collection: Collection) -> None:
    many = report_in_provinces(made_collection, MODELS, 14)
    for filters, shown in ((Filters(), ["p-01", "p-02", "p-03", "p-04"]), (Filters(province="p-14"), ["p-14"])):
        page = make_page(many, view=View.PROVINCE, filters=filters)
        assert list(compose_view(page).blocks) == [f"province_{slug}" for slug in shown]
