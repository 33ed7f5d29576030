"""The addresses that programs rely on: what they answer, whole, filtered, asked again or asked wrongly."""

import asyncio
import csv
import io
import zipfile
from collections.abc import Callable
from typing import TypeAlias

import httpx
import pytest
from starlette.applications import Starlette

from extract.figures.filters import Filters
from extract.figures.table import format_csv
from extract.server.downloads import make_routes
from extract.server.live import Live
from extract.server.snapshot import Snapshot
from tests.conftest import REPOSITORY
from tests.server.live_data import load_today

Get: TypeAlias = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return Live(REPOSITORY, load=load_today, settle=0).look()


@pytest.fixture(scope="module")
def get(snapshot: Snapshot) -> Get:
    """What answers a request for an address, with headers by name."""
    app = Starlette(routes=make_routes(lambda: snapshot))

    async def ask(address: str, **headers: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            return await client.get(address, headers=headers)

    return lambda address, **headers: asyncio.run(ask(address, **headers))


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("/figures.csv", "text/csv; charset=utf-8"),
        ("/figures.csv?province=kon-tum&hedge=hedged", "text/csv; charset=utf-8"),
        ("/figures.json?figure=ha-tinh-2021-smuggling-cases", "application/json"),
        ("/figures.zip", "application/zip"),
    ],
)
def test_a_download_names_its_type_its_file_and_its_state(
    get: Get, snapshot: Snapshot, address: str, media_type: str
) -> None:
    answer = get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    name = address[1:].partition("?")[0]
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["etag"] == f'"{snapshot.version}"'


def test_figures_csv_has_a_row_for_each_claim_that_the_query_selects(get: Get, snapshot: Snapshot) -> None:
    def read(query: str) -> list[str]:
        return [row["id"] for row in csv.DictReader(io.StringIO(get(f"/figures.csv{query}").text, newline=""))]

    every = [checked.claim.id for checked in snapshot.collection.claims]
    assert sorted(read("")) == sorted(every)
    assert read("?figure=ha-tinh-2021-smuggling-cases") == ["ha-tinh-2021-smuggling-cases"]
    assert set(read("?province=kon-tum")) == {name for name in every if name.startswith("kon-tum")}
    assert read("?figure=ha-tinh-2021-smuggling-cases&province=kon-tum") == []


def test_a_spreadsheet_gets_the_same_rows_with_a_byte_order_mark_and_guarded_cells(
    get: Get, snapshot: Snapshot
) -> None:
    rows = snapshot.table.export(snapshot.table.find(Filters(province="khanh-hoa")))
    assert get("/figures.csv?province=khanh-hoa&for=spreadsheet").content == format_csv(rows, bom=True)
    assert get("/figures.csv?province=khanh-hoa&for=program").content == format_csv(rows, bom=False)
    assert get("/figures.csv?province=khanh-hoa").content == format_csv(rows, bom=False)


def test_the_rows_of_a_query_are_a_list_in_json_each_as_it_stands_alone(get: Get, snapshot: Snapshot) -> None:
    rows = get("/figures.json?province=kon-tum").json()
    assert [row["id"] for row in rows] == [
        checked.claim.id for checked in snapshot.collection.claims if checked.province.slug == "kon-tum"
    ]
    for row in rows:
        assert row == get(f"/figures.json?figure={row['id']}").json()
    assert get("/figures.json?q=khong-co-gi").json() == []


def test_figures_zip_is_filtered_as_figures_csv_is(get: Get) -> None:
    with zipfile.ZipFile(io.BytesIO(get("/figures.zip?province=kon-tum").content)) as package:
        rows = list(csv.DictReader(io.StringIO(package.read("figures.csv").decode("utf-8"), newline="")))
    assert {row["province"] for row in rows} == {"kon-tum"}


def test_unchanged_data_is_not_sent_twice(get: Get) -> None:
    etag = get("/figures.csv").headers["etag"]
    again = get("/figures.csv", **{"if-none-match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert get("/figures.csv", **{"if-none-match": '"another"'}).status_code == 200


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/figures.csv?figure=nothing", "figure 'nothing' is unknown: use an id of figures.csv"),
        ("/figures.csv?province=kon-tum&province=ha-tinh", "a filter stands twice: join its values by commas"),
        ("/figures.csv?for=excel", "for 'excel' is unknown: use program, spreadsheet"),
        (
            "/figures.json?figure=ha-tinh-2021-smuggling-cases&province=kon-tum",
            "the filters leave this figure out: name it alone, /figures.json?figure=ID",
        ),
    ],
)
def test_a_query_that_means_nothing_is_refused_in_words(get: Get, address: str, message: str) -> None:
    answer = get(address)
    assert (answer.status_code, answer.text) == (400, f"{message}\n")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "address", ["/figures.csv?province=hanoi", "/figures.zip?hue=red", "/figures.csv?year=2021-13"]
)
def test_an_unknown_filter_is_refused_by_its_name(get: Get, address: str) -> None:
    answer = get(address)
    assert answer.status_code == 400
    assert address.partition("?")[2].partition("=")[0] in answer.text
