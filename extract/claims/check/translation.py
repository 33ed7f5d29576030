"""The check of a translation's numbers: they are the quote's, so that no reader is told 11 cases for 12 vụ."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.claims.check.article_check import ArticleCheck
from extract.claims.check.english_numbers import EnglishNumber, find_english_numbers, format_english_number
from extract.claims.check.value import ReadClaim
from extract.claims.messages import format_list
from extract.claims.yaml.strict import Location
from extract.text.mentions import Kind
from extract.text.sentences import Span

# «one of the units» counts nothing.
_PRONOUN: Final = "one"


def check_translation(
    check: ArticleCheck, location: Location, translation: str, quote: Span, claims: Sequence[ReadClaim]
) -> None:
    """Check that a translation states every number that is claimed of its quote, and none that the quote does not."""
    numbers = find_english_numbers(translation)
    missing = list(_find_missing(numbers, claims))
    known = {*_find_known(check, quote), *(value for read in claims for value in read.values)}
    foreign = [each.words for each in numbers if each.value not in known and each.words.lower() != _PRONOUN]
    faults = []
    if missing:
        faults.append(f"lacks {format_list([words for _, words in missing])}")
    if foreign:
        said = format_list([f"«{words}»" for words in dict.fromkeys(foreign)])
        faults.append(f"states {said}, which no number of the quote says")
    if faults:
        subject = missing[0][0].claim.id if missing else claims[0].claim.id if claims else check.article.seed
        advice = "write the quote's numbers, in English digits (1,962; 0.9)"
        check.report((*location, "translation"), subject, f"the translation {' and '.join(faults)}: {advice}")


def _find_missing(numbers: Iterable[EnglishNumber], claims: Iterable[ReadClaim]) -> Iterator[tuple[ReadClaim, str]]:
    """Yield each number that a claim's figure states more often than the translation does, with the figure's words."""
    left = Counter(number.value for number in numbers)
    by_number = {read.mention.start: read for read in claims}  # two claims of one number are one number
    for read in by_number.values():
        for value in read.values:
            left[value] -= 1
            if left[value] < 0:
                yield read, f"{format_english_number(value)} («{read.claim.figure}»)"


def _find_known(check: ArticleCheck, quote: Span) -> Iterator[Decimal]:
    """Yield every number that a translation of a quote may hold: its mentions', and those of its dates and names."""
    rest, start = [], quote.start
    for index in check.reading.find_inside(quote.start, quote.end):
        mention = check.reading.mentions[index]
        if mention.value is not None:
            yield from mention.value if isinstance(mention.value, tuple) else (mention.value,)
        if mention.kind is Kind.FIGURE and mention.value is not None:
            # The digits of 1.962 are no numbers of their own.
            rest.append(check.text[start : mention.start])
            start = mention.end
    words = " ".join([*rest, check.text[start : quote.end]])
    yield from (number.value for number in find_english_numbers(words))  # 19.2, and names in English
    yield from map(Decimal, re.findall(r"\d+", words))  # 15/1, 03/2019/NĐ-CP
