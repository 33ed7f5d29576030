"""Host names and origins: read whole, or refused."""

import pytest

from extract.server.hosts import LOOPBACK, is_own_origin, parse_host, parse_hosts


def test_hosts_are_this_machines_own_and_those_named() -> None:
    assert parse_hosts("") == {"localhost", "127.0.0.1", "::1"}
    assert parse_hosts("Figures.example, b.example ::2") == LOOPBACK | {"figures.example", "b.example", "::2"}


@pytest.mark.parametrize("text", ["https://a.example", "a.example:443", "*", "*.a.example", "a_b/c", "-a"])
def test_what_is_no_host_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no host name: write names without scheme and port"):
        parse_hosts(text)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("localhost", "localhost"),
        ("LOCALHOST:8501", "localhost"),
        ("localhost.:8501", "localhost"),
        ("[::1]", "::1"),
        ("[::1]:8501", "::1"),
        ("", None),
        ("localhost:", None),
        ("localhost:x", None),
        ("user@localhost", None),
        ("localhost/evil", None),
        ("localhost evil", None),
        ("::1", None),
        ("[localhost]", None),
    ],
)
def test_host_header_is_read_whole_or_not_at_all(header: str, name: str | None) -> None:
    assert parse_host(header) == name


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://localhost:8501", "localhost:8501"),
        ("http://localhost:8501", "LOCALHOST:8501"),
        ("http://[::1]:8501", "[::1]:8501"),
        ("http://figures.example", "figures.example:80"),
        ("https://figures.example", "figures.example"),
        ("https://figures.example:443", "figures.example"),
    ],
)
def test_own_origin(origin: str, host: str) -> None:
    assert is_own_origin(origin, host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("null", "localhost:8501"),
        ("", "localhost:8501"),
        ("http://localhost:8502", "localhost:8501"),
        ("http://localhost", "localhost:8501"),
        ("http://evil.example", "localhost:8501"),
        ("http://localhost.evil.example:8501", "localhost:8501"),
        ("http://localhost:8501@evil.example", "localhost:8501"),
        ("http://x@localhost:8501", "localhost:8501"),
        ("http://localhost:8501/path", "localhost:8501"),
        ("file://localhost:8501", "localhost:8501"),
        ("http://localhost:99999", "localhost:99999"),
        ("http://[::1", "[::1]"),
    ],
)
def test_foreign_origin(origin: str, host: str) -> None:
    assert not is_own_origin(origin, host)
