"""The work of reading a text grows as the text does, whatever stands in it: calls are counted, not time."""

import sys
import time
from collections.abc import Callable

import pytest

from extract.text.mentions import find_mentions
from extract.text.sentences import find_sentences
from extract.text.texts import parse_article

PIECES = (
    "a", "ượng", "7", "123 ", "123.", "1,2", "5 vụ, ", "72 vụ/144 đối tượng và ", "a\u0301 5 vu\u0323 ",
    "| Huyện A | 5 | 12,5 ", "| 1.200 | 7 |\n", "5\t12\t", "(5 vụ ", "5) ", "“5 vụ” ", "“", "'5' ", "gần ",
    "gần 5 hơn ", "khoảng trên dưới ", ".", ". ", "…", "TP. ", "tr.", " ", "\u00a0", "\n", "5\r\n", "1/", "1-",
    "12/3/2020 ", "ngày 12 tháng 3 năm 2020 ", "hai mươi ba ", "triệu ", "nghìn tỷ ", "5% ", "%", "5:", "5+", "5x",
    "số 12/2020/NĐ-CP ", "NĐ-", "kg/", "2015, ", "XIV ", "HÀ TĨNH ", "5_", "5\u200b vụ ", "５ vụ ", "([{«5", "a.b/5?",
    "đ", "a\u0323\u0302\u0301 ", "([{", "\u200b", "\u00ad1\u200d2 ", "\r\n", "-5 ", "|12|", "x1|", "hòa 5 ho\u0300a ",
    "trăm ", "một trăm lẻ ", "hơn gần trên dưới ít nhất ", "01-02-2021-", "“Bắt 5 vụ.” ", "Bắt 5 vụ. ", "½ ",
    "- 5 vụ\n", "toàn tỉnh năm 2020 có 5 vụ, ", "Năm 2020, Kon Tum bắt 5 vụ. ",
)  # fmt: skip
"""What a text is made of, over and over: kinds of what is pasted, scanned or meant to be nasty."""


def count_calls(work: Callable[[], object]) -> int:
    """Return how many functions are called, and generators resumed, while some work is done."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


def read(text: str) -> None:
    """Do with a text what `scan` and `sentences` do."""
    words = parse_article(f"Bắt 5 {text} vụ.\n".encode()).text
    find_sentences(words)
    find_mentions(words)


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_four_times_the_work(piece: str) -> None:
    read(piece * 50)  # what is made once
    few, many = (count_calls(lambda text=piece * times: read(text)) for times in (150, 600))  # type: ignore[misc]
    assert many <= 4.2 * few + 200


@pytest.mark.parametrize("piece", ["-5 ", "|12|", "“5", "x 5 - "])
def test_no_pattern_goes_over_all_of_a_line_for_each_number(piece: str) -> None:
    # Calls do not show it: one call may look at all that stands before. Of eight times the line it would take 64 times.
    def measure(letters: int) -> float:
        text = f"Bắt 5 {piece * (letters // len(piece))} vụ."
        begun = time.process_time()
        find_mentions(text)
        return time.process_time() - begun

    measure(100)  # what is made once
    assert measure(24_000) < 24 * max(min(measure(3_000) for _ in range(2)), 0.002)
