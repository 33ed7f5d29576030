"""The sign of a number: a minus belongs to it, a dash does not, and where nothing tells the two apart it is refused."""

import re
from typing import Final

from extract.text.found import Found, Mention
from extract.text.hedges import MARKS
from extract.text.nouns import MONEY, TIMES, CountedNoun
from extract.text.values import SIGNS
from extract.text.words import word_set

_SIGNABLE: Final = word_set("plain, scaled, range, spoken, words, restated")
"""The shapes of numbers that may have a sign."""
_SPACED_SIGNS: Final = frozenset(f" {sign} " for sign in SIGNS)
_SIGN_BEFORE: Final = re.compile(rf"(?:\s[{SIGNS}] ?|\bâm )\Z", re.IGNORECASE)
_DASH_BEFORE: Final = re.compile(rf"[{SIGNS}] ?\Z")
_COMPARING: Final = re.compile(r"\bso với\b|\bcùng k[ỳì]\b", re.IGNORECASE)
_COMPARED: Final = re.compile(r"\b(?:so với|cùng k[ỳì])\b[^.,:;()\d]{0,30}\Z", re.IGNORECASE)
"""The end of a comparison: ``so với cùng kỳ năm trước - 7 vụ``."""
_OPENED_PLUS: Final = re.compile(r"[(:,;] ?\+ ?\d")
"""Beside a number with its plus, ``+ 01 người``, a dash is a minus."""
_SIGNED_BRACKET: Final = re.compile(r"[(] ?(?:\+ ?|[-−–])\d")
"""A change in brackets whose sign is sure: ``(+ 3)``, ``(-14 vụ)``."""
_BRACKET_END: Final = re.compile(r"(?<!19\d\d)(?<!20\d\d) ?\)")
"""After a number alone in its brackets that is no year."""
_CELL_END: Final = re.compile(r" *(?:\||\Z)")
_PLUS: Final = re.compile(r"(?:[(:,;]|[^\W\d_]) ?\+ ?\d")
"""A plus in a comparison, ``đánh bạc + 07 vụ``, where it adds nothing up."""
_QUANTITY: Final = re.compile(r"(?:\A|\s)số [^\d,;:()]*\Z", re.IGNORECASE)
"""What a change is of: ``so với cùng kỳ, số người chết - 4 người``."""
_BRACKETED: Final = re.compile(r"[(](?:[-−–] [^()]*)?\Z")
"""In a bracket that a dash opens, ``(- 02 vụ, - 01 người``: nobody writes a list so, but nothing says minus either."""
_DIRECTED: Final = re.compile(r"\b(?:tăng|giảm)\b[^.;()]*\Z", re.IGNORECASE)
"""A change said in words: whether the dash after it repeats it, ``giảm: - 4 vụ``, or begins a list, nobody can say."""
_CELL_START: Final = re.compile(r"[|\t] ?\Z")
_BELOW_ZERO: Final = re.compile(r"(?<!\w)[âÂ]m \Z")
_SIGN_LEADS: Final = word_set(
    """
    là, xuống, mức, đạt, ở, chỉ, còn, dưới, trên, gần, hơn, khoảng, từ, đến, tới, và, sâu, cốt, trưởng, lỗ, giảm, tăng,
    hoặc, lượt
    """
)
"""Words before a number with its sign."""
_SIGNED_NUMBERS: Final = word_set("hiệu số, hệ số, chỉ số")
_SIGNED_BETWEEN: Final = re.compile(r"[^\d:()]*(?:[,;]|\s(?:và|,|;))\s|[^\d:;()]*\)[^\d:;()]*\(")
"""Between two changes with their signs: ``-3 vụ, -2 người``, ``số vụ (-3%), số người chết (- 2``."""
_GOES_ON: Final = re.compile(r"[^\d:()]*(?:\)[^\d:()]*)?")
"""Between two changes of named quantities: ``số vụ - 9 vụ (-13%), số người chết - 4 người``."""


def find_signed_start(
    sentence: str, found: Found, offset: int, previous: Mention | None, noun: CountedNoun | None
) -> tuple[int, str]:
    """Return where a number begins with its sign, and its shape: one that may have a sign or none is refused.

    `previous` is the mention before it, whose places are shifted by `offset`; `noun` is what it counts.

    >>> find_signed_start("xuống -2,4 độ", (7, 10, "plain"), 0, None, None)
    (6, 'plain')
    """
    start, _, shape = found
    if shape not in _SIGNABLE:
        return start, shape
    floor = previous.end - offset if previous is not None else 0
    signed = _find_sign(sentence, start, floor, noun)
    if signed == start and _DASH_BEFORE.search(sentence, max(start - 2, floor), start):
        return _settle_sign(sentence, found, offset, previous, noun)
    return signed, shape


def follows_sign(sentence: str, at: int) -> bool:
    """Tell whether a sign stands before the number at `at`: ``từ -3 đến 1``, ``âm 2``.

    >>> follows_sign("từ -3 đến 1", 4), follows_sign("từ 3 đến 1", 3)
    (True, False)
    """
    return _SIGN_BEFORE.search(sentence, max(0, at - 4), at) is not None


def _find_sign(sentence: str, start: int, floor: int, noun: CountedNoun | None) -> int:
    """Return where the sign of the number at `start` stands, `start` if it has none; a dash is no sign.

    >>> _find_sign("xuống -2,4 độ", 7, 0, None), _find_sign("ngày 2-4", 7, 6, None)
    (6, 7)
    """
    at = start - 1
    spaced = sentence[max(floor, at - 2) : start] in _SPACED_SIGNS
    if at < floor or (sentence[at] not in SIGNS and not spaced and sentence[at - 1 : start] != "m "):
        return start
    measured = noun is not None and (noun.key in ("%", "điểm") or noun.key.startswith(("độ", "°", "phần-", "điểm-")))
    spoken = _BELOW_ZERO.search(sentence, floor, start) if measured or (noun and noun.key in MONEY) else None
    if spoken is not None:
        return spoken.start()
    if spaced:  # xuống - 9 độ C
        words = sentence[floor : at - 1].split()
        return at - 1 if measured and words and words[-1].lower() in _SIGN_LEADS else start
    return at if sentence[at] in SIGNS and _is_sign(sentence, at, floor, measured=measured) else start


def _is_sign(sentence: str, at: int, floor: int, *, measured: bool) -> bool:
    """Tell the minus at `at` from a dash; `floor` is where the number before ends."""
    before = sentence[at - 1 : at]
    if sentence[at] == "−" and before and not before.isalnum() and before not in "%)]":
        return True
    if before == "/":
        return _SIGNED_BRACKET.search(sentence, 0, at) is not None  # (-5 vụ/-9 đối tượng)
    if before and not before.isspace() and before not in '([:;,“"':
        return False
    if sentence[at] == "−" or before in ("(", "[") or _CELL_START.search(sentence, max(at - 2, 0), at):
        return True
    words = sentence[floor:at].split()
    if not words:
        return measured and floor == 0
    return measured or words[-1].lower() in _SIGN_LEADS or " ".join(words[-2:]).lower().lstrip(MARKS) in _SIGNED_NUMBERS


def _settle_sign(
    sentence: str, found: Found, offset: int, previous: Mention | None, noun: CountedNoun | None
) -> tuple[int, str]:
    """Return where a number begins that stands behind a dash, with a space between them or none, and its shape.

    A minus belongs to the number, before the dash of a list the number begins behind it, ``- 5 vụ``, and where nothing
    tells the two apart it is refused. Before what names no count the dash is a minus in a cell of a table only.
    """
    start, _, shape = found
    spaced = sentence[start - 1] == " "
    at = start - 2 if spaced else start - 1
    before = sentence[:at].rstrip(" ")
    share = noun is not None and noun.key == "%"
    in_cell = before.endswith("\t") or (before.endswith("|") and (share or _CELL_END.match(sentence, found[1])))
    if in_cell and (share or noun is None):
        return at, shape
    if noun is None and before.endswith("(") and _BRACKET_END.match(sentence, found[1]):
        signed = _is_bracket_signed(sentence, before)
        return at, shape if signed else "spaced"
    apart = spaced or sentence[at - 1].isspace()
    if noun is None or not noun.known or noun.key in TIMES or not before.strip() or not apart:
        return start, shape
    goes_on = False
    pairs = spaced and noun.key != "%" and previous is not None and previous.unit is not None
    if pairs and previous is not None and sentence[previous.end - offset : at].strip() == previous.unit:
        return start, shape  # tăng 2 vụ - 3 đối tượng
    if previous is not None and _has_sign(sentence, previous, offset):
        if _SIGNED_BETWEEN.fullmatch(sentence, previous.end - offset, at):
            return at, shape
        goes_on = previous.value is not None and _GOES_ON.fullmatch(sentence, previous.end - offset, at) is not None
    minus = _is_minus(sentence, before, noun, spaced=spaced, goes_on=goes_on)
    return (start, shape) if minus is False else (at, shape if minus else "spaced")


def _is_minus(sentence: str, before: str, noun: CountedNoun, *, spaced: bool, goes_on: bool) -> bool | None:
    """Tell the minus after `before` from a list's dash; None where nothing tells them apart.

    It is a minus where the sentence compares, or goes on behind a change with its sign, and a mark, a plus or a named
    quantity says so: ``so với cùng kỳ: - 4 vụ``, ``số vụ - 4 vụ``. Behind a name it is a list's: ``gồm Ea Tul - 7 vụ``.
    """
    opened = before[-1] in ":,;("
    comparing = goes_on or _COMPARING.search(before.rpartition(";")[2]) is not None
    plus = (_PLUS if comparing else _OPENED_PLUS).search(sentence) is not None
    plus = plus or (before[-1] == "(" and _SIGNED_BRACKET.search(sentence) is not None)
    named = not opened and before.rpartition(" ")[2][:1].isupper()
    directed = _DIRECTED.search(before) is not None
    if plus or (comparing and not named):
        sure = plus or (spaced and opened) or _QUANTITY.search(before) is not None
        return True if sure and not directed else None
    repeats = opened and directed and noun.key == "%"
    in_doubt = repeats or not spaced or _COMPARED.search(before) or _BRACKETED.search(before)
    return None if in_doubt else False


def _is_bracket_signed(sentence: str, before: str) -> bool:
    """Tell ``97 vụ (- 31)``, a change beside others with their signs, ``(+5)``, from what may be a dash."""
    return _SIGNED_BRACKET.search(sentence) is not None and _DIRECTED.search(before) is None


def _has_sign(sentence: str, mention: Mention, offset: int) -> bool:
    """Tell a change with its sign, ``-3`` or ``+ 3``, from a number without one."""
    return mention.text[0] in SIGNS or sentence[: mention.start - offset].rstrip(" ").endswith("+")
