"""What a reader's requests and messages can reach, on the guard alone and on a real server."""

import asyncio
import gzip
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import streamlit
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from extract.server.assets import Assets
from extract.server.guard import (
    ALLOWED_KINDS,
    BURST,
    KINDS,
    LARGEST_MESSAGE,
    LONGEST_ADDRESS,
    LOOPBACK,
    MOST_SOCKETS_OF_ONE,
    MOST_SUPERSEDED,
    OPERATION_FIELDS,
    Gate,
    Guard,
    Kind,
    MalformedError,
    find_kind,
    is_own_origin,
    make_headers,
    make_policy,
    parse_host,
    parse_hosts,
    widen_rerun,
)
from tests.browser import LONGEST_WAIT, open_browser
from tests.conftest import REPOSITORY
from tests.servers import Server, serve

STATIC = Path(streamlit.__file__).parent / "static"
PAGE = (STATIC / "index.html").read_text("utf-8")
ASSETS = Assets(STATIC / "static", "/static/")

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


# Hosts and origins


def test_security_headers_are_these() -> None:
    assert make_headers(make_policy(PAGE)) == SECURITY_HEADERS


def test_only_inline_scripts_get_a_hash() -> None:
    policy = make_policy("<script src='a.js'></script><p>1</p><script type=module>1</script><style>2</style>")
    assert policy.split("; ")[1] == "script-src 'self' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"


def test_hosts_are_this_machines_own_and_those_named() -> None:
    assert parse_hosts("") == {"localhost", "127.0.0.1", "::1"}
    assert parse_hosts("Figures.example, b.example ::2") == LOOPBACK | {"figures.example", "b.example", "::2"}


@pytest.mark.parametrize("text", ["https://a.example", "a.example:443", "*", "*.a.example", "a_b/c", "-a"])
def test_what_is_no_host_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no host name: write names without scheme and port"):
        parse_hosts(text)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("localhost", "localhost"),
        ("LOCALHOST:8501", "localhost"),
        ("localhost.:8501", "localhost"),
        ("[::1]", "::1"),
        ("[::1]:8501", "::1"),
        ("", None),
        ("localhost:", None),
        ("localhost:x", None),
        ("user@localhost", None),
        ("localhost/evil", None),
        ("localhost evil", None),
        ("::1", None),
        ("[localhost]", None),
    ],
)
def test_host_header_is_read_whole_or_not_at_all(header: str, name: str | None) -> None:
    assert parse_host(header) == name


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://localhost:8501", "localhost:8501"),
        ("http://localhost:8501", "LOCALHOST:8501"),
        ("http://[::1]:8501", "[::1]:8501"),
        ("http://figures.example", "figures.example:80"),
        ("https://figures.example", "figures.example"),
        ("https://figures.example:443", "figures.example"),
    ],
)
def test_own_origin(origin: str, host: str) -> None:
    assert is_own_origin(origin, host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("null", "localhost:8501"),
        ("", "localhost:8501"),
        ("http://localhost:8502", "localhost:8501"),
        ("http://localhost", "localhost:8501"),
        ("http://evil.example", "localhost:8501"),
        ("http://localhost.evil.example:8501", "localhost:8501"),
        ("http://localhost:8501@evil.example", "localhost:8501"),
        ("http://x@localhost:8501", "localhost:8501"),
        ("http://localhost:8501/path", "localhost:8501"),
        ("file://localhost:8501", "localhost:8501"),
        ("http://localhost:99999", "localhost:99999"),
        ("http://[::1", "[::1]"),
    ],
)
def test_foreign_origin(origin: str, host: str) -> None:
    assert not is_own_origin(origin, host)


# Messages


def test_kinds_are_the_fields_of_streamlits_message() -> None:
    assert {field.number: field.name for field in BackMsg.DESCRIPTOR.fields} == dict(KINDS)


def test_operations_let_through_are_downloads_and_rows() -> None:
    names = {field.name for field in BackendOperationRequest.DESCRIPTOR.fields if field.number in OPERATION_FIELDS}
    assert names == {"request_id", "session_id", "deferred_file", "dataframe_chunk"}


def make_message(kind: Kind) -> bytes:
    message = BackMsg()
    if kind is Kind.RERUN_SCRIPT:
        message.rerun_script.query_string = "lang=vi"
    elif kind is Kind.FILE_URLS_REQUEST:
        message.file_urls_request.request_id = "1"
    elif kind is Kind.BACKEND_OPERATION_REQUEST:
        message.backend_operation_request.deferred_file.file_id = "1"
    else:
        setattr(message, kind, True)
    return bytes(message.SerializeToString())


@pytest.mark.parametrize("kind", list(Kind))
def test_only_kinds_that_the_page_needs_pass(kind: Kind) -> None:
    assert find_kind(make_message(kind)) == (kind if kind in ALLOWED_KINDS else None)


@pytest.mark.parametrize("operation", ["install_skills", "dismiss_skills_nudge"])
def test_operations_that_write_to_the_servers_folder_are_dropped(operation: str) -> None:
    message = BackMsg()
    getattr(message.backend_operation_request, operation).SetInParent()
    assert find_kind(message.SerializeToString()) is None


@pytest.mark.parametrize("first", [Kind.CLEAR_CACHE, Kind.DEBUG_SHUTDOWN_RUNTIME, Kind.LOAD_GIT_INFO])
def test_a_forbidden_request_behind_an_allowed_one_is_dropped(first: Kind) -> None:
    assert find_kind(make_message(Kind.RERUN_SCRIPT) + make_message(first)) is None
    assert find_kind(make_message(first) + make_message(Kind.RERUN_SCRIPT)) is None


@pytest.mark.parametrize("raw", [b"\xff", b"Z", b"Z\x05ab", b"\x2d", b"\xff\xff\xff\xff\xff\xff\x01", b"hello"])
def test_what_is_no_message_is_malformed(raw: bytes) -> None:
    with pytest.raises(MalformedError):
        find_kind(raw)


MESSAGES = st.lists(st.sampled_from([make_message(kind) for kind in Kind]) | st.binary(max_size=6), max_size=4)


@settings(max_examples=500, deadline=None)
@given(MESSAGES.map(b"".join))
def test_what_passes_is_what_streamlit_reads(raw: bytes) -> None:
    try:
        kind = find_kind(raw)
    except MalformedError:
        return
    if kind is not None:
        try:
            message = BackMsg.FromString(raw)
        except DecodeError:
            return  # Streamlit closes the socket
        assert message.WhichOneof("type") == kind
        assert message.backend_operation_request.WhichOneof("payload") in (None, "deferred_file", "dataframe_chunk")


# The guard before an app of our own


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


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
        "path": "/_stcore/stream",
        "query_string": b"",
        "headers": [(b"host", b"localhost:8501"), (b"origin", b"http://localhost:8501")],
        "client": ("192.0.2.1", 1),
        "extensions": {"websocket.http.response": {}},
    }
    return scope | changes


def make_rerun(number: int, part: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = f"n={number}"
    message.rerun_script.fragment_id = part
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


def test_a_burst_passes_untouched_and_in_order() -> None:
    app, sent = App(), [make_rerun(number) for number in range(BURST)]
    bye: Message = {"type": "websocket.disconnect", "code": 1001}

    async def drive() -> None:
        socket = Socket()
        serving = asyncio.create_task(
            Guard(app, page=PAGE, assets=ASSETS, clock=Clock())(make_scope(), socket.receive, socket.send)
        )
        for number, raw in enumerate(sent):
            await socket.inbound.put(say(raw))
            while len(app.received) <= number:
                await asyncio.sleep(0)
        await socket.inbound.put(bye)
        await serving

    asyncio.run(asyncio.wait_for(drive(), 20))
    assert app.received == sent
    assert app.code == 1001


def test_beyond_the_limit_the_newest_rerun_is_what_remains() -> None:
    clock, app = Clock(), App(most=BURST + 1)

    async def drive() -> None:
        socket = Socket()
        serving = asyncio.create_task(
            Guard(app, page=PAGE, assets=ASSETS, clock=clock)(make_scope(), socket.receive, socket.send)
        )
        for number in range(BURST):
            await socket.inbound.put(say(make_rerun(number)))
            while len(app.received) <= number:
                await asyncio.sleep(0)
        for number in range(BURST, BURST + 50):
            await socket.inbound.put(say(make_rerun(number)))
        while not socket.inbound.empty():
            await asyncio.sleep(0)
        clock.now += 1
        await serving

    asyncio.run(asyncio.wait_for(drive(), 20))
    assert app.received[-1] == make_rerun(BURST + 49)


@pytest.mark.parametrize(
    ("older", "newer", "remaining"), [("", "", ""), ("", "claim", ""), ("claim", "", ""), ("claim", "claim", "claim")]
)
def test_a_rerun_of_a_part_takes_nothing_from_one_of_the_whole_page(older: str, newer: str, remaining: str) -> None:
    assert widen_rerun(make_rerun(2, newer), make_rerun(1, older)) == make_rerun(2, remaining)


def test_a_flood_ends_its_socket() -> None:
    app = App()
    socket = Socket(*(say(make_rerun(number)) for number in range(BURST + MOST_SUPERSEDED + 50)))
    relay(app, socket, Clock())
    assert socket.outbound == [
        {"type": "websocket.accept"},
        {"type": "websocket.close", "code": 1008, "reason": "too many messages"},
    ]
    assert app.code == 1008


@pytest.mark.parametrize(
    ("message", "code", "reason"),
    [
        ({"type": "websocket.receive", "text": "hello"}, 1003, "a text message"),
        (say(b"\xff\xff"), 1002, "a message of another protocol"),
        (say(b"Z" * (LARGEST_MESSAGE + 1)), 1009, "a message too large"),
    ],
)
def test_a_message_of_another_protocol_ends_its_socket(message: Message, code: int, reason: str) -> None:
    app, socket = App(), Socket(message)
    relay(app, socket, Clock())
    assert socket.outbound[1:] == [{"type": "websocket.close", "code": code, "reason": reason}]
    assert app.received == []


def test_forbidden_messages_never_reach_the_app() -> None:
    app = App()
    forbidden = [say(make_message(kind)) for kind in Kind if kind not in ALLOWED_KINDS]
    socket = Socket(*forbidden, say(make_rerun(1)))
    app.most = 1
    relay(app, socket, Clock())
    assert app.received == [make_rerun(1)]


def test_one_address_cannot_take_all_sockets() -> None:
    answers: list[Message] = []

    async def hold(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.Event().wait()

    async def drive() -> None:
        guard = Guard(hold, page=PAGE, assets=ASSETS)
        held = [asyncio.create_task(guard(make_scope(), *make_ends([]))) for _ in range(MOST_SOCKETS_OF_ONE)]
        await asyncio.sleep(0)
        await guard(make_scope(), *make_ends(answers))
        other = asyncio.create_task(guard(make_scope(client=("192.0.2.2", 1)), *make_ends(answers)))
        await asyncio.sleep(0)
        assert not other.done()
        for task in (*held, other):
            task.cancel()
        await asyncio.gather(*held, other, return_exceptions=True)
        again = asyncio.create_task(guard(make_scope(), *make_ends(answers)))
        await asyncio.sleep(0)
        assert not again.done()
        again.cancel()

    asyncio.run(asyncio.wait_for(drive(), 20))
    assert [message.get("status") for message in answers] == [503, None]


def make_ends(answers: list[Message]) -> tuple[Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]]:
    socket = Socket()
    socket.outbound = answers
    return socket.receive, socket.send


def test_an_app_that_raises_answers_plainly_with_all_headers(caplog: pytest.LogCaptureFixture) -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise RuntimeError("a path of the server: /srv/secret")

    socket = Socket()
    scope = make_scope(type="http", method="GET", path="/", raw_path=b"/")
    asyncio.run(Guard(fail, page=PAGE, assets=ASSETS)(scope, socket.receive, socket.send))
    start, body = socket.outbound
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    assert start["status"] == 500
    assert body["body"] == b"The server could not answer this. The operator finds why in its log.\n"
    assert {name: headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert "The request for / failed" in caplog.text


# Streamlit's files


def test_files_are_sent_letter_for_letter_compressed_or_not() -> None:
    async def get(path: str, *headers: tuple[bytes, bytes], method: str = "GET") -> tuple[dict[str, str], bytes]:
        socket = Socket()
        await ASSETS({"type": "http", "method": method, "path": path, "headers": headers}, socket.receive, socket.send)
        start, body = socket.outbound
        return {name.decode(): value.decode() for name, value in start["headers"]}, body["body"]

    async def compare() -> None:
        for file in sorted((STATIC / "static").rglob("*"))[::20]:
            if not file.is_file():
                continue
            path = "/static/" + file.relative_to(STATIC / "static").as_posix()
            plain, body = await get(path)
            assert body == file.read_bytes()
            assert plain["cache-control"] == "public, max-age=31536000, immutable"
            assert "content-encoding" not in plain
            packed, body = await get(path, (b"accept-encoding", b"gzip, br"))
            raw = gzip.decompress(body) if packed.get("content-encoding") == "gzip" else body
            assert raw == file.read_bytes()
            assert packed["content-length"] == str(len(body))
            assert await get(path, method="HEAD") == (plain, b"")

    asyncio.run(compare())


# The gate


def test_gate_lets_two_work_together() -> None:
    gate, together = Gate(2), threading.Barrier(2)
    worked: list[str] = []

    def work(client: str) -> None:
        for _ in range(25):
            with gate.enter(client):
                together.wait(30)  # passes only where the other one is inside, too
                worked.append(client)

    run_together(work, ["one", "other"])
    assert sorted(worked) == ["one"] * 25 + ["other"] * 25


def test_gate_lets_no_third_one_in() -> None:
    gate, turn = Gate(2), threading.Lock()
    inside: list[str] = []
    counts: set[int] = set()

    def work(client: str) -> None:
        for _ in range(200):
            with gate.enter(client):
                with turn:
                    inside.append(client)
                    counts.add(len(inside))
                with turn:
                    inside.remove(client)

    run_together(work, list("abcdefgh"))
    assert counts <= {1, 2}
    assert inside == []


def run_together(work: Callable[[str], None], clients: list[str]) -> None:
    """Run the same work for each client, each in a thread, to its end."""
    workers = [threading.Thread(target=work, args=(client,)) for client in clients]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert not worker.is_alive()


def test_gate_takes_turns_by_client() -> None:
    gate, order, queued = Gate(1), [], threading.Semaphore(0)

    def work(client: str) -> None:
        queued.release()
        with gate.enter(client):
            order.append(client)

    workers = []
    with gate.enter("first"):
        for count, client in enumerate(["flood", "flood", "flood", "flood", "reader"], 1):
            worker = threading.Thread(target=work, args=(client,))
            worker.start()
            workers.append(worker)
            while count_waiting(gate) < count:
                pass
    for worker in workers:
        worker.join(30)
    assert order == ["flood", "reader", "flood", "flood", "flood"]


def count_waiting(gate: Gate) -> int:
    with gate._turn:
        return sum(len(line) for line in gate._waiting.values())


def test_gate_opens_again_after_a_run_that_failed() -> None:
    gate = Gate(1)
    with pytest.raises(ZeroDivisionError), gate.enter():
        raise ZeroDivisionError
    with gate.enter():
        pass


# A real server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(REPOSITORY, env={"FIGURES_HOSTS": "figures.example"}) as running:
        yield running


def get_security_headers(response: httpx.Response) -> dict[str, str]:
    return {name: response.headers.get(name, "") for name in SECURITY_HEADERS}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/?figure=unknown", 200),
        ("/_stcore/health", 200),
        ("/_stcore/host-config", 200),
        ("/favicon.png", 200),
        ("/figures.csv", 200),
        ("/figures.zip", 200),
        ("/figures.csv?province=nowhere", 400),
        ("/_stcore/metrics", 404),
        ("/_stcore/stream", 404),
        ("/_stcore/script-health-check", 404),
        ("/_stcore/upload_file/a/b", 404),
        ("/_stcore/agent/openapi.json", 404),
        ("/_stcore/agent/mcp", 404),
        ("/_stcore/bidi-components/a/b.js", 404),
        ("/component/a/index.html", 404),
        ("/auth/login", 404),
        ("/oauth2callback", 404),
        ("/media/none.csv", 404),
        ("/static/js/none.js", 404),
        ("/app/static/x", 404),
        ("/index.html", 404),
        ("/nowhere", 404),
        ("/data/claims", 404),
        ("/.streamlit/config.toml", 404),
        ("//evil.example", 404),
        ("/static/..%2f..%2f..%2fetc/passwd", 404),
        ("/static/%2e%2e/index.html", 404),
        ("/media/..%5c..%5cx", 404),
        ("/%00", 404),
        ("/%ff%fe", 404),
        ("/?q=" + "a" * LONGEST_ADDRESS, 414),
    ],
)
def test_every_answer_carries_the_security_headers_and_no_server_name(server: Server, path: str, status: int) -> None:
    response = httpx.get(server.url + path)
    assert response.status_code == status
    assert get_security_headers(response) == SECURITY_HEADERS
    assert "server" not in response.headers
    assert "Traceback" not in response.text
    if status in (404, 414) and not path.startswith("/media/none"):
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"


def test_a_closed_address_says_where_the_page_is(server: Server) -> None:
    assert httpx.get(server.url + "/nowhere").text == "Nothing stands at this address. The page is at /\n"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_the_server_takes_nothing(server: Server, method: str) -> None:
    response = httpx.request(method, server.url + "/")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")
    assert response.text == "This server only gives, it takes nothing: use GET.\n"
    assert get_security_headers(response) == SECURITY_HEADERS


def test_streamlits_files_are_kept_by_browsers_for_good(server: Server) -> None:
    path = next(file for file in sorted((STATIC / "static/js").iterdir()) if file.name.startswith("index."))
    response = httpx.get(f"{server.url}/static/js/{path.name}")
    assert response.content == path.read_bytes()
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert get_security_headers(response) == SECURITY_HEADERS
    assert httpx.head(f"{server.url}/static/js/{path.name}").status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [("figures.example", 200), ("FIGURES.example:8501", 200), ("localhost", 200), ("evil.example", 421), ("a b", 421)],
)
def test_the_server_answers_under_its_own_names_only(server: Server, host: str, status: int) -> None:
    response = httpx.get(server.url + "/", headers={"host": host})
    assert response.status_code == status
    assert get_security_headers(response) == SECURITY_HEADERS


def open_socket(server: Server, origin: str | None = None, path: str = "/_stcore/stream", **headers: str) -> Any:
    return connect(
        f"ws://127.0.0.1:{server.port}{path}",
        origin=Origin(server.url if origin is None else origin),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers=headers,
        compression=None,
        max_size=None,
        proxy=None,
    )


def receive_run(socket: ClientConnection) -> list[ForwardMsg]:
    """Return the messages of the run that ends next."""
    messages = []
    while True:
        raw = socket.recv(30)
        assert isinstance(raw, bytes)
        messages.append(ForwardMsg.FromString(raw))
        if messages[-1].WhichOneof("type") == "script_finished":
            return messages


def test_a_socket_serves_its_own_page(server: Server) -> None:
    with open_socket(server) as socket:
        assert "server" not in socket.response.headers
        socket.send(make_rerun(1))
        run = receive_run(socket)
    assert run[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    assert not any(message.delta.new_element.HasField("exception") for message in run)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])
def test_a_socket_of_another_page_is_refused(server: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused, open_socket(server, origin):
        pass
    assert refused.value.response.status_code == 403
    assert refused.value.response.body == b"This socket serves the page of this server only.\n"
    assert {name: refused.value.response.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_a_socket_without_origin_is_refused(server: Server) -> None:
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(f"ws://127.0.0.1:{server.port}/_stcore/stream", proxy=None),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_a_socket_elsewhere_is_refused(server: Server) -> None:
    with pytest.raises(InvalidStatus) as refused, open_socket(server, path="/elsewhere"):
        pass
    assert refused.value.response.status_code == 404


def test_a_client_that_clears_caches_and_stops_servers_changes_nothing(server: Server) -> None:
    with open_socket(server) as socket:
        for kind in Kind:
            if kind not in ALLOWED_KINDS:
                socket.send(make_message(kind))
        socket.send(make_rerun(1))
        assert receive_run(socket)[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    log = server.log.read_text("utf-8")
    assert "Error processing back message" not in log
    assert "shut down runtime" not in log


def flood(socket: ClientConnection) -> None:
    """Send a thousand reruns, then read until the server closes the socket."""
    for number in range(1000):
        socket.send(make_rerun(number))
    while True:
        socket.recv(60)


def test_a_flood_is_ended_and_others_are_answered(server: Server) -> None:
    with open_socket(server) as hostile, open_socket(server) as reader:
        with pytest.raises(ConnectionClosed) as closed:
            flood(hostile)
        reader.send(make_rerun(1))
        assert receive_run(reader)[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1008, "too many messages")


@pytest.mark.browser
def test_the_page_draws_under_its_policy_and_asks_nobody_else(server: Server) -> None:
    with open_browser() as browser:
        page = browser.new_page()
        complaints: list[str] = []
        asked: set[str] = set()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.add(request.url.partition("//")[2].partition("/")[0]))
        page.goto(server.url)
        page.wait_for_selector("svg path[aria-label]", timeout=LONGEST_WAIT)
    assert complaints == []
    assert {host for host in asked if host} == {f"127.0.0.1:{server.port}"}
