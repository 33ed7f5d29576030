r"""What a number looks like where it begins: the shapes of digits, number words and Roman numerals.

Each shape is a named pattern of a table. They are tried in the table's order where a number begins. The first that fits
gives the mention's text; rules.py decides what it means there. To add a shape, add a row.

Of the shapes of digits, only those are tried that allow the mark or letter that follows the first digits.
"""

import re
from functools import cache
from typing import Final, NamedTuple

_SCALE: Final = r"""
    (?: \s{0,2} (?i: chục | trăm | nghìn | ngàn | vạn
        | triệu (?! \s tập )                                                     # but not triệu tập
        | t[ỷỉ] (?! \s (?: lệ | trọng | giá | suất | phú | số ) \b ) ) (?! \w ) )   # nor tỷ lệ
"""
_NUMBER: Final = r"(?> \d+ (?: [.,]{1,2}\d+ )* )"  # 72  1.969  5.825,41, and what breaks the rules: 1.23.456
_SPEECH_END: Final = r"""
    (?= \s* (?: [.,;:)!?…”"/] | \Z ) | \s (?i: đồng | một | mỗi | thôi | rồi | nhé | tiền | là | và | thì ) (?! \w ) )
"""
_TENTH: Final = rf"""
    (?: \s (?: (?i: mốt | hai | ba | tư | bốn | lăm | năm | sáu | b[ảẩ]y | tám | chín ) (?! \w )
              | [1-9] (?! [\w.,]*\d ) )
        {_SPEECH_END} )
"""
"""What ends a sum as it is said: ``một triệu hai``, ``1 tỷ 3``."""
_DASH: Final = r"(?: [^\S\t]?[-–—~][^\S\t]? )"  # a tab parts the columns of a table
_TO: Final = r"(?: \s+ (?i: đến | tới ) \s+ )"
_DAY: Final = r"(?: 0?[1-9] | [12]\d | 3[01] )"
_MONTH: Final = r"(?: 0?[1-9] | 1[0-2] )"
_YEAR: Final = r"(?: (?: 19 | 20 )\d\d (?! \d | [.,]\d ) )"
_MONTH_NAME: Final = rf"""
    (?: {_MONTH} (?! \d | [.,/-]\d )
      | (?i: giêng | chạp | mười \s (?: một | hai ) | một | hai | ba | tư
           | năm (?! \s (?: \d | nay | ngoái | qua | trước ) ) | sáu | bảy | tám | chín | mười ) (?! \w ) )
"""
_STEM: Final = "Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý"
"""The first word of a year's name: ``năm Ất Tỵ``."""
_FULL_DATE: Final = rf"""
    (?: {_DAY} (?: \s?/\s?{_MONTH}\s?/\s? | \.{_MONTH}\. | \s?-\s?{_MONTH}\s?-\s? )
        (?: {_YEAR} | \d\d (?! \d | [.,]\d ) ) )
"""
_DAY_MONTH: Final = rf"(?: {_DAY}\s?/\s?{_MONTH} (?! \d | [.,/]\d | \s?/\s?\d ) )"
_MONTH_YEAR: Final = rf"(?: {_MONTH} (?: \s?/\s? | [.-] ) {_YEAR} )"
_DATE: Final = rf"(?: {_FULL_DATE} | {_MONTH_YEAR} | {_DAY_MONTH} )"
_CLOCK: Final = r"""
    (?: [0-2]?\d
        (?: \s?h\s?[0-5]\d (?! \d ) (?: \s?(?: phút | p (?! \w ) | ['’′] ) )?   # 13h15  20h 05'
          | \s?(?i: giờ )\s?[0-5]?\d (?! \d | [.,]\d ) \s?(?: phút | ['’′] )    # 20 giờ 15 phút
          | \s?(?i: giờ )\s?[0-5]\d (?! \d | [./,]\d | \s (?: người | vụ | xe | đối | kg | trường ) (?! \w ) | % )
          | g[0-5]\d (?! \d )                                                  # 13g15
          | g (?= \s (?: ngày \s \d{1,2} \s? [-/.] | cùng \s ngày | sáng | trưa | chiều | tối | đêm | hôm ) )  # 17g
          | H (?= \s (?: sáng | trưa | chiều | tối | đêm | ngày | hôm | hằng | hàng | cùng | đến ) (?! \w ) )  # 6H sáng
          | h (?! [\w/] ) (?: \s kém \s \d{1,2} (?! \d ) )?                                                      # 23h
          | :[0-5]\d (?: :[0-5]\d )? (?! \d ) ) )                              # 00:00
"""
_ACRONYM: Final = r"[A-ZĐƯ][A-Za-zĐđƯư]{0,9}\d{0,4}"

_ONE_TO_NINE: Final = r"(?: một | hai | ba | bốn | năm | sáu | b[ảẩ]y | tám | chín )"
_ONES: Final = r"(?: mốt | hai | ba | tư | bốn | lăm | nhăm | sáu | b[ảẩ]y | tám | chín )"
_TENS: Final = rf"""
    (?: mười (?: \s (?: một | hai | ba | bốn | lăm | sáu | b[ảẩ]y | tám | chín ) (?! \w ) )?   # mười năm is ten years
      | {_ONE_TO_NINE} \s (?: mươi (?: \s {_ONES} (?! \w ) )? | chục | lăm | nhăm | mốt )
      | (?: hai | ba | bốn | sáu | b[ảẩ]y | tám | chín ) \s tư
        (?! \s (?: nhân | thương | liệu | vấn | lệnh | gia | bản | cách | tưởng | pháp | thế | duy | thục | trang | tế
                | lợi | thù | hữu ) (?! \w ) )
      | hăm \s {_ONES} (?! \w ) )
"""
_LONE_ONES: Final = r"(?: mốt | hai | ba | tư | bốn | lăm | sáu | b[ảẩ]y | tám | chín )"
_ALONE: Final = r"(?! \w | \s (?: mươi | chục | trăm | ngh?ìn | ngàn | vạn | triệu | t[ỷỉ] | phần ) (?! \w ) )"
"""After ones that stand for hundreds or tenths: ``nghìn tư``, but ``nghìn tư nghìn`` is none."""
_OF_PEOPLE: Final = rf"\s {_LONE_ONES} (?= \s (?: người | hộ | dân | lượt | khách ) (?! \w ) )"
_DECIMAL: Final = rf"(?: không | {_ONES} | một (?= \s (?: không | {_ONES} | một | phần ) (?! \w ) ) )"
"""A further digit of a spoken decimal: of ``chín phẩy chín một con`` the last word is none."""
_HUNDREDS: Final = rf"""
    (?: (?: {_ONE_TO_NINE} | không ) \s trăm
        (?: \s (?: (?: linh | lẻ ) \s (?: {_ONE_TO_NINE} | tư ) | {_TENS} ) )? )
"""
WORD_SCALE: Final = r"""
    (?: \s (?: nghìn | ngàn | vạn | triệu (?! \s tập ) | t[ỷỉ] (?! \s (?: lệ | trọng | giá | suất | phú ) \b ) )
        (?! \w ) )
"""
"""A multiplier after a number: ``triệu``, but neither ``triệu tập`` nor ``tỷ lệ``."""
SPACE: Final = r"[ \u00a0\u2002-\u200a\u202f\u205f\u3000]"
"""What may stand between groups of digits instead of a full stop; a tab parts the columns of a table."""
_GAP: Final = r"[ \u00a0.–-]"
"""What may stand between the groups of a telephone number; a tab parts the columns of a table."""
_SEASON: Final = "|".join(f"{year:02}[-–/]{(year + 1) % 100:02}" for year in range(100))
_APOSTROPHE: Final = r"['’‘ʼ′´`·_]"


def _not_after(words: str) -> str:
    """Return the pattern of a place before which none of some words stands."""
    return " ".join(rf"(?<! {word}\s )" for word in words.split())


class Shape(NamedTuple):
    """What a number may look like."""

    follows: str
    """The marks and letters that may stand after its first digits, white space or none between; ``0`` for any digit."""
    pattern: str


_LETTERS: Final = "".join(map(chr, range(ord("a"), ord("z") + 1)))
_CAPITALS: Final = _LETTERS.upper() + "Đ"
_DASHES: Final = "-–—~"
_TO_STARTS: Final = "đtĐT"
_SCALE_STARTS: Final = "ctnvCTNV"
_ANY_DIGIT: Final = "0"

SHAPES: Final = {
    # 2017-06-27 15:26
    "date_clock": Shape(
        "-/.",
        r"""
        (?: 19 | 20 )\d\d (?P<mark> [-/.] ) \d\d? (?P=mark) \d\d? (?! \d | [-/.]\d )
            (?: (?: T | ,?\s ) \d\d? : \d\d (?: :\d\d )? (?! \d ) )?
        """,
    ),
    # 471/E12  373/E5.2: a feeder of the power grid
    "feeder": Shape("/E", r"\d{3} /? E\d{1,2} (?: \.\d{1,2} )? (?! \w )"),
    # 168/2024/NĐ-CP  2909/CTr-UBND  64/KHLN  358/KH-BCĐ389
    "document": Shape(
        _LETTERS + _CAPITALS + "-–/.",
        rf"""
        \d[\d.]{{0,7}}[a-zA-ZĐ]? (?: \s?/\s?(?: 19 | 20 )\d\d )? \s?/\s?{_ACRONYM}
            (?: [-–/.&]{_ACRONYM} | \s?[-–]\s?[A-ZĐ]{{2,}} ){{0,5}} (?! [^\W\d_] )
        | \d{{1,6}} \s?[-–]\s? {_ACRONYM} / {_ACRONYM} (?: [-/]{_ACRONYM} ){{0,3}}    # 17-CTr/TU
        """,
    ),
    # QCVN 12-MT:2015/BTNMT  ISO 9001:2015
    "standard": Shape(
        "-–:", r"\d{1,5} (?: [-–]\d{1,3} )? (?: [-–][A-ZĐ]{1,3} )? : (?: 19 | 20 )\d\d (?! \d ) (?: /[A-ZĐ]{2,8} )?"
    ),
    # 24/24h  24/7: round the clock
    "clock_round": Shape(
        "/", r"24 \s?/\s? (?: 24 | 7 ) (?! \d ) (?: \s?h (?! \w ) | \s giờ (?! \w ) )? | 7/7 (?! [\d/] )"
    ),
    # 29 tháng Chạp  20 tháng 5 năm 2021  5 đến 10 tháng 3
    "date_words": Shape(
        _DASHES + _TO_STARTS,
        rf"""
        (?: {_DAY} (?: {_DASH} | {_TO} ) )? {_DAY} \s+ (?i: tháng ) \s+ {_MONTH_NAME}
        (?: ,? \s+ (?i: năm ) \s+ {_YEAR} | [/.-]{_YEAR} )?
        (?! \s (?: ngày | năm (?! \s (?: {_STEM} | nay | ngoái ) \b ) | giờ | tuần | tháng | lần ) \b | \s? % )""",
    ),
    # 12/7/1946 – 12/7/2022  26/1 - 1/2  15 đến 20/5  từ 5 đến 7-9
    "date": Shape(
        _DASHES + _TO_STARTS + "/.",
        rf"""
        (?: {_DAY} (?: {_DASH} | {_TO} ) )? {_DATE} (?: (?: {_DASH} | {_TO} ) {_DATE} )?
        | (?: (?<= từ\s ) | (?<= ngày\s ) ) {_DAY} {_TO} {_DAY} [-–] {_MONTH} (?! \d | [.,/-]\d )
        """,
    ),
    # 2012–13: a season, if the second year follows the first
    "season": Shape("-–/", rf"(?: 19 | 20 ) (?: {_SEASON} ) (?! \d | [-–/.,]\d )"),
    # 2015-2020  2015 đến 2017  2021/2022
    "years": Shape(_DASHES + _TO_STARTS + "/", rf"{_YEAR} (?: {_DASH} | {_TO} | \s?/\s? ) {_YEAR}"),
    # 13h15  20 giờ15 phút  7h30 - 9h  00:00
    "clock": Shape("hHgG:", rf"{_CLOCK} (?: (?: {_DASH} | {_TO} ) {_CLOCK} )?"),
    # 16-19h30  15 - 22H
    "clock_span": Shape(
        _DASHES + _TO_STARTS,
        rf"""
        (?<! ngày\s ) (?: [01]?\d | 2[0-4] ) (?: {_DASH} | {_TO} ) (?: [01]?\d | 2[0-4] )
            (?: h [0-5]\d (?! \d ) | H (?! \w ) )
        """,
    ),
    # QNg 95678 TS: a fishing boat
    "boat": Shape("-T", r"\d{4,5} \s?-?\s? TS (?! \w )"),
    # TGHU 345812-7: a container and its check digit
    "container": Shape("-–", r"(?<= [A-Z][A-Z][A-Z][A-Z]\s ) \d{6} \s?[-–]\s? \d (?! \w )"),
    # 37C - 062.02  29A1-123.45  36H 1234
    "plate": Shape(
        _CAPITALS + "-–",
        r"""
        \d\d (?: [A-ZĐ]{1,2}\d? | [-–][A-ZĐ]\d ) \s?[-–.]?\s?
            (?: \d{3}\.(?: \d\d | [xX*]{2} ) | \d{4,5} | [xX*]{3}\.\d\d ) (?! \d )
        """,
    ),
    # Km 81 + 200
    "post": Shape("+", r"\d{1,4} [^\S\t]?\+[^\S\t]? \d{1,4} (?! [\d.,]\d | \s? % )"),
    # 0912.345.xxx  +84 28 7300 xxxx: a telephone number with digits struck out
    "masked_phone": Shape(
        _ANY_DIGIT + "-–.xX*)",
        r"""
        (?= \d [\d.\s-]{0,15} [xX*]{2} ) (?: 0\d{0,4} | 1[89]00 | (?<= \+ ) 84 )
            (?: [.\s-]? (?: \d{1,4} | [xX*]{2,6} ) ){1,5} (?! \w )
        | (?= \d{3,4}\) [\d.\s]{3,9} [xX*]{2} ) 0\d{2,3}\) (?: [.\s]? (?: \d{1,4} | [xX*]{2,4} ) ){2,4} (?! \w )
        """,
    ),
    # 069.2342.431  0912 345 678  0868 22 11 33  0912345678  (0256) 3.555.777  +84 912 345 678  1900 1234
    "phone": Shape(
        _ANY_DIGIT + "-–.)",
        rf"""
        (?: 0\d{{1,4}} (?: {_GAP}\d{{3,4}} ){{2}} | 0\d{{2,4}} (?: {_GAP}\d{{2,4}} ){{2,4}}
          | 0\d{{2,4}} {_GAP} \d{{6,8}} | 0\d{{8,10}}
          | 0\d{{2,4}}\) {_GAP}{{0,2}} (?: \d{{6,8}} | \d{{1,4}} (?: {_GAP}\d{{2,4}} ){{1,3}} )
          | (?<= \+ ) 84 {_GAP}? \d{{2,3}} (?: {_GAP}?\d{{3,4}} ){{2}}
          | (?= 0 (?: {_GAP}{{0,3}}\d ){{9,10}} (?! \d | [.\s]\d ) ) 0\d{{1,4}} (?: {_GAP}{{1,3}} \d{{1,8}} ){{1,6}}
          | (?<= \+ ) (?= \d (?: {_GAP}{{0,2}}\d ){{8,12}} (?! \d ) ) \d{{1,3}} (?: {_GAP}{{0,2}} \d{{1,8}} ){{1,6}}
          | 0\d{{2,3}}\) {_GAP}{{0,2}} \d (?: {_GAP}?\d ){{6,7}}
          | (?= \d (?: [. \u00a0]?\d ){{7,9}} (?! \d ) ) 1[89]00 (?: [. \u00a0]? \d{{1,6}} ){{1,3}} ) (?! \d | [.,]\d )
        """,
    ),
    # 1903 6677 2210: an account or a card
    "account": Shape(
        _ANY_DIGIT,
        r"""
        \d{4} (?: [ \u00a0]\d{4} ){2,4} (?: [ \u00a0]\d{1,3} )? (?! [\d.,]\d | \w )
        | (?: (?<= khoản\s ) | (?<= khoản:\s ) | (?<= khoản\ssố\s )
            | (?<= STK\s ) | (?<= STK:\s ) | (?<= TK\s ) | (?<= TK:\s ) )
          \d{3,6} (?: [ \u00a0.]\d{2,6} ){1,4} (?! [\d.,]\d | \w )
        """,
    ),
    # 19°20'N  09⁰12' 45"
    "coordinate": Shape(
        "°º⁰",
        r"""\d{1,3} [°º⁰] \s? \d{1,2} (?: [.,]\d+ )? \s? ['’′] (?: \s? \d{1,2} (?: [.,]\d+ )? \s? ["”″] )?""",
    ),
    # 0,05S-II: a sort of fuel
    "fuel": Shape(",", r"0,0\d{1,2}S (?: -[IV]+ )? (?! \w )"),
    # 6T/2023  9T đầu năm: months
    "months": Shape("T", r"\d{1,2}T (?: [/.]? (?: 19 | 20 )\d\d (?! \d ) | (?= \s đầu \s năm ) )"),
    # 7 rưỡi sáng
    "clock_half": Shape("r", r"\d{1,2} \s rưỡi (?= \s (?: sáng | trưa | chiều | tối | đêm ) (?! \w ) )"),
    # 18tr: millions in shorthand; 120k, thousands or a name, and 2tr5 are refused
    "shorthand": Shape("tk,.", r"\d+ (?: (?: [.,]\d+ )* (?: tr | k ) \d{0,3} | (?: [.,]\d+ )+ K ) (?! \w )"),
    # 1 tỷ 950: millions that are not said; 1tỷ500  2-3tr  2 rưỡi
    "unsaid": Shape(
        _SCALE_STARTS + _DASHES + _TO_STARTS + ".,r",
        rf"""
        {_NUMBER} \s? (?i: triệu | t[ỷỉ] ) (?: \s \d{{2,3}} (?! [\w.,]*\d ) {_SPEECH_END} | \d+ {_SCALE}{{0,2}} )
        | {_NUMBER} (?: {_DASH} | {_TO} ) {_NUMBER} (?: tr | k ) (?! \w )
        | \d{{1,3}} \s rưỡi (?! \w )
        """,
    ),
    # 50 (năm mươi) triệu: said again before its multiplier
    "restated": Shape(
        "(.,",
        rf"""
        {_NUMBER} \s? \( \s? (?: \d+ | (?i: {_HUNDREDS} | {_TENS} | {_ONE_TO_NINE} ) ) \s? \)
            {_SCALE}{{1,3}} (?: \s {_NUMBER} {_SCALE}{{1,2}} ){{0,2}}
        """,
    ),
    # 107-T  107 - T
    "code_dash": Shape("-–", r"\d+ (?: [-–][A-ZĐ]{1,3}\d* | \s[-–]\s[A-ZĐ] ) (?! \w )"),
    # 4D  12A1  30a  5G, but 28KG and 5M are measures; chuyên án 325H, bí số 725G
    "code": Shape(
        _CAPITALS + "abci",
        r"""
        (?: (?<= [áÁ]n\s ) | (?<= số\s ) | (?<= \d[A-ZĐ],\s ) ) \d{2,4} [A-ZĐ] (?! \w )
        | \d+ (?: [A-ZĐ][A-Za-zĐđ]{0,3}\d+ [A-Za-z\d]* | [ABCDEFKNPQRSTUXYZabci] (?! \w ) ) | [2-6]G (?! \w )
        """,
    ),
    # 978-604-123-4: a book's number
    "dashes": Shape("-–", r"\d+ (?: [-–]\d+ ){2,}"),
    # 10/20/30
    "slashes": Shape("/", r"\d+ (?: /\d+ ){2,}"),
    # 18 triệu đến 20 triệu  100.000 - 120.000  18-20 triệu  5 đến 7
    "range": Shape(
        _DASHES + _TO_STARTS + _SCALE_STARTS + ".,",
        rf"""
        {_NUMBER} {_SCALE}{{0,3}} (?: {_DASH} | {_TO} [-−]? )
        {_NUMBER} (?! [/:]\d | \s (?i: tháng ) \s \d | h\d ) {_SCALE}{{0,3}}
        """,
    ),
    # 1.962/1.969
    "pair": Shape("/.,", rf"{_NUMBER} \s?/\s? {_NUMBER} (?! /\d ) {_SCALE}{{0,2}}"),
    # 1m65  2kg5: the figures after the unit are tenths; but 120m2 is an area, unless somebody is so tall
    "tenths": Shape(
        "mk",
        r"""
        \d{1,3} (?: m (?: \d\d | [14-9] ) | kg \d{1,2} ) (?! \w | [.,/]\d )
        | (?: (?<= cao\s ) | (?<= [tT]rẻ\sdưới\s ) | (?<= [tT]rẻ\strên\s ) | (?<= em\sdưới\s ) ) \d m [23] (?! \w )
        """,
    ),
    # 10^5  10²  1,2 x 10^6  5 ± 0,5
    "power": Shape(
        "^⁰¹²³⁴⁵⁶⁷⁸⁹x×±.,",
        rf"""
        {_NUMBER} (?: [^\S\t]?[x×][^\S\t]? 10 )? (?: \^ [-−]?\d+ | [⁰¹²³⁴-⁹]+ (?! \w ) ) | {_NUMBER} \s?±\s? {_NUMBER}
        """,
    ),
    # 20x30
    "sides": Shape("x×.,", rf"{_NUMBER} (?: [^\S\t]?[x×][^\S\t]? {_NUMBER} )+"),
    # 21, 218 tỷ: a space slipped in after the decimal mark
    "typo": Shape(",", rf"\d{{1,3}} ,\s \d{{3}} (?= \s? (?: tỷ | tỉ | triệu ) ) {_SCALE}"),
    # 1 200 000  816 000  1'450'000  1.250. 000: grouped by what no rule reads
    "spaced": Shape(
        _ANY_DIGIT + ".,'’‘ʼ′´`·_",
        rf"""
        (?: [1-9]\d{{0,2}} (?: {SPACE}{{1,2}}\d{{3}} (?! \d ) )+ (?! {SPACE}{{1,2}}\d | [./-]\d )
          | \d{{1,3}} (?: \.\d{{3}} )* (?: {_APOSTROPHE}\d{{3}} (?! \d ) )+ (?: \.\d{{3}} (?! \d ) )*
          | (?! ^ \d\d? \.\s 100 \s?% )                                                  # 1. 100% thôn
            [1-9]\d{{0,2}} (?: \.\d{{3}} )* (?: \s?\.\s \d{{3}} | \s\.\d{{3}} ) (?: \s?\.\s?\d{{3}} )* (?! \d )
          | \d (?: [ ]\d ){{2,40}} (?! \d ) (?= \s [a-zđ] | \s? % )                         # 2 1 5 tin
          | (?: \d [ ] ){{2}} \d{{1,3}} (?: \.\d{{3}} )+ (?! \d ) (?= \s [a-zđ] )               # 1 9 8.442 hộ
          | \d{{1,3}} \s,\s? \d{{1,2}}                                                           # 92 , 4 %
            (?= \s? % | \s (?: kg | ha | k?m[23]? | [cm]m | mét | tấn | tạ | lít | triệu | t[ỷỉ] ) (?! \w ) )
          | \d{{1,3}} \s,\s? (?: \d{{3}} (?= \s (?: nghìn | ngàn | triệu | t[ỷỉ] ) (?! \w ) )      # 5 , 018 tỷ
              | \d{{1,2}} (?= \s (?: nghìn | ngàn ) \s t[ỷỉ] (?! \w ) ) )
          | (?: (?<= đạt\s ) | (?<= lệ\s ) | (?<= chiếm\s ) | (?<= tăng\s ) | (?<= giảm\s ) )
            \d{{1,3}} ,\s \d{{1,2}} (?= \s? % ) )                                            # đạt 92, 4%
        (?: ,\d+ )? {_SCALE}{{0,2}}
        """,
    ),
    # 160 mấy triệu
    "some": Shape("m", rf"\d+ \s mấy (?! \w ) (?: \s mươi (?! \w ) )? {_SCALE}{{0,2}}"),
    # 3 phẩy 5
    "spoken": Shape("p", rf"\d+ \s ph[ẩả]y \s \d+ (?! \w | [.,]\d ) {_SCALE}{{0,2}}"),
    # 9 phần mười, but 9 phần trăm is per cent
    "fraction": Shape(
        "p",
        r"""
        \d{1,2} \s phần \s (?: ba | tư | bốn | năm (?! \s \d ) | sáu | b[ảẩ]y | tám | chín | mười
            | (?: [2-9] | 10 ) (?= \s? (?: [.;)?!…] | ,\s | \Z )
                | \s (?: số | tổng | dân | diện | quãng | của | thu ) \s ) )
        (?! \w )
        """,
    ),
    # ½  2½
    "vulgar": Shape("½¼¾⅓⅔", r"\d{0,3} [½¼¾⅓⅔]"),
    # 3,1 tỷ  1 tỷ 200 triệu  2 triệu rưỡi  1 triệu 2
    "scaled": Shape(
        _SCALE_STARTS + ".,",
        rf"""
        {_NUMBER} {_SCALE}{{1,3}} (?: \s {_NUMBER} {_SCALE}{{1,2}} ){{0,2}}
        (?: (?<= [uUỷỉỶỈnN] ) \s (?i: {_HUNDREDS} | {_TENS} | {_ONE_TO_NINE} (?= {WORD_SCALE} ) ) (?! \w )
            {WORD_SCALE}{{1,2}}                                               # 1 tỷ hai trăm triệu  1 nghìn ba trăm
          | (?<= [nN] ) \s (?i: {_HUNDREDS} ) (?! \w ) )?
        (?: \s (?i: rưỡi ) (?! \w ) | (?<= [uUỷỉỶỈ] ) (?: {_TENTH} | {_OF_PEOPLE} )
          | (?<= [mMnN] ) \s (?i: {_LONE_ONES} ) {_ALONE} )?                           # 5 trăm tư  3 nghìn hai
        """,
    ),
    # 72  1.969  0,9
    "plain": Shape("", _NUMBER),
}
"""The shapes of numbers in digits, the more telling first."""


@cache  # many marks allow the same shapes
def _compile(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the first of some shapes that fits."""
    return re.compile("|".join(f"(?P<{name}>{SHAPES[name].pattern}\n)" for name in names), re.VERBOSE)


@cache  # when a text has the mark: all at once would double the time of the first import
def _find_shapes_before(mark: str) -> re.Pattern[str]:
    """Return what finds the first shape that fits, of those that allow a mark after their first digits."""
    return _compile(tuple(name for name, shape in SHAPES.items() if mark in shape.follows or name == "plain"))


EVERY_SHAPE: Final = _compile(tuple(SHAPES))
_MARKS: Final = frozenset("".join(shape.follows for shape in SHAPES.values()))
_FIRST_DIGITS: Final = re.compile(r"(\d{1,5})(?!\d)(?:(?P<stop>[.,](?=\s+[^\d\s/]|\s*\Z))|\s*)")
"""Five at most: more of them may hold a telephone number whole."""


def find_shape(sentence: str, at: int) -> tuple[int, str]:
    """Return where the number with the digit at `at` ends, and the name of its shape: the first of SHAPES that fits.

    >>> find_shape("Thu 28 kg", 4), find_shape("Ngày 7/2 có 3 vụ", 5)
    ((6, 'plain'), (8, 'date'))
    """
    shapes = EVERY_SHAPE
    first = _FIRST_DIGITS.match(sentence, at)
    if first is not None:
        mark = sentence[first.end() : first.end() + 1]
        mark = _ANY_DIGIT if mark.isdecimal() else mark
        if first["stop"] or mark not in _MARKS:
            return first.end(1), "plain"
        shapes = _find_shapes_before(mark)
    match = shapes.match(sentence, at)
    assert match is not None, "the last shape takes any digit"
    return match.end(), match.lastgroup or "plain"


COUNTING: Final = re.compile(
    r"""
    (?: [1-9]\d{3} | [1-9]\d{0,2} (?> (?: \.\d{3} )* (?: ,\d+ )? ) ) (?! [.,]?\d )
    (?= % | ,\s [^\W\d_]
      | \s (?! (?: tháng | giờ | đến | tới | ph[ẩả]y | phần | chục | trăm | ngh?ìn | ngàn | vạn | triệu | t[ỷỉ] | rưỡi
                      | mấy | h | g | l | x )
                (?! [^\W\d_] ) )
        [a-zđô] )
    """,
    re.VERBOSE,
)
"""A number before a noun, or a year in a sentence, as most are: ``plain`` at one look."""

FIRST_NUMBER: Final = re.compile(rf"{_NUMBER} {_SCALE}{{0,3}}", re.VERBOSE)
"""The first number of what looked like a range and is none."""

TENTH: Final = re.compile(rf"(?: {_TENTH} | \s \d{{2}} (?! \d | [.,]\d | \s? % ) {_SPEECH_END} )", re.VERBOSE)
"""Tenths or hundredths of a unit, said after it: of ``hai cân chín``."""

CODE_BEFORE: Final = re.compile(r"(?<![^\W_])(?:[A-Za-zĐđ]{1,14}[-.]?|(?:GMT|UTC)\s?[+−-]\s?|[A-Z]/[A-Z]{1,3})\Z")
"""The letters of a code before its digits: C04, PV28, AK-47, GMT+7."""

_INDEFINITE_SCALE: Final = r"""
    (?: chục | trăm | nghìn | ngàn | vạn | triệu (?! \s tập )
      | t[ỷỉ] (?! \s (?: lệ | trọng | giá | suất | phú | số ) \b ) )
"""

A_FEW: Final = "người|đứa|tên|hộ|nhà|ngày|tuần|tháng|phút|tiếng|lần|vụ|xe|cái|chiếc|con|câu|triệu|nghìn|ngàn"
"""What is counted by ``dăm``, which is a chip of wood or stone as well."""

_FOUR_OR_FIVE: Final = r"""
    tiếng | phút | giờ | giây | cái | chiếc | đứa | kg | cân | ký | tạ | tấn | mét | m | cây \s số | km | lít | tuổi
    | con | viên | bao | thùng | khẩu | quả | gói | bộ | cuốn | tờ | chuyến | sào | mẫu | ha | xe \s máy | xe \s tải
    | ô \s tô | ghe | căn | ngôi | bánh | tép | lon
"""
"""What is counted after ``bốn năm``, from four to five; what may begin a clause after four years is not: ``người``."""
_TWO_BY_COMMA: Final = r"""
    (?: một , \s hai | hai , \s ba | ba , \s bốn | bốn , \s năm | năm , \s (?: sáu | bảy ) | sáu , \s bảy | bảy , \s tám
        | tám , \s chín )
"""
_NOT_LISTED: Final = (
    r"(?: (?<= [mM]ỗi\stổ\s ) | "
    + _not_after("thứ trong cả đầu giữa cuối hết tổ tầng lầu khu mục lớp hạng đợt số quý một, hai, ba, bốn, năm, sáu,")
    + ")"
)
"""Not after these, which the first of two may belong to: ``tổ hai, ba nhà``."""
_YEAR_NO_FIVE: Final = r"""
    (?<! mỗi\s ) (?<! h[ằà]ng\s ) (?: (?<! trong\s ) (?<! cả\s )
        | (?= \w+ \s \w+ \s (?: giờ | tiếng | ngày | tuần | tháng | năm ) ) )
"""
"""Not after these: ``mỗi năm sáu vụ`` are six a year."""
_NO_LENGTH: Final = _not_after(
    "sau trong suốt qua hơn gần cách từ tù phạt được đã ngót tròn đủ cả này đây vòng thêm án mức"
)
"""Not after these, where ``bốn năm`` are four years: ``sau bốn năm người ta mới hay``."""
_NO_YEAR: Final = _not_after(
    """
    mỗi hằng hàng trong cả đầu giữa cuối qua sau trước các nhiều những suốt từng theo vào tháng ngày cùng kỳ kì một hai
    ba bốn năm sáu bảy tám chín mười mươi lăm trăm nghìn chục thập niên nửa \\d
    """
)
"""Not after these, where ``năm`` is a year: ``mỗi năm bảy trăm xe``, but ``khoảng năm bảy trăm mét``."""

WORD_SHAPES: Final = {
    # bữa mười bốn tháng tám
    "date_words": rf"""
        (?<= [aymg]\s ) (?: (?<= bữa\s ) | (?<= ngày\s ) | (?<= hôm\s ) | (?<= mùng\s ) | (?<= mồng\s ) )
        (?: {_TENS} | {_ONE_TO_NINE} ) \s tháng
        \s (?: giêng | chạp | mười (?: \s (?: một | hai ) )? | một | hai | ba | tư | năm (?! \s \d ) | sáu | b[ảẩ]y
              | tám | chín ) (?! \w )
        (?= \s* (?: [.,;:)!?…] | \Z ) | \s (?: năm | âm | dương | vừa | mất | là | thì | tới | này ) (?! \w ) )
        (?: \s năm \s {_YEAR} )?
        | {_TENS} \s tháng \s (?: giêng | chạp ) (?! \w )""",
    # năm tám bảy
    "short_year": rf"""
        (?<= năm\s ) (?: ba | bốn | năm | sáu | b[ảẩ]y | tám | chín ) \s (?: mốt | {_ONES} )
        (?= \s* (?: [.,;:)!?…] | \Z ) )""",
    # hàng chục  hàng trăm nghìn  vài chục
    "indefinite": rf"""
        (?: hàng | vài | mấy | dăm ) \s {_INDEFINITE_SCALE} (?: \s {_INDEFINITE_SCALE} (?! \w ) ){{0,2}} (?! \w )
        """,
    # dăm ba  đôi ba: a few
    "some": rf"""
        (?: dăm | đôi | vài ) \s (?: ba | bảy | bốn ) (?: \s (?: chục | trăm | ngh?ìn | ngàn ) )? (?! \w )
        | (?<! một \s ) vài (?= \s [a-zđ] )                                                 # vài người
        | dăm (?= \s (?: {A_FEW} ) (?! \w ) )                                              # dăm người
        | (?: (?: {_ONE_TO_NINE} \s trăm \s )? (?: {_ONE_TO_NINE} \s mươi | mười ) | {_ONE_TO_NINE} \s trăm )
          \s mấy (?! \w ) (?: \s mươi (?! \w ) )? {WORD_SCALE}{{0,2}}                              # hai mươi mấy triệu
        | mươi (?: \s (?: mười \s )? lăm )? (?! \w )                                          # mươi phút
        """,
    # gấp đôi  gấp rưỡi
    "times": r"(?<= gấp\s ) (?: đôi | rưỡi ) (?! \w )",
    # ba phẩy năm  hai phẩy bảy lăm tỷ
    "spoken": rf"""
        (?: {_HUNDREDS} | {_TENS} | {_ONE_TO_NINE} | không ) \s ph[ẩả]y
        \s (?: {_TENS} | (?: không | năm | {_ONES} | một ) (?: \s {_DECIMAL} (?! \w ) ){{0,3}} )
        (?! \w )
        {WORD_SCALE}{{0,2}}""",
    # một phần ba
    "fraction": rf"{_ONE_TO_NINE} \s phần \s (?: {_ONE_TO_NINE} | tư | mười | trăm ) (?! \w )",
    # hai ba người: one or the other
    "few": rf"""
        (?: (?: (?<= có\s ) | (?<= chừng\s ) | (?<= khoảng\s ) | (?<= độ\s ) | (?<= mất\s ) | (?<= tới\s )
            | (?<= đến\s ) ) bốn \s năm
              (?= \s (?: người (?! \s dân ) | đứa | tên | cái | chiếc | lần | ngày | tuần | tháng | vụ ) (?! \w ) )
          | (?<! tháng\s ) bốn \s năm (?= \s năm \s* (?: [.,;:)!?…] | \Z                     # bốn năm năm mới có
              | (?: mới | thì | là | nữa | sau | rồi | liền | trời | mà | chưa | vẫn | gì ) (?! \w ) ) )
          | bốn \s năm (?= \s (?: {_FOUR_OR_FIVE} ) (?! \w ) )
          | một \s hai | hai \s ba | ba \s (?: bốn | bảy ) | {_YEAR_NO_FIVE} năm \s (?: sáu | bảy | ba ) | sáu \s bảy
          | bảy \s tám | tám \s chín ) (?= \s [^\W\d_] )
        (?! \s (?: mươi | trăm | nghìn | ngàn | vạn | triệu | tỷ | tỉ | chục | phần | lăm | mốt | là ) (?! \w ) )
        (?! (?<= ba ) \s (?: lô (?! \s (?: đất | hàng | gỗ ) ) | gác | toong ) (?! \w ) )             # hai ba lô
        | (?= {_ONE_TO_NINE} , ) {_NOT_LISTED} {_TWO_BY_COMMA}
          (?= \s (?: người | đứa | tên | hộ | nhà | năm | tuổi | ngày | tuần | tháng | phút | tiếng | giờ | lần | vụ
                    | xe | cái | chiếc | con | câu | mét | thước | cây | km | cân | ký | kg | tạ | tấn | lít | sào | mẫu
                    | ha | đêm | bữa | buổi | lượt | chuyến | bao | thùng | viên | nhát | mũi | bộ | căn | ngôi | đàn
                    | chỉ | miếng | bát | chén | gia \s đình )
                (?! \w ) )                                                                       # sáu, bảy tiếng
        | (?: một \s hai | hai \s ba | ba \s bốn | bốn \s năm | (?= năm ) {_NO_YEAR} năm \s (?: sáu | bảy ) | sáu \s bảy
            | bảy \s tám | tám \s chín | (?= {_ONE_TO_NINE} , ) {_NOT_LISTED} {_TWO_BY_COMMA} )     # hai ba chục
          (?: \s (?: mươi (?! \s {_ONES} (?! \w ) ) | chục | trăm (?! \s (?: linh | lẻ | rưỡi | {_TENS} ) (?! \w ) ) )
              (?! \w ) {WORD_SCALE}{{0,2}} | {WORD_SCALE}{{1,2}} )
        """,
    # bốn năm vụ: four or five of them, or four years before a clause
    "unclear": rf"""
        (?= bốn \s năm ) {_NO_LENGTH} bốn \s năm
        (?= \s (?: người | vụ | hộ | lần | ngày | tuần | tháng | tên | nhà | xe | lượt ) (?! \w ) )""",
    # một nửa  nửa  nửa tỷ
    "half": rf"(?: một \s )? nửa (?! \w ) (?: \s (?: chục | trăm ) (?! \w ) )? {WORD_SCALE}{{0,2}}",
    # hai mươi lăm  ba trăm linh hai triệu  năm mươi nghìn  hai triệu rưỡi  một triệu hai
    "words": rf"""(?: {_HUNDREDS} (?: \s rưỡi (?= {WORD_SCALE} ) )? | {_TENS} | {_ONE_TO_NINE} ) (?! \w )
        (?: {WORD_SCALE}{{1,3}}
          (?: \s (?: (?: (?: linh | lẻ ) \s )? (?: {_HUNDREDS} | {_TENS} ) | (?: linh | lẻ ) \s {_ONE_TO_NINE}
                  | {_ONE_TO_NINE} (?= {WORD_SCALE} ) ) (?! \w ) {WORD_SCALE}{{0,2}}
              | (?<= [ỷỉ] ) \s? , \s (?: {_HUNDREDS} | {_TENS} | {_ONE_TO_NINE} ) \s triệu (?! \w )   # hai tỷ, ba triệu
              | (?<= triệu ) \s? , \s (?: {_HUNDREDS} | {_TENS} | {_ONE_TO_NINE} ) \s ng(?: hìn | àn ) (?! \w ) ){{0,6}}
        )?
        (?: \s rưỡi (?! \w ) | (?: (?<= triệu ) | (?<= [ỷỉ] ) ) (?: {_TENTH} | {_OF_PEOPLE} )
          | (?<= trăm ) \s (?: mốt | hai | ba | tư | bốn | sáu | b[ảẩ]y | tám | chín )
            (?! \w | \s (?: mươi | chục | trăm | phần ) (?! \w ) ) {WORD_SCALE}{{0,2}}           # một trăm hai nghìn
          | (?: (?<= nghìn ) | (?<= ngàn ) ) \s (?: mốt | hai | ba | tư | bốn | lăm | sáu | b[ảẩ]y | tám | chín )
            (?! \w | \s (?: mươi | chục | trăm | ngh?ìn | ngàn | phần ) (?! \w ) ) )?""",
    # trăm hai nghìn  trăm bảy mươi ngàn  nghìn hai trăm; hơn chục  gần trăm  triệu rưỡi
    "scale": rf"""
        trăm \s (?: {_TENS} | {_LONE_ONES} ) (?! \w | \s (?: mươi | chục | trăm | phần ) (?! \w ) ) {WORD_SCALE}{{0,2}}
        | (?: nghìn | ngàn ) \s {_LONE_ONES} {_ALONE} | (?: triệu | t[ỷỉ] ) {_TENTH}
        | (?: nghìn | ngàn | triệu | t[ỷỉ] ) \s {_HUNDREDS} (?! \w ) {WORD_SCALE}{{0,2}}
        | trăm \s rưỡi {WORD_SCALE}{{1,2}}
        | {_INDEFINITE_SCALE} (?: \s (?: rưỡi | {_INDEFINITE_SCALE} (?: \s t[ỷỉ] (?! \w ) )? ) (?! \w ) )? (?! \w )
        """,
    # thứ nhất
    "ordinal_word": r"(?: nhất | nhì | tư ) (?! \w )",
}
"""The shapes of numbers in words."""

TO_WORDS: Final = re.compile(
    rf"""
    (?: \s (?: đến | tới ) \s | \s? [-–—] \s? )
    (?P<end> (?: {_HUNDREDS} | {_TENS} | {_ONE_TO_NINE} ) (?! \w ) {WORD_SCALE}{{0,3}} | {_NUMBER} {_SCALE}{{0,3}} )
    (?! \s (?: phẩy | phần | rưỡi | linh | lẻ | mươi | mốt | lăm ) (?! \w ) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What makes a number in words the first of a range: of ``hai đến ba tổ``."""

_JOINED: Final = r"""
    (?: ,\s | \s (?: và | hoặc | hay | lên | xuống | còn | đến | tới )
               (?: \s (?: dưới | gần | hơn | trên | khoảng ) )? \s )
"""
_ANY_NUMBER: Final = rf"(?: {_NUMBER} | {_HUNDREDS} | {_TENS} | {_ONE_TO_NINE} )"
OR_WORDS: Final = re.compile(rf", \s (?P<end> {_TENS} ) (?! \w ) {WORD_SCALE}{{0,2}}", re.VERBOSE | re.IGNORECASE)
"""What makes a number in words the first of two: of ``mất mười lăm, hai mươi phút``."""
SHARED_SCALE: Final = re.compile(
    rf"""
    (?: {_JOINED} {_ANY_NUMBER} ){{0,5}} {_JOINED} (?P<last> {_ANY_NUMBER} )
    (?: {WORD_SCALE} | (?<= \d ) (?: triệu | t[ỷỉ] ) (?! \w ) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""After a number that leaves its multiplier to the last of a list: of ``lần lượt 30, 40 và 50 triệu đồng``."""

WORDS: Final = re.compile(
    "|".join(f"(?P<{name}>{pattern}\n)" for name, pattern in WORD_SHAPES.items()), re.VERBOSE | re.IGNORECASE
)
