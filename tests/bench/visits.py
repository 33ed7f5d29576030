"""One reader's visits to one page in a real browser, timed inside it frame by frame."""

import json
import math
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import TimeoutError as TooLate

PROBE = Path(__file__).with_name("probe.js")
LONGEST_WAIT = 30_000
"""Milliseconds that a measured page may take."""
LONGEST_SLOW_WAIT = 180_000
"""Milliseconds that it may take on the slow link; what has not come then counts as never."""
SLOW_LINK = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s and 400 ms, in the browser's own units (ms and bytes a second). It holds sockets back, too."""


@dataclass(frozen=True, kw_only=True)
class Click:
    """One click: how its target is found, and what stands in the page once it is answered (JavaScript)."""

    target: str
    """A selector, as Playwright reads it."""
    done: str
    at: tuple[float, float] | None = None
    """Where in the target, in pixels; its middle where not given."""
    typed: str = ""
    """What is typed into the target once it has been clicked; Enter is then what is answered."""


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What is waited for on a page, as JavaScript expressions, and what is done on it."""

    words: str
    """Some of the view's own text can be read."""
    first: str
    """The first mark of a chart is drawn, by a script or in HTML alone: with its length, its colour and its link."""
    whole: str
    clicks: Mapping[str, Click] = field(default_factory=dict)
    """By their names; those that a page has none of are left out."""
    colours: tuple[str, ...] = ()
    """The colours of bars on a canvas."""


@dataclass(frozen=True, kw_only=True)
class Load:
    """One opening of a page, in seconds from the browser's start of navigation."""

    words: float
    first: float
    whole: float


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One click: seconds from the press of the button or key to the first question, the last answer, and the painting.

    A click that asks the server for nothing has only the last. What is not answered within the wait is infinite.
    """

    asked: float
    answered: float
    painted: float


@dataclass(frozen=True, kw_only=True)
class Traffic:
    """What one opening of a page transferred."""

    requests: int
    kilobytes: float
    """As on the wire, answers and socket messages received."""


@contextmanager
def open_reader(browser: Browser, conditions: Conditions) -> Iterator[BrowserContext]:
    """Open a context of its own, with an empty cache and the probe in its pages."""
    with browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US") as context:
        waits = ", ".join(f"{name}: () => {getattr(conditions, name)}" for name in ("words", "first", "whole"))
        colours = f"probe.colours = new Set({json.dumps(conditions.colours)});"
        context.add_init_script(PROBE.read_text(encoding="utf-8") + f"probe.waits = {{{waits}}};" + colours)
        context.set_default_timeout(LONGEST_WAIT)
        yield context


def load(page: Page, url: str) -> Load:
    """Open a page and wait until all of it is painted."""
    page.goto(url, wait_until="commit")
    page.wait_for_function("() => ['words', 'first', 'whole'].every(name => name in probe.times)", polling=50)
    times: dict[str, float] = page.evaluate("() => probe.times")
    return Load(words=times["words"] / 1000, first=times["first"] / 1000, whole=times["whole"] / 1000)


def load_slowly(page: Page, url: str) -> Load:
    """Open a page over the slow link; a moment that never comes is infinitely late."""
    page.set_default_timeout(LONGEST_SLOW_WAIT)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINK)
    try:
        return load(page, url)
    except TooLate:
        times: dict[str, float] = page.evaluate("() => probe.times")
        words, first, whole = (times.get(name, math.inf) / 1000 for name in ("words", "first", "whole"))
        return Load(words=words, first=first, whole=whole)


def click(page: Page, wanted: Click) -> Answer:
    """Click, and return when the answer was asked for, when it was there, and when it was painted."""
    target = page.locator(wanted.target).first
    target.scroll_into_view_if_needed()
    page.wait_for_timeout(100)
    box = target.bounding_box()
    if box is None:
        raise RuntimeError(f"{wanted.target} is not shown")
    x, y = wanted.at or (box["width"] / 2, box["height"] / 2)
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.wait_for_timeout(200)  # Plotly finds out what is under the mouse before it takes a click
    if wanted.typed:
        page.mouse.click(box["x"] + x, box["y"] + y)
        page.keyboard.type(wanted.typed)
        page.wait_for_timeout(200)
        if target.input_value() != wanted.typed:  # a page may have drawn the box anew meanwhile
            target.fill(wanted.typed)
    page.evaluate(f"() => probe.arm('click', () => {wanted.done})")
    if wanted.typed:
        page.keyboard.press("Enter")
    else:
        page.mouse.click(box["x"] + x, box["y"] + y)
    try:
        page.wait_for_function("() => 'click' in probe.times", polling=20)
    except TooLate:
        print(f"never answered: {wanted.target}, {wanted.done}", file=sys.stderr, flush=True)
        return Answer(asked=math.inf, answered=math.inf, painted=math.inf)
    asked, answered, painted = page.evaluate(
        """() => {
            const painted = probe.times.click;
            const before = times => times.filter(time => time <= painted);
            const times = [before(probe.asked)[0] ?? painted, before(probe.answered).pop() ?? painted, painted];
            return times.map(time => (time - probe.clicked) / 1000);
        }"""
    )
    return Answer(asked=asked, answered=answered, painted=painted)


def watch_traffic(page: Page, url: str) -> Traffic:
    """Open a page with the browser's own count of what goes over the wire."""
    session = page.context.new_cdp_session(page)
    counts = {"requests": 0, "bytes": 0.0}

    def note_request(event: dict[str, Any]) -> None:
        counts["requests"] += not event["request"]["url"].startswith(("data:", "blob:"))

    def note_bytes(event: dict[str, Any]) -> None:
        counts["bytes"] += event["encodedDataLength"]

    def note_frame(event: dict[str, Any]) -> None:
        frame = event["response"]
        length = len(frame["payloadData"])
        counts["bytes"] += length * 3 / 4 if frame["opcode"] == 2 else length  # binary ones are told in base64

    session.on("Network.requestWillBeSent", note_request)
    session.on("Network.loadingFinished", note_bytes)
    session.on("Network.webSocketFrameReceived", note_frame)
    session.send("Network.enable")
    load(page, url)
    page.wait_for_load_state("networkidle")
    session.detach()
    return Traffic(requests=int(counts["requests"]), kilobytes=counts["bytes"] / 1000)
