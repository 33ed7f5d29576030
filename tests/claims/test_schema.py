"""The JSON Schema that editors check with: in step with the records, and true of the real files."""

import json
from typing import Any

import jsonschema
import pytest
import yaml

from extract.claims.records import ArticleFile, Claim
from extract.claims.schema import SCHEMA_PATH, format_schema, make_schema
from tests.conftest import REPOSITORY

FILES = sorted((REPOSITORY / "data/claims").glob("*.yaml"))


class EditorLoader(yaml.SafeLoader):
    """YAML as an editor reads it (1.2): bare numbers are numbers, bare dates are texts."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_as_editor(text: str) -> Any:
    return yaml.load(text, EditorLoader)


def find_faults(tree: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(make_schema())
    return [error.json_path for error in validator.iter_errors(tree)]


def test_schema_file_is_in_step_with_the_records() -> None:
    assert (REPOSITORY / SCHEMA_PATH).read_text(encoding="utf-8") == format_schema(), "run `python -m extract schema`"


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(make_schema())


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
        ("  seed: 003_b2aa1906d32ce349.txt\n", "  seed: [x]\n", "$.article.seed"),
    ],
)
def test_broken_file_does_not_fit_the_schema(old: str, new: str, place: str) -> None:
    text = (REPOSITORY / "data/claims/ha-tinh-2021-three-forces.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    assert place in find_faults(read_as_editor(text.replace(old, new)))


def test_every_field_of_a_claim_is_explained_in_the_schema() -> None:
    properties = make_schema()["$defs"]["Claim"]["properties"]
    assert [name for name in Claim.model_fields if "description" not in properties[name] and name != "place"] == []


def test_schema_has_no_words_of_this_program() -> None:
    assert ArticleFile.__module__ not in json.dumps(make_schema())
