import csv
import errno
import hashlib
import io
import json
import re
import resource
import signal
import subprocess
import sys
import unicodedata
import zipfile
from contextlib import chdir
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.load.root import load_root
from extract.figures.columns import FIGURES, TABLES
from extract.figures.export import DESCRIPTOR, FILE_NAMES, export_collection, make_files, make_zip
from extract.figures.filters import Filters, list_names
from extract.figures.table import FigureTable, format_csv, make_frame
from tests.conftest import Scratch

REPOSITORY = Path(__file__).resolve().parents[2]
NAMES = [
    "figures.csv",
    "articles.csv",
    "indicators.csv",
    "provinces.csv",
    "ledger.csv",
    "ratios.csv",
    "annotations.jsonld",
    "README.md",
    "datapackage.json",
]


def validate(place: Path) -> Any:
    """Hold a package against Frictionless, in its folder: it refuses paths outside the working directory."""
    with chdir(place.parent):
        return frictionless.validate(place.name, type="package").to_dict()


def find_errors(report: Any) -> list[tuple[str, str]]:
    return [(task["name"], error["type"]) for task in report["tasks"] for error in task["errors"]]


def read_csv(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline="")))


def write_package(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder / DESCRIPTOR


def seal(files: dict[str, bytes], name: str) -> None:
    """State the size and checksum of a changed file anew, so that only what it says can be wrong."""
    descriptor = json.loads(files[DESCRIPTOR])
    entry = next(resource for resource in descriptor["resources"] if resource["path"] == name)
    entry["bytes"], entry["hash"] = len(files[name]), "sha256:" + hashlib.sha256(files[name]).hexdigest()
    files[DESCRIPTOR] = json.dumps(descriptor).encode()


def test_the_export_is_the_nine_files_and_nothing_else(collection: Collection, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    assert export_collection(collection, folder) == NAMES == list(FILE_NAMES)
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    assert {name: (folder / name).read_bytes() for name in NAMES} == make_files(FigureTable(collection))


def test_frictionless_finds_the_package_valid(collection: Collection, tmp_path: Path) -> None:
    export_collection(collection, tmp_path)
    report = validate(tmp_path / DESCRIPTOR)
    assert (report["valid"], report["warnings"], report["errors"], find_errors(report)) == (True, [], [], [])
    assert [task["name"] for task in report["tasks"]] == [*(table.name for table in TABLES), "annotations"]
    assert {task["name"]: task["stats"].get("rows") for task in report["tasks"]} == {
        "figures": len(collection.claims),
        "articles": len(collection.sources),
        "indicators": len(collection.indicators),
        "provinces": len(collection.provinces),
        "ledger": len(collection.ledger),
        "ratios": 6,
        "annotations": None,
    }


def test_the_zip_is_valid_too_and_holds_the_same_files(collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "figures.zip").write_bytes(make_zip(FigureTable(collection)))
    assert validate(tmp_path / "figures.zip")["valid"]
    with zipfile.ZipFile(tmp_path / "figures.zip") as package:
        assert {name: package.read(name) for name in package.namelist()} == make_files(FigureTable(collection))


@pytest.mark.parametrize(
    ("file", "cell", "error"),
    [
        ("figures.csv", ("province", "atlantis"), ("figures", "foreign-key")),
        ("figures.csv", ("indicator", "nothing"), ("figures", "foreign-key")),
        ("figures.csv", ("article", "no-article"), ("figures", "foreign-key")),
        ("figures.csv", ("part_of", "no-figure"), ("figures", "foreign-key")),
        ("figures.csv", ("same_as", "no-figure"), ("figures", "foreign-key")),
        ("figures.csv", ("coverage", "everywhere"), ("figures", "constraint-error")),
        ("figures.csv", ("value", "1.962,5"), ("figures", "type-error")),
        ("figures.csv", ("of", "-1"), ("figures", "constraint-error")),
        ("figures.csv", ("read_by", "nobody"), ("figures", "constraint-error")),
        ("ledger.csv", ("certainty", "perhaps"), ("ledger", "constraint-error")),
        ("figures.csv", ("quote", ""), ("figures", "constraint-error")),
        ("figures.csv", ("qualifier", "perhaps"), ("figures", "constraint-error")),
        ("figures.csv", ("period_start", "15/1/2022"), ("figures", "type-error")),
        ("figures.csv", ("period", "2022-1"), ("figures", "constraint-error")),
        ("articles.csv", ("province", "atlantis"), ("articles", "foreign-key")),
        ("ratios.csv", ("numerator", "no-figure"), ("ratios", "foreign-key")),
        ("ratios.csv", ("denominator", "no-figure"), ("ratios", "foreign-key")),
        ("ledger.csv", ("seed", "none.txt"), ("ledger", "foreign-key")),
        ("ledger.csv", ("claim", "no-figure"), ("ledger", "foreign-key")),
    ],
)
def test_the_schema_refuses_a_broken_cell(
    collection: Collection, tmp_path: Path, file: str, cell: tuple[str, str], error: tuple[str, str]
) -> None:
    files = make_files(FigureTable(collection))
    rows = read_csv(files[file])
    column, text = cell
    rows[-1][column] = text
    files[file] = format_csv(pd.DataFrame(rows), bom=False)
    seal(files, file)
    assert error in find_errors(validate(write_package(files, tmp_path)))


def test_a_file_that_was_changed_after_the_export_does_not_fit_its_checksum(
    collection: Collection, tmp_path: Path
) -> None:
    files = make_files(FigureTable(collection))
    files["figures.csv"] = files["figures.csv"].replace(b"heroin", b"herein", 1)
    assert ("figures", "hash-count") in find_errors(validate(write_package(files, tmp_path)))


def test_keys_that_hold_are_found_to_hold(collection: Collection, tmp_path: Path) -> None:
    first, second, *rest = collection.claims
    linked = replace(
        second, claim=second.claim.model_copy(update={"part_of": first.claim.id, "same_as": first.claim.id})
    )
    changed = replace(collection, claims=(first, linked, *rest))
    assert validate(write_package(make_files(FigureTable(changed)), tmp_path))["valid"]


def test_the_same_data_gives_the_same_bytes(collection: Collection) -> None:
    again, _ = load_root(REPOSITORY)
    assert make_files(FigureTable(again)) == make_files(FigureTable(collection))
    assert make_zip(FigureTable(again)) == make_zip(FigureTable(collection))


def test_the_zip_states_no_time_and_no_machine(collection: Collection) -> None:
    with zipfile.ZipFile(io.BytesIO(make_zip(FigureTable(collection)))) as package:
        members = [(m.filename, m.date_time, m.create_system, m.external_attr) for m in package.infolist()]
    assert members == [(name, (1980, 1, 1, 0, 0, 0), 3, 0o644 << 16) for name in NAMES]


def test_the_descriptor_states_what_the_files_are(collection: Collection) -> None:
    files = make_files(FigureTable(collection))
    descriptor = json.loads(files[DESCRIPTOR])
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert descriptor["name"] == "reported-figures"
    assert "Figures as these articles report them, not official statistics." in descriptor["description"]
    assert "created" not in descriptor
    assert descriptor["contributors"] == [{"title": "The Reported figures maintainers", "roles": ["maintainer"]}]
    assert descriptor["rights"] in files["README.md"].decode()
    assert "The quotes are the words of their articles and stay their publishers'" in descriptor["rights"]
    for entry in descriptor["resources"]:
        raw = files[entry["path"]]
        assert (entry["bytes"], entry["hash"]) == (len(raw), "sha256:" + hashlib.sha256(raw).hexdigest())
    for entry in descriptor["resources"][:-1]:
        fields = entry["schema"]["fields"]
        assert list(read_csv(files[entry["path"]])[0]) == [field["name"] for field in fields]
        titles = [field["title"] for field in fields]
        assert len(titles) == len(set(titles))
    figures = descriptor["resources"][0]["schema"]
    assert figures["primaryKey"] == ["id"]
    assert figures["missingValues"] == [""]
    assert figures["foreignKeys"] == [
        {"fields": ["province"], "reference": {"resource": "provinces", "fields": ["province"]}},
        {"fields": ["indicator"], "reference": {"resource": "indicators", "fields": ["indicator"]}},
        {"fields": ["article"], "reference": {"resource": "articles", "fields": ["article"]}},
        {"fields": ["part_of"], "reference": {"fields": ["id"]}},
        {"fields": ["same_as"], "reference": {"fields": ["id"]}},
    ]


def test_the_package_says_its_home_where_it_is_known_and_its_version_changes_with_any_cell(
    collection: Collection,
) -> None:
    def read(collection: Collection, base: str = "") -> Any:
        return json.loads(make_files(FigureTable(collection), base=base)[DESCRIPTOR])

    assert "homepage" not in read(collection)
    assert read(collection, "https://figures.example/")["homepage"] == "https://figures.example/"
    first, *rest = collection.claims
    noted = replace(first, claim=first.claim.model_copy(update={"note": "Another note."}))
    versions = [read(each)["version"] for each in (collection, replace(collection, claims=(noted, *rest)))]
    assert len(set(versions)) == 2
    # As Semantic Versioning has it, which Data Package asks for.
    assert all(re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+\+[0-9a-f]{12}", version) for version in versions)


def test_every_article_is_a_source_and_its_address_stands_where_it_is_known(collection: Collection) -> None:
    sources = json.loads(make_files(FigureTable(collection))[DESCRIPTOR])["sources"]
    articles = [source.record.article for source in collection.sources]
    assert [source.get("path") for source in sources] == [article.url for article in articles]
    assert sources[0]["title"] == (articles[0].title or f"An article without a title ({articles[0].seed})")


def test_a_selection_is_a_valid_package_that_names_its_filters(collection: Collection, tmp_path: Path) -> None:
    first, *rest = collection.claims
    # A figure whose whole is not selected: the key to it cannot hold, and is not promised.
    rest[-1] = replace(rest[-1], claim=rest[-1].claim.model_copy(update={"part_of": first.claim.id}))
    changed = replace(collection, claims=(first, *rest))
    chosen = rest[-1].province.slug
    (tmp_path / "selection.zip").write_bytes(make_zip(FigureTable(changed), {"province": chosen}))
    assert validate(tmp_path / "selection.zip")["valid"]
    with zipfile.ZipFile(tmp_path / "selection.zip") as package:
        readme = package.read("README.md").decode()
        kept = [row["id"] for row in read_csv(package.read("figures.csv"))]
        descriptor = json.loads(package.read(DESCRIPTOR))
    assert kept == [checked.claim.id for checked in changed.claims if checked.province.slug == chosen]
    assert f"Active filters:\n\n    province = {chosen}\n\n" in readme
    assert descriptor["description"].endswith(f" A selection of {len(kept)} figures: province = {chosen}.")
    assert "province = " not in make_files(FigureTable(changed))["README.md"].decode()


def test_a_selection_of_nothing_is_a_valid_package(collection: Collection, tmp_path: Path) -> None:
    files = make_files(FigureTable(collection), Filters(q="khôngcótừnày"))
    assert read_csv(files["figures.csv"]) == []
    assert validate(write_package(files, tmp_path))["valid"]


def test_an_unknown_filter_is_refused_with_what_is_allowed(collection: Collection) -> None:
    provinces, topics = ", ".join(collection.provinces), ", ".join(collection.topics)
    with pytest.raises(ValueError, match="atlantis") as refused:
        make_zip(
            FigureTable(collection),
            {"province": "atlantis", "topic": "models,weather", "colour": "red", "hedge": "yes"},
        )
    assert str(refused.value).splitlines() == [
        f"there is no filter 'colour': use {', '.join(list_names())}",
        f"province 'atlantis' is unknown: use {provinces}",
        f"topic 'weather' is unknown: use {topics}",
        "hedge 'yes' is unknown: use exact, hedged",
    ]


def test_the_readme_explains_every_column_and_gives_every_checksum(collection: Collection) -> None:
    readme = make_files(FigureTable(collection))["README.md"].decode()
    for table in TABLES:
        assert f"### {table.path}\n" in readme
        for column in table.columns:
            assert f"| `{column.name}` | {column.domain.type} | {column.says} |" in readme
    for source in collection.sources:
        assert f"{source.record.article.sha256}  {source.record.article.seed}\n" in readme
    assert "33 figures from 3 of 5 Vietnamese articles on provincial public security, " in readme
    assert "**Figures as these articles report them, not official statistics.**" in readme


def run_readmes_script(
    collection: Collection, folder: Path, figures: bytes, *, seeds: Path = REPOSITORY / "seeds"
) -> "subprocess.CompletedProcess[str]":
    readme = make_files(FigureTable(collection))["README.md"].decode()
    script = re.search(r"```python\n(.*?)```", readme, re.DOTALL)
    assert script is not None
    (folder / "verify.py").write_text(script[1], encoding="utf-8")
    (folder / "figures.csv").write_bytes(figures)
    command = [sys.executable, "verify.py", str(seeds)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("bom", [False, True])
def test_the_readmes_script_bears_every_row_out_without_this_software(
    collection: Collection, tmp_path: Path, bom: bool
) -> None:
    run = run_readmes_script(collection, tmp_path, format_csv(make_frame(FIGURES, collection.claims), bom=bom))
    said = f"{len(collection.claims)} figures stand in their articles, letter for letter; values to read by eye: []\n"
    assert (run.returncode, run.stdout, run.stderr) == (0, said, "")


def test_the_readmes_script_stops_at_a_quote_that_was_changed(collection: Collection, tmp_path: Path) -> None:
    frame = make_frame(FIGURES, collection.claims)
    frame["quote"] = frame["quote"].str.replace("heroin", "heroine")
    run = run_readmes_script(collection, tmp_path, format_csv(frame, bom=False))
    changed = frame[frame["quote"].str.contains("heroine")]["id"].iloc[0]
    assert run.returncode == 1
    assert f"AssertionError: {changed}: the article says " in run.stderr


def test_the_readmes_script_names_a_value_that_its_figure_does_not_say(collection: Collection, tmp_path: Path) -> None:
    frame = make_frame(FIGURES, collection.claims)
    frame.loc[0, "value"] = "999"
    run = run_readmes_script(collection, tmp_path, format_csv(frame, bom=False))
    assert run.stdout.endswith(f"values to read by eye: ['{collection.claims[0].claim.id}']\n")


def test_the_readmes_script_reads_texts_with_unseen_characters_and_split_letters(
    collection: Collection, tmp_path: Path
) -> None:
    quote = "Tổ công tác thu giữ 13 bánh heroin."
    raw = unicodedata.normalize("NFD", "Mở đầu. ") + unicodedata.normalize("NFD", quote).replace("13", "1\u200b3")
    frame = make_frame(FIGURES, collection.claims[:1]).assign(
        value="13",
        figure="13 bánh heroin",
        quote=quote,
        seed="odd.txt",
        sha256=hashlib.sha256(raw.encode()).hexdigest(),
        quote_start=str(len(unicodedata.normalize("NFD", "Mở đầu. "))),
        quote_end=str(len(raw)),
        figure_start=str(raw.index("1\u200b3")),
        figure_end=str(raw.index("heroin") + len("heroin")),
    )
    (tmp_path / "odd.txt").write_text(raw, encoding="utf-8")
    run = run_readmes_script(collection, tmp_path, format_csv(frame, bom=False), seeds=tmp_path)
    assert run.stdout == "1 figures stand in their articles, letter for letter; values to read by eye: []\n", run.stderr


def test_an_export_replaces_an_earlier_one_and_leaves_other_files_alone(collection: Collection, tmp_path: Path) -> None:
    export_collection(replace(collection, claims=()), tmp_path)
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    export_collection(collection, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == make_files(FigureTable(collection)) | {
        "notes.txt": b"mine"
    }


@pytest.mark.parametrize("name", ["README.md", "datapackage.json"])
def test_a_file_that_no_export_wrote_is_never_overwritten(collection: Collection, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"name": "another"}', encoding="utf-8")
    with pytest.raises(FileExistsError) as refused:
        export_collection(collection, tmp_path)
    assert str(refused.value) == f"{tmp_path} holds {name} that no export wrote: give another directory"
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [
        (name, '{"name": "another"}')
    ]


def test_a_directory_in_the_place_of_a_file_is_refused_before_anything_is_written(
    collection: Collection, tmp_path: Path
) -> None:
    export_collection(replace(collection, claims=()), tmp_path)
    (tmp_path / "ledger.csv").unlink()
    (tmp_path / "ledger.csv").mkdir()
    before = (tmp_path / "figures.csv").read_bytes()
    with pytest.raises(FileExistsError, match=r"holds ledger\.csv that no export wrote"):
        export_collection(collection, tmp_path)
    assert (tmp_path / "figures.csv").read_bytes() == before


def test_a_disk_that_refuses_leaves_the_earlier_export_whole(collection: Collection, tmp_path: Path) -> None:
    export_collection(replace(collection, claims=()), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
        with pytest.raises(OSError, match="File too large"):
            export_collection(collection, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_words_of_data_that_look_like_formulas_reach_programs_unchanged(collection: Collection) -> None:
    checked: CheckedClaim = collection.claims[0]
    risky = replace(checked, sentence=checked.sentence.model_copy(update={"translation": '=HYPERLINK("http://x","y")'}))
    files = make_files(FigureTable(replace(collection, claims=(risky,))))
    assert read_csv(files["figures.csv"])[0]["translation"] == '=HYPERLINK("http://x","y")'


@pytest.mark.parametrize(
    "name", ["", "data", "data/claims", "data/new", "seeds", "extract", "tests/new", "seeds/../data"]
)
def test_the_projects_own_directories_are_refused(collection: Collection, scratch: Scratch, name: str) -> None:
    link = scratch / "link"
    link.symlink_to(scratch / name)
    before = sorted(scratch.root.rglob("*"))
    for directory in (scratch / name, link):
        with pytest.raises(FileExistsError) as refused:
            export_collection(collection, directory, scratch.root)
        assert str(refused.value) == f"{directory} is the project's own: give another directory"
    with pytest.raises(FileExistsError, match="is the project's own"):
        export_collection(collection, REPOSITORY / name, scratch.root)
    assert sorted(scratch.root.rglob("*")) == before


def export_and_die(directory: Path, function: str, calls: int) -> None:
    """Export in a process of its own, which is killed as it calls a function of `Path` for so many a time."""
    program = f"""
import itertools, os, signal, sys
from pathlib import Path
from extract.claims.load.root import load_root
from extract.figures.export import export_collection
collection, calls, call = load_root(Path({str(REPOSITORY)!r}))[0], itertools.count(1), Path.{function}
def die(path, *given, **named):
    if next(calls) == {calls}:
        os.kill(os.getpid(), signal.SIGKILL)
    return call(path, *given, **named)
Path.{function} = die
export_collection(collection, Path({str(directory)!r}))
"""
    run = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, check=False)
    assert run.returncode == -signal.SIGKILL, run.stderr


@pytest.mark.parametrize(("function", "calls"), [("open", 3), ("rename", 1)])
def test_a_new_directory_appears_whole_or_not_at_all(
    collection: Collection, tmp_path: Path, function: str, calls: int
) -> None:
    export_and_die(tmp_path / "out", function, calls)
    assert not (tmp_path / "out").exists()
    export_collection(collection, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == make_files(
        FigureTable(collection)
    )


@pytest.mark.parametrize("calls", [1, 4, 8])
def test_what_a_killed_export_has_left_is_cleared(collection: Collection, tmp_path: Path, calls: int) -> None:
    (tmp_path / "notes.txt").write_bytes(b"mine")
    export_and_die(tmp_path, "replace", calls)
    export_collection(collection, tmp_path)
    expected = make_files(FigureTable(collection)) | {"notes.txt": b"mine"}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == expected


def test_a_killed_export_beside_a_directory_gives_no_leave_to_overwrite_its_files(
    collection: Collection, tmp_path: Path
) -> None:
    (tmp_path / "README.md").write_bytes(b"mine")
    export_and_die(tmp_path / "out", "rename", 1)
    with pytest.raises(FileExistsError, match=r"holds README\.md that no export wrote"):
        export_collection(collection, tmp_path)


def test_an_export_that_stops_between_two_files_says_that_the_directory_is_not_whole(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_collection(replace(collection, claims=()), tmp_path)
    whole = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "provinces.csv":
            raise OSError(errno.EIO, "Input/output error")
        return whole(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="is not whole") as refused:
        export_collection(collection, tmp_path)
    assert str(refused.value) == (
        f"provinces.csv: Input/output error; {tmp_path} is not whole: 3 of 9 files are of this export, the others of an"
        " earlier one or missing. Mend this and export again"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(NAMES)
