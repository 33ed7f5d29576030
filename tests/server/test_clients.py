"""Who asks: clients by their address, proxies by the operator's word, and as many sockets as files may be open."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from extract.server.clients import find_client, parse_proxies
from extract.server.limits import SOCKETS, Limits, size_limits
from tests.conftest import REPOSITORY
from tests.server.test_guard import open_socket
from tests.servers import LONGEST_ANSWER, Server, serve

FILES = 256 + 4 * 8
"""Open files that leave room for eight pages, two of one client."""


@pytest.mark.parametrize("text", ["localhost", "10.0.0.7:80", "*", "10.0.0.0/33", "10.0.0.1/24", "proxy.example"])
def test_what_is_no_address_or_network_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"FIGURES_PROXIES: .* is no address or network: write such as 10\.0\.0\.7"):
        parse_proxies(text)


def test_proxies_are_addresses_and_networks() -> None:
    assert parse_proxies("127.0.0.1, ::1 10.0.0.0/8") == ["127.0.0.1", "::1", "10.0.0.0/8"]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("unknown", "192.0.2.1", False),
        (None, "", True),
    ],
)
def test_a_client_is_an_ipv4_address_or_an_ipv6_network(one: str | None, other: str, is_same: bool) -> None:
    assert (find_client(one) == find_client(other)) is is_same


@pytest.mark.parametrize(
    ("files", "limits"),
    [
        (-1, Limits()),
        (1_000_000, Limits(SOCKETS, SOCKETS // 4, 1_000_000)),
        (1024, Limits(192, 48, 1024)),
        (FILES, Limits(8, 2, FILES)),
        (64, Limits(1, 1, 64)),
    ],
)
def test_there_are_as_many_pages_as_files_may_be_open(files: int, limits: Limits) -> None:
    assert size_limits(files) == limits


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(REPOSITORY, env={"FIGURES_PROXIES": "127.0.0.9"}, files=FILES) as running:
        yield running


def test_the_server_says_its_limits_in_one_line(server: Server) -> None:
    said = [line for line in server.log.read_text("utf-8").splitlines() if "open" in line and "browser" not in line]
    assert said == [f"Up to 8 open pages, 2 of one client: {FILES} files may be open"]


def count_accepted(server: Server, forwarded: list[str], address: str) -> int:
    """Return how many sockets are accepted from an address, each with what it says of who asks."""
    with ExitStack() as opened:
        for number, each in enumerate(forwarded):
            try:
                opened.enter_context(open_socket(server, address=address, **{"x-forwarded-for": each}))
            except InvalidStatus as refused:
                return number if refused.response.status_code == 503 else -1
    return len(forwarded)


def expect_accepted(server: Server, forwarded: list[str], address: str, accepted: int) -> None:
    """Wait until so many sockets are accepted: those closed just before make room in a moment, and never for more."""
    deadline = time.monotonic() + LONGEST_ANSWER
    while (found := count_accepted(server, forwarded, address)) != accepted:
        assert 0 <= found < accepted
        assert time.monotonic() < deadline, f"{found} accepted"
        time.sleep(0.1)


def test_who_asks_is_believed_from_named_proxies_only(server: Server) -> None:
    clients = [f"192.0.2.{number}" for number in range(8)]
    expect_accepted(server, clients, "127.0.0.1", 2)
    expect_accepted(server, clients, "127.0.0.9", 8)
    # A client can say what it likes before the proxy adds its address.
    expect_accepted(server, [f"{client}, 198.51.100.1" for client in clients], "127.0.0.9", 2)


def test_that_the_page_is_read_over_tls_is_believed_from_named_proxies_only(server: Server) -> None:
    links: dict[str, str] = {}
    for address in ("127.0.0.1", "127.0.0.9"):
        transport = httpx.HTTPTransport(local_address=address)
        with httpx.Client(transport=transport, timeout=LONGEST_ANSWER) as client:
            query = {"figure": "ha-tinh-2021-drug-cases"}
            text = client.get(f"{server.url}/claim", params=query, headers={"x-forwarded-proto": "https"}).text
            links[address] = re.findall(r"hidden>(\w+)://127", text)[0]
    assert links == {"127.0.0.1": "http", "127.0.0.9": "https"}


def test_pages_beyond_the_limit_are_refused_and_nothing_runs_out(server: Server) -> None:
    expect_accepted(server, [f"192.0.2.{number}" for number in range(20)], "127.0.0.9", 8)
    assert "Too many open files" not in server.log.read_text("utf-8")
