"""The workers of a Dask cluster, in place of this machine's processes: `pip install "dask[distributed]"`.

A task that a worker took along when it died is given to another. Every worker must have this program, in the same
version: the folder that it is started in, or its environment.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from extract.archive.scan import find_reader
from extract.archive.workers import Workers

WAIT: Final = 5
"""Seconds for the scheduler, and for its first worker."""
BATCH: Final = 512 * 1024
"""Code points of a task, at least: each takes the scheduler and the network some milliseconds."""
_ADDRESS: Final = re.compile(r"(?:tcp|tls)://[^/\s]+:\d+")


class ClusterError(Exception):
    """A cluster that cannot be used; the message says why and what to do."""


@contextmanager
def connect(address: str) -> Iterator[Workers]:
    """Use the workers of the scheduler at an address, `tcp://host:8786`; raise ClusterError where that cannot be."""
    try:
        from distributed import Client  # noqa: PLC0415 - an optional dependency
    except ImportError:
        raise ClusterError('--cluster needs Dask: pip install "dask[distributed]"') from None
    # That the results of a worker that died are made again is no warning for whoever reads the records.
    logging.getLogger("distributed.client").setLevel(logging.ERROR)
    if _ADDRESS.fullmatch(address) is None:
        raise ClusterError(f"«{address}» is no scheduler's address: write such as tcp://10.0.0.7:8786")
    try:
        client = Client(address, timeout=WAIT, set_as_default=False)
    except OSError as error:
        raise ClusterError(f"there is no Dask scheduler at {address}: {error}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=WAIT)
        except TimeoutError:
            raise ClusterError(f"the cluster at {address} has no worker: start some, `dask worker {address}`") from None
        _check_workers(client.run(_find_own_reader))
        with client.get_executor(pure=False) as executor:
            yield Workers(executor, sum(client.nthreads().values()), BATCH)


def _find_own_reader() -> str:
    # Every worker that is asked loads the grammar for it, before its first task.
    return find_reader(frozenset())


def _check_workers(readers: dict[str, str]) -> None:
    """Raise ClusterError where a worker would read otherwise than this process."""
    other = [worker for worker, reader in readers.items() if reader != _find_own_reader()]
    if other:
        raise ClusterError(f"{other[0]} has another version of this program: bring it up to date")
