"""What was decided about the five articles where a second reader disputed what their numbers were said to be.

A row names the decision, the claim, a field of it or of what it is joined to, and words that stand there.
"""

from datetime import date
from operator import attrgetter

import pytest

from extract.claims.collection import CheckedClaim, Collection
from tests.conftest import REPOSITORY

JOINT = (
    "ha-tinh-2021-models-built-or-scaled-up",
    "ha-tinh-2021-provincial-models-built",
    "ha-tinh-2021-exemplary-wards-built",
    "ha-tinh-2021-illegal-entry-cases-prosecuted",
    "ha-tinh-2021-smuggling-cases",
    "ha-tinh-2021-smuggling-persons",
    "ha-tinh-2021-drug-cases",
    "ha-tinh-2021-drug-persons",
    "ha-tinh-2021-heroin-seized-bricks",
    "ha-tinh-2021-synthetic-drugs-seized-kg",
    "ha-tinh-2021-ketamine-seized-kg",
    "ha-tinh-2021-synthetic-pills-seized",
)
PROVINCE = (
    "ha-tinh-2022-hamlets-meeting-security-standard",
    "ha-tinh-2022-workplaces-meeting-security-standard",
    "ha-tinh-2022-communes-meeting-criterion-19-2",
    "ha-tinh-2022-districts-meeting-new-rural-standard",
)
DIVISION = (
    "kon-tum-secret-document-leak-cases",
    "kon-tum-2015-2017-forgery-referrals",
    "kon-tum-violating-establishments",
    "kon-tum-administrative-fines",
    "kon-tum-since-2013-movement-launch-rounds",
    "kon-tum-since-2013-movement-participations",
)
COMMUNE_LEVEL = (
    "khanh-hoa-2016-communes-with-steering-board",
    "khanh-hoa-2016-commune-police-boards",
    "khanh-hoa-2016-neighbourhood-guard-boards",
    "khanh-hoa-2016-communes-carrying-out-crime-prevention-plan",
)

ROWS = [
    # Results of the three forces' coordinated work, not the province's; the standards are the province's.
    *(("D1", claim, "coverage.kind", "joint") for claim in JOINT),
    *(("D1", claim, "coverage.words", "toàn tỉnh có") for claim in PROVINCE),
    ("D1", "ha-tinh-2021-drug-cases", "coverage.name.en", "coordinated work of the province's police, military"),
    ("D1", "ha-tinh-2021-drug-cases", "article.coverage.note", "not all that was done in the province"),
    ("D1", "ha-tinh-2021-illegal-entry-cases-prosecuted", "coverage.words", "Lực lượng công an phối hợp biên phòng"),
    # One division of the police together with others.
    *(("D2", claim, "coverage.kind", "division") for claim in DIVISION),
    ("D2", "kon-tum-administrative-fines", "article.note", "joint work of one division"),
    ("D2", "kon-tum-2015-2017-forgery-referrals", "coverage.note", "does not say with whom"),
    # The day of the conference is no day of publication.
    ("D3", "ha-tinh-2021-drug-cases", "article.published", "None"),
    ("D3", "ha-tinh-2021-drug-cases", "article.event.covers", "2022-01-15"),
    ("D3", "ha-tinh-2021-drug-cases", "article.event.note", "when the article was published is not known"),
    # Advised on building, not built.
    (
        "D4",
        "ha-tinh-2021-provincial-models-built",
        "sentence.translation",
        "they advised on building 1 provincial-level",
    ),
    ("D4", "ha-tinh-2021-provincial-models-built", "name.en", "provincial-level models advised on"),
    ("D4", "ha-tinh-2021-provincial-models-built", "name.vi", "tham mưu xây dựng"),
    ("D4", "ha-tinh-2021-exemplary-wards-built", "claim.note", "does not say that it was completed"),
    # Opened, not prosecuted.
    ("D5", "ha-tinh-2021-illegal-entry-cases-prosecuted", "sentence.translation", "opened 1 criminal case"),
    ("D5", "ha-tinh-2021-illegal-entry-cases-prosecuted", "name.en", "criminal cases opened"),
    ("D5", "ha-tinh-2021-illegal-entry-cases-prosecuted", "claim.note", "«truy tố»"),
    # Rural development, kept with a note.
    ("D6", "ha-tinh-2022-districts-meeting-new-rural-standard", "claim.note", "not of public security alone"),
    ("D6", "ha-tinh-2022-districts-meeting-new-rural-standard", "criteria.id", "new-style-rural-district"),
    # What 19.2 means is known from elsewhere.
    (
        "D7",
        "ha-tinh-2022-communes-meeting-criterion-19-2",
        "claim.note",
        "The article does not say what criterion 19.2",
    ),
    ("D7", "ha-tinh-2022-communes-meeting-criterion-19-2", "claim.note_vi", "Bài báo không nói tiêu chí 19.2 là gì"),
    ("D7", "ha-tinh-2022-communes-meeting-criterion-19-2", "criteria.note", "Decision 1980/QĐ-TTg of 17 October 2016"),
    ("D7", "ha-tinh-2022-communes-meeting-criterion-19-2", "criteria.note", "Decision 318/QĐ-TTg of 8 March 2022"),
    # A review of 2021, heard in January 2022.
    *(("D8", claim, "period.covers", "2022-01-15") for claim in PROVINCE),
    *(("D8", claim, "period.reports_on", "2021") for claim in PROVINCE),
    # Lists that end in "…".
    ("D10", "ha-tinh-2021-drug-cases", "sentence.list_is_open", "True"),
    ("D10", "ha-tinh-2021-models-built-or-scaled-up", "sentence.list_is_open", "True"),
    ("D10", "ha-tinh-2022-hamlets-meeting-security-standard", "sentence.list_is_open", "False"),
    # Ketamine and the pills may be inside the 28 kg.
    ("D11", "ha-tinh-2021-ketamine-seized-kg", "claim.overlaps", "ha-tinh-2021-synthetic-drugs-seized-kg"),
    ("D11", "ha-tinh-2021-ketamine-seized-kg", "claim.note", "The two must not be added"),
    ("D11", "ha-tinh-2021-synthetic-pills-seized", "claim.overlaps", "ha-tinh-2021-synthetic-drugs-seized-kg"),
    # The Staff Division reported.
    ("D12", "ha-tinh-2021-drug-cases", "office.name", "Phòng Tham mưu Công an tỉnh"),
    ("D12", "ha-tinh-2021-drug-cases", "office.name_en", "Staff Division of the provincial police"),
    # 97 + 40 = 137.
    *(("D13", claim, "claim.note", "97 + 40 = 137: it seems") for claim in COMMUNE_LEVEL),
    *(("D13", claim, "claim.note_vi", "97 + 40 = 137: có vẻ") for claim in COMMUNE_LEVEL),
    # In existence, not operating.
    ("D14", "khanh-hoa-2016-self-managed-models-operating", "name.en", "self-managed models in existence"),
    ("D14", "khanh-hoa-2016-self-managed-models-operating", "name.vi", "mô hình tự quản hiện có"),
    # Very likely inside the 228, but the article does not say so.
    ("D15", "khanh-hoa-2016-khanh-vinh-self-managed-models-built", "claim.note", "ery likely"),
    (
        "D15",
        "khanh-hoa-2016-khanh-vinh-self-managed-models-built",
        "claim.overlaps",
        "khanh-hoa-2016-self-managed-models",
    ),
    ("D15", "khanh-hoa-2016-khanh-vinh-self-managed-models-built", "claim.part_of", "None"),
    # Whose guards they are follows from the sentence before.
    (
        "D16",
        "khanh-hoa-2016-workplace-guard-boards",
        "claim.note",
        "«công an xã, bảo vệ dân phố, bảo vệ cơ quan, doanh",
    ),
    (
        "D16",
        "khanh-hoa-2016-workplace-guard-members",
        "claim.note",
        "«công an xã, bảo vệ dân phố, bảo vệ cơ quan, doanh",
    ),
    # One sentence, one moment.
    ("D17", "khanh-hoa-2016-commune-police-boards", "period.covers", "unstated"),
    ("D17", "khanh-hoa-2016-commune-police-boards", "period.note", "All its figures stand at the same one"),
    # Establishments in the fields inspected, not businesses.
    ("D18", "kon-tum-violating-establishments", "category.id", "culture-printing-health"),
    ("D18", "kon-tum-violating-establishments", "name.en", "establishments in violation"),
    ("D18", "kon-tum-violating-establishments", "claim.note", "Not businesses of every kind"),
    ("D18", "kon-tum-administrative-fines", "category.id", "culture-printing-health"),
    # Certain for 2013 to 2017.
    *(("D19", claim, "period.covers", "2013/..") for claim in DIVISION[4:]),
    *(("D19", claim, "period.certain_until", "2017") for claim in DIVISION[4:]),
    *(("D19", claim, "period.certain_words", "từ năm 2015 đến 2017") for claim in DIVISION[4:]),
    # Units that are gone.
    ("D24", "ha-tinh-2021-drug-cases", "province.borders.en", "the districts and communes counted here are not those"),
    ("D24", "khanh-hoa-2016-commune-police-boards", "province.borders.en", "had been one force since 1 July 2024"),
    # A per cent is the article's own number.
    ("D25", "khanh-hoa-2016-communes-with-steering-board", "unit.key", "percent"),
    ("D25", "khanh-hoa-2016-districts-with-models", "claim.of", "None"),
    # Topics by what they hold.
    ("D28", "ha-tinh-2021-drug-cases", "topic.name.en", "Cases and people"),
    ("D28", "ha-tinh-2022-hamlets-meeting-security-standard", "topic.name.vi", "Đạt chuẩn và độ bao phủ"),
    ("D28", "ha-tinh-2021-models-built-or-scaled-up", "topic.name.en", "Community security models (mô hình)"),
    ("D28", "kon-tum-since-2013-movement-launch-rounds", "topic.name.vi", "Tuyên truyền, vận động"),
]

NEVER = [
    ("D4", "ha-tinh-2021-provincial-models-built", "name.en", "built"),
    ("D5", "ha-tinh-2021-illegal-entry-cases-prosecuted", "sentence.translation", "prosecut"),
    ("D14", "khanh-hoa-2016-self-managed-models-operating", "sentence.translation", "operat"),
    ("D18", "kon-tum-violating-establishments", "sentence.translation", "business"),
]


@pytest.fixture(scope="module")
def claims(collection: Collection) -> dict[str, CheckedClaim]:
    return {checked.claim.id: checked for checked in collection.claims}


@pytest.mark.parametrize(("decision", "claim", "field", "words"), ROWS)
def test_decision_stands_in_the_data(
    claims: dict[str, CheckedClaim], decision: str, claim: str, field: str, words: str
) -> None:
    assert words in str(attrgetter(field)(claims[claim]))


@pytest.mark.parametrize(("decision", "claim", "field", "words"), NEVER)
def test_what_was_disputed_is_gone(
    claims: dict[str, CheckedClaim], decision: str, claim: str, field: str, words: str
) -> None:
    assert words not in str(attrgetter(field)(claims[claim]))


@pytest.mark.parametrize("claim", DIVISION[4:])
def test_open_period_is_certain_for_the_years_that_the_text_names(claims: dict[str, CheckedClaim], claim: str) -> None:
    assert claims[claim].period.certain_days == (date(2013, 1, 1), date(2017, 12, 31))


@pytest.mark.parametrize(
    ("seed", "text", "reason", "reason_vi"),
    [
        # D20: a stray page number. D21: the age of the force.
        ("001_63119988a0b2900f.txt", "9", "a stray page number", "số trang lạc"),
        ("002_0fb5629dc70b3542.txt", "nửa", "the age of the force", "tuổi đời của lực lượng"),
    ],
)
def test_reason_of_a_number_that_is_no_claim(
    collection: Collection, seed: str, text: str, reason: str, reason_vi: str
) -> None:
    [entry] = [each for each in collection.ledger if each.seed == seed and each.text == text]
    assert reason in (entry.reason or "")
    assert reason_vi in (entry.reason_vi or "")


def test_figures_stand_in_three_of_five_articles(collection: Collection) -> None:
    # D22
    assert len(collection.claims) == 33
    assert len({checked.path for checked in collection.claims}) == 3
    assert len(collection.sources) == 5


def test_resolution_came_into_force_before_the_new_governments_worked() -> None:
    # D23
    comment = (REPOSITORY / "data/provinces.yaml").read_text("utf-8").partition("provinces:")[0]
    assert "202/2025/QH15 of the National Assembly, in force from 2025-06-12" in comment


def test_ids_of_claims_and_indicators_are_what_they_were(collection: Collection) -> None:
    assert {checked.claim.id for checked in collection.claims} >= {*JOINT, *PROVINCE, *DIVISION, *COMMUNE_LEVEL}
    assert "illegal-entry-cases-prosecuted" in collection.indicators


def test_every_note_stands_in_both_languages(claims: dict[str, CheckedClaim]) -> None:
    noted = [
        each
        for checked in claims.values()
        for each in (checked.claim, checked.period, checked.coverage, checked.article, checked.criteria)
        if each is not None
    ]
    assert [each for each in noted if (each.note is None) != (each.note_vi is None)] == []
