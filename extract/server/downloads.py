"""The addresses that programs rely on: `/figures.csv`, `/figures.json`, `/figures.zip`, whole or filtered."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, NamedTuple

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extract.figures.cite import format_json
from extract.figures.export import make_zip
from extract.figures.filters import SHOWN, parse_filters
from extract.figures.table import format_csv, format_json_rows
from extract.server.guard import Refusal
from extract.server.snapshot import Snapshot

PROGRAM, SPREADSHEET = "program", "spreadsheet"


class Download(NamedTuple):
    """One address that programs rely on."""

    name: str
    media_type: str
    make: Callable[[Snapshot, Mapping[str, str]], bytes]
    """The body for a state of the data and a query; ValueError says what is wrong with the query."""


def make_csv(snapshot: Snapshot, query: Mapping[str, str]) -> bytes:
    """Return figures.csv as the query filters it: for programs, or with `for=spreadsheet` for a spreadsheet."""
    filters = dict(query)
    reader = filters.pop("for", PROGRAM)
    if reader not in (PROGRAM, SPREADSHEET):
        raise ValueError(f"for {reader[:SHOWN]!r} is unknown: use {PROGRAM}, {SPREADSHEET}")
    return format_csv(select_rows(snapshot, filters), bom=reader == SPREADSHEET)


def make_json(snapshot: Snapshot, query: Mapping[str, str]) -> bytes:
    """Return the rows that the query selects as a list in JSON; of one `figure`, its row."""
    rows = select_rows(snapshot, query)
    if "figure" not in query:
        return format_json_rows(rows).encode()
    if rows.empty:
        raise ValueError("the filters leave this figure out: name it alone, /figures.json?figure=ID")
    return format_json(snapshot.table.claims[rows.index[0]]).encode()


def make_package(snapshot: Snapshot, query: Mapping[str, str]) -> bytes:
    """Return the Data Package as a zip, its figures as the query filters them."""
    return make_zip(snapshot.table, query)


def select_rows(snapshot: Snapshot, query: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows that a query selects: `figure` by its id, or filters; ValueError says what is unknown."""
    table, filters = snapshot.table, dict(query)
    figure = filters.pop("figure", "")
    rows = table.export(table.find(parse_filters(table, filters)))
    if figure and figure not in table.claims:
        raise ValueError(f"figure {figure!r} is unknown: use an id of figures.csv")
    return rows[rows["id"] == figure] if figure else rows


DOWNLOADS: Final = (
    Download("figures.csv", "text/csv; charset=utf-8", make_csv),
    Download("figures.json", "application/json", make_json),
    Download("figures.zip", "application/zip", make_package),
)


def make_routes(get_snapshot: Callable[[], Snapshot]) -> list[Route]:
    """Return the routes of all downloads; `get_snapshot` returns the data as they stand at each request."""
    return [Route(f"/{download.name}", partial(answer, download, get_snapshot)) for download in DOWNLOADS]


def answer(download: Download, get_snapshot: Callable[[], Snapshot], request: Request) -> Response:
    """Answer with a download, or with what is wrong with the query; unchanged data is not sent twice."""
    snapshot = get_snapshot()
    headers = {"cache-control": "no-cache", "etag": f'"{snapshot.version}"'}
    try:
        if len(set(request.query_params.keys())) != len(request.query_params.multi_items()):
            raise ValueError("a filter stands twice: join its values by commas")
        body = download.make(snapshot, request.query_params)
    except ValueError as error:
        return Refusal(400, str(error))
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    headers["content-disposition"] = f'attachment; filename="{download.name}"'
    return Response(body, media_type=download.media_type, headers=headers)
