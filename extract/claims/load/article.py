"""One article: its file of data/claims/ and the text that it describes, read and held against each other."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from extract.claims.catalogue import Catalogue
from extract.claims.check.articles import check_article
from extract.claims.check.ledger import account_article
from extract.claims.collection import CheckedClaim, LedgerEntry, Source
from extract.claims.load.articles import Description, join_text, read_description
from extract.claims.load.parsed import ParsedFile, ParsedText, parse_file, parse_text
from extract.text.problems import Problem, UnreadableError
from extract.text.sentences import Span


class Checked(NamedTuple):
    """What one file of data/claims/ comes to beside the text it describes."""

    source: Source | None
    """None where one of the two could not be read."""
    claims: Sequence[CheckedClaim]
    ledger: Sequence[LedgerEntry]
    problems: Sequence[Problem]


class KnownArticle(NamedTuple):
    """What a file was checked with, and what came of it."""

    file: ParsedFile
    text: ParsedText | UnreadableError | None
    checked: Checked


class ArticleBytes(NamedTuple):
    """The bytes of a file of data/claims/ and of the text that it seems to describe."""

    path: str
    raw: bytes
    text_path: str
    text_raw: bytes


def read_article_bytes(article: ArticleBytes, catalogue: Catalogue, today: date) -> KnownArticle | None:
    """Return what a file and its text come to; None where the file describes another text, or it is none."""
    file = parse_file(article.raw)
    description = read_description(article.path, file, catalogue)
    if f"seeds/{description.seed}" != article.text_path:
        return None
    try:
        text = parse_text(article.text_raw, catalogue.nouns)
    except UnreadableError:
        return None
    return KnownArticle(file, text, check_description(description, text, catalogue, today))


def check_description(
    description: Description, text: ParsedText | UnreadableError | None, catalogue: Catalogue, today: date
) -> Checked:
    """Hold one description against its text; return its claims, its ledger and all that is wrong between the two."""
    article, problems = join_text(description, text)
    if article is None:
        return Checked(None, (), (), problems)
    result = check_article(article.source, article.reading, catalogue, today=today)
    if article.is_partial:
        # The numbers of what was left out would all be asked for.
        result.unplaced.append(Span(0, len(article.reading.text)))
    ledger, found = account_article(article.source, article.reading, result, catalogue)
    claims = sorted(result.claims, key=lambda checked: checked.figure_start)
    return Checked(article.source, claims, ledger, [*problems, *result.problems, *found])
