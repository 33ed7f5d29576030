"""Every number of a Vietnamese text: its exact words, what it is worth, what it counts, its hedge, its kind.

Sentences are read one by one, so a mention never depends on another sentence. A number is read whole. Where its digits
break the rules of separators it is one mention without a value.

>>> for mention in find_mentions("Năm 2021, bắt 72 vụ/144 đối tượng, phạt gần 3,1 tỷ đồng theo Nghị định 168."):
...     print(mention.text, mention.value, mention.unit, mention.qualifier, mention.kind)
2021 2021 None None date
72 72 vụ None figure
144 144 đối tượng None figure
3,1 tỷ 3100000000 đồng gần figure
168 168 None None document
"""

import re
from collections.abc import Sequence
from typing import Final

from extract.text.broken import SCALES, find_misprint, find_parted
from extract.text.candidates import find_candidate
from extract.text.context import MOST_DAYS, WIDTH, NumberContext, find_text_before, make_context
from extract.text.found import Found, Mention
from extract.text.hedges import ENDINGS, MARKS, find_qualifier, is_tail, may_hedge_after
from extract.text.kinds import Kind
from extract.text.leads import LAST_WORDS
from extract.text.namesakes import ROMAN_LEADS, is_name, is_namesake, is_weekday
from extract.text.nouns import (
    CLASSIFIERS,
    MONEY,
    TIMES,
    CountedNoun,
    find_counted_noun,
    is_syllable,
)
from extract.text.numerals import parse_numeral
from extract.text.rules import ADMINISTRATIVE, TELLING_LEADS, find_kind, is_idiom, lies_in_named_place
from extract.text.sentences import Span, find_sentences
from extract.text.shapes import CODE_BEFORE, COUNTING, FIRST_NUMBER, OR_WORDS, TENTH, TO_WORDS, WORDS, find_shape
from extract.text.signs import find_signed_start, follows_sign
from extract.text.values import SIGNS, find_value, split_range
from extract.text.words import word_set

__all__ = ["LOOK_ALIKES", "Kind", "Mention", "find_mentions"]


_CODE_REST: Final = re.compile(r"[^\W_]+(?:[.\-–][^\W\d_]{0,3}\d[^\W_]*){0,8}")
_BARE_HOURS: Final = re.compile(r"\d{1,2}(?=\s?h\Z)")
_FEW_DIGITS: Final = re.compile(r"(\d{1,2}),\s(\d{1,2})(?=\s[^\W\d_])")
_BEFORE_A_FEW: Final = word_set(
    """
    khoảng, chừng, độ, tầm, cỡ, quãng, mất, có, được, thêm, em, cháu, trẻ, mới, gần, chở, chờ, đợi, mua, bán, nuôi,
    trồng, ăn, uống, gặp, thấy, bắt, thì
    """
)
_TALL: Final = re.compile(r"\b(?:trẻ|các em|các cháu)\b[^.;]*\Z", re.IGNORECASE)
"""Before ``1m3`` that is somebody's height: ``trẻ từ 1m đến dưới 1m3``."""
_MOST_APART: Final = 3
_MOST_TENS_APART: Final = 10
_PARTING: Final = frozenset(", \u00a0\u2002\u2003\u2009\u202f")
"""What may stand after digits that are parted from the rest of their number."""
_DAY_TO_HOUR: Final = re.compile(r"(?<=ngày\s)(?P<day>\d{1,2}\.\d{1,2})\s+(?:đến|tới)\s+\d{1,2}\s?(?:giờ|h)")
"""``ngày 15.10 đến 4 giờ``: a day and an hour, no range."""
_LASTING: Final = re.compile(r"(?:\b(?:trong|vòng|suốt|mất|kéo dài)\s+|[^\W\d]/)\Z", re.IGNORECASE)
_YEAR_FIRST: Final = re.compile(r"(?:19|20)\d\d\s")
_DASHED: Final = re.compile(r"[-–—]")
_ASIDE: Final = re.compile(r"\s[-–—]\s")
_POWER: Final = re.compile(r"(?<![^\W\d_])(?:k|c|d|m|h|da)?m\Z", re.IGNORECASE)
_WEB_ADDRESS: Final = re.compile(
    r"://|\bwww\.|\w@\w|\w\.(?:vn|com|net|org|html?|info|xyz|top|vip|cc|io|ly|club|shop|online|site|asia)\b"
)
_NAME_LETTERS: Final = word_set("covid, km, ql, tl, đt, bks, sn, sđt")
"""Letters before digits that are words of their own: of ``Covid-19`` the number is 19."""
_ROMAN: Final = re.compile(
    r"(?P<numeral>X{0,3}(?:IX|IV|V?I{0,3}))(?:(?P<range>\s?[-–—]\s?(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?!\w))|(?P<year>\s?/\s?(?:19|20)\d\d(?!\d))|(?P<outline>(?:\.\d{1,2}){1,3}(?!\d)))?(?![IVX])"
)
_COMMUNE: Final = re.compile(r"X\. ?[A-ZĐ]\w*[^\W\dA-Z] [A-ZĐ]\w*[^\W\dA-Z]")
"""``X. Đam Rông``: a commune."""
_LIST_MARK: Final = re.compile(r"\s?[.)]\s|/\s|\s?[-–]\s")
_SCALE_LEADS: Final = word_set(
    "hơn, gần, cả, nhiều, trên, khoảng, bạc, tiền, độ, cỡ, quãng, chừng, tầm, ngót, soát, xỉ, nghét"
)
"""Words before a multiplier that is a number by itself: ``hơn chục``, ``cả trăm``."""
_BEFORE_FIVE: Final = word_set("có, khoảng, chừng, độ, mất, cỡ, tầm, từ, gồm, thêm, được, ngót, gần, hơn")
"""Words before ``năm đến bảy`` that is no year."""
_MORE_THAN_ONE: Final = re.compile(r"(?:trăm|ngh?ìn|ngàn|triệu|t[ỷỉ]) (?!trăm|ngh?ìn|ngàn|vạn|triệu|t[ỷỉ])")
"""``trăm bảy mươi ngàn``, a hundred and seventy thousand as it is said, ``nghìn hai trăm``."""
_SHORT_MONTH: Final = re.compile(r"(?:0?[1-9]|1[0-2])\s?[/.]\s?(?:19|20)\d\d(?!\d)")
_RESTATED: Final = re.compile(r"\s?\(\s?([^()]{1,40}?)\s?\)")
"""A number said again in brackets: ``02 (hai)``."""
_ON_DUTY: Final = word_set("trực, gác")
"""Words before ``24/24`` that make it round the clock, whatever follows: ``trực 24/24 địa bàn``."""
_DATED: Final = word_set("tháng, năm, ngày, quý, mùng, sáng, trưa, chiều, tối, đêm, hôm, rạng")
LOOK_ALIKES: Final = {0xD0: "Đ", 0xF0: "đ"}
"""The Icelandic letter that old keyboards print for Đ."""
_HEDGED: Final = frozenset((Kind.FIGURE, Kind.DATE, Kind.TIME, Kind.ANNIVERSARY))
_LISTED: Final = re.compile(r"\s*(?:,|;|và|hoặc|-|–|&)\s*\Z")
_LAWS: Final = word_set("nghị-định, luật, bộ-luật, thông-tư, quyết-định, nghị-quyết, quy-chế, pháp-lệnh")
_TELLING: Final = LAST_WORDS | ENDINGS | TELLING_LEADS | {"âm", *SIGNS}
"""Words that may say something of the number after them. After any other, ``5 vụ`` is five cases."""
_NEAR: Final = 20
"""Code points that surely hold the word before a number, if another word begins among them."""
_TENTH_UNITS: Final = word_set("cân, ký, kí, lạng, mét, thước, chỉ, lít, tấn, tạ, yến")
"""Units that are said with their tenths: ``hai cân chín``, ``1 mét 65``, which is refused whole."""
_HOUR_REST: Final = re.compile(
    r"\s(?:rưỡi|kém\s(?:\d{1,2}|năm|mười(?:\slăm)?|hai mươi(?:\slăm)?)(?:\sphút)?)(?!\w)", re.IGNORECASE
)
"""What goes on an hour: ``8 giờ kém 15``, ``tám giờ rưỡi``."""
_HALF_MORE: Final = re.compile(r"\s+rưỡi\b", re.IGNORECASE)


def find_mentions(
    text: str, sentences: Sequence[Span] | None = None, *, nouns: frozenset[str] = frozenset()
) -> list[Mention]:
    """Return every number of `text` in order, none overlapping another.

    `sentences` are those of the text, if they are found already. `nouns` are words that numbers may count beside those
    that the grammar knows, as an article prints them.

    >>> [mention.text for mention in find_mentions("Mười lăm năm, từ một năm đến năm năm, chở năm đối tượng trong năm")]
    ['Mười lăm', 'một', 'năm', 'năm']
    """
    mentions: list[Mention] = []
    likened = text.translate(LOOK_ALIKES) if "Ð" in text or "ð" in text else text
    likened = likened.replace("rưởi", "rưỡi") if "rưởi" in likened else likened
    for start, end in find_sentences(text) if sentences is None else sentences:
        _read_sentence(likened[start:end], start, nouns, mentions)
    return mentions if likened is text else [_print_words(mention, text, likened) for mention in mentions]


def _print_words(mention: Mention, text: str, likened: str) -> Mention:
    """Return a mention of `likened`, the text with its look-alikes replaced, in the words of the text."""
    place = likened.find(mention.unit, mention.end) if mention.unit else -1
    unit = text[place : place + len(mention.unit)] if mention.unit and place >= 0 else mention.unit
    return mention._replace(text=text[mention.start : mention.end], unit=unit)


def _read_sentence(sentence: str, offset: int, nouns: frozenset[str], mentions: list[Mention]) -> None:
    """Append the mentions of one sentence, shifted by `offset`."""
    previous: Mention | None = None
    position = 0
    spaced = " " + sentence
    while candidate := find_candidate(spaced, position and position + 1):
        at, after = candidate
        letters = sentence[at].isalpha()
        found = (
            _read_letters(sentence, at, nouns)
            if letters
            else _read_digits(sentence, at, previous.end - offset if previous else 0)
        )
        if found is None:
            position = after
            continue
        previous = _make_mention(sentence, found, offset, previous, nouns)
        mentions.append(previous)
        position = previous.end - offset


def _read_digits(sentence: str, at: int, floor: int) -> Found | None:
    """Return the number with the digit at `at`; None for the 2 of m2. A code begins earlier, but not before `floor`."""
    glued = at > floor and not sentence[at - 1].isspace()
    if glued:
        head = sentence[max(floor, at - 16) : at]
        if sentence[at] in "23" and _POWER.search(head) and not sentence[at + 1 : at + 2].isalnum():
            return None
        found = find_misprint(sentence, at, floor) or _read_code(sentence, at, head)
        if found is not None:
            return found
    counting = COUNTING.match(sentence, at)
    if counting is not None:
        return at, counting.end(), "plain"
    misprint = None if glued else find_misprint(sentence, at, floor)
    return misprint or _read_shape(sentence, at)


def _read_shape(sentence: str, at: int) -> Found:
    """Return the number with the digit at `at` by the first shape that fits."""
    end, shape = find_shape(sentence, at)
    if (
        shape == "clock"
        and (hours := _BARE_HOURS.match(sentence[at:end]))
        and _LASTING.search(sentence, max(0, at - 12), at)
    ):
        return at, at + hours.end(), "plain"  # trong vòng 24h
    if shape == "plain" and (longer := _read_plain(sentence, at, end)):
        return longer
    if shape == "range" and (day := _DAY_TO_HOUR.match(sentence, at)):
        return at, day.end("day"), "plain"
    if (
        shape == "range"
        and (_is_no_range(sentence[at:end]) or _is_share_of_place(sentence, at, end))
        and not follows_sign(sentence, at)
    ):
        first = FIRST_NUMBER.match(sentence, at)
        if first is not None:
            return at, first.end(), "plain" if sentence[first.end() - 1].isdigit() else "scaled"
    return at, end, shape


def _read_plain(sentence: str, at: int, end: int) -> Found | None:
    """Return a number that goes on after its first digits: ``1m3`` tall, ``5, 6 người``, ``3 1 tên``."""
    if sentence.startswith(("1m2", "1m3"), at) and _TALL.search(sentence, max(0, at - WIDTH), at):
        return at, end + 2, "tenths"
    mark = sentence[end : end + 1]
    if mark == "," and (few := _FEW_DIGITS.match(sentence, at)) and _is_a_few(sentence, at, few):
        scales = SCALES.match(sentence, few.end())  # khoảng 2, 3 tỷ
        return at, scales.end() if scales else few.end(), "few"
    return find_parted(sentence, at) if mark in _PARTING else None


def _is_a_few(sentence: str, at: int, few: re.Match[str]) -> bool:
    """Tell ``mỗi tốp 5, 6 người``, from five to six, from ``tổ 5, 6 người``, a name and a count."""
    words = [word.lstrip(MARKS) for word in find_text_before(sentence, at).lower().split()]
    asked = words and (words[-1] in _BEFORE_A_FEW or words[-2:-1] in (["mỗi"], ["từng"]))
    asked = asked or sentence.startswith(" tuổi", few.end())
    low, high = int(few[1]), int(few[2])
    rounded = low % 5 == high % 5 == 0 and high - low <= _MOST_TENS_APART  # 15, 20 phút
    return bool(asked) and high - low > 0 and (high - low < _MOST_APART or rounded)


def _read_code(sentence: str, at: int, head: str) -> Found | None:
    """Return the web address or code whose digits begin at `at` right after `head`: C04, GMT+7."""
    if _WEB_ADDRESS.search(_find_token(sentence, at)):
        return at, _find_code_end(sentence, at), "code"
    code = CODE_BEFORE.search(head)
    if code is None or not _is_code(code.group()) or _is_short_month(sentence, code.group(), at):
        return None
    shape = "clock" if code.group().startswith(("GMT", "UTC")) else "code"
    return at - len(code.group()), _find_code_end(sentence, at), shape


def _find_token(sentence: str, at: int) -> str:
    """Return the characters around `at` up to a space on either side."""
    head = sentence[max(0, at - 80) : at].rpartition(" ")[2]
    return head + sentence[at : at + 80].partition(" ")[0]


def _is_code(head: str) -> bool:
    """Tell whether the letters before digits are a code's (C04, AK-47), not a word's (Covid-19, giờ15, P.5)."""
    letters = head.rstrip("-.+ ")
    if head.endswith(".") or letters.lower() in _NAME_LETTERS:
        return False
    if len(head) == 1:
        return True  # lô a2
    if letters[:1].isupper() and (len(letters) < 3 or letters.isupper()):
        return len(head) < 8
    return head.isascii() and head.isalpha() and len(head) > 2 and not is_syllable(letters.lower())


def _is_short_month(sentence: str, head: str, at: int) -> bool:
    """Tell ``T5/2023``, a month, and ``Q1/2023``, a quarter, from a code."""
    return head in ("T", "Q") and _SHORT_MONTH.match(sentence, at) is not None


def _find_code_end(sentence: str, at: int) -> int:
    """Return where the code ends whose digits begin at `at`: H5N1, BN312.415-312.460."""
    code = _CODE_REST.match(sentence, at)
    return code.end() if code else at


def _is_no_range(text: str) -> bool:
    """Tell two numbers that only stand side by side from a range: ``2021 - 20``, ``giảm từ 10 đến 5``."""
    low, high = split_range(text)
    if low is None or high is None:
        return False
    beside = _DASHED.search(text) is None or (_ASIDE.search(text) is not None and low > MOST_DAYS)  # 9.655 - 15 xóm
    return _YEAR_FIRST.match(text) is not None or (low >= high and beside)


def _is_share_of_place(sentence: str, at: int, end: int) -> bool:
    """Tell ``phường 2 - 98,4%``, a place and its share, from ``tỷ lệ 2 - 3%``."""
    aside = _ASIDE.search(sentence, at, end)
    if aside is None or "," in sentence[at : aside.start()] or "," not in sentence[aside.end() : end]:
        return False
    lead = find_text_before(sentence, at).lower().split()[-1:]
    return sentence.startswith(("%", " %"), end) and bool(lead) and lead[0] in ADMINISTRATIVE


def _read_letters(sentence: str, at: int, nouns: frozenset[str]) -> Found | None:
    """Return the number word or Roman numeral at `at`; None where it is no number."""
    if sentence[at] in "IVX" and not sentence[at + 1 : at + 2].islower():  # but Vài
        return _read_roman(sentence, at)
    match = WORDS.match(sentence, at)
    before = find_text_before(sentence, at)
    if match is None or is_name(sentence, at, match.end(), before):
        return None
    found = at, match.end(), match.lastgroup or "words"
    words = before.split()
    lead = words[-1].lower() if words else ""
    if found[2] == "scale":
        lead = "" if is_tail(lead, words[-2].lower() if len(words) > 1 else "") else lead
        return _settle_scale(found, match.group().lower(), lead, find_counted_noun(sentence, match.end(), nouns))
    if lead == "thứ" and found[2] == "ordinal_word" and is_weekday(sentence, at, match.end()):
        return None  # tối thứ tư
    if found[2] == "words" and (longer := _read_two_ends(sentence, match, lead)):
        return longer
    alone = found[2] not in ("ordinal_word", "times", "some") and not any(map(str.isspace, match.group()))
    return None if alone and is_namesake(sentence, at, match.end(), lead, nouns) else found


def _read_two_ends(sentence: str, first: re.Match[str], lead: str) -> Found | None:
    """Return the range, ``hai đến ba tổ``, or the few, ``mười lăm, hai mươi phút``, that a number in words begins."""
    end = _find_range_end(sentence, first) if lead != "thứ" else None
    if end is not None and (first.group().lower() != "năm" or lead in _BEFORE_FIVE):
        return first.start(), end, "range"
    second = OR_WORDS.match(sentence, first.end())
    few = second is not None and _is_a_few_tens(lead, first, second)
    return (first.start(), second.end(), "few") if second is not None and few else None


def _is_a_few_tens(lead: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Tell ``mất mười lăm, hai mươi phút``, from fifteen to twenty, from ``xóm mười, mười hai``."""
    low, high = parse_numeral(first.group()), parse_numeral(second["end"])
    asked = lead in _BEFORE_A_FEW or lead in ("đến", "tới") or second.string.startswith(" tuổi", second.end())
    return asked and low is not None and high is not None and 0 < high - low <= _MOST_TENS_APART


def _find_range_end(sentence: str, first: re.Match[str]) -> int | None:
    """Return where the range ends that a number in words begins: ``hai đến ba tổ``; None where it begins none."""
    rest = TO_WORDS.match(sentence, first.end())
    if rest is None or (rest["end"].isalpha() and is_namesake(sentence, rest.start("end"), rest.end(), "")):
        return None
    low, high = split_range(sentence[first.start() : rest.end()])
    return rest.end() if low is None or high is None or low < high else None


def _settle_scale(found: Found, words: str, lead: str, counted: CountedNoun | None) -> Found | None:
    """Tell ``hơn chục`` and ``triệu rưỡi``, which have a value, from ``chục triệu``, which has none."""
    if lead.lstrip(MARKS) in _SCALE_LEADS or " rưỡi" in words or _MORE_THAN_ONE.match(words):
        return found
    counts = " " in words or (counted is not None and counted.key in CLASSIFIERS)  # nổ như trăm quả mìn
    return (found[0], found[1], "indefinite") if counts else None


def _read_roman(sentence: str, at: int) -> Found | None:
    """Return a Roman numeral: after a word that takes one, as a list's mark, or of two letters and more."""
    match = _ROMAN.match(sentence, at)
    if match is None or not match["numeral"]:
        return None
    shapes = (("year", "date_words"), ("range", "roman_range"), ("outline", "outline"))
    shape = next((shape for part, shape in shapes if match[part]), "roman")
    found = at, match.end(), shape
    words = find_text_before(sentence, at).split()
    if not words:
        marks = _LIST_MARK.match(sentence, match.end()) and not _COMMUNE.match(sentence, at)
        return found if marks else None
    if words[-1].lower().strip("(“\"'") in ROMAN_LEADS:
        return found
    in_capitals = words[-1].isupper() and len(words[-1]) > 1  # HÀNH VI
    return found if len(match["numeral"]) > 1 and not in_capitals else None


def _make_mention(sentence: str, found: Found, offset: int, previous: Mention | None, nouns: frozenset[str]) -> Mention:
    """Return the mention of a number: its kind from the words around it, then value, unit and qualifier by kind."""
    start, end, shape = found
    noun = find_counted_noun(sentence, end, nouns)
    if shape in ("plain", "scaled") and noun is not None and _is_plain_count(sentence, start, noun):
        text = sentence[start:end]
        if "," not in text:
            return Mention(start + offset, end + offset, text, parse_numeral(text), noun.text, None, Kind.FIGURE)
    if noun is None and sentence[end : end + 2].strip()[:1] in ("(", ")"):
        noun = _find_noun_past_bracket(sentence, found, offset, previous, nouns)
    signed, shape = find_signed_start(sentence, found, offset, previous, noun)
    number = make_context(sentence, signed, end, shape, noun)
    if shape == "clock_round":
        _settle_round(number)
    kind = find_kind(number)
    if kind is not Kind.FIGURE:
        number.start = start
    if previous is not None and (kind is Kind.FIGURE or kind is Kind.DATE or shape == "words"):
        kind = _follow(number, kind, previous, offset)
    qualifier = find_qualifier(number) if kind in _HEDGED else None
    unit = _take_unit(number, kind)
    value = find_value(number, kind)
    return Mention(
        number.start + offset, number.end + offset, number.text, value, unit, qualifier, kind, number.certain
    )


def _is_plain_count(sentence: str, start: int, noun: CountedNoun) -> bool:
    """Tell ``bắt 5 vụ``, of which no word says anything more: most numbers cost no rule.

    >>> _is_plain_count("bắt 5 vụ", 4, find_counted_noun("bắt 5 vụ", 5))
    True
    >>> _is_plain_count("gần 5 vụ", 4, find_counted_noun("gần 5 vụ", 5))
    False
    """
    if not noun.known or noun.key in TIMES or noun.text.isupper() or (start and sentence[start - 1] != " "):
        return False
    if sentence.startswith(" rưỡi", noun.end) or noun.key in _TENTH_UNITS:
        return False
    words = sentence[start - _NEAR if start > _NEAR else 0 : start].split()
    if len(words) < 2 and start > _NEAR:
        return False
    if words and noun.key in ADMINISTRATIVE and (words[-1][-1] == "," or words[-1] == "và"):
        return False  # tổ 3, 4 phường Nam Hà
    return (not words or words[-1].lower().lstrip(MARKS) not in _TELLING) and not may_hedge_after(sentence)


def _find_noun_past_bracket(
    sentence: str, found: Found, offset: int, previous: Mention | None, nouns: frozenset[str]
) -> CountedNoun | None:
    """Return what a number said twice counts: both of ``02 (hai) bị can``."""
    start, end, _ = found
    value = parse_numeral(sentence[start:end])
    if value is None:
        return None
    again = _RESTATED.match(sentence, end)
    if again is not None:
        return find_counted_noun(sentence, again.end(), nouns) if parse_numeral(again[1]) == value else None
    said = previous is not None and previous.value == value and sentence[previous.end - offset : start].strip() == "("
    return find_counted_noun(sentence, end + 1, nouns) if said and sentence[end] == ")" else None


def _settle_round(number: NumberContext) -> None:
    """Tell ``24/24 xã``, all of them, and ``ngày 7/7``, a day, from ``trực 24/24``, round the clock."""
    if _counts_all(number):
        number.shape = "pair"
    elif number.text in ("7/7", "24/7") and number.bare_lead in _DATED:
        number.shape = "date"


def _counts_all(number: NumberContext) -> bool:
    """Tell ``24/24 xã`` and ``7/7 phường``, all of them, from ``trực 24/24`` and ``7/7 ngày``, round the clock."""
    return number.counted and number.counts not in TIMES and number.lead not in _ON_DUTY and number.text[-1].isdigit()


def _follow(number: NumberContext, kind: Kind, previous: Mention, offset: int) -> Kind:
    """Return the kind of a number in the light of the number before it, if they stand in one list."""
    if kind is Kind.FIGURE and previous.kind is Kind.TIME and number.shape == "range" and number.counts in ("giờ", "h"):
        listed = _LISTED.fullmatch(number.sentence, previous.end - offset, number.start)
        return Kind.TIME if listed else kind  # từ 6 - 9 giờ, 16 - 19 giờ
    if kind is Kind.FIGURE:
        return previous.kind if _continues(number, previous, offset) else kind
    if kind is Kind.OTHER and number.text == "một" and number.lead in ("và", "với") and number.noun is not None:
        return previous.kind if previous.kind is Kind.FIGURE and previous.unit is not None else kind  # và một khánh đá
    if kind is Kind.DATE and not number.certain and _is_further_part(number, previous):
        return Kind.FIGURE
    if kind is previous.kind is Kind.DATE and _LISTED.fullmatch(number.sentence, previous.end - offset, number.start):
        number.certain = True  # ngày 7 và 8/6
    return kind


def _is_further_part(number: NumberContext, previous: Mention) -> bool:
    """Tell ``Ia Púch 5/6 làng; Ia Drăng 6/7``, a further part of a whole, from a day."""
    if previous.kind is not Kind.FIGURE or not isinstance(previous.value, tuple) or "/" not in previous.text:
        return False
    part, _, whole = number.text.partition("/")
    named = number.spelt[-1][:1].isupper() and not number.spelt[-1][1:].isupper()
    return part.isdigit() and whole.isdigit() and int(part) <= int(whole) and named


def _continues(number: NumberContext, previous: Mention, offset: int) -> bool:
    """Tell a further number of a list of names or dates: ``quận 1, 3 và 5``, ``ngày 5, 6 và 7/8``."""
    if (
        number.shape != "plain"
        or _counts_by_itself(number)
        or previous.unit is not None
        or not previous.text[0].isdigit()
    ):
        return False
    if previous.kind in (Kind.FIGURE, Kind.TIME, Kind.ANNIVERSARY):
        return False
    between = number.sentence[previous.end - offset : number.start]
    return len(between) < 8 and _LISTED.match(between) is not None


def _counts_by_itself(number: NumberContext) -> bool:
    """Tell ``tổ 3, 5 phường``, a name and a count, from ``tổ 3, 5 phường Nam Hà``, two names."""
    noun = number.noun
    if noun is None or noun.key in _LAWS:
        return False  # các điều 30, 31 Nghị định
    return (noun.known or not noun.text.isupper()) and not lies_in_named_place(number)


def _take_unit(number: NumberContext, kind: Kind) -> str | None:
    """Return the unit that a number of this kind has; widen the number to the words that belong to it."""
    if number.shape == "times" or (number.shape in ("shorthand", "unsaid") and number.counts not in MONEY):
        return None
    if number.shape == "tenths":
        return "kg" if "kg" in number.text else "m"
    noun = number.noun
    if noun is None or not _keeps_unit(number, noun, kind):
        return None
    if kind is Kind.TIME:
        rest = _HOUR_REST.match(number.sentence, noun.end)
        number.end = rest.end() if rest else noun.end  # 20 giờ is read like 20h
        return None
    half = _HALF_MORE.match(number.sentence, noun.end)
    if half:
        number.end, number.shape = half.end(), "half_more"
    elif noun.key in _TENTH_UNITS and (tenth := TENTH.match(number.sentence, noun.end)):
        number.end, number.shape = tenth.end(), "unit_tenths"
    return noun.text


def _keeps_unit(number: NumberContext, noun: CountedNoun, kind: Kind) -> bool:
    """Tell whether the counted words are this number's: not of a year, a name or an idiom."""
    match kind:
        case Kind.FIGURE | Kind.ANNIVERSARY:
            return True
        case Kind.DATE:  # 6 tháng đầu năm, but not tháng 6
            dated = number.bare_lead in _DATED or number.shape in ("date", "date_words", "years") or "." in number.text
            return noun.key in TIMES and not dated
        case Kind.TIME:
            return noun.key in ("giờ", "h") and number.shape != "clock"
        case Kind.OTHER:
            named = number.text.lower() != "một" and not number.counted  # lớp bảy hệ cũ
            return number.shape == "words" and not named and not is_idiom(number)
        case _:
            return False
