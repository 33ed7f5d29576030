"""A server that still reads its articles says how far it is, to readers and to programs."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from extract.server.live import Live
from extract.server.streamlit_internals import HEALTH
from tests.bench.generate import generate
from tests.browser import open_browser
from tests.servers import LONGEST_START, REPOSITORY, Server, start, stop

CLAIMS = 10_000
"""Of 2,000 articles: their reading lasts some seconds, and the server answers long before its end."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "root"
    folder.mkdir()
    generate(folder, CLAIMS)
    return folder


@pytest.fixture
def server(root: Path, tmp_path: Path) -> Iterator[Server]:
    """A server that has just begun to read."""
    server = start(root, tmp_path / "log", is_read=False)
    yield server
    stop(server)


def test_a_server_that_still_reads_says_how_far_it_is(server: Server) -> None:
    with httpx.Client(base_url=server.url, timeout=LONGEST_START) as client:
        document = client.get("/", headers={"accept-language": "vi-VN"})
        assert (document.status_code, document.headers["retry-after"]) == (503, "1")
        assert '<html lang="vi">' in document.text
        assert '<meta http-equiv="refresh" content="1">' in document.text
        assert "Đang đọc các bài báo" in document.text
        assert "Reading the articles" in document.text
        for address in ("/figures.csv", "/chart.svg", HEALTH):
            answer = client.get(address)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
            assert answer.text == "The data are being read. Ask again.\n"
        told = list(follow(client))
    assert told == sorted(told)
    assert len(told) > 1, "it never said how far it was"


def follow(client: httpx.Client) -> Iterator[int]:
    """Yield how many of the articles the page says that it has read, until it shows them."""
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        answer = client.get("/?lang=en&view=about")
        if answer.status_code == 200:
            assert "Reading the articles" not in answer.text
            return
        told = re.search(r"Reading the articles: ([0-9,]+) of 2,000\.", answer.text)
        if told is not None:
            yield int(told[1].replace(",", ""))
        time.sleep(0.05)
    raise AssertionError("the page was never shown")


def test_a_page_that_is_open_while_the_server_reads_shows_the_figures_by_itself(server: Server) -> None:
    with open_browser() as browser, browser.new_page() as page:
        answer = page.goto(server.url + "/?lang=en&view=figures")
        assert answer is not None
        assert answer.status == 503
        page.get_by_text("Reading the articles").wait_for()
        page.locator(".stApp [data-figure]").first.wait_for(timeout=LONGEST_START * 1000)


def test_whoever_asks_first_has_the_files_read(tmp_path: Path) -> None:
    live = Live(REPOSITORY, settle=0)
    assert (live.has_read, live.progress.all, live.shown.collection.sources) == (False, 0, ())
    assert live.wait(LONGEST_START)
    assert (live.has_read, live.progress.all, len(live.shown.collection.sources)) == (True, 5, 5)
    live.close()
