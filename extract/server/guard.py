"""What stands between the network and the page: an ASGI middleware that lets through what the page needs, no more.

Addresses, methods, hosts and kinds of socket messages are allowed by name. Whatever a later Streamlit adds stays closed
until it is named. Every response carries the security headers, the refusals too.
"""

import logging
import sys
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from functools import partial
from types import MappingProxyType
from typing import Final

from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected

from extract.server.assets import Assets
from extract.server.clients import Clients, get_client, parse_proxies
from extract.server.headers import (
    SHOWN_ANYWHERE,
    make_asset_headers,
    make_frame_headers,
    make_headers,
    make_open_headers,
    make_preflight_headers,
)
from extract.server.hosts import LOOPBACK, is_own_origin, parse_embedders, parse_host, parse_hosts
from extract.server.inbox import Inbox, SocketRefusedError
from extract.server.limits import UNLIMITED, Limits, find_limits
from extract.server.page_files import MADE
from extract.server.streamlit_internals import (
    DOWNLOAD_ADDRESS,
    HEALTH,
    PAGE_ADDRESSES,
    SOCKET,
    STATIC,
    prepare_uvicorn,
    refuse_settings,
)

log = logging.getLogger(__name__)

LONGEST_ADDRESS: Final = 4096
"""Bytes of path and query: a search in Vietnamese takes nine bytes for some letters."""
COMPRESSED: Final = (".parquet", ".xlsx")
"""Files that are compressed already, and that Streamlit would compress once more for each reader."""
LONGEST_HOLD: Final = 0.0005
"""Seconds that a thread holds the interpreter while another wants it: a tenth of Python's own. The thread that answers
the network gives it up at every call of the system, and with 5 ms for each it answered five times as late."""


class Refusal(PlainTextResponse):
    """A plain answer in place of what was asked for, to a request or to the handshake of a socket."""

    def __init__(self, status: int, text: str, headers: Mapping[str, str] | None = None) -> None:
        """Say in one line of text what is wrong."""
        super().__init__(f"{text}\n", status, {"cache-control": "no-store", **(headers or {})})


HEALTHY: Final = PlainTextResponse("ok", headers={"cache-control": "no-store"})
"""What Streamlit's own handler answers. It looks at the runtime, which has started before any request comes."""
UNREADY: Final = Refusal(503, "The data are being read. Ask again.", {"retry-after": "1"})
"""To a probe, and to programs that ask for the data: threads that waited for them would be missing elsewhere."""


class Paths:
    """Paths of routes: `/figures.csv`, `/articles/{article}.txt`."""

    def __init__(self, paths: Iterable[str]) -> None:
        """Hold these."""
        listed = list(paths)
        self._exact = frozenset(path for path in listed if "{" not in path)
        self._patterns = [compile_path(path)[0] for path in listed if "{" in path]

    def __contains__(self, path: str) -> bool:
        """Tell whether a path is one of them."""
        return path in self._exact or any(pattern.fullmatch(path) for pattern in self._patterns)


class Guard:
    """The middleware: it answers what it refuses, and passes the rest on."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        page: str,
        assets: Assets,
        addresses: Iterable[str] = (),
        data: Iterable[str] = (),
        hosts: Collection[str] = LOOPBACK,
        limits: Limits = UNLIMITED,
        own: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
        clock: Callable[[], float] = time.monotonic,
        is_ready: Callable[[], bool] = lambda: True,
    ) -> None:
        """Stand before `app`.

        `page` is the HTML that Streamlit serves, `assets` are its files, `addresses` the paths of the app's own routes,
        `data` those of them that pages of every origin may read, `hosts` the names that it may be asked under, as
        `parse_hosts` returns them, `limits` how many sockets there may be, `own` the headers that stand in place of the
        usual ones at some addresses, empty where one is left out; `clock` counts seconds; `is_ready` tells whether the
        page can be shown.
        """
        self._app = app
        self._assets = assets
        self._addresses = Paths([*PAGE_ADDRESSES, *addresses])
        self._data = Paths(data)
        self._hosts = frozenset(hosts)
        usual = make_headers(page)
        self._headers = _encode(usual)
        self._data_headers = _encode({**usual, **make_open_headers()})
        self._asset_headers = _encode(make_asset_headers())
        self._own = {path: _encode({**usual, **headers}) for path, headers in own.items()}
        self._names = frozenset(name for name, _ in self._data_headers) | {b"server"}
        self._clock = clock
        self._is_ready = is_ready
        self._limits = limits
        self._clients = Clients(clock, limits.sockets, limits.sockets_of_one)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or serve one socket."""
        if scope["type"] == "http":
            headers = self._choose_headers(scope["path"])
            await self._answer(scope, receive, _Sender(send, partial(self._add_headers, headers)))
        elif scope["type"] == "websocket":
            await self._serve_socket(scope, receive, _Sender(send, partial(self._add_headers, self._headers)))
        else:
            # The server starts: no fault, but only what is a warning at least is written.
            log.warning("%s", self._limits)
            await self._app(scope, receive, send)

    def _add_headers(
        self, secure: Iterable[tuple[bytes, bytes]], headers: Iterable[tuple[bytes, bytes]]
    ) -> list[tuple[bytes, bytes]]:
        kept = [header for header in headers if header[0].lower() not in self._names]
        return [*_weaken_tag(kept), *secure]

    def _choose_headers(self, path: str) -> Sequence[tuple[bytes, bytes]]:
        if path in self._own:
            return self._own[path]
        if self._assets.has(path):
            return self._asset_headers
        return self._data_headers if path in self._data else self._headers

    async def _answer(self, scope: Scope, receive: Receive, send: "_Sender") -> None:
        path = scope["path"]
        if path.endswith(COMPRESSED):
            scope = {**scope, "headers": [each for each in scope["headers"] if each[0].lower() != b"accept-encoding"]}
        app = self._find_refusal(scope) or self._choose_app(path)
        try:
            await app(scope, receive, send)
        except Exception:
            log.exception("The request for %s failed", path)
            if send.has_begun:
                raise
            failure = Refusal(500, "The server could not answer this. The operator finds why in its log.")
            await failure(scope, receive, send)

    def _choose_app(self, path: str) -> ASGIApp:
        """Return what answers an address: health and files are answered here, past all that the app's own do first."""
        if (path == HEALTH or path in self._data or path in self._own) and not self._is_ready():
            return UNREADY
        if path == HEALTH:
            return HEALTHY
        return self._assets if self._assets.has(path) else self._app

    async def _serve_socket(self, scope: Scope, receive: Receive, send: "_Sender") -> None:
        client = get_client(scope)
        refusal = self._find_refusal(scope) or self._find_socket_refusal(scope, client)
        if refusal is None:
            with self._clients.hold_socket(client) as budget, closing(Inbox(receive, self._clock, budget)) as inbox:
                await _relay(self._app, scope, inbox, send)
            return
        await receive()  # the handshake
        if "websocket.http.response" in scope.get("extensions", {}):
            await refusal(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _find_refusal(self, scope: Scope) -> Response | None:
        hosts = _get_values(scope, b"host")
        if len(hosts) != 1 or parse_host(hosts[0]) not in self._hosts:
            return Refusal(421, "This server does not answer under that host name.")
        if scope["type"] == "http" and scope["method"] == "OPTIONS" and scope["path"] in self._data:
            return Response(status_code=204, headers=make_preflight_headers())
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
            return Refusal(405, "This server only gives, it takes nothing: use GET.", {"allow": "GET, HEAD"})
        if len(scope.get("raw_path", b"")) + len(scope.get("query_string", b"")) > LONGEST_ADDRESS:
            return Refusal(414, f"This address is longer than {LONGEST_ADDRESS} characters.")
        if not self._is_open(scope["path"], is_socket=scope["type"] == "websocket"):
            return Refusal(404, "Nothing stands at this address. The page is at /")
        return None

    def _is_open(self, path: str, *, is_socket: bool) -> bool:
        if is_socket:
            return path == SOCKET
        return path in self._addresses or self._assets.has(path) or DOWNLOAD_ADDRESS.fullmatch(path) is not None

    def _find_socket_refusal(self, scope: Scope, client: str) -> Refusal | None:
        origins = _get_values(scope, b"origin")
        if len(origins) != 1 or not is_own_origin(origins[0], _get_values(scope, b"host")[0]):
            return Refusal(403, "This socket serves the page of this server only.")
        if not self._clients.has_place(client):
            return Refusal(503, "Too many readers at this moment. Try again in a minute.", {"retry-after": "60"})
        return None


class _Sender:
    """Sends an app's messages on, with the security headers where a response starts."""

    def __init__(self, send: Send, add_headers: Callable[[Iterable[tuple[bytes, bytes]]], object]) -> None:
        self._send = send
        self._add_headers = add_headers
        self.has_begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            self.has_begun = True
            message = {**message, "headers": self._add_headers(message.get("headers", ()))}
        await self._send(message)


async def _relay(app: ASGIApp, scope: Scope, inbox: Inbox, send: Send) -> None:
    """Let an app serve a socket, until what it receives closes it."""
    is_closed = False

    async def receive_allowed() -> Message:
        nonlocal is_closed
        try:
            return await inbox.receive()
        except SocketRefusedError as refused:
            is_closed = True
            log.warning("A socket from %s was closed: it sent %s", scope.get("client"), refused)
            await send({"type": "websocket.close", "code": refused.code, "reason": str(refused)})
            return {"type": "websocket.disconnect", "code": refused.code}

    async def send_while_open(message: Message) -> None:
        if not is_closed:
            await send(message)

    # Streamlit closes a socket that has failed under it once more, and takes what comes of that for its own fault.
    with suppress(WebSocketDisconnected):
        await app(scope, receive_allowed, send_while_open)


def _weaken_tag(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return headers whose tag no longer promises the same bytes, where these are compressed on their way.

    Parts are sent uncompressed: a client must not join one to a compressed beginning.
    """
    if all(name.lower() != b"content-encoding" for name, _ in headers):
        return headers
    return [
        (name, b"W/" + value if name.lower() == b"etag" and not value.startswith(b"W/") else value)
        for name, value in headers
    ]


def _encode(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _get_values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


def make_guard(
    addresses: Iterable[str],
    settings: Mapping[str, str],
    is_ready: Callable[[], bool],
    *,
    data: Iterable[str] = (),
    pictures: Iterable[str] = (),
    frames: Iterable[str] = (),
) -> Middleware:
    """Return the guard of an app; call it before the server starts, where the app is made.

    `addresses` are the paths of the app's own routes, `data` those that pages of every origin may read; `is_ready`
    tells whether the page can be shown. Of the `settings`, FIGURES_HOSTS lists the names that readers may ask under,
    besides this machine's own, FIGURES_PROXIES the addresses of the proxies that are believed to say who asks, and
    FIGURES_EMBED the origins that may frame the addresses in `frames`. Any site may show those in `pictures`. Exits
    with a plain sentence where the server cannot run as it is set up.
    """
    try:
        hosts = parse_hosts(settings.get("FIGURES_HOSTS", ""))
        proxies = parse_proxies(settings.get("FIGURES_PROXIES", ""))
        embedders = parse_embedders(settings.get("FIGURES_EMBED", ""))
        refuse_settings()
    except ValueError as error:
        sys.exit(f"The server cannot start. {error}")
    prepare_uvicorn(proxies)
    sys.setswitchinterval(LONGEST_HOLD)
    limits = find_limits()
    page = (STATIC / "index.html").read_text("utf-8")
    assets = Assets(STATIC / "static", "/static/", MADE)
    own = {**dict.fromkeys(pictures, SHOWN_ANYWHERE), **dict.fromkeys(frames, make_frame_headers(embedders))}
    return Middleware(
        Guard,
        page=page,
        assets=assets,
        addresses=addresses,
        data=data,
        hosts=hosts,
        limits=limits,
        own=own,
        is_ready=is_ready,
    )
