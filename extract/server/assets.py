"""The files that Streamlit's page is made of, served from memory: read and compressed once, kept by browsers for good.

A first visit asks for about a hundred of them. Streamlit reads each from the disk at every request and sends it as it
is, which takes more of the processor's time than the page's own script. `servestatic` reads them in threads: 600
requests a second against 3,400 here, and what it compresses beforehand needs a folder that the server may write.
"""

import asyncio
import gzip
import mimetypes
import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
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
        # Quality 5 makes 9 % less than gzip in less time. The best makes a tenth less again, in seventy times the time:
        # it is made in the background once a file has been asked for.
        "br": lambda body: bytes(brotli.compress(body, quality=5)),
        "gzip": lambda body: gzip.compress(body, 6, mtime=0),
    }
)
"""From the best to the most common."""


QUIET: Final = 1.0
"""Seconds without a request after which nobody is coming to the page."""
PATIENCE: Final = 60
"""So many of them are waited for at the most."""

NOTHING_MADE: Final[Mapping[str, Callable[[], bytes]]] = MappingProxyType({})


class Asset(NamedTuple):
    """One file, ready to be sent."""

    body: bytes
    headers: list[tuple[bytes, bytes]]


class Assets:
    """The files of a folder under an address; an ASGI application for the paths that `has` knows."""

    def __init__(self, folder: Path, address: str, made: Mapping[str, Callable[[], bytes]] = NOTHING_MADE) -> None:
        """List the folder; `address` is the path it stands at, with slashes around it.

        `made` gives further files by their whole addresses.
        """
        self._bodies: dict[str, Callable[[], bytes]] = {
            address + file.relative_to(folder).as_posix(): file.read_bytes
            for file in folder.rglob("*")
            if file.is_file()
        }
        self._bodies |= made
        self._read: dict[tuple[str, str], Asset] = {}
        self._asked_at = time.monotonic()
        self._packer = Packer(self._pack, lambda: time.monotonic() - self._asked_at > QUIET)

    def has(self, path: str) -> bool:
        """Tell whether a path is one of the files."""
        return path in self._bodies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Answer a GET or HEAD for a path that `has` knows."""
        path: str = scope["path"]
        self._asked_at = time.monotonic()
        accepted = b",".join(value for name, value in scope["headers"] if name == b"accept-encoding")
        encoding = choose_encoding(accepted.decode("latin-1"))
        asset = self._read.get((path, encoding))
        if asset is None:
            asset = await asyncio.to_thread(self._take, path, encoding)
        await send({"type": "http.response.start", "status": 200, "headers": asset.headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else asset.body})

    def _take(self, path: str, encoding: str) -> Asset:
        asset = make_asset(path, self._bodies[path](), encoding)
        self._read[path, encoding] = asset
        if encoding == "br" and is_compressible(path):
            self._packer.add(path)
        return asset

    def _pack(self, path: str) -> None:
        """Compress a file as well as can be, for those who ask for it from now on."""
        self._read[path, "br"] = make_asset(path, self._bodies[path](), "br", compress=compress_best)


class Packer:
    """Compresses one file after another where nothing else has to be done: the best takes a second for the largest.

    It waits until nobody is coming to the page, who would wait for the processor; but for each file a minute at most.
    """

    def __init__(self, pack: Callable[[str], None], is_quiet: Callable[[], bool]) -> None:
        """Do nothing yet; `pack` takes the path of a file."""
        self._pack = pack
        self._is_quiet = is_quiet
        self._waiting: SimpleQueue[str] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, path: str) -> None:
        """Let a file be compressed in its turn."""
        self._waiting.put(path)
        with self._starting:
            if self._thread is None:
                # A server that ends does not wait for it.
                self._thread = threading.Thread(target=self._run, name="packer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        with suppress(OSError, AttributeError):  # elsewhere than on Linux, threads have no priority of their own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
        while True:
            path = self._waiting.get()
            for _ in range(PATIENCE):
                if self._is_quiet():
                    break
                time.sleep(QUIET)
            self._pack(path)


def is_compressible(name: str) -> bool:
    """Tell whether a file gains anything by being compressed."""
    return Path(name).suffix in _COMPRESSIBLE


def compress_best(body: bytes) -> bytes:
    """Return a file as small as Brotli makes it: a tenth less than in the first answer."""
    return bytes(brotli.compress(body, quality=11))


def make_asset(name: str, body: bytes, encoding: str = "", compress: Callable[[bytes], bytes] | None = None) -> Asset:
    """Return a file as it is sent, compressed where an encoding is given and gains anything.

    Its name carries a hash of it, so no browser need ask twice.
    """
    suffix = Path(name).suffix
    content_type = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {
        "content-type": content_type,
        "cache-control": "public, max-age=31536000, immutable",
        "vary": "accept-encoding",
    }
    if encoding and suffix in _COMPRESSIBLE:
        compressed = (compress or ENCODINGS[encoding])(body)
        if len(compressed) < len(body):
            body, headers["content-encoding"] = compressed, encoding
    headers["content-length"] = str(len(body))
    return Asset(body, [(name.encode(), value.encode()) for name, value in headers.items()])


def choose_encoding(accepted: str) -> str:
    """Return the best encoding that a header `Accept-Encoding` names; empty for none."""
    names = {part.partition(";")[0].strip() for part in accepted.split(",")}
    return next((encoding for encoding in ENCODINGS if encoding in names), "")
