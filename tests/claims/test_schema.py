"""The JSON Schema that editors check with: in step with the records, and true of the real files."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from extract.claims.collection import Collection
from extract.claims.load.root import load_root
from extract.claims.records import ArticleFile, Claim
from extract.claims.schema import find_stale_schemas, make_schema, write_schemas
from tests.conftest import REPOSITORY, Scratch

FILES = sorted((REPOSITORY / "data/claims").glob("*.yaml"))


class EditorLoader(yaml.SafeLoader):
    """YAML as an editor reads it (1.2): bare numbers are numbers, bare dates are texts."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_as_editor(text: str) -> Any:
    return yaml.load(text, EditorLoader)


def find_faults(tree: Any, name: str = "article") -> list[str]:
    collection, _ = load_root(REPOSITORY)
    validator = jsonschema.Draft202012Validator(make_schema(collection, Path(f"data/{name}.schema.json")))
    return [error.json_path for error in validator.iter_errors(tree)]


def test_schema_files_are_in_step_with_the_records_and_the_catalogue(collection: Collection) -> None:
    assert find_stale_schemas(REPOSITORY, collection) == [], "run `python -m extract schema`"


def test_schema_is_a_schema(collection: Collection) -> None:
    jsonschema.Draft202012Validator.check_schema(make_schema(collection))


def test_schemas_follow_the_catalogue(scratch: Scratch) -> None:
    scratch.edit("data/provinces.yaml", "slug: kon-tum", "slug: kon-tum-old")
    collection, _ = scratch.load()
    stale = find_stale_schemas(scratch.root, collection)
    assert [path.name for path in stale] == ["article.schema.json"]
    assert [path.name for path in write_schemas(scratch.root, collection)] == [
        "article.schema.json",
        "indicators.schema.json",
        "measures.schema.json",
    ]
    assert find_stale_schemas(scratch.root, collection) == []
    assert '"kon-tum-old"' in (scratch / "data/article.schema.json").read_text("utf-8")


@pytest.mark.parametrize("name", ["indicators", "measures"])
def test_real_catalogue_fits_its_schema(name: str) -> None:
    text = (REPOSITORY / f"data/{name}.yaml").read_text("utf-8")
    assert text.startswith(f"# yaml-language-server: $schema={name}.schema.json\n")
    assert find_faults(read_as_editor(text), name) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("indicators", "measure: models-built-or-replicated}", "measure: models-built}", "$.indicators[13].measure"),
        ("indicators", "category: drugs, name: {vi: vụ", "category: drug, name: {vi: vụ", "$.indicators[5].category"),
        ("measures", "    unit: brick\n", "    unit: bricks\n", "$.measures[6].unit"),
    ],
)
def test_an_editor_marks_an_id_that_does_not_exist(name: str, old: str, new: str, place: str) -> None:
    text = (REPOSITORY / f"data/{name}.yaml").read_text("utf-8")
    assert text.count(old) == 1
    assert find_faults(read_as_editor(text.replace(old, new)), name) == [place]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_real_file_fits_the_schema(file: Any) -> None:
    assert find_faults(read_as_editor(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_real_file_names_the_schema_in_its_first_line(file: Any) -> None:
    first = file.read_text(encoding="utf-8").split("\n")[0]
    assert first == "# yaml-language-server: $schema=../article.schema.json"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("value: 72}", 'value: "-0"}', "$.sentences[3].claims[0].value"),
        ("value: 72}", "value: 72, of: -72}", "$.sentences[3].claims[0].of"),
        ("value: 72}", 'value: "1.972.000"}', "$.sentences[3].claims[0].value"),
        ("value: 72}", "value: 72, colour: red}", "$.sentences[3].claims[0]"),
        ("value: 72}", "value: 72, qualifier: almost}", "$.sentences[3].claims[0].qualifier"),
        ("  province: ha-tinh\n", "", "$.article"),
        ("  province: ha-tinh\n", "  province: ha-tin\n", "$.article.province"),
        ("indicator: smuggling-cases", "indicator: smugling-cases", "$.sentences[3].claims[0].indicator"),
        ("  seed: 003_b2aa1906d32ce349.txt\n", "  seed: [x]\n", "$.article.seed"),
    ],
)
def test_broken_file_does_not_fit_the_schema(old: str, new: str, place: str) -> None:
    text = (REPOSITORY / "data/claims/ha-tinh-2021-three-forces.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    assert place in find_faults(read_as_editor(text.replace(old, new)))


def test_every_field_of_a_claim_is_explained_in_the_schema(collection: Collection) -> None:
    properties = make_schema(collection)["$defs"]["Claim"]["properties"]
    assert [name for name in Claim.model_fields if "description" not in properties[name] and name != "place"] == []


def test_schema_has_no_words_of_this_program(collection: Collection) -> None:
    assert ArticleFile.__module__ not in json.dumps(make_schema(collection))
