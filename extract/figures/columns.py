"""Every column of every table, declared once: its name, what may stand in it, what it means, where it comes from.

The frame of figures, the CSV files, the Data Package and the codebook are all made from these rows. Cells are texts, so
that no program between here and the reader rounds a number or guesses a type: `640000000`, `0.9`, a date in ISO 8601,
nothing where the article states nothing. `share` is the one computed column. The columns of figures.csv up to
`figure_end` and all columns of ledger.csv are a contract: others are only ever appended.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from extract.claims.collection import CheckedClaim, Collection, LedgerEntry, Source
from extract.claims.records import Article, Claim, Indicator, Nature, Period, Province, Qualifier, Topic, Unit
from extract.figures.formats import is_percent
from extract.text.mentions import Kind

SHARE_STEP = Decimal("0.000001")

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


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column; `find` leads from the record of a row to its cell."""

    name: str
    domain: Domain
    says: str
    find: Callable[[R], Cell]

    def format(self, record: R) -> str:
        """Return the exact text of a record's cell; empty for nothing."""
        return format_cell(self.find(record))

    def format_all(self, records: Iterable[R]) -> list[str]:
        """Return the exact texts of records' cells."""
        # Most cells are texts already, and a call for each of millions is felt.
        return [cell if type(cell) is str else format_cell(cell) for cell in map(self.find, records)]


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

    The whole is the one that the article states, or 100 where the unit is per cent.
    """
    whole = claim.of
    if whole is None and is_percent(unit):
        whole = Decimal(100)
    if whole is None:
        return None
    return (claim.value / whole).quantize(SHARE_STEP, rounding=ROUND_HALF_EVEN)


def _format_share(checked: CheckedClaim) -> str | None:
    share = compute_share(checked.claim, checked.unit)
    return None if share is None else format_cell(share).rstrip("0").rstrip(".")


def _find_covers(period: Period | None) -> str | None:
    return period.covers if period is not None and period.is_stated else None


def _find_article_id(path: str) -> str:
    """Return the stable id of an article: the name of its file in data/claims/ without the ending."""
    return path.rpartition("/")[2].rpartition(".")[0]


_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
_MOMENT = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"

TEXT = Domain()
STATED = Domain(required=True)
ID = Domain(required=True, unique=True, pattern=_SLUG)
KEY = Domain(required=True, pattern=_SLUG)
KEY_OR_NONE = Domain(pattern=_SLUG)
FILE = Domain(required=True, unique=True)
SHA256 = Domain(required=True, pattern="[0-9a-f]{64}")
ISO_CODE = Domain(required=True, pattern="VN-[0-9A-Z]{2,3}")
NATURE = Domain(required=True, among=tuple(Nature))
QUALIFIER = Domain(required=True, among=tuple(Qualifier))
KIND = Domain(required=True, among=tuple(Kind))
VALUE = Domain(type="number", required=True, minimum=0)
VALUE_OR_NONE = Domain(type="number", minimum=0)
LIMIT = Domain(type="number", required=True)
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
        Column("province", KEY, "The province it is about, as it was at the article's date.", lambda c: c.province.slug),
        Column("province_name", STATED, "The province's name, in Vietnamese.", lambda c: c.province.name.vi),
        Column("iso_code", ISO_CODE, "The province's code in ISO 3166-2.", lambda c: c.province.iso_code),
        Column("topic", KEY, "The group that the indicator stands in.", lambda c: c.topic.id),
        Column("indicator", KEY, "What is measured.", lambda c: c.indicator.id),
        Column("indicator_name", STATED, "What is measured, in English.", lambda c: c.indicator.name.en),
        Column("nature", NATURE, "flow: counted during a period. stock: standing at a moment. share: a part of a whole.", lambda c: c.indicator.nature),
        Column("value", VALUE, "The number that the article states, in the unit; nghìn, triệu and tỷ applied.", lambda c: c.claim.value),
        Column("of", VALUE_OR_NONE, 'The whole that the article states, in "x of y".', lambda c: c.claim.of),
        Column("share", VALUE_OR_NONE, "Computed, stated by no article: value / of, or value / 100 where the unit is per cent; to 6 decimals, half to even.", _format_share),
        Column("unit", KEY, "What is counted.", lambda c: c.unit.key),
        Column("qualifier", QUALIFIER, "How the article hedges the number: about (khoảng), nearly (gần), over (hơn, trên), under (dưới), at_least (ít nhất, trở lên), at_most (không quá, trở xuống); exact where it does not.", lambda c: c.claim.qualifier),
        Column("period_start", DAY, "The first day that the figure covers; empty where unstated.", lambda c: c.sentence.period.days.start),
        Column("period_end", DAY, "The last day that the figure covers; empty where open or unstated.", lambda c: c.sentence.period.days.end),
        Column("period_words", TEXT, "The article's words that state the period; empty where it is unstated.", lambda c: c.sentence.period.words),
        Column("figure", STATED, "The words of the quote that state the number, letter for letter.", lambda c: c.claim.figure),
        Column("quote", STATED, "The whole sentence of the article, letter for letter.", lambda c: c.sentence.quote),
        Column("translation", STATED, "The quote in English: this project's translation.", lambda c: c.sentence.translation),
        Column("article", KEY, "The article that the quote stands in.", lambda c: _find_article_id(c.path)),
        Column("article_title", TEXT, "The article's title as printed; empty where it has none.", lambda c: c.article.title),
        Column("publisher", TEXT, "Who published the article; empty where neither its text nor its address says.", lambda c: c.article.publisher.name if c.article.publisher else None),
        Column("published", PERIOD, f"When the article was {_PUBLISHED}", lambda c: _find_covers(c.article.published)),
        Column("url", TEXT, "The article's address on the web; empty where unknown.", lambda c: c.article.url),
        Column("seed", STATED, "The file that holds the article's text.", lambda c: c.article.seed),
        Column("sha256", SHA256, "The checksum of that file's bytes.", lambda c: c.article.sha256),
        Column("quote_start", START, f"Where the quote begins, {_OFFSET}, counted from 0.", lambda c: c.quote_start),
        Column("quote_end", END, f"Where the quote has ended, {_OFFSET}.", lambda c: c.quote_end),
        Column("figure_start", START, f"Where the figure begins, {_OFFSET}, counted from 0.", lambda c: c.figure_start),
        Column("figure_end", END, f"Where the figure has ended, {_OFFSET}.", lambda c: c.figure_end),
        Column("indicator_name_vi", STATED, "What is measured, in Vietnamese.", lambda c: c.indicator.name.vi),
        Column("topic_name", STATED, "The topic, in English.", lambda c: c.topic.name.en),
        Column("topic_name_vi", STATED, "The topic, in Vietnamese.", lambda c: c.topic.name.vi),
        Column("unit_name", STATED, "What is counted, in English, for more than one.", lambda c: c.unit.plural_en),
        Column("unit_name_vi", STATED, "What is counted, in Vietnamese.", lambda c: c.unit.name.vi),
        Column("period", PERIOD, "The period as curated: 2021, 2021-06, 2021-06-30, 2015/2017, 2013/.. (open); empty where unstated.", lambda c: _find_covers(c.sentence.period)),
        Column("period_note", TEXT, "How the words of the period were read, where they leave something to say.", lambda c: c.sentence.period.note),
        Column("place", TEXT, "The part of the province that the figure is about; empty where it is the whole province.", lambda c: c.claim.place.words if c.claim.place else None),
        Column("place_en", TEXT, "That part of the province, in English.", lambda c: c.claim.place.name_en if c.claim.place else None),
        Column("reported_by", TEXT, "The offices whose figures the article reports.", lambda c: c.article.reported_by),
        Column("reported_by_en", TEXT, "Those offices, in English.", lambda c: c.article.reported_by_en),
        Column("article_title_en", TEXT, "The article's title in English: this project's translation.", lambda c: c.article.title_en),
        Column("part_of", KEY_OR_NONE, "The id of the figure that this one is a part of: never add the two.", lambda c: c.claim.part_of),
        Column("same_as", KEY_OR_NONE, "The id of the figure of another article that reports the same fact.", lambda c: c.claim.same_as),
        Column("note", TEXT, "What a reader must know to read the figure rightly.", lambda c: c.claim.note),
        Column("corrections", COUNT, "How many times the figure was corrected since it was published here.", lambda c: len(c.claim.corrections)),
        Column("corrected", DAY, "The day of its last correction; empty where there is none.", lambda c: max((change.when for change in c.claim.corrections), default=None)),
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


def _find_articles(collection: Collection) -> list[ArticleRecord]:
    figures = Counter(checked.article.seed for checked in collection.claims)
    mentions = Counter(entry.seed for entry in collection.ledger)
    articles = ((source, source.record.article) for source in collection.sources)
    return [
        ArticleRecord(source=source, article=article, figures=figures[article.seed], mentions=mentions[article.seed])
        for source, article in articles
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRecord:
    """An indicator with its topic, its unit and how many figures measure it."""

    indicator: Indicator
    topic: Topic
    unit: Unit
    figures: int


def _find_indicators(collection: Collection) -> list[IndicatorRecord]:
    figures = Counter(checked.indicator.id for checked in collection.claims)
    return [
        IndicatorRecord(
            indicator=indicator,
            topic=collection.topics[indicator.topic],
            unit=collection.units[indicator.unit],
            figures=figures[indicator.id],
        )
        for indicator in collection.indicators.values()
    ]


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
        Column("article", ID, "The article's stable id.", lambda a: _find_article_id(a.source.path)),
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
        Column("reported_by", TEXT, "The offices whose figures it reports.", lambda a: a.article.reported_by),
        Column("reported_by_en", TEXT, "Those offices, in English.", lambda a: a.article.reported_by_en),
        Column("note", TEXT, "What a reader must know of it.", lambda a: a.article.note),
        Column("figures", COUNT, "How many figures were read from it.", lambda a: a.figures),
        Column("mentions", COUNT, "How many numbers stand in its text: the rows of ledger.csv.", lambda a: a.mentions),
    ),
)
INDICATORS: Table[IndicatorRecord] = Table(
    name="indicators",
    title="Indicators",
    says="One row an indicator: what is measured, in which unit, and how it is defined.",
    primary_key=("indicator",),
    find_records=_find_indicators,
    columns=(
        Column("indicator", ID, "The indicator's stable id.", lambda i: i.indicator.id),
        Column("indicator_name", STATED, "What is measured, in English.", lambda i: i.indicator.name.en),
        Column("indicator_name_vi", STATED, "What is measured, in Vietnamese.", lambda i: i.indicator.name.vi),
        Column("topic", KEY, "The group that it stands in.", lambda i: i.topic.id),
        Column("topic_name", STATED, "The topic, in English.", lambda i: i.topic.name.en),
        Column("topic_name_vi", STATED, "The topic, in Vietnamese.", lambda i: i.topic.name.vi),
        Column("unit", KEY, "What is counted.", lambda i: i.unit.key),
        Column("unit_name", STATED, "What is counted, in English, for more than one.", lambda i: i.unit.plural_en),
        Column("unit_name_vi", STATED, "What is counted, in Vietnamese.", lambda i: i.unit.name.vi),
        Column("nature", NATURE, "flow, stock or share, as in figures.csv.", lambda i: i.indicator.nature),
        Column("definition", STATED, "What is counted and how, in English.", lambda i: i.indicator.definition.en),
        Column("definition_vi", STATED, "What is counted and how, in Vietnamese.", lambda i: i.indicator.definition.vi),
        Column("plausible_min", LIMIT, "Below this a value is more likely a slip than a fact.", lambda i: i.indicator.plausible.min),
        Column("plausible_max", LIMIT, "Above this a value is more likely a slip than a fact.", lambda i: i.indicator.plausible.max),
        Column("figures", COUNT, "How many figures of this collection measure it.", lambda i: i.figures),
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
    ),
)
# fmt: on
TABLES: tuple[Table[Any], ...] = (FIGURES, ARTICLES, INDICATORS, PROVINCES, LEDGER)
