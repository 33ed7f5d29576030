"""Parts of a body: what a request asks for that wants no more than it lacks, by RFC 9110, section 14.

Only one range at a time is served, which is all that polars, DuckDB and broken downloads ask for; what asks for several
gets the whole, as the RFC allows.
"""

import re
from typing import Final, NamedTuple

_RANGE: Final = re.compile(r"bytes=(?P<first>[0-9]*)-(?P<last>[0-9]*)", re.IGNORECASE)
LONGEST_NUMBER: Final = 15
"""Digits."""


class Range(NamedTuple):
    """Bytes from `start` to before `end`."""

    start: int
    end: int

    def format(self, size: int) -> str:
        """Return the Content-Range that says which bytes of how many these are."""
        return f"bytes {self.start}-{self.end - 1}/{size}"


class UnsatisfiableError(ValueError):
    """A range that begins behind the end."""


def parse_range(header: str, size: int) -> Range | None:
    """Return the one range that a Range header asks for of a body of so many bytes; None where the whole is to be sent.

    Raises UnsatisfiableError where no byte of it is there.

    >>> parse_range("bytes=0-99", 1000), parse_range("bytes=900-", 1000), parse_range("bytes=-100", 1000)
    (Range(start=0, end=100), Range(start=900, end=1000), Range(start=900, end=1000))
    >>> parse_range("bytes=0-1,5-6", 1000), parse_range("lines=1-2", 1000)
    (None, None)
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or not (match["first"] or match["last"]):
        return None
    if len(match["first"]) > LONGEST_NUMBER or len(match["last"]) > LONGEST_NUMBER:
        return None
    first, last = (int(part) if part else None for part in match.groups())
    if first is None:
        start, end = size - min(last or 0, size), size
    else:
        start, end = first, size if last is None else min(last + 1, size)
        if last is not None and last < first:
            return None
    if start >= size:
        raise UnsatisfiableError(f"this file has {size} bytes, and the range begins behind them")
    return Range(start, end)
