"""What a folder of data and texts may hold, and how each file that it must not hold is refused."""

import os
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from extract.claims.check.cautions import find_cautions
from extract.claims.collection import Collection
from extract.claims.files import find_root, read_root
from extract.claims.load.root import Loader, load_collection, load_root
from extract.text.files import LARGEST_FILE
from extract.text.problems import Problem
from tests.conftest import MADE_UP, REPOSITORY, TODAY, Scratch

HA_TINH = "data/claims/ha-tinh-2021-three-forces.yaml"
SEED = "seeds/003_b2aa1906d32ce349.txt"
NAME = "003_b2aa1906d32ce349.txt"


def test_real_data_have_no_problem() -> None:
    _, problems = load_root(REPOSITORY, today=TODAY)
    assert [str(problem) for problem in problems] == []


def test_sources_stand_in_the_order_of_their_seeds(collection: Collection) -> None:
    seeds = [source.record.article.seed for source in collection.sources]
    assert seeds == sorted(path.name for path in (REPOSITORY / "seeds").iterdir())


# What is parsed once


def load_again(scratch: Scratch, loader: Loader) -> tuple[Collection, list[Problem]]:
    """Load as a running page does, which parses and checks only what has changed since its last load."""
    return loader.load(read_root(scratch.root)[0], today=TODAY)


def test_files_in_memory_load_as_those_of_a_folder_do(collection: Collection) -> None:
    files, unreadable = read_root(REPOSITORY)
    assert unreadable == []
    assert load_collection(files, today=TODAY) == (collection, [])


def test_file_that_is_not_among_those_given_is_missing() -> None:
    files, _ = read_root(REPOSITORY)
    del files["data/units.yaml"]
    _, problems = load_collection(files, today=TODAY)
    assert [str(problem) for problem in problems] == ["data/units.yaml:1: -: is missing"]


def find_parsed_anew(before: Collection, after: Collection) -> list[str]:
    """Return the files whose record is another than before."""
    pairs = zip(after.sources, before.sources, strict=True)
    return [source.path for source, last in pairs if source.record is not last.record]


def test_next_load_checks_only_what_has_changed(scratch: Scratch) -> None:
    loader = Loader()
    before, _ = load_again(scratch, loader)
    scratch.edit(HA_TINH, "province: ha-tinh\n", "province: ha-tinh  # as it was in 2021\n")
    after, _ = load_again(scratch, loader)
    assert after == before
    pairs = list(zip(after.claims, before.claims, strict=True))
    assert {checked.path for checked, last in pairs if checked is not last} == {HA_TINH}
    assert {entry.seed for entry, last in zip(after.ledger, before.ledger, strict=True) if entry is not last} == {NAME}


@pytest.mark.parametrize("path", ["data/provinces.yaml", "data/units.yaml", "data/measures.yaml"])
def test_next_load_checks_everything_where_what_all_articles_share_has_changed(scratch: Scratch, path: str) -> None:
    loader = Loader()
    load_again(scratch, loader)
    text = (scratch / path).read_text("utf-8")
    (scratch / path).write_text(text.replace("Hà Tĩnh, en: Hà Tĩnh", "Hà Tĩnh, en: Ha Tinh") + "# later\n", "utf-8")
    after, problems = load_again(scratch, loader)
    assert (after, [str(problem) for problem in problems]) == scratch.load()


def test_next_load_checks_everything_on_another_day(scratch: Scratch) -> None:
    loader = Loader()
    files, _ = read_root(scratch.root)
    assert loader.load(files, today=TODAY)[1] == []
    early = date(2012, 1, 1)
    assert loader.load(files, today=early) == load_collection(files, today=early)
    assert loader.load(files, today=early)[1] != []


def test_next_load_parses_only_what_has_changed(scratch: Scratch) -> None:
    loader = Loader()
    before, _ = load_again(scratch, loader)
    scratch.edit(HA_TINH, "province: ha-tinh\n", "province: ha-tinh  # as it was in 2021\n")
    after, problems = load_again(scratch, loader)
    assert problems == []
    assert find_parsed_anew(before, after) == [HA_TINH]
    assert all(source.text is last.text for source, last in zip(after.sources, before.sources, strict=True))


def test_what_the_last_load_did_not_read_is_not_kept(scratch: Scratch) -> None:
    loader = Loader()
    before, _ = load_again(scratch, loader)
    file, away = scratch / HA_TINH, scratch / "away"
    file.rename(away)
    load_again(scratch, loader)
    away.rename(file)
    after, _ = load_again(scratch, loader)
    assert after == before
    assert find_parsed_anew(before, after) == [HA_TINH]


# Where the folder is


def test_root_is_the_argument_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIGURES_ROOT", "/elsewhere")
    assert find_root("/here") == Path("/here")
    assert find_root(None) == Path("/elsewhere")


def test_root_is_the_repository_where_nothing_else_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FIGURES_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    assert find_root() == REPOSITORY


# Files that are none


def test_missing_folders_are_problems(tmp_path: Path) -> None:
    collection, problems = load_root(tmp_path, today=TODAY)
    assert collection.claims == ()
    assert [str(problem) for problem in problems] == [
        f"data:1: -: is missing under {tmp_path}: give the folder that holds data/ and seeds/",
        f"data/claims:1: -: cannot be read (No such file or directory): the folder must stand in {tmp_path.name}",
        "data/claims:1: -: holds no article's file: nothing was checked",
        "data/indicators.yaml:1: -: is missing",
        "data/measures.yaml:1: -: is missing",
        "data/provinces.yaml:1: -: is missing",
        "data/units.yaml:1: -: is missing",
        f"seeds:1: -: cannot be read (No such file or directory): the folder must stand in {tmp_path.name}",
    ]


def test_checking_no_article_is_a_failure(scratch: Scratch) -> None:
    for folder in ("data/claims", "seeds"):
        for file in (scratch / folder).iterdir():
            file.unlink()
    assert scratch.check() == ["data/claims:1: -: holds no article's file: nothing was checked"]


def test_checking_no_claim_is_a_failure(scratch: Scratch) -> None:
    for file in (scratch / "data/claims").glob("*.yaml"):
        if "sentences: []" not in file.read_text(encoding="utf-8"):
            (scratch / "seeds" / re.findall(r"seed: (\S+)", file.read_text(encoding="utf-8"))[0]).unlink()
            file.unlink()
    assert scratch.check() == ["data/claims:1: -: holds no claim: nothing was checked"]


def put_fifo(path: Path) -> None:
    os.mkfifo(path)


def put_folder(path: Path) -> None:
    path.mkdir()


def put_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def put_link_out(path: Path) -> None:
    outside = path.parent.parent.parent / "outside.txt"
    outside.write_text("Công an xã bắt 5 vụ.\n", encoding="utf-8")
    path.symlink_to(outside)


def put_link_to_nowhere(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere.txt")


def put_large_file(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)


NO_FILES = {
    "a FIFO": (put_fifo, "is no regular file: put a text file there"),
    "a folder": (put_folder, "is a directory: put a text file there"),
    "a link to itself": (
        put_link_to_itself,
        "is a link that leads to itself: put the file itself there",
    ),
    "a link out of the folder": (
        put_link_out,
        "is a link that leads out of its folder: put the file itself there",
    ),
    "a link to nowhere": (put_link_to_nowhere, "is missing"),
    "50 MB": (put_large_file, "is larger than 5 MB: no file here needs that"),
}


@pytest.mark.parametrize("path", [SEED, HA_TINH, "data/units.yaml"])
@pytest.mark.parametrize(("put", "message"), NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_is_refused_and_never_waited_for(
    scratch: Scratch, path: str, put: Callable[[Path], None], message: str
) -> None:
    (scratch / path).unlink()
    put(scratch / path)
    subject = NAME if path == SEED else "-"
    assert f"{path}:1: {subject}: {message}" in scratch.check()


def test_file_as_large_as_allowed_is_read(scratch: Scratch) -> None:
    file = scratch / HA_TINH
    file.write_bytes(file.read_bytes() + b"#" * (LARGEST_FILE - file.stat().st_size))
    assert scratch.check() == []


def test_link_inside_the_folder_is_followed(scratch: Scratch) -> None:
    (scratch / SEED).rename(scratch / "seeds/.kept.txt")
    (scratch / SEED).symlink_to(".kept.txt")
    assert scratch.check() == []


LEFTOVERS = (
    ".DS_Store",
    ".003.txt.swp",
    ".#003.txt",
    "003.txt~",
    "#003.txt#",
    "003.txt.bak",
    "003.txt.orig",
    "003.txt.save",
    "003.txt___jb_tmp___",
    "4913",
)


@pytest.mark.parametrize("name", LEFTOVERS)
def test_hidden_files_and_what_editors_leave_behind_are_not_looked_at(scratch: Scratch, name: str) -> None:
    for folder in ("seeds", "data/claims"):
        (scratch / folder / name).write_bytes(b"\xff")
    assert scratch.check() == []


def test_other_files_are_problems(scratch: Scratch) -> None:
    (scratch / "seeds/notes.md").write_text("x", encoding="utf-8")
    (scratch / "data/claims/ha-tinh.yml").write_text("x", encoding="utf-8")
    assert scratch.check() == [
        "data/claims/ha-tinh.yml:1: -: is no file of an article: its name must end in .yaml",
        "seeds/notes.md:1: notes.md: is no article: its name must end in .txt",
    ]


# Names, and what messages quote


def test_a_text_with_too_long_a_name_is_refused(scratch: Scratch) -> None:
    name = "x" * 77 + ".txt"
    (scratch / "seeds" / name).write_text("Công an.\n", encoding="utf-8")
    assert scratch.check() == [
        f"seeds/{name}:1: {name}: its name has 81 letters, and 80 are the most: give it a shorter one"
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: ha-tinh-2021-smuggling-cases,", "id: {long},", "`id`: has 81 letters, and a slug has 80 at most"),
        ("province: ha-tinh\n", "province: {long}\n", "`province`: has 81 letters, and a slug has 80 at most"),
    ],
)
def test_a_slug_of_more_than_80_letters_is_refused(scratch: Scratch, old: str, new: str, message: str) -> None:
    scratch.edit(HA_TINH, old, new.format(long="x" * 81))
    assert any(f"{message}: an address must hold it" in problem for problem in scratch.check())
    scratch.edit(HA_TINH, "x" * 81, "x" * 80)
    assert not any(message in problem for problem in scratch.check())


STEERING = "\x1b[2J\x1b]0;owned\x07\u202e\u009b"


@pytest.mark.parametrize("folder", ["seeds", "data/claims"])
@pytest.mark.parametrize("ending", [".txt", ".yaml"])
def test_nothing_in_a_file_s_name_reaches_the_terminal_as_it_is(scratch: Scratch, folder: str, ending: str) -> None:
    (scratch / folder / f"{STEERING}{ending}").write_text("x", encoding="utf-8")
    collection, problems = scratch.load()
    # A text without a description is no problem, but is pointed out.
    problems += [str(caution) for caution in find_cautions(collection, read_root(scratch.root)[0])]
    assert len(problems) == 1
    assert problems[0].isprintable()
    assert problems[0].startswith(f"{folder}/\\u001b[2J\\u001b]0;owned\\u0007\\u202e\\u009b{ending}:1: ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("figure: 72 vụ, value: 72}", "figure: {long}, value: 72}"),
        ("figure: 72 vụ, value: 72}", "figure: 72 vụ, value: '{long}'}"),
        ("figure: 72 vụ, value: 72}", "figure: 72 vụ, value: 72, qualifier: '{long}'}"),
        ("figure: 72 vụ, value: 72}", "figure: 72 vụ, value: 72, '{long}': 72}"),
        ("figure: 72 vụ, value: 72}", "figure: 72 vụ, value: 72, part_of: '{long}'}"),
        ("figure: 72 vụ, value: 72}", "figure: 72 vụ, value: &{long} 72}"),
        ("id: ha-tinh-2021-smuggling-cases,", "id: '{long}',"),
        ("indicator: smuggling-cases,", "indicator: '{long}',"),
        ("  province: ha-tinh\n", "  province: '{long}'\n"),
        ("seed: 003_b2aa1906d32ce349.txt", "seed: '{long}.txt'"),
        ("sha256: ", "sha256: {long}"),
        ("covers: 2021-01-26/2021-02-01", "covers: '{long}'"),
    ],
)
@pytest.mark.parametrize("letter", ["7", "a-", "vụ» «", "`x` "])
def test_what_a_message_quotes_is_cut(scratch: Scratch, old: str, new: str, letter: str) -> None:
    text = (scratch / HA_TINH).read_text("utf-8")
    if old not in text:
        old = next(line for line in text.splitlines() if "covers: " in line).strip().removesuffix(",").split(", ")[0]
        new = old.split("covers: ")[0] + new
    (scratch / HA_TINH).write_text(text.replace(old, new.replace("{long}", letter * 9000), 1), "utf-8")
    problems = scratch.check()
    assert problems
    assert max(map(len, problems)) < 2200
    if letter in ("7", "a-"):
        assert not any(letter * 130 in problem for problem in problems)


# Time in proportion to the files


def count_calls(scratch: Scratch) -> int:
    """Return how many functions and methods a load calls."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        scratch.load()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("sentence", ["Bắt 72 vụ.\n", "Bắt 72 vụ. ", "72 vụ, ", "năm 2021, ", "Bắt 7 vụ, 8 người. "])
def test_numbers_that_nobody_accounts_for_take_time_in_proportion(scratch: Scratch, sentence: str) -> None:
    calls = []
    # The first fills what is kept of words that come again.
    for times in (500, 500, 1000, 2000):
        scratch.add_article("Công an.\n" + sentence * times, "sentences: []\nset_aside: []\n")
        calls.append(count_calls(scratch))
    _, few, more, most = calls
    assert most - more < 2.2 * (more - few)
    assert (most - more) / 1000 < 600, "calls for a sentence: each number looks at all others"


# No-break spaces


SPACED = "Hôm 5/1/2021, xã này bắt 5\u00a0vụ, thu 1.200\u202fkg gỗ."
PLAIN = SPACED.replace("\u00a0", " ").replace("\u202f", " ")


def describe_spaced(quote: str, figure: str) -> str:
    return (
        f'sentences:\n- quote: "{quote}"\n  translation: The commune caught 5 and seized 1,200 kg on 5 January 2021.\n'
        '  period: {covers: 2021-01-05, words: "Hôm 5/1/2021"}\n'
        f'  claims: [{{id: made-up, indicator: smuggling-cases, figure: "{figure}", value: 5}}]\n'
        "set_aside: [{figure: 1.200 kg, why: wood}]\n"
    )


@pytest.mark.parametrize("quote", [SPACED, PLAIN])
@pytest.mark.parametrize("figure", ["5 vụ", "5\u00a0vụ"])
def test_a_no_break_space_in_the_text_is_a_space_to_a_curator_and_stays_in_the_quote(
    scratch: Scratch, quote: str, figure: str
) -> None:
    scratch.add_article(f"{SPACED}\n", describe_spaced(quote, figure))
    collection, problems = scratch.load()
    assert problems == []
    checked = next(checked for checked in collection.claims if checked.claim.id == "made-up")
    assert (checked.sentence.quote, checked.claim.figure) == (SPACED, "5\u00a0vụ")
    assert SPACED[checked.figure_start : checked.figure_end] == checked.claim.figure
    assert SPACED[checked.quote_start : checked.quote_end] == checked.sentence.quote


def test_other_letters_beside_a_no_break_space_are_refused_as_ever(scratch: Scratch) -> None:
    scratch.add_article(f"{SPACED}\n", describe_spaced(PLAIN.replace("gỗ", "gổ"), "5 vụ"))
    assert any("the quote does not stand in the article" in problem for problem in scratch.check())


# The line of a problem


CLAIM_IN_LINES = """\
sentences:
  - quote: Xã này bắt 5 vụ.
    translation: The commune caught 5.
    period:
      covers: {covers}
      words: {words}
      {more}
    claims:
      - id: made-up
        indicator: smuggling-cases
        figure: 5 vụ
        value: {value}
        of: {of}
        qualifier: {qualifier}
set_aside: []
"""
SOUND = {"covers": "unstated", "words": "", "more": "note:", "value": "5", "of": "", "qualifier": "exact"}


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"value": "6"}, "value:"),
        ({"of": "0"}, "of:"),
        ({"of": "4"}, "value:"),
        ({"qualifier": "about"}, "qualifier:"),
        ({"words": "Xã này"}, "words:"),
        ({"covers": "2021"}, "covers:"),
        ({"covers": "soon"}, "covers:"),
        ({"covers": "2021", "words": "Xã đó"}, "words:"),
        ({"covers": "2099", "words": "Xã này"}, "covers:"),
        ({"covers": "2021", "words": "Xã này", "more": "certain_until: 2022"}, "certain_until:"),
        ({"covers": "2021", "words": "Xã này", "more": "reports_on: 2021"}, "reports_on:"),
    ],
)
def test_a_problem_s_line_is_that_of_its_field(scratch: Scratch, changes: dict[str, str], at: str) -> None:
    scratch.add_article("Xã này bắt 5 vụ.\n", CLAIM_IN_LINES.format(**{**SOUND, **changes}))
    line = scratch.find_line(MADE_UP, f" {at}")
    assert scratch.check()[0].startswith(f"{MADE_UP}:{line}: made-up: ")


# Texts and the files that describe them


def test_missing_seed_is_named_with_the_nearest(scratch: Scratch) -> None:
    (scratch / SEED).rename(scratch / "seeds/003_b2aa1906d32ce34.txt")
    assert scratch.check() == [
        f"{HA_TINH}:3: {NAME}: seed «{NAME}» is not in seeds/: did you mean «003_b2aa1906d32ce34.txt»?"
    ]


def test_seed_that_nobody_describes_is_pending(scratch: Scratch) -> None:
    (scratch / "seeds/new.txt").write_text("Công an xã bắt 5 vụ.\n", encoding="utf-8")
    collection, problems = scratch.load()
    assert (collection.pending, problems) == (("new.txt",), [])


def test_seed_described_twice_is_a_problem(scratch: Scratch) -> None:
    copy = (scratch / HA_TINH).read_text(encoding="utf-8").replace("id: ha-tinh", "id: again")
    (scratch / "data/claims/z.yaml").write_text(copy, encoding="utf-8")
    assert scratch.check() == [
        f"data/claims/z.yaml:3: {NAME}: this seed is described already by {HA_TINH}: keep one file"
    ]


CHANGED = "put the text back, or check every claim against the new one and write its sha256"


def test_text_changed_under_its_claims_is_refused(scratch: Scratch) -> None:
    scratch.edit(SEED, "dạng hồng phiến…", "dạng hồng phiến.")
    problems = scratch.check()
    assert len(problems) == 2
    assert problems[0].startswith(f"{HA_TINH}:4: {NAME}: sha256 b1af97a62816… is not that of {SEED}, ")
    assert problems[0].endswith(CHANGED)
    line = scratch.find_line(HA_TINH, "quote: Phát hiện")
    assert problems[1].startswith(f"{HA_TINH}:{line}: ha-tinh-2021-smuggling-cases: the quote does not stand in")


def test_number_changed_under_its_claims_is_refused(scratch: Scratch) -> None:
    scratch.edit(SEED, "72 vụ", "1.972 vụ")
    lines = [str(scratch.find_line(HA_TINH, words)) for words in ("sha256:", "quote: Phát hiện")]
    assert [problem.split(":")[1] for problem in scratch.check()] == lines


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (b"", 1, "empty; put the article's text in the file"),
        (b"C\xf4ng an", 1, "byte 2 (0xF4) is not UTF-8; save the file as UTF-8"),
        ("Công an\nbắt 5 vụ".encode()[:-1], 2, "byte 19 (0xE1) is not UTF-8; save the file as UTF-8"),
        ("Công an".encode("utf-16"), 1, "UTF-16, not UTF-8; save the file as UTF-8"),
    ],
)
def test_text_that_cannot_be_read_is_refused_with_its_line(
    scratch: Scratch, raw: bytes, line: int, message: str
) -> None:
    (scratch / SEED).write_bytes(raw)
    assert scratch.check() == [f"{SEED}:{line}: {NAME}: {message}"]


# The catalogue


CATALOGUE_EDITS = {
    "an unknown topic": (
        "data/measures.yaml",
        "  - id: bricks-seized\n    topic: seizures",
        "  - id: bricks-seized\n    topic: seizure",
        "bricks-seized: unknown topic «seizure»: did you mean «seizures»?",
    ),
    "an unknown unit": (
        "data/measures.yaml",
        "unit: brick\n",
        "unit: bricks\n",
        "bricks-seized: unknown unit «bricks»: did you mean «brick»?",
    ),
    "a repeated province": (
        "data/provinces.yaml",
        "slug: ha-tinh",
        "slug: kon-tum",
        "kon-tum: slug «kon-tum» stands twice (first on line 19): every one has its own",
    ),
    "a code that is none": (
        "data/provinces.yaml",
        "iso_code: VN-23",
        "iso_code: VN23",
        "ha-tinh: `iso_code` «VN23» is not of the form ^VN(-[0-9A-Z]{2,3})?$",
    ),
    "an impossible day": (
        "data/provinces.yaml",
        "  - slug: ha-tinh\n    name: {vi: Hà Tĩnh, en: Hà Tĩnh}\n    iso_code: VN-23\n    valid_from:\n",
        "  - slug: ha-tinh\n    name: {vi: Hà Tĩnh, en: Hà Tĩnh}\n    iso_code: VN-23\n    valid_from: 2025-06-31\n",
        "ha-tinh: `valid_from`: 2025-06-31 is no day of the calendar",
    ),
    "seconds for a day": (
        "data/provinces.yaml",
        "  - slug: ha-tinh\n    name: {vi: Hà Tĩnh, en: Hà Tĩnh}\n    iso_code: VN-23\n    valid_from:\n",
        "  - slug: ha-tinh\n    name: {vi: Hà Tĩnh, en: Hà Tĩnh}\n    iso_code: VN-23\n    valid_from: 1719792000\n",
        "ha-tinh: `valid_from`: write a day as 2025-07-01",
    ),
}


@pytest.mark.parametrize(("path", "old", "new", "message"), CATALOGUE_EDITS.values(), ids=CATALOGUE_EDITS)
def test_fault_of_the_catalogue_is_named_and_blames_no_claim(
    scratch: Scratch, path: str, old: str, new: str, message: str
) -> None:
    scratch.edit(path, old, new)
    collection, problems = scratch.load()
    assert [problem.split(": ", 1)[1] for problem in problems] == [message]
    assert problems[0].startswith(f"{path}:")
    assert collection.claims == ()


def test_fault_of_a_claim_is_found_beside_a_broken_catalogue(scratch: Scratch) -> None:
    (scratch / "data/units.yaml").write_bytes(b"")
    scratch.edit(HA_TINH, "figure: 72 vụ, value: 72}", "figure: 72 vụ, value: 73}")
    line = scratch.find_line(HA_TINH, "id: ha-tinh-2021-smuggling-cases,")
    assert scratch.check() == [
        f"{HA_TINH}:{line}: ha-tinh-2021-smuggling-cases: value 73 is not what the figure says: «72 vụ» reads 72;"
        " write 72, or correct the figure",
        "data/units.yaml:1: -: is empty",
    ]


def test_misspelt_key_is_one_fault(scratch: Scratch) -> None:
    scratch.add_article("Công an.\n", "sentence: []\nset_asid: []\n")
    assert scratch.check() == [
        f"{MADE_UP}:2: made-up.txt: unknown key «sentence»: did you mean «sentences»?",
        f"{MADE_UP}:3: made-up.txt: unknown key «set_asid»: did you mean «set_aside»?",
    ]


@pytest.mark.parametrize("raw", [b"just words\n", b"- a\n- b\n"])
def test_file_of_another_shape_is_refused(scratch: Scratch, raw: bytes) -> None:
    (scratch / "data/claims/odd.yaml").write_bytes(raw)
    kind = "the text «just words»" if raw.startswith(b"just") else "a list"
    assert scratch.check() == [
        f"data/claims/odd.yaml:1: -: the file must be keys and values (article, sentences, set_aside), not {kind}"
    ]


def test_half_written_file_never_passes_with_fewer_claims(scratch: Scratch) -> None:
    before, _ = scratch.load()
    whole = (scratch / HA_TINH).read_bytes()
    for size in range(0, len(whole) - 1, 97):
        (scratch / HA_TINH).write_bytes(whole[:size])
        after, problems = scratch.load()
        assert problems or [checked.claim for checked in after.claims] == [checked.claim for checked in before.claims]


# Files that are no plain YAML: `test_strict_yaml` has every case; these show that a curator gets each with its line.

CLAIM = "figure: 72 vụ, value: 72}"
CONFLICT = "is a conflict marker of a merge: decide for one of the two versions and take the markers out"
NOT_PLAIN = {
    "a repeated key": (
        CLAIM,
        "figure: 72 vụ, value: 72, value: 73}",
        "the key «value» stands twice (first on line {line}): keep one",
    ),
    "an alias": (CLAIM, "figure: 72 vụ, value: *x}", "holds an alias (`*x`): write the value out"),
    "a tag": (
        CLAIM,
        "figure: 72 vụ, value: !x 72}",
        "holds a tag (`!x`): take it out, every value is read as text",
    ),
    "a text cut by a comment": (
        "  province: ha-tinh\n",
        "  province: ha-tinh #5\n",
        "` #` begins a comment and cuts the text: quote the text, or put two spaces before the comment",
    ),
    "nested brackets": (
        CLAIM,
        "figure: " + "[" * 60_000,
        "is nested deeper than 20 levels: no file here needs that; a bracket may be left open",
    ),
}


@pytest.mark.parametrize(("old", "new", "message"), NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_file_that_is_no_plain_yaml_is_refused_with_its_line(
    scratch: Scratch, old: str, new: str, message: str
) -> None:
    line = scratch.find_line(HA_TINH, old)
    scratch.edit(HA_TINH, old, new)
    collection, problems = scratch.load()
    assert all(checked.path != HA_TINH for checked in collection.claims)
    assert problems[0] == f"{HA_TINH}:{line}: -: {message.format(line=line)}"
    assert all(problem.startswith(f"{HA_TINH}:{line}: ") for problem in problems)


def test_conflict_markers_are_each_named(scratch: Scratch) -> None:
    line = scratch.find_line(HA_TINH, "province: ha-tinh")
    scratch.edit(
        HA_TINH,
        "  province: ha-tinh\n",
        "<<<<<<< HEAD\n  province: ha-tinh\n=======\n  province: kon-tum\n>>>>>>> theirs\n",
    )
    assert scratch.check() == [f"{HA_TINH}:{line + at}: -: {CONFLICT}" for at in (0, 2, 4)]


def test_the_name_of_an_articles_file_has_a_most_of_letters_for_addresses_hold_it(scratch: Scratch) -> None:
    file, longest = scratch / "data/claims/ha-tinh-2021-three-forces.yaml", scratch / f"data/claims/{'a' * 80}.yaml"
    file.rename(longest)
    assert scratch.check() == []
    longest.rename(scratch / f"data/claims/{'a' * 81}.yaml")
    assert scratch.check() == [
        f"data/claims/{'a' * 81}.yaml:1: -: its name has 81 letters, and 80 are the most: an address must hold it"
    ]


@pytest.mark.parametrize("name", ["Thumbs.db", "desktop.ini", "~$a.yaml", "a.yaml.swo", "a.yaml.part", "#a.yaml#"])
def test_what_systems_and_editors_leave_behind_does_not_count(scratch: Scratch, name: str) -> None:
    for folder in ("data/claims", "seeds"):
        (scratch / folder / name).write_text("x", encoding="utf-8")
    assert scratch.check() == []
