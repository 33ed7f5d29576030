"""The account of every number: claimed, set aside by its kind, set aside by the curator, or asked for."""

import re
from collections import Counter
from typing import Any

import pytest

from extract.__main__ import main
from extract.claims.check.ledger import REASONS, find_doubts
from extract.claims.collection import Account, Certainty, Collection
from extract.claims.load import parsed
from extract.claims.records import Lang
from extract.claims.wording import parse_wording
from extract.figures.columns import ARTICLES
from extract.figures.table import FigureTable
from extract.page.address import Address, View
from extract.page.page import Page
from extract.page.views import about, articles
from extract.text.mentions import Kind, Mention, find_mentions
from tests.conftest import MADE_UP, REPOSITORY, Scratch

HEADER = "sentences: []\nset_aside:"


def test_every_number_of_the_real_articles_is_a_claim_or_has_a_reason(collection: Collection) -> None:
    assert all((entry.claim is None) != (entry.reason is None) for entry in collection.ledger)
    assert {entry.claim for entry in collection.ledger if entry.claim} == {
        checked.claim.id for checked in collection.claims
    }
    assert Counter(entry.claim for entry in collection.ledger if entry.claim).most_common(1)[0][1] == 1


def test_every_number_stands_where_the_ledger_says(collection: Collection) -> None:
    texts = {source.record.article.seed: source.text.raw for source in collection.sources}
    assert [entry.text for entry in collection.ledger] == [
        texts[entry.seed][entry.start : entry.end] for entry in collection.ledger
    ]


def test_ledger_stands_in_the_order_of_seeds_and_text(collection: Collection) -> None:
    places = [(entry.seed, entry.start) for entry in collection.ledger]
    assert places == sorted(places)


def test_every_kind_but_figures_has_a_reason_of_its_own() -> None:
    assert set(REASONS) == set(Kind) - {Kind.FIGURE}
    assert len(set(REASONS.values())) == len(REASONS)


def test_number_that_nobody_accounted_for_is_asked_for_with_the_line_to_paste(scratch: Scratch) -> None:
    scratch.add_article("Công an huyện.\nNăm 2021, công an xã bắt hơn 5 vụ trộm.\n", f"{HEADER} []\n")
    assert scratch.check() == [
        f"{MADE_UP}:3: made-up.txt: the number «5» on line 2, column 30 of the text is neither claimed nor set aside:"
        " «Năm 2021, công an xã bắt hơn 5 vụ trộm.»; claim it, or set it aside: - {figure: hơn 5 vụ, why: }"
    ]


def test_pasted_line_is_all_that_was_missing(scratch: Scratch) -> None:
    scratch.add_article("Có 5 vụ, 1,5 tấn và 5 vụ.\n", f"{HEADER} []\n")
    lines = {problem.split("set it aside: ")[1].replace("why: ", "why: said in passing") for problem in scratch.check()}
    assert lines == {
        "- {figure: 5 vụ, times: 2, why: said in passing}",
        '- {figure: "1,5 tấn", why: said in passing}',
    }
    scratch.edit(MADE_UP, f"{HEADER} []\n", f"{HEADER}\n" + "".join(f"  {line}\n" for line in sorted(lines)))
    assert scratch.check() == []


def test_number_of_a_claim_that_has_no_place_is_not_asked_for_as_well(scratch: Scratch) -> None:
    scratch.edit("data/claims/ha-tinh-2021-three-forces.yaml", "figure: 72 vụ, value: 72}", "figure: 27 vụ, value: 27}")
    assert len(scratch.check()) == 1


def test_many_open_numbers_are_counted_and_not_all_shown(scratch: Scratch) -> None:
    scratch.add_article("".join(f"Xã {name} có {7 + name} vụ.\n" for name in range(130)), f"{HEADER} []\n")
    problems = scratch.check()
    assert len(problems) == 101
    assert problems[-1].endswith("made-up.txt: 30 more numbers are neither claimed nor set aside")


THREE = "Có 3 đội, 3 đội giỏi và 3 đội.\n"


@pytest.mark.parametrize(
    ("entries", "problems"),
    [
        ("- {figure: 3 đội, times: 3, why: the teams}", []),
        ("- {figure: 3 đội, times: 2, why: the teams}\n  - {figure: 3 đội giỏi, why: good ones}", []),
        (
            "- {figure: 3 đội, why: the teams}",
            ["4: made-up.txt: «3 đội» stands in 3 places without a claim, not 1: write times: 3"],
        ),
        (
            "- {figure: 3 đội, times: 4, why: the teams}",
            [
                "4: made-up.txt: «3 đội» stands in 3 places without a claim, not 4: write times: 3,"
                " or look for the words that changed"
            ],
        ),
        (
            "- {figure: 3 đội, times: 3, why: the teams}\n  - {figure: 3 đội, times: 3, why: the teams}",
            ["5: made-up.txt: «3 đội» is set aside already on line 4: put the two together"],
        ),
        (
            "- {figure: 3 đội, times: 3, why: the teams}\n  - {figure: 4 đội, why: the teams}",
            [
                "5: made-up.txt: «4 đội» is set aside, but does not stand in the article:"
                " copy its words, or take the entry out"
            ],
        ),
        (
            '- {figure: 3 đội, times: 2, why: the teams}\n  - {figure: "3 đội, 3 đội giỏi", why: both}',
            [
                "5: made-up.txt: «3 đội, 3 đội giỏi» holds 2 numbers («3» and «3»): set each aside on its own",
                "4: made-up.txt: «3 đội» stands in 3 places without a claim, not 2: write times: 3",
            ],
        ),
        (
            "- {figure: 3 đội, times: 3, why: the teams}\n  - {figure: đội giỏi, why: good ones}",
            ["5: made-up.txt: «đội giỏi» is set aside, but holds no figure and no other number: take the entry out"],
        ),
        (
            "- {figure: 3 đội, times: 3, why: the teams}\n  - {figure: 3 độ, why: cut}",
            [
                "5: made-up.txt: «3 độ» is set aside, but cuts its words in two:"
                " the article says «Có 3 đội, 3 đội giỏi và 3 đội.»"
            ],
        ),
    ],
)
def test_numbers_set_aside_stand_where_the_curator_says(scratch: Scratch, entries: str, problems: list[str]) -> None:
    scratch.add_article(THREE, f"{HEADER}\n  {entries}\n")
    assert sorted(scratch.check()) == sorted(f"{MADE_UP}:{problem}" for problem in problems)


def test_claimed_number_cannot_be_set_aside_too(scratch: Scratch) -> None:
    file = "data/claims/kon-tum-internal-political-security.yaml"
    scratch.edit(file, "set_aside:\n", "set_aside:\n  - {figure: 258 cơ sở, why: no result}\n")
    [problem] = scratch.check()
    assert problem.endswith(
        "«258 cơ sở» is set aside, but is claimed by kon-tum-violating-establishments: take one of the two out"
    )


def test_words_of_a_date_need_no_entry(scratch: Scratch) -> None:
    scratch.add_article("Năm 2021 yên bình.\n", f"{HEADER}\n  - {{figure: Năm 2021, why: a year}}\n")
    assert scratch.check() == [
        f"{MADE_UP}:4: made-up.txt: «Năm 2021» is set aside, but holds no figure"
        " («2021» reads as date, which needs no entry): take the entry out"
    ]


def test_number_of_no_kind_may_have_a_better_reason_than_the_general_one(scratch: Scratch) -> None:
    text = "Tổ chức nhiều hoạt 9 động.\n"
    scratch.add_article(text, f"{HEADER} []\n")
    collection, problems = scratch.load()
    assert problems == []
    assert [entry.reason for entry in collection.ledger if entry.seed == "made-up.txt"] == [REASONS[Kind.OTHER]]
    aside = "\n  - {figure: hoạt 9 động, why: a stray page number, why_vi: số trang}\n"
    scratch.add_article(text, f"{HEADER}{aside}")
    collection, problems = scratch.load()
    assert problems == []
    [entry] = [entry for entry in collection.ledger if entry.seed == "made-up.txt"]
    assert (entry.kind, entry.reason, entry.reason_vi) == (Kind.OTHER, "a stray page number", "số trang")


def test_number_of_no_kind_is_set_aside_as_often_as_it_stands_there(scratch: Scratch) -> None:
    scratch.add_article("Tổ chức hoạt 9 động.\n", f"{HEADER}\n  - {{figure: hoạt 9 động, times: 2, why: y}}\n")
    assert scratch.check() == [
        f"{MADE_UP}:4: made-up.txt: «hoạt 9 động» stands in 1 places without a claim, not 2: write times: 1,"
        " or look for the words that changed"
    ]


DOUBTFUL = "Trong tháng 7, các tổ đi tuần, ngày 12 trời nắng.\nTrong tháng 7, ngày 12 trời mưa.\n"


@pytest.fixture
def weak_twelve(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the grammar set every 12 of a date aside by a rule that is not certain."""

    def find_weak(*arguments: Any, **options: Any) -> list[Mention]:
        return [
            mention._replace(is_certain=not (mention.text == "12" and mention.kind is Kind.DATE))
            for mention in find_mentions(*arguments, **options)
        ]

    monkeypatch.setattr(parsed, "find_mentions", find_weak)


def list_certainty(scratch: Scratch) -> list[tuple[str, str, str | None]]:
    """Return the numbers of the article that is added, how sure the account of each is, and the reason."""
    collection, problems = scratch.load()
    assert problems == []
    entries = [entry for entry in collection.ledger if entry.seed == "made-up.txt"]
    return [(entry.text, entry.certainty, entry.reason) for entry in entries]


def test_every_number_of_the_real_articles_is_certain_or_confirmed(collection: Collection) -> None:
    assert {entry.certainty for entry in collection.ledger} == {Certainty.CERTAIN, Certainty.CONFIRMED}
    assert all(entry.certainty is Certainty.CONFIRMED for entry in collection.ledger if entry.kind is Kind.FIGURE)
    assert list(find_doubts(collection)) == []


@pytest.mark.usefixtures("weak_twelve")
def test_what_a_weak_rule_sets_aside_is_doubtful_and_no_problem(scratch: Scratch) -> None:
    scratch.add_article(DOUBTFUL, f"{HEADER} []\n")
    date = REASONS[Kind.DATE]
    assert list_certainty(scratch) == [
        ("7", "certain", date),
        ("12", "doubtful", date),
        ("7", "certain", date),
        ("12", "doubtful", date),
    ]
    assert [str(doubt) for doubt in find_doubts(scratch.load()[0])] == [
        f"{MADE_UP}:3: made-up.txt: the number «12» on line {line}, column {column} of the text reads as date by a weak"
        " rule: claim it with read, or set it aside to confirm"
        for line, column in ((1, 37), (2, 21))
    ]


@pytest.mark.usefixtures("weak_twelve")
def test_curator_confirms_a_doubtful_number_by_setting_it_aside(scratch: Scratch) -> None:
    scratch.add_article(DOUBTFUL, f"{HEADER}\n  - {{figure: ngày 12 trời mưa, why: the day of the rain}}\n")
    assert [(text, sure) for text, sure, _ in list_certainty(scratch)] == [
        ("7", "certain"),
        ("12", "doubtful"),
        ("7", "certain"),
        ("12", "confirmed"),
    ]
    assert list_certainty(scratch)[3][2] == "the day of the rain"
    scratch.edit(MADE_UP, "figure: ngày 12 trời mưa", "figure: ngày 12, times: 2")
    assert [(text, sure) for text, sure, _ in list_certainty(scratch)[1::2]] == [("12", "confirmed")] * 2


@pytest.mark.usefixtures("weak_twelve")
def test_words_of_a_figure_leave_the_same_words_of_a_doubtful_number_in_doubt(scratch: Scratch) -> None:
    entry = f"{HEADER}\n  - {{figure: 12, why: said in passing}}\n"
    scratch.add_article("Có 12 vụ.\nTrong tháng 7, ngày 12 trời mưa.\n", entry)
    assert [sure for _, sure, _ in list_certainty(scratch)] == ["confirmed", "certain", "doubtful"]
    scratch.edit(MADE_UP, "figure: 12,", "figure: 12, times: 2,")
    assert [sure for _, sure, _ in list_certainty(scratch)] == ["confirmed", "certain", "confirmed"]
    scratch.edit(MADE_UP, "times: 2,", "times: 3,")
    (problem,) = scratch.check()
    assert problem.endswith(
        "«12» stands in 2 places without a claim, not 3: write times: 2, or look for the words that changed"
    )


@pytest.mark.usefixtures("weak_twelve")
def test_entry_for_a_doubtful_number_may_hold_certain_ones_beside_it(scratch: Scratch) -> None:
    scratch.add_article(DOUBTFUL, f'{HEADER}\n  - {{figure: "tháng 7, ngày 12 trời mưa", why: the day of the rain}}\n')
    assert list_certainty(scratch)[3] == ("12", "confirmed", "the day of the rain")


@pytest.mark.usefixtures("weak_twelve")
def test_check_counts_certain_confirmed_and_doubtful_apart(
    scratch: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    scratch.add_article(DOUBTFUL, f"{HEADER} []\n")
    assert main(["check", "--root", str(scratch.root)]) == 0
    counts = Counter(entry.certainty for entry in scratch.load()[0].ledger)
    (counted,) = capsys.readouterr().out.splitlines()
    assert counted == (
        f"checked 33 claims in 14 quotes of 6 articles, 3 provinces; every one of {counts.total()} numbers accounted"
        f" for: no problem; {counts[Certainty.CERTAIN]} certain, {counts[Certainty.CONFIRMED]} confirmed,"
        " 2 doubtful (check --doubts)"
    )
    assert main(["check", "--doubts", "--root", str(scratch.root)]) == 0
    first, second, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{MADE_UP}:3: made-up.txt: the number «12» on line 1, column 37 of the text reads as date")
    assert second.startswith(f"{MADE_UP}:3: made-up.txt: the number «12» on line 2")
    assert last == counted


@pytest.mark.usefixtures("weak_twelve")
def test_article_marks_its_doubtful_numbers_in_words(scratch: Scratch) -> None:
    scratch.add_article(DOUBTFUL, f"{HEADER} []\n")
    wording = parse_wording((scratch / "data/wording.yaml").read_bytes())
    address = Address(view=View.ARTICLES, article="made-up")
    content = articles.compose(Page(table=FigureTable(scratch.load()[0]), words=wording["en"], address=address))
    ((text,),) = content.blocks.values()
    reason = "a date, or the length of the time reported on"
    doubt = f"{reason} (doubtful: read by a weak rule, not confirmed by a person)"
    assert str(text).count(f'<span class="aside doubtful" title="{doubt}">12</span>') == 2
    assert str(text).count(f'<span class="aside settled" title="{reason}">7</span>') == 2
    assert "4 numbers: 0 shown as figures here; 4 set aside, each with the reason: 2 by a rule that is certain," in (
        content.ledger
    )
    assert " 0 by a curator, 2 in doubt. Doubtful: 2 numbers set aside by a weak rule, not confirmed by a person." in (
        content.ledger
    )
    assert list_legend(text) == {
        "settled": "Set aside by a rule that is certain",
        "doubtful": "In doubt, for a curator to confirm",
    }
    assert content.ledger.count(doubt) == 2
    entry = f"{HEADER}\n  - {{figure: ngày 12, times: 2, why: a day}}\n"
    scratch.add_article(DOUBTFUL, entry)
    content = articles.compose(Page(table=FigureTable(scratch.load()[0]), words=wording["en"], address=address))
    ((text,),) = content.blocks.values()
    assert "oubtful" not in f"{text}{content.ledger}"
    assert content.ledger.count("a day") == 2
    assert str(text).count('<span class="aside confirmed" title="a day">12</span>') == 2
    assert "2 by a rule that is certain, 2 by a curator, 0 in doubt." in content.ledger
    assert list_legend(text) == {
        "settled": "Set aside by a rule that is certain",
        "confirmed": "Set aside by a curator",
    }


def list_legend(text: object) -> dict[str, str]:
    """Return what an article's legend says of the numbers that are set aside, by the mark that it explains."""
    legend = str(text).partition('<p class="legend">')[2].partition("</p>")[0]
    return dict(re.findall(r'<span class="aside (\w+)">([^<]+)</span>', legend))


def test_the_pages_and_the_csv_count_what_became_of_every_number(collection: Collection) -> None:
    counts = Counter(entry.account for entry in collection.ledger)
    assert counts == {Account.CLAIMED: 33, Account.SETTLED: 64, Account.CONFIRMED: 14}
    table = FigureTable(collection)
    rows = [ARTICLES.format_row(record) for record in ARTICLES.find_records(collection)]
    for account in (Account.SETTLED, Account.CONFIRMED, Account.DOUBTFUL):
        assert sum(int(row[account]) for row in rows) == counts[account]
    wording = parse_wording((REPOSITORY / "data/wording.yaml").read_bytes())
    said: dict[Lang, str] = {
        "en": "In 5 articles stand 111 numbers: 33 are figures here; set aside are 64 by a rule that is certain",
        "vi": "Trong 5 bài báo có 111 con số: 33 là số liệu ở đây; không đưa vào: 64 theo quy tắc chắc chắn",
    }
    for lang, line in said.items():
        address = Address(view=View.ABOUT)
        assert line in str(about.compose(Page(table=table, words=wording[lang], address=address)).blocks)
