"""Turns for script runs: a few work at a time, so that the first ones end soon."""

import threading
from collections import OrderedDict, deque
from collections.abc import Hashable, Iterator
from contextlib import contextmanager


class Gate:
    """Lets a few runs work at a time. The others take turns by client, and within a client in the order they came.

    Python runs one thread at a time: fifty runs at once all end last, fifty in a row end one by one. And one client's
    flood waits behind its own runs only.
    """

    def __init__(self, width: int = 2) -> None:
        """Let `width` runs work at a time."""
        self._free = width
        self._lock = threading.Lock()
        self._waiting: OrderedDict[Hashable, deque[threading.Event]] = OrderedDict()

    @contextmanager
    def enter(self, client: Hashable = None) -> Iterator[None]:
        """Wait for a place and hold it for the length of a `with` block."""
        self._take(client)
        try:
            yield
        finally:
            self._release()

    def count_waiting(self) -> int:
        """Return how many runs wait for a place."""
        with self._lock:
            return sum(len(line) for line in self._waiting.values())

    def _take(self, client: Hashable) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            admitted = threading.Event()
            self._waiting.setdefault(client, deque()).append(admitted)
        admitted.wait()

    def _release(self) -> None:
        with self._lock:
            if not self._waiting:
                self._free += 1
                return
            # The place is handed over directly, so that no newcomer can take it first.
            client, line = self._waiting.popitem(last=False)
            line.popleft().set()
            if line:
                self._waiting[client] = line
