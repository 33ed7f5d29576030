"""One browser and one tab for all tests of this room.

A tab that has shown the page before shows it again at half the cost: its process has Streamlit's scripts compiled.
A test that listens to a tab, stands between it and the server or takes its connection away has one of its own.

While the browser runs, `asyncio.run` is refused in the same thread: a test of this room that awaits something asks
`anyio.from_thread.start_blocking_portal` for a thread.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser import LONGEST_WAIT, PLAIN_HOST, open_browser


def open_context(browser: Browser, viewport: ViewportSize, **options: bool) -> BrowserContext:
    """Return the tabs of an English reader, who lets the page write to the clipboard."""
    context = browser.new_context(
        viewport=viewport,
        locale="en-GB",
        permissions=["clipboard-read", "clipboard-write"],
        # axe is put into the page as a script.
        bypass_csp=options.get("bypass_csp", False),
        has_touch=options.get("has_touch", False),
    )
    context.set_default_timeout(LONGEST_WAIT)
    return context


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with open_browser(f"--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1") as running:
        yield running


@pytest.fixture
def viewport() -> ViewportSize:
    """The size of the window; a file or a test that wants others has a fixture of this name."""
    return {"width": 1280, "height": 900}


@pytest.fixture(scope="package")
def tab(browser: Browser) -> Page:
    """The tab that tests hand on, with whatever the last one has left in it."""
    return open_context(browser, {"width": 1280, "height": 900}).new_page()


@pytest.fixture
def page(tab: Page, viewport: ViewportSize) -> Iterator[Page]:
    """The tab that tests share, for a test that begins with an address of its own."""
    tab.set_viewport_size(viewport)
    # A mouse that rests on a mark says what the mark is.
    tab.mouse.move(0, 0)
    yield tab
    tab.emulate_media(media="null", color_scheme="null", forced_colors="null")


@pytest.fixture
def lang(viewport: ViewportSize) -> str:
    """English at a desk and Vietnamese on a phone.

    What is said goes by the language and where it stands by the width, so that two of the four pairs prove both.
    """
    return "en" if viewport["width"] > 900 else "vi"


@pytest.fixture
def own_page(browser: Browser, viewport: ViewportSize) -> Iterator[Page]:
    """A tab that nobody else has had, for a test that listens to it or stands between it and the server."""
    context = open_context(browser, viewport)
    yield context.new_page()
    context.close()
