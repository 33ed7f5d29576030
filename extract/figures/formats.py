"""Numbers, shares and periods as text in the reader's language; what is rounded says so.

Separators and the names of months are those of Unicode's CLDR, through Babel.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from extract.claims.changes import names_direction
from extract.claims.collection import CheckedClaim
from extract.claims.records import Claim, Direction, Lang, Period, Unit
from extract.text.hedges import Qualifier

HEDGE_SIGNS: Mapping[Qualifier, str] = {
    Qualifier.EXACT: "",
    Qualifier.ABOUT: "≈ ",
    Qualifier.NEARLY: "< ",
    Qualifier.OVER: "> ",
    Qualifier.UNDER: "< ",
    Qualifier.AT_LEAST: "≥ ",
    Qualifier.AT_MOST: "≤ ",
}
"""What stands before a hedged number where there is little room."""
HEDGE_WORDS: Mapping[Lang, Mapping[Qualifier, str]] = {
    "vi": {
        Qualifier.EXACT: "",
        Qualifier.ABOUT: "khoảng ",
        Qualifier.NEARLY: "gần ",
        Qualifier.OVER: "hơn ",
        Qualifier.UNDER: "dưới ",
        Qualifier.AT_LEAST: "ít nhất ",
        Qualifier.AT_MOST: "nhiều nhất ",
    },
    "en": {
        Qualifier.EXACT: "",
        Qualifier.ABOUT: "about ",
        Qualifier.NEARLY: "nearly ",
        Qualifier.OVER: "over ",
        Qualifier.UNDER: "under ",
        Qualifier.AT_LEAST: "at least ",
        Qualifier.AT_MOST: "at most ",
    },
}
"""What stands before it in a sentence."""
# In Vietnamese the number stands beside the article's own word, so a sign says how it was read. In English it stands
# alone, so a word does.
_HEDGES: Mapping[Lang, Mapping[Qualifier, str]] = {"vi": HEDGE_SIGNS, "en": HEDGE_WORDS["en"]}
DIRECTION_WORDS: Mapping[Lang, Mapping[Direction, str]] = {
    "vi": {Direction.INCREASE: "tăng", Direction.DECREASE: "giảm"},
    "en": {Direction.INCREASE: "up", Direction.DECREASE: "down"},
}
"""Which way a change goes, before its number."""
_AGAINST: Mapping[Lang, str] = {"vi": " so với ", "en": " against "}
COMPUTED_SIGN = "≈"
SHORT_UNIT = 10
"""A unit of no more letters stands beside each number of a chart; a longer one, beside its title."""

# Babel would parse the name of a language for every number, a third of its time.
_LOCALES: Mapping[Lang, Locale] = {"vi": Locale("vi"), "en": Locale("en")}
_UNSTATED: dict[Lang, str] = {"vi": "không nêu", "en": "not stated"}
_OPEN: dict[Lang, str] = {"vi": "từ {start} (để ngỏ)", "en": "since {start} (open)"}
_MORE: dict[Lang, str] = {"vi": "{count} mục khác", "en": "{count} more"}
_AND: dict[Lang, str] = {"vi": " và ", "en": " and "}


def format_number(value: Decimal, lang: Lang) -> str:
    """Return a number with every digit it has and the language's separators.

    >>> format_number(Decimal("640000000"), "vi"), format_number(Decimal("640000000"), "en")
    ('640.000.000', '640,000,000')
    >>> format_number(Decimal("0.9"), "vi"), format_number(Decimal("0.9"), "en")
    ('0,9', '0.9')
    """
    return _format_digits(str(value), lang)


# By its digits, for numbers that are equal may be written with more or fewer zeros.
@lru_cache(maxsize=16_384)
def _format_digits(digits: str, lang: Lang) -> str:
    text: str = format_decimal(Decimal(digits), locale=_LOCALES[lang], decimal_quantization=False)
    return text


def is_percent(unit: Unit) -> bool:
    """Tell whether a unit is a per cent, whose whole is 100: articles spell it `%`."""
    return "%" in unit.spellings


def format_share(value: Decimal, of: Decimal, lang: Lang) -> str:
    """Return the share that `value` is of `of`, in per cent with its formula; `≈` where it is rounded.

    >>> format_share(Decimal(1962), Decimal(1969), "vi")
    '≈ 99,6% (1.962 ÷ 1.969)'
    >>> format_share(Decimal(1), Decimal(2), "en")
    '50% (1 ÷ 2)'
    """
    return f"{format_percent(value, of, lang)} ({format_number(value, lang)} ÷ {format_number(of, lang)})"


def format_percent(value: Decimal, of: Decimal, lang: Lang) -> str:
    """Return the share that `value` is of `of` in per cent; `≈` where it is rounded.

    One decimal, and as many more as keep a part from reading as nothing or as the whole.

    >>> format_percent(Decimal(171), Decimal(181), "en")
    '≈ 94.5%'
    >>> format_percent(Decimal(99999), Decimal(100000), "en")
    '99.999%'
    """
    with localcontext(prec=60):
        places = 1
        while True:
            percent = (value * 100 / of).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
            if value in {0, of} or 0 < percent < 100:
                break
            places += 1
        sign = "" if percent * of == value * 100 else f"{COMPUTED_SIGN} "
    # The zeros of a rounded share tell to which place it was rounded, so only an exact one loses them.
    shown = percent if sign else percent.normalize()
    digits = format_decimal(shown, locale=lang, format=f"#,##0.{'0' * places if sign else '#' * places}")
    return f"{sign}{digits}%"


def compute_change(claim: Claim) -> Decimal | None:
    """Return a change with its sign, less than 0 where it is a decrease; None of what is no change."""
    if claim.change is None:
        return None
    return -abs(claim.value) if claim.change is Direction.DECREASE else claim.value


def format_figure(checked: CheckedClaim, lang: Lang) -> str:
    """Return a figure in the reader's language: the article's own words in Vietnamese, its value in English.

    Where these words leave out which way a change goes, for one word governs two numbers, it stands before them in
    brackets: `[tăng] 78 đối tượng`.
    """
    claim = checked.claim
    if lang == "en":
        return format_value_as_read(claim, checked.unit, lang)
    if claim.change is None or names_direction(claim.figure):
        return claim.figure
    return f"[{DIRECTION_WORDS[lang][claim.change]}] {claim.figure}"


def format_value_as_read(claim: Claim, unit: Unit, lang: Lang) -> str:
    """Return the number as it was read, in its unit, with its hedge: `< 640.000 đồng`, `nearly 640,000 đồng`.

    Of a change, which way it goes stands first, of now and before, both: `up nearly 12%`, `206 against 113 cases`.
    """
    return format_direction(claim, lang) + _format_value(claim, unit, lang, _HEDGES[lang][claim.qualifier])


def format_direction(claim: Claim, lang: Lang) -> str:
    """Return which way a change goes, with a space behind it; empty for what is no change."""
    return f"{DIRECTION_WORDS[lang][claim.change]} " if claim.change is not None else ""


def _format_value(claim: Claim, unit: Unit, lang: Lang, hedge: str) -> str:
    value = format_number(abs(claim.value) if claim.change is not None else claim.value, lang)
    if claim.to is not None:
        value = f"{value}–{format_number(claim.to, lang)}"
    if claim.before is not None:
        value += f"{_AGAINST[lang]}{format_number(claim.before, lang)}"
    if is_percent(unit):
        return f"{hedge}{value}%"
    if claim.of is not None:
        joint = "/" if lang == "vi" else " of "
        return f"{hedge}{value}{joint}{format_number(claim.of, lang)} {_format_unit(unit, claim.of, lang)}"
    return f"{hedge}{value} {_format_unit(unit, claim.value if claim.to is None else claim.to, lang)}"


def format_in_words(checked: CheckedClaim, lang: Lang) -> str:
    """Return a figure's value as a sentence says it: `nearly 640,000,000 đồng`, `gần 640.000.000 đồng`."""
    claim = checked.claim
    return format_direction(claim, lang) + _format_value(claim, checked.unit, lang, HEDGE_WORDS[lang][claim.qualifier])


def format_short(checked: CheckedClaim, lang: Lang) -> str:
    """Return a figure's value as it stands beside a bar: its unit with it where that is short and counts no whole."""
    is_whole = checked.claim.of is None and has_short_unit(checked, lang)
    return format_value_as_read(checked.claim, checked.unit, lang) if is_whole else format_bare(checked, lang)


def format_bare(checked: CheckedClaim, lang: Lang) -> str:
    """Return a figure's value without its unit: `1,962 of 1,969`."""
    claim = checked.claim
    whole = f"{'/' if lang == 'vi' else ' of '}{format_number(claim.of, lang)}" if claim.of is not None else ""
    value = format_number(abs(claim.value) if claim.change is not None else claim.value, lang)
    return f"{format_direction(claim, lang)}{_HEDGES[lang][claim.qualifier]}{value}{whole}"


def has_short_unit(checked: CheckedClaim, lang: Lang) -> bool:
    """Tell whether a figure's unit is short enough to stand beside every number of a chart."""
    unit = checked.unit
    return is_percent(unit) or len(unit.name.vi if lang == "vi" else unit.plural_en) <= SHORT_UNIT


def _format_unit(unit: Unit, value: Decimal, lang: Lang) -> str:
    if lang == "vi":
        return unit.name.vi
    return unit.name.en if value == 1 else unit.plural_en


def format_day(day: date, lang: Lang) -> str:
    """Return a day: `24/3/2016`, `24 March 2016`."""
    return format_date(day, "d/M/y" if lang == "vi" else "d MMMM y", locale=lang)


def format_period(period: Period | None, lang: Lang) -> str:
    """Return a period in the coarsest terms that say it whole.

    >>> [format_period(Period(covers=covers, words="x"), "vi") for covers in ("2021", "2015/2017", "2013/..")]
    ['năm 2021', '2015–2017', 'từ 2013 (để ngỏ)']
    >>> [format_period(Period(covers=covers, words="x"), "en") for covers in ("2016-03-24", "2021-01/2021-06")]
    ['24 March 2016', 'January–June 2021']
    >>> format_period(Period(words="7 ngày Tết", words_en="the 7 days of Tết"), "en")
    '“the 7 days of Tết”'
    >>> format_period(None, "vi"), format_period(Period(covers="unstated"), "en")
    ('không nêu', 'not stated')
    """
    if period is None or not period.is_stated:
        return _UNSTATED[lang]
    if not period.is_dated:
        return f"“{(lang == 'en' and period.words_en) or period.words}”"
    days = period.days
    if days.start is None:
        return _UNSTATED[lang]
    if days.end is None:
        # The start of an open period is as fine as it was curated: `2013/..` names a year, not a day.
        return _OPEN[lang].format(start=_format_start(days.start, period.covers.partition("/")[0], lang))
    return _format_days(days.start, days.end, lang)


def _format_start(start: date, written: str, lang: Lang) -> str:
    match written.count("-"):
        case 0:
            return str(start.year)
        case 1:
            return _format_month(start, lang)
        case _:
            return format_day(start, lang)


def _format_month(day: date, lang: Lang) -> str:
    return f"tháng {day.month}/{day.year}" if lang == "vi" else format_date(day, "MMMM y", locale=lang)


def _format_days(start: date, end: date, lang: Lang) -> str:
    if start == end:
        return format_day(start, lang)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        if start.year != end.year:
            return f"{start.year}–{end.year}"
        return f"năm {start.year}" if lang == "vi" else str(start.year)
    if start.day == 1 and is_last_day_of_month(end):
        return _format_months(start, end, lang)
    return _format_day_span(start, end, lang)


def is_last_day_of_month(day: date) -> bool:
    """Tell whether a month ends on a day."""
    return day == date.max or (day + timedelta(days=1)).day == 1


def _format_months(start: date, end: date, lang: Lang) -> str:
    if (start.year, start.month) == (end.year, end.month):
        return _format_month(start, lang)
    if lang == "vi":
        first = f"{start.month}" if start.year == end.year else f"{start.month}/{start.year}"
        return f"tháng {first}–{end.month}/{end.year}"
    if start.year == end.year:
        return f"{format_date(start, 'MMMM', locale=lang)}–{format_date(end, 'MMMM y', locale=lang)}"
    return f"{_format_month(start, lang)} – {_format_month(end, lang)}"


def _format_day_span(start: date, end: date, lang: Lang) -> str:
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{format_day(end, lang)}"
    if start.year != end.year:
        return f"{format_day(start, lang)} – {format_day(end, lang)}"
    return f"{format_date(start, 'd/M' if lang == 'vi' else 'd MMMM', locale=lang)} – {format_day(end, lang)}"


def format_joined(texts: Sequence[str], lang: Lang, *, most: int = 4) -> str:
    """Return texts as a list in words; of more than `most`, the first ones and how many more there are.

    Semicolons part them where a text holds a comma or an "and" of its own.

    >>> format_joined(["vụ", "người", "bánh"], "vi"), format_joined(["case", "person"], "en")
    ('vụ, người và bánh', 'case and person')
    >>> format_joined(["xã, phường", "huyện"], "vi")
    'xã, phường; huyện'
    """
    shown = list(texts)
    if len(shown) > most:
        shown = [*shown[: most - 1], _MORE[lang].format(count=len(shown) - most + 1)]
    if any(mark in text for text in shown for mark in (",", _AND[lang])):
        return "; ".join(shown)
    joined: str = format_list(shown, style="standard", locale=lang)
    return joined
