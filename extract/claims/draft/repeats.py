"""Which sentences of an article say once more what another one says, for a draft: headlines, leads, sentences twice.

A sentence repeats another where all its numbers stand there too, in the same order, each with the same value, hedge
and unit; there are two or more, and one of them is no small one. So `2 người chết, 26 người bị thương` repeats
`25 vụ, 2 người chết (giảm 60%), bị thương 26 người`, and `1 vụ, 1 đối tượng` repeats nothing. A sentence with one
number repeats only a sentence of the same words.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

SMALL: Final = 10
"""Below it, the same numbers may well be of two facts."""
MOST_COMPARED: Final = 100
"""Sentences that one is compared with: more that share a number are lines of a long table, and none may repeat it."""


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

    The one with the most numbers is kept; of several such, the first. Each is compared with `MOST_COMPARED` at most.
    """
    order = sorted(range(len(sentences)), key=lambda place: (-len(sentences[place].keys), place))
    found: dict[int, tuple[int, Sequence[int]]] = {}
    numbers: dict[int, dict[Hashable, list[int]]] = {}
    same_words: defaultdict[str, list[int]] = defaultdict(list)
    same_number: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place in order:
        one = sentences[place]
        if not one.keys:
            continue
        if len(one.keys) < 2 or one.greatest < SMALL:
            alike = same_words[one.words]
        else:
            alike = min((same_number[key] for key in one.keys), key=len)
        for other in alike[:MOST_COMPARED]:
            places = _match(one.keys, numbers[other]) if _may_repeat(one, sentences[other]) else None
            if places is not None:
                found[place] = (other, places)
                break
        else:
            same_words[one.words].append(place)
            numbers[place] = _list_places(one.keys)
            for key in numbers[place]:
                same_number[key].append(place)
    return found


def _may_repeat(one: SentenceNumbers, other: SentenceNumbers) -> bool:
    """Tell whether two sentences are of the same areas, and of no two times."""
    (mine, *areas), (theirs, *other_areas) = one.time_and_area, other.time_and_area
    return areas == other_areas and (not mine or not theirs or mine == theirs)


def _list_places(keys: Sequence[Hashable]) -> dict[Hashable, list[int]]:
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        places[key].append(place)
    return dict(places)


def _match(keys: Sequence[Hashable], others: Mapping[Hashable, Sequence[int]]) -> list[int] | None:
    """Return which numbers of another sentence some numbers are, in its order; None where they are not all there.

    `others` are the places of each number there.
    """
    found: list[int] = []
    for key in keys:
        places = others.get(key, ())
        at = bisect_right(places, found[-1]) if found else 0
        if at == len(places):
            return None
        found.append(places[at])
    return found
