"""What a curator should look at though nothing is wrong: texts that wait, the same text twice, facts told twice."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from extract.claims.collection import CheckedClaim, Collection
from extract.text.problems import Problem


def find_cautions(collection: Collection, files: Mapping[str, bytes]) -> list[Problem]:
    """Return what is worth a look, in the order of files and lines; `files` are all bytes of the root, by path."""
    found = [
        *_find_pending(collection),
        *_find_same_texts(files),
        *_find_shared_facts(collection),
        *_find_repeated_facts(collection),
    ]
    return sorted(found, key=lambda problem: problem[:2])


def _find_pending(collection: Collection) -> Iterator[Problem]:
    for name in collection.pending:
        message = (
            f"is pending: no file of data/claims/ describes it; `python -m extract draft seeds/{name}` proposes one"
        )
        yield Problem(f"seeds/{name}", 1, name, message)


def _find_same_texts(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield each text that says, white space aside, what another one says."""
    first: dict[bytes, str] = {}
    for path in sorted(path for path in files if path.startswith("seeds/")):
        words = b" ".join(files[path].split())
        if words in first:
            yield Problem(path, 1, _name(path), f"is the same text as {first[words]}: keep one of the two")
        first.setdefault(words, path)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _find_shared_facts(collection: Collection) -> Iterator[Problem]:
    """Yield each claim that says of the same days what a claim of another article says, and is not joined to it."""
    alike: defaultdict[Hashable, list[CheckedClaim]] = defaultdict(list)
    for checked in collection.claims:
        if checked.period.is_dated:
            alike[_find_fact(checked)].append(checked)
    for first, *others in alike.values():
        for checked in _find_unjoined(first, others):
            other = f"{first.claim.id} of {first.path}"
            message = f"may be the same fact as {other}: if it is, write same_as: {first.claim.id}"
            yield Problem(checked.path, checked.line, checked.claim.id, message)


def _find_fact(checked: CheckedClaim) -> Hashable:
    claim, place = checked.claim, checked.place
    where = (checked.province.slug, place.words if place else None)
    base = claim.base.days if claim.base else None
    return (where, claim.indicator, claim.value, claim.of, claim.to, claim.change, base, checked.period.days)


def _find_repeated_facts(collection: Collection) -> Iterator[Problem]:
    """Yield each claim that says what a claim of an earlier sentence of its article says, of the same time."""
    first: dict[Hashable, CheckedClaim] = {}
    for checked in collection.claims:
        fact = (checked.path, checked.coverage, checked.period.words, _find_fact(checked))
        known = first.setdefault(fact, checked)
        is_joined = {checked.claim.id, known.claim.id} & {*checked.claim.overlaps, *known.claim.overlaps}
        if known.quote_start != checked.quote_start and not is_joined:
            message = (
                f"may be the same fact as {known.claim.id}: if it is, keep that one, with"
                f" also_at: [{{figure: {checked.claim.figure}}}]"
            )
            yield Problem(checked.path, checked.line, checked.claim.id, message)


def _find_unjoined(first: CheckedClaim, others: Sequence[CheckedClaim]) -> Iterator[CheckedClaim]:
    """Yield the claims of other articles than the first's that name no claim before them, nor are named by one."""
    ids, named = {first.claim.id}, _find_named(first)
    for checked in others:
        mine = _find_named(checked)
        is_joined = checked.claim.id in named or mine & (ids | named)
        if checked.article.seed != first.article.seed and not is_joined:
            yield checked
        ids.add(checked.claim.id)
        named |= mine


def _find_named(checked: CheckedClaim) -> set[str]:
    same_as = checked.claim.same_as
    return {*checked.claim.overlaps, *([same_as] if same_as else [])}
