"""Measure the scan of an archive: `python -m tests.bench.archive`.

The text is that of the seeds' lines in an order of chance, each digit drawn anew, so that no number and no text comes
twice. Every way of reading it goes through the same text, in turn, in a process of its own; then through a part of it,
so that what starting takes and what each further megabyte takes can be told apart.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import pyarrow as pa
from pyarrow import parquet as pq

from tests.bench.report import ROUNDS, Finding, Series, find_ratio, format_findings, format_number, format_rows, tell
from tests.servers import REPOSITORY

TEXTS: Final = 12_000
LINES: Final = 8
"""Lines of a text: about two kilobytes."""
ONE, SMALL, TWO, DASK = "one core, large files", "one core, small files", "two cores", "Dask, two workers"
RATE, FURTHER, START = "MB/s", "MB/s after the start", "start, s"
LOOP: Final = "sum(i * i for i in range(20_000_000))"
"""What tells one machine from another, and how much of two cores it gives to programs that share nothing."""
PART: Final = 4
"""The part of the texts that starting is told by: a fourth."""
_DIGIT: Final = re.compile(r"\d")


def write_texts(folder: Path, texts: int) -> dict[str, Path]:
    """Write the same texts as one file, as small files, as lines of JSON and as a table; return where."""
    chance = random.Random(7)
    files = sorted((REPOSITORY / "seeds").glob("*.txt"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    rows = []
    for number in range(texts):
        drawn = "\n".join(chance.choice(lines) for _ in range(LINES)) + "\n"
        rows.append({"id": f"{number:06}", "text": _DIGIT.sub(lambda _: str(chance.randint(1, 9)), drawn)})
    places = {"large": folder / "large.txt", "small": folder / "small"}
    places |= {"lines": folder / "lines.jsonl", "table": folder / "table.parquet"}
    places["small"].mkdir(parents=True)
    for row in rows:
        (places["small"] / f"{row['id']}.txt").write_text(row["text"], encoding="utf-8")
    places["large"].write_text("".join(row["text"] for row in rows), encoding="utf-8")
    places["lines"].write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(rows), places["table"])
    return places


@contextmanager
def start_cluster(folder: Path) -> Iterator[str]:
    """Run a Dask scheduler with two workers on this machine, and give its address."""
    told = folder / "scheduler.json"
    quiet = ("--host", "127.0.0.1", "--no-dashboard")
    with ExitStack() as stack, (folder / "log").open("ab") as log:

        def run(*arguments: str) -> None:
            environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
            command = [sys.executable, "-m", "dask", *arguments]
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
            stack.callback(process.wait)
            stack.callback(process.kill)

        run("scheduler", *quiet, "--port", "0", "--scheduler-file", str(told))
        while not told.exists():
            time.sleep(0.1)
        address = json.loads(told.read_text("utf-8"))["address"]
        for _ in range(2):
            run("worker", address, *quiet, "--nthreads", "1")
        time.sleep(5)  # until both are there, or the first scan would have one
        yield address


def measure_scan(arguments: Sequence[str], cores: int) -> tuple[float, int]:
    """Return the seconds that a scan takes on so many cores, and the bytes of its records."""
    command = ["taskset", "-c", ",".join(map(str, range(cores))), sys.executable, "-m", "extract", "scan", "--json"]
    begun = time.monotonic()
    done = subprocess.run([*command, *arguments], cwd=REPOSITORY, check=True, capture_output=True)
    return time.monotonic() - begun, len(done.stdout)


def time_loops(at_once: int) -> float:
    """Return the seconds that bare loops of Python take, each on a core of its own."""
    commands = [["taskset", "-c", str(core), sys.executable, "-c", LOOP] for core in range(at_once)]
    begun = time.monotonic()
    for process in [subprocess.Popen(command) for command in commands]:
        process.wait()
    return time.monotonic() - begun


def list_ways(places: Mapping[str, Path], address: str) -> dict[str, tuple[Sequence[str], int]]:
    """Return what each way is told to read, and its cores."""
    return {
        ONE: ([str(places["large"])], 1),
        SMALL: ([str(places["small"])], 1),
        TWO: ([str(places["large"])], 2),
        "two cores, lines of JSON": ([str(places["lines"])], 2),
        "two cores, a table": ([str(places["table"])], 2),
        DASK: ([str(places["lines"]), "--cluster", address], 2),
    }


def measure(rounds: int, texts: int) -> tuple[Series, dict[str, list[float]]]:
    """Return the megabytes a second of each way, of whole commands and after their start, and what the start takes.

    Beside it the seconds of one bare loop and of two at once, taken in the same rounds.
    """
    found: Series = defaultdict(lambda: {RATE: [], FURTHER: [], START: []})
    loops: dict[str, list[float]] = {"one": [], "two": []}
    with TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        address = stack.enter_context(start_cluster(folder))
        sizes, ways = [], []
        for number in (texts, texts // PART):
            places = write_texts(folder / str(number), number)
            sizes.append(places["large"].stat().st_size / 1e6)
            ways.append(list_ways(places, address))
        for number in range(rounds):
            records: dict[str, int] = {}
            loops["one"].append(time_loops(1))
            loops["two"].append(time_loops(2))
            for way, (arguments, cores) in ways[0].items():
                tell("archive", number, rounds, way)
                seconds, records[way] = measure_scan(arguments, cores)
                few, _ = measure_scan(ways[1][way][0], cores)
                further = (sizes[0] - sizes[1]) / (seconds - few)
                figures = {RATE: sizes[0] / seconds, FURTHER: further, START: seconds - sizes[0] / further}
                for figure, value in figures.items():
                    found[way][figure].append(value)
            assert records["two cores, lines of JSON"] == records["two cores, a table"] == records[DASK]
    return dict(found), loops


def judge(series: Series, loops: Mapping[str, Sequence[float]]) -> list[Finding]:
    """Hold what was measured against the goals, each as what may be at most."""
    rates = {way: found[RATE] for way, found in series.items()}
    further = {way: found[FURTHER] for way, found in series.items()}
    gain = find_ratio(rates[ONE], rates[TWO])
    bare = 2 * find_ratio(loops["one"], loops["two"])
    return [
        Finding(goal="6 MB/s / one core", found=6 / max(rates[ONE]), limit=1.0),
        Finding(goal="6 MB/s / one core, after the start", found=6 / max(further[ONE]), limit=1.0),
        Finding(goal="large files / small files, one core", found=find_ratio(rates[ONE], rates[SMALL]), limit=1.0),
        Finding(goal="1.9 x one core / two cores", found=1.9 * gain, limit=1.0),
        # Machines that share their cores with others give two programs less than twice as much as one.
        Finding(goal="the same, of what two bare loops gain", found=bare * gain, limit=2 / 1.9),
        Finding(goal="two cores / Dask, two workers", found=find_ratio(rates[TWO], rates[DASK]), limit=1.1),
    ]


def run(rounds: int, texts: int = TEXTS) -> tuple[Series, list[Finding]]:
    """Measure, print, and return what was found."""
    series, loops = measure(rounds, texts)
    findings = judge(series, loops)
    print(f"\nScanning {texts:,} texts, whole commands: medians of {rounds} rounds")
    one, two = (median(seconds) for seconds in loops.values())
    print(f"Bare loops of 20 million products beside them: one {one:.2f} s, two at once {two:.2f} s")
    rows = [["", RATE, FURTHER, START]]
    rows += [[way, *(format_number(median(found[figure])) for figure in rows[0][1:])] for way, found in series.items()]
    print(f"{format_rows(rows)}\n\n{format_findings(findings)}")
    return series, findings


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.archive", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each way is measured")
    parser.add_argument("--texts", type=int, default=TEXTS, help="how many texts there are")
    options = parser.parse_args()
    run(options.rounds, options.texts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
