"""Starts the review page: a server of its own, for this machine only."""

import os
import sys
from pathlib import Path
from typing import NoReturn

from extract.claims.files import REPOSITORY

PAGE = Path(__file__).resolve().parent / "page.py"


def start_review(root: Path, port: int, article: str) -> NoReturn:
    """Become the server of the review page, which opens with an article; an empty name is the table of all."""
    settings = {
        "server.address": "127.0.0.1",
        "server.port": port,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "logger.hideWelcomeMessage": "false",  # it says where the page is; config.toml hides it for the dashboard
    }
    options = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
    # A page of another host that names this address is no page of ours.
    options += [word for host in ("127.0.0.1", "localhost") for word in ("--server.allowedHosts", host)]
    environment = {**os.environ, "FIGURES_ROOT": str(root.resolve()), "PYTHONPATH": str(REPOSITORY)}
    os.chdir(REPOSITORY)  # .streamlit/config.toml, with the look of the dashboard, is looked for here
    command = [sys.executable, "-m", "streamlit", "run", str(PAGE), *options, "--", article]
    os.execve(sys.executable, command, environment)  # noqa: S606 - so that Ctrl-C and its exit code are the server's own
