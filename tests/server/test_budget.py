"""What one client may ask for over all its sockets, and in which order its sockets get it."""

import asyncio
from asyncio import Task

from starlette.types import Receive, Scope, Send

from extract.server.budget import BURST, CLIENT_BURST, CLIENT_RATE, DEMANDING_RATE, RATE, Pace
from extract.server.guard import Guard
from extract.server.limits import Limits
from tests.conftest import REPOSITORY
from tests.server.asgi import ASSETS, PAGE, Socket, make_rerun, make_scope, run_hurried, say

ONE, OTHER = "192.0.2.1", "192.0.2.2"


class Visits:
    """Clients' sockets at a guard; `runs` names the sockets that were let through, in order."""

    def __init__(self) -> None:
        clock = asyncio.get_running_loop().time
        self.runs: list[Socket] = []
        self._guard = Guard(self._serve, page=PAGE, assets=ASSETS, limits=Limits(1000, 1000), clock=clock)
        self._tasks: dict[Socket, Task[None]] = {}

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        while (await receive())["type"] != "websocket.disconnect":
            self.runs.append(scope["test.socket"])

    def open(self, client: str, count: int = 1) -> list[Socket]:
        """Open so many sockets of a client."""
        sockets = [Socket() for _ in range(count)]
        for socket in sockets:
            scope = make_scope(client=(client, 1)) | {"test.socket": socket}
            self._tasks[socket] = asyncio.create_task(self._guard(scope, socket.receive, socket.send))
        return sockets

    async def close(self, sockets: list[Socket]) -> None:
        for socket in sockets:
            socket.inbound.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.gather(*(self._tasks.pop(socket) for socket in sockets))

    def ask(self, sockets: list[Socket]) -> None:
        """Let each of some sockets ask for a run."""
        for socket in sockets:
            socket.inbound.put_nowait(say(make_rerun(1)))

    async def ask_on(self, sockets: list[Socket], seconds: int, rate: int = 5) -> None:
        """Let each of some sockets ask for so many runs a second."""
        for _ in range(seconds * rate):
            self.ask(sockets)
            await asyncio.sleep(1 / rate)

    async def count(self, seconds: float) -> int:
        """Return how many runs are let through in the next seconds."""
        before = len(self.runs)
        await asyncio.sleep(seconds)
        return len(self.runs) - before


def test_all_sockets_of_a_client_share_what_one_client_may_ask_for() -> None:
    async def drive() -> None:
        visits = Visits()
        visits.ask(visits.open(ONE, 240))
        assert await visits.count(0.01) == CLIENT_BURST
        assert await visits.count(1) == CLIENT_RATE
        visits.ask(visits.open(OTHER, 1))
        assert await visits.count(0.01) == 1

    run_hurried(drive)


def test_sockets_that_ask_without_waiting_share_what_one_of_them_may_ask_for() -> None:
    async def drive() -> None:
        visits = Visits()
        flood = visits.open(ONE, 30)
        await visits.ask_on(flood, seconds=10)
        before = len(visits.runs)
        await visits.ask_on(flood, seconds=10)
        assert abs(len(visits.runs) - before - 10 * DEMANDING_RATE) <= 1

    run_hurried(drive)


def test_behind_one_address_a_reader_who_waits_for_each_answer_comes_first() -> None:
    async def drive() -> None:
        visits = Visits()
        flood = visits.open(ONE, 240)
        flooding = asyncio.create_task(visits.ask_on(flood, seconds=20))
        await asyncio.sleep(10)
        reader = visits.open(ONE)
        for _ in range(10):
            visits.ask(reader)
            await asyncio.sleep(0.1)
            assert reader[0] in visits.runs
            visits.runs.clear()
            await asyncio.sleep(0.5)
        await flooding

    run_hurried(drive)


def test_demanding_sockets_take_turns() -> None:
    async def drive() -> None:
        visits = Visits()
        flood = visits.open(ONE, 20)
        await visits.ask_on(flood, seconds=10)
        visits.runs.clear()
        await visits.ask_on(flood, seconds=8)
        assert {visits.runs.count(socket) for socket in flood} <= {1, 2, 3}

    run_hurried(drive)


def test_who_goes_and_comes_back_may_not_ask_for_more() -> None:
    async def drive() -> None:
        visits = Visits()
        first = visits.open(ONE, CLIENT_BURST)
        visits.ask(first)
        await asyncio.sleep(0.01)
        await visits.close(first)
        visits.ask(visits.open(ONE, CLIENT_BURST))
        assert await visits.count(0.5) == CLIENT_RATE / 2

    run_hurried(drive)


def test_a_socket_that_goes_leaves_its_turn_to_the_others() -> None:
    async def drive() -> None:
        visits = Visits()
        sockets = visits.open(ONE, CLIENT_BURST + 10)
        visits.ask(sockets)
        await asyncio.sleep(0.01)
        *others, last = (socket for socket in sockets if socket not in visits.runs)
        await visits.close(others)
        await asyncio.sleep(1.5 / CLIENT_RATE)
        assert visits.runs[CLIENT_BURST:] == [last]

    run_hurried(drive)


def test_one_socket_alone_asks_no_faster_than_a_hand_clicks() -> None:
    async def drive() -> None:
        visits = Visits()
        socket = visits.open(ONE)
        await visits.ask_on(socket, seconds=4, rate=50)
        assert BURST + 4 * RATE - 1 <= len(visits.runs) <= BURST + 4 * RATE

    run_hurried(drive)


def test_a_client_that_downloads_without_end_waits_and_another_does_not() -> None:
    async def drive() -> None:
        clock = asyncio.get_running_loop().time
        pace, begun = Pace(burst=100, rate=20, clock=clock), clock()
        waited = []
        for client, size in ((ONE, 60), (ONE, 60), (ONE, 10), (OTHER, 1), (ONE, 0.001), (OTHER, 1)):
            await pace.wait(client)
            pace.take(client, size)
            waited.append(round(clock() - begun, 2))
        assert waited == [0, 0, 1.05, 1.05, 1.55, 1.55]

    run_hurried(drive)


def test_the_readme_says_what_one_client_gets() -> None:
    readme = " ".join((REPOSITORY / "README.md").read_text("utf-8").split())
    assert f"{CLIENT_BURST} runs of the page at once, then {CLIENT_RATE:.0f} a second" in readme
    assert f"those of its sockets that ask without waiting for answers share {DEMANDING_RATE:.0f}." in readme
