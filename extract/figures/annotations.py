"""Every figure as an annotation of its article's text, by the W3C's Web Annotation Data Model (2017).

The target is the figure's own words in the text that stands at `articles/<article>.txt`: they, and what stands before
and after them in their sentence, letter for letter; and where they stand, in Unicode code points. The body is our
reading of them.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from extract.claims.collection import CheckedClaim
from extract.claims.records import LANGS, Lang
from extract.figures.columns import find_article_id
from extract.figures.formats import format_value_as_read
from extract.figures.publication import LICENCE, MAINTAINERS, RIGHTS, TITLE
from extract.figures.table import FigureTable

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
NAME = "annotations.jsonld"


def make_annotations(table: FigureTable, claims: Iterable[CheckedClaim], base: str = "") -> bytes:
    """Return figures as an annotation collection in JSON-LD.

    `base` is the page's address, with a slash at its end; without it addresses are relative to the file's own.
    """
    # Each written by itself: as records, ten thousand would take thirty megabytes at once.
    items = [_write(_make_annotation(table, checked, base or "./")) for checked in claims]
    collection = {
        "@context": CONTEXT,
        "id": f"{base or './'}{NAME}",
        "type": "AnnotationCollection",
        "label": f"{TITLE}. {RIGHTS}",
        "creator": {"type": "Organization", "name": MAINTAINERS},
        "rights": LICENCE["path"],
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": []},
    }
    return _write(collection).removesuffix(b"]}}") + b", ".join(items) + b"]}}\n"


def _write(record: Mapping[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode()


def _make_annotation(table: FigureTable, checked: CheckedClaim, base: str) -> dict[str, Any]:
    raw = table.sources[checked.article.seed.removesuffix(".txt")].text.raw
    start, end = checked.figure_start, checked.figure_end
    quoted = {
        "type": "TextQuoteSelector",
        "exact": raw[start:end],
        "prefix": raw[checked.quote_start : start],
        "suffix": raw[end : checked.quote_end],
    }
    return {
        "id": f"{base}?figure={checked.claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": [_make_body(checked, lang) for lang in LANGS],
        "target": {
            "source": {
                "id": f"{base}articles/{find_article_id(checked.path)}.txt",
                "type": "Text",
                "format": "text/plain",
                "language": "vi",
            },
            "selector": [quoted, {"type": "TextPositionSelector", "start": start, "end": end}],
        },
    }


def _make_body(checked: CheckedClaim, lang: Lang) -> dict[str, str]:
    name = checked.name.vi if lang == "vi" else checked.name.en
    value = format_value_as_read(checked.claim, checked.unit, lang)
    return {"type": "TextualBody", "value": f"{name}: {value}", "format": "text/plain", "language": lang}
