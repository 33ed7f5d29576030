"""The collection as an entry of a data catalogue: what a harvester reads, and nothing that is not known."""

import json
from dataclasses import replace
from typing import Any

from extract.claims.collection import Collection
from extract.claims.records import Correction
from extract.figures.catalog import DISTRIBUTIONS, make_catalog
from extract.figures.table import FigureTable
from extract.server.downloads import DOWNLOADS
from tests.figures.test_columns import change_claim

BASE = "https://figures.example/"


def read(collection: Collection) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(make_catalog(FigureTable(collection), BASE))
    return found


def test_the_catalogue_has_what_dcat_ap_asks_for(collection: Collection) -> None:
    found = read(collection)
    data = found["dcat:dataset"]
    assert found["@type"] == "dcat:Catalog"
    for described in (found, data):
        assert {"dct:title", "dct:description", "dct:publisher"} <= described.keys()
        assert [each["@language"] for each in described["dct:title"]] == ["vi", "en"]
    assert data["dct:temporal"]["dcat:startDate"]["@value"] == "2013-01-01"
    assert data["dct:temporal"]["dcat:endDate"]["@value"] == "2022-01-15"
    assert data["dct:source"] == [
        {"@id": source.record.article.url} for source in collection.sources if source.record.article.url
    ]
    for each in data["dcat:distribution"]:
        assert each["dct:license"] == {"@id": "https://opensource.org/license/mit"}
        assert "stay their publishers'" in each["dct:rights"]["rdfs:label"][1]["@value"]


def test_every_form_stands_at_the_address_and_is_of_the_type_that_the_catalogue_names() -> None:
    served = {each.name: each.media_type.partition(";")[0] for each in DOWNLOADS}
    assert {each.path: each.media_type for each in DISTRIBUTIONS}.items() <= served.items()
    described = {"datapackage.json", "catalog.jsonld", "articles/{article}.txt", "sitemap.xml", "robots.txt"}
    assert served.keys() - {each.path for each in DISTRIBUTIONS} == described


def test_a_day_of_change_is_named_only_where_one_is_known(collection: Collection) -> None:
    assert "dct:modified" not in read(collection)["dcat:dataset"]
    correction = Correction.model_validate(
        {"field": "value", "said": "6", "says": "7", "why": "a slip", "when": "2024-05-01"}
    )
    first, *rest = collection.claims
    corrected = replace(collection, claims=(change_claim(first, corrections=(correction,)), *rest))
    assert read(corrected)["dcat:dataset"]["dct:modified"]["@value"] == "2024-05-01"
    assert "dct:temporal" not in read(replace(collection, claims=()))["dcat:dataset"]
