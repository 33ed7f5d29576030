"""Streamlit's files as the server sends them."""

import asyncio
import gzip
import threading
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType

import brotli  # type: ignore[import-untyped]
import pytest

from extract.server.assets import QUIET, Assets, Packer
from extract.server.streamlit_internals import STATIC
from tests.server.asgi import ASSETS, Socket

UNPACK: Mapping[str | None, Callable[[bytes], bytes]] = MappingProxyType(
    {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}
)


@pytest.mark.parametrize(
    ("accepted", "encodings"),
    [
        (None, {None}),
        ("", {None}),
        ("identity, zstd", {None}),
        ("gzip", {None, "gzip"}),
        ("gzip, deflate;q=0.5", {None, "gzip"}),
        ("gzip, deflate, br, zstd", {None, "br"}),
    ],
)
def test_files_are_sent_letter_for_letter_in_the_best_encoding_accepted(
    accepted: str | None, encodings: set[str | None]
) -> None:
    headers = () if accepted is None else ((b"accept-encoding", accepted.encode()),)

    async def get(path: str, method: str = "GET") -> tuple[dict[str, str], bytes]:
        socket = Socket()
        await ASSETS({"type": "http", "method": method, "path": path, "headers": headers}, socket.receive, socket.send)
        start, body = socket.outbound
        return {name.decode(): value.decode() for name, value in start["headers"]}, body["body"]

    async def compare() -> None:
        seen = set()
        for file in sorted(file for file in (STATIC / "static").rglob("*") if file.is_file())[::20]:
            path = "/static/" + file.relative_to(STATIC / "static").as_posix()
            answer, body = await get(path)
            encoding = answer.get("content-encoding")
            seen.add(encoding)
            assert UNPACK[encoding](body) == file.read_bytes()
            assert answer["content-length"] == str(len(body))
            assert answer["cache-control"] == "public, max-age=31536000, immutable"
            assert answer["vary"] == "accept-encoding"
            assert await get(path, method="HEAD") == (answer, b"")
        assert seen == encodings

    asyncio.run(compare())


def test_a_file_that_has_been_asked_for_is_compressed_as_well_as_can_be_for_the_next_reader() -> None:
    body = b"".join(f"let name{number} = {number * number};".encode() for number in range(3000))
    assets = Assets(STATIC / "static/css", "/static/css/", {"/static/js/made.js": lambda: body})

    async def get() -> bytes:
        socket = Socket()
        headers = ((b"accept-encoding", b"br"),)
        scope = {"type": "http", "method": "GET", "path": "/static/js/made.js", "headers": headers}
        await assets(scope, socket.receive, socket.send)
        sent: bytes = socket.outbound[1]["body"]
        return sent

    first = again = asyncio.run(get())
    deadline = time.monotonic() + 30
    while again == first and time.monotonic() < deadline:
        time.sleep(2 * QUIET)  # whoever asks all the time keeps it waiting
        again = asyncio.run(get())
    assert len(again) < len(first)
    assert brotli.decompress(again) == brotli.decompress(first) == body


def test_nothing_is_compressed_so_well_while_somebody_is_coming() -> None:
    asked, packed, quiet = threading.Semaphore(0), threading.Event(), threading.Event()

    def is_quiet() -> bool:
        asked.release()
        return quiet.is_set()

    packer = Packer(lambda _: packed.set(), is_quiet)
    packer.add("/static/js/made.js")
    for _ in range(3):
        assert asked.acquire(timeout=30)
        assert not packed.is_set()
    quiet.set()
    assert packed.wait(30)
