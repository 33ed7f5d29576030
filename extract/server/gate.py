"""Turns for work: a few pieces at a time, so that the first ones end soon."""

import asyncio
import threading
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Hashable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager


class Gate:
    """Lets a few work at a time. The others take turns by client, and within a client in the order they came.

    Python runs one thread at a time: fifty runs at once all end last, fifty in a row end one by one. And one client's
    flood waits behind its own runs only.
    """

    def __init__(self, width: int = 2) -> None:
        """Let `width` work at a time."""
        self._free = width
        self._lock = threading.Lock()
        self._waiting: OrderedDict[Hashable, deque[Future[None]]] = OrderedDict()

    @contextmanager
    def enter(self, client: Hashable = None) -> Iterator[None]:
        """Wait for a place in this thread, and hold it for the length of a `with` block."""
        self._request(client).result()
        try:
            yield
        finally:
            self._release()

    @asynccontextmanager
    async def enter_async(self, client: Hashable = None) -> AsyncIterator[None]:
        """Wait for a place without holding a thread up, and hold it for the length of an `async with` block."""
        admitted = self._request(client)
        try:
            await asyncio.wrap_future(admitted)
        except asyncio.CancelledError:
            if not admitted.cancelled():  # it was admitted as it went
                self._release()
            raise
        try:
            yield
        finally:
            self._release()

    def count_waiting(self) -> int:
        """Return how many wait for a place."""
        with self._lock:
            return sum(len(line) for line in self._waiting.values())

    def _request(self, client: Hashable) -> "Future[None]":
        """Return what is done once there is a place for a client."""
        admitted: Future[None] = Future()
        with self._lock:
            if self._free:
                self._free -= 1
                admitted.set_result(None)
            else:
                self._waiting.setdefault(client, deque()).append(admitted)
        return admitted

    def _release(self) -> None:
        """Hand the place over directly, so that no newcomer can take it first."""
        with self._lock:
            while self._waiting:
                client, line = self._waiting.popitem(last=False)
                admitted = line.popleft()
                if line:
                    self._waiting[client] = line
                if admitted.set_running_or_notify_cancel():
                    break
            else:
                self._free += 1
                return
        admitted.set_result(None)
