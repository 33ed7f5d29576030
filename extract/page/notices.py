"""What a reader must be told about the data shown: an article held back, one that lost figures, everything frozen."""

from dataclasses import dataclass
from enum import StrEnum

from extract.claims.wording import Wording
from extract.text.problems import Problem


class NoticeKind(StrEnum):
    """What a reader must know about the data shown."""

    HELD = "held"
    """The article is shown as last read: its file is broken, cannot be read or is gone."""
    WITHHELD = "withheld"
    """The article is left out: its file has been broken since the server started, or since it is there."""
    LOST = "lost"
    """The article has far fewer figures than it had before."""
    FROZEN = "frozen"
    """Everything is shown as last read: what all articles share is broken."""
    EMPTY = "empty"
    """There is nothing to show: what all articles share has been broken since the server started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing about the data shown: kind, article and counts for readers, the rest for whoever runs the server."""

    kind: NoticeKind
    problem: Problem
    """Where, what is wrong and what to do, for whoever runs the server; the page does not print it."""
    article: str = ""
    """The article's title, else the name of its file; empty where it is about all of them."""
    figures: int = 0
    """How many figures of it are shown."""
    before: int = 0
    """How many were shown before a loss."""

    def __str__(self) -> str:
        """Return the line of the problem, as the check prints it."""
        return str(self.problem)


def format_notice(notice: Notice, words: Wording) -> str:
    """Return the sentence that readers get, and the log beside what is wrong."""
    return words(f"notice.{notice.kind}", article=notice.article, figures=notice.figures, before=notice.before)
