"""The check of a figure: its words stand whole in the quote, once or by `nth`, and state one number."""

from extract.claims.check.article_check import NOT_COMPARED, ArticleCheck, widen_to_words
from extract.claims.messages import format_difference, format_list
from extract.claims.records import Claim
from extract.claims.yaml.strict import Location
from extract.text.mentions import Kind
from extract.text.sentences import Span


def place_figure(check: ArticleCheck, location: Location, claim: Claim, quote: Span) -> Span | None:
    """Return where a claim's figure stands in its quote; None where it does not, or where it is not told which."""
    reading, words, nth = check.reading, claim.figure, claim.nth
    whole = reading.find_whole(words, quote)
    count = len(whole)
    if not whole:
        check.report((*location, "figure"), claim.id, _explain_figure(check, words, quote))
        return None
    if count == 1:
        if nth is not None:
            message = f"figure «{words}» stands once in the quote: leave `nth` out"
            check.report((*location, "nth"), claim.id, message)
        return Span(whole[0], whole[0] + len(words))
    if nth is not None and nth <= count:
        return Span(whole[nth - 1], whole[nth - 1] + len(words))
    if nth is None:
        message = f"figure «{words}» stands {count} times in the quote: add `nth`, 1 to {count}, or more of its words"
        check.report((*location, "figure"), claim.id, message)
    else:
        message = f"nth {nth}: figure «{words}» stands only {count} times in the quote"
        check.report((*location, "nth"), claim.id, message)
    return None


def _explain_figure(check: ArticleCheck, figure: str, quote: Span) -> str:
    """Return what is wrong with a figure that does not stand whole in its quote."""
    text, reading = check.text, check.reading
    cut = reading.find_first(figure, quote)
    if cut is not None:
        start, end = widen_to_words(text, cut)
        number = reading.find_cut(cut.start, cut.end)
        if number is not None:
            start, end = min(start, number.start), max(end, number.end)
        return f"figure «{figure}» cuts its words in two: the article says «{text[start:end]}»"
    elsewhere = reading.find_first(figure)
    if elsewhere is not None:
        line = reading.line_of(elsewhere.start)
        return f"figure «{figure}» stands on line {line} of the article, but not in this quote"
    if not check.may_compare():
        return f"figure «{figure}» does not stand in the quote; {NOT_COMPARED}"
    found = reading.find_nearest(figure, quote)
    if found is None:
        return f"figure «{figure}» does not stand in the quote: copy the words that state the number"
    difference = format_difference(figure, text[found.start : found.end])
    return f"figure «{figure}» does not stand in the quote; nearest is {difference}"


def pick_mention(check: ArticleCheck, location: Location, claim: Claim, figure: Span) -> int | None:
    """Return the index of the one number that a figure states; None where it states none or several.

    What a person reads is any one number, whatever the grammar takes it for.
    """
    inside = check.reading.find_inside(figure.start, figure.end)
    mentions = check.reading.mentions
    figures = [index for index in inside if mentions[index].kind is Kind.FIGURE or claim.read is not None]
    if len(figures) == 1:
        return figures[0]
    if figures:
        numbers = format_list([f"«{mentions[index].text}»" for index in figures])
        message = f"figure «{claim.figure}» holds {len(figures)} numbers ({numbers}): one claim states one of them"
    elif inside:
        other = mentions[inside[0]]
        message = f"figure «{claim.figure}» states no figure: «{other.text}» reads as {other.kind}"
    else:
        message = f"figure «{claim.figure}» holds no number"
    check.report((*location, "figure"), claim.id, message)
    return None
