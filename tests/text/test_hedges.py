import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extract.text.hedges import MEANINGS, Qualifier, parse_qualifier
from extract.text.mentions import find_mentions
from tests.conftest import MADE_UP, REPOSITORY, Scratch

HEDGES = "extract/text/words/hedges.toml"
CLAIM = """
sentences:
  - quote: "{sentence}"
    translation: The commune police stopped some 72 thefts.
    period: unstated
    claims:
      - {{id: made-up-1, indicator: drug-cases, figure: {figure}, value: 72, qualifier: {meaning}}}
set_aside: []
"""


def run(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m extract` of a copy of the program."""
    command = [sys.executable, "-m", "extract", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(program)}
    return subprocess.run(
        command, cwd=program, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("row", "sentence", "figure"),
    [
        ('[before]\n"áng chừng độ" = "nearly"', "Công an xã bắt áng chừng độ 72 vụ trộm.", "áng chừng độ 72 vụ"),
        ('[after]\n"là ít" = "at_least"', "Công an xã bắt 72 vụ trộm là ít.", "72 vụ trộm là ít"),
    ],
)
def test_one_row_of_the_table_makes_a_hedge_that_scan_draft_and_check_know(
    scratch: Scratch, row: str, sentence: str, figure: str
) -> None:
    shutil.copytree(REPOSITORY / "extract", scratch / "extract", ignore=shutil.ignore_patterns("__pycache__"))
    table, added = row.splitlines()
    scratch.edit(HEDGES, f"{table}\n", f"{row}\n")
    words, meaning = added.replace('"', "").split(" = ")
    scratch.add_article(sentence + "\n", CLAIM.format(sentence=sentence, figure=figure, meaning=meaning))

    (record,) = map(json.loads, run(scratch.root, "scan", "--json", "seeds/made-up.txt").stdout.splitlines())
    assert (record["text"], record["qualifier"]) == ("72", words)
    assert f"qualifier: {meaning}\n" in run(scratch.root, "draft", "seeds/made-up.txt").stdout
    assert run(scratch.root, "check").stdout.endswith(": no problem\n")

    scratch.edit(MADE_UP, f"qualifier: {meaning}", "qualifier: under")
    refused = f"qualifier under is not what the article says: «{words} 72» is {meaning}\n"
    assert refused in run(scratch.root, "check").stdout


def test_every_hedge_of_the_table_is_in_lower_case_and_hedges() -> None:
    assert [words for words in MEANINGS if words != words.lower()] == []
    assert Qualifier.EXACT not in MEANINGS.values()


@pytest.mark.parametrize(
    ("text", "hedge", "meaning"),
    [
        ("Bắt gần 72 vụ.", "gần", Qualifier.NEARLY),
        ("Gần 72 vụ bị bắt.", "Gần", Qualifier.NEARLY),
        ("Bắt khoảng từ 10 đến 15 vụ.", "khoảng", Qualifier.ABOUT),
        ("Thu trên dưới 30 kg.", "trên dưới", Qualifier.ABOUT),
        ("Thu khoảng gần 60 kg.", "gần", Qualifier.NEARLY),
        ("Phạt (hơn 3 tỷ đồng).", "hơn", Qualifier.OVER),
        ("Thu trên 30 kg.", "trên", Qualifier.OVER),
        ("Thu dưới 30 kg.", "dưới", Qualifier.UNDER),
        ("Phạt từ 5 triệu đồng trở lên.", "trở lên", Qualifier.AT_LEAST),
        ("Giá cao hơn 20%.", None, Qualifier.EXACT),
        ("Phạt không dưới 5 triệu đồng.", "không dưới", Qualifier.AT_LEAST),
        ("Chở trên 2 xe máy.", None, Qualifier.EXACT),
        ("Bắt 72 vụ.", None, Qualifier.EXACT),
        ("Thu chừng 30 kg.", "chừng", Qualifier.ABOUT),
        ("Tốn ước tính 30 triệu đồng.", "ước tính", Qualifier.ABOUT),
        ("Có xấp xỉ 90% số hộ.", "xấp xỉ", Qualifier.ABOUT),
        ("Mất ngót nghét 3 tỷ đồng.", "ngót nghét", Qualifier.NEARLY),
        ("Bắt chưa đầy 30 người.", "chưa đầy", Qualifier.UNDER),
        ("Mỗi xã có ít nhất là 5 công an viên.", "ít nhất", Qualifier.AT_LEAST),
        ("Mỗi ca tối thiểu từ 3 người.", "tối thiểu", Qualifier.AT_LEAST),
        ("Mỗi hộ nộp tối đa không quá 3 triệu đồng.", "không quá", Qualifier.AT_MOST),
        ("Giam không vượt quá 9 ngày.", "không vượt quá", Qualifier.AT_MOST),
        ("Tuyển người 30 tuổi trở xuống.", "trở xuống", Qualifier.AT_MOST),
        ("Mỗi suất 300.000 đồng đổ lại.", "đổ lại", Qualifier.AT_MOST),
        ("Ông cụ đã ngoài 80 tuổi.", "ngoài", Qualifier.OVER),
        ("Thu cả 30 kg.", None, Qualifier.EXACT),
        ("Nồng độ 0,25 mg.", None, Qualifier.EXACT),
        ("Trong 3 năm trở lại đây.", None, Qualifier.EXACT),
    ],
)
def test_a_hedge_is_told_from_a_comparison_and_from_a_preposition(
    text: str, hedge: str | None, meaning: Qualifier
) -> None:
    (mention,) = find_mentions(text)
    assert (mention.qualifier, parse_qualifier(mention.qualifier)) == (hedge, meaning)


@pytest.mark.parametrize("text", ["Cứ 3 vụ trên 100.000 dân.", "Bình quân 2 camera trên 1.000 hộ."])
def test_what_a_rate_is_said_per_is_not_hedged(text: str) -> None:
    assert [mention.qualifier for mention in find_mentions(text)] == [None, None]
