"""What a draft fills in, and what it leaves to a person: made-up sentences, each with one thing that could mislead."""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from extract.claims.collection import Collection
from extract.claims.draft.article import draft_article
from extract.claims.yaml.strict import parse_yaml


def read_draft(text: str, collection: Collection) -> Any:
    """Return the tree of the draft of a text."""
    tree = parse_yaml(draft_article(text.encode(), "made-up.txt", collection).encode())
    assert tree.problems == ()
    return tree.root


def read_periods(text: str, collection: Collection) -> dict[str, str | None]:
    """Return the period that a draft gives each figure: its days, empty to be decided, None for the article's."""
    periods: dict[str, str | None] = {}
    for sentence in read_draft(text, collection)["sentences"]:
        for claim in sentence["claims"]:
            own = claim.get("period", sentence.get("period"))
            named = f"in words: {own['words']}" if isinstance(own, dict) else own
            periods[claim["figure"]] = own.get("covers", named) if isinstance(own, dict) else own
    return periods


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        # A clause is set in its period.
        ("Năm 2021, công an tỉnh bắt 12 vụ trộm.", {"12 vụ": "2021"}),
        ("Tính riêng trong tháng 6/2021, bắt 12 vụ.", {"12 vụ": "2021-06"}),
        ("Chỉ tính từ đầu năm 2024 đến hết tháng 9, đã xử lý 12 vụ.", {"12 vụ": "2024-01/2024-09"}),
        ("Công an tỉnh bắt 12 vụ trong năm 2021.", {"12 vụ": "2021"}),
        ("Ngày 5/3/2021, công an bắt quả tang 2 đối tượng.", {"2 đối tượng": "2021-03-05"}),
        ("Năm 2020, bắt 5 vụ; năm 2021, bắt 7 vụ.", {"5 vụ": "2020", "7 vụ": "2021"}),
        # What is compared with is no period.
        ("Bắt 12 vụ, nhiều hơn so với cùng kỳ năm 2019.", {"12 vụ": None}),
        ("So với năm 2019, bắt 12 vụ.", {"12 vụ": None}),
        ("So với cùng kỳ năm 2019, số vụ giảm còn 12 vụ.", {"12 vụ": None}),
        (
            "Năm 2020, bắt 12 vụ (tăng 3 vụ so với cùng kỳ năm 2019), khởi tố 9 vụ.",
            {"12 vụ": "2020", "tăng 3 vụ": "2020", "9 vụ": "2020"},
        ),
        # What is of the time compared with has a period of its own.
        ("Năm 2020, bắt 206 vụ (cùng kỳ năm trước 113 vụ).", {"206 vụ": "2020", "113 vụ": "2019"}),
        ("Năm 2020, bắt 206 vụ, so với 113 vụ trước đây.", {"206 vụ": "2020", "113 vụ": ""}),
        ("Năm 2020, số vụ giảm từ 15 vụ xuống còn 9 vụ.", {"15 vụ": "", "9 vụ": "2020"}),
        # Its words are certain, its days are not.
        ("Trong 7 ngày Tết, xảy ra 25 vụ.", {"25 vụ": "in words: 7 ngày Tết"}),
        ("Trong 5 tháng đầu năm, bắt 5 vụ.", {"5 vụ": "in words: 5 tháng đầu năm"}),
        ("Từ tháng 1 đến tháng 5, bắt 5 vụ.", {"5 vụ": ""}),
        ("Trong dịp Tết Nguyên đán Đinh Dậu, bắt 5 vụ.", {"5 vụ": "in words: dịp Tết Nguyên đán Đinh Dậu"}),
        ("Năm 2020, số vụ ít hơn so với năm 2019 (15 vụ).", {"15 vụ": ""}),
        # Nor is a birth, an aim, a document, a meeting, a past that somebody tells.
        ("Bắt Nguyễn Văn A, sinh năm 1985, vận chuyển 2 kg ketamine.", {"2 kg": None}),
        ("Năm 2021, phấn đấu triệt phá 12 vụ.", {"12 vụ": ""}),
        ("Đến năm 2025, có 12 xã an toàn.", {"12 xã": ""}),
        ("Theo Kế hoạch số 12, ngày 5/3/2020, toàn tỉnh có 12 xã.", {"12 xã": ""}),
        ("Ngày 15/1/2022, hội nghị tổng kết cho biết đã bắt 12 vụ.", {"12 vụ": ""}),
        ("Thực hiện kế hoạch năm 2017, bắt 12 vụ.", {"12 vụ": ""}),
        ("Năm 2021, theo lời khai, A bán 12 viên.", {"12 viên": ""}),
        # Another time begins between the two, or the year is not the whole of it.
        ("Năm 2021, công an tỉnh ra quân; đến nay có 12 xã an toàn.", {"12 xã": ""}),
        ("Năm 2021, công an tỉnh ra quân, riêng tháng 6 bắt 12 vụ.", {"12 vụ": ""}),
        ("Năm 2019, 2020 và 2021, bắt 12 vụ.", {"12 vụ": ""}),
        ("Số vụ từ 19 vụ (năm 2018) xuống còn 4 vụ.", {"19 vụ": "", "4 vụ": ""}),
        ("Cuối năm 2021, bắt 12 vụ.", {"12 vụ": ""}),
        ("Từ năm 2020, bắt 12 vụ.", {"12 vụ": ""}),
        ("Trong nhiệm kỳ 2015 - 2020, bắt 12 vụ.", {"12 vụ": ""}),
        ("Hiện toàn tỉnh có 12 đội.", {"12 đội": ""}),
        # Another sentence's period is never taken over: what says nothing of a time has the article's.
        (
            "Trong 6 tháng đầu năm 2020, bắt 12 vụ.\nNăm 2020 còn nhiều khó khăn.\nCác xã bắt 5 vụ.",
            {"12 vụ": "2020-01/2020-06", "5 vụ": None},
        ),
    ],
)  # fmt: skip
def test_a_period_is_filled_in_only_where_it_is_certain(
    collection: Collection, text: str, periods: dict[str, str | None]
) -> None:
    assert read_periods(text, collection) == periods


def test_the_window_of_the_report_stands_before_the_bare_year_among_the_candidates(collection: Collection) -> None:
    text = "Kế hoạch năm 2021 là như vậy.\nTrong 6 tháng đầu năm 2020, bắt 12 vụ.\nSo với năm 2019 là tốt.\n"
    lines = draft_article(text.encode(), "made-up.txt", collection).split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith("  period:"))
    assert lines[at + 1 : at + 3] == [
        "  # {covers: 2020-01/2020-06, words: 6 tháng đầu năm 2020}  from line 2",
        "  # {covers: 2021, words: năm 2021}  from line 1",
    ]


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("Công an tỉnh Hà Tĩnh bắt 5 vụ.", "ha-tinh"),
        ("Trên địa bàn tỉnh Kon Tum xảy ra 5 vụ.", "kon-tum"),
        ("Công an tỉnh bắt 5 vụ, có đối tượng quê Hà Tĩnh.", ""),
        ("Công an tỉnh Lạng Sơn bắt 5 vụ, một đối tượng trú tại tỉnh Hà Tĩnh.", ""),
        ("Công an tỉnh Hà Tĩnh cho biết cả nước bắt 5 vụ.", ""),
        ("Công an tỉnh Hà Tĩnh và Công an tỉnh Kon Tum bắt 5 vụ.", ""),
        ("Công an huyện Kỳ Sơn phối hợp với Công an tỉnh Hà Tĩnh bắt 5 vụ.", ""),
        ("Công an tỉnh Thanh Hoá bàn giao 5 xe, Công an tỉnh Hà Tĩnh nhận 5 xe.", ""),
        ("Bộ Công an bắt 5 vụ.", ""),
    ],
)
def test_a_province_is_filled_in_only_where_it_is_certain(collection: Collection, text: str, province: str) -> None:
    assert read_draft(text, collection)["article"]["province"] == province


def test_the_provinces_that_a_text_names_stand_beside_the_empty_one(collection: Collection) -> None:
    draft = draft_article("Lạng Sơn: hai đối tượng ở Hà Tĩnh.".encode(), "made-up.txt", collection)
    assert "  province:  # it names Lạng Sơn (not in data/provinces.yaml) once, Hà Tĩnh (ha-tinh) once\n" in draft


def test_a_sentence_that_names_another_area_waits_for_a_decision(collection: Collection) -> None:
    text = "Công an tỉnh Hà Tĩnh báo cáo.\nCả nước bắt 5 vụ.\nBắt 6 vụ.\n"
    [country, own] = read_draft(text, collection)["sentences"]
    assert (country["province"], own.get("province")) == ("", None)
    draft = draft_article(text.encode(), "made-up.txt", collection)
    assert "    province:  # it names Cả nước: a slug, VN, or take the line out where it is the article's\n" in draft


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("Phát hiện, bắt giữ 12 vụ ma túy/15 đối tượng.", ["drug-cases", "drug-persons"]),
        ("Bắt 12 vụ ma tuý.", ["drug-cases"]),
        ("Thu giữ 3 kg ketamine, 5 bánh heroin.", ["ketamine-seized-kg", "heroin-seized-bricks"]),
        # Another stage, another category, more than the category, or nothing that says what was done.
        ("Khởi tố 12 vụ ma túy.", [""]),
        ("Bắt 12 vụ ma túy, mại dâm.", [""]),
        ("Bắt 12 vụ ma túy và cờ bạc.", [""]),
        ("Bắt 12 vụ trộm cắp, ma túy.", [""]),
        ("Trong tháng cao điểm phòng, chống ma túy, bắt giữ 12 vụ với 15 đối tượng.", ["", ""]),
        ("Chuyên án ma túy do 2 đối tượng thực hiện.", [""]),
        ("Thu giữ ma túy tổng hợp và 1 kg ma túy đá.", [""]),
    ],
)
def test_an_indicator_is_filled_in_only_where_it_is_certain(
    collection: Collection, text: str, indicators: list[str]
) -> None:
    [sentence] = read_draft(text, collection)["sentences"]
    assert [claim["indicator"] for claim in sentence["claims"]] == indicators


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        # Of a change a claim is made where its unit is counted.
        ("Bắt 12 vụ, tăng 3 vụ với 5 đối tượng.", {}),
        ("Bắt 12 vụ, tăng 3 lần so với 5 lần trước đây.", {"3 lần": "change", "5 lần": "compared"}),
        ("Số vụ giảm còn 12 vụ.", {}),
        ("Theo dõi 15 ngày, có hàng chục lượt.", {"15 ngày": "duration", "hàng chục lượt": "inexact"}),
    ],
)
def test_what_is_no_level_is_set_aside_with_the_reason(
    collection: Collection, text: str, aside: dict[str, str]
) -> None:
    reasons = {
        "a change against another time, not a level": "change",
        "belongs to the time that is compared with": "compared",
        "a length of time, or an age": "duration",
        "states no exact number": "inexact",
    }
    found = read_draft(text, collection)["set_aside"]
    assert {entry["figure"]: reasons[entry["why"]] for entry in found} == aside


def test_what_no_machine_reads_for_sure_is_left_to_a_person(collection: Collection) -> None:
    draft = draft_article("Thu 1.150 000 đồng và hàng chục xe.".encode(), "made-up.txt", collection)
    assert draft.partition("set_aside:\n")[2].splitlines() == [
        "  - {figure: 1.150 000 đồng, why: }  # no machine reads it for sure: a claim with `read`, or why it is none",
        "  - {figure: hàng chục xe, why: states no exact number, why_vi: không nêu con số chính xác}",
    ]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (
            "Năm 2020, bắt 12 vụ, tăng 3 vụ với 5 đối tượng so với cùng kỳ năm 2019.",
            {
                "tăng 3 vụ": ("increase", {"covers": "2019", "words": "cùng kỳ năm 2019"}),
                "5 đối tượng": ("increase", {"covers": "2019", "words": "cùng kỳ năm 2019"}),
            },
        ),
        (
            "Trong 6 tháng đầu năm 2020, bắt 12 vụ, giảm 3,5% so với cùng kỳ năm trước.",
            {"giảm 3,5%": ("decrease", {"covers": "2019-01/2019-06", "words": "cùng kỳ năm trước"})},
        ),
        (
            "Năm 2020, bắt 12 vụ (giảm 3 vụ so với năm 2018).",
            {"giảm 3 vụ": ("decrease", {"covers": "2018", "words": "năm 2018"})},
        ),
        ("Bắt 12 vụ, giảm 3 vụ so với năm ngoái.", {"giảm 3 vụ": ("decrease", {"words": "năm ngoái"})}),
        # The days depend on a period that is not certain: the check finds them once it is.
        (
            "Bắt 12 vụ, giảm 3 vụ so với cùng kỳ năm 2019.",
            {"giảm 3 vụ": ("decrease", {"words": "cùng kỳ năm 2019"})},
        ),
        # No time is named, or two are.
        ("Số vụ giảm gần 5%.", {"giảm gần 5%": ("decrease", "")}),
        ("Bắt 12 vụ, tăng 5% so với năm 2019, tăng 9% so với năm 2018.", {
            "tăng 5%": ("increase", ""), "tăng 9%": ("increase", ""),
        }),
        # A sign says which way.
        ("Năm 2021, bắt 60 vụ (−20%), 70 đối tượng (+12%).", {
            "−20%": ("decrease", ""), "+12%": ("increase", ""),
        }),
        ("Tăng cường 5 đội; số vụ giảm còn 12 vụ.", {}),
    ],
)  # fmt: skip
def test_a_change_is_drafted_with_its_direction_and_the_time_it_is_against(
    collection: Collection, text: str, changes: dict[str, object]
) -> None:
    [sentence] = read_draft(text, collection)["sentences"]
    found = {each["figure"]: (each["change"], each["base"]) for each in sentence["claims"] if "change" in each}
    assert found == changes


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Năm 2020, xảy ra 206/113 vụ.", {"before": "113", "base": ""}),
        (
            "Năm 2020, xảy ra 206/113 vụ so với cùng kỳ năm 2019.",
            {"before": "113", "base": {"covers": "2019", "words": "cùng kỳ năm 2019"}},
        ),
        # A person tells whether it is a whole.
        (
            "Năm 2020, xảy ra 113/206 vụ so với cùng kỳ năm 2019.",
            {"base": {"covers": "2019", "words": "cùng kỳ năm 2019"}},
        ),
        ("Năm 2020, có 113/206 xã an toàn.", {"of": "206"}),
    ],
)
def test_now_and_before_are_no_part_of_a_whole(collection: Collection, text: str, second: dict[str, object]) -> None:
    [sentence] = read_draft(text, collection)["sentences"]
    [claim] = sentence["claims"]
    assert {key: claim[key] for key in ("of", "before", "base") if key in claim} == second


PASTED = {
    "one unit": lambda count: "Năm 2021 có " + "5 vụ " * count,
    "many units": lambda count: "".join(
        f"xã An {at % 50 + 11} vụ {at % 75 + 3} viên {at % 30 + 5} hòm " for at in range(count)
    ),
    "periods": lambda count: "bắt 5 vụ năm 2021 " * count,
    "comparisons": lambda count: "tăng 5 vụ so với cùng kỳ năm 2019, bắt 7 vụ " * count,
    "a period at the end": lambda count: "bắt 5 vụ " * count + "trong năm 2021",
    "pairs": lambda count: "5 vụ/" * count,
}  # fmt: skip


@pytest.mark.parametrize("paste", PASTED.values(), ids=PASTED)
def test_the_work_of_a_draft_grows_with_the_numbers_of_a_pasted_table(
    collection: Collection, paste: Callable[[int], str]
) -> None:
    few, many = (count_lines(paste(count).encode(), collection) for count in (150, 600))
    assert many < 4.4 * few


def count_lines(raw: bytes, collection: Collection) -> int:
    """Return how many lines of code run for the draft of an article."""
    counted = 0

    def count(*_: object) -> Any:
        nonlocal counted
        counted += 1
        return count

    sys.settrace(count)
    try:
        draft_article(raw, "made-up.txt", collection)
    finally:
        sys.settrace(None)
    return counted
