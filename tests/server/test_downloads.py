"""The addresses that programs rely on: what they answer, whole, filtered, asked again or asked wrongly."""

import asyncio
import csv
import gc
import hashlib
import io
import json
import threading
import weakref
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeAlias
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import Message

from extract.figures import table
from extract.figures.filters import Filters, list_names
from extract.figures.table import FigureTable, format_csv
from extract.server import downloads
from extract.server.downloads import DOWNLOADS, MOST_SELECTIONS, MOST_WAITING, Download, Kept, make_routes
from extract.server.live import Live
from extract.server.snapshot import Snapshot, make_empty_snapshot
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


CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("address", "media_type", "name"),
    [
        ("/figures.csv", CSV, "figures.csv"),
        ("/figures.csv?province=kon-tum&hedge=hedged", CSV, "figures-kon-tum-hedged.csv"),
        ("/figures.csv?province=ha-tinh&year=2020&for=spreadsheet", CSV, "figures-ha-tinh-2020.csv"),
        ("/figures.csv?q=ma%20t%C3%BAy&utm_source=mail", CSV, "figures-ma-tuy.csv"),
        (
            "/figures.json?figure=ha-tinh-2021-smuggling-cases",
            "application/json",
            "figures-ha-tinh-2021-smuggling-cases.json",
        ),
        ("/figures.parquet?unit=kg", "application/vnd.apache.parquet", "figures-kg.parquet"),
        ("/figures.xlsx?coverage=province", XLSX, "figures-province.xlsx"),
        ("/figures.zip", "application/zip", "figures.zip"),
        ("/articles.csv", CSV, "articles.csv"),
        ("/ledger.csv", CSV, "ledger.csv"),
        ("/annotations.jsonld", "application/ld+json", None),
        ("/datapackage.json", "application/json", None),
        ("/catalog.jsonld", "application/ld+json", None),
        ("/articles/ha-tinh-2021-three-forces.txt", "text/plain; charset=utf-8", None),
        ("/sitemap.xml", "application/xml", None),
        ("/robots.txt", "text/plain; charset=utf-8", None),
    ],
)
def test_a_download_names_its_type_its_file_its_state_and_its_description(
    get: Get, snapshot: Snapshot, address: str, media_type: str, name: str | None
) -> None:
    answer = get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.headers.get("content-disposition") == (name and f'attachment; filename="{name}"')
    assert answer.headers["link"] == '</datapackage.json>; rel="describedby"; type="application/json"'
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-length"] == str(len(answer.content))
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["etag"].startswith(f'"{snapshot.version}-')


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
        routes = make_routes(get_snapshot, downloads)
        self.app = Starlette(routes=routes)
        answer = routes[0].endpoint
        assert isinstance(answer, partial)
        (self._kept,) = (each for each in answer.args if isinstance(each, Kept))

    async def wait_for(self, asked: int) -> None:
        """Wait until so many downloads have been asked for: the first is being made, and the others stand behind it."""
        while len(self.made) + self._kept._gate.count_waiting() < asked:
            await asyncio.sleep(0.01)

    def _make(
        self, download: Download, table: FigureTable, query: Mapping[str, str], base: str
    ) -> bytes | Iterator[bytes]:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        self.made.append(f"/{download.name}?{urlencode(query)}".removesuffix("?"))
        assert self.go_on.wait(30)
        body = download.make(table, query, base)
        self._at_once -= 1
        return body


def list_addresses() -> list[str]:
    """Return an address of each download, filtered where it can be."""
    filtered = {"figures.csv", "figures.json", "figures.parquet", "figures.xlsx", "figures.zip", "annotations.jsonld"}
    addresses = [f"/{each.name}{'?province=kon-tum' if each.name in filtered else ''}" for each in DOWNLOADS]
    return [address.format(article="ha-tinh-2021-three-forces") for address in addresses]


@pytest.mark.parametrize("address", list_addresses())
def test_what_a_client_has_is_not_made_and_what_it_asks_the_length_of_is_made_once(
    snapshot: Snapshot, address: str
) -> None:
    """A reader of parts, such as polars, asks for the length first, then for part after part."""
    workshop = Workshop(lambda: snapshot)
    etag = asyncio.run(ask(Workshop(lambda: snapshot).app, address)).headers["etag"]
    again = asyncio.run(ask(workshop.app, address, **{"if-none-match": etag}))
    assert (again.status_code, again.content, workshop.made) == (304, b"", [])
    head = asyncio.run(ask(workshop.app, address, method="HEAD"))
    whole = asyncio.run(ask(workshop.app, address))
    parts = [asyncio.run(ask(workshop.app, address, range=f"bytes={start}-{start + 9}")) for start in (0, 10)]
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(whole.content)))
    # One has the time from a second app of its own.
    assert {**whole.headers, "last-modified": ""} == {**head.headers, "last-modified": ""}
    assert [(part.status_code, part.content) for part in parts] == [
        (206, whole.content[:10]),
        (206, whole.content[10:20]),
    ]
    assert len(workshop.made) == 1


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
            await workshop.wait_for(len(asked))
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
        ("/figures.parquet?for=spreadsheet", f"there is no filter 'for': use {', '.join(list_names())}"),
        ("/articles.csv?province=kon-tum", "this address is always whole and takes no filter 'province'"),
        ("/datapackage.json?q=a", "this address is always whole and takes no filter 'q'"),
        ("/sitemap.xml?page=2", "page '2' is unknown: use 1 to 1"),
        ("/figures.xlsx?nature=rate", "nature 'rate' is unknown: use flow, stock, share, change"),
        ("/figures.csv?utm_source=a&provnce=b", f"there is no filter 'provnce': use {', '.join(list_names())}"),
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


# In parts, and only where something has changed


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-99", slice(0, 100)),
        ("bytes=100-", slice(100, None)),
        ("bytes=-7", slice(-7, None)),
        ("bytes=-99999999", slice(None)),
        ("bytes=5-99999999", slice(5, None)),
        (" BYTES=3-3 ", slice(3, 4)),
    ],
)
def test_a_part_is_the_bytes_that_are_asked_for(get: Get, asked: str, part: slice) -> None:
    whole = get("/ratios.csv").content
    answer = get("/ratios.csv", range=asked)
    assert (answer.status_code, answer.content) == (206, whole[part])
    start, end, _ = part.indices(len(whole))
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(whole)}"
    assert answer.headers["content-length"] == str(end - start)


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "lines=1-2", "bytes=", "bytes=-", "bytes=9-3", "bytes=a-b", "x"])
def test_what_is_no_single_range_gets_the_whole(get: Get, asked: str) -> None:
    assert (get("/ratios.csv", range=asked).status_code, get("/ratios.csv", range=asked).content) == (
        200,
        get("/ratios.csv").content,
    )


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_a_part_behind_the_end_is_refused_with_the_length(get: Get, asked: str) -> None:
    size = len(get("/ratios.csv").content)
    answer = get("/ratios.csv", range=asked)
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{size}")
    assert answer.text == f"this file has {size} bytes, and the range begins behind them\n"


def test_a_download_is_continued_only_where_it_is_still_the_same(get: Get) -> None:
    whole = get("/ratios.csv")
    assert get("/ratios.csv", range="bytes=9-", **{"if-range": whole.headers["etag"]}).status_code == 206
    for condition in ('"another"', f"W/{whole.headers['etag']}", whole.headers["last-modified"]):
        answer = get("/ratios.csv", range="bytes=9-", **{"if-range": condition})
        assert (answer.status_code, answer.content) == (200, whole.content)


def test_unchanged_data_is_known_by_its_time_where_no_tag_is_named(get: Get) -> None:
    modified = get("/figures.csv").headers["last-modified"]
    assert get("/figures.csv", **{"if-modified-since": modified}).status_code == 304
    assert get("/figures.csv", **{"if-none-match": "*"}).status_code == 304
    for header in ("Mon, 01 Jan 2024 00:00:00 GMT", "yesterday", ""):
        assert get("/figures.csv", **{"if-modified-since": header}).status_code == 200
    # The tag is the surer of the two.
    assert get("/figures.csv", **{"if-modified-since": modified, "if-none-match": '"another"'}).status_code == 200


def test_two_states_within_a_second_have_two_times(snapshot: Snapshot) -> None:
    kept = Kept(clock=lambda: 1_000_000_000.9)
    first, second = replace(snapshot, version="one"), replace(snapshot, version="two")
    assert [kept.find_modified(state) for state in (first, second, first)] == [1_000_000_000, 1_000_000_001, 10**9]


def test_selections_that_nobody_asks_for_any_more_are_forgotten(snapshot: Snapshot) -> None:
    workshop = Workshop(lambda: snapshot)
    for number in range(MOST_SELECTIONS + 1):
        asyncio.run(ask(workshop.app, f"/figures.csv?year={1945 + number}"))
    asyncio.run(ask(workshop.app, f"/figures.csv?year={1945 + MOST_SELECTIONS}"))
    asyncio.run(ask(workshop.app, "/figures.csv?year=1945"))
    assert len(workshop.made) == MOST_SELECTIONS + 2


# What stands there


@pytest.mark.parametrize("address", [address for address in list_addresses() if "articles/" not in address])
def test_a_server_without_data_gives_every_form_of_nothing(address: str) -> None:
    empty = make_empty_snapshot()
    answer = asyncio.run(ask(Starlette(routes=make_routes(lambda: empty)), address.partition("?")[0]))
    assert (answer.status_code, answer.content != b"") == (200, True)


def test_an_articles_text_is_its_file_byte_for_byte(get: Get, snapshot: Snapshot) -> None:
    for row in csv.DictReader(io.StringIO(get("/articles.csv").text, newline="")):
        answer = get(f"/articles/{row['article']}.txt")
        assert answer.content == (REPOSITORY / "seeds" / row["seed"]).read_bytes()
        assert hashlib.sha256(answer.content).hexdigest() == row["sha256"]


def test_an_unknown_article_is_not_found(get: Get) -> None:
    answer = get("/articles/nothing.txt")
    assert (answer.status_code, answer.text) == (
        404,
        "article 'nothing' is unknown: use an article of /articles.csv\n",
    )


def test_each_table_stands_alone_as_it_stands_in_the_zip(get: Get, snapshot: Snapshot) -> None:
    with zipfile.ZipFile(io.BytesIO(get("/figures.zip").content)) as package:
        for name in package.namelist():
            if name != "README.md":
                assert get(f"/{name}").content == package.read(name), name


def test_several_figures_are_a_list_in_the_order_of_the_table(get: Get) -> None:
    rows = get("/figures.json?figure=ha-tinh-2021-smuggling-cases,ha-tinh-2021-drug-cases").json()
    assert [row["id"] for row in rows] == ["ha-tinh-2021-smuggling-cases", "ha-tinh-2021-drug-cases"]
    assert (
        get("/figures.json?figure=ha-tinh-2021-smuggling-cases,ha-tinh-2021-drug-cases&province=kon-tum").json() == []
    )


def test_addresses_within_are_those_that_were_asked_under(get: Get) -> None:
    """Under a second name, too: the one kept for the first is not shown there. Nobody else says what the scheme is."""
    assert json.loads(get("/datapackage.json").content)["homepage"] == "http://localhost/"
    other = get("/datapackage.json", host="figures.example", **{"x-forwarded-proto": "https"})
    assert json.loads(other.content)["homepage"] == "http://figures.example/"
    assert other.headers["etag"] != get("/datapackage.json").headers["etag"]
    assert get("/figures.csv", host="figures.example").headers["etag"] == get("/figures.csv").headers["etag"]
    assert get("/robots.txt").text.splitlines()[-1] == "Sitemap: http://localhost/sitemap.xml"


def test_a_long_table_begins_before_its_end_is_made(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its length is not known yet then; who asks for that, or for a part, has it made first."""
    whole = asyncio.run(ask(Workshop(lambda: snapshot).app, "/figures.csv?for=spreadsheet"))
    monkeypatch.setattr(downloads, "MOST_AT_ONCE", 10)
    monkeypatch.setattr(table, "PART", 10)
    begun, gone_on = threading.Event(), threading.Event()

    def make(data: FigureTable, query: Mapping[str, str], base: str) -> Iterator[bytes]:
        parts = downloads.make_csv(data, query, base)
        yield next(parts)
        begun.set()
        assert gone_on.wait(30)
        yield from parts

    async def read_slowly() -> tuple[httpx.Response, bytes]:
        listed = [each._replace(make=make) if each.name == "figures.csv" else each for each in DOWNLOADS]
        app = Starlette(routes=make_routes(lambda: snapshot, listed))
        sent: list[Message] = []
        first = asyncio.Event()

        async def send(message: Message) -> None:
            sent.append(message)
            if message.get("body"):
                first.set()

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/figures.csv",
            "query_string": b"for=spreadsheet",
            "headers": [(b"host", b"localhost")],
            "client": ("192.0.2.1", 1),
        }

        async def receive() -> Message:
            await asyncio.Event().wait()
            raise AssertionError

        answering = asyncio.create_task(app(scope, receive, send))
        await asyncio.wait_for(first.wait(), 30)
        assert not answering.done()
        assert await asyncio.to_thread(begun.wait, 30)  # the first part is sent before it has gone on to the next
        gone_on.set()
        await answering
        names = {name for name, _ in sent[0]["headers"]}
        assert b"content-length" not in names
        part = await ask(app, "/figures.csv?for=spreadsheet", range="bytes=0-99")
        return part, b"".join(message["body"] for message in sent[1:])

    part, body = asyncio.run(read_slowly())
    assert body == whole.content
    assert (part.status_code, part.content) == (206, whole.content[:100]), "what was made is kept"
