"""Hits of a search, marked in the letters of the text whatever its case, marks and grouping of digits."""

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.page.hits import make_sought


@pytest.mark.parametrize(
    ("phrases", "text", "marked"),
    [
        (["heroin"], "13 bánh Heroin", "13 bánh [Heroin]"),
        (["ma tuy"], "vụ MA TÚY; ma-túy", "vụ [MA TÚY]; [ma-túy]"),
        (["ma tuy"], "vu\u0323 ma tu\u0301y đá", "vu\u0323 [ma tu\u0301y] đá"),
        (["dong"], "640.000.000 đồng", "640.000.000 [đồng]"),
        (["hero"], "heroin, hero", "[hero]in, [hero]"),
        (["roin"], "heroin", "heroin"),
        (["640000000"], "nearly 640,000,000 đồng", "nearly [640,000,000] đồng"),
        (["640 000 000"], "640000000, 640.000.000", "[640000000], [640.000.000]"),
        (["640 000"], "640.000.000", "[640.000].000"),
        (["1962"], "1.962/1.969, năm 1962, 11.962, 19.62", "[1.962]/1.969, năm [1962], 11.962, 19.62"),
        (["0 9"], "0,9kg, 0.9, 09, 10,9", "[0,9]kg, [0.9], 09, 10,9"),
        (["ketamine", "giu"], "giữ ketamine, giữa, ketamines", "[giữ] [ketamine], [giữ]a, ketamines"),
        (["ma", "tuy"], "mai, ma, tuyến", "mai, [ma], [tuy]ến"),
        ([""], "heroin", "heroin"),
    ],
)
def test_hits_are_marked_in_the_letters_of_the_text(phrases: list[str], text: str, marked: str) -> None:
    html = make_sought(phrases).mark(text)
    assert html.replace('<mark class="hit">', "[").replace("</mark>", "]") == marked


def test_what_is_no_hit_is_escaped() -> None:
    assert make_sought(["b"]).mark("<a> & b <c>") == '&lt;a&gt; &amp; <mark class="hit">b</mark> &lt;c&gt;'


def find_claim(collection: Collection, name: str) -> CheckedClaim:
    return next(checked for checked in collection.claims if checked.claim.id == name)


def test_a_sentence_is_quoted_around_its_first_hit_in_the_readers_language_where_that_has_one(
    collection: Collection,
) -> None:
    checked = find_claim(collection, "ha-tinh-2021-smuggling-cases")
    assert make_sought(["heroin"]).quote(checked, "vi") == (
        "…chuyển, tàng trữ trái phép chất ma túy, thu giữ 13 bánh "
        '<mark class="hit">heroin</mark>, 28kg ma túy tổng hợp, 0,9kg ketamine, 238.000 viên ma túy…',
        "vi",
    )
    for words, lang, spoken in (("heroin", "en", "en"), ("banh", "en", "vi"), ("bricks", "vi", "en")):
        quoted = make_sought([words]).quote(checked, lang)  # type: ignore[arg-type]
        assert quoted is not None
        assert quoted[1] == spoken
    assert make_sought(["nowhere"]).quote(checked, "vi") is None
