"""Every column of every table, declared once: its name, what may stand in it, what it means, where it comes from.

The frame of figures, the CSV files, the Data Package and the codebook are all made from these rows. Cells are texts, so
that no program between here and the reader rounds a number or guesses a type: `640000000`, `0.9`, a date in ISO 8601,
nothing where the article states nothing. `share` and `remainder` are computed, as are all of ratios.csv. The columns
of figures.csv up to `figure_end` and all columns of ledger.csv are a contract: others are only ever appended.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from extract.claims.catalogue import JoinedIndicator
from extract.claims.collection import Account, Certainty, CheckedClaim, Collection, LedgerEntry, Source
from extract.claims.records import (
    CHANGE,
    Article,
    Breakdown,
    Category,
    Claim,
    Coverage,
    CoverageKind,
    Criteria,
    Direction,
    Lang,
    Nature,
    Period,
    Province,
    ReadBy,
    Unit,
)
from extract.figures.formats import compute_change, is_percent
from extract.figures.ratios import Ratio, compute_remainder, find_ratios
from extract.text.hedges import Qualifier
from extract.text.mentions import Kind

SHARE_STEP = Decimal("0.000001")
_TITLES = {"id": "ID", "iso_code": "ISO code", "sha256": "SHA-256", "url": "Web address"}

R = TypeVar("R")
Cell: TypeAlias = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """The values that a column may hold: the type and the constraints that the Data Package states."""

    type: Literal["string", "number", "integer", "date"] = "string"
    required: bool = False
    unique: bool = False
    minimum: int | None = None
    pattern: str | None = None
    among: tuple[str, ...] = ()

    @property
    def is_category(self) -> bool:
        """Whether its values come again and again: an enumeration, or the key of another table."""
        return bool(self.among) or (self.pattern in {_SLUG, _ISO_CODE} and not self.unique)


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column; `find` leads from the record of a row to its cell."""

    name: str
    domain: Domain
    says: str
    find: Callable[[R], Cell]
    see: Callable[[R], Hashable] | None = None
    """All that `find` looks at, where many records are alike in it."""

    @property
    def title(self) -> str:
        """Its name in words: `Indicator name (Vietnamese)` for `indicator_name_vi`."""
        words = self.name
        for ending, language in (("_vi", "Vietnamese"), ("_en", "English")):
            if words.endswith(ending):
                words = f"{words.removesuffix(ending)} ({language})"
        return _TITLES.get(self.name) or f"{words[0].upper()}{words[1:].replace('_', ' ')}"

    def format(self, record: R) -> str:
        """Return the exact text of a record's cell; empty for nothing."""
        return format_cell(self.find(record))

    def format_all(self, records: Iterable[R]) -> list[str]:
        """Return the exact texts of records' cells."""
        # Most cells are texts already or nothing, and a call for each of millions is felt. Equal numbers may be written
        # in different ways (1.0, 1), so what is formatted is not kept by its value.
        return [
            cell if type(cell) is str else "" if cell is None else format_cell(cell) for cell in map(self.find, records)
        ]


def format_columns(columns: Iterable[Column[R]], records: Sequence[R]) -> dict[str, list[str]]:
    """Return the exact texts of records' cells by the names of columns, each made once for all records alike in it."""
    seen: dict[Callable[[R], Hashable], tuple[list[R], list[int]]] = {}
    cells = {}
    for column in columns:
        if column.see is None:
            cells[column.name] = column.format_all(records)
            continue
        if column.see not in seen:
            keys = list(map(column.see, records))
            last = dict(zip(keys, records, strict=True))
            places = {key: place for place, key in enumerate(last)}
            seen[column.see] = list(last.values()), list(map(places.__getitem__, keys))
        alike, at = seen[column.see]
        cells[column.name] = list(map(column.format_all(alike).__getitem__, at))
    return cells


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A column of one table that names a row of another."""

    column: str
    table: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[R]):
    """One table of the package: what it holds, how its rows are named, and which tables they refer to."""

    name: str
    title: str
    says: str
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    find_records: Callable[[Collection], Sequence[R]]
    """The records of its rows, in their order."""
    columns: tuple[Column[R], ...]

    @property
    def path(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]

    def format_row(self, record: R) -> dict[str, str]:
        """Return the cells of one row by the names of their columns."""
        return {column.name: column.format(record) for column in self.columns}


def format_cell(cell: Cell) -> str:
    """Return a cell as text: numbers in plain digits without an exponent, dates in ISO 8601, empty for None."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def compute_share(claim: Claim, unit: Unit) -> Decimal | None:
    """Return the part of the whole as a fraction of 1, to 6 decimals, half to even; None where there is no whole.

    The whole is the one that the article states, or 100 where the unit is per cent. What is less than nothing is a
    change, and no part of a whole; a range has no one share.
    """
    if claim.value < 0 or claim.to is not None or claim.change is not None:
        return None
    whole = claim.of
    if whole is None and is_percent(unit):
        whole = Decimal(100)
    if whole is None:
        return None
    return (claim.value / whole).quantize(SHARE_STEP, rounding=ROUND_HALF_EVEN)


def _format_share(checked: CheckedClaim) -> str | None:
    share = compute_share(checked.claim, checked.unit)
    return None if share is None else _trim_zeros(share)


def _trim_zeros(value: Decimal) -> str:
    """Return a number with decimals in plain digits, without zeros at its end."""
    return format_cell(value).rstrip("0").rstrip(".")


def _find_covers(period: Period | None) -> str | None:
    return period.covers if period is not None and period.is_dated else None


def _pick_name(named: Coverage | Category | Breakdown | Criteria | None, lang: Lang) -> str | None:
    """Return the name of what may be missing or may have none."""
    if named is None or named.name is None:
        return None
    return named.name.vi if lang == "vi" else named.name.en


def find_article_id(path: str) -> str:
    """Return the stable id of an article: the name of its file in data/claims/ without the ending."""
    return path.rpartition("/")[2].rpartition(".")[0]


# What the cells of a figure's columns look at. Records that are kept in memory are told apart by their places there.


def _see_indicator(checked: CheckedClaim) -> Hashable:
    indicator, measure, category = id(checked.indicator), id(checked.measure), id(checked.category)
    return indicator, measure, category, id(checked.criteria), id(checked.topic), id(checked.unit)


def _see_province(checked: CheckedClaim) -> Hashable:
    return id(checked.province)


def _see_period(checked: CheckedClaim) -> Hashable:
    each = checked.period
    return each.covers, each.words, each.words_en, each.certain_until, each.reports_on, each.note


def _see_article(checked: CheckedClaim) -> Hashable:
    return id(checked.article), checked.path


def _see_coverage(checked: CheckedClaim) -> Hashable:
    return id(checked.coverage)


_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
_ISO_CODE = "VN(-[0-9A-Z]{2,3})?"
_MOMENT = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"

TEXT = Domain()
STATED = Domain(required=True)
ID = Domain(required=True, unique=True, pattern=_SLUG)
KEY = Domain(required=True, pattern=_SLUG)
KEY_OR_NONE = Domain(pattern=_SLUG)
KEYS_OR_NONE = Domain(pattern=f"{_SLUG}( {_SLUG})*")
FILE = Domain(required=True, unique=True)
SHA256 = Domain(required=True, pattern="[0-9a-f]{64}")
ISO_CODE = Domain(required=True, pattern=_ISO_CODE)
NATURE = Domain(required=True, among=tuple(Nature))
NATURE_OR_CHANGE = Domain(required=True, among=(*Nature, CHANGE))
DIRECTION = Domain(among=tuple(Direction))
COVERAGE = Domain(among=tuple(CoverageKind))
YES_OR_NONE = Domain(among=("yes",))
QUALIFIER = Domain(required=True, among=tuple(Qualifier))
KIND = Domain(required=True, among=tuple(Kind))
VALUE = Domain(type="number", required=True)
QUOTIENT = Domain(type="number", required=True, minimum=0)
VALUE_OR_NONE = Domain(type="number", minimum=0)
NUMBER_OR_NONE = Domain(type="number")
LIMIT = VALUE
READ_BY = Domain(required=True, among=tuple(ReadBy))
CERTAINTY = Domain(required=True, among=tuple(Certainty))
COUNT = Domain(type="integer", required=True, minimum=0)
START = Domain(type="integer", required=True, minimum=0)
END = Domain(type="integer", required=True, minimum=1)
DAY = Domain(type="date")
PERIOD = Domain(pattern=f"{_MOMENT}(/(\\.\\.|{_MOMENT}))?")

_OFFSET = "in code points of the article's text as UTF-8"
_PUBLISHED = "published, as finely as it says: a day, a month or a year in ISO 8601."

# ruff: noqa: E501 - a column is one row, as in the table that it declares
# fmt: off
FIGURES: Table[CheckedClaim] = Table(
    name="figures",
    title="Figures",
    says="One row a figure that an article reports, with the sentence that states it.",
    primary_key=("id",),
    foreign_keys=(
        ForeignKey(column="province", table="provinces", key="province"),
        ForeignKey(column="indicator", table="indicators", key="indicator"),
        ForeignKey(column="article", table="articles", key="article"),
        ForeignKey(column="part_of", table="figures", key="id"),
        ForeignKey(column="same_as", table="figures", key="id"),
    ),
    find_records=lambda collection: collection.claims,
    columns=(
        Column("id", ID, "The figure's stable id: never reused, never changed.", lambda c: c.claim.id),
        Column("province", KEY, "The province it is about, as it was at the article's date; viet-nam for the whole country.", lambda c: c.province.slug, _see_province),
        Column("province_name", STATED, "The province's name, in Vietnamese.", lambda c: c.province.name.vi, _see_province),
        Column("iso_code", ISO_CODE, "The province's code in ISO 3166-2; VN for the whole country.", lambda c: c.province.iso_code, _see_province),
        Column("topic", KEY, "The group that the measure stands in.", lambda c: c.topic.id, _see_indicator),
        Column("indicator", KEY, "What is stated: a measure, or a measure in one category.", lambda c: c.indicator.id, _see_indicator),
        Column("indicator_name", STATED, "What is stated, in English.", lambda c: c.name.en, _see_indicator),
        Column("nature", NATURE_OR_CHANGE, "flow: counted during a period. stock: standing at a moment. share: a part of a whole. change: by how much the measure has changed; never set beside the other three.", lambda c: CHANGE if c.is_change else c.measure.nature),
        Column("value", VALUE, "The number that the article states, in the unit; nghìn, triệu and tỷ applied.", lambda c: c.claim.value),
        Column("of", VALUE_OR_NONE, 'The whole that the article states, in "x of y".', lambda c: c.claim.of),
        Column("share", VALUE_OR_NONE, "Computed from value and of; where the unit is per cent it is the article's own number divided by 100; to 6 decimals, half to even.", _format_share),
        Column("unit", KEY, "What is counted.", lambda c: c.unit.key, _see_indicator),
        Column("qualifier", QUALIFIER, "How the article hedges the number: about (khoảng), nearly (gần), over (hơn, trên), under (dưới), at_least (ít nhất, trở lên), at_most (không quá, trở xuống); exact where it does not.", lambda c: c.claim.qualifier),
        Column("period_start", DAY, "The first day that the figure covers; empty where unstated.", lambda c: c.period.days.start, _see_period),
        Column("period_end", DAY, "The last day that the figure covers; empty where open or unstated.", lambda c: c.period.days.end, _see_period),
        Column("period_words", TEXT, "The article's words that state the period; empty where it is unstated.", lambda c: c.period.words, _see_period),
        Column("figure", STATED, "The words of the quote that state the number, letter for letter.", lambda c: c.claim.figure),
        Column("quote", STATED, "The whole sentence of the article, letter for letter.", lambda c: c.sentence.quote),
        Column("translation", TEXT, "The quote in English: this project's translation; empty where it has not been made yet.", lambda c: c.sentence.translation),
        Column("article", KEY, "The article that the quote stands in.", lambda c: find_article_id(c.path), _see_article),
        Column("article_title", TEXT, "The article's title as printed; empty where it has none.", lambda c: c.article.title, _see_article),
        Column("publisher", TEXT, "Who published the article; empty where neither its text nor its address says.", lambda c: c.article.publisher.name if c.article.publisher else None, _see_article),
        Column("published", PERIOD, f"When the article was {_PUBLISHED}", lambda c: _find_covers(c.article.published), _see_article),
        Column("url", TEXT, "The article's address on the web; empty where unknown.", lambda c: c.article.url, _see_article),
        Column("seed", STATED, "The file that holds the article's text.", lambda c: c.article.seed, _see_article),
        Column("sha256", SHA256, "The checksum of that file's bytes.", lambda c: c.article.sha256, _see_article),
        Column("quote_start", START, f"Where the quote begins, {_OFFSET}, counted from 0.", lambda c: c.quote_start),
        Column("quote_end", END, f"Where the quote has ended, {_OFFSET}.", lambda c: c.quote_end),
        Column("figure_start", START, f"Where the figure begins, {_OFFSET}, counted from 0.", lambda c: c.figure_start),
        Column("figure_end", END, f"Where the figure has ended, {_OFFSET}.", lambda c: c.figure_end),
        Column("indicator_name_vi", STATED, "What is stated, in Vietnamese.", lambda c: c.name.vi, _see_indicator),
        Column("topic_name", STATED, "The topic, in English.", lambda c: c.topic.name.en, _see_indicator),
        Column("topic_name_vi", STATED, "The topic, in Vietnamese.", lambda c: c.topic.name.vi, _see_indicator),
        Column("unit_name", STATED, "What is counted, in English, for more than one.", lambda c: c.unit.plural_en, _see_indicator),
        Column("unit_name_vi", STATED, "What is counted, in Vietnamese.", lambda c: c.unit.name.vi, _see_indicator),
        Column("period", PERIOD, "The period as curated: 2021, 2021-06, 2021-06-30, 2015/2017, 2013/.. (open); empty where unstated, or where the article names a time without its days (see period_words).", lambda c: _find_covers(c.period), _see_period),
        Column("period_note", TEXT, "How the words of the period were read, where they leave something to say.", lambda c: c.period.note, _see_period),
        Column("place", TEXT, "The district or other part of the province that the figure is about; empty where there is none.", lambda c: c.place.words if c.place else None),
        Column("place_en", TEXT, "That part of the province, in English.", lambda c: c.place.name_en if c.place else None),
        Column("reported_by", TEXT, "The office that reports the figures, as the article names it; whose work they are is coverage.", lambda c: c.office.name),
        Column("reported_by_en", TEXT, "That office, in English.", lambda c: c.office.name_en),
        Column("article_title_en", TEXT, "The article's title in English: this project's translation.", lambda c: c.article.title_en, _see_article),
        Column("part_of", KEY_OR_NONE, "The id of the figure that this one is a part of: never add the two.", lambda c: c.claim.part_of),
        Column("same_as", KEY_OR_NONE, "The id of the figure of another article that reports the same fact.", lambda c: c.claim.same_as),
        Column("note", TEXT, "What a reader must know to read the figure rightly.", lambda c: c.claim.note),
        Column("corrections", COUNT, "How many times the figure was corrected since it was published here.", lambda c: len(c.claim.corrections)),
        Column("corrected", DAY, "The day of its last correction; empty where there is none.", lambda c: max((change.when for change in c.claim.corrections), default=None)),
        Column("measure", KEY, "What is counted or weighed, at which stage: the same in every article and category.", lambda c: c.measure.id, _see_indicator),
        Column("category", KEY_OR_NONE, "The part of the measure that is counted; empty where the measure is not divided.", lambda c: c.category.id if c.category else None, _see_indicator),
        Column("coverage", COVERAGE, "Whose work or which area the figure covers. province: the whole province. joint: joint operations of named forces. division: one division together with others. place: a district or another part. Empty where the article does not say.", lambda c: c.coverage.kind if c.coverage else None, _see_coverage),
        Column("coverage_words", TEXT, "The article's words that say so.", lambda c: c.coverage.words if c.coverage else None, _see_coverage),
        Column("coverage_name", TEXT, "Whose work or which area it is, in English; empty for the whole province.", lambda c: _pick_name(c.coverage, "en"), _see_coverage),
        Column("coverage_name_vi", TEXT, "Whose work or which area it is, in Vietnamese; empty for the whole province.", lambda c: _pick_name(c.coverage, "vi"), _see_coverage),
        Column("coverage_note", TEXT, "How those words were read, where they leave something to say.", lambda c: c.coverage.note if c.coverage else None, _see_coverage),
        Column("measure_name", STATED, "The measure, in English.", lambda c: c.measure.name.en, _see_indicator),
        Column("measure_name_vi", STATED, "The measure, in Vietnamese.", lambda c: c.measure.name.vi, _see_indicator),
        Column("category_name", TEXT, "The category, in English.", lambda c: _pick_name(c.category, "en"), _see_indicator),
        Column("category_name_vi", TEXT, "The category, in Vietnamese.", lambda c: _pick_name(c.category, "vi"), _see_indicator),
        Column("criteria", KEY_OR_NONE, "The set of criteria that the measure means; see indicators.csv.", lambda c: c.criteria.id if c.criteria else None, _see_indicator),
        Column("event", PERIOD, "The day of the event that the article reports. It is not the day of publication.", lambda c: _find_covers(c.article.event), _see_article),
        Column("period_certain_until", PERIOD, "Of an open period, the latest year, month or day that the article makes certain.", lambda c: c.period.certain_until, _see_period),
        Column("reports_on", PERIOD, "The period under review, where the figure's own moment lies after it.", lambda c: c.period.reports_on, _see_period),
        Column("period_words_en", TEXT, "The words that state the period in English: this project's translation.", lambda c: c.period.words_en, _see_period),
        Column("overlaps", KEYS_OR_NONE, "The ids of figures that may count some of the same things, with spaces between them: never add them. Said on one of two figures, it holds for both.", lambda c: " ".join(c.claim.overlaps)),
        Column("list_is_open", YES_OR_NONE, "yes where the article's list ends in an ellipsis: there may be more than it names.", lambda c: "yes" if c.sentence.list_is_open else None),
        Column("remainder", VALUE_OR_NONE, "Computed: what value leaves of the whole that the article states; empty where value is hedged.", lambda c: compute_remainder(c.claim)),
        Column("read_by", READ_BY, "Who read value in the words of figure. machine: the grammar reads it as this value. person: a curator, where the grammar reads none.", lambda c: c.claim.read_by),
        Column("read_why", TEXT, "Of what a person read: why it reads so.", lambda c: c.claim.read.why if c.claim.read else None),
        Column("value_to", NUMBER_OR_NONE, "The end of a range that begins with value: 20000000 for 18-20 triệu; empty where the article states one number.", lambda c: c.claim.to),
        Column("direction", DIRECTION, "Of a change, which way it goes; value is the number without it, as the article states it. Empty for what is no change.", lambda c: c.claim.change),
        Column("change", NUMBER_OR_NONE, "Computed: of a change, value with a minus where it is a decrease. Empty for what is no change.", lambda c: compute_change(c.claim)),
        Column("before", VALUE_OR_NONE, "The number of the earlier period, where the article states now/before: 113 for 206/113 vụ.", lambda c: c.claim.before),
        Column("base_period", PERIOD, "The earlier period that the change is measured against, or that before is of, as in period; empty where its days are not known.", lambda c: _find_covers(c.claim.base)),
        Column("base_words", TEXT, "The article's words that state it; empty where it states none.", lambda c: c.claim.base.words if c.claim.base else None),
        Column("base_words_en", TEXT, "These words in English: this project's translation.", lambda c: c.claim.base.words_en if c.claim.base else None),
    ),
)
# fmt: on


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """An article with how many figures were read from it and how many numbers stand in it."""

    source: Source
    article: Article
    figures: int
    mentions: int
    accounts: Mapping[Account, int]
    """How many of its numbers are figures or set aside, by how surely."""


def _find_articles(collection: Collection) -> list[ArticleRecord]:
    figures = Counter(checked.article.seed for checked in collection.claims)
    accounts = defaultdict[str, Counter[Account]](Counter)
    for entry in collection.ledger:
        accounts[entry.seed][entry.account] += 1
    articles = ((source, source.record.article) for source in collection.sources)
    return [
        ArticleRecord(
            source=source,
            article=article,
            figures=figures[article.seed],
            mentions=accounts[article.seed].total(),
            accounts=accounts[article.seed],
        )
        for source, article in articles
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRecord:
    """An indicator with all it refers to, and how many figures measure it."""

    joined: JoinedIndicator
    figures: int


def _find_indicators(collection: Collection) -> list[IndicatorRecord]:
    figures = Counter(checked.indicator.id for checked in collection.claims)
    return [IndicatorRecord(joined=joined, figures=figures[name]) for name, joined in collection.joined.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceRecord:
    """A province with how many figures are about it."""

    province: Province
    figures: int


def _find_provinces(collection: Collection) -> list[ProvinceRecord]:
    figures = Counter(checked.province.slug for checked in collection.claims)
    return [ProvinceRecord(province=each, figures=figures[each.slug]) for each in collection.provinces.values()]


# fmt: off
ARTICLES: Table[ArticleRecord] = Table(
    name="articles",
    title="Articles",
    says="One row an article; articles that report no figure are here too.",
    primary_key=("article",),
    foreign_keys=(ForeignKey(column="province", table="provinces", key="province"),),
    find_records=_find_articles,
    columns=(
        Column("article", ID, "The article's stable id.", lambda a: find_article_id(a.source.path)),
        Column("seed", FILE, "The file that holds its text.", lambda a: a.article.seed),
        Column("sha256", SHA256, "The checksum of that file's bytes.", lambda a: a.article.sha256),
        Column("province", KEY, "The province it reports on.", lambda a: a.article.province),
        Column("title", TEXT, "Its title as printed; empty where it has none.", lambda a: a.article.title),
        Column("title_en", TEXT, "Its title in English: this project's translation.", lambda a: a.article.title_en),
        Column("publisher", TEXT, "Who published it; empty where neither its text nor its address says.", lambda a: a.article.publisher.name if a.article.publisher else None),
        Column("publisher_en", TEXT, "Who published it, in English.", lambda a: a.article.publisher.name_en if a.article.publisher else None),
        Column("publisher_words", TEXT, "The article's words that name the publisher.", lambda a: a.article.publisher.words if a.article.publisher else None),
        Column("publisher_note", TEXT, "Where the publisher is known from, where the text does not say.", lambda a: a.article.publisher.note if a.article.publisher else None),
        Column("published", PERIOD, f"When it was {_PUBLISHED}", lambda a: _find_covers(a.article.published)),
        Column("published_words", TEXT, "The article's words that state the date.", lambda a: a.article.published.words if a.article.published else None),
        Column("published_note", TEXT, "How those words were read.", lambda a: a.article.published.note if a.article.published else None),
        Column("url", TEXT, "Its address on the web; empty where unknown.", lambda a: a.article.url),
        Column("reported_by", TEXT, "The office that reports its figures; whose work they are is coverage.", lambda a: a.article.reported_by),
        Column("reported_by_en", TEXT, "That office, in English.", lambda a: a.article.reported_by_en),
        Column("note", TEXT, "What a reader must know of it.", lambda a: a.article.note),
        Column("figures", COUNT, "How many figures were read from it.", lambda a: a.figures),
        Column("mentions", COUNT, "How many numbers stand in its text: the rows of ledger.csv.", lambda a: a.mentions),
        Column("event", PERIOD, "The day of the event that it reports. It is not the day of publication.", lambda a: _find_covers(a.article.event)),
        Column("event_words", TEXT, "The article's words that state that day.", lambda a: a.article.event.words if a.article.event else None),
        Column("event_note", TEXT, "How those words were read.", lambda a: a.article.event.note if a.article.event else None),
        Column("coverage", COVERAGE, "Whose work or which area its figures cover, where they do not say otherwise; as in figures.csv.", lambda a: a.article.coverage.kind if a.article.coverage else None),
        Column("coverage_words", TEXT, "Its words that say so.", lambda a: a.article.coverage.words if a.article.coverage else None),
        Column("coverage_name", TEXT, "Whose work or which area it is, in English.", lambda a: _pick_name(a.article.coverage, "en")),
        Column("coverage_name_vi", TEXT, "Whose work or which area it is, in Vietnamese.", lambda a: _pick_name(a.article.coverage, "vi")),
        Column("coverage_note", TEXT, "How those words were read.", lambda a: a.article.coverage.note if a.article.coverage else None),
        Column("settled", COUNT, "How many of its numbers a rule of the grammar that is certain sets aside.", lambda a: a.accounts[Account.SETTLED]),
        Column("confirmed", COUNT, "How many a curator sets aside.", lambda a: a.accounts[Account.CONFIRMED]),
        Column("doubtful", COUNT, "How many a weaker rule sets aside, which no curator has confirmed.", lambda a: a.accounts[Account.DOUBTFUL]),
    ),
)
INDICATORS: Table[IndicatorRecord] = Table(
    name="indicators",
    title="Indicators",
    says="One row an indicator: what is measured, in which unit, and how it is defined.",
    primary_key=("indicator",),
    find_records=_find_indicators,
    columns=(
        Column("indicator", ID, "The indicator's stable id.", lambda i: i.joined.indicator.id),
        Column("indicator_name", STATED, "What is measured, in English.", lambda i: i.joined.name.en),
        Column("indicator_name_vi", STATED, "What is measured, in Vietnamese.", lambda i: i.joined.name.vi),
        Column("topic", KEY, "The group that it stands in.", lambda i: i.joined.topic.id),
        Column("topic_name", STATED, "The topic, in English.", lambda i: i.joined.topic.name.en),
        Column("topic_name_vi", STATED, "The topic, in Vietnamese.", lambda i: i.joined.topic.name.vi),
        Column("unit", KEY, "What is counted.", lambda i: i.joined.unit.key),
        Column("unit_name", STATED, "What is counted, in English, for more than one.", lambda i: i.joined.unit.plural_en),
        Column("unit_name_vi", STATED, "What is counted, in Vietnamese.", lambda i: i.joined.unit.name.vi),
        Column("nature", NATURE, "flow, stock or share, as in figures.csv.", lambda i: i.joined.measure.nature),
        Column("definition", STATED, "What is counted and how, in English.", lambda i: i.joined.measure.definition.en),
        Column("definition_vi", STATED, "What is counted and how, in Vietnamese.", lambda i: i.joined.measure.definition.vi),
        Column("plausible_min", LIMIT, "Below this a value is more likely a slip than a fact.", lambda i: i.joined.measure.plausible.min),
        Column("plausible_max", LIMIT, "Above this a value is more likely a slip than a fact.", lambda i: i.joined.measure.plausible.max),
        Column("figures", COUNT, "How many figures of this collection state it.", lambda i: i.figures),
        Column("measure", KEY, "What is counted or weighed, at which stage. Definition, nature and limits are the measure's.", lambda i: i.joined.measure.id),
        Column("measure_name", STATED, "The measure, in English.", lambda i: i.joined.measure.name.en),
        Column("measure_name_vi", STATED, "The measure, in Vietnamese.", lambda i: i.joined.measure.name.vi),
        Column("category", KEY_OR_NONE, "The part of the measure that is counted; empty where the measure is not divided.", lambda i: i.joined.category.id if i.joined.category else None),
        Column("category_name", TEXT, "The category, in English.", lambda i: _pick_name(i.joined.category, "en")),
        Column("category_name_vi", TEXT, "The category, in Vietnamese.", lambda i: _pick_name(i.joined.category, "vi")),
        Column("breakdown", KEY_OR_NONE, "What the categories of the measure are parts of.", lambda i: i.joined.breakdown.id if i.joined.breakdown else None),
        Column("breakdown_name", TEXT, "The breakdown, in English.", lambda i: _pick_name(i.joined.breakdown, "en")),
        Column("breakdown_name_vi", TEXT, "The breakdown, in Vietnamese.", lambda i: _pick_name(i.joined.breakdown, "vi")),
        Column("criteria", KEY_OR_NONE, "The set of criteria that the measure means: figures by other criteria do not compare.", lambda i: i.joined.criteria.id if i.joined.criteria else None),
        Column("criteria_name", TEXT, "The criteria, in English.", lambda i: _pick_name(i.joined.criteria, "en")),
        Column("criteria_name_vi", TEXT, "The criteria, in Vietnamese.", lambda i: _pick_name(i.joined.criteria, "vi")),
        Column("criteria_note", TEXT, "What is known of the criteria from elsewhere, and from where.", lambda i: i.joined.criteria.note if i.joined.criteria else None),
    ),
)
PROVINCES: Table[ProvinceRecord] = Table(
    name="provinces",
    title="Provinces",
    says="One row a province, as it was when the articles reported on it.",
    primary_key=("province",),
    find_records=_find_provinces,
    columns=(
        Column("province", ID, "The province's stable id.", lambda p: p.province.slug),
        Column("province_name", STATED, "Its name, in Vietnamese.", lambda p: p.province.name.vi),
        Column("province_name_en", STATED, "Its name, in English.", lambda p: p.province.name.en),
        Column("iso_code", ISO_CODE, "Its code in ISO 3166-2.", lambda p: p.province.iso_code),
        Column("valid_from", DAY, "The first day in the borders meant here; empty where they are older than the articles.", lambda p: p.province.valid_from),
        Column("valid_until", DAY, "The last day in the borders meant here; empty where they still stand.", lambda p: p.province.valid_until),
        Column("successor", TEXT, "The province that it became, or became a part of.", lambda p: p.province.successor),
        Column("borders", STATED, "What became of its borders, in English.", lambda p: p.province.borders.en),
        Column("borders_vi", STATED, "What became of its borders, in Vietnamese.", lambda p: p.province.borders.vi),
        Column("figures", COUNT, "How many figures of this collection are about it.", lambda p: p.figures),
    ),
)
LEDGER: Table[LedgerEntry] = Table(
    name="ledger",
    title="Ledger",
    says="One row a number that stands in an article: the figure it is, or why it is none.",
    primary_key=("seed", "start"),
    foreign_keys=(
        ForeignKey(column="seed", table="articles", key="seed"),
        ForeignKey(column="claim", table="figures", key="id"),
    ),
    find_records=lambda collection: collection.ledger,
    columns=(
        Column("seed", STATED, "The file that holds the article's text.", lambda entry: entry.seed),
        Column("start", START, f"Where the number begins, {_OFFSET}, counted from 0.", lambda entry: entry.start),
        Column("end", END, f"Where it has ended, {_OFFSET}.", lambda entry: entry.end),
        Column("text", STATED, "The number as written.", lambda entry: entry.text),
        Column("kind", KIND, "What sort of number it is.", lambda entry: entry.kind),
        Column("claim", KEY_OR_NONE, "The id of the figure that it is; else empty.", lambda entry: entry.claim),
        Column("reason", TEXT, "Why it is no figure of this collection; else empty.", lambda entry: entry.reason),
        Column("certainty", CERTAINTY, "How sure this account is. certain: set aside by a rule of the grammar that is certain. confirmed: claimed or set aside by a curator. doubtful: set aside by a weaker rule, and nobody has confirmed it.", lambda entry: entry.certainty),
    ),
)
RATIOS: Table[Ratio] = Table(
    name="ratios",
    title="Ratios",
    says="One row a ratio: a figure divided by another that the same phrase of an article gives. Computed, stated by no article.",
    primary_key=("id",),
    foreign_keys=(
        ForeignKey(column="numerator", table="figures", key="id"),
        ForeignKey(column="denominator", table="figures", key="id"),
        ForeignKey(column="province", table="provinces", key="province"),
        ForeignKey(column="article", table="articles", key="article"),
    ),
    find_records=find_ratios,
    columns=(
        Column("id", ID, "The ratio's stable id: those of its numerator and of the pair of measures.", lambda r: r.id),
        Column("ratio", KEY, "Which two measures are divided: people per case, members per board.", lambda r: r.pair.id),
        Column("name", STATED, "The ratio, in English.", lambda r: r.pair.name.en),
        Column("name_vi", STATED, "The ratio, in Vietnamese.", lambda r: r.pair.name.vi),
        Column("value", QUOTIENT, "Computed: numerator / denominator, to 6 decimals, half to even.", lambda r: _trim_zeros(r.value)),
        Column("qualifier", QUALIFIER, "The hedge that it has from its two figures, as in figures.csv; exact where neither is hedged.", lambda r: r.qualifier),
        Column("numerator", KEY, "The id of the figure that is divided.", lambda r: r.of.claim.id),
        Column("denominator", KEY, "The id of the figure that it is divided by.", lambda r: r.per.claim.id),
        Column("formula", STATED, "The two values.", lambda r: r.formula),
        Column("phrase", STATED, "The article's words from the one figure to the other, letter for letter.", lambda r: r.phrase),
        Column("category", KEY_OR_NONE, "The category of both figures; empty where their measures are not divided.", lambda r: r.of.category.id if r.of.category else None),
        Column("coverage", COVERAGE, "The coverage of both figures, as in figures.csv.", lambda r: r.of.coverage.kind if r.of.coverage else None),
        Column("period", PERIOD, "The period of both figures, as in figures.csv.", lambda r: _find_covers(r.of.period)),
        Column("province", KEY, "The province that both figures are about.", lambda r: r.of.province.slug),
        Column("article", KEY, "The article that the phrase stands in.", lambda r: find_article_id(r.of.path)),
    ),
)
# fmt: on
TABLES: tuple[Table[Any], ...] = (FIGURES, ARTICLES, INDICATORS, PROVINCES, LEDGER, RATIOS)
