"""A chart in words: the rows that it draws as links with their numbers, for readers whom no script draws it for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extract.page.charts import SMALL_LINE
from extract.page.templates import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One link of a chart."""

    href: str
    words: str
    """The number in the reader's language; of a name or a period, what it says."""
    says: str
    """Its text alternative."""
    figure: str = ""
    """The id of the claim that it stands for, if it is one figure."""
    part: float | None = None
    """The length of its bar, as a part of the longest one; None for none."""
    colour: str = ""
    is_hedged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a chart."""

    name: str
    marks: tuple[Mark, ...]
    height: float
    """In pixels."""
    computed: str = ""
    """What is computed of its figures."""
    heads: tuple[str, ...] = ()
    """The names of the columns under it; it is no figure's then."""


def list_rows(spec: Spec) -> list[Row]:
    """Return the lines of a chart of `extract.page.charts`, in their order."""
    rows = read_rows(spec)
    step = spec["height"]["step"]
    if "row" in rows[0]:
        lines: dict[str, list[Mapping[str, Any]]] = {}
        for span in rows:
            lines.setdefault(span["row"], []).append(span)
        return [
            Row(name="", marks=tuple(mark for span in line for mark in list_ways(span)), height=step)
            for line in lines.values()
        ]
    if "of_id" in rows[0]:
        longest = {side: max(row[f"{side}value"] for row in rows) for side in ("per_", "of_")}
        heads = [rows[0][f"{side}head"] for side in ("per_", "of_", "ratio_")]
        lines_of_heads = max(head.count("\n") for head in heads) + 1
        return [
            Row(name="", marks=(), height=SMALL_LINE * lines_of_heads, heads=tuple(head.strip() for head in heads))
        ] + [
            Row(
                name=row["per_name"],
                marks=tuple(make_mark(row, side, longest[side]) for side in ("per_", "of_")),
                height=step,
                computed=row["ratio"],
            )
            for row in rows
        ]
    whole = max(row.get("whole", row["value"]) for row in rows)
    return [Row(name=row["name"], marks=(make_mark(row, "", whole),), height=step) for row in rows]


def read_rows(spec: Spec) -> list[Mapping[str, Any]]:
    """Return the rows of data that a chart draws."""
    rows: list[Mapping[str, Any]] = spec["layer"][0]["data"]["values"]
    return rows


def find_height(spec: Spec) -> float:
    """Return the height that a chart is drawn in, in pixels."""
    return float(sum(row.height for row in list_rows(spec)) + spec["padding"]["top"] + spec["padding"]["bottom"])


def make_mark(row: Mapping[str, Any], side: str, longest: float) -> Mark:
    """Return the link of one bar or dot."""
    return Mark(
        href=row[f"{side}href"],
        words=row[f"{side}words"],
        says=row[f"{side}alt"],
        figure=row[f"{side}id"],
        part=round(max(row[f"{side}value"], 0) / longest, 4) if longest > 0 else 0,
        colour=row[f"{side}colour"],
        is_hedged=row[f"{side}hedged"],
    )


def list_ways(span: Mapping[str, Any]) -> Iterator[Mark]:
    """Yield the links of one line of a timeline: the name's, and the period's."""
    if span["name_href"]:
        yield Mark(href=span["name_href"], words=span["name"], says=span["name_alt"])
    if span["href"]:
        yield Mark(href=span["href"], words=span["alt"], says=span["alt"])
