"""The flow of a curator's work: what is pending, drafted or proposed; additions to files that may change meanwhile."""

import os
import shutil
from pathlib import Path

import pytest

from extract.__main__ import main
from extract.claims.amend import AmendError, add_items, replace_file, write_file
from tests.conftest import MADE_UP, Scratch

NEW = "Năm 2021, Công an tỉnh Kon Tum bắt 5 vụ trộm, theo dõi 3 tháng.\n"
PENDING = (
    "seeds/new.txt:1: new.txt: warning: is pending: no file of data/claims/ describes it;"
    " `python -m extract draft seeds/new.txt` proposes one"
)
CLEAN = "checked 33 claims in 14 quotes of 5 articles, 3 provinces; every one of 111 numbers accounted for: no problem"


def run(scratch: Scratch, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], list[str]]:
    """Return the exit code of a command, and the lines of its output and of its standard error."""
    code = main([*arguments, "--root", str(scratch.root)])
    captured = capsys.readouterr()
    return code, captured.out.splitlines(), captured.err.splitlines()


# What is pending


def test_a_text_without_a_file_is_pending_and_no_problem(
    scratch: Scratch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (scratch / "seeds/new.txt").write_text(NEW, encoding="utf-8")
    assert run(scratch, capsys, "check") == (0, [PENDING, f"{CLEAN}; 1 warning"], [])
    assert run(scratch, capsys, "check", "--strict")[0] == 1
    assert run(scratch, capsys, "export", str(tmp_path / "out"))[0] == 0


def test_status_is_a_row_for_each_article(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    (scratch / "seeds/new.txt").write_text(NEW, encoding="utf-8")
    (scratch / "seeds/other.txt").write_text(NEW.replace("5", "6"), encoding="utf-8")
    scratch.edit("data/claims/kon-tum-2021-programme.yaml", "province: kon-tum", "province: kon-tom")
    scratch.add_article("Bắt 7 vụ và 2 xe trên quốc lộ 4D.\n", MADE)
    assert run(scratch, capsys, "draft", str(scratch / "seeds"))[0] == 0
    (scratch / "data/drafts/other.yaml").unlink()
    assert run(scratch, capsys, "status") == (
        0,
        [
            "article                   numbers  claims  aside  doubts  untranslated  state",
            "000_9949a4141d253ee7.txt        6       0      0       0             0  checked",
            "001_63119988a0b2900f.txt       17       -      -       -             -  withheld: 1 problem",
            "002_0fb5629dc70b3542.txt       14       6      4       0             0  checked",
            "003_b2aa1906d32ce349.txt       43      16      7       0             0  checked",
            "004_fb92dfc9e6f54d8b.txt       31      11      0       0             0  checked",
            "made-up.txt                     3       1      1       1             1  checked",
            "new.txt                         3       -      -       -             -  pending, drafted",
            "other.txt                       3       -      -       -             -  pending",
            "all                           120      34     12       1             1  5 checked, 2 pending, 1 withheld",
        ],
        [],
    )


MADE = """sentences:
  - quote: Bắt 7 vụ và 2 xe trên quốc lộ 4D.
    period: unstated
    claims:
      - {id: made-up-1, indicator: drug-cases, figure: 7 vụ, value: 7}
set_aside:
  - {figure: 2 xe, why: said in passing}
"""


# Drafts of all that is pending


def test_draft_of_the_folder_drafts_what_is_pending_and_leaves_what_is_there(
    scratch: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("new.txt", "old.txt", "third.txt"):
        (scratch / "seeds" / name).write_text(NEW, encoding="utf-8")
    (scratch / "data/drafts").mkdir()
    (scratch / "data/drafts/old.yaml").write_text("mine\n", encoding="utf-8")
    code, out, err = run(scratch, capsys, "draft", str(scratch / "seeds"))
    assert (code, out) == (0, ["data/drafts/new.yaml", "data/drafts/third.yaml"])
    assert err == ["data/drafts/old.yaml: is there already and was left as it is"]
    assert (scratch / "data/drafts/old.yaml").read_text("utf-8") == "mine\n"
    ids = [
        line.split("id: ")[1]
        for name in ("new", "third")
        for line in (scratch / f"data/drafts/{name}.yaml").read_text("utf-8").split("\n")
        if "- id: " in line
    ]
    assert ids == ["kon-tum-2021-case", "kon-tum-2021-case-2"]
    assert sorted(path.name for path in (scratch / "data/drafts").iterdir()) == ["new.yaml", "old.yaml", "third.yaml"]


def test_draft_of_a_pending_text_is_the_one_that_a_command_for_it_alone_prints(
    scratch: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    (scratch / "seeds/new.txt").write_text(NEW, encoding="utf-8")
    run(scratch, capsys, "draft", str(scratch / "seeds"))
    main(["draft", str(scratch / "seeds/new.txt"), "--root", str(scratch.root)])
    assert (scratch / "data/drafts/new.yaml").read_text("utf-8") == capsys.readouterr().out


def test_draft_of_another_folder_is_refused(
    scratch: Scratch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, _, err = run(scratch, capsys, "draft", str(tmp_path))
    message = f"{tmp_path} is not the seeds/ of {scratch.root}: only what stands there can be pending"
    assert (code, err) == (2, [f"python -m extract: {message}"])


def test_draft_against_a_broken_catalogue_says_what_is_wrong_with_it(
    scratch: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    scratch.edit("data/units.yaml", "  - key: case\n", "  - keys: case\n")
    code, out, _ = run(scratch, capsys, "draft", str(scratch / "seeds/000_9949a4141d253ee7.txt"))
    assert (code, out) == (1, ["data/units.yaml:4: -: unknown key «keys»: did you mean «key»?"])


# Warnings


def test_the_same_text_under_two_names_is_pointed_out(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    text = (scratch / "seeds/000_9949a4141d253ee7.txt").read_text("utf-8")
    (scratch / "seeds/zzz.txt").write_text(text.replace("\n", "\n\n") + "\n", encoding="utf-8")
    code, out, _ = run(scratch, capsys, "check")
    assert code == 0
    assert out[1] == (
        "seeds/zzz.txt:1: zzz.txt: warning: is the same text as seeds/000_9949a4141d253ee7.txt: keep one of the two"
    )


SHARED = """sentences:
  - quote: Năm 2021, bắt 72 vụ buôn lậu.
    period: {{covers: 2021, words: Năm 2021}}
    claims:
      - {{id: made-up-1, indicator: smuggling-cases, figure: 72 vụ, value: 72{more}}}
"""


def test_a_fact_that_two_articles_may_share_is_pointed_out_until_they_are_joined(
    scratch: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    scratch.add_article("Năm 2021, bắt 72 vụ buôn lậu.\n", SHARED.format(more=""))
    warnings = [line for line in run(scratch, capsys, "check")[1] if "warning:" in line]
    assert warnings == [
        f"{MADE_UP}:6: made-up-1: warning: may be the same fact as ha-tinh-2021-smuggling-cases of"
        " data/claims/ha-tinh-2021-three-forces.yaml: if it is, write same_as: ha-tinh-2021-smuggling-cases"
    ]
    for more in (", same_as: ha-tinh-2021-smuggling-cases", ", overlaps: [ha-tinh-2021-smuggling-cases]"):
        scratch.add_article("Năm 2021, bắt 72 vụ buôn lậu.\n", SHARED.format(more=more))
        code, out, _ = run(scratch, capsys, "check")
        assert (code, [line for line in out if "warning:" in line]) == (0, [])


def test_a_schema_that_has_fallen_behind_the_catalogue_is_pointed_out(
    scratch: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    with (scratch / "data/indicators.yaml").open("a", encoding="utf-8") as indicators:
        indicators.write("  - {id: arrests, measure: people-caught}\n")
    code, out, _ = run(scratch, capsys, "check")
    assert (code, out[0]) == (
        0,
        "data/article.schema.json:1: -: warning: no longer knows the ids of the catalogue:"
        " `python -m extract schema` writes it anew",
    )
    run(scratch, capsys, "schema")
    assert run(scratch, capsys, "check") == (0, [CLEAN], [])


# Additions


def test_fix_adds_what_the_check_proposes_and_nothing_else(
    scratch: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    scratch.add_article(
        "Có 5 vụ, 1,5 tấn, 2 xe và 5 vụ.\n", "sentences: []\n# mine\nset_aside:\n  - {figure: 2 xe, why: mine}\n"
    )
    before = (scratch / MADE_UP).read_text("utf-8")
    code, out, err = run(scratch, capsys, "check", "--fix")
    assert (code, err) == (1, [f"{MADE_UP}: added to `set_aside`: 2"])
    empty = "`why`: is empty: write its words, or leave the key out"
    assert out[:2] == [f"{MADE_UP}:{line}: made-up.txt: {empty}" for line in (6, 7)]
    assert (scratch / MADE_UP).read_text("utf-8") == (
        before + '  - {figure: 5 vụ, times: 2, why: }\n  - {figure: "1,5 tấn", why: }\n'
    )


def test_fix_of_a_clean_folder_changes_nothing(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(scratch, capsys, "check", "--fix") == (0, [CLEAN], [])


FILE = """# first
article: {seed: a.txt}
sentences:
  - quote: Một câu.  # a comment
    claims:
      - id: one
        figure: 1 vụ

      # about two
      - {id: two, figure: 2 vụ}

# about what follows
set_aside:
  - figure: 3 vụ
    why: no
"""


@pytest.mark.parametrize(
    ("raw", "location", "items", "amended"),
    [
        (FILE, ("set_aside",), ["- {figure: 4 vụ, why: }"], FILE + "  - {figure: 4 vụ, why: }\n"),
        (FILE.rstrip("\n"), ("set_aside",), ["- {figure: 4 vụ, why: }"], FILE + "  - {figure: 4 vụ, why: }\n"),
        (
            FILE,
            ("sentences", 0, "claims"),
            ["- id: three\n  figure: 3 vụ"],
            FILE.replace("2 vụ}\n", "2 vụ}\n      - id: three\n        figure: 3 vụ\n"),
        ),
        (
            FILE,
            ("sentences",),
            ["- quote: Câu hai.\n  claims:\n    - {id: four}"],
            FILE.replace("2 vụ}\n", "2 vụ}\n  - quote: Câu hai.\n    claims:\n      - {id: four}\n"),
        ),
        (
            "a: 1\nset_aside: []  # none\n",
            ("set_aside",),
            ["- {figure: x}"],
            "a: 1\nset_aside:  # none\n  - {figure: x}\n",
        ),
        ("a: 1\nset_aside:\nb: 2\n", ("set_aside",), ["- {figure: x}"], "a: 1\nset_aside:\n  - {figure: x}\nb: 2\n"),
        ("a: 1\n", ("set_aside",), ["- x", "- y"], "a: 1\nset_aside:\n  - x\n  - y\n"),
    ],
)
def test_items_are_added_at_the_end_of_a_list_and_all_else_stays(
    raw: str, location: tuple[str | int, ...], items: list[str], amended: str
) -> None:
    assert add_items(raw.encode(), location, items).decode() == amended


@pytest.mark.parametrize(
    ("raw", "location", "items", "message"),
    [
        ("a: [\n", ("a",), ["- x"], "is not sound YAML: correct that first"),
        ("a: [x]\n", ("a",), ["- y"], "writes `a` in brackets: write a line for each item, `- ` first"),
        ("a: x\n", ("a",), ["- y"], "holds at `a` something else than a list"),
        ("a: 1\n", ("b", 0, "c"), ["- y"], "has no `b` item 1 `c`: it was changed meanwhile; load it again"),
        (
            "a:\n  - x\n",
            ("a",),
            ["- y\nb: 2"],
            "could not be added to: an item is not written as one, or the file is not laid out in lines",
        ),
    ],
)
def test_an_addition_that_would_touch_more_is_refused(
    raw: str, location: tuple[str | int, ...], items: list[str], message: str
) -> None:
    with pytest.raises(AmendError) as caught:
        add_items(raw.encode(), location, items)
    assert str(caught.value) == message


def test_a_file_that_was_changed_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 2\n")
    with pytest.raises(AmendError) as caught:
        replace_file(path, b"a: 1\n", b"a: 3\n")
    assert str(caught.value) == "was changed meanwhile: nothing was written; load it again"
    assert path.read_bytes() == b"a: 2\n"


def test_a_file_that_was_removed_meanwhile_stays_away(tmp_path: Path) -> None:
    with pytest.raises(AmendError) as caught:
        replace_file(tmp_path / "a.yaml", b"a: 1\n", b"a: 3\n")
    assert str(caught.value) == "is missing: nothing was written"
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\n")
    path.chmod(0o640)
    replace_file(path, b"a: 1\n", b"a: 3\n")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"a: 3\n", 0o640)
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"mine\n")
    with pytest.raises(FileExistsError):
        write_file(path, b"yours\n", is_new=True)
    assert path.read_bytes() == b"mine\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "a.yaml"
    path.parent.mkdir()
    path.write_bytes(b"a: 1\n")
    if os.geteuid() == 0:
        shutil.rmtree(path.parent)  # root writes anywhere: a folder that is gone refuses everyone
        with pytest.raises(OSError, match="No such file"):
            write_file(path, b"a: 3\n")
        return
    path.parent.chmod(0o500)
    with pytest.raises(AmendError) as caught:
        replace_file(path, b"a: 1\n", b"a: 3\n")
    assert str(caught.value) == "cannot be written (Permission denied): nothing was written"
