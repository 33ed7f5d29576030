"""The addresses that programs rely on: `/figures.csv`, `/figures.json`, `/figures.zip`, whole or filtered."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extract.figures.cite import format_json
from extract.figures.export import make_zip
from extract.figures.search import filter_rows, parse_filters
from extract.figures.table import FIGURE_COLUMNS, FigureRow, format_csv_rows
from extract.server.guard import Refusal
from extract.server.snapshot import Snapshot


class Download(NamedTuple):
    """One address that programs rely on."""

    name: str
    media_type: str
    make: Callable[[Snapshot, Mapping[str, str]], bytes]
    """The body for a state of the data and a query; ValueError says what is wrong with the query."""


def make_csv(snapshot: Snapshot, query: Mapping[str, str]) -> bytes:
    """Return figures.csv as the query filters it, without a byte-order mark."""
    return format_csv_rows(select_rows(snapshot, query), FIGURE_COLUMNS, bom=False)


def make_json(snapshot: Snapshot, query: Mapping[str, str]) -> bytes:
    """Return one figure's row as JSON."""
    rows = select_rows(snapshot, query)
    if "figure" not in query or not rows:
        raise ValueError("name one figure: /figures.json?figure=ID, with an id of figures.csv")
    return format_json(rows[0]).encode()


def make_package(snapshot: Snapshot, query: Mapping[str, str]) -> bytes:
    """Return the Data Package as a zip, its figures as the query filters them."""
    return make_zip(snapshot.collection, filters=query)


def select_rows(snapshot: Snapshot, query: Mapping[str, str]) -> list[FigureRow]:
    """Return the rows that a query selects: `figure` by its id, or filters; ValueError says what is unknown."""
    filters = dict(query)
    figure = filters.pop("figure", "")
    rows = filter_rows(snapshot.index.rows, **parse_filters(snapshot.collection, filters).active)
    if figure and figure not in snapshot.index.claims:
        raise ValueError(f"figure {figure!r} is unknown: use an id of figures.csv")
    return [row for row in rows if not figure or row.id == figure]


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
