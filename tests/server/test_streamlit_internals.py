"""What is relied on in Streamlit and uvicorn without being documented: each test names what a release has changed."""

import asyncio
import re
import socket

import httpx
import pytest
import uvicorn
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette.starlette_server import _bind_socket

from extract.server.page_files import REPLACED
from extract.server.streamlit_internals import (
    CHARTS,
    DOWNLOAD_ADDRESS,
    HEALTH,
    HOST_CONFIG,
    HTML,
    KINDS,
    OPERATION,
    OPERATIONS,
    RERUN,
    SOCKET,
    STATIC,
    list_scripts,
    parse_message,
    prepare_uvicorn,
    read_shell,
    read_style,
)
from tests.server.asgi import FORBIDDEN_KINDS, make_message, make_rerun
from tests.server.test_guard import open_socket
from tests.servers import LONGEST_ANSWER, Server, fetch

# The page


def test_streamlits_page_is_still_built_in_the_root_by_the_elements_of_its_index(server: Server) -> None:
    shell = read_shell()
    assert shell.startswith('<div id="root"></div>\n')
    assert "<title>" not in shell
    assert "service-desc" not in shell
    assert "favicon" not in shell
    assert fetch(server.url).text.count(read_shell(REPLACED)) == 1
    index = (STATIC / "index.html").read_text("utf-8")
    for address in re.findall(r'(?:src|href)="\./(static/[^"]+)"', index):
        assert f'"./{address}"' in shell
        assert fetch(f"{server.url}/{address}").content == (STATIC / address).read_bytes()


def test_streamlits_page_is_still_written_in_a_font_whose_style_sheet_is_known() -> None:
    style = read_style()
    assert (STATIC / style.font).is_file()
    assert re.findall(r"<link[^>]*preload[^>]*>", read_shell(REPLACED), re.DOTALL) != []
    assert f'"./{style.font}"' not in read_shell(REPLACED)
    assert f'"./{REPLACED[style.font]}"' in read_shell(REPLACED)
    assert f'"./{REPLACED[style.name]}"' in read_shell(REPLACED)
    # The rule for icons would be loaded by the letter that Streamlit asks for as it starts.
    scripts = (STATIC / "static/js").glob("index.*.js")
    assert any("document.fonts.load(`1em " in path.read_text("utf-8") for path in scripts)


def test_streamlit_still_names_the_scripts_of_html_and_of_charts() -> None:
    scripts = list_scripts((*HTML, *CHARTS))
    for name in (*HTML, *CHARTS, "embed"):
        assert sum(script.startswith(f"static/js/{name}.") for script in scripts) == 1
    assert all((STATIC / script).is_file() for script in scripts)
    assert not any(script in read_shell() for script in scripts)


def test_streamlit_still_names_its_health_check_stcore_health(server: Server) -> None:
    assert fetch(server.url + HEALTH).text == "ok"


def test_streamlit_still_names_its_settings_for_the_page_stcore_host_config(server: Server) -> None:
    assert "allowedOrigins" in fetch(server.url + HOST_CONFIG).json()


def test_streamlit_still_names_its_socket_stcore_stream(server: Server) -> None:
    with open_socket(server) as opened:
        assert opened.subprotocol == "streamlit"
        opened.send(make_rerun(1))
        assert isinstance(opened.recv(LONGEST_ANSWER), bytes)


def test_streamlits_page_still_asks_for_these_addresses() -> None:
    scripts = "".join(path.read_text("utf-8") for path in sorted((STATIC / "static/js").glob("*.js")))
    closed = {"/_stcore/upload_file", "/_stcore/bidi-components"}
    asked = {f"/{name}" for name in re.findall(r"`/?(_stcore/[a-z_-]+)`", scripts)}
    assert asked == {SOCKET, HEALTH, HOST_CONFIG} | closed
    assert "`/media`" in scripts


# Messages


def test_streamlits_messages_still_are_of_these_kinds() -> None:
    kinds = {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    assert kinds == {field.name for field in BackMsg.DESCRIPTOR.fields}
    assert kinds - KINDS == {
        "clear_cache",
        "set_run_on_save",
        "load_git_info",
        "debug_disconnect_websocket",
        "debug_shutdown_runtime",
        "file_urls_request",
    }
    assert kinds > KINDS


def test_streamlits_operations_still_are_these() -> None:
    payload = BackMsg().backend_operation_request.DESCRIPTOR.oneofs_by_name["payload"]
    assert {field.name for field in payload.fields} - OPERATIONS == {"install_skills", "dismiss_skills_nudge"}


@pytest.mark.parametrize("kind", [*sorted(KINDS), *FORBIDDEN_KINDS])
def test_only_kinds_that_the_page_needs_pass(kind: str) -> None:
    message = make_message(kind)
    assert parse_message(message) == ((kind, message) if kind in KINDS else None)


@pytest.mark.parametrize("operation", ["install_skills", "dismiss_skills_nudge"])
def test_operations_that_write_to_the_servers_folder_are_dropped(operation: str) -> None:
    message = BackMsg()
    getattr(message.backend_operation_request, operation).SetInParent()
    raw = bytes(message.SerializeToString())
    assert parse_message(raw) is None
    assert parse_message(make_message(OPERATION) + raw) is None
    assert parse_message(raw + make_message(OPERATION)) == (OPERATION, make_message(OPERATION))


@pytest.mark.parametrize("kind", FORBIDDEN_KINDS)
def test_of_two_requests_a_forbidden_one_never_passes(kind: str) -> None:
    assert parse_message(make_message(RERUN) + make_message(kind)) is None
    assert parse_message(make_message(kind) + make_message(RERUN)) == (RERUN, make_message(RERUN))


@pytest.mark.parametrize("raw", [b"\xff", b"Z", b"Z\x05ab", b"\x2d", b"\xff\xff\xff\xff\xff\xff\x01", b"hello"])
def test_what_is_no_message_is_malformed(raw: bytes) -> None:
    with pytest.raises(ValueError, match="no message of Streamlit's"):
        parse_message(raw)


def test_unknown_fields_are_left_out() -> None:
    unknown = b"\xa2\x06\x01x"
    assert parse_message(unknown) is None
    assert parse_message(make_rerun(1) + unknown) == (RERUN, make_rerun(1))


def test_a_rerun_of_a_fragment_is_one_of_the_whole_page() -> None:
    message = BackMsg.FromString(make_rerun(1))
    message.rerun_script.fragment_id = "part"
    assert parse_message(message.SerializeToString()) == (RERUN, make_rerun(1))


MESSAGES = st.lists(
    st.sampled_from([make_message(kind) for kind in (*sorted(KINDS), *FORBIDDEN_KINDS)]) | st.binary(max_size=6),
    max_size=4,
)


@settings(max_examples=500)
@given(MESSAGES.map(b"".join))
def test_what_passes_is_what_streamlit_reads(raw: bytes) -> None:
    try:
        parsed = parse_message(raw)
    except ValueError:
        with pytest.raises(DecodeError):
            BackMsg.FromString(raw)
        return
    understood = BackMsg.FromString(raw).WhichOneof("type")
    if parsed is None:
        assert understood not in KINDS or understood == OPERATION
        return
    message = BackMsg.FromString(parsed.raw)
    assert message.WhichOneof("type") == understood == parsed.kind
    assert message.ByteSize() <= len(raw)
    assert message.backend_operation_request.WhichOneof("payload") in {None, *OPERATIONS}


# Downloads


@pytest.mark.parametrize("name", ["../x", "..%2fx", "a/b", "a\\b", "", ".csv", "a//b", "a.", "a b"])
def test_no_address_of_a_download_leads_elsewhere(name: str) -> None:
    assert DOWNLOAD_ADDRESS.fullmatch(f"/media/{name}") is None


# uvicorn


async def greet(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


def test_uvicorn_still_starts_up_with_the_sockets_that_streamlit_binds() -> None:
    prepare_uvicorn()
    listening = _bind_socket("127.0.0.1", 0, 5)
    assert not listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), "Streamlit now does it: let go of ours"

    async def ask() -> httpx.Response:
        running = uvicorn.Server(uvicorn.Config(greet, lifespan="off", log_config=None))
        serving = asyncio.create_task(running.serve([listening]))
        async with httpx.AsyncClient() as client:
            response = await client.get(f"http://127.0.0.1:{listening.getsockname()[1]}")
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        running.should_exit = True
        await serving
        return response

    response = asyncio.run(asyncio.wait_for(ask(), 30))
    assert response.text == "ok"
    assert set(response.headers) == {"date", "content-length"}, "no name of the server"
