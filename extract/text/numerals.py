"""What a Vietnamese numeral is worth: digits, separators, number words, multipliers.

One rule of separators: ``.`` groups thousands by three, ``,`` is the decimal mark. A numeral is read whole or refused.

>>> parse_numeral("640.000.000"), parse_numeral("0,9"), parse_numeral("05")
(Decimal('640000000'), Decimal('0.9'), Decimal('5'))
>>> parse_numeral("6.006,7 tỷ"), parse_numeral("12 nghìn tỷ"), parse_numeral("1 tỷ 200 triệu")
(Decimal('6006700000000'), Decimal('12000000000000'), Decimal('1200000000'))
>>> parse_numeral("hai mươi lăm"), parse_numeral("một trăm linh năm"), parse_numeral("hai triệu rưỡi")
(Decimal('25'), Decimal('105'), Decimal('2500000'))
>>> parse_numeral("một triệu hai"), parse_numeral("2½")
(Decimal('1200000'), Decimal('2.5'))
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

MOST_DIGITS: Final = 15
"""No article counts further, and a decimal of 15 digits passes through JSON and a float unchanged."""

DIGIT_WORDS: Final = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
AFTER_MUOI: Final = DIGIT_WORDS | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
"""The last word after ``mươi``: hai mươi mốt, ba mươi tư, bốn mươi lăm."""
SCALES: Final = {
    "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip
VULGAR_FRACTIONS: Final = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
SMALL_SCALES: Final = {"chục": 10, "trăm": 100}
"""Multipliers that stand before another one: hai chục, 3 trăm triệu."""

_ONES: Final = AFTER_MUOI | {str(digit): digit for digit in range(1, 10)}
_SCALES_OF_SPEECH: Final = frozenset(SCALES.values())

_DIGITS: Final = re.compile(
    r"""
      (?P<grouped> [1-9][0-9]{0,2} (?: \.[0-9]{3} )+ )   # 640.000.000
    | (?P<plain>   [0-9]+ )                              # 72, 05
    """,
    re.VERBOSE,
)
_FRACTION: Final = re.compile(r",[0-9]+")  # 0,9
_SPACED_COMMA: Final = re.compile(r"[0-9]{1,3}, [0-9]{3}")  # 21, 218 tỷ: a space slipped in after the decimal mark
_NUMBER_CHARACTERS: Final = re.compile(r"[0-9.,]+")


class NumeralError(ValueError):
    """The text is no whole numeral; the message says why."""


@lru_cache(maxsize=4096)  # an article says the same few hundred numerals again and again
def parse_numeral(text: str) -> Decimal:
    """Return what `text` is worth, all of it; raise NumeralError where any part of it is not read.

    >>> parse_numeral("1.23.456")
    Traceback (most recent call last):
    extract.text.numerals.NumeralError: '1.23.456': a full stop groups three digits, and '23' is not three
    >>> parse_numeral("1,000,000")
    Traceback (most recent call last):
    extract.text.numerals.NumeralError: '1,000,000': more than one decimal comma
    """
    if text.isascii() and text.isdigit():
        return _parse_digits(text, text)
    words = text.lower().split()
    if not words:
        raise NumeralError("an empty text is no numeral")
    if text != text.strip():
        raise NumeralError(f"{text!r}: white space around a numeral")
    if words[0][-1] in VULGAR_FRACTIONS and len(words) == 1:
        return VULGAR_FRACTIONS[text[-1]] + (_parse_digits(text[:-1], text) if text[:-1] else 0)
    if words[0][0].isdigit():
        return _parse_digits_with_scales(words, text)
    return _parse_words(words, text)


def _parse_digits(word: str, text: str) -> Decimal:
    """Return the value of one run of digits and separators."""
    if not _NUMBER_CHARACTERS.fullmatch(word):
        raise NumeralError(f"{text!r}: {word!r} is not made of the digits 0-9, '.' and ','")
    whole = _DIGITS.match(word)
    if whole is None:
        raise NumeralError(f"{text!r}: {word!r} does not begin with a digit")
    end = whole.end()
    fraction = _FRACTION.match(word, end)
    if fraction:
        end = fraction.end()
    if end < len(word):
        raise NumeralError(f"{text!r}: {_say_why_not(word)}")
    digits = word[: whole.end()].replace(".", "")
    decimals = fraction.group()[1:] if fraction else ""
    if len(digits) + len(decimals) > MOST_DIGITS:
        raise NumeralError(f"{text!r}: more than {MOST_DIGITS} digits")
    return Decimal(f"{digits}.{decimals}" if decimals else digits)


def _say_why_not(word: str) -> str:
    """Say which rule of the separators `word` breaks."""
    if word[-1] in ".,":
        return f"it ends with {word[-1]!r}"
    if word.count(",") > 1:
        return "more than one decimal comma"
    whole, _, decimals = word.partition(",")
    if "." in decimals:
        return "a full stop after the decimal comma"
    first, *groups = whole.split(".")
    for group in groups:
        if len(group) != 3:
            return f"a full stop groups three digits, and {group!r} is not three"
    return f"{first!r} is no first group of a number grouped by threes"


def _parse_digits_with_scales(words: list[str], text: str) -> Decimal:
    """Return the value of digits with their multipliers: ``3,1 tỷ``, ``12 nghìn tỷ``, ``1 tỷ 200 triệu``."""
    if len(words) > 2 and _SPACED_COMMA.fullmatch(f"{words[0]} {words[1]}"):
        words = [words[0] + words[1], *words[2:]]
    words = _split_glued_scale(words)
    total = Decimal(0)
    last_scale = 0
    position = 0
    while position < len(words):
        if not words[position][0].isdigit():
            raise NumeralError(f"{text!r}: {words[position]!r} is no multiplier")
        amount = _parse_digits(words[position], text)
        position += 1
        scale, position = _read_scales(words, position)
        if last_scale and (amount != int(amount) or amount * scale >= last_scale or scale == 1):
            raise NumeralError(f"{text!r}: {words[position - 1]!r} does not continue the number before it")
        total += amount * scale
        last_scale = scale
        if position < len(words) and words[position] == "rưỡi" and scale > 1:
            total += Decimal(scale) / 2
            position += 1
            break
        if _is_tenth(words, position, scale):
            total += Decimal(_ONES[words[position]] * scale) / 10
            position += 1
            break
        if scale == 1:
            break
    if position < len(words):
        raise NumeralError(f"{text!r}: {words[position]!r} is no multiplier")
    return Decimal(int(total)) if last_scale > 1 and total == int(total) else total


def _is_tenth(words: list[str], position: int, scale: int) -> bool:
    """Tell whether the last word says tenths of the multiplier before it, as in speech: ``một triệu hai``."""
    return scale in _SCALES_OF_SPEECH and position + 1 == len(words) and words[position] in _ONES


def _split_glued_scale(words: list[str]) -> list[str]:
    """Part a multiplier from the digits it is glued to: ``3,1tỷ``."""
    digits = _NUMBER_CHARACTERS.match(words[0])
    if digits is None or digits.end() == len(words[0]):
        return words
    return [digits.group(), words[0][digits.end() :], *words[1:]]


def _read_scales(words: list[str], position: int) -> tuple[int, int]:
    """Return the product of the multipliers at `position`, and the position after them."""
    scale = 1
    if position < len(words) and words[position] in SMALL_SCALES:
        scale *= SMALL_SCALES[words[position]]
        position += 1
    last = 0
    while position < len(words) and words[position] in SCALES:
        factor = SCALES[words[position]]
        if factor < last or (factor == last and factor != 10**9) or scale > 10**12:
            break
        scale *= factor
        last = factor
        position += 1
    return scale, position


def _parse_words(words: list[str], text: str) -> Decimal:
    """Return the value of number words: groups below a thousand, each with its multipliers, descending."""
    if words in (["nửa"], ["một", "nửa"]):
        return Decimal("0.5")
    total = 0
    last_scale = 0
    position = 0
    while position < len(words):
        if words[position] == "rưỡi" and last_scale > 1 and position + 1 == len(words):
            return Decimal(total + last_scale // 2)
        if _is_tenth(words, position, last_scale):
            return Decimal(total + _ONES[words[position]] * last_scale // 10)
        linked = last_scale > 0 and words[position] in ("linh", "lẻ")
        amount, after = _read_group(words, position + linked)
        if after == position + linked:
            raise NumeralError(f"{text!r}: {words[position]!r} is no number word here")
        scale, position = _read_scales(words, after)
        if last_scale and amount * scale >= last_scale:
            raise NumeralError(f"{text!r}: {words[position - 1]!r} does not continue the number before it")
        total += amount * scale
        last_scale = scale
    return Decimal(total)


def _read_group(words: list[str], position: int) -> tuple[int, int]:
    """Return a number below a thousand at `position` and the position after it; the same position where none is.

    >>> _read_group(["ba", "trăm", "linh", "năm", "triệu"], 0)
    (305, 4)
    """
    word = words[position] if position < len(words) else ""
    following = words[position + 1] if position + 1 < len(words) else ""
    if following == "trăm" and (word in DIGIT_WORDS or word == "không"):
        hundreds = 100 * DIGIT_WORDS.get(word, 0)
        position += 2
        third = words[position] if position < len(words) else ""
        if third in ("linh", "lẻ"):
            last = words[position + 1] if position + 1 < len(words) else ""
            return (hundreds + AFTER_MUOI[last], position + 2) if last in AFTER_MUOI else (hundreds, position)
        if third == "rưỡi":
            return hundreds + 50, position + 1
        tens, after = _read_tens(words, position)
        return (hundreds + tens, after) if tens >= 10 else (hundreds, position)
    return _read_tens(words, position)


def _read_tens(words: list[str], position: int) -> tuple[int, int]:
    """Return a number below a hundred at `position` and the position after it; the same position where none is."""
    word = words[position] if position < len(words) else ""
    following = words[position + 1] if position + 1 < len(words) else ""
    third = words[position + 2] if position + 2 < len(words) else ""
    outcome = (0, position)
    if word == "mười":
        # năm stays a year after mười: fifteen is mười lăm
        ones = AFTER_MUOI.get(following, 0) if following not in ("năm", "tư", "mốt") else 0
        outcome = (10 + ones, position + 1 + (ones > 0))
    elif word == "chục":
        outcome = (10, position + 1)
    elif word in DIGIT_WORDS and following == "mươi":
        # and after mươi: twenty-five is hai mươi lăm
        ones = AFTER_MUOI.get(third, 0) if third not in ("năm", "một") else 0
        outcome = (10 * DIGIT_WORDS[word] + ones, position + 2 + (ones > 0))
    elif word in DIGIT_WORDS and following == "chục":
        outcome = (10 * DIGIT_WORDS[word], position + 2)
    elif word in DIGIT_WORDS and following in ("lăm", "mốt"):
        outcome = (10 * DIGIT_WORDS[word] + AFTER_MUOI[following], position + 2)
    elif word in DIGIT_WORDS:
        outcome = (DIGIT_WORDS[word], position + 1)
    return outcome
