"""Which sentences of an article say once more what another one says, for a draft: headlines, leads, sentences twice.

A sentence repeats another where all its numbers stand there too, in the same order, each with the same value, hedge
and unit; there are two or more, and one of them is no small one. So `2 người chết, 26 người bị thương` repeats
`25 vụ, 2 người chết (giảm 60%), bị thương 26 người`, and `1 vụ, 1 đối tượng` repeats nothing. A sentence with one
number repeats only a sentence of the same words.
"""

from collections.abc import Hashable, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

SMALL: Final = 10
"""Below it, the same numbers may well be of two facts."""


class SentenceNumbers(NamedTuple):
    """What is compared of a sentence."""

    words: str
    """Its words, with plain spaces."""
    keys: Sequence[Hashable]
    """Of each number that is claimed of it: value, hedge, unit and what else must be the same."""
    greatest: Decimal
    time_and_area: tuple[str, ...]
    """The period that is certain, empty where none is, and the areas that it names besides the article's."""


def find_repeats(sentences: Sequence[SentenceNumbers]) -> dict[int, tuple[int, Sequence[int]]]:
    """Return for each sentence that repeats another: which one, and which of its numbers each of its own is.

    The one with the most numbers is kept; of several such, the first.
    """
    order = sorted(range(len(sentences)), key=lambda place: (-len(sentences[place].keys), place))
    kept: list[int] = []
    found: dict[int, tuple[int, Sequence[int]]] = {}
    holders: dict[Hashable, list[int]] = {}
    for place in order:
        keys = sentences[place].keys
        if not keys:
            continue
        for other in holders.get(keys[0], ()):
            places = _match(sentences[place], sentences[other])
            if places is not None:
                found[place] = (other, places)
                break
        else:
            kept.append(place)
            for key in dict.fromkeys(keys):
                holders.setdefault(key, []).append(place)
    return found


def _match(one: SentenceNumbers, other: SentenceNumbers) -> list[int] | None:
    """Return which numbers of the other sentence the numbers of one are, None where it does not repeat it."""
    (mine, *areas), (theirs, *other_areas) = one.time_and_area, other.time_and_area
    if (mine and theirs and mine != theirs) or areas != other_areas:
        return None
    if len(one.keys) < 2 or one.greatest < SMALL:
        return list(range(len(one.keys))) if one.words == other.words else None
    places: list[int] = []
    start = 0
    for key in one.keys:
        at = next((place for place in range(start, len(other.keys)) if other.keys[place] == key), None)
        if at is None:
            return None
        places.append(at)
        start = at + 1
    return places
