"""The page without its server, and after the server has started anew; and where a browser has no clipboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import LONGEST_WAIT, open_browser, settle
from tests.servers import REPOSITORY, Server, serve, start, stop

pytestmark = pytest.mark.browser

LOST = {"vi": "Mất kết nối với máy chủ.", "en": "The connection to the server is lost."}
COUNT_DIALOGS = """() => {
    window.dialogs = 0;
    const count = () => { window.dialogs += document.querySelectorAll('[role=dialog]:not(.place)').length; };
    new MutationObserver(count).observe(document.body, {childList: true});
}"""
CONNECTION = "() => document.querySelector('[data-test-connection-state]')?.dataset.testConnectionState"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that finds a name on this machine, so that http there is as plain as anywhere."""
    with open_browser("--host-resolver-rules=MAP figures.test 127.0.0.1") as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(LONGEST_WAIT)
    yield context.new_page()
    context.close()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def show(page: Page, server: Server, query: str) -> None:
    page.goto(f"{server.url}/{query}")
    page.wait_for_selector("header.head")
    settle(page)


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
    page: Page, log: Path, lang: str, width: int, chosen: str
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    server = start(REPOSITORY, log)
    show(page, server, f"?lang={lang}")
    page.evaluate(COUNT_DIALOGS)
    stop(server)
    expect_lost(page, lang)
    # Streamlit's dialog comes after some tries: it is closed before anyone sees it, and takes nothing out of reach.
    page.wait_for_function("() => window.dialogs > 0")
    expect(page.locator("[data-testid=stDialog]")).to_have_count(0)
    assert page.evaluate("document.querySelector('#root').inert") is False
    if chosen == "figure":
        click_last_mark(page)
        expect(page.locator("article.claim [role=alert]")).to_be_visible()
    else:
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


def test_streamlit_says_in_an_attribute_how_its_socket_stands(page: Page, log: Path) -> None:
    server = start(REPOSITORY, log)
    show(page, server, "?lang=en")
    assert page.evaluate(CONNECTION) == "CONNECTED"
    stop(server)
    page.wait_for_function(f"() => ({CONNECTION})() !== 'CONNECTED'")


# Copying


@pytest.fixture(scope="module")
def plain_server() -> Iterator[Server]:
    with serve(REPOSITORY, env={"FIGURES_HOSTS": "figures.test"}) as running:
        yield running


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", "Chưa chép được: đã chọn sẵn, hãy nhấn Ctrl+C"),
        ("en", "Not copied: selected, press Ctrl+C"),
    ],
)
def test_on_plain_http_a_button_says_that_it_cannot_copy_and_selects_the_text(
    browser: Browser, plain_server: Server, lang: str, said: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(LONGEST_WAIT)
    page = context.new_page()
    page.goto(f"http://figures.test:{plain_server.port}/?figure=kon-tum-administrative-fines&lang={lang}")
    page.wait_for_selector("header.head")
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
        assert "figures.test" in str(text.text_content())
    context.close()
