"""Every number of a Vietnamese text: its exact words, what it is worth, what it counts, how it is hedged, of which kind.

Sentences are read one by one, so a mention never depends on another sentence. A number is consumed whole: where its digits break
the rules of separators it is still a mention, with no value.

>>> for mention in find_mentions("Năm 2021, bắt 72 vụ/144 đối tượng, phạt gần 3,1 tỷ đồng theo Nghị định 168."):
...     print(mention.text, mention.value, mention.unit, mention.qualifier, mention.kind)
2021 2021 None None date
72 72 vụ None figure
144 144 đối tượng None figure
3,1 tỷ 3100000000 đồng gần figure
168 168 None None document
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.kinds import LEAD_WIDTH, TRAIL_WIDTH, Kind, Site, find_kind
from extract.nouns import KNOWN, MEASURES, MONEY, PLACES, TIMES, Unit, find_unit, word_set
from extract.numerals import NumeralError, parse_numeral
from extract.sentences import find_sentences
from extract.shapes import CODE_BEFORE, DIGITS, WORDS

__all__ = ["Kind", "Mention", "find_mentions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A number found in a text; `start` and `end` are half-open code points of that text."""

    start: int
    end: int
    text: str
    value: Decimal | tuple[Decimal, Decimal] | None
    unit: str | None
    qualifier: str | None
    kind: Kind


_CANDIDATE: Final = re.compile(
    r"""
      \d
    | (?<! \w ) (?: [mM](?: ột | ỘT | ười | ƯỜI ) | [hH](?: ai | AI ) | [bB](?: a | A | ốn | ỐN | ảy | ẢY | ẩy | ẨY ) | [nN](?: ăm | ĂM | ửa | ỬA )
        | [sS](?: áu | ÁU ) | [tT](?: ám | ÁM ) | [cC](?: hín | HÍN )
        | (?: [hH](?: àng | ÀNG ) | [vV](?: ài | ÀI ) | [mM](?: ấy | ẤY ) | [dD](?: ăm | ĂM ) ) (?= \s (?i: chục | trăm | nghìn | ngàn | vạn | triệu | t[ỷỉ] ) )
        | (?<= [nêổơả] \s ) (?: chục | trăm | nghìn | ngàn | vạn | triệu | t[ỷỉ] )
        | (?<= [tT]hứ \s ) (?: nhất | nhì | tư ) | (?<= tháng \s ) tư
        | [IVX]{1,6} (?= [^\w.'’] | \Z | \. (?! \w ) )
      ) (?! \w )
    """,
    re.VERBOSE,
)
"""Where a number may begin; what it is, and whether it is one, the readers below decide."""

_NONE_VALUE_SHAPES: Final = word_set("document date date_words clock clock_round plate post phone code code_dash slashes sides spaced indefinite")
_RANGE_MARK: Final = re.compile(r"\s*(?:[-–—]|\b(?:đến|tới)\b)\s*", re.IGNORECASE)
_AMOUNT_AND_SCALE: Final = re.compile(r"([\d.,]+)\s*(\D*)")
_PLAIN: Final = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR_FIRST: Final = re.compile(r"(?:19|20)\d\d\s")
_POWER_UNIT: Final = re.compile(r"(?<![^\W\d_])(?:k|c|d|m|h|da)?m\Z", re.IGNORECASE)
_ROMAN_DIGITS: Final = {"I": 1, "V": 5, "X": 10}
_ROMAN: Final = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})\Z")
_ROMAN_WITH_YEAR: Final = re.compile(r"[IVX]+(?:\s?/\s?(?:19|20)\d\d(?!\d))?")
_ROMAN_LEADS: Final = word_set("""
    thứ khóa khoá quý quí khu kỷ kỉ chương phần mục loại cấp hạng nhóm đoàn vùng vực hội bậc tập diện kỳ giai điều lục lần cổ ql đợt độ tiết
    """)
_QUALIFIERS: Final = word_set("gần khoảng hơn trên dưới")
_HEDGED_KINDS: Final = frozenset((Kind.FIGURE, Kind.DATE, Kind.TIME, Kind.ANNIVERSARY))
_UNIT_KINDS: Final = frozenset((Kind.FIGURE, Kind.ANNIVERSARY))
_COMPARED: Final = word_set("cao thấp nhiều ít lớn nhỏ nhanh chậm sớm muộn dài ngắn rẻ đắt tốt kém nặng nhẹ già trẻ xa mạnh")
"""Before ``hơn`` these compare: ``cao hơn 20%``."""
_AND_MORE: Final = re.compile(r"[^,;:.()\d“”\"]{0,60}?\btrở lên\b", re.IGNORECASE)
_OPENING: Final = re.compile(r"[\s\"“”'‘’(\[*+\-–—•:/]*\Z")
_NEXT_WORD: Final = re.compile(r"[\s\"“‘(]*([^\W\d_]+)(?:\s+([^\W\d_]+))?")
_NOT_FIVE_BEFORE: Final = word_set("""
    mỗi hằng hàng nhiều các những trong cuối đầu giữa từng mọi mấy vài số qua sau trước lâu quanh trọn suốt ngày tháng theo tròn nửa đến từ dịp
    thập một/ lượng bình vào so với nay mới cũ học
    """)
"""Words before ``năm`` that make it a year, not five."""
_NOT_FIVE_AFTER: Final = word_set("đầu cuối thứ nay nào qua tới trước sau học ngoái kia đó này mới cũ xưa kế liền nhuận")
_HOMOGRAPHS_BEFORE: Final = {
    "ba": word_set("ngã phong cô dì bà ông anh chị chú bác thím ty"),
    "hai": word_set("ông bà anh chị cô chú dì mợ cậu"),
    "bảy": word_set("ngã bà ông chú cô dì"),
    "sáu": word_set("ngã bà ông chú cô dì"),
    "tám": word_set("bà cô chú dì ngồi"),
    "năm": word_set("ngã bà chú cô dì"),
    "chín": word_set("nấu luộc lúa trái quả đã gần thịt ăn rang"),
    "bốn": word_set("ngã"),
    "mười": word_set("ông bà chú cô"),
    "nửa": word_set("nửa"),
}
"""Words before a number word with which it is none: ``ngã ba``, ``nấu chín``."""
_HOMOGRAPHS_AFTER: Final = {
    "ba": word_set("mẹ má lô gác rọi hoa lém trợn que tiêu ba toong lơn zoka"),
    "hai": word_set("lúa"),
    "chín": word_set("muồi chắn mọng rộ đỏ"),
    "tám": word_set("chuyện"),
    "nửa": word_set("đêm chừng vời vầng"),
    "triệu": word_set("tập phú hồi chứng"),
    "tỷ": word_set("lệ phú trọng giá suất số thí mỉ đồng"),
}
"""Words after a number word with which it is none: ``ba lô``, ``triệu tập``."""
_LISTED: Final = re.compile(r"\s*(?:,|;|và|hoặc|-|–|&)\s*\Z")
_HALF_MORE: Final = re.compile(r"\s+rưỡi\b", re.IGNORECASE)


def find_mentions(text: str) -> list[Mention]:
    """Return every number of `text` in order, none overlapping another.

    >>> [mention.text for mention in find_mentions("Mười lăm năm, từ một năm đến năm năm, chở năm đối tượng trong năm")]
    ['Mười lăm', 'một', 'năm', 'năm']
    """
    mentions: list[Mention] = []
    for start, end in find_sentences(text):
        _read_sentence(text[start:end], start, mentions)
    return mentions


def _read_sentence(sentence: str, offset: int, mentions: list[Mention]) -> None:
    """Append the mentions of one sentence, shifted by `offset`."""
    first = len(mentions)
    position = 0
    while candidate := _CANDIDATE.search(sentence, position):
        at = candidate.start()
        found = _read_digits(sentence, at, position) if sentence[at].isdigit() else _read_letters(sentence, at, mentions, offset)
        if found is None:
            position = candidate.end()
            continue
        start, end, shape = found
        previous = mentions[-1] if len(mentions) > first else None
        mention = _weigh(sentence, start, end, shape, offset, previous)
        mentions.append(mention)
        position = mention.end - offset


def _read_digits(sentence: str, at: int, floor: int) -> tuple[int, int, str] | None:
    """Return the span and shape of the number whose digits begin at `at`; None for the power of m2 and m3."""
    start = at
    if at > floor and not sentence[at - 1].isspace():
        head = sentence[max(floor, at - 9) : at]
        if sentence[at] in "23" and _POWER_UNIT.search(head) and not sentence[at + 1 : at + 2].isalnum():
            return None
        code = CODE_BEFORE.search(head)
        if code and _is_code(code.group()):
            start = at - len(code.group())
            return start, _find_code_end(sentence, at), "clock" if code.group()[:3] == "GMT" else "code"
    shape = DIGITS.match(sentence, at)
    assert shape is not None, "the last shape takes any digit"
    name = shape.lastgroup or "plain"
    if name == "range" and _is_no_range(shape.group()):
        return start, _end_of_first(sentence, at), "scaled"
    return start, shape.end(), name


def _is_code(head: str) -> bool:
    """Tell whether the letters before digits are a code's (C04, AK-47), not a word's (Covid-19, giờ15, P.5)."""
    letters = head.rstrip("-.+ ")
    if letters.lower() == "covid" or head.endswith("."):
        return False
    if letters.lower() in ("km", "ql", "tl", "đt", "bks", "sn", "sđt"):
        return False
    return letters[:1].isupper() and (len(letters) < 3 or letters.isupper())


def _find_code_end(sentence: str, at: int) -> int:
    """Return the end of a code whose digits begin at `at`: C04, H5N1."""
    end = at
    while end < len(sentence) and (sentence[end].isalnum() and end - at < 40):
        end += 1
    return end


def _is_no_range(text: str) -> bool:
    """Tell two numbers that only stand side by side from a range: ``2021 - 20``, ``giảm từ 10 đến 5``."""
    low, high = _split_range(text)
    if low is None or high is None:
        return False
    if _YEAR_FIRST.match(text):
        return True
    return low >= high and not re.search(r"[-–—]", text)


def _end_of_first(sentence: str, at: int) -> int:
    """Return the end of the first number of what turned out to be no range."""
    end = at
    plain = _PLAIN.match(sentence, at)
    if plain:
        end = plain.end()
    scaled = _FIRST_SCALED.match(sentence, at)
    return scaled.end() if scaled else end


_FIRST_SCALED: Final = re.compile(r"\d+(?:[.,]\d+)*(?:\s{0,2}(?:chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\w)){1,3}", re.IGNORECASE)


def _read_letters(sentence: str, at: int, mentions: list[Mention], offset: int) -> tuple[int, int, str] | None:
    """Return the span and shape of the number word or Roman numeral at `at`; None where it is no number."""
    if sentence[at] in "IVX":
        return _read_roman(sentence, at)
    shape = WORDS.match(sentence, at)
    if shape is None:
        return None
    name = shape.lastgroup or "words"
    before = sentence[max(0, at - LEAD_WIDTH) : at]
    lead = before.split()[-1].lower() if before.strip() else ""
    if _is_name(sentence, at, shape.end(), before, lead):
        return None
    if name == "scale":
        return (at, shape.end(), name) if lead in ("hơn", "gần", "cả", "nhiều", "trên", "khoảng", "bạc") else None
    if name == "ordinal_word":
        return (at, shape.end(), name) if lead in ("thứ", "tháng") else None
    word = shape.group().lower()
    if " " in word:
        return at, shape.end(), name
    return None if _is_homograph(sentence, word, shape.end(), lead, at) else (at, shape.end(), name)


def _read_roman(sentence: str, at: int) -> tuple[int, int, str] | None:
    """Return a Roman numeral: after a word that takes one, or of two letters and more outside a line of capitals."""
    numeral = _ROMAN_WITH_YEAR.match(sentence, at)
    assert numeral is not None, "the candidate begins with I, V or X"
    text = numeral.group().split("/")[0].strip()
    if not _ROMAN.match(text):
        return None
    before = sentence[max(0, at - LEAD_WIDTH) : at]
    words = before.split()
    lead = words[-1].lower().strip("(“\"'") if words else ""
    name = "roman" if "/" not in numeral.group() else "date_words"
    if lead in _ROMAN_LEADS:
        return at, numeral.end(), name
    if not before.strip(" *-–") and sentence[numeral.end() : numeral.end() + 1] in (".", ")", "/", "-", " "):
        marked = re.match(r"[.)/]\s|\s?[-–]\s", sentence[numeral.end() : numeral.end() + 3])
        return (at, numeral.end(), name) if marked else None
    capitals = bool(words) and words[-1].isupper() and len(words[-1]) > 1
    return (at, numeral.end(), name) if len(text) > 1 and not capitals else None


def _is_name(sentence: str, at: int, end: int, before: str, lead: str) -> bool:
    """Tell the capital of a name from that of a sentence's start: Hai Bà Trưng, Ba Đình, Nguyễn Văn Năm."""
    if not sentence[at].isupper():
        return False
    following = _NEXT_WORD.match(sentence, end)
    if sentence[at + 1].isupper():  # a line of capitals
        if (lead and not before.split()[-1].isupper()) or following is None:
            return bool(lead)
        return sentence[at:end] != "MỘT" and f"{sentence[at:end]} {following[1]}" in ("HAI BÀ", "BA ĐÌNH", "BA VÌ", "BA TƠ", "BA BỂ", "NĂM CĂN", "BA CHẼ")
    if lead == "tháng":
        return False
    if not _OPENING.search(before):
        return True
    if sentence[at:end] == "Một" or following is None:
        return False
    if not following[1][0].isupper():
        return False
    pair = f"{following[1]}-{following[2]}".lower()
    return following[1].lower() not in KNOWN and pair not in KNOWN


def _is_homograph(sentence: str, word: str, end: int, lead: str, at: int) -> bool:
    """Tell a number word from its namesakes: năm the year, ngã ba, ba lô."""
    following = _NEXT_WORD.match(sentence, end)
    next_word = following[1].lower() if following else ""
    bare_lead = lead.lstrip("(“\"'*-–")
    if bare_lead in _HOMOGRAPHS_BEFORE.get(word, ()):
        return True
    if next_word in _HOMOGRAPHS_AFTER.get(word, ()):
        return not (word == "tỷ" and next_word == "đồng")
    if bare_lead == "thứ":
        return _is_weekday(sentence, at, end)
    if word != "năm":
        return False
    return not _is_five(sentence, end, bare_lead, next_word)


def _is_weekday(sentence: str, at: int, end: int) -> bool:
    """Tell ``thứ Hai``, ``sáng thứ hai``, a day's name, from ``lần thứ hai``."""
    if sentence[at].isupper():
        return True
    words = sentence[max(0, at - LEAD_WIDTH) : at].lower().split()
    previous = words[-2] if len(words) > 1 else ""
    rest = sentence[end : end + 12].lower()
    return previous in ("sáng", "chiều", "tối", "trưa", "đêm", "hôm", "ngày", "vào") or rest.startswith((", ngày", " hàng tuần", " hằng tuần", " tuần"))


def _is_five(sentence: str, end: int, lead: str, next_word: str) -> bool:
    """Tell ``năm`` the number from the year: it counts a noun, and nothing before it counts years."""
    if lead[-1:].isdigit() or lead in _NOT_FIVE_BEFORE or next_word in _NOT_FIVE_AFTER:
        if not (lead == "cả" or (lead in ("đến", "từ", "so", "với", "sau", "trước", "qua") and next_word in TIMES)):
            return False
    if lead in _YEAR_COUNTING and next_word != "năm":
        return False
    if next_word == "là" and not lead:
        return True  # Năm là, ...
    unit = find_unit(sentence, end)
    if unit is None or not unit.known or sentence[end : end + 1] not in (" ", "\u00a0", "\t"):
        return False
    return unit.text[0].islower() or unit.text.isupper()


_YEAR_COUNTING: Final = word_set("một hai ba bốn năm sáu bảy tám chín mười mươi lăm trăm nghìn chục nửa mốt tư rưỡi ngàn vạn triệu tỷ")


def _weigh(sentence: str, start: int, end: int, shape: str, offset: int, previous: Mention | None) -> Mention:
    """Return the mention at `start`: its kind from the words around it, then value, unit and qualifier by kind."""
    before = sentence[max(0, start - LEAD_WIDTH) : start].lower()
    site = Site(
        sentence=sentence,
        start=start,
        end=end,
        shape=shape,
        text=sentence[start:end],
        before=before,
        after=sentence[end : end + TRAIL_WIDTH].lower(),
        words=before.split(),
        unit=find_unit(sentence, end),
    )
    kind = find_kind(site)
    if kind is Kind.FIGURE and previous is not None and _continues(site, previous, offset):
        kind = previous.kind
    unit = site.unit
    if kind is Kind.TIME and unit is not None and unit.key == "giờ":
        site.end = end = unit.end
        unit = None
    keeps_unit = kind in _UNIT_KINDS or (kind is Kind.DATE and unit is not None and _counts_time(site, unit))
    keeps_unit = keeps_unit or (kind is Kind.OTHER and shape == "words" and unit is not None and unit.known and unit.key != "số")
    return Mention(
        start=start + offset,
        end=end + offset,
        text=sentence[start:end],
        value=_find_value(site, kind),
        unit=unit.text if unit is not None and keeps_unit else None,
        qualifier=_find_qualifier(site, kind) if kind in _HEDGED_KINDS else None,
        kind=kind,
    )


def _continues(site: Site, previous: Mention, offset: int) -> bool:
    """Tell a further number of a list of names or dates: ``quận 1, 3 và 5``, ``ngày 5, 6 và 7/8``."""
    if site.shape != "plain" or site.unit is not None or previous.unit is not None:
        return False
    if previous.kind not in (Kind.CLAUSE, Kind.OTHER, Kind.DATE, Kind.ORDINAL, Kind.DOCUMENT):
        return False
    between = site.sentence[previous.end - offset : site.start]
    return len(between) < 8 and _LISTED.match(between) is not None and previous.text[0].isdigit()


def _counts_time(site: Site, unit: Unit) -> bool:
    """Tell a window's length, which has a unit, from a year or a day: ``6 tháng đầu năm`` against ``tháng 6``."""
    return unit.key in TIMES and site.lead not in ("tháng", "năm", "ngày", "quý", "mùng") and site.shape not in ("date", "date_words", "years")


def _find_value(site: Site, kind: Kind) -> Decimal | tuple[Decimal, Decimal] | None:
    """Return what the number is worth, a pair for a range or a part of a whole; None where it says no one number."""
    shape, text = site.shape, site.text
    if shape in _NONE_VALUE_SHAPES and not (shape == "date" and kind is Kind.FIGURE):
        return None
    if kind is Kind.DATE and (shape == "range" and _is_day_month(site)):
        return None
    if shape in ("range", "years"):
        low, high = _split_range(text)
        return (low, high) if low is not None and high is not None and low < high else None
    if shape in ("pair", "date"):
        part, whole = (_parse_or_none(side.strip()) for side in text.split("/", 1))
        return (part, whole) if part is not None and whole is not None else None
    if shape == "fraction":
        part, whole = (_parse_or_none(side) for side in re.split(r"\s+phần\s+", text, flags=re.IGNORECASE))
        return (part, whole) if part is not None and whole is not None else None
    if shape == "roman":
        return _parse_roman(text)
    if shape == "ordinal_word":
        return {"nhất": Decimal(1), "nhì": Decimal(2), "tư": Decimal(4)}[text.lower()]
    if shape == "scale" and site.lead in ("cả", "nhiều", "bạc"):
        return None
    return _parse_or_none(f"một {text}" if shape == "scale" else text)


def _is_day_month(site: Site) -> bool:
    """Tell ``ngày 15-2``, a day and its month, from ``ngày 15 - 20``, two days."""
    numbers = re.findall(r"\d+", site.text)
    return len(numbers) == 2 and int(numbers[1]) <= 12 and "đến" not in site.text and " " not in site.text


def _split_range(text: str) -> tuple[Decimal | None, Decimal | None]:
    """Return both ends of a range; a multiplier said once holds for both: ``18-20 triệu``."""
    mark = _RANGE_MARK.search(text) or re.search(r"/", text)
    if mark is None:
        return None, None
    first, second = text[: mark.start()], text[mark.end() :]
    low, high = _AMOUNT_AND_SCALE.fullmatch(first), _AMOUNT_AND_SCALE.fullmatch(second)
    if low and high and high[2] and not low[2]:
        first = f"{low[1]} {high[2]}"
    return _parse_or_none(first), _parse_or_none(second)


def _parse_or_none(text: str) -> Decimal | None:
    """Return what `text` is worth, or None where it is no whole numeral."""
    try:
        return parse_numeral(text)
    except NumeralError:
        return None


def _parse_roman(text: str) -> Decimal:
    """Return the worth of a Roman numeral below forty.

    >>> _parse_roman("XIV")
    Decimal('14')
    """
    digits = [_ROMAN_DIGITS[letter] for letter in text]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return Decimal(sum(-digit if digit < following else digit for digit, following in pairs))


def _find_qualifier(site: Site, kind: Kind) -> str | None:
    """Return the nearest hedge as written: before the number (``khoảng gần 60%``: gần), else ``trở lên`` after it."""
    words = site.sentence[max(0, site.start - LEAD_WIDTH) : site.start].split()
    if words and words[-1].lower() == "từ":
        words.pop()
    hedge = words[-1].lstrip("(“\"'*") if words else ""
    lower = hedge.lower()
    if lower in _QUALIFIERS and _hedges(site, lower, words[-2].lower() if len(words) > 1 else ""):
        if lower == "dưới" and len(words) > 1 and words[-2].lower() == "trên":
            return f"{words[-2]} {hedge}"
        return hedge
    if "trở lên" in site.after and kind is Kind.FIGURE:
        more = _AND_MORE.match(site.sentence, site.end)
        return more.group()[-7:] if more else None
    return None


def _hedges(site: Site, hedge: str, previous: str) -> bool:
    """Tell a hedge from a comparison (``cao hơn 20%``) and a preposition (``trên 2 xe máy``)."""
    if hedge == "hơn":
        return previous not in _COMPARED
    if hedge not in ("trên", "dưới") or site.unit is None:
        return True
    if site.shape in ("scaled", "range") or site.unit.key in MEASURES or site.unit.key in MONEY or site.unit.key in TIMES:
        return True
    if site.unit.key not in PLACES and (site.unit.known or len(site.text) > 2):
        return True
    digits = site.text.replace(".", "")
    return digits.isdigit() and int(digits) >= 100 and digits.endswith("0")
