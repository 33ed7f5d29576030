"""The address is the page's whole state: what is written into it is read from it, and nothing else is believed."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.claims.load.root import load_root
from extract.figures.filters import LONGEST_SEARCH, NO_FILTERS, UNSTATED, Filters, list_names, parse_filters
from extract.figures.table import SORTS, FigureTable
from extract.page.address import Address, AddressProblem, View, format_query, parse_query
from tests.conftest import REPOSITORY, TODAY

TABLE = FigureTable(load_root(REPOSITORY, today=TODAY)[0])
PROVINCES = tuple(TABLE.collection.provinces)
TOPICS = tuple(TABLE.collection.topics)
INDICATORS = tuple(TABLE.collection.indicators)


def pick_some(names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Return any of the choices of names, in their order."""
    return st.sets(st.sampled_from(names)).map(lambda chosen: tuple(name for name in names if name in chosen))


ADDRESSES = st.builds(
    Address,
    view=st.sampled_from(View),
    filters=st.builds(
        Filters,
        province=pick_some(PROVINCES),
        topic=pick_some(TOPICS),
        indicator=pick_some(INDICATORS),
        year=st.sampled_from(["", UNSTATED, "2021-06", "2015/2017", "2014/..", *TABLE.years]),
        period=st.sampled_from(["", UNSTATED, "2021", "2016-03-24", "2013/.."]),
        hedge=st.sampled_from(["", "exact", "hedged"]),
        q=st.text(max_size=LONGEST_SEARCH).map(lambda text: " ".join(text.split())),
    ),
    figure=st.sampled_from(["", *TABLE.claims]),
    article=st.sampled_from(["", *TABLE.sources]),
    sort=st.sampled_from(["", *SORTS, *(f"-{column}" for column in SORTS)]),
    page=st.integers(1, 999_999),
    lang=st.sampled_from(["", "vi", "en"]),
)


def read(query: str) -> tuple[Address, tuple[AddressProblem, ...]]:
    """Return what the page makes of a query, decoded as a browser's address is."""
    return parse_query(dict(parse_qsl(query, keep_blank_values=True)), TABLE)


@given(ADDRESSES)
def test_every_state_is_read_from_its_address_as_it_was_written(address: Address) -> None:
    query = format_query(address)
    assert query.isascii()
    assert read(query) == (address, ())
    assert address.to() == f"?{query}"


@given(st.dictionaries(st.sampled_from([*Address.__dataclass_fields__, *list_names(), "other"]), st.text()))
def test_any_query_is_answered_and_what_is_kept_of_it_is_an_address_of_its_own(params: dict[str, str]) -> None:
    address, unknown = parse_query(params, TABLE)
    assert read(format_query(address)) == (address, ())
    assert all(item.value in params[item.key] for item in unknown)


def test_defaults_are_left_out_of_links() -> None:
    assert Address().to() == "?"
    assert Address(page=1, filters=Filters(hedge="", province=()), view=View.COMPARE).to() == "?"
    assert [
        Address().to(**{name: value}) for name, value in {"page": 2, "view": View.FIGURES, "lang": "vi"}.items()
    ] == [
        "?page=2",
        "?view=figures",
        "?lang=vi",
    ]


def test_a_link_keeps_the_rest_of_the_state_and_the_order_of_its_keys() -> None:
    address = Address(filters=Filters(topic="models,forces", q="ma túy & heroin"), lang="vi")
    assert address.to(figure="ha-tinh-2021-drug-cases", province=("ha-tinh",)) == (
        "?province=ha-tinh&topic=models,forces&q=ma%20t%C3%BAy%20%26%20heroin&figure=ha-tinh-2021-drug-cases&lang=vi"
    )
    assert address.to(q="", topic=()) == "?lang=vi"


def test_an_address_selects_by_its_filters_alone() -> None:
    filters = Filters(province="kon-tum,ha-tinh", year="2021", hedge="hedged", q="x")
    address = Address(view=View.FIGURES, filters=filters, page=3)
    assert (address.chosen("province"), address.chosen("year"), address.chosen("topic")) == (
        ("kon-tum", "ha-tinh"),
        ("2021",),
        (),
    )
    assert address.is_filtered
    assert address.to(filters=NO_FILTERS, page=1) == "?view=figures"
    state = Address(view=View.FIGURES, figure="x", article="y", sort="-value", page=7, lang="en")
    assert state.filters == NO_FILTERS
    assert not state.is_filtered


@pytest.mark.parametrize(
    ("params", "address", "unknown"),
    [
        ({"view": "map"}, Address(), [("view", "map")]),
        ({"view": "Compare"}, Address(), [("view", "Compare")]),
        (
            {"province": "hanoi,ha-tinh,ha-tinh,kon-tum,,HA-TINH"},
            Address(filters=Filters(province="kon-tum,ha-tinh")),
            [("province", "hanoi"), ("province", "HA-TINH")],
        ),
        ({"topic": ","}, Address(), []),
        ({"topic": "models models"}, Address(), [("topic", "models models")]),
        ({"year": "1944"}, Address(), [("year", "1944")]),
        ({"year": "2021-13"}, Address(), [("year", "2021-13")]),
        ({"year": "1999"}, Address(filters=Filters(year="1999")), []),
        ({"year": "2021-06"}, Address(filters=Filters(year="2021-06")), []),
        ({"year": "2015/2017"}, Address(filters=Filters(year="2015/2017")), []),
        (
            {"indicator": "drug-cases,nothing"},
            Address(filters=Filters(indicator="drug-cases")),
            [("indicator", "nothing")],
        ),
        ({"year": "２０２１"}, Address(), [("year", "２０２１")]),
        ({"year": "unstated"}, Address(filters=Filters(year="unstated")), []),
        ({"hedge": "exact,hedged"}, Address(), [("hedge", "exact,hedged")]),
        ({"figure": "ha-tinh-2021-drug-cases\0"}, Address(), [("figure", "ha-tinh-2021-drug-cases\0")]),
        ({"article": "../../etc/passwd"}, Address(), [("article", "../../etc/passwd")]),
        ({"article": "003_b2aa1906d32ce349.txt"}, Address(), [("article", "003_b2aa1906d32ce349.txt")]),
        ({"sort": "--value"}, Address(), [("sort", "--value")]),
        ({"sort": "-period"}, Address(sort="-period"), []),
        ({"lang": "fr"}, Address(), [("lang", "fr")]),
        ({"page": "-1"}, Address(), [("page", "-1")]),
        ({"page": "0"}, Address(), [("page", "0")]),
        ({"page": "２"}, Address(), [("page", "２")]),
        ({"page": "²"}, Address(), [("page", "²")]),
        ({"page": "1e3"}, Address(), [("page", "1e3")]),
        ({"page": "1000000"}, Address(), [("page", "1000000")]),
        ({"page": "007"}, Address(page=7), []),
        ({"q": "  ma \n\t túy\u2003đá "}, Address(filters=Filters(q="ma túy đá")), []),
        ({"q": "'; DROP TABLE figures; --"}, Address(filters=Filters(q="'; DROP TABLE figures; --")), []),
        ({"utm_source": "newsletter", "__proto__": "x"}, Address(), []),
    ],
)
def test_what_names_nothing_is_reported_and_the_page_goes_on_without_it(
    params: dict[str, str], address: Address, unknown: list[tuple[str, str]]
) -> None:
    assert parse_query(params, TABLE) == (
        address,
        tuple(AddressProblem(key=key, value=value) for key, value in unknown),
    )


def test_empty_values_are_no_values() -> None:
    fields = (*list_names(), "view", "figure", "article", "sort", "lang")
    assert parse_query(dict.fromkeys(fields, ""), TABLE) == (Address(), ())


def test_a_search_is_cut_at_its_longest_and_nothing_else_of_it_is_lost() -> None:
    address, unknown = parse_query({"q": "ă" * 100_000}, TABLE)
    assert (address.filters, unknown) == (Filters(q="ă" * LONGEST_SEARCH), ())
    assert parse_query(address.filters.active, TABLE)[0] == address


def test_a_state_is_compared_by_value_and_never_changes() -> None:
    address = Address(filters=Filters(province="ha-tinh"))
    assert replace(address, page=1) == address
    with pytest.raises(AttributeError):
        address.page = 2  # type: ignore[misc]


@pytest.mark.parametrize(
    "query",
    [
        {"indicator": "drug-cases"},
        {"indicator": "drug-cases,forgery-referrals", "province": "ha-tinh"},
        {"year": "2021-06"},
        {"year": "2015/2017", "topic": "models"},
        {"year": "unstated"},
        {"period": "2013/..", "province": "kon-tum"},
        {"q": "vụ túy", "topic": "cases", "hedge": "exact"},
    ],
)
def test_the_page_selects_what_the_address_for_programs_does(query: dict[str, str]) -> None:
    address, problems = parse_query(query, TABLE)
    assert problems == ()
    found, expected = TABLE.find(address.filters), TABLE.find(parse_filters(TABLE, query))
    assert not expected.empty
    assert TABLE.pick(found) == TABLE.pick(expected)
