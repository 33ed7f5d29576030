"""What the check of claims against texts says where the real articles give no occasion: articles of our own."""

import re
from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from extract.claims.collection import Collection
from extract.claims.load.root import load_root
from extract.claims.messages import format_difference
from tests.conftest import MADE_UP, TODAY, Scratch, make_claim

SENTENCE = "Trong tuần, công an xã bắt 5 vụ trộm."


def describe(quote: str, claims: str, *, sentence: str = "", set_aside: str = "[]", translation: str = "") -> str:
    """Return sentences and what is set aside, as a file states them; the translation holds the quote's numbers."""
    numbers = " and ".join(re.findall(r"value: ([\d.]+)", claims))
    return (
        f'sentences:\n  - quote: "{quote}"\n    translation: "{translation or f"They counted {numbers}."}"\n'
        f"    period: unstated\n{sentence}"
        f"    claims:\n{claims}set_aside: {set_aside}\n"
    )


def claim(name: str, rest: str, indicator: str = "drug-cases") -> str:
    """Return one claim of a file."""
    return f"      - {{id: {name}, indicator: {indicator}, {rest}}}\n"


def test_every_claim_of_the_real_data_stands_where_its_trace_says(collection: Collection) -> None:
    assert len(collection.claims) == 33
    for checked in collection.claims:
        text = next(source.text.raw for source in collection.sources if source.path == checked.path)
        assert text[checked.quote_start : checked.quote_end] == checked.sentence.quote
        assert text[checked.figure_start : checked.figure_end] == checked.claim.figure
        assert checked.quote_start <= checked.figure_start < checked.figure_end <= checked.quote_end


def test_traces_stand_in_the_order_of_seeds_and_text(collection: Collection) -> None:
    places = [(checked.article.seed, checked.figure_start) for checked in collection.claims]
    assert places == sorted(places)


def test_offsets_count_the_file_as_it_is_and_not_its_normalised_text(scratch: Scratch) -> None:
    scratch.add_article(
        "To\u0302\u0309 co\u0301 1 tin.\r\nCa\u0301n bo\u0323\u0302 bắt 1.9\u200b62 vụ.\r\n",
        describe("Cán bộ bắt 1.962 vụ.", claim("made-up-1", "figure: 1.962 vụ, value: 1962")) + "",
    )
    scratch.edit(MADE_UP, "set_aside: []", "set_aside:\n  - {figure: 1 tin, why: a way of speaking}")
    collection, problems = scratch.load()
    assert problems == []
    [checked] = [checked for checked in collection.claims if checked.path == MADE_UP]
    raw = (scratch / "seeds/made-up.txt").read_bytes().decode("utf-8")
    assert raw[checked.figure_start : checked.figure_end] == "1.9\u200b62 vụ"
    assert raw[checked.quote_start : checked.quote_end] == "Ca\u0301n bo\u0323\u0302 bắt 1.9\u200b62 vụ."


def test_sentence_that_stands_twice_must_say_which(scratch: Scratch) -> None:
    text = f"{SENTENCE}\nLại nữa.\n{SENTENCE}\n"
    set_aside = "\n  - {figure: 5 vụ, why: said again}"
    scratch.add_article(text, describe(SENTENCE, claim("made-up-1", "figure: 5 vụ, value: 5"), set_aside=set_aside))
    assert scratch.check() == [
        f"{MADE_UP}:3: made-up-1: the quote stands 2 times in the article (lines 1 and 3): add `nth`, 1 to 2",
        f"{MADE_UP}:9: made-up.txt: «5 vụ» stands in 2 places without a claim, not 1: write times: 2",
    ]


@pytest.mark.parametrize(("nth", "line"), [(1, 1), (2, 3)])
def test_nth_tells_equal_sentences_apart(scratch: Scratch, nth: int, line: int) -> None:
    text = f"{SENTENCE}\nLại nữa.\n{SENTENCE}\n"
    body = describe(
        SENTENCE,
        claim("made-up-1", "figure: 5 vụ, value: 5"),
        sentence=f"    nth: {nth}\n",
        set_aside="\n  - {figure: 5 vụ, why: said again}",
    )
    scratch.add_article(text, body)
    collection, problems = scratch.load()
    assert problems == []
    [checked] = [checked for checked in collection.claims if checked.path == MADE_UP]
    assert text.count("\n", 0, checked.quote_start) + 1 == line


def test_nth_beyond_the_last_sentence_is_refused(scratch: Scratch) -> None:
    body = describe(SENTENCE, claim("made-up-1", "figure: 5 vụ, value: 5"), sentence="    nth: 3\n")
    scratch.add_article(f"{SENTENCE}\nLại nữa.\n{SENTENCE}\n", body)
    assert scratch.check() == [f"{MADE_UP}:6: made-up-1: nth 3: the quote stands only 2 times in the article"]


TWICE = "Xã này bắt 5 vụ, xã kia cũng 5 vụ."


def test_figure_that_stands_twice_in_its_quote_must_say_which(scratch: Scratch) -> None:
    scratch.add_article(TWICE + "\n", describe(TWICE, claim("made-up-1", "figure: 5 vụ, value: 5")))
    assert scratch.check() == [
        f"{MADE_UP}:7: made-up-1: figure «5 vụ» stands 2 times in the quote: add `nth`, 1 to 2, or more of its words"
    ]


def test_nth_tells_equal_figures_apart(scratch: Scratch) -> None:
    claims = claim("made-up-1", "figure: 5 vụ, value: 5, nth: 1") + claim("made-up-2", "figure: 5 vụ, value: 5, nth: 2")
    scratch.add_article(TWICE + "\n", describe(TWICE, claims))
    collection, problems = scratch.load()
    assert problems == []
    starts = [checked.figure_start for checked in collection.claims if checked.path == MADE_UP]
    assert starts == [TWICE.index("5 vụ"), TWICE.rindex("5 vụ")]


def test_two_claims_of_one_number_are_refused(scratch: Scratch) -> None:
    claims = claim("made-up-1", "figure: 5 vụ, value: 5") + claim("made-up-2", "figure: 5 vụ trộm, value: 5")
    scratch.add_article(SENTENCE + "\n", describe(SENTENCE, claims))
    assert scratch.check() == [f"{MADE_UP}:8: made-up-2: the number «5» of «5 vụ trộm» is claimed already by made-up-1"]


def test_sentence_quoted_twice_in_a_file_is_refused(scratch: Scratch) -> None:
    once = f'  - quote: "{TWICE}"\n    translation: They counted 5 and 5.\n    period: unstated\n    claims:\n'
    scratch.add_article(
        TWICE + "\n",
        "sentences:\n"
        + once
        + claim("made-up-1", "figure: 5 vụ, value: 5, nth: 1")
        + once
        + claim("made-up-2", "figure: 5 vụ, value: 5, nth: 2"),
    )
    assert scratch.check() == [
        f"{MADE_UP}:8: made-up-2: this sentence is quoted already on line 3: put its claims together"
    ]


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("hàng chục vụ", "«hàng chục vụ» states no exact number («hàng chục»): set it aside, with why"),
        (
            "1O vụ",
            "«1O vụ» states no exact number («1O»): set it aside, with why; or, where a person can tell what it says,"
            " state that in `read`, with its value and why",
        ),
    ],
)
def test_what_is_no_exact_number_is_no_claim(scratch: Scratch, number: str, message: str) -> None:
    quote = f"Công an xã bắt {number} trộm."
    body = describe(quote, claim("made-up-1", f"figure: {number}, value: 10"), translation="They caught some.")
    scratch.add_article(quote + "\n", body)
    assert scratch.check() == [f"{MADE_UP}:7: made-up-1: {message}"]


def test_half_of_a_grouped_number_is_no_figure(scratch: Scratch) -> None:
    quote = "Công an tỉnh bắt 1.972 vụ trộm."
    body = describe(quote, claim("made-up-1", "figure: 972 vụ, value: 972"), translation="They caught 1,972.")
    scratch.add_article(quote + "\n", body)
    assert scratch.check() == [
        f"{MADE_UP}:7: made-up-1: figure «972 vụ» cuts its words in two: the article says «1.972 vụ»"
    ]


def test_number_without_its_multiplier_is_no_figure(scratch: Scratch) -> None:
    quote = "Công an tỉnh phạt 3,1 tỷ đồng."
    rest = 'figure: "3,1", value: 3.1'
    body = describe(quote, claim("made-up-1", rest, "administrative-fines"), translation="They fined 3.1 billion.")
    scratch.add_article(quote + "\n", body)
    assert scratch.check() == [f"{MADE_UP}:7: made-up-1: figure «3,1» cuts its words in two: the article says «3,1 tỷ»"]


def test_multiplier_is_applied(scratch: Scratch) -> None:
    quote = "Công an tỉnh phạt gần 3,1 tỷ đồng."
    rest = 'figure: "gần 3,1 tỷ đồng", value: 3100000000, qualifier: nearly'
    scratch.add_article(quote + "\n", describe(quote, claim("made-up-1", rest, "administrative-fines")))
    assert scratch.check() == []


def test_value_outside_the_plausible_range_is_refused(scratch: Scratch) -> None:
    quote = "Công an tỉnh bắt 999.999.999 vụ trộm."
    body = describe(quote, claim("made-up-1", "figure: 999.999.999 vụ, value: 999999999", "secret-document-leak-cases"))
    scratch.add_article(quote + "\n", body)
    assert scratch.check() == [
        f"{MADE_UP}:7: made-up-1: value 999999999 is not plausible for secret-document-leaks-established (0 to 10000):"
        " correct it, or widen the range in data/measures.yaml"
    ]


def test_more_than_100_per_cent_of_a_text_is_refused_too(scratch: Scratch) -> None:
    quote = "Đã có 120% xã có ban."
    body = describe(quote, claim("made-up-1", 'figure: "120%", value: 120', "communes-with-steering-board"))
    scratch.add_article(quote + "\n", body)
    assert scratch.check() == [f"{MADE_UP}:7: made-up-1: value 120 is more than 100 per cent"]


def test_longer_spelling_of_another_unit_wins(scratch: Scratch) -> None:
    quote = "Kế hoạch làm ở 137 xã, phường, thị trấn."
    rest = 'figure: "137 xã, phường, thị trấn", value: 137'
    scratch.add_article(quote + "\n", describe(quote, claim("made-up-1", rest, "drug-cases")))
    [problem] = scratch.check()
    assert problem == (
        f"{MADE_UP}:7: made-up-1: after «137» stands «xã, phường, thị trấn.», but drug-cases counts case"
        " («vụ», «vụ án», «vụ việc»): they name commune-level"
    )


def test_unit_that_is_printed_as_one_word_with_the_next_is_read(scratch: Scratch) -> None:
    quote = "Công an huyện bắt 432 vụvới 5 xã."
    body = describe(
        quote, claim("made-up-1", "figure: 432 vụvới, value: 432"), set_aside="\n  - {figure: 5 xã, why: x}"
    )
    scratch.add_article(quote + "\n", body)
    assert scratch.check() == []


def test_same_fact_in_two_articles_is_joined(scratch: Scratch) -> None:
    rest = "figure: 5 vụ, value: 5, same_as: ha-tinh-2021-drug-cases"
    scratch.add_article(SENTENCE + "\n", describe(SENTENCE, claim("made-up-1", rest)))
    assert scratch.check() == []


def test_references_in_a_circle_are_refused(scratch: Scratch) -> None:
    claims = claim("made-up-1", "figure: 5 vụ, value: 5, nth: 1, part_of: made-up-2") + claim(
        "made-up-2", "figure: 5 vụ, value: 5, nth: 2, part_of: made-up-1"
    )
    scratch.add_article(TWICE + "\n", describe(TWICE, claims))
    assert scratch.check() == [
        f"{MADE_UP}:7: made-up-1: part_of «made-up-2» leads back to this claim: a part cannot hold its whole",
        f"{MADE_UP}:8: made-up-2: part_of «made-up-1» leads back to this claim: a part cannot hold its whole",
    ]


def test_reference_to_a_claim_of_a_broken_file_is_no_fault_of_its_own(scratch: Scratch) -> None:
    rest = "figure: 5 vụ, value: 5, same_as: ha-tinh-2021-drug-cases"
    scratch.add_article(SENTENCE + "\n", describe(SENTENCE, claim("made-up-1", rest)))
    scratch.edit("data/claims/ha-tinh-2021-three-forces.yaml", "figure: 6 vụ, value: 6}", "figure: 6 vụ, value: six}")
    assert [problem.split(": ")[1] for problem in scratch.check()] == ["ha-tinh-2021-drug-cases"]


def test_id_that_another_article_has_is_refused_with_both_places(scratch: Scratch) -> None:
    scratch.add_article(SENTENCE + "\n", describe(SENTENCE, claim("ha-tinh-2021-drug-cases", "figure: 5 vụ, value: 5")))
    path = "data/claims/ha-tinh-2021-three-forces.yaml"
    place = f"{path}:{scratch.find_line(path, 'id: ha-tinh-2021-drug-cases,')}"
    assert scratch.check() == [
        f"{MADE_UP}:7: ha-tinh-2021-drug-cases: the id stands already at {place}: every claim has its own, for ever"
    ]


def test_correction_that_says_what_stands_there_is_accepted(scratch: Scratch) -> None:
    correction = "{field: value, said: 4, says: 5, why: misread, when: 2026-01-31}"
    rest = f"figure: 5 vụ, value: 5, corrections: [{correction}]"
    scratch.add_article(SENTENCE + "\n", describe(SENTENCE, claim("made-up-1", rest)))
    assert scratch.check() == []


def test_same_data_are_judged_by_the_day_given(scratch: Scratch) -> None:
    path = "data/claims/kon-tum-internal-political-security.yaml"
    _, problems = load_root(scratch.root, today=date(2017, 6, 30))
    assert [str(problem) for problem in problems if "kon-tum-2015-2017-forgery-referrals" in problem.id] == [
        f"{path}:{scratch.find_line(path, 'covers: 2015/2017')}: kon-tum-2015-2017-forgery-referrals: the period"
        " 2015/2017 ends on 2017-12-31, after today, 2017-06-30: what was counted cannot reach beyond;"
        " write 2015-01-01/2017-06-30"
    ]
    assert load_root(scratch.root, today=TODAY)[1] == []


def test_claims_are_frozen_and_closed() -> None:
    record = make_claim(value="73")
    assert record.value == Decimal(73)
    with pytest.raises(ValidationError):
        record.value = Decimal(72)  # type: ignore[misc]
    with pytest.raises(ValidationError):
        make_claim(colour="red")


@pytest.mark.parametrize(
    ("curated", "article", "shown"),
    [
        (
            "72 vụ",
            "72\u00a0vụ",
            "«72\u00a0vụ», where U+00A0 NO-BREAK SPACE stands in place of U+0020 SPACE (character 3)",
        ),
        (
            "“a”",
            '"a"',
            '«"a"», where «"» U+0022 QUOTATION MARK stands in place of «“» U+201C LEFT DOUBLE QUOTATION MARK'
            " (character 1)",
        ),
        ("5 vụ", "5 vụ án", "«5 vụ án», where U+0020 SPACE stands in place of the end (character 5)"),
        ("5 vụ án", "5 vụ", "«5 vụ», where the end stands in place of U+0020 SPACE (character 5)"),
    ],
)
def test_difference_is_shown_with_its_code_points(curated: str, article: str, shown: str) -> None:
    assert format_difference(curated, article) == shown
