"""The work of a draft and of a check grows as their article does, whatever it says: calls are counted, not time."""

from collections.abc import Callable

import pytest

from extract.claims.check.article_check import MOST_COMPARED
from extract.claims.draft.article import draft_article
from extract.claims.draft.base import read_draft_base
from tests.conftest import REPOSITORY, Scratch
from tests.text.test_growth import PIECES, count_calls

BASE = read_draft_base(REPOSITORY)


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_a_draft_four_times_the_work(piece: str) -> None:
    def draft(times: int) -> None:
        draft_article(f"Bắt 5 {piece * times} vụ.\n".encode(), "a.txt", BASE.catalogue)

    draft(50)  # what is made once
    few, many = count_calls(lambda: draft(100)), count_calls(lambda: draft(400))
    assert many <= 4.2 * few + 500


@pytest.mark.parametrize(
    "line",
    [
        "| Huyện {n} | 5 vụ |",
        "Huyện {n} bắt 5 vụ.",
        "Xã {n} bắt 5 vụ, 1{n} đối tượng.",
        "Bắt 12 vụ, 1{n} đối tượng, 34 người. Bắt 34 người, 12 vụ.",
        "Ngày {n} tháng 5 năm 2020, bắt 34 người, 12 vụ. Bắt 12 vụ, 34 người.",
        "Năm {n}, bắt 34 người, 12 vụ.",
    ],
)
def test_four_times_the_lines_that_are_alike_take_a_draft_four_times_the_work(line: str) -> None:
    def draft(times: int) -> None:
        text = "".join(f"{line.format(n=n)}\n" for n in range(1000, 1000 + times))
        draft_article(text.encode(), "a.txt", BASE.catalogue)

    draft(50)  # what is made once
    few, many = count_calls(lambda: draft(100)), count_calls(lambda: draft(400))
    assert many <= 4.2 * few + 500


def state(number: int, quote: str = "Bắt giữ {} vụ ma túy.") -> str:
    """Return a sentence of a file, with its claim."""
    return (
        f"- quote: {quote.format(number)}\n  translation: They found {number:,} drug cases.\n  period: unstated\n"
        f"  claims: [{{id: m-{number}, indicator: drug-cases, figure: {number} vụ, value: {number}}}]\n"
    )


def claim_each(times: int) -> tuple[str, str]:
    numbers = range(2, times + 2)
    text = "".join(f"Bắt giữ {number} vụ ma túy.\n" for number in numbers)
    return text, "sentences:\n" + "".join(map(state, numbers))


def misquote_each(times: int) -> tuple[str, str]:
    text, described = claim_each(times)
    return text, described.replace("quote: Bắt giữ", "quote: Bắt giử")


def claim_all_in_one_sentence(times: int) -> tuple[str, str]:
    numbers = range(2, times + 2)
    counted = ", ".join(f"{number} vụ ma túy" for number in numbers)
    translated = ", ".join(f"{number:,} drug cases" for number in numbers)
    claims = "".join(
        f"  - {{id: m-{number}, indicator: drug-cases, figure: {number} vụ, value: {number}}}\n" for number in numbers
    )
    return f"Bắt giữ {counted}.\n", (
        f'sentences:\n- quote: "Bắt giữ {counted}."\n  translation: "They found {translated}."\n  period: unstated\n'
        f"  claims:\n{claims}"
    )


def set_each_aside(times: int) -> tuple[str, str]:
    numbers = range(2, times + 2)
    aside = "".join(f"  - {{figure: {number} vụ, why: made up}}\n" for number in numbers)
    text, described = claim_each(1)
    others = "".join(f"Bắt giữ thêm {number} vụ.\n" for number in numbers)
    return text.replace("2", "1") + others, f"{described.replace('2', '1')}set_aside:\n{aside}"


def repeat_a_quote(times: int) -> tuple[str, str]:
    return "Bắt giữ 5 vụ ma túy.\n" * times, "sentences:\n" + state(5)


def account_for_none(times: int) -> tuple[str, str]:
    return claim_each(times)[0], "sentences: []\nset_aside: []\n"


def state_one_period(times: int) -> tuple[str, str]:
    text, described = claim_each(times)
    said = described.replace("quote: ", "quote: Năm 2020, ").replace(": unstated", ": {words: Năm 2020, covers: 2020}")
    return text.replace("Bắt", "Năm 2020, Bắt"), said


def claim_the_same_words(times: int) -> tuple[str, str]:
    claims = "".join(
        f"  - {{id: m-{nth}, indicator: drug-cases, figure: 5 vụ, nth: {nth}, value: 5}}\n"
        for nth in range(1, times + 1)
    )
    quote = f"Bắt {', '.join(['5 vụ'] * times)}."
    return f"{quote}\n", f'sentences:\n- quote: "{quote}"\n  period: unstated\n  claims:\n{claims}'


def quote_the_same_sentence(times: int) -> tuple[str, str]:
    described = "".join(state(number).replace(f"giữ {number} vụ", "giữ 5 vụ") for number in range(2, times + 2))
    return "Bắt giữ 5 vụ ma túy.\n" * times, f"sentences:\n{described}"


@pytest.mark.parametrize(
    "make",
    [
        claim_each,
        misquote_each,
        claim_all_in_one_sentence,
        set_each_aside,
        repeat_a_quote,
        account_for_none,
        state_one_period,
        claim_the_same_words,
        quote_the_same_sentence,
    ],
)
def test_four_times_the_article_takes_a_check_four_times_the_work(
    scratch: Scratch, make: Callable[[int], tuple[str, str]]
) -> None:
    for path in (scratch / "data/claims").iterdir():
        path.unlink()

    def check(times: int) -> int:
        scratch.add_article(*make(times))
        return count_calls(scratch.check)

    check(1)  # what is made once
    nothing, few, many = check(1), check(150), check(600)
    assert many - nothing <= 4.2 * (few - nothing) + 500


def test_quotes_that_are_nowhere_are_compared_with_every_sentence_for_a_while_only(scratch: Scratch) -> None:
    scratch.add_article(*misquote_each(MOST_COMPARED + 2))
    problems = [problem.partition(": the quote ")[2] for problem in scratch.check() if "the quote" in problem]
    assert len(problems) == MOST_COMPARED + 2
    assert all(problem.startswith("does not stand in the article; the nearest") for problem in problems[:MOST_COMPARED])
    assert (
        problems[MOST_COMPARED:]
        == [f"does not stand in made-up.txt; what is like it was looked for {MOST_COMPARED} times only"] * 2
    )
