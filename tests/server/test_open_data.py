"""A real server as other programs meet it: from pages of other origins, and with the tools of analysts."""

import io
import json
import re
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from extract.claims.collection import Collection
from extract.figures.columns import FIGURES
from extract.server.downloads import DOWNLOADS
from tests.servers import Server, fetch

ORIGIN = {"origin": "https://newsroom.example"}
ADDRESSES = [f"/{each.name}".format(article="ha-tinh-2021-three-forces") for each in DOWNLOADS]


@pytest.fixture(scope="module")
def values(collection: Collection) -> dict[str, Decimal]:
    """The value of each figure."""
    return {checked.claim.id: checked.claim.value for checked in collection.claims}


# From other origins


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_of_every_origin_may_read_the_data_without_credentials(server: Server, address: str) -> None:
    answer = fetch(server.url + address, ORIGIN)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "content-range" in answer.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in answer.headers
    asking = {"access-control-request-method": "GET", "access-control-request-headers": "range"}
    preflight = fetch(server.url + address, ORIGIN | asking, method="OPTIONS")
    assert (preflight.status_code, preflight.content) == (204, b"")
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD"
    assert "range" in preflight.headers["access-control-allow-headers"]


@pytest.mark.parametrize(
    "address", ["/", "/claim?figure=ha-tinh-2021-drug-cases", "/_stcore/health", "/nowhere", "/articles/"]
)
def test_nothing_else_is_open_to_them(server: Server, address: str) -> None:
    answer = fetch(server.url + address, ORIGIN)
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    # Streamlit opens its health check to its own origins.
    assert answer.headers.get("access-control-allow-origin") != "*"
    assert fetch(server.url + address, ORIGIN, method="OPTIONS").status_code in (404, 405)


def test_data_are_given_and_never_taken(server: Server) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert fetch(f"{server.url}/figures.csv", ORIGIN, method=method).status_code == 405


def test_what_was_compressed_on_its_way_is_not_continued_with_plain_bytes(server: Server) -> None:
    packed = fetch(f"{server.url}/figures.csv", headers={"accept-encoding": "gzip"})
    plain = fetch(f"{server.url}/figures.csv", headers={"accept-encoding": "identity"})
    assert (packed.headers["content-encoding"], "content-encoding" in plain.headers) == ("gzip", False)
    assert packed.headers["etag"] == f"W/{plain.headers['etag']}"
    for tag, status in ((packed.headers["etag"], 200), (plain.headers["etag"], 206)):
        headers = {"range": "bytes=100-199", "if-range": tag, "accept-encoding": "gzip"}
        assert fetch(f"{server.url}/figures.csv", headers=headers).status_code == status
    again = fetch(f"{server.url}/figures.csv", headers={"if-none-match": packed.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["figures.parquet", "figures.xlsx", "figures.zip"])
def test_what_is_compressed_already_is_sent_as_it_is_and_says_how_long_it_is(server: Server, name: str) -> None:
    answer = fetch(f"{server.url}/{name}", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-length"] == str(len(answer.content))


# With the tools of analysts


def test_polars_reads_the_addresses_and_every_value_is_exact(server: Server, values: dict[str, Decimal]) -> None:
    table = pl.scan_parquet(f"{server.url}/figures.parquet").select("id", "value", "period_start", "nature").collect()
    assert dict(zip(table["id"], table["value"], strict=True)) == values
    assert table.schema["period_start"] == pl.Date
    some = pl.scan_parquet(f"{server.url}/figures.parquet?province=ha-tinh&topic=seizures", glob=False).collect()
    assert set(some["province"]) == {"ha-tinh"}
    assert pl.read_csv(f"{server.url}/figures.csv", infer_schema=False).height == len(values)
    assert pl.scan_csv(f"{server.url}/figures.csv?province=ha-tinh").collect().shape[1] == len(FIGURES.columns)


def test_pandas_reads_the_addresses_and_every_value_is_exact(server: Server, values: dict[str, Decimal]) -> None:
    table = pd.read_parquet(f"{server.url}/figures.parquet").set_index("id")
    assert table["value"].to_dict() == values
    assert table["nature"].dtype == "category"
    texts = pd.read_csv(f"{server.url}/figures.csv", dtype={"value": str}).set_index("id")
    assert {claim: Decimal(value) for claim, value in texts["value"].items()} == values
    numbers = pd.read_excel(f"{server.url}/figures.xlsx").set_index("ID")
    assert {claim: Decimal(str(value)) for claim, value in numbers["Value"].items()} == values
    assert str(numbers.loc["ha-tinh-2021-drug-cases", "Period start"]) == "2021-01-01 00:00:00"


def test_duckdb_reads_the_file_and_every_value_is_exact(
    server: Server, values: dict[str, Decimal], tmp_path: Path
) -> None:
    """From the address it needs its extension `httpfs`, which it loads from elsewhere."""
    file = tmp_path / "figures.parquet"
    file.write_bytes(fetch(f"{server.url}/figures.parquet").content)
    query = f"SELECT id, value, period_end FROM '{file}' WHERE nature = 'flow' AND period_start >= '2021-01-01'"
    found = duckdb.execute(query).fetchall()
    assert len(found) > 5
    assert all(values[claim] == value for claim, value, _ in found)


def test_frictionless_finds_the_package_valid_at_its_address(server: Server) -> None:
    command = [sys.executable, "-m", "frictionless", "validate", f"{server.url}/datapackage.json", "--json"]
    run = subprocess.run([*command, "--type", "package"], capture_output=True, text=True, check=False)
    report = json.loads(run.stdout)
    assert (report["valid"], report["errors"]) == (True, []), run.stdout[-2000:]
    assert [task["name"] for task in report["tasks"]][:2] == ["figures", "articles"]


def test_a_stranger_verifies_every_annotation_against_the_text_at_its_source(server: Server) -> None:
    annotations = fetch(f"{server.url}/annotations.jsonld").json()
    assert annotations["total"] == len(annotations["first"]["items"]) == len(pd.read_csv(f"{server.url}/figures.csv"))
    texts: dict[str, str] = {}
    for each in annotations["first"]["items"]:
        target = each["target"]
        source = target["source"]["id"]
        text = texts.setdefault(source, fetch(source).content.decode("utf-8"))
        quoted, placed = target["selector"]
        assert text[placed["start"] : placed["end"]] == quoted["exact"]
        before = placed["start"] - len(quoted["prefix"])
        assert text.startswith(quoted["prefix"] + quoted["exact"] + quoted["suffix"], before)
        assert each["id"].startswith(f"{server.url}/?figure=")


def test_a_stranger_verifies_every_row_with_the_packages_own_script_and_nothing_else(
    server: Server, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(fetch(f"{server.url}/figures.zip").content)) as package:
        readme = package.read("README.md").decode()
        (tmp_path / "figures.csv").write_bytes(package.read("figures.csv"))
    script = re.search(r"```python\n(.*?)```", readme, re.DOTALL)
    assert script is not None
    (tmp_path / "verify.py").write_text(script[1], encoding="utf-8")
    assert f"`python verify.py {server.url}/articles`" in readme
    command = [sys.executable, "verify.py", f"{server.url}/articles"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    said = "33 figures stand in their articles, letter for letter; values to read by eye: []\n"
    assert (run.stdout, run.stderr) == (said, "")
