from decimal import Decimal

import pytest

from extract.claims.collection import Collection
from extract.claims.records import LANGS, Claim, Lang, Name, Period, Unit
from extract.figures.formats import (
    SHORT_UNIT,
    format_bare,
    format_in_words,
    format_joined,
    format_number,
    format_period,
    format_share,
    format_short,
    format_value_as_read,
    has_short_unit,
)
from extract.text.hedges import Qualifier
from tests.figures.test_columns import change_claim
from tests.page.composed import find_claim

HAMLET = Unit(key="hamlet", name=Name(vi="thôn", en="hamlet"), plural_en="hamlets", spellings=("thôn",))
PERCENT = Unit(key="percent", name=Name(vi="%", en="%"), plural_en="%", spellings=("%",))
DONG = Unit(key="vnd", name=Name(vi="đồng", en="đồng"), plural_en="đồng", spellings=("đồng",))


def make_claim(value: str, **changes: object) -> Claim:
    return Claim.model_validate({"id": "a", "indicator": "b", "figure": "c", "value": value} | changes)


def make_period(covers: str) -> Period:
    return Period(covers=covers, words="năm ấy") if covers != "unstated" else Period(covers=covers)


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        ("0", "0", "0"),
        ("5", "5", "5"),
        ("0.9", "0,9", "0.9"),
        ("1962", "1.962", "1,962"),
        ("640000000", "640.000.000", "640,000,000"),
        ("6006.7", "6.006,7", "6,006.7"),
        ("123456789012345678", "123.456.789.012.345.678", "123,456,789,012,345,678"),
        ("0.00000000000000001", "0,00000000000000001", "0.00000000000000001"),
        ("12345678.9012345678", "12.345.678,9012345678", "12,345,678.9012345678"),
    ],
)
def test_numbers_keep_every_digit(value: str, vi: str, en: str) -> None:
    assert (format_number(Decimal(value), "vi"), format_number(Decimal(value), "en")) == (vi, en)


@pytest.mark.parametrize(
    ("value", "of", "vi", "en"),
    [
        ("1962", "1969", "≈ 99,6% (1.962 ÷ 1.969)", "≈ 99.6% (1,962 ÷ 1,969)"),
        ("976", "1056", "≈ 92,4% (976 ÷ 1.056)", "≈ 92.4% (976 ÷ 1,056)"),
        ("1", "2", "50% (1 ÷ 2)", "50% (1 ÷ 2)"),
        ("1", "8", "12,5% (1 ÷ 8)", "12.5% (1 ÷ 8)"),
        ("1199", "2000", "≈ 60,0% (1.199 ÷ 2.000)", "≈ 60.0% (1,199 ÷ 2,000)"),
        ("0", "7", "0% (0 ÷ 7)", "0% (0 ÷ 7)"),
        ("7", "7", "100% (7 ÷ 7)", "100% (7 ÷ 7)"),
    ],
)
def test_shares_show_their_formula_and_say_when_they_are_rounded(value: str, of: str, vi: str, en: str) -> None:
    assert format_share(Decimal(value), Decimal(of), "vi") == vi
    assert format_share(Decimal(value), Decimal(of), "en") == en


@pytest.mark.parametrize(
    ("value", "of", "en"),
    [
        ("1968999", "1969000", "≈ 99.9999% (1,968,999 ÷ 1,969,000)"),
        ("1", "3000000", "≈ 0.00003% (1 ÷ 3,000,000)"),
        (
            "99999999999999999",
            "100000000000000000",
            "99.999999999999999% (99,999,999,999,999,999 ÷ 100,000,000,000,000,000)",
        ),
    ],
)
def test_a_part_never_reads_as_nothing_or_as_the_whole(value: str, of: str, en: str) -> None:
    assert format_share(Decimal(value), Decimal(of), "en") == en


@pytest.mark.parametrize(
    ("claim", "unit", "vi", "en"),
    [
        (make_claim("640000000", qualifier="nearly"), DONG, "< 640.000.000 đồng", "nearly 640,000,000 đồng"),
        (make_claim("1"), HAMLET, "1 thôn", "1 hamlet"),
        (make_claim("0"), HAMLET, "0 thôn", "0 hamlets"),
        (make_claim("1962", of="1969"), HAMLET, "1.962/1.969 thôn", "1,962 of 1,969 hamlets"),
        (make_claim("99.5", qualifier="over"), PERCENT, "> 99,5%", "over 99.5%"),
    ],
)
def test_a_value_reads_with_its_unit_and_its_hedge_as_a_sign_or_a_word(
    claim: Claim, unit: Unit, vi: str, en: str
) -> None:
    assert (format_value_as_read(claim, unit, "vi"), format_value_as_read(claim, unit, "en")) == (vi, en)


def test_every_hedge_has_its_sign_and_its_word_and_the_exact_number_has_none() -> None:
    read = {
        qualifier.value: tuple(
            format_value_as_read(make_claim("7", qualifier=qualifier), HAMLET, lang) for lang in LANGS
        )
        for qualifier in Qualifier
    }
    assert read == {
        "exact": ("7 thôn", "7 hamlets"),
        "about": ("≈ 7 thôn", "about 7 hamlets"),
        "nearly": ("< 7 thôn", "nearly 7 hamlets"),
        "over": ("> 7 thôn", "over 7 hamlets"),
        "under": ("< 7 thôn", "under 7 hamlets"),
        "at_least": ("≥ 7 thôn", "at least 7 hamlets"),
        "at_most": ("≤ 7 thôn", "at most 7 hamlets"),
    }


def test_every_hedge_is_a_word_in_a_sentence(collection: Collection) -> None:
    checked = find_claim(collection, "ha-tinh-2021-drug-cases")
    read = {
        qualifier.value: tuple(format_in_words(change_claim(checked, qualifier=qualifier), lang) for lang in LANGS)
        for qualifier in Qualifier
    }
    assert read == {
        "exact": ("6 vụ", "6 cases"),
        "about": ("khoảng 6 vụ", "about 6 cases"),
        "nearly": ("gần 6 vụ", "nearly 6 cases"),
        "over": ("hơn 6 vụ", "over 6 cases"),
        "under": ("dưới 6 vụ", "under 6 cases"),
        "at_least": ("ít nhất 6 vụ", "at least 6 cases"),
        "at_most": ("nhiều nhất 6 vụ", "at most 6 cases"),
    }


@pytest.mark.parametrize(
    ("figure", "words", "short", "bare"),
    [
        (
            "kon-tum-administrative-fines",
            ("gần 640.000.000 đồng", "nearly 640,000,000 đồng"),
            ("< 640.000.000 đồng", "nearly 640,000,000 đồng"),
            ("< 640.000.000", "nearly 640,000,000"),
        ),
        (
            "ha-tinh-2022-communes-meeting-criterion-19-2",
            ("171/181 xã", "171 of 181 communes"),
            # A whole takes the room of the unit, which the chart says.
            ("171/181", "171 of 181"),
            ("171/181", "171 of 181"),
        ),
        (
            "khanh-hoa-2016-communes-with-steering-board",
            ("100%", "100%"),
            ("100%", "100%"),
            ("100", "100"),
        ),
        (
            "kon-tum-since-2013-movement-participations",
            ("khoảng 34.000 lượt người tham gia", "about 34,000 participations"),
            ("≈ 34.000", "about 34,000"),
            ("≈ 34.000", "about 34,000"),
        ),
        (
            "khanh-hoa-2016-workplace-guard-boards",
            ("280 ban, đội", "280 boards and teams"),
            ("280 ban, đội", "280"),
            ("280", "280"),
        ),
    ],
)
def test_a_figure_reads_in_words_beside_a_bar_and_without_its_unit(
    collection: Collection, figure: str, words: tuple[str, str], short: tuple[str, str], bare: tuple[str, str]
) -> None:
    checked = find_claim(collection, figure)
    for format_value, expected in ((format_in_words, words), (format_short, short), (format_bare, bare)):
        assert tuple(format_value(checked, lang) for lang in LANGS) == expected


def test_a_unit_stands_beside_each_number_where_it_is_short(collection: Collection) -> None:
    units = {checked.unit.key: checked for checked in collection.claims}
    long = {lang: {key for key, checked in units.items() if not has_short_unit(checked, lang)} for lang in LANGS}
    assert long == {
        lang: {
            key
            for key, checked in units.items()
            if len(checked.unit.name.vi if lang == "vi" else checked.unit.plural_en) > SHORT_UNIT
        }
        for lang in LANGS
    }
    assert "percent" not in long["en"] | long["vi"]
    assert long["en"]


@pytest.mark.parametrize(
    ("covers", "vi", "en"),
    [
        ("unstated", "không nêu", "not stated"),
        ("2021", "năm 2021", "2021"),
        ("2021-01/2021-12", "năm 2021", "2021"),
        ("2015/2017", "2015–2017", "2015–2017"),
        ("2016-03-24", "24/3/2016", "24 March 2016"),
        ("2016-03", "tháng 3/2016", "March 2016"),
        ("2020-02", "tháng 2/2020", "February 2020"),
        ("2021-01/2021-06", "tháng 1–6/2021", "January–June 2021"),
        ("2020-07/2021-06", "tháng 7/2020–6/2021", "July 2020 – June 2021"),
        ("2021-06-01/2021-06-15", "1–15/6/2021", "1–15 June 2021"),
        ("2021-01-26/2021-02-01", "26/1 – 1/2/2021", "26 January – 1 February 2021"),
        ("2020-12-26/2021-02-01", "26/12/2020 – 1/2/2021", "26 December 2020 – 1 February 2021"),
        ("2013/..", "từ 2013 (để ngỏ)", "since 2013 (open)"),
        ("2013-01/..", "từ tháng 1/2013 (để ngỏ)", "since January 2013 (open)"),
        ("2013-01-01/..", "từ 1/1/2013 (để ngỏ)", "since 1 January 2013 (open)"),
    ],
)
def test_periods_read_in_the_coarsest_terms_that_say_them_whole(covers: str, vi: str, en: str) -> None:
    assert (format_period(make_period(covers), "vi"), format_period(make_period(covers), "en")) == (vi, en)


def test_a_date_that_an_article_does_not_give_is_said_to_be_missing() -> None:
    assert (format_period(None, "vi"), format_period(None, "en")) == ("không nêu", "not stated")


@pytest.mark.parametrize(
    ("texts", "lang", "joined"),
    [
        ([], "en", ""),
        (["case"], "en", "case"),
        (["vụ", "người"], "vi", "vụ và người"),
        (["a", "b", "c", "d"], "vi", "a, b, c và d"),
        (["a", "b", "c", "d", "e", "f"], "vi", "a, b, c và 3 mục khác"),
        (["xã, phường", "huyện"], "vi", "xã, phường; huyện"),
        (["board and team", "person"], "en", "board and team; person"),
    ],
)
def test_lists_stay_short_and_their_members_apart(texts: list[str], lang: Lang, joined: str) -> None:
    assert format_joined(texts, lang) == joined
