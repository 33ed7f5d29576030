"""A reader without a browser: the requests and the socket messages of one, in Streamlit's own protocol.

As light as can be, for it runs on the processors that it measures: requests go over a bare connection, one by one.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from extract.server.streamlit_internals import HEALTH, HOST_CONFIG, SOCKET

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


class Connection:
    """A connection that asks for one path after another and keeps open between."""

    def __init__(self, url: str) -> None:
        self._host, _, self._port = url.removeprefix("http://").partition(":")

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection(self._host, int(self._port))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def get(self, path: str, encodings: str = "gzip, br") -> bytes:
        """Return the body at a path, compressed where the server does; ConnectionError where it is not given."""
        host = f"{self._host}:{self._port}"
        self._writer.write(f"GET {path} HTTP/1.1\r\nhost: {host}\r\naccept-encoding: {encodings}\r\n\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = re.search(rb"\r\ncontent-length: ([0-9]+)", head)
        if not head.startswith(b"http/1.1 200") or length is None:
            raise ConnectionError(f"{path}: {head[:200]!r}")
        return await self._reader.readexactly(int(length[1]))


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

    async def drain(self) -> None:
        """Receive without reading until the server closes the socket."""
        with suppress(ConnectionClosed):
            async for _ in self._socket:
                pass

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
async def open_page(url: str, address: str = "127.0.0.1") -> AsyncIterator[Reader]:
    """Open a page's socket as a browser does, without its files; `address` is the one that the reader comes from."""
    async with connect(
        url.replace("http://", "ws://") + SOCKET,
        origin=Origin(url),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        compression=None,
        open_timeout=PATIENCE,
        close_timeout=1,
        proxy=None,
        local_addr=(address, 0),
    ) as socket:
        yield Reader(socket)


async def visit(url: str, files: tuple[str, ...] = ()) -> Run:
    """Come to the page anew: its HTML, its files, the two questions of its script, the socket, the first run."""
    begun = time.monotonic()
    async with Connection(url) as connection:
        for path in ("/", *files, HEALTH, HOST_CONFIG):
            await connection.get(path)
    async with open_page(url) as reader:
        await reader.send()
        return await reader.receive(begun)


async def find_files(url: str) -> tuple[str, ...]:
    """Return the scripts, styles and fonts that the page's HTML names, which a browser with an empty cache asks for."""
    async with Connection(url) as connection:
        page = (await connection.get("/", "identity")).decode()
    return tuple(dict.fromkeys("/" + name for name in re.findall(r'(?:src|href)="\./(static/[^"]+)"', page)))
