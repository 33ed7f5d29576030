"""Streamlit's files as the server sends them."""

import asyncio
import gzip
from collections.abc import Callable, Mapping
from types import MappingProxyType

import brotli  # type: ignore[import-untyped]
import pytest

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
