"""The JSON Schemas of curated files, made from their records, for editors to complete and check files with.

They know the ids of the catalogue: an editor completes an indicator, a province or a unit, and marks one that does not
exist.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from extract.claims.catalogue import Catalogue
from extract.claims.records import WHOLE_COUNTRY, ArticleFile, IndicatorsFile, MeasuresFile

ARTICLE_SCHEMA: Final = Path("data/article.schema.json")
INDICATORS_SCHEMA: Final = Path("data/indicators.schema.json")
MEASURES_SCHEMA: Final = Path("data/measures.schema.json")

_SCHEMAS: Final[Mapping[Path, type[BaseModel]]] = {
    ARTICLE_SCHEMA: ArticleFile,
    INDICATORS_SCHEMA: IndicatorsFile,
    MEASURES_SCHEMA: MeasuresFile,
}


def make_schema(catalogue: Catalogue, path: Path = ARTICLE_SCHEMA) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a kind of file, as an editor's YAML parser sees such a file."""
    schema = _SCHEMAS[path].model_json_schema()
    definitions = schema["$defs"]
    if "Period" in definitions:
        period = definitions["Period"]
        definitions["Period"] = {
            "anyOf": [{"const": "unstated"}, period],
            "description": period.pop("description"),
            "title": period.pop("title"),
        }
    _allow_bare_numbers(schema)
    for (record, field), ids in _list_ids(catalogue).items():
        if record in definitions:
            _name_ids(definitions[record]["properties"][field], ids)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _list_ids(catalogue: Catalogue) -> dict[tuple[str, str], Iterable[str]]:
    """Return the fields that name something of the catalogue, with all that they may name."""
    categories = sorted({each.id for breakdown in catalogue.breakdowns.values() for each in breakdown.categories})
    return {
        ("Article", "province"): catalogue.provinces,
        ("Sentence", "province"): [*catalogue.provinces, *([WHOLE_COUNTRY] if catalogue.country else [])],
        ("Claim", "province"): [*catalogue.provinces, *([WHOLE_COUNTRY] if catalogue.country else [])],
        ("Claim", "indicator"): catalogue.indicators,
        ("Indicator", "measure"): catalogue.measures,
        ("Indicator", "category"): categories,
        ("Category", "unit"): catalogue.units,
        ("Measure", "unit"): catalogue.units,
        ("Measure", "topic"): catalogue.topics,
        ("Measure", "breakdown"): catalogue.breakdowns,
        ("Measure", "criteria"): catalogue.criteria,
        ("RatioPair", "of"): catalogue.measures,
        ("RatioPair", "per"): catalogue.measures,
    }


def _name_ids(field: dict[str, Any], ids: Iterable[str]) -> None:
    """Let a field be one of some ids, where it is a text at all."""
    text = next((each for each in field.get("anyOf", []) if "string" in each.get("type", "")), field)
    text.pop("pattern", None)
    text["enum"] = sorted(ids)


def format_schema(catalogue: Catalogue, path: Path = ARTICLE_SCHEMA) -> str:
    """Return the text of a schema's file."""
    return json.dumps(make_schema(catalogue, path), ensure_ascii=False, indent=2) + "\n"


def write_schemas(root: Path, catalogue: Catalogue) -> list[Path]:
    """Write the schemas under a root and return their paths."""
    for path in _SCHEMAS:
        (root / path).write_text(format_schema(catalogue, path), encoding="utf-8")
    return [root / path for path in _SCHEMAS]


def find_stale_schemas(root: Path, catalogue: Catalogue) -> list[Path]:
    """Return the paths of schemas, relative to a root, that stand there and say something else than they would anew."""
    return [
        path
        for path in _SCHEMAS
        if (root / path).is_file() and (root / path).read_text("utf-8") != format_schema(catalogue, path)
    ]


def _allow_bare_numbers(node: object) -> None:
    """Let every text be a bare number, too: an editor reads `covers: 2021` as one, this project as the text it is."""
    if isinstance(node, dict):
        if node.get("type") == "string" and "enum" not in node:
            node["type"] = ["string", "number"]
        for child in node.values():
            _allow_bare_numbers(child)
    elif isinstance(node, list):
        for child in node:
            _allow_bare_numbers(child)
