"""The check of a quote: it is one whole sentence of its article, letter for letter."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, process

from extract.claims.check.article_check import NOT_COMPARED, ArticleCheck
from extract.claims.messages import LEAST_LIKENESS, format_difference, format_excerpt, format_list
from extract.claims.records import Sentence
from extract.claims.yaml.strict import Location
from extract.text.sentences import Span

MOST_LINES: Final = 20
"""Lines that a message lists."""
LONGEST_COMPARED: Final = 2000
"""Letters from its beginning by which a sentence is known: the time to compare two grows with both."""


def place_quote(check: ArticleCheck, location: Location, subject: str, sentence: Sentence) -> Span | None:
    """Return the sentence of the article that a quote is; None where none is, or where it is not told which.

    `location` is the sentence's.
    """
    places = check.reading.places.get(sentence.quote, ())
    count, nth = len(places), sentence.nth
    if not places:
        message, span = _explain_quote(check, sentence.quote)
        check.report((*location, "quote"), subject, message)
        check.result.unplaced.append(span)
        return None
    if count == 1:
        if nth is not None:
            check.report((*location, "nth"), subject, "the quote stands once in the article: leave `nth` out")
        return places[0]
    if nth is not None and nth <= count:
        return places[nth - 1]
    if nth is None:
        lines = _list_lines(check, places)
        message = f"the quote stands {count} times in the article (lines {lines}): add `nth`, 1 to {count}"
        check.report((*location, "quote"), subject, message)
    else:
        check.report((*location, "nth"), subject, f"nth {nth}: the quote stands only {count} times in the article")
    check.result.untold.add(sentence.quote)
    return None


def _list_lines(check: ArticleCheck, places: Sequence[Span]) -> str:
    lines = [str(check.reading.line_of(place.start)) for place in places[:MOST_LINES]]
    more = len(places) - len(lines)
    return f"{', '.join(lines)} and {more} more" if more else format_list(lines)


def _explain_quote(check: ArticleCheck, quote: str) -> tuple[str, Span]:
    """Return what is wrong with a quote that is no sentence of the article, and where it belongs."""
    text, seed = check.text, check.article.seed
    if not check.may_compare():
        return f"the quote does not stand in {seed}; {NOT_COMPARED}", Span(0, len(text))
    place = text.find(quote)
    if place >= 0:
        return _explain_part(check, Span(place, place + len(quote)))
    sentences = list(check.reading.places)
    begin = [sentence[:LONGEST_COMPARED] for sentence in sentences]
    found = process.extractOne(quote[:LONGEST_COMPARED], begin, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
    if found is None:
        message = f"the quote «{format_excerpt(quote)}» does not stand in {seed}, and no sentence there is like it"
        return message, Span(0, len(text))
    nearest = sentences[found[2]]
    span = check.reading.places[nearest][0]
    message = (
        f"the quote does not stand in the article; the nearest sentence, on line {check.reading.line_of(span.start)}"
        f" of {seed}, differs: {format_difference(quote, nearest)}"
    )
    return message, span


def _explain_part(check: ArticleCheck, part: Span) -> tuple[str, Span]:
    """Return what is wrong with a quote that stands in the article, but is no whole sentence, and where it belongs."""
    touched = [span for span in check.reading.sentences if span.start < part.end and part.start < span.end]
    if not touched:
        return "the quote is no sentence of the article by the splitter", part
    around = Span(touched[0].start, touched[-1].end)
    if len(touched) > 1:
        return f"the quote runs over {len(touched)} sentences: quote each on its own", around
    left_out = (check.text[around.start : part.start], check.text[part.end : around.end])
    missing = format_list([f"«{format_excerpt(words)}»" for words in left_out if words])
    sentence = format_excerpt(check.text[around.start : around.end])
    return f"the quote is only a part of its sentence, {missing} is left out: quote «{sentence}» whole", around
