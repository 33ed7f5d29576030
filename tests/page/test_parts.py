"""A view is shown in as few parts as can be: nothing of it is lost, and charts stay where they were."""

import re

import pytest
from markupsafe import Markup

from extract.claims.collection import Collection
from extract.figures.filters import Filters
from extract.page.address import View
from extract.page.views import _MODULES, Block, Columns, compose_view, merge
from tests.page.composed import charts_of, list_parts, make_page

CHART = {"mark": "bar"}


def html(text: str) -> Markup:
    return Markup(text)


@pytest.mark.parametrize(
    ("block", "merged"),
    [
        ((), ()),
        ((html("<p>1</p>"),), (html("<p>1</p>"),)),
        (
            (html("<p>1</p>"), html("<p>2</p>"), CHART, html("<p>3</p>")),
            (html('<div class="stack"><div><p>1</p></div><div><p>2</p></div></div>'), CHART, html("<p>3</p>")),
        ),
        (
            (html("<p>1</p>"), Columns(cells={"a": (html("<p>2</p>"), html("<p>3</p>")), "b": ()}), CHART),
            (
                html(
                    '<div class="stack"><div><p>1</p></div><div><div class="columns"><div class="st-key-cell_a">'
                    '<div class="stack"><div><p>2</p></div><div><p>3</p></div></div></div>'
                    '<div class="st-key-cell_b"></div></div></div></div>'
                ),
                CHART,
            ),
        ),
        (
            (Columns(cells={"a": (CHART, html("<p>2</p>"), html("<p>3</p>"))}, are_tiles=True), html("<p>4</p>")),
            (
                Columns(
                    cells={"a": (CHART, html('<div class="stack"><div><p>2</p></div><div><p>3</p></div></div>'))},
                    are_tiles=True,
                ),
                html("<p>4</p>"),
            ),
        ),
        (
            (Columns(cells={"a": (html("<p>2</p>"),)}, are_tiles=True),),
            (html('<div class="tiles"><div class="st-key-cell_a"><p>2</p></div></div>'),),
        ),
    ],
)
def test_runs_of_html_become_one_piece_and_so_do_columns_without_a_chart(block: Block, merged: Block) -> None:
    assert merge(block) == merged


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("topic", ["", "models"])
def test_no_word_is_lost_or_moved_and_no_chart(made_beside_real: Collection, view: View, topic: str) -> None:
    page = make_page(made_beside_real, view=view, filters=Filters(topic=topic))
    alone, shown = _MODULES[view].compose(page).blocks, compose_view(page).blocks
    assert list(shown) == list(alone)
    for name, block in alone.items():
        assert read(shown[name]) == read(block), name
        assert charts_of(shown[name]) == charts_of(block), name
    parts = [part for block in shown.values() for part in list_runs(block)]
    assert max(parts, default=0) <= 1


def read(block: Block) -> list[str]:
    """Return the words and the pictures' places of a block, in their order."""
    parts = [
        "<i>chart</i>" if isinstance(part, dict) else part for part in list_parts(block) if isinstance(part, str | dict)
    ]
    return re.sub(r"<[^>]*>", " ", "".join(map(str, parts))).split()


def list_runs(block: Block) -> list[int]:
    """Return how long each run of pieces of HTML is, in a block and in its columns."""
    runs = [0]
    for part in block:
        runs = [*runs[:-1], runs[-1] + 1] if isinstance(part, Markup) else [*runs, 0]
        if isinstance(part, Columns):
            assert any(isinstance(each, dict) for cell in part.cells.values() for each in cell)
            runs += [run for cell in part.cells.values() for run in list_runs(cell)] + [0]
    return runs
