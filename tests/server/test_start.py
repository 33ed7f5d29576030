"""What the server cannot be started with: one plain sentence, and no traceback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress

import httpx
import pytest

from tests.servers import LONGEST_START, REPOSITORY, fetch, find_port


def start_in_vain(*arguments: str, **env: str) -> tuple[int, list[str]]:
    """Return the exit code of a server that does not start, and the lines that it writes."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "FIGURES_"))}
    run = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", "0", *arguments],
        cwd=REPOSITORY,
        env=inherited | env,
        capture_output=True,
        text=True,
        timeout=LONGEST_START,
        check=False,
    )
    lines = (run.stdout + run.stderr).splitlines()
    return run.returncode, [line for line in lines if line]


@pytest.mark.parametrize(
    ("arguments", "env", "reason"),
    [
        (
            ("--server.baseUrlPath", "figures"),
            {},
            "server.baseUrlPath is set to 'figures', and this page is served at the root of its host only: leave it"
            " empty, and give the page a host name of its own",
        ),
        (
            (),
            {"FIGURES_HOSTS": "https://figures.example"},
            "FIGURES_HOSTS: 'https://figures.example' is no host name: write names without scheme and port",
        ),
        (
            (),
            {"FIGURES_PROXIES": "proxy.example"},
            "FIGURES_PROXIES: 'proxy.example' is no address or network: write such as 10.0.0.7 or 192.0.2.0/24",
        ),
        (
            (),
            {"FIGURES_EMBED": "news.example"},
            "FIGURES_EMBED: 'news.example' is no origin: write such as https://news.example, https://*.news.example"
            " or *",
        ),
    ],
)
def test_what_the_server_cannot_be_set_to_is_said_in_a_sentence(
    arguments: tuple[str, ...], env: Mapping[str, str], reason: str
) -> None:
    code, lines = start_in_vain(*arguments, **env)
    assert (code, [line.strip() for line in lines]) == (1, [f"The server cannot start. {reason}"])


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, lines = start_in_vain("--server.port", str(port))
    assert code == 1
    assert [line.partition(" Port ")[2] for line in lines] == [f"{port} is not available"]


@pytest.mark.parametrize("redirection", [">/dev/full", ">&- 2>&-"])
def test_a_server_whose_output_is_full_or_closed_serves(redirection: str) -> None:
    port = find_port()
    command = f"exec {sys.executable} -m streamlit run dashboard.py --server.port {port} {redirection}"
    with subprocess.Popen(["sh", "-c", command], cwd=REPOSITORY, stderr=subprocess.PIPE, text=True) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/health")
        finally:
            process.terminate()
            _, said = process.communicate(timeout=LONGEST_START)
    assert [line for line in said.splitlines() if not line.startswith("Up to ")] == []


def wait_for(url: str) -> None:
    """Ask until an address answers; fail where it never does."""
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        with suppress(httpx.TransportError):
            if fetch(url).status_code == 200:
                return
        time.sleep(0.1)
    raise AssertionError(url)


def test_an_environment_that_is_a_link_is_ignored_by_git() -> None:
    run = subprocess.run(["git", "check-ignore", ".venv"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert run.stdout == ".venv\n"
