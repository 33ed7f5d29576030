"""What is wrong with an input: a problem as a value, or an error where a function can go no further."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing a check found; `str()` of it is the line a curator reads."""

    path: str
    """Relative to the root, with forward slashes."""
    line: int
    id: str
    """The claim, indicator, seed or key it is about; `-` where there is none."""
    message: str
    """What is wrong, curated against found, what to do: one line."""

    def __str__(self) -> str:
        """Return the line that a curator reads."""
        return f"{self.path}:{self.line}: {self.id}: {self.message}"


class FileProblem(NamedTuple):
    """A file that could not be read; `str()` of it is the line that says so."""

    path: str
    """As it was given."""
    line: int
    message: str
    """What is wrong and what to do."""

    def __str__(self) -> str:
        """Return the line of output."""
        return f"{self.path}:{self.line}: {self.message}"


class UnreadableError(ValueError):
    """A file that cannot be read, or bytes that are no text: the message says why and what to do, and names no path."""

    def __init__(self, message: str, *, line: int = 1) -> None:
        """Keep the message and the line at fault, counted from 1."""
        super().__init__(message)
        self.line = line
