"""Titles, letter for letter: what the real and the made-up articles' figures say, and that no title ranks anything."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import LANGS, Lang
from extract.figures.compare import Relation
from extract.figures.filters import Filters
from extract.figures.groups import FigureGroup, find_groups
from extract.figures.ratios import Ratio
from extract.page.findings import format_finding, title_across, title_ratios, title_topic
from extract.page.page import Page
from extract.text.hedges import Qualifier
from tests.figures.test_columns import change_claim
from tests.page.composed import arrange, find_claim, html_of, list_blocks, make_page

TOPICS = {
    "cases": (
        "A division in Kon Tum with others established 5 cases of leaked secret documents; joint operations in Hà Tĩnh"
        " uncovered 72 cases of smuggling, trade fraud, gambling and illegal border crossing (2021)",
        "Một phòng ở Kon Tum cùng cơ quan khác làm rõ 5 vụ lộ lọt tài liệu mật; hoạt động phối hợp ở Hà Tĩnh phát hiện,"
        " bắt giữ 72 vụ buôn lậu, gian lận thương mại, đánh bạc, xuất nhập cảnh trái phép (năm 2021)",
    ),
    "seizures": (
        "Joint operations in Hà Tĩnh seized 28 kg of synthetic drugs (2021)",
        "Hoạt động phối hợp ở Hà Tĩnh thu giữ 28 kg ma túy tổng hợp (năm 2021)",
    ),
    # The measures of these topics have no words for a finding.
    "fines": ("Fines and violations", "Xử phạt và vi phạm"),
    "forces": ("Forces", "Lực lượng"),
    "outreach": ("Outreach", "Tuyên truyền, vận động"),
    "models": (
        "Joint operations in Hà Tĩnh built or replicated 29 models (2021); Khánh Hòa has 228 models of self-management"
        " (24 March 2016)",
        "Hoạt động phối hợp ở Hà Tĩnh xây dựng, nhân rộng 29 mô hình (năm 2021); Khánh Hòa hiện có 228 mô hình tự quản"
        " (24/3/2016)",
    ),
    "standards": (
        "In Hà Tĩnh 7 of 1,969 hamlets and residential groups have yet to meet the security standard (15 January 2022);"
        " in Khánh Hòa 100% of communes, wards and townships have a steering committee",
        "Ở Hà Tĩnh còn 7 trong 1.969 thôn, tổ dân phố chưa đạt tiêu chuẩn an toàn về an ninh trật tự (15/1/2022); ở"
        " Khánh Hòa 100% xã, phường, thị trấn có ban chỉ đạo",
    ),
}
"""The titles of the real figures' topics, in English and Vietnamese."""
MADE = {
    ("cases", ""): ("Cases and people: figures of 4 provinces", "Vụ việc và đối tượng: số liệu của 4 tỉnh"),
    ("cases", "vi-du-tay"): (
        "Ví Dụ Tây uncovered nearly 90 cases of drugs (2021)",
        "Ví Dụ Tây phát hiện, bắt giữ gần 90 vụ ma túy (năm 2021)",
    ),
    ("cases", "vi-du-nam,vi-du-bac"): (
        "Ví Dụ Nam uncovered 41 cases of drugs (January–June 2021); joint operations in Ví Dụ Bắc uncovered 15 cases of"
        " drugs (2021)",
        "Ví Dụ Nam phát hiện, bắt giữ 41 vụ ma túy (tháng 1–6/2021); hoạt động phối hợp ở Ví Dụ Bắc phát hiện, bắt giữ"
        " 15 vụ ma túy (năm 2021)",
    ),
    ("models", ""): (
        "Community security models (mô hình): figures of 5 provinces",
        "Mô hình: số liệu của 5 tỉnh",
    ),
    ("models", "vi-du-bac,vi-du-trung"): (
        "Suối Mẫu district (Ví Dụ Bắc) has 25 models of self-management (31 December 2021); Ví Dụ Trung has 310 models"
        " of self-management (31 December 2021)",
        "Huyện Suối Mẫu (Ví Dụ Bắc) hiện có 25 mô hình tự quản (31/12/2021); Ví Dụ Trung hiện có 310 mô hình tự quản"
        " (31/12/2021)",
    ),
}
"""Those of the made-up figures, by topic and provinces."""
ACROSS = {
    "cases-uncovered joint": (
        "Cases uncovered: drugs (joint operations, not the whole province), 2 provinces: from 6 cases in Hà Tĩnh to 15"
        " cases in Ví Dụ Bắc",
        "Vụ phát hiện, bắt giữ: ma túy (hoạt động phối hợp, không phải toàn tỉnh), 2 tỉnh: từ 6 vụ ở Hà Tĩnh đến 15 vụ"
        " ở Ví Dụ Bắc",
    ),
    "people-caught joint": (
        "People caught: drugs (joint operations, not the whole province), 2 provinces: from 7 people in Hà Tĩnh to 22"
        " people in Ví Dụ Bắc",
        "Đối tượng bị bắt giữ: ma túy (hoạt động phối hợp, không phải toàn tỉnh), 2 tỉnh: từ 7 người ở Hà Tĩnh đến 22"
        " người ở Ví Dụ Bắc",
    ),
    "cases-uncovered province": (
        "Cases uncovered: drugs, 2 provinces: from nearly 90 cases in Ví Dụ Tây to 120 cases in Ví Dụ Đông",
        "Vụ phát hiện, bắt giữ: ma túy, 2 tỉnh: từ gần 90 vụ ở Ví Dụ Tây đến 120 vụ ở Ví Dụ Đông",
    ),
    "self-managed-models-existing province": (
        "Self-managed models in existence, 5 provinces: from 96 models in Ví Dụ Nam to 310 models in Ví Dụ Trung",
        "Mô hình tự quản hiện có, 5 tỉnh: từ 96 mô hình ở Ví Dụ Nam đến 310 mô hình ở Ví Dụ Trung",
    ),
}
"""The titles of the charts that set provinces side by side, by measure and kind of coverage."""


def pick(titles: tuple[str, str], lang: Lang) -> str:
    return titles[lang == "vi"]


def find(page: Page, **filters: str) -> list[CheckedClaim]:
    return page.table.pick(page.table.find(Filters(**filters)))


def group_across(*claims: CheckedClaim) -> FigureGroup:
    return FigureGroup(claims=claims, relation=Relation.ACROSS)


@pytest.mark.parametrize("lang", LANGS)
def test_the_titles_of_the_real_topics_say_what_their_figures_say(collection: Collection, lang: Lang) -> None:
    page = make_page(collection, lang)
    titles = {topic: title_topic(page, find(page, topic=topic)) for topic in collection.topics}
    assert titles == {topic: pick(said, lang) for topic, said in TOPICS.items()}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("topic", "province"), MADE)
def test_the_titles_of_made_up_topics_say_two_provinces_findings_and_count_more(
    made_collection: Collection, topic: str, province: str, lang: Lang
) -> None:
    page = make_page(made_collection, lang)
    title = title_topic(page, find(page, topic=topic, province=province))
    assert title == pick(MADE[topic, province], lang)


@pytest.mark.parametrize("lang", LANGS)
def test_the_titles_of_charts_across_provinces_go_from_the_least_to_the_greatest(
    made_beside_real: Collection, lang: Lang
) -> None:
    page = make_page(made_beside_real, lang)
    titles = {
        f"{group.measure.id} {group.claims[0].coverage.kind}": title_across(page, group)
        for group in find_groups(find(page))
        if group.relation is Relation.ACROSS and group.claims[0].coverage
    }
    assert titles == {key: pick(said, lang) for key, said in ACROSS.items()}


@pytest.mark.parametrize("lang", LANGS)
def test_every_finding_names_what_it_covers_its_figure_and_its_period(made_beside_real: Collection, lang: Lang) -> None:
    page = make_page(made_beside_real, lang)
    kinds = {
        "joint": ("joint operations in {}", "hoạt động phối hợp ở {}"),
        "division": ("a division in {} with others", "một phòng ở {} cùng cơ quan khác"),
        "place": ("district ({})", "({})"),
        "province": ("{}", "{}"),
        None: ("{}", "{}"),
    }
    said = 0
    for checked in find(page):
        finding = format_finding(page, checked)
        assert bool(finding) == (checked.measure.finding is not None)
        if not finding:
            continue
        said += 1
        kind = checked.coverage.kind if checked.coverage else None
        assert pick(kinds[kind], lang).format(page.words.pick(checked.province.name)) in finding
        if checked.category:
            assert page.words.pick(checked.category.name) in finding
        assert ("(" in finding.removesuffix(")")[-24:]) or not checked.period.is_stated
        assert "{" not in finding
    assert said == 34


def test_a_share_that_leaves_nothing_and_one_that_is_hedged_have_no_words_for_what_they_leave(
    collection: Collection,
) -> None:
    page = make_page(collection)
    hamlets = find_claim(collection, "ha-tinh-2022-hamlets-meeting-security-standard")
    assert format_finding(page, hamlets) != ""
    assert format_finding(page, change_claim(hamlets, value=Decimal(1969))) == ""
    assert format_finding(page, change_claim(hamlets, qualifier=Qualifier.ABOUT)) == ""


@pytest.mark.parametrize("lang", LANGS)
def test_no_title_says_that_anything_is_more_or_the_most(
    collection: Collection, made_collection: Collection, made_beside_real: Collection, lang: Lang
) -> None:
    for each in (collection, made_collection, made_beside_real):
        html = html_of(*list_blocks(make_page(each, lang)))
        titles = re.findall("<h[234][^>]*>(.*?)</h[234]>", html)
        assert titles
        ranking = r"\b(more|most|fewer|fewest|least|highest|lowest|nhiều|hơn|nhất|ít)\b"
        assert [title for title in titles if re.search(ranking, title)] == []


@pytest.mark.parametrize(("lang", "said"), [("en", "has at most 240 models"), ("vi", "hiện có nhiều nhất 240 mô hình")])
def test_a_hedge_stands_in_a_title_as_a_word(made_collection: Collection, lang: Lang, said: str) -> None:
    page = make_page(made_collection, lang)
    checked = find_claim(made_collection, "vi-du-dong-2021-self-managed-models")
    assert said in title_topic(page, [change_claim(checked, qualifier=Qualifier.AT_MOST)])


def test_shares_of_wholes_stand_from_the_least_part_to_the_greatest_and_not_by_their_counts(
    collection: Collection,
) -> None:
    """10 of 10 is a greater part than 199 of 200, though 10 is less than 199."""
    communes = find_claim(collection, "ha-tinh-2022-communes-meeting-criterion-19-2")
    other = replace(
        change_claim(communes, value=Decimal(199), of=Decimal(200)), province=collection.provinces["kon-tum"]
    )
    third = replace(
        change_claim(communes, value=Decimal(10), of=Decimal(10)), province=collection.provinces["khanh-hoa"]
    )
    assert title_across(make_page(collection), group_across(communes, other, third)) == (
        "Communes meeting criterion 19.2, 3 provinces: from 171 of 181 communes in Hà Tĩnh to 10 of 10 communes in"
        " Khánh Hòa"
    )


@pytest.mark.parametrize(("lang", "title"), [("en", "Cases uncovered: drugs"), ("vi", "Vụ phát hiện, bắt giữ: ma túy")])
def test_reports_of_one_province_are_not_told_from_the_least_to_the_greatest(
    made_collection: Collection, lang: Lang, title: str
) -> None:
    figures = ("vi-du-dong-2021-drug-cases", "vi-du-dong-2021-drug-cases-second-report")
    group = group_across(*(find_claim(made_collection, figure) for figure in figures))
    assert title_across(make_page(made_collection, lang), group) == title


def find_ratios(page: Page, pair: str) -> list[Ratio]:
    return [ratio for ratio in page.table.ratios if ratio.pair.id == pair]


@pytest.mark.parametrize(
    ("pair", "lang", "title"),
    [
        ("members-per-board", "en", "Members per board or team: 9.7 to 48.6"),
        ("members-per-board", "vi", "Thành viên mỗi ban, đội: từ 9,7 đến 48,6"),
        ("people-per-case", "en", "People per case: 1.2 to 2"),
        # A hedge carries over to what is computed from it.
        ("participations-per-launch", "en", "Participations per launch: about 640"),
        ("participations-per-launch", "vi", "Lượt người mỗi lượt phát động: khoảng 640"),
    ],
)
def test_the_title_of_pairs_says_what_is_computed_with_its_hedge(
    collection: Collection, pair: str, lang: Lang, title: str
) -> None:
    page = make_page(collection, lang)
    assert title_ratios(page, find_ratios(page, pair)) == title


def test_a_hedge_of_one_ratio_stands_beside_it_alone(collection: Collection) -> None:
    over = change_claim(find_claim(collection, "khanh-hoa-2016-commune-police-members"), qualifier=Qualifier.OVER)
    claims = (over if checked.claim.id == over.claim.id else checked for checked in collection.claims)
    page = make_page(arrange(collection, *claims))
    assert title_ratios(page, find_ratios(page, "members-per-board")) == "Members per board or team: 9.7 to 48.6"
    police = [ratio for ratio in find_ratios(page, "members-per-board") if ratio.of is over]
    assert title_ratios(page, police) == "Members per board or team: over 9.8"
