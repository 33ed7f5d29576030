"""A strict reading of YAML: text -> plain dict, list and str, with the line of every node and every problem found.

Curated files use the plainest part of YAML: mappings, lists and texts. Every scalar stays the text that stands in the
file (YAML's own types read `1.962` as 1.962, `no` as False and `12:30` as 750). Whatever could change the meaning of a
file unseen is refused: repeated keys, aliases, tags, merges, a second document, characters that shift lines.

The tree is built from libyaml's events. Its nodes would not do: they do not tell which anchors a file holds, and they
come only where the whole file can be read, so that one run could not show what is wrong before a fault of syntax.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias, Union

import yaml

from extract.claims.yaml.text import YamlProblem, decode_yaml, find_forbidden
from extract.text.problems import UnreadableError

Node: TypeAlias = Union[str, list["Node"], dict[str, "Node"]]  # noqa: UP007 - a string has no `|`
Location: TypeAlias = tuple[str | int, ...]
"""The path to a node of a file: `("sentences", 0, "claims", 1, "value")`; `()` is the file."""

DEEPEST: Final = 20
_TOO_DEEP: Final = f"is nested deeper than {DEEPEST} levels: no file here needs that; a bracket may be left open"
_SYNTAX: Final = {
    "mapping values are not allowed in this context": (
        "is not valid YAML: a `: ` stands where no key can; mind the indentation, or put the text in quotes"
    ),
    "found character that cannot start any token": (
        "is not valid YAML: a text begins with a character that YAML reserves; put the text in quotes"
    ),
    "exceeded maximum nesting depth": _TOO_DEEP,
}
"""libyaml's words for a fault of syntax -> ours, where ours say more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What a file says: its root, the line of every key and item (counted from 1), and what is wrong with it.

    `root` is None where the file could not be read to its end; otherwise it is whole but for what the problems name.
    """

    root: Node | None
    lines: Mapping[Location, int]
    problems: tuple[YamlProblem, ...]


def parse_yaml(raw: bytes) -> Tree:
    """Return the tree of a file's bytes, with all problems that could be found in one pass.

    >>> parse_yaml(b"value: 05\\nof:\\n").root
    {'value': '05', 'of': ''}
    >>> parse_yaml(b"a: 1\\na: 2\\n").problems
    (YamlProblem(line=2, message='the key «a» stands twice (first on line 1): keep one'),)
    """
    try:
        text = decode_yaml(raw)
    except UnreadableError as error:
        return Tree(root=None, lines={(): 1}, problems=(YamlProblem(error.line, str(error)),))
    if forbidden := tuple(dict.fromkeys(find_forbidden(text))):
        return Tree(root=None, lines={(): 1}, problems=forbidden)
    reader = _Reader(text)
    root = None
    try:
        root = reader.read_file()
    except UnreadableError as error:
        reader.problems.append(YamlProblem(error.line, str(error)))
    except yaml.YAMLError as error:
        reader.problems.append(_explain(error))
    return Tree(root=root, lines=reader.lines, problems=tuple(reader.problems))


def find_line(lines: Mapping[Location, int], location: Location) -> int:
    """Return the line of a place of a file, or of what holds it where it has none of its own."""
    while (line := lines.get(location)) is None and location:
        location = location[:-1]
    return line or 1


def find_text(root: Node, location: Location) -> str | None:
    """Return the text at a place of a tree; None where there is none, or an empty one."""
    node: Node | None = root
    for step in location:
        if isinstance(node, dict) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int):
            node = node[step]
        else:
            return None
    return node if isinstance(node, str) and node else None


def _explain(error: yaml.YAMLError) -> YamlProblem:
    """Return what libyaml could not read, with its line."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return YamlProblem(1, f"is not valid YAML: {error}")
    begun = f", {error.context} begun on line {error.context_mark.line + 1}" if error.context_mark else ""
    message = f"is not valid YAML: {error.problem}{begun}; mind quotes, brackets and indentation"
    return YamlProblem(error.problem_mark.line + 1, _SYNTAX.get(str(error.problem), message))


@lru_cache(maxsize=65_536)
def _share(location: Location) -> Location:
    """Return the same object for the same place of every file: thousands of files have the same few places."""
    return location


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Reader:
    """Reads the events of one file into a tree; its methods raise UnreadableError or YAMLError to go no further."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.has_inline_comments = " #" in text
        self.events: Iterator[yaml.Event] = iter(yaml.CBaseLoader(text).get_event, None)
        self.lines: dict[Location, int] = {(): 1}
        self.problems: list[YamlProblem] = []

    def refuse(self, event: yaml.Event, message: str) -> None:
        """Note what must not stand in a file; the reading goes on."""
        self.problems.append(YamlProblem(_line(event), message))

    def read_file(self) -> Node:
        """Return the root of the file."""
        root: Node = ""
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise UnreadableError("begins a second document (`---`): keep one to a file", line=_line(event))
                root = self.read_node(next(self.events), ())
        if root == "":
            raise UnreadableError("is empty")
        return root

    def read_node(self, event: yaml.Event, location: Location) -> Node:
        """Return the node that begins with an event; an alias reads as an empty text."""
        if isinstance(event, yaml.ScalarEvent):
            return self.read_scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, f"holds an alias (`*{event.anchor}`): write the value out")
            return ""
        if len(location) >= DEEPEST:
            raise UnreadableError(_TOO_DEEP, line=_line(event))
        assert isinstance(event, yaml.CollectionStartEvent)
        self.check_properties(event)
        return self.read_mapping(location) if isinstance(event, yaml.MappingStartEvent) else self.read_list(location)

    def read_mapping(self, location: Location) -> dict[str, Node]:
        """Return a mapping; of a key that stands twice, the first value."""
        mapping: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            place, is_wanted = self.read_key(event, location)
            node = self.read_node(next(self.events), place)
            if is_wanted:
                mapping[str(place[-1])] = node
        return mapping

    def read_list(self, location: Location) -> list[Node]:
        """Return a list."""
        items: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            place = _share((*location, len(items)))
            self.lines[place] = _line(event)
            items.append(self.read_node(event, place))
        return items

    def read_key(self, event: yaml.Event, location: Location) -> tuple[Location, bool]:
        """Return the place of a key of the mapping at a location, and whether its value belongs in the tree.

        The lines below a value that is left out are kept out of the way of all others.
        """
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, f"holds an alias (`*{event.anchor}`): write the value out")
            raise UnreadableError("has an alias as a key: a key is one word", line=_line(event))
        if not isinstance(event, yaml.ScalarEvent):
            raise UnreadableError("has a mapping or a list as a key: a key is one word", line=_line(event))
        self.check_properties(event)
        key = sys.intern(event.value)  # the same few keys stand in every file
        is_merge = key == "<<" and event.implicit[0]
        if is_merge:
            self.refuse(event, "holds a merge key (`<<`): write the keys out")
        place = _share((*location, key))
        if place in self.lines:
            self.refuse(event, f"the key «{key}» stands twice (first on line {self.lines[place]}): keep one")
            return (*place, "again", len(self.problems)), False
        self.lines[place] = _line(event)
        return ((*place, "again", len(self.problems)), False) if is_merge else (place, True)

    def read_scalar(self, event: yaml.ScalarEvent) -> str:
        """Return the text of a value."""
        self.check_properties(event)
        text: str = event.value
        if event.implicit[0]:  # a plain scalar: no quotes, no block
            if text in ("~", "null", "Null", "NULL"):
                message = f"`{text}` is a text here, not an empty value: leave the value empty, or quote the text"
                self.refuse(event, message)
            if self.has_inline_comments:
                self.check_comment(event)
        return text

    def check_properties(self, event: "yaml.ScalarEvent | yaml.CollectionStartEvent") -> None:
        """Refuse an anchor and a tag."""
        if event.anchor is not None:
            self.refuse(event, f"holds an anchor (`&{event.anchor}`): take it out")
        if event.tag is not None:
            self.refuse(event, f"holds a tag (`{event.tag}`): take it out, every value is read as text")

    def check_comment(self, event: yaml.ScalarEvent) -> None:
        """Refuse a comment one space behind a text."""
        # ` #` ends a plain text without a word: `name: Tổ #5` says «Tổ». A comment that is meant keeps two spaces away.
        end = event.end_mark.index if event.end_mark else 0
        if self.text[end : end + 2] == " #":
            message = "` #` begins a comment and cuts the text: quote the text, or put two spaces before the comment"
            self.refuse(event, message)
