"""Each view in a real browser: what it shows is the data, in the order and the part that the address asks for."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from extract.claims.load.root import load_root
from extract.figures.cite import format_citation, format_json
from extract.figures.columns import FIGURES
from extract.figures.export import make_files
from extract.figures.filters import Filters
from extract.figures.formats import format_day
from extract.figures.table import SORTS, FigureTable
from tests.browser import settle, show
from tests.conftest import REPOSITORY, TODAY, Scratch
from tests.servers import Server, serve

pytestmark = pytest.mark.browser

MADE_UP = 60
"""Sentences of the article made up; each holds two figures."""
ROWS = 50
"""Rows of a page of the table."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data with an article of 120 figures more, so that the table has several pages."""
    folder = tmp_path_factory.mktemp("views") / "root"
    for part in ("data", "seeds"):
        copy_folder(REPOSITORY / part, folder / part)
    quotes = [f"Phát hiện, bắt giữ {place} vụ ma túy với {place + 1} đối tượng." for place in range(1, MADE_UP + 1)]
    sentences = [
        {
            "quote": quote,
            "translation": f"They found {place} drug cases with {place + 1} people.",
            "period": "unstated",
            "claims": [
                {"id": f"made-up-{unit}-{place}", "indicator": f"drug-{unit}s", "figure": figure, "value": str(value)}
                for unit, figure, value in (
                    ("case", f"{place} vụ", place),
                    ("person", f"{place + 1} đối tượng", place + 1),
                )
            ],
        }
        for place, quote in enumerate(quotes, start=1)
    ]
    Scratch(folder).add_article(
        "\n".join(quotes) + "\n", json.dumps({"sentences": sentences}, ensure_ascii=False)[1:-1]
    )
    return folder


def copy_folder(old: Path, new: Path) -> None:
    for file in old.rglob("*"):
        if file.is_file():
            (new / file.relative_to(old)).parent.mkdir(parents=True, exist_ok=True)
            (new / file.relative_to(old)).write_bytes(file.read_bytes())


@pytest.fixture(scope="module")
def table(root: Path) -> FigureTable:
    collection, problems = load_root(root, today=TODAY)
    assert [str(problem) for problem in problems] == []
    assert len(collection.claims) == 33 + 2 * MADE_UP
    return FigureTable(collection)


@pytest.fixture(scope="module")
def server(root: Path, table: FigureTable) -> Iterator[Server]:
    with serve(root) as running:
        yield running


def query_of(page: Page) -> dict[str, str]:
    """Return what the page's address asks for."""
    return {key: ",".join(values) for key, values in parse_qs(urlsplit(page.url).query).items()}


def rows_of(page: Page) -> list[str]:
    """Return the ids of the figures that the table shows, by the links of its rows."""
    links = page.locator("table.figures tbody td.value a").evaluate_all(
        "links => links.map(a => a.getAttribute('href'))"
    )
    return [parse_qs(link.removeprefix("?"))["figure"][0] for link in links]


def names(found: pd.DataFrame) -> list[str]:
    return [str(name) for name in found.index]


def expect_rows(page: Page, expected: list[str]) -> None:
    """Wait until the table shows these figures, in this order."""
    expect(page.locator("table.figures tbody tr")).to_have_count(len(expected))
    if expected:
        last = page.locator(f"table.figures tbody tr:last-child td.value a[href*='figure={expected[-1]}']")
        expect(last).to_have_count(1)
    assert rows_of(page) == expected


# The table


def test_the_table_is_sorted_both_ways_by_each_of_its_columns(page: Page, server: Server, table: FigureTable) -> None:
    found = table.find(Filters(topic="models,seizures,fines"))
    show(page, server, "?view=figures&topic=models,seizures,fines&lang=en")
    expect_rows(page, names(found))
    expect(page.locator("th[aria-sort]")).to_have_count(0)
    for column in SORTS:
        label = str(page.locator(f"thead th.{column}").inner_text()).strip()
        for order, direction, arrow in ((column, "ascending", "↑"), (f"-{column}", "descending", "↓")):
            page.locator(f"thead th.{column} a").click()
            head = page.locator(f"th[aria-sort={direction}]")
            expect(head).to_have_text(f"{label} {arrow}")
            expect_rows(page, names(table.sort(found, order)))
            assert query_of(page) == {
                "view": "figures",
                "topic": "seizures,fines,models",
                "sort": order,
                "lang": "en",
            }


def test_a_long_table_stands_on_pages_that_hold_every_figure_once(
    page: Page, server: Server, table: FigureTable
) -> None:
    every = names(table.find(Filters()))
    show(page, server, "?view=figures&lang=en")
    pages = -(-len(every) // ROWS)
    for place in range(1, pages + 1):
        expect(page.locator(".pages")).to_contain_text(f"Page {place} of {pages}")
        expect_rows(page, every[(place - 1) * ROWS : place * ROWS])
        assert page.get_by_role("link", name="Previous page").count() == (place > 1)
        if place < pages:
            page.get_by_role("link", name="Next page").click()
    assert page.get_by_role("link", name="Next page").count() == 0
    page.get_by_role("link", name="Previous page").click()
    expect(page.locator(".pages")).to_contain_text(f"Page {pages - 1} of {pages}")
    show(page, server, "?view=figures&lang=en&page=999")
    expect(page.locator(".pages")).to_contain_text(f"Page {pages} of {pages}")
    expect_rows(page, every[(pages - 1) * ROWS :])


def test_a_page_of_a_sorted_table_is_the_same_by_its_link(page: Page, server: Server, table: FigureTable) -> None:
    show(page, server, "?view=figures&sort=-value&page=2&lang=vi")
    expect_rows(page, names(table.sort(table.find(Filters()), "-value"))[ROWS : 2 * ROWS])
    expect(page.locator(".pages")).to_contain_text("Trang 2 trên 4")


def test_every_row_says_its_figure_as_the_article_does(page: Page, server: Server, table: FigureTable) -> None:
    found = table.pick(table.find(Filters(topic="fines,outreach,standards")))
    show(page, server, "?view=figures&topic=fines,outreach,standards&lang=en")
    cells = page.locator("table.figures tbody tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].slice(0, 2).map(c => c.textContent))"
    )
    assert cells == [[checked.province.name.en, checked.name.en] for checked in found]
    said = page.locator("table.figures tbody tr").evaluate_all(
        "rows => rows.map(r => (r.querySelector('[lang=vi]') ?? r.querySelector('td.value a')).textContent)"
    )
    assert said == [checked.claim.figure for checked in found]


# Filters


def test_filters_stand_in_the_address_and_the_address_shows_the_same(
    page: Page, server: Server, table: FigureTable
) -> None:
    show(page, server, "?view=figures&lang=en")
    filters: dict[str, str] = {}
    for group, name, key, value in (
        ("Province", "Kon Tum", "province", "kon-tum"),
        ("Province", "Khánh Hòa", "province", "kon-tum,khanh-hoa"),
        ("Year", "not stated", "year", "unstated"),
        ("Precision as stated", "Hedged (nearly, about…)", "hedge", "hedged"),
    ):
        filters[key] = value
        if group != "Province":
            page.locator("details.more summary").click()
        page.get_by_role("group", name=group).get_by_role("link", name=name).click()
        expect_rows(page, names(table.find(Filters(**filters))))
        assert query_of(page) == {"view": "figures", "lang": "en", **filters}
    page.get_by_role("searchbox").fill("triệu 640.000.000")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".notice")).to_have_text("No figures match.")
    page.get_by_role("searchbox").fill("640.000.000")
    page.get_by_role("button", name="Search").click()
    filters["q"] = "640.000.000"
    expect_rows(page, ["kon-tum-administrative-fines"])
    assert query_of(page) == {"view": "figures", "lang": "en", **filters}
    state = page.locator(".bar .state")
    expect(state).to_contain_text(f"Filtered: 1 of {len(table.claims)} figures.")
    shown = page.locator("table.figures").text_content()
    copied = page.url
    page.goto(copied)
    expect(page.locator("table.figures")).to_have_text(str(shown))
    expect(page.locator(".bar a.pill[aria-current=true]")).to_have_text(
        [f"{name} (chosen) ✕" for name in ("Kon Tum", "Khánh Hòa", "not stated", "Hedged (nearly, about…)")]
    )
    expect(page.get_by_role("searchbox")).to_have_value("640.000.000")
    page.get_by_role("link", name="Clear all filters").click()
    expect(state).to_have_count(0)
    assert query_of(page) == {"view": "figures", "lang": "en"}


def test_filters_that_nothing_passes_say_so_with_a_way_on(page: Page, server: Server) -> None:
    for view in ("figures", "compare"):
        show(page, server, f"?view={view}&province=kon-tum&topic=seizures&lang=en")
        expect(page.locator(".notice")).to_have_text(["No figures match."])
        assert page.locator("[data-testid=stVegaLiteChart]").count() == 0
        page.get_by_role("link", name="Clear all filters").click()
        expect(page.locator(".notice")).to_have_count(0)


# A province


@pytest.mark.parametrize("province", ["kon-tum", "khanh-hoa"])
def test_each_period_of_a_provinces_timeline_leads_to_its_figures(
    page: Page, server: Server, table: FigureTable, province: str
) -> None:
    own = table.pick(table.find(Filters(province=province)))
    periods = sorted({checked.period.covers for checked in own} - {"unstated"})
    show(page, server, f"?view=province&province={province}&lang=en")
    timeline = page.locator(f".st-key-province_{province}")
    timeline.locator("details.rows summary").first.click()
    links = timeline.locator("details.rows ul.ways a")
    said = {parse_qs(str(link.get_attribute("href")))["period"][0]: link for link in links.all()[1:]}
    # Its first link is the province's own.
    assert sorted(said) == sorted([*periods, "unstated"])
    for period, link in said.items():
        found = names(table.find(Filters(province=province, period=period)))
        assert found
        assert str(link.text_content()).startswith(f"{own[0].province.name.en}, ")
        assert f"{len(found)} figure" in str(link.text_content())
    drawn = timeline.locator("svg path").evaluate_all(
        """marks => marks.map(mark => new URLSearchParams(mark.__data__?.href).get('period'))
            .filter(period => period)"""
    )
    assert sorted(drawn) == sorted(said)
    for period in said:
        show(page, server, f"?view=province&province={province}&lang=en")
        click_period(page, period)
        expect(page.locator(".claims")).to_have_count(1)
        assert query_of(page) == {"view": "figures", "province": province, "period": period, "lang": "en"}
        expect_rows(page, names(table.find(Filters(province=province, period=period))))
        page.go_back()
        expect(page.locator(".province h2")).to_be_visible()


def click_period(page: Page, period: str) -> None:
    """Click with a real mouse in the middle of what stands for a period in the timeline."""
    box = page.locator("svg path").evaluate_all(
        """(marks, period) => {
            const mark = marks.find(mark => new URLSearchParams(mark.__data__?.href).get('period') === period);
            mark.scrollIntoView({block: 'center'});
            const box = mark.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2, box.width, box.height];
        }""",
        period,
    )
    assert min(box[2:]) >= 24
    page.mouse.move(box[0] - 30, box[1] - 4)
    page.mouse.move(box[0], box[1], steps=4)
    page.mouse.down()
    page.mouse.up()


def test_a_provinces_page_tells_its_borders_its_figures_and_its_articles(
    page: Page, server: Server, table: FigureTable
) -> None:
    for slug, province in table.collection.provinces.items():
        if slug == "ha-tinh":
            continue
        own = table.pick(table.find(Filters(province=slug)))
        articles = [s for s in table.collection.sources if s.record.article.province == slug]
        show(page, server, f"?view=province&province={slug}&lang=en")
        expect(page.locator(".province h2")).to_have_text(f"{province.name.en} province")
        counts = f"{len(own)} figures from {len(articles)} article{'s' * (len(articles) != 1)}."
        expect(page.locator(".province > p")).to_have_text(
            f"{counts} {province.borders.en} · ISO 3166-2: {province.iso_code}"
        )
        assert rows_of(page) == [checked.claim.id for checked in own]
        expect(page.locator(".articles li")).to_have_count(len(articles))
        topics = {checked.topic.id: checked.topic for checked in own}
        expect(page.locator(".celltopic")).to_have_text([topic.name.en for topic in topics.values()])
        missing = [topic.name.en for topic in table.collection.topics.values() if topic.id not in topics]
        expect(page.locator("p.absent").first).to_have_text(f"Not reported in these articles: {', '.join(missing)}")


def test_chosen_provinces_stand_one_under_the_other_in_the_order_of_every_view(
    page: Page, server: Server, table: FigureTable
) -> None:
    show(page, server, "?view=province&province=khanh-hoa,kon-tum&lang=en")
    expect(page.locator(".province h2")).to_have_text(["Kon Tum province", "Khánh Hòa province"])
    assert rows_of(page) == [
        checked.claim.id
        for slug in ("kon-tum", "khanh-hoa")
        for checked in table.pick(table.find(Filters(province=slug)))
    ]
    show(page, server, "?view=province&lang=en")
    expect(page.locator(".province h2")).to_have_count(len(table.reporting))


# Articles


def test_the_list_of_articles_leads_to_each_whole_text_and_back(page: Page, server: Server, table: FigureTable) -> None:
    show(page, server, "?view=articles&lang=en")
    items = page.locator(".articles li")
    sources = table.collection.sources
    expect(items).to_have_count(len(sources))
    for place, source in enumerate(sources):
        seed = source.record.article.seed
        figures, numbers = len(table.by_seed.get(seed, ())), len(table.ledger[seed])
        expect(items.nth(place)).to_contain_text(
            f"{figures} figure{'s' * (figures != 1)}, {numbers} number{'s' * (numbers != 1)} in the text"
        )
    items.nth(3).locator("a.title").click()
    expect(page.locator(".article .text")).to_be_visible()
    assert page.locator(".article .text").text_content() == sources[3].text.raw
    page.get_by_role("link", name="All articles").click()
    expect(items).to_have_count(len(sources))


def test_a_figure_in_its_article_opens_beside_the_text_and_stands_in_sight(page: Page, server: Server) -> None:
    show(page, server, "?view=articles&article=003_b2aa1906d32ce349&lang=en")
    figure = page.locator(".article .text a.inline", has_text="238.000 viên ma túy tổng hợp")
    figure.click()
    expect(page.locator("blockquote mark")).to_have_text("238.000 viên ma túy tổng hợp")
    expect(page.locator(".article .text a.inline[data-open]")).to_be_in_viewport()
    assert query_of(page)["article"] == "003_b2aa1906d32ce349"
    page.locator(".claim a.close").click()
    expect(page.locator("blockquote")).to_have_count(0)
    expect(page.locator(".article .text")).to_be_visible()


def test_what_the_page_says_of_itself_is_whole_in_both_languages(page: Page, server: Server) -> None:
    for lang, heads in (("vi", "Trang này là gì"), ("en", "What this is")):
        show(page, server, f"?view=about&lang={lang}")
        expect(page.locator(".about h2")).to_have_count(6)
        expect(page.locator(".about h2").first).to_have_text(heads)
        assert all(len(text) > 80 for text in page.locator(".about p").all_text_contents())


# Taking away


def download(page: Page, link: Locator) -> tuple[str, bytes]:
    """Return the name and the content of what a click on a link saves."""
    with page.expect_download() as caught:
        link.click()
    return caught.value.suggested_filename, caught.value.path().read_bytes()


def test_a_claim_is_cited_linked_to_and_taken_away(page: Page, server: Server, table: FigureTable) -> None:
    checked = table.claims["kon-tum-administrative-fines"]
    row = FIGURES.format_row(checked)
    source = table.sources[checked.article.seed.removesuffix(".txt")]
    show(page, server, f"?figure={checked.claim.id}&lang=en")
    name, content = download(page, page.get_by_role("link", name="This row as CSV"))
    assert name == "figures-kon-tum-administrative-fines.csv"
    assert list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""))) == [FIGURES.names, list(row.values())]
    name, content = download(page, page.get_by_role("link", name="This row as JSON"))
    assert (name, content.decode("utf-8")) == (
        "figures-kon-tum-administrative-fines.json",
        format_json(checked),
    )
    link = f"{server.url}/?figure={checked.claim.id}"
    before = datetime.now(tz=UTC).date()
    copied = []
    for button in page.locator(".copies button").all():
        button.click()
        expect(button).to_have_text("Copied")
        copied.append(page.evaluate("navigator.clipboard.readText()"))
    # The citations say the day; a test that runs over midnight may have read either.
    retrieved = next(day for day in (before, datetime.now(tz=UTC).date()) if format_day(day, "en") in copied[0])
    assert copied == [
        *(
            format_citation(checked, source.text.text, lang=lang, link=link, retrieved=retrieved)
            for lang in ("en", "vi")
        ),
        link,
    ]
    page.goto(copied[-1])
    expect(page.locator("blockquote mark")).to_have_text(checked.claim.figure)


def test_the_zip_of_the_page_is_the_export_of_the_collection_with_its_address(
    page: Page, server: Server, table: FigureTable
) -> None:
    show(page, server, "?lang=en&view=about")
    page.locator("details.data summary").click()
    name, content = download(page, page.locator(".data a", has_text="zip"))
    assert name == "figures.zip"
    files = make_files(table, base=f"{server.url}/")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        assert {member: package.read(member) for member in package.namelist()} == files


def test_the_zip_of_a_filtered_page_holds_what_its_filters_let_through(
    page: Page, server: Server, table: FigureTable
) -> None:
    show(page, server, "?lang=en&view=figures&province=kon-tum&q=640.000.000")
    expect_rows(page, names(table.search(Filters(province="kon-tum", q="640.000.000"))))
    page.locator("details.data summary").click()
    _, content = download(page, page.locator(".data a", has_text="zip"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {member: package.read(member) for member in package.namelist()} == make_files(
            table, Filters(province="kon-tum", q="640.000.000"), f"{server.url}/"
        )


# For everyone


def focused(page: Page) -> str:
    """Return what the keyboard's focus stands on: its text alternative or its text."""
    return str(
        page.evaluate(
            """() => {
                const element = document.activeElement;
                // Streamlit's own frame of the whole page says nothing of itself.
                if (element.matches('body, main')) return '';
                return element.getAttribute('aria-label') ?? element.textContent.trim();
            }"""
        )
    )


def tab_to(page: Page, wanted: str, most: int) -> None:
    """Press Tab until the focus stands on what is called so."""
    passed: list[str] = []
    while len(passed) < most:
        page.keyboard.press("Tab")
        passed.append(focused(page))
        if passed[-1] == wanted:
            return
    raise AssertionError(f"{wanted!r} is not among the first {most} that Tab reaches: {passed}")


def test_a_claim_is_opened_and_left_by_the_keyboard_alone(page: Page, server: Server, table: FigureTable) -> None:
    show(page, server, "?lang=en&province=kon-tum,khanh-hoa")
    tab_to(page, "Skip to the content", 3)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    label = page.locator("svg path[aria-label]").first.get_attribute("aria-label")
    assert label is not None
    tab_to(page, label, 60)
    page.keyboard.press("Enter")
    expect(page.locator("blockquote mark")).to_have_count(1)
    assert str(page.locator(".claim h2").text_content()).partition(" · ")[0] in label
    settle(page)
    figure = query_of(page)["figure"]
    assert page.locator(".copytext").last.text_content() == f"{server.url}/?figure={figure}"
    page.keyboard.press("Escape")
    expect(page.locator("blockquote")).to_have_count(0)
    assert "figure" not in query_of(page)


def test_what_has_the_focus_is_outlined(page: Page, server: Server) -> None:
    show(page, server, "?lang=en&province=kon-tum,khanh-hoa")
    reached = 0
    outlines = set()
    while reached < 40:
        page.keyboard.press("Tab")
        reached += 1
        outline = page.evaluate(
            """() => {
                const style = getComputedStyle(document.activeElement);
                const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                return [document.activeElement.outerHTML.slice(0, 80), ring || style.boxShadow !== 'none'];
            }"""
        )
        outlines.add(tuple(outline))
    assert {
        element for element, is_outlined in outlines if not is_outlined and not element.startswith("<body")
    } == set()


def test_a_printed_page_leaves_out_what_can_only_be_clicked(page: Page, server: Server) -> None:
    show(page, server, "?lang=en&figure=kon-tum-administrative-fines")
    page.emulate_media(media="print")
    for hidden in (".filters", ".views", ".langs", ".data", ".claim .close", ".copies button", "details.rows"):
        assert [place.is_visible() for place in page.locator(hidden).all()].count(True) == 0, hidden
    for shown in (
        "h1",
        ".head .lead",
        "table.coverage",
        "blockquote",
        ".claim .cite",
        "[data-testid=stVegaLiteChart] svg",
    ):
        expect(page.locator(shown).first).to_be_visible()
    assert page.get_by_role("button", name="Download CSV").is_hidden()
