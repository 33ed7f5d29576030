"""What a reader's requests and messages can reach, on the guard alone and on a real server."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from extract.server.guard import LONGEST_ADDRESS, Guard
from extract.server.limits import Limits
from extract.server.streamlit_internals import HEALTH, SOCKET, STATIC
from tests.browser import LONGEST_WAIT, PLAIN_HOST, open_browser
from tests.server.asgi import (
    ASSET_HEADERS,
    ASSETS,
    FORBIDDEN_KINDS,
    PAGE,
    SECURITY_HEADERS,
    Socket,
    make_message,
    make_rerun,
    make_scope,
)
from tests.servers import LONGEST_ANSWER, Server, fetch

# The guard before an app of our own


def test_one_address_cannot_take_all_sockets() -> None:
    answers: list[Message] = []

    async def hold(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.Event().wait()

    async def drive() -> None:
        guard = Guard(hold, page=PAGE, assets=ASSETS, limits=Limits(sockets=20, sockets_of_one=5))
        held = [asyncio.create_task(guard(make_scope(), *make_ends([]))) for _ in range(5)]
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


def ask_health(app: ASGIApp, *, is_ready: bool) -> tuple[int, bytes]:
    """Return status and body of the health check of a guard before an app."""
    socket = Socket()
    scope = make_scope(type="http", method="GET", path=HEALTH, raw_path=HEALTH.encode())
    guard = Guard(app, page=PAGE, assets=ASSETS, is_ready=lambda: is_ready)
    asyncio.run(guard(scope, socket.receive, socket.send))
    start, body = socket.outbound
    return start["status"], body["body"]


def test_health_is_answered_apart_from_the_app_and_only_where_there_is_a_page_to_show() -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError

    assert ask_health(fail, is_ready=True) == (200, b"ok")
    assert ask_health(fail, is_ready=False) == (503, b"The data are being read. Ask again.\n")


# A real server


def get_security_headers(response: httpx.Response) -> dict[str, str]:
    return {name: response.headers.get(name, "") for name in SECURITY_HEADERS}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/?figure=unknown", 404),
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
    response = fetch(server.url + path)
    assert response.status_code == status
    is_data = path.startswith("/figures.")
    policy = {"cross-origin-resource-policy": "cross-origin"} if is_data else {}
    assert get_security_headers(response) == SECURITY_HEADERS | policy
    assert response.headers.get("access-control-allow-origin") == ("*" if is_data else None)
    assert "access-control-allow-credentials" not in response.headers
    assert "server" not in response.headers
    assert "Traceback" not in response.text
    if status in (404, 414) and not path.startswith(("/media/none", "/?")):
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"


def test_a_closed_address_says_where_the_page_is(server: Server) -> None:
    assert fetch(server.url + "/nowhere").text == "Nothing stands at this address. The page is at /\n"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_the_server_takes_nothing(server: Server, method: str) -> None:
    response = fetch(server.url + "/", method=method)
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")
    assert response.text == "This server only gives, it takes nothing: use GET.\n"
    assert get_security_headers(response) == SECURITY_HEADERS


def test_a_word_that_is_no_method_of_http_is_refused_before_anything_hears_of_it(server: Server) -> None:
    response = fetch(server.url + "/", method="BREW")
    assert (response.status_code, response.text) == (400, "Invalid HTTP request received.")
    assert "server" not in response.headers


def test_streamlits_files_are_kept_by_browsers_for_good(server: Server) -> None:
    path = next(file for file in sorted((STATIC / "static/js").iterdir()) if file.name.startswith("index."))
    response = fetch(f"{server.url}/static/js/{path.name}")
    assert response.content == path.read_bytes()
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert ASSET_HEADERS.items() <= dict(response.headers).items()
    assert "server" not in response.headers
    assert fetch(f"{server.url}/static/js/{path.name}", method="HEAD").status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [(PLAIN_HOST, 200), (f"{PLAIN_HOST.upper()}:8501", 200), ("localhost", 200), ("evil.example", 421), ("a b", 421)],
)
def test_the_server_answers_under_its_own_names_only(server: Server, host: str, status: int) -> None:
    response = fetch(server.url + "/", headers={"host": host})
    assert response.status_code == status
    assert get_security_headers(response) == SECURITY_HEADERS


def open_socket(
    server: Server, origin: str | None = None, path: str = SOCKET, address: str = "127.0.0.1", **headers: str
) -> Any:
    return connect(
        f"ws://127.0.0.1:{server.port}{path}",
        origin=Origin(server.url if origin is None else origin),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers=headers,
        compression=None,
        max_size=None,
        open_timeout=LONGEST_ANSWER,
        ping_interval=None,
        proxy=None,
        source_address=(address, 0),
    )


def receive_run(socket: ClientConnection) -> list[ForwardMsg]:
    """Return the messages of the run that ends next."""
    messages = []
    while True:
        raw = socket.recv(LONGEST_ANSWER)
        assert isinstance(raw, bytes)
        messages.append(ForwardMsg.FromString(raw))
        if messages[-1].WhichOneof("type") == "script_finished":
            return messages


def test_the_server_listens_on_this_machine_only_and_calls_nobody(server: Server) -> None:
    links = [str(link.readlink()) for link in Path(f"/proc/{server.process.pid}/fd").iterdir() if link.is_symlink()]
    own = {link[len("socket:[") : -1] for link in links if link.startswith("socket:[")}
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path("/proc/net", name).read_text().splitlines()[1:]]
    places = [(row[1], row[2], row[3]) for row in rows if row[9] in own]
    loopback, listens = "0100007F", "0A"
    assert [local for local, _, state in places if state == listens] == [f"{loopback}:{server.port:04X}"]
    assert all(remote.startswith(loopback) for _, remote, state in places if state != listens)


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
        connect(f"ws://127.0.0.1:{server.port}/_stcore/stream", proxy=None, open_timeout=LONGEST_ANSWER),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_a_socket_elsewhere_is_refused(server: Server) -> None:
    with pytest.raises(InvalidStatus) as refused, open_socket(server, path="/elsewhere"):
        pass
    assert refused.value.response.status_code == 404


def test_a_client_that_clears_caches_and_stops_servers_changes_nothing(server: Server) -> None:
    with open_socket(server) as socket:
        for kind in FORBIDDEN_KINDS:
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
        socket.recv(LONGEST_ANSWER)


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
