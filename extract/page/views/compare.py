"""The first view: what each province's articles report, a column a province and a row a topic.

An axis is a comparison, so provinces share one only where the verdict lets them. Everywhere else they stand side by
side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.claims.collection import CheckedClaim
from extract.claims.records import Province, Topic
from extract.figures.compare import compare_panel
from extract.figures.dimensions import find_province, find_seed, find_topic
from extract.figures.groups import find_across, group_by_province, is_across
from extract.figures.panel import group_by, is_alike, list_values
from extract.page import templates
from extract.page.cells import Cell, make_cell
from extract.page.comparisons import ComparisonRecord, explain_verdict, list_absent, make_across
from extract.page.findings import title_topic
from extract.page.page import Page
from extract.page.timeline import MOST_PROVINCES, compose_timeline
from extract.page.views import Block, Columns, Content
from extract.page.views.figures import Column, make_columns
from extract.page.views.frame import compose_notice, format_filters

MOST_COLUMNS = 4
MOST_ACROSS, MOST_ACROSS_CHOSEN = 2, 12
"""Charts with a row a province, of a topic among others and of a chosen one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRecord:
    """One topic, with all that the filters let through of it."""

    topic: Topic
    title: str
    """What its figures say."""
    conclusion: str
    """That the provinces' figures cannot be compared; empty where a chart compares some, or one province reports."""
    reasons: Sequence[str]
    across: Sequence[ComparisonRecord]
    """The measures that several provinces report and that may share an axis."""
    left: int
    """How many such measures have no room."""
    absent: str
    """The columns without a figure, in words."""
    cells: Mapping[str, Cell | None]
    """The columns, by the slugs of their provinces; None where a province reports nothing."""
    figures: int
    shown: Sequence[CheckedClaim]
    is_open: bool
    """Whether the table of what each figure counts stands open: no chart says it, and provinces stand side by side."""
    columns: Sequence[Column]
    articles: int
    query: str
    """The query of its CSV."""

    @property
    def has_columns(self) -> bool:
        """Whether the columns say something that the charts above them do not."""
        return any(cell and cell.shown for cell in self.cells.values())


def compose(page: Page) -> Content:
    """Return the timeline, the topics that several provinces report, and what one province alone reports."""
    claims = page.table.select(page.address.filters)
    columns = choose_columns(page, claims)
    topics = page.table.collection.topics
    # Every topic has its place, whether there is anything in it or not: what stays on the page is not drawn anew.
    blocks: dict[str, Block] = {"time": (), **{f"topic_{topic}": () for topic in topics}, "alone": (), "map": ()}
    if not claims:
        return Content(blocks={**blocks, "empty": (compose_notice(page.words("filter.empty")),)})
    by_topic = group_by(claims, find_topic)
    shared = {topic: held for topic, held in by_topic.items() if is_section(page, held, columns)}
    alone = {topic: held for topic, held in by_topic.items() if topic not in shared}
    timeline = compose_timeline(page, list_in_time(page), claims, title=title_time(page))
    blocks["time"] = (*timeline, *compose_left(page, claims, columns))
    for topic, held in shared.items():
        blocks[f"topic_{topic}"] = compose_topic(page, held, columns)
    if alone:
        blocks["alone"] = compose_alone(page, alone, columns)
    blocks["map"] = (templates.compose("compare", "coverage", page=page, provinces=list_provinces(page)),)
    return Content(blocks=blocks)


def title_time(page: Page) -> str:
    """Return the title of the timeline: how many measures provinces share."""
    shared = page.table.shared_measures
    return page.words.count("time.shared", shared) if shared else page.words("time.none")


def list_in_time(page: Page) -> list[Province]:
    """Return the provinces of the timeline: the chosen ones, else all, as many as have room."""
    return [province for province in list_provinces(page) if page.shows(province)][:MOST_PROVINCES]


def compose_left(page: Page, claims: Sequence[CheckedClaim], columns: Sequence[Province]) -> Block:
    """Return which provinces have no column here, though they have figures; nothing where all have one."""
    left = {*list_values(claims, find_province)} - {province.slug for province in columns}
    if not left:
        return ()
    return (templates.compose("compare", "left", page=page, columns=_name(columns, page), left=len(left)),)


def choose_columns(page: Page, claims: Sequence[CheckedClaim]) -> list[Province]:
    """Return the provinces that have a column: the chosen ones, else all; of many, the first with a figure."""
    provinces = [province for province in list_provinces(page) if page.shows(province)]
    if len(provinces) > MOST_COLUMNS:
        present = {*list_values(claims, find_province)}
        provinces = [province for province in provinces if province.slug in present]
    return provinces[:MOST_COLUMNS]


def list_provinces(page: Page) -> list[Province]:
    """Return the provinces that articles are about or give figures of, in the order of every view."""
    provinces = page.table.collection.provinces.values()
    return [province for province in provinces if province.slug in page.table.areas]


def is_section(page: Page, claims: Sequence[CheckedClaim], columns: Sequence[Province]) -> bool:
    """Tell whether a topic has a section of its own: several provinces report it, or the reader has chosen it."""
    is_chosen = bool(page.address.chosen("topic")) or len(columns) < 2
    return is_chosen or not is_alike(claims, find_province)


def compose_topic(page: Page, claims: Sequence[CheckedClaim], columns: Sequence[Province]) -> Block:
    """Return a topic's section: its title, the charts that set provinces side by side, its columns, its table."""
    record = make_topic(page, claims, columns)
    beside = Columns(
        cells={
            f"{record.topic.id}_{province.slug}": compose_cell(page, province, record.cells[province.slug])
            for province in columns
        }
    )
    return (
        *templates.compose_parts("compare", "head", page=page, record=record),
        *([beside] if record.has_columns else []),
        templates.compose("compare", "foot", page=page, record=record),
    )


def compose_alone(page: Page, topics: Mapping[str, Sequence[CheckedClaim]], columns: Sequence[Province]) -> Block:
    """Return what one province alone reports, each column flowing by itself."""
    cells: dict[str, list[Cell]] = {province.slug: [] for province in columns}
    for held in topics.values():
        for slug, claims in group_by_province(held).items():
            if slug in cells:
                cells[slug].append(make_cell(page, claims))
    claims = [checked for held in topics.values() for checked in held]
    shown = [checked for held in cells.values() for cell in held for checked in cell.shown]
    return (
        templates.compose("compare", "alone", page=page),
        Columns(
            cells={
                f"alone_{province.slug}": (
                    templates.compose("cells", "head", page=page, province=province, is_empty=not cells[province.slug]),
                    *(part for cell in cells[province.slug] for part in compose_topic_cell(page, cell)),
                )
                for province in columns
            }
        ),
        templates.compose(
            "compare",
            "table",
            page=page,
            claims=shown,
            columns=make_columns(page, is_sortable=False),
            figures=len(claims),
            is_open=False,
            articles=len({checked.article.seed for checked in claims}),
            query=format_filters(page, topic=tuple(topics)),
            topics=tuple(topics),
        ),
    )


def compose_cell(page: Page, province: Province, cell: Cell | None) -> tuple[templates.Part, ...]:
    """Return a column of a topic: the province's name, and its figures or that there are none."""
    head = templates.compose("cells", "head", page=page, province=province, is_empty=cell is None)
    return (head, *templates.compose_parts("cells", "cell", page=page, cell=cell)) if cell else (head,)


def compose_topic_cell(page: Page, cell: Cell) -> tuple[templates.Part, ...]:
    """Return a topic in a column that holds several."""
    title = templates.compose("cells", "topic", page=page, cell=cell)
    return (title, *templates.compose_parts("cells", "cell", page=page, cell=cell))


def make_topic(page: Page, claims: Sequence[CheckedClaim], columns: Sequence[Province]) -> TopicRecord:
    """Return a topic's figures as they stand in charts and columns, and what stands around these."""
    topic = claims[0].topic
    shared = [group for group in find_across(claims) if is_across(group)]
    groups = shared[: MOST_ACROSS_CHOSEN if page.address.chosen("topic") else MOST_ACROSS]
    across = [make_across(page, group, list_absent(page, group)) for group in groups]
    by_province = group_by_province(claims)
    above = {
        checked.claim.id
        for group in groups
        for province, held in group_by_province(group.claims).items()
        if any(province == column.slug for column in columns)
        for checked in held
    }
    cells = {
        province.slug: make_cell(page, by_province[province.slug], above) if province.slug in by_province else None
        for province in columns
    }
    held = [cell for cell in cells.values() if cell]
    is_side_by_side = len(by_province) > 1 and not across
    drawn = [*(chart.drawn for chart in across), *(cell.shown for cell in held)]
    shown = {checked.claim.id: checked for each in drawn for checked in each}
    return TopicRecord(
        topic=topic,
        title=across[0].title if across else title_topic(page, claims),
        conclusion=page.words("topic.apart") if is_side_by_side else "",
        reasons=explain_verdict(page, compare_panel(claims)) if is_side_by_side else (),
        across=across,
        left=len(shared) - len(across),
        absent=_name([province for province in columns if province.slug not in by_province], page),
        cells=cells,
        figures=len(claims),
        shown=page.table.order(shown.values()),
        is_open=is_side_by_side and not any(cell.charts for cell in held),
        columns=make_columns(page, is_sortable=False),
        articles=len(list_values(claims, find_seed)),
        query=format_filters(page, topic=(topic.id,)),
    )


def _name(provinces: Sequence[Province], page: Page) -> str:
    return ", ".join(page.words.pick(province.name) for province in provinces)
