"""The views: `address.View` lists them, and each is composed by `compose` of the module of its name here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TypeAlias

from markupsafe import Markup

from extract.page.address import View
from extract.page.page import Page
from extract.page.templates import Part

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

    blocks: Mapping[str, Block] = field(default_factory=dict)
    """Beside the claim: HTML, charts and columns, each block under a name that tells it from the others of the page."""
    ledger: Markup = NOTHING
    """In the claim's column while none is open, else under the blocks."""


def compose_view(page: Page) -> Content:
    """Return the view that a page's address names."""
    content: Content = _MODULES[page.address.view].compose(page)
    return content


# All at once as the server starts, so that no reader waits for it; the modules need what stands above.
_MODULES = {view: import_module(f"{__name__}.{view}") for view in View}
