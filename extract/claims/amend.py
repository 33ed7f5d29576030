"""Changes of a curated file, by a program: items of one of its lists, keys of one of its mappings, and nothing else.

What is not asked for stays byte for byte, comments too: only lines are put in, replaced or taken out, and the tree of
the new bytes must be the old one with the change. A file is written whole or not at all: beside itself, to the disk,
then in its own place. Whoever saves it meanwhile wins, and the change is refused.
"""

import copy
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from extract.claims.yaml.nodes import format_field, format_flow
from extract.claims.yaml.strict import Location, Node, Tree, parse_yaml
from extract.text.files import read_regular
from extract.text.problems import UnreadableError


class AmendError(Exception):
    """A change that is refused; the message says why and what to do, and names no path."""


def add_items(raw: bytes, location: Location, items: Sequence[str], *, before: int | None = None) -> bytes:
    """Return a file's bytes with items at the end of the list at a location; a list that is missing is begun.

    Each item is YAML as it stands in a list, `- ` first; its further lines are indented by two. With `before`, they
    stand before the item of that index, and before the comment above it. Raises AmendError where the file is no YAML,
    where the list stands in brackets, or where an item is no item.
    """
    tree, lines, end = _read(raw)
    root = _take_root(tree)
    held = _find_list(root, location)
    if held and before is not None and before < len(held):
        place, indent = _find_above(lines, tree.lines, (*location, before))
    elif held:
        place, indent = _find_end(lines, tree.lines, location)
    else:
        place, indent = _begin_list(lines, tree.lines, location, end, is_there=held is not None)
    added = [f"{indent}{line}{end}" for item in items for line in item.split("\n")]
    amended = "".join((*lines[:place], *added, *lines[place:])).encode("utf-8")
    _check_amended(root, parse_yaml(amended).root, location, len(items), before)
    return amended


def set_fields(raw: bytes, location: Location, fields: Mapping[str, Node | None], order: Sequence[str]) -> bytes:
    """Return a file's bytes with keys of the mapping at a location set, or taken out where their value is None.

    A key that is missing is put where `order` says. The comment behind a value stays, unless the value was empty: then
    it asked for this one. Raises AmendError where that cannot be done without touching more.
    """
    for key, value in fields.items():
        raw = _set_field(raw, location, key, value, order)
    return raw


def remove_item(raw: bytes, location: Location) -> bytes:
    """Return a file's bytes without the item of a list at a location; of the last one, `[]` is left."""
    tree, lines, _ = _read(raw)
    expected = copy.deepcopy(_take_root(tree))
    *above, index = location
    held = _find_list(expected, tuple(above))
    if held is None or not isinstance(index, int) or index >= len(held):
        raise AmendError(f"has no {_name(location)}: it was changed meanwhile; load it again")
    first, behind = _find_extent(lines, tree.lines, location)
    if not lines[first].lstrip(" ").startswith("- "):
        raise AmendError(f"writes {_name(tuple(above))} in brackets: write a line for each item, `- ` first")
    del held[index], lines[first:behind]
    if not held:
        at = tree.lines[tuple(above)] - 1
        lines[at] = lines[at].replace(f"{above[-1]}:", f"{above[-1]}: []", 1)
    return _finish(lines, expected)


def _read(raw: bytes) -> tuple[Tree, list[str], str]:
    """Return a file's tree, its lines with their ends, and how a line ends in it."""
    tree = parse_yaml(raw)
    if tree.root is None or tree.problems:
        raise AmendError("is not sound YAML: correct that first")
    lines = raw.decode("utf-8").splitlines(keepends=True)
    end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    if not lines[-1].endswith("\n"):
        lines[-1] += end
    return tree, lines, end


def _take_root(tree: Tree) -> Node:
    assert tree.root is not None, "_read refuses a file without one"
    return tree.root


def _finish(lines: Sequence[str], expected: Node) -> bytes:
    """Return lines as bytes; raise AmendError where they do not say what is expected."""
    amended = "".join(lines).encode("utf-8")
    if parse_yaml(amended).root != expected:
        raise AmendError("could not be changed there alone: it is not laid out in lines; change it by hand")
    return amended


def _set_field(raw: bytes, location: Location, key: str, value: Node | None, order: Sequence[str]) -> bytes:
    tree, lines, end = _read(raw)
    expected = copy.deepcopy(_take_root(tree))
    mapping = _find_mapping(expected, location)
    if mapping.get(key) == value:
        return raw
    if _is_flow(lines, tree.lines, location, mapping):
        _put(mapping, key, value, order)
        _set_flow(lines, tree.lines, location, mapping, end)
        return _finish(lines, expected)
    indent = " " * _find_column(lines, tree.lines, location, mapping)
    if key in mapping:
        first, behind = _find_extent(lines, tree.lines, (*location, key))
        comment = _find_comment(lines[first]) if mapping[key] and behind == first + 1 else ""
        dash = lines[first][: len(indent)]  # `  - ` before the first key of an item
    else:
        known = [name for name in mapping if name in order[: order.index(key)]]
        if not known:
            raise AmendError(f"has nothing at {_name(location)} that stands before `{key}`: add it by hand")
        _, first = _find_extent(lines, tree.lines, (*location, known[-1]))
        behind, comment, dash = first, "", indent
    new = [] if value is None else format_field(key, value)
    if len(new) == 1:
        new = [new[0] + comment]
    lines[first:behind] = [f"{dash if number == 0 else indent}{line}{end}" for number, line in enumerate(new)]
    _put(mapping, key, value, order)
    return _finish(lines, expected)


def _find_mapping(root: Node, location: Location) -> dict[str, Node]:
    node: Node | None = root
    for step in location:
        node = node.get(step) if isinstance(node, dict) and isinstance(step, str) else _take_item(node, step)
    if not isinstance(node, dict) or not node:
        raise AmendError(f"holds no keys at {_name(location)}: it was changed meanwhile; load it again")
    return node


def _take_item(node: Node | None, step: str | int) -> Node | None:
    return node[step] if isinstance(node, list) and isinstance(step, int) and step < len(node) else None


def _put(mapping: dict[str, Node], key: str, value: Node | None, order: Sequence[str]) -> None:
    """Set a key of a mapping, a new one where the order says."""
    if value is None:
        mapping.pop(key, None)
    elif key in mapping:
        mapping[key] = value
    else:
        later = {name: mapping.pop(name) for name in list(mapping) if name in order[order.index(key) :]}
        mapping.update({key: value}, **later)


def _is_flow(
    lines: Sequence[str], starts: Mapping[Location, int], location: Location, mapping: Mapping[str, Node]
) -> bool:
    """Tell whether a mapping stands in braces."""
    key = next(iter(mapping))
    return not lines[starts[*location, key] - 1].lstrip(" ").removeprefix("- ").lstrip(" ").startswith(f"{key}:")


def _set_flow(lines: list[str], starts: Mapping[Location, int], location: Location, mapping: Node, end: str) -> None:
    """Write anew a mapping that stands in braces, on a line of its own."""
    first, behind = _find_extent(lines, starts, location)
    head, _, rest = lines[first].partition("{")
    if behind != first + 1:
        raise AmendError(f"writes {_name(location)} in braces over several lines: put it on one, or a key on each")
    lines[first] = f"{head}{format_flow(mapping)}{_find_comment(rest)}{end}"


def _find_column(
    lines: Sequence[str], starts: Mapping[Location, int], location: Location, mapping: Mapping[str, Node]
) -> int:
    key = next(iter(mapping))
    return lines[starts[*location, key] - 1].index(f"{key}:")


def _find_comment(line: str) -> str:
    """Return the comment behind a value, with the spaces before it; empty where there is none."""
    at = line.rfind("  #")
    return line[at:].rstrip() if at >= 0 else ""


def _find_extent(lines: Sequence[str], starts: Mapping[Location, int], location: Location) -> tuple[int, int]:
    """Return the index of the first line of a key or an item, and of the line behind its last."""
    depth = len(location)
    last = max(line for place, line in starts.items() if place[:depth] == location)
    behind = min((line for line in starts.values() if line > last), default=len(lines) + 1) - 1
    while behind > last and (not lines[behind - 1].strip() or lines[behind - 1].lstrip().startswith("#")):
        behind -= 1  # what stands above the next key belongs to it
    return starts[location] - 1, behind


def _find_above(lines: Sequence[str], starts: Mapping[Location, int], location: Location) -> tuple[int, str]:
    """Return the index of the first line of an item with the comments above it, and its indentation."""
    place = starts[location] - 1
    head = lines[place].lstrip(" ")
    if not head.startswith("- "):
        raise AmendError(f"writes {_name(location[:-1])} in brackets: write a line for each item, `- ` first")
    indent = lines[place][: -len(head)]
    while place and lines[place - 1].lstrip().startswith("#"):
        place -= 1
    return place, indent


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
    first = lines[starts[*location, 0] - 1]
    if not first.lstrip(" ").startswith("- "):
        raise AmendError(f"writes {_name(location)} in brackets: write a line for each item, `- ` first")
    return _find_extent(lines, starts, location)[1], first[: len(first) - len(first.lstrip(" "))]


def _begin_list(
    lines: list[str], starts: Mapping[Location, int], location: Location, end: str, *, is_there: bool
) -> tuple[int, str]:
    """Write the key of a list that is empty or missing; return the index of the line behind it, and the indentation."""
    key = str(location[-1])
    if not is_there:
        if len(location) > 1:
            raise AmendError(f"has no {_name(location)}: it was changed meanwhile; load it again")
        lines.append(f"{key}:{end}")
        return len(lines), "  "
    at = starts[location] - 1
    head, found, rest = lines[at].partition(f"{key}:")
    if not found or rest.split("#")[0].strip() not in ("", "[]"):
        raise AmendError(f"writes {_name(location)} in brackets: write a line for each item, `- ` first")
    comment = rest[rest.index("#") :].rstrip() if "#" in rest else ""
    lines[at] = f"{head}{key}:{f'  {comment}' if comment else ''}{end}"
    return at + 1, " " * (len(head) - len(head.lstrip(" ")) + 2)


def _check_amended(before: Node, after: Node | None, location: Location, added: int, index: int | None) -> None:
    """Raise AmendError where anything else than the items has changed."""
    if after is not None:
        items = _find_list(after, location) or []
        first = len(items) - added if index is None else min(index, len(items) - added)
        del items[first : first + added]
        if after == before or (not items and _without(after, location) == _without(before, location)):
            return
    raise AmendError("could not be added to: an item is not written as one, or the file is not laid out in lines")


def _without(root: Node, location: Location) -> Node:
    """Return a tree without the empty list at a location, which may have been missing, or an empty text."""
    *above, key = location
    node = root
    for step in above:
        node = node[step]  # type: ignore[index] # a step fits its node: a number a list, a key a mapping
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
