"""Measure this page beside the floor and the same view in Dash and Panel: `python -m tests.bench.page`.

All are served at once and visited in turn, round by round, so that whatever else the machine does hits all alike;
ratios are taken within a round.
"""

import argparse
import asyncio
import json
import statistics
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from playwright.sync_api import Browser

from tests.bench.apps import App, Dash, Floor, Ours, Panel, Served
from tests.bench.report import Goal, Row, format_rows
from tests.bench.visits import Conditions, click, load, open_reader, watch_traffic
from tests.browser import open_browser
from tests.load.process import read_usage
from tests.load.reader import open_page

ROUNDS = 7
Series: TypeAlias = dict[str, dict[str, list[float]]]
"""By measure, then by page: one figure a round."""

TIMES = {
    "server ready": "s",
    "first visit: first chart": "s",
    "first visit: whole view": "s",
    "second visit: first chart": "s",
    "second visit: whole view": "s",
    "click on a bar": "s",
    "click on a filter": "s",
}


@dataclass(frozen=True, kw_only=True)
class Stand:
    """One page as it stands ready to be visited."""

    app: App
    served: Served
    conditions: Conditions


def measure_visits(browser: Browser, stand: Stand) -> dict[str, float]:
    """Come with an empty cache, come again, click on a bar and on a filter; seconds, and the server's CPU in ms."""
    found: dict[str, float] = {}
    with open_reader(browser, stand.conditions) as context:
        used = read_usage(stand.served.pid).cpu
        for visit in ("first visit", "second visit"):
            page = context.new_page()
            seconds = load(page, stand.served.url)
            found[f"{visit}: first chart"], found[f"{visit}: whole view"] = seconds.first, seconds.whole
            page.wait_for_timeout(250)
            now = read_usage(stand.served.pid).cpu
            found[f"server CPU, {visit}"] = (now - used) * 1000
            if visit == "first visit":
                page.close()
            used = read_usage(stand.served.pid).cpu
        found["click on a bar"] = click(page, stand.conditions.bar)
        page.wait_for_timeout(400)
        found["click on a filter"] = click(page, stand.conditions.choice)
        page.wait_for_timeout(250)
        found["server CPU, two clicks"] = (read_usage(stand.served.pid).cpu - used) * 1000
    return found


def measure_starts(apps: Sequence[App], rounds: int, folder: Path) -> Series:
    """Start and stop each server, in turn."""
    found: Series = {"server ready": defaultdict(list)}
    for _ in range(rounds):
        for app in apps:
            with app.serve(folder / "start.log") as served:
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


def measure_memory(browser: Browser, stand: Stand, pages: int) -> float:
    """Return the megabytes that the server holds for each page that stays open, after as many have come and gone."""
    for _ in range(2):  # what the first readers cost once is no session's
        with open_reader(browser, stand.conditions) as context:
            before = read_usage(stand.served.pid).memory
            for _ in range(pages):
                load(context.new_page(), stand.served.url)
            time.sleep(1)
            after = read_usage(stand.served.pid).memory
    return (after - before) / pages


async def measure_sockets(served: Served, queries: Sequence[str], sessions: int = 30) -> dict[str, float]:
    """Return the server's CPU for each of many reruns in ms, and megabytes for each idle session, without a browser."""
    async with open_page(served.url) as reader:
        for query in queries:
            await reader.run(query)
        before = read_usage(served.pid).cpu
        for place in range(60):
            await reader.run(queries[place % len(queries)])
        cpu = (read_usage(served.pid).cpu - before) / 60
    held = [await hold_sessions(served, sessions) for _ in range(3)]
    return {"server CPU, rerun": cpu * 1000, "memory, idle session": held[-1]}


async def hold_sessions(served: Served, sessions: int) -> float:
    """Return the megabytes for each of some sessions, opened one after the other and kept."""
    before = read_usage(served.pid).memory
    async with contextlib_stack() as stack:
        for _ in range(sessions):
            reader = await stack.enter_async_context(open_page(served.url))
            await reader.run()
        await asyncio.sleep(1)
        return (read_usage(served.pid).memory - before) / sessions


def contextlib_stack() -> Any:
    """Return a stack of contexts."""
    from contextlib import AsyncExitStack

    return AsyncExitStack()
