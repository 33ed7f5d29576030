"""The words by which drafts decide, from `extract/text/words/drafts.toml`, as patterns."""

import re
from typing import Any, Final

from extract.text.words import join_words, read_words, word_set

_LISTS: Final = read_words("drafts")


def list_words(table: str, name: str) -> frozenset[str]:
    """Return the words of a list."""
    return word_set(_LISTS[table][name])


def match_words(table: str, name: str) -> re.Pattern[str]:
    """Return the pattern of any words of a list, the longest first, wherever they stand whole; capitals do not matter.

    >>> match_words("period", "comparing").search("So với cùng kỳ").group()
    'So với'
    """
    return re.compile(join_words(word_set(_LISTS[table][name])), re.IGNORECASE)


def read_reason(name: str) -> tuple[str, str]:
    """Return a reason for setting a number aside, in English and in Vietnamese."""
    reason: dict[str, Any] = _LISTS["reasons"][name]
    return reason["en"], reason["vi"]
