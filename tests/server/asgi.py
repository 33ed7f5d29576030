"""The two ends that the guard stands between, for tests: a client's socket, and an app that notes what reaches it."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from extract.server.assets import Assets
from extract.server.guard import Guard
from extract.server.streamlit_internals import KINDS, OPERATION, RERUN, SOCKET, STATIC

PAGE = (STATIC / "index.html").read_text("utf-8")
ASSETS = Assets(STATIC / "static", "/static/")
FORBIDDEN_KINDS = sorted({field.name for field in BackMsg.DESCRIPTOR.fields} - KINDS)

SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self' 'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "worker-src 'self' blob:; manifest-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), "
        "fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), "
        "midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), "
        "usb=(), xr-spatial-tracking=()"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

ASSET_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class _Impatience(selectors.SelectSelector):
    """Waits for nothing, and counts the seconds that it was to wait."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += timeout or 0.0
        return super().select(0)


class HurriedLoop(asyncio.SelectorEventLoop):
    """An event loop whose time is its own: where it would wait for a timer, it moves its clock."""

    def __init__(self) -> None:
        self._impatience = _Impatience()
        super().__init__(self._impatience)

    def time(self) -> float:
        return self._impatience.now


def run_hurried(drive: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a test's coroutine to its end in a time of its own."""
    with asyncio.Runner(loop_factory=HurriedLoop) as runner:
        runner.run(drive())


class Socket:
    """The server's side of a socket: what the client sends, and all that the guard sends back."""

    def __init__(self, *messages: Message) -> None:
        self.inbound: asyncio.Queue[Message] = asyncio.Queue()
        self.outbound: list[Message] = []
        for message in ({"type": "websocket.connect"}, *messages):
            self.inbound.put_nowait(message)

    async def receive(self) -> Message:
        return await self.inbound.get()

    async def send(self, message: Message) -> None:
        self.outbound.append(message)


class App:
    """An app that accepts a socket and notes what reaches it, up to the end or to so many messages."""

    def __init__(self, most: int = 10_000) -> None:
        self.received: list[bytes] = []
        self.most = most
        self.code: int | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while len(self.received) < self.most:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                self.code = message.get("code")
                await send({"type": "websocket.send", "bytes": b"too late"})
                return
            self.received.append(message["bytes"])


def make_scope(**changes: Any) -> dict[str, Any]:
    scope: dict[str, Any] = {
        "type": "websocket",
        "path": SOCKET,
        "query_string": b"",
        "headers": [(b"host", b"localhost:8501"), (b"origin", b"http://localhost:8501")],
        "client": ("192.0.2.1", 1),
        "extensions": {"websocket.http.response": {}},
    }
    return scope | changes


def make_message(kind: str) -> bytes:
    """Return a message of a kind, as a browser sends it."""
    message = BackMsg()
    if kind == RERUN:
        message.rerun_script.query_string = "lang=vi"
    elif kind == OPERATION:
        message.backend_operation_request.deferred_file.file_id = "1"
    elif kind == "file_urls_request":
        message.file_urls_request.request_id = "1"
    else:
        setattr(message, kind, True)
    return bytes(message.SerializeToString())


def make_rerun(number: int) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = f"n={number}"
    return bytes(message.SerializeToString())


def say(raw: bytes) -> Message:
    return {"type": "websocket.receive", "bytes": raw}


def relay(app: ASGIApp, socket: Socket, clock: Callable[[], float]) -> None:
    """Let the guard serve one socket to its end."""

    async def run() -> None:
        await asyncio.wait_for(
            Guard(app, page=PAGE, assets=ASSETS, clock=clock)(make_scope(), socket.receive, socket.send), 20
        )

    asyncio.run(run())
