"""Where the sentences of a Vietnamese article begin and end.

A line end always ends a sentence, so a title, a caption and a list item are sentences without a full stop. Inside a
line, a full stop, a question or exclamation mark or an ellipsis ends one where the next begins. Only the few characters
around the mark decide, so a sentence cut out of its article is found again as one sentence.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from extract.text.words import read_words, word_set


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


_LINE_ENDS: Final = r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]"
_LINE_END: Final = re.compile(f"{_LINE_ENDS}{_LINE_ENDS}*")
"""One, then any number: `re` looks for the first of a repeated set more slowly."""

_STOP: Final = re.compile(
    r"""
    (?P<mark> [.!?…] (?! (?<= \. ) \d )                        # but not the full stop of 1.962
        (?: (?<=\.) /\. | [.!?…]{0,19} ) )                     # "./." closes a radio's report
    (?P<closers> ["”’'»)\]*]{0,4} )          # phức tạp.”
    (?: (?P<mark_after> \./\. | [.…]{1,20} ) ["”’'»)\]*]{0,4} )?    # phức tạp”./.
    (?P<emoji>                                                      # mất tiền. ⚠️
        (?: \s* [\U0001F000-\U0001FAFF\u2600-\u2712\u2715-\u2793\u2B50\u2B55\uFE0F\u200D\u20E3]{1,20} ){0,9} )
    (?P<gap> \s* )
    (?= ["“‘'«(\[*\-–—+•\s]{0,8} (?P<first> \w ) | (?P<none> \W | $ ) )
    """,
    re.VERBOSE,
)

_LISTS: Final = read_words("sentences")
_ABBREVIATIONS: Final = word_set(_LISTS["abbreviations"])
_OPENERS: Final = word_set(_LISTS["openers"])
_NAMED_OPENERS: Final = word_set(_LISTS["named_openers"])
_GRADED: Final = word_set(_LISTS["graded"])

_NUMBERED_START: Final = re.compile(
    r"""
    \W{0,6}
    (?: (?: điều | khoản | mục | chương | phần | bài | câu | bước ) \s+ )?   # Điều 3. Phạm vi
    (?: \d{1,3} (?: \.\d{1,2} ){0,3} | [IVX]{1,5} | [a-zđA-ZĐ] )             # 1.  2.1.  II.  a.
    \s{0,2}                                                                # Điều 2 . Mức hỗ trợ
    """,
    re.VERBOSE | re.IGNORECASE,
)

_INITIALS: Final = frozenset(("Ch", "Gh", "Gi", "Kh", "Ng", "Ngh", "Nh", "Ph", "Qu", "Th", "Tr"))
"""Two letters that begin a name as one does: ``Nguyễn Hoài Th.``."""
_PHONE_BEFORE: Final = re.compile(r"(?<![\d.,])0\d{2,4}(?:(?:\s\.\s?|\.\s)\d{2,4}){1,3}\s?\Z")
"""The beginning of a telephone number: ``069 . 4329 . 118``."""
_SCANNED_GROUP: Final = re.compile(r"(?=[ol|]*\d)(?=\d*[ol|])[\dol|]{3}")
"""Three digits of which a scanner took some for letters: ``4 . 1O0 kg``."""
_LAST_WORD: Final = re.compile(r"[\w.]*\Z")


def find_sentences(text: str) -> list[Span]:
    """Return the sentences of `text` in order, without the white space around them; a line of marks alone is none.

    >>> text = "Công an TP. Hà Tĩnh bắt 2 đối tượng. Theo H. Nụ, thu 1.500 viên…"
    >>> [text[span.start : span.end] for span in find_sentences(text)]
    ['Công an TP. Hà Tĩnh bắt 2 đối tượng.', 'Theo H. Nụ, thu 1.500 viên…']
    """
    spans: list[Span] = []
    position = 0
    for line_end in _LINE_END.finditer(text):
        spans.extend(_find_in_line(text, position, line_end.start()))
        position = line_end.end()
    spans.extend(_find_in_line(text, position, len(text)))
    return spans


def _find_in_line(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of one line."""
    begin = start
    for stop in _STOP.finditer(text, start, end):
        gap = stop.start("gap")
        if stop["first"] is not None and _ends_sentence(text, begin, stop):
            yield from _trim(text, begin, gap)
            begin = gap
    if begin < end:
        yield from _trim(text, begin, end)


def _trim(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the span without the white space around it, if a letter or digit is left."""
    piece = text[start:end]
    bare = piece.strip()
    if not bare[:1].isalnum() and not any(map(str.isalnum, bare)):
        return
    start += piece.index(bare)
    yield Span(start, start + len(bare))


def _ends_sentence(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Tell whether a sentence that began at `begin` ends with the mark of `stop`."""
    first = stop["first"]
    mark = stop["mark"]
    if not stop["gap"]:
        return _ends_without_space(text, begin, stop)
    if not (first.isupper() or first.isdigit()):
        return False
    if mark != "." or stop["mark_after"]:
        return True
    return not _is_shortening(text, begin, stop)


def _ends_without_space(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Tell whether a mark without a space after it ends a sentence: ``chúng…..Do vậy``, not ``TP.HCM``."""
    after = stop.end("gap")
    mark = stop["mark"]
    if not stop["first"].isupper() or stop["first"] != text[after : after + 1]:
        return False
    if not text[after + 1 : after + 2].islower() or stop["closers"]:
        return False
    if mark != ".":
        return True
    word = _last_word(text, begin, stop.start())
    return len(word) > 1 and word.isalpha() and word.islower() and word not in _ABBREVIATIONS


def _is_shortening(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Tell whether the full stop shortens a word or follows a list's number instead of ending a sentence."""
    at = stop.start()
    if stop["closers"]:
        return False
    if _NUMBERED_START.fullmatch(text, begin, at):
        return True  # 1. Tăng cường
    spaced = at > begin and text[at - 1].isspace()  # tổ chức . Công an
    word = _last_word(text, begin, at - spaced)
    if word.replace(".", "").isdigit():
        return _goes_on_in_number(text, begin, stop, word)
    last = word.rpartition(".")[2]
    if ((len(last) == 1 and last.isupper()) or last in _INITIALS) and not spaced:
        before = text[max(begin, at - 12) : at - len(word)].split()
        degrees = text[at - len(word) - 1 : at - len(word)] in ("°", "º", "⁰")  # 20°C. Đỉnh
        graded = degrees or (bool(before) and before[-1].lower() in _GRADED)  # 55 độ C. Vị trí
        return not graded and not _opens(text, stop)  # H. Nụ
    measured = text[at - len(word) - 1 : at - len(word)] == "/" and word == "h"  # 5 km/h. Đơn vị
    return word.lower() in _ABBREVIATIONS and not spaced and not measured


def _goes_on_in_number(text: str, begin: int, stop: re.Match[str], word: str) -> bool:
    """Tell ``21. 218 tỷ``, ``: 1. Hải Đông`` and ``ĐT: 0274 . 3 559 208`` from a sentence that ends with a number."""
    next_word = _next_word(text, stop)
    if next_word[:3].isdigit() and len(next_word.partition(".")[0]) == 3 and len(word.rpartition(".")[2]) <= 3:
        return True
    if next_word.isdigit() and ((word[0] == "0" and len(word) > 2) or _PHONE_BEFORE.search(text, begin, stop.start())):
        return True
    if len(word) <= 3 and text[stop.start() - 1].isspace() and _SCANNED_GROUP.fullmatch(next_word):
        return True
    before = text[max(begin, stop.start() - len(word) - 3) : stop.start() - len(word)].rstrip()
    if before[-1:] == ":":
        return word in ("1", "01")  # a list begins; but Thẻ vàng: 3. Thẻ đỏ: 0.
    if before[-1:] == ",":
        return word.isdigit() and len(word) < 3 and f" {int(word) - 1}. " in text[begin : stop.start()]  # 1. An, 2. Ba
    return len(word) < 3 and before[-1:] == ";"


def _opens(text: str, stop: re.Match[str]) -> bool:
    """Tell the first word of a sentence from a name after its initial: ``H. Theo``, but ``H. Đồng Xuân``."""
    at = stop.start("first")
    words = text[at : at + 24].split()
    if _next_word(text, stop) not in _OPENERS:
        return False
    return _next_word(text, stop) not in _NAMED_OPENERS or len(words) < 2 or not words[1][:1].isupper()


def _next_word(text: str, stop: re.Match[str]) -> str:
    """Return the word after a mark, in lower case."""
    following = text[stop.start("first") : stop.start("first") + 12].split(maxsplit=1)
    return following[0].rstrip(",.;:").lower() if following else ""


def _last_word(text: str, begin: int, end: int) -> str:
    """Return the word that ends at `end`, full stops inside it kept: ``PGS.TS``."""
    found = _LAST_WORD.search(text, max(begin, end - 16), end)
    return found.group() if found else ""
