"""What a reader's socket may send: messages that the page needs, of a sensible size, no faster than a hand clicks."""

from asyncio import wait_for
from collections.abc import Callable
from typing import Final

from starlette.types import Message, Receive

from extract.server.streamlit_internals import RERUN, SocketMessage, parse_message

LARGEST_MESSAGE: Final = 65_536
"""Bytes of one message; a rerun of the page takes a few hundred."""
BURST: Final = 20
"""Messages that a socket may send at once."""
RATE: Final = 5.0
"""Messages a second after that."""
MOST_SUPERSEDED: Final = 200
"""Reruns overtaken by newer ones before they were run, after which a socket is closed: no hand clicks so fast."""


class SocketRefusedError(Exception):
    """A socket is to be closed, for what it sent."""

    def __init__(self, code: int, reason: str) -> None:
        """Give the WebSocket close code, and the reason that its sender reads."""
        super().__init__(reason)
        self.code = code


class TokenBucket:
    """A rate limit: `BURST` messages at first, `RATE` a second after that."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start full; `clock` counts seconds."""
        self._clock = clock
        self._tokens = float(BURST)
        self._filled_at = clock()

    def find_wait(self) -> float:
        """Return the seconds until there is a token; 0 where there is one."""
        now = self._clock()
        self._tokens = min(float(BURST), self._tokens + (now - self._filled_at) * RATE)
        self._filled_at = now
        return max(0.0, (1 - self._tokens) / RATE)

    def take(self) -> None:
        """Take a token."""
        self._tokens -= 1


class Inbox:
    """A socket's messages as the page is to see them.

    Over the limit a rerun waits for its turn, and a newer one replaces it. Every rerun carries the whole state of its
    page, so the last one is what the reader wants to see, and nothing piles up.
    """

    def __init__(self, receive: Receive, clock: Callable[[], float]) -> None:
        """Stand before a socket's `receive`; `clock` counts seconds."""
        self._receive = receive
        self._bucket = TokenBucket(clock)
        self._waiting: Message | None = None
        self._superseded = 0

    async def receive(self) -> Message:
        """Return the next message; raise SocketRefusedError where the socket is to be closed."""
        while True:
            wait = self._bucket.find_wait()
            if self._waiting is not None and wait == 0:
                message, self._waiting = self._waiting, None
                self._bucket.take()
                return message
            try:
                message = await wait_for(self._receive(), None if self._waiting is None else wait)
            except TimeoutError:
                continue
            if message["type"] != "websocket.receive":
                return message
            request = check_message(message)
            if request is None:
                continue
            message = {"type": "websocket.receive", "bytes": request.raw}
            if request.kind == RERUN:
                self._queue(message)
            elif self._bucket.find_wait() == 0:
                self._bucket.take()
                return message

    def _queue(self, rerun: Message) -> None:
        self._superseded += self._waiting is not None
        if self._superseded > MOST_SUPERSEDED:
            raise SocketRefusedError(1008, "too many messages")
        self._waiting = rerun


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
