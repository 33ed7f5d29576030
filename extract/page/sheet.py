"""Figures as a spreadsheet: a typed frame under the reader's names, with its numbers written as the reader does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from math import nan
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

from extract.claims.collection import CheckedClaim
from extract.figures.formats import compute_change, format_number, format_period
from extract.figures.table import TEXT
from extract.page.captions import format_article_name, format_coverage, format_name, format_published
from extract.page.page import Page

TEXTS: Mapping[str, Callable[[Page, CheckedClaim], str]] = {
    "province": lambda page, checked: page.words.pick(checked.province.name),
    "indicator": format_name,
    "unit": lambda page, checked: page.words.choose(checked.unit.name.vi, checked.unit.plural_en),
    "qualifier": lambda page, checked: page.words(f"qualifier.{checked.claim.qualifier}"),
    "original": lambda _, checked: checked.claim.figure,
    "coverage": format_coverage,
    "period": lambda page, checked: format_period(checked.period, page.words.lang),
    "quote": lambda _, checked: checked.sentence.quote,
    "translation": lambda _, checked: checked.sentence.translation or "",
    "article": lambda page, checked: format_article_name(
        checked.article, page.table.sources.get(checked.article.seed.removesuffix(".txt")), page.words
    ),
    "published": lambda page, checked: format_published(page, checked.article),
}
NUMBERS: Mapping[str, Callable[[CheckedClaim], Decimal | None]] = {
    "value": lambda checked: compute_change(checked.claim) or checked.claim.value,
    "of": lambda checked: checked.claim.of,
}
DAYS: Mapping[str, Callable[[CheckedClaim], date | None]] = {
    "first_day": lambda checked: checked.period.days.start,
    "last_day": lambda checked: checked.period.days.end,
}
ORDER = (
    "province",
    "indicator",
    "value",
    "value_digits",
    "of",
    "of_digits",
    "unit",
    "qualifier",
    "original",
    "coverage",
    "period",
    "first_day",
    "last_day",
    "quote",
    "translation",
    "article",
    "published",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows of figures as a spreadsheet shows them."""

    name: str
    """What it holds, in words."""
    rows: Styler
    """One row a figure, its columns under the names that readers see: numbers as floats, shown with every digit and
    the reader's separators; days as dates; the rest as texts. A column without any cell is left out."""
    claims: Sequence[str]
    """The ids of the rows' claims."""
    widths: Mapping[str, int]
    """How many letters the longest number of a column has, by the column's name."""
    days: Sequence[str]
    """The names of the columns of days."""
    inexact: int
    """How many numbers no float holds: their cells are empty, and their digits stand in a column of texts."""


def make_sheet(page: Page, claims: Sequence[CheckedClaim], *, name: str) -> Sheet:
    """Return figures as a spreadsheet, in their order.

    A number that a float does not give back digit by digit stands as text in a column of its own, so that no sorting,
    copying or reading of the sheet changes it.
    """
    lang = page.words.lang
    numbers = {key: [find(checked) for checked in claims] for key, find in NUMBERS.items()}
    lost = {
        key: [number if number is not None and not is_float(number) else None for number in numbers[key]]
        for key in NUMBERS
    }
    columns: dict[str, Any] = {
        **{key: pd.array([find(page, checked) for checked in claims], dtype=TEXT) for key, find in TEXTS.items()},
        **{key: pd.Series([find(checked) for checked in claims], dtype=object) for key, find in DAYS.items()},
        **{key: [make_float(number) for number in column] for key, column in numbers.items()},
        **{
            f"{key}_digits": [None if number is None else format_number(number, lang) for number in lost[key]]
            for key in lost
        },
    }
    frame = pd.DataFrame({key: columns[key] for key in ORDER}).dropna(axis="columns", how="all")
    titles = {key: page.words(f"table.{key}") for key in frame}
    shown = {
        titles[key]: {make_float(each): format_number(each, lang) for each in numbers[key] if each is not None}
        for key in NUMBERS
        if key in titles
    }
    rows = frame.rename(columns=titles).style
    for title, texts in shown.items():
        rows = rows.format(partial(_show, texts), subset=[title])
    return Sheet(
        name=name,
        rows=rows,
        claims=[checked.claim.id for checked in claims],
        widths={title: max(map(len, [title, *texts.values()])) for title, texts in shown.items()},
        days=[titles[key] for key in DAYS if key in titles],
        inexact=sum(number is not None for column in lost.values() for number in column),
    )


def make_float(number: Decimal | None) -> float:
    """Return a number as the float that gives it back; NaN where none does."""
    return float(number) if number is not None and is_float(number) else nan


def _show(texts: Mapping[float, str], number: object) -> str:
    return texts.get(number, "") if isinstance(number, float) else ""


def is_float(number: Decimal) -> bool:
    """Tell whether a float gives a number back digit by digit.

    >>> [is_float(Decimal(text)) for text in ("0.9", "640000000", "9007199254740993", "0.12345678901234567890")]
    [True, True, False, False]
    """
    return Decimal(repr(float(number))) == number
