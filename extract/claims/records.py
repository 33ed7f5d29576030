"""The records that curated files are read into: typed, frozen, validated by pydantic.

pydantic, because it reports every fault of a file in one pass with the path to each, writes the JSON Schema that
editors complete from out of the same types, and validates ten thousand claims in well under a second.

Every scalar of a curated file arrives here as a string (see `strict_yaml`); the field that knows its type converts it.
"""

import calendar
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from string import Formatter
from typing import Annotated, Any, Final, Literal, NamedTuple, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from extract.text.hedges import Qualifier
from extract.text.problems import shorten

# A count of people or of đồng never needs more; beyond it a value is a slip of the keyboard.
MOST_DIGITS = 18
EARLIEST_YEAR = 1945

Lang = Literal["vi", "en"]
"""The languages that names and notes are curated in, and that readers choose between."""
LANGS: tuple[Lang, ...] = get_args(Lang)


class Nature(StrEnum):
    """How a figure stands in time: counted during a period, standing at a moment, or a part of a whole."""

    FLOW = "flow"
    STOCK = "stock"
    SHARE = "share"


CHANGE: Final = "change"
"""The nature of a figure that says by how much its measure has changed: no measure has it, each claim says so."""


class Direction(StrEnum):
    """Which way a change goes."""

    INCREASE = "increase"
    DECREASE = "decrease"


class ReadBy(StrEnum):
    """Who read the value of a figure in its words."""

    MACHINE = "machine"
    """The grammar, which reads it as the value that the curator wrote."""
    PERSON = "person"
    """A curator, where the grammar reads no value; the reason stands beside it."""


_UNSIGNED = r"(0|[1-9][0-9]*)(\.[0-9]*[1-9])?"
_SIGNED = rf"(-(?!0$))?{_UNSIGNED}"
LONGEST_NAME = 80
"""Letters of a slug and of a text's file name: both stand in addresses and in messages."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class FieldError(ValueError):
    """A value that does not fit the others of its record: the message says why, `field` is the one to look at."""

    def __init__(self, field: str, message: str) -> None:
        """Keep the message and the field."""
        super().__init__(message)
        self.field = field


def parse_plain_number(text: object) -> Decimal:
    """Return the number that a curated field states in plain ASCII digits: `72`, `0.9`, `-2.4`, `640000000`.

    Raises ValueError for anything else: separators of thousands, a decimal comma, a plus, exponents, other digits.
    """
    if not isinstance(text, str) or not re.fullmatch(_SIGNED, text):
        # 238.000 is refused, too: it is 238000 to whoever copies it from an article, and 238 to a machine.
        raise ValueError("write a plain number: digits, at most one decimal point, no separators (640000000, 0.9)")
    if sum(map(str.isdigit, text)) > MOST_DIGITS:
        raise ValueError(f"more than {MOST_DIGITS} digits: no figure of these articles is so large")
    return Decimal(text)


def _check_text(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty: write its words, or leave the key out")
    if text != text.strip():
        raise ValueError("begins or ends with white space")
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError("is not in Unicode's composed form (NFC): type it anew or convert it")
    # What is printable holds nothing hidden; of the rest, spaces other than U+0020 are let through.
    hidden = None if text.isprintable() else next(filter(_is_hidden, text), None)
    if hidden is not None:
        raise ValueError(f"holds a character that cannot be seen (U+{ord(hidden):04X}): take it out")
    return text


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Co", "Cn", "Zl", "Zp"}


def _check_url(text: str) -> str:
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[!-~]*)?", text):
        raise ValueError("is not a web address that begins with https:// or http://")
    return text


def _check_sha256(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise ValueError("is not a sha256: 64 digits 0-9 a-f, as `sha256sum` prints")
    return text


def _check_seed_name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise ValueError(f"has {len(text)} letters, and the name of a text has {LONGEST_NAME} at most: shorten it")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*\.txt", text):
        raise ValueError("is not the name of a text in seeds/ (letters, digits, `.`, `_`, `-`, ending in .txt)")
    return text


def _check_slug(text: str) -> str:
    if not text:
        raise ValueError("is empty: only a person can decide it")
    if len(text) > LONGEST_NAME:
        raise ValueError(f"has {len(text)} letters, and a slug has {LONGEST_NAME} at most: an address must hold it")
    if not _SLUG.fullmatch(text):
        raise ValueError("is not a slug: lower-case ASCII letters, digits and single hyphens (ha-tinh-2021-drug-cases)")
    return text


WHOLE_COUNTRY = "VN"
"""What `province` says of a figure of the whole country."""


def _check_area(text: str) -> str:
    return text if text == WHOLE_COUNTRY else _check_slug(text)


def _none_when_blank(value: object) -> object:
    return None if value == "" else value


def _refuse_blank_days(value: object) -> object:
    if value == "":
        raise ValueError("is empty: write the days, or take the key out where only the words are certain")
    return value


def _refuse_blank(value: object) -> object:
    if value == "":
        raise ValueError(
            "is empty: only a person can decide it; take the line out where the sentence's or the article's holds"
        )
    return value


Text = Annotated[str, AfterValidator(_check_text)]
Slug = Annotated[
    str,
    AfterValidator(_check_slug),
    WithJsonSchema({"type": "string", "maxLength": LONGEST_NAME, "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$"}),
]
Area = Annotated[
    str, AfterValidator(_check_area), WithJsonSchema({"type": "string", "pattern": r"^(VN|[a-z0-9]+(-[a-z0-9]+)*)$"})
]
Url = Annotated[str, AfterValidator(_check_url)]
Sha256 = Annotated[str, AfterValidator(_check_sha256), WithJsonSchema({"type": "string", "pattern": r"^[0-9a-f]{64}$"})]
SeedName = Annotated[str, AfterValidator(_check_seed_name)]
Number = Annotated[
    Decimal,
    BeforeValidator(parse_plain_number),
    WithJsonSchema({"type": ["string", "number"], "pattern": f"^{_SIGNED}$"}),
]


def _check_unsigned(number: Decimal) -> Decimal:
    if number < 0:
        raise ValueError("is less than 0: a whole has no sign")
    return number


Whole = Annotated[
    Number,
    AfterValidator(_check_unsigned),
    WithJsonSchema({"type": ["string", "number"], "minimum": 0, "pattern": f"^{_UNSIGNED}$"}),
]


def _parse_count(text: object) -> int:
    if not isinstance(text, str) or not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise ValueError("write a whole number from 1 to 9999")
    return int(text)


Count = Annotated[
    int,
    BeforeValidator(_parse_count),
    WithJsonSchema({"type": ["string", "integer"], "minimum": 1, "pattern": "^[1-9][0-9]{0,3}$"}),
]


def _parse_yes_or_no(text: object) -> bool:
    if text not in ("yes", "no"):
        raise ValueError("write yes or no")
    return text == "yes"


YesOrNo = Annotated[
    bool, BeforeValidator(_parse_yes_or_no), WithJsonSchema({"enum": ["yes", "no", True, False], "default": "no"})
]


def _parse_day(text: object) -> date:
    # pydantic alone takes 1719792000 for seconds since 1970, and a time of day with it.
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("write a day as 2025-07-01")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is no day of the calendar") from None


Day = Annotated[date, BeforeValidator(_parse_day), WithJsonSchema({"type": "string", "format": "date"})]


class Days(NamedTuple):
    """The first and the last day of a period; None where it is open or unstated."""

    start: date | None
    end: date | None


def parse_moment(text: str) -> Days:
    """Return the days of one year, month or day: `2021`, `2021-06`, `2021-06-30`."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    if match is None:
        raise ValueError(f"{shorten(text)!r} is no year, month or day: write 2021, 2021-06 or 2021-06-30")
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or year < EARLIEST_YEAR:
        raise ValueError(f"{shorten(text)!r} lies before {EARLIEST_YEAR}")
    try:
        if month is None:
            return Days(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return Days(date(year, month, day), date(year, month, day))
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(f"{shorten(text)!r} is no date of the calendar") from None


@lru_cache(maxsize=4096)
def parse_days(text: str) -> Days:
    """Return the days that `covers` names: `2021`, `2021-06`, `2021-06-30`, `2015/2017`, `2013/..` or `unstated`.

    >>> parse_days("2015/2017")
    Days(start=datetime.date(2015, 1, 1), end=datetime.date(2017, 12, 31))
    >>> parse_days("2013/..")
    Days(start=datetime.date(2013, 1, 1), end=None)
    """
    if text == "unstated":
        return Days(None, None)
    first, slash, last = text.partition("/")
    start = parse_moment(first).start
    end = None if last == ".." else parse_moment(last if slash else first).end
    if start is not None and end is not None and end < start:
        raise ValueError(f"{shorten(text)!r} ends before it starts")
    return Days(start, end)


def _parse_field(field: str, text: str, parse: Callable[[str], Days]) -> Days:
    try:
        return parse(text)
    except ValueError as error:
        raise FieldError(field, str(error)) from None


class Record(BaseModel):
    """The base of all records: frozen, closed to unknown keys; an empty scalar reads as absent."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=False, use_attribute_docstrings=True, defer_build=True
    )


Optional = BeforeValidator(_none_when_blank)
OptionalText = Annotated[Text | None, Optional]
Own = BeforeValidator(_refuse_blank)
"""Of what is inherited where the key is left out: a key without a value waits for a decision, and is refused."""


class Name(Record):
    """A name in both languages of the page."""

    vi: Text
    en: Text


class CoverageKind(StrEnum):
    """Whose work or which area a figure covers."""

    PROVINCE = "province"
    """The whole province."""
    JOINT = "joint"
    """Joint operations of named forces."""
    DIVISION = "division"
    """One division together with others."""
    PLACE = "place"
    """A district, a commune or another part of the province."""


class Coverage(Record):
    """Whose work or which area figures cover, and the words of the article that say so."""

    kind: CoverageKind
    """`province`: the whole; `joint`: named forces; `division`: one division with others; `place`: a part."""
    words: Text
    """The words of the article that say so, letter for letter."""
    name: Annotated[Name | None, Optional] = None
    """Whose work or which area, in a few words that stand beside the number; required but for `province`."""
    note: OptionalText = None
    """How the words were read, where they leave something to say (English)."""
    note_vi: OptionalText = None
    """The same in Vietnamese."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.name is None and self.kind is not CoverageKind.PROVINCE:
            raise FieldError(
                "kind",
                f"`name` is missing: kind {self.kind} says whose work or which area it is, in vi and en",
            )
        return self


class Period(Record):
    """The days that a figure covers (or an article was published), and the words of the article that say so."""

    covers: Annotated[Text, BeforeValidator(_refuse_blank_days)] = ""
    """`2021`, `2021-06`, `2021-06-30`, `2015/2017`, `2013/..` (open), or `unstated`; left out where the article names
    a time whose days are not certain: `words: 7 ngày Tết`."""
    words: OptionalText = None
    """The words of the article that state it, letter for letter; absent only where `covers` is `unstated`."""
    words_en: OptionalText = None
    """Our translation of these words."""
    certain_until: OptionalText = None
    """Of an open period: the latest year, month or day that the text makes certain: `2017`."""
    certain_words: OptionalText = None
    """The words of the article that name it, letter for letter."""
    reports_on: OptionalText = None
    """The period under review, where a stock's moment lies after it: `2021`."""
    note: OptionalText = None
    """How the words were read, where they leave something to say (English)."""
    note_vi: OptionalText = None
    """The same in Vietnamese."""

    @model_validator(mode="before")
    @classmethod
    def _expand_unstated(cls, value: Any) -> Any:
        return {"covers": "unstated"} if value == "unstated" else value

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.covers:
            _parse_field("covers", self.covers, parse_days)
        elif self.words is None:
            raise FieldError("covers", "`covers` is missing: give the days, the article's `words`, or `unstated`")
        if not self.is_stated and self.words is not None:
            raise FieldError(
                "words",
                "`words` state a period, but `covers` says unstated: give the days, or move the words to `note`",
            )
        if self.is_stated and self.words is None:
            raise FieldError(
                "covers",
                "`words` is missing: copy the article's words that state the period, or write `unstated`",
            )
        self._check_certain()
        self._check_reports_on()
        return self

    def _check_certain(self) -> None:
        if (self.certain_until is None) != (self.certain_words is None):
            present, missing = "certain_until", "certain_words"
            if self.certain_words is not None:
                present, missing = missing, present
            raise FieldError(
                present, f"`{missing}` is missing: `certain_until` and the words that name it stand together"
            )
        if self.certain_until is None:
            return
        if not self.is_open:
            raise FieldError(
                "certain_until",
                f"`certain_until` goes with an open period (2013/..), but `covers` says {self.covers}",
            )
        until, start = _parse_field("certain_until", self.certain_until, parse_moment), self.days.start
        if start is not None and until.start is not None and until.start < start:
            raise FieldError(
                "certain_until",
                f"`certain_until` {self.certain_until} lies before the period's start, {start}",
            )

    def _check_reports_on(self) -> None:
        if self.reports_on is None:
            return
        days, end = _parse_field("reports_on", self.reports_on, parse_days), self.days.end
        if days.start is None or days.end is None:
            raise FieldError(
                "reports_on",
                f"`reports_on` says {self.reports_on}: give the days under review, as 2021 or 2015/2017",
            )
        if end is None or end <= days.end:
            raise FieldError(
                "reports_on",
                f"`reports_on` {self.reports_on} goes with a moment after it, but `covers` says {self.covers}",
            )

    @property
    def is_open(self) -> bool:
        """Whether it has a start and no end."""
        return self.covers.endswith("/..")

    @property
    def certain_days(self) -> Days:
        """The days that the text makes certain: of an open period, up to `certain_until`, else its first year alone.

        >>> Period(covers="2013/..", words="từ năm 2013 đến nay").certain_days.end
        datetime.date(2013, 12, 31)
        """
        if not self.is_open:
            return self.days
        first = self.covers.removesuffix("/..")
        return Days(self.days.start, parse_moment(self.certain_until or first).end)

    @property
    def is_stated(self) -> bool:
        """Whether the article states it, in whatever words."""
        return self.covers != "unstated"

    @property
    def is_dated(self) -> bool:
        """Whether its days are known, or at least the first."""
        return self.covers not in ("", "unstated")

    @property
    def days(self) -> Days:
        """Its first and last day."""
        return parse_days(self.covers or "unstated")


class Publisher(Record):
    """Who published an article, with the article's words that say so or a note on where it is known from."""

    name: Text
    """In Vietnamese, or as it writes itself."""
    name_en: OptionalText = None
    """In English, where it differs."""
    words: OptionalText = None
    """The words of the article that name it, letter for letter."""
    note: OptionalText = None
    """Where it is known from, where the text does not name it (English)."""
    note_vi: OptionalText = None
    """The same in Vietnamese."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.words is None and self.note is None:
            raise ValueError("neither `words` of the article nor a `note` says where the publisher is known from")
        return self


class Place(Record):
    """The part of the province that a figure is about, where it is not the whole."""

    words: Text
    """As the article names it, letter for letter."""
    name_en: Text
    """In English."""


class Correction(Record):
    """One change of a published claim: what it said, what it says, why and when."""

    field: Text
    said: Text
    says: Text
    why: Text
    when: Day


class PersonReading(Record):
    """How a person reads a number that the grammar refuses, or takes for a date, a clause or a name."""

    value: Number
    """What it is worth, as in the claim's own `value`: 816000 for `816 000`."""
    of: Annotated[Whole | None, Optional] = None
    """The whole, in "x of y", as in the claim's own `of`."""
    qualifier: Annotated[Qualifier | None, Optional] = None
    """Its hedge, where the grammar finds none; as in the claim's own `qualifier`."""
    why: Text
    """Why it reads so (English): `spaces group the digits`."""
    why_vi: OptionalText = None
    """The same in Vietnamese."""


class Repeat(Record):
    """Another place of the article that states the fact of a claim once more."""

    figure: Text
    """Words of the article that hold just this one number: `72 vụ ma túy` of a headline."""
    times: Count = 1
    """In how many places of the article those words stand, unclaimed."""


class Claim(Record):
    """One figure with our reading of it."""

    id: Slug
    """A stable slug: never reused, never changed, never derived from a label."""
    indicator: Slug
    """What is stated: an id of data/indicators.yaml."""
    figure: Text
    """The words of the quote that state the number, with its hedge and its counted word: `gần 640.000.000 đồng`."""
    value: Number
    """The number in the measure's unit, nghìn, triệu and tỷ applied, in plain digits: `640000000`, `0.9`."""
    of: Annotated[Whole | None, Optional] = None
    """The whole, in "x of y": 1969 for `1.962/1.969`."""
    to: Annotated[Number | None, Optional] = None
    """The end of a range that begins with `value`: 20000000 for `18-20 triệu`."""
    qualifier: Qualifier = Qualifier.EXACT
    """How the article hedges it; exact where it does not."""
    change: Annotated[Direction | None, Own] = None
    """Where the number says by how much, not how many: which way, `increase` for `tăng 12%`."""
    before: Annotated[Whole | None, Optional] = None
    """The number of the earlier period, in "now/before": 113 for `206/113 vụ`."""
    base: Annotated[Period | None, Own] = None
    """The earlier period that `change` is measured against, or that `before` is of."""
    read: Annotated[PersonReading | None, Optional] = None
    """How a person reads the number, and why, where the grammar cannot; never against what the grammar reads."""
    nth: Annotated[Count | None, Optional] = None
    """Which occurrence in the quote, where the figure's words stand in it more than once."""
    period: Annotated[Period | None, Own] = None
    """The days it covers, where they are not the sentence's."""
    province: Annotated[Area | None, Own] = None
    """The province it is about, where it is not the sentence's; `VN` for the whole country."""
    place: Place | None = None
    """The part of the province it is about, where it is not the sentence's."""
    coverage: Annotated[Coverage | None, Optional] = None
    """Whose work or which area it covers, where that is not the sentence's."""
    reported_by: OptionalText = None
    """The office that reports it, where that is not the sentence's."""
    reported_by_en: OptionalText = None
    """English, ours."""
    part_of: Annotated[Slug | None, Optional] = None
    """The id of the claim whose whole this figure is a part of: the two must not be added."""
    same_as: Annotated[Slug | None, Optional] = None
    """The id of the claim of another article that reports the same fact."""
    also_at: tuple[Repeat, ...] = ()
    """Where the article states the same fact once more, such as in its headline."""
    overlaps: tuple[Slug, ...] = ()
    """Ids of claims that may count some of the same things: they must not be added to this one."""
    note: OptionalText = None
    """What a reader must know to read the figure rightly (English)."""
    note_vi: OptionalText = None
    """The same in Vietnamese."""
    corrections: tuple[Correction, ...] = ()
    """Every change since it was published, oldest first."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.of is not None and self.of == 0:
            raise FieldError("of", "`of` is 0: nothing can be a part of no whole")
        if self.of is not None and self.value > self.of:
            raise FieldError("value", f"the part {self.value} is more than its whole, {self.of}")
        if self.of is not None and self.value < 0:
            raise FieldError("value", f"the part {self.value} is less than 0: it is no part of its whole, {self.of}")
        if self.to is not None and self.to <= self.value:
            raise FieldError(
                "to", f"a range ends above its start, but `to` {self.to} is not more than `value` {self.value}"
            )
        if self.to is not None and (self.of is not None or self.read is not None):
            raise FieldError("to", "`to` ends a range, which is no part of a whole and is read by the grammar alone")
        self._check_base()
        if self.read is not None:
            self._check_read(self.read)
        return self

    def _check_base(self) -> None:
        """Refuse a change or a number before without the period that it refers to, and what neither can have."""
        if self.change is not None and self.before is not None:
            raise FieldError("before", "`before` goes with the number of now, but `change` says that this is a change")
        if (self.change is not None or self.before is not None) and self.base is None:
            field, what = ("change", "is against") if self.change is not None else ("before", "is of")
            message = f"`base` is missing: give the earlier period that `{field}` {what}, or write `unstated`"
            raise FieldError(field, message)
        if self.base is not None and self.change is None and self.before is None:
            raise FieldError("base", "`base` goes with `change` or `before`, and neither is there")
        if self.change is not None and self.of is not None:
            raise FieldError("of", "`of` names a whole, and a change is no part of one")
        if self.change is Direction.INCREASE and self.value < 0:
            raise FieldError("change", f"`change` says increase, but the value {self.value} is less than 0")
        if self.before is not None and (self.of is not None or self.to is not None or self.read is not None):
            raise FieldError(
                "before", "`before` ends a pair of now and before: no whole, no range, read by the grammar"
            )

    def _check_read(self, read: PersonReading) -> None:
        """Refuse a claim that says something else than the reading that it rests on."""
        if self.value != read.value:
            raise FieldError(
                "value",
                f"`value` {self.value} is not that of `read`, {read.value}: write one of them in both",
            )
        if self.of != read.of:
            raise FieldError(
                "of",
                f"`of` {self.of or 'is absent'} is not that of `read`, {read.of or 'which has none'}:"
                " write one of them in both",
            )
        if read.qualifier is not None and self.qualifier is not read.qualifier:
            raise FieldError(
                "qualifier",
                f"qualifier {self.qualifier} is not that of `read`, {read.qualifier}: write one of them in both",
            )

    @property
    def read_by(self) -> ReadBy:
        """Who read its value in the words of its figure."""
        return ReadBy.MACHINE if self.read is None else ReadBy.PERSON


class Sentence(Record):
    """One quote of an article, verbatim and whole, with the claims read from it."""

    quote: Text
    """The whole sentence, letter for letter."""
    nth: Annotated[Count | None, Optional] = None
    """Which occurrence in the article, where the same sentence stands in it more than once."""
    translation: OptionalText = None
    """English, ours; empty where it has not been made yet."""
    period: Annotated[Period | None, Own] = None
    """The days its figures cover, where they are not the article's."""
    province: Annotated[Area | None, Own] = None
    """The province its figures are about, where it is not the article's; `VN` for the whole country."""
    place: Annotated[Place | None, Optional] = None
    """The part of the province its figures are about, where that is not the article's."""
    coverage: Annotated[Coverage | None, Optional] = None
    """Whose work or which area its figures cover, where that is not the article's."""
    reported_by: OptionalText = None
    """The office that reports its figures, where that is not the article's."""
    reported_by_en: OptionalText = None
    """English, ours."""
    list_is_open: YesOrNo = False
    """`yes` where the article's list ends in "…": there may be more than it names."""
    claims: Annotated[tuple[Claim, ...], Field(min_length=1)]


class SetAside(Record):
    """A number of the article that is a figure by its form but no claim, and why."""

    figure: Text
    """Words of the article that hold just this one number."""
    times: Count = 1
    """In how many places of the article those words stand, unclaimed."""
    why: Text
    """Why it is no claim (English)."""
    why_vi: OptionalText = None
    """The same in Vietnamese."""


class Article(Record):
    """One news text, as described by the curator."""

    seed: SeedName
    """The name of its text in seeds/."""
    sha256: Sha256
    """Of the text's bytes: the text can't change under its claims."""
    title: OptionalText = None
    """As printed in the text; empty where the text has none."""
    title_en: OptionalText = None
    """English, ours."""
    province: Slug
    """The province it reports on: a slug of data/provinces.yaml."""
    publisher: Annotated[Publisher | None, Optional] = None
    """Who published it; empty where that is not known. Never guessed."""
    published: Annotated[Period | None, Optional] = None
    """The day it was published; empty where the text does not say. Never the day of an event."""
    event: Annotated[Period | None, Optional] = None
    """The day of the event that it reports, such as a conference."""
    url: Annotated[Url | None, Optional] = None
    """Its address on the web; empty where that is not known."""
    reported_by: OptionalText = None
    """The offices whose figures the article reports, as the text names them; offices, not persons."""
    reported_by_en: OptionalText = None
    """English, ours."""
    period: Annotated[Period | None, Optional] = None
    """The days its figures cover, wherever a sentence or a claim does not say otherwise."""
    place: Annotated[Place | None, Optional] = None
    """The part of the province its figures are about, where that is not the whole province."""
    coverage: Annotated[Coverage | None, Optional] = None
    """Whose work or which area its figures cover, where one answer holds for all."""
    note: OptionalText = None
    """What a reader must know of the article (English)."""
    note_vi: OptionalText = None
    """The same in Vietnamese."""


class ArticleFile(Record):
    """One file of data/claims/: an article, its quotes with their claims, and the numbers set aside."""

    article: Article
    sentences: tuple[Sentence, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


class ScaledSpellings(Record):
    """Words of articles that name a multiple of a unit, or a part of it: `tấn` and `gam` of the kilogram."""

    words: Annotated[tuple[Text, ...], Field(min_length=1)]
    """The words of articles, right after the number."""
    factor: Number
    """How many of the unit one of these is: 1000 for `tấn`."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.factor <= 0:
            raise ValueError(f"`factor` {self.factor} is not more than 0: say how many of the unit one of these is")
        return self


class Unit(Record):
    """What is counted: `units.yaml`."""

    key: Slug
    name: Name
    plural_en: Text
    spellings: Annotated[tuple[Text, ...], Field(min_length=1)]
    """The words of articles that name it, right after the number."""
    scaled: tuple[ScaledSpellings, ...] = ()
    """Words that name a multiple or a part of it: the value is in the unit, the figure keeps its words."""


class Topic(Record):
    """How measures are grouped on the page."""

    id: Slug
    name: Name


class Plausible(Record):
    """The range outside which a value is more likely a slip than a fact."""

    min: Number
    max: Number

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.min > self.max:
            raise ValueError(f"the least value {self.min} is more than the greatest, {self.max}")
        return self


class Category(Record):
    """One of the parts in which reports divide a measure."""

    id: Slug
    name: Name
    unit: Annotated[Slug | None, Optional] = None
    """What is counted, where the measure leaves it open."""


class Breakdown(Record):
    """The parts in which reports divide a measure: offence groups, forces, substances."""

    id: Slug
    name: Name
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]


class Criteria(Record):
    """A set of criteria that "meets the standard" may mean."""

    id: Slug
    name: Name
    note: OptionalText = None
    """What is known of it from elsewhere, and from where (English)."""
    note_vi: OptionalText = None
    """The same in Vietnamese."""


FINDING_SLOTS = frozenset({"who", "figure", "category", "rest", "whole"})
"""Whose figure it is, the number with its unit, the category, what a share leaves of its whole, and that whole."""


class Measure(Record):
    """What is counted or weighed, at which stage."""

    id: Slug
    topic: Slug
    name: Name
    unit: Annotated[Slug | None, Optional] = None
    """What is counted; left out only where every category has its own."""
    nature: Nature
    breakdown: Annotated[Slug | None, Optional] = None
    """The parts in which reports divide it."""
    criteria: Annotated[Slug | None, Optional] = None
    """The set of criteria that it means."""
    definition: Name
    finding: Annotated[Name | None, Optional] = None
    """What a title says of a figure, with slots of `FINDING_SLOTS`: `{who} uncovered {figure} of {category}`."""
    plausible: Plausible

    @model_validator(mode="after")
    def _check_finding(self) -> Self:
        for text in (self.finding.vi, self.finding.en) if self.finding else ():
            try:
                slots = {
                    # A conversion or a format would fail or show quotes on the page, so it is no slot that is filled.
                    name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
                    for _, name, form, conversion in Formatter().parse(text)
                    if name is not None
                }
            except ValueError:
                raise ValueError(
                    f"`finding` has a brace without its pair in «{text}»: write slots as {{who}}"
                ) from None
            allowed = FINDING_SLOTS if self.breakdown else FINDING_SLOTS - {"category"}
            if foreign := sorted(slots - allowed):
                message = (
                    f"`finding` has the slot {{{foreign[0]}}}, which nothing fills: use {', '.join(sorted(allowed))}"
                )
                raise ValueError(message)
            if self.breakdown and "category" not in slots:
                raise ValueError(
                    "`finding` leaves out {category}: a figure is of one of the parts, so its title names it"
                )
        return self


class RatioPair(Record):
    """Two measures that pair: where one phrase gives both, in one category, `of` is divided by `per`."""

    id: Slug
    of: Slug
    per: Slug
    name: Name


class Indicator(Record):
    """What a claim states: a measure, or a measure in one category. One row of `indicators.yaml`."""

    id: Slug
    measure: Slug
    category: Annotated[Slug | None, Optional] = None
    """One of the categories of the measure's breakdown."""
    new_category: Annotated[Category | None, Optional] = None
    """A further category of that breakdown, in the row that first needs it; other rows name it as `category`."""
    name: Annotated[Name | None, Optional] = None
    """Where the names of the measure and of its category do not say it."""


class Province(Record):
    """A province as it was when articles reported on it: one row of `provinces.yaml`."""

    slug: Slug
    name: Name
    iso_code: Annotated[str, Field(pattern=r"^VN(-[0-9A-Z]{2,3})?$")]
    valid_from: Annotated[Day | None, Optional] = None
    valid_until: Annotated[Day | None, Optional] = None
    successor: OptionalText = None
    borders: Name
    """What became of its borders, in a sentence for readers."""


class UnitsFile(Record):
    """`data/units.yaml`."""

    units: Annotated[tuple[Unit, ...], Field(min_length=1)]


class MeasuresFile(Record):
    """`data/measures.yaml`."""

    topics: Annotated[tuple[Topic, ...], Field(min_length=1)]
    breakdowns: tuple[Breakdown, ...] = ()
    criteria: tuple[Criteria, ...] = ()
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]
    ratios: tuple[RatioPair, ...] = ()


class IndicatorsFile(Record):
    """`data/indicators.yaml`."""

    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]


class ProvincesFile(Record):
    """`data/provinces.yaml`."""

    country: Annotated[Province | None, Optional] = None
    """The whole country, for figures that an article gives of it."""
    provinces: Annotated[tuple[Province, ...], Field(min_length=1)]
