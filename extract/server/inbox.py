"""What a reader's socket may send: messages that the page needs, of a sensible size, no faster than a hand clicks."""

import asyncio
from asyncio import Queue, TimerHandle
from collections.abc import Callable
from typing import Final

from starlette.types import Message, Receive

from extract.server.budget import Budget, Demand, TokenBucket
from extract.server.streamlit_internals import OPERATION, RERUN, SocketMessage, parse_message

LARGEST_MESSAGE: Final = 65_536
"""Bytes of one message; a rerun of the page takes a few hundred."""
COSTLY: Final = frozenset({RERUN, OPERATION})
"""Kinds of messages that are worked on, and so are taken from what the client may ask for."""
MOST_SUPERSEDED: Final = 200
"""Requests overtaken by newer ones before they were run, after which a socket is closed: no hand clicks so fast."""


class SocketRefusedError(Exception):
    """A socket is to be closed, for what it sent."""

    def __init__(self, code: int, reason: str) -> None:
        """Give the WebSocket close code, and the reason that its sender reads."""
        super().__init__(reason)
        self.code = code


class Inbox:
    """A socket's messages as the page is to see them.

    A request waits for its turn, and a newer one of its kind replaces it. Every rerun carries the whole state of its
    page, so the last one is what the reader wants to see, and nothing piles up.
    """

    def __init__(self, receive: Receive, clock: Callable[[], float], budget: Budget) -> None:
        """Read from a socket's `receive` until `close`; `clock` counts seconds, `budget` is its client's."""
        self._receive = receive
        self._bucket = TokenBucket(clock)
        self._budget = budget
        self._demand = Demand(clock)
        self._waiting: dict[str, Message] = {}
        self._superseded = 0
        self._allowed: Queue[Message | Exception] = Queue()
        self._timer: TimerHandle | None = None
        self._reading = asyncio.create_task(self._read())

    async def receive(self) -> Message:
        """Return the next message; raise SocketRefusedError where the socket is to be closed."""
        allowed = await self._allowed.get()
        if isinstance(allowed, Exception):
            raise allowed
        return allowed

    def close(self) -> None:
        """Stop reading, and give up the turn that was asked for."""
        self._reading.cancel()
        self._budget.withdraw(self._pass_on)
        if self._timer is not None:
            self._timer.cancel()

    async def _read(self) -> None:
        try:
            while (message := await self._receive())["type"] != "websocket.disconnect":
                self._sort(message)
            self._allowed.put_nowait(message)
        except Exception as error:
            self._allowed.put_nowait(error)

    def _sort(self, message: Message) -> None:
        """Let a message wait for its turn where it takes work, else pass it on, or drop it."""
        if message["type"] != "websocket.receive":
            self._allowed.put_nowait(message)
            return
        request = check_message(message)
        if request is None:
            return
        message = {"type": "websocket.receive", "bytes": request.raw}
        if request.kind not in COSTLY:
            if not self._bucket.find_wait():
                self._bucket.take()
                self._allowed.put_nowait(message)
            return
        self._demand.add()
        self._superseded += request.kind in self._waiting
        if self._superseded > MOST_SUPERSEDED:
            raise SocketRefusedError(1008, "too many messages")
        is_first = not self._waiting
        self._waiting[request.kind] = message
        if is_first:
            self._ask()

    def _ask(self) -> None:
        """Ask for a turn, as soon as the socket itself may."""
        wait = self._bucket.find_wait()
        self._timer = asyncio.get_running_loop().call_later(wait, self._ask) if wait else None
        if not wait:
            self._budget.request(self._demand, self._pass_on)

    def _pass_on(self) -> None:
        """Pass the request on that has waited longest: its turn has come."""
        self._bucket.take()
        self._allowed.put_nowait(self._waiting.pop(next(iter(self._waiting))))
        if self._waiting:
            self._ask()


def check_message(message: Message) -> SocketMessage | None:
    """Return what a message asks for, or None where the page does not need it.

    Raises SocketRefusedError for a text, for too many bytes, and for bytes of another protocol.
    """
    raw = message.get("bytes")
    if raw is None:
        raise SocketRefusedError(1003, "a text message")
    if len(raw) > LARGEST_MESSAGE:
        raise SocketRefusedError(1009, "a message too large")
    try:
        return parse_message(raw)
    except ValueError:
        raise SocketRefusedError(1002, "a message of another protocol") from None
