"""Changes against an earlier period, now against before, times named without days, and one fact told twice."""

from collections.abc import Sequence

import pytest

from extract.claims.check.cautions import find_cautions
from extract.claims.collection import CheckedClaim
from extract.claims.files import read_root
from extract.figures.columns import FIGURES
from extract.figures.compare import Conclusion, compare_figures
from extract.figures.formats import format_figure
from extract.figures.groups import find_groups
from extract.figures.ratios import find_ratios
from extract.figures.table import FigureTable, axis_value, panel_unit
from tests.conftest import MADE_UP, Scratch

HEADLINE = "Hà Tĩnh: bắt 72 vụ ma túy trong đợt cao điểm"
FIRST = (
    "Trong 6 tháng đầu năm 2020, công an bắt 72 vụ ma túy với 95 đối tượng, tăng 12 vụ với 9 đối tượng"
    " so với cùng kỳ năm 2019; bắt 206/113 vụ buôn lậu, giảm 3,5% so với năm ngoái."
)
SECOND = "Trong 7 ngày Tết, xảy ra 25 vụ ma túy."
TEXT = f"{HEADLINE}\n\n{FIRST} {SECOND}\n"
AGAIN = "72 vụ ma túy trong đợt"
BASE = "base: {covers: 2019-01/2019-06, words: cùng kỳ năm 2019, words_en: the same period of 2019}"
FILE = f"""sentences:
  - quote: "{FIRST}"
    period: {{covers: 2020-01/2020-06, words: Trong 6 tháng đầu năm 2020}}
    claims:
      - {{id: made-cases, indicator: drug-cases, figure: 72 vụ, value: 72, also_at: [{{figure: {AGAIN}}}]}}
      - {{id: made-people, indicator: drug-persons, figure: 95 đối tượng, value: 95}}
      - {{id: made-cases-change, indicator: drug-cases, figure: tăng 12 vụ, value: 12, change: increase, {BASE}}}
      - {{id: made-people-change, indicator: drug-persons, figure: 9 đối tượng, value: 9, change: increase, {BASE}}}
      - {{id: made-smuggling, indicator: smuggling-cases, figure: 206/113 vụ, value: 206, before: 113, base: unstated}}
      - id: made-smuggling-change
        indicator: smuggling-cases
        figure: "giảm 3,5%"
        value: 3.5
        change: decrease
        base: {{words: năm ngoái, words_en: last year}}
  - quote: {SECOND}
    period: {{words: 7 ngày Tết, words_en: the 7 days of Tết}}
    claims:
      - {{id: made-tet, indicator: drug-cases, figure: 25 vụ, value: 25}}
"""


def load_claims(scratch: Scratch) -> dict[str, CheckedClaim]:
    scratch.add_article(TEXT, FILE)
    collection, problems = scratch.load()
    assert problems == []
    return {checked.claim.id: checked for checked in collection.claims if checked.path == MADE_UP}


def check_edited(scratch: Scratch, old: str, new: str, *, text: str = TEXT, file: str = FILE) -> list[str]:
    """Return the messages on the made-up file where some of its words are others."""
    assert file.count(old) == 1, f"{old!r} stands {file.count(old)} times"
    scratch.add_article(text, file.replace(old, new))
    lines = scratch.check()
    assert all(line.startswith(MADE_UP) for line in lines), lines
    return [line.split(": ", 1)[1] for line in lines]


def test_a_change_has_its_direction_its_signed_value_and_its_base(scratch: Scratch) -> None:
    claims = load_claims(scratch)
    names = ("nature", "value", "direction", "change", "before", "base_period", "base_words", "unit", "share")
    rows = {name: FIGURES.format_row(checked) for name, checked in claims.items()}
    assert {name: tuple(row[each] for each in names) for name, row in rows.items()} == {
        "made-cases": ("flow", "72", "", "", "", "", "", "case", ""),
        "made-people": ("flow", "95", "", "", "", "", "", "person", ""),
        "made-cases-change": (
            "change", "12", "increase", "12", "", "2019-01/2019-06", "cùng kỳ năm 2019", "case", "",
        ),
        "made-people-change": (
            "change", "9", "increase", "9", "", "2019-01/2019-06", "cùng kỳ năm 2019", "person", "",
        ),
        "made-smuggling": ("flow", "206", "", "", "113", "", "", "case", ""),
        "made-smuggling-change": ("change", "3.5", "decrease", "-3.5", "", "", "năm ngoái", "percent", ""),
        "made-tet": ("flow", "25", "", "", "", "", "", "case", ""),
    }  # fmt: skip
    assert {row["id"]: (row["period"], row["period_words"]) for row in rows.values()}["made-tet"] == ("", "7 ngày Tết")


@pytest.mark.parametrize(
    ("claim", "vi", "en"),
    [
        ("made-cases-change", "tăng 12 vụ", "up 12 cases"),
        # One word governs two numbers: it is added, and says that it is.
        ("made-people-change", "[tăng] 9 đối tượng", "up 9 people"),
        ("made-smuggling-change", "giảm 3,5%", "down 3.5%"),
        ("made-smuggling", "206/113 vụ", "206 against 113 cases"),
    ],
)
def test_a_change_says_which_way_it_goes(scratch: Scratch, claim: str, vi: str, en: str) -> None:
    checked = load_claims(scratch)[claim]
    assert (format_figure(checked, "vi"), format_figure(checked, "en")) == (vi, en)


def test_a_change_stands_on_an_axis_of_its_own_and_a_decrease_below_zero(scratch: Scratch) -> None:
    claims = load_claims(scratch)
    assert {name: (panel_unit(checked), str(axis_value(checked))) for name, checked in claims.items()} == {
        "made-cases": ("case", "72"),
        "made-people": ("person", "95"),
        "made-cases-change": ("change-case", "12"),
        "made-people-change": ("change-person", "9"),
        "made-smuggling": ("case", "206"),
        "made-smuggling-change": ("change-percent", "-3.5"),
        "made-tet": ("case", "25"),
    }


def find_blocking(one: CheckedClaim, other: CheckedClaim) -> list[str]:
    verdict = compare_figures(one, other)
    assert verdict.conclusion is Conclusion.ONE_BY_ONE
    return [reason.key for reason in verdict.reasons if reason.blocks]


def test_a_change_is_never_compared_with_a_level_nor_with_a_change_against_another_time(scratch: Scratch) -> None:
    claims = load_claims(scratch)
    assert "change_and_level" in find_blocking(claims["made-cases"], claims["made-cases-change"])
    blocking = find_blocking(claims["made-cases-change"], claims["made-smuggling-change"])
    assert {"other_base", "other_unit"} <= {*blocking}
    assert "period_not_dated" in find_blocking(claims["made-cases"], claims["made-tet"])
    for group in find_groups(list(claims.values())):
        assert len({checked.is_change for checked in group.claims}) == 1


def test_changes_of_two_provinces_share_an_axis_where_measure_unit_period_and_base_agree(scratch: Scratch) -> None:
    lines = [
        "Năm 2020, toàn tỉnh bắt 50 vụ ma túy, giảm 10 vụ so với năm 2019.",
        "Năm 2020, tỉnh Kon Tum bắt 30 vụ ma túy, tăng 5 vụ so với năm 2019.",
        "Năm 2020, tỉnh Khánh Hòa bắt 40 vụ ma túy, tăng 8 vụ so với năm 2018.",
    ]
    places = ["ha-tinh", "kon-tum", "khanh-hoa"]
    whole = ["toàn tỉnh", "tỉnh Kon Tum", "tỉnh Khánh Hòa"]
    changes = [("giảm 10 vụ", "decrease", 2019), ("tăng 5 vụ", "increase", 2019), ("tăng 8 vụ", "increase", 2018)]
    rest = "sentences:\n" + "".join(
        f"""  - quote: "{line}"
    period: {{covers: 2020, words: Năm 2020}}
    province: {place}
    coverage: {{kind: province, words: {words}}}
    claims:
      - {{id: {place}-made, indicator: drug-cases, figure: {figure}, value: {figure.split()[1]}, change: {way},
         base: {{covers: {base}, words: năm {base}}}}}
"""
        for line, place, words, (figure, way, base) in zip(lines, places, whole, changes, strict=True)
    )
    aside = "".join(f"  - {{figure: {n} vụ ma túy, why: made up}}\n" for n in (50, 30, 40))
    scratch.add_article("\n".join(lines) + "\n", f"{rest}set_aside:\n{aside}")
    collection, problems = scratch.load()
    assert problems == []
    claims = [checked for checked in collection.claims if checked.path == MADE_UP]
    shared = [[each.claim.id for each in group.claims] for group in find_groups(claims) if len(group.claims) > 1]
    assert shared == [["ha-tinh-made", "kon-tum-made"]]
    one, other, third = claims
    assert compare_figures(one, other).comparable
    assert "same_base" in [reason.key for reason in compare_figures(one, other).common]
    assert find_blocking(one, third) == ["other_base"]
    assert FigureTable(collection).frame.loc["ha-tinh-made", "change"] == "-10"


def test_nothing_is_divided_by_a_change(scratch: Scratch) -> None:
    load_claims(scratch)
    collection, _ = scratch.load()
    assert [ratio.formula for ratio in find_ratios(collection) if ratio.of.path == MADE_UP] == ["95 / 72"]


CHANGE = "figure: tăng 12 vụ, value: 12, change: increase"
FAULTS: dict[str, tuple[str, str, Sequence[str]]] = {
    "a change without its base": (
        f"{CHANGE}, {BASE}",
        CHANGE,
        ["`base` is missing: give the earlier period that `change` is against, or write `unstated`"],
    ),
    "a number before without its base": (
        "before: 113, base: unstated",
        "before: 113",
        ["`base` is missing: give the earlier period that `before` is of, or write `unstated`"],
    ),
    "a base of nothing": (
        f"{CHANGE}, {BASE}",
        f"figure: tăng 12 vụ, value: 12, {BASE}",
        ["`base` goes with `change` or `before`, and neither is there"],
    ),
    "the other way": (
        CHANGE,
        "figure: tăng 12 vụ, value: 12, change: decrease",
        ["change decrease is not what the article says: «tăng»"],
    ),
    "a level that is a change": (
        f"{CHANGE}, {BASE}",
        "figure: tăng 12 vụ, value: 12",
        [
            "«tăng 12» says by how much, not how many: add change: increase, and base, the period that it is against",
        ],
    ),
    "a change that is a level": (
        "figure: 95 đối tượng, value: 95",
        f"figure: 95 đối tượng, value: 95, change: increase, {BASE}",
        ["no word of the sentence says that «95» is a change: take `change` out, or set it aside"],
    ),
    "a figure without its word": (
        CHANGE,
        "figure: 12 vụ, value: 12, change: increase",
        ["figure «12 vụ» leaves out which way it goes: «tăng 12 vụ»"],
    ),
    "a base that comes after": (
        f"{CHANGE}, {BASE}",
        f"{CHANGE}, base: {{covers: 2020, words: năm 2020}}",
        ["the base 2020 does not lie before the period, 2020-01/2020-06: it is what was, not what is"],
    ),
    "the same days that are others": (
        f"{CHANGE}, {BASE}",
        f"{CHANGE}, base: {{covers: 2019, words: cùng kỳ năm 2019}}",
        [
            "the base 2019 is not «cùng kỳ» of 2020-01/2020-06: those are the same days of an earlier year;"
            " write 2019-01/2019-06"
        ],
    ),
    "a base whose words state its days": (
        f"{CHANGE}, {BASE}",
        f"{CHANGE}, base: {{words: năm 2019}}",
        ["`covers` is missing: «năm 2019» states 2019; write covers: 2019"],
    ),
    "now against before, taken for a share": (
        "value: 206, before: 113, base: unstated",
        "value: 206",
        ["`before` is missing: «206/113 vụ» reads 206 of 113; more than a whole holds; add before: 113, and base"],
    ),
    "a number before that is another": (
        "before: 113",
        "before: 131",
        ["before 131 is not what the figure says: «206/113 vụ» reads 206 of 113; write 113, or correct the figure"],
    ),
    "a number before where there is none": (
        "figure: 95 đối tượng, value: 95",
        "figure: 95 đối tượng, value: 95, before: 90, base: unstated",
        ["before 90: «95 đối tượng» names no number before (now/before); leave it out"],
    ),
    "a decrease of more than all": (
        "value: 3.5",
        "value: 350",
        ["value 350 is not what the figure says: «giảm 3,5%» reads 3.5; write 3.5, or correct the figure"],
    ),
    "a time without words": (
        "{words: 7 ngày Tết, words_en: the 7 days of Tết}",
        "{words_en: the 7 days of Tết}",
        ["`covers` is missing: give the days, the article's `words`, or `unstated`"],
    ),
    "days that wait for a decision": (
        "{words: 7 ngày Tết, words_en: the 7 days of Tết}",
        "{covers: , words: 7 ngày Tết}",
        ["`covers`: is empty: write the days, or take the key out where only the words are certain"],
    ),
    "a repetition that stands nowhere": (
        "{figure: 72 vụ ma túy trong đợt}",
        "{figure: 72 vụ trong đợt}",
        ["«72 vụ trong đợt» is in `also_at`, but does not stand in the article: copy its words, or take the entry out"],
    ),
    "a repetition of another number": (
        "also_at: [{figure: 72 vụ ma túy trong đợt}]}\n      - {id: made-people, indicator: drug-persons,"
        " figure: 95 đối tượng, value: 95}",
        "}\n      - {id: made-people, indicator: drug-persons, figure: 95 đối tượng, value: 95,"
        " also_at: [{figure: 72 vụ ma túy trong đợt}]}",
        ["«72 vụ ma túy trong đợt» is no repetition of «95 đối tượng»: it counts case, and the claim person"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS.values(), ids=FAULTS)
def test_what_does_not_fit_is_refused(scratch: Scratch, old: str, new: str, expected: Sequence[str]) -> None:
    messages = check_edited(scratch, old, new)
    assert [message for message in messages if any(message.endswith(each) for each in expected)], messages


def test_the_days_of_a_base_follow_from_the_period_where_its_words_say_so(scratch: Scratch) -> None:
    scratch.add_article(TEXT, FILE.replace("covers: 2019-01/2019-06, words: cùng kỳ", "words: cùng kỳ"))
    collection, problems = scratch.load()
    assert problems == []
    rows = [FIGURES.format_row(each) for each in collection.claims if each.claim.id == "made-cases-change"]
    assert [row["base_period"] for row in rows] == ["2019-01/2019-06"]


def test_a_repeated_fact_is_one_figure_and_both_its_places_are_accounted_for(scratch: Scratch) -> None:
    load_claims(scratch)
    collection, _ = scratch.load()
    places = [entry.text for entry in collection.ledger if entry.claim == "made-cases"]
    assert places == ["72", "72"]
    assert [checked.claim.id for checked in collection.claims].count("made-cases") == 1


REPEATS = [
    ("bắt hơn 70 vụ", "hơn 70 vụ", None),
    ("bắt hơn 75 vụ", "hơn 75 vụ", "it reads 75"),
    ("bắt 71 vụ", "71 vụ", "it reads 71"),
    ("tăng 72 vụ", "72 vụ ma", "one of the two is a change, and the other is none or goes the other way"),
]


@pytest.mark.parametrize(("headline", "words", "fault"), REPEATS)
def test_a_repetition_says_the_same_within_its_hedge(
    scratch: Scratch, headline: str, words: str, fault: str | None
) -> None:
    text = TEXT.replace("bắt 72 vụ ma túy trong đợt cao điểm", f"{headline} ma túy trong đợt cao điểm")
    where = f"{words} túy trong" if words.endswith("ma") else f"{words} ma túy trong"
    messages = check_edited(scratch, "72 vụ ma túy trong đợt", where, text=text)
    expected = [] if fault is None else [f"made-cases: «{where}» is no repetition of «72 vụ»: {fault}"]
    assert messages == expected


def test_check_warns_of_a_fact_that_two_sentences_of_an_article_may_tell(scratch: Scratch) -> None:
    repeated = f"""sentences:
  - quote: "{HEADLINE}"
    period: {{covers: 2020-01/2020-06, words: Trong 6 tháng đầu năm 2020}}
    claims:
      - {{id: made-headline, indicator: drug-cases, figure: 72 vụ, value: 72}}
"""
    file = FILE.replace(f", also_at: [{{figure: {AGAIN}}}]", "").replace("sentences:\n", repeated)
    scratch.add_article(TEXT, file)
    collection, problems = scratch.load()
    assert problems == []
    files, _ = read_root(scratch.root)
    assert [str(each) for each in find_cautions(collection, files) if each.path == MADE_UP] == [
        f"{MADE_UP}:{scratch.find_line(MADE_UP, 'id: made-cases,')}: made-cases: may be the same fact as made-headline:"
        " if it is, keep that one, with also_at: [{figure: 72 vụ}]"
    ]
