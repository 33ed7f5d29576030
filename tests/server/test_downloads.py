"""The addresses that programs rely on: what they answer, whole, filtered, asked again or asked wrongly."""

import asyncio
import csv
import gc
import io
import threading
import weakref
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeAlias
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette

from extract.figures.filters import Filters
from extract.figures.table import FigureTable, format_csv
from extract.server.downloads import DOWNLOADS, MOST_WAITING, Download, make_routes
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
    return lambda address, **headers: asyncio.run(ask(app, address, **headers))


async def ask(
    app: Starlette, address: str, *, method: str = "GET", client: str = "192.0.2.1", **headers: str
) -> httpx.Response:
    """Return an app's answer to a client's request."""
    transport = httpx.ASGITransport(app, client=(client, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as asking:
        return await asking.request(method, address, headers=headers)


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


class Workshop:
    """The real downloads, with a note of each that is made."""

    def __init__(self, get_snapshot: Callable[[], Snapshot]) -> None:
        self.made: list[str] = []
        """The addresses of what was made, in order."""
        self.most_at_once = 0
        self._at_once = 0
        self.go_on = threading.Event()
        self.go_on.set()
        downloads = [each._replace(make=partial(self._make, each)) for each in DOWNLOADS]
        self.app = Starlette(routes=make_routes(get_snapshot, downloads))

    def _make(self, download: Download, table: FigureTable, query: Mapping[str, str]) -> bytes:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        self.made.append(f"/{download.name}?{urlencode(query)}".removesuffix("?"))
        assert self.go_on.wait(30)
        body = download.make(table, query)
        self._at_once -= 1
        return body


@pytest.mark.parametrize("name", [download.name for download in DOWNLOADS])
def test_what_is_not_sent_is_not_made(snapshot: Snapshot, name: str) -> None:
    workshop = Workshop(lambda: snapshot)
    address = f"/{name}?figure=ha-tinh-2021-smuggling-cases" if name != "figures.zip" else f"/{name}?province=kon-tum"
    head = asyncio.run(ask(workshop.app, address, method="HEAD"))
    again = asyncio.run(ask(workshop.app, address, **{"if-none-match": head.headers["etag"]}))
    assert (head.status_code, head.content, again.status_code, workshop.made) == (200, b"", 304, [])
    whole = asyncio.run(ask(workshop.app, address))
    differing = whole.headers.items() - head.headers.items()
    assert differing == {("content-length", str(len(whole.content)))}
    assert workshop.made == [address]


def test_the_whole_is_made_once_for_each_state_of_the_data(snapshot: Snapshot) -> None:
    states = [replace(snapshot, version="one"), replace(snapshot, version="two")]
    shown = states[0]
    workshop = Workshop(lambda: shown)

    async def ask_all() -> list[httpx.Response]:
        addresses = ["/figures.zip", "/figures.csv"] * 10
        return list(await asyncio.gather(*(ask(workshop.app, address) for address in addresses)))

    first = asyncio.run(ask_all())
    assert {len({answer.content for answer in first[kind::2]}) for kind in (0, 1)} == {1}
    assert sorted(workshop.made) == ["/figures.csv", "/figures.zip"]
    shown = states[1]
    asyncio.run(ask_all())
    assert len(workshop.made) == 4
    gone = weakref.ref(states.pop(0))
    gc.collect()
    assert gone() is None, "what was made for a state of the data ends with it"


def test_one_download_is_made_at_a_time_and_clients_take_turns(snapshot: Snapshot) -> None:
    workshop = Workshop(lambda: snapshot)
    workshop.go_on.clear()

    async def ask_all() -> None:
        asked = []
        for client, query in [("one", "q=a"), ("one", "q=b"), ("one", "q=c"), ("one", "q=d"), ("other", "q=e")]:
            asked.append(asyncio.create_task(ask(workshop.app, f"/figures.zip?{query}", client=client)))
            await asyncio.sleep(0.1)
        workshop.go_on.set()
        assert [answer.status_code for answer in await asyncio.gather(*asked)] == [200] * 5

    asyncio.run(ask_all())
    assert workshop.most_at_once == 1
    assert workshop.made == [f"/figures.zip?q={letter}" for letter in "abecd"]


def test_more_downloads_than_can_wait_are_sent_away(snapshot: Snapshot) -> None:
    workshop = Workshop(lambda: snapshot)
    workshop.go_on.clear()

    async def ask_all() -> Counter[int]:
        addresses = [f"/figures.json?figure={figure}" for figure in snapshot.table.claims] * 4
        asked = [asyncio.create_task(ask(workshop.app, address)) for address in addresses]
        # One is being made, and so many wait; only who is sent away has an answer.
        while sum(task.done() for task in asked) < len(asked) - MOST_WAITING - 1:
            await asyncio.sleep(0.01)
        workshop.go_on.set()
        return Counter(answer.status_code for answer in await asyncio.gather(*asked))

    assert asyncio.run(ask_all()) == {200: MOST_WAITING + 1, 503: 4 * len(snapshot.table.claims) - MOST_WAITING - 1}


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
