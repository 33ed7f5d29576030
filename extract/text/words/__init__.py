"""The word lists of the grammar, as TOML files beside the code that reads them."""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parent


def read_words(name: str) -> dict[str, Any]:
    """Return the tables of the file `name` of this folder."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


def word_set(words: str) -> frozenset[str]:
    """Return the words and phrases of a list, which commas part.

    >>> sorted(word_set("vụ, vụ án"))
    ['vụ', 'vụ án']
    """
    return frozenset(" ".join(word.split()) for word in words.split(","))


def key_set(words: str) -> frozenset[str]:
    """Return the words of a list as keys of `nouns`: their syllables joined by hyphens.

    >>> sorted(key_set("xe, xe máy"))
    ['xe', 'xe-máy']
    """
    return frozenset(word.replace(" ", "-") for word in word_set(words))


def join_words(words: frozenset[str]) -> str:
    """Return the source of a pattern that any of some words fits, the longest first, wherever they stand whole."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    any_of_them = "|".join(re.escape(word).replace("\\ ", "\\s") for word in longest_first)
    first_letters = "".join(sorted({re.escape(word[0]) for word in words}))  # a look at them spares most of the others
    return rf"(?=[{first_letters}])(?<!\w)(?:{any_of_them})(?!\w)"
