"""The addresses that programs rely on: the data in each of their forms, whole or filtered, and what describes them.

A row of `DOWNLOADS` is an address. Each is made once for a state of the data, answers from every origin (see
`guard.Guard`), and can be asked for in parts, or only where it has changed.
"""

import asyncio
import hashlib
import io
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from email.utils import formatdate, parsedate_to_datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

import pandas as pd
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from extract.figures import annotations, catalog
from extract.figures.cite import format_json
from extract.figures.columns import FIGURES, TABLES, Table
from extract.figures.export import DESCRIPTOR, make_files, make_zip
from extract.figures.filters import NO_FILTERS, SHOWN, Filters, drop_tracking, parse_filters
from extract.figures.parquet import make_parquet
from extract.figures.spreadsheet import MOST_ROWS, make_spreadsheet
from extract.figures.table import (
    FigureTable,
    format_csv,
    format_csv_head,
    format_csv_rows,
    format_json_rows,
    make_frame,
)
from extract.page import sitemap
from extract.server.budget import Pace
from extract.server.clients import get_client
from extract.server.gate import Gate
from extract.server.guard import Refusal
from extract.server.hosts import find_base
from extract.server.ranges import UnsatisfiableError, parse_range
from extract.server.snapshot import Snapshot

PROGRAM, SPREADSHEET = "program", "spreadsheet"
PIECE: Final = 65_536
"""Bytes of a download that are handed to a connection at a time, so that a slow one holds no more than that."""
MOST_AT_ONCE: Final = 1000
"""Rows up to which a table is made whole before it is sent: a sixth of a second of work for ten thousand."""
MOST_WAITING: Final = 100
"""Downloads that wait to be made."""
BURST: Final = 20.0
"""Megabytes that one client gets at once."""
RATE: Final = 10.0
"""Megabytes a second that it gets after that: sending more takes the processor from readers."""
MOST_KEPT: Final = 64_000_000
"""Bytes of selections that are kept: who reads a file in parts asks for it again and again."""
MOST_SELECTIONS: Final = 100
CSV: Final = "text/csv; charset=utf-8"
JSON_LD: Final = "application/ld+json"
MAKERS: Final = ("pandas", "pyarrow", "xlsxwriter")
"""The libraries whose version changes the bytes of a download."""

Query = Mapping[str, str]


class Download(NamedTuple):
    """One address that programs rely on."""

    name: str
    """Its path without the slash; a part in braces is a key of the query."""
    media_type: str
    check: Callable[[FigureTable, Query], None]
    """Raises ValueError where the query is wrong, LookupError where nothing stands at the address; makes nothing."""
    make: Callable[[FigureTable, Query, str], bytes | Iterator[bytes]]
    """Returns the body for a query that was checked, and the page's address; or its parts, each made when asked for."""
    has_parts: bool = False
    """Whether it is made part by part."""
    says_base: bool = False
    """Whether the page's address stands in it."""
    is_file: bool = True
    """Whether a browser saves it rather than shows it."""


# What a query may ask for


def check_query(table: FigureTable, query: Query) -> None:
    """Raise ValueError for a filter or a value that is unknown."""
    parse_filters(table, query)


def check_csv(table: FigureTable, query: Query) -> None:
    """Raise ValueError likewise, or where it is unknown who is to read the table."""
    reader = query.get("for", PROGRAM)
    if reader not in (PROGRAM, SPREADSHEET):
        raise ValueError(f"for {reader[:SHOWN]!r} is unknown: use {PROGRAM}, {SPREADSHEET}")
    check_query(table, _drop(query, "for"))


def check_json(table: FigureTable, query: Query) -> None:
    """Raise ValueError likewise, or where the filters leave out the one figure that is named."""
    filters = parse_filters(table, query)
    if len(filters.chosen("figure")) == 1 and table.find(filters).empty:
        raise ValueError("the filters leave this figure out: name it alone, /figures.json?figure=ID")


def check_spreadsheet(table: FigureTable, query: Query) -> None:
    """Raise ValueError likewise, or for more figures than a spreadsheet has rows."""
    found = table.count_found(parse_filters(table, query))
    if found > MOST_ROWS:
        raise ValueError(f"{found} figures are more than the {MOST_ROWS} rows of a spreadsheet: filter them")


def check_whole(_: FigureTable, query: Query) -> None:
    """Raise ValueError for any filter."""
    if query:
        raise ValueError(f"this address is always whole and takes no filter {next(iter(query))[:SHOWN]!r}")


def check_article(table: FigureTable, query: Query) -> None:
    """Raise LookupError for an article that is unknown, ValueError for any filter."""
    if query["article"] not in table.articles:
        raise LookupError(f"article {query['article'][:SHOWN]!r} is unknown: use an article of /articles.csv")
    check_whole(table, _drop(query, "article"))


def check_sitemap(table: FigureTable, query: Query) -> None:
    """Raise ValueError for a page that the sitemap does not have."""
    check_whole(table, _drop(query, "page"))
    pages = sitemap.count_pages(table)
    page = query.get("page", "1")
    if page not in map(str, range(1, pages + 1)):
        raise ValueError(f"page {page[:SHOWN]!r} is unknown: use 1 to {pages}")


def _drop(query: Query, name: str) -> dict[str, str]:
    return {key: value for key, value in query.items() if key != name}


# What is made of it


def select_rows(table: FigureTable, query: Query) -> pd.DataFrame:
    """Return the rows of figures.csv that a query selects."""
    return table.export(table.find(parse_filters(table, query)))


def make_csv(table: FigureTable, query: Query, _: str) -> Iterator[bytes]:
    """Yield figures.csv as the query filters it: for programs, or with `for=spreadsheet` for a spreadsheet."""
    is_spreadsheet = query.get("for") == SPREADSHEET
    yield format_csv_head(FIGURES.names, bom=is_spreadsheet)
    for part in table.export_parts(table.find(parse_filters(table, _drop(query, "for")))):
        yield format_csv_rows(part, is_guarded=is_spreadsheet)


def make_json(table: FigureTable, query: Query, _: str) -> bytes:
    """Return the rows that the query selects as a list in JSON; of one `figure`, its row."""
    chosen = parse_filters(table, query).chosen("figure")
    if len(chosen) == 1:
        return format_json(table.claims[chosen[0]]).encode()
    return format_json_rows(select_rows(table, query)).encode()


def make_figures_parquet(table: FigureTable, query: Query, _: str) -> bytes:
    """Return figures.parquet as the query filters it."""
    return make_parquet(FIGURES, select_rows(table, query))


def make_figures_xlsx(table: FigureTable, query: Query, base: str) -> bytes:
    """Return figures.xlsx as the query filters it."""
    return make_spreadsheet(table, select_rows(table, query), parse_filters(table, query), base)


def make_figures_annotations(table: FigureTable, query: Query, base: str) -> bytes:
    """Return the annotations of the figures that the query selects."""
    return annotations.make_annotations(table, [table.claims[each] for each in select_rows(table, query)["id"]], base)


def make_table(each: Table[Any], table: FigureTable, _query: Query, _base: str) -> bytes:
    """Return one table, whole."""
    return format_csv(make_frame(each, each.find_records(table.collection)), bom=False)


def make_package(table: FigureTable, _: Query, base: str) -> bytes:
    """Return the descriptor of the package whose files stand beside it."""
    return make_files(table, NO_FILTERS, base)[DESCRIPTOR]


def make_article(table: FigureTable, query: Query, _: str) -> bytes:
    """Return the text of an article, byte for byte."""
    return table.articles[query["article"]].text.raw.encode()


DOWNLOADS: Final = (
    Download("figures.csv", CSV, check_csv, make_csv, has_parts=True),
    Download("figures.json", "application/json", check_json, make_json),
    Download("figures.parquet", "application/vnd.apache.parquet", check_query, make_figures_parquet),
    Download(
        "figures.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        check_spreadsheet,
        make_figures_xlsx,
        says_base=True,
    ),
    Download("figures.zip", "application/zip", check_query, make_zip, says_base=True),
    Download(annotations.NAME, JSON_LD, check_query, make_figures_annotations, says_base=True, is_file=False),
    *(Download(each.path, CSV, check_whole, partial(make_table, each)) for each in TABLES if each is not FIGURES),
    Download(DESCRIPTOR, "application/json", check_whole, make_package, says_base=True, is_file=False),
    Download(
        catalog.NAME,
        JSON_LD,
        check_whole,
        lambda table, _, base: catalog.make_catalog(table, base),
        says_base=True,
        is_file=False,
    ),
    Download("articles/{article}.txt", "text/plain; charset=utf-8", check_article, make_article, is_file=False),
    Download(
        sitemap.NAME,
        "application/xml",
        check_sitemap,
        lambda table, query, base: sitemap.make_sitemap(table, base, int(query.get("page", "0"))),
        says_base=True,
        is_file=False,
    ),
    Download(
        "robots.txt",
        "text/plain; charset=utf-8",
        lambda *_: None,
        lambda *asked: sitemap.make_robots(asked[-1]),
        says_base=True,
        is_file=False,
    ),
)


class _Bodies:
    """What was made of one state of the data, and since when it stands."""

    def __init__(self, modified: int) -> None:
        self.modified = modified
        """Seconds since 1970."""
        self._whole: dict[str, tuple[str, bytes]] = {}
        self._selections: OrderedDict[tuple[str, ...], bytes] = OrderedDict()

    def get(self, name: str, base: str, query: Query) -> bytes | None:
        """Return a body that is kept."""
        if not query:
            kept_base, body = self._whole.get(name, ("", None))
            return body if kept_base == base else None
        return self._selections.get(_name_selection(name, base, query))

    def keep(self, name: str, base: str, query: Query, body: bytes) -> None:
        """Keep a body: the whole for good, for the address last asked under; of selections the latest."""
        if not query:
            self._whole[name] = base, body
        elif len(body) <= MOST_KEPT:
            self._selections[_name_selection(name, base, query)] = body
            while len(self._selections) > MOST_SELECTIONS or sum(map(len, self._selections.values())) > MOST_KEPT:
                self._selections.popitem(last=False)


def _name_selection(name: str, base: str, query: Query) -> tuple[str, ...]:
    return (name, base, *(f"{key}={query[key]}" for key in sorted(query)))


class Kept:
    """The bodies of downloads: one is made at a time, that of the whole once for each state of the data."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Keep nothing yet; `clock` counts seconds since 1970."""
        self._gate = Gate(1)
        self._clock = clock
        self._modified = 0
        self._bodies: WeakKeyDictionary[Snapshot, _Bodies] = WeakKeyDictionary()
        self._making: set[asyncio.Task[bytes]] = set()

    def is_busy(self) -> bool:
        """Tell whether too many wait already."""
        return self._gate.count_waiting() >= MOST_WAITING

    def find_modified(self, snapshot: Snapshot) -> int:
        """Return since when a state of the data has stood here, in seconds since 1970: another one for each state."""
        return self._find_bodies(snapshot).modified

    def _find_bodies(self, snapshot: Snapshot) -> _Bodies:
        if snapshot not in self._bodies:
            # Two states within a second must not have one time, or the second would be taken for unchanged.
            self._modified = max(int(self._clock()), self._modified + 1)
            self._bodies[snapshot] = _Bodies(self._modified)
        return self._bodies[snapshot]

    def get(self, download: Download, snapshot: Snapshot, query: Query, base: str = "") -> bytes | None:
        """Return the body of a download where it is kept."""
        return self._find_bodies(snapshot).get(download.name, base if download.says_base else "", query)

    async def find(
        self,
        download: Download,
        snapshot: Snapshot,
        query: Query,
        client: str,
        base: str = "",
        *,
        give: Callable[[bytes], None] = lambda _: None,
    ) -> bytes:
        """Return the body of a download, made in its turn where it is not kept.

        `give` gets each of its parts once that is made, in another thread.
        """
        async with self._gate.enter_async(client):
            body = self.get(download, snapshot, query, base)
            if body is None:
                body = await run_in_threadpool(_make, download, snapshot.table, query, base, give)
                self._find_bodies(snapshot).keep(download.name, base if download.says_base else "", query, body)
            else:
                give(body)
            return body

    def begin(
        self, download: Download, snapshot: Snapshot, query: Query, client: str, base: str
    ) -> AsyncIterator[bytes]:
        """Return the parts of a body as they are made; it is made to its end and kept, even where nobody takes them."""
        loop, parts = asyncio.get_running_loop(), asyncio.Queue[bytes | None]()

        def give(part: bytes) -> None:
            loop.call_soon_threadsafe(parts.put_nowait, part)

        making = asyncio.create_task(self.find(download, snapshot, query, client, base, give=give))
        making.add_done_callback(lambda _: parts.put_nowait(None))
        self._making.add(making)
        making.add_done_callback(self._making.discard)
        return _take(parts, making)


def _make(download: Download, table: FigureTable, query: Query, base: str, give: Callable[[bytes], None]) -> bytes:
    """Return a body, and give its parts as they are made."""
    made = download.make(table, query, base)
    if isinstance(made, bytes):
        give(made)
        return made
    whole = io.BytesIO()
    for part in made:
        whole.write(part)
        give(part)
    return whole.getvalue()


async def _take(parts: asyncio.Queue[bytes | None], making: asyncio.Task[bytes]) -> AsyncIterator[bytes]:
    """Yield parts as they come until None; raise what the making of them has failed of."""
    while (part := await parts.get()) is not None:
        yield part
    await making


def make_routes(get_snapshot: Callable[[], Snapshot], downloads: Iterable[Download] = DOWNLOADS) -> list[Route]:
    """Return the routes of downloads; `get_snapshot` returns the data as they stand at each request."""
    kept, pace = Kept(), Pace(BURST, RATE)
    return [Route(f"/{download.name}", partial(answer, download, get_snapshot, kept, pace)) for download in downloads]


async def answer(
    download: Download, get_snapshot: Callable[[], Snapshot], kept: Kept, pace: Pace, request: Request
) -> Response:
    """Answer with a download or a part of it, or with what is wrong with the query."""
    snapshot = await run_in_threadpool(get_snapshot)
    try:
        query = drop_tracking(request.query_params.multi_items())
        query |= request.path_params
        await run_in_threadpool(download.check, snapshot.table, query)
    except ValueError as error:
        return Refusal(400, str(error))
    except LookupError as error:
        return Refusal(404, str(error.args[0]))
    base, modified = find_base(request), kept.find_modified(snapshot)
    headers = {
        "cache-control": "no-cache",
        "etag": make_etag(snapshot, base if download.says_base else ""),
        "last-modified": formatdate(modified, usegmt=True),
        "accept-ranges": "bytes",
        "link": f'</{DESCRIPTOR}>; rel="describedby"; type="application/json"',
    }
    if is_unchanged(request, headers["etag"], modified):
        return Response(status_code=304, headers=headers)
    headers["content-type"] = download.media_type
    if download.is_file:
        headers["content-disposition"] = f'attachment; filename="{name_file(download.name, snapshot.table, query)}"'
    if kept.is_busy():
        return Refusal(503, "Too many downloads at this moment. Try again in a minute.", {"retry-after": "60"})
    client = get_client(request.scope)
    await pace.wait(client)
    body = kept.get(download, snapshot, query, base)
    if body is None and is_long(download, request, snapshot.table, query):
        return StreamingResponse(pace.send(client, kept.begin(download, snapshot, query, client, base)), 200, headers)
    body = body if body is not None else await kept.find(download, snapshot, query, client, base)
    answered = answer_part(request, body, headers)
    pace.take(client, int(answered.headers["content-length"]) / 1e6 if request.method == "GET" else 0)
    return answered


def is_long(download: Download, request: Request, table: FigureTable, query: Query) -> bool:
    """Tell whether an answer is to begin before its end is made: not so of what is asked for in part, or its length."""
    if not download.has_parts or request.method != "GET" or "range" in request.headers:
        return False
    return table.count_found(parse_filters(table, _drop(query, "for"))) > MOST_AT_ONCE


def answer_part(request: Request, body: bytes, headers: Mapping[str, str]) -> Response:
    """Answer with a body, or with the part of it that is asked for."""
    status, part = 200, None
    if request.method == "GET" and is_same(request.headers.get("if-range"), headers["etag"]):
        try:
            part = parse_range(request.headers.get("range", ""), len(body))
        except UnsatisfiableError as error:
            return Refusal(416, str(error), {"content-range": f"bytes */{len(body)}"})
    if part is not None:
        status, headers = 206, {**headers, "content-range": part.format(len(body))}
        body = body[part.start : part.end]
    shown = b"" if request.method == "HEAD" else body
    return StreamingResponse(cut(shown), status, {**headers, "content-length": str(len(body))})


def is_unchanged(request: Request, etag: str, modified: int) -> bool:
    """Tell whether a client has the state already: by its tag where it names one, else by its time."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return etag in tags or tags.strip() == "*"
    try:
        return modified <= parsedate_to_datetime(request.headers.get("if-modified-since", "")).timestamp()
    except (ValueError, OverflowError):
        return False


def is_same(condition: str | None, etag: str) -> bool:
    """Tell whether a part fits what a client has of the file: where it names no state, or this one by its tag.

    A time promises no bytes: what was sent under it may have been compressed on its way.
    """
    return condition is None or condition.strip() == etag


def make_etag(snapshot: Snapshot, base: str) -> str:
    """Return the tag of all that is made of a state of the data by this version of the program."""
    told = f"-{hashlib.sha256(base.encode()).hexdigest()[:8]}" if base else ""
    return f'"{snapshot.version}-{find_maker()}{told}"'


@cache
def find_maker() -> str:
    """Return what changes with the program and the libraries that make the bytes, so that no two share a tag."""
    digest = hashlib.sha256(" ".join(map(version, MAKERS)).encode())
    for file in sorted(Path(__file__).parents[1].rglob("*")):
        if file.suffix in {".py", ".md", ".toml"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def name_file(name: str, table: FigureTable, query: Query) -> str:
    """Return the name of a file that says what it was filtered by: `figures-ha-tinh-2020.csv`."""
    filters: Filters = parse_filters(table, _drop(query, "for"))
    stem, dot, ending = name.rpartition(".")
    return f"{stem}{f'-{filters.slug}' if filters.slug else ''}{dot}{ending}"


async def cut(body: bytes) -> AsyncIterator[bytes]:
    """Yield a body in pieces."""
    for start in range(0, len(body), PIECE):
        yield body[start : start + PIECE]
