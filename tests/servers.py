"""Real servers for tests: `streamlit run` as a child process on a free loopback port, ended by its own process id."""

import os
import random
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from extract.server.streamlit_internals import HEALTH

REPOSITORY = Path(__file__).resolve().parent.parent
DASHBOARD = REPOSITORY / "dashboard.py"

LONGEST_START = 60.0
"""Seconds; a cold disk and busy cores are slow, a server that never comes must not hang the run."""
LONGEST_STOP = 15.0
"""Seconds."""

LONGEST_ANSWER = 60.0
"""Seconds."""
LENT_PORTS: Final = range(20_000, 32_000)
"""Ports that systems lend to nobody who leaves the choice to them, so that one of them can be left and taken again."""

# Tests speak plain http, for which httpx would read all certificates of the machine anew at each request.
_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

_ANNOUNCED = re.compile(r"URL: http://(?:127\.0\.0\.1|localhost):(?P<port>[0-9]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One running server."""

    url: str
    """Without a slash at its end: `http://127.0.0.1:41234`."""
    process: "subprocess.Popen[bytes]"
    log: Path
    """All that the server has written on its standard output and error so far."""

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rpartition(":")[2])


def start(
    root: Path,
    log: Path,
    script: Path = DASHBOARD,
    env: Mapping[str, str] | None = None,
    *,
    port: int = 0,
    files: int | None = None,
) -> Server:
    """Return a server that answers its health check, serving `root`; the caller ends it with `stop`.

    It may have so many `files` open, if that is given. Raises RuntimeError with the log where it ends or stays silent
    instead.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "FIGURES_"))}
    inherited["PYTHONUNBUFFERED"] = "1"
    # The script's own folder holds .streamlit/config.toml; port 0 leaves the choice of a free port to the system.
    command = [sys.executable, "-m", "streamlit", "run", str(script.resolve()), "--server.port", str(port)]
    if files is not None:
        command = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh", *command]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            cwd=script.parent,
            env={**inherited, "FIGURES_ROOT": str(root.resolve()), **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline and process.poll() is None:
        announced = _ANNOUNCED.search(log.read_text("utf-8", "replace"))
        if announced and _is_healthy(url := f"http://127.0.0.1:{announced['port']}"):
            return Server(url=url, process=process, log=log)
        time.sleep(0.02)
    _end(process)
    raise RuntimeError(f"{script.name} did not come up:\n{log.read_text('utf-8', 'replace')}")


def stop(server: Server) -> float:
    """End the server as an operator would (SIGTERM) and return the seconds it took; killed where it does not end."""
    return _end(server.process)


def fetch(url: str, headers: Mapping[str, str] | None = None, *, method: str = "GET") -> httpx.Response:
    """Return a server's answer, on a connection of its own and however busy the machine is."""
    return httpx.request(method, url, headers=headers, timeout=LONGEST_ANSWER, verify=_NO_CERTIFICATES)


def find_port() -> int:
    """Return a free port that stays free: for a server that a test starts on a port that it knows before."""
    while True:
        port = random.choice(LENT_PORTS)
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port


@contextmanager
def serve(
    root: Path, script: Path = DASHBOARD, env: Mapping[str, str] | None = None, files: int | None = None
) -> Iterator[Server]:
    """Run a server for the length of a `with` block; `root` is a folder that holds `data/` and `seeds/`."""
    with tempfile.TemporaryDirectory(prefix="server-") as folder:
        server = start(root, Path(folder) / "log", script, env, files=files)
        try:
            yield server
        finally:
            stop(server)


def _is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(url + HEALTH, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _end(process: "subprocess.Popen[bytes]") -> float:
    begun = time.monotonic()
    process.terminate()
    try:
        process.wait(LONGEST_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return time.monotonic() - begun
