"""One client with many sockets, in a process of its own, so that it holds up no clock but the server's."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

from websockets.exceptions import WebSocketException

from tests.load.reader import open_page

ADDRESS = "127.0.0.2"
"""Where the crowd comes from: on Linux the whole of 127.0.0.0/8 is this machine's own."""


@contextmanager
def crowd(url: str, sockets: int, rate: float) -> Iterator[list[int]]:
    """Keep so many sockets of one address open for a `with` block, each asking for so many reruns a second.

    A socket that the server closes or refuses comes back after a second. The list gets at the end how many reruns were
    asked for.
    """
    context = multiprocessing.get_context("spawn")
    ended, (near, far) = context.Event(), context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(url, sockets, rate, ended, far), daemon=True)
    process.start()
    far.close()  # so that a process that dies ends the waiting
    near.recv()  # its first word: all have come
    asked: list[int] = []
    try:
        yield asked
    finally:
        ended.set()
        asked.append(near.recv())
        process.join()


def _run(url: str, sockets: int, rate: float, ended: Event, answers: Connection) -> None:
    answers.send(asyncio.run(_ask_all(url, sockets, rate, ended, answers)))


async def _ask_all(url: str, sockets: int, rate: float, ended: Event, answers: Connection) -> int:
    asked = [0]
    tasks = [asyncio.create_task(_ask(url, rate, number / sockets / rate, asked)) for number in range(sockets)]
    await asyncio.sleep(5)
    answers.send("asking")
    await asyncio.to_thread(ended.wait)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return asked[0]


async def _ask(url: str, rate: float, delay: float, asked: list[int]) -> None:
    await asyncio.sleep(delay)
    while True:
        try:
            async with open_page(url, ADDRESS) as page:
                drain = asyncio.create_task(page.drain())
                while not drain.done():
                    await page.send(f"lang=vi&topic={asked[0]}")
                    asked[0] += 1
                    await asyncio.sleep(1 / rate)
        except (OSError, WebSocketException):
            pass
        await asyncio.sleep(1)
