"""What a curated file must not hold even before it is read as YAML: other encodings, and characters that mislead."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from extract.text.problems import UnreadableError

BOM: Final = b"\xef\xbb\xbf"
_FORBIDDEN: Final = re.compile(
    r"""
      (?P<nul>       \x00 )
    | (?P<line_end>  \r(?!\n) | [\x0b\x0c\x85\u2028\u2029] )   # libyaml counts a line, editors do not
    | (?P<hidden>    [\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff] )
    | (?P<conflict>  ^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z) )   # <<<<<<< HEAD
    | (?P<tab>       ^[ ]*\t )
    """,
    re.VERBOSE | re.MULTILINE,
)
_CONFLICT_MARKS: Final = ("<" * 7, "=" * 7, ">" * 7, "|" * 7)
_ADVICE: Final = {
    "nul": "holds a NUL character: it is no text, or it was saved as UTF-16; save it as UTF-8",
    "line_end": "holds {code}, which some programs count as the end of a line: replace it by a line feed or a space",
    "hidden": "holds {code}, which cannot be seen: take it out",
    "conflict": "is a conflict marker of a merge: decide for one of the two versions and take the markers out",
    "tab": "is indented by a tab: use spaces",
}


class YamlProblem(NamedTuple):
    """One thing that is wrong with a file as YAML."""

    line: int
    """Counted from 1."""
    message: str


def decode_yaml(raw: bytes) -> str:
    """Return the text of a file's bytes, without a byte-order mark; raise UnreadableError where they are not UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("is UTF-16: save it as UTF-8")
    raw = raw.removeprefix(BOM)  # some editors write one without being asked
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        if error.reason == "unexpected end of data":
            message = "ends in the middle of a letter: the file was cut off; save it again whole"
        else:
            column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
            message = f"is not UTF-8: byte 0x{raw[error.start]:02X} at byte {column} of this line; save it as UTF-8"
        raise UnreadableError(message, line=line) from None


def find_forbidden(text: str) -> Iterator[YamlProblem]:
    """Yield a problem for each character that must not stand in a file, and for each conflict marker of a merge."""
    # Nearly every file passes this test, which takes much less time than the pattern.
    if text.replace("\n", "").isprintable() and not any(mark in text for mark in _CONFLICT_MARKS):
        return
    line, counted = 1, 0
    for match in _FORBIDDEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        char = match.group()[-1]
        code = f"U+{ord(char):04X} ({unicodedata.name(char, 'a control character')})"
        yield YamlProblem(line, _ADVICE[str(match.lastgroup)].format(code=code))
