"""The pills and the search: links that toggle, and a state that every view and every search keeps."""

import re
from dataclasses import replace

import pytest
from markupsafe import Markup

from extract.claims.collection import Collection
from extract.claims.records import LANGS, Lang
from extract.figures.filters import FILTERS, Filters
from extract.page.address import Address, View
from extract.page.page import Page
from extract.page.views.compare import list_provinces
from extract.page.views.frame import (
    MOST_PILLS,
    Pill,
    compose_filters,
    compose_head,
    compose_search,
    make_pills,
)
from tests.page.composed import follow, make_page, report_in_provinces


def list_pills(page: Page, name: str) -> dict[str, Pill]:
    """Return the pills of a filter, by their names."""
    (filter_,) = [each for each in FILTERS if each.name == name]
    return {pill.name: pill for pill in make_pills(page, filter_).pills}


def find_views(page: Page) -> dict[str, Address]:
    """Return where the head leads to, by the words of its links."""
    nav = re.search('<nav class="views".*?</nav>', compose_head(page, Markup()), re.DOTALL)
    assert nav
    links = re.findall(r'<a href="([^"]+)"(?: aria-current="page")?>(.*?)</a>', nav[0])
    return {name: follow(page, href).address for href, name in links}


@pytest.mark.parametrize(
    ("chosen", "filter_", "pill", "then"),
    [
        # Provinces and topics join one another, in the order of every view.
        (Filters(), "province", "Hà Tĩnh", Filters(province="ha-tinh")),
        (Filters(province="ha-tinh"), "province", "Kon Tum", Filters(province="kon-tum,ha-tinh")),
        (Filters(province="kon-tum,ha-tinh"), "province", "Kon Tum", Filters(province="ha-tinh")),
        (Filters(province="ha-tinh"), "province", "Hà Tĩnh", Filters()),
        (Filters(topic="models", q="x"), "topic", "Seizures", Filters(topic="seizures,models", q="x")),
        # A year takes the place of another.
        (Filters(year="2021"), "year", "2022", Filters(year="2021,2022")),
        (Filters(year="2021"), "year", "2021", Filters()),
        (Filters(year="2021"), "year", "not stated", Filters(year="2021,unstated")),
        (Filters(coverage="province,place"), "coverage", "the whole province", Filters(coverage="place")),
        (Filters(nature="stock"), "nature", "at a point in time", Filters()),
        (Filters(unit="vnd,kg"), "unit", "đồng", Filters(unit="kg")),
        (Filters(hedge="exact"), "hedge", "Hedged (nearly, about…)", Filters(hedge="hedged")),
        # What an address states and no pill offers can be taken away.
        (Filters(year="2021-06"), "year", "June 2021", Filters()),
        (Filters(period="2013/..", topic="outreach"), "period", "since 2013 (open)", Filters(topic="outreach")),
        (Filters(measure="boards"), "measure", "boards and teams", Filters()),
    ],
)
def test_a_pill_adds_its_value_or_takes_it_away(
    collection: Collection, chosen: Filters, filter_: str, pill: str, then: Filters
) -> None:
    page = make_page(collection, filters=chosen, page=3)
    leads = follow(page, list_pills(page, filter_)[pill].href).address
    assert (leads.filters, leads.page) == (then, 1)


def test_chosen_pills_are_marked_for_the_eye_and_for_the_ear(collection: Collection) -> None:
    page = make_page(collection, filters=Filters(province="ha-tinh", topic="models", hedge="exact"))
    html = compose_filters(page)
    marked = re.findall(r'aria-current="true">(?:<i[^>]*></i>)?([^<]*)<span class="hidden"> \(chosen\)</span>', html)
    assert marked == ["Hà Tĩnh", "Community security models (mô hình)", "Stated without a hedge"]
    assert "Filtered: 3 of 33 figures." in html
    assert '<a href="?">Clear all filters</a>' in html
    assert "Filtered" not in compose_filters(make_page(collection))


@pytest.mark.parametrize("lang", LANGS)
def test_the_bar_offers_the_provinces_that_articles_are_about_in_their_colours_and_every_topic(
    collection: Collection, lang: Lang
) -> None:
    page = make_page(collection, lang)
    provinces = list_pills(page, "province")
    assert {name: pill.colour for name, pill in provinces.items()} == {
        page.words.pick(province.name): page.colour(province) for province in list_provinces(page)
    }
    html = compose_filters(page)
    offered = re.findall(r'<a class="pill" href="[^"]+">(?:<i[^>]*></i>)?(.*?)</a>', html)
    assert offered == [*provinces, *(page.words.pick(topic.name) for topic in collection.topics.values())]


def test_years_and_hedges_stand_under_more_filters_and_are_taken_away_in_the_bar(collection: Collection) -> None:
    page = make_page(collection, filters=Filters(year="2021"))
    search, bar = compose_search(page), compose_filters(page)
    assert re.findall(r"<b>(.*?)</b>", search) == ["Year", "Precision as stated"]
    assert '<div class="pills" role="group" aria-label="Year">' not in bar
    assert re.findall(r'<a class="pill" href="\?" aria-current="true">2021<', bar) == [
        '<a class="pill" href="?" aria-current="true">2021<'
    ]


def test_more_values_than_the_bar_holds_stand_under_more_filters(made_collection: Collection) -> None:
    figure = "vi-du-dong-2021-self-managed-models"
    few = make_page(report_in_provinces(made_collection, figure, MOST_PILLS))
    assert ('aria-label="Province"' in compose_filters(few), "<b>Province</b>" in compose_search(few)) == (True, False)
    many = make_page(report_in_provinces(made_collection, figure, MOST_PILLS + 1), filters=Filters(province="p-13"))
    assert 'aria-label="Province"' not in compose_filters(many)
    assert compose_search(many).count(">Province 0") == 9
    # The chosen one stands in the bar, where it can be taken away.
    assert 'href="?" aria-current="true"><i class="dot"' in compose_filters(many)


def test_a_search_keeps_what_is_chosen_and_its_words(collection: Collection) -> None:
    page = make_page(
        collection, view=View.FIGURES, filters=Filters(province="ha-tinh,kon-tum", year="2021", q='"ma túy"')
    )
    form = compose_search(page)
    assert re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form) == [
        ("view", "figures"),
        ("province", "ha-tinh,kon-tum"),
        ("year", "2021"),
    ]
    assert 'name="q" value="&#34;ma túy&#34;"' in form


def test_every_view_keeps_the_filters_and_the_language(collection: Collection) -> None:
    filters = Filters(province="ha-tinh,khanh-hoa", topic="models", q="mô hình")
    page = make_page(collection, view=View.FIGURES, filters=filters, sort="-value", page=2, figure="x")
    page = replace(page, address=replace(page.address, lang="en"))
    assert find_views(page) == {
        page.words(f"view.{view}"): Address(view=view, filters=filters, lang="en") for view in View
    }


@pytest.mark.parametrize("view", View)
def test_views_that_filters_do_not_change_have_no_search(collection: Collection, view: View) -> None:
    has_search = "<form" in compose_search(make_page(collection, view=view))
    assert has_search == view.is_filtered == (view not in {View.ARTICLES, View.ABOUT})


def test_provinces_keep_their_colour_and_too_many_are_grey_but_the_chosen(made_collection: Collection) -> None:
    many = report_in_provinces(made_collection, "vi-du-dong-2021-self-managed-models", 63)
    page = make_page(many, filters=Filters(province="p-40,p-62"))
    colours = {slug: page.colour(province) for slug, province in many.provinces.items()}
    assert (colours["p-40"], colours["p-62"]) == ("#0072b2", "#d55e00")
    assert {colour for slug, colour in colours.items() if slug not in {"p-40", "p-62"}} == {"#8a8f98"}
    assert [slug for slug, province in many.provinces.items() if page.shows(province)] == ["p-40", "p-62"]
    assert all(make_page(many).shows(province) for province in many.provinces.values())
