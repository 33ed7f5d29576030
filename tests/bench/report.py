"""What was measured, in tables: medians side by side, and each goal beside what was found."""

import math
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

ROUNDS = 3
"""How often everything is measured unless another number is asked for: `make bench` then takes half an hour."""

Series: TypeAlias = dict[str, dict[str, list[float]]]
"""By measure, then by what was measured: one figure a round, rounds in the same order everywhere."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A goal, and what was found."""

    goal: str
    found: float
    limit: float

    @property
    def is_met(self) -> bool:
        """Whether the goal is met."""
        return self.found <= self.limit

    def to_dict(self) -> dict[str, Any]:
        """Return it as results.json holds it."""
        return {**asdict(self), "met": self.is_met}


def tell(part: str, number: int, rounds: int, name: str) -> None:
    """Say on standard error how far a run is."""
    print(f"{part}: round {number + 1} of {rounds}, {name}", file=sys.stderr, flush=True)


def drop_infinite(found: Any) -> Any:
    """Return results as JSON can hold them: what never came is None."""
    match found:
        case dict():
            return {key: drop_infinite(value) for key, value in found.items()}
        case list() | tuple():
            return [drop_infinite(value) for value in found]
        case float() if not math.isfinite(found):
            return None
        case _:
            return found


def find_ratio(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the median of the ratios of two series, round by round."""
    return statistics.median(a / b for a, b in zip(one, other, strict=True))


def format_series(series: Series, units: Mapping[str, str], *, is_growth: bool = False) -> str:
    """Return medians side by side, then the ratios of the first to the others, of growth those of the others to it."""
    names = list(dict.fromkeys(name for found in series.values() for name in found))
    pairs = [(other, names[0]) if is_growth else (names[0], other) for other in names[1:]]
    rows = [["", *names, *(f"{one} / {other}" for one, other in pairs)]]
    for measure, found in series.items():
        medians = [format_number(statistics.median(found[name])) if name in found else "–" for name in names]
        ratios = [format_ratio(found, one, other) for one, other in pairs]
        rows.append([f"{measure}, {units[measure]}" if units.get(measure) else measure, *medians, *ratios])
    return format_rows(rows)


def format_ratio(found: Mapping[str, Sequence[float]], one: str, other: str) -> str:
    """Return a ratio as it stands in a table."""
    if one not in found or other not in found or not all(found[other]):
        return "–"
    # What was measured once only has no pairs.
    pairs = found[one], found[other]
    return f"{find_ratio(*(each[: min(map(len, pairs))] for each in pairs)):.2f}"


def format_number(value: float) -> str:
    """Return a figure with three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def format_findings(findings: Sequence[Finding]) -> str:
    """Return the goals in a table."""
    rows = [["goal", "found", "limit", ""]]
    rows += [
        [each.goal, format_number(each.found), format_number(each.limit), "met" if each.is_met else "MISSED"]
        for each in findings
    ]
    return format_rows(rows)


def format_rows(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells with even columns, the first one to the left."""
    first, *others = (max(map(len, column)) for column in zip(*rows, strict=True))
    return "\n".join("  ".join([label.ljust(first), *map(str.rjust, cells, others)]).rstrip() for label, *cells in rows)
