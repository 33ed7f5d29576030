"""Provinces one by one: names and borders, what their figures say topic by topic, when, and their articles."""

from collections.abc import Sequence
from dataclasses import replace

from extract.claims.collection import CheckedClaim
from extract.claims.records import Province
from extract.figures.dimensions import find_topic
from extract.figures.panel import group_by
from extract.page import templates
from extract.page.cells import make_cell
from extract.page.page import Page
from extract.page.timeline import compose_timeline
from extract.page.views import Block, Columns, Content
from extract.page.views.articles import compose_list
from extract.page.views.compare import MOST_COLUMNS, compose_topic_cell, list_provinces
from extract.page.views.figures import ROWS_OF_A_PAGE, make_columns
from extract.page.views.frame import compose_notice


def compose(page: Page) -> Content:
    """Return the chosen provinces, or the first that articles are about."""
    provinces = list_provinces(page)
    chosen = [province for province in provinces if page.shows(province)] if page.address.chosen("province") else []
    if not provinces or (page.address.chosen("province") and not chosen):
        return Content(blocks={"empty": (compose_notice(page.words("filter.empty")),)})
    filters = page.address.filters
    blocks: dict[str, Block] = {}
    for province in (chosen or provinces)[:MOST_COLUMNS]:
        claims = page.table.select(filters.change(province=province.slug))
        blocks[f"province_{province.slug}"] = compose_province(page, province, claims)
    return Content(blocks=blocks)


def compose_province(page: Page, province: Province, claims: Sequence[CheckedClaim]) -> Block:
    """Return one province: its head, its topics as tiles, the timeline of its figures, its table, its articles."""
    topics = group_by(claims, find_topic)
    missing = [topic for topic in page.table.collection.topics.values() if topic.id not in topics]
    cells = [make_cell(page, held) for held in topics.values()]
    alone = page.address.filters.change(province=province.slug)
    sources = [source for source in page.table.collection.sources if source.record.article.province == province.slug]
    return (
        templates.compose("province", "head", page=page, province=province, figures=len(claims), articles=len(sources)),
        Columns(
            cells={f"{province.slug}_{cell.topic.id}": compose_topic_cell(page, cell) for cell in cells},
            are_tiles=True,
        ),
        *compose_timeline(page, [province], claims, title=page.words("province.timeline")),
        templates.compose(
            "province",
            "foot",
            page=page,
            missing=", ".join(page.words.pick(topic.name) for topic in missing),
            claims=claims[:ROWS_OF_A_PAGE],
            figures=len(claims),
            slug=province.slug,
            columns=make_columns(page, is_sortable=False),
        )
        # To turn its pages leads to the one province, for others' lists have other lengths.
        + compose_list(replace(page, address=replace(page.address, filters=alone)), sources),
    )
