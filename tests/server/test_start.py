"""What the server cannot be started with: one plain sentence, and no traceback."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping

import pytest

from tests.servers import LONGEST_START, REPOSITORY


def start_in_vain(*arguments: str, **env: str) -> tuple[int, list[str]]:
    """Return the exit code of a server that does not start, and the lines that it writes but for its address."""
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
    return run.returncode, [line for line in lines if line and "URL: " not in line and "You can now" not in line]


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
    assert (code, [line.strip() for line in lines if "view your Streamlit app" not in line]) == (
        1,
        [f"The server cannot start. {reason}"],
    )


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, lines = start_in_vain("--server.port", str(port))
    assert code == 1
    assert [line.partition(" Port ")[2] for line in lines] == [f"{port} is not available"]


def test_an_environment_that_is_a_link_is_ignored_by_git() -> None:
    run = subprocess.run(["git", "check-ignore", ".venv"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert run.stdout == ".venv\n"
