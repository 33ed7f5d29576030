"""The page before its scripts and without them, and the published folder, in a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from extract.claims.collection import Collection
from tests.browser import LONGEST_WAIT, open_browser, settle
from tests.servers import Server

pytestmark = pytest.mark.browser

FIGURE = "khanh-hoa-2016-commune-police-boards"
WIDTHS = (1280, 390)
# Where the headings stand on the page, from its top, and how far the page is scrolled.
PLACES = """() => [...document.querySelectorAll('.stHtml :is(h1, h2, h3)')]
    .filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.closest('.place'))
    .map(each => [each.textContent.trim(), each.getBoundingClientRect().top + scrollY
        + (document.querySelector('#root .stMain')?.scrollTop ?? 0)])"""
# The marks of each chart with the labels of its years, from top to bottom and from left to right: HTML's, then Vega's.
# Of these only bars and dots, neither what they stand in nor the link over them nor what fades away.
DRAWN = """() => [...document.querySelectorAll('#words .stVegaLiteChart')]
    .map(chart => [chart, chart.querySelectorAll('i.bar, .years small')])"""
DRAWN_BY_VEGA = """() => [...document.querySelectorAll('#root .stVegaLiteChart')].map(chart => [chart,
    [...chart.querySelectorAll('.mark-rect path, .mark-symbol path, .role-axis-label text')]
        .filter(mark => mark.tagName === 'text' || mark.getAttribute('fill')?.startsWith('#'))
        .filter(mark => !['0', '0.35'].some(faint => [mark.getAttribute('fill-opacity'), mark.getAttribute('opacity')]
            .includes(faint)))])"""
PLACED = """([chart, marks]) => {
    const { left, top } = chart.getBoundingClientRect();
    return [...marks].map(mark => [mark.tagName.match(/small|text/i) ? mark.textContent : '',
            mark.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0)
        .map(([year, box]) => [year, box.left - left + box.width / 2, box.top - top + box.height / 2,
            year ? 0 : box.width]);
}"""
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as running:
        yield running


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Page:
    """A tab that runs no scripts."""
    tab = browser.new_context(java_script_enabled=False, locale="en-GB").new_page()
    tab.set_default_timeout(LONGEST_WAIT)
    return tab


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    wide: int = request.param
    return wide


def open_plain(page: Page, url: str, width: int = 1280) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(url)


def open_held(browser: Browser, url: str, width: int = 1280) -> tuple[Page, Callable[[], None]]:
    """Return a tab whose page keeps its words, for its own script does not come before the second value is called."""
    tab = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB").new_page()
    tab.set_default_timeout(LONGEST_WAIT)
    held: list[Route] = []
    tab.route("**/page.*.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    with tab.expect_request("**/page.*.js"):
        tab.goto(url, wait_until="commit")

    def go_on() -> None:
        while not held:
            tab.wait_for_timeout(50)
        held[0].continue_()

    return tab, go_on


# The live page


def test_without_scripts_a_figure_stands_open_and_leads_to_others(server: Server, plain: Page, width: int) -> None:
    open_plain(plain, f"{server.url}/?figure={FIGURE}&lang=en", width)
    expect(plain.locator("blockquote mark")).to_have_text("97 ban công an xã")
    expect(plain.locator("blockquote mark")).to_be_in_viewport(ratio=1)
    assert plain.evaluate(OVERFLOW) <= 0
    plain.locator(".card .close").click()
    expect(plain.locator("article.claim")).to_have_count(0)
    plain.locator(f".rows a[data-figure={FIGURE}]").click()
    expect(plain.locator("blockquote mark")).to_have_text("97 ban công an xã")
    assert plain.url.startswith(f"{server.url}/?figure={FIGURE}")


def test_without_scripts_a_search_finds_in_the_readers_language(server: Server, plain: Page) -> None:
    open_plain(plain, f"{server.url}/?view=figures&lang=vi")
    plain.locator("input[name=q]").fill("640000000")
    plain.locator("form.filters button").click()
    expect(plain.locator("html")).to_have_attribute("lang", "vi")
    expect(plain.locator("tr[data-figure]").first).to_have_attribute("data-figure", "kon-tum-administrative-fines")


def test_the_page_takes_the_place_of_its_words_and_nothing_moves(
    server: Server, browser: Browser, plain: Page, width: int
) -> None:
    url = f"{server.url}/?lang=en"
    open_plain(plain, url, width)
    before = plain.evaluate(PLACES)
    tab, go_on = open_held(browser, url, width)
    expect(tab.locator("#words h1")).to_be_visible()
    expect(tab.locator("#root")).to_be_hidden()
    go_on()
    settle(tab)
    for once in ("h1", "header.head", ".place", ".bar"):
        expect(tab.locator(once)).to_have_count(1)
    expect(tab.locator("#root h1")).to_be_visible()
    now = tab.evaluate(PLACES)
    assert [name for name, _ in now] == [name for name, _ in before]
    assert max(abs(there - here) for (_, here), (_, there) in zip(before, now, strict=True)) <= 8
    assert tab.evaluate(OVERFLOW) <= 0
    tab.context.close()


def test_what_is_drawn_before_the_scripts_stands_where_it_stands_after_them(
    server: Server, browser: Browser, plain: Page, width: int
) -> None:
    url = f"{server.url}/?lang=en"
    open_plain(plain, url, width)
    before = list_drawn(plain, DRAWN)
    tab = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB").new_page()
    tab.goto(url)
    settle(tab)
    now = list_drawn(tab, DRAWN_BY_VEGA)
    tab.context.close()
    timeline = before[0]
    assert sum(not name for name, *_ in timeline) == 5
    assert [name for name, *_ in timeline if name] == {
        1280: [str(year) for year in range(2013, 2024)],
        390: ["2013", "2015", "2017", "2019", "2021", "2023"],
    }[width]
    assert [[name for name, *_ in chart] for chart in now] == [[name for name, *_ in chart] for chart in before]
    assert len(before) > 3
    for there, here in zip(before, now, strict=True):
        # Where the head of a ratio has no room, Vega draws all of the pairs a little narrower.
        near = 3 if there is timeline or width < 900 else 6
        for (_, *places), (_, *drawn) in zip(there, here, strict=True):
            assert places == pytest.approx(drawn, abs=near)


def list_drawn(page: Page, drawn: str) -> list[list[tuple[str, float, float, float]]]:
    """Return of each chart what stands in it: the year, the middle from the chart's left and top, and the width."""
    charts = page.evaluate(f"() => ({drawn})().map({PLACED})")
    return [sorted(map(tuple, chart), key=lambda mark: (round(mark[2]), mark[1])) for chart in charts]


def test_without_scripts_a_period_of_the_timeline_says_and_leads_to_what_it_counts(server: Server, plain: Page) -> None:
    open_plain(plain, f"{server.url}/?lang=en")
    period = plain.get_by_role("link", name="Hà Tĩnh, 2021: 12 figures", exact=True).first
    expect(period).to_have_attribute("title", "Hà Tĩnh, 2021: 12 figures")
    expect(period).to_have_text("12")
    period.click()
    expect(plain.locator("tr[data-figure]")).to_have_count(12)


def test_what_a_reader_has_scrolled_to_and_typed_stays_as_it_is(server: Server, browser: Browser) -> None:
    tab, go_on = open_held(browser, f"{server.url}/?lang=en")
    seen = tab.locator("#words #topic-standards h2")
    expect(seen).to_be_visible()
    tab.wait_for_function("() => document.querySelector('#root header.head') && document.fonts.status === 'loaded'")
    seen.evaluate("each => window.scrollTo(0, each.getBoundingClientRect().top - 300)")
    tab.locator("#words input[name=q]").evaluate("each => { each.value = 'hero'; each.focus({ preventScroll: true }) }")
    top = seen.evaluate("each => each.getBoundingClientRect().top")
    assert top == pytest.approx(300, abs=1)
    go_on()
    settle(tab)
    now = tab.locator("#root #topic-standards h2").evaluate("each => each.getBoundingClientRect().top")
    assert now == pytest.approx(top, abs=8)
    expect(tab.locator("input[name=q]")).to_have_value("hero")
    expect(tab.locator("input[name=q]")).to_be_focused()
    tab.context.close()


# The published folder


def test_every_figures_page_of_the_folder_shows_its_sentence_without_scripts(
    site: Path, collection: Collection, plain: Page
) -> None:
    for checked in collection.claims:
        open_plain(plain, (site / f"vi/figure/{checked.claim.id}.html").as_uri(), 390)
        expect(plain.locator("blockquote")).to_have_text(checked.sentence.quote)
        expect(plain.locator("blockquote mark")).to_have_text(checked.claim.figure)
        expect(plain.locator("blockquote mark")).to_be_visible()
        assert plain.evaluate(OVERFLOW) <= 0


def test_a_mark_of_a_chart_in_the_folder_leads_to_its_figure(site: Path, plain: Page) -> None:
    open_plain(plain, (site / "en/topic/forces.html").as_uri())
    plain.locator(f"svg a[*|href$='{FIGURE}.html']").first.click()
    expect(plain.locator("blockquote mark")).to_have_text("97 ban công an xã")
    plain.get_by_text("See it in the article").click()
    expect(plain.locator(f"#figure-{FIGURE}")).to_be_in_viewport()
    plain.locator("nav.langs a[hreflang=vi]").click()
    expect(plain.locator("html")).to_have_attribute("lang", "vi")


def test_the_folder_is_searched_where_scripts_run(site: Path, browser: Browser) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto((site / "en/about.html").as_uri())
    tab.get_by_label("Search names, numbers and quotes").fill("hêroin")
    expect(tab.locator(".found a").first).to_contain_text("heroin seized")
    tab.get_by_label("Search names, numbers and quotes").fill("640000000")
    expect(tab.locator(".found a").first).to_contain_text("nearly 640,000,000 đồng")
    assert tab.evaluate(OVERFLOW) <= 0
    tab.locator(".found a").first.click()
    expect(tab.locator("blockquote mark")).to_have_text("gần 640.000.000 đồng")
    tab.get_by_label("Search names, numbers and quotes").fill("no such thing")
    expect(tab.locator(".found .state")).to_have_text("No figures match.")
    tab.close()
