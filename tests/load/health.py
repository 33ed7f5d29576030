"""The health check, asked in a process of its own, so that what waits is the server and not the readers beside it."""

import http.client
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

from extract.server.streamlit_internals import HEALTH

EVERY = 0.05
"""Seconds between two questions."""


@contextmanager
def ask_health(port: int) -> Iterator[list[float]]:
    """Ask again and again for the length of a `with` block; the list is filled at its end with the seconds of each."""
    context = multiprocessing.get_context("spawn")
    ended, (near, far) = context.Event(), context.Pipe(duplex=False)
    process = context.Process(target=_ask, args=(port, ended, far), daemon=True)
    process.start()
    far.close()  # so that a process that dies ends the waiting
    near.recv()  # its first word: it is asking
    seconds: list[float] = []
    try:
        yield seconds
    finally:
        ended.set()
        seconds += near.recv()
        process.join()


def _ask(port: int, ended: Event, answers: Connection) -> None:
    answers.send("asking")
    seconds: list[float] = []
    while not ended.wait(EVERY):
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", HEALTH)
        connection.getresponse().read()
        connection.close()
        seconds.append(time.monotonic() - begun)
    answers.send(seconds)
