"""The tables that programs read: one row a figure, an article, an indicator, a province, a mention; every cell a text.

Cells are texts so that no program between here and the reader rounds a number or guesses a type: `640000000`, `0.9`, a
date in ISO 8601, nothing where the article states nothing. `share` is the one computed column. The columns of
`FigureRow` up to
`figure_end` and those of `LedgerRow` are a contract: others are only ever appended.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal, NamedTuple

from extract.claims.collection import CheckedClaim, Collection, LedgerEntry, Source
from extract.claims.records import Claim, Nature, Period, Qualifier, Unit
from extract.figures.formats import format_iso_days, is_percent
from extract.text.mentions import Kind

if TYPE_CHECKING:
    import pandas as pd

SHARE_STEP = Decimal("0.000001")
# What a spreadsheet takes for the beginning of a formula or an instruction, half and full width (OWASP, "CSV
# injection").
RUNNING = frozenset("=+-@＝＋－＠")
# An apostrophe too, so that taking one leading apostrophe away always gives the cell back.
GUARDED = frozenset("\t\r\n'")
GUARD = "'"
BOM = b"\xef\xbb\xbf"
# RFC 4180 and the default of a Data Package's dialect; pandas, R and every spreadsheet read it.
LINE_END = "\r\n"


class FigureRow(NamedTuple):
    """One claim, as figures.csv states it: the contract's columns, then what else an analyst needs."""

    id: str
    province: str
    province_name: str
    iso_code: str
    topic: str
    indicator: str
    indicator_name: str
    nature: str
    value: str
    of: str
    share: str
    unit: str
    qualifier: str
    period_start: str
    period_end: str
    period_words: str
    figure: str
    quote: str
    translation: str
    article: str
    article_title: str
    publisher: str
    published: str
    url: str
    seed: str
    sha256: str
    quote_start: str
    quote_end: str
    figure_start: str
    figure_end: str
    indicator_name_vi: str
    topic_name: str
    topic_name_vi: str
    unit_name: str
    unit_name_vi: str
    period: str
    period_note: str
    place: str
    place_en: str
    reported_by: str
    reported_by_en: str
    article_title_en: str
    part_of: str
    same_as: str
    note: str
    corrections: str
    corrected: str


class ArticleRow(NamedTuple):
    """One article, as articles.csv states it."""

    article: str
    seed: str
    sha256: str
    province: str
    title: str
    title_en: str
    publisher: str
    publisher_en: str
    publisher_words: str
    publisher_note: str
    published: str
    published_words: str
    published_note: str
    url: str
    reported_by: str
    reported_by_en: str
    note: str
    figures: str
    mentions: str


class IndicatorRow(NamedTuple):
    """One indicator, as indicators.csv states it."""

    indicator: str
    indicator_name: str
    indicator_name_vi: str
    topic: str
    topic_name: str
    topic_name_vi: str
    unit: str
    unit_name: str
    unit_name_vi: str
    nature: str
    definition: str
    definition_vi: str
    plausible_min: str
    plausible_max: str
    figures: str


class ProvinceRow(NamedTuple):
    """One province, as provinces.csv states it."""

    province: str
    province_name: str
    province_name_en: str
    iso_code: str
    valid_from: str
    valid_until: str
    successor: str
    borders: str
    borders_vi: str
    figures: str


class LedgerRow(NamedTuple):
    """One mention of an article, as ledger.csv states it: a claim, or the reason why it is none."""

    seed: str
    start: str
    end: str
    text: str
    kind: str
    claim: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column holds, for the codebook and the Data Package."""

    name: str
    says: str
    type: Literal["string", "number", "integer", "date"] = "string"
    required: bool = False
    unique: bool = False
    minimum: int | None = None
    pattern: str | None = None
    among: tuple[str, ...] = ()


_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
_SHA256 = "[0-9a-f]{64}"
_COVERS = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/(\\.\\.|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?))?"
_NATURES = tuple(Nature)
_OFFSET = "in code points of the article's text as UTF-8"

FIGURE_COLUMNS = (
    Column(
        name="id",
        says="The figure's stable id: never reused, never changed.",
        required=True,
        unique=True,
        pattern=_SLUG,
    ),
    Column(
        name="province", says="The province it is about, as it was at the article's date.", required=True, pattern=_SLUG
    ),
    Column(name="province_name", says="The province's name, in Vietnamese.", required=True),
    Column(name="iso_code", says="The province's code in ISO 3166-2.", required=True, pattern="VN-[0-9A-Z]{2,3}"),
    Column(name="topic", says="The group that the indicator stands in.", required=True, pattern=_SLUG),
    Column(name="indicator", says="What is measured.", required=True, pattern=_SLUG),
    Column(name="indicator_name", says="What is measured, in English.", required=True),
    Column(
        name="nature",
        says="flow: counted during a period. stock: standing at a moment. share: a part of a whole.",
        required=True,
        among=_NATURES,
    ),
    Column(
        name="value",
        says="The number that the article states, in the unit; nghìn, triệu and tỷ applied.",
        type="number",
        required=True,
        minimum=0,
    ),
    Column(name="of", says='The whole that the article states, in "x of y".', type="number", minimum=0),
    Column(
        name="share",
        says="Computed, stated by no article: value / of, or value / 100 where the unit "
        "is per cent; to 6 decimals, half to even.",
        type="number",
        minimum=0,
    ),
    Column(name="unit", says="What is counted.", required=True, pattern=_SLUG),
    Column(
        name="qualifier",
        says="How the article hedges the number: about (khoảng), nearly (gần), over (hơn, trên), under (dưới), "
        "at_least (trở lên); exact where it does not.",
        required=True,
        among=tuple(Qualifier),
    ),
    Column(name="period_start", says="The first day that the figure covers; empty where unstated.", type="date"),
    Column(name="period_end", says="The last day that the figure covers; empty where open or unstated.", type="date"),
    Column(name="period_words", says="The article's words that state the period; empty where it is unstated."),
    Column(name="figure", says="The words of the quote that state the number, letter for letter.", required=True),
    Column(name="quote", says="The whole sentence of the article, letter for letter.", required=True),
    Column(name="translation", says="The quote in English: this project's translation.", required=True),
    Column(name="article", says="The article that the quote stands in.", required=True, pattern=_SLUG),
    Column(name="article_title", says="The article's title as printed; empty where it has none."),
    Column(name="publisher", says="Who published the article; empty where neither its text nor its address says."),
    Column(
        name="published",
        says="When the article was published, as finely as it says: a day, a month or a year in ISO 8601.",
        pattern=_COVERS,
    ),
    Column(name="url", says="The article's address on the web; empty where unknown."),
    Column(name="seed", says="The file that holds the article's text.", required=True),
    Column(name="sha256", says="The checksum of that file's bytes.", required=True, pattern=_SHA256),
    Column(
        name="quote_start",
        says=f"Where the quote begins, {_OFFSET}, counted from 0.",
        type="integer",
        required=True,
        minimum=0,
    ),
    Column(name="quote_end", says=f"Where the quote has ended, {_OFFSET}.", type="integer", required=True, minimum=1),
    Column(
        name="figure_start",
        says=f"Where the figure begins, {_OFFSET}, counted from 0.",
        type="integer",
        required=True,
        minimum=0,
    ),
    Column(name="figure_end", says=f"Where the figure has ended, {_OFFSET}.", type="integer", required=True, minimum=1),
    Column(name="indicator_name_vi", says="What is measured, in Vietnamese.", required=True),
    Column(name="topic_name", says="The topic, in English.", required=True),
    Column(name="topic_name_vi", says="The topic, in Vietnamese.", required=True),
    Column(name="unit_name", says="What is counted, in English, for more than one.", required=True),
    Column(name="unit_name_vi", says="What is counted, in Vietnamese.", required=True),
    Column(
        name="period",
        says="The period as curated: 2021, 2021-06, 2021-06-30, 2015/2017, 2013/.. (open); empty where unstated.",
        pattern=_COVERS,
    ),
    Column(name="period_note", says="How the words of the period were read, where they leave something to say."),
    Column(
        name="place", says="The part of the province that the figure is about; empty where it is the whole province."
    ),
    Column(name="place_en", says="That part of the province, in English."),
    Column(name="reported_by", says="The offices whose figures the article reports."),
    Column(name="reported_by_en", says="Those offices, in English."),
    Column(name="article_title_en", says="The article's title in English: this project's translation."),
    Column(name="part_of", says="The id of the figure that this one is a part of: never add the two.", pattern=_SLUG),
    Column(name="same_as", says="The id of the figure of another article that reports the same fact.", pattern=_SLUG),
    Column(name="note", says="What a reader must know to read the figure rightly."),
    Column(
        name="corrections",
        says="How many times the figure was corrected since it was published here.",
        type="integer",
        required=True,
        minimum=0,
    ),
    Column(name="corrected", says="The day of its last correction; empty where there is none.", type="date"),
)

ARTICLE_COLUMNS = (
    Column(name="article", says="The article's stable id.", required=True, unique=True, pattern=_SLUG),
    Column(name="seed", says="The file that holds its text.", required=True, unique=True),
    Column(name="sha256", says="The checksum of that file's bytes.", required=True, pattern=_SHA256),
    Column(name="province", says="The province it reports on.", required=True, pattern=_SLUG),
    Column(name="title", says="Its title as printed; empty where it has none."),
    Column(name="title_en", says="Its title in English: this project's translation."),
    Column(name="publisher", says="Who published it; empty where neither its text nor its address says."),
    Column(name="publisher_en", says="Who published it, in English."),
    Column(name="publisher_words", says="The article's words that name the publisher."),
    Column(name="publisher_note", says="Where the publisher is known from, where the text does not say."),
    Column(
        name="published",
        says="When it was published, as finely as it says: a day, a month or a year in ISO 8601.",
        pattern=_COVERS,
    ),
    Column(name="published_words", says="The article's words that state the date."),
    Column(name="published_note", says="How those words were read."),
    Column(name="url", says="Its address on the web; empty where unknown."),
    Column(name="reported_by", says="The offices whose figures it reports."),
    Column(name="reported_by_en", says="Those offices, in English."),
    Column(name="note", says="What a reader must know of it."),
    Column(name="figures", says="How many figures were read from it.", type="integer", required=True, minimum=0),
    Column(
        name="mentions",
        says="How many numbers stand in its text: the rows of ledger.csv.",
        type="integer",
        required=True,
        minimum=0,
    ),
)

INDICATOR_COLUMNS = (
    Column(name="indicator", says="The indicator's stable id.", required=True, unique=True, pattern=_SLUG),
    Column(name="indicator_name", says="What is measured, in English.", required=True),
    Column(name="indicator_name_vi", says="What is measured, in Vietnamese.", required=True),
    Column(name="topic", says="The group that it stands in.", required=True, pattern=_SLUG),
    Column(name="topic_name", says="The topic, in English.", required=True),
    Column(name="topic_name_vi", says="The topic, in Vietnamese.", required=True),
    Column(name="unit", says="What is counted.", required=True, pattern=_SLUG),
    Column(name="unit_name", says="What is counted, in English, for more than one.", required=True),
    Column(name="unit_name_vi", says="What is counted, in Vietnamese.", required=True),
    Column(name="nature", says="flow, stock or share, as in figures.csv.", required=True, among=_NATURES),
    Column(name="definition", says="What is counted and how, in English.", required=True),
    Column(name="definition_vi", says="What is counted and how, in Vietnamese.", required=True),
    Column(
        name="plausible_min", says="Below this a value is more likely a slip than a fact.", type="number", required=True
    ),
    Column(
        name="plausible_max", says="Above this a value is more likely a slip than a fact.", type="number", required=True
    ),
    Column(
        name="figures", says="How many figures of this collection measure it.", type="integer", required=True, minimum=0
    ),
)

PROVINCE_COLUMNS = (
    Column(name="province", says="The province's stable id.", required=True, unique=True, pattern=_SLUG),
    Column(name="province_name", says="Its name, in Vietnamese.", required=True),
    Column(name="province_name_en", says="Its name, in English.", required=True),
    Column(name="iso_code", says="Its code in ISO 3166-2.", required=True, pattern="VN-[0-9A-Z]{2,3}"),
    Column(
        name="valid_from",
        says="The first day in the borders meant here; empty where they are older than the articles.",
        type="date",
    ),
    Column(
        name="valid_until", says="The last day in the borders meant here; empty where they still stand.", type="date"
    ),
    Column(name="successor", says="The province that it became, or became a part of."),
    Column(name="borders", says="What became of its borders, in English.", required=True),
    Column(name="borders_vi", says="What became of its borders, in Vietnamese.", required=True),
    Column(
        name="figures",
        says="How many figures of this collection are about it.",
        type="integer",
        required=True,
        minimum=0,
    ),
)

LEDGER_COLUMNS = (
    Column(name="seed", says="The file that holds the article's text.", required=True),
    Column(
        name="start",
        says=f"Where the number begins, {_OFFSET}, counted from 0.",
        type="integer",
        required=True,
        minimum=0,
    ),
    Column(name="end", says=f"Where it has ended, {_OFFSET}.", type="integer", required=True, minimum=1),
    Column(name="text", says="The number as written.", required=True),
    Column(name="kind", says="What sort of number it is.", required=True, among=tuple(Kind)),
    Column(name="claim", says="The id of the figure that it is; else empty.", pattern=_SLUG),
    Column(name="reason", says="Why it is no figure of this collection; else empty."),
)


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


def format_plain(value: Decimal | None) -> str:
    """Return a number in plain digits, without an exponent; empty for none."""
    return "" if value is None else format(value, "f")


def _format_share(share: Decimal | None) -> str:
    if share is None:
        return ""
    return format_plain(share).rstrip("0").rstrip(".")


def _format_covers(period: Period | None) -> str:
    return period.covers if period is not None and period.is_stated else ""


def find_article_id(path: str) -> str:
    """Return the stable id of the article that a file of data/claims/ describes: the file's name without its ending."""
    return PurePosixPath(path).stem


def make_figure_row(checked: CheckedClaim) -> FigureRow:
    """Return the row of one claim."""
    claim, sentence, article = checked.claim, checked.sentence, checked.article
    start, end = format_iso_days(sentence.period.days)
    return FigureRow(
        id=claim.id,
        province=checked.province.slug,
        province_name=checked.province.name.vi,
        iso_code=checked.province.iso_code,
        topic=checked.topic.id,
        indicator=checked.indicator.id,
        indicator_name=checked.indicator.name.en,
        nature=checked.indicator.nature.value,
        value=format_plain(claim.value),
        of=format_plain(claim.of),
        share=_format_share(compute_share(claim, checked.unit)),
        unit=checked.unit.key,
        qualifier=claim.qualifier.value,
        period_start=start,
        period_end=end,
        period_words=sentence.period.words or "",
        figure=claim.figure,
        quote=sentence.quote,
        translation=sentence.translation,
        article=find_article_id(checked.path),
        article_title=article.title or "",
        publisher=article.publisher.name if article.publisher else "",
        published=_format_covers(article.published),
        url=article.url or "",
        seed=article.seed,
        sha256=article.sha256,
        quote_start=str(checked.quote_start),
        quote_end=str(checked.quote_end),
        figure_start=str(checked.figure_start),
        figure_end=str(checked.figure_end),
        indicator_name_vi=checked.indicator.name.vi,
        topic_name=checked.topic.name.en,
        topic_name_vi=checked.topic.name.vi,
        unit_name=checked.unit.plural_en,
        unit_name_vi=checked.unit.name.vi,
        period=_format_covers(sentence.period),
        period_note=sentence.period.note or "",
        place=claim.place.words if claim.place else "",
        place_en=claim.place.name_en if claim.place else "",
        reported_by=article.reported_by or "",
        reported_by_en=article.reported_by_en or "",
        article_title_en=article.title_en or "",
        part_of=claim.part_of or "",
        same_as=claim.same_as or "",
        note=claim.note or "",
        corrections=str(len(claim.corrections)),
        corrected=max(change.when for change in claim.corrections).isoformat() if claim.corrections else "",
    )


def make_figure_rows(collection: Collection) -> list[FigureRow]:
    """Return the rows of figures.csv, in the order of the seeds, then of the text."""
    return [make_figure_row(checked) for checked in collection.claims]


def make_article_rows(collection: Collection) -> list[ArticleRow]:
    """Return the rows of articles.csv, in the order of the seeds; an article without a figure has its row."""
    figures = Counter(checked.article.seed for checked in collection.claims)
    mentions = Counter(entry.seed for entry in collection.ledger)
    return [
        _make_article_row(source, figures[source.record.article.seed], mentions[source.record.article.seed])
        for source in collection.sources
    ]


def _make_article_row(source: Source, figures: int, mentions: int) -> ArticleRow:
    article = source.record.article
    publisher, published = article.publisher, article.published
    return ArticleRow(
        article=find_article_id(source.path),
        seed=article.seed,
        sha256=article.sha256,
        province=article.province,
        title=article.title or "",
        title_en=article.title_en or "",
        publisher=publisher.name if publisher else "",
        publisher_en=(publisher.name_en or "") if publisher else "",
        publisher_words=(publisher.words or "") if publisher else "",
        publisher_note=(publisher.note or "") if publisher else "",
        published=_format_covers(published),
        published_words=(published.words or "") if published else "",
        published_note=(published.note or "") if published else "",
        url=article.url or "",
        reported_by=article.reported_by or "",
        reported_by_en=article.reported_by_en or "",
        note=article.note or "",
        figures=str(figures),
        mentions=str(mentions),
    )


def make_indicator_rows(collection: Collection) -> list[IndicatorRow]:
    """Return the rows of indicators.csv, in the order of data/indicators.yaml."""
    figures = Counter(checked.indicator.id for checked in collection.claims)
    rows = []
    for indicator in collection.indicators.values():
        topic, unit = collection.topics[indicator.topic], collection.units[indicator.unit]
        rows.append(
            IndicatorRow(
                indicator=indicator.id,
                indicator_name=indicator.name.en,
                indicator_name_vi=indicator.name.vi,
                topic=topic.id,
                topic_name=topic.name.en,
                topic_name_vi=topic.name.vi,
                unit=unit.key,
                unit_name=unit.plural_en,
                unit_name_vi=unit.name.vi,
                nature=indicator.nature.value,
                definition=indicator.definition.en,
                definition_vi=indicator.definition.vi,
                plausible_min=format_plain(indicator.plausible.min),
                plausible_max=format_plain(indicator.plausible.max),
                figures=str(figures[indicator.id]),
            )
        )
    return rows


def make_province_rows(collection: Collection) -> list[ProvinceRow]:
    """Return the rows of provinces.csv, in the order of data/provinces.yaml."""
    figures = Counter(checked.province.slug for checked in collection.claims)
    return [
        ProvinceRow(
            province=province.slug,
            province_name=province.name.vi,
            province_name_en=province.name.en,
            iso_code=province.iso_code,
            valid_from=province.valid_from.isoformat() if province.valid_from else "",
            valid_until=province.valid_until.isoformat() if province.valid_until else "",
            successor=province.successor or "",
            borders=province.borders.en,
            borders_vi=province.borders.vi,
            figures=str(figures[province.slug]),
        )
        for province in collection.provinces.values()
    ]


def make_ledger_rows(collection: Collection) -> list[LedgerRow]:
    """Return the rows of ledger.csv, in the order of the seeds, then of the text."""
    return [_make_ledger_row(entry) for entry in collection.ledger]


def _make_ledger_row(entry: LedgerEntry) -> LedgerRow:
    return LedgerRow(
        seed=entry.seed,
        start=str(entry.start),
        end=str(entry.end),
        text=entry.text,
        kind=entry.kind.value,
        claim=entry.claim or "",
        reason=entry.reason or "",
    )


def make_frame(rows: Sequence[tuple[str, ...]], columns: Sequence[str]) -> "pd.DataFrame":
    """Return rows as a frame of texts: nothing is empty but the empty text, nothing is a number yet."""
    import pandas as pd  # noqa: PLC0415 - it takes a second to load, and the page's first answer needs none of it

    return pd.DataFrame(rows, columns=list(columns), dtype="str")


def make_table(collection: Collection) -> "pd.DataFrame":
    """Return figures.csv as a frame of texts, one row a claim."""
    return make_frame(make_figure_rows(collection), FigureRow._fields)


def format_csv(frame: "pd.DataFrame", *, bom: bool) -> bytes:
    """Return a frame of texts as CSV, for programs or with `bom` for a spreadsheet, as `format_csv_rows` does."""
    return _write_csv(frame.itertuples(index=False, name=None), list(frame.columns), bom=bom)


def format_csv_rows(rows: Iterable[Sequence[str]], columns: Sequence[Column], *, bom: bool) -> bytes:
    """Return rows as CSV: RFC 4180 in UTF-8, the names of the columns first.

    With `bom` it is for a spreadsheet: it begins with the byte-order mark by which Excel knows UTF-8, and each cell
    that a spreadsheet would run, and each that begins with an apostrophe, gets an apostrophe before it. Without, it is
    for programs: every cell is exactly its text.
    """
    return _write_csv(rows, [column.name for column in columns], bom=bom)


def _write_csv(rows: Iterable[Sequence[str]], header: Sequence[str], *, bom: bool) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator=LINE_END)
    writer.writerow(header)
    writer.writerows(([guard_cell(cell) for cell in row] for row in rows) if bom else rows)
    text = buffer.getvalue().encode("utf-8")
    return BOM + text if bom else text


def guard_cell(cell: str) -> str:
    """Return a cell that no spreadsheet runs: with one apostrophe before it where it would run or has one.

    >>> guard_cell("=1+1"), guard_cell(" ＝1+1"), guard_cell("'=1+1"), guard_cell("0.9"), guard_cell("- Năm 2015")
    ("'=1+1", "' ＝1+1", "''=1+1", '0.9', "'- Năm 2015")
    """
    if cell[:1] in GUARDED or cell.lstrip()[:1] in RUNNING:
        return GUARD + cell
    return cell
