"""The JSON Schema of an article's file, made from its record, for editors to complete and check files with."""

import json
from pathlib import Path
from typing import Any

from extract.claims.records import ArticleFile

SCHEMA_PATH = Path("data/article.schema.json")


def make_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a file of data/claims/, as an editor's YAML parser sees such a file."""
    schema = ArticleFile.model_json_schema()
    period = schema["$defs"]["Period"]
    schema["$defs"]["Period"] = {
        "anyOf": [{"const": "unstated"}, period],
        "description": period.pop("description"),
        "title": period.pop("title"),
    }
    _allow_bare_numbers(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def format_schema() -> str:
    """Return the text of data/article.schema.json."""
    return json.dumps(make_schema(), ensure_ascii=False, indent=2) + "\n"


def write_schema(root: Path) -> Path:
    """Write data/article.schema.json under a root and return its path."""
    path = root / SCHEMA_PATH
    path.write_text(format_schema(), encoding="utf-8")
    return path


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
