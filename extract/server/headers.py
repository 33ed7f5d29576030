"""The security headers that every response carries."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # Streamlit's components write their styles into the page
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_PERMISSIONS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


def make_policy(page: str) -> str:
    """Return the content security policy of an HTML page: its own inline scripts run, by their hash, and no others.

    >>> make_policy("<script>1</script>").split("; ")[1]
    "script-src 'self' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
    """
    digests = [hashlib.sha256(script.encode()).digest() for script in _INLINE_SCRIPT.findall(page)]
    scripts = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return "; ".join(f"{name} {value}{scripts if name == 'script-src' else ''}" for name, value in _POLICY.items())


def make_headers(page: str) -> dict[str, str]:
    """Return the security headers of a server whose page is this HTML."""
    return {
        "content-security-policy": make_policy(page),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": ", ".join(f"{name}=()" for name in _PERMISSIONS),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }


def make_asset_headers() -> dict[str, str]:
    """Return the security headers of the files that a page loads: a first visit loads a hundred of them.

    The page's policy and permissions hold for documents, and say nothing to a page that loads a script or a font. A
    file that is opened by itself may do nothing at all.
    """
    return {
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }


SHOWN_ANYWHERE: Mapping[str, str] = {"cross-origin-resource-policy": "cross-origin"}
"""In place of the usual headers where other sites may show an answer, as they show pictures."""


def make_frame_headers(origins: Sequence[str]) -> Mapping[str, str]:
    """Return what stands in place of the usual headers of a page without scripts that some origins may frame.

    An empty text leaves a header out. Without origins nothing is in place of any.
    """
    if not origins:
        return {}
    policy = {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": " ".join(origins),
    }
    return {
        **SHOWN_ANYWHERE,
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "x-frame-options": "",
    }


def make_open_headers() -> dict[str, str]:
    """Return what lets pages of every origin read an answer, without credentials, and which of its headers they see."""
    shown = ("accept-ranges", "content-disposition", "content-length", "content-range", "etag", "last-modified", "link")
    return {
        "access-control-allow-origin": "*",
        "access-control-expose-headers": ", ".join(shown),
        "cross-origin-resource-policy": "cross-origin",
    }


def make_preflight_headers() -> dict[str, str]:
    """Return what tells a browser which requests from other origins are answered: those that only read."""
    return {
        "access-control-allow-methods": "GET, HEAD",
        "access-control-allow-headers": "cache-control, if-modified-since, if-none-match, if-range, range",
        "access-control-max-age": "86400",
    }
