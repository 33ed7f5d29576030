"""The collection as an entry of a data catalogue: W3C's DCAT 3 in JSON-LD, as far as DCAT-AP asks and is known.

Only what is known stands here. No day of publication: no file of the data says when it was curated.
"""

import json
from typing import Any, Final, NamedTuple

from extract.figures import annotations
from extract.figures.columns import TABLES
from extract.figures.publication import (
    DESCRIPTION,
    KEYWORDS,
    LICENCE,
    MAINTAINERS,
    RIGHTS,
    RIGHTS_VI,
    TITLE,
)
from extract.figures.table import FigureTable

CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
NAME: Final = "catalog.jsonld"
TITLE_VI: Final = "Số liệu được báo cáo"
DESCRIPTION_VI: Final = (
    "Số liệu mà các bài báo tiếng Việt nêu về an ninh trật tự ở các tỉnh, mỗi số liệu kèm câu văn nêu nó. Đây là số"
    " liệu như các bài báo này nêu, không phải thống kê chính thức."
)
_AUTHORITY = "http://publications.europa.eu/resource/authority"
"""The vocabularies that DCAT-AP names for countries, languages and themes."""
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


class Distribution(NamedTuple):
    """One form in which the data can be taken."""

    path: str
    media_type: str
    title: str


DISTRIBUTIONS: Final = (
    *(Distribution(table.path, "text/csv", f"{table.title} (CSV)") for table in TABLES),
    Distribution("figures.json", "application/json", "Figures (JSON)"),
    Distribution("figures.parquet", "application/vnd.apache.parquet", "Figures (Parquet, typed)"),
    Distribution(
        "figures.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Figures (workbook with codebook and sources)",
    ),
    Distribution(annotations.NAME, "application/ld+json", "Figures as Web Annotations (JSON-LD)"),
    Distribution("figures.zip", "application/zip", "All tables as a Data Package with codebook (zip)"),
)


def make_catalog(table: FigureTable, base: str) -> bytes:
    """Return the catalogue in JSON-LD; `base` is the page's address, with a slash at its end."""
    publisher = {"@type": "foaf:Agent", "foaf:name": MAINTAINERS}
    catalogue = {
        "@context": CONTEXT,
        "@id": f"{base}{NAME}",
        "@type": "dcat:Catalog",
        "dct:title": _say(TITLE, TITLE_VI),
        "dct:description": _say(DESCRIPTION, DESCRIPTION_VI),
        "dct:publisher": publisher,
        "foaf:homepage": {"@id": base},
        "dcat:dataset": _make_dataset(table, base) | {"dct:publisher": publisher},
    }
    return (json.dumps(catalogue, ensure_ascii=False, indent=1) + "\n").encode()


def _say(en: str, vi: str) -> list[dict[str, str]]:
    return [{"@language": "vi", "@value": vi}, {"@language": "en", "@value": en}]


def _make_dataset(table: FigureTable, base: str) -> dict[str, Any]:
    articles = [source.record.article for source in table.collection.sources]
    corrected = [change.when for checked in table.claims.values() for change in checked.claim.corrections]
    return {
        "@id": f"{base}#data",
        "@type": "dcat:Dataset",
        "dct:title": _say(TITLE, TITLE_VI),
        "dct:description": _say(DESCRIPTION, DESCRIPTION_VI),
        "dct:identifier": base,
        "dcat:landingPage": {"@id": base},
        "dcat:version": table.version,
        "dcat:keyword": [{"@language": "en", "@value": keyword} for keyword in KEYWORDS],
        "dcat:theme": {"@id": f"{_AUTHORITY}/data-theme/JUST"},
        "dct:language": [{"@id": f"{_AUTHORITY}/language/{code}"} for code in ("VIE", "ENG")],
        "dct:spatial": {"@id": f"{_AUTHORITY}/country/VNM"},
        **_make_temporal(table),
        **({"dct:modified": {"@type": "xsd:date", "@value": max(corrected).isoformat()}} if corrected else {}),
        "dct:source": [{"@id": article.url} for article in articles if article.url is not None],
        "dct:rights": _make_rights(),
        "dcat:distribution": [_make_distribution(each, base) for each in DISTRIBUTIONS],
    }


def _make_temporal(table: FigureTable) -> dict[str, Any]:
    """Return the days from the first to the last that figures certainly cover; nothing where none states any."""
    days = {"dcat:startDate": table.frame["period_start"], "dcat:endDate": table.frame["certain_end"]}
    known = {name: sorted(set(column) - {""}) for name, column in days.items()}
    if not all(known.values()):
        return {}
    edges = {"dcat:startDate": known["dcat:startDate"][0], "dcat:endDate": known["dcat:endDate"][-1]}
    dated = {name: {"@type": "xsd:date", "@value": day} for name, day in edges.items()}
    return {"dct:temporal": {"@type": "dct:PeriodOfTime", **dated}}


def _make_rights() -> dict[str, Any]:
    return {"@type": "dct:RightsStatement", "rdfs:label": _say(RIGHTS, RIGHTS_VI)}


def _make_distribution(each: Distribution, base: str) -> dict[str, Any]:
    address = {"@id": f"{base}{each.path}"}
    return {
        "@id": f"{base}#{each.path}",
        "@type": "dcat:Distribution",
        "dct:title": {"@language": "en", "@value": each.title},
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}{each.media_type}"},
        "dct:license": {"@id": LICENCE["path"]},
        "dct:rights": _make_rights(),
        # Columns, types and meanings of every table; the zip holds its own.
        **({"dct:conformsTo": {"@id": f"{base}datapackage.json"}} if each.media_type == "text/csv" else {}),
    }
