"""A change on the page: which way it goes and against what, in words, and never on an axis with a level."""

from decimal import Decimal

import pytest

from extract.claims.collection import Collection
from extract.claims.records import Lang
from extract.figures.compare import Relation
from extract.figures.groups import FigureGroup
from extract.figures.search import Rank, rank_matches
from extract.page.comparisons import make_across
from extract.page.sheet import make_sheet
from extract.page.views.articles import cut_text
from extract.page.views.claim import list_facts
from tests.claims.test_changes import FILE, TEXT
from tests.conftest import MADE_UP, Scratch
from tests.page.composed import make_page, rows_of


@pytest.fixture
def changed(scratch: Scratch) -> Collection:
    """The real articles and one with changes."""
    scratch.add_article(TEXT, FILE)
    collection, problems = scratch.load()
    assert problems == []
    return collection


@pytest.mark.parametrize(
    ("figure", "lang", "facts"),
    [
        (
            "made-cases-change",
            "en",
            {
                "Kind of figure": "change",
                "Unit": "case",
                "Measured against": "January–June 2019, as the article says: «cùng kỳ năm 2019»"
                " (the same period of 2019)",
            },
        ),
        (
            "made-smuggling-change",
            "vi",
            {
                "Loại số liệu": "mức tăng, giảm",
                "Đơn vị": "%",
                "So với": "không rõ ngày, theo lời bài báo: «năm ngoái»",
            },
        ),
        ("made-smuggling", "en", {"Measured against": "113 (a time that is not stated)"}),
        ("made-tet", "en", {"Period": "days not known, as the article says: «7 ngày Tết» (the 7 days of Tết)"}),
    ],
)  # fmt: skip
def test_a_card_says_which_way_and_against_what(
    changed: Collection, figure: str, lang: Lang, facts: dict[str, str]
) -> None:
    page = make_page(changed, lang, figure=figure)
    said = {name: text for name, text in list_facts(page, page.table.claims[figure]) if text}
    assert {name: said[name] for name in facts} == facts


def test_both_places_of_a_repeated_fact_lead_to_its_one_figure(changed: Collection) -> None:
    page = make_page(changed)
    source = page.table.sources["made-up"]
    figures = {checked.claim.id: checked for checked in page.table.by_seed["made-up.txt"]}
    entries = page.table.ledger["made-up.txt"]
    pieces = list(cut_text(page, source, figures, entries, (0, len(source.text.raw))))
    assert "".join(piece.text for piece in pieces) == TEXT
    assert [piece.text for piece in pieces if piece.checked is figures["made-cases"]] == ["72", "72 vụ"]


def test_a_sheet_has_a_decrease_below_zero(changed: Collection) -> None:
    page = make_page(changed)
    claims = [page.table.claims[name] for name in ("made-cases-change", "made-smuggling-change")]
    sheet = make_sheet(page, claims, name="made up")
    frame = sheet.rows.data  # type: ignore[attr-defined] # pandas does not declare it
    assert frame["Value"].tolist() == [12.0, -3.5]


def test_the_number_before_is_found_by_a_search(changed: Collection) -> None:
    page = make_page(changed)
    ranks = rank_matches(page.table.frame, "113")
    assert ranks[page.table.frame.index == "made-smuggling"].tolist() != [Rank.NOWHERE]


def test_a_chart_of_changes_names_the_time_that_they_are_against(changed: Collection) -> None:

    page = make_page(changed)
    group = FigureGroup(claims=(page.table.claims["made-cases-change"],), relation=Relation.ACROSS)
    record = make_across(page, group, ())
    assert record.title == "Cases uncovered: drugs – change against January–June 2019"
    rows = rows_of(record.chart)
    assert [(row["id"], Decimal(str(row["value"])), row["words"]) for row in rows] == [
        ("made-cases-change", Decimal(12), "up 12 cases")
    ]
    assert all(checked.path == MADE_UP for checked in record.drawn)
