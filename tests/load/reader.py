"""A reader without a browser: the requests and the socket messages of one, in Streamlit's own protocol."""

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 120.0
"""Seconds that a reader waits for anything before it counts as not served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the page's script, as a reader saw it."""

    seconds: float
    messages: int
    size: int
    """Bytes received."""
    is_whole: bool
    """Whether the script ended by itself and sent no exception."""


class Reader:
    """One open page."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def run(self, query: str = "") -> Run:
        """Ask for the page at a query string and return its run, once it has ended."""
        begun = time.monotonic()
        await self.send(query)
        return await self.receive(begun)

    async def send(self, query: str = "") -> None:
        """Ask for the page at a query string."""
        message = BackMsg()
        message.rerun_script.query_string = query
        await self._socket.send(message.SerializeToString())

    async def receive(self, begun: float) -> Run:
        """Return the run that ends next."""
        messages = size = 0
        has_failed = False
        async for raw in self._socket:
            if not isinstance(raw, bytes):
                raise TypeError("the server sent text")
            messages += 1
            size += len(raw)
            message = ForwardMsg.FromString(raw)
            has_failed |= message.delta.new_element.HasField("exception")
            if message.WhichOneof("type") == "script_finished":
                is_whole = message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY and not has_failed
                return Run(seconds=time.monotonic() - begun, messages=messages, size=size, is_whole=is_whole)
        raise ConnectionError("the server closed the socket")


@asynccontextmanager
async def open_page(url: str) -> AsyncIterator[Reader]:
    """Open a page's socket as a browser does, without its files."""
    address = url.replace("http://", "ws://") + "/_stcore/stream"
    async with connect(
        address,
        origin=url,
        subprotocols=["streamlit"],
        max_size=None,
        compression=None,
        open_timeout=PATIENCE,
        proxy=None,
    ) as socket:
        yield Reader(socket)


async def visit(url: str, client: httpx.AsyncClient, files: tuple[str, ...] = ()) -> Run:
    """Come to the page anew: its HTML, its files, the two questions of its script, the socket, the first run."""
    begun = time.monotonic()
    for path in ("/", *files, "/_stcore/health", "/_stcore/host-config"):
        (await client.get(url + path)).raise_for_status()
    async with open_page(url) as reader:
        await reader.send()
        return await reader.receive(begun)


async def find_files(url: str, client: httpx.AsyncClient) -> tuple[str, ...]:
    """Return the scripts, styles and fonts that the page's HTML names, which a browser with an empty cache asks for."""
    page = (await client.get(url + "/")).raise_for_status().text
    return tuple(dict.fromkeys("/" + name for name in re.findall(r'(?:src|href)="\./(static/[^"]+)"', page)))
