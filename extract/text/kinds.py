"""The kinds of numbers."""

from enum import StrEnum


class Kind(StrEnum):
    """What a number is said for."""

    FIGURE = "figure"
    """A count, an amount of money, a measure, a share, an age, a duration, a threshold, a target."""
    DATE = "date"
    """A date, a year, a month, or the length of a reporting window: ``6 tháng đầu năm``."""
    DOCUMENT = "document"
    ORDINAL = "ordinal"
    CLAUSE = "clause"
    """A clause of a law, a list's mark, a caption."""
    TIME = "time"
    ANNIVERSARY = "anniversary"
    OTHER = "other"
    """A name, a code, a plate, an idiom: ``quận 2``, ``C04``, ``một số``."""
