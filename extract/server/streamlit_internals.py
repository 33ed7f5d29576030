"""What the server relies on that Streamlit and uvicorn do not document.

Everything of that kind stands here, with the reason. tests/server/test_streamlit_internals.py has a test for each, so a
release that changes one of them fails in a test that names it.
"""

import json
import os
import re
import socket
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import streamlit
import uvicorn
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

STATIC: Final = Path(streamlit.__file__).parent / "static"
"""The folder of the page itself: `index.html`, and in `static/` the files that it asks for."""

SHELL: Final = re.compile(r"<script\b.*?</script>|<link\b[^>]*>|<div id=\"root\"></div>", re.DOTALL)
"""What `index.html` is made of: scripts, what they load, and the element that the page is built in."""
NOT_OURS: Final = re.compile(r"rel=\"(shortcut icon|service-desc)\"")
"""An icon of Streamlit's, and the address of an interface that stays closed."""

_OTHER_FORM: Final = "Streamlit's page has another form than this one is built on: install the pinned release"
NOTHING_REPLACED: Final[Mapping[str, str]] = MappingProxyType({})
STYLE_LINK: Final = re.compile(r'<link rel="stylesheet"[^>]* href="\./(static/css/[^"]+)">')
TEXT_FACE: Final = re.compile(
    r"@font-face\{font-family:Source Sans;[^}]*font-style:normal;src:url\(\.\./([^)]+)\)[^}]*\}"
)
ICON_FACE: Final = re.compile(r"@font-face\{font-family:Material Symbols Rounded;[^}]*\}")
"""The faces of the fonts that letters and icons are drawn with, in the one style sheet that `index.html` loads."""
IMPORT: Final = re.compile(r"""(?:\bfrom|\bimport)["'`]\./([^"'`]+\.js)["'`]""")
"""A script that another cannot run without."""
HTML: Final = ("Html", "purify.es")
CHARTS: Final = ("ArrowVegaLiteChart",)
"""The scripts that Streamlit loads when the first HTML and the first chart have come, without their digests."""

SOCKET: Final = "/_stcore/stream"
HEALTH: Final = "/_stcore/health"
HOST_CONFIG: Final = "/_stcore/host-config"
PAGE_ADDRESSES: Final = frozenset({"/", "/favicon.png", "/manifest.json", HEALTH, HOST_CONFIG})
"""What the page asks for. The rest stays closed: metrics, uploads, components, log-in, the interface for agents."""
DOWNLOAD_ADDRESS: Final = re.compile(r"/media/[A-Za-z0-9_-]+(\.[A-Za-z0-9]+)*")
"""A file made for a download button. Its name is a hash: no `..`, `\\`, `%` or `//` that could lead elsewhere."""

RERUN: Final = "rerun_script"
OPERATION: Final = "backend_operation_request"
KINDS: Final = frozenset({RERUN, "stop_script", "app_heartbeat", OPERATION})
"""Requests that the page makes, as fields of `BackMsg`. Of the others, `clear_cache` clears it for all readers,
`load_git_info` names the operator's repository, and `file_urls_request` prepares an upload."""
OPERATIONS: Final = frozenset({"deferred_file", "dataframe_chunk"})
"""A file made on the click, and rows of a long table. The other operations write skills for coding agents into the
folder of whoever runs the server."""


SHEET: Final = "sheet"
"""What the keys of spreadsheets begin with."""
SHEET_ID: Final = re.compile(rf"\$\$ID-[0-9a-f]+-{SHEET}-[0-9]+")
"""How Streamlit names a widget with such a key. A name of another form ends in a traceback."""
LONGEST_CHOICE: Final = 1000
"""Bytes of what a reader has chosen in a spreadsheet, the page's only widget."""


class SocketMessage(NamedTuple):
    """A request of the page, as Streamlit understands it."""

    kind: str
    raw: bytes
    """The message written anew from what was understood."""


def parse_message(raw: bytes) -> SocketMessage | None:
    """Return what a socket message asks for, or None where the page does not need it.

    Raises ValueError for bytes that are no message. Unknown fields are left out, and so is what this page does not need
    of a rerun, which is always of the whole page.
    """
    try:
        message = BackMsg.FromString(raw)
    except DecodeError as error:
        raise ValueError("no message of Streamlit's") from error
    message.DiscardUnknownFields()
    kind = message.WhichOneof("type")
    if kind not in KINDS:
        return None
    if kind == OPERATION and message.backend_operation_request.WhichOneof("payload") not in OPERATIONS:
        return None
    if kind == RERUN:
        # This page has no fragments, and what no widget of it can hold would end in a traceback.
        message.rerun_script.ClearField("fragment_id")
        chosen = [state for state in message.rerun_script.widget_states.widgets if is_choice(state)]
        message.rerun_script.ClearField("widget_states")
        if chosen:
            message.rerun_script.widget_states.widgets.extend(chosen)
    return SocketMessage(kind, message.SerializeToString())


def is_choice(state: WidgetState) -> bool:
    """Tell whether a widget's state is what a spreadsheet can hold: cells, each by its row and its column's name."""
    if not SHEET_ID.fullmatch(state.id):
        return False
    if state.WhichOneof("value") != "string_value" or len(state.string_value) > LONGEST_CHOICE:
        return False
    try:
        selection = json.loads(state.string_value)["selection"]
        cells = selection.pop("cells", [])
        return not any(selection.values()) and all(
            type(row) is int and row >= 0 and isinstance(column, str) for row, column in cells
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False


class SheetOfStyle(NamedTuple):
    """The style sheet of Streamlit's page, and what is known of its fonts."""

    name: str
    """As `static/css/index.css`."""
    text: str
    text_face: str
    """The rule of the font that words are drawn with."""
    font: str
    """The file of that font, named as the style sheet is."""
    icon_face: str


def read_style() -> SheetOfStyle:
    """Return the style sheet of Streamlit's page. Raises ValueError where it has another form."""
    link = STYLE_LINK.search(_read_index())
    if link is None:
        raise ValueError(_OTHER_FORM)
    text = (STATIC / link[1]).read_text("utf-8")
    face, icons = TEXT_FACE.search(text), ICON_FACE.search(text)
    if face is None or icons is None:
        raise ValueError(_OTHER_FORM)
    return SheetOfStyle(name=link[1], text=text, text_face=face[0], font=f"static/{face[1]}", icon_face=icons[0])


def read_shell(replaced: Mapping[str, str] = NOTHING_REPLACED) -> str:
    """Return the elements that build Streamlit's page, for the end of a document of our own: the root first.

    None of them keeps the browser from painting what stands before them. `replaced` names the files that are loaded in
    place of others. Raises ValueError where there is no root.
    """
    parts = [part for part in SHELL.findall(_read_index()) if not NOT_OURS.search(part)]
    if not parts or not parts[-1].startswith("<div"):
        raise ValueError(_OTHER_FORM)
    shell = "\n".join([parts[-1], *parts[:-1]])
    for name, other in replaced.items():
        shell = shell.replace(f'"./{name}"', f'"./{other}"')
    return shell


def list_scripts(names: Iterable[str]) -> list[str]:
    """Return the addresses of scripts, named without their digests, and of all that they cannot run without.

    Those that `index.html` names are left out: the browser has them already. So is what a release does not have.
    """
    folder = STATIC / "static/js"
    found: dict[str, None] = {}
    waiting = [file.name for name in names for file in folder.glob(f"{name}.????????.js")]
    index = _read_index()
    while waiting:
        name = waiting.pop(0)
        if name not in found and f"static/js/{name}" not in index:
            found[name] = None
            waiting += IMPORT.findall((folder / name).read_text("utf-8"))
    return [f"static/js/{name}" for name in found]


@cache
def _read_index() -> str:
    return re.sub("<!--.*?-->", "", (STATIC / "index.html").read_text("utf-8"), flags=re.DOTALL)


def refuse_settings() -> None:
    """Raise ValueError where Streamlit is set to what this page cannot be served with."""
    path = config.get_option("server.baseUrlPath")
    if path:
        raise ValueError(
            f"server.baseUrlPath is set to {path!r}, and this page is served at the root of its host only: leave it"
            " empty, and give the page a host name of its own"
        )


_startup = uvicorn.Server.startup
_proxies: list[str] = []


async def _start_up(server: uvicorn.Server, sockets: list[socket.socket] | None = None) -> None:
    server.config.encoded_headers = [header for header in server.config.encoded_headers if header[0] != b"server"]
    if isinstance(server.config.loaded_app, ProxyHeadersMiddleware):
        server.config.loaded_app = ProxyHeadersMiddleware(server.config.loaded_app.app, _proxies)
    for listening in sockets or ():
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # connections inherit it
    await _startup(server, sockets)
    announce(format_url(server.config.host, server.config.port, is_secure=server.config.is_ssl))


def format_url(host: str, port: int, *, is_secure: bool = False) -> str:
    """Return the address of a page that is served at a host; one that listens everywhere is named localhost.

    >>> format_url("127.0.0.1", 8501), format_url("::1", 443, is_secure=True), format_url("0.0.0.0", 80)
    ('http://127.0.0.1:8501', 'https://[::1]:443', 'http://localhost:80')
    """
    name = "localhost" if host in {"", "0.0.0.0", "::"} else f"[{host}]" if ":" in host else host  # noqa: S104
    return f"{'https' if is_secure else 'http'}://{name}:{port}"


def announce(url: str) -> None:
    """Say on standard output where the page is; a server whose output is full or closed serves without a word."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(f"\n  You can now view the figures in your browser.\n\n  URL: {url}\n\n")
        sys.stdout.flush()
    except OSError:
        # What is left to be written goes nowhere, or Python tries again as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def prepare_uvicorn(proxies: Iterable[str] = ()) -> None:
    """Mend what Streamlit has no setting for in uvicorn, for all servers of this process.

    uvicorn adds its name to every response, below any middleware. It believes whoever connects from this machine to say
    in `X-Forwarded-For` who asks; here only these proxies are, addresses or networks. Streamlit says where the page is
    before it is served, and fails where it cannot; here it is said once it is. And asyncio turns Nagle's delay
    off only for sockets that name TCP as their protocol. Streamlit's does not, so every answer of two writes would wait
    40 ms.
    """
    _proxies[:] = proxies
    uvicorn.Server.startup = _start_up  # type: ignore[assignment,method-assign]
