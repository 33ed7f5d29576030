"""A real headless Chromium for tests: the system's own, driven by Playwright."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.servers import Server

# Chromium's own calls home are refused where only package registries are reachable, and slow a test down.
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PLAIN_HOST = "figures.test"
"""A name that leads to this machine and is not its own: http is as plain there as anywhere."""
LONGEST_WAIT = 30_000
"""Milliseconds that a test waits for what it names before it fails."""


def find_chromium() -> str:
    """Return the path of the system's Chromium; RuntimeError says what to install where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    raise RuntimeError("no Chromium on this machine: install the Debian package chromium")


@contextmanager
def open_browser(*arguments: str) -> Iterator[Browser]:
    """Run a browser for the length of a `with` block, with further arguments of its command line."""
    # What a test expects on a busy machine comes late, and is waited for as long as anything else.
    expect.set_options(timeout=LONGEST_WAIT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*ARGUMENTS, *arguments])
        try:
            yield browser
        finally:
            browser.close()


SETTLED = """() => {
    // Before its first run, Streamlit's script is not running either.
    const app = document.querySelector('#root [data-test-script-state=notRunning] header.head');
    if (!window.followsLinks || document.querySelector('#words') || !app) return false;
    // A chart's own script comes when the first chart does: until then a chart has its heading and no drawing.
    const charts = [...document.querySelectorAll('[data-testid=stVegaLiteChart]')];
    const isDrawn = charts.every(chart => chart.querySelector('svg path'));
    return isDrawn && charts.length >= document.querySelectorAll('.unit').length && document.fonts.status === 'loaded';
}"""


def settle(page: Page) -> None:
    """Wait until the page has taken the place of its words, its script has run to its end and every chart is drawn."""
    page.wait_for_function(SETTLED, timeout=LONGEST_WAIT)


def show(page: Page, server: Server, query: str = "") -> None:
    """Open an address of the dashboard and wait until it is drawn."""
    page.goto(f"{server.url}/{query}")
    settle(page)


def main() -> None:
    """Say which Chromium the tests drive; exit with what to install where there is none."""
    try:
        print(f"tests drive {find_chromium()}")
    except RuntimeError as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
