"""The views: `address.View` lists them, and each is composed by `compose` of the module of its name here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import groupby
from typing import TypeAlias, TypeVar

from markupsafe import Markup

from extract.page import templates
from extract.page.address import View
from extract.page.page import Page
from extract.page.templates import Part
from extract.page.views.frame import compose_filters

P = TypeVar("P", bound="Part | Columns")

NOTHING = Markup()


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Parts side by side, each column under a name that tells it from the others; one under the other on a phone."""

    cells: Mapping[str, tuple[Part, ...]]
    are_tiles: bool = False
    """Whether as many stand in a line as have room; else all of them do."""


Block: TypeAlias = tuple[Part | Columns, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a view shows, by where it stands."""

    bar: Markup = NOTHING
    """The filters, where they change anything."""
    blocks: Mapping[str, Block] = field(default_factory=dict)
    """Beside the claim: HTML, charts and columns, each block under a name that tells it from the others of the page."""
    ledger: Markup = NOTHING
    """In the claim's column while none is open, else under the blocks."""


def compose_view(page: Page) -> Content:
    """Return the view that a page's address names, in as few parts as it can be shown in."""
    content: Content = _MODULES[page.address.view].compose(page)
    return replace(
        content,
        bar=compose_filters(page) if page.address.view.is_filtered else NOTHING,
        blocks={name: merge(block) for name, block in content.blocks.items()},
    )


def merge(block: Block) -> Block:
    """Return a block with one piece of HTML wherever nothing but HTML stands: every part costs server and browser time.

    Charts and spreadsheets stay parts of their own, and so do columns that hold any.
    """
    return _merge(_merge_columns(part) if isinstance(part, Columns) else part for part in block)


def _merge_columns(columns: Columns) -> Columns | Markup:
    cells = {name: _merge(parts) for name, parts in columns.cells.items()}
    if all(isinstance(part, Markup) for parts in cells.values() for part in parts):
        return templates.compose("frame", "columns", cells=cells, are_tiles=columns.are_tiles)
    return replace(columns, cells=cells)


def _merge(parts: Iterable[P]) -> tuple[P | Markup, ...]:
    merged: list[P | Markup] = []
    for is_html, group in groupby(parts, lambda part: isinstance(part, Markup)):
        run = tuple(group)
        merged += [templates.compose("frame", "stack", parts=run)] if is_html and len(run) > 1 else run
    return tuple(merged)


# All at once as the server starts, so that no reader waits for it; the modules need what stands above.
_MODULES = {view: import_module(f"{__name__}.{view}") for view in View}
