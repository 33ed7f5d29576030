"""The page for everyone: axe's rules, a reader's own colours, and a page twice as large."""

from collections.abc import Iterator
from itertools import product
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from extract.claims.records import LANGS
from tests.browser import settle, show
from tests.page.conftest import open_context
from tests.servers import Server

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

OPEN_CLAIMS = (
    "?figure=ha-tinh-2021-drug-cases",
    "?view=province&province=khanh-hoa&figure=khanh-hoa-2016-self-managed-models-operating",
    "?view=figures&figure=khanh-hoa-2016-districts-with-models",
    "?view=articles&article=003_b2aa1906d32ce349&figure=ha-tinh-2021-drug-cases",
)
COLOURS_OF_MARKS = """() => {
    const ground = getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor;
    const mark = getComputedStyle(document.querySelector('blockquote mark'));
    const dots = [...document.querySelectorAll('i.dot')].map(dot => getComputedStyle(dot).backgroundColor);
    return [mark.backgroundColor !== ground, mark.color !== mark.backgroundColor, new Set(dots).size];
}"""
CUT_WORDS = """() => [...document.querySelectorAll('.claim, .claim *')]
    .filter(element => element.checkVisibility() && !element.matches('.hidden, .dot'))
    .filter(element => element.clientWidth && element.scrollWidth > element.clientWidth + 1)
    .map(element => element.outerHTML.slice(0, 100))"""
EVERY_VIEW = (
    "?",
    "?province=kon-tum&topic=outreach",
    "?view=province",
    "?view=figures&year=unstated&topic=outreach",
    "?view=articles",
    "?view=articles&article=003_b2aa1906d32ce349",
    "?view=about",
    *OPEN_CLAIMS,
)
RULES_OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""Those of axe's rules that it asks by itself."""
SMALL_TARGETS = """() => [...document.querySelectorAll('a[href], button, input, summary, svg path[aria-label]')]
    .filter(target => target.checkVisibility() && target.type !== 'hidden')
    // Links out of sight until they have the focus, those in a sentence, and those whose whole row is the target.
    .filter(target => !target.closest('.skip, [href="#stMain"], .from, tr[data-figure], .text'))
    .map(target => [target, target.getBoundingClientRect()])
    .filter(([, box]) => Math.min(box.width, box.height) < 24)
    .map(([target]) => target.outerHTML.slice(0, 120))"""
SIDEWAYS = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
    .map(element => element.scrollWidth - element.clientWidth)"""
CUT_LABELS = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg')].flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
    return boxes.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1).map(([text]) => text);
})"""
CHARTS_FIT = """width => {
    const charts = [...document.querySelectorAll('[data-testid=stVegaLiteChart]')];
    return innerWidth === width && charts.every(chart => {
        const svg = chart.querySelector('svg');
        return svg && Math.abs(svg.getBoundingClientRect().width - chart.clientWidth) <= 1;
    });
}"""
GROUND_FITS = """scheme => {
    const ground = new Option().style;
    ground.color = getComputedStyle(document.documentElement).getPropertyValue('--ground');
    const shown = getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor;
    return matchMedia(`(prefers-color-scheme: ${scheme})`).matches && shown === ground.color;
}"""
"""Whether Streamlit has taken a reader's scheme over, a moment after the page's own style."""
WORDS_OVER_CELLS = """() => [...document.querySelectorAll('table th, table td')]
    .filter(cell => cell.checkVisibility() && cell.scrollWidth > cell.clientWidth + 1)
    .map(cell => cell.textContent)"""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab that axe can be put into, for this file."""
    context = open_context(browser, {"width": 1280, "height": 900}, bypass_csp=True)
    yield context.new_page()
    context.close()


def show_claim(page: Page, server: Server, query: str) -> None:
    show(page, server, query)
    expect(page.locator("blockquote mark")).to_be_in_viewport(ratio=1)


def resize(page: Page, width: int) -> None:
    """Give the window another width, as turning a phone does, and wait until every chart fits it."""
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_function(CHARTS_FIT, arg=width)


def find_faults(page: Page, scheme: Scheme) -> dict[str, list[str]]:
    """Return what axe finds: each rule with the elements that break it.

    By night only colours are others: what has been asked of a page by day is not asked of it again.
    """
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(GROUND_FITS, arg=scheme)
    settle(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    rules = {"runOnly": {"type": "rule", "values": RULES_OF_COLOURS}} if scheme == "dark" else {}
    found = page.evaluate(
        "asked => axe.run(asked).then(found => found.violations)", {"resultTypes": ["violations"]} | rules
    )
    return {item["id"]: [node["html"][:200] for node in item["nodes"]] for item in found}


@pytest.mark.parametrize("query", EVERY_VIEW)
def test_axe_finds_no_fault_in_any_view_at_a_desk_and_on_a_phone_by_day_and_by_night(
    page: Page, server: Server, query: str
) -> None:
    show(page, server, f"{query}&lang=vi")
    for width in (1280, 390):
        resize(page, width)
        if query in OPEN_CLAIMS:
            expect(page.locator(".place")).to_have_attribute("role", "dialog" if width == 390 else "complementary")
            expect(page.locator("blockquote mark")).to_be_in_viewport(ratio=1)
        for scheme in SCHEMES:
            assert find_faults(page, scheme) == {}, (width, scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_stand_out_in_the_colours_that_a_reader_has_forced(page: Page, server: Server, scheme: Scheme) -> None:
    page.emulate_media(color_scheme=scheme, forced_colors="active")
    show_claim(page, server, "?figure=ha-tinh-2021-drug-cases")
    assert page.evaluate(COLOURS_OF_MARKS) == [True, True, 3]
    stroke, fill = page.locator("svg path[data-open]").evaluate(
        "mark => [getComputedStyle(mark).stroke, getComputedStyle(mark).fill]"
    )
    assert stroke != fill
    page.keyboard.press("Tab")
    expect(page.locator(".card .close")).to_be_focused()
    outline = page.locator(".card .close").evaluate(
        "link => [getComputedStyle(link).outlineStyle, getComputedStyle(link).outlineColor]"
    )
    ground = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    assert outline[0] == "solid"
    assert outline[1] != ground


def test_at_twice_the_size_a_claim_is_whole(browser: Browser, server: Server) -> None:
    """A window of 1280 by 800 pixels at 200 % shows 640 by 400 of CSS."""
    context = browser.new_context(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    page = context.new_page()
    for query, lang in product(OPEN_CLAIMS, LANGS):
        show_claim(page, server, f"{query}&lang={lang}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640
        assert page.evaluate(CUT_WORDS) == []
        expect(page.locator(".card .close")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Escape")
        expect(page.locator("article.claim")).to_have_count(0)
        expect(page.locator(":focus")).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("query", EVERY_VIEW)
def test_no_view_is_cut_or_too_small_to_hit_at_any_width(page: Page, server: Server, query: str, lang: str) -> None:
    show(page, server, f"{query}&lang={lang}")
    for width in (1920, 1280, 1024, 768, 390):
        resize(page, width)
        faults = [page.evaluate(find) for find in (SMALL_TARGETS, CUT_LABELS, WORDS_OVER_CELLS, SIDEWAYS)]
        assert faults == [[], [], [], [0, 0]], width
