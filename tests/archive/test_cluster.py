"""A Dask cluster of two workers on this machine: the same records in the same order, whoever is killed."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import REPOSITORY


class Cluster(NamedTuple):
    """A scheduler with two workers."""

    address: str
    workers: list["subprocess.Popen[bytes]"]


@contextmanager
def run_dask(folder: Path, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "dask", *arguments]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("dask")
    told = folder / "scheduler.json"
    with ExitStack() as stack:
        quiet = ("--host", "127.0.0.1", "--no-dashboard")
        stack.enter_context(run_dask(folder, "scheduler", *quiet, "--port", "0", "--scheduler-file", str(told)))
        deadline = time.monotonic() + 60
        while not told.exists():
            assert time.monotonic() < deadline, (folder / "log").read_text("utf-8")
            time.sleep(0.1)
        address = json.loads(told.read_text("utf-8"))["address"]
        worker = ("worker", address, *quiet, "--nthreads", "1", "--no-nanny")
        yield Cluster(address, [stack.enter_context(run_dask(folder, *worker)) for _ in range(2)])


def scan(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "extract", "scan", "--json", *arguments]


def test_a_cluster_gives_the_same_records_in_the_same_order_though_a_worker_is_killed(
    cluster: Cluster, tmp_path: Path
) -> None:
    archive = tmp_path / "a.jsonl"
    rows = ({"id": n, "text": f"Bắt {n} đối tượng, phạt {n},5 triệu đồng.\n" * 60} for n in range(1, 1500))
    archive.write_text("\n".join(json.dumps(row) for row in [*rows, {"id": 0}]), encoding="utf-8")
    alone = subprocess.run(scan(str(archive)), cwd=REPOSITORY, capture_output=True, timeout=120, check=False)
    assert alone.returncode == 1
    command = scan(str(archive), "--cluster", cluster.address)
    # Without a buffer: what `readline` would take along of it, `communicate` never sees.
    with subprocess.Popen(
        command, cwd=REPOSITORY, bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        cluster.workers[0].kill()
        shown, complaints = process.communicate(timeout=120)
    assert process.returncode == 1
    assert first + shown == alone.stdout
    assert complaints == alone.stderr


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:1", "there is no Dask scheduler at tcp://127.0.0.1:1: "),
        ("nowhere", "«nowhere» is no scheduler's address: write such as tcp://10.0.0.7:8786\n"),
    ],
)
def test_a_cluster_that_is_not_there_is_said_in_a_sentence(address: str, said: str) -> None:
    command = scan(str(REPOSITORY / "seeds"), "--cluster", address)
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith(f"python -m extract: {said}")
