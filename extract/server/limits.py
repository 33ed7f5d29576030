"""How many pages may be open at once: as many as the system lets this process have files open for."""

import resource
from typing import Final, NamedTuple

FILES: Final = 4_608
"""Open files that the server asks the system for, at most: enough for `SOCKETS` pages."""
OWN_FILES: Final = 256
"""Open files that are not pages': libraries, the data as they are read, requests and downloads."""
FILES_OF_A_PAGE: Final = 4
"""Its socket, and three of the event loop that Streamlit runs its script with."""
SOCKETS: Final = 1000
PART_OF_ONE: Final = 4
"""One client gets a fourth of all: many readers share an address behind a router, and one reader must not take all."""


class Limits(NamedTuple):
    """How many sockets there may be, each the one of an open page."""

    sockets: int = SOCKETS
    sockets_of_one: int = SOCKETS // PART_OF_ONE
    """Of one client."""
    files: int = FILES
    """How many files the system lets this process have open."""

    def __str__(self) -> str:
        """Say it in one line, for the log."""
        return f"Up to {self.sockets} open pages, {self.sockets_of_one} of one client: {self.files} files may be open"


UNLIMITED: Final = Limits()
"""As many pages as one process serves, where files are no limit."""


def find_limits() -> Limits:
    """Raise the limit of open files as far as it is needed and the system allows, and return what it allows."""
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files != resource.RLIM_INFINITY and files < FILES:
        files = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return size_limits(files)


def size_limits(files: int) -> Limits:
    """Return the limits for a number of files that may be open; below 0 there is no limit.

    >>> size_limits(1024)
    Limits(sockets=192, sockets_of_one=48, files=1024)
    """
    if files < 0:
        return UNLIMITED
    sockets = max(1, min(SOCKETS, (files - OWN_FILES) // FILES_OF_A_PAGE))
    return Limits(sockets, max(1, sockets // PART_OF_ONE), files)
