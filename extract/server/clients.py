"""Who asks: whose word on that is believed, and how much each client holds and may ask for."""

import ipaddress
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from starlette.types import Scope

from extract.server.budget import Budget

IPV6_NETWORK: Final = 64
"""Bits of an IPv6 address that tell clients apart: the rest is the client's own to choose."""


def parse_proxies(text: str) -> list[str]:
    """Return the addresses and networks that a setting lists: `10.0.0.7, 192.0.2.0/24`.

    Raises ValueError for anything else: a name, or an address with a port.
    """
    proxies = text.replace(",", " ").split()
    for proxy in proxies:
        try:
            ipaddress.ip_network(proxy)
        except ValueError:
            reason = "is no address or network: write such as 10.0.0.7 or 192.0.2.0/24"
            raise ValueError(f"FIGURES_PROXIES: {proxy!r} {reason}") from None
    return proxies


def find_client(address: str | None) -> str:
    """Return what tells a client from others: its IPv4 address, or the network of its IPv6 address.

    >>> find_client("192.0.2.1"), find_client("::ffff:192.0.2.1"), find_client("2001:db8::1:2:3:4"), find_client(None)
    ('192.0.2.1', '192.0.2.1', '2001:db8::/64', '')
    """
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, IPV6_NETWORK), strict=False))


def get_client(scope: Scope) -> str:
    """Return the client of a connection, as `find_client` names it."""
    return find_client(scope["client"][0] if scope.get("client") else None)


class _Client:
    def __init__(self, clock: Callable[[], float]) -> None:
        self.sockets = 0
        self.budget = Budget(clock)


class Clients:
    """The clients that have sockets, or asked for something so lately that it still counts."""

    def __init__(self, clock: Callable[[], float], most: int, most_of_one: int) -> None:
        """Allow `most` sockets in all and `most_of_one` of each client; `clock` counts seconds."""
        self._clock = clock
        self._most = most
        self._most_of_one = most_of_one
        self._clients: dict[str, _Client] = {}
        self._sockets = 0

    def has_place(self, client: str) -> bool:
        """Tell whether a client may open another socket."""
        known = self._clients.get(client)
        return self._sockets < self._most and (known is None or known.sockets < self._most_of_one)

    @contextmanager
    def hold_socket(self, client: str) -> Iterator[Budget]:
        """Count a client's socket for the length of a `with` block, and give the budget that it shares."""
        known = self._clients.setdefault(client, _Client(self._clock))
        known.sockets += 1
        self._sockets += 1
        try:
            yield known.budget
        finally:
            known.sockets -= 1
            self._sockets -= 1
            self._forget()

    def _forget(self) -> None:
        """Forget who has no socket; not at once, or coming back would renew what a client may ask for."""
        gone = [name for name, each in self._clients.items() if not each.sockets and each.budget.is_full()]
        for name in gone:
            del self._clients[name]
