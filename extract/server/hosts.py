"""Under which names the server answers, and which pages may open its socket."""

import re
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})

_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_HOST_HEADER = re.compile(r"(?:\[(?P<ipv6>[0-9a-fA-F:.]+)\]|(?P<name>[A-Za-z0-9._-]+))(?::(?P<port>[0-9]{1,5}))?")
_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
_PORTS = {"http": 80, "https": 443}


def parse_hosts(text: str) -> frozenset[str]:
    """Return the host names that a setting lists, besides this machine's own: `figures.example, www.figures.example`.

    Raises ValueError for anything but names and addresses without port.
    """
    hosts = frozenset(text.replace(",", " ").lower().split())
    for host in sorted(hosts):
        if not _HOST_NAME.fullmatch(host) and parse_host(f"[{host}]") is None:
            raise ValueError(f"FIGURES_HOSTS: {host!r} is no host name: write names without scheme and port")
    return hosts | LOOPBACK


def parse_embedders(text: str) -> tuple[str, ...]:
    """Return the origins that a setting lets frame charts: `https://news.example, https://*.example.org`, or `*`.

    Raises ValueError for anything else.

    >>> parse_embedders("https://news.example, https://*.example.org:8443")
    ('https://news.example', 'https://*.example.org:8443')
    """
    origins = tuple(text.replace(",", " ").lower().split())
    for origin in origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            reason = "is no origin: write such as https://news.example, https://*.news.example or *"
            raise ValueError(f"FIGURES_EMBED: {origin!r} {reason}")
    return origins


def parse_host(header: str) -> str | None:
    """Return the name in a Host header, in small letters, without port; None where it is malformed.

    >>> parse_host("LocalHost:8501"), parse_host("[::1]:8501"), parse_host("a@b"), parse_host("a:b")
    ('localhost', '::1', None, None)
    """
    match = _HOST_HEADER.fullmatch(header)
    return (match["ipv6"] or match["name"]).lower().removesuffix(".") if match else None


def is_own_origin(origin: str, host: str) -> bool:
    """Tell whether a browser's Origin header names the page of this Host header.

    >>> is_own_origin("http://localhost:8501", "localhost:8501"), is_own_origin("https://a.example", "a.example:443")
    (True, True)
    >>> is_own_origin("null", "localhost:8501"), is_own_origin("http://localhost:9000", "localhost:8501")
    (False, False)
    """
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return False
    default = _PORTS.get(parts.scheme)
    if default is None or parts.hostname is None or parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        return False
    asked = _HOST_HEADER.fullmatch(host)
    return (
        asked is not None and parts.hostname == parse_host(host) and (port or default) == int(asked["port"] or default)
    )


def find_base(request: Request) -> str:
    """Return the page's address as its reader sees it; a proxy that is believed has said whether it speaks TLS."""
    return f"{request.url.scheme}://{request.headers['host']}/"
