"""The check of one article: what it looks at, what it has found so far, and what all its parts need."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from extract.claims.catalogue import Catalogue
from extract.claims.collection import CheckedClaim, Source
from extract.claims.messages import format_difference, format_excerpt
from extract.claims.records import Article, Coverage, Place
from extract.claims.strict_yaml import Location, find_line
from extract.text.problems import Problem
from extract.text.reading import Reading
from extract.text.sentences import Span


@dataclass(kw_only=True)
class CheckResult:
    """What the check of one article found: claims, the mentions they claim, what has no place, problems."""

    claims: list[CheckedClaim] = field(default_factory=list)
    claimed: dict[int, str] = field(default_factory=dict)
    """The index of a mention -> the id of its claim."""
    unplaced: list[Span] = field(default_factory=list)
    """Where a claim belongs that could not be placed: the numbers in there are not asked for again."""
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

    def check_words(self, location: Location, subject: str, words: str | None) -> bool:
        """Check that words stand in the article, letter for letter; return whether they do."""
        if words is None:
            return True
        places = [Span(place, place + len(words)) for place in self.reading.find_words(words, 0, len(self.text))]
        if any(self.reading.is_whole(place.start, place.end) for place in places):
            return True
        self.report(location, subject, self._explain_words(str(location[-1]), words, places))
        return False

    def check_place(self, location: Location, subject: str, place: Place | None) -> None:
        """Check that the words of a place stand in the article; `location` is that of what it belongs to."""
        if place is not None:
            self.check_words((*location, "place", "words"), subject, place.words)

    def check_coverage(self, location: Location, subject: str, coverage: Coverage | None) -> None:
        """Check that the words of a coverage stand in the article; `location` is that of what it belongs to."""
        if coverage is not None:
            self.check_words((*location, "coverage", "words"), subject, coverage.words)

    def _explain_words(self, name: str, words: str, cut: Sequence[Span]) -> str:
        """Return what is wrong with words that do not stand whole in the article."""
        named = f"`{name}` «{format_excerpt(words)}»"
        if cut:
            start, end = widen_to_words(self.text, cut[0])
            return f"{named} cuts its words in two: the article says «{format_excerpt(self.text[start:end])}»"
        found = self.reading.find_nearest(words)
        if found is None:
            return f"{named} stands nowhere in the article, and no words there are like it"
        difference = format_difference(words, self.text[found.start : found.end])
        line = self.reading.line_of(found.start)
        return f"{named} stands nowhere in the article: nearest is, on its line {line}, {difference}"


def widen_to_words(text: str, span: Span) -> tuple[int, int]:
    """Return a span with the words that its edges cut."""
    start, end = span.start, span.end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end
