"""What the bytes of a file say by themselves, whatever stands in other files.

Whether it is right is no part of it: that depends on the other files, and is for `load` to check.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from extract.claims.load.validate import FieldProblem, validate_tree
from extract.claims.records import ArticleFile
from extract.claims.yaml.strict import Location, Node, parse_yaml
from extract.claims.yaml.text import YamlProblem
from extract.text.mentions import Mention, find_mentions
from extract.text.problems import UnreadableError
from extract.text.sentences import Span, find_sentences
from extract.text.texts import ArticleText, parse_article


class ParsedFile(NamedTuple):
    """What a file of data/claims/ states: its record, or all of it that does not fit one."""

    sha256: str
    """Of the file's bytes."""
    lines: Mapping[Location, int]
    yaml_problems: Sequence[YamlProblem]
    record: ArticleFile | None
    root: Node | None
    """Of a file without a record: its tree, where it could be read to its end."""
    field_problems: Sequence[FieldProblem]


class ParsedText(NamedTuple):
    """What an article's bytes say: the text, and what the grammar reads in it."""

    sha256: str
    """Of the article's bytes."""
    text: ArticleText
    sentences: Sequence[Span]
    mentions: Sequence[Mention]


P = TypeVar("P", ParsedFile, ParsedText)


class ParsedCache:
    """What the files of the last load parsed to.

    Give the same object to every load, and only files whose bytes have changed are parsed again.
    """

    def __init__(self) -> None:
        """Begin with nothing parsed."""
        self.articles: dict[str, ParsedFile] = {}
        """By the path of a file of data/claims/."""
        self.texts: dict[str, ParsedText | UnreadableError] = {}
        """By the path of a file of seeds/; an error where its bytes are no text."""
        self.nouns: frozenset[str] = frozenset()
        """With which the numbers of the texts were read."""

    def parse_all(self, files: Mapping[str, bytes], nouns: frozenset[str]) -> None:
        """Parse the files of data/claims/ and seeds/ whose bytes are new, and forget files that are not among these.

        `nouns` are words that numbers may count, as in `find_mentions`. When they change, all texts are read again.
        """
        if nouns != self.nouns:
            self.texts, self.nouns = {}, nouns
        known_articles = _map_by_sha256(self.articles.values())
        known_texts = _map_by_sha256(text for text in self.texts.values() if isinstance(text, ParsedText))
        articles: dict[str, ParsedFile] = {}
        texts: dict[str, ParsedText | UnreadableError] = {}
        for path, raw in files.items():
            sha256 = hashlib.sha256(raw).hexdigest()
            if path.startswith("data/claims/"):
                articles[path] = known_articles.get(sha256) or parse_file(raw)
            elif path.startswith("seeds/"):
                try:
                    texts[path] = known_texts.get(sha256) or parse_text(raw, nouns)
                except UnreadableError as error:
                    texts[path] = error
        self.articles, self.texts = articles, texts


def _map_by_sha256(parsed: Iterable[P]) -> dict[str, P]:
    return {each.sha256: each for each in parsed}


def parse_file(raw: bytes) -> ParsedFile:
    """Return what a file of data/claims/ states."""
    sha256, tree = hashlib.sha256(raw).hexdigest(), parse_yaml(raw)
    record, field_problems = validate_tree(ArticleFile, tree.root) if tree.root is not None else (None, [])
    return ParsedFile(sha256, tree.lines, tree.problems, record, tree.root if record is None else None, field_problems)


def parse_text(raw: bytes, nouns: frozenset[str]) -> ParsedText:
    """Return an article's bytes as text and as the grammar reads it; raise UnreadableError where they are none."""
    text = parse_article(raw)
    sentences = find_sentences(text.text)
    sha256 = hashlib.sha256(raw).hexdigest()
    return ParsedText(sha256, text, sentences, find_mentions(text.text, sentences, nouns=nouns))
