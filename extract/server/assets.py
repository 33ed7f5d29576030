"""The files that Streamlit's page is made of, served from memory: read and compressed once, kept by browsers for good.

A first visit asks for about a hundred of them. Streamlit reads each from the disk at every ask and sends it as it is,
which takes more of the processor's time than the page's own script.
"""

import asyncio
import gzip
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from starlette.types import Receive, Scope, Send

_COMPRESSIBLE = frozenset({".css", ".js", ".json", ".map", ".svg", ".txt", ".wasm", ".html"})
# What `mimetypes` reads from the machine's own tables differs between machines.
_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
        ".woff2": "font/woff2",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file, ready to be sent."""

    body: bytes
    packed: bytes | None
    """The same, compressed; None where that gains nothing."""
    headers: tuple[tuple[bytes, bytes], ...]


class Assets:
    """The files of a folder under an address; an ASGI application for the paths that `has` knows."""

    def __init__(self, folder: Path, address: str) -> None:
        """List the folder; `address` is the path it stands at, with slashes around it."""
        self._files = {
            address + file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()
        }
        self._read: dict[str, Asset] = {}

    def has(self, path: str) -> bool:
        """Tell whether a path is one of the files."""
        return path in self._files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Answer a GET or HEAD for a path that `has` knows."""
        path: str = scope["path"]
        asset = self._read.get(path)
        if asset is None:
            asset = self._read[path] = await asyncio.to_thread(read_asset, self._files[path])
        is_packed = asset.packed is not None and _accepts_gzip(scope)
        body = asset.packed if is_packed and asset.packed is not None else asset.body
        length = (b"content-length", str(len(body)).encode())
        encoding = ((b"content-encoding", b"gzip"),) if is_packed else ()
        await send({"type": "http.response.start", "status": 200, "headers": [*asset.headers, length, *encoding]})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def read_asset(file: Path) -> Asset:
    """Return a file as it is sent. Its name carries a hash of it, so no browser need ask twice."""
    body = file.read_bytes()
    kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    packed = gzip.compress(body, 6, mtime=0) if file.suffix in _COMPRESSIBLE else None
    return Asset(
        body=body,
        packed=packed if packed is not None and len(packed) < len(body) else None,
        headers=(
            (b"content-type", kind.encode()),
            (b"cache-control", b"public, max-age=31536000, immutable"),
            (b"vary", b"accept-encoding"),
        ),
    )


def _accepts_gzip(scope: Scope) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])
