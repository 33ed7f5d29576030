"""The worklist of an archive."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from weakref import WeakSet

import pytest

from extract.archive import triage
from extract.archive.scan import scan_texts
from extract.archive.sources import BLOCK, read_texts
from extract.archive.triage import Summary, SummaryFinder, Wanted, format_summary, merge_blocks, rank_texts
from extract.archive.workers import Workers
from extract.claims.draft.base import read_draft_base
from tests.conftest import REPOSITORY, Scratch

CATALOGUE = read_draft_base(REPOSITORY).catalogue
REPORT = (
    "Năm 2021, Công an tỉnh Hà Tĩnh phát hiện 72 vụ buôn lậu, bắt 144 đối tượng. Thu giữ 18 kg ma túy, 5.000 viên."
    " Có 97 mô hình, 1.200 người tham gia, 250 thôn đạt chuẩn.\n"
)
MARKET = "Giá vàng hôm nay 56,2 triệu đồng một lượng; xăng tăng 500 đồng.\n"


def find_summaries(*files: Path) -> list[Summary]:
    found = scan_texts(read_texts(files), find=SummaryFinder(CATALOGUE), workers=Workers(None, 1))
    return list(merge_blocks(each for batch in found for each in batch.records if isinstance(each, Summary)))


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
        "curated",
    ]


def test_a_line_says_what_is_not_known() -> None:
    summary = Summary(file="a.txt", known=1, figures=2, alike=["b.txt"])
    assert format_summary(summary, {}) == (
        "a.txt: 2 figures, 1 in known units; none for certain; no province; no year; the same figures in b.txt"
    )


def test_a_text_with_few_numbers_stands_once_however_often_it_comes(tmp_path: Path) -> None:
    short = "Công an huyện bắt 5 đối tượng trộm cắp tài sản."
    files = [write(tmp_path, f"{number}.txt", short + "\n" * number) for number in range(5)]
    files.append(write(tmp_path, "other.txt", "Năm nay có 5 đối tượng ra đầu thú."))
    listed = rank_texts(find_summaries(*files))
    assert [(Path(each.file).name, len(each.alike)) for each in listed] == [("0.txt", 4), ("other.txt", 0)]
    assert format_summary(listed[0], {}).endswith(
        f"; the same figures in {tmp_path}/1.txt, {tmp_path}/2.txt, {tmp_path}/3.txt and 1 more"
    )


def test_a_curated_text_comes_last_and_names_what_is_curated(tmp_path: Path) -> None:
    seed = REPOSITORY / "seeds" / "002_0fb5629dc70b3542.txt"
    copy = write(tmp_path, "a.txt", "Theo báo khác.\n" + seed.read_text("utf-8"))
    other = write(tmp_path, "b.txt", "Công an huyện bắt 5 đối tượng trộm cắp tài sản.")
    command = [sys.executable, "-m", "extract", "triage", str(copy), str(other)]
    plain = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True).stdout
    told = subprocess.run([*command, "--json"], cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True)
    records = [json.loads(line) for line in told.stdout.splitlines()]
    assert [(record["file"], record["curated"]) for record in records] == [
        (str(other), None),
        (str(copy), f"seeds/{seed.name}"),
    ]
    assert [line.partition("; curated as ")[2] for line in plain.splitlines()] == ["", f"seeds/{seed.name}"]


def test_only_a_text_with_claims_is_curated(scratch: Scratch) -> None:
    (scratch.root / "seeds" / "new.txt").write_text(REPORT, encoding="utf-8")
    command = [sys.executable, "-m", "extract", "triage", "--json", str(scratch.root / "seeds" / "new.txt")]
    command += ["--root", str(scratch.root)]
    told = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True).stdout
    assert json.loads(told)["curated"] is None


def make_summaries(number: int) -> list[Summary]:
    """Return the summaries of texts that all give `1 vụ` and nine figures of their own, and each again as a copy."""
    return [
        Summary(file=f"{n:06}{name}", known=1, figures=10, sketch=[0, *range(10 * n + 1, 10 * n + 10)])
        for name in "ab"
        for n in range(number)
    ]


def count_comparisons(number: int, monkeypatch: pytest.MonkeyPatch) -> int:
    compared = 0

    def count(one: list[int], other: list[int]) -> bool:
        nonlocal compared
        compared += 1
        return is_alike(one, other)

    is_alike = triage._is_alike
    with monkeypatch.context() as patch:
        patch.setattr(triage, "_is_alike", count)
        listed = rank_texts(make_summaries(number))
    assert [(each.file, each.alike) for each in listed] == [(f"{n:06}a", [f"{n:06}b"]) for n in range(number)]
    return compared


def test_comparing_texts_grows_with_their_number_though_all_share_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    assert count_comparisons(3000, monkeypatch) <= 3 * count_comparisons(1000, monkeypatch)


def test_a_worklist_of_an_archive_of_any_size_holds_so_many_texts_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triage, "KEPT", 10)
    best = rank_texts(iter(make_summaries(100)), most=5)
    assert [each.file for each in best] == [f"{n:06}a" for n in range(5)]
    assert [each.alike for each in best] == [[f"{n:06}b"] for n in range(5)]
    alive = WeakSet[Summary]()

    def follow(summaries: Iterable[Summary]) -> Iterator[Summary]:
        for summary in summaries:
            alive.add(summary)
            assert len(alive) <= 10 + 20 + 1
            yield summary

    made = (Summary(file=str(n), known=1, sketch=[10 * n, 10 * n + 1, 10 * n + 2]) for n in range(1000))
    assert len(rank_texts(follow(made), most=10)) == 10
