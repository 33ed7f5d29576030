"""The addresses that programs rely on: `/figures.csv`, `/figures.json`, `/figures.zip`, whole or filtered."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from functools import partial
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

import pandas as pd
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from extract.figures.cite import format_json
from extract.figures.export import make_zip
from extract.figures.filters import SHOWN, parse_filters
from extract.figures.table import FigureTable, format_csv, format_json_rows
from extract.server.clients import get_client
from extract.server.gate import Gate
from extract.server.guard import Refusal
from extract.server.snapshot import Snapshot

PROGRAM, SPREADSHEET = "program", "spreadsheet"
PIECE: Final = 65_536
"""Bytes of a download that are handed to a connection at a time, so that a slow one holds no more than that."""
MOST_WAITING: Final = 100
"""Downloads that wait to be made."""


class Download(NamedTuple):
    """One address that programs rely on."""

    name: str
    media_type: str
    check: Callable[[FigureTable, Mapping[str, str]], None]
    """Raises ValueError where the query is wrong, and makes nothing."""
    make: Callable[[FigureTable, Mapping[str, str]], bytes]
    """Returns the body for a query that was checked."""


def check_query(table: FigureTable, query: Mapping[str, str]) -> None:
    """Raise ValueError for a filter, a value or a figure that is unknown."""
    figure, filters = split_query(query)
    parse_filters(table, filters)
    if figure and figure not in table.claims:
        raise ValueError(f"figure {figure!r} is unknown: use an id of figures.csv")


def check_csv(table: FigureTable, query: Mapping[str, str]) -> None:
    """Raise ValueError likewise, or where it is unknown who is to read the table."""
    reader = query.get("for", PROGRAM)
    if reader not in (PROGRAM, SPREADSHEET):
        raise ValueError(f"for {reader[:SHOWN]!r} is unknown: use {PROGRAM}, {SPREADSHEET}")
    check_query(table, {name: value for name, value in query.items() if name != "for"})


def check_json(table: FigureTable, query: Mapping[str, str]) -> None:
    """Raise ValueError likewise, or where the filters leave out the figure that is named."""
    check_query(table, query)
    if "figure" in query and select_rows(table, query).empty:
        raise ValueError("the filters leave this figure out: name it alone, /figures.json?figure=ID")


def check_filters(table: FigureTable, query: Mapping[str, str]) -> None:
    """Raise ValueError for a filter or a value that is unknown."""
    parse_filters(table, query)


def make_csv(table: FigureTable, query: Mapping[str, str]) -> bytes:
    """Return figures.csv as the query filters it: for programs, or with `for=spreadsheet` for a spreadsheet."""
    rows = select_rows(table, {name: value for name, value in query.items() if name != "for"})
    return format_csv(rows, bom=query.get("for") == SPREADSHEET)


def make_json(table: FigureTable, query: Mapping[str, str]) -> bytes:
    """Return the rows that the query selects as a list in JSON; of one `figure`, its row."""
    if "figure" in query:
        return format_json(table.claims[query["figure"]]).encode()
    return format_json_rows(select_rows(table, query)).encode()


def select_rows(table: FigureTable, query: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows that a query selects: `figure` by its id, or filters; ValueError says what is unknown."""
    figure, filters = split_query(query)
    rows = table.export(table.find(parse_filters(table, filters)))
    return rows[rows["id"] == figure] if figure else rows


def split_query(query: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the figure that a query names, and its filters."""
    return query.get("figure", ""), {name: value for name, value in query.items() if name != "figure"}


DOWNLOADS: Final = (
    Download("figures.csv", "text/csv; charset=utf-8", check_csv, make_csv),
    Download("figures.json", "application/json", check_json, make_json),
    Download("figures.zip", "application/zip", check_filters, make_zip),
)


class Kept:
    """The bodies of downloads: one is made at a time, that of the whole once for each state of the data."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._gate = Gate(1)
        self._whole: WeakKeyDictionary[Snapshot, dict[str, bytes]] = WeakKeyDictionary()

    def is_busy(self) -> bool:
        """Tell whether too many wait already."""
        return self._gate.count_waiting() >= MOST_WAITING

    async def find(self, download: Download, snapshot: Snapshot, query: Mapping[str, str], client: str) -> bytes:
        """Return the body of a download, made in its turn where it is not kept."""
        whole = self._whole.setdefault(snapshot, {})
        name = f"{download.name} {query.get('for', PROGRAM)}"
        is_whole = query.keys() <= {"for"}
        if is_whole and name in whole:
            return whole[name]
        async with self._gate.enter_async(client):
            if is_whole and name in whole:
                return whole[name]
            body = await run_in_threadpool(download.make, snapshot.table, query)
            if is_whole:
                whole[name] = body
            return body


def make_routes(get_snapshot: Callable[[], Snapshot], downloads: Iterable[Download] = DOWNLOADS) -> list[Route]:
    """Return the routes of downloads; `get_snapshot` returns the data as they stand at each request."""
    kept = Kept()
    return [Route(f"/{download.name}", partial(answer, download, get_snapshot, kept)) for download in downloads]


async def answer(download: Download, get_snapshot: Callable[[], Snapshot], kept: Kept, request: Request) -> Response:
    """Answer with a download, or with what is wrong with the query; only what is to be sent is made."""
    snapshot = await run_in_threadpool(get_snapshot)
    query = dict(request.query_params)
    headers = {"cache-control": "no-cache", "etag": f'"{snapshot.version}"'}
    try:
        if len(query) != len(request.query_params.multi_items()):
            raise ValueError("a filter stands twice: join its values by commas")
        await run_in_threadpool(download.check, snapshot.table, query)
    except ValueError as error:
        return Refusal(400, str(error))
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    headers |= {
        "content-disposition": f'attachment; filename="{download.name}"',
        "content-type": download.media_type,
    }
    if request.method == "HEAD":
        return StreamingResponse(cut(b""), headers=headers)
    if kept.is_busy():
        return Refusal(503, "Too many downloads at this moment. Try again in a minute.", {"retry-after": "60"})
    body = await kept.find(download, snapshot, query, get_client(request.scope))
    return StreamingResponse(cut(body), headers=headers | {"content-length": str(len(body))})


async def cut(body: bytes) -> AsyncIterator[bytes]:
    """Yield a body in pieces."""
    for start in range(0, len(body), PIECE):
        yield body[start : start + PIECE]
