"""Which figures report one fact, and whether their numbers agree."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum

from extract.claims.check.agreement import can_all_hold
from extract.claims.collection import CheckedClaim
from extract.claims.records import Claim


class Agreement(StrEnum):
    """How the reports of one fact agree."""

    NONE = "none"
    WITHIN_HEDGES = "within_hedges"
    WHOLE = "whole"


def find_first_report(claim: Claim, claims: Mapping[str, CheckedClaim]) -> str:
    """Return the id at the end of a claim's chain of `same_as`: the same for all reports of one fact.

    The chain may lead out of `claims`. A circle ends at its least id.
    """
    seen = {claim.id}
    while claim.same_as is not None:
        if claim.same_as in seen:
            return min(seen)
        seen.add(claim.same_as)
        if claim.same_as not in claims:
            return claim.same_as
        claim = claims[claim.same_as].claim
    return claim.id


def group_reports(claims: Sequence[CheckedClaim]) -> list[list[Claim]]:
    """Return the claims that report one fact with others of these, fact by fact."""
    if all(checked.claim.same_as is None for checked in claims):
        return []
    by_id = {checked.claim.id: checked for checked in claims}
    facts: defaultdict[str, list[Claim]] = defaultdict(list)
    for checked in claims:
        facts[find_first_report(checked.claim, by_id)].append(checked.claim)
    return [reports for reports in facts.values() if len(reports) > 1]


def judge_reports(reports: Sequence[Claim]) -> Agreement:
    """Return how the reports of one fact agree."""
    if len({(claim.value, claim.of, claim.to) for claim in reports}) == 1:
        return Agreement.WHOLE
    wholes = {claim.of for claim in reports if claim.of is not None}
    has_range = any(claim.to is not None for claim in reports)
    can_hold = len(wholes) < 2 and not has_range and can_all_hold((claim.qualifier, claim.value) for claim in reports)
    return Agreement.WITHIN_HEDGES if can_hold else Agreement.NONE
