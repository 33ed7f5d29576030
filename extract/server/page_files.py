"""The page's files that Streamlit does not bring: its script, and what is made of Streamlit's style sheet and font.

Streamlit's font has 1,615 letters in 170 kB; those that Vietnamese and English are written in take 36 kB. The font of
icons, 375 kB, is loaded where an icon stands, not before. No letter is lost: what the small font does not have comes
from the whole one.
"""

import hashlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Final

from extract.server.streamlit_internals import STATIC, SheetOfStyle, read_style

BEHAVIOUR: Final = (Path(__file__).resolve().parent.parent / "page/page.js").read_bytes()
LETTERS: Final = "U+20-24F,U+300-309,U+323,U+1E00-1EFF,U+2010-2044,U+20AB-20AC,U+2190-2193,U+2212,U+2248,U+2260-2265"
"""Latin with the marks of Vietnamese, punctuation, signs of money and of comparison; a `unicode-range` of CSS."""

HELD: Final = "U+0-2714,U+2716-10FFFF"
"""All but the cross of a chosen pill, which Streamlit's font does not have: it need not be loaded to find that out."""


def add_digest(name: str, body: bytes) -> str:
    """Return a file's name with a digest of its content before the ending, so that a browser may keep it for good.

    >>> add_digest("js/page.js", b"")
    'js/page.e3b0c442.js'
    """
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(body).hexdigest()[:8]}.{ending}"


def cut_font(font: bytes, letters: str = LETTERS) -> bytes:
    """Return a font with these letters alone, as WOFF2; `letters` is a `unicode-range`. It takes most of a second."""
    # Not at every start, which it would make a tenth of a second longer.
    from fontTools.subset import Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    subsetter = Subsetter()
    subsetter.populate(unicodes=[code for part in letters.split(",") for code in parse_range(part)])
    with TTFont(BytesIO(font), lazy=True) as whole, BytesIO() as out:
        subsetter.subset(whole)
        whole.flavor = "woff2"
        whole.save(out)
        return out.getvalue()


def parse_range(part: str) -> range:
    """Return the letters that a part of a `unicode-range` names.

    >>> parse_range("U+41-43"), parse_range("U+2212")
    (range(65, 68), range(8722, 8723))
    """
    first, _, last = part.removeprefix("U+").partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


def lighten_style(style: SheetOfStyle, font: str) -> str:
    """Return Streamlit's style sheet with the small font, a file beside the whole one, before it.

    Of two faces of one font the later is asked first, and the other for what it does not have. Streamlit asks for the
    font of icons as the page starts, by the space in it: with a range that has no space, it comes when it is needed.
    """
    # Words stand in another font until this has come; the name of an icon does not.
    text = style.text_face.removesuffix("}") + ";font-display:swap}"
    whole, icons = limit(text, HELD), limit(style.icon_face, "U+21-10FFFF")
    light = limit(text.replace(Path(style.font).name, font), LETTERS)
    return style.text.replace(style.text_face, whole + light).replace(style.icon_face, icons)


def limit(face: str, letters: str) -> str:
    """Return a rule for a font that is loaded for these letters only."""
    return face.removesuffix("}") + f";unicode-range:{letters}}}"


_STYLE: Final = read_style()
_FONT: Final = add_digest(_STYLE.font, LETTERS.encode())
_LIGHT_STYLE: Final = lighten_style(_STYLE, Path(_FONT).name).encode()

SCRIPT: Final = add_digest("static/js/page.js", BEHAVIOUR)
REPLACED: Final[Mapping[str, str]] = MappingProxyType(
    {_STYLE.font: _FONT, _STYLE.name: add_digest(_STYLE.name, _LIGHT_STYLE)}
)
"""What the page loads in place of files of Streamlit's, by their names, such as `static/css/index.css`."""
MADE: Final[Mapping[str, Callable[[], bytes]]] = MappingProxyType(
    {
        f"/{SCRIPT}": lambda: BEHAVIOUR,
        f"/{REPLACED[_STYLE.name]}": lambda: _LIGHT_STYLE,
        f"/{_FONT}": lambda: cut_font((STATIC / _STYLE.font).read_bytes()),
    }
)
"""What gives each of these files, by its address."""
