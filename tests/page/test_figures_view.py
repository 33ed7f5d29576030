"""The Figures view as its readers meet it: each row, each hit, the spreadsheet, and the ways to the data."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from extract.claims.load.root import load_root
from extract.figures.filters import Filters
from extract.figures.table import FigureTable
from tests.browser import show
from tests.conftest import REPOSITORY, TODAY
from tests.page.quotes import QUOTE, list_quoted
from tests.servers import Server

pytestmark = pytest.mark.browser

ROW_HEIGHT = 35
"""Pixels of a row of the spreadsheet, and of its head."""


@pytest.fixture(scope="module")
def table() -> FigureTable:
    return FigureTable(load_root(REPOSITORY, today=TODAY)[0])


def read_query(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def click_at(page: Page, x: float, y: float) -> None:
    """Click with a real mouse: it comes from somewhere, and rests for a moment."""
    page.mouse.move(x - 30, y - 4)
    page.mouse.move(x, y, steps=4)
    page.mouse.down()
    page.mouse.up()


# The table


@pytest.mark.parametrize(("width", "every"), [(390, 5), (1280, 1)])
def test_a_click_anywhere_in_a_row_opens_its_claim(
    page: Page, server: Server, table: FigureTable, width: int, every: int
) -> None:
    """In every row at a desk; on a phone, where rows have another form, in some, the last first; at several places."""
    page.set_viewport_size({"width": width, "height": 900})
    show(page, server, "?view=figures&lang=en")
    rows = page.locator(".claims tbody tr")
    expect(rows).to_have_count(len(table.claims))
    shown = {}
    for place, claim in list(enumerate(table.frame.index))[::-every]:
        row = rows.nth(place)
        row.scroll_into_view_if_needed()
        box = row.bounding_box()
        assert box is not None
        assert box["height"] >= (48 if width == 390 else 24)
        # In turn at its left end, in its middle and at its right end.
        x = box["x"] + (4, box["width"] / 2, box["width"] - 4)[place % 3]
        click_at(page, x, box["y"] + box["height"] / 2)
        expect(page.locator("article.claim")).to_have_attribute("data-claim", claim)
        expect(row).to_have_attribute("data-open", "")
        shown[claim] = page.locator("blockquote").evaluate(QUOTE)
        page.locator(".claim .close").click()
        expect(page.locator("article.claim")).to_have_count(0)
    assert shown == {claim: list_quoted(table.claims[claim]) for claim in table.frame.index[::-every]}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_row_says_what_its_figure_covers(page: Page, server: Server, table: FigureTable, lang: str) -> None:
    show(page, server, f"?view=figures&lang={lang}")
    said = page.locator(".claims td.coverage").all_inner_texts()
    whole, not_whole = {
        "vi": ("toàn tỉnh", "không phải toàn tỉnh"),
        "en": ("the whole province", "not the whole province"),
    }[lang]
    expected = []
    for checked in table.pick(table.frame):
        assert checked.coverage is not None
        name = checked.coverage.name
        expected.append(whole if name is None else f"{getattr(name, lang)}, {not_whole}")
    assert said == expected
    assert {"vi": "huyện Khánh Vĩnh", "en": "Khánh Vĩnh district"}[lang] + f", {not_whole}" in said


@pytest.mark.parametrize("width", [390, 1280])
def test_the_table_needs_no_scrolling_sideways(page: Page, server: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for query in ("?view=figures&lang=vi", "?view=figures&lang=en&figure=ha-tinh-2021-drug-cases"):
        show(page, server, query)
        wide = "nodes => nodes.filter(n => n.scrollWidth > n.clientWidth + 1).map(n => n.textContent)"
        assert page.locator(".claims, .claims td").evaluate_all(wide) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


# Search


def list_hits(row: Locator) -> list[str]:
    return row.locator("mark.hit").all_inner_texts()


@pytest.mark.parametrize(
    ("query", "figure", "hits"),
    [
        ("lang=en&q=640000000", "nearly 640,000,000 đồng", ["640,000,000", "640.000.000"]),
        ("lang=vi&q=640,000,000", "gần 640.000.000 đồng", ["640.000.000", "640.000.000"]),
        ("lang=en&q=1962", "1,962 of 1,969 hamlets and residential groups", ["1,962", "1.962"]),
        ("lang=en&q=1.962", "1,962 of 1,969 hamlets and residential groups", ["1,962", "1.962"]),
        ("lang=en&q=0,9", "0.9 kg", ["0.9", "0,9"]),
        ("lang=vi&q=0.9", "0,9kg ketamine", ["0,9", "0,9"]),
        ("lang=en&q=HEROIN", "13 bricks", ["heroin", "heroin"]),
        ("lang=vi&q=heroin", "13 bánh heroin", ["heroin", "heroin"]),
        ("lang=en&q=hamlets", "1,962 of 1,969 hamlets and residential groups", ["hamlets", "hamlets"]),
        ("lang=vi&q=to dan pho", "1.962/1.969 thôn, tổ dân phố", ["tổ dân phố", "tổ dân phố"]),
        ("lang=vi&q=0,9 kg", "0,9kg ketamine", ["0,9 kg"]),
        ("lang=vi&q=hong phien", "238.000 viên ma túy tổng hợp", ["hồng phiến"]),
    ],
)
def test_what_a_search_means_comes_first_with_its_hits_marked(
    page: Page, server: Server, query: str, figure: str, hits: list[str]
) -> None:
    show(page, server, f"?view=figures&{query}")
    first = page.locator(".claims tbody tr").first
    expect(first.locator("td.value a")).to_have_text(figure)
    assert list_hits(first) == hits


def test_a_row_found_by_its_sentence_alone_shows_the_place(page: Page, server: Server) -> None:
    show(page, server, "?view=figures&lang=vi&q=banh heroin")
    said = page.locator(".claims .excerpt")
    expect(said).to_have_count(7)
    for place in range(7):
        expect(said.nth(place)).to_have_attribute("lang", "vi")
        assert list_hits(said.nth(place)) == ["bánh heroin"]
        assert "thu giữ 13 bánh heroin, 28kg" in said.nth(place).inner_text()
    show(page, server, "?view=figures&lang=en&q=banh heroin")
    expect(said.first).to_have_attribute("lang", "vi")
    show(page, server, "?view=figures&lang=en&q=bricks of heroin")
    expect(said.first).to_have_attribute("lang", "en")
    assert list_hits(said.first) == ["bricks of heroin"]


def test_words_far_apart_are_marked_one_by_one(page: Page, server: Server) -> None:
    show(page, server, "?view=figures&lang=vi&q=ketamine giu")
    assert list_hits(page.locator(".claims tbody tr").first) == ["ketamine", "giữ", "ketamine"]


def test_a_chosen_order_stands_above_the_rank_and_compare_keeps_its_own(
    page: Page, server: Server, table: FigureTable
) -> None:
    found = table.find(Filters(q="heroin"))
    for order in ("", "province", "-value", "article"):
        show(page, server, f"?view=figures&lang=en&q=heroin&sort={order}")
        expected = table.sort(found, order) if order else table.search(Filters(q="heroin"))
        names = page.locator(".claims tbody tr").evaluate_all("rows => rows.map(row => row.dataset.figure)")
        assert names == expected.index.tolist()
        expect(page.get_by_text("Best matches first")).to_have_count(0 if order else 1)


# The spreadsheet

IS_STILL = """() => {
    const grid = document.querySelector('[data-testid=stDataFrame] canvas');
    const now = JSON.stringify(grid.getBoundingClientRect()) + grid.innerHTML;
    window.still = window.seen === now ? window.still + 1 : 0;
    window.seen = now;
    return window.still === 30;
}"""
"""Whether the grid has stayed as it is for thirty frames: after its first drawing it lays itself out once more."""


def open_sheet(page: Page, server: Server, query: str = "") -> Locator:
    show(page, server, f"?view=figures&table=sheet&lang=en{query}")
    sheet = page.locator("[data-testid=stDataFrame]")
    find_row(sheet, 1).wait_for(state="attached")
    sheet.scroll_into_view_if_needed()
    page.wait_for_function(IS_STILL)
    return sheet


def find_row(sheet: Locator, place: int) -> Locator:
    """Return a row, counted from the head, in the table that the grid keeps of its visible cells for screen readers."""
    return sheet.locator(f"canvas [role=row][aria-rowindex='{place + 1}']")


def click_row(page: Page, sheet: Locator, place: int, *, from_end: bool = False) -> None:
    """Click a row of the spreadsheet by its place on the screen, counted from its head or from its end."""
    box = sheet.bounding_box()
    assert box is not None
    y = box["y"] + (box["height"] - ROW_HEIGHT * (place - 0.5) if from_end else ROW_HEIGHT * (place + 0.5))
    click_at(page, box["x"] + 240, y)


def test_the_spreadsheet_is_reached_and_left_by_links_that_keep_the_filters(own_page: Page, server: Server) -> None:
    page = own_page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    show(page, server, "?view=figures&lang=en&province=ha-tinh")
    assert not [url for url in asked if "DataFrame" in url]
    page.get_by_role("link", name="As a spreadsheet").click()
    page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    assert [url for url in asked if "DataFrame" in url]
    assert read_query(page) == {"view": "figures", "province": "ha-tinh", "table": "sheet", "lang": "en"}
    page.get_by_role("link", name="Back to the table").click()
    expect(page.locator(".claims tbody tr")).to_have_count(16)
    assert read_query(page) == {"view": "figures", "province": "ha-tinh", "lang": "en"}


@pytest.mark.parametrize("width", [390, 1280])
def test_a_click_in_the_spreadsheet_opens_its_rows_claim(
    page: Page, server: Server, table: FigureTable, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    names = table.frame.index.tolist()
    sheet = open_sheet(page, server)
    for place in (1, 2, 9):
        click_row(page, sheet, place)
        expect(page.locator("article.claim")).to_have_attribute("data-claim", names[place - 1])
        expect(page.locator("blockquote mark")).to_be_in_viewport()
        assert read_query(page)["figure"] == names[place - 1]
        page.locator(".claim .close").click()
        expect(page.locator("article.claim")).to_have_count(0)
        expect(sheet.locator("canvas [aria-selected=true]")).to_have_count(0)
    click_row(page, sheet, 9)  # again, after its claim was closed
    expect(page.locator("article.claim")).to_have_attribute("data-claim", names[8])
    page.reload()
    expect(page.locator("article.claim")).to_have_attribute("data-claim", names[8])


def test_the_last_row_of_the_spreadsheet_opens_its_claim(page: Page, server: Server, table: FigureTable) -> None:
    sheet = open_sheet(page, server)
    box = sheet.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.wheel(0, 5000)
    find_row(sheet, len(table.claims)).wait_for(state="attached")
    click_row(page, sheet, 1, from_end=True)
    expect(page.locator("article.claim")).to_have_attribute("data-claim", table.frame.index[-1])


def test_the_spreadsheet_sorts_and_a_row_opens_its_own_claim_still(
    page: Page, server: Server, table: FigureTable
) -> None:
    sheet = open_sheet(page, server)
    box = sheet.bounding_box()
    assert box is not None
    before = str(find_row(sheet, 1).text_content())
    click_at(page, box["x"] + 540, box["y"] + ROW_HEIGHT / 2)  # by value, the least first
    expect(find_row(sheet, 1)).not_to_have_text(before)
    click_row(page, sheet, 1)
    least = min(table.claims.values(), key=lambda checked: checked.claim.value)
    expect(page.locator("article.claim")).to_have_attribute("data-claim", least.claim.id)


# Get the data


def test_the_data_are_given_away_in_every_view_with_the_filters(page: Page, server: Server) -> None:
    for view in ("compare", "province", "figures", "articles", "about"):
        show(page, server, f"?view={view}&lang=en&province=ha-tinh&topic=seizures")
        expect(page.locator("details.data summary")).to_have_text("Get the data · 4 of 33 figures")
        page.locator("details.data summary").click()
        assert page.locator(".data li a").evaluate_all("links => links.map(a => a.getAttribute('href'))") == [
            "figures.xlsx?province=ha-tinh&topic=seizures",
            "figures.csv?province=ha-tinh&topic=seizures",
            "figures.json?province=ha-tinh&topic=seizures",
            "figures.parquet?province=ha-tinh&topic=seizures",
            "figures.zip?province=ha-tinh&topic=seizures",
        ]
    show(page, server, "?lang=vi")
    expect(page.locator("details.data summary")).to_have_text("Tải dữ liệu · 33 số liệu")
    hrefs = page.locator(".data li a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert hrefs == [f"figures.{form}" for form in ("xlsx", "csv", "json", "parquet", "zip")]


def test_the_code_that_reads_the_data_is_copied_whole(page: Page, server: Server) -> None:
    show(page, server, "?view=figures&lang=en&q=ma túy")
    page.locator("details.data summary").click()
    address = f"{server.url}/figures.csv?q=ma%20t%C3%BAy"
    parquet = f"{server.url}/figures.parquet?q=ma%20t%C3%BAy"
    codes = {
        "pandas": f'pd.read_csv("{address}", dtype={{"value": str, "of": str}})',
        "polars": f'pl.scan_parquet("{parquet}", glob=False)',
        "DuckDB": f"SELECT * FROM read_parquet('{parquet}');",
        "curl": f'curl -fOJ "{address}"',
        "R": f'read.csv("{address}", colClasses = "character", encoding = "UTF-8")',
        "Google Sheets": f'=IMPORTDATA("{address}", ",", "en_US")',
    }
    for copied, (name, code) in enumerate(codes.items(), 1):
        page.get_by_role("button", name=f"Copy for {name}").click()
        expect(page.locator(".data button", has_text="Copied")).to_have_count(copied)
        assert page.evaluate("navigator.clipboard.readText()") == code
