"""What a process uses, as the system counts it."""

import os
from pathlib import Path
from typing import NamedTuple


class Usage(NamedTuple):
    """What a process uses at one moment."""

    cpu: float
    """Seconds of processor time since it started."""
    memory: float
    """Megabytes in memory (RSS)."""
    handles: int
    threads: int


def read_usage(pid: int) -> Usage:
    """Return what a process uses now."""
    folder = Path(f"/proc/{pid}")
    fields = (folder / "stat").read_text("ascii").rpartition(")")[2].split()
    ticks, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    return Usage(
        cpu=(int(fields[11]) + int(fields[12])) / ticks,
        memory=int(fields[21]) * page / 1e6,
        handles=len(list((folder / "fd").iterdir())),
        threads=int(fields[17]),
    )
