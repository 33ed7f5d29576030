"""How far a server is that still reads its articles, in the words of its readers."""

from typing import NamedTuple

from babel.numbers import format_decimal

from extract.claims.wording import Wording


class Progress(NamedTuple):
    """How many articles have been read, and how many there are; 0 of 0 before anybody has looked."""

    read: int
    all: int


def format_progress(words: Wording, progress: Progress) -> str:
    """Return the sentence that tells how far the reading is: `Reading the articles: 120 of 20,000.`"""
    if not progress.all:
        return words("state.reading.begun")
    read, articles = (format_decimal(number, locale=words.lang) for number in progress)
    return words("state.reading", read=read, all=articles)
