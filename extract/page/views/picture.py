"""What a picture says: one chart, a topic or the timeline, with all that it must not be parted from.

`extract.page.pictures` draws it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from extract.claims.collection import CheckedClaim
from extract.figures.filters import SHOWN
from extract.figures.formats import format_day, format_figure
from extract.figures.groups import find_across, is_across
from extract.figures.table import FigureTable
from extract.page import templates
from extract.page.captions import format_by, format_coverage, format_short_coverage
from extract.page.cells import Cell, make_charts
from extract.page.comparisons import ChartKind, ComparisonRecord, list_absent, make_across
from extract.page.page import Page
from extract.page.pictures import THEMES, Chart, Line, Picture
from extract.page.timeline import make_timeline
from extract.page.views.compare import choose_columns, list_in_time, make_topic, title_time

TIMELINE = "timeline"
"""The name of the timeline among charts."""
MOST_ROWS = 200
"""Figures, or periods, of one picture."""
MOST_SOURCES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a picture shows of some figures."""

    title: str
    body: Sequence[Line | Chart]
    claims: Sequence[CheckedClaim]
    """The figures; what they say and who reports them stands in the picture."""
    link: str
    """To the page that shows the same."""


def find_name_fault(table: FigureTable, name: str) -> str:
    """Return why no chart can have a name, whatever filters let through; empty where one can."""
    kind, *ids = name.split(".")
    if name in ("", TIMELINE) or (
        kind in set(ChartKind)
        and len(ids) == (2 if kind == ChartKind.PAIR else 1)
        and all(each in table.claims for each in ids)
    ):
        return ""
    kinds = ", ".join(ChartKind)
    return f"chart {name[:SHOWN]!r} is unknown: use {TIMELINE}, or a name from a link under a chart ({kinds})"


def make_picture(page: Page, name: str, *, base: str, today: date) -> Picture:
    """Return the picture of a chart by its name; without one, of the topic that the address names, or the timeline.

    `base` is the page's address without its query, `today` the day that stands in the picture. Where the filters leave
    nothing of the chart, the picture says so. Raises ValueError where there is no such chart, or too much in it.
    """
    shown = find_shown(page, name)
    if shown is None:
        words = page.words
        shown = Shown(title=words("title"), body=[Line("text", words("filter.empty"))], claims=(), link=page.link())
    rows = sum(count_rows(block) for block in shown.body if not isinstance(block, Line))
    if rows > MOST_ROWS:
        raise ValueError(f"this picture would hold {rows} rows, and {MOST_ROWS} are the most: choose fewer provinces")
    return Picture(
        lang=page.words.lang, title=shown.title, body=shown.body, foot=make_foot(page, shown, base=base, today=today)
    )


def compose_frame(page: Page, title: str, *, wide: str, narrow: str, theme: str) -> Markup:
    """Return a page that other sites may frame: a picture as SVG, and another for a narrow frame."""
    ground = THEMES[theme].ground
    return templates.compose("picture", "frame", page=page, title=title, wide=wide, narrow=narrow, ground=ground)


def compose_sheet(
    page: Page, picture: Picture, query: str, *, width: int, base: str, today: date, frame: int
) -> Markup:
    """Return how to embed a picture and how to cite it, as a page.

    `query` is the picture's own, `width` its width in pixels, `frame` the height of the page that may be framed, 0
    where none may be.
    """
    words = page.words
    link = f"{base}{picture.foot[-1].href}"
    # Code to read and to copy: its marks are escaped once more.
    linked = templates.compose("picture", "linked", picture=picture, link=link, base=base, query=query, width=width)
    embeds = {"picture": str(linked)}
    if frame:
        framed = templates.compose("picture", "framed", picture=picture, base=base, query=query, height=frame)
        embeds["frame"] = str(framed)
    said = " ".join(line.text if line.text.endswith(".") else f"{line.text}." for line in picture.foot[:-1])
    day = format_day(today, words.lang)
    citation = words("take.citation", title=picture.title, site=words("title"), said=said, link=link, day=day)
    return templates.compose(
        "picture", "sheet", page=page, picture=picture, query=query, embeds=embeds, citation=citation
    )


def count_rows(chart: Chart) -> int:
    """Return how many rows a chart draws."""
    return len(chart["layer"][0]["data"]["values"])


def make_foot(page: Page, shown: Shown, *, base: str, today: date) -> list[Line]:
    """Return what stands under a picture: the sources, what the figures are, where and when it was made."""
    words = page.words
    articles = {each.article.seed: format_by(page, each.article) for each in shown.claims}
    named = list(dict.fromkeys(articles.values()))[:MOST_SOURCES]
    left = len({*articles.values()}) - len(named)
    sources = "; ".join([*named, *([words.count("picture.sources.more", left)] if left else [])])
    return [
        *([Line("small", words("panel.sources", articles=sources))] if sources else []),
        Line("small", words("head.scope")),
        Line("small", f"{base}{shown.link.removesuffix('?')} · {format_day(today, words.lang)}", href=shown.link),
    ]


def find_shown(page: Page, name: str) -> Shown | None:
    """Return what a picture shows; None where the filters leave nothing of it."""
    claims = page.table.select(page.address.filters)
    topics = page.address.chosen("topic")
    if name not in ("", TIMELINE):
        return show_chart(page, name, claims)
    if not claims:
        return None
    if name == TIMELINE or not topics:
        return show_timeline(page, claims)
    if len(topics) > 1:
        raise ValueError("a picture shows one topic: name one, or a chart")
    return show_topic(page, claims)


def show_chart(page: Page, name: str, claims: Sequence[CheckedClaim]) -> Shown | None:
    """Return a chart by its name, as the filters leave it; ValueError where there is none even without filters."""
    chart = find_chart(page, name, claims)
    if chart is None:
        if find_chart(page, name, list(page.table.claims.values())) is None:
            raise ValueError(f"chart {name[:SHOWN]!r} is not there: no such chart shows these figures together")
        return None
    return Shown(
        title=chart.title[:1].upper() + chart.title[1:],
        body=[*list_chart(page, chart, is_alone=True)],
        claims=chart.drawn,
        link=page.link(measure=chart.measures),
    )


def find_chart(page: Page, name: str, claims: Sequence[CheckedClaim]) -> ComparisonRecord | None:
    """Return the chart that has a name among those of some figures."""
    kind, first, *_ = name.split(".")
    named = page.table.claims[first]
    held = [checked for checked in claims if checked.topic is named.topic]
    if kind == ChartKind.ACROSS:
        groups = [group for group in find_across(held) if any(each is named for each in group.claims)]
        return next(
            (make_across(page, group, list_absent(page, group) if is_across(group) else ()) for group in groups), None
        )
    own = [checked for checked in held if checked.province is named.province]
    return next((chart for chart in make_charts(page, own) if chart.has_name(name)), None) if own else None


def show_timeline(page: Page, claims: Sequence[CheckedClaim]) -> Shown | None:
    """Return the timeline of the provinces that the filters let through; None where no figure states its time."""
    provinces, title = list_in_time(page), title_time(page)
    if len(provinces) == 1:
        title = f"{page.words.pick(provinces[0].name)}: {page.words('province.timeline')}"
    timeline = make_timeline(page, provinces, claims, title=title)
    if timeline is None:
        return None
    body: list[Line | Chart] = [Line("soft", page.words("time.legend")), timeline.chart]
    return Shown(title=timeline.title, body=body, claims=claims, link=page.link())


def show_topic(page: Page, claims: Sequence[CheckedClaim]) -> Shown:
    """Return a topic as its section shows it: the charts that set provinces side by side, then province by province."""
    words, columns = page.words, choose_columns(page, claims)
    record = make_topic(page, claims, columns)
    name = words.pick(record.topic.name)
    body: list[Line | Chart] = [Line("soft", name)] if name != record.title else []
    body += list_verdict(record.conclusion, record.reasons)
    for chart in record.across:
        body += list_chart(page, chart, is_titled=chart is not record.across[0])
    if record.has_columns:
        for province in columns:
            cell = record.cells[province.slug]
            body.append(Line("head", words.pick(province.name), colour=page.colour(province)))
            body += list_cell(page, cell) if cell else [Line("soft", words("coverage.none"))]
    left = len({checked.province.slug for checked in claims} - {province.slug for province in columns})
    if left:
        named = ", ".join(words.pick(province.name) for province in columns)
        body.append(Line("soft", words("picture.left", columns=named, provinces=words.count("count.provinces", left))))
    return Shown(title=record.title, body=body, claims=record.shown, link=page.link())


def list_cell(page: Page, cell: Cell) -> Iterator[Line | Chart]:
    """Yield one province's figures on one topic."""
    if cell.scope:
        yield Line("soft", cell.scope)
    for chart in cell.charts:
        yield from list_chart(page, chart, scope=cell.scope)
    for number in cell.numbers:
        link = page.link(figure=number.checked.claim.id)
        yield Line("number", format_figure(number.checked, page.words.lang), href=link)
        yield Line("soft", number.detail)
    for ratio in cell.ratios:
        yield Line("soft", " · ".join(part for part in (ratio.text, ratio.scope) if part))
    if cell.drawn_above and not cell.shown:
        yield Line("soft", page.words("cell.above"))
    if cell.left:
        yield Line("soft", page.words.count("cell.more", cell.left))


def list_chart(
    page: Page, chart: ComparisonRecord, *, is_titled: bool = True, is_alone: bool = False, scope: str = ""
) -> Iterator[Line | Chart]:
    """Yield a chart with what is said of it; one that stands alone names its province, and the picture its title."""
    words, first = page.words, chart.drawn[0]
    if is_alone and chart.kind is not ChartKind.ACROSS:
        yield Line("name", words.pick(first.province.name), colour=page.colour(first.province))
    elif is_titled and not is_alone:
        yield Line("name", chart.title)
    if is_alone:
        coverages = list(dict.fromkeys(format_coverage(page, each) for each in chart.drawn))
        yield Line("soft", f"{words('claim.coverage')}: {'; '.join(coverages)}")
        scope = format_short_coverage(page, first)
    for note in chart.notes:
        if note != scope:
            yield Line("soft", note)
    yield from list_verdict(chart.conclusion, chart.reasons if chart.is_qualified else ())
    yield chart.chart
    if chart.figures > len(chart.drawn):
        all_figures = words.count("count.figures", chart.figures)
        yield Line("soft", words("panel.rows", n=len(chart.drawn), figures=all_figures))
    if chart.absent:
        yield Line("soft", words("panel.absent", provinces=chart.absent))


def list_verdict(conclusion: str, reasons: Sequence[str]) -> list[Line]:
    """Return whether figures may be compared, and what to mind."""
    return [Line("text", conclusion), *(Line("soft", f"– {reason}") for reason in reasons)] if conclusion else []
