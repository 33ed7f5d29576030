"""The addresses of pictures: what they answer, asked again, asked wrongly, and after the drawing process has ended."""

import asyncio
from collections.abc import Callable, Iterator
from typing import TypeAlias

import httpx
import pytest
from starlette.applications import Starlette

from extract.server.drawing import Drawer, Order
from extract.server.headers import make_frame_headers, make_headers
from extract.server.hosts import parse_embedders
from extract.server.live import Live
from extract.server.pictures import MOST_KEPT, NARROW, make_picture_routes
from extract.server.snapshot import Snapshot
from tests.conftest import REPOSITORY
from tests.page.test_pictures import read_links, read_size, read_texts
from tests.server.asgi import PAGE
from tests.server.live_data import load_today
from tests.server.test_downloads import ask

Get: TypeAlias = Callable[..., httpx.Response]


class CountingDrawer(Drawer):
    """Draws as the server's own does, and notes what it has drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[tuple[str, str, int]] = []

    def draw(self, order: Order) -> bytes:
        self.drawn.append((order.picture.title, order.form, order.width))
        return super().draw(order)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return Live(REPOSITORY, load=load_today, settle=0).look()


@pytest.fixture(scope="module")
def drawer() -> Iterator[CountingDrawer]:
    drawer = CountingDrawer()
    yield drawer
    drawer.close()


@pytest.fixture(scope="module")
def get(snapshot: Snapshot, drawer: CountingDrawer) -> Get:
    """What answers a request for an address, with headers by name."""
    app = Starlette(routes=make_picture_routes(lambda: snapshot, drawer, is_framed=True))
    return lambda address, **headers: asyncio.run(ask(app, address, **headers))


def test_a_topics_picture_says_where_it_comes_from_and_leads_there(get: Get, snapshot: Snapshot) -> None:
    answer = get("/chart.svg?topic=models&lang=vi&theme=dark&width=640")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml; charset=utf-8")
    assert answer.headers["content-disposition"] == 'inline; filename="models.svg"'
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["etag"].startswith(f'"{snapshot.version}-')
    texts = read_texts(answer.text)
    assert "228 mô hình tự quản" in texts
    assert "Số liệu theo các bài báo này, không phải thống kê chính thức." in texts
    assert texts[-1].startswith("http://localhost/?topic=models&lang=vi · ")
    assert all(link.startswith("http://localhost/?") for link in read_links(answer.text))
    assert answer.text.count('target="_blank"') == answer.text.count("<a ")


def test_nobody_but_a_proxy_that_is_named_says_where_the_links_lead(get: Get) -> None:
    answer = get("/chart.svg?topic=models", **{"x-forwarded-proto": "https"})
    assert all(link.startswith("http://localhost/?") for link in read_links(answer.text))


@pytest.mark.parametrize(("query", "size"), [("", 800), ("&width=320", 320), ("&width=500&scale=3", 1500)])
def test_a_png_is_as_wide_as_it_is_asked_for(get: Get, query: str, size: int) -> None:
    answer = get(f"/chart.png?chart=timeline{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert answer.headers["content-disposition"] == 'inline; filename="timeline.png"'
    width, height = read_size(answer.content)
    assert width == size
    assert height > width / 4


def test_a_picture_is_drawn_once_for_a_state_of_the_data(get: Get, drawer: CountingDrawer) -> None:
    address = "/chart.svg?topic=standards&width=777"
    first, second = get(address), get(address)
    assert first.content == second.content
    assert [width for _, _, width in drawer.drawn].count(777) == 1
    again = get(address, **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert len(first.content) < MOST_KEPT


LANGS_ARE = "use en, vi"
FILTERS_ARE = "use province, topic, measure, indicator, unit, nature, coverage, article, figure, year, period, hedge, q"


@pytest.mark.parametrize("path", ["/chart.svg", "/chart.png", "/chart", "/embed"])
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("colour=red", f"there is no filter 'colour': {FILTERS_ARE}"),
        ("width=319", "width '319' is unknown: use a whole number of pixels, 320 to 2000"),
        ("width=2001", "width '2001' is unknown: use a whole number of pixels, 320 to 2000"),
        ("width=٨٠٠", "width '٨٠٠' is unknown: use a whole number of pixels, 320 to 2000"),
        ("width=1e3", "width '1e3' is unknown: use a whole number of pixels, 320 to 2000"),
        ("theme=sepia", "theme 'sepia' is unknown: use light, dark"),
        ("lang=fr", f"lang 'fr' is unknown: {LANGS_ARE}"),
        ("scale=0", "scale '0' is unknown: use 1, 2, 3"),
        (
            "chart=x",
            "chart 'x' is unknown: use timeline, or a name from a link under a chart (across, report, pair, share)",
        ),
        ("topic=models,forces", "a picture shows one topic: name one, or a chart"),
        ("topic=models&topic=forces", "a filter stands twice: join its values by commas"),
        ("theme=&lang=", f"lang '' is unknown: {LANGS_ARE}\ntheme '' is unknown: use light, dark"),
        (
            "chart=share.ha-tinh-2021-smuggling-cases",
            "chart 'share.ha-tinh-2021-smuggling-cases' is not there: no such chart shows these figures together",
        ),
    ],
)
def test_what_is_unknown_is_refused_in_a_plain_sentence(get: Get, path: str, query: str, message: str) -> None:
    answer = get(f"{path}?{query}")
    assert (answer.status_code, answer.text) == (400, f"{message}\n")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_what_only_counts_readers_asks_for_the_same_picture(get: Get) -> None:
    plain = get("/chart.svg?chart=timeline&width=640")
    assert get("/chart.svg?utm_source=a&chart=timeline&utm_source=b&width=640&fbclid=c").text == plain.text


def test_a_picture_of_nothing_is_a_picture(get: Get) -> None:
    answer = get("/chart.svg?province=kon-tum&topic=seizures&lang=vi")
    assert answer.status_code == 200
    assert "Không có số liệu nào phù hợp với bộ lọc." in read_texts(answer.text)


def test_after_the_process_that_draws_has_ended_another_draws(get: Get, drawer: CountingDrawer) -> None:
    get("/chart.svg?chart=timeline&width=611")
    process = drawer._process
    assert process is not None
    process.kill()
    process.wait()
    assert get("/chart.svg?chart=timeline&width=612").status_code == 200
    assert drawer._process is not process


def test_a_frame_holds_a_wide_and_a_narrow_picture_and_no_script(get: Get, drawer: CountingDrawer) -> None:
    answer = get("/embed?topic=forces&lang=en&theme=dark&width=700")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.startswith('<!doctype html>\n<html lang="en">')
    assert "<script" not in answer.text
    assert [f'width="{width}"' in answer.text for width in (700, NARROW)] == [True, True]
    assert (
        "http://localhost/?topic=forces&amp;lang=en&amp;figure=khanh-hoa-2016-commune-police-boards" not in answer.text
    )
    assert 'xlink:href="http://localhost/?figure=khanh-hoa-2016-' in answer.text


def test_a_sheet_gives_the_code_to_embed_and_a_citation(get: Get) -> None:
    text = get("/chart?topic=forces&lang=en").text
    assert (
        "&lt;a href=&#34;http://localhost/?topic=forces&amp;amp;lang=en&#34;&gt;&lt;img src=&#34;http://localhost/chart.png"
        "?topic=forces&amp;amp;lang=en&amp;amp;width=800&amp;amp;scale=2&#34; width=&#34;800&#34; alt=&#34;Forces&#34;"
    ) in text
    assert "&lt;iframe src=&#34;http://localhost/embed?topic=forces&amp;amp;lang=en&amp;amp;width=800&#34;" in text
    assert "“Forces”. Reported figures. Sources: Khánh Hòa provincial police — Khánh Hòa newspaper" in text


def test_without_leave_to_frame_no_frame_is_offered(snapshot: Snapshot, drawer: CountingDrawer) -> None:
    app = Starlette(routes=make_picture_routes(lambda: snapshot, drawer))
    text = asyncio.run(ask(app, "/chart?topic=forces&lang=en")).text
    assert "chart.png" in text
    assert "iframe" not in text


# Who may show and frame them


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("", ()),
        ("*", ("*",)),
        ("https://News.example, https://*.example.org:8443", ("https://news.example", "https://*.example.org:8443")),
    ],
)
def test_a_setting_names_the_origins_that_may_frame_charts(text: str, origins: tuple[str, ...]) -> None:
    assert parse_embedders(text) == origins


@pytest.mark.parametrize(
    "text", ["news.example", "https://news.example/path", "https://a;script-src", "'self'", "null"]
)
def test_a_setting_that_names_no_origin_is_refused(text: str) -> None:
    reason = "is no origin: write such as https://news.example, https://*.news.example or *"
    with pytest.raises(ValueError, match=r"^FIGURES_EMBED: ") as raised:
        parse_embedders(text)
    assert str(raised.value) == f"FIGURES_EMBED: {text!r} {reason}"


def test_only_where_origins_are_named_a_frame_has_headers_of_its_own() -> None:
    assert make_frame_headers(()) == {}
    headers = {**make_headers(PAGE), **make_frame_headers(("https://news.example",))}
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors https://news.example"
    )
    assert headers["x-frame-options"] == ""
