"""Pages as they are composed of real and made-up articles, and what stands on them: HTML, charts, marks."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import Lang, Name
from extract.claims.wording import parse_wording
from extract.figures.table import FigureTable
from extract.page.address import Address, parse_query
from extract.page.page import Page
from extract.page.templates import Part, Spec
from extract.page.views import Block, Columns, compose_view
from tests.conftest import REPOSITORY

WORDING = parse_wording((REPOSITORY / "data/wording.yaml").read_bytes())


def make_page(collection: Collection, lang: Lang = "en", **address: Any) -> Page:
    return Page(table=FigureTable(collection), words=WORDING[lang], address=Address(**address))


def follow(page: Page, href: str) -> Page:
    """Return the page that a link leads to; all that it names must be known."""
    query = href.replace("&amp;", "&").removeprefix("?")
    address, unknown = parse_query(dict(parse_qsl(query)), page.table)
    assert unknown == (), href
    return Page(table=page.table, words=page.words, address=address)


def find_ids(page: Page) -> list[str]:
    """Return the ids of the figures that a page's filters let through."""
    return [checked.claim.id for checked in page.table.pick(page.table.find(page.address.filters))]


def list_parts(block: Block) -> Iterator[Part]:
    """Yield the parts of a block, those of its columns too, in their order."""
    for part in block:
        if isinstance(part, Columns):
            for cell in part.cells.values():
                yield from list_parts(cell)
        else:
            yield part


def html_of(*blocks: Block) -> str:
    return "".join(str(part) for block in blocks for part in list_parts(block) if isinstance(part, str))


def charts_of(*blocks: Block) -> list[Spec]:
    return [part for block in blocks for part in list_parts(block) if isinstance(part, dict)]


def list_blocks(page: Page, *names: str) -> list[Block]:
    """Return the blocks of a view, or those of some names."""
    return [block for name, block in compose_view(page).blocks.items() if not names or name in names]


def list_marks(spec: Spec) -> list[str]:
    """Return the ids of the figures that a chart draws, as often as it does."""
    ids = [row.get(name) for row in rows_of(spec) for name in ("id", "per_id", "of_id")]
    return [each for each in ids if each]


def list_numbers(html: str) -> list[str]:
    """Return the ids of the figures that stand as numbers."""
    return re.findall('<a class="number" data-figure="([^"]+)"', html)


def list_shown(page: Page) -> list[str]:
    """Return the ids of the figures that a view shows, on marks and as numbers, as often as it does."""
    blocks = list_blocks(page)
    return [each for spec in charts_of(*blocks) for each in list_marks(spec)] + list_numbers(html_of(*blocks))


def rows_of(spec: Spec) -> list[dict[str, Any]]:
    """Return the rows that a chart draws, all of them in its only layer of layers."""
    (held,) = spec["layer"]
    assert "data" not in spec
    assert "datasets" not in spec
    return list(held["data"]["values"])


def list_layers(spec: Spec) -> list[dict[str, Any]]:
    """Return the layers of a chart that draw something."""
    held = spec.get("layer")
    return [layer for each in held for layer in list_layers(each)] if held else [spec]


def find_layers(spec: Spec, mark: str) -> list[dict[str, Any]]:
    return [layer for layer in list_layers(spec) if layer["mark"]["type"] == mark]


def arrange(collection: Collection, *claims: CheckedClaim) -> Collection:
    """Return a collection of other figures in the catalogues of a real one."""
    return replace(collection, claims=claims)


def find_claim(collection: Collection, figure: str) -> CheckedClaim:
    (checked,) = [checked for checked in collection.claims if checked.claim.id == figure]
    return checked


def report_in_provinces(collection: Collection, figure: str, provinces: int) -> Collection:
    """Return a collection in which so many provinces report one figure each, of 1, 2, 3, … and no other.

    The provinces are `p-01`, `p-02`, …, named `Tỉnh 01` and `Province 01`; the figures are `p-01-figure`, ….
    """
    checked = find_claim(collection, figure)
    (source,) = [each for each in collection.sources if each.record.article is checked.article]
    slugs = [f"p-{place:02}" for place in range(1, provinces + 1)]
    made = {
        slug: checked.province.model_copy(
            update={"slug": slug, "name": Name(vi=f"Tỉnh {slug[2:]}", en=f"Province {slug[2:]}")}
        )
        for slug in slugs
    }
    articles = {slug: checked.article.model_copy(update={"seed": f"{slug}.txt", "province": slug}) for slug in slugs}
    return replace(
        collection,
        provinces=made,
        sources=tuple(
            replace(source, record=source.record.model_copy(update={"article": article}))
            for article in articles.values()
        ),
        claims=tuple(
            replace(
                checked,
                claim=checked.claim.model_copy(update={"id": f"{slug}-figure", "value": Decimal(place)}),
                province=made[slug],
                article=articles[slug],
            )
            for place, slug in enumerate(slugs, 1)
        ),
        ledger=(),
    )


def report_in_categories(collection: Collection, categories: int, *figures: str) -> Collection:
    """Return a collection in which one report gives each of some figures in so many categories, and no other."""
    claims = []
    for place in range(1, categories + 1):
        for figure in figures:
            checked = find_claim(collection, figure)
            assert checked.category
            name = Name(vi=f"Loại {place:02}", en=f"Kind {place:02}")
            category = checked.category.model_copy(update={"id": f"kind-{place:02}", "name": name})
            claim = checked.claim.model_copy(
                update={"id": f"{figure}-{place:02}", "value": checked.claim.value + place}
            )
            claims.append(replace(checked, claim=claim, category=category))
    return arrange(collection, *claims)
