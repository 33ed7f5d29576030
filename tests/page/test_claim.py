"""The card of a claim: what it says of measure, coverage and time, and which other figures it names."""

from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from markupsafe import Markup

from extract.claims.collection import Collection
from extract.claims.records import Lang, PersonReading
from extract.claims.wording import parse_wording
from extract.figures.filters import Filters
from extract.figures.table import FigureTable
from extract.page import templates
from extract.page.address import Address
from extract.page.page import Page
from extract.page.views.claim import compose_card, compose_place, list_facts
from tests.conftest import REPOSITORY
from tests.figures.test_columns import change_claim

WORDING = parse_wording((REPOSITORY / "data/wording.yaml").read_bytes())
TODAY = date(2026, 11, 21)


def make_page(collection: Collection, figure: str, lang: Lang = "en") -> Page:
    return Page(table=FigureTable(collection), words=WORDING[lang], address=Address(figure=figure))


def facts_of(collection: Collection, figure: str, lang: Lang = "en") -> dict[str, str]:
    """Return what a claim's card says of it, name by name."""
    page = make_page(collection, figure, lang)
    return {name: text for name, text in list_facts(page, page.table.claims[figure]) if text}


def card_of(collection: Collection, figure: str, lang: Lang = "en") -> str:
    return unescape(compose_card(make_page(collection, figure, lang), base="https://figures.example/", today=TODAY))


@pytest.mark.parametrize(
    ("figure", "lang", "facts"),
    [
        (
            "ha-tinh-2021-smuggling-cases",
            "en",
            {
                "Measure": "cases uncovered. Cases uncovered (phát hiện, bắt giữ) during the period; "
                "not the number of criminal cases opened.",
                "Category (group of offences)": "smuggling, trade fraud, gambling and illegal border crossing",
                "Coverage": "coordinated work of the province's police, military and border guard "
                "(joint operations, not the whole province), as the article says: "
                "«Công tác phối hợp trong đấu tranh phòng, chống tội phạm giữa các lực lượng»",
                "Day of the event": "15 January 2022. The day of the event reported, not of publication.",
            },
        ),
        (
            "ha-tinh-2022-hamlets-meeting-security-standard",
            "en",
            {
                "Remainder (computed)": "computed: 1,969 − 1,962 = 7",
                "Criteria": 'the standard "safe in security and order"',
                "Kind of figure": "share of a total",
                "Coverage": "the whole province, as the article says: «toàn tỉnh có»",
            },
        ),
        (
            "kon-tum-since-2013-movement-launch-rounds",
            "en",
            {
                "Period": "certain for 2013–2017, open after that, "
                "as the article says: «từ năm 2013 đến nay» (from 2013 to date), "
                "the latest year that the article names: «từ năm 2015 đến 2017»",
            },
        ),
        (
            "kon-tum-since-2013-movement-launch-rounds",
            "vi",
            {
                "Thời gian": "chắc chắn cho 2013–2017, sau đó để ngỏ, theo lời bài báo: «từ năm 2013 đến nay», "
                "năm muộn nhất mà bài nhắc đến: «từ năm 2015 đến 2017»",
            },
        ),
        (
            "khanh-hoa-2016-khanh-vinh-self-managed-models-built",
            "vi",
            {
                "Phạm vi": "huyện Khánh Vĩnh (một địa bàn, không phải toàn tỉnh), theo lời bài báo: «huyện Khánh Vĩnh»",
            },
        ),
    ],
)
def test_a_card_says_what_its_figure_counts_and_covers(
    collection: Collection, figure: str, lang: Lang, facts: dict[str, str]
) -> None:
    said = facts_of(collection, figure, lang)
    assert {name: said.get(name) for name in facts} == facts


def test_a_review_heard_later_names_the_year_under_review(collection: Collection) -> None:
    period = facts_of(collection, "ha-tinh-2022-hamlets-meeting-security-standard")["Period"]
    assert period.startswith("15 January 2022, ")
    assert period.endswith(", from a review of 2021")


def test_what_an_article_does_not_say_of_coverage_stands_in_the_card_alone(collection: Collection) -> None:
    figure = "khanh-hoa-2016-commune-police-boards"
    page = make_page(collection, figure)
    checked = page.table.claims[figure]
    stated = {name: text for name, text in list_facts(page, checked) if name == "Coverage"}
    assert stated["Coverage"].startswith("the whole province, as the article says: ")
    unstated = {name: text for name, text in list_facts(page, replace(checked, coverage=None)) if name == "Coverage"}
    assert unstated == {"Coverage": "coverage not stated"}


def test_figures_that_may_overlap_name_each_other_whichever_says_so(collection: Collection) -> None:
    page = make_page(collection, "")
    overlaps = {
        name: {each.claim.id for each in page.table.find_overlaps(checked)}
        for name, checked in page.table.claims.items()
    }
    assert any(overlaps.values())
    assert all(name in overlaps[other] for name, others in overlaps.items() for other in others)
    for name in ("ha-tinh-2021-ketamine-seized-kg", "ha-tinh-2021-synthetic-drugs-seized-kg"):
        card = card_of(collection, name)
        assert "May overlap with <a href=" in card
        assert "; not to be added." in card
    assert "May overlap" not in card_of(collection, "ha-tinh-2021-heroin-seized-bricks")


def test_a_list_that_the_article_leaves_open_says_so(collection: Collection) -> None:
    says = "The article's list ends in «…»: there may be more than it names."
    assert {name for name in make_page(collection, "").table.claims if says in card_of(collection, name)} == {
        checked.claim.id for checked in collection.claims if checked.sentence.list_is_open
    }


def test_a_card_shows_what_is_computed_from_its_figure(collection: Collection) -> None:
    for name in ("ha-tinh-2021-smuggling-cases", "ha-tinh-2021-smuggling-persons"):
        assert "computed: 144 ÷ 72 = 2 people per case" in card_of(collection, name)
    assert "Ratio (computed)" not in card_of(collection, "ha-tinh-2021-heroin-seized-bricks")


def test_the_day_of_an_event_is_not_told_as_that_of_publication(collection: Collection) -> None:
    card = card_of(collection, "ha-tinh-2021-smuggling-cases")
    assert "day of the event: 15 January 2022; day of publication not known" in card
    assert "ngày diễn ra: 15/1/2022; không rõ ngày đăng" in card_of(collection, "ha-tinh-2021-smuggling-cases", "vi")


def test_notes_of_a_claim_its_coverage_and_its_criteria_stand_once_each(collection: Collection) -> None:
    for checked in collection.claims:
        card = card_of(collection, checked.claim.id)
        for record in (checked.claim, checked.period, checked.coverage, checked.criteria, checked.article):
            if record is not None and record.note:
                assert card.count(f'<span class="key">Note</span> {record.note}</p>') == 1


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "read by a person: spaces group the digits"), ("vi", "do người đọc, không phải máy: dấu cách phân nhóm")],
)
def test_card_and_table_say_that_a_person_read_the_number(collection: Collection, lang: Lang, said: str) -> None:
    figure = "ha-tinh-2021-smuggling-cases"
    assert said not in card_of(collection, figure, lang)
    assert "✓" in card_of(collection, figure, lang)
    read = PersonReading(value="72", why="spaces group the digits", why_vi="dấu cách phân nhóm")
    changed = replace(
        collection,
        claims=tuple(change_claim(each, read=read) if each.claim.id == figure else each for each in collection.claims),
    )
    assert f'<p class="verified">{said}</p>' in card_of(changed, figure, lang)
    assert "✓" not in card_of(changed, figure, lang)
    page = make_page(changed, figure, lang)
    table = templates.compose("macros", "rows", page=page, claims=page.table.pick(page.table.frame), columns=[])
    assert table.count(said) == 1


# The place before a claim is open


@pytest.mark.parametrize(
    ("query", "example"),
    [
        ({}, '<a href="?figure=kon-tum-secret-document-leak-cases">For example: 5 cases, Kon Tum</a>'),
        (
            {"province": "khanh-hoa", "topic": "models"},
            '<a href="?province=khanh-hoa&topic=models&figure=khanh-hoa-2016-self-managed-models-operating">'
            "For example: 228 models, Khánh Hòa</a>",
        ),
    ],
)
def test_before_any_click_the_first_figure_shows_what_one_brings(
    collection: Collection, query: dict[str, str], example: str
) -> None:
    page = make_page(collection, "")
    page = replace(page, address=replace(page.address, filters=Filters(**query)))
    place = unescape(compose_place(page, "", Markup()))
    assert example in place


def test_a_search_is_not_made_twice_for_an_example(collection: Collection) -> None:
    page = make_page(collection, "")
    page = replace(page, address=replace(page.address, filters=Filters(q="heroin")))
    assert "For example" not in compose_place(page, "", Markup())
