"""What a socket may send: kinds, sizes and rates, up to the app that receives it."""

import asyncio

import pytest
from starlette.types import Message

from extract.server.budget import BURST
from extract.server.guard import Guard
from extract.server.inbox import LARGEST_MESSAGE, MOST_SUPERSEDED
from tests.server.asgi import (
    ASSETS,
    FORBIDDEN_KINDS,
    PAGE,
    App,
    Clock,
    Socket,
    make_message,
    make_rerun,
    make_scope,
    relay,
    say,
)


def test_a_burst_passes_untouched_and_in_order() -> None:
    app, sent = App(), [make_rerun(number) for number in range(BURST)]
    bye: Message = {"type": "websocket.disconnect", "code": 1001}

    async def drive() -> None:
        socket = Socket()
        serving = asyncio.create_task(
            Guard(app, page=PAGE, assets=ASSETS, clock=Clock())(make_scope(), socket.receive, socket.send)
        )
        for number, raw in enumerate(sent):
            await socket.inbound.put(say(raw))
            while len(app.received) <= number:
                await asyncio.sleep(0)
        await socket.inbound.put(bye)
        await serving

    asyncio.run(asyncio.wait_for(drive(), 20))
    assert app.received == sent
    assert app.code == 1001


def test_beyond_the_limit_the_newest_rerun_is_what_remains() -> None:
    clock, app = Clock(), App(most=BURST + 1)

    async def drive() -> None:
        socket = Socket()
        serving = asyncio.create_task(
            Guard(app, page=PAGE, assets=ASSETS, clock=clock)(make_scope(), socket.receive, socket.send)
        )
        for number in range(BURST):
            await socket.inbound.put(say(make_rerun(number)))
            while len(app.received) <= number:
                await asyncio.sleep(0)
        for number in range(BURST, BURST + 50):
            await socket.inbound.put(say(make_rerun(number)))
        while not socket.inbound.empty():
            await asyncio.sleep(0)
        clock.now += 1
        await serving

    asyncio.run(asyncio.wait_for(drive(), 20))
    assert app.received[-1] == make_rerun(BURST + 49)


def test_a_flood_ends_its_socket() -> None:
    app = App()
    socket = Socket(*(say(make_rerun(number)) for number in range(BURST + MOST_SUPERSEDED + 50)))
    relay(app, socket, Clock())
    assert socket.outbound == [
        {"type": "websocket.accept"},
        {"type": "websocket.close", "code": 1008, "reason": "too many messages"},
    ]
    assert app.code == 1008


@pytest.mark.parametrize(
    ("message", "code", "reason"),
    [
        ({"type": "websocket.receive", "text": "hello"}, 1003, "a text message"),
        (say(b"\xff\xff"), 1002, "a message of another protocol"),
        (say(b"Z" * (LARGEST_MESSAGE + 1)), 1009, "a message too large"),
    ],
)
def test_a_message_of_another_protocol_ends_its_socket(message: Message, code: int, reason: str) -> None:
    app, socket = App(), Socket(message)
    relay(app, socket, Clock())
    assert socket.outbound[1:] == [{"type": "websocket.close", "code": code, "reason": reason}]
    assert app.received == []


def test_forbidden_messages_never_reach_the_app() -> None:
    app = App()
    forbidden = [say(make_message(kind)) for kind in FORBIDDEN_KINDS]
    socket = Socket(*forbidden, say(make_rerun(1)))
    app.most = 1
    relay(app, socket, Clock())
    assert app.received == [make_rerun(1)]


def test_the_app_receives_what_was_understood_of_a_message() -> None:
    app = App(most=1)
    relay(app, Socket(say(make_message("clear_cache") + make_rerun(1) + b"\xa2\x06\x01x")), Clock())
    assert app.received == [make_rerun(1)]
