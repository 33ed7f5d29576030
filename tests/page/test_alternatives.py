"""What a mark is read aloud as: hedged, ranged, negative, a share, a change, letter for letter in both languages."""

import pytest

from extract.claims.records import Lang
from extract.page.captions import format_alt
from tests.conftest import MADE_UP, Scratch
from tests.page.composed import make_page

CASES = (
    "Trong 6 tháng đầu năm 2020, toàn tỉnh bắt gần 90 vụ ma túy với 40 - 45 đối tượng, ít nhất 3 vụ buôn lậu,"
    " thu khoảng 1,5 kg ketamine; 1.962/1.969 thôn đạt chuẩn."
)
CHANGES = (
    "So với cùng kỳ năm 2019, số vụ ma túy - 7 vụ (-3,5%), số đối tượng buôn lậu tăng hơn 9 đối tượng;"
    " bắt 206/113 vụ buôn lậu."
)
PERIOD = "period: {covers: 2020-01/2020-06, words: Trong 6 tháng đầu năm 2020}"
BASE = "base: {covers: 2019-01/2019-06, words: cùng kỳ năm 2019, words_en: the same period of 2019}"
FILE = f"""sentences:
  - quote: "{CASES}"
    translation: >-
      In the first 6 months of 2020 the whole province caught nearly 90 drug cases and 40-45 people, at least 3
      smuggling cases, and took about 1.5 kg of ketamine; 1,962/1,969 hamlets met the standard.
    {PERIOD}
    claims:
      - {{id: made-nearly, indicator: drug-cases, figure: gần 90 vụ, value: 90, qualifier: nearly}}
      - {{id: made-range, indicator: drug-persons, figure: 40 - 45 đối tượng, value: 40, to: 45}}
      - {{id: made-least, indicator: smuggling-cases, figure: ít nhất 3 vụ, value: 3, qualifier: at_least}}
      - {{id: made-about, indicator: ketamine-seized-kg, figure: "khoảng 1,5 kg", value: 1.5, qualifier: about}}
      - id: made-share
        indicator: hamlets-meeting-security-standard
        figure: 1.962/1.969 thôn
        value: 1962
        of: 1969
  - quote: "{CHANGES}"
    translation: >-
      Against the same period of 2019, drug cases -7 (-3.5%), people over 9 up; 206/113 smuggling cases.
    period: unstated
    claims:
      - {{id: made-fewer, indicator: drug-cases, figure: "- 7 vụ", value: -7, change: decrease, {BASE}}}
      - {{id: made-percent, indicator: drug-cases, figure: "-3,5%", value: -3.5, change: decrease, {BASE}}}
      - id: made-more
        indicator: smuggling-persons
        figure: tăng hơn 9 đối tượng
        value: 9
        qualifier: over
        change: increase
        {BASE}
      - {{id: made-against, indicator: smuggling-cases, figure: 206/113 vụ, value: 206, before: 113, base: unstated}}
"""


WHEN = ("tháng 1–6/2020", "January–June 2020")
AGAINST = (
    "tăng, giảm so với tháng 1–6/2019 · thời gian: không nêu",
    "change against January–June 2019 · period: not stated",
)
SMUGGLING = (
    "vụ buôn lậu, gian lận thương mại, đánh bạc, xuất nhập cảnh trái phép",
    "smuggling, trade-fraud, gambling and illegal-crossing cases",
)
ALTERNATIVES = {
    "made-nearly": (
        f"Hà Tĩnh: gần 90 vụ, vụ ma túy · {WHEN[0]}",
        f"Hà Tĩnh: nearly 90 cases, drug cases · {WHEN[1]}",
    ),
    "made-range": (
        f"Hà Tĩnh: 40 - 45 đối tượng, đối tượng ma túy · {WHEN[0]}",
        f"Hà Tĩnh: 40–45 people, people caught in drug cases · {WHEN[1]}",
    ),
    "made-least": (
        f"Hà Tĩnh: ít nhất 3 vụ, {SMUGGLING[0]} · {WHEN[0]}",
        f"Hà Tĩnh: at least 3 cases, {SMUGGLING[1]} · {WHEN[1]}",
    ),
    "made-about": (
        f"Hà Tĩnh: khoảng 1,5 kg, ketamine thu giữ · {WHEN[0]}",
        f"Hà Tĩnh: about 1.5 kg, ketamine seized · {WHEN[1]}",
    ),
    "made-share": (
        "Hà Tĩnh: 1.962/1.969 thôn, thôn, tổ dân phố đạt tiêu chuẩn an toàn về an ninh trật tự"
        f" · {WHEN[0]} · ≈ 99,6% · còn lại 7",
        "Hà Tĩnh: 1,962 of 1,969 hamlets and residential groups, hamlets and residential groups meeting the security"
        f" standard · {WHEN[1]} · ≈ 99.6% · 7 not",
    ),
    "made-fewer": (
        f"Hà Tĩnh: - 7 vụ, vụ ma túy – {AGAINST[0]}",
        f"Hà Tĩnh: down 7 cases, drug cases – {AGAINST[1]}",
    ),
    "made-percent": (
        f"Hà Tĩnh: -3,5%, vụ ma túy – {AGAINST[0]}",
        f"Hà Tĩnh: down 3.5%, drug cases – {AGAINST[1]}",
    ),
    "made-more": (
        "Hà Tĩnh: tăng hơn 9 đối tượng, đối tượng buôn lậu, gian lận thương mại, đánh bạc, xuất nhập cảnh trái phép"
        f" – {AGAINST[0]}",
        "Hà Tĩnh: up over 9 people, people caught in smuggling, trade-fraud, gambling and illegal-crossing cases"
        f" – {AGAINST[1]}",
    ),
    "made-against": (
        f"Hà Tĩnh: 206/113 vụ, {SMUGGLING[0]} · thời gian: không nêu",
        f"Hà Tĩnh: 206 against 113 cases, {SMUGGLING[1]} · period: not stated",
    ),
}
"""What each mark says, in Vietnamese and English."""


@pytest.mark.parametrize(("lang", "column"), [("vi", 0), ("en", 1)])
def test_a_mark_says_its_hedge_its_range_its_share_and_which_way_it_changes(
    scratch: Scratch, lang: Lang, column: int
) -> None:
    scratch.add_article(f"{CASES}\n{CHANGES}\n", FILE)
    collection, problems = scratch.load()
    assert problems == []
    made = make_page(collection, lang)
    said = {each.claim.id: format_alt(made, each) for each in collection.claims if each.path == MADE_UP}
    assert said == {name: both[column] for name, both in ALTERNATIVES.items()}
