"""Words of an article that state days, read as `covers`: `từ năm 2015 đến 2017` is 2015/2017.

Only what states its year is read; `Sáng 15/1` is left to the curator, who knows the article.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from extract.claims.records import Period, parse_days


class StatedPeriod(NamedTuple):
    """Words that state days: where they stand (half-open), and the days as `covers` writes them."""

    start: int
    end: int
    covers: str


def _read_day(words: str) -> str:
    day, month, year = re.findall(r"\d+", words)
    return f"{year}-{int(month):02}-{int(day):02}"


def _read_quarter(match: re.Match[str]) -> str:
    last = 3 * _QUARTERS[match["which"].upper()]
    return f"{match['year']}-{last - 2:02}/{match['year']}-{last:02}"


_QUARTERS: Final = {"1": 1, "2": 2, "3": 3, "4": 4, "I": 1, "II": 2, "III": 3, "IV": 4}
_YEAR: Final = r"(?:19|20)\d\d"
_DAY: Final = (
    rf"(?:ngày\s)?(?:\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?{_YEAR}|\d{{1,2}}\stháng\s\d{{1,2}}\snăm\s{_YEAR})"
)

_RULES: Final[tuple[tuple[str, Callable[[re.Match[str]], str]], ...]] = (
    # từ ngày 15/12/2020 đến 14/12/2021
    (
        rf"(?:từ\s)?(?P<first>{_DAY})\s?(?:đến|-|–)\s?(?:hết\s)?(?P<last>{_DAY})",
        lambda match: f"{_read_day(match['first'])}/{_read_day(match['last'])}",
    ),
    # Thứ Năm, 24/03/2016; ngày 20 tháng 5 năm 2021
    (rf"(?:(?:thứ\s\w+|chủ\snhật),?\s)?(?P<day>{_DAY})", lambda match: _read_day(match["day"])),
    # từ đầu năm 2024 đến hết tháng 9; từ tháng 1 đến tháng 6 năm 2021
    (
        rf"từ\sđầu\snăm\s(?P<year>{_YEAR})\s(?:đến|tới)\s(?:hết\s|cuối\s)?tháng\s(?P<last>\d{{1,2}})(?!\s?[-/.]\s?\d|\snăm)",
        lambda match: f"{match['year']}-01/{match['year']}-{int(match['last']):02}",
    ),
    (
        rf"từ\stháng\s(?P<first>\d{{1,2}})\s(?:đến|tới)\s(?:hết\s)?tháng\s(?P<last>\d{{1,2}})(?:\snăm\s|\s?[-/.]\s?)(?P<year>{_YEAR})",
        lambda match: f"{match['year']}-{int(match['first']):02}/{match['year']}-{int(match['last']):02}",
    ),
    # từ năm 2013 đến nay, từ đầu năm 2023 đến nay
    (
        rf"(?:kể\s)?từ\s(?:đầu\s)?năm\s(?P<year>{_YEAR})\s(?:đến|tới)\s(?:hiện\s)?nay",
        lambda match: f"{match['year']}/..",
    ),
    # 6 tháng đầu năm 2021
    (
        rf"(?P<months>\d{{1,2}})\stháng\sđầu\s(?:của\s)?năm\s(?P<year>{_YEAR})",
        lambda match: f"{match['year']}-01/{match['year']}-{int(match['months']):02}",
    ),
    # 6 tháng cuối năm 2021
    (
        rf"(?P<months>\d{{1,2}})\stháng\scuối\s(?:của\s)?năm\s(?P<year>{_YEAR})",
        lambda match: f"{match['year']}-{13 - int(match['months']):02}/{match['year']}-12",
    ),
    # quý I/2021, quý 3 năm 2020
    (rf"quý\s(?P<which>[1-4]|IV|I{{1,3}})(?:\snăm\s|\s?[/-]\s?)(?P<year>{_YEAR})", _read_quarter),
    # tháng 6/2021
    (
        rf"tháng\s(?P<month>\d{{1,2}})(?:\snăm\s|\s?[-/.]\s?)(?P<year>{_YEAR})",
        lambda match: f"{match['year']}-{int(match['month']):02}",
    ),
    # giai đoạn 2015 - 2020; từ năm 2015 đến 2017
    (
        rf"(?:từ\s)?(?:(?:các\s)?năm\s|giai\sđoạn\s|nhiệm\skỳ\s)?(?P<first>{_YEAR})\s?(?:đến|-|–)\s?(?:năm\s)?(?P<last>{_YEAR})",
        lambda match: f"{match['first']}/{match['last']}",
    ),
    # năm 2021
    (rf"năm\s(?P<year>{_YEAR})", lambda match: match["year"]),
)
"""Each way of stating days, the more exact before what it contains, and how its words read as `covers`."""

_DAY_ALONE: Final = re.compile(r"(?<![\w/.-])(?P<day>[0-3]?\d)/(?P<month>[01]?\d)(?![\w/-])")
"""Sáng 15/1: a day without its year."""

_PATTERNS: Final = [(re.compile(rf"(?<!\w){pattern}(?!\d|[/-]\d)", re.IGNORECASE), read) for pattern, read in _RULES]


@lru_cache(maxsize=4096)  # articles state their figures by the same few periods, in the same words
def find_periods(text: str) -> tuple[StatedPeriod, ...]:
    """Return the words of a text that state days with their year, in order.

    >>> [period.covers for period in find_periods("Trong 6 tháng đầu năm 2021 và từ năm 2013 đến nay")]
    ['2021-01/2021-06', '2013/..']
    >>> [period.covers for period in find_periods("ngày 31/2/2021; giai đoạn 2015-2020; Quý II/2019")]
    ['2015/2020', '2019-04/2019-06']
    """
    found: list[StatedPeriod] = []
    taken = bytearray(len(text))
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            covers = read(match)
            if _is_covers(covers):
                found.append(StatedPeriod(start, end, covers))
    return tuple(sorted(found))


_NAMED_TIME: Final = re.compile(
    r"""
    (?<!\w)
    (?: (?:\d{1,2}|các|những)\sngày\s(?:nghỉ\s)?(?:Tết|lễ)     # 7 ngày Tết
      | dịp\s(?:nghỉ\s)?(?:Tết|lễ)                            # dịp Tết Nguyên đán
      | (?:tháng|đợt|tuần)\scao\sđiểm                         # tháng cao điểm
      | \d{1,2}\stháng\s(?:đầu|cuối|qua)(?:\snăm)?              # 5 tháng đầu năm
      | (?<!\d\s)(?<!từ\s)(?<!đến\s)(?<!tới\s)(?<!hết\s)tháng\s\d{1,2}(?!\d|\s?[/.–-]|\s(?:năm|đến|tới)\b)  # tháng 5
      | quý\s(?:I{1,3}|IV|[1-4])(?!\w|\s?[/.-]|\snăm)           # quý I
    )
    (?:\s(?:Nguyên\s[đĐ]án|Âm\slịch|Dương\slịch))?
    (?:\s(?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý)\s(?:Tý|Sửu|Dần|Mão|Thìn|Tỵ|Tị|Ngọ|Mùi|Thân|Dậu|Tuất|Hợi))?
    (?!\w)(?!\s(?:của\s)?(?:năm\s)?\d{4})
    """,
    re.VERBOSE | re.IGNORECASE,
)


def find_named_times(text: str) -> Iterator[StatedPeriod]:
    """Yield the words that name a span of time whose year they do not tell, with empty `covers`.

    >>> sentence = "Trong 7 ngày Tết, dịp Tết Nguyên đán Đinh Dậu và dịp Tết năm 2017"
    >>> [sentence[each.start : each.end] for each in find_named_times(sentence)]
    ['7 ngày Tết', 'dịp Tết Nguyên đán Đinh Dậu']
    >>> sentence = "Trong 5 tháng đầu năm, tháng 6 đầu năm 2020, 6 tháng đầu năm 2021 và tháng 7/2021"
    >>> [sentence[each.start : each.end] for each in find_named_times(sentence)]
    ['5 tháng đầu năm', 'tháng 6']
    >>> list(find_named_times("ngày 20 tháng 5, từ tháng 1 đến tháng 6"))
    []
    """
    yield from (StatedPeriod(match.start(), match.end(), "") for match in _NAMED_TIME.finditer(text))


def find_contradiction(period: Period) -> str | None:
    """Return what the words of a period state, where its days do not lie within that; None where they do.

    Days may be narrower than the words, and may be open where the words are not. Of words without a year, only the day
    and the month are compared.

    >>> find_contradiction(Period(covers="2020", words="trong năm 2021"))
    '2021'
    >>> find_contradiction(Period(covers="2021-07/2021-12", words="6 tháng cuối năm 2021")) is None
    True
    >>> find_contradiction(Period(covers="2022-01-16", words="Sáng 15/1"))
    'the day 15/1'
    """
    words = period.words or ""
    start, end = period.days
    if start is None:
        return None
    if stated := find_periods(words):
        days = [parse_days(each.covers) for each in stated]
        first = min(each.start for each in days if each.start)
        last = max((each.end for each in days if each.end), default=None)
        is_open = any(each.end is None for each in days)
        fits = start >= first and (end is None or is_open or (last is not None and end <= last))
        return None if fits else " and ".join(each.covers for each in stated)
    day = _DAY_ALONE.search(words)
    if day is None:
        return None
    said = (int(day["day"]), int(day["month"]))
    fits = said in [(each.day, each.month) for each in (start, end) if each is not None]
    return None if fits else f"the day {said[0]}/{said[1]}"


def _is_covers(covers: str) -> bool:
    try:
        parse_days(covers)
    except ValueError:
        return False  # 31/2/2021 is no day
    return True
