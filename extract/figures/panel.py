"""Many figures as places in one list, and what is looked at in each of them as a number.

Of thousands of figures, few differ in any one thing that a rule or a chart looks at. So each is looked at once for a
state of the data, and after that a panel compares, counts and groups numbers. The functions here take any sequence of
figures: a few of them are looked at one by one.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeAlias, TypeVar, overload

import numpy as np
import numpy.typing as npt

from extract.claims.collection import CheckedClaim

K = TypeVar("K", bound=Hashable)
See: TypeAlias = Callable[[CheckedClaim], K]
"""What is looked at in a figure: a function of a module, for what it returns is kept by it."""
FEW = 16
"""So many figures are sooner looked at one by one."""
Places: TypeAlias = npt.NDArray[np.int64]


class Pool:
    """All figures of one state of the data, in the order of every view, with what has been looked at in them."""

    def __init__(self, claims: Sequence[CheckedClaim]) -> None:
        """Hold figures, none of them twice."""
        self.claims = claims
        self._seen: dict[See[Any], tuple[Places, list[Any]]] = {}
        self._ranks: dict[See[Any], Places] = {}

    def see(self, see: See[K]) -> tuple[Places, list[K]]:
        """Return a number for each figure, and for each number what `see` returns of its figures."""
        if see not in self._seen:
            seen = list(map(see, self.claims))
            numbers = {value: number for number, value in enumerate(dict.fromkeys(seen))}
            codes = np.fromiter(map(numbers.__getitem__, seen), np.int64, len(seen))
            self._seen[see] = codes, list(numbers)
        return self._seen[see]

    def rank(self, see: See[Any]) -> Places:
        """Return for each number of `see` how many others stand for less."""
        if see not in self._ranks:
            _, values = self.see(see)
            ranks = np.empty(len(values), np.int64)
            ranks[sorted(range(len(values)), key=values.__getitem__)] = np.arange(len(values))
            self._ranks[see] = ranks
        return self._ranks[see]

    @cached_property
    def places(self) -> dict[str, int]:
        """The places of figures, by their ids."""
        return {checked.claim.id: place for place, checked in enumerate(self.claims)}


class Panel(Sequence[CheckedClaim]):
    """Some figures of a pool, in its order."""

    __slots__ = ("_places", "pool")

    def __init__(self, pool: Pool, places: Places) -> None:
        """Hold the figures at places that ascend."""
        self.pool = pool
        self._places = places

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._places)

    def __iter__(self) -> Iterator[CheckedClaim]:
        """Yield them in their order."""
        return map(self.pool.claims.__getitem__, self._places.tolist())

    @overload
    def __getitem__(self, key: int) -> CheckedClaim: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[CheckedClaim]: ...
    def __getitem__(self, key: int | slice) -> CheckedClaim | Sequence[CheckedClaim]:
        """Return one of them, or a part."""
        places = self._places[key]
        return self.take(key) if isinstance(key, slice) else self.pool.claims[int(places)]

    def __eq__(self, other: object) -> bool:
        """Tell whether a sequence holds the same figures in the same order."""
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment]

    def take(self, which: Any) -> "Panel":
        """Return those that a mask, a slice or ascending places in the panel select."""
        return Panel(self.pool, self._places[which])

    def see(self, see: See[K]) -> tuple[Places, list[K]]:
        """Return a number for each, and for each number what `see` returns of its figures."""
        codes, values = self.pool.see(see)
        return codes[self._places], values

    def find_ends(self, see: See[K]) -> tuple[Places, Places]:
        """Return the places in the panel of the first and the last figure of each of what `see` returns.

        Both are in the order of the first ones.
        """
        codes, values = self.see(see)
        places = np.arange(len(codes))
        ends = np.full((2, len(values)), -1)
        # Of what is assigned to one place again and again, the last stays.
        ends[0, codes[::-1]], ends[1, codes] = places[::-1], places
        firsts, lasts = ends[:, ends[0] >= 0]
        order = firsts.argsort()
        return firsts[order], lasts[order]

    def group(self, see: See[K]) -> dict[K, "Panel"]:
        """Return figures by what `see` returns of them, in the order of the first ones."""
        codes, values = self.see(see)
        order = codes.argsort(kind="stable")
        starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
        parts = np.split(order, starts[1:]) if len(order) else []
        parts.sort(key=lambda part: int(part[0]))
        return {values[codes[part[0]]]: self.take(part) for part in parts}


def as_panel(claims: Sequence[CheckedClaim]) -> Panel:
    """Return a sequence of figures, none of them twice, as a panel."""
    return claims if isinstance(claims, Panel) else Panel(Pool(claims), np.arange(len(claims)))


def where(claims: Sequence[CheckedClaim], is_meant: See[bool]) -> Sequence[CheckedClaim]:
    """Return the figures that are meant."""
    if not isinstance(claims, Panel):
        return [checked for checked in claims if is_meant(checked)]
    codes, values = claims.see(is_meant)
    return claims.take(np.array(values, dtype=bool)[codes])


def is_any(claims: Sequence[CheckedClaim], is_meant: See[bool]) -> bool:
    """Tell whether one of the figures is meant."""
    return len(where(claims, is_meant)) > 0 if isinstance(claims, Panel) else any(map(is_meant, claims))


def is_alike(claims: Sequence[CheckedClaim], see: See[Hashable]) -> bool:
    """Tell whether figures are alike in what is looked at, which there is nothing of in none."""
    if not isinstance(claims, Panel):
        return len(set(map(see, claims))) < 2
    codes, _ = claims.see(see)
    return bool((codes == codes[:1]).all())


def find_alike(claims: Sequence[CheckedClaim], see: See[Hashable]) -> Sequence[CheckedClaim]:
    """Return the figures that are like the first in what is looked at."""
    if not isinstance(claims, Panel):
        return [checked for checked in claims if see(checked) == see(claims[0])]
    codes, _ = claims.see(see)
    return claims.take(codes == codes[:1])


def find_firsts(claims: Sequence[CheckedClaim], see: See[Hashable]) -> Sequence[CheckedClaim]:
    """Return the first figure of each of what is looked at."""
    if isinstance(claims, Panel):
        return claims.take(claims.find_ends(see)[0])
    firsts: dict[Hashable, CheckedClaim] = {}
    for checked in claims:
        firsts.setdefault(see(checked), checked)
    return list(firsts.values())


def find_lasts(claims: Sequence[CheckedClaim], see: See[Hashable]) -> list[CheckedClaim]:
    """Return the last figure of each of what is looked at, in the order of the first ones."""
    if isinstance(claims, Panel):
        return [claims[place] for place in claims.find_ends(see)[1].tolist()]
    return list({see(checked): checked for checked in claims}.values())


def list_values(claims: Sequence[CheckedClaim], see: See[K]) -> list[K]:
    """Return what is looked at, once each, in the order of the figures."""
    if not isinstance(claims, Panel):
        return list(dict.fromkeys(map(see, claims)))
    codes, values = claims.see(see)
    return [values[code] for code in codes[claims.find_ends(see)[0]].tolist()]


def find_extremes(claims: Sequence[CheckedClaim], see: See[Any]) -> tuple[CheckedClaim, CheckedClaim]:
    """Return the first figure of the least that is looked at, and the last of the greatest."""
    if isinstance(claims, Panel):
        ranks = claims.pool.rank(see)[claims.see(see)[0]]
        claims = [
            claims[int(np.flatnonzero(ranks == rank)[end])] for rank, end in ((ranks.min(), 0), (ranks.max(), -1))
        ]
    ordered = sorted(claims, key=see)
    return ordered[0], ordered[-1]


def group_by(claims: Sequence[CheckedClaim], see: See[K]) -> dict[K, Sequence[CheckedClaim]]:
    """Return figures by what is looked at, in their order."""
    if isinstance(claims, Panel):
        return {**claims.group(see)}
    groups: dict[K, list[CheckedClaim]] = {}
    for checked in claims:
        groups.setdefault(see(checked), []).append(checked)
    return {**groups}
