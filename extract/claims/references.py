"""Claims against each other: ids, parts of a whole, and the same fact in two articles."""

from collections.abc import Iterator, Mapping, Sequence

from extract.claims.catalogue import Catalogue
from extract.claims.collection import Source
from extract.claims.messages import format_plain_number, suggest
from extract.claims.records import Claim
from extract.claims.strict_yaml import Location, find_line
from extract.text.problems import Problem


def check_references(sources: Sequence[Source], catalogue: Catalogue, known: set[str]) -> Iterator[Problem]:
    """Yield what is wrong between claims: repeated ids, `part_of` and `same_as` that lead nowhere or in a circle.

    `known` are the ids of claims that stand in files but could not be read.
    """
    claims: dict[str, tuple[Claim, Source]] = {}
    locations: dict[str, Location] = {}
    for source in sources:
        for location, claim in find_claims(source):
            if claim.id in claims:
                first = _show_line(claims[claim.id][1], locations[claim.id])
                line = find_line(source.lines, (*location, "id"))
                yield Problem(
                    source.path, line, claim.id, f"the id stands already at {first}: every claim has its own, for ever"
                )
                continue
            claims[claim.id] = (claim, source)
            locations[claim.id] = location
    for source in sources:
        for location, claim in find_claims(source):
            if claim.part_of is not None:
                line = find_line(source.lines, (*location, "part_of"))
                for message in _check_part(claim, claims, catalogue, known):
                    yield Problem(source.path, line, claim.id, message)
            if claim.same_as is not None:
                line = find_line(source.lines, (*location, "same_as"))
                for message in _check_same(claim, source, claims, known):
                    yield Problem(source.path, line, claim.id, message)


def _show_line(source: Source, location: Location) -> str:
    return f"{source.path}:{find_line(source.lines, (*location, 'id'))}"


def find_claims(source: Source) -> Iterator[tuple[Location, Claim]]:
    """Yield every claim of a file with its location."""
    for above, sentence in enumerate(source.record.sentences):
        for index, claim in enumerate(sentence.claims):
            yield ("sentences", above, "claims", index), claim


def _check_part(
    claim: Claim, claims: Mapping[str, tuple[Claim, Source]], catalogue: Catalogue, known: set[str]
) -> Iterator[str]:
    name = str(claim.part_of)
    if name not in claims:
        if name not in known:
            yield f"part_of «{name}» is no claim's id: {suggest(name, claims)}"
        return
    whole = claims[name][0]
    if runs_in_circle(claim, "part_of", claims):
        yield f"part_of «{name}» leads back to this claim: a part cannot hold its whole"
        return
    units = [
        catalogue.indicators[each.indicator].unit for each in (claim, whole) if each.indicator in catalogue.indicators
    ]
    if len(set(units)) > 1:
        yield f"part_of «{name}»: a part has its whole's unit, but this one counts {units[0]} and that one {units[1]}"
    elif claim.value > whole.value:
        part_value, whole_value = format_plain_number(claim.value), format_plain_number(whole.value)
        yield f"part_of «{name}»: the part, {part_value}, is more than its whole, {whole_value}"


def _check_same(
    claim: Claim, source: Source, claims: Mapping[str, tuple[Claim, Source]], known: set[str]
) -> Iterator[str]:
    name = str(claim.same_as)
    if name not in claims:
        if name not in known:
            yield f"same_as «{name}» is no claim's id: {suggest(name, claims)}"
        return
    other, other_source = claims[name]
    if runs_in_circle(claim, "same_as", claims):
        yield f"same_as «{name}» leads back to this claim: let one of the two stand without"
        return
    if other_source.path == source.path:
        yield f"same_as «{name}» is a claim of the same article: it joins what two articles report"
    if other.indicator != claim.indicator:
        yield f"same_as «{name}»: the same fact has the same indicator, but that one is of {other.indicator}"


def runs_in_circle(claim: Claim, name: str, claims: Mapping[str, tuple[Claim, Source]]) -> bool:
    """Tell whether following a reference from a claim comes back to it."""
    seen: set[str] = set()
    step: str | None = getattr(claim, name)
    while step is not None and step in claims and step not in seen:
        if step == claim.id:
            return True
        seen.add(step)
        step = getattr(claims[step][0], name)
    return False
