"""Texts that are not what they seem: legacy fonts' letters, letters written as others, lost letters, HTML, mails.

Each is text by its bytes, and would be read with other letters, and so other words, than whoever wrote it saw. What is
looked for never stands in Vietnamese written in Unicode.

Sources: TCVN 5712:1993 (TCVN3 fonts such as .VnTime) and the VNI-Windows character set, as a program shows their bytes
that takes them for Windows-1252; VISCII and VIQR (RFC 1456), UTF-7 (RFC 2152).
"""

import codecs
import re
from binascii import a2b_base64
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from extract.text.problems import UnreadableError, shorten

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


def _has_viqr(words: str, signs: int) -> bool:
    return _has_no_vietnamese(words, signs) and len(_VIQR.findall(words)) >= 5


def _begins_with_eth(words: str, signs: int) -> bool:
    # As no word of Icelandic does.
    return _has_no_vietnamese(words, signs) and re.search(r"(?<!\w)ð(?=\S)", words) is not None


def _is_mostly_signs(words: str, signs: int) -> bool:
    return signs >= 2 and 4 * signs > sum(not char.isascii() for char in words)


_VIQR: Final = re.compile(r"(?<=[A-Za-z])(?:[aeo]\^|[ou]\+)['`?~.]?(?=[A-Za-z])", re.IGNORECASE)
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
        # Co^ng an ti?nh, trie^.u, ddo^`ng
        re.compile(rf"{_VIQR.pattern}|{_ASKED.pattern}", re.IGNORECASE),
        "is in VIQR (Vie^.t for Việt): convert it to Unicode (UTF-8)",
        _has_viqr,
    ),
    _Disguise(
        # Công an tïnh, tri®u, ð°ng
        re.compile("(?<=[A-Za-z])[\u0080-\u009f¡-¬®-¿ÆÇÑÖ×ØÛÜÞßåæçäëïðñöøûüþÿ]|[ðß](?=[A-Za-z\u00a1-ÿ])"),
        "is in VISCII (Vi®t for Việt): convert it to Unicode (UTF-8)",
        _begins_with_eth,
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
_UTF_7: Final = re.compile(r"\+[A-Za-z0-9+/]{3,40}-")
_BASE64: Final = re.compile(r"\n(?P<packed>[A-Za-z0-9+/]{60})")
_TYPED: Final = re.compile(
    r"""\b(?:
      [bcdghklmnpqrstvx]{0,3} [aeiouyw]{1,4} (?: j(?:ch|ng|nh|[cmnpt])? | (?:ch|ng|nh|[cmnpt])j )   # hieejn, hieenj
    | dd[aeiouy][a-z]{0,6}                        # ddoois
    | [bcdghlmnpqrstvx]{0,3}i?uw[a-z]{0,6}        # giuwx, but not Kuwait
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Syllables as the keys of Telex are typed that no English word is like; of a Vietnamese text, about every third."""
LETTERS_OF_A_SAMPLE: Final = 100_000
_WORD: Final = re.compile(r"[^\W\d_]+")
_FORMATS: Final = {"{\\rtf": "RTF", "%PDF-": "PDF", "%!PS": "PostScript"}
"""How files begin that may be text by their bytes, and what they are."""
_BEFORE: Final = "\ufeff \r\n\t"


def may_be_ascii_disguise(raw: str) -> bool:
    """Tell whether a text may be a disguise in ASCII alone: another format, escaped letters, ? for lost ones."""
    return (
        raw.lstrip(_BEFORE).startswith(tuple(_FORMATS))
        or any(sign in raw for sign in _ESCAPES)
        or _may_be_ascii_font(raw)
        or ("+" in raw and _UTF_7.search(raw) is not None)
        or _BASE64.search(f"\n{raw}") is not None
        or _VIETNAMESE.search(raw) is None
    )


def _may_be_ascii_font(raw: str) -> bool:
    return ("?" in raw and _ASKED.search(raw) is not None) or ("^" in raw and _VIQR.search(raw) is not None)


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
    for start, words, message in _find_written(raw):
        raise UnreadableError(f"«{shorten(words)}» {message}", line=line + _count_lines(raw, start))
    if _ODD.search(raw) is None and not _may_be_ascii_font(raw):
        return
    # Line by line, for one may be pasted from elsewhere; then as a whole, for a table's lines are short.
    for number, words in enumerate((*_LINE_END.split(raw), raw)):
        advice = _tell_disguise(words)
        if advice:
            at = line if words is raw else line + number
            # A few words may seem to be in another font than the text is.
            raise UnreadableError(f"the text {_tell_disguise(raw) or advice}", line=at)


def _tell_disguise(words: str) -> str:
    """Return what to do about the disguise that has the most signs in some words; empty where none is told."""
    signs = {disguise: len(disguise.sign.findall(words)) for disguise in _DISGUISES}
    telling = [disguise for disguise in _DISGUISES if disguise.tells(words, signs[disguise])]
    return max(telling, key=signs.__getitem__).advice if telling else ""


def _find_written(raw: str) -> Iterator[tuple[int, str, str]]:
    """Yield where letters are written as only a program or the keys of a keyboard would, those, and what to do."""
    shifted = [each for each in _UTF_7.finditer(raw) if _VIETNAMESE.search(each[0].encode().decode("utf-7", "ignore"))]
    if len(shifted) >= 3:
        yield shifted[0].start(), shifted[0][0], "stands for a letter in UTF-7: save the text as UTF-8"
    for each in _BASE64.finditer(f"\n{raw}"):
        if _holds_words(a2b_base64(each["packed"])):
            yield each.start(), each["packed"], "is base64, as mails hold texts: save the text as its reader sees it"
    if _VIETNAMESE.search(raw) is None:
        head = raw[:LETTERS_OF_A_SAMPLE]
        typed = list(_TYPED.finditer(head))
        distinct = {each[0].casefold() for each in typed}
        if len(distinct) >= 5 and 8 * len(typed) >= len(_WORD.findall(head)):
            advice = "is a word in the keys of Telex (Vieejt for Việt): convert the text to Unicode (UTF-8)"
            yield typed[0].start(), typed[0][0], advice


def _holds_words(packed: bytes) -> bool:
    """Tell whether bytes begin a text of several words, in UTF-8."""
    try:
        words = codecs.getincrementaldecoder("utf-8")().decode(packed)
    except UnicodeDecodeError:
        return False
    return " " in words and all(char.isprintable() or char.isspace() or char == "\ufeff" for char in words)


def _count_lines(raw: str, end: int) -> int:
    return len(_LINE_END.findall(raw, 0, end))
