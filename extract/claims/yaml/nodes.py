"""The writing of YAML: a tree as a hand writes it, what is short on one line, what is long a key a line."""

from typing import Final

from extract.claims.yaml.scalars import format_scalar
from extract.claims.yaml.strict import Node

WIDEST: Final = 120
"""Letters of a mapping on one line; a longer one has a line for each key."""


def format_flow(node: Node) -> str:
    """Return a tree on one line.

    >>> print(format_flow({"covers": "2021", "words": "Năm 2021", "note": ""}))
    {covers: 2021, words: Năm 2021, note: }
    """
    if isinstance(node, dict):
        return "{" + ", ".join(f"{key}: {format_flow(value)}" for key, value in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(map(format_flow, node)) + "]"
    # Only keys that take yes or no have these values; quoted, an editor would take them for something else.
    return node if node in ("", "yes", "no") else format_scalar(node)


def format_field(key: str, node: Node) -> list[str]:
    """Return the lines of a key with its value; of a list of mappings, an item a line or more."""
    if isinstance(node, list) and any(isinstance(item, dict) for item in node):
        return [f"{key}:", *(f"  {line}" for item in node for line in format_item(item))]
    line = f"{key}: {format_flow(node)}".rstrip()
    if not isinstance(node, dict) or len(line) <= WIDEST:
        return [line]
    return [f"{key}:", *(f"  {line}" for name, value in node.items() for line in format_field(name, value))]


def format_item(node: Node) -> list[str]:
    """Return the lines of one item of a list, `- ` first.

    >>> format_item({"id": "a", "period": {"covers": "2021"}})
    ['- id: a', '  period: {covers: 2021}']
    """
    line = f"- {format_flow(node)}"
    is_flat = not isinstance(node, dict) or all(isinstance(value, str) for value in node.values())
    if not isinstance(node, dict) or (is_flat and len(line) <= WIDEST):
        return [line]
    lines = [line for key, value in node.items() for line in format_field(key, value)]
    return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]
