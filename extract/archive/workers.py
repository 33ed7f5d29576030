"""Who looks through an archive's texts: this process, several on this machine, or whatever executor there is."""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import forkserver, get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Final, NamedTuple, TypeVar

from extract.archive.sources import STANDARD_INPUT, count_cores, measure_file

PARALLEL_FROM: Final = 4 * 1024 * 1024
"""Bytes in all from which starting processes pays."""
UNDER_WAY: Final = 4
"""Tasks for each worker that are given out before the first is waited for."""
_FORKS: Final = sys.platform == "linux"
_LOADED: Final = "extract.archive.scan"
"""What every worker needs."""

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


class Workers(NamedTuple):
    """Who carries out tasks: none but this process where there is no executor."""

    executor: Executor | None
    number: int
    batch: int = 256 * 1024
    """Code points that one is given at once, at least: handing over less costs more than reading it."""


def count_jobs(files: Iterable[Path]) -> int:
    """Return the number of processes worth starting for files."""
    total = 0
    for file in files:
        total += measure_file(file)
        if total >= PARALLEL_FROM or file == STANDARD_INPUT:
            return count_cores()
    return 1


def prepare_workers() -> None:
    """Begin to load what workers need, in the process that they are forked from, while this one goes on.

    Ctrl-C ends neither it nor whom it forks: they end with this process, each without a traceback of its own.
    """
    if not _FORKS:
        return
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    forkserver.set_forkserver_preload([_LOADED])
    forkserver.ensure_running()
    signal.signal(signal.SIGINT, handler)


@contextmanager
def start_workers(jobs: int) -> Iterator[Workers]:
    """Start processes on this machine, and end them with the `with` block."""
    if jobs < 2:
        yield Workers(None, 1)
        return
    context = get_context("forkserver" if _FORKS else "spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with_parent) as pool:
        try:
            yield Workers(pool, jobs)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # Ctrl-C waits for no task that has not begun
            raise


def _end_with_parent() -> None:
    """End this worker where its parent was killed: it would wait for tasks for ever."""
    Thread(target=_wait_for_end, args=[parent_process()], daemon=True).start()


def _wait_for_end(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def map_in_order(work: Callable[[Task], Outcome], tasks: Iterable[Task], workers: Workers) -> Iterator[Outcome]:
    """Yield what `work` returns for each task, in their order; `UNDER_WAY` for each worker at most are given out."""
    if workers.executor is None:
        yield from map(work, tasks)
        return
    begun: deque[Future[Outcome]] = deque()
    for task in tasks:
        begun.append(workers.executor.submit(work, task))
        if len(begun) >= UNDER_WAY * workers.number:
            yield begun.popleft().result()
    while begun:
        yield begun.popleft().result()
