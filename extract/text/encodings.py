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


_ASKED: Final = re.compile(r"(?<=[A-Za-z])\?(?=[a-z])")
_DISGUISES: Final = (
    _Disguise(
        # C?ng an t?nh, b?t gi? 72 v?
        _ASKED,
        "has ? for the letters that were lost: take it from its source again",
        _has_no_vietnamese,
    ),
    _Disguise(
        # Công an tá»‰nh, triá»‡u, Ä‘á»“ng
        # but not `ĐÃ` before a no-break space
        re.compile(rf"(?:[ÂÄÅÆ]|Ã(?!\u00a0)|á[º»])[{_CONTINUED}]"),
        "is UTF-8 read as another encoding and saved again (á»‡ for ệ): take it from its source again",
        _is_mostly_signs,
    ),
    _Disguise(
        # C«ng an tØnh, ®Êu tranh, triÖu ®ång
        re.compile("(?<=[A-Za-z])[¡¢£¤¥¦µ¶·¸¹¨©ª«¬»¼½¾÷×ØÞÖÕÒÓÔÊÇÈÉËÆÜ]|[®§](?=[A-Za-z\u00a1-ÿ])"),
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
      <(?:!doctype|html|head|body|div|span|table|tbody|tr|td|br|p|li|ul|h[1-6]|article|section|main|figure|meta|font
        |strong|em|a\shref=) (?:\s[^<>]{0,200}|(?<==)[^<>]{0,200})? /? >
    | <\?xml\s
    | &(?:nbsp|[a-z]{1,2}(?:grave|acute|circ|tilde)|\#[0-9]{2,7}|\#x[0-9a-f]{2,6});
    """,
    re.VERBOSE | re.IGNORECASE,
)


_ESCAPED: Final = re.compile(r"(?:\\u(?:01|1[eE])[0-9A-Fa-f]{2})|=E1=(?:\r?\n)?B[AB]=[89AB][0-9A-F]")
"""Vietnamese letters as JSON (``\u1ea5``) or a mail (``=E1=BA=A5``) writes them."""
_ESCAPES: Final = ("\\u", "=E1")
_FORMATS: Final = {"{\\rtf": "RTF", "%PDF-": "PDF", "%!PS": "PostScript"}
"""How files begin that may be text by their bytes, and what they are."""
_BEFORE: Final = "\ufeff \r\n\t"


def may_be_ascii_disguise(raw: str) -> bool:
    """Tell whether a text may be a disguise in ASCII alone: another format, escaped letters, ? for lost ones."""
    return (
        raw.lstrip(_BEFORE).startswith(tuple(_FORMATS))
        or any(sign in raw for sign in _ESCAPES)
        or ("?" in raw and _ASKED.search(raw) is not None)
    )


def check_encoding(raw: str, *, line: int = 1) -> None:
    """Raise UnreadableError for a text that is not what it seems; `line` is that of its file where `raw` begins."""
    for sign, name in _FORMATS.items():
        if raw.lstrip(_BEFORE).startswith(sign):
            raise UnreadableError(f"{name}, not text: save the article's words as plain text, UTF-8", line=line)
    lost = raw.find(_LOST)
    if lost >= 0:
        message = "U+FFFD stands for a letter that was lost: take the text from its source again"
        raise UnreadableError(message, line=line + _count_lines(raw, lost))
    if ("<" in raw or "&" in raw) and (tag := _HTML.search(raw)):
        message = f"«{tag[0]}» is HTML: save the page's text alone, without its marks"
        raise UnreadableError(message, line=line + _count_lines(raw, tag.start()))
    if any(sign in raw for sign in _ESCAPES) and (escaped := _ESCAPED.search(raw)):
        message = f"«{escaped[0]}» stands for a letter in JSON or in a mail: save the text as its reader sees it"
        raise UnreadableError(message, line=line + _count_lines(raw, escaped.start()))
    if _ODD.search(raw) is None and ("?" not in raw or _ASKED.search(raw) is None):
        return
    # Line by line, for one may be pasted from elsewhere; then as a whole, for a table's lines are short.
    for number, words in enumerate((*_LINE_END.split(raw), raw)):
        signs = {disguise: len(disguise.sign.findall(words)) for disguise in _DISGUISES}
        telling = [disguise for disguise in _DISGUISES if disguise.tells(words, signs[disguise])]
        if telling:
            at = line if words is raw else line + number
            raise UnreadableError(f"the text {max(telling, key=signs.__getitem__).advice}", line=at)


def _count_lines(raw: str, end: int) -> int:
    return len(_LINE_END.findall(raw, 0, end))
