from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import Correction, Name, Period, Place, Unit
from extract.figures.columns import (
    ARTICLES,
    FIGURES,
    INDICATORS,
    LEDGER,
    PROVINCES,
    RATIOS,
    TABLES,
    Column,
    Domain,
    Table,
    compute_share,
)
from extract.text.hedges import Qualifier

REPOSITORY = Path(__file__).resolve().parents[2]
CONTRACT = [
    "id",
    "province",
    "province_name",
    "iso_code",
    "topic",
    "indicator",
    "indicator_name",
    "nature",
    "value",
    "of",
    "share",
    "unit",
    "qualifier",
    "period_start",
    "period_end",
    "period_words",
    "figure",
    "quote",
    "translation",
    "article",
    "article_title",
    "publisher",
    "published",
    "url",
    "seed",
    "sha256",
    "quote_start",
    "quote_end",
    "figure_start",
    "figure_end",
]
PERCENT = Unit(key="percent", name=Name(vi="%", en="%"), plural_en="%", spellings=("%",))
HAMLET = Unit(key="hamlet", name=Name(vi="thôn", en="hamlet"), plural_en="hamlets", spellings=("thôn",))


def find_trace(collection: Collection, claim: str) -> CheckedClaim:
    return next(checked for checked in collection.claims if checked.claim.id == claim)


def change_claim(checked: CheckedClaim, **changes: object) -> CheckedClaim:
    return replace(checked, claim=checked.claim.model_copy(update=changes))


def change_period(checked: CheckedClaim, covers: str) -> CheckedClaim:
    period = Period(covers=covers, words=None if covers == "unstated" else "năm ấy")
    return replace(checked, period=period)


def read_rows(table: Table[Any], collection: Collection) -> list[dict[str, str]]:
    return [table.format_row(record) for record in table.find_records(collection)]


def test_the_contracts_columns_come_first_and_in_its_order() -> None:
    assert FIGURES.names[: len(CONTRACT)] == CONTRACT
    assert LEDGER.names == ["seed", "start", "end", "text", "kind", "claim", "reason", "certainty"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_codebook_explains_every_column_and_every_key_is_one(table: Table[Any]) -> None:
    assert len(set(table.names)) == len(table.names)
    assert [column.name for column in table.columns if not column.says.endswith(".")] == []
    assert {*table.primary_key, *(key.column for key in table.foreign_keys)} <= set(table.names)
    named = {other.name: other.names for other in TABLES}
    assert all(key.key in named[key.table] for key in table.foreign_keys)


def test_a_row_states_the_claim_its_sentence_and_its_article(collection: Collection) -> None:
    checked = find_trace(collection, "ha-tinh-2022-hamlets-meeting-security-standard")
    row = FIGURES.format_row(checked)
    text = (REPOSITORY / "seeds" / row["seed"]).read_text(encoding="utf-8")
    assert row == {
        "id": "ha-tinh-2022-hamlets-meeting-security-standard",
        "province": "ha-tinh",
        "province_name": "Hà Tĩnh",
        "iso_code": "VN-23",
        "topic": "standards",
        "indicator": "hamlets-meeting-security-standard",
        "indicator_name": checked.name.en,
        "nature": "share",
        "value": "1962",
        "of": "1969",
        "share": "0.996445",
        "unit": "hamlet",
        "qualifier": "exact",
        "period_start": "2022-01-15",
        "period_end": "2022-01-15",
        "period_words": "Đến nay",
        "figure": "1.962/1.969 thôn, tổ dân phố",
        "quote": checked.sentence.quote,
        "translation": checked.sentence.translation,
        "article": "ha-tinh-2021-three-forces",
        "article_title": "Tập trung đấu tranh với các loại tội phạm, đảm bảo an ninh quốc gia, an toàn xã hội",
        "publisher": "",
        "published": "",
        "url": "",
        "seed": "003_b2aa1906d32ce349.txt",
        "sha256": "b1af97a6281664cd11a6ee869315a5cb1646ec3882e8565ce4ce762b46f77ca5",
        "quote_start": str(text.index(checked.sentence.quote)),
        "quote_end": str(text.index(checked.sentence.quote) + len(checked.sentence.quote)),
        "figure_start": str(text.index("1.962/1.969")),
        "figure_end": str(text.index("1.962/1.969") + len("1.962/1.969 thôn, tổ dân phố")),
        "indicator_name_vi": checked.name.vi,
        "topic_name": checked.topic.name.en,
        "topic_name_vi": checked.topic.name.vi,
        "unit_name": checked.unit.plural_en,
        "unit_name_vi": checked.unit.name.vi,
        "period": "2022-01-15",
        "period_note": checked.period.note,
        "place": "",
        "place_en": "",
        "reported_by": checked.article.reported_by,
        "reported_by_en": checked.article.reported_by_en,
        "article_title_en": checked.article.title_en,
        "part_of": "",
        "same_as": "",
        "note": checked.claim.note or "",
        "corrections": "0",
        "corrected": "",
        "measure": "units-meeting-security-standard",
        "category": "hamlets",
        "coverage": "province",
        "coverage_words": "toàn tỉnh có",
        "coverage_name": "",
        "coverage_name_vi": "",
        "coverage_note": "The article's other results are of coordinated work; these are the whole province's by its "
        "own words.",
        "measure_name": checked.measure.name.en,
        "measure_name_vi": checked.measure.name.vi,
        "category_name": "hamlets and residential groups",
        "category_name_vi": "thôn, tổ dân phố",
        "criteria": "security-safe",
        "event": "2022-01-15",
        "period_certain_until": "",
        "reports_on": "2021",
        "period_words_en": "to date",
        "overlaps": "",
        "list_is_open": "",
        "remainder": "7",
        "read_by": "machine",
        "read_why": "",
        "value_to": "",
        "direction": "",
        "change": "",
        "before": "",
        "base_period": "",
        "base_words": "",
        "base_words_en": "",
    }


def test_a_row_says_what_is_not_the_whole_province_what_is_open_and_what_may_overlap(collection: Collection) -> None:
    row = FIGURES.format_row(find_trace(collection, "ha-tinh-2021-ketamine-seized-kg"))
    assert (row["coverage"], row["coverage_name"]) == (
        "joint",
        "coordinated work of the province's police, military and border guard",
    )
    assert (row["list_is_open"], row["overlaps"]) == ("yes", "ha-tinh-2021-synthetic-drugs-seized-kg")
    row = FIGURES.format_row(find_trace(collection, "kon-tum-since-2013-movement-launch-rounds"))
    assert (row["period"], row["period_end"], row["period_certain_until"]) == ("2013/..", "", "2017")
    row = FIGURES.format_row(find_trace(collection, "khanh-hoa-2016-khanh-vinh-self-managed-models-built"))
    assert (row["coverage"], row["coverage_name"], row["place"]) == ("place", "Khánh Vĩnh district", "huyện Khánh Vĩnh")


def test_a_remainder_is_left_only_of_a_whole_and_of_a_number_without_a_hedge(collection: Collection) -> None:
    part = change_claim(collection.claims[0], value=Decimal("0.5"), of=Decimal(2))
    assert FIGURES.format_row(part)["remainder"] == "1.5"
    assert FIGURES.format_row(change_claim(part, qualifier=Qualifier.NEARLY))["remainder"] == ""
    assert FIGURES.format_row(change_claim(part, of=None))["remainder"] == ""


@pytest.mark.parametrize(
    ("covers", "cells"),
    [
        ("unstated", ("", "", "", "")),
        ("2013/..", ("2013/..", "2013-01-01", "", "năm ấy")),
        ("2021-02", ("2021-02", "2021-02-01", "2021-02-28", "năm ấy")),
        ("2015/2017", ("2015/2017", "2015-01-01", "2017-12-31", "năm ấy")),
    ],
)
def test_an_open_or_unstated_period_leaves_its_cells_empty(
    collection: Collection, covers: str, cells: tuple[str, str, str, str]
) -> None:
    row = FIGURES.format_row(change_period(collection.claims[0], covers))
    assert (row["period"], row["period_start"], row["period_end"], row["period_words"]) == cells


@pytest.mark.parametrize(
    ("value", "of", "unit", "share"),
    [
        ("1962", "1969", HAMLET, "0.996445"),
        ("1", "2", HAMLET, "0.5"),
        ("7", "7", HAMLET, "1"),
        ("0", "7", HAMLET, "0"),
        ("1", "2000000", HAMLET, "0"),  # 0.0000005 lies half-way: to the even side
        ("3", "2000000", HAMLET, "0.000002"),
        ("29", None, HAMLET, ""),
        ("100", None, PERCENT, "1"),
        ("0.5", None, PERCENT, "0.005"),
        ("123456789012345678", None, PERCENT, "1234567890123456.78"),
    ],
)
def test_a_share_is_computed_only_where_there_is_a_whole(
    collection: Collection, value: str, of: str | None, unit: Unit, share: str
) -> None:
    claim = collection.claims[0].claim.model_copy(update={"value": Decimal(value), "of": Decimal(of) if of else None})
    row = FIGURES.format_row(replace(collection.claims[0], claim=claim, unit=unit))
    assert (row["share"], row["value"], row["of"]) == (share, value, of or "")
    assert (compute_share(claim, unit) is None) == (share == "")


def test_what_a_claim_leaves_unsaid_is_empty_and_what_it_says_is_there(collection: Collection) -> None:
    full = change_claim(
        replace(collection.claims[0], place=Place(words="huyện Ngọc Hồi", name_en="Ngọc Hồi district")),
        qualifier=Qualifier.AT_LEAST,
        part_of="whole",
        same_as="twin",
        note="A note.",
        corrections=(
            Correction.model_validate(
                {"field": "value", "said": "6", "says": "7", "why": "a slip", "when": "2024-05-01"}
            ),
            Correction.model_validate(
                {"field": "value", "said": "7", "says": "5", "why": "a slip", "when": "2024-06-30"}
            ),
        ),
    )
    row = FIGURES.format_row(full)
    assert (
        row["qualifier"],
        row["place"],
        row["place_en"],
        row["part_of"],
        row["same_as"],
        row["note"],
        row["corrections"],
        row["corrected"],
    ) == (
        "at_least",
        "huyện Ngọc Hồi",
        "Ngọc Hồi district",
        "whole",
        "twin",
        "A note.",
        "2",
        "2024-06-30",
    )


def test_an_article_without_figures_has_its_row(collection: Collection) -> None:
    rows = read_rows(ARTICLES, collection)
    assert [row["seed"] for row in rows] == [source.record.article.seed for source in collection.sources]
    counted = {row["seed"]: row["figures"] for row in rows}
    assert counted["000_9949a4141d253ee7.txt"] == "0"
    assert sum(int(count) for count in counted.values()) == len(collection.claims)
    assert sum(int(row["mentions"]) for row in rows) == len(collection.ledger)


def test_an_article_states_where_its_publisher_is_known_from(collection: Collection) -> None:
    row = next(
        row for row in read_rows(ARTICLES, collection) if row["article"] == "kon-tum-internal-political-security"
    )
    assert (row["province"], row["publisher_en"], row["publisher_words"], row["published"], row["published_words"]) == (
        "kon-tum",
        "Kon Tum provincial police portal",
        "",
        "",
        "",
    )
    assert row["publisher_note"] == "The text names no publisher; the address it was taken from is the portal's."


def test_indicators_and_provinces_count_their_figures_and_none_is_left_out(collection: Collection) -> None:
    indicators, provinces = read_rows(INDICATORS, collection), read_rows(PROVINCES, collection)
    assert [row["indicator"] for row in indicators] == list(collection.indicators)
    assert [row["province"] for row in provinces] == list(collection.provinces)
    assert sum(int(row["figures"]) for row in indicators) == len(collection.claims)
    assert sum(int(row["figures"]) for row in provinces) == len(collection.claims)


def test_an_indicator_states_its_measure_category_and_criteria(collection: Collection) -> None:
    rows = {row["indicator"]: row for row in read_rows(INDICATORS, collection)}
    hamlets, fines = rows["hamlets-meeting-security-standard"], rows["administrative-fines"]
    assert (hamlets["measure"], hamlets["category"], hamlets["breakdown"], hamlets["criteria"], hamlets["unit"]) == (
        "units-meeting-security-standard",
        "hamlets",
        "assessed-unit",
        "security-safe",
        "hamlet",
    )
    assert hamlets["criteria_note"].startswith("Known from elsewhere")
    assert (fines["measure"], fines["criteria"], fines["criteria_name"]) == ("administrative-fines", "", "")


def test_an_article_states_the_day_of_its_event_apart_from_its_publication(collection: Collection) -> None:
    row = next(row for row in read_rows(ARTICLES, collection) if row["article"] == "ha-tinh-2021-three-forces")
    assert (row["published"], row["event"], row["event_words"]) == ("", "2022-01-15", "Sáng 15/1")
    assert (row["coverage"], row["coverage_name"]) == (
        "joint",
        "coordinated work of the province's police, military and border guard",
    )


def test_a_ratio_names_its_figures_its_formula_and_its_hedge(collection: Collection) -> None:
    rows = {row["id"]: row for row in read_rows(RATIOS, collection)}
    assert len(rows) == 6
    assert rows["kon-tum-since-2013-movement-participations-participations-per-launch"] == {
        "id": "kon-tum-since-2013-movement-participations-participations-per-launch",
        "ratio": "participations-per-launch",
        "name": "participations per launch",
        "name_vi": "lượt người mỗi lượt phát động",
        "value": "641.509434",
        "qualifier": "about",
        "numerator": "kon-tum-since-2013-movement-participations",
        "denominator": "kon-tum-since-2013-movement-launch-rounds",
        "formula": "34000 / 53",
        "phrase": "53 lượt phong trào toàn dân bảo vệ an ninh Tổ quốc tại các trường học với khoảng 34.000 lượt học "
        "sinh, sinh viên, cán bộ, giáo viên",
        "category": "schools",
        "coverage": "division",
        "period": "2013/..",
        "province": "kon-tum",
        "article": "kon-tum-internal-political-security",
    }
    assert {row["formula"]: (row["value"], row["qualifier"]) for row in rows.values()} == {
        "34000 / 53": ("641.509434", "about"),
        "144 / 72": ("2", "exact"),
        "7 / 6": ("1.166667", "exact"),
        "950 / 97": ("9.793814", "exact"),
        "1945 / 40": ("48.625", "exact"),
        "2721 / 280": ("9.717857", "exact"),
    }


def test_a_province_states_its_borders_of_then(collection: Collection) -> None:
    row = next(row for row in read_rows(PROVINCES, collection) if row["province"] == "kon-tum")
    assert tuple(row.values())[:7] == ("kon-tum", "Kon Tum", "Kon Tum", "VN-28", "", "2025-06-30", "Quảng Ngãi")


def test_each_row_of_the_ledger_is_a_claim_or_says_why_not(collection: Collection) -> None:
    rows = read_rows(LEDGER, collection)
    assert [row for row in rows if bool(row["claim"]) == bool(row["reason"])] == []
    assert {row["claim"] for row in rows} - {""} == {checked.claim.id for checked in collection.claims}


def test_a_number_with_an_exponent_inside_is_still_written_plain(collection: Collection) -> None:
    claim = collection.claims[0].claim.model_copy(update={"value": Decimal("6.4E+8")})
    assert FIGURES.format_row(replace(collection.claims[0], claim=claim))["value"] == "640000000"


def test_equal_numbers_keep_the_digits_that_each_article_gives() -> None:
    number: Column[Decimal | None] = Column("value", Domain(type="number"), "A number.", lambda value: value)

    assert number.format_all([Decimal("1.0"), None, Decimal(1), Decimal("1E+3")]) == ["1.0", "", "1", "1000"]
