"""Which figures share an axis on the page, and what each chart says of them: shipped articles, and made-up ones."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import LANGS, Lang, Nature, PersonReading
from extract.figures.compare import Conclusion, Relation, compare_figures, compare_panel
from extract.figures.filters import Filters
from extract.figures.formats import format_bare, format_short
from extract.figures.groups import FigureGroup, is_across
from extract.figures.ratios import format_quotient
from extract.figures.table import axis_value
from extract.page.captions import format_alt
from extract.page.charts import LETTER
from extract.page.comparisons import (
    LETTERS_BESIDE,
    LETTERS_OF_A_NAME,
    MOST_BARS,
    ComparisonRecord,
    find_pairs,
    has_whole,
    list_absent,
    make_across,
    make_pairs,
    make_ratio,
    make_share,
    make_within,
)
from extract.page.page import Page
from extract.page.templates import Spec
from tests.figures.test_columns import change_claim
from tests.page.composed import (
    arrange,
    charts_of,
    find_claim,
    find_layers,
    follow,
    list_blocks,
    list_marks,
    make_page,
    report_in_categories,
    report_in_provinces,
    rows_of,
)

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


@pytest.fixture(params=LANGS)
def page(request: pytest.FixtureRequest, collection: Collection) -> Page:
    return make_page(collection, request.param)


@pytest.fixture(params=LANGS)
def made(request: pytest.FixtureRequest, made_beside_real: Collection) -> Page:
    return make_page(made_beside_real, request.param)


def list_groups(page: Page, relation: Relation | None) -> list[FigureGroup]:
    return [group for group in page.table.groups(page.table.find(page.address.filters)) if group.relation is relation]


def list_pairs(page: Page) -> list[tuple[FigureGroup, FigureGroup]]:
    return find_pairs(page, list_groups(page, Relation.WITHIN_REPORT))


def make_all(page: Page) -> list[ComparisonRecord]:
    """Return every chart that the figures of a page can have, a group in a chart of its own and in one of its pair."""
    within, across = list_groups(page, Relation.WITHIN_REPORT), list_groups(page, Relation.ACROSS)
    return [
        *(make_within(page, group) for group in within),
        *(make_pairs(page, of, per) for of, per in list_pairs(page)),
        *(make_share(page, group) for group in list_groups(page, None) if has_whole(group)),
        *(make_across(page, group, list_absent(page, group)) for group in across),
    ]


def find_axes(spec: Spec) -> list[list[str]]:
    """Return the ids of the figures on each axis of a chart: pairs have one a side."""
    rows = rows_of(spec)
    return [[row[name] for row in rows] for name in ("id", "per_id", "of_id") if name in rows[0]]


def names(*claims: CheckedClaim) -> list[str]:
    return sorted(checked.claim.id for checked in claims)


# What shares an axis


def test_the_pairs_of_figures_on_one_axis_are_those_that_can_be_compared(collection: Collection) -> None:
    page = make_page(collection)
    axes = [axis for spec in charts_of(*list_blocks(page)) if "id" in str(rows_of(spec)[0]) for axis in find_axes(spec)]
    drawn = {tuple(sorted(pair)) for axis in axes for pair in combinations(axis, 2)}
    allowed = {tuple(names(*pair)) for pair in combinations(collection.claims, 2) if compare_figures(*pair).comparable}
    assert drawn == allowed == COMPARABLE


def test_nothing_that_is_drawn_together_is_forbidden(made: Page) -> None:
    for record in make_all(made):
        for axis in find_axes(record.chart):
            verdict = compare_panel(made.table.claims[each] for each in axis)
            assert verdict.conclusion in {Conclusion.ALONE, Conclusion.COMPARABLE, Conclusion.WITH_CARE}
        said = [made.words(f"conclusion.{each}") for each in (Conclusion.COMPARABLE, Conclusion.WITH_CARE)]
        assert record.conclusion in (said if record.figures > 1 else [""])
        assert bool(record.reasons) == (record.figures > 1)


def test_provinces_share_an_axis_in_what_the_verdict_lets_them_and_nothing_else(made: Page) -> None:
    held = {tuple(checked.claim.id for checked in group.claims) for group in list_groups(made, Relation.ACROSS)}
    assert held == {
        ("ha-tinh-2021-drug-cases", "vi-du-bac-2021-drug-cases"),
        ("ha-tinh-2021-drug-persons", "vi-du-bac-2021-drug-persons"),
        ("vi-du-dong-2021-drug-cases", "vi-du-dong-2021-drug-cases-second-report", "vi-du-tay-2021-drug-cases"),
        (
            "khanh-hoa-2016-self-managed-models-operating",
            "vi-du-dong-2021-self-managed-models",
            "vi-du-dong-2021-self-managed-models-second-report",
            "vi-du-tay-2021-self-managed-models",
            "vi-du-nam-2021-self-managed-models",
            "vi-du-trung-2021-self-managed-models",
        ),
    }
    assert all(is_across(group) for group in list_groups(made, Relation.ACROSS))
    assert made.table.shared_measures == len(held)


# What a chart draws


def test_every_chart_draws_each_of_its_figures_once_in_its_reader_s_words(made: Page) -> None:
    for record in make_all(made):
        assert sorted(list_marks(record.chart)) == names(*record.drawn)
        assert record.figures == len(record.drawn)
        is_paired = "of_id" in rows_of(record.chart)[0]
        for row in rows_of(record.chart):
            for side in ("of_", "per_") if is_paired else ("",):
                checked = made.table.claims[row[f"{side}id"]]
                assert {name: row[side + name] for name in ("value", "words", "alt", "href", "colour", "hedged")} == {
                    "value": float(axis_value(checked)),
                    "words": (format_bare if is_paired else format_short)(checked, made.words.lang),
                    "alt": format_alt(made, checked),
                    "href": f"?figure={checked.claim.id}",
                    "colour": made.colour(checked.province),
                    "hedged": checked.claim.qualifier != "exact",
                }


def test_the_text_alternative_of_a_chart_says_its_title_and_its_rows(made: Page) -> None:
    for record in make_all(made):
        said = "; ".join(format_alt(made, checked) for checked in record.drawn)
        kind = {"vi": "Biểu đồ thanh", "en": "Bar chart"}[made.words.lang]
        assert record.chart["description"].startswith(f"{kind}, {record.title}, ")
        assert record.chart["description"].endswith(f": {said}.")


def test_the_names_of_rows_fit_beside_and_above_their_marks(made: Page) -> None:
    for record in make_all(made):
        is_across_reports = bool(find_layers(record.chart, "circle"))
        lines = [line for row in rows_of(record.chart) for line in row["name"].split("\n")]
        assert max(map(len, lines)) <= (LETTERS_BESIDE if is_across_reports else LETTERS_OF_A_NAME)
        # A bar on a phone has room beside the longest words.
        assert max(len(row.get("words", "")) for row in rows_of(record.chart)) * LETTER < 358 - 100


def test_a_value_too_large_for_a_float_is_drawn_but_its_words_keep_every_digit(collection: Collection) -> None:
    cases = find_claim(collection, "ha-tinh-2021-drug-cases")
    other = find_claim(collection, "ha-tinh-2021-smuggling-cases")
    group = FigureGroup(claims=(change_claim(cases, value=Decimal(10**18 - 1)), other), relation=Relation.WITHIN_REPORT)
    first, _ = rows_of(make_within(make_page(collection, "vi"), group).chart)
    assert (first["value"], first["words"]) == (1e18, "999.999.999.999.999.999 vụ")


def test_a_mark_says_that_a_person_read_its_number(page: Page) -> None:
    (group, *_) = list_groups(page, Relation.WITHIN_REPORT)
    first, *rest = group.claims
    read = PersonReading(value=str(first.claim.value), why="spaces group the digits", why_vi="dấu cách phân nhóm")
    said = page.words("claim.read_by_person", why=page.words.choose(read.why_vi, read.why))
    rows = rows_of(make_within(page, replace(group, claims=(change_claim(first, read=read), *rest))).chart)
    assert [said in " ".join(row["name"].split()) for row in rows] == [True, *([False] * len(rest))]
    assert [said in row["alt"] for row in rows] == [True, *([False] * len(rest))]


# Shares


@pytest.mark.parametrize("lang", LANGS)
def test_shares_stand_in_their_whole_with_what_remains_beside_each_name(collection: Collection, lang: Lang) -> None:
    page = make_page(collection, lang)
    shares = [record for record in make_all(page) if record.drawn[0].measure.nature is Nature.SHARE]
    told = {
        row["id"]: (row["value"], " ".join(row["name"].split()), row["words"])
        for record in shares
        for row in rows_of(record.chart)
    }
    assert (
        told
        == {
            "en": {
                "ha-tinh-2022-hamlets-meeting-security-standard": (
                    float(Decimal(1962) / 1969),
                    "hamlets and residential groups · 7 not",
                    "1,962 of 1,969",
                ),
                "ha-tinh-2022-workplaces-meeting-security-standard": (
                    float(Decimal(976) / 1056),
                    "agencies and enterprises · 80 not",
                    "976 of 1,056",
                ),
                "ha-tinh-2022-communes-meeting-criterion-19-2": (
                    float(Decimal(171) / 181),
                    "≈ 94.5% · 10 not",
                    "171 of 181",
                ),
            },
            "vi": {
                "ha-tinh-2022-hamlets-meeting-security-standard": (
                    float(Decimal(1962) / 1969),
                    "thôn, tổ dân phố · còn lại 7",
                    "1.962/1.969",
                ),
                "ha-tinh-2022-workplaces-meeting-security-standard": (
                    float(Decimal(976) / 1056),
                    "cơ quan, doanh nghiệp · còn lại 80",
                    "976/1.056",
                ),
                "ha-tinh-2022-communes-meeting-criterion-19-2": (
                    float(Decimal(171) / 181),
                    "≈ 94,5% · còn lại 10",
                    "171/181",
                ),
            },
        }[lang]
    )
    for record in shares:
        assert {row["whole"] for row in rows_of(record.chart)} == {1.0}
        assert {layer["encoding"]["x2"]["datum"] for layer in find_layers(record.chart, "bar")} == {0}


# Pairs


def test_the_pairs_of_one_report_stand_beside_each_other_with_the_ratios_of_the_table(page: Page) -> None:
    pairs = [make_pairs(page, of, per) for of, per in list_pairs(page)]
    assert [(record.title, len(record.drawn)) for record in pairs] == {
        "en": [("People per case: 1.2 to 2", 4), ("Members per board or team: 9.7 to 48.6", 6)],
        "vi": [("Đối tượng mỗi vụ: từ 1,2 đến 2", 4), ("Thành viên mỗi ban, đội: từ 9,7 đến 48,6", 6)],
    }[page.words.lang]
    for record in pairs:
        for row in rows_of(record.chart):
            of, per = page.table.claims[row["of_id"]], page.table.claims[row["per_id"]]
            (ratio,) = [ratio for ratio in page.table.find_ratios(of) if ratio.per is per]
            assert row["ratio"] == format_quotient(ratio, page.words.lang)
            assert of.category == per.category
        first = rows_of(record.chart)[0]
        heads = [" ".join(first[f"{side}_head"].split()) for side in ("of", "per", "ratio")]
        of, per = page.table.claims[first["of_id"]], page.table.claims[first["per_id"]]
        assert heads == [
            *(page.words.pick(checked.measure.name) for checked in (of, per)),
            page.words("panel.computed"),
        ]


def test_figures_that_no_phrase_joins_stand_beside_each_other_without_a_ratio(collection: Collection) -> None:
    """950 commune police stand at the end of the sentence here, behind those of another force."""
    police = find_claim(collection, "khanh-hoa-2016-commune-police-members")
    apart = replace(police, mark_start=len(police.sentence.quote))
    page = make_page(arrange(collection, *(apart if each is police else each for each in collection.claims)))
    (of, per) = next(pair for pair in list_pairs(page) if pair[0].measure.id == "board-members")
    ratios = {row["of_id"]: row["ratio"] for row in rows_of(make_pairs(page, of, per).chart)}
    assert ratios["khanh-hoa-2016-commune-police-members"] == ""
    assert sorted(ratios.values()) == ["", "48.6", "9.7"]


def test_measures_of_unlike_categories_or_coverage_do_not_pair(collection: Collection) -> None:
    police = find_claim(collection, "khanh-hoa-2016-commune-police-members")
    rest = [each for each in collection.claims if each is not police]
    assert [of.measure.id for of, _ in list_pairs(make_page(arrange(collection, *rest)))] == ["people-caught"]


def test_a_hedge_stands_beside_the_ratio_that_has_it(collection: Collection) -> None:
    police = find_claim(collection, "khanh-hoa-2016-commune-police-members")
    over = change_claim(police, qualifier="over")
    page = make_page(arrange(collection, *(over if each is police else each for each in collection.claims)))
    (of, per) = next(pair for pair in list_pairs(page) if pair[0].measure.id == "board-members")
    ratios = {row["of_id"]: row["ratio"] for row in rows_of(make_pairs(page, of, per).chart)}
    assert ratios[police.claim.id] == "> 9.8"


def test_a_ratio_in_words_says_that_it_is_computed_and_what_it_covers(collection: Collection) -> None:
    page = make_page(collection)
    lines = [make_ratio(page, ratio) for ratio in page.table.ratios]
    said = {line.text: line.scope for line in lines}
    assert said["computed: 144 ÷ 72 = 2 people per case"] == "joint operations, not the whole province"
    assert (
        "computed from a hedged number (about 34,000 participations): 34,000 ÷ 53, about 640 participations per launch"
    ) in said
    for line in lines:
        assert (line.scope == "") == (line.of.coverage is None or line.of.coverage.kind == "province")


# Across provinces


def test_a_row_across_provinces_is_named_by_its_province_and_its_time_where_the_others_is_another(made: Page) -> None:
    told = {
        record.measures[0] + str(record.drawn[0].coverage and record.drawn[0].coverage.kind): [
            row["name"].split("\n") for row in rows_of(record.chart)
        ]
        for group in list_groups(made, Relation.ACROSS)
        for record in [make_across(made, group, ())]
    }
    assert told["cases-uncoveredprovince"] == [["Ví Dụ Đông"], ["Ví Dụ Đông"], ["Ví Dụ Tây"]]
    assert told["cases-uncoveredjoint"] == [["Hà Tĩnh"], ["Ví Dụ Bắc"]]
    day = {"vi": ["24/3/2016", "31/12/2021"], "en": ["24 March 2016", "31 December 2021"]}[made.words.lang]
    assert told["self-managed-models-existingprovince"][:2] == [["Khánh Hòa", day[0]], ["Ví Dụ Đông", day[1]]]


def test_only_what_no_article_reports_of_a_province_is_said_not_to_be_reported(made_beside_real: Collection) -> None:
    page = make_page(made_beside_real)
    absent = {
        (group.measure.id, len(group.claims)): list_absent(page, group) for group in list_groups(page, Relation.ACROSS)
    }
    # Ví Dụ Nam reports half a year, which can't share an axis with a whole one, and yet is reported.
    assert absent["cases-uncovered", 2] == absent["cases-uncovered", 3] == ["Kon Tum", "Khánh Hòa", "Ví Dụ Trung"]
    # Ví Dụ Bắc reports those of a district alone.
    assert absent["self-managed-models-existing", 6] == ["Kon Tum", "Hà Tĩnh", "Ví Dụ Bắc"]
    filtered = make_page(made_beside_real, filters=Filters(province="kon-tum,vi-du-dong,vi-du-tay"))
    (models,) = [group for group in list_groups(filtered, Relation.ACROSS) if group.topic == "models"]
    assert list_absent(filtered, models) == ["Kon Tum"]
    record = make_across(filtered, models, list_absent(filtered, models))
    assert record.absent == "Kon Tum"


def test_a_chart_across_provinces_says_that_they_differ_in_size(made_beside_real: Collection) -> None:
    page = make_page(made_beside_real)
    for group in list_groups(page, Relation.ACROSS):
        assert any("Provinces differ in size" in reason for reason in make_across(page, group, ()).reasons)


# More than a chart holds


def test_more_provinces_than_a_chart_holds_stand_one_link_away(made_collection: Collection) -> None:
    many = report_in_provinces(made_collection, "vi-du-dong-2021-self-managed-models", 14)
    page = make_page(many)
    (group,) = list_groups(page, Relation.ACROSS)
    record = make_across(page, group, ())
    assert (len(record.drawn), record.figures) == (MOST_BARS, 14) == (len(rows_of(record.chart)), 14)
    all_of_it = follow(page, page.link(measure=record.measures))
    assert len(make_across(all_of_it, group, ()).drawn) == 14


@pytest.mark.parametrize(
    "figures",
    [
        ("khanh-hoa-2016-commune-police-boards",),
        ("khanh-hoa-2016-commune-police-boards", "khanh-hoa-2016-commune-police-members"),
    ],
)
def test_more_categories_than_a_chart_holds_stand_one_link_away(
    collection: Collection, figures: tuple[str, ...]
) -> None:
    page = make_page(report_in_categories(collection, 14, *figures))
    spec, *_ = (record for record in make_charts(page))
    assert (len(spec.drawn), spec.figures) == (MOST_BARS * len(figures), 14 * len(figures))
    (all_of_it,) = make_charts(follow(page, page.link(measure=spec.measures)))
    assert (len(all_of_it.drawn), all_of_it.figures) == (14 * len(figures), 14 * len(figures))


def make_charts(page: Page) -> list[ComparisonRecord]:
    """Return the chart of the pairs of a report, else that of its categories."""
    pairs = [make_pairs(page, of, per) for of, per in list_pairs(page)]
    return pairs or [make_within(page, group) for group in list_groups(page, Relation.WITHIN_REPORT)]
