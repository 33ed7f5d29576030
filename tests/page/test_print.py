"""The page on paper: an open claim once, with its citation, the address and the day; nothing that needs a screen."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from extract.figures.formats import format_day
from tests.browser import show
from tests.servers import Server

pytestmark = pytest.mark.browser

FIGURE = "kon-tum-administrative-fines"
PAPER: ViewportSize = {"width": 794, "height": 1123}
"""A sheet of A4 in the pixels of CSS."""
LINK_ON_PAPER = """link => {
    const added = document.createElement('a');
    added.href = 'http://on.paper/';
    added.textContent = 'x';
    // It is as large as what it stands for, and takes no room, which would move the ends of pages.
    Object.assign(added.style, { position: 'absolute', inset: 0, overflow: 'hidden' });
    link.style.position = 'relative';
    link.append(added);
}"""
"""A link that names no part of the page: a PDF lists it on each page that it stands on."""


@pytest.fixture(params=[1280, 390])
def viewport(request: pytest.FixtureRequest) -> ViewportSize:
    return {"width": request.param, "height": 844}


def test_an_open_claim_is_printed_once_on_pages_that_hold_the_whole_view(page: Page, server: Server) -> None:
    show(page, server, f"?lang=en&figure={FIGURE}")
    expect(page.locator("blockquote mark")).to_be_in_viewport(ratio=1)
    page.locator("blockquote").evaluate(LINK_ON_PAPER)
    page.locator(".topic").last.evaluate(LINK_ON_PAPER.replace("on.paper", "on.last"))
    printed = page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type /Page\b", printed)) >= 4
    assert printed.count(b"(http://on.paper/)") == 1
    assert printed.count(b"(http://on.last/)") == 1


def test_on_paper_stand_the_citation_the_pages_address_and_the_day(page: Page, server: Server, lang: str) -> None:
    query = f"?lang={lang}&figure={FIGURE}"
    show(page, server, query)
    expect(page.locator("blockquote mark")).to_be_in_viewport(ratio=1)
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    citation = page.locator(".claim .copytext").filter(visible=True)
    expect(citation).to_have_count(1)
    text = str(citation.text_content())
    today = datetime.now(tz=UTC).date()
    assert f"{server.url}/?figure={FIGURE}" in text
    assert any(format_day(day, "vi" if lang == "vi" else "en") in text for day in (today, today - timedelta(days=1)))
    after = page.evaluate("getComputedStyle(document.querySelector('.head'), '::after').content")
    assert after.startswith(f'"{server.url}/{query} · ')
    assert str(today.year) in after
    # Nothing is fixed, sticks or scrolls, so nothing stands on every page or is cut at the first one's end.
    held = page.evaluate(
        """() => {
            const held = [];
            for (let e = document.querySelector('blockquote'); e; e = e.parentElement) {
                const style = getComputedStyle(e);
                const still = ['static', 'relative'].includes(style.position) && style.overflowY === 'visible';
                if (!still) held.push(`${e.tagName}.${e.className}: ${style.position} ${style.overflowY}`);
            }
            return held;
        }"""
    )
    assert held == []
    # What is left of them are a verdict and a table's title.
    left = page.locator("a.close, button, form, nav, summary").filter(visible=True)
    assert set(left.evaluate_all("left => left.map(each => each.parentElement.className)")) == {"why", "map"}


def find_pages(printed: bytes, link: str) -> list[int]:
    """Return the numbers of the pages of a PDF that a link stands on, from zero: several where its box is cut."""
    pages = printed.split(b"/Type /Page\n")
    # A page lists its links by the numbers of objects that stand before all pages.
    numbers = re.findall(rb"\n(\d+) 0 obj\n(?:(?!endobj).)*" + re.escape(link.encode()), pages[0], re.DOTALL)
    listed = re.compile(rb"[\[\s](?:%s) 0 R" % b"|".join(numbers))
    return [place for place, page in enumerate(pages[1:]) if listed.search(page)]


def test_a_heading_stands_on_the_page_of_its_chart(page: Page, server: Server, lang: str) -> None:
    show(page, server, f"?lang={lang}")
    charts = page.locator("[data-testid=stVegaLiteChart]")
    headings = page.locator(".unit")
    expect(charts).to_have_count(headings.count())
    places = range(headings.count())
    for place in places:
        headings.nth(place).evaluate(LINK_ON_PAPER.replace("on.paper", f"heading-{place}"))
        charts.nth(place).evaluate(LINK_ON_PAPER.replace("on.paper", f"chart-{place}"))
    # Where a page ends is a matter of its height.
    for height in range(700, 1200, 100):
        printed = page.pdf(width=f"{PAPER['width']}px", height=f"{height}px")
        ends = [[find_pages(printed, f"http://{part}-{place}/") for part in ("heading", "chart")] for place in places]
        assert [heading for heading, _ in ends] == [chart for _, chart in ends], height
        assert all(len(chart) == 1 for _, chart in ends), height


def test_no_chart_is_cut_at_the_end_of_a_page(page: Page, server: Server, lang: str) -> None:
    show(page, server, f"?lang={lang}")
    page.emulate_media(media="print")
    charts = page.locator("[data-testid=stVegaLiteChart]")
    assert charts.count() > 2
    rules = charts.evaluate_all("charts => charts.map(chart => getComputedStyle(chart).breakInside)")
    assert set(rules) == {"avoid-page"}
    assert all(box and box["height"] < PAPER["height"] for box in (chart.bounding_box() for chart in charts.all()))
