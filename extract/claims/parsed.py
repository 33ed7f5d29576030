"""What the bytes of a file say by themselves, whatever stands in other files: all of a load that can be kept.

Whether it is right is no part of it: that depends on the other files, and is checked anew at every load.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.claims.records import ArticleFile
from extract.claims.strict_yaml import Fault, Location, Node, parse_yaml
from extract.claims.validate import Misfit, validate_tree
from extract.text.mentions import Mention, find_mentions
from extract.text.sentences import Span, find_sentences
from extract.text.texts import ArticleText, parse_article


class ParsedFile(NamedTuple):
    """What a file of data/claims/ states: its record, or all of it that does not fit one."""

    lines: Mapping[Location, int]
    faults: Sequence[Fault]
    record: ArticleFile | None
    root: Node | None
    """Of a file without a record: its tree, where it could be read to its end."""
    misfits: Sequence[Misfit]


class ParsedText(NamedTuple):
    """What an article's bytes say: the text, and what the grammar reads in it."""

    text: ArticleText
    sentences: Sequence[Span]
    mentions: Sequence[Mention]


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """What files were parsed to, by the sha256 of their bytes."""

    files: dict[str, ParsedFile] = field(default_factory=dict)
    texts: dict[str, ParsedText] = field(default_factory=dict)


def parse_file(raw: bytes) -> ParsedFile:
    """Return what a file of data/claims/ states."""
    tree = parse_yaml(raw)
    record, misfits = validate_tree(ArticleFile, tree.root) if tree.root is not None else (None, [])
    return ParsedFile(tree.lines, tree.faults, record, tree.root if record is None else None, misfits)


def parse_text(raw: bytes) -> ParsedText:
    """Return an article's bytes as text and as the grammar reads it; raise UnreadableError where they are none."""
    text = parse_article(raw)
    sentences = find_sentences(text.text)
    return ParsedText(text, sentences, find_mentions(text.text, sentences))
