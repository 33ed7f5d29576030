"""What search engines are told: every page in both languages, each beside the other, in files of a size they take."""

import xml.etree.ElementTree as ET
from urllib.parse import parse_qsl, urlsplit

import pytest

from extract.claims.collection import Collection
from extract.figures.table import FigureTable
from extract.page.address import View, parse_query
from extract.page.sitemap import count_pages, make_robots, make_sitemap

BASE = "https://figures.example/"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def table(collection: Collection) -> FigureTable:
    return FigureTable(collection)


def list_locations(sitemap: bytes, kind: str = "url") -> list[str]:
    return [str(each.text) for each in ET.fromstring(sitemap).iterfind(f"s:{kind}/s:loc", NAMES)]


def test_every_page_stands_there_in_both_languages_and_is_known(table: FigureTable) -> None:
    locations = list_locations(make_sitemap(table, BASE))
    assert len(locations) == len(set(locations)) == 2 * (len(View) + 3 + len(table.sources) + len(table.claims))
    opened = []
    for location in locations:
        address, unknown = parse_query(dict(parse_qsl(urlsplit(location).query)), table)
        assert (unknown, address.lang in ("vi", "en"), location.startswith(f"{BASE}?")) == ((), True, True)
        opened.append(address.figure)
    assert set(opened) == {"", *table.claims}


def test_each_names_the_other_language_and_the_one_for_all(table: FigureTable) -> None:
    root = ET.fromstring(make_sitemap(table, BASE))
    found = {
        str(url.findtext("s:loc", namespaces=NAMES)): {
            link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", NAMES)
        }
        for url in root
    }
    for location, links in found.items():
        assert location in links.values()
        assert found[str(links["vi"])] == found[str(links["en"])] == links
    assert found[f"{BASE}?lang=vi"] == {"vi": f"{BASE}?lang=vi", "en": f"{BASE}?lang=en", "x-default": BASE}


def test_more_than_a_file_may_hold_stands_on_pages_behind_an_index(table: FigureTable) -> None:
    whole = list_locations(make_sitemap(table, BASE))
    pages = count_pages(table, most=40)
    index = list_locations(make_sitemap(table, BASE, most=40), "sitemap")
    assert index == [f"{BASE}sitemap.xml?page={page}" for page in range(1, pages + 1)]
    parts = [list_locations(make_sitemap(table, BASE, page, most=40)) for page in range(1, pages + 1)]
    assert [location for part in parts for location in part] == whole
    assert {len(part) for part in parts[:-1]} == {40}


def test_robots_find_the_sitemap() -> None:
    assert make_robots(BASE).decode() == (
        "User-agent: *\nDisallow: /claim\nDisallow: /media/\n\nSitemap: https://figures.example/sitemap.xml\n"
    )
