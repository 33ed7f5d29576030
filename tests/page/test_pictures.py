"""Pictures: what a chart's spec says stands in its SVG as words, numbers and links, in either theme."""

from xml.etree import ElementTree as ET

import pytest

from extract.claims.collection import Collection
from extract.claims.records import Lang
from extract.page.pictures import THEMES, draw_svg
from extract.page.templates import Spec
from tests.page.composed import charts_of, list_blocks, make_page, rows_of

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
WORDS = ("name", "words", "of_words", "per_words", "ratio", "of_head", "per_head", "ratio_head")


def read_texts(svg: str) -> list[str]:
    """Return the texts of an SVG, the lines of each joined by a space."""
    return [" ".join(" ".join(text.itertext()).split()) for text in ET.fromstring(svg).iter(f"{SVG}text")]


def list_said(spec: Spec) -> list[str]:
    """Return the words that a chart's rows put beside its marks."""
    said = [str(row[field]) for row in rows_of(spec) for field in WORDS if row.get(field)]
    return [" ".join(text.split()) for text in said]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_chart_says_the_words_and_holds_the_links_of_its_rows(collection: Collection, lang: Lang, theme: str) -> None:
    page = make_page(collection, lang)
    charts = charts_of(*list_blocks(page))
    assert len(charts) > 4
    for spec in charts:
        svg = draw_svg(spec, width=640, theme=theme)
        assert set(list_said(spec)) <= set(read_texts(svg))
        links = {link.get(HREF) for link in ET.fromstring(svg).iter(f"{SVG}a")}
        hrefs = {row[field] for row in rows_of(spec) for field in row if field.endswith("href") and row[field]}
        assert links == hrefs
        assert THEMES[theme].ink in svg
