"""Where words stand in a text, and what it takes to look for thousands of them."""

import pytest

from extract.text.mentions import find_mentions
from extract.text.reading import MANY_WORDS, Reading
from extract.text.sentences import Span, find_sentences


class CountedText(str):
    """A text that counts the letters that are searched for words."""

    __slots__ = ()
    searched = 0

    def find(self, words: str, start: int | None = None, end: int | None = None) -> int:  # type: ignore[override]
        """Find words as any text does."""
        place = super().find(words, start, end)
        CountedText.searched += (len(self) if place < 0 else place + len(words)) - (start or 0)
        return place


def make_reading(text: str, wanted: list[str]) -> Reading:
    return Reading(
        text=CountedText(text), sentences=find_sentences(text), mentions=find_mentions(text), list_wanted=lambda: wanted
    )


@pytest.mark.parametrize("words", ["{} vụ", "hơn {} vụ", "{} v", "{} vụn"])
def test_looking_for_many_words_takes_a_bounded_number_of_passes(words: str) -> None:
    text = "".join(f"Bắt hơn {number} vụ.\n" for number in range(2000))
    wanted = [words.format(number) for number in range(2000)]
    reading = make_reading(text, wanted)
    CountedText.searched = 0
    for each in wanted:
        if not reading.find_whole(each):
            reading.find_first(each)
    assert CountedText.searched <= (2 * MANY_WORDS + 2) * len(text)


TEXT = "Có 72 vụ, 172 vụ, 72 vụ. “72 vụ” và 72 vụn, 5.72 vụ"
WORDS = ["72 vụ", "2 vụ", "72 v", "“72 vụ”", "72 vụ.", "6 vụ", "vụn", "5.72 vụ", " 72", "”"]


def test_words_are_found_where_they_stand_whether_they_are_few_or_many() -> None:
    few = make_reading(TEXT, [])
    many = make_reading(TEXT, [*WORDS, *(f"{number} xe" for number in range(MANY_WORDS + 1))])
    for number in range(MANY_WORDS):
        many.find_whole(f"{number} xe")
        many.find_first(f"{number} xe")
    for words in WORDS:
        assert list(few.find_whole(words)) == list(many.find_whole(words))
        assert few.find_first(words) == many.find_first(words)
    assert list(many.find_whole("72 vụ")) == [3, 18, 26]
    assert list(many.find_whole("72 vụ", Span(4, 25))) == [18]
    assert many.find_first("2 vụ") == Span(4, 8)
