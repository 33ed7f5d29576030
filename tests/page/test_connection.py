"""The page without its server, and after the server has started anew; and where a browser has no clipboard."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LONGEST_WAIT, PLAIN_HOST, settle, show
from tests.servers import REPOSITORY, Server, find_port, start, stop

pytestmark = pytest.mark.browser

LOST = {"vi": "Mất kết nối với máy chủ.", "en": "The connection to the server is lost."}
SILENT = {"vi": "Máy chủ không trả lời", "en": "The server does not answer"}
COUNT_DIALOGS = """() => {
    window.dialogs = 0;
    const count = () => { window.dialogs += document.querySelectorAll('[role=dialog]:not(.place)').length; };
    new MutationObserver(count).observe(document.body, {childList: true});
}"""
CONNECTION = "() => document.querySelector('[data-test-connection-state]')?.dataset.testConnectionState"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def expect_lost(page: Page, lang: str) -> None:
    """Wait until the page says in its own words that the server is gone."""
    notice = page.locator("body > .lost")
    expect(notice).to_be_visible(timeout=LONGEST_WAIT)
    expect(notice).to_contain_text(LOST[lang])
    expect(notice).to_be_in_viewport(ratio=1)


def click_last_mark(page: Page) -> None:
    mark = page.locator("svg path[aria-label]").last
    mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
    mark.click()


@pytest.mark.parametrize(("lang", "width", "chosen"), [("vi", 390, "figure"), ("en", 1280, "view")])
def test_what_is_chosen_while_the_server_is_gone_opens_once_it_is_back(
    own_page: Page, log: Path, lang: str, width: int, chosen: str
) -> None:
    page = own_page
    page.set_viewport_size({"width": width, "height": 844})
    server = start(REPOSITORY, log, port=find_port())
    show(page, server, f"?lang={lang}")
    page.evaluate(COUNT_DIALOGS)
    # Streamlit says in an attribute how its socket stands, and page.js relies on it.
    assert page.evaluate(CONNECTION) == "CONNECTED"
    stop(server)
    page.wait_for_function(f"() => ({CONNECTION})() !== 'CONNECTED'")
    expect_lost(page, lang)
    # Streamlit's dialog comes after some tries: it is closed before anyone sees it, and takes nothing out of reach.
    page.wait_for_function("() => window.dialogs > 0")
    expect(page.locator("[data-testid=stDialog]")).to_have_count(0)
    assert page.evaluate("document.querySelector('#root').inert") is False
    click_last_mark(page)
    expect(page.locator("article.claim [role=alert]")).to_contain_text(SILENT[lang])
    if chosen == "view":
        page.locator(".claim .close").click()
        page.locator(".views a").last.click()
    again = start(REPOSITORY, log, port=server.port)
    try:
        if chosen == "view":
            expect(page.locator(".about")).to_be_visible(timeout=LONGEST_WAIT)
            page.go_back()
            settle(page)
            click_last_mark(page)
        expect(page.locator("blockquote mark")).to_be_in_viewport(ratio=1, timeout=LONGEST_WAIT)
        expect(page.locator("body > .lost")).to_have_count(0)
    finally:
        stop(again)


# Copying


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", "Chưa chép được: đã chọn sẵn, hãy nhấn Ctrl+C"),
        ("en", "Not copied: selected, press Ctrl+C"),
    ],
)
def test_on_plain_http_a_button_says_that_it_cannot_copy_and_selects_the_text(
    page: Page, server: Server, lang: str, said: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"http://{PLAIN_HOST}:{server.port}/?figure=kon-tum-administrative-fines&lang={lang}")
    settle(page)
    assert page.evaluate("window.isSecureContext") is False
    for place in range(page.locator(".copies button").count()):
        button = page.locator(".copies button").nth(place)
        text = page.locator(".copies .copytext").nth(place)
        expect(text).to_be_hidden()
        button.click()
        expect(button).to_have_text(said)
        expect(page.locator("[role=status].said")).to_have_text(said)
        expect(text).to_be_visible()
        assert page.evaluate("getSelection().toString().trim()") == str(text.text_content()).strip()
        assert PLAIN_HOST in str(text.text_content())
