"""Decisions as bytes: what a hand would have written, in the order of the text, and nothing else touched."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from extract.claims.amend import AmendError
from extract.claims.draft.article import draft_article
from extract.claims.draft.numbers import Fate
from extract.claims.draft.words import read_reason
from extract.claims.yaml.strict import Node
from extract.review.account import Number, State, find_mapping, find_waiting
from extract.review.desk import Desk, SaveError, Work, find_article
from extract.review.edits import Edit, begin_file, find_aside_words, set_aside, set_header, take_back, write_claim
from extract.review.proposals import compose_claim, list_reasons, propose
from tests.conftest import Scratch

TEXT = """Năm 2021, Công an tỉnh Kon Tum bắt giữ 12 vụ/15 đối tượng mua bán trái phép chất ma túy; theo dõi 3 xe, 3 xe.
Năm 2021, bắt 5 vụ ma túy. Năm 2021, thu giữ 7kg ketamine và 3 xe.
"""
CHANGES = """Kon Tum: Bắt giữ 72 vụ ma túy, 95 đối tượng

Năm 2021, Công an tỉnh Kon Tum bắt giữ 72 vụ/95 đối tượng ma túy, tăng 12 vụ so với cùng kỳ năm 2020. Năm 2021, \
bắt giữ 206/113 vụ ma túy so với năm 2020. Trong 7 ngày Tết, bắt giữ 5 vụ ma túy. Năm 2021, \
triệt phá 9 tụ điểm và bắt giữ 72 vụ ma túy khác. Năm 2021, giảm 4 vụ ma túy.
"""
SEED, FILE = "new.txt", "data/claims/new.yaml"
YEAR: Node = {"covers": "2021", "words": "Năm 2021"}
CHOSEN = {
    "12 vụ": "drug-cases",
    "15 đối tượng": "drug-persons",
    "5 vụ": "drug-cases",
    "7kg": "ketamine-seized-kg",
}
FIELDS = ("id", "indicator", "figure", "value", "of", "to", "change", "before", "qualifier")


@pytest.fixture
def desk(scratch: Scratch) -> Desk:
    """A desk at a copy of the real data, with a pending text of our own."""
    (scratch / "seeds" / SEED).write_text(TEXT, encoding="utf-8")
    return Desk(scratch.root)


def open_work(desk: Desk, seed: str = SEED) -> Work:
    return desk.open_article(desk.look(), seed)


def find_number(work: Work, words: str, nth: int = 0) -> Number:
    text = work.reading.text
    return [each for each in work.numbers if text[each.figure.start : each.figure.end] == words][nth]


def enter_claim(desk: Desk, work: Work, number: Number, **changes: str) -> Edit:
    """Return what accepting a number writes, with fields of its proposal changed."""
    proposal = propose(work, number, desk.look().collection)
    read = find_mapping(dict(proposal.claim), ("read",))
    entered = {key: str(proposal.claim.get(key, "")) for key in FIELDS} | {"why": str(read.get("why", ""))}
    entered["qualifier"] = entered["qualifier"] or "exact"
    said = dict(proposal.inherited)
    written = [each for each in _list_sentences(work) if each.get("quote") == _quote(work, number)]
    said["translation"] = written[0].get("translation", "") if written else ""
    if said["period"] == "":
        said["period"] = YEAR
    base = proposal.claim.get("base") or "unstated"
    return write_claim(work, number, compose_claim(entered | changes, proposal.claim, base), said)


def _list_sentences(work: Work) -> list[dict[str, Node]]:
    sentences = work.root.get("sentences") if isinstance(work.root, dict) else None
    return [each for each in sentences if isinstance(each, dict)] if isinstance(sentences, list) else []


def _quote(work: Work, number: Number) -> str:
    return work.reading.text[number.sentence.start : number.sentence.end]


def curate(desk: Desk, order: Iterable[str]) -> str:
    """Begin our article's file, claim numbers in an order, set all others aside, and return the file."""
    work = open_work(desk)
    desk.save(work, begin_file(work, {"province": "kon-tum"}).after)
    for words in order:
        work = open_work(desk)
        number = find_number(work, words)
        if words in CHOSEN:
            name = f"new-{number.index}"
            edit = enter_claim(desk, work, number, id=name, indicator=CHOSEN[words])
        else:
            edit = set_aside(work, number, words, "cars", "xe")
        desk.save(work, edit.after, place=edit.place)
    return (desk.root / FILE).read_text("utf-8")


def test_decisions_in_any_order_write_the_same_file_in_the_order_of_the_text(desk: Desk, scratch: Scratch) -> None:
    first = curate(desk, ["12 vụ", "15 đối tượng", "5 vụ", "7kg", "3 xe"])
    assert scratch.check() == []
    (scratch / FILE).unlink()
    assert curate(desk, ["3 xe", "7kg", "5 vụ", "15 đối tượng", "12 vụ"]) == first
    assert first.partition("sentences:\n")[2] == (
        '  - quote: "Năm 2021, Công an tỉnh Kon Tum bắt giữ 12 vụ/15 đối tượng mua bán trái phép chất ma túy; theo dõi'
        ' 3 xe, 3 xe."\n'
        "    translation:\n"
        "    period: {covers: 2021, words: Năm 2021}\n"
        "    claims:\n"
        "      - {id: new-1, indicator: drug-cases, figure: 12 vụ, value: 12}\n"
        "      - {id: new-2, indicator: drug-persons, figure: 15 đối tượng, value: 15}\n"
        '  - quote: "Năm 2021, bắt 5 vụ ma túy."\n'
        "    translation:\n"
        "    period: {covers: 2021, words: Năm 2021}\n"
        "    claims:\n"
        "      - {id: new-6, indicator: drug-cases, figure: 5 vụ, value: 5}\n"
        '  - quote: "Năm 2021, thu giữ 7kg ketamine và 3 xe."\n'
        "    translation:\n"
        "    period: {covers: 2021, words: Năm 2021}\n"
        "    claims:\n"
        "      - {id: new-8, indicator: ketamine-seized-kg, figure: 7kg, value: 7}\n"
        "set_aside:\n"
        "  - {figure: 3 xe, times: 3, why: cars, why_vi: xe}\n"
    )


def test_accepting_again_what_is_written_changes_nothing(desk: Desk) -> None:
    look = desk.look()
    for seed in look.described:
        work = open_work(desk, seed)
        for number in work.numbers:
            if number.state is State.CLAIMED and not number.is_repeat:
                assert enter_claim(desk, work, number).after == work.raw
            if number.state is State.ASIDE and number.location is not None:
                entry = find_mapping(work.root, number.location)
                why, why_vi = next(iter(list_reasons(look.collection, work, number)[0].items()))
                assert set_aside(work, number, str(entry["figure"]), why, why_vi).after == work.raw


def test_what_is_taken_back_leaves_the_file_as_it_was(desk: Desk, scratch: Scratch) -> None:
    curate(desk, ["12 vụ", "5 vụ", "3 xe"])
    scratch.edit(FILE, "sentences:\n", "# mine\nsentences:\n  # yours\n")
    scratch.edit(FILE, "figure: 12 vụ, value: 12}", "figure: 12 vụ, value: 12}  # sure")
    before = (scratch / FILE).read_bytes()
    for words in ("15 đối tượng", "7kg"):
        work = open_work(desk)
        (scratch / FILE).write_bytes(
            enter_claim(desk, work, find_number(work, words), id="new", indicator=CHOSEN[words]).after
        )
        work = open_work(desk)
        assert find_number(work, words).state is State.CLAIMED
        (scratch / FILE).write_bytes(take_back(work, find_number(work, words)).after)
        assert (scratch / FILE).read_bytes() == before
    work = open_work(desk)
    emptied = take_back(work, find_number(work, "3 xe")).after.decode()
    assert emptied == before.decode().partition("set_aside:")[0] + "set_aside: []\n"


@pytest.fixture
def changes(desk: Desk, scratch: Scratch) -> Desk:
    """The desk with an article of changes and repetitions, all that is drafted accepted in the order of the text."""
    (scratch / "seeds" / SEED).write_text(CHANGES, encoding="utf-8")
    work = open_work(desk)
    desk.save(work, begin_file(work, {"province": "kon-tum"}).after)
    drafted = [each.index for each in work.numbers if propose(work, each, desk.look().collection).claim.get("id")]
    for index in drafted:
        work = open_work(desk)
        [number] = [each for each in work.numbers if each.index == index]
        assert number.state is State.OPEN
        indicator = str(propose(work, number, desk.look().collection).claim.get("indicator") or "drug-cases")
        edit = enter_claim(desk, work, number, id=f"new-{index}", indicator=indicator)
        desk.save(work, edit.after, place=edit.place)
    work = open_work(desk)
    edit = set_aside(work, find_number(work, "9 tụ điểm"), "9 tụ điểm", "places", "")
    desk.save(work, edit.after, place=edit.place)
    return desk


def test_a_drafted_change_a_number_before_and_what_repeats_a_claim_are_accepted(
    changes: Desk, scratch: Scratch
) -> None:
    assert scratch.check() == []
    written = (scratch / FILE).read_text("utf-8").partition("sentences:\n")[2]
    assert written == (
        '  - quote: "Năm 2021, Công an tỉnh Kon Tum bắt giữ 72 vụ/95 đối tượng ma túy, tăng 12 vụ'
        ' so với cùng kỳ năm 2020."\n'
        "    translation:\n"
        "    period: {covers: 2021, words: Năm 2021}\n"
        "    claims:\n"
        "      - id: new-3\n"
        "        indicator: drug-cases\n"
        "        figure: 72 vụ\n"
        "        value: 72\n"
        "        also_at:\n"
        "          - {figure: Bắt giữ 72 vụ}\n"
        "      - id: new-4\n"
        "        indicator: drug-persons\n"
        "        figure: 95 đối tượng\n"
        "        value: 95\n"
        "        also_at:\n"
        "          - {figure: 95 đối tượng}\n"
        "      - id: new-5\n"
        "        indicator: drug-cases\n"
        "        figure: tăng 12 vụ\n"
        "        value: 12\n"
        "        change: increase\n"
        "        base: {covers: 2020, words: cùng kỳ năm 2020}\n"
        '  - quote: "Năm 2021, bắt giữ 206/113 vụ ma túy so với năm 2020."\n'
        "    translation:\n"
        "    period: {covers: 2021, words: Năm 2021}\n"
        "    claims:\n"
        "      - id: new-8\n"
        "        indicator: drug-cases\n"
        "        figure: 206/113 vụ\n"
        "        value: 206\n"
        "        before: 113\n"
        "        base: {covers: 2020, words: năm 2020}\n"
        '  - quote: "Trong 7 ngày Tết, bắt giữ 5 vụ ma túy."\n'
        "    translation:\n"
        "    period: {words: 7 ngày Tết}\n"
        "    claims:\n"
        "      - {id: new-11, indicator: drug-cases, figure: 5 vụ, value: 5}\n"
        '  - quote: "Năm 2021, triệt phá 9 tụ điểm và bắt giữ 72 vụ ma túy khác."\n'
        "    translation:\n"
        "    period: {covers: 2021, words: Năm 2021}\n"
        "    claims:\n"
        "      - {id: new-14, indicator: drug-cases, figure: 72 vụ, value: 72}\n"
        '  - quote: "Năm 2021, giảm 4 vụ ma túy."\n'
        "    translation:\n"
        "    period: {covers: 2021, words: Năm 2021}\n"
        "    claims:\n"
        "      - {id: new-16, indicator: drug-cases, figure: giảm 4 vụ, value: 4, change: decrease, base: unstated}\n"
        "set_aside:\n"
        "  - {figure: 9 tụ điểm, why: places}\n"
    )
    work = open_work(changes)
    assert [(each.state, each.account) for each in work.numbers[:4]] == [
        (State.CLAIMED, "new-3"),
        (State.CLAIMED, "new-4"),
        (State.CLAIMED, "new-3"),
        (State.CLAIMED, "new-4"),
    ]
    written_on_their_own = [each for each in work.numbers if each.state is State.CLAIMED and not each.is_repeat]
    assert {enter_claim(changes, work, each).after for each in written_on_their_own} == {work.raw}


def test_a_number_that_repeats_a_claim_is_decided_anew_only_once_it_is_taken_back(
    changes: Desk, scratch: Scratch
) -> None:
    work = open_work(changes)
    headline = find_number(work, "72 vụ")
    message = "says that «72» repeats new-3: take it back first"
    with pytest.raises(AmendError, match=message):
        set_aside(work, headline, "Bắt giữ 72 vụ", "a headline", "")
    with pytest.raises(AmendError, match=message):
        write_claim(work, headline, {"id": "x"}, {})
    edit = take_back(work, headline)
    changes.save(work, edit.after, place=edit.place)
    assert work.raw is not None
    repeats = "        also_at:\n          - {figure: Bắt giữ 72 vụ}\n"
    assert edit.after.decode() == work.raw.decode().replace(repeats, "")
    work = open_work(changes)
    headline = find_number(work, "72 vụ")
    assert headline.state is State.OPEN
    edit = set_aside(work, headline, find_aside_words(work, headline), "a headline", "")
    changes.save(work, edit.after, place=edit.place)
    assert scratch.check() == []
    # What is decided of the headline holds when its claim is accepted once more.
    work = open_work(changes)
    (scratch / FILE).write_bytes(take_back(work, find_number(work, "72 vụ", 1)).after)
    again = open_work(changes)
    claim = enter_claim(changes, again, find_number(again, "72 vụ", 1), id="new-3", indicator="drug-cases")
    changes.save(again, claim.after, place=claim.place)
    assert (
        claim.after.decode().replace(
            "{id: new-3, indicator: drug-cases, figure: 72 vụ, value: 72}",
            "id: new-3\n        indicator: drug-cases\n        figure: 72 vụ\n        value: 72",
        )
        == edit.after.decode()
    )


def test_what_a_change_is_against_is_chosen_from_its_sentence(changes: Desk) -> None:
    work, collection = open_work(changes), changes.look().collection
    labels = [
        [each.label for each in propose(work, find_number(work, words), collection).bases]
        for words in ("12 vụ", "206/113 vụ", "4 vụ")
    ]
    assert labels == [
        ["2020 «cùng kỳ năm 2020»", "2020 «năm 2020»", "unstated"],
        ["2020 «năm 2020»", "unstated"],
        ["unstated"],
    ]
    assert propose(work, find_number(work, "5 vụ"), collection).periods[0].label == "the sentence's: «7 ngày Tết»"


def test_that_it_is_a_change_is_no_reason_to_set_a_number_aside_that_can_be_claimed(desk: Desk) -> None:
    work, collection = open_work(desk), desk.look().collection
    change, _ = read_reason(Fate.CHANGE)
    assert change not in list_reasons(collection, work, find_number(work, "12 vụ"))[0]
    assert change in list_reasons(collection, work, find_number(work, "3 xe"))[0]


def test_a_draft_that_was_moved_is_completed_where_it_stands(desk: Desk, scratch: Scratch) -> None:
    draft = draft_article((scratch / "seeds" / SEED).read_bytes(), SEED, desk.look().collection)
    (scratch / FILE).write_text(draft, encoding="utf-8")
    for words, indicator in CHOSEN.items():
        work = open_work(desk)
        edit = enter_claim(desk, work, find_number(work, words), indicator=indicator)
        desk.save(work, edit.after, place=edit.place)
    work = open_work(desk)
    edit = set_aside(work, find_number(work, "3 xe"), "3 xe", "cars", "")
    desk.save(work, edit.after, place=edit.place)
    assert scratch.check() == []
    finished = (scratch / FILE).read_text("utf-8").splitlines()
    assert [line for line in draft.splitlines() if line.startswith(("#", "  publisher", "  event"))] == [
        line for line in finished if line.startswith(("#", "  publisher", "  event"))
    ]


def test_a_number_whose_words_mean_another_place_is_set_aside_with_more_of_them(desk: Desk, scratch: Scratch) -> None:
    text = "Công an tỉnh Kon Tum có 3 nhóm (3), xử lý 3 mặt công tác.\n"
    (scratch / "seeds" / SEED).write_text(text, encoding="utf-8")
    work = open_work(desk)
    desk.save(work, begin_file(work, {"province": "kon-tum"}).after)
    for _ in open_work(desk).numbers:
        work = open_work(desk)
        waiting = find_waiting(work.numbers)
        if waiting is not None:
            edit = set_aside(work, waiting, find_aside_words(work, waiting), "said in passing", "")
            desk.save(work, edit.after, place=edit.place)
    assert scratch.check() == []
    assert {each.state for each in open_work(desk).numbers} == {State.ASIDE}


@pytest.mark.parametrize("order", [("3 xe", "5 nhà", "2 thuyền"), ("2 thuyền", "5 nhà", "3 xe")])
def test_entries_stand_in_the_order_in_which_their_words_first_do(
    desk: Desk, scratch: Scratch, order: tuple[str, ...]
) -> None:
    (scratch / "seeds" / SEED).write_text("Có 3 xe, 5 nhà, 3 xe và 2 thuyền.\n", encoding="utf-8")
    assert curate(desk, order).partition("set_aside:\n")[2] == (
        "  - {figure: 3 xe, times: 2, why: cars, why_vi: xe}\n"
        "  - {figure: 5 nhà, why: cars, why_vi: xe}\n"
        "  - {figure: 2 thuyền, why: cars, why_vi: xe}\n"
    )


def test_a_number_inside_a_word_is_set_aside_with_the_whole_word(desk: Desk, scratch: Scratch) -> None:
    (scratch / "seeds" / SEED).write_text("Công an tỉnh Kon Tum bắt5 vụ trộm.\n", encoding="utf-8")
    work = open_work(desk)
    desk.save(work, begin_file(work, {"province": "kon-tum"}).after)
    work = open_work(desk)
    [number] = work.numbers
    edit = set_aside(work, number, find_aside_words(work, number), "a slip of the text", "")
    desk.save(work, edit.after, place=edit.place)
    assert (scratch / FILE).read_text("utf-8").endswith("  - {figure: bắt5 vụ, why: a slip of the text}\n")
    assert scratch.check() == []


def test_what_the_check_would_refuse_is_not_written(desk: Desk, scratch: Scratch) -> None:
    work = open_work(desk)
    desk.save(work, begin_file(work, {"province": "kon-tum"}).after)
    work = open_work(desk)
    edit = enter_claim(desk, work, find_number(work, "12 vụ"), id="new-1", indicator="drug-cases", value="13")
    with pytest.raises(SaveError) as caught:
        desk.save(work, edit.after, place=edit.place)
    assert caught.value.args == (
        "nothing was written: value 13 is not what the figure says: «12 vụ» reads 12; write 12, or correct the figure",
    )
    assert (scratch / FILE).read_bytes() == work.raw


def test_a_file_that_somebody_began_meanwhile_is_left_to_them(desk: Desk, scratch: Scratch) -> None:
    work = open_work(desk)
    (scratch / FILE).write_text("theirs\n", encoding="utf-8")
    with pytest.raises(SaveError) as caught:
        desk.save(work, begin_file(work, {"province": "kon-tum"}).after)
    assert caught.value.args[0].startswith(f"{FILE} is there already")
    assert (scratch / FILE).read_text("utf-8") == "theirs\n"


def test_keys_of_the_article_are_set_and_the_rest_stays(desk: Desk) -> None:
    work = open_work(desk, "000_9949a4141d253ee7.txt")
    assert work.raw is not None
    edit = set_header(work, {"title_en": "An interview", "period": YEAR, "coverage": ""})
    old, new = work.raw.decode(), edit.after.decode()
    assert re.sub("  title_en:.*\n", "  title_en: An interview\n", old) == new.replace(
        "  period: {covers: 2021, words: Năm 2021}\n", ""
    )


def test_an_article_is_named_by_its_text_its_file_or_its_slug(desk: Desk) -> None:
    names = (
        "seeds/new.txt",
        "new.txt",
        "new",
        "data/claims/kon-tum-2021-programme.yaml",
        "kon-tum-2021-programme",
        "x",
    )
    programme = "001_63119988a0b2900f.txt"
    assert [find_article(desk.root, name) for name in names] == [SEED, SEED, SEED, programme, programme, None]


def test_a_text_that_is_gone_takes_no_decision(desk: Desk, scratch: Scratch) -> None:
    work = open_work(desk)
    Path(scratch / "seeds" / SEED).unlink()
    with pytest.raises(SaveError) as caught:
        desk.save(work, begin_file(work, {"province": "kon-tum"}).after)
    assert caught.value.args == ("seeds/new.txt was changed or removed meanwhile: nothing was written",)
    assert not (scratch / FILE).exists()
