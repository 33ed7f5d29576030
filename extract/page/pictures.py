"""Pictures of charts: a chart's spec goes in, SVG or PNG comes out, with the words that it must not be parted from.

`vl_convert` draws with Vega itself, as the page does. It holds the interpreter while it draws and takes 90 MB, so the
server draws in a process of its own; this module is all that such a process needs.
"""

import base64
import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import vl_convert
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from markupsafe import Markup

FONTS: Final = Path(__file__).resolve().parent / "fonts"
REGULAR, SEMIBOLD = 400, 600
FILES: Final = {REGULAR: FONTS / "SourceSansPro-Regular.ttf", SEMIBOLD: FONTS / "SourceSansPro-Semibold.ttf"}

MARGIN: Final = 24
BAR: Final = 4
"""Pixels: around a picture, and the height of a province's bar."""
MOST_PIXELS: Final = 32_000_000
"""Of a PNG: four bytes each are held while it is drawn."""

_ROOT = re.compile(r'<svg (?P<rest>[^>]*?width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"[^>]*)>')
_TARGET = re.compile(r'(?P<path><path aria-label="(?P<alt>[^"]*)"[^>]*)/>')
# A way for a mouse alone: what cannot be heard must not take the focus.
_WAY = re.compile(r'(?P<way><a xlink:href="[^"]*")><path(?! aria-label)')
_FADE = re.compile(r'(?P<before>id="|url\(#)gradient_(?P<number>\d+)')
_OWN_BASE = "https://vega.github.io/vega-datasets/"
"""What vl_convert makes of relative links."""


class TooLargeError(ValueError):
    """A PNG would have too many pixels; the message says what to do."""


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
    """How words stand in a picture, in pixels."""

    size: int
    weight: int
    height: int
    """Of a line."""
    above: int
    """What parts them from what stands above."""
    is_soft: bool = False


STYLES: Final[Mapping[str, Style]] = {
    "title": Style(22, SEMIBOLD, 28, 0),
    "head": Style(16, SEMIBOLD, 22, 20),
    "name": Style(14, SEMIBOLD, 20, 12),
    "number": Style(20, SEMIBOLD, 26, 8),
    "text": Style(14, REGULAR, 20, 4),
    "soft": Style(14, REGULAR, 20, 2, is_soft=True),
    "small": Style(13, REGULAR, 18, 6, is_soft=True),
}


class Line(NamedTuple):
    """Words of a picture, in as many lines as they need."""

    style: str
    """One of `STYLES`."""
    text: str
    href: str = ""
    colour: str = ""
    """Of a bar above them: a province's."""


Chart: TypeAlias = Mapping[str, Any]
"""A Vega-Lite spec of `extract.page.charts`."""


class Picture(NamedTuple):
    """What one picture shows, from its top to its foot."""

    lang: str
    title: str
    body: Sequence[Line | Chart]
    foot: Sequence[Line]
    """Under a thin line: the sources, and where and when the picture was made."""


def draw_svg(spec: Chart, *, width: int, theme: str) -> str:
    """Return a chart as SVG of a width in pixels; its words stay words.

    Its ground is left open, its links are those of the spec, and `theme` is one of `THEMES`. A mark says its text
    alternative where a mouse rests on it.
    """
    _register_fonts()
    colours, config = THEMES[theme], spec["config"]
    themed = {
        **config,
        "text": {**config["text"], "color": colours.ink},
        "axis": {"labelColor": colours.soft},
        "style": {"detail": {"color": colours.soft}},
    }
    # Nothing is fetched: the spec holds its data.
    drawn = vl_convert.vegalite_to_svg({**spec, "width": width, "config": themed}, allowed_base_urls=[])
    drawn = _name_fades(drawn.replace(f'xlink:href="{_OWN_BASE}', 'xlink:href="'))
    drawn = _WAY.sub(r'\g<way> tabindex="-1"><path', drawn)
    return _TARGET.sub(r"\g<path>><title>\g<alt></title></path>", drawn)


def _name_fades(svg: str) -> str:
    """Return an SVG whose fading colours have names of their own, so that it can stand beside others in one document.

    Vega counts them from when it started, so that the same chart would not be drawn the same twice.
    """
    numbers = list(dict.fromkeys(match["number"] for match in _FADE.finditer(svg)))
    own = zlib.crc32(_FADE.sub("", svg).encode())
    return _FADE.sub(lambda match: f"{match['before']}fade-{own:08x}-{numbers.index(match['number'])}", svg)


def compose_svg(picture: Picture, *, width: int, theme: str, base: str = "", brings_font: bool = True) -> str:
    """Return a picture as SVG of a width in pixels, with the words around its charts.

    `base` is the address that its links stand on, which open beside what shows it. With `brings_font` it holds the
    letters that it uses.
    """
    colours, inner = THEMES[theme], width - 2 * MARGIN
    parts: list[Markup] = []
    y = float(MARGIN)
    for block in (Line("title", picture.title), *picture.body):
        if isinstance(block, Line):
            part, height = _set_line(block, y, inner, colours)
        else:
            part, height = _place_chart(block, y, inner, theme)
        parts.append(part)
        y += height
    y += 16
    parts.append(Markup('<path d="M{},{}h{}" stroke="{}"/>').format(MARGIN, y + 0.5, inner, colours.line))
    for line in picture.foot:
        part, height = _set_line(line, y, inner, colours)
        parts.append(part)
        y += height
    height = round(y + MARGIN)
    drawn = Markup("\n").join(parts)
    svg = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}"'
        ' height="{height}" viewBox="0 0 {width} {height}" role="group" xml:lang="{lang}" aria-label="{title}"'
        ' font-family="Source Sans, Source Sans Pro, sans-serif">\n'
        '<title>{title}</title>{style}<rect width="{width}" height="{height}" fill="{ground}"/>\n{drawn}\n</svg>\n'
    ).format(
        width=width,
        height=height,
        lang=picture.lang,
        title=picture.title,
        style=_compose_style(f"{drawn}<>&\"'") if brings_font else "",
        ground=colours.ground,
        drawn=drawn,
    )
    return svg.replace('<a xlink:href="?', Markup('<a target="_blank" xlink:href="{}?').format(base))


def draw_png(svg: str, *, scale: int = 1) -> bytes:
    """Return a picture as PNG, `scale` pixels for each of the SVG's; TooLargeError where that would be too many."""
    _register_fonts()
    root = _ROOT.search(svg)
    assert root is not None
    pixels = float(root["width"]) * float(root["height"]) * scale**2
    if pixels > MOST_PIXELS:
        raise TooLargeError(
            f"this picture would have {pixels / 1e6:.0f} million pixels, and {MOST_PIXELS // 10**6} are the most:"
            " use a smaller width or scale, filters that leave fewer figures, or chart.svg"
        )
    png: bytes = vl_convert.svg_to_png(svg, scale=scale)
    return png


def find_height(svg: str) -> int:
    """Return the height of an SVG of this module in pixels."""
    root = _ROOT.search(svg)
    assert root is not None
    return int(float(root["height"]))


def _set_line(line: Line, y: float, inner: int, colours: Theme) -> tuple[Markup, float]:
    """Return words as SVG that begins `y` pixels from the top, and the height that they take."""
    style = STYLES[line.style]
    bar, top = Markup(), y + style.above
    if line.colour:
        bar = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>').format(
            MARGIN, top, inner, BAR, line.colour
        )
        top += 2 * BAR
    lines = wrap(line.text, style, inner)
    # The space at the end of a line keeps its words apart where they are read or copied.
    spans = Markup().join(
        Markup('<tspan x="{}" y="{}">{} </tspan>').format(MARGIN, round(top + style.height * (place + 0.75), 1), text)
        for place, text in enumerate(lines)
    )
    text = Markup('<text font-size="{}" font-weight="{}" fill="{}">{}</text>').format(
        style.size, style.weight, colours.soft if style.is_soft else colours.ink, spans
    )
    if line.href:
        text = Markup('<a xlink:href="{}">{}</a>').format(line.href, text)
    return bar + text, top + style.height * len(lines) - y


def _place_chart(spec: Chart, y: float, inner: int, theme: str) -> tuple[Markup, float]:
    """Return a chart as SVG that begins `y` pixels from the top, and the height that it takes."""
    # A chart is as much wider than its spec says as stands around it.
    drawn = draw_svg(spec, width=inner - 4, theme=theme)
    root = _ROOT.match(drawn)
    assert root is not None
    placed = Markup(
        '<svg x="{}" y="{}" role="group" aria-label="{}" {}>{}'
    ).format(
        MARGIN,
        y + 8,
        spec["description"],
        Markup(root["rest"]),  # noqa: S704 - Vega has escaped what it has drawn
        Markup(drawn[root.end() :]),  # noqa: S704
    )
    return placed, float(root["height"]) + 8


def wrap(text: str, style: Style, width: int) -> list[str]:
    """Return a text in lines that are no wider than a width in pixels; a word that is longer is cut."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if measure(joined, style) <= width:
            lines[-1] = joined
            continue
        lines += _cut(word, style, width)
    return [line for line in lines if line] or [""]


def _cut(word: str, style: Style, width: int) -> Iterator[str]:
    """Yield a word in pieces that fit."""
    piece = ""
    for letter in word:
        if piece and measure(piece + letter, style) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece


def measure(text: str, style: Style) -> float:
    """Return the width of a text in pixels."""
    widths = _read_widths(style.weight)
    return sum(widths.get(letter, 1.0) for letter in text) * style.size


@cache
def _read_widths(weight: int) -> Mapping[str, float]:
    """Return how wide each letter of a weight is, in parts of its size."""
    with TTFont(FILES[weight], lazy=True) as font:
        unit, advances = font["head"].unitsPerEm, font["hmtx"]
        return {chr(code): advances[name][0] / unit for code, name in font.getBestCmap().items()}


def _compose_style(text: str) -> Markup:
    """Return the style that brings the letters of a text."""
    letters = "".join(sorted({*text}))
    face = Markup("@font-face{{font-family:'Source Sans Pro';font-weight:{};src:url(data:font/woff2;base64,{})}}")
    return Markup("<style>{}</style>").format(
        Markup().join(face.format(weight, _cut_font(weight, letters)) for weight in FILES)
    )


@lru_cache(maxsize=64)
def _cut_font(weight: int, letters: str) -> str:
    """Return a font with some letters alone, as WOFF2 in base64."""
    cutter = Subsetter(Options(hinting=False, layout_features=["kern", "mark"], name_IDs=[0, 13]))
    cutter.populate(text=letters)
    written = io.BytesIO()
    with TTFont(FILES[weight], lazy=True) as font:
        cutter.subset(font)
        font.flavor = "woff2"
        font.save(written)
    return base64.b64encode(written.getvalue()).decode()


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))
