"""Which earlier period a change is against, for a draft: the one time that its clause compares with, or none.

Its words are certain where the clause names one such time. Its days are certain where the words state them, or where
they say `cùng kỳ` and the figure's own period is certain: then they are the same days of the year that is named. Where
they say `cùng kỳ` and the period is not certain, the words stand alone, and the check finds the days.
"""

import re
from dataclasses import dataclass
from typing import Final

from extract.claims.changes import names_last_year, names_same_days, shift_years
from extract.claims.periods import StatedPeriod, find_periods
from extract.text.mentions import Mention
from extract.text.sentences import Span

_NAMED: Final = re.compile(
    r"""
    (?=[cs])(?<!\w)
    (?: (?:so\svới\s(?:các\s)?)?(?P<same>cùng\s(?:kỳ|kì|thời\sđiểm)) | so\svới )   # so với cùng kỳ
    (?P<when> \s(?:(?:các\s)?(?:năm|quý|tháng|tuần)\s)(?:trước(?:\sđó)?|ngoái) )?  # năm trước, năm ngoái
    (?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GAP: Final = re.compile(r"\s(?:của\s|trong\s|vào\s)?", re.IGNORECASE)
_BREAK: Final = re.compile(r"[;.]\s")
_WIDTH: Final = 300
"""How far from a number the time may stand that it is compared with, in characters."""


@dataclass(frozen=True, kw_only=True)
class BasePeriod:
    """An earlier period that a sentence compares with."""

    words: str
    covers: str
    """Empty where the days are not certain."""


def find_base(
    text: str, span: Span, number: Mention, period: StatedPeriod | None, *, is_compared: bool = False
) -> BasePeriod | None:
    """Return the time that a number is compared with; None where its clause names none, or several.

    `period` is the number's own where it is certain. Of a number of the time compared with, `(cùng kỳ 113 vụ)`, it is
    the one that stands last before it; `period` is then that of the number of now.
    """
    start, end = max(span.start, number.start - _WIDTH), min(span.end, number.end + _WIDTH)
    starts = [match.end() for match in _BREAK.finditer(text, start, number.start)]
    stop = _BREAK.search(text, number.end, end)
    start, end = (starts[-1] if starts else start), (stop.start() if stop else end)
    clause = text[start:end]
    matches = list(_NAMED.finditer(clause))
    if is_compared:
        matches = [match for match in matches if match.end() <= number.start - start][-1:] or matches
    found = {base.words: base for match in matches if (base := _read(clause, match, period))}
    return next(iter(found.values())) if len(found) == 1 else None


def _read(clause: str, match: re.Match[str], period: StatedPeriod | None) -> BasePeriod | None:
    """Return the time that begins with `cùng kỳ` or stands behind `so với`; None where no time stands there."""
    start = match.start("same") if match["same"] else match.end()
    if match["when"]:
        words = clause[start : match.end()] if match["same"] else match["when"].strip()
        return _fix(words, "", period)
    gap = _GAP.match(clause, match.end())
    behind = gap.end() if gap else match.end()
    stated = next((each for each in find_periods(clause[behind:]) if each.start == 0), None)
    if stated is not None:
        return _fix(clause[start if match["same"] else behind : behind + stated.end].strip(), stated.covers, period)
    return _fix(match["same"], "", period) if match["same"] else None


def _fix(words: str, covers: str, period: StatedPeriod | None) -> BasePeriod:
    """Return a base with its days as far as they are certain."""
    own = period.covers if period else ""
    if names_same_days(words) and (covers or names_last_year(words)):
        years = int(own[:4]) - int(covers[:4]) if own and covers else 1
        is_year = len(covers) in (0, 4)
        same = shift_years(own, years) if own and years > 0 and is_year else None
        return BasePeriod(words=words, covers=same or ("" if is_year else covers))
    if not covers and names_last_year(words) and len(own) == len("2021"):
        covers = str(int(own) - 1)
    return BasePeriod(words=words, covers=covers)
