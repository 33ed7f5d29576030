"""Measure load, check, export and the page as the claims grow: `python -m tests.bench.growth [--all]`.

Each figure is of a process of its own, for memory once taken is rarely given back. The bare time of the C parser on the
same files stands beside load and check, measured in turn with them.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from extract.claims.load.root import load_root
from tests.bench.apps import Ours
from tests.bench.generate import generate
from tests.bench.page import CLICKS, FIRST, SECOND, UNITS, measure_rounds, measure_sessions, set_up
from tests.bench.report import ROUNDS, Finding, Series, find_ratio, format_findings, format_series, tell
from tests.browser import open_browser
from tests.servers import REPOSITORY

SIZES = (33, 1_000, 10_000)
LARGEST = 100_000


# What a process of its own does


def parse_bare(root: Path) -> None:
    """Parse every file of data/claims/ as PyYAML's C parser does, and nothing more."""
    for file in sorted((root / "data/claims").iterdir()):
        yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)


def load_and_check(root: Path) -> None:
    """Load and check all of a root."""
    _, problems = load_root(root)
    assert not problems, problems[0]


def export(root: Path) -> Callable[[], None]:
    """Load a root, and return the export of it."""
    from extract.figures.export import export_collection  # noqa: PLC0415 - pandas would count in the others' memory

    collection, _ = load_root(root)

    def write() -> None:
        with TemporaryDirectory(prefix="bench-") as folder:
            export_collection(collection, Path(folder))

    return write


def measure_here(task: str, root: Path) -> dict[str, float]:
    """Return the seconds of a task in this process, and its peak of memory in megabytes."""
    run = export(root) if task == "export" else partial(TASKS[task], root)
    begun, used = time.perf_counter(), time.process_time()
    run()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - used
    return {"seconds": seconds, "cpu": cpu, "memory": read_peak()}


def read_peak() -> float:
    """Return the most memory that this program has taken, in megabytes; getrusage counts who started it, too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.findall(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)[0]) / 1000


TASKS: Mapping[str, Callable[[Path], object]] = {
    "C parser alone": parse_bare,
    "load and check": load_and_check,
    "export": export,
}


# What is measured


def measure_apart(task: str, root: Path) -> dict[str, float]:
    """Return what a task takes in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.growth", "--task", task, "--root", str(root)]
    done = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure_tasks(roots: Mapping[int, Path], rounds: int) -> Series:
    """Return seconds and megabytes of each task by the number of claims; the largest root is measured once."""
    series: Series = {f"{task}, {unit}": {} for task in TASKS for unit in ("s", "MB")}
    for size, root in roots.items():
        own = 1 if size >= LARGEST else rounds
        for number in range(own):
            tell("growth", number, own, name(size))
            for task in TASKS:
                found = measure_apart(task, root)
                series[f"{task}, s"].setdefault(name(size), []).append(found["seconds"])
                series[f"{task}, MB"].setdefault(name(size), []).append(found["memory"])
    return series


def measure_pages(roots: Mapping[int, Path], rounds: int) -> Series:
    """Return what the page of each root takes: the same visits and clicks, in turn."""
    apps = [Ours(name=name(size), root=root) for size, root in roots.items()]
    with open_browser() as browser, set_up(browser, apps) as stands:
        series = measure_rounds(browser, stands, rounds)
    return series | measure_sessions(apps)


def name(size: int) -> str:
    """Return what a root is called in tables."""
    return f"{size:,} claims"


def judge_tasks(series: Series, sizes: Sequence[int]) -> list[Finding]:
    """Hold load and check against the goals."""
    taken, bare = series["load and check, s"], series["C parser alone, s"]
    findings = []
    if 10_000 in sizes:
        ratio = find_ratio(taken[name(10_000)], bare[name(10_000)])
        findings.append(Finding(goal="load and check of 10,000 claims / the C parser alone", found=ratio, limit=1.5))
    for fewer, more in pairwise(size for size in sizes if size >= 1_000):
        growth = statistics.median(taken[name(more)]) / statistics.median(taken[name(fewer)]) / (more / fewer)
        goal = f"load and check, time for a claim: {more:,} / {fewer:,}"
        findings.append(Finding(goal=goal, found=growth, limit=1.1))
    if LARGEST in sizes:
        seconds, memory = taken[name(LARGEST)][0], series["load and check, MB"][name(LARGEST)][0]
        findings += [
            Finding(goal=f"load and check of {LARGEST:,} claims, s", found=seconds, limit=60),
            Finding(goal=f"load and check of {LARGEST:,} claims, MB", found=memory, limit=1000),
        ]
    return findings


def judge_pages(series: Series, sizes: Sequence[int]) -> list[Finding]:
    """Hold the page with many claims against the page with few."""
    findings = []
    least = min(sizes)
    for size, limit in ((10_000, 1.3), (LARGEST, 2.0)):
        if size not in sizes:
            continue
        for measure in (FIRST, "first visit: whole view", SECOND, "second visit: whole view", *CLICKS):
            ratio = find_ratio(series[measure][name(size)], series[measure][name(least)])
            findings.append(Finding(goal=f"{measure}: {size:,} / {least:,} claims", found=ratio, limit=limit))
        cpu = series["server CPU, rerun"][name(size)][0]
        findings.append(Finding(goal=f"server CPU of a rerun at {size:,}, ms", found=cpu, limit=50))
        memory = series["memory, idle session"][name(size)][0]
        findings.append(Finding(goal=f"memory of an idle session at {size:,}, MB", found=memory, limit=1))
    return findings


def run(rounds: int, sizes: Sequence[int]) -> tuple[Series, list[Finding]]:
    """Measure, print, and return what was found."""
    with TemporaryDirectory(prefix="bench-") as folder:
        roots = {size: Path(folder, str(size)) for size in sizes}
        for size, root in roots.items():
            root.mkdir()
            generate(root, size)
        tasks = measure_tasks(roots, rounds)
        findings = judge_tasks(tasks, sizes)
        print(f"\nGrowth: medians of {rounds} rounds\n{format_series(tasks, {}, is_growth=True)}")
        print(f"\n{format_findings(findings)}")
        # The page at its smallest is the real one.
        pages = measure_pages({**roots, min(sizes): REPOSITORY}, rounds)
    found = judge_pages(pages, sizes)
    print(f"\nThe page as the claims grow\n{format_series(pages, UNITS, is_growth=True)}\n\n{format_findings(found)}")
    return tasks | pages, [*findings, *found]


def main() -> int:
    """Return the exit code."""
    summary = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth", description=summary)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often everything is measured")
    parser.add_argument("--all", action="store_true", help=f"{LARGEST:,} claims too")
    parser.add_argument("--task", choices=TASKS, help="do one thing in this process and print what it took")
    parser.add_argument("--root", type=Path, default=REPOSITORY, help="the folder that the one thing is done with")
    options = parser.parse_args()
    if options.task:
        print(json.dumps(measure_here(options.task, options.root)))
        return 0
    run(options.rounds, (*SIZES, LARGEST) if options.all else SIZES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
