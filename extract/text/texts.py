"""An article's bytes as text that every span can rely on, or a refusal that says where and what to do.

Text is normalised once, here: to Unicode NFC, without characters that have no width. Everything else stays as it is in
the file, non-breaking spaces and line ends too. Spans of the normalised text map back to code points of the file.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, NoReturn

from extract.text.encodings import check_encoding, may_be_ascii_disguise
from extract.text.files import read_regular
from extract.text.problems import UnreadableError

ZERO_WIDTH: Final = "\u00ad\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff" + "".join(
    map(chr, range(0xFE00, 0xFE10))
)
"""Soft hyphen, zero-width spaces and joiners, byte-order mark, variants of signs: unseen, they would part a number."""

_ZERO_WIDTH: Final = re.compile(f"[{ZERO_WIDTH}]")
_BIDIRECTIONAL: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNUSUAL: Final = re.compile(
    "[^\t\n\r -%'-;=-~\u00a0ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9–—‘’“”•…]"
)
"""Most texts have nothing but these, in which no check finds anything: they cost one look instead of five."""
_UNSEEN: Final = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2800\u3164\uffa0\u206a-\u206f\ufff0-\ufffb\ufffe\uffff"
    "\ue000-\uf8ff\U000e0000-\U0010ffff"
)
"""Letters of one font alone, and what has a code but no shape: no reader sees whether one parts a number's digits."""
_REFUSED: Final = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f{_BIDIRECTIONAL}{_UNSEEN}]")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_BYTE_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_ALONE: Final = r"\x00-\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2000-\u200a\u2010-\u205f\u2065-\u206f"
"""Characters that never join the one before them under NFC, and have a width."""
_CLUSTER: Final = re.compile(f"[{_ALONE}]?[^{_ALONE}]+")
"""A character and those after it that may join it or have no width: nothing outside changes."""
_MANY_MARKS: Final = re.compile(f"[^{_ALONE}][^{_ALONE}]{{30,}}")
MOST_MARKS: Final = 30
"""Combining marks in a row. No language has as many, and putting them in order takes the square of their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """An article's text, normalised, beside the text as the file has it."""

    text: str
    raw: str
    _places: "tuple[array[int], array[int]] | None" = field(default=None, repr=False, compare=False)
    """Where `text` and `raw` part: from each place of `text`, the place of `raw`, until the next. None if nowhere."""

    def raw_offset(self, offset: int) -> int:
        """Return the code point of the file where the code point `offset` of `text` begins; the end maps to the end.

        >>> article = parse_article("1.9\\u200b62 vụ".encode())
        >>> article.text, article.raw_offset(3), article.raw_offset(len(article.text))
        ('1.962 vụ', 4, 9)
        """
        if not 0 <= offset <= len(self.text):
            raise IndexError(f"offset {offset} is outside a text of {len(self.text)} code points")
        if self._places is None:
            return offset
        starts, raw_starts = self._places
        nearest = bisect_right(starts, offset) - 1
        return raw_starts[nearest] + offset - starts[nearest]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the file's code points that `text[start:end]` was made of, no zero-width ones around them."""
        first, last = self.raw_offset(start), self.raw_offset(end)
        if self._places is None:
            return first, last
        while last > first and self.raw[last - 1] in ZERO_WIDTH:
            last -= 1
        return first, last


def read_article(path: Path) -> ArticleText:
    """Read the article in the regular file `path`; raise UnreadableError where it is not one."""
    return parse_article(read_regular(path))


def parse_article(data: bytes) -> ArticleText:
    """Return the article in the bytes `data`; raise UnreadableError for what is no text, is empty or hides its order.

    >>> parse_article(b"\\xef\\xbb\\xbf28kg\\r\\n").text
    '28kg\\r\\n'
    >>> parse_article(b"72 v\\xe1")
    Traceback (most recent call last):
    extract.text.problems.UnreadableError: byte 5 (0xE1) is not UTF-8; save the file as UTF-8
    """
    raw = decode(data)
    check_characters(raw)
    if not raw.strip(ZERO_WIDTH + " \t\r\n\v\f\u00a0\u3000"):
        refuse_blank(len(data))
    return normalise(raw)


def decode(data: bytes, *, line: int = 1, offset: int = 0) -> str:
    """Return `data` as text, or raise UnreadableError; `line` and `offset` say where in its file `data` begins."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and not offset:
        raise UnreadableError("UTF-16, not UTF-8; save the file as UTF-8")
    if not offset and _is_utf_16(data[:1000]):
        raise UnreadableError("UTF-16 without a byte-order mark, not UTF-8; save the file as UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = line + len(_BYTE_LINE_END.findall(data, 0, error.start))
        message = f"byte {offset + error.start + 1} (0x{data[error.start]:02X}) is not UTF-8; save the file as UTF-8"
        raise UnreadableError(message, line=at) from error


def _is_utf_16(data: bytes) -> bool:
    """Tell whether every other byte is often 0 and those between never are, as in UTF-16: no text in UTF-8 has any."""
    first, second = data[::2].count(0), data[1::2].count(0)
    return min(first, second) == 0 and max(first, second) > max(len(data) / 8, 4)


def check_characters(raw: str, *, line: int = 1) -> None:
    """Raise UnreadableError for what no article has: letters of another encoding, HTML, binary, digits shown astray."""
    if _UNUSUAL.search(raw) is None and not may_be_ascii_disguise(raw):
        return
    check_encoding(raw, line=line)
    refused = _REFUSED.search(raw)
    if refused is None:
        _check_marks(raw, line)
        return
    at = line + len(_LINE_END.findall(raw, 0, refused.start()))
    name = f"U+{ord(refused.group()):04X}"
    if refused.group() in _BIDIRECTIONAL:
        raise UnreadableError(f"{name} changes the order in which digits are shown; delete it", line=at)
    if refused.group() > "\u009f":
        raise UnreadableError(f"{name} has no shape that every reader sees; delete it, or write its letter", line=at)
    raise UnreadableError(
        f"{name} is a control character: binary, or UTF-16; save the file as plain UTF-8 text", line=at
    )


def _check_marks(raw: str, line: int) -> None:
    """Raise UnreadableError for more combining marks in a row than any language has."""
    for run in _MANY_MARKS.finditer(raw):
        marks = 0
        for index, character in enumerate(run.group()):
            if unicodedata.combining(character):
                marks += 1
            elif character not in ZERO_WIDTH:
                marks = 0
            if marks > MOST_MARKS:
                at = line + len(_LINE_END.findall(raw, 0, run.start() + index))
                message = f"more than {MOST_MARKS} combining marks in a row are no word's; delete them"
                raise UnreadableError(message, line=at)


def refuse_blank(size: int) -> NoReturn:
    """Raise UnreadableError for a file of `size` bytes that say nothing."""
    raise UnreadableError(f"{'only white space' if size else 'empty'}; put the article's text in the file")


def normalise(raw: str) -> ArticleText:
    """Return `raw` in NFC without zero-width characters, and the way back.

    >>> article = normalise("hoa\\u0300 28kg")
    >>> article.text, article.raw_offset(4), article.raw[article.raw_offset(4) :]
    ('hoà 28kg', 5, '28kg')
    """
    if _ZERO_WIDTH.search(raw) is None and unicodedata.is_normalized("NFC", raw):
        return ArticleText(text=raw, raw=raw)
    text = unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", raw))
    starts, raw_starts = array("q", [0]), array("q", [0])
    shift = 0
    for cluster in _CLUSTER.finditer(raw):
        spelt = cluster.group()
        start, end = cluster.span()
        length = _measure_composed(spelt)
        inside = length != 1 or spelt[0] in ZERO_WIDTH
        if inside:
            _place_inside(spelt, start, start - shift, starts, raw_starts)
        if inside or length != end - start:
            shift += end - start - length
            starts.append(end - shift)
            raw_starts.append(end)
    return ArticleText(text=text, raw=raw, _places=(starts, raw_starts))


@lru_cache(maxsize=4096)  # a decomposed text has the same few hundred letters again and again
def _measure_composed(spelt: str) -> int:
    """Return how many code points a cluster has when it is composed."""
    return len(unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", spelt)))


def _place_inside(spelt: str, start: int, text_start: int, starts: "array[int]", raw_starts: "array[int]") -> None:
    """Say where the code points of a cluster begin; where they changed, each at the cluster's first that is seen."""
    seen = [start + index for index, character in enumerate(spelt) if character not in ZERO_WIDTH]
    kept = _ZERO_WIDTH.sub("", spelt)
    composed = unicodedata.normalize("NFC", kept)
    if composed != kept:
        seen = seen[:1] * len(composed)
    for index, place in enumerate(seen):
        if place - raw_starts[-1] != text_start + index - starts[-1]:
            starts.append(text_start + index)
            raw_starts.append(place)
