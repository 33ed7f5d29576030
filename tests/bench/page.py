"""Measure this page beside the floor and the same view in Dash and Panel: `python -m tests.bench.page`.

All are served at once and visited in turn, round by round, so that whatever else the machine does hits all alike;
ratios are taken within a round.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from tests.bench.apps import MARK, PILL, SEARCH, TOPIC, VIEW, App, Dash, Floor, Ours, Panel, Served
from tests.bench.report import ROUNDS, Finding, Series, find_ratio, format_findings, format_series, tell
from tests.bench.visits import Conditions, Load, click, load, load_slowly, open_reader, watch_traffic
from tests.browser import open_browser
from tests.load.process import read_usage
from tests.load.reader import open_page

SLOW_ROUNDS = 1
"""On the slow link a page takes up to a minute, and the link decides how long: rounds hardly differ."""
RERUNS = 60
SESSIONS = 40
PAGES = 4

VISITS = ("first visit", "second visit")
MOMENTS = ("first words", "first mark", "whole view")
SLOW = "slow link, "
FIRST, SECOND = "first visit: first mark", "second visit: first mark"
FIRST_CLICKS, LAST_CLICKS = (MARK, PILL), (VIEW, SEARCH)
CLICKS = (*FIRST_CLICKS, *LAST_CLICKS)

UNITS = {
    "server ready": "s",
    **{f"{visit}: {moment}": "s" for visit in VISITS for moment in MOMENTS},
    **{f"{SLOW}{visit}: {moment}": "s" for visit in VISITS for moment in MOMENTS},
    **{
        f"{name}{moment}": unit
        for name in CLICKS
        for moment, unit in (("", "s"), (": asked after", "ms"), (": answered after", "ms"))
    },
    "server CPU, first visit": "ms",
    "server CPU, second visit": "ms",
    "server CPU, a click": "ms",
    "server CPU, rerun": "ms",
    "requests, first visit": "",
    "requests, second visit": "",
    "transferred, first visit": "kB",
    "transferred, second visit": "kB",
    "memory, open page": "MB",
    "memory, idle session": "MB",
}


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
        for stand in stands:
            wait_for_rest(stand.served.pid)
        yield stands


def wait_for_rest(pid: int) -> None:
    """Wait until a server has nothing to do any more, but a minute at most: what it does once is not measured."""
    used = read_usage(pid).cpu
    for _ in range(60):
        time.sleep(1)
        before, used = used, read_usage(pid).cpu
        if used - before < 0.1:
            return


def measure_starts(apps: Sequence[App], rounds: int) -> Series:
    """Start and stop each server, in turn."""
    found: Series = {"server ready": defaultdict(list)}
    with TemporaryDirectory(prefix="bench-") as folder:
        for number in range(rounds):
            for app in apps:
                tell("starts", number, rounds, app.name)
                with app.serve(Path(folder, "log")) as served:
                    found["server ready"][app.name].append(served.ready)
    return found


def measure_rounds(browser: Browser, stands: Sequence[Stand], rounds: int) -> Series:
    """Visit every page in each round, each round beginning with another one."""
    found: Series = defaultdict(lambda: defaultdict(list))
    for number in range(rounds):
        for place in range(len(stands)):
            stand = stands[(number + place) % len(stands)]
            tell("page", number, rounds, stand.app.name)
            for name, value in measure_visits(browser, stand).items():
                found[name][stand.app.name].append(value)
    return arrange(found, stands)


def arrange(series: Series, stands: Sequence[Stand]) -> Series:
    """Return series with the pages in the same order everywhere, without those that have no such click."""
    names = [stand.app.name for stand in stands]
    return {measure: {name: found[name] for name in names if found.get(name)} for measure, found in series.items()}


def measure_visits(browser: Browser, stand: Stand) -> dict[str, float]:
    """Come with an empty cache, come again and click, come once more and click; seconds, and the server's CPU in ms."""
    found: dict[str, float] = {}
    pid = stand.served.pid
    with open_reader(browser, stand.conditions) as context:
        used = read_usage(pid).cpu
        for visit in VISITS:
            page = context.new_page()
            found |= name_moments(visit, load(page, stand.served.url))
            page.wait_for_timeout(250)
            before, used = used, read_usage(pid).cpu
            found[f"server CPU, {visit}"] = (used - before) * 1000
            if visit == "first visit":
                page.close()
        spent = measure_clicks(page, stand, FIRST_CLICKS, found)
        if set(LAST_CLICKS) & set(stand.conditions.clicks):
            page.close()
            page = context.new_page()
            load(page, stand.served.url)
            page.wait_for_timeout(400)
            spent += measure_clicks(page, stand, LAST_CLICKS, found)
        found["server CPU, a click"] = statistics.mean(spent)
    return found


def measure_clicks(page: Page, stand: Stand, names: Sequence[str], found: dict[str, float]) -> list[float]:
    """Click one after the other, note what each took, and return the server's CPU of each in ms."""
    spent: list[float] = []
    for name in names:
        if name not in stand.conditions.clicks:
            continue
        before = read_usage(stand.served.pid).cpu
        answer = click(page, stand.conditions.clicks[name])
        found[name] = answer.painted
        found[f"{name}: asked after"] = answer.asked * 1000
        found[f"{name}: answered after"] = answer.answered * 1000
        page.wait_for_timeout(400)
        spent.append((read_usage(stand.served.pid).cpu - before) * 1000)
    return spent


def name_moments(visit: str, seconds: Load) -> dict[str, float]:
    """Return the moments of an opening by their names in tables."""
    times = (seconds.words, seconds.first, seconds.whole)
    return {f"{visit}: {moment}": time for moment, time in zip(MOMENTS, times, strict=True)}


def measure_slow_rounds(browser: Browser, stands: Sequence[Stand], rounds: int) -> Series:
    """Come to every page over the slow link with an empty cache, and again."""
    found: Series = defaultdict(lambda: defaultdict(list))
    for number in range(rounds):
        for stand in stands:
            tell("slow link", number, rounds, stand.app.name)
            with open_reader(browser, stand.conditions) as context:
                for visit in VISITS:
                    page = context.new_page()
                    times = name_moments(f"{SLOW}{visit}", load_slowly(page, stand.served.url))
                    page.close()
                    for name, value in times.items():
                        found[name][stand.app.name].append(value)
    return arrange(found, stands)


def measure_traffic(browser: Browser, stands: Sequence[Stand]) -> Series:
    """Count what one first and one second visit transfers."""
    found: Series = defaultdict(dict)
    for stand in stands:
        tell("traffic", 0, 1, stand.app.name)
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
    tell("open pages", 0, 1, stand.app.name)
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
        series |= measure_slow_rounds(browser, stands, min(rounds, SLOW_ROUNDS))
        series |= measure_traffic(browser, stands)
        series["memory, open page"] = {stand.app.name: [measure_open_pages(browser, stand)] for stand in stands}
    return {name: series[name] for name in UNITS if name in series}


def measure_sessions(apps: Sequence[App]) -> Series:
    """Return what a rerun and an idle session take of the servers of Streamlit, measured without a browser."""
    found: Series = {"server CPU, rerun": {}, "memory, idle session": {}}
    with TemporaryDirectory(prefix="bench-") as folder:
        for app in apps:
            tell("sessions", 0, 1, app.name)
            with app.serve(Path(folder, "log")) as served:
                app.warm_up(served.url)
                queries = ["", f"topic={TOPIC}"] if isinstance(app, Ours) else ["", ""]
                cpu, memory = measure_sockets(served, queries)
                found["server CPU, rerun"][app.name] = [cpu]
                found["memory, idle session"][app.name] = [memory]
    return found


def judge(series: Series) -> list[Finding]:
    """Hold what was measured against the goals."""
    ours, floor, dash, panel = (app.name for app in (Ours(), Floor(), Dash(), Panel()))

    def hold(measure: str, other: str, limit: float, against: str = "") -> Finding:
        ratio = find_ratio(series[measure][ours], series[against or measure][other])
        words = f"{measure} / {other}'s {against}".rstrip()
        return Finding(goal=words, found=ratio, limit=limit)

    first_slow = f"{SLOW}{FIRST}"
    findings = [
        hold(FIRST, floor, 0.85),
        hold(SECOND, floor, 1.0),
        hold("first visit: whole view", floor, 1.6, against=FIRST),
        hold("second visit: whole view", floor, 1.6, against=SECOND),
        hold(f"{SLOW}first visit: first words", floor, 0.2, against=first_slow),
        hold(first_slow, floor, 0.8),
        hold(MARK, dash, 0.8),
        hold(PILL, dash, 1.0),
        hold(VIEW, dash, 1.0),
        *(hold(name, panel, 1.0) for name in (MARK, PILL, VIEW)),
        *(hold(name, floor, 1.25) for name in FIRST_CLICKS),
        *(hold(f"{visit}: whole view", peer, 1.0) for peer in (dash, panel) for visit in VISITS),
    ]
    first = series["transferred, first visit"][ours][0] / 1000
    findings.append(Finding(goal="transferred, first visit, MB", found=first, limit=1.0))
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
