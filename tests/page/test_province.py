"""A province's page as it is composed: its list of articles stands on pages of its own."""

from dataclasses import replace

import pytest

from extract.claims.collection import Collection
from extract.figures.filters import Filters
from extract.page.address import View
from extract.site.paths import find_path, find_shown
from tests.page.composed import follow, html_of, list_blocks, make_page


@pytest.mark.parametrize(("at", "listed", "ways"), [(1, 50, [2]), (2, 20, [1]), (9, 20, [1])])
def test_a_province_lists_fifty_of_its_articles_a_page(
    collection: Collection, at: int, listed: int, ways: list[int]
) -> None:
    (source,) = [each for each in collection.sources if each.record.article.province == "ha-tinh"]
    others = tuple(each for each in collection.sources if each is not source)
    many = replace(collection, sources=(*others, *[source] * 70))
    page = make_page(many, view=View.PROVINCE, filters=Filters(province="ha-tinh"), page=at)
    html = html_of(*list_blocks(page)).replace("&amp;", "&")
    assert html.count(f'view=articles&article={source.record.article.seed.removesuffix(".txt")}"') == listed
    for way in ways:
        href = page.link(page=way)
        assert f'<a href="{href}">' in html
        led = follow(page, href).address
        assert find_shown(led) == replace(page.address, page=way)
        assert find_path(led) == ("province/ha-tinh-2.html" if way == 2 else "province/ha-tinh.html")
