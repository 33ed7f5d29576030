"""The command line as other programs rely on it: output, exit codes, and never a traceback."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from extract.__main__ import main
from tests.conftest import REPOSITORY, Scratch

HA_TINH = "data/claims/ha-tinh-2021-three-forces.yaml"
SEEDS = sorted((REPOSITORY / "seeds").glob("*.txt"))


def run(*arguments: str | Path, cwd: Path = REPOSITORY, root: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run `python -m extract`."""
    environment = {key: value for key, value in os.environ.items() if key != "FIGURES_ROOT"}
    environment["PYTHONPATH"] = str(REPOSITORY)
    if root is not None:
        environment["FIGURES_ROOT"] = root
    return subprocess.run(
        [sys.executable, "-m", "extract", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_check_of_the_real_data_is_clean_and_says_what_it_checked() -> None:
    result = run("check")
    assert result.returncode == 0
    assert re.fullmatch(
        r"checked 33 claims in 14 quotes of 5 articles, 3 provinces;"
        r" every one of \d+ numbers accounted for: no problem\n",
        result.stdout,
    )
    assert result.stderr == ""


def test_doubts_of_the_real_data_are_counted_though_there_are_none() -> None:
    result = run("check", "--doubts")
    assert result.returncode == 0
    counted = re.search(
        r"every one of (\d+) numbers .*: no problem; (\d+) certain, (\d+) confirmed, 0 doubtful\n", result.stdout
    )
    assert counted is not None
    assert int(counted[1]) == int(counted[2]) + int(counted[3])


def test_check_prints_each_problem_and_then_what_it_checked(scratch: Scratch) -> None:
    scratch.edit(HA_TINH, "figure: 72 vụ, value: 72}", "figure: 72 vụ, value: 7}")
    result = run("check", "--root", scratch.root)
    assert result.returncode == 1
    problem, counted = result.stdout.splitlines()
    line = scratch.find_line(HA_TINH, "id: ha-tinh-2021-smuggling-cases,")
    assert problem == (
        f"{HA_TINH}:{line}: ha-tinh-2021-smuggling-cases: value 7 is not what the figure says:"
        " «72 vụ» reads 72; write 72, or correct the figure"
    )
    assert re.fullmatch(
        r"checked 17 claims in 10 quotes of 4 articles, 2 provinces; every one of \d+ numbers accounted for;"
        r" 1 file withheld: 1 problem",
        counted,
    )


def test_root_comes_from_the_environment_and_not_from_the_working_directory(scratch: Scratch, tmp_path: Path) -> None:
    scratch.edit(HA_TINH, "figure: 72 vụ, value: 72}", "figure: 72 vụ, value: 7}")
    assert run("check", cwd=tmp_path).returncode == 0
    assert run("check", cwd=tmp_path, root=str(scratch.root)).returncode == 1
    assert run("check", "--root", REPOSITORY, cwd=tmp_path, root=str(scratch.root)).returncode == 0


def test_checking_nothing_is_a_failure(tmp_path: Path) -> None:
    result = run("check", "--root", tmp_path)
    assert result.returncode == 1
    assert "data/claims:1: -: holds no article's file: nothing was checked" in result.stdout


def test_scan_prints_every_number_as_json_with_the_keys_relied_on() -> None:
    result = run("scan", *SEEDS, "--json")
    assert result.returncode == 0
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert {tuple(record) for record in records} == {
        ("file", "start", "end", "text", "value", "unit", "qualifier", "kind")
    }
    texts = {str(path): path.read_bytes().decode() for path in SEEDS}
    assert all(texts[record["file"]][record["start"] : record["end"]] == record["text"] for record in records)


def test_sentences_are_printed_as_json_with_the_keys_relied_on() -> None:
    result = run("sentences", SEEDS[3], "--json")
    assert result.returncode == 0
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert {tuple(record) for record in records} == {("file", "start", "end")}
    text = SEEDS[3].read_bytes().decode()
    assert text[records[0]["start"] : records[0]["end"]] == text.split("\n", 1)[0]


def test_scan_without_json_is_for_people() -> None:
    start = SEEDS[3].read_bytes().decode().index("72 vụ")
    line = f"{SEEDS[3]}:{start}-{start + 2}: figure: 72 = 72 vụ -"
    assert line in run("scan", SEEDS[3]).stdout.splitlines()


def test_file_that_cannot_be_scanned_is_named_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"b\xe1t 5 v")
    (tmp_path / "b.txt").write_text("Công an xã bắt 5 vụ.\n", encoding="utf-8")
    result = run("scan", tmp_path, "--json")
    assert result.returncode == 1
    assert result.stderr == f"{tmp_path}/a.txt:1: byte 2 (0xE1) is not UTF-8; save the file as UTF-8\n"
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == ["5"]


def test_draft_is_printed(tmp_path: Path) -> None:
    result = run("draft", SEEDS[3])
    assert result.returncode == 0
    assert result.stdout.startswith("# yaml-language-server: $schema=../article.schema.json\n# A draft.")


def test_draft_of_a_text_that_is_none_says_where(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"C\xf4ng an")
    result = run("draft", tmp_path / "a.txt")
    assert result.returncode == 1
    assert result.stdout == f"{tmp_path}/a.txt:1: a.txt: byte 2 (0xF4) is not UTF-8; save the file as UTF-8\n"


def test_export_writes_the_tables(tmp_path: Path) -> None:
    result = run("export", tmp_path / "out")
    assert result.returncode == 0
    names = {Path(line).name for line in result.stdout.splitlines()}
    assert names == {path.name for path in (tmp_path / "out").iterdir()}
    assert {"figures.csv", "articles.csv", "indicators.csv", "provinces.csv", "ledger.csv", "datapackage.json"} < names


def test_export_refuses_with_the_problems_where_check_would_fail(scratch: Scratch, tmp_path: Path) -> None:
    scratch.edit(HA_TINH, "figure: 72 vụ, value: 72}", "figure: 72 vụ, value: 7}")
    result = run("export", tmp_path / "out", "--root", scratch.root)
    assert result.returncode == 1
    line = scratch.find_line(HA_TINH, "id: ha-tinh-2021-smuggling-cases,")
    assert result.stdout.splitlines()[0].startswith(f"{HA_TINH}:{line}: ha-tinh-2021-smuggling-cases: value 7")
    assert result.stdout.splitlines()[1] == "nothing written: 1 problem"
    assert not (tmp_path / "out").exists()


def test_schema_is_written(scratch: Scratch) -> None:
    (scratch / "data/article.schema.json").unlink()
    assert run("schema", "--root", scratch.root).returncode == 0
    written = (scratch / "data/article.schema.json").read_bytes()
    assert written == (REPOSITORY / "data/article.schema.json").read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("chek",),
        ("scan",),
        ("draft",),
        ("draft", "no such file"),
        ("draft", "data"),
        ("export",),
        ("export", "pyproject.toml/out"),
        ("check", "--rot", "x"),
        ("schema", "--root", "no such folder"),
        ("scan", "data/claims"),
    ],
    ids=" ".join,
)
def test_wrong_command_exits_with_2_and_a_plain_message(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(REPOSITORY)
    monkeypatch.delenv("FIGURES_ROOT", raising=False)
    try:
        code: object = main(arguments)
    except SystemExit as left:  # argparse has read a wrong word
        code = left.code
    said, complained = capsys.readouterr()
    assert (code, said) == (2, "")
    assert "python -m extract" in complained


def test_a_wrong_command_is_one_for_the_shell_too() -> None:
    result = run("export")
    assert (result.returncode, result.stdout) == (2, "")
    assert "python -m extract" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--" + "a" * 10_000), f"unrecognized arguments: --{'a' * 57}…{'a' * 59}"),
        (("check", "--\u001b[31mX"), r"unrecognized arguments: --\u001b[31mX"),
        (("draft", "\u001b" + "a" * 200), rf"\u001b{'a' * 53}…{'a' * 59} is missing"),
    ],
    ids=["a long option", "an option that steers a terminal", "a long name"],
)
def test_what_was_typed_is_quoted_printable_and_cut(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].partition("python -m extract: ")[2].removeprefix("error: ") == said


COMMANDS = ("scan seeds", "draft seeds/003_b2aa1906d32ce349.txt", "check", "status")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("redirection", "code", "said"),
    [
        (">/dev/full", 2, "python -m extract: stopped half-way: No space left on device\n"),
        (">&-", 2, "python -m extract: standard output is closed: give it a file, or /dev/null\n"),
        ("2>/dev/full", 0, ""),
        ("2>&-", 0, ""),
    ],
)
def test_output_that_is_full_or_closed_ends_in_a_sentence(command: str, redirection: str, code: int, said: str) -> None:
    result = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m extract {command} {redirection}"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stderr) == (code, said)
    assert (result.stdout != "") is (code == 0)


@pytest.mark.parametrize(
    "start", ["import dashboard", "import runpy; runpy.run_module('extract', run_name='__main__')"]
)
def test_a_python_that_is_too_old_is_said_in_a_sentence(start: str) -> None:
    aged = "import sys, datetime; del datetime.UTC; sys.version_info = (3, 10, 4)"
    result = subprocess.run(
        [sys.executable, "-c", f"{aged}; {start}"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert re.fullmatch(r"This needs Python 3\.11 or newer, and is run with [\d.]+\n", result.stderr)


def test_reader_that_closes_the_output_early_is_no_fault() -> None:
    command = (
        f"{sys.executable} -m extract scan seeds seeds seeds seeds seeds --json | head -n 1; exit ${{PIPESTATUS[0]}}"
    )
    result = subprocess.run(
        ["bash", "-c", command], cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.stderr == ""
    assert result.returncode == 0
    assert len(result.stdout.splitlines()) == 1


def test_interrupt_ends_a_long_scan_without_a_traceback(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_text("Công an xã bắt 5 vụ, 7 đối tượng.\n" * 400_000, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "extract", "scan", str(large), "--json"],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == b""
