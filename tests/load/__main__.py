"""Start servers, measure them, print the figures beside their goals; exit 1 where a goal is missed."""

import argparse
import asyncio
import operator
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.bench.generate import generate
from tests.load.measures import (
    Arrival,
    Beside,
    Growth,
    find_percentile,
    measure_arrival,
    measure_crowd,
    measure_downloads,
    measure_drawing,
    measure_flood,
    measure_notices,
    measure_reruns,
    measure_restart,
    measure_sessions,
    measure_stop,
)
from tests.servers import DASHBOARD, REPOSITORY, start, stop


class Row(NamedTuple):
    """One figure, and the goal it is held to, if any."""

    what: str
    found: float
    unit: str
    limit: float | None = None
    is_least: bool = False
    """Whether the limit is the least that will do, not the most."""

    @property
    def is_met(self) -> bool:
        """Whether the goal is met."""
        compare = operator.ge if self.is_least else operator.le
        return self.limit is None or compare(self.found, self.limit)

    def __str__(self) -> str:
        goal = "" if self.limit is None else f"{'≥' if self.is_least else '≤'} {self.limit:g}"
        verdict = "" if self.limit is None else "met" if self.is_met else "MISSED"
        return f"{self.what:<66} {self.found:>9.2f} {self.unit:<5} {goal:>8} {verdict}"


def list_arrival(name: str, arrival: Arrival, readers: int, limit: float | None) -> Iterator[Row]:
    """Yield the figures of readers who came at once."""
    yield Row(f"{name}: served", arrival.served, "", readers, is_least=True)
    yield Row(f"{name}: median to a whole first run", find_percentile(arrival.seconds, 0.5), "s")
    yield Row(f"{name}: p95 to a whole first run", find_percentile(arrival.seconds, 0.95), "s", limit)
    yield Row(f"{name}: server's processor time for each", arrival.cpu * 1000, "ms")
    yield Row(f"{name}: health check p99", find_percentile(arrival.health, 0.99), "s", 1.0)
    if arrival.drawn is not None:
        yield Row(f"{name}: a real browser among them has drawn", arrival.drawn, "s")


def list_beside(name: str, beside: Beside, limit: float) -> Iterator[Row]:
    """Yield what others have beside something heavy."""
    yield Row(f"{name}: asked for", beside.asked, "")
    yield Row(f"{name}: others' runs", len(beside.seconds), "")
    yield Row(f"{name}: others' page p99", find_percentile(beside.seconds, 0.99), "s", limit)
    yield Row(f"{name}: health check p99", find_percentile(beside.health, 0.99), "s", 0.3)


async def list_downloads(script: Path, claims: int = 10_000) -> list[Row]:
    """Return the figures of connections that ask a server of many claims for its package."""
    with TemporaryDirectory(prefix="load-") as folder:
        generate(Path(folder) / "root", claims)
        server = start(Path(folder) / "root", Path(folder) / "log", script)
        try:
            downloading = await measure_downloads(server, 20, "")
        finally:
            stop(server)
    name = f"20 connections that ask for the package of {claims:,} claims"
    return [*list_beside(name, downloading.beside, 0.5), Row(f"{name}: memory more", downloading.memory, "MB", 100)]


def list_growth(name: str, growth: Growth) -> Iterator[Row]:
    """Yield what is left after many runs or sessions."""
    yield Row(f"{name}: a second", growth.times / growth.seconds, "")
    yield Row(f"{name}: processor time for each", (growth.after.cpu - growth.before.cpu) / growth.times * 1000, "ms")
    yield Row(f"{name}: memory more, after expiry", growth.after.memory - growth.before.memory, "MB", 10)
    yield Row(f"{name}: handles more, after expiry", growth.after.handles - growth.before.handles, "", 2)
    yield Row(f"{name}: threads more, after expiry", growth.after.threads - growth.before.threads, "", 2)


async def measure(root: Path, script: Path, part: float) -> list[Row]:
    """Take all measures, each count times `part`, printing every figure as it comes."""
    rows: list[Row] = []
    with TemporaryDirectory(prefix="load-") as folder:
        server = start(root, Path(folder) / "log", script)
        try:
            note(rows, Row("a real browser alone has drawn the first chart", await measure_drawing(server), "s"))
            few, many = max(2, round(50 * part)), max(4, round(200 * part))
            warm = await measure_arrival(server, few, has_files=False)
            note(rows, *list_arrival(f"{few} at once, files in their caches", warm, few, 3.0))
            cold = await measure_arrival(server, few, has_files=True, has_browser=True)
            note(rows, *list_arrival(f"{few} at once, caches empty", cold, few, 3.0))
            crowd = await measure_arrival(server, many, has_files=False)
            note(rows, *list_arrival(f"{many} at once, files in their caches", crowd, many, None))
            flood = await measure_flood(server, 1000)
            note(rows, Row("messages that one hostile client sent", flood.sent, ""))
            note(rows, Row("a reader's slowest answer meanwhile", flood.seconds[-1], "s", 2.0))
            beside = await measure_crowd(server, 240, 5)
            note(rows, *list_beside("240 sockets of one client at 5 runs a second", beside, 1.5))
            asking = await measure_notices(server, 240)
            note(rows, *list_beside("240 open pages that ask for notices", asking.beside, 0.5))
            note(rows, Row("240 open pages that ask for notices: processor time each", asking.cpu * 1000, "ms", 1.0))
            # What is made once, and what the allocator keeps for later, stands after a thousand; growth is the rest.
            await measure_sessions(server, max(20, round(200 * part)))
            await measure_reruns(server, max(100, round(1000 * part)))
            sessions = await measure_sessions(server, max(20, round(1000 * part)))
            note(rows, *list_growth(f"{sessions.times} sessions", sessions))
            reruns = await measure_reruns(server, max(100, round(5000 * part)))
            note(rows, *list_growth(f"{reruns.times} reruns", reruns))
            note(rows, Row("stop, with 20 pages open", await measure_stop(server, 20), "s", 3.0))
        finally:
            stop(server)
    note(rows, *await list_downloads(script))
    note(rows, Row("kill -9, start, first whole run", await measure_restart(root, script), "s", 3.0))
    return rows


def note(rows: list[Row], *found: Row) -> None:
    """Print figures and keep them."""
    for row in found:
        print(row, flush=True)
    rows.extend(found)


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--root", type=Path, default=REPOSITORY, help="the folder that holds data/ and seeds/")
    parser.add_argument("--script", type=Path, default=DASHBOARD, help="the script that is served")
    parser.add_argument("--part", type=float, default=1.0, help="this part of every count, for a quick look")
    options = parser.parse_args()
    rows = asyncio.run(measure(options.root, options.script, options.part))
    missed = sum(not row.is_met for row in rows)
    print(f"{missed} goals missed" if missed else "all goals met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
