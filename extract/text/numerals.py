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
    "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip
VULGAR_FRACTIONS: Final = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
SMALL_SCALES: Final = {"chục": 10, "trăm": 100}
"""Multipliers that stand before another one: hai chục, 3 trăm triệu."""

_ONES: Final = AFTER_MUOI | {str(digit): digit for digit in range(1, 10)}
_SCALES_OF_SPEECH: Final = frozenset(SCALES.values())

_DIGITS: Final = re.compile(
    r"""
    (?: [1-9][0-9]{0,2} (?: \.[0-9]{3} )+      # 640.000.000
      | [0-9]+ )                               # 72, 05
    (?: , [0-9]+ )?                            # 0,9
    """,
    re.VERBOSE,
)
_SPACED_COMMA: Final = re.compile(r"[0-9]{1,3}, [0-9]{3}")  # 21, 218 tỷ: a space slipped in after the decimal mark
_BEHEADED: Final = re.compile(r"0[0-9]{2}")  # 018 tỷ: the rest of 5,018 tỷ; nobody writes so few with so many digits
_NUMBER_CHARACTERS: Final = re.compile(r"[0-9.,]+")


@lru_cache(maxsize=4096)  # an article says the same few hundred numerals again and again
def parse_numeral(text: str) -> Decimal | None:
    """Return what `text` is worth, all of it; None where any part of it is not read.

    >>> parse_numeral("1.23.456") is parse_numeral("1,000,000") is parse_numeral("5 vụ") is None
    True
    """
    if _DIGITS.fullmatch(text):
        return _value_digits(text)
    words = text.lower().replace("rưởi", "rưỡi").split()
    if not words or text != text.strip() or _BEHEADED.match(text):
        return None
    if len(words) == 1 and text[-1] in VULGAR_FRACTIONS:
        whole = _parse_digits(text[:-1] or "0")
        return None if whole is None else whole + VULGAR_FRACTIONS[text[-1]]
    if words[0][0].isdigit():
        if len(words) > 2 and words[1] in ("phẩy", "phảy") and words[0].isdigit() and words[2].isdigit():
            words = [f"{words[0]},{words[2]}", *words[3:]]
        return _parse_digits_with_scales(words)
    return _parse_words([word.removesuffix(",") for word in words if word != ","])


def _parse_digits(word: str) -> Decimal | None:
    """Return the value of one run of digits and separators."""
    return _value_digits(word) if _DIGITS.fullmatch(word) else None


def _value_digits(word: str) -> Decimal | None:
    """Return the value of digits that keep the rule of separators; None for more of them than any article counts to."""
    plain = word.replace(".", "").replace(",", ".")
    return Decimal(plain) if len(plain) - ("," in word) <= MOST_DIGITS else None


def _parse_digits_with_scales(words: list[str]) -> Decimal | None:
    """Return the value of digits with their multipliers: ``3,1 tỷ``, ``12 nghìn tỷ``, ``1 tỷ 200 triệu``."""
    if len(words) > 2 and _SPACED_COMMA.fullmatch(f"{words[0]} {words[1]}"):
        words = [words[0] + words[1], *words[2:]]
    words = _split_glued_scale(words)
    if len(words) == 4 and words[1] in ("nghìn", "ngàn") and words[3] in ("triệu", "tỷ", "tỉ"):
        thousands, ones = _parse_digits(words[0]), _parse_digits(words[2])  # 8 nghìn 214 tỷ
        if thousands is None or ones is None or thousands != int(thousands) or ones != int(ones) or ones >= 10**3:
            return None
        return (thousands * 1000 + ones) * SCALES[words[3]]
    total = Decimal(0)
    last_scale = position = 0
    while position < len(words):
        amount = _parse_digits(words[position])
        if amount is None:
            rest = _parse_compound(words[position:]) if last_scale > 1 else None  # 1 tỷ hai trăm triệu
            return None if rest is None or rest >= last_scale else Decimal(int(total)) + rest
        scale, position = _read_scales(words, position + 1)
        if last_scale and (amount * scale >= last_scale or scale == 1 or amount * scale != int(amount * scale)):
            return None
        total += amount * scale
        last_scale = scale
        if position + 1 == len(words) and words[position] == "rưỡi" and scale > 1:
            total += Decimal(scale) / 2
            position += 1
        elif _is_tenth(words, position, scale):
            total += Decimal(_ONES[words[position]] * scale) / 10
            position += 1
        elif scale == 1 and position < len(words):
            return None
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


def _parse_words(words: list[str]) -> Decimal | None:
    """Return the value of number words, a half and a spoken decimal too: ``nửa tỷ``, ``ba phẩy năm triệu``."""
    half = words[1:] if words[:2] == ["một", "nửa"] else words
    if half[0] == "nửa":
        scale, position = _read_scales(half, 1)
        return Decimal(scale) / 2 if position == len(half) else None
    if "phẩy" in words or "phảy" in words:
        return _parse_spoken(words)
    value = _parse_compound(words[:-1]) if len(words) > 1 else None
    if value is not None and words[-1] == "rưỡi":
        last = (SMALL_SCALES | SCALES).get(words[-2], 1)
        return Decimal(value + last // 2) if last > 1 and _has_single_scale(words[:-1]) else None
    if value is not None and words[-2] in SCALES and words[-1] in _ONES and _has_single_scale(words[:-1]):
        return Decimal(value + _ONES[words[-1]] * SCALES[words[-2]] // 10)
    value = _parse_compound(words)
    return None if value is None else Decimal(value)


def _has_single_scale(words: list[str]) -> bool:
    """Tell ``hai triệu``, which can be followed by its tenths, from ``hai nghìn tỷ``, which can be by either's."""
    return len(words) < 2 or not (words[-1] in SCALES and words[-2] in SCALES)


def _parse_compound(words: list[str]) -> int | None:
    """Return the value of number words of any size: what stands before a multiplier times it, and the smaller rest.

    >>> _parse_compound("một nghìn một trăm tỉ".split()), _parse_compound("hai tỷ ba triệu linh năm".split())
    (1100000000000, 2003000005)
    """
    scales = [SCALES.get(word, 0) for word in words]
    greatest = max(scales, default=0)
    if greatest:
        at = len(words) - 1 - scales[::-1].index(greatest)
        amount, rest = _parse_compound(words[:at]), _parse_rest(words[at + 1 :])
        inside = max(scales[:at], default=0)
        if amount is None or rest is None or rest >= greatest or (inside >= 10**6 and not scales[at - 1]):
            return None
        return amount * greatest + rest
    amount, after = _read_group(words, 0)
    return amount if after == len(words) and words else None


def _parse_rest(words: list[str]) -> int | None:
    """Return what follows a multiplier; a lone digit would be ones or tenths, so ``linh`` has to say which."""
    if not words:
        return 0
    linked = words[0] in ("linh", "lẻ")
    rest = _parse_compound(words[linked:])
    return None if rest is None or (rest < 10 and not linked and len(words) == 1) else rest


def _parse_spoken(words: list[str]) -> Decimal | None:
    """Return the value of a decimal as it is said: ``ba phẩy năm``, ``hai phẩy bảy mươi lăm tỷ``, ``3 phẩy 5``."""
    mark = words.index("phẩy") if "phẩy" in words else words.index("phảy")
    end = next((at for at in range(mark, len(words)) if words[at] in SCALES), len(words))
    scale, position = _read_scales(words, end)
    whole = 0 if words[:mark] == ["không"] else _parse_compound(words[:mark])
    said = words[mark + 1 : end]
    tens, after = _read_tens(said, 0)
    if said and after == len(said):
        decimals = str(tens)
    else:
        decimals = "".join(str((_ONES | {"không": 0}).get(word, "?")) for word in said)
    if whole is None or position < len(words) or not decimals.isdigit():
        return None
    total = Decimal(f"{whole}.{decimals}") * scale
    return Decimal(int(total)) if scale > 1 and total == int(total) else total


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
    elif word == "hăm":  # the old hăm ba, 23
        ones = AFTER_MUOI.get(following, 0) if following not in ("năm", "một") else 0
        outcome = (20 + ones, position + 2) if ones else outcome
    elif word == "chục":
        outcome = (10, position + 1)
    elif word in DIGIT_WORDS and following == "mươi":
        # and after mươi: twenty-five is hai mươi lăm
        ones = AFTER_MUOI.get(third, 0) if third not in ("năm", "một") else 0
        outcome = (10 * DIGIT_WORDS[word] + ones, position + 2 + (ones > 0))
    elif word in DIGIT_WORDS and following == "chục":
        outcome = (10 * DIGIT_WORDS[word], position + 2)
    elif word in DIGIT_WORDS and following in ("lăm", "nhăm", "mốt", "tư"):
        outcome = (10 * DIGIT_WORDS[word] + AFTER_MUOI[following], position + 2)
    elif word in DIGIT_WORDS:
        outcome = (DIGIT_WORDS[word], position + 1)
    return outcome
