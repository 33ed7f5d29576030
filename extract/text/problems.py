"""What is wrong with an input: a problem as a value, or an error where a function can go no further.

What a problem prints is one line that no file can steer: names and quotes from files are made printable and cut.
"""

import re
from typing import Final, NamedTuple

LONGEST_QUOTE: Final = 120
"""Letters of anything that a message quotes from a file."""
LONGEST_MESSAGE: Final = 2000
"""Letters of a message in all, whatever marks stand in what it quotes."""
_LONG_QUOTE: Final = re.compile(
    rf"""
      (?<=«) [^«»]{{{LONGEST_QUOTE + 1},}} (?=»)
    | (?<=`) [^`]{{{LONGEST_QUOTE + 1},}} (?=`)
    """,
    re.VERBOSE,
)


def make_printable(words: str) -> str:
    r"""Return words on one line, with what cannot be seen, or would steer a terminal, as its code.

    >>> print(make_printable("72\u00a0vụ\u001b[31m"))
    72\u00a0vụ\u001b[31m
    """
    return words if words.isprintable() else "".join(map(_escape, words))


def _escape(char: str) -> str:
    if char.isprintable():
        return char
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"


def shorten(words: str, most: int = LONGEST_QUOTE) -> str:
    """Return words printable and on one line, with their middle left out where they are longer.

    >>> shorten("a" * 9 + "b" * 9, most=9)
    'aaaa…bbbb'
    """
    shown = make_printable(words)
    half = (most - 1) // 2
    return shown if len(shown) <= most else f"{shown[:half]}…{shown[-half:]}"


def format_message(message: str) -> str:
    """Return a message printable and on one line, with each of its long quotes cut.

    >>> len(format_message("figure «" + "7" * 9000 + "» holds no number"))
    144
    """
    return shorten(_LONG_QUOTE.sub(lambda quote: shorten(quote[0]), make_printable(message)), LONGEST_MESSAGE)


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
        return f"{make_printable(self.path)}:{self.line}: {shorten(self.id)}: {format_message(self.message)}"


class FileProblem(NamedTuple):
    """A file that could not be read; `str()` of it is the line that says so."""

    path: str
    """As it was given."""
    line: int
    message: str
    """What is wrong and what to do."""

    def __str__(self) -> str:
        """Return the line of output."""
        return f"{make_printable(self.path)}:{self.line}: {format_message(self.message)}"


class UnreadableError(ValueError):
    """A file that cannot be read, or bytes that are no text: the message says why and what to do, and names no path."""

    def __init__(self, message: str, *, line: int = 1) -> None:
        """Keep the message and the line at fault, counted from 1."""
        super().__init__(message)
        self.line = line
