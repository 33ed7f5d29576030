"""Additions to a curated file, by a program: items at the end of one of its lists, and nothing else of it touched.

A file is written whole or not at all: beside itself, to the disk, then in its own place. Whoever saves it
meanwhile wins, and the addition is refused.
"""

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from extract.claims.strict_yaml import Location, Node, parse_yaml
from extract.text.files import read_regular
from extract.text.problems import UnreadableError


class AmendError(Exception):
    """An addition that is refused; the message says why and what to do, and names no path."""


def add_items(raw: bytes, location: Location, items: Sequence[str]) -> bytes:
    """Return a file's bytes with items at the end of the list at a location; a list that is missing is begun.

    Each item is YAML as it stands in a list, `- ` first; its further lines are indented by two. All else stays byte for
    byte. Raises AmendError where the file is no YAML, where the list stands in brackets, or where an item is no item.
    """
    tree = parse_yaml(raw)
    if tree.root is None or tree.problems:
        raise AmendError("is not sound YAML: correct that first")
    lines = raw.decode("utf-8").splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    held = _find_list(tree.root, location)
    if held:
        place, indent = _find_end(lines, tree.lines, location)
    else:
        place, indent = _begin_list(lines, tree.lines, location, is_there=held is not None)
    added = [f"{indent}{line}\n" for item in items for line in item.split("\n")]
    amended = "".join((*lines[:place], *added, *lines[place:])).encode("utf-8")
    _check_amended(tree.root, parse_yaml(amended).root, location, len(items))
    return amended


def _find_list(root: Node, location: Location) -> list[Node] | None:
    """Return the list at a location, None where nothing stands there."""
    node: Node | None = root
    for step in location:
        if isinstance(node, dict) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            raise AmendError(f"has no {_name(location)}: it was changed meanwhile; load it again")
    if node is None or isinstance(node, list):
        return node
    if node == "":
        return []
    raise AmendError(f"holds at {_name(location)} something else than a list")


def _find_end(lines: Sequence[str], starts: Mapping[Location, int], location: Location) -> tuple[int, str]:
    """Return the index of the line behind a list's last item, and the indentation of its items."""
    depth = len(location)
    first = lines[starts[*location, 0] - 1]
    indent = first[: len(first) - len(first.lstrip(" "))]
    if not first.lstrip(" ").startswith("- "):
        raise AmendError(f"writes {_name(location)} in brackets: write a line for each item, `- ` first")
    last = max(line for place, line in starts.items() if place[:depth] == location)
    behind = min((line for line in starts.values() if line > last), default=len(lines) + 1) - 1
    while behind > last and (not lines[behind - 1].strip() or lines[behind - 1].lstrip().startswith("#")):
        behind -= 1  # what stands above the next key belongs to it
    return behind, indent


def _begin_list(
    lines: list[str], starts: Mapping[Location, int], location: Location, *, is_there: bool
) -> tuple[int, str]:
    """Write the key of a list that is empty or missing; return the index of the line behind it, and the indentation."""
    key = str(location[-1])
    if not is_there:
        if len(location) > 1:
            raise AmendError(f"has no {_name(location)}: it was changed meanwhile; load it again")
        lines.append(f"{key}:\n")
        return len(lines), "  "
    at = starts[location] - 1
    head, found, rest = lines[at].partition(f"{key}:")
    if not found or rest.split("#")[0].strip() not in ("", "[]"):
        raise AmendError(f"writes {_name(location)} in brackets: write a line for each item, `- ` first")
    comment = rest[rest.index("#") :].rstrip("\n") if "#" in rest else ""
    lines[at] = f"{head}{key}:{f'  {comment}' if comment else ''}\n"
    return at + 1, " " * (len(head) - len(head.lstrip(" ")) + 2)


def _check_amended(before: Node, after: Node | None, location: Location, added: int) -> None:
    """Raise AmendError where anything else than the items has changed."""
    if after is not None:
        items = _find_list(after, location) or []
        del items[len(items) - added :]
        if after == before or (not items and _without(after, location) == _without(before, location)):
            return
    raise AmendError("could not be added to: an item is not written as one, or the file is not laid out in lines")


def _without(root: Node, location: Location) -> Node:
    """Return a tree without the empty list at a location, which may have been missing, or an empty text."""
    *above, key = location
    node = root
    for step in above:
        node = node[step]  # type: ignore[index]
    if isinstance(node, dict):
        node.pop(str(key), None)
    return root


def _name(location: Location) -> str:
    return " ".join(f"`{step}`" if isinstance(step, str) else f"item {step + 1}" for step in location)


def replace_file(path: Path, before: bytes, after: bytes) -> None:
    """Write a file in the place of one that still holds the bytes of before, whole or not at all.

    Raises AmendError where it holds others, or cannot be written.
    """
    try:
        if read_regular(path, path.parent) != before:
            raise AmendError("was changed meanwhile: nothing was written; load it again")
        write_file(path, after, mode=path.stat().st_mode & 0o777)
    except UnreadableError as error:
        raise AmendError(f"{error}: nothing was written") from None
    except OSError as error:
        raise AmendError(f"cannot be written ({error.strerror}): nothing was written") from None


def write_file(path: Path, raw: bytes, *, mode: int = 0o644, is_new: bool = False) -> None:
    """Write a file beside its place, to the disk, then put it there; `is_new` refuses to replace one.

    Raises OSError where that fails; nothing is left behind then.
    """
    # A name that begins with a dot is no file of data/claims/ to whoever loads meanwhile.
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        if is_new:
            os.link(name, path)  # unlike a rename, refuses to replace
        else:
            Path(name).replace(path)
            name = ""
    finally:
        if name:
            Path(name).unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
