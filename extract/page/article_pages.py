"""The pages of a long article: where each begins in its file, and which holds a figure.

A page ends with a sentence. Only one that is longer than a page is cut, never inside a figure.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extract.figures.table import FigureTable
from extract.text.sentences import find_sentences

NUMBERS_OF_A_PAGE: Final = 500
LETTERS_OF_A_PAGE: Final = 50_000


def find_pages(table: FigureTable, article: str) -> Sequence[int]:
    """Return where the pages of an article begin, as code points of its file, in order; the first is 0."""
    known = table.article_pages
    if article not in known:
        known[article] = _Cutter(table, article).cut()
    return known[article]


def find_page(table: FigureTable, article: str, figure: str) -> int:
    """Return the page of an article, from 1, that holds a figure; 1 where it reports none such."""
    checked = table.claims.get(figure)
    if checked is None or checked.article.seed.removesuffix(".txt") != article:
        return 1
    return bisect_right(find_pages(table, article), checked.figure_start)


class _Cutter:
    """Cuts one article into pages."""

    def __init__(self, table: FigureTable, article: str) -> None:
        self.source = table.sources[article]
        seed = self.source.record.article.seed
        self.starts = [entry.start for entry in table.ledger.get(seed, ())]
        self.figures = sorted((each.figure_start, each.figure_end) for each in table.by_seed.get(seed, ()))

    def cut(self) -> Sequence[int]:
        """Return where the pages begin."""
        text, pages = self.source.text, [0]
        if self._fits(0, len(text.raw)):
            return pages
        sentences = (text.raw_offset(sentence.start) for sentence in find_sentences(text.text))
        for start, end in pairwise([0, *sentences, len(text.raw)]):
            if start > pages[-1] and not self._fits(pages[-1], end):
                pages.append(start)
            while not self._fits(pages[-1], end):
                pages.append(self._cut_inside(pages[-1]))
        return pages

    def _fits(self, start: int, end: int) -> bool:
        numbers = bisect_left(self.starts, end) - bisect_left(self.starts, start)
        return end - start <= LETTERS_OF_A_PAGE and numbers <= NUMBERS_OF_A_PAGE

    def _cut_inside(self, start: int) -> int:
        """Return where a page ends that begins inside of a sentence: before a number or a figure."""
        first = bisect_left(self.starts, start)
        numbers = self.starts[first : first + NUMBERS_OF_A_PAGE + 1]
        end = start + LETTERS_OF_A_PAGE
        if numbers and numbers[-1] < end and len(numbers) > NUMBERS_OF_A_PAGE:
            end = numbers[-1]
        else:
            # The last number may be cut by the end of the letters.
            end = max((number for number in numbers if start < number < end), default=end)
        held = bisect_left(self.figures, (end,)) - 1
        if held >= 0 and start < self.figures[held][0] < end < self.figures[held][1]:
            end = self.figures[held][0]
        return end
