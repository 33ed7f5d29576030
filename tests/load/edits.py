"""Edits under a running server: how soon each is shown, and what memory the states of the data before it leave behind.

`python -m tests.load.edits [--claims 10000] [--edits 40]` makes a folder of so many claims, serves it and edits it.
Then a thousand edits of a smaller folder are taken in without waiting for files to rest, for their memory alone.
"""

import argparse
import asyncio
import math
import multiprocessing
import os
import re
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl

from extract.page.address import parse_query
from extract.page.page import Page, choose_words
from extract.server.live import Live
from tests.bench.generate import generate
from tests.load.__main__ import Row
from tests.load.process import Usage, read_usage
from tests.load.reader import open_page
from tests.servers import Server, serve

PATIENCE = 120.0
"""Seconds after which an edit that is not shown counts as lost."""
WARMING = 20
"""Edits before the first look at the memory: what is made once, and what the allocator keeps, stands by then."""
SMALLER = 500
"""Claims of the folder that is edited a thousand times."""
QUERIES = ("lang=en", "lang=en&view=figures", "lang=vi&view=figures&sort=value", "lang=en&topic=crime")
"""What a reader looks at between two edits, in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """Many edits, one after another, with a reader who looks at the page after each."""

    seconds: Sequence[float]
    """From the saving of each to the first answer that shows it, in order of time."""
    before: Usage
    """After the first few."""
    after: Usage


async def measure_edits(server: Server, root: Path, edits: int) -> Edits:
    """Edit one article after another, and wait until each edit is shown."""
    files = sorted((root / "data/claims").iterdir())
    seconds: list[float] = []
    before = read_usage(server.process.pid)
    async with open_page(server.url) as reader:
        await reader.run()
        for number in range(WARMING + edits):
            if number == WARMING:
                before = read_usage(server.process.pid)
            file = files[number * 37 % len(files)]
            seconds.append(await asyncio.to_thread(_edit, server, file, number))
            await reader.run(QUERIES[number % len(QUERIES)])
    return Edits(seconds=seconds[WARMING:], before=before, after=read_usage(server.process.pid))


def _edit(server: Server, file: Path, number: int) -> float:
    """Write a comment at the end of an article's file; return the seconds until the data have another version."""
    known = file.read_bytes().partition(b"# edit ")[0]
    figure = re.findall(rb"- id: (\S+)", known)[0].decode()
    version = _read_version(server, figure)
    begun = time.monotonic()
    saved = file.with_name(f".{file.name}")
    saved.write_bytes(known + f"# edit {number}\n".encode())
    saved.replace(file)
    while _read_version(server, figure) == version:
        if time.monotonic() - begun > PATIENCE:
            return math.inf
        time.sleep(0.05)
    return time.monotonic() - begun


def _read_version(server: Server, figure: str) -> str:
    """Return the version of the data that the server answers from."""
    with urllib.request.urlopen(f"{server.url}/claim?figure={figure}", timeout=PATIENCE) as answer:
        return str(answer.headers["etag"])


def list_edits(edits: Edits) -> Iterator[Row]:
    """Yield the figures of edits beside their goals."""
    name = f"{len(edits.seconds)} edits"
    ordered = sorted(edits.seconds)
    yield Row(f"{name}: shown after, median", ordered[len(ordered) // 2], "s")
    yield Row(f"{name}: shown after, the slowest", ordered[-1], "s", 3.0)
    yield Row(f"{name}: memory more", edits.after.memory - edits.before.memory, "MB", 10)
    yield Row(f"{name}: memory in all", edits.after.memory, "MB")


def measure_memory(claims: int, edits: int) -> float:
    """Return the megabytes that a thousand states of the data leave behind, each with its views composed."""
    context = multiprocessing.get_context("spawn")
    near, far = context.Pipe(duplex=False)
    process = context.Process(target=_take_in, args=(claims, edits, far), daemon=True)
    process.start()
    far.close()
    more = float(near.recv())
    process.join()
    return more


def _take_in(claims: int, edits: int, answers: Connection) -> None:
    with TemporaryDirectory(prefix="load-") as folder:
        root, before = Path(folder), 0.0
        generate(root, claims)
        files = sorted((root / "data/claims").iterdir())
        live = Live(root, settle=0)
        live.look()
        for number in range(WARMING + edits):
            if number == WARMING:
                before = read_usage(os.getpid()).memory
            file = files[number * 37 % len(files)]
            file.write_bytes(file.read_bytes().partition(b"# edit ")[0] + f"# edit {number}\n".encode())
            snapshot = live.look()
            query = dict(parse_qsl(QUERIES[1 + number % 2]))  # a table, for charts take longer than all the rest
            address, _ = parse_query(query, snapshot.table)
            words = choose_words(snapshot.wording, address.lang)
            snapshot.compose(Page(table=snapshot.table, words=words, address=address))
        answers.send(read_usage(os.getpid()).memory - before)


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.edits", description=__doc__)
    parser.add_argument("--claims", type=int, default=10_000, help="how many claims are served")
    parser.add_argument("--edits", type=int, default=40, help="how often they are edited")
    parser.add_argument("--states", type=int, default=1000, help="how often a smaller folder is, for its memory")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="load-") as folder:
        root = Path(folder)
        generate(root, options.claims)
        with serve(root) as server:
            rows = list(list_edits(asyncio.run(measure_edits(server, root, options.edits))))
    name = f"{options.states} edits of {SMALLER} claims: memory more"
    rows.append(Row(name, measure_memory(SMALLER, options.states), "MB", 10))
    for row in rows:
        print(row)
    print(f"load average of the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    return 0 if all(row.is_met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
