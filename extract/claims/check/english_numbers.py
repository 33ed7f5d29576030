"""The numbers of an English translation: digits as English groups them, the words one to twelve, signs and scales."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from extract.claims.messages import format_plain_number

_WORDS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_SCALES: Final = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip

_NUMBER: Final = re.compile(
    rf"""
    (?= [-−\d] | m (?= inus) | [otfsen] (?= \w\w ) )                      # most letters of a text begin none
    (?P<sign> (?<! \S ) (?: [-−] (?= \d ) | minus [ ] ) | (?<= [(] ) [-−] (?= \d ) )?   # -2.4, (−5), minus 3
    (?: (?P<digits> \d{{1,3}} (?: ,\d{{3}} )+ (?! \d ) (?: \.\d+ )?      # 1,962
                  | \d+ (?: \.\d+ )? )                                   # 72, 0.9
      | (?<! [\w-] ) (?P<word> {"|".join(_WORDS)} ) (?! \w ) )           # two; not the end of twenty-two
    (?P<scales> (?: [ ] (?: {"|".join(_SCALES)} ) (?! \w ) ){{0,3}} )     # 640 million
    """,
    re.VERBOSE | re.IGNORECASE,
)


class EnglishNumber(NamedTuple):
    """A number of an English text, and the words that state it."""

    value: Decimal
    words: str


def find_english_numbers(text: str) -> list[EnglishNumber]:
    """Return the numbers of an English text, in order.

    >>> [str(number.value) for number in find_english_numbers("1,962 of the two, 0.9 kg and 640 million (100%)")]
    ['1962', '2', '0.9', '640000000', '100']
    >>> [str(number.value) for number in find_english_numbers("-2.4%, minus 3 and 15-20")]
    ['-2.4', '-3', '15', '20']
    >>> find_english_numbers("twenty-two, tens, a second")
    []
    """
    numbers: list[EnglishNumber] = []
    for match in _NUMBER.finditer(text):
        digits = match["digits"]
        value = Decimal(digits.replace(",", "")) if digits else Decimal(_WORDS[match["word"].lower()])
        for scale in match["scales"].lower().split():
            value *= _SCALES[scale]
        value = -value if match["sign"] else value
        numbers.append(EnglishNumber(value, match.group()))
    return numbers


def format_english_number(number: Decimal) -> str:
    """Return a number as English prints it.

    >>> format_english_number(Decimal(1962)), format_english_number(Decimal("0.90"))
    ('1,962', '0.9')
    """
    whole, point, decimals = format_plain_number(abs(number)).partition(".")
    return f"{'-' if number < 0 else ''}{int(whole):,}{point}{decimals}"
