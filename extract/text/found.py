"""What is found: a number's place and shape, and the mention that it becomes."""

from typing import NamedTuple

from extract.text.kinds import Kind
from extract.text.values import Value

Found = tuple[int, int, str]
"""Where a number begins and ends, and its shape."""


class Mention(NamedTuple):
    """A number found in a text; `start` and `end` are half-open code points of that text."""

    start: int
    end: int
    text: str
    value: Value
    unit: str | None
    qualifier: str | None
    kind: Kind
    is_certain: bool = True
    """Whether the rule that set the kind leaves no other reading: not so of a bare number in brackets."""
