"""The documents say what the project does: every key of the data, every command of the README."""

import doctest
import importlib
import re
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from extract.__main__ import main
from extract.claims import records
from tests.servers import REPOSITORY

CODEBOOK = (REPOSITORY / "data/README.md").read_text("utf-8")
README = (REPOSITORY / "README.md").read_text("utf-8")
RECORDS: list[type[BaseModel]] = [
    record
    for record in vars(records).values()
    if isinstance(record, type) and issubclass(record, BaseModel) and record.__module__ == records.__name__
]

MODULES = sorted(path for path in (REPOSITORY / "extract").rglob("*.py") if ">>> " in path.read_text("utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_the_examples_in_the_docstrings_hold(path: Path) -> None:
    module = importlib.import_module(".".join(path.relative_to(REPOSITORY).with_suffix("").parts))
    outcome = doctest.testmod(module)
    assert outcome.failed == 0
    assert outcome.attempted > 0


def test_the_codebook_names_every_key_of_every_record() -> None:
    keys = {key for record in RECORDS for key in record.model_fields}
    named = set(re.findall(r"`([a-z_0-9]+)`", CODEBOOK))
    # The two lists that an article's file and the catalogues consist of are the codebook's own headings.
    assert keys - named == {
        "article", "sentences", "units", "topics", "breakdowns", "measures", "ratios", "indicators", "provinces",
    }  # fmt: skip


def test_the_codebook_names_every_file_of_data() -> None:
    files = {path.name for path in (REPOSITORY / "data").iterdir() if path.is_file()} - {"README.md"}
    assert {name for name in files if f"`{name}`" not in CODEBOOK} == set()


def test_the_template_has_the_keys_of_the_records() -> None:
    template = yaml.load((REPOSITORY / "data/template.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    assert set(template) == set(records.ArticleFile.model_fields)
    assert set(template["article"]) <= set(records.Article.model_fields)
    sentence = template["sentences"][0]
    assert set(sentence) <= set(records.Sentence.model_fields)
    assert set(sentence["claims"][0]) <= set(records.Claim.model_fields)
    assert set(template["set_aside"][0]) <= set(records.SetAside.model_fields)


def test_every_field_that_a_curator_fills_says_what_belongs_there() -> None:
    filled: list[type[BaseModel]] = [
        records.Article,
        records.Sentence,
        records.Claim,
        records.Coverage,
        records.Period,
        records.Publisher,
        records.SetAside,
    ]
    silent = [
        f"{record.__name__}.{name}"
        for record in filled
        for name, field in record.model_fields.items()
        if not field.description
    ]
    assert silent == ["Sentence.claims"]


@pytest.mark.parametrize("target", re.findall(r"^\s*make ([a-z]+)", README, re.MULTILINE))
def test_every_make_command_of_the_readme_is_a_target(target: str) -> None:
    assert re.search(rf"^{target}:", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", sorted(set(re.findall(r"^\s*python -m extract ([^\n#]+)", README, re.MULTILINE))))
def test_every_extract_command_of_the_readme_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    words = re.sub(r"(?<!\S)seeds", f"{REPOSITORY}/seeds", command.partition(">")[0]).split()
    assert main(words) == 0, capsys.readouterr().err


def test_the_readme_links_to_files_that_are_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert [link for link in links if not (REPOSITORY / link).exists()] == []


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_every_python_block_of_the_readme_compiles(block: str) -> None:
    compile(block, "README.md", "exec")
