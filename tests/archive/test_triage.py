"""The worklist of an archive."""

import json
import subprocess
import sys
from pathlib import Path

from extract.archive.scan import scan_files
from extract.archive.sources import BLOCK
from extract.archive.triage import Summary, Wanted, find_summary, format_summary, merge_blocks, rank_texts
from extract.claims.draft_base import read_draft_base
from tests.conftest import REPOSITORY

CATALOGUE = read_draft_base(REPOSITORY).catalogue
REPORT = (
    "Năm 2021, Công an tỉnh Hà Tĩnh phát hiện 72 vụ buôn lậu, bắt 144 đối tượng. Thu giữ 18 kg ma túy, 5.000 viên."
    " Có 97 mô hình, 1.200 người tham gia, 250 thôn đạt chuẩn.\n"
)
MARKET = "Giá vàng hôm nay 56,2 triệu đồng một lượng; xăng tăng 500 đồng.\n"


def find_summaries(*files: Path) -> list[Summary]:
    records = scan_files(files, find=lambda block: find_summary(block, CATALOGUE), jobs=1)
    return list(merge_blocks(record for record in records if isinstance(record, dict)))


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_report_on_security_comes_before_market_prices_and_its_copy_stands_with_it(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "a.txt", MARKET),
        write(tmp_path, "b.txt", REPORT),
        write(tmp_path, "c.txt", "Tin từ báo khác.\n" + REPORT),
        write(tmp_path, "d.txt", "Không có số."),
    ]
    ranked = rank_texts(find_summaries(*files))
    best = ranked[0]
    assert (best.file, best.alike) == (str(tmp_path / "b.txt"), [str(tmp_path / "c.txt")])
    assert (best.figures, best.provinces, best.years) == (7, {"ha-tinh": 1}, {"2021": 1})
    assert "d.txt" not in [Path(each.file).name for each in ranked]


def test_what_is_wanted_leaves_out_the_others(tmp_path: Path) -> None:
    other = REPORT.replace("Hà Tĩnh", "Sơn La").replace("2021", "2019").replace("72 vụ", "65 vụ").replace("97", "31")
    summaries = find_summaries(write(tmp_path, "a.txt", REPORT), write(tmp_path, "b.txt", other.replace("144", "90")))

    def pick(**wanted: frozenset[str]) -> list[str]:
        return [Path(each.file).name for each in rank_texts(summaries, Wanted(**wanted))]

    assert pick(provinces=frozenset({"ha-tinh"})) == ["a.txt"]
    assert pick(provinces=frozenset({"Sơn La", "kon-tum"})) == ["b.txt"]
    assert pick(years=frozenset({"2019"})) == ["b.txt"]
    assert pick(measures=frozenset({"no-such"})) == []


def test_the_blocks_of_a_large_text_are_one_summary(tmp_path: Path) -> None:
    times = 2 * BLOCK // len(REPORT.encode()) + 10
    (large,) = find_summaries(write(tmp_path, "a.txt", REPORT * times))
    (small,) = find_summaries(write(tmp_path, "b.txt", REPORT))
    assert (large.figures, large.known, large.sketch) == (small.figures * times, small.known * times, small.sketch)


def test_the_command_lists_the_best_first_for_people_and_for_programs() -> None:
    command = [sys.executable, "-m", "extract", "triage", "seeds", "--most", "2"]
    plain = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True).stdout
    told = subprocess.run([*command, "--json"], cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True)
    records = [json.loads(line) for line in told.stdout.splitlines()]
    assert [record["file"] for record in records] == [line.partition(":")[0] for line in plain.splitlines()]
    assert records[0]["certain"] >= records[1]["certain"] > 0
    assert list(records[0]) == [
        "file",
        "certain",
        "measures",
        "known_units",
        "figures",
        "provinces",
        "years",
        "alike",
    ]


def test_a_line_says_what_is_not_known() -> None:
    summary = Summary(file="a.txt", known=1, figures=2, alike=["b.txt"])
    assert format_summary(summary, {}) == (
        "a.txt: 2 figures, 1 in known units; none for certain; no province; no year; the same figures in b.txt"
    )
