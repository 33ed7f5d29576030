"""The writing of YAML: a text as a scalar that reads back as the same text."""

import re
from typing import Final

# Letters, digits and the marks that mean nothing to YAML, in a block and in `{...}` alike.
_PLAIN: Final = re.compile(r"[^\W_](?:[\w./()%+–-]| (?=[\w(+–]))*(?<!-)")
_YAML_WORDS: Final = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
# What a scalar on one line cannot hold as it is: `parse_yaml` refuses it, or YAML folds it.
_UNPRINTED: Final = re.compile(r"[\x00-\x1f\x7f-\xa0\xad\u2028\u2029\ufeff\ufffe\uffff]")


def format_scalar(text: str) -> str:
    """Return a text as a YAML scalar on one line that reads back as the same text, plain where that is safe.

    >>> print(format_scalar("72 vụ"), format_scalar("1,5 tấn"), format_scalar('điểm "nóng"'), format_scalar("a\\nb"))
    72 vụ "1,5 tấn" 'điểm "nóng"' "a\\nb"
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _YAML_WORDS:
        return text
    if not _UNPRINTED.search(text):
        return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'
    return '"' + _UNPRINTED.sub(_escape, text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(char) or (
        f"\\u{ord(char):04X}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08X}"
    )
