"""What a reader may filter figures by: one table, which the page and the addresses for programs share."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from hashlib import sha256
from operator import or_
from typing import TYPE_CHECKING, Final

from extract.claims.records import EARLIEST_YEAR, Name, parse_days
from extract.figures.columns import FIGURES
from extract.figures.search import SEARCHED, find_matches
from extract.text.hedges import Qualifier

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from extract.figures.table import FigureTable

EXACT, HEDGED = "exact", "hedged"
UNSTATED = "unstated"
LONGEST_SEARCH = 200
# ISO dates order as texts do; this one stands for the open end of what a reader asks for. An empty end is before all.
LAST_DAY = "9999-12-31"
# A message shows so much of what it refuses.
SHOWN = 60
LONGEST_FILE_NAME = 100
"""Letters of what a file's name says of its filters."""
# fmt: off
TRACKING: Final = frozenset({
    "_ga", "_gl", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igsh", "igshid", "li_fat_id", "mc_cid", "mc_eid",
    "msclkid", "ttclid", "twclid", "wbraid", "yclid", "zarsrc",
})
# fmt: on
"""What mail, searches and networks add to an address on its way, to count who follows it; and all of `utm_…`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One filter: its key in an address, which values it knows, and what a value selects."""

    name: str
    """Its key in an address; the page's words for it stand at `filter.<name>`."""
    select: Callable[["pd.DataFrame", str], "pd.Series[bool] | npt.NDArray[np.bool_]"]
    """Tells which rows of a frame (see `FigureTable.frame`) a value selects."""
    columns: tuple[str, ...] = ()
    """The columns of the frame that it looks in."""
    list_values: Callable[["FigureTable"], Mapping[str, Name | None]] | None = None
    """The values to choose among with their names; None for those that the page has words for."""
    parse: Callable[[str], object] | None = None
    """Raises ValueError for a value that means nothing; without it only the values of `list_values` mean something."""
    advice: str = ""
    """What to use in place of an unknown value; empty for the values of `list_values`."""
    has_control: bool = True
    """Whether the page lets a reader choose among the values of `list_values`."""
    on_page: bool = True
    """Whether the page's own address states it, too: there some names say what stands open."""
    many: bool = False
    """Whether several values may be joined by commas."""
    longest: int | None = None
    """How many characters a value may have: the page cuts a longer one, an address is refused."""

    def choices(self, table: "FigureTable") -> Sequence[tuple[str, Name | None]] | None:
        """Return the values of the page's control with their names, None for the page's own words; None for none."""
        return list(self.list_values(table).items()) if self.list_values and self.has_control else None

    def split(self, text: str) -> list[str]:
        """Return the values that a text states."""
        return [value for value in (text.split(",") if self.many else [text]) if value]

    def knows(self, table: "FigureTable", value: str) -> bool:
        """Tell whether a value means something, whether or not it selects anything."""
        if self.parse is None:
            return self.list_values is None or value in self.list_values(table)
        try:
            self.parse(value)
        except ValueError:
            return False
        return True

    def sort(self, table: "FigureTable", values: Sequence[str]) -> list[str]:
        """Return values once each, in the order of all values that a reader may choose among."""
        order = list(self.list_values(table)) if self.list_values else []
        return sorted(dict.fromkeys(values), key=lambda value: order.index(value) if value in order else len(order))

    def find_faults(self, table: "FigureTable", text: str) -> list[str]:
        """Return what is wrong with the text of an address and what to use instead, a sentence for each fault."""
        if self.longest is not None and len(text) > self.longest:
            return [f"{self.name} is longer than {self.longest} characters: use fewer words"]
        advice = self.advice or ", ".join(self.list_values(table) if self.list_values else ())
        return [
            f"{self.name} {value[:SHOWN]!r} is unknown: use {advice}"
            for value in self.split(text)
            if not self.knows(table, value)
        ]


def _select_named(column: str, frame: "pd.DataFrame", text: str) -> "pd.Series[bool]":
    return frame[column].isin(text.split(","))


def _select_coverage(frame: "pd.DataFrame", text: str) -> "pd.Series[bool]":
    return frame["coverage"].isin([value.replace(UNSTATED, "") for value in text.split(",")])


def _select_any(
    select: Callable[["pd.DataFrame", str], "pd.Series[bool]"], frame: "pd.DataFrame", text: str
) -> "pd.Series[bool]":
    """Select the figures that any of several values selects."""
    return reduce(or_, (select(frame, value) for value in text.split(",") if value))


def _select_period(frame: "pd.DataFrame", text: str) -> "pd.Series[bool]":
    """Select the figures that certainly cover any day of a period, or report on it, or those that state none.

    An open period counts up to the last day that the text makes certain.
    """
    days = parse_days(text)
    if days.start is None:
        return frame["period_start"] == ""
    first, last = days.start.isoformat(), days.end.isoformat() if days.end else LAST_DAY
    return ((frame["period_start"] <= last) & (frame["certain_end"] >= first)) | (
        (frame["reviewed_start"] <= last) & (frame["reviewed_end"] >= first)
    )


def _select_same_period(frame: "pd.DataFrame", text: str) -> "pd.Series[bool]":
    """Select the figures that cover a period and no other days, open where it is open, or those that state none."""
    first, last = (day.isoformat() if day else "" for day in parse_days(text))
    return (frame["period_start"] == first) & (frame["period_end"] == last)


def _select_hedged(frame: "pd.DataFrame", text: str) -> "pd.Series[bool]":
    return (frame["qualifier"] != Qualifier.EXACT) == (text == HEDGED)


def _list_allowed(name: str) -> tuple[str, ...]:
    """Return the values that a column of figures.csv may hold, as it declares them."""
    return next(column.domain.among for column in FIGURES.columns if column.name == name)


def _list_years(table: "FigureTable") -> Mapping[str, Name | None]:
    return {**{year: Name(vi=year, en=year) for year in table.years}, UNSTATED: None}


FILTERS: tuple[Filter, ...] = (
    Filter(
        name="province",
        many=True,
        columns=("province",),
        select=partial(_select_named, "province"),
        list_values=lambda table: {slug: province.name for slug, province in table.collection.provinces.items()},
    ),
    Filter(
        name="topic",
        many=True,
        columns=("topic",),
        select=partial(_select_named, "topic"),
        list_values=lambda table: {name: topic.name for name, topic in table.collection.topics.items()},
    ),
    Filter(
        name="measure",
        many=True,
        columns=("measure",),
        select=partial(_select_named, "measure"),
        list_values=lambda table: {name: measure.name for name, measure in table.collection.measures.items()},
        has_control=False,
    ),
    Filter(
        name="indicator",
        many=True,
        columns=("indicator",),
        select=partial(_select_named, "indicator"),
        list_values=lambda table: {name: joined.name for name, joined in table.collection.joined.items()},
        has_control=False,
    ),
    Filter(
        name="unit",
        many=True,
        columns=("unit",),
        select=partial(_select_named, "unit"),
        list_values=lambda table: {key: unit.name for key, unit in table.collection.units.items()},
        has_control=False,
    ),
    Filter(
        name="nature",
        many=True,
        columns=("nature",),
        select=partial(_select_named, "nature"),
        list_values=lambda _: dict.fromkeys(_list_allowed("nature")),
        has_control=False,
    ),
    Filter(
        name="coverage",
        many=True,
        columns=("coverage",),
        select=_select_coverage,
        list_values=lambda _: dict.fromkeys((*_list_allowed("coverage"), UNSTATED)),
        has_control=False,
    ),
    Filter(
        name="article",
        many=True,
        columns=("article",),
        select=partial(_select_named, "article"),
        list_values=lambda table: dict.fromkeys(table.articles),
        advice="an article of articles.csv",
        has_control=False,
        on_page=False,
    ),
    Filter(
        name="figure",
        many=True,
        columns=("id",),
        select=partial(_select_named, "id"),
        list_values=lambda table: dict.fromkeys(table.claims),
        advice="an id of figures.csv",
        has_control=False,
        on_page=False,
    ),
    Filter(
        name="year",
        many=True,
        columns=("period_start", "certain_end", "reviewed_start", "reviewed_end"),
        select=partial(_select_any, _select_period),
        list_values=_list_years,
        parse=parse_days,
        advice=f"2021, 2021-06, 2015/2017 (from {EARLIEST_YEAR}) or {UNSTATED}",
    ),
    Filter(
        name="period",
        many=True,
        columns=("period_start", "period_end"),
        select=partial(_select_any, _select_same_period),
        list_values=lambda _: {UNSTATED: None},
        parse=parse_days,
        advice=f"2021, 2021-06, 2015/2017, 2013/.. (from {EARLIEST_YEAR}) or {UNSTATED}",
        has_control=False,
    ),
    Filter(
        name="hedge", columns=("qualifier",), select=_select_hedged, list_values=lambda _: {EXACT: None, HEDGED: None}
    ),
    # Last: whether words must stand side by side depends on what the other filters leave.
    Filter(name="q", columns=SEARCHED, select=find_matches, longest=LONGEST_SEARCH),
)


def list_names() -> list[str]:
    """Return the names of all filters: the keys of a program's address that filter."""
    return [each.name for each in FILTERS]


def list_page_names() -> list[str]:
    """Return the names of the filters that the page's own address states."""
    return [each.name for each in FILTERS if each.on_page]


def is_tracking(name: str) -> bool:
    """Tell whether a key of an address only counts who follows it, and asks for nothing.

    >>> is_tracking("utm_source"), is_tracking("fbclid"), is_tracking("figure"), is_tracking("provinces")
    (True, True, False, False)
    """
    return name.casefold() in TRACKING or name.casefold().startswith("utm_")


def drop_tracking(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the query of an address without what only counts readers.

    Raises ValueError where a key stands twice.
    """
    kept = [(name, value) for name, value in pairs if not is_tracking(name)]
    if len(dict(kept)) < len(kept):
        raise ValueError("a filter stands twice: join its values by commas")
    return dict(kept)


@dataclass(frozen=True, slots=True, init=False)
class Filters:
    """What a reader selects: `Filters(province="ha-tinh,kon-tum", year="2021")`; nothing selects all."""

    texts: tuple[tuple[str, str], ...]

    def __init__(self, **texts: str | Sequence[str]) -> None:
        """Keep the texts that select, in the order of `FILTERS`; several values may be given one by one.

        Raises TypeError for a name that is no filter's.
        """
        names = list_names()
        if unknown := texts.keys() - {*names}:
            raise TypeError(f"no filter is named {', '.join(sorted(unknown))}")
        joined = {name: text if isinstance(text, str) else ",".join(text) for name, text in texts.items()}
        object.__setattr__(self, "texts", tuple((name, joined[name]) for name in names if joined.get(name)))

    @property
    def active(self) -> dict[str, str]:
        """The texts that select, by the names of their filters."""
        return dict(self.texts)

    def text(self, name: str) -> str:
        """Return the text of a filter; empty where it selects all."""
        return self.active.get(name, "")

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return the values of a filter; none where it selects all."""
        return tuple(value for each in FILTERS if each.name == name for value in each.split(self.text(name)))

    def apply(self, frame: "pd.DataFrame") -> "pd.DataFrame":
        """Return the rows of a frame that pass every filter, in their order."""
        for each in FILTERS:
            if text := self.text(each.name):
                frame = frame[each.select(frame, text)]
        return frame

    @property
    def slug(self) -> str:
        """The values in letters that every file system takes, for the name of a file; empty where all is selected.

        >>> Filters(province="ha-tinh,kon-tum", period="2013/..", q="ma túy, Đắk").slug
        'ha-tinh-kon-tum-2013-ma-tuy-dak'
        """
        stated = " ".join(text for _, text in self.texts).casefold().replace("đ", "d")
        letters = unicodedata.normalize("NFKD", stated).encode("ascii", "ignore").decode("ascii")
        slug = "-".join(re.findall("[a-z0-9]+", letters)) or ("selection" if stated else "")
        if len(slug) <= LONGEST_FILE_NAME:
            return slug
        # What is cut must not make two selections one file.
        return f"{slug[: LONGEST_FILE_NAME - 9].rstrip('-')}-{sha256(stated.encode()).hexdigest()[:8]}"

    def change(self, **texts: str | Sequence[str]) -> "Filters":
        """Return the same filters with some changed."""
        return Filters(**{**self.active, **texts})


NO_FILTERS = Filters()


def parse_filters(table: "FigureTable", query: Mapping[str, str]) -> Filters:
    """Return the filters that the address of a program states.

    Raises ValueError that says what is wrong and what is allowed, one line for every fault.
    """
    names = list_names()
    faults = [f"there is no filter {name[:SHOWN]!r}: use {', '.join(names)}" for name in query if name not in names]
    for each in FILTERS:
        faults += each.find_faults(table, query.get(each.name, ""))
    if faults:
        raise ValueError("\n".join(faults))
    # White space is folded, so that a search is one line wherever it is told; a comma at an end asks for nothing.
    stated = {each.name: ",".join(each.split(query.get(each.name, ""))) for each in FILTERS}
    return Filters(**{name: " ".join(text.split()) for name, text in stated.items()})


def parse_known_filters(table: "FigureTable", query: Mapping[str, str]) -> tuple[Filters, list[tuple[str, str]]]:
    """Return the filters that the address of a page states, and each value that means nothing with its filter's name.

    The filters go without such values; of several values that are known, the order is that of the table's own.
    """
    chosen: dict[str, str] = {}
    unknown: list[tuple[str, str]] = []
    for each in FILTERS:
        if not each.on_page:
            continue
        values = each.split(query.get(each.name, "")[: each.longest])
        known = [value for value in values if each.knows(table, value)]
        unknown += [(each.name, value) for value in values if value not in known]
        chosen[each.name] = " ".join(",".join(each.sort(table, known)).split())
    return Filters(**chosen), unknown
