"""A server that still reads its articles says how far it is, to readers and to programs."""

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from extract.page.progress import Progress, format_progress
from extract.server.live import Live
from extract.server.streamlit_internals import HEALTH
from extract.site.document import compose_reading
from tests.bench.generate import generate
from tests.browser import open_browser
from tests.page.composed import WORDING
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


class ToldLive(Live):
    """Live data that keep all that they have told of their first reading."""

    told: list[Progress]

    def __setattr__(self, name: str, value: object) -> None:
        if isinstance(value, Progress):
            self.__dict__.setdefault("told", []).append(value)
        super().__setattr__(name, value)


def test_after_the_last_article_the_server_says_that_it_makes_the_table(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "data", tmp_path / "data")
    shutil.copytree(REPOSITORY / "seeds", tmp_path / "seeds")
    (tmp_path / "data/claims/of-no-text.yaml").write_text("article: {seed: none.txt}\n", encoding="utf-8")
    live = ToldLive(tmp_path, settle=0)
    wording = live.shown.wording
    live.current()
    live.close()
    said = {
        lang: list(dict.fromkeys(format_progress(words, progress) for progress in live.told))
        for lang, words in wording.items()
    }
    assert said["en"] == [
        "Reading the articles.",
        "Reading the articles: 0 of 6.",
        "Reading the articles: 5 of 6.",
        "The articles have been read; the table of their figures is being made.",
    ]
    assert said["vi"] == [
        "Đang đọc các bài báo.",
        "Đang đọc các bài báo: 0 trên 6.",
        "Đang đọc các bài báo: 5 trên 6.",
        "Đã đọc xong các bài báo; đang lập bảng số liệu.",
    ]


@pytest.mark.parametrize(
    ("progress", "bar"),
    [
        (Progress(0, 0), "<progress aria-label="),
        (Progress(3, 6), '<progress value="3" max="6" aria-label='),
        (Progress(6, 6), "<progress aria-label="),
    ],
)
def test_the_bar_stands_still_nowhere(progress: Progress, bar: str) -> None:
    assert bar in compose_reading([WORDING["en"]], progress, again=1)


def test_whoever_asks_first_has_the_files_read(tmp_path: Path) -> None:
    live = Live(REPOSITORY, settle=0)
    assert (live.has_read, live.progress.all, live.shown.collection.sources) == (False, 0, ())
    assert live.wait(LONGEST_START)
    assert (live.has_read, live.progress.all, len(live.shown.collection.sources)) == (True, 5, 5)
    live.close()
