"""A strict reading of YAML: text -> plain dict, list and str, with the line of every node and every fault found.

Curated files use the plainest part of YAML: mappings, lists and texts. Every scalar stays the text that stands in the
file (YAML's own types read `1.962` as 1.962, `no` as False and `12:30` as 750), and whatever could change the meaning
of a file unseen is refused: repeated keys, aliases, tags, merges, a second document, characters that shift lines.

The tree is built from libyaml's events, never by composing: libyaml composes by recursion, and 30,000 nested brackets
end the process by a signal; building from events takes less than half of the time, too.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, Union

import yaml

Node: TypeAlias = Union[str, list["Node"], dict[str, "Node"]]  # noqa: UP007 - a string has no `|`
Location: TypeAlias = tuple[str | int, ...]

DEEPEST = 20

_FORBIDDEN = re.compile(
    r"""
      (?P<nul>       \x00 )
    | (?P<line_end>  \r(?!\n) | [\x0b\x0c\x85\u2028\u2029] )   # libyaml counts a line, editors do not
    | (?P<hidden>    [\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff] )
    | (?P<conflict>  ^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z) )   # <<<<<<< HEAD
    | (?P<tab>       ^[ ]*\t )
    """,
    re.VERBOSE | re.MULTILINE,
)
_CONFLICT_MARKS = ("<" * 7, "=" * 7, ">" * 7, "|" * 7)
_ADVICE = {
    "nul": "holds a NUL character: it is no text, or it was saved as UTF-16; save it as UTF-8",
    "line_end": "holds {code}, which some programs count as the end of a line: replace it by a line feed or a space",
    "hidden": "holds {code}, which cannot be seen: take it out",
    "conflict": "is a conflict marker of a merge: decide for one of the two versions and take the markers out",
    "tab": "is indented by a tab: use spaces",
}


# Letters, digits and the marks that mean nothing to YAML, in a block and in `{...}` alike.
_PLAIN = re.compile(r"[^\W_](?:[\w./()%+–-]| (?=[\w(+–]))*(?<!-)")
_YAML_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
# What a scalar on one line cannot hold as it is: what `parse_yaml` refuses or YAML folds.
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\xa0\xad\u2028\u2029\ufeff\ufffe\uffff]")


class Fault(NamedTuple):
    """One thing that is wrong with a file as YAML."""

    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What a file says: its root, the line of every key and item (1-based, `()` is the file), and its faults.

    `root` is None where the file could not be read to its end; otherwise it is whole but for what the faults name.
    """

    root: Node | None
    lines: Mapping[Location, int]
    faults: tuple[Fault, ...]


def parse_yaml(raw: bytes) -> Tree:
    """Return the tree of a file's bytes, with all faults that could be found in one pass.

    >>> parse_yaml(b"value: 05\\nof:\\n").root
    {'value': '05', 'of': ''}
    >>> parse_yaml(b"a: 1\\na: 2\\n").faults
    (Fault(line=2, message='the key «a» stands twice (first on line 1): keep one'),)
    """
    try:
        text = _decode(raw)
    except _Stop as stop:
        return Tree(root=None, lines={(): 1}, faults=(stop.fault,))
    faults = tuple(dict.fromkeys(_find_forbidden(text)))
    if faults:
        return Tree(root=None, lines={(): 1}, faults=faults)
    builder = _Builder(text)
    try:
        builder.build(iter(yaml.CSafeLoader(text).get_event, None))
    except _Stop as stop:
        return Tree(root=None, lines=builder.lines, faults=(*builder.faults, stop.fault))
    except yaml.YAMLError as error:
        return Tree(root=None, lines=builder.lines, faults=(*builder.faults, _explain(error)))
    return Tree(root=builder.root, lines=builder.lines, faults=tuple(builder.faults))


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


def format_scalar(text: str) -> str:
    """Return a text as a YAML scalar on one line that reads back as the same text, plain where that is safe.

    >>> print(format_scalar("72 vụ"), format_scalar("1,5 tấn"), format_scalar('điểm "nóng"'), format_scalar("a\\nb"))
    72 vụ "1,5 tấn" 'điểm "nóng"' "a\\nb"
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _YAML_WORDS:
        return text
    if not _UNPRINTED.search(text):
        return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'
    return '"' + _UNPRINTED.sub(_escape, text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(char) or (
        f"\\u{ord(char):04X}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08X}"
    )


class _Stop(Exception):  # noqa: N818 - a signal to end the walk, not an error of the program
    """The file cannot be read further."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(line, message)


def _decode(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Stop(1, "is UTF-16: save it as UTF-8")
    if raw.startswith(b"\xef\xbb\xbf"):
        raise _Stop(1, "begins with a byte-order mark: save it as UTF-8 without one")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        if error.reason == "unexpected end of data":
            raise _Stop(line, "ends in the middle of a letter: the file was cut off; save it again whole") from None
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise _Stop(
            line, f"is not UTF-8: byte 0x{raw[error.start]:02X} at byte {column} of this line; save it as UTF-8"
        ) from None


def _is_plain(text: str) -> bool:
    """Tell at a glance that a text holds nothing forbidden, as nearly every file; where it may, all is looked for."""
    return text.replace("\n", "").isprintable() and not any(mark in text for mark in _CONFLICT_MARKS)


def _find_forbidden(text: str) -> Iterator[Fault]:
    if _is_plain(text):
        return
    line, counted = 1, 0
    for match in _FORBIDDEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        char = match.group()[-1]
        advice = _ADVICE[str(match.lastgroup)]
        yield Fault(line, advice.format(code=f"U+{ord(char):04X} ({unicodedata.name(char, 'a control character')})"))


def _explain(error: yaml.YAMLError) -> Fault:
    """Return libyaml's own words for a fault of syntax, with its line."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Fault(1, f"is not valid YAML: {error}")
    line = error.problem_mark.line + 1
    begun = f", {error.context} begun on line {error.context_mark.line + 1}" if error.context_mark else ""
    if error.problem == "mapping values are not allowed in this context":
        return Fault(
            line, "is not valid YAML: a `: ` stands where no key can; mind the indentation, or put the text in quotes"
        )
    if error.problem == "found character that cannot start any token":
        return Fault(
            line, "is not valid YAML: a text begins with a character that YAML reserves; put the text in quotes"
        )
    return Fault(line, f"is not valid YAML: {error.problem}{begun}; mind quotes, brackets and indentation")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Lines(Mapping[Location, int]):
    """The line of every key and item of a file, kept by the mapping or list that holds it: most have one holder."""

    __slots__ = ("holders",)

    def __init__(self) -> None:
        self.holders: dict[Location, dict[str | int, int]] = {}

    def __getitem__(self, location: Location) -> int:
        return self.holders[location[:-1]][location[-1]] if location else 1

    def __iter__(self) -> Iterator[Location]:
        yield ()
        for holder, lines in self.holders.items():
            for step in lines:
                yield (*holder, step)

    def __len__(self) -> int:
        return 1 + sum(map(len, self.holders.values()))


class _Frame:
    """One open mapping or list, and where the next value goes."""

    __slots__ = ("container", "key", "lines", "location", "takes_key")

    def __init__(
        self, container: list[Node] | dict[str, Node], location: Location, lines: dict[str | int, int]
    ) -> None:
        self.container = container
        self.location = location
        self.takes_key = type(container) is dict  # of a mapping: whether a key comes next
        self.key: str | None = None  # of a mapping: the key whose value comes next
        self.lines = lines  # of each key or item so far


class _Builder:
    """Builds the tree from events, without recursion."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self.lines = _Lines()
        self.faults: list[Fault] = []
        self.stack: list[_Frame] = []
        self.has_inline_comments = " #" in text
        self.documents = 0

    def build(self, events: Iterable[yaml.Event]) -> None:
        """Take all events; raise `_Stop` or yaml.YAMLError where the file cannot be read further."""
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._take_scalar(event)
            elif isinstance(event, yaml.MappingStartEvent):
                self._open({}, event)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._open([], event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
            elif isinstance(event, yaml.AliasEvent):
                self._refuse(event, f"holds an alias (`*{event.anchor}`): write the value out")
                self._place("", event)
            elif isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    raise _Stop(_line(event), "begins a second document (`---`): keep one to a file")
        if self.root is None or self.root == "":
            raise _Stop(1, "is empty")

    def _refuse(self, event: yaml.Event, message: str) -> None:
        self.faults.append(Fault(_line(event), message))

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_property(event)
        text: str = event.value
        if self.stack and self.stack[-1].takes_key:
            self._take_key(self.stack[-1], text, event)
            return
        if event.implicit[0]:  # a plain scalar: no quotes, no block
            if text in ("~", "null", "Null", "NULL"):
                self._refuse(
                    event, f"`{text}` is a text here, not an empty value: leave the value empty, or quote the text"
                )
            if self.has_inline_comments:
                self._check_comment(event)
        self._place(text, event)

    def _take_key(self, frame: _Frame, key: str, event: yaml.ScalarEvent) -> None:
        frame.key = key = sys.intern(key)  # the same few keys stand in every file
        frame.takes_key = False
        if key == "<<" and event.implicit[0]:
            self._refuse(event, "holds a merge key (`<<`): write the keys out")
        line = _line(event)
        first = frame.lines.setdefault(key, line)
        if first != line or key in frame.container:
            self._refuse(event, f"the key «{key}» stands twice (first on line {first}): keep one")

    def _check_comment(self, event: yaml.ScalarEvent) -> None:
        # ` #` ends a plain text without a word: `name: Tổ #5` says «Tổ». A comment that is meant keeps two spaces away.
        end = event.end_mark.index if event.end_mark else 0
        if self.text[end : end + 2] == " #":
            self._refuse(
                event, "` #` begins a comment and cuts the text: quote the text, or put two spaces before the comment"
            )

    def _refuse_property(self, event: "yaml.ScalarEvent | yaml.CollectionStartEvent") -> None:
        if event.anchor is not None:
            self._refuse(event, f"holds an anchor (`&{event.anchor}`): take it out")
        if event.tag is not None:
            self._refuse(event, f"holds a tag (`{event.tag}`): take it out, every value is read as text")

    def _open(self, container: list[Node] | dict[str, Node], event: yaml.CollectionStartEvent) -> None:
        line = _line(event)
        if len(self.stack) >= DEEPEST:
            raise _Stop(
                line, f"is nested deeper than {DEEPEST} levels: no file here needs that; a bracket may be left open"
            )
        if self.stack and self.stack[-1].takes_key:
            raise _Stop(line, "has a mapping or a list as a key: a key is one word")
        if event.anchor is not None or event.tag is not None:
            self._refuse_property(event)
        above = self.stack[-1].location if self.stack else ()
        location = (*above, *self._place(container, event))
        lines = self.lines.holders[location] = {}
        self.stack.append(_Frame(container, location, lines))

    def _place(self, node: Node, event: yaml.Event) -> Location:
        """Put a node where it belongs and return the steps that lead there from what holds it."""
        if not self.stack:
            self.root = node
            return ()
        frame = self.stack[-1]
        key, container = frame.key, frame.container
        if isinstance(container, list):
            index = len(container)
            frame.lines[index] = _line(event)
            container.append(node)
            return (index,)
        if key is None:
            raise _Stop(_line(event), "has an alias as a key: a key is one word")
        frame.key = None
        frame.takes_key = True
        if key in container or key == "<<":
            # The first one stays; the lines below the other one are kept out of its way.
            return key, "again"
        container[key] = node
        return (key,)
