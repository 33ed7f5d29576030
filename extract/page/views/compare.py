"""The first view: which province reports on what, and the figures of each topic side by side."""

import textwrap
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from extract.claims.collection import CheckedClaim
from extract.claims.records import Province
from extract.figures.compare import compare_panel, format_finding
from extract.figures.formats import format_joined
from extract.figures.table import SHARE_UNIT, Panel, axis_value
from extract.page import templates
from extract.page.address import Address
from extract.page.captions import format_alt, format_axis, format_detail, format_hedged
from extract.page.charts import Bar, draw_bars
from extract.page.page import Page
from extract.page.proof import pick_deciding
from extract.page.templates import Spec
from extract.page.views import Content
from extract.page.views.figures import Column, make_columns
from extract.page.views.frame import compose_filters, compose_notice, format_filters

MOST_PROVINCES = 12
"""The map and the panels name no more, but for the chosen ones."""
MOST_BARS = 12
"""A panel longer than this is a table's work: the rest stands in the view of figures, one link away."""
LETTERS_OF_A_LINE = 46


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRecord:
    """One panel of bars, with what is said of it."""

    unit: str
    conclusion: str
    reasons: Sequence[str]
    chart: Spec
    absent: str
    """The provinces that report nothing in its unit, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRecord:
    """One topic, with all that the filters let through of it."""

    id: str
    name: str
    present: str
    """The provinces that report on it, and those that do not, in words."""
    absent: str
    panels: Sequence[PanelRecord]
    """Those of two figures or more."""
    alone: Sequence[CheckedClaim]
    """The figures that stand alone in their unit: numbers, for a bar alone would mean nothing."""
    figures: int
    shown: Sequence[CheckedClaim]
    columns: Sequence[Column]
    articles: int
    query: str
    """The query of its CSV."""


def compose(page: Page) -> Content:
    """Return the coverage map with the filters above every topic's panels."""
    found = page.table.find(page.address.filters)
    panels = page.table.panels(found)
    coverage = templates.compose("compare", "coverage", page=page, provinces=choose_provinces(page))
    # Every topic has its place, whether there is anything in it or not: what stays on the page is not drawn anew.
    blocks: dict[str, tuple[templates.Part, ...]] = {f"topic_{topic}": () for topic in page.table.collection.topics}
    for topic in dict.fromkeys(panel.topic for panel in panels):
        record = make_topic(page, topic, [panel for panel in panels if panel.topic == topic])
        blocks[f"topic_{topic}"] = templates.compose_parts("compare", "topic", page=page, topic=record)
    if not panels:
        blocks["empty"] = (compose_notice(page.words("filter.empty")),)
    return Content(above=coverage + compose_filters(page, len(found)), blocks=blocks)


def choose_provinces(page: Page) -> list[Province]:
    """Return the provinces that a map or a panel names: the chosen ones, else all that there is room for."""
    provinces = page.table.collection.provinces
    chosen = page.address.chosen("province") if len(provinces) > MOST_PROVINCES else ()
    return [provinces[slug] for slug in (chosen or list(provinces)[:MOST_PROVINCES])]


def make_topic(page: Page, topic: str, panels: Sequence[Panel]) -> TopicRecord:
    """Return what stands under a topic's title."""
    claims = [checked for panel in panels for checked in panel.claims]
    slugs = {checked.province.slug for checked in claims}
    provinces = page.table.collection.provinces.values()
    present = [page.words.pick(province.name) for province in provinces if province.slug in slugs]
    return TopicRecord(
        id=topic,
        name=page.words.pick(page.table.collection.topics[topic].name),
        present=format_joined(present, page.words.lang),
        absent=list_absent(page, slugs),
        panels=[make_panel(page, panel) for panel in panels if len(panel.claims) > 1],
        alone=page.table.order(panel.claims[0] for panel in panels if len(panel.claims) == 1),
        figures=len(claims),
        shown=[checked for panel in panels for checked in panel.claims[:MOST_BARS]],
        columns=make_columns(page, is_sortable=False),
        articles=len({checked.article.seed for checked in claims}),
        query=format_filters(page, topic=(topic,)),
    )


def make_panel(page: Page, panel: Panel) -> PanelRecord:
    """Return a panel with its chart, and whether its figures can be compared and why not."""
    verdict = compare_panel(panel.claims)
    return PanelRecord(
        unit=format_axis(page, panel.unit),
        conclusion=page.words(f"conclusion.{verdict.conclusion}"),
        reasons=[format_finding(reason, page.words) for reason in pick_deciding(verdict)],
        chart=draw_panel(make_bars(page, panel), panel.unit == SHARE_UNIT, describe_panel(page, panel)),
        absent=list_absent(page, {checked.province.slug for checked in panel.claims}),
    )


def list_absent(page: Page, present: Container[str]) -> str:
    """Return the provinces that the page names and that report nothing here, in words."""
    chosen = page.address.chosen("province")
    names = [
        page.words.pick(province.name)
        for province in choose_provinces(page)
        if province.slug not in present and (not chosen or province.slug in chosen)
    ]
    return format_joined(names, page.words.lang) if names else ""


@lru_cache(maxsize=512)
def draw_panel(bars: tuple[Bar, ...], is_share: bool, description: str) -> Spec:
    """Return the chart of a panel, drawn once for all the filters that show it."""
    return draw_bars(pd.DataFrame(bars), is_share=is_share, description=description)


def make_bars(page: Page, panel: Panel) -> tuple[Bar, ...]:
    """Return the rows of a panel's chart, in their order.

    A bar's link names its figure alone, and `page.js` adds the rest of the address: so a filter leaves what it does not
    hide as it is drawn.
    """
    return tuple(
        Bar(
            id=checked.claim.id,
            value=float(axis_value(checked)),
            name=page.words.pick(checked.province.name),
            detail="\n".join(textwrap.wrap(format_detail(page, checked), LETTERS_OF_A_LINE)),
            words=format_hedged(checked),
            alt=format_alt(page, checked),
            href=Address(figure=checked.claim.id).to(),
            colour=page.colour(checked.province),
            hedged=checked.claim.qualifier != "exact",
        )
        for checked in panel.claims[:MOST_BARS]
    )


def describe_panel(page: Page, panel: Panel) -> str:
    """Return a chart's text alternative, made from the rows that it draws."""
    return page.words(
        "panel.chart.alt",
        topic=page.words.pick(page.table.collection.topics[panel.topic].name),
        unit=format_axis(page, panel.unit),
        rows="; ".join(format_alt(page, checked) for checked in panel.claims[:MOST_BARS]),
    )
