"""Charts on other sites, and what stands under them on the page, in a real browser."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import LONGEST_WAIT, show
from tests.conftest import EMBEDDER
from tests.servers import Server

pytestmark = pytest.mark.browser

NEXT_WORDS = """link => {
    window.nextWords = new Promise(resolve => {
        new MutationObserver(() => resolve(link.textContent)).observe(link, {childList: true});
    });
}"""
"""Promises the words that a link says next."""
FIGURE = "khanh-hoa-2016-commune-police-boards"


class Site(NamedTuple):
    """Another site, which shows whatever HTML it is given."""

    port: int
    shown: list[str]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    shown: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>News</title>{shown[-1]}".encode())

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", int(EMBEDDER.rpartition(":")[2])), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield Site(running.server_port, shown)
        running.shutdown()
        thread.join()


@pytest.fixture
def page(own_page: Page) -> Page:
    """A tab of its own: it leaves the page for other sites."""
    return own_page


def test_the_code_that_the_page_gives_shows_the_chart_on_another_site_and_leads_to_its_sentences(
    page: Page, server: Server, site: Site
) -> None:
    show(page, server, "?topic=forces&lang=en")
    way = page.locator(".take", has=page.locator('a[href*="chart=pair."]')).get_by_role("link", name="Embed")
    way.click()
    dialog = page.get_by_role("dialog", name="Members per board or team: 9.7 to 48.6")
    dialog.wait_for()  # the first picture, for which the process that draws must start
    for copied in (1, 2):
        dialog.get_by_role("button", name="Copy", exact=True).first.click()
        expect(dialog.get_by_role("button", name="Copied")).to_have_count(copied)
    codes = [text.strip() for text in dialog.locator(".code").all_text_contents()]
    assert page.evaluate("navigator.clipboard.readText()") == codes[1]
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent") == way.text_content()

    site.shown.append("".join(codes))
    page.goto(f"http://127.0.0.1:{site.port}/")
    page.wait_for_function("() => document.images[0].naturalWidth === 1600")
    assert page.locator("a:has(img)").get_attribute("href") == (
        f"{server.url}/?province=khanh-hoa&topic=forces&measure=boards,board-members&lang=en"
    )
    frame = page.frame_locator("iframe")
    mark = frame.locator(f".wide a[*|href$='figure={FIGURE}'] path")
    with page.context.expect_page() as opened:
        mark.click()
    expect(opened.value.locator("blockquote mark")).to_have_text("97 ban công an xã", timeout=LONGEST_WAIT)
    assert opened.value.url == f"{server.url}/?figure={FIGURE}"


def test_a_site_that_the_operator_does_not_name_cannot_frame_a_chart_and_none_can_frame_the_page(
    page: Page, server: Server, site: Site
) -> None:
    for origin, framed in (("localhost", "embed?topic=forces"), ("127.0.0.1", "?topic=forces"), ("127.0.0.1", "chart")):
        site.shown.append(f'<iframe src="{server.url}/{framed}"></iframe>')
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.goto(f"http://{origin}:{site.port}/")


def test_a_link_is_copied_and_on_a_phone_shared(browser: Browser, page: Page, server: Server) -> None:
    show(page, server, "?topic=forces&lang=en")
    link = page.locator(".take", has=page.locator('a[href*="chart=pair."]')).get_by_role("link", name="Link")
    address = f"{server.url}/?measure=boards,board-members&topic=forces&province=khanh-hoa&lang=en"
    # Its words come back after a while, however late one looks.
    link.evaluate(NEXT_WORDS)
    link.click()
    assert page.evaluate("window.nextWords") == "Copied"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert sorted(copied.partition("?")[2].split("&")) == sorted(address.partition("?")[2].split("&"))

    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(LONGEST_WAIT)
    # A headless Chromium has no sheet of a system.
    context.add_init_script("navigator.share = async shared => { window.shared = shared; };")
    phone = context.new_page()
    show(phone, server, "?topic=forces&lang=en")
    phone.locator(".take", has=phone.locator('a[href*="chart=pair."]')).get_by_role("link", name="Link").tap()
    phone.wait_for_function("() => window.shared")
    assert phone.evaluate("window.shared.url") == copied
    boxes = [way.bounding_box() for way in phone.locator(".take a").all()]
    assert all(box and box["height"] >= 24 and box["width"] >= 24 for box in boxes)
    context.close()
