"""How far a server is that still reads its articles, in the words of its readers."""

from typing import NamedTuple

from extract.claims.wording import Wording


class Progress(NamedTuple):
    """How many articles have been read, and how many there are; 0 of 0 before anybody has looked.

    Once all have been read, what is left to do is the table of their figures.
    """

    read: int
    all: int

    @property
    def is_counted(self) -> bool:
        """Tell whether the numbers say how far the reading is: neither before it has begun nor after its end."""
        return self.read < self.all


def format_progress(words: Wording, progress: Progress) -> str:
    """Return the sentence that tells how far the reading is: `Reading the articles: 120 of 20,000.`"""
    if not progress.all:
        return words("state.reading.begun")
    if not progress.is_counted:
        return words("state.reading.done")
    return words("state.reading", **progress._asdict())
