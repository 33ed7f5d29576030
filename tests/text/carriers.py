"""Sentences with a blank for a number, and what is read in it."""

from extract.text.mentions import Mention, find_mentions


def find_in_blank(carrier: str, words: str) -> list[Mention]:
    """Return the mentions that hold a part of `words`, put into the blank ``{}`` of `carrier`.

    >>> [mention.text for mention in find_in_blank("Đội 2 bắt {} người, có 3 nữ.", "hơn 10")]
    ['10']
    """
    start = carrier.index("{")
    found = find_mentions(carrier.format(words))
    return [each for each in found if each.start < start + len(words) and start < each.end]
