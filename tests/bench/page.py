"""Measure this page beside the floor and the same view in Dash and Panel: `python -m tests.bench.page`.

All are served at once and visited in turn, round by round, so that whatever else the machine does hits all alike;
ratios are taken within a round.
"""

import argparse
import asyncio
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.bench.apps import TOPIC, App, Dash, Floor, Ours, Panel, Served
from tests.bench.report import Finding, Series, find_ratio, format_findings, format_series
from tests.bench.visits import Conditions, click, load, open_reader, watch_traffic
from tests.browser import open_browser
from tests.load.process import read_usage
from tests.load.reader import open_page

ROUNDS = 7
RERUNS = 60
SESSIONS = 40
PAGES = 4

UNITS = {
    "server ready": "s",
    "first visit: first chart": "s",
    "first visit: whole view": "s",
    "second visit: first chart": "s",
    "second visit: whole view": "s",
    "click on a bar": "s",
    "click on a bar: asked after": "ms",
    "click on a bar: answered after": "ms",
    "click on a filter": "s",
    "click on a filter: asked after": "ms",
    "click on a filter: answered after": "ms",
    "server CPU, first visit": "ms",
    "server CPU, second visit": "ms",
    "server CPU, two clicks": "ms",
    "server CPU, rerun": "ms",
    "requests, first visit": "",
    "requests, second visit": "",
    "transferred, first visit": "kB",
    "transferred, second visit": "kB",
    "memory, open page": "MB",
    "memory, idle session": "MB",
}
FIRST, SECOND = "first visit: first chart", "second visit: first chart"
CLICKS = ("click on a bar", "click on a filter")


@dataclass(frozen=True, kw_only=True)
class Stand:
    """One page as it stands ready to be visited."""

    app: App
    served: Served
    conditions: Conditions


@contextmanager
def set_up(browser: Browser, apps: Sequence[App]) -> Iterator[list[Stand]]:
    """Serve all pages for the length of a `with` block, each visited once."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        stands: list[Stand] = []
        for app in apps:
            served = stack.enter_context(app.serve(folder / f"{len(stands)}.log"))
            app.warm_up(served.url)
            stands.append(Stand(app=app, served=served, conditions=app.look(browser, served.url)))
        yield stands


def measure_starts(apps: Sequence[App], rounds: int) -> Series:
    """Start and stop each server, in turn."""
    found: Series = {"server ready": defaultdict(list)}
    with TemporaryDirectory(prefix="bench-") as folder:
        for _ in range(rounds):
            for app in apps:
                with app.serve(Path(folder, "log")) as served:
                    found["server ready"][app.name].append(served.ready)
    return found


def measure_rounds(browser: Browser, stands: Sequence[Stand], rounds: int) -> Series:
    """Visit every page in each round, each round beginning with another one."""
    found: Series = defaultdict(lambda: defaultdict(list))
    for number in range(rounds):
        for place in range(len(stands)):
            stand = stands[(number + place) % len(stands)]
            for name, value in measure_visits(browser, stand).items():
                found[name][stand.app.name].append(value)
    # The same order of columns whatever the number of rounds.
    return {name: {stand.app.name: by_app[stand.app.name] for stand in stands} for name, by_app in found.items()}


def measure_visits(browser: Browser, stand: Stand) -> dict[str, float]:
    """Come with an empty cache, come again, click on a bar and on a filter; seconds, and the server's CPU in ms."""
    found: dict[str, float] = {}
    pid = stand.served.pid
    with open_reader(browser, stand.conditions) as context:
        used = read_usage(pid).cpu
        for visit in ("first visit", "second visit"):
            page = context.new_page()
            seconds = load(page, stand.served.url)
            found[f"{visit}: first chart"], found[f"{visit}: whole view"] = seconds.first, seconds.whole
            page.wait_for_timeout(250)
            before, used = used, read_usage(pid).cpu
            found[f"server CPU, {visit}"] = (used - before) * 1000
            if visit == "first visit":
                page.close()
        for name, wanted in zip(CLICKS, (stand.conditions.bar, stand.conditions.choice), strict=True):
            answer = click(page, wanted)
            found[name] = answer.painted
            found[f"{name}: asked after"] = answer.asked * 1000
            found[f"{name}: answered after"] = answer.answered * 1000
            page.wait_for_timeout(400)
        found["server CPU, two clicks"] = (read_usage(pid).cpu - used) * 1000
    return found


def measure_traffic(browser: Browser, stands: Sequence[Stand]) -> Series:
    """Count what one first and one second visit transfers."""
    found: Series = defaultdict(dict)
    for stand in stands:
        with open_reader(browser, stand.conditions) as context:
            for visit in ("first visit", "second visit"):
                page = context.new_page()
                traffic = watch_traffic(page, stand.served.url)
                page.close()
                found[f"requests, {visit}"][stand.app.name] = [traffic.requests]
                found[f"transferred, {visit}"][stand.app.name] = [traffic.kilobytes]
    return found


def measure_open_pages(browser: Browser, stand: Stand) -> float:
    """Return the megabytes that a server takes for each page that stays open in a browser, the first ones left out."""
    with open_reader(browser, stand.conditions) as context:
        for _ in range(PAGES // 2):
            load(context.new_page(), stand.served.url)
        time.sleep(1)
        before = read_usage(stand.served.pid).memory
        for _ in range(PAGES):
            load(context.new_page(), stand.served.url)
        time.sleep(1)
        return (read_usage(stand.served.pid).memory - before) / PAGES


def measure_sockets(served: Served, queries: Sequence[str]) -> tuple[float, float]:
    """Return the server's CPU for each of many reruns in ms, and the megabytes for each of many idle sessions."""
    return asyncio.run(rerun(served, queries)), asyncio.run(hold(served))


async def rerun(served: Served, queries: Sequence[str]) -> float:
    """Ask one open page for one answer after another."""
    async with open_page(served.url) as reader:
        for query in queries:
            await reader.run(query)
        before = read_usage(served.pid).cpu
        for place in range(RERUNS):
            await reader.run(queries[place % len(queries)])
            # The guard lets a socket send five messages a second.
            await asyncio.sleep(0.21)
        return (read_usage(served.pid).cpu - before) / RERUNS * 1000


async def hold(served: Served) -> float:
    """Open many sessions and keep them; the first ones are left out, for what they take is taken once."""
    async with AsyncExitStack() as stack:
        before = 0.0
        for place in range(SESSIONS + SESSIONS // 2):
            if place == SESSIONS // 2:
                await asyncio.sleep(1)
                before = read_usage(served.pid).memory
            reader = await stack.enter_async_context(open_page(served.url))
            await reader.run()
        await asyncio.sleep(1)
        return (read_usage(served.pid).memory - before) / SESSIONS


def measure(apps: Sequence[App], rounds: int) -> Series:
    """Return all that is measured of pages."""
    series = measure_starts(apps, rounds)
    with open_browser() as browser, set_up(browser, apps) as stands:
        series |= measure_rounds(browser, stands, rounds)
        series |= measure_traffic(browser, stands)
        series["memory, open page"] = {stand.app.name: [measure_open_pages(browser, stand)] for stand in stands}
    return {name: series[name] for name in UNITS if name in series}


def measure_sessions(apps: Sequence[App]) -> Series:
    """Return what a rerun and an idle session take of the servers of Streamlit, measured without a browser."""
    found: Series = {"server CPU, rerun": {}, "memory, idle session": {}}
    with TemporaryDirectory(prefix="bench-") as folder:
        for app in apps:
            with app.serve(Path(folder, "log")) as served:
                app.warm_up(served.url)
                queries = ["", f"topic={TOPIC}"] if isinstance(app, Ours) else ["", ""]
                cpu, memory = measure_sockets(served, queries)
                found["server CPU, rerun"][app.name] = [cpu]
                found["memory, idle session"][app.name] = [memory]
    return found


def judge(series: Series) -> list[Finding]:
    """Hold what was measured against the goals."""
    ours, floor = Ours().name, Floor().name
    findings = [
        Finding(goal=f"{name} / the floor's", found=find_ratio(series[name][ours], series[name][floor]), limit=limit)
        for name, limit in ((FIRST, 1.25), (SECOND, 1.3), *((name, 1.25) for name in CLICKS))
    ]
    for visit, chart in (("first visit", FIRST), ("second visit", SECOND)):
        ratio = find_ratio(series[f"{visit}: whole view"][ours], series[chart][floor])
        findings.append(Finding(goal=f"{visit}: whole view / the floor's one chart", found=ratio, limit=1.6))
    for peer in (name for name in series[FIRST] if name not in (ours, floor)):
        for name in ("first visit: whole view", "second visit: whole view", *CLICKS):
            ratio = find_ratio(series[name][ours], series[name][peer])
            findings.append(Finding(goal=f"{name} / {peer}'s", found=ratio, limit=1.0))
    findings.append(Finding(goal="server CPU of a rerun, ms", found=series["server CPU, rerun"][ours][0], limit=50))
    idle = series["memory, idle session"][ours][0]
    findings.append(Finding(goal="memory of an idle session, MB", found=idle, limit=1))
    return findings


def run(rounds: int, python: str) -> tuple[Series, list[Finding]]:
    """Measure, print, and return what was found."""
    apps = [Ours(), Floor(), Dash(python=python), Panel(python=python)]
    series = {**measure(apps, rounds), **measure_sessions(apps[:2])}
    findings = judge(series)
    print(f"\nPages: medians of {rounds} rounds\n{format_series(series, UNITS)}\n\n{format_findings(findings)}")
    return series, findings


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.page", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each page is visited")
    parser.add_argument("--python", default=sys.executable, help="the interpreter that has Dash and Panel")
    options = parser.parse_args()
    run(options.rounds, options.python)
    return 0


if __name__ == "__main__":
    sys.exit(main())
