"""Numbers that a scanner or a typist has broken: found whole, so that no part of one is read as the number.

A letter stands among the digits, a space parts them, a mark stands twice or between spaces. What such a number was
meant to be is for a person to say: its shape is ``misprint`` or ``spaced``, and it has no value.
"""

import re
from typing import Final

from extract.text.context import MOST_DAYS, find_text_before
from extract.text.found import Found
from extract.text.hedges import MARKS
from extract.text.leads import Lead, find_lead, may_lead
from extract.text.nouns import DIVISIBLE, MONEY, counts_known_noun, find_counted_noun
from extract.text.shapes import SPACE, WORD_SCALE
from extract.text.words import word_set

_SCANNED: Final = "OolI|"
"""Letters and marks that a scanner takes 0 and 1 for."""
_CAPITALS: Final = "SBZQG"
"""Letters that it takes 5, 8, 2, 0 and 6 for."""
_SMALL: Final = "szbqi"
"""Small letters that it takes 5, 2, 6, 9 and 1 for."""
_BEFORE: Final = frozenset(f"{_SCANNED}{_CAPITALS}{_SMALL}.,")
"""What may stand before the first digit of such a number and belong to it."""
_DIGIT: Final = rf"(?: [\d{_SCANNED}{_CAPITALS}{_SMALL}] | g (?= [.,]?\d ) )"
_END: Final = r"(?! [^\W_] | [.,]\d ) | (?= (?: k?g | k?m[23]? | [cm]m[23]? | ha | đ ) (?! \w ) )"
"""A number ends before any mark or its measure, ``2o0m``."""
_LETTER: Final = re.compile(r"[^\W\d]|\|")

_MISPRINT: Final = re.compile(
    rf"""
    (?P<date> [\dOlI]{{1,2}} / [\dOlI]{{1,2}} / [\dOlI]{{4}} (?! \w ) )                          # l4/9/1998
    | (?P<grouped>
          \d{{1,3}} (?: [ ] (?: \.[ ] )? (?= [OolI|]* \d ) [\dOolI|]{{3}} (?! \w ) )+             # 412 75O 000  4 . 1O0
        | \d{{1,2}} \s [lI] (?= \s (?: vụ | người | đối \s tượng | tên | xe | lượt ) (?! \w ) )  # 1 l vụ
        | (?= [\w|.,]{{0,24}} \d )                                                            # 10B,6  l.907  2.4OO.000
          (?: {_DIGIT}{{1,3}} (?: \.{_DIGIT}{{3}} ){{1,5}} (?: ,{_DIGIT}{{1,6}} )?
            | {_DIGIT}{{1,12}} ,{_DIGIT}{{1,6}} ) (?: {_END} ) )
    | (?P<scanned>
          (?= [\dOolI|.,]{{0,24}} \d ) [\dOolI|]{{1,12}} (?: [.,][\dOolI|]{{1,6}} ){{0,5}} (?: {_END} ) ) # 1O 1.9l2 l5
    | (?P<counted>
        (?: \d{{1,3}} (?: \.\d{{0,2}} )? [{_CAPITALS}] \d{{0,2}}                                # 5B7  2.4S1
          | \d{{1,6}} (?: [{_SMALL}]\d{{1,6}} | g\d | [sbq] ) ) (?: {_END} ) )                     # 4i2
    """,
    re.VERBOSE,
)
_MAY_BE_MISPRINT: Final = re.compile(
    rf"\d+(?:[.,/]\d+)*(?:[.,/]?[{_SCANNED}{_CAPITALS}{_SMALL}g]|\s[lI]"
    r"|(?: (?:\. )?\d{3})* (?:\. )?\d{0,2}[OolI|]\d?)"
)
_MISPRINTED_DOCUMENT: Final = re.compile(r"\s?/\s?[A-ZĐ]{2,}(?:\s?[-–/]\s?[A-ZĐ]{2,}\d{0,4}){0,4}(?!\w)")
"""What goes on a document's number: ``3l7/BC-CA``."""
_WHOLE_CODE: Final = re.compile(
    r"[OI]\d+|I+\.\d{1,2}|[1-9]\d*(?:[.,]\d+)*[Iol|]|\d+[.,]\d*[szbqi]|\d+,[SBZQG]|[2-6]G|0,0\d{1,2}S"
)
"""A code, a litre, a second or a degree, if nothing is counted after it: O2, 5l, 45o."""
_FIRST_LETTER: Final = re.compile(
    rf"""
    [{_SCANNED}i] (?= [.,]\d | \d{{1,3}}(?: ,\d | \.\d{{3}} ) )
    | [{_CAPITALS}sbq] (?= \d{{0,3}}\.\d{{3}} | \d{{1,3}},\d | ,\d{{1,3}} \s?
        (?: % | (?: k?g | gam | miligam | k?m | ha | tấn | tạ | điểm | lần | triệu | t[ỷỉ] ) (?! \w ) ) )
    """,
    re.VERBOSE,
)
"""A letter instead of a number's first digit: ``l.907``, ``O,9``."""
SCALES: Final = re.compile(rf"(?:{WORD_SCALE})+", re.VERBOSE)
_CELL_END: Final = re.compile(r" ?[\t|]")
_LIQUIDS: Final = word_set(
    """
    xăng, dầu, rượu, bia, nước, sữa, mật, axit, cồn, sơn, nhớt, mắm, hóa-chất, hoá-chất, dung-dịch, nhiên-liệu, giấm,
    máu, dầu-ăn, nước-mắm, xăng-dầu
    """
)
"""What ``5l`` of are litres."""
_CAPITAL_FIRST: Final = re.compile(
    rf"[{_CAPITALS}]\d{{1,2}}(?=\s(?:vụ|người|đối\stượng|tên|lượt|hộ|kg|viên|khẩu|đồng|trường\shợp)(?!\w))"
)

_PARTED: Final = re.compile(
    rf"""
    (?: (?P<rest> [1-9]\d{{0,2}} (?: \.\d{{3}} )+ {SPACE}\d{{3}} (?: ,\d+ )? )          # 1.150 000 đồng
      | (?P<grouped> [1-9]\d{{0,2}} {SPACE}\d{{1,3}} (?: \.\d{{3}} )+ (?: ,\d+ )? )     # 271 350.000 đồng
      | (?P<cut> \d{{1,3}} (?: \.\d{{3}} )* \. (?: \d {SPACE} \d\d | \d\d {SPACE} \d )
          (?: \.\d{{3}} )* )                                                            # 2.31 6 hộ
      | (?P<counted> \d{{1,3}} (?: {SPACE}\d{{1,2}} ){{1,2}} ) )                        # bắt 3 1 tên
    (?! \d | {SPACE}?[.,:/–-]{SPACE}?\d | {SPACE}\d )
    """,
    re.VERBOSE,
)
_ALONE: Final = re.compile(
    rf"""
    (?: (?<= \( ) | (?<= \t ) | (?<= \|[ ] ) )
    (?: \d{{1,2}} (?: {SPACE}\d{{1,3}} ){{1,3}}
      | \d{{1,3}} (?: \.\d{{3}} )* (?: {SPACE},{SPACE}? | ,{SPACE} ) \d{{1,3}} ) (?= \) | \t | [ ]\| | \s* \Z )
    | [1-9] (?: {SPACE}\d ){{2}} (?= [,;:)] | \. (?: \s | \Z ) )
    """,
    re.VERBOSE,
)
"""``(2 0 3)``, ``| 96, 12 |``: a number alone in brackets or in its cell, and one that stands digit by digit."""
_ALONE_AFTER: Final = re.compile(r"\)|\t| \||/[^\W\d]")
_DECIMAL: Final = re.compile(
    rf"""
    \d{{1,3}} (?: \.\d{{3}} )* (?: (?P<glued> {SPACE}[.,](?=\d) ) | (?P<apart> {SPACE},{SPACE} ) | ,{SPACE} )
    \d{{1,3}}
    (?! \d | {SPACE}?[.,/–-]\d | \s?,\s\d | \s(?:và|-|–|đến|hoặc)\s\d )
    """,
    re.VERBOSE,
)
_LISTED: Final = re.compile(r"\d\s?[,;]\s\Z")
_NO_NAMES: Final = ("bình quân", "tổng cộng", "biên bản")
"""Words before a number that their last syllable would make a name or a document."""
_PARTS: Final = DIVISIBLE | MONEY | {"lần"}
"""What is measured in parts."""
_TIMED: Final = word_set(
    "ngày, đêm, sáng, trưa, chiều, tối, hôm, lúc, hồi, phút, giờ, tháng, năm, lượt, thứ, số, loại, các"
)
"""Words before a number that another may stand beside: ``lúc 9.30 15 người``, ``lần lượt 5, 3 kg``."""


def find_misprint(sentence: str, at: int, floor: int) -> Found | None:
    """Return the number with the digit at `at` if letters stand among its digits, as scanned: ``1O vụ``, ``l5``.

    >>> find_misprint("bắt 1O vụ", 4, 0), find_misprint("bắt l.907 vụ", 6, 0), find_misprint("mua 5l xăng", 4, 0)
    ((4, 6, 'misprint'), (4, 9, 'misprint'), None)
    """
    before = sentence[at - 1 : at]
    start = _find_start(sentence, at, floor) if before in _BEFORE else at
    if start == at and not _MAY_BE_MISPRINT.match(sentence, at):
        return _find_capital(sentence, at) if before and before in _CAPITALS else None
    match = None if start and sentence[start - 1].isalnum() else _MISPRINT.match(sentence, start)
    text = match.group() if match is not None else ""
    if match is None or not _LETTER.search(text):
        return None
    end = match.end()
    if match["date"]:
        return start, end, "date"
    if document := _MISPRINTED_DOCUMENT.match(sentence, end):
        return start, document.end(), "document"
    scales = SCALES.match(sentence, end)
    if scales is not None:
        return start, scales.end(), "misprint"
    if match["counted"]:
        broken = _find_lead(find_text_before(sentence, start).split()) is None and counts_known_noun(sentence, end)
    else:
        broken = not _WHOLE_CODE.fullmatch(text) or _counts(sentence, end, text)
    return (start, end, "misprint") if broken else None


def _counts(sentence: str, end: int, text: str) -> bool:
    """Tell ``20l vụ``, cases that a scanner made litres, from ``20l xăng``; what is counted stands at `end`."""
    noun = find_counted_noun(sentence, end)
    if noun is None:
        return text[-2:-1] == "," and _CELL_END.match(sentence, end) is not None
    return text[-1] in "I|" or (noun.known and not (text[-1] == "l" and noun.key in _LIQUIDS))


def _find_start(sentence: str, at: int, floor: int) -> int:
    """Return where a number begins of which letters may stand before its first digit at `at`: ``l5``, ``O,9``."""
    start = at
    while start > floor:
        if sentence[start - 1] in _SCANNED or _FIRST_LETTER.match(sentence, start - 1):
            start -= 1
        elif start - 1 > floor and sentence[start - 1] in ".," and _FIRST_LETTER.match(sentence, start - 2):
            start -= 2
        else:
            break
    return start


def _find_capital(sentence: str, at: int) -> Found | None:
    """Return the number that a capital begins, as scanned: ``tăng S6 khẩu``, but not ``hạng B2 người``."""
    match = _CAPITAL_FIRST.match(sentence, at - 1) if at else None
    if match is None or (at > 1 and not sentence[at - 2].isspace()):
        return None
    lead = find_text_before(sentence, at - 1).split()[-1:]
    counts = lead and lead[0].islower() and not may_lead(lead[0])
    return (at - 1, match.end(), "misprint") if counts else None


def find_parted(sentence: str, at: int) -> Found | None:
    """Return the number with the digit at `at` if a space parts its digits: ``bắt 3 1 tên``, ``1.150 000 đồng``.

    >>> find_parted("bắt 3 1 tên", 4), find_parted("quận 3 12 hộ", 5), find_parted("thu 92, 4 kg", 4)
    ((4, 7, 'spaced'), None, (4, 9, 'spaced'))
    """
    alone = _ALONE.match(sentence, at)
    if alone is not None:
        return at, alone.end(), "spaced"
    match = _PARTED.match(sentence, at)
    if match is None:
        return _find_decimal(sentence, at)
    named = not match["rest"] and not match["cut"] and _is_named(sentence, at)
    end = match.end()
    timed = match["counted"] or (match["cut"] and int(sentence[at:end].partition(".")[0]) <= MOST_DAYS)
    if named or (timed and _is_timed(sentence, at)):
        return None
    noun = find_counted_noun(sentence, end)
    if match["counted"]:
        broken = noun is not None and noun.known
    else:
        broken = noun is not None or _ALONE_AFTER.match(sentence, end) is not None
    return (at, end, "spaced") if broken else None


def _find_decimal(sentence: str, at: int) -> Found | None:
    """Return the number with the digit at `at` if a space stands beside its decimal mark: ``92 ,5``, ``4, 5 kg``."""
    match = _DECIMAL.match(sentence, at)
    if match is None or _LISTED.search(sentence, max(0, at - 4), at):
        return None
    noun = find_counted_noun(sentence, match.end())
    zero = match[0].startswith("0") and not sentence.startswith("điểm ", max(0, at - 5))
    if not zero and (_is_named(sentence, at) or _is_timed(sentence, at)):
        return None
    parts = noun is not None and (noun.key in _PARTS or "/" in noun.text)
    scales = SCALES.match(sentence, match.end())  # 21, 5 tỷ
    broken = match["glued"] or parts or (match["apart"] and noun is not None and noun.known) or zero or scales
    return (at, scales.end() if scales else match.end(), "spaced") if broken else None


def _is_named(sentence: str, at: int) -> bool:
    """Tell ``quận 3 12 hộ``, a name and a count."""
    words = find_text_before(sentence, at).split()
    if not words or words[-1][-1] in ":,;":
        return False
    return _find_lead(words) is not None or (len(words) > 1 and words[-1].istitle())


def _find_lead(words: list[str]) -> Lead | None:
    """Return the rule for the `words` before a number, which make it a name, a date or a document."""
    return None if " ".join(words[-2:]).lower() in _NO_NAMES else find_lead([word.lower() for word in words])


def _is_timed(sentence: str, at: int) -> bool:
    """Tell ``lúc 9.30 15 người``, a time and a count."""
    words = find_text_before(sentence, at).lower().split()
    return not words or words[-1].lstrip(MARKS) in _TIMED
