"""Pictures of charts: a chart's spec goes in, SVG or PNG comes out, with the words that it must not be parted from.

`vl_convert` draws with Vega itself, as the page does. It holds the interpreter while it draws and takes 90 MB, so the
server draws in a process of its own; this module is all that such a process needs.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import vl_convert

FONTS: Final = Path(__file__).resolve().parent / "fonts"
FAMILY: Final = "Source Sans Pro"
REGULAR, SEMIBOLD = 400, 600
WEIGHTS: Final = {REGULAR: FONTS / "SourceSansPro-Regular.ttf", SEMIBOLD: FONTS / "SourceSansPro-Semibold.ttf"}

MARGIN: Final = 24
"""Pixels around a picture."""

_ROOT = re.compile(r'<svg [^>]*?width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"')
_TARGET = re.compile(r'(?P<path><path aria-label="(?P<alt>[^"]*)"[^>]*)/>')
# What vl_convert takes for the address of a page whose spec has relative links.
_OWN_BASE = 'xlink:href="https://vega.github.io/vega-datasets/'


class Theme(NamedTuple):
    """The colours of a picture, as in `page.css`."""

    ink: str
    soft: str
    line: str
    ground: str


THEMES: Final[Mapping[str, Theme]] = {
    "light": Theme(ink="#1c2733", soft="#566270", line="#d9dee4", ground="#ffffff"),
    "dark": Theme(ink="#e7ebef", soft="#a7b2be", line="#343d47", ground="#14191f"),
}


class Style(NamedTuple):
    """How a line of words stands in a picture, in pixels."""

    size: int
    weight: int
    height: int
    above: int
    """What parts it from the line above."""
    is_soft: bool = False


STYLES: Final[Mapping[str, Style]] = {
    "title": Style(22, SEMIBOLD, 28, 0),
    "head": Style(16, SEMIBOLD, 22, 16),
    "name": Style(14, SEMIBOLD, 20, 12),
    "number": Style(20, SEMIBOLD, 26, 8),
    "text": Style(14, REGULAR, 20, 4),
    "soft": Style(14, REGULAR, 20, 2, is_soft=True),
    "small": Style(13, REGULAR, 18, 4, is_soft=True),
}


class Line(NamedTuple):
    """Words of a picture, in as many lines as they need."""

    style: str
    """One of `STYLES`."""
    text: str
    href: str = ""
    colour: str = ""
    """Of the bar above them, which is a province's."""


class Rule(NamedTuple):
    """A thin line across a picture."""


def draw_svg(spec: Mapping[str, Any], *, width: int, theme: str) -> str:
    """Return a chart of `extract.page.charts` as SVG of a width in pixels; its words stay words.

    Its ground is left open, its links are those of the spec, and `theme` is one of `THEMES`. A mark says its text
    alternative where a mouse rests on it.
    """
    _register_fonts()
    colours = THEMES[theme]
    config = spec["config"]
    coloured = {
        **config,
        "text": {**config["text"], "color": colours.ink},
        "style": {"detail": {"color": colours.soft}},
    }
    # Nothing is fetched: the spec holds its data.
    drawn = vl_convert.vegalite_to_svg({**spec, "width": width, "config": coloured}, allowed_base_urls=[])
    return _TARGET.sub(r"\g<path>><title>\g<alt></title></path>", drawn.replace(_OWN_BASE, 'xlink:href="'))


def draw_png(svg: str, *, scale: float = 1) -> bytes:
    """Return an SVG as PNG, `scale` pixels of it for each of its own."""
    _register_fonts()
    png: bytes = vl_convert.svg_to_png(svg, scale=scale)
    return png


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))
