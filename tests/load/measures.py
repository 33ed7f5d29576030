"""The measures: each drives one server and returns figures; none asserts anything."""

import asyncio
import math
import os
import signal
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.async_api import async_playwright
from websockets.exceptions import WebSocketException

from tests.browser import ARGUMENTS, find_chromium
from tests.load.crowd import crowd
from tests.load.health import ask_health
from tests.load.process import Usage, read_usage
from tests.load.reader import PATIENCE, Connection, Run, find_files, open_page, visit
from tests.servers import Server, start, stop

QUERIES = ("", "lang=en", "lang=vi")
"""What readers look at."""


class Arrival(NamedTuple):
    """Many readers who come at once."""

    served: int
    """How many got a whole first run."""
    seconds: tuple[float, ...]
    """Of those, from the first request to the end of the run, in order."""
    cpu: float
    """Seconds of the server's processor time for each."""
    health: tuple[float, ...]
    """Seconds of each answer to the health check meanwhile, in order."""
    drawn: float | None
    """Seconds until a real browser, come among them, had drawn the first chart."""


class Flood(NamedTuple):
    """One hostile client, and a reader beside it."""

    sent: int
    seconds: tuple[float, ...]
    """Of each of the reader's runs meanwhile, in order."""


class Beside(NamedTuple):
    """What others have beside something heavy."""

    asked: int
    """How many times the heavy thing was asked for."""
    seconds: tuple[float, ...]
    """Of each of the others' runs meanwhile, in order; infinite where one was not served."""
    health: tuple[float, ...]
    """Seconds of each answer to the health check meanwhile, in order."""


class Growth(NamedTuple):
    """What a server uses before and after many runs or sessions."""

    before: Usage
    after: Usage
    times: int
    seconds: float


def find_percentile(values: Sequence[float], part: float) -> float:
    """Return the least value that `part` of all are not above; infinite where there are none."""
    return sorted(values)[max(0, math.ceil(part * len(values)) - 1)] if values else math.inf


async def measure_arrival(server: Server, readers: int, *, has_files: bool, has_browser: bool = False) -> Arrival:
    """Let readers come at once, with empty caches or without files, and one real browser among them."""
    files = await find_files(server.url) if has_files else ()
    before = read_usage(server.process.pid)
    with ask_health(server.port) as health:
        browser = asyncio.create_task(_draw(server.url)) if has_browser else None
        runs = await asyncio.gather(*(_arrive(server.url, files) for _ in range(readers)))
        drawn = await browser if browser is not None else None
    whole = sorted(run.seconds for run in runs if run is not None and run.is_whole)
    cpu = (read_usage(server.process.pid).cpu - before.cpu) / (readers + has_browser)
    return Arrival(len(whole), tuple(whole), cpu, tuple(sorted(health)), drawn)


async def _arrive(url: str, files: tuple[str, ...]) -> Run | None:
    try:
        async with asyncio.timeout(PATIENCE):
            return await visit(url, files)
    except (OSError, EOFError, TimeoutError, WebSocketException):
        return None


async def _draw(url: str) -> float:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        try:
            page = await browser.new_page(viewport={"width": 1280, "height": 900})
            begun = time.monotonic()
            await page.goto(url, timeout=PATIENCE * 1000)
            await page.wait_for_selector("svg path[aria-label]", timeout=PATIENCE * 1000)
            return time.monotonic() - begun
        finally:
            await browser.close()


async def measure_drawing(server: Server) -> float:
    """Return the seconds until a real browser with an empty cache has drawn the first chart, alone on the server."""
    return await _draw(server.url)


async def measure_flood(server: Server, messages: int) -> Flood:
    """Let one client send reruns as fast as it can, and time a reader's runs beside it."""
    async with open_page(server.url) as reader:
        await reader.run()
        hostile = asyncio.create_task(_flood(server.url, messages))
        seconds: list[float] = []
        while not hostile.done() or len(seconds) < 5:
            seconds.append((await reader.run(f"lang={'vi' if len(seconds) % 2 else 'en'}")).seconds)
            await asyncio.sleep(0.3)
        return Flood(await hostile, tuple(sorted(seconds)))


async def _flood(url: str, messages: int) -> int:
    """Send so many messages, coming back whenever the server closes the socket; return how many went out."""
    sent = 0
    deadline = time.monotonic() + 20
    while sent < messages and time.monotonic() < deadline:
        try:
            async with open_page(url) as reader:
                while sent < messages:
                    await reader.send(f"figure=none-{sent}")
                    sent += 1
                await asyncio.sleep(5)  # what was sent keeps the server busy for a while
        except (OSError, WebSocketException):
            continue
    return sent


async def measure_crowd(server: Server, sockets: int, rate: float, seconds: float = 20) -> Beside:
    """Let one client with many sockets ask for reruns, and time others: who come, and who have the page open."""
    with crowd(server.url, sockets, rate) as asked, ask_health(server.port) as health:
        runs = await _read_beside(server.url, seconds)
    return Beside(asked[0], runs, tuple(sorted(health)))


class Asking(NamedTuple):
    """Open pages that ask for notices."""

    beside: Beside
    cpu: float
    """Seconds of the server's processor time for each, those of the readers beside them taken off."""


async def measure_notices(server: Server, pages: int, seconds: float = 10) -> Asking:
    """Let so many open pages ask for notices each second, and time others' pages; then the same without them."""
    asked, spent = [0], {}
    for count in (pages, 0):
        before, begun = read_usage(server.process.pid).cpu, time.monotonic()
        tasks = [asyncio.create_task(_ask_notices(server.url, number / pages, asked)) for number in range(count)]
        with ask_health(server.port) as health:
            runs = await _read_beside(server.url, seconds)
        spent[count] = (read_usage(server.process.pid).cpu - before) / (time.monotonic() - begun), runs, sorted(health)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    busy, runs, health_then = spent[pages]
    return Asking(Beside(asked[0], runs, tuple(health_then)), max(0.0, busy - spent[0][0]) * seconds / asked[0])


async def _ask_notices(url: str, delay: float, asked: list[int]) -> None:
    await asyncio.sleep(delay)
    async with Connection(url) as connection:
        while True:
            await connection.get("/notices?lang=vi&drawn=0")
            asked[0] += 1
            await asyncio.sleep(1)


class Downloading(NamedTuple):
    """Connections that ask for the package, and a server's memory meanwhile."""

    beside: Beside
    memory: float
    """Megabytes more than before, at the most."""


async def measure_downloads(server: Server, connections: int, query: str, seconds: float = 20) -> Downloading:
    """Let connections ask for the package over and over, and time others' pages."""
    async with open_page(server.url) as reader:
        for looked_at in QUERIES:  # what is made once for each page is no part of this
            await reader.run(looked_at)
    before = read_usage(server.process.pid).memory
    asked, most, ended = [0], [before], asyncio.Event()
    tasks = [asyncio.create_task(_download(server.url, f"/figures.zip{query}", asked)) for _ in range(connections)]
    watching = asyncio.create_task(_watch_memory(server, most, ended))
    with ask_health(server.port) as health:
        runs = await _read_beside(server.url, seconds)
    ended.set()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, watching, return_exceptions=True)
    return Downloading(Beside(asked[0], runs, tuple(sorted(health))), max(most) - before)


async def _download(url: str, path: str, asked: list[int]) -> None:
    while True:
        async with Connection(url) as connection:
            await connection.get(path)
            asked[0] += 1
        await asyncio.sleep(0.1)


async def _watch_memory(server: Server, most: list[float], ended: asyncio.Event) -> None:
    while not ended.is_set():
        most.append(read_usage(server.process.pid).memory)
        await asyncio.sleep(0.1)


async def _read_beside(url: str, seconds: float, readers: int = 4) -> tuple[float, ...]:
    """Return the seconds of each run of some readers who come, look at three pages and go, over and over."""
    deadline = time.monotonic() + seconds
    found = await asyncio.gather(*(_read_on(url, deadline) for _ in range(readers)))
    return tuple(sorted(chain.from_iterable(found)))


async def _read_on(url: str, deadline: float) -> list[float]:
    found: list[float] = []
    while time.monotonic() < deadline:
        try:
            async with asyncio.timeout(15):
                found.append((await visit(url)).seconds)
                async with open_page(url) as reader:
                    for query in QUERIES:
                        await asyncio.sleep(0.25)
                        found.append((await reader.run(query)).seconds)
        except (OSError, EOFError, TimeoutError, WebSocketException):
            found.append(math.inf)
            await asyncio.sleep(0.25)
    return found


async def measure_reruns(server: Server, reruns: int, sockets: int = 50) -> Growth:
    """Let open pages ask for reruns, one after another each."""
    await _settle(server)
    before, begun = read_usage(server.process.pid), time.monotonic()
    await asyncio.gather(*(_rerun(server.url, reruns // sockets, f"127.0.0.{1 + each}") for each in range(sockets)))
    seconds = time.monotonic() - begun
    await _settle(server)
    return Growth(before, read_usage(server.process.pid), reruns, seconds)


async def _rerun(url: str, reruns: int, address: str) -> None:
    """Ask for reruns as a client of an address of its own, so that it is the server that sets the pace."""
    async with open_page(url, address) as reader:
        for number in range(reruns):
            await reader.run(f"lang={'vi' if number % 2 else 'en'}")


async def measure_sessions(server: Server, sessions: int, at_once: int = 20) -> Growth:
    """Let readers come, see the page and go, some at a time."""
    await _settle(server)
    before, begun = read_usage(server.process.pid), time.monotonic()
    for _ in range(0, sessions, at_once):
        await asyncio.gather(*(_arrive(server.url, ()) for _ in range(at_once)))
    seconds = time.monotonic() - begun
    await _settle(server)
    return Growth(before, read_usage(server.process.pid), sessions, seconds)


async def _settle(server: Server) -> None:
    """Let the sessions of readers who have gone expire; a reader who comes after that sweeps them out."""
    await asyncio.sleep(EXPIRY + 2)
    await _arrive(server.url, ())
    await asyncio.sleep(EXPIRY + 2)


EXPIRY = 10.0
"""Seconds: `disconnectedSessionTTL` of .streamlit/config.toml."""


async def measure_restart(root: Path, script: Path) -> float:
    """Kill a server without warning while it serves, start another, and return the seconds to its first whole run."""
    with TemporaryDirectory(prefix="load-") as folder:
        server = start(root, Path(folder) / "first.log", script)
        await _arrive(server.url, ())
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        begun = time.monotonic()
        server = start(root, Path(folder) / "second.log", script)
        try:
            run = await _arrive(server.url, ())
            return time.monotonic() - begun if run is not None and run.is_whole else math.inf
        finally:
            stop(server)


async def measure_stop(server: Server, readers: int) -> float:
    """Return the seconds that a server takes to end with pages open on it."""
    async with asyncio.TaskGroup() as group:
        opened = [group.create_task(_stay(server.url)) for _ in range(readers)]
        await asyncio.sleep(2)
        seconds = await asyncio.to_thread(stop, server)
        for task in opened:
            task.cancel()
    return seconds


async def _stay(url: str) -> None:
    try:
        async with open_page(url) as reader:
            await reader.run()
            await asyncio.sleep(PATIENCE)
    except (OSError, WebSocketException):
        return
