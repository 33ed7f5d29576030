"""Claims against each other: ids, parts of a whole, overlaps, and the same fact in two articles."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extract.claims.catalogue import Catalogue
from extract.claims.collection import Source
from extract.claims.messages import format_plain_number, suggest
from extract.claims.records import Claim
from extract.claims.yaml.strict import Location, find_line
from extract.text.problems import Problem


class _PlacedClaim(NamedTuple):
    """A claim and where it stands."""

    claim: Claim
    source: Source
    location: Location

    def find_line(self, field: str) -> int:
        return find_line(self.source.lines, (*self.location, field))

    def report(self, field: str, messages: Iterable[str]) -> Iterator[Problem]:
        for message in messages:
            yield Problem(self.source.path, self.find_line(field), self.claim.id, message)


def check_references(sources: Sequence[Source], catalogue: Catalogue, faulty: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong between claims: repeated ids, references that lead nowhere or in a circle.

    `faulty` are the ids of claims that stand in files but could not be read.
    """
    placed = [each for source in sources for each in _find_claims(source)]
    claims: dict[str, _PlacedClaim] = {}
    for each in placed:
        first = claims.setdefault(each.claim.id, each)
        if first is not each:
            place = f"{first.source.path}:{first.find_line('id')}"
            yield from each.report("id", [f"the id stands already at {place}: every claim has its own, for ever"])
    for each in placed:
        yield from each.report("part_of", _check_part(each, claims, catalogue, faulty))
        yield from each.report("same_as", _check_same(each, claims, faulty))
        yield from each.report("overlaps", _check_overlaps(each, claims, faulty))


def _find_claims(source: Source) -> Iterator[_PlacedClaim]:
    for above, sentence in enumerate(source.record.sentences):
        for index, claim in enumerate(sentence.claims):
            yield _PlacedClaim(claim, source, ("sentences", above, "claims", index))


def _check_part(
    part: _PlacedClaim, claims: Mapping[str, _PlacedClaim], catalogue: Catalogue, faulty: Collection[str]
) -> Iterator[str]:
    name = part.claim.part_of
    if name is None or (name in faulty and name not in claims):
        return
    if name not in claims:
        yield f"part_of «{name}» is no claim's id: {suggest(name, claims)}"
        return
    whole = claims[name].claim
    if _leads_back(part.claim, "part_of", claims):
        yield f"part_of «{name}» leads back to this claim: a part cannot hold its whole"
        return
    both = (part.claim, whole)
    if any(each.change is not None for each in both):
        yield f"part_of «{name}»: a change is no part of another number, nor has it parts"
        return
    units = [catalogue.joined[each.indicator].unit.key for each in both if each.indicator in catalogue.joined]
    if len(set(units)) > 1:
        yield f"part_of «{name}»: a part has its whole's unit, but this one counts {units[0]} and that one {units[1]}"
    elif part.claim.value > whole.value:
        values = [format_plain_number(each.value) for each in both]
        yield f"part_of «{name}»: the part, {values[0]}, is more than its whole, {values[1]}"
    elif part.claim.value < 0:
        yield f"part_of «{name}»: the part, {format_plain_number(part.claim.value)}, is less than 0: it is no part"


def _check_same(placed: _PlacedClaim, claims: Mapping[str, _PlacedClaim], faulty: Collection[str]) -> Iterator[str]:
    name = placed.claim.same_as
    if name is None or (name in faulty and name not in claims):
        return
    if name not in claims:
        yield f"same_as «{name}» is no claim's id: {suggest(name, claims)}"
        return
    other = claims[name]
    if _leads_back(placed.claim, "same_as", claims):
        yield f"same_as «{name}» leads back to this claim: let one of the two stand without"
        return
    if other.source.path == placed.source.path:
        yield (
            f"same_as «{name}» is a claim of the same article: it joins what two articles report; keep one of the two,"
            f" with also_at: [{{figure: {placed.claim.figure}}}] for where the article says it again"
        )
    if other.claim.indicator != placed.claim.indicator:
        yield f"same_as «{name}»: the same fact has the same indicator, but that one is of {other.claim.indicator}"
    if other.claim.change is not placed.claim.change:
        yield f"same_as «{name}»: one of the two is a change, and the other is none or goes the other way"


def _check_overlaps(placed: _PlacedClaim, claims: Mapping[str, _PlacedClaim], faulty: Collection[str]) -> Iterator[str]:
    for name in placed.claim.overlaps:
        if name == placed.claim.id:
            yield f"overlaps «{name}» is this claim itself: name the other one"
        elif name not in claims and name not in faulty:
            yield f"overlaps «{name}» is no claim's id: {suggest(name, claims)}"


def _leads_back(claim: Claim, field: str, claims: Mapping[str, _PlacedClaim]) -> bool:
    """Tell whether following a reference from a claim comes back to it."""
    seen: set[str] = set()
    step: str | None = getattr(claim, field)
    while step is not None and step in claims and step not in seen:
        if step == claim.id:
            return True
        seen.add(step)
        step = getattr(claims[step].claim, field)
    return False
