from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import LANGS, Lang, Name, Nature, Period, Place, Qualifier, parse_days
from extract.claims.wording import Wording, parse_wording
from extract.figures.compare import (
    KEYS,
    Conclusion,
    Reason,
    compare_figures,
    compare_panel,
    format_finding,
    format_verdict,
    measure_period,
)

REPOSITORY = Path(__file__).resolve().parents[2]
BASE = "ha-tinh-2021-heroin-seized-bricks"


def make_period(covers: str) -> Period:
    return Period(covers=covers, words=None if covers == "unstated" else "năm ấy")


def change(
    checked: CheckedClaim,
    *,
    claim: dict[str, Any] | None = None,
    article: dict[str, Any] | None = None,
    province: dict[str, Any] | None = None,
    indicator: dict[str, Any] | None = None,
    unit: dict[str, Any] | None = None,
    covers: str | None = None,
) -> CheckedClaim:
    sentence = checked.sentence
    if covers is not None:
        sentence = sentence.model_copy(update={"period": make_period(covers)})
    return replace(
        checked,
        claim=checked.claim.model_copy(update=claim or {}),
        article=checked.article.model_copy(update=article or {}),
        province=checked.province.model_copy(update=province or {}),
        indicator=checked.indicator.model_copy(update=indicator or {}),
        unit=checked.unit.model_copy(update=unit or {}),
        sentence=sentence,
    )


@pytest.fixture
def one(collection: Collection) -> CheckedClaim:
    """A flow of the year 2021, exact, of a whole province whose borders still stand."""
    return next(checked for checked in collection.claims if checked.claim.id == BASE)


@pytest.fixture
def other(one: CheckedClaim) -> CheckedClaim:
    """The same of another province: nothing stands against comparing the two."""
    return change(
        one,
        claim={"id": "other", "figure": "9 bánh", "value": Decimal(9)},
        province={"slug": "nghe-an", "name": Name(vi="Nghệ An", en="Nghệ An")},
    )


def make_stock(checked: CheckedClaim, **changes: Any) -> CheckedClaim:
    return change(checked, indicator={"nature": Nature.STOCK}, **changes)


def make_share(checked: CheckedClaim, of: str | None, **changes: Any) -> CheckedClaim:
    claim = {"of": Decimal(of) if of else None, "value": Decimal(5)} | changes.pop("claim", {})
    return change(checked, indicator={"nature": Nature.SHARE}, claim=claim, **changes)


def judge(*claims: CheckedClaim) -> tuple[Conclusion, list[tuple[str, bool]]]:
    verdict = compare_panel(claims)
    return verdict.conclusion, [(reason.key, reason.blocks) for reason in verdict.reasons]


def find_reason(key: str, reasons: Iterable[Reason]) -> Reason:
    return next(reason for reason in reasons if reason.key == key)


def test_the_same_measure_of_two_provinces_and_one_year_is_comparable(one: CheckedClaim, other: CheckedClaim) -> None:
    verdict = compare_figures(one, other)
    assert (verdict.comparable, verdict.conclusion, verdict.reasons) == (True, Conclusion.COMPARABLE, ())
    assert (verdict.figures, [province.vi for province in verdict.provinces]) == (2, ["Hà Tĩnh", "Nghệ An"])
    assert [reason.key for reason in verdict.common] == [
        "same_indicator",
        "same_unit",
        "same_nature",
        "same_period",
        "same_article",
    ]


def test_another_indicator_unit_and_nature_each_block(one: CheckedClaim, other: CheckedClaim) -> None:
    indicator = {"id": "models", "name": Name(vi="mô hình", en="models")}
    assert judge(one, change(other, indicator=indicator)) == (Conclusion.ONE_BY_ONE, [("other_indicator", True)])
    unit = {"key": "kg", "name": Name(vi="kg", en="kg")}
    assert judge(one, change(other, unit=unit)) == (Conclusion.ONE_BY_ONE, [("other_unit", True)])
    assert judge(one, make_stock(other)) == (Conclusion.ONE_BY_ONE, [("other_nature", True)])
    verdict = compare_figures(one, make_stock(change(other, indicator=indicator, unit=unit)))
    assert verdict.reasons == (
        Reason(
            key="other_indicator",
            blocks=True,
            slots={"indicators": (one.indicator.name, Name(vi="mô hình", en="models"))},
        ),
        Reason(key="other_unit", blocks=True, slots={"units": (one.unit.name, Name(vi="kg", en="kg"))}),
        Reason(key="other_nature", blocks=True, slots={"natures": (Nature.FLOW, Nature.STOCK)}),
    )


def test_a_part_beside_its_whole_blocks_whichever_comes_first(one: CheckedClaim, other: CheckedClaim) -> None:
    part = change(other, claim={"part_of": one.claim.id, "figure": "2 bánh"})
    for pair in ((one, part), (part, one)):
        assert judge(*pair) == (Conclusion.ONE_BY_ONE, [("part_and_whole", True)])
    slots = compare_figures(one, part).reasons[0].slots
    assert slots == {"parts": ("2 bánh",), "wholes": ("13 bánh heroin",)}


def test_two_parts_of_one_whole_are_no_part_and_whole(one: CheckedClaim, other: CheckedClaim) -> None:
    parts = [change(checked, claim={"part_of": "elsewhere"}) for checked in (one, other)]
    assert judge(*parts) == (Conclusion.COMPARABLE, [])


def test_a_part_of_a_province_compares_only_with_the_same_part(one: CheckedClaim, other: CheckedClaim) -> None:
    here = Place(words="huyện A", name_en="A district")
    there = Place(words="huyện B", name_en="B district")
    district = change(one, claim={"place": here})
    blocked = (Conclusion.ONE_BY_ONE, [("part_of_province", True)])
    assert judge(district, other) == blocked
    assert judge(district, change(other, claim={"place": there})) == blocked
    # One name in two provinces is two places.
    assert judge(district, change(other, claim={"place": here})) == blocked
    assert judge(district, change(one, claim={"id": "later", "place": here}, covers="2022")) == (
        Conclusion.WITH_CARE,
        [("other_period", False)],
    )
    reason = compare_figures(district, other).reasons[0]
    assert reason.slots == {"places": (Name(vi="huyện A", en="A district"),)}


@pytest.mark.parametrize(
    ("one_covers", "other_covers", "reasons"),
    [
        ("2021", "2021", []),
        ("2021", "2021-01/2021-12", []),
        ("2021", "2020", [("other_period", False)]),
        ("2021-01", "2021-02", [("other_period", False)]),
        ("2020-07/2021-06", "2021", [("other_period", False)]),
        ("2021", "2015/2017", [("other_length", True)]),
        ("2021", "2021-01/2021-06", [("other_length", True)]),
        ("2021-06-30", "2021-06", [("other_length", True)]),
        ("2021", "unstated", [("period_unstated", True)]),
        ("unstated", "unstated", [("period_unstated", True)]),
        ("2013/..", "2013/..", [("period_open", True)]),
        ("2013/..", "2021", [("period_open", True)]),
        ("2013/..", "unstated", [("period_unstated", True), ("period_open", True)]),
    ],
)
def test_flows_compare_over_periods_of_one_length(
    one: CheckedClaim, other: CheckedClaim, one_covers: str, other_covers: str, reasons: list[tuple[str, bool]]
) -> None:
    pair = change(one, covers=one_covers), change(other, covers=other_covers)
    assert judge(*pair)[1] == reasons
    assert judge(*reversed(pair))[1] == reasons


@pytest.mark.parametrize(
    ("one_covers", "other_covers", "reasons"),
    [
        ("2021-01-15", "2021-01-15", []),
        ("2021-01-15", "2016-03-24", [("other_period", False)]),
        ("2021-01-15", "2021", [("other_period", False)]),
        ("2021-01-15", "unstated", [("period_unstated", False)]),
        ("2013/..", "2021", [("period_open", False)]),
    ],
)
def test_stocks_compare_with_care_when_they_stood_at_other_moments(
    one: CheckedClaim, other: CheckedClaim, one_covers: str, other_covers: str, reasons: list[tuple[str, bool]]
) -> None:
    assert judge(make_stock(one, covers=one_covers), make_stock(other, covers=other_covers))[1] == reasons


def test_a_stock_without_a_moment_in_an_article_without_a_date_blocks(one: CheckedClaim, other: CheckedClaim) -> None:
    undated = make_stock(other, covers="unstated", article={"published": None})
    assert judge(make_stock(one, covers="2021"), undated) == (Conclusion.ONE_BY_ONE, [("period_unstated", True)])
    unstated = make_stock(other, covers="unstated", article={"published": make_period("unstated")})
    assert judge(make_stock(one, covers="2021"), unstated) == (Conclusion.ONE_BY_ONE, [("period_unstated", True)])


@pytest.mark.parametrize(
    ("one_of", "other_of", "reasons"),
    [
        ("1969", "1969", []),
        ("1969", "1056", [("other_whole", False)]),
        ("1969", None, [("whole_unstated", True)]),
        (None, None, []),
    ],
)
def test_shares_compare_where_both_state_their_wholes(
    one: CheckedClaim, other: CheckedClaim, one_of: str | None, other_of: str | None, reasons: list[tuple[str, bool]]
) -> None:
    assert judge(make_share(one, one_of), make_share(other, other_of))[1] == reasons


def test_a_per_cent_has_its_whole_by_itself(one: CheckedClaim, other: CheckedClaim) -> None:
    percent = {"key": "percent", "spellings": ("%",)}
    assert judge(make_share(one, None, unit=percent), make_share(other, None, unit=percent)) == (
        Conclusion.COMPARABLE,
        [],
    )


def test_wholes_of_different_sizes_are_named(one: CheckedClaim, other: CheckedClaim) -> None:
    verdict = compare_figures(make_share(one, "1969"), make_share(other, "1056"))
    assert verdict.reasons == (Reason(key="other_whole", slots={"wholes": (Decimal(1969), Decimal(1056))}),)


def test_hedges_and_changed_borders_are_cautions(one: CheckedClaim, other: CheckedClaim) -> None:
    hedged = change(other, claim={"qualifier": Qualifier.NEARLY, "figure": "gần 9 bánh"})
    verdict = compare_figures(one, hedged)
    assert (verdict.comparable, verdict.conclusion) == (True, Conclusion.WITH_CARE)
    assert verdict.reasons == (Reason(key="hedged", slots={"figures": ("gần 9 bánh",)}),)
    borders = Name(vi="Đã sáp nhập.", en="It was merged.")
    for ended in ({"valid_until": date(2025, 6, 30)}, {"valid_from": date(2025, 7, 1)}):
        verdict = compare_figures(one, change(other, province={"borders": borders} | ended))
        assert verdict.reasons == (
            Reason(
                key="borders_changed",
                slots={"provinces": (other.province.name,), "borders": (borders,)},
            ),
        )


def test_offices_of_one_kind_in_two_provinces_are_no_caution(one: CheckedClaim, other: CheckedClaim) -> None:
    police = change(one, article={"reported_by": "Công an tỉnh Hà Tĩnh", "reported_by_en": None})
    same = change(other, article={"reported_by": "Công an tỉnh", "reported_by_en": None})
    guards = change(other, article={"reported_by": "Bộ đội Biên phòng tỉnh", "reported_by_en": "Border guard"})
    assert judge(police, same) == (Conclusion.COMPARABLE, [])
    assert compare_figures(police, guards).reasons == (
        Reason(
            key="other_office",
            slots={
                "offices": (
                    Name(vi="Công an tỉnh Hà Tĩnh", en="Công an tỉnh Hà Tĩnh"),
                    Name(vi="Bộ đội Biên phòng tỉnh", en="Border guard"),
                )
            },
        ),
    )
    assert judge(police, change(other, article={"reported_by": None})) == (Conclusion.COMPARABLE, [])


@pytest.mark.parametrize(
    ("one_says", "other_says", "key"),
    [
        (("13", "exact"), ("13", "exact"), "same_fact"),
        (("13", "exact"), ("13", "nearly"), "same_fact"),
        (("13", "exact"), ("14", "exact"), "disagree"),
        (("13", "exact"), ("14", "nearly"), "differ_within_hedges"),
        (("13", "exact"), ("12", "nearly"), "disagree"),
        (("13", "exact"), ("12", "over"), "differ_within_hedges"),
        (("13", "exact"), ("14", "over"), "disagree"),
        (("13", "exact"), ("14", "under"), "differ_within_hedges"),
        (("13", "exact"), ("12", "at_least"), "differ_within_hedges"),
        (("13", "exact"), ("14", "at_least"), "disagree"),
        (("13", "exact"), ("20", "about"), "differ_within_hedges"),
        (("20", "over"), ("10", "under"), "disagree"),
        (("10", "over"), ("20", "under"), "differ_within_hedges"),
        (("10", "over"), ("20", "at_least"), "differ_within_hedges"),
        (("13", "exact"), ("13", "at_most"), "same_fact"),
        (("13", "exact"), ("14", "at_most"), "differ_within_hedges"),
        (("13", "exact"), ("12", "at_most"), "disagree"),
        (("13", "at_least"), ("12", "at_most"), "disagree"),
        (("13", "over"), ("12", "at_most"), "disagree"),
        (("13", "nearly"), ("12", "at_most"), "differ_within_hedges"),
    ],
)
def test_two_reports_of_one_fact_agree_or_not(
    one: CheckedClaim, other: CheckedClaim, one_says: tuple[str, str], other_says: tuple[str, str], key: str
) -> None:
    first = change(one, claim={"value": Decimal(one_says[0]), "qualifier": Qualifier(one_says[1])})
    second = change(
        other, claim={"value": Decimal(other_says[0]), "qualifier": Qualifier(other_says[1]), "same_as": one.claim.id}
    )
    for pair in ((first, second), (second, first)):
        verdict = compare_figures(*pair)
        assert verdict.comparable
        assert [reason.key for reason in verdict.reasons if reason.key != "hedged"] == [key]
        assert verdict.reasons[0].slots == {"figures": tuple(checked.claim.figure for checked in pair)}


def test_reports_of_one_fact_with_other_wholes_disagree(one: CheckedClaim, other: CheckedClaim) -> None:
    first = make_share(one, "10", claim={"qualifier": Qualifier.ABOUT})
    second = make_share(other, "11", claim={"qualifier": Qualifier.ABOUT, "same_as": one.claim.id})
    assert compare_figures(first, second).reasons[0].key == "disagree"


@pytest.mark.parametrize(("limit", "key"), [("13", "disagree"), ("14", "differ_within_hedges")])
def test_three_reports_agree_only_if_one_number_fits_them_all(
    one: CheckedClaim, other: CheckedClaim, limit: str, key: str
) -> None:
    under = change(
        other, claim={"value": Decimal(limit), "qualifier": Qualifier.UNDER, "same_as": one.claim.id, "id": "under"}
    )
    about = change(other, claim={"value": Decimal(20), "qualifier": Qualifier.ABOUT, "same_as": one.claim.id})
    assert judge(one, under, about)[1] == [(key, False), ("hedged", False)]


def test_reports_are_one_fact_through_a_third_and_a_circle_ends(one: CheckedClaim, other: CheckedClaim) -> None:
    third = change(other, claim={"id": "third", "same_as": "first-report"})
    assert judge(change(one, claim={"same_as": "first-report"}), third)[1] == [("disagree", False)]
    chained = change(other, claim={"id": "third", "same_as": "other", "value": Decimal(13)})
    middle = change(other, claim={"same_as": one.claim.id, "value": Decimal(13)})
    assert judge(one, middle, chained)[1] == [("same_fact", False)]
    circle = [
        change(one, claim={"same_as": "other"}),
        change(other, claim={"same_as": one.claim.id, "value": Decimal(13)}),
    ]
    assert judge(*circle)[1] == [("same_fact", False)]


def test_reasons_that_block_come_before_cautions(one: CheckedClaim, other: CheckedClaim) -> None:
    twin = make_stock(other, claim={"same_as": one.claim.id, "qualifier": Qualifier.ABOUT})
    assert judge(one, twin)[1] == [("other_nature", True), ("differ_within_hedges", False), ("hedged", False)]


def test_one_figure_or_none_is_nothing_to_compare(one: CheckedClaim) -> None:
    nothing, alone, twice = compare_panel(()), compare_panel((one,)), compare_figures(one, one)
    assert [(v.conclusion, v.comparable, v.reasons, v.figures) for v in (nothing, alone, twice)] == [
        (Conclusion.NOTHING, False, (), 0),
        (Conclusion.ALONE, False, (), 1),
        (Conclusion.ALONE, False, (), 1),
    ]


def test_the_verdict_does_not_depend_on_the_order(collection: Collection) -> None:
    for one, other in combinations(collection.claims, 2):
        assert {(r.key, r.blocks) for r in compare_figures(one, other).reasons} == {
            (r.key, r.blocks) for r in compare_figures(other, one).reasons
        }


def test_a_panel_is_comparable_only_if_each_of_its_pairs_is(collection: Collection) -> None:
    """And it names every reason that one of its pairs has."""
    for topic in collection.topics:
        panel = [checked for checked in collection.claims if checked.topic.id == topic]
        whole = compare_panel(panel)
        pairs = [compare_figures(one, other) for one, other in combinations(panel, 2)]
        assert whole.comparable == (bool(pairs) and all(pair.comparable for pair in pairs))
        named = {reason.key for pair in pairs for reason in pair.reasons}
        # Periods of other lengths say that they are other periods.
        lengths = {"other_period"} if "other_length" in {reason.key for reason in whole.reasons} else set()
        assert {reason.key for reason in whole.reasons} | lengths == named | lengths


def test_the_models_of_the_real_articles_must_be_read_one_by_one(collection: Collection) -> None:
    panel = [checked for checked in collection.claims if checked.unit.key == "model"]
    verdict = compare_panel(panel)
    assert verdict.conclusion is Conclusion.ONE_BY_ONE
    assert {province.vi for province in verdict.provinces} == {"Hà Tĩnh", "Khánh Hòa"}
    blocking = {reason.key for reason in verdict.reasons if reason.blocks}
    assert {"other_indicator", "other_nature", "part_of_province"} <= blocking
    assert find_reason("other_nature", verdict.reasons).slots == {"natures": (Nature.FLOW, Nature.STOCK)}
    assert [reason.key for reason in verdict.common] == ["same_unit"]


@pytest.mark.parametrize(
    ("covers", "length"),
    [
        ("2020", (12, 0)),
        ("2021", (12, 0)),
        ("2015/2017", (36, 0)),
        ("2021-02", (1, 0)),
        ("2020-11-15/2021-11-14", (12, 0)),
        ("2021-01-26/2021-02-01", (0, 7)),
        ("2021-01-31/2021-02-28", (0, 29)),
        ("2021-06-30", (0, 1)),
        ("9999", (0, 365)),
        ("2013/..", None),
        ("unstated", None),
    ],
)
def test_a_period_is_measured_by_the_calendar(covers: str, length: tuple[int, int] | None) -> None:
    assert measure_period(parse_days(covers)) == length


WORDS = Wording(
    lang="en",
    texts={
        key: Name(vi=f"vi {text}", en=text)
        for key, text in {
            "verdict.other_indicator": "Other things: {indicators}.",
            "verdict.other_nature": "Other kinds: {natures}.",
            "verdict.other_period": "Other times: {periods}.",
            "verdict.other_whole": "Other wholes: {wholes}.",
            "verdict.hedged": "Hedged: {figures}.",
            "verdict.borders_changed": "{provinces}: {borders}",
            "conclusion.one_by_one": "Read them one by one.",
            "nature.flow": "during a period",
            "nature.stock": "at a moment",
        }.items()
    },
)


def test_reasons_are_put_in_words_with_all_that_they_name() -> None:
    names = (Name(vi="vụ", en="cases"), Name(vi="người, đối tượng", en="people, caught"))
    reasons = [
        Reason(key="other_indicator", blocks=True, slots={"indicators": names}),
        Reason(key="other_nature", blocks=True, slots={"natures": (Nature.FLOW, Nature.STOCK)}),
        Reason(key="other_period", slots={"periods": (make_period("2021"), make_period("2016-03"))}),
        Reason(key="other_whole", slots={"wholes": (Decimal(1969), Decimal(1056))}),
        Reason(key="hedged", slots={"figures": ("gần {x} 5",)}),
        Reason(
            key="borders_changed",
            slots={"provinces": names[:1], "borders": (Name(vi="Một.", en="One."), Name(vi="Hai.", en="Two."))},
        ),
    ]
    assert [format_finding(reason, WORDS) for reason in reasons] == [
        "Other things: cases; people, caught.",
        "Other kinds: during a period and at a moment.",
        "Other times: 2021 and March 2016.",
        "Other wholes: 1,969; 1,056.",
        "Hedged: gần {x} 5.",
        "cases: One. Two.",
    ]


def test_a_verdict_says_first_what_to_do(one: CheckedClaim, other: CheckedClaim) -> None:
    verdict = compare_figures(one, make_stock(other))
    assert format_verdict(verdict, WORDS) == ["Read them one by one.", "Other kinds: during a period and at a moment."]


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_has_words_for_every_finding_and_names_what_it_is_about(lang: Lang) -> None:
    words = parse_wording((REPOSITORY / "data" / "wording.yaml").read_bytes())[lang]
    slots = {
        "other_indicator": {"indicators"},
        "other_unit": {"units"},
        "other_nature": {"natures"},
        "part_and_whole": {"parts", "wholes"},
        "part_of_province": {"places"},
        "period_open": {"periods"},
        "other_length": {"periods"},
        "other_period": {"periods"},
        "other_whole": {"wholes"},
        "other_office": {"offices"},
        "borders_changed": {"borders"},
        "same_indicator": {"indicators"},
        "same_unit": {"units"},
        "same_nature": {"natures"},
        "same_period": {"periods"},
        "same_province": {"provinces"},
        "same_article": {"titles"},
    }
    named = {
        key: {slot for _, slot, _, _ in Formatter().parse(words.pick(words.texts[f"verdict.{key}"])) if slot}
        for key in KEYS
    }
    assert named == {key: slots.get(key, {"figures"}) for key in KEYS}
    assert all(words(f"conclusion.{conclusion}") for conclusion in Conclusion)
    assert all(words(f"nature.{nature}") for nature in Nature)


@pytest.mark.parametrize("lang", LANGS)
def test_every_verdict_of_the_real_figures_can_be_said(collection: Collection, lang: Lang) -> None:
    words = parse_wording((REPOSITORY / "data" / "wording.yaml").read_bytes())[lang]
    for one, other in combinations(collection.claims, 2):
        sentences = format_verdict(compare_figures(one, other), words)
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)
