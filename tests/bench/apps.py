"""The pages that are measured side by side: how each is started, and what stands in it when it is painted."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from playwright.sync_api import Browser, Page

from extract.page.page import PROVINCE_COLOURS
from tests.bench.peer_data import ALL, count_bars, find_rows, load_index, make_rows, pick_claims
from tests.bench.visits import Click, Conditions, load, open_reader
from tests.servers import DASHBOARD, REPOSITORY

LONGEST_START = 300.0
"""Seconds."""
TOPIC = "models"
"""What the filter is set to."""
SOUGHT = "drug"
"""What is searched for: made articles have it, too."""
ROWS = "#root .st-key-table tr[data-figure]"
SEARCH_BOX = "form.filters input[name=q]"
MARK, PILL, VIEW, SEARCH = "click on a mark", "click on a pill", "change of view", "search"
"""What is done on a page."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """One running page."""

    url: str
    pid: int
    ready: float
    """Seconds from the command to the first answer."""


@dataclass(frozen=True, kw_only=True)
class App(ABC):
    """One page to measure."""

    root: Path = REPOSITORY
    """The folder that holds `data/` and `seeds/`."""
    python: str = sys.executable
    name: str = ""
    health: ClassVar[str]
    """The address that answers as soon as the server is ready."""

    @abstractmethod
    def make_command(self, port: int) -> list[str]:
        """Return the command that serves it."""

    @abstractmethod
    def look(self, browser: Browser, url: str) -> Conditions:
        """Visit it once, unmeasured, and return what is to be waited for."""

    def warm_up(self, url: str) -> None:
        """Let the server do what it does once, for its first reader."""
        with urllib.request.urlopen(url, timeout=LONGEST_START) as answer:
            answer.read()

    @property
    def folder(self) -> Path:
        """Where the command is run."""
        return REPOSITORY

    @property
    def settings(self) -> Mapping[str, str]:
        """What is set in its environment."""
        return {}

    @contextmanager
    def serve(self, log: Path) -> Iterator[Served]:
        """Run it for the length of a `with` block."""
        port = find_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "FIGURES_"))}
        environment = {**kept, "FIGURES_ROOT": str(self.root.resolve()), "PYTHONUNBUFFERED": "1", **self.settings}
        url = f"http://127.0.0.1:{port}"
        with log.open("wb") as stream:
            begun = time.monotonic()
            process = subprocess.Popen(
                self.make_command(port),
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
            )
        try:
            while not answers(url + self.health):
                if process.poll() is not None or time.monotonic() - begun > LONGEST_START:
                    raise RuntimeError(f"{self.name} did not come up:\n{log.read_text('utf-8', 'replace')}")
                time.sleep(0.01)
            yield Served(url=url, pid=process.pid, ready=time.monotonic() - begun)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@dataclass(frozen=True, kw_only=True)
class Streamlit(App):
    """A page of Streamlit."""

    health: ClassVar[str] = "/_stcore/health"
    script: ClassVar[Path]

    @property
    def folder(self) -> Path:
        """Where its settings are found."""
        return self.script.parent

    def make_command(self, port: int) -> list[str]:
        """Return the command that serves it."""
        return [self.python, "-m", "streamlit", "run", str(self.script), "--server.port", str(port)]


@dataclass(frozen=True, kw_only=True)
class Ours(Streamlit):
    """This dashboard."""

    name: str = "this page"
    script: ClassVar[Path] = DASHBOARD

    def warm_up(self, url: str) -> None:
        """Let it load its data."""
        with urllib.request.urlopen(f"{url}/figures.csv", timeout=LONGEST_START) as answer:
            answer.read()

    def look(self, browser: Browser, url: str) -> Conditions:
        """Count what a settled page holds, before and after each click; the clicks are a reader's own.

        The first mark is one of the words, which need no script; the view is whole once Streamlit's page has taken
        their place with all charts drawn.
        """
        words = "probe.reads('.topic h2')"
        # The words hold the charts drawn in HTML: a bar there has its length, its colour and its link, as Vega's has.
        # Until the page takes the place of its words, Vega's are drawn where nobody sees them.
        drawn = "!document.getElementById('words') && probe.bars() > 0"
        first = f"probe.shows('#words i.bar') || ({drawn})"
        plain = Conditions(words=words, first=first, whole=f"{drawn} && probe.rested()")
        chosen, figures = f".bar a.pill[href*='topic={TOPIC}']", "header nav a[href*='view=figures']"
        with open_reader(browser, plain) as context:
            page = context.new_page()
            load(page, url)
            bars, charts = count_settled(page)
            page.locator(chosen).first.click()
            page.wait_for_selector("p.state")
            bars_left, charts_left = count_settled(page)
            topics_left = page.locator(".topic").count()
            load(page, url)
            page.locator(figures).click()
            page.wait_for_selector(ROWS)
            count_settled(page)
            rows = page.locator(ROWS).count()
            page.locator(SEARCH_BOX).fill(SOUGHT)
            page.locator(SEARCH_BOX).press("Enter")
            page.wait_for_selector("mark.hit")
            count_settled(page)
            hits = page.locator(ROWS).count()
        return Conditions(
            words=words,
            first=first,
            whole=f"{drawn} && probe.bars() >= {bars} && probe.charts() >= {charts} && probe.rested()",
            clicks={
                MARK: Click(
                    target="[data-testid=stVegaLiteChart] path[aria-label][fill]",
                    done="document.querySelector('article.claim blockquote mark')",
                ),
                PILL: Click(
                    target=chosen,
                    done=f"document.querySelector('p.state') && probe.bars() === {bars_left}"
                    f" && probe.charts() === {charts_left}"
                    f" && document.querySelectorAll('.topic').length === {topics_left}",
                ),
                VIEW: Click(target=figures, done=f"document.querySelectorAll('{ROWS}').length === {rows}"),
                SEARCH: Click(
                    target=SEARCH_BOX,
                    typed=SOUGHT,
                    done=f"document.querySelector('mark.hit') && document.querySelectorAll('{ROWS}').length === {hits}",
                ),
            },
        )


@dataclass(frozen=True, kw_only=True)
class Floor(Streamlit):
    """One chart and one radio, as Streamlit serves them by itself."""

    name: str = "floor"
    script: ClassVar[Path] = Path(__file__).with_name("floor_app.py")

    @property
    def settings(self) -> Mapping[str, str]:
        """Keep it on this machine; everything else is Streamlit's default."""
        return {
            "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
            "STREAMLIT_SERVER_HEADLESS": "true",
            "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
        }

    def look(self, browser: Browser, url: str) -> Conditions:
        """Return what is waited for: a bar, then a bar in the other colour; its only click stands for both."""
        bar = "document.querySelector('[data-testid=stVegaLiteChart] path[fill=\"{}\"]')"
        first = bar.format("#0072b2")
        conditions = Conditions(
            words="probe.reads('[data-testid=stRadio] label')",
            first=first,
            whole=f"{first} && probe.rested()",
            clicks={
                MARK: Click(target="[data-testid=stRadio] >> text=orange", done=bar.format("#d55e00")),
                PILL: Click(target="[data-testid=stRadio] >> text=blue", done=first),
            },
        )
        with open_reader(browser, conditions) as context:
            load(context.new_page(), url)
        return conditions


@dataclass(frozen=True, kw_only=True)
class Peer(App):
    """The same view in another framework."""

    module: ClassVar[str]
    bars: int = field(init=False)
    bars_left: int = field(init=False)
    charts_left: int = field(init=False)
    rows: int = field(init=False)
    hits: int = field(init=False)

    def __post_init__(self) -> None:
        """Count what it will draw."""
        index = load_index()
        bars, _ = count_bars(index, ALL)
        bars_left, charts_left = count_bars(index, TOPIC)
        object.__setattr__(self, "bars", bars)
        object.__setattr__(self, "bars_left", bars_left)
        object.__setattr__(self, "charts_left", charts_left)
        object.__setattr__(self, "rows", len(pick_claims(index, ALL)))
        object.__setattr__(self, "hits", len(find_rows(make_rows(pick_claims(index, ALL)), SOUGHT)))

    def make_command(self, port: int) -> list[str]:
        """Return the command that serves it."""
        return [self.python, "-m", self.module, str(port)]

    def look(self, browser: Browser, url: str) -> Conditions:
        """Visit it once; what it draws is known."""
        conditions = self.conditions
        with open_reader(browser, conditions) as context:
            load(context.new_page(), url)
        return conditions

    @property
    @abstractmethod
    def conditions(self) -> Conditions:
        """What is to be waited for."""


@dataclass(frozen=True, kw_only=True)
class Dash(Peer):
    """The same view in Dash, with Plotly's charts."""

    name: str = "Dash"
    module: ClassVar[str] = "tests.bench.dash_app"
    health: ClassVar[str] = "/"

    @property
    def conditions(self) -> Conditions:
        """What is to be waited for."""
        rows = "document.querySelectorAll('#table td[data-dash-column=value]').length"
        return Conditions(
            words="probe.reads('h1')",
            first="probe.bars() > 0",
            whole=f"probe.bars() === {self.bars}",
            clicks={
                MARK: Click(
                    target=".js-plotly-plot .barlayer .point:nth-of-type(2) > path",
                    done="document.querySelector('#claim blockquote mark')",
                ),
                PILL: Click(
                    target="label:has-text('Community security models')",
                    done=f"document.querySelector('#state').textContent && probe.bars() === {self.bars_left}"
                    f" && probe.charts() === {self.charts_left}",
                ),
                VIEW: Click(target="nav a:has-text('Figures')", done=f"{rows} === {self.rows}"),
                SEARCH: Click(target="#search", typed=SOUGHT, done=f"{rows} === {self.hits}"),
            },
        )


@dataclass(frozen=True, kw_only=True)
class Panel(Peer):
    """The same view in Panel, with Bokeh's charts."""

    name: str = "Panel"
    module: ClassVar[str] = "tests.bench.panel_app"
    health: ClassVar[str] = "/liveness"

    @property
    def conditions(self) -> Conditions:
        """What is to be waited for; fills come in other colours too where a chart is drawn twice, hence `>=`."""
        rows = "probe.deep('.tabulator-row').length"
        return Conditions(
            words="probe.reads('h1')",
            first="probe.fills > 0",
            whole=f"probe.fills >= {self.bars}",
            clicks={
                MARK: Click(target=".bk-Figure", at=(8, 24), done="probe.deep('blockquote mark').length > 0"),
                PILL: Click(
                    target="button:has-text('Community security models')",
                    done=f"probe.fills >= {self.bars_left} && probe.deep('p.state').length > 0"
                    f" && probe.deep('.bk-Figure').length === {self.charts_left}",
                ),
                VIEW: Click(target=".bk-tab:has-text('Figures')", done=f"{rows} === {self.rows}"),
                SEARCH: Click(target="input[type=text]", typed=SOUGHT, done=f"{rows} === {self.hits}"),
            },
            colours=PROVINCE_COLOURS,
        )


def count_settled(page: Page) -> tuple[int, int]:
    """Return how many bars and charts a page holds once nothing changes any more."""
    seen = -1, -1
    while True:
        page.wait_for_function("() => probe.rested()")
        page.wait_for_timeout(700)
        found: tuple[int, int] = tuple(page.evaluate("() => [probe.bars(), probe.charts()]"))
        if found == seen:
            return found
        seen = found


def find_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(url: str) -> bool:
    """Tell whether an address answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
