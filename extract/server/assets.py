"""The files that Streamlit's page is made of, served from memory: read and compressed once, kept by browsers for good.

A first visit asks for about a hundred of them. Streamlit reads each from the disk at every request and sends it as it
is, which takes more of the processor's time than the page's own script. `servestatic` reads them in threads: 600
requests a second against 3,400 here, and what it compresses beforehand needs a folder that the server may write.
"""

import asyncio
import gzip
import mimetypes
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import brotli  # type: ignore[import-untyped]
from starlette.types import Receive, Scope, Send

_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
        ".woff2": "font/woff2",
    }
)
"""What `mimetypes` reads from the machine's own tables differs between machines."""
_COMPRESSIBLE: Final = frozenset({".css", ".js", ".json", ".map", ".svg", ".txt", ".wasm", ".html"})
ENCODINGS: Final[Mapping[str, Callable[[bytes], bytes]]] = MappingProxyType(
    {
        # Quality 5 makes 9 % less than gzip in less time; the best quality takes half a minute for all files.
        "br": lambda body: bytes(brotli.compress(body, quality=5)),
        "gzip": lambda body: gzip.compress(body, 6, mtime=0),
    }
)
"""From the best to the most common."""


class Asset(NamedTuple):
    """One file, ready to be sent."""

    body: bytes
    headers: list[tuple[bytes, bytes]]


class Assets:
    """The files of a folder under an address; an ASGI application for the paths that `has` knows."""

    def __init__(self, folder: Path, address: str) -> None:
        """List the folder; `address` is the path it stands at, with slashes around it."""
        self._files = {
            address + file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()
        }
        self._read: dict[tuple[str, str], Asset] = {}

    def has(self, path: str) -> bool:
        """Tell whether a path is one of the files."""
        return path in self._files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Answer a GET or HEAD for a path that `has` knows."""
        path: str = scope["path"]
        accepted = b",".join(value for name, value in scope["headers"] if name == b"accept-encoding")
        encoding = choose_encoding(accepted.decode("latin-1"))
        asset = self._read.get((path, encoding))
        if asset is None:
            asset = await asyncio.to_thread(read_asset, self._files[path], encoding)
            self._read[path, encoding] = asset
        await send({"type": "http.response.start", "status": 200, "headers": asset.headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else asset.body})


def read_asset(file: Path, encoding: str = "") -> Asset:
    """Return a file as it is sent, compressed where an encoding is given and gains anything.

    Its name carries a hash of it, so no browser need ask twice.
    """
    body = file.read_bytes()
    content_type = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    headers = {
        "content-type": content_type,
        "cache-control": "public, max-age=31536000, immutable",
        "vary": "accept-encoding",
    }
    if encoding and file.suffix in _COMPRESSIBLE:
        compressed = ENCODINGS[encoding](body)
        if len(compressed) < len(body):
            body, headers["content-encoding"] = compressed, encoding
    headers["content-length"] = str(len(body))
    return Asset(body, [(name.encode(), value.encode()) for name, value in headers.items()])


def choose_encoding(accepted: str) -> str:
    """Return the best encoding that a header `Accept-Encoding` names; empty for none."""
    names = {part.partition(";")[0].strip() for part in accepted.split(",")}
    return next((encoding for encoding in ENCODINGS if encoding in names), "")
