"""What one province's articles report on one topic: every figure in one chart or as a number, or one link away."""

from dataclasses import replace

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import LANGS, Lang
from extract.figures.filters import Filters
from extract.figures.formats import format_figure
from extract.figures.groups import FigureGroup
from extract.page import cells, templates
from extract.page.cells import MOST_CHARTS, MOST_NUMBERS, Cell, find_together, make_cell
from extract.page.comparisons import MOST_BARS, ComparisonRecord, make_within
from extract.page.page import Page
from extract.page.views.compare import compose_topic_cell
from tests.figures.test_columns import change_claim, change_period
from tests.page.composed import (
    arrange,
    charts_of,
    find_claim,
    find_ids,
    follow,
    html_of,
    list_numbers,
    make_page,
    report_in_categories,
)


def list_cells(page: Page) -> list[Cell]:
    """Return what every province's articles report on every topic."""
    held: dict[tuple[str, str], list[CheckedClaim]] = {}
    for checked in page.table.pick(page.table.find()):
        held.setdefault((checked.province.slug, checked.topic.id), []).append(checked)
    return [make_cell(page, claims) for claims in held.values()]


def find_cell(page: Page, province: str, topic: str) -> Cell:
    return make_cell(page, page.table.pick(page.table.find(Filters(province=province, topic=topic))))


def ids(cell: Cell) -> list[str]:
    return sorted(checked.claim.id for checked in cell.shown)


@pytest.mark.parametrize("name", ["real", "made", "both"])
def test_every_figure_of_a_cell_stands_once_in_a_chart_or_as_a_number(
    collection: Collection, made_collection: Collection, made_beside_real: Collection, name: str
) -> None:
    page = make_page({"real": collection, "made": made_collection, "both": made_beside_real}[name])
    cells = list_cells(page)
    assert sorted(each for cell in cells for each in ids(cell)) == sorted(page.table.claims)
    for cell in cells:
        assert (cell.left, cell.drawn_above) == (0, 0)
        html = html_of(compose_topic_cell(page, cell))
        assert list_numbers(html) == [number.checked.claim.id for number in cell.numbers]
        assert charts_of(compose_topic_cell(page, cell)) == [chart.chart for chart in cell.charts]


def test_what_stands_in_a_chart_above_is_said_and_not_repeated(made_collection: Collection) -> None:
    page = make_page(made_collection)
    claims = page.table.pick(page.table.find(Filters(province="vi-du-dong", topic="models")))
    cell = make_cell(page, claims, {checked.claim.id for checked in claims})
    assert (cell.shown, cell.drawn_above) == ([], 2)
    assert "see the chart above" in html_of(compose_topic_cell(page, cell))


@pytest.mark.parametrize(
    ("province", "topic", "lang", "scope"),
    [
        ("ha-tinh", "seizures", "en", "joint operations, not the whole province"),
        ("ha-tinh", "seizures", "vi", "hoạt động phối hợp, không phải toàn tỉnh"),
        ("kon-tum", "cases", "en", "one division with other agencies, not the whole province"),
        ("ha-tinh", "standards", "en", ""),
        # A figure of the province and one of a district.
        ("khanh-hoa", "models", "en", ""),
    ],
)
def test_what_all_figures_of_a_cell_cover_is_said_once(
    collection: Collection, province: str, topic: str, lang: Lang, scope: str
) -> None:
    page = make_page(collection, lang)
    cell = find_cell(page, province, topic)
    assert cell.scope == scope
    html = html_of(compose_topic_cell(page, cell))
    assert html.count(scope) == 1 if scope else '<p class="scope">' not in html


@pytest.mark.parametrize(
    ("figure", "lang", "detail"),
    [
        (
            "khanh-hoa-2016-khanh-vinh-self-managed-models-built",
            "en",
            "self-managed models built · Khánh Vĩnh district, not the whole province · period: not stated",
        ),
        (
            "khanh-hoa-2016-khanh-vinh-self-managed-models-built",
            "vi",
            "mô hình tự quản được xây dựng · huyện Khánh Vĩnh, không phải toàn tỉnh · thời gian: không nêu",
        ),
        # What the cell covers stands above its numbers.
        (
            "kon-tum-2015-2017-forgery-referrals",
            "en",
            "forgery instances referred to investigators · 2015–2017",
        ),
    ],
)
def test_a_number_says_what_it_counts_covers_and_when(
    collection: Collection, figure: str, lang: Lang, detail: str
) -> None:
    page = make_page(collection, lang)
    checked = find_claim(collection, figure)
    (number,) = [
        each for each in find_cell(page, checked.province.slug, checked.topic.id).numbers if each.checked is checked
    ]
    assert number.detail == detail


def test_what_is_computed_from_numbers_stands_under_them_and_leads_to_both(collection: Collection) -> None:
    page = make_page(collection)
    cell = find_cell(page, "kon-tum", "outreach")
    (line,) = cell.ratios
    assert line.text == (
        "computed from a hedged number (about 34,000 participations): 34,000 ÷ 53, about 640 participations per launch"
    )
    html = html_of(compose_topic_cell(page, cell))
    assert [f'<a href="?figure={each.claim.id}">' in html for each in (line.of, line.per)] == [True, True]
    # Those of figures in charts stand in them.
    told = [len(each.ratios) for each in list_cells(page)]
    assert sum(told) == 1


def test_what_there_is_no_room_for_stands_one_link_away(collection: Collection) -> None:
    districts = find_claim(collection, "kon-tum-secret-document-leak-cases")
    claims = [change_claim(districts, id=f"figure-{place}") for place in range(MOST_NUMBERS + 3)]
    page = make_page(arrange(collection, *claims))
    cell = find_cell(page, "kon-tum", "cases")
    assert (len(cell.numbers), cell.left) == (MOST_NUMBERS, 3)
    html = html_of(compose_topic_cell(page, cell))
    (href,) = [text.rpartition('href="')[2] for text in html.split('">3 more figures')[:-1]]
    assert find_ids(follow(page, href)) == [checked.claim.id for checked in claims]


def test_more_charts_than_have_room_give_their_figures_as_numbers(collection: Collection) -> None:
    """Charts of one measure at several times, of which a cell holds the first."""
    figures = ("ha-tinh-2021-smuggling-cases", "ha-tinh-2021-drug-cases")
    claims = [
        change_claim(change_period(find_claim(collection, figure), str(year)), id=f"{figure}-{year}")
        for year in range(2015, 2021)
        for figure in figures
    ]
    cell = find_cell(make_page(arrange(collection, *claims)), "ha-tinh", "cases")
    assert len(cell.charts) == MOST_CHARTS
    assert len(cell.numbers) == len(claims) - 2 * MOST_CHARTS
    assert ids(cell) == sorted(checked.claim.id for checked in claims)


def test_a_cell_draws_the_charts_that_it_shows_and_no_others_however_many_there_are(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def count(page: Page, group: FigureGroup) -> ComparisonRecord:
        drawn.append(group.claims[0].claim.id)
        return make_within(page, group)

    monkeypatch.setattr(cells, "make_within", count)
    figures = ("ha-tinh-2021-drug-cases", "ha-tinh-2021-smuggling-cases")
    claims = [
        change_claim(change_period(find_claim(collection, figure), str(year)), id=f"{figure}-{year}")
        for year in range(1950, 2020)
        for figure in figures
    ]
    cell = find_cell(make_page(arrange(collection, *claims)), "ha-tinh", "cases")
    assert len(drawn) == len(cell.charts) == MOST_CHARTS


@pytest.mark.parametrize("lang", LANGS)
def test_a_chart_longer_than_a_column_says_how_many_it_leaves_out_and_where_they_are(
    collection: Collection, lang: Lang
) -> None:
    page = make_page(report_in_categories(collection, 14, "khanh-hoa-2016-commune-police-boards"), lang)
    cell = find_cell(page, "khanh-hoa", "forces")
    html = html_of(compose_topic_cell(page, cell))
    said = {"vi": f"{MOST_BARS} trong tổng số 14 số liệu. ", "en": f"{MOST_BARS} of 14 figures. "}[lang]
    assert f'{said}<a href="?measure=boards">' in html
    # None is lost: the rest stand as numbers.
    assert ids(cell) == sorted(page.table.claims)
    assert f"{said}" not in html_of(
        compose_topic_cell(
            follow(page, "?measure=boards"), find_cell(follow(page, "?measure=boards"), "khanh-hoa", "forces")
        )
    )


def test_the_note_of_a_chart_is_left_out_where_its_cell_says_it(collection: Collection) -> None:
    page = make_page(collection)
    cell = find_cell(page, "ha-tinh", "seizures")
    (chart,) = cell.charts
    assert list(chart.notes) == [cell.scope, "2021"]
    alone = templates.compose_parts("cells", "cell", page=page, cell=replace(cell, scope=""))
    assert html_of(tuple(alone)).count(cell.scope) == 1


@pytest.mark.parametrize(
    ("lang", "figures", "note"),
    [
        (
            "en",
            ["97 boards and teams", "40 boards and teams", "137 communes, wards and townships", "100%"],
            "97 + 40 = 137",
        ),
        ("vi", ["97 ban công an xã", "40 ban bảo vệ dân phố", "137 xã, phường, thị trấn", "100%"], "97 + 40 = 137"),
    ],
)
def test_figures_that_a_note_speaks_of_together_stand_in_one_small_table(
    collection: Collection, lang: Lang, figures: list[str], note: str
) -> None:
    page = make_page(collection, lang)
    claims = page.table.pick(page.table.frame)
    by_topic = {topic: [each for each in claims if each.topic.id == topic] for topic in page.table.collection.topics}
    found = [together for held in by_topic.values() if held for together in find_together(page, held)]
    assert [[format_figure(each, lang) for each in together.claims] for together in found] == [figures]
    assert found[0].note.startswith(note)
