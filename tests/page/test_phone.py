"""A claim on a phone: a dialog over the page, which stays where it was."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser import show
from tests.page.conftest import open_context
from tests.servers import Server

pytestmark = pytest.mark.browser

BACKGROUND = """() => [...document.querySelectorAll('a[href], button, input, select, summary, svg [tabindex]')]
    .filter(element => !element.closest('.place, [inert]') && element.checkVisibility())
    .map(element => element.outerHTML.slice(0, 80))"""
"""What can be reached outside the claim."""


@pytest.fixture
def viewport() -> ViewportSize:
    return {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab that fingers can tap in, for this file."""
    context = open_context(browser, {"width": 390, "height": 844}, has_touch=True)
    yield context.new_page()
    context.close()


def find_last_mark(page: Page) -> Locator:
    """Return the last mark of the last chart, on the screen."""
    mark = page.locator("svg path[aria-label]").last
    mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
    return mark


def read_scroll(page: Page) -> int:
    return int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop"))


def tap(page: Page, mark: Locator) -> None:
    box = mark.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def expect_dialog(page: Page) -> None:
    """Wait until the claim stands over the page, with the focus in it and all else out of reach."""
    expect(page.get_by_role("dialog")).to_have_attribute("aria-modal", "true")
    expect(page.locator("blockquote mark")).to_be_in_viewport(ratio=1)
    expect(page.locator(".claim h2")).to_be_focused()
    assert page.evaluate(BACKGROUND) == []


def expect_closed(page: Page, mark: Locator, scroll: int) -> None:
    """Wait until the page stands as it was, with the focus on the mark that had opened the claim."""
    expect(page.locator("article.claim")).to_have_count(0)
    expect(mark).to_be_focused()
    expect(page.locator("[inert], [role=dialog]")).to_have_count(0)
    assert read_scroll(page) == scroll
    assert "figure=" not in page.url


@pytest.mark.parametrize(
    ("way", "lang"), [("the cross", "vi"), ("Escape", "en"), ("the way back", "vi"), ("the backdrop", "en")]
)
def test_a_claim_is_a_dialog_that_every_way_out_closes_to_the_same_place(
    page: Page, server: Server, way: str, lang: str
) -> None:
    show(page, server, f"?lang={lang}")
    mark = find_last_mark(page)
    scroll, place = read_scroll(page), mark.bounding_box()
    tap(page, mark)
    expect_dialog(page)
    assert read_scroll(page) == scroll
    if way == "the cross":
        page.locator(".claim .close").tap()
    elif way == "Escape":
        page.keyboard.press("Escape")
    elif way == "the way back":
        page.go_back()
    else:
        page.touchscreen.tap(195, 20)
    expect_closed(page, mark, scroll)
    assert mark.bounding_box() == place


def test_the_focus_stays_in_the_dialog(page: Page, server: Server) -> None:
    show(page, server, "?lang=en")
    tap(page, find_last_mark(page))
    expect_dialog(page)
    reached = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.closest('.place') ? 'claim' : document.activeElement.tagName")
        )
    # Past the last one, the focus goes to the browser's own controls, which stand for the body here.
    assert reached <= {"claim", "BODY"}


def test_the_dialog_scrolls_and_the_page_behind_it_does_not(page: Page, server: Server) -> None:
    show(page, server, "?lang=en")
    tap(page, find_last_mark(page))
    expect_dialog(page)
    scroll = read_scroll(page)
    page.mouse.move(195, 600)
    page.mouse.wheel(0, 5000)
    expect(page.locator(".claim .around")).to_be_in_viewport()
    page.mouse.wheel(0, 5000)
    page.mouse.move(195, 20)
    page.mouse.wheel(0, -5000)
    page.wait_for_timeout(200)
    assert read_scroll(page) == scroll
    # The cross stays within reach however far the claim is scrolled.
    expect(page.locator(".claim .close")).to_be_in_viewport(ratio=1)


def test_a_deep_link_opens_the_dialog_and_closes_to_its_mark(page: Page, server: Server) -> None:
    show(page, server, "?lang=vi&figure=ha-tinh-2022-workplaces-meeting-security-standard")
    expect_dialog(page)
    page.locator(".claim .close").tap()
    expect(page.locator("article.claim")).to_have_count(0)
    focused = page.locator(":focus")
    expect(focused).to_be_in_viewport()
    label = focused.get_attribute("aria-label") or focused.text_content()
    assert "976/1.056" in str(label)


def test_the_way_to_the_article_shows_the_article_and_its_number_opens_the_claim_again(
    page: Page, server: Server
) -> None:
    show(page, server, "?lang=en&figure=ha-tinh-2022-workplaces-meeting-security-standard")
    expect_dialog(page)
    page.locator(".claim .ways a").first.tap()
    number = page.locator(".article .inline[data-open]")
    expect(number).to_be_in_viewport(ratio=1)
    expect(page.locator(".claim h2")).to_be_hidden()
    expect(page.locator("[inert]")).to_have_count(0)
    number.tap()
    expect_dialog(page)
    page.keyboard.press("Escape")
    expect(page.locator("article.claim")).to_have_count(0)
    expect(page.locator(".article .inline:focus")).to_have_text("976/1.056 cơ quan, doanh nghiệp")


def test_a_page_that_becomes_wide_has_the_claim_beside_it(page: Page, server: Server) -> None:
    show(page, server, "?lang=en&figure=ha-tinh-2022-workplaces-meeting-security-standard")
    expect_dialog(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_role("complementary")).to_contain_text("976 of 1,056")
    expect(page.locator("[inert]")).to_have_count(0)
