"""Changes of one key or one item of a curated file: what is not asked for stays byte for byte."""

import pytest

from extract.claims.amend import AmendError, add_items, remove_item, set_fields
from extract.claims.yaml.nodes import format_field, format_item
from extract.claims.yaml.strict import Location, Node, parse_yaml

ORDER = ("id", "indicator", "figure", "value", "period")
FILE = """# first
article:
  seed: a.txt
  title_en:  # as you like
sentences:
  # about the first
  - quote: Một câu.  # a comment
    period: {covers: 2021}
    claims:
      - id: one
        # what is it?
        indicator:  # nearest: cases
        figure: 1 vụ  # twice checked

      # about two
      - {id: two, figure: 2 vụ}  # short
set_aside:
  - {figure: 3 vụ, why: no}
"""
CLAIMS: Location = ("sentences", 0, "claims")


@pytest.mark.parametrize(
    ("location", "fields", "old", "new"),
    [
        ((*CLAIMS, 0), {"indicator": "cases"}, "indicator:  # nearest: cases", "indicator: cases"),
        ((*CLAIMS, 0), {"figure": "01 vụ"}, "figure: 1 vụ  #", "figure: 01 vụ  #"),
        ((*CLAIMS, 0), {"value": "1"}, "twice checked\n", "twice checked\n        value: 1\n"),
        ((*CLAIMS, 0), {"figure": None}, "        figure: 1 vụ  # twice checked\n", ""),
        ((*CLAIMS, 0), {"id": "uno"}, "- id: one", "- id: uno"),
        ((*CLAIMS, 1), {"indicator": "x"}, "{id: two, figure: 2 vụ}", "{id: two, indicator: x, figure: 2 vụ}"),
        (("set_aside", 0), {"figure": "3 vụ cũ"}, "{figure: 3 vụ,", "{figure: 3 vụ cũ,"),
        (("sentences", 0), {"period": {"covers": "2022"}}, "{covers: 2021}", "{covers: 2022}"),
        (("article",), {"seed": "b.txt"}, "seed: a.txt", "seed: b.txt"),
    ],
)
def test_a_key_is_set_and_all_else_stays(
    location: Location, fields: dict[str, Node | None], old: str, new: str
) -> None:
    assert FILE.count(old) == 1
    assert set_fields(FILE.encode(), location, fields, ORDER).decode() == FILE.replace(old, new)


def test_lines_end_as_they_do_in_the_file() -> None:
    raw = FILE.replace("\n", "\r\n").encode()
    for amended in (
        set_fields(raw, (*CLAIMS, 0), {"indicator": "cases", "value": "1"}, ORDER),
        set_fields(raw, (*CLAIMS, 1), {"indicator": "cases"}, ORDER),
        add_items(raw, CLAIMS, ["- id: new\n  figure: 4 vụ"], before=1),
        add_items(remove_item(raw, ("set_aside", 0)), ("set_aside",), ["- {figure: 4 vụ}"]),
    ):
        assert amended.count(b"\r\n") == amended.count(b"\n")


def test_a_long_mapping_has_a_line_for_each_key() -> None:
    words = "trong năm 2021, " * 8
    amended = set_fields(FILE.encode(), (*CLAIMS, 0), {"period": {"covers": "2021", "words": words.strip()}}, ORDER)
    lines = f'        period:\n          covers: 2021\n          words: "{words.strip()}"\n'
    assert amended.decode() == FILE.replace("twice checked\n", f"twice checked\n{lines}")


@pytest.mark.parametrize(
    ("location", "old", "new"),
    [
        ((*CLAIMS, 1), "      - {id: two, figure: 2 vụ}  # short\n", ""),
        (("set_aside", 0), "set_aside:\n  - {figure: 3 vụ, why: no}\n", "set_aside: []\n"),
    ],
)
def test_an_item_is_taken_out_and_all_else_stays(location: Location, old: str, new: str) -> None:
    assert FILE.count(old) == 1
    assert remove_item(FILE.encode(), location).decode() == FILE.replace(old, new)


@pytest.mark.parametrize(
    ("location", "before", "mark"),
    [
        (CLAIMS, 1, "      # about two\n"),
        (("sentences",), 0, "  # about the first\n"),
        (CLAIMS, 0, "      - id: one\n"),
    ],
)
def test_an_item_is_put_before_another_and_its_comment(location: Location, before: int, mark: str) -> None:
    indent = mark[: len(mark) - len(mark.lstrip())]
    amended = add_items(FILE.encode(), location, ["- {id: new}"], before=before).decode()
    assert amended == FILE.replace(mark, f"{indent}- {{id: new}}\n{mark}")


@pytest.mark.parametrize(
    ("raw", "location", "fields", "message"),
    [
        ("a: [\n", ("a",), {"id": "x"}, "is not sound YAML: correct that first"),
        (FILE, (*CLAIMS, 7), {"id": "x"}, "holds no keys at `sentences` item 1 `claims` item 8: it was changed"),
        ("a: {id: x,\n  figure: y}\n", ("a",), {"id": "z"}, "writes `a` in braces over several lines"),
        ("a:\n  figure: y\n", ("a",), {"id": "z"}, "has nothing at `a` that stands before `id`: add it by hand"),
    ],
)
def test_a_key_that_cannot_be_set_alone_is_refused(
    raw: str, location: Location, fields: dict[str, Node | None], message: str
) -> None:
    with pytest.raises(AmendError) as caught:
        set_fields(raw.encode(), location, fields, ORDER)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "node",
    [
        {"id": "a", "figure": "1,5 tấn: #", "list": ["a", "b, c"], "open": "yes"},
        {
            "quote": 'Một "câu"\u00a0dài',
            "claims": [{"id": "a", "period": {"covers": "2021", "words": "w " * 80 + "w"}}],
        },
        {"id": "", "name": {"vi": "{x}", "en": "- y"}},
    ],
)
def test_what_is_written_reads_back_as_the_same(node: dict[str, Node]) -> None:
    item = "\n".join(f"  {line}" for line in format_item(node))
    assert parse_yaml(f"all:\n{item}\n".encode()).root == {"all": [node]}
    assert parse_yaml("\n".join(format_field("a", node)).encode()).root == {"a": node}
