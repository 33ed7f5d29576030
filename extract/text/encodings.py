"""Texts that are not what they seem: legacy fonts' letters, UTF-8 read as another encoding, lost letters, HTML.

Each is text by its bytes, and would be read with other letters, and so other words, than whoever wrote it saw. What is
looked for never stands in Vietnamese written in Unicode.

Sources: TCVN 5712:1993 (TCVN3 fonts such as .VnTime) and the VNI-Windows character set, as a program shows their bytes
that takes them for Windows-1252.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from extract.text.problems import UnreadableError

_VIETNAMESE: Final = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
"""Letters that only Unicode has: neither TCVN3 nor VNI nor Windows-1252 can show one."""
_CONTINUED: Final = "\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
"""The bytes 0x80 to 0xBF as Latin-1 and Windows-1252 read them."""


class _Disguise(NamedTuple):
    """One way in which a text is not what it seems."""

    sign: re.Pattern[str]
    """What tells it, about once in a word."""
    advice: str
    tells: Callable[[str, int], bool]
    """Tells whether so many signs in a line are no chance."""


def _has_no_vietnamese(words: str, signs: int) -> bool:
    # A line may name Björn, Jürgen and Göran.
    return signs >= 5 and _VIETNAMESE.search(words) is None


def _is_mostly_signs(words: str, signs: int) -> bool:
    return signs >= 2 and 4 * signs > sum(not char.isascii() for char in words)


_DISGUISES: Final = (
    _Disguise(
        # Công an tá»‰nh, triá»‡u, Ä‘á»“ng
        # but not `ĐÃ` before a no-break space
        re.compile(rf"(?:[ÂÄÅÆ]|Ã(?!\u00a0)|á[º»])[{_CONTINUED}]"),
        "is UTF-8 read as another encoding and saved again (á»‡ for ệ): take it from its source again",
        _is_mostly_signs,
    ),
    _Disguise(
        # C«ng an tØnh, ®Êu tranh, triÖu ®ång
        re.compile("(?<=[A-Za-z])[µ¶·¸¹¨©ª«¬»¼½¾÷×ØÞÖÕÒÓÔÊÇÈÉËÆ]|[®§](?=[A-Za-zÀ-ÿ])"),
        "is in a TCVN3 font (C«ng an for Công an): convert it to Unicode (UTF-8)",
        _has_no_vietnamese,
    ),
    _Disguise(
        # Coâng an tænh, ñaáu tranh, trieäu ñoàng
        # The tone is a letter after its vowel; Vietnamese has none of these pairs in Unicode, and foreign names few.
        re.compile(
            r"(?<=[aeou])[äåëïøû] | (?<=[ae])[âáàãêéèùõúü] | (?<=o)[âõùúü] | (?<=u)[ùõ] | \bñ(?=\w)",
            re.VERBOSE | re.IGNORECASE,
        ),
        "is in a VNI font (Coâng an for Công an): convert it to Unicode (UTF-8)",
        _has_no_vietnamese,
    ),
)
_ODD: Final = re.compile("[\u0080-\u009f\u00a1-\u00bf×÷ñæøûïäåöëüÑÆØÛÏÄÅÖËÜ]")
"""Every text in one of the disguises holds some of these; nearly no other does, and this is quick to tell."""
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_LOST: Final = "\ufffd"
# What a saved page always has. A text may well speak of other tags, and every text is shown letter for letter.
_HTML: Final = re.compile(
    r"""
      <(?:!doctype|html|head|body|div|span|table|tbody|tr|td|br|p|li|ul|h[1-6]) (?:\s[^<>]{0,200})? /? >
    | &(?:nbsp|[a-z]{1,2}(?:grave|acute|circ|tilde));
    """,
    re.VERBOSE | re.IGNORECASE,
)


def check_encoding(raw: str, *, line: int = 1) -> None:
    """Raise UnreadableError for a text that is not what it seems; `line` is that of its file where `raw` begins."""
    lost = raw.find(_LOST)
    if lost >= 0:
        message = "U+FFFD stands for a letter that was lost: take the text from its source again"
        raise UnreadableError(message, line=line + _count_lines(raw, lost))
    if ("<" in raw or "&" in raw) and (tag := _HTML.search(raw)):
        message = f"«{tag[0]}» is HTML: save the page's text alone, without its marks"
        raise UnreadableError(message, line=line + _count_lines(raw, tag.start()))
    if _ODD.search(raw) is None:
        return
    for number, words in enumerate(_LINE_END.split(raw)):
        for disguise in _DISGUISES:
            if disguise.tells(words, len(disguise.sign.findall(words))):
                raise UnreadableError(f"the text {disguise.advice}", line=line + number)


def _count_lines(raw: str, end: int) -> int:
    return len(_LINE_END.findall(raw, 0, end))
