"""What a number is worth where it stands: one value, a pair for a range or for a part of a whole, or none.

It has none where its words name no single number: hàng chục, a date in full, a code with letters, digits that break the
rules of separators.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from extract.text.context import NumberContext
from extract.text.kinds import Kind
from extract.text.nouns import DIVISIBLE
from extract.text.numerals import SCALES, parse_numeral
from extract.text.shapes import SHARED_SCALE
from extract.text.words import word_set

Value = Decimal | tuple[Decimal, Decimal] | None

_RANGE_MARK: Final = re.compile(r"\s*(?:[-–—/~]|\b(?:đến|tới)\b)\s*", re.IGNORECASE)
_AMOUNT_AND_SCALE: Final = re.compile(r"([\d.,]+)\s*(\D*)")
_SCALE: Final = rf"(?:{'|'.join(SCALES)})"
_SHARED_SCALE: Final = re.compile(rf"(?P<amount>.+?)\s(?P<scale>{_SCALE}(?:\s{_SCALE})*|trăm|chục)", re.IGNORECASE)
_SCALE_END: Final = re.compile(rf"\b{_SCALE}\Z", re.IGNORECASE)
_ROUND_END: Final = re.compile(r"\d{1,3}(?:\.000)+")
_TENS_END: Final = re.compile(r"\A\w+ mươi\b", re.IGNORECASE)
_THOUSAND: Final = ("nghìn", "ngàn")
_LEAST_WHOLE = 1000
"""So many times as great as the last of a range, before its multiplier, the first has none."""
_LEAST_TEN, _LEAST_HUNDRED = Decimal(10), Decimal(100)
_MANY_WORDS: Final = re.compile(r"\w+ [^,]*, |mười, ", re.IGNORECASE)
_ROMAN_DIGITS: Final = {"I": 1, "V": 5, "X": 10}
_ORDINAL_WORDS: Final = {"nhất": Decimal(1), "nhì": Decimal(2), "tư": Decimal(4)}
_TIMES_WORDS: Final = {"đôi": Decimal(2), "rưỡi": Decimal("1.5")}
SIGNS: Final = "-−–"
"""Marks that may be a minus."""
_SIGN: Final = re.compile(rf"[{SIGNS}]\s?|âm\s+", re.IGNORECASE)
_SIGN_STARTS: Final = f"{SIGNS}âÂ"
_SAID_TO: Final = re.compile(r"\s(?:đến|tới)\s", re.IGNORECASE)
_COMMA_GROUP: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?![\d,])")
"""Digits that a comma parts into thousands or decimals, none can tell which: ``15,000``."""
_MULTIPLIED: Final = word_set("gấp, bằng, tăng, giảm, hơn, cao, nhanh, lớn, khoảng, gần")
"""Words before ``1,125 lần``, which is a multiple and no count."""
_INDEFINITE_LEADS: Final = ("cả", "nhiều", "bạc", "tiền")
_PARTS_OF_WINDOWS: Final = ("ngày", "giờ", "tuần")
"""What makes ``2-3 ngày tới`` a length, where ``2-3`` alone is a day and its month."""
_BARE: Final = ("plain", "words")
_WHOLE_PARTED: Final = word_set("plain, range, pair, sides")
"""Shapes in which a comma may part thousands or decimals."""


def find_value(number: NumberContext, kind: Kind) -> Value:
    """Return what a number of this kind is worth."""
    shape, text = number.shape, number.text
    if "," in text and (_is_grouped_by_comma(number) or (shape == "plain" and kind is not Kind.FIGURE)):
        return None  # khoản 2,3
    if number.noun is None and shape in _BARE and kind is Kind.FIGURE and _shares_scale(number):
        return None  # từ 30 lên 50 triệu
    if shape == "plain" and text[0] not in _SIGN_STARTS:
        return parse_numeral(text)
    read = _read_multiple if shape == "words" and number.lead == "gấp" else _READERS.get(shape, parse_numeral)
    if read is None or _names_no_number(number, kind):
        return None
    sign = _SIGN.match(text) if text[0] in _SIGN_STARTS else None
    return read(text) if sign is None else _negate(shape, sign[0], text[sign.end() :], read)


def _negate(shape: str, sign: str, text: str, read: Callable[[str], Value]) -> Value:
    """Return the worth of a number behind its sign."""
    if shape == "range":
        return _read_signed_range(sign, text)
    value = read(text)
    return None if value is None or isinstance(value, tuple) else -value


def _shares_scale(number: NumberContext) -> bool:
    """Tell ``từ 30 lên 50 triệu``, where the first is millions too, from ``một triệu, hai triệu``."""
    shared = SHARED_SCALE.match(number.sentence, number.end)
    if shared is None or _SCALE_END.search(number.text):
        return False
    return not _is_whole(parse_numeral(number.text), parse_numeral(shared["last"]))


def _is_whole(first: Decimal | None, last: Decimal | None) -> bool:
    """Tell the first of ``500.000 đến 1 triệu``, which can't be millions, from that of ``30 đến 50 triệu``."""
    return first is not None and last is not None and first >= _LEAST_WHOLE * last


def _is_grouped_by_comma(number: NumberContext) -> bool:
    """Tell ``15,000 vụ``, which may be 15 or 15,000, from ``1,125 kg``: what is only counted whole has no decimals."""
    noun = number.noun
    if noun is None or noun.key in DIVISIBLE or number.shape not in _WHOLE_PARTED:
        return False
    if noun.key == "lần" and number.lead in _MULTIPLIED:
        return False
    return _COMMA_GROUP.search(number.text) is not None


def _names_no_number(number: NumberContext, kind: Kind) -> bool:
    """Tell ``ngày 15-2``, ``số nhà 45/3``, ``cả trăm`` from what names a number in the same shape."""
    match number.shape:
        case "pair" | "date":
            return kind is not Kind.FIGURE
        case "range":
            is_day = number.counts not in _PARTS_OF_WINDOWS and _is_day_month(number.text)
            return kind in (Kind.OTHER, Kind.TIME) or (kind is Kind.DATE and is_day)
        case "scale":
            return number.bare_lead in _INDEFINITE_LEADS
        case _:
            return False


def split_range(text: str) -> tuple[Decimal | None, Decimal | None]:
    """Return both ends of a range, None for an end that is no numeral. A multiplier said once holds for both.

    >>> split_range("18-20 triệu"), split_range("500 nghìn đến 1 triệu")
    ((Decimal('18000000'), Decimal('20000000')), (Decimal('500000'), Decimal('1000000')))
    """
    mark = _RANGE_MARK.search(text)
    if mark is None:
        return None, None
    first, second = text[: mark.start()], text[mark.end() :]
    if first[-1].isalpha() and not any(map(str.isdigit, first)):
        return _split_words(first, second)
    if second[:1] in ("-", "−"):
        least, most = parse_numeral(first), parse_numeral(second[1:])
        return least, None if most is None else -most
    if _ROUND_END.fullmatch(second) and first.isdigit() and int(first[:16]) < int(second.partition(".")[0]):
        return None, None  # 120 - 150.000: from 120 or from 120.000
    low, high = _AMOUNT_AND_SCALE.fullmatch(first), _AMOUNT_AND_SCALE.fullmatch(second)
    if low and high and high[2] and not low[2] and not _is_whole(parse_numeral(low[1]), parse_numeral(high[1])):
        first = f"{low[1]} {high[2]}"
    return parse_numeral(first), parse_numeral(second)


def _split_words(first: str, second: str) -> tuple[Decimal | None, Decimal | None]:
    """Return both ends of a range whose first is in words; none where nobody can tell if a multiplier holds for both.

    >>> _split_words("ba mươi", "năm mươi triệu"), _split_words("chín trăm", "một nghìn")
    ((Decimal('30000000'), Decimal('50000000')), (Decimal('900'), Decimal('1000')))
    >>> _split_words("hai", "ba mươi"), _split_words("năm trăm", "hai triệu")
    ((None, None), (None, None))
    """
    low, high = parse_numeral(first), parse_numeral(second)
    shared = _SHARED_SCALE.fullmatch(second)
    base = parse_numeral(shared["amount"]) if shared else None
    if low is None or _SCALE_END.search(first):
        return low, high
    if _TENS_END.search(second) and low < _LEAST_TEN:
        return None, None
    if shared is None or base is None:
        return low, high
    if low < base:
        return parse_numeral(f"{first} {shared['scale']}"), high
    return (low, high) if shared["scale"].lower() in _THOUSAND and low >= _LEAST_HUNDRED else (None, None)


def parse_roman(text: str) -> Decimal:
    """Return the worth of a Roman numeral below forty.

    >>> parse_roman("XIV")
    Decimal('14')
    """
    digits = [_ROMAN_DIGITS[letter] for letter in text]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return Decimal(sum(-digit if digit < following else digit for digit, following in pairs))


def _read_range(text: str) -> Value:
    """``18-20 triệu``, ``2015 đến 2017``: both ends, rising."""
    low, high = split_range(text)
    return (low, high) if low is not None and high is not None and low < high else None


def _read_signed_range(sign: str, text: str) -> Value:
    """``-3 đến 1``: both ends; none for ``-5 - 3`` and ``âm 2 đến 3``, of which nobody can say what the sign holds for.

    >>> _read_signed_range("-", "3 đến 1"), _read_signed_range("âm ", "2 đến 3")
    ((Decimal('-3'), Decimal('1')), None)
    """
    low, high = split_range(text)
    if low is None or high is None or sign[0] not in SIGNS or not _SAID_TO.search(text):
        return None
    return (-low, high) if -low < high else None


def _read_pair(text: str) -> Value:
    """``1.962/1.969``, ``2/3 số hộ``: part and whole."""
    part, whole = split_range(text)
    return (part, whole) if part is not None and whole is not None else None


def _read_fraction(text: str) -> Value:
    """``một phần ba``: part and whole, in words."""
    first, second = re.split(r"\s+phần\s+", text, flags=re.IGNORECASE)
    part, whole = parse_numeral(first), _ORDINAL_WORDS.get(second.lower()) or parse_numeral(second)
    return (part, whole) if part is not None and whole is not None else None


def _read_restated(text: str) -> Value:
    """``50 (năm mươi) triệu``: 50,000,000; none if the brackets say another number."""
    first, again, scale = re.split(r"\s?[()]\s?", text)
    return parse_numeral(f"{first} {scale}") if parse_numeral(first) == parse_numeral(again) else None


def _read_few(text: str) -> Value:
    """``hai ba người``: from two to three; ``hai ba chục``: from twenty to thirty; ``năm ba`` is some."""
    if _MANY_WORDS.match(text):
        low, high = _split_words(*text.split(", "))
    else:
        first, second, *scale = re.split(r",?\s+", text)
        low, high = (parse_numeral(" ".join([word, *scale])) for word in (first, second))
    return (low, high) if low is not None and high is not None and low < high else None


def _read_tenths(text: str) -> Value:
    """``1m65``: 1,65 m."""
    return parse_numeral(re.sub(r"m|kg", ",", text))


def _read_half_more(text: str) -> Value:
    """``một năm rưỡi``: 1,5; ``hai cây số rưỡi``: 2,5."""
    words = text.split()[:-1]
    wholes = (parse_numeral(" ".join(words[:count])) for count in range(len(words) - 1, 0, -1))
    whole = next((value for value in wholes if value is not None), None)
    return None if whole is None else whole + Decimal("0.5")


def _read_multiple(text: str) -> Value:
    """``gấp bảy rưỡi``: 7,5."""
    whole, half, _ = text.lower().partition(" rưỡi")
    value = parse_numeral(whole) if half else None
    return parse_numeral(text) if value is None or " " in whole else value + Decimal("0.5")


def _read_scale(text: str) -> Value:
    """``hơn chục``: 10."""
    return parse_numeral(f"một {text}")


def _read_season(text: str) -> Value:
    """``2012–13``: both years."""
    first = Decimal(text[:4])
    return first, first + 1


def _read_times(text: str) -> Value:
    """``gấp đôi``: 2."""
    return _TIMES_WORDS[text.lower()]


def _read_roman_range(text: str) -> Value:
    """``IX-X``: both ends, rising."""
    low, high = map(parse_roman, re.split(r"\s?[-–—]\s?", text))
    return (low, high) if low < high else None


def _read_score(text: str) -> Value:
    """``3-1``: the goals of both sides."""
    first, second = split_range(text)
    return (first, second) if first is not None and second is not None else None


def _read_ordinal_word(text: str) -> Value:
    """``thứ nhất``: 1."""
    return _ORDINAL_WORDS[text.lower()]


def _is_day_month(text: str) -> bool:
    """Tell ``15-2``, a day and its month, from ``15 - 20`` and ``15 đến 20``, two days."""
    numbers = re.findall(r"\d+", text)
    return "." in text or (len(numbers) == 2 and int(numbers[1][:16]) <= 12 and " " not in text)


_READERS: Final[dict[str, Callable[[str], Value] | None]] = {
    **dict.fromkeys(
        word_set(
            """
            document, standard, date_words, short_year, clock_round, clock, clock_half, clock_span, plate, boat,
            container, post, phone, masked_phone, account, code_dash, code, slashes, dashes, sides, spaced,
            power, unclear, misprint, date_clock, indefinite, some, coordinate, fuel, feeder, unsaid, months, outline,
            unit_tenths
            """
        )
    ),
    "range": _read_range,
    "years": _read_range,
    "season": _read_season,
    "score": _read_score,
    "times": _read_times,
    "roman_range": _read_roman_range,
    "pair": _read_pair,
    "date": _read_pair,
    "fraction": _read_fraction,
    "few": _read_few,
    "restated": _read_restated,
    "tenths": _read_tenths,
    "half_more": _read_half_more,
    "scale": _read_scale,
    "roman": parse_roman,
    "ordinal_word": _read_ordinal_word,
}
"""How each shape is read: None for one that never names a single number. A shape that is not here is a numeral."""
