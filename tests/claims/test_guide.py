"""Every example of the rules for reading numbers, through scan, draft and check.

What a sentence says passes the check; another value, sign, whole, hedge or unit does not, and the message says why.
"""

import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from extract.__main__ import main
from extract.claims.collection import Collection
from extract.claims.draft.article import draft_article
from extract.claims.load.root import load_root
from extract.claims.yaml.strict import parse_yaml
from extract.figures.columns import FIGURES
from extract.page.views.claim import compose_card
from extract.text.hedges import Qualifier, parse_qualifier
from extract.text.mentions import Kind, Mention, find_mentions
from tests.conftest import MADE_UP, REPOSITORY, TODAY, Scratch
from tests.page.composed import make_page
from tests.text.test_mentions import READINGS, read_table

TABLE = read_table(READINGS / "guide.txt")
"""Each sentence with its numbers: text, value, unit, qualifier, kind."""
SENTENCES = [pytest.param(number, id=sentence) for number, (sentence, _) in enumerate(TABLE)]
WHY = "not of this test"


def name_units() -> dict[str, str]:
    """Return the words that the figures of the table count, with a key for each."""
    words = {line.split(" | ")[2] for _, numbers in TABLE for line in numbers if line.endswith("figure")}
    listed = sorted({each.replace("Ð", "Đ").casefold() for each in words - {"-"}})
    return {spelling: f"unit-{place}" for place, spelling in enumerate(listed)}


UNITS = name_units()


class Stated(NamedTuple):
    """A figure of a sentence: the words that state it, the key of its unit, and what a claim of it says."""

    mention: Mention
    figure: str
    unit: str | None
    fields: dict[str, str]
    """Empty where it states no exact number, or nothing that it counts."""


class Guide(NamedTuple):
    """The examples as curated articles."""

    collection: Collection
    problems: Mapping[str, Sequence[str]]
    """By the name of a file."""


def write_catalogue(root: Path) -> None:
    """Write a unit, a measure and an indicator for every word that the table counts."""
    files = defaultdict(list)
    for spelling, key in UNITS.items():
        words = json.dumps(spelling, ensure_ascii=False)
        name = f"{{vi: {words}, en: {words}}}"
        files["units"].append(f"{{key: {key}, name: {name}, plural_en: {words}, spellings: [{words}]}}")
        files["measures"].append(
            f"{{id: m-{key}, topic: cases, name: {name}, unit: {key}, nature: flow, definition: {name},"
            " plausible: {min: -1000, max: 10000000000000000}}"
        )
        files["indicators"].append(f"{{id: i-{key}, measure: m-{key}}}")
    for name, rows in files.items():
        topics = "topics: [{id: cases, name: {vi: vụ việc, en: cases}}]\n" if name == "measures" else ""
        text = "\n  - ".join([f"{topics}{name}:", *rows])
        (root / f"data/{name}.yaml").write_text(f"{text}\n", encoding="utf-8")


def list_stated(sentence: str) -> list[Stated]:
    """Return the figures of a sentence, in its order."""
    stated = []
    for mention in find_mentions(sentence, nouns=frozenset(UNITS)):
        if mention.kind is not Kind.FIGURE:
            continue
        behind = sentence.find(mention.unit, mention.end) + len(mention.unit) if mention.unit else mention.end
        start = mention.start
        if mention.qualifier and sentence[:start].endswith(f"{mention.qualifier} "):
            start -= len(mention.qualifier) + 1
        elif mention.qualifier:
            behind = sentence.index(mention.qualifier, behind) + len(mention.qualifier)
        unit = UNITS.get((mention.unit or "").replace("Ð", "Đ").casefold())
        values = mention.value if isinstance(mention.value, tuple) else (mention.value,)
        names = ("value", "of" if "/" in mention.text else "to")
        fields = {name: write_plain(value) for name, value in zip(names, values, strict=False) if value is not None}
        if unit is None or not fields:
            fields = {}
        else:
            fields["qualifier"] = str(parse_qualifier(mention.qualifier))
        stated.append(Stated(mention, sentence[start:behind], unit, fields))
    return stated


def write_plain(value: Decimal) -> str:
    """Return a number as curated files have it: no zeros at its end."""
    return f"{value.normalize():f}"


def make_claim(name: str, stated: Stated, **changes: str) -> dict[str, str]:
    return {"id": name, "indicator": f"i-{stated.unit}", "figure": stated.figure, **stated.fields, **changes}


def add_article(root: Path, name: str, sentence: str, claims: Sequence[Any], aside: Sequence[Stated]) -> None:
    """Add an article of one sentence with its claims, and the figures that are set aside."""
    raw = f"{sentence}\n".encode()
    (root / f"seeds/{name}.txt").write_bytes(raw)
    file = {
        "article": {"seed": f"{name}.txt", "sha256": hashlib.sha256(raw).hexdigest(), "province": "ha-tinh"},
        "sentences": [{"quote": sentence, "period": "unstated", "claims": claims}] if claims else [],
        "set_aside": [{"figure": each.figure, "why": WHY} for each in aside],
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in file.items()]
    (root / f"data/claims/{name}.yaml").write_text("".join(lines), encoding="utf-8")


def falsify(stated: Stated) -> Iterator[tuple[dict[str, str], str]]:
    """Yield what a claim of a figure might wrongly say, with what the check says against it."""
    mention, figure, unit, fields = stated
    values = mention.value if isinstance(mention.value, tuple) else (mention.value,)
    reads = f" {'of' if 'of' in fields else 'to'} ".join(write_plain(value) for value in values if value is not None)
    for name, right in fields.items():
        if name == "qualifier":
            continue
        wrongs = {Decimal(right) * 1000, Decimal(right) + 1}
        if len(values) == 1:
            wrongs.add(-Decimal(right))
        for wrong in wrongs - {Decimal(right)}:
            changes = {name: write_plain(wrong)}
            if name == "value" and len(values) == 2:
                changes |= {key: write_plain(wrong + 1) for key in fields.keys() & {"of", "to"}}
            yield (
                changes,
                f"{name} {write_plain(wrong)} is not what the figure says: «{figure}» reads {reads};"
                f" write {right}, or correct the figure",
            )
    said = Qualifier(fields["qualifier"])
    hedged = (
        f"«{mention.qualifier.lower()} {mention.text}»" if mention.qualifier else f"«{mention.text}» without a hedge"
    )
    for hedge in sorted(set(Qualifier) - {said}):
        yield {"qualifier": hedge}, f"qualifier {hedge} is not what the article says: {hedged} is {said}"
    other = next(spelling for spelling, key in UNITS.items() if key != unit)
    yield (
        {"indicator": f"i-{UNITS[other]}"},
        f", but i-{UNITS[other]} counts {UNITS[other]} («{other}»): they name {unit}",
    )


WRONG = [
    (f"wrong-{number}-{place}-{turn}", sentence, stated, changes, message)
    for number, (sentence, _) in enumerate(TABLE)
    for place, stated in enumerate(list_stated(sentence))
    if stated.fields
    for turn, (changes, message) in enumerate(falsify(stated))
]
"""Each with the name of its file, its sentence, the figure, what is said wrongly, and what is said against it."""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """Every sentence as an article with all its claims, and again for each wrong claim, loaded once."""
    root = tmp_path_factory.mktemp("guide")
    for folder in ("data/claims", "seeds"):
        (root / folder).mkdir(parents=True)
    for name in ("provinces", "wording"):
        shutil.copy(REPOSITORY / f"data/{name}.yaml", root / "data")
    write_catalogue(root)
    for number, (sentence, _) in enumerate(TABLE):
        figures = list_stated(sentence)
        claims = [make_claim(f"right-{number}-{place}", each) for place, each in enumerate(figures) if each.fields]
        add_article(root, f"right-{number}", sentence, claims, [each for each in figures if not each.fields])
    for name, sentence, stated, changes, _ in WRONG:
        others = [each for each in list_stated(sentence) if each.mention != stated.mention]
        add_article(root, name, sentence, [make_claim(name, stated, **changes)], others)
    collection, problems = load_root(root, today=TODAY)
    by_file = defaultdict(list)
    for problem in problems:
        by_file[Path(problem.path).stem].append(problem.message)
    return Guide(collection, by_file)


@pytest.mark.parametrize("number", SENTENCES)
def test_scan_prints_every_number_as_the_guide_says(
    number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence, numbers = TABLE[number]
    (tmp_path / "text.txt").write_text(f"{sentence}\n", encoding="utf-8")
    assert main(["scan", str(tmp_path / "text.txt"), "--json"]) == 0
    found = [json.loads(line, parse_float=Decimal) for line in capsys.readouterr().out.splitlines()]
    assert [write_record(record) for record in found] == [line.replace("Ð", "Đ") for line in numbers]


def write_record(record: Mapping[str, Any]) -> str:
    """Return an object of `scan --json` as the table has it."""
    value = record["value"]
    shown = "-" if value is None else f"[{value[0]}, {value[1]}]" if isinstance(value, list) else str(value)
    parts = (record["text"], shown, record["unit"] or "-", record["qualifier"] or "-", record["kind"])
    return " | ".join(parts).replace("Ð", "Đ")


@pytest.mark.parametrize("number", SENTENCES)
def test_check_passes_what_a_sentence_says(number: int, guide: Guide) -> None:
    assert guide.problems.get(f"right-{number}", []) == []


def test_check_refuses_what_no_sentence_says(guide: Guide) -> None:
    passed = [(sentence, changes) for name, sentence, _, changes, _ in WRONG if name not in guide.problems]
    assert passed == []
    unexplained = [
        (sentence, changes, message, guide.problems[name])
        for name, sentence, _, changes, message in WRONG
        if not any(problem.replace("\\u00a0", "\u00a0").endswith(message) for problem in guide.problems[name])
    ]
    assert unexplained == []
    assert len(WRONG) > 700


def test_the_table_of_figures_has_what_the_sentences_say(guide: Guide) -> None:
    rows = {checked.claim.id: FIGURES.format_row(checked) for checked in guide.collection.claims}
    for number, (sentence, _) in enumerate(TABLE):
        for place, stated in enumerate(list_stated(sentence)):
            if stated.fields:
                row = rows[f"right-{number}-{place}"]
                assert {name: row["value_to" if name == "to" else name] for name in stated.fields} == stated.fields
                assert row["figure"] == stated.figure


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Khoảng 40 vụ, chừng 30 vụ, xấp xỉ 20 vụ, ước 10 vụ.", "about 40 vụ"),
        ("Gần 90 người, ngót 80 người.", "nearly 90 người"),
        ("Hơn 70 người, trên 60 người.", "over 70 người"),
        ("Dưới 50 người, chưa đến 40 người.", "under 50 người"),
        ("Tỷ lệ giải quyết đạt 85% trở lên.", "at least 85%"),
        ("Mỗi ca không quá 9 người, tối đa 11 người, nhiều nhất 13 người.", "at most 9 người"),
        ("Số vụ thay đổi -2,4% so với tháng trước.", "-2.4%"),
        ("Đã có 1.962/1.969 thôn đạt chuẩn.", "1,962 of 1,969 thôn"),
        ("Mỗi tháng hộ kinh doanh lãi 18-20 triệu đồng.", "18,000,000–20,000,000 đồng"),
        ("Thiệt hại nửa tỷ đồng.", "500,000,000 đồng"),
        ("Thu ba phẩy năm kg.", "3.5 kg"),
        ("Thu 28kg heroin và 0,9kg ketamine.", "28 kg"),
    ],
)
def test_the_card_says_value_sign_and_hedge_beside_the_articles_words(sentence: str, said: str, guide: Guide) -> None:
    number = next(place for place, (each, _) in enumerate(TABLE) if each == sentence)
    checked = next(each for each in guide.collection.claims if each.claim.id == f"right-{number}-0")
    page = make_page(guide.collection, figure=checked.claim.id)
    card = str(compose_card(page, base="http://figures.example", today=TODAY))
    assert f'<article class="claim" data-claim="{checked.claim.id}" data-title="{said}, Hà Tĩnh' in card
    assert f"<mark>{checked.claim.figure}</mark>" in card


@pytest.mark.parametrize("rate", ["đồng/m3", "đồng/kg", "đồng/người/tháng"])
def test_a_rate_is_no_amount_of_what_it_is_a_rate_of(rate: str, scratch: Scratch) -> None:
    quote = f"Mức phạt là 150.000 {rate}."
    claim = {"id": "made-up-fines", "indicator": "administrative-fines", "figure": f"150.000 {rate}", "value": "150000"}
    sentence = {"quote": quote, "period": "unstated", "claims": [claim]}
    scratch.add_article(f"{quote}\n", f"sentences: {json.dumps([sentence], ensure_ascii=False)}\n")
    assert scratch.check() == [
        f"{MADE_UP}:2: made-up-fines: after «150.000» stands «{rate}.», but administrative-fines counts vnd («đồng»):"
        " they name no unit of data/units.yaml"
    ]


@pytest.mark.parametrize("number", SENTENCES)
def test_draft_says_of_each_figure_what_its_sentence_says(number: int, guide: Guide) -> None:
    sentence, _ = TABLE[number]
    tree: Any = parse_yaml(draft_article(f"{sentence}\n".encode(), "text.txt", guide.collection).encode()).root
    drafted = {
        claim["figure"]: {name: claim[name] for name in ("value", "of", "to", "qualifier") if name in claim}
        for quoted in tree["sentences"]
        for claim in quoted["claims"]
    }
    aside = {entry["figure"] for entry in tree["set_aside"]}
    for stated in list_stated(sentence):
        said = {name: words for name, words in stated.fields.items() if words != "exact"}
        if stated.figure in drafted:
            assert drafted.pop(stated.figure) == said
        else:
            aside.remove(stated.figure)
    assert (drafted, aside) == ({}, set())
