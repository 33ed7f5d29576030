"""When each province's figures are about: the chart that tells what may be set side by side at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extract.claims.collection import CheckedClaim
from extract.claims.records import Days, Province
from extract.figures.dimensions import find_days, is_dated
from extract.figures.filters import UNSTATED
from extract.figures.formats import format_period
from extract.figures.groups import group_by_province
from extract.figures.panel import group_by, where
from extract.page import templates
from extract.page.address import View
from extract.page.charts import Span, draw_timeline, find_moment
from extract.page.page import Page
from extract.page.templates import Part, Spec

MOST_PROVINCES = 12
FADE = 2 * 365 * 86_400_000
"""How long a period without an end takes to fade away, in milliseconds."""
ROOM_OF_WORDS = 545 * 86_400_000
"""What stands behind a period before the next one of its line, likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRecord:
    """The timeline of some provinces' figures."""

    title: str
    chart: Spec
    ways: Sequence[tuple[str, str]]
    """The name of a province leads to it, every other link to the figures of a period or without one."""
    filters: Mapping[str, tuple[str, ...]]
    """The one province that it is of, as a filter; none where it is of several."""


def compose_timeline(
    page: Page, provinces: Sequence[Province], claims: Sequence[CheckedClaim], *, title: str
) -> tuple[Part, ...]:
    """Return the timeline of provinces' figures under its title; nothing where no figure states its time."""
    record = make_timeline(page, provinces, claims, title=title)
    return templates.compose_parts("compare", "timeline", page=page, record=record) if record else ()


def make_timeline(
    page: Page, provinces: Sequence[Province], claims: Sequence[CheckedClaim], *, title: str
) -> TimelineRecord | None:
    """Return the timeline of provinces' figures; None where no figure states its time."""
    held = group_by_province(claims)
    spans = [span for province in provinces for span in make_spans(page, province, held.get(province.slug, ()))]
    if not any(span.start is not None for span in spans):
        return None
    years = page.table.years
    chart = draw_timeline(
        spans,
        first=int(years[0]),
        last=int(years[-1]),
        description="; ".join(text for span in spans for text in (span.name_alt, span.alt) if text),
    )
    ways = [(text, href) for span in spans for text, href in ((span.name_alt, span.name_href), (span.alt, span.href))]
    return TimelineRecord(
        title=title,
        chart=chart,
        ways=[(text, href) for text, href in ways if text],
        filters={"province": (provinces[0].slug,)} if len(provinces) == 1 else {},
    )


def make_spans(page: Page, province: Province, claims: Sequence[CheckedClaim]) -> list[Span]:
    """Return the lines of a province's figures: the stated periods, oldest first, and how many state none."""
    name = page.words.pick(province.name)
    dated = where(claims, is_dated)
    held, undated = group_by(dated, find_days), len(claims) - len(dated)
    lines: list[int] = []
    spans = []
    for days, figures in sorted(held.items(), key=lambda item: (item[0].start or date.min, item[0].end or date.max)):
        span = make_span(page, province, days, figures)
        line = next((place for place, end in enumerate(lines) if end <= (span.start or 0)), len(lines))
        lines[line : line + 1] = [(span.fade or 0) + ROOM_OF_WORDS]
        spans.append(span._replace(row=name_line(province, line)))
    if not lines and not undated:
        return []
    empty = Span("", "", "", "", None, None, None, False, "", "", "", page.colour(province))
    heads = [(name, name, page.link(view=View.PROVINCE, province=(province.slug,), figure="", page=1))]
    if undated:
        text = page.words("time.undated", figures=page.words.count("count.figures", undated))
        query = {"view": View.FIGURES, "province": (province.slug,), "period": UNSTATED, "figure": "", "page": 1}
        heads.append((page.words("time.undated.short", n=undated), f"{name}, {text}", page.link(**query)))
    named = [
        empty._replace(row=name_line(province, line), name=text, name_alt=text_alt, name_href=href)
        for line, (text, text_alt, href) in enumerate(heads)
    ]
    return sorted([*named, *spans], key=lambda span: span.row)


def name_line(province: Province, line: int) -> str:
    """Return the name of a line, by which the lines of a province can be sorted."""
    return f"{province.slug} {line:03}"


def make_span(page: Page, province: Province, days: Days, figures: Sequence[CheckedClaim]) -> Span:
    """Return one stated period with how many figures it holds."""
    period = figures[0].period
    certain = period.certain_days
    start = certain.start or date.min
    end = find_moment((certain.end or date.min) + timedelta(days=1))
    label = f"{format_period(period, page.words.lang)}: {page.words.count('count.figures', len(figures))}"
    return Span(
        row="",
        name="",
        name_alt="",
        name_href="",
        start=find_moment(start),
        end=end,
        fade=end + FADE if days.end is None else end,
        is_day=days.start == days.end,
        words=str(len(figures)),
        alt=f"{page.words.pick(province.name)}, {label}",
        href=page.link(view=View.FIGURES, province=(province.slug,), period=period.covers, figure="", page=1),
        colour=page.colour(province),
    )
