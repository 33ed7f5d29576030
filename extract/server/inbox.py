"""What a reader's socket may send: messages that the page needs, of a sensible size, no faster than a hand clicks."""

import asyncio
from asyncio import Future
from collections.abc import Callable
from typing import Any, Final

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
        """Stand before a socket's `receive`; `clock` counts seconds, `budget` is its client's."""
        self._receive = receive
        self._bucket = TokenBucket(clock)
        self._budget = budget
        self._demand = Demand(clock)
        self._waiting: dict[str, Message] = {}
        self._superseded = 0
        self._receiving: Future[Message] | None = None
        self._turn: Future[None] | None = None

    async def receive(self) -> Message:
        """Return the next message; raise SocketRefusedError where the socket is to be closed."""
        while True:
            message = self._take_waiting() or self._take_received()
            if message is not None:
                return message
            if self._receiving is None:
                self._receiving = asyncio.ensure_future(self._receive())
            awaited: list[Future[Any]] = [self._receiving]
            timeout = None
            if self._turn is not None:
                awaited.append(self._turn)
            elif self._waiting:
                timeout = self._bucket.find_wait()
            await asyncio.wait(awaited, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)

    def close(self) -> None:
        """Stop receiving, and give up the turn that was asked for."""
        for future in (self._receiving, self._turn):
            if future is not None:
                future.cancel()

    def _take_waiting(self) -> Message | None:
        """Return the request that has waited longest, where its turn has come; else see to it that it comes."""
        if self._turn is not None and self._turn.done():
            self._turn = None
            self._bucket.take()
            return self._waiting.pop(next(iter(self._waiting)))
        if self._waiting and self._turn is None and not self._bucket.find_wait():
            self._turn = self._budget.request(self._demand)
        return None

    def _take_received(self) -> Message | None:
        """Return what was received, where it need not wait."""
        if self._receiving is None or not self._receiving.done():
            return None
        message = self._receiving.result()
        self._receiving = None
        if message["type"] != "websocket.receive":
            return message
        request = check_message(message)
        if request is None:
            return None
        message = {"type": "websocket.receive", "bytes": request.raw}
        if request.kind in COSTLY:
            self._queue(request.kind, message)
        elif not self._bucket.find_wait():
            self._bucket.take()
            return message
        return None

    def _queue(self, kind: str, message: Message) -> None:
        self._demand.add()
        self._superseded += kind in self._waiting
        if self._superseded > MOST_SUPERSEDED:
            raise SocketRefusedError(1008, "too many messages")
        self._waiting[kind] = message


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
