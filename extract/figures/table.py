"""The table of all figures: one frame for each state of the data, and what the page looks up in it.

The frame's cells are exact: texts, or `Decimal` where a value is ordered by its size. A float stands only in what a
chart draws.
"""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from extract.claims.collection import CheckedClaim, Collection, LedgerEntry, Source
from extract.claims.records import CHANGE, Category, CoverageKind, Days, Measure, Nature, parse_days
from extract.figures.columns import FIGURES, TABLES, Table, find_article_id, format_cell, format_columns
from extract.figures.compare import Relation, Verdict, compare_figures
from extract.figures.filters import FILTERS, NO_FILTERS, Filters
from extract.figures.formats import compute_change
from extract.figures.groups import FigureGroup, find_across, find_groups, is_across
from extract.figures.panel import Panel, Pool
from extract.figures.publication import VERSION
from extract.figures.ratios import Ratio, find_ratios
from extract.figures.reports import find_first_report
from extract.figures.search import (
    SEARCHED_NUMBERS,
    SEARCHED_OWN,
    Rank,
    fold_fields,
    fold_numbers,
    rank_matches,
    sort_key,
)

R = TypeVar("R")
K = TypeVar("K", bound=Hashable)

# Cells stay the texts of the records: Arrow's storage, the default, would copy every one of them.
TEXT = pd.StringDtype("python", na_value=np.nan)
SHARE_UNIT = "share"
SORTS: Mapping[str, tuple[str, ...]] = {
    "province": ("province_name",),
    "indicator": ("indicator_name_vi",),
    # 950 people are not more than 28 kg: values stand in order within their unit only.
    "value": ("axis_place", "amount"),
    "coverage": ("coverage",),
    "period": ("period_start",),
    "article": ("article_title",),
}
"""What a table can be ordered by, with the columns of the frame that the order goes by."""
SEARCHED: Mapping[str, tuple[str, ...]] = {
    SEARCHED_OWN: (
        "figure",
        "indicator_name",
        "indicator_name_vi",
        "measure_name",
        "measure_name_vi",
        "category_name",
        "category_name_vi",
    ),
    # One text for all figures of a sentence.
    "searched_sentence": (
        "quote",
        "translation",
        "reported_by",
        "reported_by_en",
        "article_title",
        "article_title_en",
        "publisher",
        "province_name",
    ),
    "searched_details": (
        "coverage_name",
        "coverage_name_vi",
        "topic_name",
        "topic_name_vi",
        "unit_name",
        "unit_name_vi",
        "place",
        "place_en",
        "note",
        "id",
    ),
}
"""The columns that a reader's words are looked for in, by the column of the frame that holds them folded."""

# What a spreadsheet takes for the beginning of a formula or an instruction, half and full width (OWASP, "CSV
# injection").
RUNNING = frozenset("=+-@＝＋－＠")
# A minus begins a formula as well as a number; in these columns only numbers stand.
NUMBERS = frozenset(column.name for column in FIGURES.columns if column.domain.type == "number")
WHOLE_NUMBERS = [column.name for column in FIGURES.columns if column.domain.type == "integer"]
# An apostrophe too, so that taking one leading apostrophe away always gives the cell back.
GUARDED = frozenset("\t\r\n'")
GUARD = "'"
MOST_COUNTED = 1024
"""Sets of filters whose figures are counted once, and the first of them found."""
PART = 500
"""Rows that are exported at a time where an answer begins before its end is made."""
BOM = b"\xef\xbb\xbf"
# RFC 4180 and the default of a Data Package's dialect; pandas, R and every spreadsheet read it.
LINE_END = "\r\n"


def panel_unit(checked: CheckedClaim) -> str:
    """Return the key of the axis that a figure is drawn on: its unit's, or `share` for any part of a whole.

    A change has an axis of its own: it is no number of what its level counts.
    """
    if checked.is_change:
        return f"{CHANGE}-{checked.unit.key}"
    return SHARE_UNIT if checked.measure.nature is Nature.SHARE else checked.unit.key


def axis_value(checked: CheckedClaim) -> Decimal:
    """Return where a figure stands on its axis: its value, of a decrease less than 0.

    Of a share it is the part of its whole, from 0 to 1, unrounded.
    """
    change = compute_change(checked.claim)
    if change is not None:
        return change
    if panel_unit(checked) != SHARE_UNIT:
        return checked.claim.value
    return checked.claim.value / (checked.claim.of if checked.claim.of is not None else Decimal(100))


class FigureTable:
    """All figures of one state of the data, with the articles that report them."""

    def __init__(self, collection: Collection, last: "FigureTable | None" = None) -> None:
        """Build the frame of a collection and what is looked up beside it.

        The rows of claims that are the same objects as in `last` are taken from there.
        """
        self.collection: Collection = collection
        self.claims: Mapping[str, CheckedClaim] = {checked.claim.id: checked for checked in collection.claims}
        self.sources: Mapping[str, Source] = {
            source.record.article.seed.removesuffix(".txt"): source for source in collection.sources
        }
        self.articles: Mapping[str, Source] = {find_article_id(source.path): source for source in collection.sources}
        """The same by the ids of articles.csv."""
        self.reporting = frozenset(source.record.article.province for source in collection.sources)
        """The slugs of the provinces that articles are about."""
        self.areas = self.reporting | {checked.province.slug for checked in collection.claims}
        """And of those that figures are of: an article may give some of another province, or of the whole country."""
        self.by_seed: Mapping[str, list[CheckedClaim]] = _group(collection.claims, lambda each: each.article.seed)
        self.ledger: Mapping[str, list[LedgerEntry]] = _group(collection.ledger, lambda entry: entry.seed)
        self.accounts = Counter(entry.account for entry in collection.ledger)
        """How many numbers of all articles are figures, and how many are set aside, how surely."""
        self.years = _list_years(collection.claims)
        """The years that the text makes certain for a figure, or that its article reports on."""
        self.ratios = find_ratios(collection)
        """What is computed by dividing one figure by another, in the order of the figures that are divided."""
        self.frame = self._make_frame(last)
        """One row a figure, by its id, in the order of every view: by province, topic, axis, then from the greatest
        to the least. Its columns are those of figures.csv, and some that are not exported: `axis` (see
        `panel_unit`), `axis_place` (its place among all axes), `amount` (the value on it, a `Decimal`),
        `certain_end` (the last day that the text makes certain), `reviewed_start` and `reviewed_end` (the days under
        review, where they are others), `searched_…` (what a search looks in) and `position` (in
        figures.csv).
        """
        self._sieve = self.frame[sorted({column for each in FILTERS for column in each.columns})].reset_index(drop=True)
        # What a page or a download selects is asked for several times in a row.
        self._latest = NO_FILTERS, self._sieve.index.to_numpy()
        self.pool = Pool(self.pick(self.frame))
        """The figures in the order of the frame."""
        self.article_pages: dict[str, Sequence[int]] = {}
        """Where the pages of each article begin that was asked for; see `extract.page.article_pages`."""
        self._found: dict[Filters, tuple[int, CheckedClaim | None]] = {}
        by_topic = pd.crosstab(self.frame["province"], self.frame["topic"])
        self._counts: Mapping[Any, int] = by_topic.stack().to_dict()
        self._by_axis = _group(self.pool.claims, lambda checked: (checked.topic.id, panel_unit(checked)))
        self._reports = self._group_reports()
        self._ratios_of: dict[str, list[Ratio]] = {}
        for ratio in self.ratios:
            for checked in (ratio.of, ratio.per):
                self._ratios_of.setdefault(checked.claim.id, []).append(ratio)

    def _make_frame(self, last: "FigureTable | None") -> pd.DataFrame:
        provinces = _number(self.collection.provinces)
        topics = _number(self.collection.topics)
        units = self.collection.units
        axes = _number([*units, SHARE_UNIT, *(f"{CHANGE}-{unit}" for unit in units)])
        rows = sorted(
            (
                (provinces[each.province.slug], topics[each.topic.id], axes[panel_unit(each)], -axis_value(each), place)
                for place, each in enumerate(self.collection.claims)
            ),
        )
        frame = self._make_rows([self.collection.claims[place] for *_, place in rows], last)
        return frame.assign(
            axis_place=[axis for _, _, axis, _, _ in rows],
            amount=pd.Series([-amount for _, _, _, amount, _ in rows], index=frame.index, dtype=object),
            **{name: _categorise(frame[name]) for name in (SEARCHED_NUMBERS, *SEARCHED)},
            position=[place for *_, place in rows],
        )

    def _make_rows(self, claims: Sequence[CheckedClaim], last: "FigureTable | None") -> pd.DataFrame:
        """Return the cells of claims that depend on nothing but the claim, those of the last table as they were."""
        if last is None:
            return make_rows(claims)
        fresh = make_rows([checked for checked in claims if last.claims.get(checked.claim.id) is not checked])
        known = last.frame[fresh.columns].astype(dict.fromkeys((SEARCHED_NUMBERS, *SEARCHED), TEXT))
        places = {
            **_number(known.index),
            **{claim: len(known) + place for claim, place in _number(fresh.index).items()},
        }
        return pd.concat([known, fresh]).take([places[checked.claim.id] for checked in claims])

    def find(self, filters: Filters = NO_FILTERS) -> pd.DataFrame:
        """Return the rows that pass every filter, in the order of every view."""
        return self.frame.take(self._find_places(filters)) if filters != NO_FILTERS else self.frame

    def select(self, filters: Filters = NO_FILTERS) -> Panel:
        """Return the figures that pass every filter, in the order of every view."""
        return Panel(self.pool, self._find_places(filters))

    def _find_places(self, filters: Filters) -> npt.NDArray[np.int64]:
        last, places = self._latest
        if last != filters:
            places = filters.apply(self._sieve).index.to_numpy()
            self._latest = filters, places
        return places

    def count_found(self, filters: Filters) -> int:
        """Return how many figures pass filters. Every view says so, whichever figure is open."""
        return self._glance(filters)[0]

    def find_first(self, filters: Filters) -> CheckedClaim | None:
        """Return the first figure that passes filters; None where none does."""
        return self._glance(filters)[1]

    def _glance(self, filters: Filters) -> tuple[int, CheckedClaim | None]:
        # A cache that calls the table back would keep it in memory until Python looks for circles, after many edits.
        if filters not in self._found:
            if len(self._found) == MOST_COUNTED:
                self._found.clear()
            found = self.select(filters)
            self._found[filters] = len(found), found[0] if found else None
        return self._found[filters]

    def pick(self, frame: pd.DataFrame) -> list[CheckedClaim]:
        """Return the claims of a frame's rows, in their order."""
        return [self.claims[claim] for claim in frame.index]

    def order(self, claims: Iterable[CheckedClaim]) -> list[CheckedClaim]:
        """Return claims in the order of every view."""
        return sorted(claims, key=lambda checked: self.pool.places[checked.claim.id])

    def sort(self, frame: pd.DataFrame, order: str) -> pd.DataFrame:
        """Return a frame in the order of one of `SORTS`, with `-` before it the other way round; else as it is.

        Names go by the Vietnamese alphabet, values by their size within their unit, coverage from the whole province to
        a part of it. What has no period, no stated coverage or no title stands last.
        """
        columns = SORTS.get(order.removeprefix("-"))
        if columns is None:
            return frame
        ascending = [True] * (len(columns) - 1) + [not order.startswith("-")]
        return frame.sort_values(list(columns), key=_rank, ascending=ascending, kind="stable", na_position="last")

    def search(self, filters: Filters) -> pd.DataFrame:
        """Return the rows that pass every filter: those first that its words mean, then those that they stand beside.

        Rows of one `Rank` stay in the order of every view.
        """
        rows = filters.change(q="").apply(self._sieve)
        ranks = rank_matches(rows, filters.text("q"))
        return self.frame.take(rows.index.to_numpy()[ranks.argsort(kind="stable")[: (ranks < Rank.NOWHERE).sum()]])

    def export(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a frame's rows as figures.csv holds them: its columns, in the order of the seeds, then of the text."""
        return frame.sort_values("position")[FIGURES.names]

    def export_parts(self, frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
        """Yield what `export` returns in frames of `PART` rows, each taken once the one before has been used."""
        order, columns = frame["position"].to_numpy().argsort(), frame[FIGURES.names]
        for start in range(0, len(order), PART):
            yield columns.iloc[order[start : start + PART]]

    def export_tables(self, figures: pd.DataFrame) -> Iterator[tuple[Table[Any], pd.DataFrame]]:
        """Yield every table with its rows, each made when it is asked for: `figures` as given, the others whole."""
        for table in TABLES:
            yield table, figures if table is FIGURES else make_frame(table, table.find_records(self.collection))

    def count(self, province: str, topic: str) -> int:
        """Return how many figures a province's articles report on a topic."""
        return self._counts.get((province, topic), 0)

    def groups(self, frame: pd.DataFrame) -> list[FigureGroup]:
        """Return which of a frame's figures may share an axis, and which stand alone, topic by topic."""
        topics = _number(self.collection.topics)
        return sorted(find_groups(self.pick(frame)), key=lambda group: topics[group.topic])

    @cached_property
    def version(self) -> str:
        """The version of the data, as Semantic Versioning has it: the program's, then what changes with any cell."""
        digest = hashlib.sha256()
        for _, frame in self.export_tables(self.export(self.frame)):
            digest.update(format_csv(frame, bom=False))
        return f"{VERSION}+{digest.hexdigest()[:12]}"

    @cached_property
    def shared_measures(self) -> int:
        """How many charts set provinces side by side: measures, in one category, that several report alike."""
        return sum(1 for group in find_across(self.select()) if is_across(group))

    def find_reporting(self, measure: Measure, category: Category | None, *, is_change: bool) -> Set[str]:
        """Return the slugs of the provinces of which a measure in one category is reported, not of a part alone."""
        return self._reporting_of.get((measure.id, category and category.id, is_change), set())

    @cached_property
    def _reporting_of(self) -> Mapping[Hashable, set[str]]:
        found: dict[Hashable, set[str]] = {}
        for checked in self.claims.values():
            if checked.coverage is None or checked.coverage.kind is not CoverageKind.PLACE:
                key = checked.measure.id, checked.category and checked.category.id, checked.is_change
                found.setdefault(key, set()).add(checked.province.slug)
        return found

    def find_ratios(self, checked: CheckedClaim) -> Sequence[Ratio]:
        """Return what is computed with a figure: those that it is divided in, and those that it divides."""
        return self._ratios_of.get(checked.claim.id, ())

    def compare(self, one: CheckedClaim, other: CheckedClaim) -> Verdict:
        """Return the verdict on two figures, which also tells that one can be divided by the other."""
        verdict, pair = compare_figures(one, other), {one.claim.id, other.claim.id}
        divides = any({ratio.of.claim.id, ratio.per.claim.id} == pair for ratio in self.find_ratios(one))
        return replace(verdict, relation=Relation.RATIO) if divides else verdict

    def find_peers(self, checked: CheckedClaim) -> Iterator[CheckedClaim]:
        """Yield the other figures on a figure's axis: of its indicator first, and of other provinces first."""
        axis = self._by_axis[checked.topic.id, panel_unit(checked)]
        for same_indicator, same_province in product((True, False), (False, True)):
            for other in axis:
                is_same = other.indicator is checked.indicator, other.province is checked.province
                if is_same == (same_indicator, same_province) and other is not checked:
                    yield other

    def find_overlaps(self, checked: CheckedClaim) -> list[CheckedClaim]:
        """Return the figures that may count some of the same things, whichever of the two says so."""
        others = self._overlaps.get(checked.claim.id, set())
        return [other for other in self.claims.values() if other.claim.id in others] if others else []

    @cached_property
    def _overlaps(self) -> Mapping[str, set[str]]:
        """The ids of the figures that each figure overlaps, by its id."""
        pairs: dict[str, set[str]] = {}
        for claim in (checked.claim for checked in self.claims.values()):
            for other in claim.overlaps:
                pairs.setdefault(claim.id, set()).add(other)
                pairs.setdefault(other, set()).add(claim.id)
        return pairs

    def find_reports(self, checked: CheckedClaim) -> Sequence[CheckedClaim]:
        """Return the other reports of the fact that a figure reports."""
        reports = self._reports.get(find_first_report(checked.claim, self.claims), ())
        return [other for other in reports if other is not checked]

    def _group_reports(self) -> Mapping[str, list[CheckedClaim]]:
        """Return all reports of every fact that more than one claim reports, by the first one's id."""
        first = {checked.claim.id: find_first_report(checked.claim, self.claims) for checked in self.claims.values()}
        facts = {first[checked.claim.id] for checked in self.claims.values() if checked.claim.same_as is not None}
        return _group(
            (checked for checked in self.claims.values() if first[checked.claim.id] in facts),
            lambda checked: first[checked.claim.id],
        )


def _group(records: Iterable[R], find_key: Callable[[R], K]) -> dict[K, list[R]]:
    groups: dict[K, list[R]] = {}
    for record in records:
        groups.setdefault(find_key(record), []).append(record)
    return groups


def _number(keys: Iterable[str]) -> dict[str, int]:
    return {key: place for place, key in enumerate(keys)}


def _list_years(claims: Iterable[CheckedClaim]) -> tuple[str, ...]:
    spans = {days for checked in claims for days in (checked.period.certain_days, _find_reviewed_days(checked))}
    years = {year for start, end in spans if start and end for year in range(start.year, end.year + 1)}
    return tuple(str(year) for year in sorted(years))


def _find_reviewed_days(checked: CheckedClaim) -> Days:
    """Return the days that the article reports on where the figure's own come after them, else none."""
    return parse_days(checked.period.reports_on or "unstated")


def _format_days(days: Iterable[date | None]) -> "pd.api.extensions.ExtensionArray":
    return pd.array([format_cell(day) for day in days], dtype=TEXT)


def _rank(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return what `FigureTable.sort` orders a column by."""
    match column.name:
        case "province_name" | "indicator_name_vi" | "article_title":
            return column.map(_number(sorted(set(column) - {""}, key=sort_key)))
        case "coverage":
            return column.map(_number(CoverageKind))
        case "period_start":
            return column.mask(column == "")
        case _:
            return column


def make_rows(claims: Sequence[CheckedClaim]) -> pd.DataFrame:
    """Return what `FigureTable.frame` holds of each of some claims, but for its place among the others."""
    frame = make_frame(FIGURES, claims)
    frame.index = pd.Index([checked.claim.id for checked in claims], dtype=TEXT, name="claim")
    return frame.assign(
        axis=pd.array([panel_unit(checked) for checked in claims], dtype=TEXT),
        certain_end=_format_days(checked.period.certain_days.end for checked in claims),
        reviewed_start=_format_days(_find_reviewed_days(checked).start for checked in claims),
        reviewed_end=_format_days(_find_reviewed_days(checked).end for checked in claims),
        **{SEARCHED_NUMBERS: pd.array(fold_row_numbers(frame), dtype=TEXT)},
        **{name: pd.array(fold_rows(frame, columns), dtype=TEXT) for name, columns in SEARCHED.items()},
    )


def fold_rows(frame: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """Return the words of each row that can be found in some columns, folded."""
    # The words of a sentence and its article come again with each of its figures.
    rows = list(_list_rows(frame[list(columns)]))
    folded = {cells: fold_fields(cells) for cells in dict.fromkeys(rows)}
    return [folded[cells] for cells in rows]


def fold_row_numbers(frame: pd.DataFrame) -> list[str]:
    """Return each row's value, whole and number before as readers may write them, folded."""
    rows = list(_list_rows(frame[["value", "of", "before", "unit_name", "unit_name_vi"]]))
    folded = {cells: fold_numbers(cells[:3], cells[3:]) for cells in dict.fromkeys(rows)}
    return [folded[cells] for cells in rows]


def _categorise(texts: "pd.Series[str]") -> "pd.Categorical":
    # In the order of the rows: to sort the texts takes longer than to fold them. A dictionary reads a text once that
    # many rows share, pandas once a row: a long sentence with each of its figures.
    places: dict[str, int] = {}
    codes = [places.setdefault(text, len(places)) for text in texts]
    return pd.Categorical.from_codes(codes, pd.Index(list(places), dtype=TEXT))


def make_frame(table: Table[R], records: Iterable[R]) -> pd.DataFrame:
    """Return the rows of records as a frame of texts: what is empty is the empty text, and nothing is a number yet."""
    cells = format_columns(table.columns, list(records))
    return pd.DataFrame({name: pd.array(texts, dtype=TEXT) for name, texts in cells.items()})


def format_csv(frame: pd.DataFrame, *, bom: bool) -> bytes:
    """Return a frame of texts as CSV: RFC 4180 in UTF-8, the names of the columns first.

    With `bom` it is for a spreadsheet: it begins with the byte-order mark by which Excel knows UTF-8, and each cell
    that a spreadsheet would run, and each that begins with an apostrophe, gets an apostrophe before it; negative values
    stay numbers. Without, it is for programs: every cell is exactly its text.
    """
    return b"".join((format_csv_head(frame.columns, bom=bom), format_csv_rows(frame, is_guarded=bom)))


def format_csv_head(names: Iterable[str], *, bom: bool) -> bytes:
    """Return the first line of a CSV, as `format_csv` writes it."""
    return (BOM if bom else b"") + _write_csv([names])


def format_csv_rows(frame: pd.DataFrame, *, is_guarded: bool) -> bytes:
    """Return the lines of a CSV after the first, guarded as `format_csv` does for a spreadsheet."""
    rows = _list_rows(frame)
    if not is_guarded:
        return _write_csv(rows)
    guards = [str if name in NUMBERS else guard_cell for name in frame.columns]
    return _write_csv([guard(cell) for guard, cell in zip(guards, row, strict=True)] for row in rows)


def _write_csv(rows: Iterable[Iterable[str]]) -> bytes:
    # The bytes are those of `DataFrame.to_csv`, which takes a third longer; with `DataFrame.map` twice as long.
    buffer = io.BytesIO()
    text = io.TextIOWrapper(buffer, "utf-8", newline="")  # a StringIO would take four bytes a letter
    csv.writer(text, lineterminator=LINE_END).writerows(rows)
    text.flush()
    return buffer.getvalue()


def format_json_rows(frame: pd.DataFrame) -> str:
    """Return the rows of figures.csv as a list of JSON objects, each cell as `cite.format_json` gives it."""
    typed = frame.astype(object).mask(frame == "", None)
    whole = {name: pd.array(frame[name].tolist(), dtype="Int64") for name in WHOLE_NUMBERS}
    text: str = typed.assign(**whole).to_json(orient="records", force_ascii=False)
    return text


def _list_rows(frame: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    return zip(*(frame[name].tolist() for name in frame.columns), strict=True)


def guard_cell(cell: str) -> str:
    """Return a cell that no spreadsheet runs: with one apostrophe before it where it would run or has one.

    >>> guard_cell("=1+1"), guard_cell(" ＝1+1"), guard_cell("'=1+1"), guard_cell("0.9"), guard_cell("- Năm 2015")
    ("'=1+1", "' ＝1+1", "''=1+1", '0.9', "'- Năm 2015")
    """
    if cell[:1] in GUARDED or cell.lstrip()[:1] in RUNNING:
        return GUARD + cell
    return cell
