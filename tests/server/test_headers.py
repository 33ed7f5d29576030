"""The security headers: which they are, and which scripts may run."""

from extract.server.headers import make_asset_headers, make_headers, make_policy
from tests.server.asgi import ASSET_HEADERS, PAGE, SECURITY_HEADERS


def test_security_headers_are_these() -> None:
    assert make_headers(PAGE) == SECURITY_HEADERS


def test_a_file_of_the_page_does_nothing_where_it_is_opened_by_itself() -> None:
    assert make_asset_headers() == ASSET_HEADERS


def test_only_inline_scripts_get_a_hash() -> None:
    policy = make_policy("<script src='a.js'></script><p>1</p><script type=module>1</script><style>2</style>")
    assert policy.split("; ")[1] == "script-src 'self' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
