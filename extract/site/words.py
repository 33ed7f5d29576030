"""The page as HTML alone: the parts that Streamlit shows one after the other, each chart as a list of its figures."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from markupsafe import Markup

from extract.page.page import Page
from extract.page.sheet import Sheet
from extract.page.templates import Spec
from extract.page.views import Block, Columns, Content
from extract.site.chart_rows import find_height, list_rows
from extract.site.document import compose


def compose_words(*, head: Markup, bar: Markup, content: Content | None, side: Markup, draw: Callable[[Spec], Markup]) -> Markup:
    """Return the page: its head, the bar of filters, a view and what stands beside it, each empty where there is none.

    `draw` returns what stands in place of a chart.
    """
    drawn = replace(content, blocks=draw_blocks(content.blocks, draw)) if content else None
    return compose("words", "page", head=head, bar=bar, content=drawn, side=side)


def draw_blocks(blocks: Mapping[str, Block], draw: Callable[[Spec], Markup]) -> dict[str, Block]:
    """Return the blocks of a view with HTML in place of every chart."""
    return {name: draw_block(block, draw) for name, block in blocks.items()}


def draw_block(block: Block, draw: Callable[[Spec], Markup]) -> Block:
    """Return the parts of a block with HTML in place of every chart; a spreadsheet needs a script, and is left out."""
    drawn: list[Markup | Columns] = []
    for part in block:
        if isinstance(part, Columns):
            drawn.append(replace(part, cells=draw_blocks(part.cells, draw)))
        elif isinstance(part, Markup):
            drawn.append(part)
        elif not isinstance(part, Sheet):
            drawn.append(draw(part))
    return tuple(drawn)


def draw_in_words(page: Page, spec: Spec) -> Markup:
    """Return a chart as a list of links with the numbers that it draws; each leads to its figure beside this view."""
    rows = [
        replace(
            row,
            marks=tuple(
                replace(mark, href=page.link(figure=mark.figure)) if mark.figure else mark for mark in row.marks
            ),
        )
        for row in list_rows(spec)
    ]
    return compose("words", "chart", rows=rows, height=find_height(spec))
