"""Pictures: all that the page says of a chart stands in its picture as words, in either language, theme and width."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

import pytest

from extract.claims.collection import Collection
from extract.claims.records import LANGS, Lang
from extract.figures.filters import NO_FILTERS, Filters
from extract.figures.formats import format_figure
from extract.figures.groups import find_groups, group_by_province, is_across
from extract.page import pictures
from extract.page.address import View
from extract.page.captions import format_coverage
from extract.page.cells import make_charts
from extract.page.comparisons import ComparisonRecord, list_absent, make_across
from extract.page.page import Page
from extract.page.pictures import (
    FILES,
    MARGIN,
    STYLES,
    THEMES,
    Line,
    Picture,
    TooLargeError,
    compose_svg,
    draw_png,
    draw_svg,
    find_height,
    measure,
    wrap,
)
from extract.page.templates import Spec
from extract.page.views.picture import MOST_ROWS, TIMELINE, find_chart, find_name_fault, make_picture
from tests.page.composed import charts_of, html_of, list_blocks, make_page, report_in_provinces, rows_of

MODELS = "vi-du-dong-2021-self-managed-models"
BASE = "https://figures.example/"
TODAY = date(2026, 11, 30)
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
BESIDE = ("name", "words", "of_words", "per_words", "ratio", "of_head", "per_head", "ratio_head")
"""Fields of rows whose words stand beside marks."""


def read_texts(svg: str) -> list[str]:
    """Return the texts of an SVG, the lines of each as one."""
    return [" ".join(" ".join(text.itertext()).split()) for text in ET.fromstring(svg).iter(f"{SVG}text")]


def read_links(svg: str) -> set[str]:
    return {str(link.get(HREF)) for link in ET.fromstring(svg).iter(f"{SVG}a")}


def list_said(spec: Spec) -> set[str]:
    """Return the words that a chart's rows put beside its marks."""
    said = (str(row[field]) for row in rows_of(spec) for field in BESIDE if row.get(field))
    return {" ".join(text.split()) for text in said}


def list_hrefs(spec: Spec) -> set[str]:
    return {row[field] for row in rows_of(spec) for field in row if field.endswith("href") and row[field]}


def list_charts(page: Page) -> Iterator[ComparisonRecord]:
    """Yield every chart that can be made of a page's figures."""
    by_topic: dict[str, list[Any]] = {}
    for checked in page.table.pick(page.table.find(page.address.filters)):
        by_topic.setdefault(checked.topic.id, []).append(checked)
    for claims in by_topic.values():
        for group in find_groups(claims):
            if is_across(group):
                yield make_across(page, group, list_absent(page, group))
        for held in group_by_province(claims).values():
            yield from make_charts(page, held)


def draw(page: Page, name: str, width: int = 800, theme: str = "light") -> str:
    return compose_svg(make_picture(page, name, base=BASE, today=TODAY), width=width, theme=theme, base=BASE)


# A chart alone


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("lang", LANGS)
def test_a_chart_says_the_words_and_holds_the_links_of_its_rows(collection: Collection, lang: Lang, theme: str) -> None:
    charts = charts_of(*list_blocks(make_page(collection, lang)))
    assert len(charts) > 4
    for spec in charts:
        svg = draw_svg(spec, width=640, theme=theme)
        assert list_said(spec) <= set(read_texts(svg))
        assert read_links(svg) == list_hrefs(spec)
        assert THEMES[theme].ink in svg
        alts = {str(row[name]) for row in rows_of(spec) for name in ("alt", "of_alt", "per_alt") if row.get(name)}
        titles = {title.text for title in ET.fromstring(svg).iter(f"{SVG}title")}
        assert titles == ({*alts} if "row" not in rows_of(spec)[0] else set())


# A picture


@pytest.mark.parametrize("lang", LANGS)
def test_every_charts_picture_says_what_the_page_says_of_it(collection: Collection, lang: Lang) -> None:
    page = make_page(collection, lang)
    charts = list(list_charts(page))
    assert {chart.kind for chart in charts} == {"report", "pair", "share"}
    for chart in charts:
        svg = draw(page, chart.name)
        texts = read_texts(svg)
        said = " ".join(texts)
        assert texts[0] == chart.title[:1].upper() + chart.title[1:]
        assert list_said(chart.chart) <= set(texts)
        assert chart.conclusion in said
        assert page.words.pick(chart.drawn[0].province.name) in texts
        for checked in chart.drawn:
            assert format_coverage(page, checked) in said
        assert page.words("head.scope") in texts
        assert texts[-1].startswith(BASE + "?")
        assert texts[-1].endswith({"vi": " · 30/11/2026", "en": " · 30 November 2026"}[lang])
        (source,) = [text for text in texts if text.startswith(page.words("panel.sources", articles=""))]
        publisher = chart.drawn[0].article.publisher
        assert publisher is None or page.words.choose(publisher.name, publisher.name_en) in source
        assert read_links(svg) >= {BASE + href for href in list_hrefs(chart.chart)}


@pytest.mark.parametrize("lang", LANGS)
def test_a_topics_picture_says_that_its_provinces_cannot_be_compared_and_shows_every_figure(
    collection: Collection, lang: Lang
) -> None:
    page = make_page(collection, lang, filters=Filters(topic="models"))
    svg = draw(page, "", theme="dark")
    texts = read_texts(svg)
    assert page.words("topic.apart") in texts
    assert texts.count(page.words("coverage.none")) == 1  # Kon Tum
    claims = page.table.pick(page.table.find(page.address.filters))
    for checked in claims:
        assert format_figure(checked, lang) in texts
    assert {f"{BASE}?topic=models&figure={checked.claim.id}" for checked in claims} <= read_links(svg)


def test_a_topic_of_many_provinces_names_those_that_have_room_and_counts_the_rest(
    made_beside_real: Collection,
) -> None:
    page = make_page(made_beside_real, filters=Filters(topic="models"))
    texts = read_texts(draw(page, ""))
    left = "Only Hà Tĩnh, Khánh Hòa, Ví Dụ Đông, Ví Dụ Tây stand here; 3 provinces more have figures."
    assert left in texts
    assert page.words("cell.above") in texts  # Ví Dụ Đông, whose figures all stand in the chart


def test_without_a_chart_or_a_topic_the_picture_is_the_timeline(collection: Collection) -> None:
    page = make_page(collection)
    assert draw(page, "") == draw(page, TIMELINE)
    (timeline,) = charts_of(*list_blocks(page, "time"))
    texts = read_texts(draw(page, ""))
    assert texts[:2] == [page.words("time.none"), page.words("time.legend")]
    assert list_said(timeline) <= set(texts)


def test_fading_colours_are_named_apart_so_that_pictures_can_share_a_document(collection: Collection) -> None:
    (timeline,) = charts_of(*list_blocks(make_page(collection), "time"))
    names = [set(re.findall(r'id="([^"]+)"', draw_svg(timeline, width=width, theme="light"))) for width in (500, 600)]
    assert len(names[0]) == 1
    assert names[0].isdisjoint(names[1])


def test_one_provinces_timeline_names_it(collection: Collection) -> None:
    page = make_page(collection, filters=Filters(province="kon-tum"))
    assert read_texts(draw(page, TIMELINE))[0] == "Kon Tum: The time that its figures cover"


def test_a_picture_of_nothing_says_so(collection: Collection) -> None:
    page = make_page(collection, filters=Filters(province="kon-tum", topic="seizures"))
    assert read_texts(draw(page, "")) == [
        "Reported figures",
        "No figures match.",
        "Figures as these articles report them, not official statistics.",
        f"{BASE}?province=kon-tum&topic=seizures · 30 November 2026",
    ]


def test_a_chart_of_which_the_filters_leave_nothing_is_a_picture_of_nothing(collection: Collection) -> None:
    (chart, *_) = list_charts(make_page(collection))
    page = make_page(collection, filters=Filters(province="kon-tum"))
    assert chart.drawn[0].province.slug != "kon-tum"
    assert "No figures match." in read_texts(draw(page, chart.name))


def test_a_measure_across_provinces_names_who_reports_it(made_collection: Collection) -> None:
    made = report_in_provinces(made_collection, MODELS, 3)
    page = make_page(made)
    (chart,) = [chart for chart in list_charts(page) if chart.kind == "across"]
    texts = read_texts(draw(page, chart.name))
    assert texts[0] == chart.title
    assert {"Province 01", "Province 02", "Province 03"} <= set(texts)


def test_more_rows_than_a_picture_holds_are_refused(made_collection: Collection) -> None:
    made = report_in_provinces(made_collection, MODELS, MOST_ROWS + 1)
    (measure_id,) = {checked.measure.id for checked in made.claims}
    page = make_page(made, filters=Filters(measure=measure_id))
    with pytest.raises(ValueError, match=r"^this picture would hold 201 rows, and 200 are the most: choose fewer"):
        make_picture(page, "across.p-01-figure", base=BASE, today=TODAY)
    shown = make_picture(make_page(made), "across.p-01-figure", base=BASE, today=TODAY)
    assert "12 of 201 figures." in [block.text for block in shown.body if isinstance(block, Line)]


# Names


def test_every_chart_is_found_by_its_name_and_by_any_figure_of_it(
    collection: Collection, made_beside_real: Collection
) -> None:
    for held in (collection, made_beside_real):
        page = make_page(held)
        claims = page.table.pick(page.table.find(NO_FILTERS))
        for chart in list_charts(page):
            assert find_name_fault(page.table, chart.name) == ""
            narrow = make_page(
                held, filters=Filters(province=chart.provinces[0]) if len(chart.provinces) == 1 else NO_FILTERS
            )
            found = find_chart(narrow, chart.name, narrow.table.pick(narrow.table.find(narrow.address.filters)))
            assert found is not None
            assert (found.name, found.kind) == (chart.name, chart.kind)
            if chart.kind == "report":
                again = find_chart(page, f"report.{chart.drawn[-1].claim.id}", claims)
                assert again is not None
                assert again.name == chart.name


@pytest.mark.parametrize(
    "name", ["x", "report", "report.no-such-figure", "pair.ha-tinh-2021-smuggling-cases", "timeline.x", "across."]
)
def test_what_cannot_name_a_chart_is_told_what_can(collection: Collection, name: str) -> None:
    assert find_name_fault(make_page(collection).table, name) == (
        f"chart '{name}' is unknown: use timeline, or a name from a link under a chart (across, report, pair, share)"
    )


def test_figures_that_no_chart_shows_together_are_refused(collection: Collection) -> None:
    with pytest.raises(ValueError, match=r"^chart 'share\.ha-tinh-2021-smuggling-cases' is not there: no such chart"):
        make_picture(make_page(collection), "share.ha-tinh-2021-smuggling-cases", base=BASE, today=TODAY)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("view", [View.COMPARE, View.PROVINCE])
def test_under_every_chart_stand_the_ways_to_take_it_along(collection: Collection, lang: Lang, view: View) -> None:
    page = make_page(collection, lang, view=view, filters=Filters(year="2021"))
    blocks = list_blocks(page)
    lines = re.findall(r'<span class="take">(.*?)</span>', html_of(*blocks))
    names = []
    for line in lines:
        hrefs = [unescape(href) for href in re.findall(r'href="([^"]+)"', line)]
        paths = [href.partition("?")[0] for href in hrefs]
        assert paths == ["chart.png", "chart.svg", "figures.csv", "", "chart", "chart"]
        assert all("year=2021" in href for href in hrefs)
        query = dict(parse_qsl(hrefs[1].partition("?")[2]))
        names.append(query.get("chart", query.get("topic")))
        assert query["lang"] == lang
    shown = [chart for chart in names if chart not in page.table.collection.topics]
    assert len(shown) == len(charts_of(*blocks))
    assert shown.count(TIMELINE) == 1


# Setting


@pytest.mark.parametrize("width", [320, 375, 640, 2000])
def test_no_words_stand_outside_a_picture_however_narrow(collection: Collection, width: int) -> None:
    for lang in LANGS:
        picture = make_picture(make_page(collection, lang, filters=Filters(topic="models")), "", base=BASE, today=TODAY)
        for line in (*picture.body, *picture.foot):
            if isinstance(line, Line):
                style = STYLES[line.style]
                lines = wrap(line.text, style, width - 2 * MARGIN)
                assert all(measure(each, style) <= width - 2 * MARGIN for each in lines)
                assert "".join(lines).replace(" ", "") == line.text.replace(" ", "")


def test_the_font_has_every_letter_of_the_page_and_of_vietnamese(collection: Collection) -> None:
    page = make_page(collection, "vi")
    shown = {*html_of(*list_blocks(page)), *"".join(name.vi + name.en for name in page.words.texts.values())}
    vowels = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    marks = "\u0300\u0301\u0303\u0309\u0323"
    letters = {*"đĐ₫≈≤≥–—…“”«»·", *shown} | {unicodedata.normalize("NFC", v + m) for v in vowels for m in marks}
    for weight in FILES:
        missing = {letter for letter in letters if letter.isprintable()} - pictures._read_widths(weight).keys()
        assert missing <= {"✓", "✕"}  # signs of the page's own, which no picture shows


def test_a_theme_has_its_own_ground_which_is_never_left_open(collection: Collection) -> None:
    for theme, colours in THEMES.items():
        svg = draw(make_page(collection), TIMELINE, theme=theme)
        ground = ET.fromstring(svg).find(f"{SVG}rect")
        assert ground is not None
        assert ground.get("fill") == colours.ground
        png = draw_png(svg)
        assert read_size(png) == (800, find_height(svg))


def read_size(png: bytes) -> tuple[int, int]:
    """Return the width and height that a PNG states."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def test_a_picture_brings_its_letters_unless_its_page_does() -> None:
    picture = Picture(lang="vi", title="Hà Tĩnh: 72 vụ", body=[], foot=[])
    assert compose_svg(picture, width=400, theme="light").count("@font-face") == len(FILES)
    assert "@font-face" not in compose_svg(picture, width=400, theme="light", brings_font=False)


def test_words_of_the_data_stay_words() -> None:
    hostile = '</text><script>alert(1)</script> & "<a xlink:href="?x">'
    svg = compose_svg(Picture("vi", hostile, [Line("text", hostile)], []), width=800, theme="light", base=BASE)
    assert read_texts(svg) == [hostile, hostile]
    assert [element.tag for element in ET.fromstring(svg).iter() if element.tag.endswith(("script", "}a"))] == []


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    svg = compose_svg(Picture("vi", "72 vụ", [Line("text", "vụ " * 40_000)], []), width=2000, theme="light")
    with pytest.raises(TooLargeError, match=r"^this picture would have \d+ million pixels, and 32 are the most: use a"):
        draw_png(svg, scale=3)
