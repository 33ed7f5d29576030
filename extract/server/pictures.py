"""Pictures of charts at stable addresses: `/chart.svg` and `/chart.png`, named and filtered as the page's own links do.

A chart is named by `chart`, a topic by `topic`; without either the picture is the timeline. What has been drawn is kept
as long as the data stand.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Final, NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from extract.figures.filters import NO_FILTERS, SHOWN, drop_tracking, parse_filters
from extract.page.address import Address
from extract.page.page import Page, choose_words
from extract.page.pictures import THEMES, Picture, find_height
from extract.page.views.picture import TIMELINE, compose_frame, compose_sheet, find_name_fault, make_picture
from extract.server.clients import get_client
from extract.server.drawing import PNG, SVG, Drawer, Order
from extract.server.gate import Gate
from extract.server.guard import Refusal
from extract.server.hosts import find_base
from extract.server.snapshot import Snapshot

NARROWEST, WIDEST, USUAL = 320, 2000, 800
"""Pixels that a picture is wide."""
MOST_SCALE: Final = 3
MOST_WAITING: Final = 50
"""Pictures that wait to be drawn."""
MOST_KEPT: Final = 64 * 2**20
"""Bytes of pictures of one state of the data."""
MEDIA_TYPES: Final = {SVG: "image/svg+xml; charset=utf-8", PNG: "image/png"}
PICTURES: Final = {SVG: "/chart.svg", PNG: "/chart.png"}
FRAME, SHEET = "/embed", "/chart"
NARROW: Final = 360
"""Pixels: the width of the other picture of a frame."""
CHOICES: Final[Mapping[str, Sequence[str]]] = {
    "lang": ("en", "vi"),
    "theme": tuple(THEMES),
    "scale": tuple(str(scale) for scale in range(1, MOST_SCALE + 1)),
}
"""The values that some keys of a query have, the usual one first."""
OWN_KEYS: Final = ("chart", "width", *CHOICES)


class Asked(NamedTuple):
    """What a query asks for; equal ones ask for the same picture."""

    name: str
    address: Address
    theme: str = "light"
    width: int = USUAL
    scale: int = 1


class Pictures:
    """The pictures of the data: each is drawn once for a state of the data and a day, one at a time."""

    def __init__(self, drawer: Drawer) -> None:
        """Keep nothing yet; `drawer` draws what is asked for."""
        self._drawer = drawer
        self._gate = Gate(1)
        self._kept: WeakKeyDictionary[Snapshot, OrderedDict[Hashable, bytes]] = WeakKeyDictionary()

    def is_busy(self) -> bool:
        """Tell whether too many wait already."""
        return self._gate.count_waiting() >= MOST_WAITING

    async def find(self, snapshot: Snapshot, key: Hashable, make: Callable[[], Order], client: str) -> bytes:
        """Return the picture of a key, drawn in its turn where it is not kept; ValueError where there is none."""
        kept = self._kept.setdefault(snapshot, OrderedDict())
        if key not in kept:
            async with self._gate.enter_async(client):
                if key not in kept:
                    kept[key] = await run_in_threadpool(lambda: self._drawer.draw(make()))
        kept.move_to_end(key)
        body = kept[key]
        while sum(map(len, kept.values())) > MOST_KEPT and len(kept) > 1:
            kept.popitem(last=False)
        return body


class Desk(NamedTuple):
    """All that one request needs to make a picture."""

    pictures: Pictures
    snapshot: Snapshot
    base: str
    """The page's address as its reader sees it."""
    today: date
    client: str

    async def find(self, asked: Asked, form: str) -> bytes:
        """Return a picture in one form. Raises ValueError where there is none."""
        return await self.pictures.find(
            self.snapshot,
            (asked, form, self.base, self.today),
            lambda: Order(self.make(asked), form, asked.width, asked.theme, self.base, asked.scale),
            self.client,
        )

    def make(self, asked: Asked) -> Picture:
        """Return what a picture says. Raises ValueError likewise."""
        page = make_page(self.snapshot, asked.address)
        return make_picture(page, asked.name, base=self.base, today=self.today)


Answer: TypeAlias = Callable[[Desk, Asked], Awaitable[Response]]


def make_page(snapshot: Snapshot, address: Address) -> Page:
    """Return the page that a picture is one of."""
    return Page(table=snapshot.table, words=choose_words(snapshot.wording, address.lang), address=address)


def parse_query(snapshot: Snapshot, query: Mapping[str, str]) -> Asked:
    """Return what a query asks for; ValueError says all that is unknown in it, a line each."""
    faults = [find_name_fault(snapshot.table, query.get("chart", ""))]
    faults += [
        f"{key} {query[key][:SHOWN]!r} is unknown: use {', '.join(values)}"
        for key, values in CHOICES.items()
        if query.get(key, values[0]) not in values
    ]
    width = query.get("width", str(USUAL))
    if not (width.isascii() and width.isdigit() and len(width) <= 4 and NARROWEST <= int(width) <= WIDEST):
        faults.append(f"width {width[:SHOWN]!r} is unknown: use a whole number of pixels, {NARROWEST} to {WIDEST}")
    filters = NO_FILTERS
    try:
        filters = parse_filters(snapshot.table, {key: text for key, text in query.items() if key not in OWN_KEYS})
    except ValueError as error:
        faults.append(str(error))
    if any(faults):
        raise ValueError("\n".join(fault for fault in faults if fault))
    lang, theme, scale = (query.get(key, values[0]) for key, values in CHOICES.items())
    return Asked(query.get("chart", ""), Address(filters=filters, lang=lang), theme, int(width), int(scale))


def make_picture_routes(
    get_snapshot: Callable[[], Snapshot], drawer: Drawer, *, is_framed: bool = False
) -> list[Route]:
    """Return the routes of pictures; `get_snapshot` returns the data as they stand at each request.

    `drawer` draws, and `is_framed` tells whether the operator lets other sites frame charts.
    """
    pictures = Pictures(drawer)
    answers: Mapping[str, Answer] = {
        **{path: partial(answer_picture, form) for form, path in PICTURES.items()},
        FRAME: answer_frame,
        SHEET: partial(answer_sheet, is_framed),
    }
    return [Route(path, partial(answer, get_snapshot, pictures, make)) for path, make in answers.items()]


async def answer(get_snapshot: Callable[[], Snapshot], pictures: Pictures, make: Answer, request: Request) -> Response:
    """Answer with what `make` makes of a request, or with what is wrong with it."""
    snapshot, today = await run_in_threadpool(get_snapshot), datetime.now(tz=UTC).date()
    # The day stands in the picture.
    headers = {"cache-control": "no-cache", "etag": f'"{snapshot.version}-{today}"'}
    try:
        asked = await run_in_threadpool(parse_request, snapshot, request)
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if pictures.is_busy():
            return Refusal(503, "Too many pictures at this moment. Try again in a minute.", {"retry-after": "60"})
        desk = Desk(pictures, snapshot, find_base(request), today, get_client(request.scope))
        response = await make(desk, asked)
    except ValueError as error:
        return Refusal(400, str(error))
    response.headers.update(headers)
    return response


async def answer_picture(form: str, desk: Desk, asked: Asked) -> Response:
    """Answer with a picture in one form."""
    name = asked.name or asked.address.filters.text("topic") or TIMELINE
    headers = {"content-disposition": f'inline; filename="{name}.{form}"'}
    return Response(await desk.find(asked, form), headers=headers, media_type=MEDIA_TYPES[form])


async def answer_frame(desk: Desk, asked: Asked) -> Response:
    """Answer with a picture as a page, which other sites may frame where the operator lets them."""
    picture = await run_in_threadpool(desk.make, asked)
    wide, narrow = [(await desk.find(each, SVG)).decode() for each in (asked, asked._replace(width=NARROW))]
    page = make_page(desk.snapshot, asked.address)
    return HTMLResponse(compose_frame(page, picture.title, wide=wide, narrow=narrow, theme=asked.theme))


async def answer_sheet(is_framed: bool, desk: Desk, asked: Asked) -> Response:
    """Answer with how to embed a picture and how to cite it."""
    picture = await run_in_threadpool(desk.make, asked)
    frame = find_height((await desk.find(asked, SVG)).decode()) if is_framed else 0
    page = make_page(desk.snapshot, asked.address)
    return HTMLResponse(
        compose_sheet(
            page,
            picture,
            format_asked(asked),
            width=asked.width,
            base=desk.base,
            today=desk.today,
            frame=frame,
        )
    )


def format_asked(asked: Asked) -> str:
    """Return the query that asks for a picture, at the usual scale."""
    theme = f"&theme={asked.theme}" if asked.theme != CHOICES["theme"][0] else ""
    chart = f"&chart={asked.name}" if asked.name else ""
    return f"{asked.address.to()}{chart}{theme}&width={asked.width}"


def parse_request(snapshot: Snapshot, request: Request) -> Asked:
    """Return what a request asks for; ValueError says what is wrong with it."""
    return parse_query(snapshot, drop_tracking(request.query_params.multi_items()))
