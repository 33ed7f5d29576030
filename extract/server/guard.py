"""What stands between the network and the page: an ASGI middleware that lets through what the page needs, no more.

Addresses, methods, hosts and kinds of socket messages are allowed by name; whatever a later Streamlit adds stays closed
until it is named here. Every response carries the security headers, the refusals too.

`Gate` is the other half: it lets a few script runs work at a time and takes turns between clients.
"""

import base64
import hashlib
import logging
import re
import socket
import threading
import time
from asyncio import wait_for
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

import uvicorn
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from extract.server.assets import Assets

log = logging.getLogger(__name__)

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

SOCKET = "/_stcore/stream"
# What the page of Streamlit asks for. Not here, so closed: metrics, uploads, components, log-in, the API for agents.
ADDRESSES = frozenset({"/", "/favicon.png", "/manifest.json", "/_stcore/health", "/_stcore/host-config"})

LONGEST_ADDRESS = 4096
"""Bytes of path and query: a search in Vietnamese takes nine bytes for some letters."""
LARGEST_MESSAGE = 65_536
"""Bytes of one socket message; a rerun of the page takes a few hundred."""
BURST = 20
"""Messages that a socket may send at once …"""
RATE = 5.0
"""… and how many a second after that."""
MOST_SUPERSEDED = 200
"""Reruns overtaken by newer ones before they were run, after which a socket is closed: no hand clicks so fast."""
MOST_SOCKETS = 1000
MOST_SOCKETS_OF_ONE = 250
"""Of one address: many readers share one behind a router, and one reader must not take all."""


class Kind(StrEnum):
    """The kinds of messages that a browser sends, as Streamlit's `BackMsg` names its fields."""

    CLEAR_CACHE = "clear_cache"
    SET_RUN_ON_SAVE = "set_run_on_save"
    STOP_SCRIPT = "stop_script"
    RERUN_SCRIPT = "rerun_script"
    LOAD_GIT_INFO = "load_git_info"
    DEBUG_DISCONNECT_WEBSOCKET = "debug_disconnect_websocket"
    DEBUG_SHUTDOWN_RUNTIME = "debug_shutdown_runtime"
    FILE_URLS_REQUEST = "file_urls_request"
    APP_HEARTBEAT = "app_heartbeat"
    BACKEND_OPERATION_REQUEST = "backend_operation_request"


KINDS: Mapping[int, Kind] = MappingProxyType(
    {
        5: Kind.CLEAR_CACHE,
        6: Kind.SET_RUN_ON_SAVE,
        7: Kind.STOP_SCRIPT,
        11: Kind.RERUN_SCRIPT,
        12: Kind.LOAD_GIT_INFO,
        14: Kind.DEBUG_DISCONNECT_WEBSOCKET,
        15: Kind.DEBUG_SHUTDOWN_RUNTIME,
        16: Kind.FILE_URLS_REQUEST,
        17: Kind.APP_HEARTBEAT,
        19: Kind.BACKEND_OPERATION_REQUEST,
    }
)
# Clearing caches is for everybody's, git names the operator's repository, a file address is for uploads.
ALLOWED_KINDS = frozenset({Kind.RERUN_SCRIPT, Kind.STOP_SCRIPT, Kind.APP_HEARTBEAT, Kind.BACKEND_OPERATION_REQUEST})
_KINDS_WITH_FIELDS = frozenset({Kind.RERUN_SCRIPT, Kind.FILE_URLS_REQUEST, Kind.BACKEND_OPERATION_REQUEST})
# Fields of a backend operation: its id, its session, a file made on the click, rows of a long table. Not the two that
# write skills for coding agents into the folder of whoever runs the server.
OPERATION_FIELDS = frozenset({1, 2, 3, 6})

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # Streamlit's components write their styles into the page
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_PERMISSIONS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip


class _Scripts(HTMLParser):
    """Collects the texts of a page's inline scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._is_inline = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inline = tag == "script" and "src" not in dict(attrs)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._is_inline = False

    def handle_data(self, data: str) -> None:
        if self._is_inline:
            self.texts.append(data)


def make_policy(page: str) -> str:
    """Return the content security policy of an HTML page: its own inline scripts run, by their hash, and no others.

    >>> make_policy("<script>1</script>").split("; ")[1]
    "script-src 'self' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
    """
    parser = _Scripts()
    parser.feed(page)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in parser.texts]
    scripts = "".join(f" 'sha256-{each}'" for each in hashes)
    return "; ".join(f"{name} {value}{scripts if name == 'script-src' else ''}" for name, value in _POLICY.items())


def make_headers(policy: str) -> dict[str, str]:
    """Return the security headers that every response carries."""
    return {
        "content-security-policy": policy,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": ", ".join(f"{name}=()" for name in _PERMISSIONS),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }


def parse_hosts(text: str) -> frozenset[str]:
    """Return the host names that a setting lists, besides this machine's own: `figures.example, www.figures.example`.

    Raises ValueError for anything but names and addresses without port.
    """
    hosts = frozenset(text.replace(",", " ").lower().split())
    for host in sorted(hosts):
        if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", host) and parse_host(f"[{host}]") is None:
            raise ValueError(f"FIGURES_HOSTS: {host!r} is no host name: write names without scheme and port")
    return hosts | LOOPBACK


def parse_host(header: str) -> str | None:
    """Return the name in a Host header, in small letters, without port; None where it is malformed.

    >>> parse_host("LocalHost:8501"), parse_host("[::1]:8501"), parse_host("a@b"), parse_host("a:b")
    ('localhost', '::1', None, None)
    """
    match = re.fullmatch(r"(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<name>[A-Za-z0-9._-]+))(?::[0-9]{1,5})?", header)
    if match is None:
        return None
    return (match["six"] or match["name"]).lower().removesuffix(".")


def is_own_origin(origin: str, host: str) -> bool:
    """Tell whether a browser's Origin header names the page of this Host header.

    >>> is_own_origin("http://localhost:8501", "localhost:8501"), is_own_origin("https://a.example", "a.example:443")
    (True, True)
    >>> is_own_origin("null", "localhost:8501"), is_own_origin("http://localhost:9000", "localhost:8501")
    (False, False)
    """
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return False
    default = {"http": 80, "https": 443}.get(parts.scheme)
    if default is None or parts.hostname is None or parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        return False
    name, asked = parse_host(host), re.search(r":([0-9]{1,5})$", host)
    return parts.hostname == name and (port or default) == (int(asked[1]) if asked else default)


class MalformedError(ValueError):
    """A socket message that is no protocol buffer of the form a browser sends."""


def find_kind(message: bytes) -> Kind | None:
    """Return what a socket message asks for where the page needs it, None where it is to be dropped.

    Raises MalformedError. A message with two requests is dropped where one of them is: the last one would count.
    """
    kind = None
    for number, value in list(_find_fields(message)):
        kind = KINDS.get(number)
        if kind not in ALLOWED_KINDS or (value is None) == (kind in _KINDS_WITH_FIELDS):
            return None
        if kind is Kind.BACKEND_OPERATION_REQUEST and not _is_harmless_operation(value or b""):
            return None
    return kind


def _is_harmless_operation(operation: bytes) -> bool:
    return all(number in OPERATION_FIELDS for number, _ in _find_fields(operation))


def _find_fields(message: bytes) -> Iterator[tuple[int, bytes | None]]:
    """Yield the number of each field of a protocol buffer, with its bytes where it has a length."""
    at = 0
    while at < len(message):
        tag, at = _parse_varint(message, at)
        number, form = tag >> 3, tag & 7
        if form == 0:
            _, at = _parse_varint(message, at)
            yield number, None
        elif form == 2:
            length, at = _parse_varint(message, at)
            if at + length > len(message):
                raise MalformedError("a field is longer than its message")
            yield number, message[at : at + length]
            at += length
        else:  # no field of BackMsg has another form
            raise MalformedError(f"a field of form {form}")


def _parse_varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 35, 7):
        if at >= len(message):
            raise MalformedError("ends within a number")
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise MalformedError("a number of more than 35 bits")


def widen_rerun(newer: bytes, older: bytes) -> bytes:
    """Return a rerun in place of an older one: of the whole page where either is, else of its part as it stands."""
    message = BackMsg.FromString(newer)
    if not message.rerun_script.fragment_id or BackMsg.FromString(older).rerun_script.fragment_id:
        return newer
    message.rerun_script.ClearField("fragment_id")
    widened: bytes = message.SerializeToString()
    return widened


class _Bucket:
    """A bucket of tokens: `BURST` at first, `RATE` a second after that."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tokens = float(BURST)
        self._at = clock()

    def find_wait(self) -> float:
        """Return the seconds until there is a token; 0 where there is one."""
        now = self._clock()
        self._tokens = min(float(BURST), self._tokens + (now - self._at) * RATE)
        self._at = now
        return max(0.0, (1 - self._tokens) / RATE)

    def take(self) -> None:
        """Take a token."""
        self._tokens -= 1


class _Refused(Exception):  # noqa: N818 - a signal to close the socket, not an error of the program
    """A socket that is to be closed."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class _Inbox:
    """A socket's messages as the page is to see them: of the kinds it needs, and no faster than the limit.

    Over the limit a rerun waits its turn, and a newer one replaces it: every rerun carries the whole state of its page,
    so the last one is what the reader wants to see, and nothing piles up. A rerun of a part that replaces one of the
    whole page becomes one of the whole page.
    """

    def __init__(self, receive: Receive, clock: Callable[[], float]) -> None:
        self._receive = receive
        self._bucket = _Bucket(clock)
        self._waiting: Message | None = None
        self._superseded = 0

    async def receive(self) -> Message:
        """Return the next message; raise _Refused where the socket is to be closed."""
        while True:
            wait = self._bucket.find_wait()
            if self._waiting is not None and wait == 0:
                message, self._waiting = self._waiting, None
                self._bucket.take()
                return message
            try:
                message = await (self._receive() if self._waiting is None else wait_for(self._receive(), wait))
            except TimeoutError:
                continue
            if message["type"] != "websocket.receive":
                return message
            kind = self._check(message)
            if kind is None:
                continue
            if kind is Kind.RERUN_SCRIPT:
                self._replace(message)
            elif self._bucket.find_wait() == 0:
                self._bucket.take()
                return message

    def _check(self, message: Message) -> Kind | None:
        raw = message.get("bytes")
        if raw is None:
            raise _Refused(1003, "a text message")
        if len(raw) > LARGEST_MESSAGE:
            raise _Refused(1009, "a message too large")
        try:
            return find_kind(raw)
        except MalformedError:
            raise _Refused(1002, "a message of another protocol") from None

    def _replace(self, message: Message) -> None:
        if self._waiting is not None:
            self._superseded += 1
            message = {**message, "bytes": widen_rerun(message["bytes"], self._waiting["bytes"])}
        if self._superseded > MOST_SUPERSEDED:
            raise _Refused(1008, "too many messages")
        self._waiting = message


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refusal:
    """A plain answer in place of the page."""

    status: int
    text: str
    headers: tuple[tuple[str, str], ...] = ()


_TOO_MANY = _Refusal(
    status=503, text="Too many readers at this moment. Try again in a minute.", headers=(("retry-after", "60"),)
)


def make_guard(static: Path, addresses: Iterable[str], hosts: str = "") -> Middleware:
    """Return the guard of an app; call it before the server starts, where the app is made.

    `static` is the folder of Streamlit's page, `addresses` are the paths of the app's own routes, and `hosts` lists the
    names that readers may ask under, besides this machine's own: what FIGURES_HOSTS says.
    """
    prepare_uvicorn()
    page = (static / "index.html").read_text("utf-8")
    assets = Assets(static / "static", "/static/")
    return Middleware(Guard, page=page, assets=assets, addresses=addresses, hosts=parse_hosts(hosts))


class Guard:
    """The middleware; `page` is the HTML that Streamlit serves, `assets` its files, `addresses` are the app's own."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        page: str,
        assets: Assets,
        addresses: Iterable[str] = (),
        hosts: Collection[str] = LOOPBACK,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Stand before `app`; `hosts` are the names it may be asked under, from `parse_hosts`."""
        self._assets = assets
        self._app = app
        self._hosts = frozenset(hosts)
        self._addresses = ADDRESSES | frozenset(addresses)
        self._headers = [(name.encode(), value.encode()) for name, value in make_headers(make_policy(page)).items()]
        self._names = frozenset(name for name, _ in self._headers) | {b"server"}
        self._clock = clock
        self._sockets: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or serve one socket."""
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._serve_socket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    # Requests

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal is_begun
            if message["type"] == "http.response.start":
                is_begun = True
                kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in self._names]
                message = {**message, "headers": [*kept, *self._headers]}
            await send(message)

        refusal = self._find_refusal(scope)
        if refusal is not None:
            await _respond(refusal, scope, receive, send_guarded)
            return
        try:
            app = self._assets if self._assets.has(scope["path"]) else self._app
            await app(scope, receive, send_guarded)
        except Exception:
            log.exception("The request for %s failed", scope["path"])
            if is_begun:
                raise
            failure = _Refusal(status=500, text="The server could not answer this. The operator finds why in its log.")
            await _respond(failure, scope, receive, send_guarded)

    def _find_refusal(self, scope: Scope) -> _Refusal | None:
        """Return why a request is refused, or None."""
        if not self._is_known_host(scope):
            return _Refusal(status=421, text="This server does not answer under that host name.")
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
            return _Refusal(
                status=405, text="This server only gives, it takes nothing: use GET.", headers=(("allow", "GET, HEAD"),)
            )
        if len(scope.get("raw_path", b"")) + len(scope.get("query_string", b"")) > LONGEST_ADDRESS:
            return _Refusal(status=414, text=f"This address is longer than {LONGEST_ADDRESS} characters.")
        if not self._is_open(scope["path"], is_socket=scope["type"] == "websocket"):
            return _Refusal(status=404, text="Nothing stands at this address. The page is at /")
        return None

    def _is_known_host(self, scope: Scope) -> bool:
        values = _get_values(scope, b"host")
        return len(values) == 1 and parse_host(values[0]) in self._hosts

    def _is_open(self, path: str, *, is_socket: bool) -> bool:
        if is_socket:
            return path == SOCKET
        if path in self._addresses or self._assets.has(path):
            return True
        # The name of a file made for a download is a hash: no `..`, `\`, `%` or `//` that could lead elsewhere.
        return re.fullmatch(r"/media/[A-Za-z0-9_-]+(\.[A-Za-z0-9]+)*", path) is not None

    # Sockets

    async def _serve_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = scope["client"][0] if scope.get("client") else ""
        refusal = self._find_refusal(scope) or self._find_socket_refusal(scope, address)
        if refusal is not None:
            await self._refuse_socket(refusal, scope, receive, send)
            return
        self._sockets[address] += 1
        try:
            await self._relay(scope, receive, send)
        finally:
            self._sockets[address] -= 1
            if not self._sockets[address]:
                del self._sockets[address]

    def _find_socket_refusal(self, scope: Scope, address: str) -> _Refusal | None:
        origins = _get_values(scope, b"origin")
        if len(origins) != 1 or not is_own_origin(origins[0], _get_values(scope, b"host")[0]):
            return _Refusal(status=403, text="This socket serves the page of this server only.")
        if self._sockets[address] >= MOST_SOCKETS_OF_ONE or self._sockets.total() >= MOST_SOCKETS:
            return _TOO_MANY
        return None

    async def _refuse_socket(self, refusal: _Refusal, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # the handshake
        if "websocket.http.response" not in scope.get("extensions", {}):
            await send({"type": "websocket.close", "code": 1008})
            return
        await send(
            {
                "type": "websocket.http.response.start",
                "status": refusal.status,
                "headers": [
                    (b"content-type", b"text/plain; charset=utf-8"),
                    *((name.encode(), value.encode()) for name, value in refusal.headers),
                    *self._headers,
                ],
            }
        )
        await send({"type": "websocket.http.response.body", "body": refusal.text.encode() + b"\n"})

    async def _relay(self, scope: Scope, receive: Receive, send: Send) -> None:
        inbox = _Inbox(receive, self._clock)
        is_closed = False

        async def receive_guarded() -> Message:
            nonlocal is_closed
            try:
                return await inbox.receive()
            except _Refused as refused:
                is_closed = True
                log.warning("A socket from %s was closed: it sent %s", scope.get("client"), refused)
                await send({"type": "websocket.close", "code": refused.code, "reason": str(refused)})
                return {"type": "websocket.disconnect", "code": refused.code}

        async def send_guarded(message: Message) -> None:
            if not is_closed:
                await send(message)

        await self._app(scope, receive_guarded, send_guarded)


def _get_values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


async def _respond(refusal: _Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    response = PlainTextResponse(
        refusal.text + "\n", refusal.status, {"cache-control": "no-store", **dict(refusal.headers)}
    )
    await response(scope, receive, send)


def prepare_uvicorn() -> None:
    """Make good what Streamlit, which starts uvicorn, has no setting for; for all servers of this process.

    uvicorn adds its name to every response, below any middleware. And asyncio turns Nagle's delay off only for sockets
    that name TCP as their protocol, which Streamlit's does not: every answer of two writes would wait 40 ms.
    """
    if isinstance(vars(uvicorn.Config).get("encoded_headers"), property):
        return
    uvicorn.Config.encoded_headers = property(_get_nameless, _set_headers)  # type: ignore[assignment]
    startup = uvicorn.Server.startup

    async def startup_undelayed(server: uvicorn.Server, sockets: list[socket.socket] | None = None) -> None:
        for listening in sockets or ():
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # what it accepts inherits this
        await startup(server, sockets)

    uvicorn.Server.startup = startup_undelayed  # type: ignore[assignment,method-assign]


def _get_nameless(config: uvicorn.Config) -> list[tuple[bytes, bytes]]:
    headers: list[tuple[bytes, bytes]] = vars(config).get("encoded_headers", [])
    return [(name, value) for name, value in headers if name != b"server"]


def _set_headers(config: uvicorn.Config, headers: list[tuple[bytes, bytes]]) -> None:
    vars(config)["encoded_headers"] = headers


class Gate:
    """Lets a few runs work at a time; those who wait take turns by client, and within a client in the order they came.

    Python runs one thread at a time: fifty runs at once all end last, fifty in a row end one by one. And one client's
    flood waits behind its own runs only.
    """

    def __init__(self, width: int = 2) -> None:
        """Let `width` runs work at a time."""
        self._free = width
        self._turn = threading.Lock()
        self._waiting: OrderedDict[Hashable, deque[threading.Event]] = OrderedDict()
        self._inside = threading.local()

    @contextmanager
    def enter(self, client: Hashable = None) -> Iterator[None]:
        """Wait for a place and hold it for the length of a `with` block; a run that holds one goes on."""
        if getattr(self._inside, "holds", False):
            yield
            return
        self._take(client)
        self._inside.holds = True
        try:
            yield
        finally:
            self._inside.holds = False
            self._release()

    def _take(self, client: Hashable) -> None:
        with self._turn:
            if self._free:
                self._free -= 1
                return
            admitted = threading.Event()
            self._waiting.setdefault(client, deque()).append(admitted)
        admitted.wait()

    def _release(self) -> None:
        with self._turn:
            if not self._waiting:
                self._free += 1
                return
            # The place goes from hand to hand, so nobody can slip in between.
            client, line = self._waiting.popitem(last=False)
            line.popleft().set()
            if line:
                self._waiting[client] = line
