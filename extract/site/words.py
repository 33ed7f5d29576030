"""The page as HTML alone: the parts that Streamlit shows one after the other, each chart drawn in HTML."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from markupsafe import Markup

from extract.page.page import GREY, Page
from extract.page.sheet import Sheet
from extract.page.templates import Part, Spec
from extract.page.views import Block, Columns, Content
from extract.site.chart_rows import read_chart
from extract.site.document import compose


class Draw(Protocol):
    """Returns what stands in place of a chart; `is_wide` tells that it stands in no column."""

    def __call__(self, spec: Spec, *, is_wide: bool) -> Markup:
        """Return HTML."""


def compose_words(*, head: Markup, content: Content | None, side: Markup, draw: Draw) -> Markup:
    """Return the page: its head, a view with its filters, and what stands beside it; each may be empty."""
    drawn = (
        replace(content, blocks={name: draw_block(block, draw) for name, block in content.blocks.items()})
        if content
        else None
    )
    return compose("words", "page", head=head, content=drawn, side=side)


def draw_block(block: Block, draw: Draw) -> Block:
    """Return the parts of a block with HTML in place of every chart."""
    drawn: list[Markup | Columns] = []
    for part in block:
        if isinstance(part, Columns):
            cells = {name: tuple(draw_parts(parts, draw, is_wide=False)) for name, parts in part.cells.items()}
            drawn.append(replace(part, cells=cells))
        else:
            drawn += draw_parts([part], draw, is_wide=True)
    return tuple(drawn)


def draw_parts(parts: Iterable[Part], draw: Draw, *, is_wide: bool) -> Iterator[Markup]:
    """Yield the HTML of parts; a spreadsheet needs a script, and is left out."""
    for part in parts:
        if isinstance(part, Markup):
            yield part
        elif not isinstance(part, Sheet):
            yield draw(part, is_wide=is_wide)


def draw_in_words(page: Page, spec: Spec, *, is_wide: bool) -> Markup:  # noqa: ARG001 - it is as wide as its place
    """Return a chart drawn in HTML, its marks as links; each leads to its figure beside this view."""
    chart = read_chart(spec)
    rows = [
        replace(
            row,
            marks=tuple(
                replace(mark, href=page.link(figure=mark.figure)) if mark.figure else mark for mark in row.marks
            ),
        )
        for row in chart.rows
    ]
    return compose("words", "chart", chart=replace(chart, rows=rows), grey=GREY)
