"""The check of one article: what it looks at, what it has found so far, and what all its parts need."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from extract.claims.catalogue import Catalogue
from extract.claims.collection import CheckedClaim, Source
from extract.claims.messages import format_difference, format_excerpt
from extract.claims.records import Article, Coverage, Place
from extract.claims.yaml.strict import Location, find_line
from extract.text.problems import LONGEST_QUOTE, Problem
from extract.text.reading import Reading
from extract.text.sentences import Span

MOST_COMPARED: Final = 100
"""Words of one file that are compared with all of the article: more that stand nowhere are a matter of the file."""
NOT_COMPARED: Final = f"what is like it was looked for {MOST_COMPARED} times only"


@dataclass(kw_only=True)
class CheckResult:
    """What the check of one article found: claims, the mentions they claim, what has no place, problems."""

    claims: list[CheckedClaim] = field(default_factory=list)
    claimed: dict[int, str] = field(default_factory=dict)
    """The index of a mention -> the id of its claim."""
    unplaced: list[Span] = field(default_factory=list)
    """Where a claim belongs that could not be placed: the numbers in there are not asked for again."""
    untold: set[str] = field(default_factory=set)
    """Quotes that stand several times without a word which is meant: their numbers are not asked for again, either."""
    compared: int = 0
    """How many words that stand nowhere were compared with all of the article."""
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ArticleCheck:
    """The check of one article, under way: each part of it adds to `result`."""

    source: Source
    reading: Reading
    catalogue: Catalogue
    today: date
    result: CheckResult = field(default_factory=CheckResult)

    @property
    def article(self) -> Article:
        """The article as its curator describes it."""
        return self.source.record.article

    @property
    def text(self) -> str:
        """The article's text."""
        return self.reading.text

    def report(self, location: Location, subject: str, message: str) -> None:
        """Note a problem at a place of the file."""
        line = find_line(self.source.lines, location)
        self.result.problems.append(Problem(self.source.path, line, subject, message))

    def may_compare(self) -> bool:
        """Tell whether once more all of the article may be searched for what is like some words."""
        self.result.compared += 1
        return self.result.compared <= MOST_COMPARED

    def check_words(self, location: Location, subject: str, words: str | None) -> bool:
        """Check that words stand in the article, letter for letter; return whether they do."""
        if words is None:
            return True
        if self.reading.find_whole(words):
            return True
        self.report(location, subject, self._explain_words(str(location[-1]), words))
        return False

    def check_place(self, location: Location, subject: str, place: Place | None) -> None:
        """Check that the words of a place stand in the article; `location` is that of what it belongs to."""
        if place is not None:
            self.check_words((*location, "place", "words"), subject, place.words)

    def check_coverage(self, location: Location, subject: str, coverage: Coverage | None) -> None:
        """Check that the words of a coverage stand in the article; `location` is that of what it belongs to."""
        if coverage is not None:
            self.check_words((*location, "coverage", "words"), subject, coverage.words)

    def _explain_words(self, name: str, words: str) -> str:
        """Return what is wrong with words that do not stand whole in the article."""
        named = f"`{name}` «{format_excerpt(words)}»"
        cut = self.reading.find_first(words)
        if cut is not None:
            start, end = widen_to_words(self.text, cut)
            return f"{named} cuts its words in two: the article says «{format_excerpt(self.text[start:end])}»"
        if not self.may_compare():
            return f"{named} stands nowhere in the article; {NOT_COMPARED}"
        found = self.reading.find_nearest(words)
        if found is None:
            return f"{named} stands nowhere in the article, and no words there are like it"
        difference = format_difference(words, self.text[found.start : found.end])
        line = self.reading.line_of(found.start)
        return f"{named} stands nowhere in the article: nearest is, on its line {line}, {difference}"


def widen_to_words(text: str, span: Span) -> tuple[int, int]:
    """Return a span with the words that its edges cut; of words too long to be quoted, what is near."""
    start, end = span
    first, last = max(start - LONGEST_QUOTE, 0), min(end + LONGEST_QUOTE, len(text))
    while start > first and not text[start - 1].isspace():
        start -= 1
    while end < last and not text[end].isspace():
        end += 1
    return start, end
