"""Measure everything side by side: `python -m tests.bench`; the tables go to .bench/results.json and a picture, too."""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

from tests.bench import archive, growth, page, reading
from tests.bench.picture import draw_times, write_picture
from tests.bench.report import ROUNDS, Finding, drop_infinite, format_findings, tell
from tests.browser import find_chromium
from tests.servers import REPOSITORY

PARTS = ("reading", "archive", "page", "growth")
RESULTS = REPOSITORY / ".bench/results.json"
PICTURE = REPOSITORY / ".github/bench.svg"


def describe_machine() -> str:
    """Return what it was measured on, in a line."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    chips = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    browser = subprocess.run([find_chromium(), "--version"], check=True, capture_output=True, text=True).stdout
    cores = f"{len(os.sched_getaffinity(0))} cores"
    parts = (*chips[:1], cores, f"Python {platform.python_version()}", " ".join(browser.split()[:2]))
    return ", ".join(parts)


def main() -> int:
    """Return the exit code: 0 when all was measured, whether or not the goals are met."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure: {', '.join(PARTS)}; default: all")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often everything is measured")
    parser.add_argument("--all", action="store_true", help=f"{growth.LARGEST:,} claims too: some minutes more")
    parser.add_argument("--python", default=sys.executable, help="the interpreter that has Dash and Panel")
    options = parser.parse_args()
    parts = options.parts or PARTS
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    RESULTS.parent.mkdir(exist_ok=True)
    machine = describe_machine()
    print(machine)
    results: dict[str, object] = {"machine": machine, "rounds": options.rounds}
    findings: list[Finding] = []
    if "reading" in parts:
        for corpus in ("reading", "held_out"):
            file = RESULTS.with_name(f"{corpus}.json")
            tell("reading", 0, 1, corpus)
            reading.main([str(REPOSITORY / "tests/bench" / corpus), "--json", str(file)])
            results[corpus] = json.loads(file.read_text(encoding="utf-8"))
    if "archive" in parts:
        results["archive"], found = archive.run(options.rounds)
        findings += found
    if "page" in parts:
        series, found = page.run(options.rounds, options.python)
        results["page"] = series
        findings += found
        write_picture(draw_times(series, f"{machine}; {options.rounds} rounds"), PICTURE)
    if "growth" in parts:
        sizes = (*growth.SIZES, growth.LARGEST) if options.all else growth.SIZES
        results["growth"], found = growth.run(options.rounds, sizes)
        findings += found
    results["goals"] = [finding.to_dict() for finding in findings]
    text = json.dumps(drop_infinite(results), ensure_ascii=False, indent=2, allow_nan=False)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    if findings:
        missed = sum(not finding.is_met for finding in findings)
        print(f"\nAll goals\n{format_findings(findings)}\n{missed} of {len(findings)} goals missed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
