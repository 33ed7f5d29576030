"""Figures as Web Annotations: the words of the text, letter for letter, also where the text has them otherwise."""

import json
import unicodedata
from typing import Any

from extract.claims.collection import Collection
from extract.figures.annotations import make_annotations
from extract.figures.table import FigureTable
from tests.conftest import Scratch


def read(collection: Collection, base: str = "") -> dict[str, Any]:
    table = FigureTable(collection)
    found: dict[str, Any] = json.loads(make_annotations(table, collection.claims, base))
    return found


def test_an_annotation_is_the_reading_of_words_in_a_text(collection: Collection) -> None:
    found = read(collection, "https://figures.example/")
    head = {name: cell for name, cell in found.items() if name not in ("first", "label")}
    assert head == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://figures.example/annotations.jsonld",
        "type": "AnnotationCollection",
        "creator": {"type": "Organization", "name": "The Reported figures maintainers"},
        "rights": "https://opensource.org/license/mit",
        "total": 33,
    }
    (one,) = [each for each in found["first"]["items"] if each["id"].endswith("=ha-tinh-2021-drug-cases")]
    checked = next(each for each in collection.claims if each.claim.id == "ha-tinh-2021-drug-cases")
    quote, figure = checked.sentence.quote, checked.claim.figure
    before, _, after = quote.partition(figure)
    assert one == {
        "id": "https://figures.example/?figure=ha-tinh-2021-drug-cases",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "value": "vụ ma túy: 6 vụ", "format": "text/plain", "language": "vi"},
            {"type": "TextualBody", "value": "drug cases: 6 cases", "format": "text/plain", "language": "en"},
        ],
        "target": {
            "source": {
                "id": "https://figures.example/articles/ha-tinh-2021-three-forces.txt",
                "type": "Text",
                "format": "text/plain",
                "language": "vi",
            },
            "selector": [
                {"type": "TextQuoteSelector", "exact": figure, "prefix": before, "suffix": after},
                {"type": "TextPositionSelector", "start": checked.figure_start, "end": checked.figure_end},
            ],
        },
    }


def test_without_an_address_they_are_relative_to_the_files_own(collection: Collection) -> None:
    found = read(collection)
    first = found["first"]["items"][0]
    assert (found["id"], first["id"]) == ("./annotations.jsonld", f"./?figure={collection.claims[0].claim.id}")
    assert first["target"]["source"]["id"] == "./articles/kon-tum-internal-political-security.txt"


def test_a_text_with_split_letters_and_unseen_characters_is_quoted_as_it_is(scratch: Scratch) -> None:
    text = unicodedata.normalize("NFD", "Công an xã Vĩnh Hòa bắt giữ 1\u200b2 đối tượng.\n")
    rest = """
sentences:
  - quote: Công an xã Vĩnh Hòa bắt giữ 12 đối tượng.
    period: unstated
    claims:
      - {id: made-up-smuggling-persons, indicator: smuggling-persons, figure: 12 đối tượng, value: 12}
"""
    scratch.add_article(text, rest)
    loaded, problems = scratch.load()
    assert problems == []
    (one,) = [each for each in read(loaded)["first"]["items"] if "made-up" in each["id"]]
    quoted, placed = one["target"]["selector"]
    assert quoted["exact"] == text[placed["start"] : placed["end"]]
    assert "\u200b" in quoted["exact"]
    assert quoted["prefix"] + quoted["exact"] + quoted["suffix"] == text.removesuffix("\n")
