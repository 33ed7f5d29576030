"""What messages have in common: the nearest right name, the first difference of two texts, lists and plain numbers."""

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from rapidfuzz import fuzz, process

# A message shows this many characters on each side of the place it is about.
AROUND = 30
# A name less alike than this (0-100) is not suggested.
LEAST_LIKENESS = 60


def find_nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name most like a word, or None where none is like it.

    >>> find_nearest("smugling-cases", ["drug-cases", "smuggling-cases"])
    'smuggling-cases'
    >>> find_nearest("zzz", ["drug-cases"]) is None
    True
    """
    found = process.extractOne(
        word, list(names), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=LEAST_LIKENESS
    )
    return found[0] if found else None


def suggest(word: str, names: Iterable[str]) -> str:
    """Return the advice that follows an unknown name: the nearest right one, or all where they are few.

    >>> suggest("figur", ["figure", "value"])
    'did you mean «figure»?'
    >>> suggest("zzz", ["figure", "value"])
    'known are figure, value'
    """
    known = sorted(names)
    nearest = find_nearest(word, known)
    if nearest is not None:
        return f"did you mean «{nearest}»?"
    if not known:
        return "none is known"
    return "known are " + ", ".join(known[:12]) + (f" and {len(known) - 12} more" if len(known) > 12 else "")


def describe_odd_letters(word: str) -> str:
    """Return a note on the first letter outside ASCII, which may look like another: empty where there is none.

    >>> describe_odd_letters("ha-tinh")
    ''
    >>> describe_odd_letters("hа-tinh")
    '; its letter 2 is «а» U+0430 CYRILLIC SMALL LETTER A'
    """
    for place, char in enumerate(word, start=1):
        if not char.isascii():
            return f"; its letter {place} is «{char}» U+{ord(char):04X} {unicodedata.name(char, '(unnamed)')}"
    return ""


def format_plain_number(number: Decimal) -> str:
    """Return a number as a curator writes it: 640000000, 0.9.

    >>> format_plain_number(Decimal("6.40E+8")), format_plain_number(Decimal("0.90"))
    ('640000000', '0.9')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_list(words: Sequence[str]) -> str:
    """Return a list in words.

    >>> format_list(["a", "b", "c"])
    'a, b and c'
    """
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def format_excerpt(words: str, most: int = 2 * AROUND) -> str:
    """Return words short enough for a message, on one line."""
    flat = words.replace("\r", " ").replace("\n", " ")
    return flat if len(flat) <= most else f"{flat[: most // 2].rstrip()}…{flat[-most // 2 :].lstrip()}"


def format_difference(curated: str, article: str) -> str:
    """Return the words around the first place where two texts part, with the characters that differ named.

    >>> format_difference("6 vu", "6 vụ")
    '«6 vụ», where «ụ» U+1EE5 stands in place of «u» U+0075 (character 4)'
    """
    place = next((at for at, (a, b) in enumerate(zip(curated, article, strict=False)) if a != b), None)
    if place is None:
        place = min(len(curated), len(article))
    start = max(place - AROUND, 0)
    around = ("…" if start else "") + article[start : place + AROUND] + ("…" if place + AROUND < len(article) else "")
    there = format_character(article[place : place + 1])
    here = format_character(curated[place : place + 1])
    return f"«{format_excerpt(around, 4 * AROUND)}», where {there} stands in place of {here} (character {place + 1})"


def format_character(char: str) -> str:
    """Return a character with its code point, by its name where it cannot be seen; `the end` where there is none."""
    if not char:
        return "the end"
    code = f"U+{ord(char):04X}"
    if char.isalnum():
        return f"«{char}» {code}"
    name = unicodedata.name(char, "CONTROL CHARACTER")
    return f"{code} {name}" if char.isspace() or not char.isprintable() else f"«{char}» {code} {name}"
