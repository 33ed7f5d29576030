"""The page's words: all there in both languages, all used, with the slots that the code fills."""

import ast
import re
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml
from jinja2 import nodes

from extract.claims.collection import Account
from extract.claims.records import CHANGE, LANGS, CoverageKind, Nature
from extract.claims.wording import parse_wording
from extract.figures.compare import KEYS as VERDICTS
from extract.figures.compare import Conclusion
from extract.figures.filters import list_names
from extract.figures.table import SORTS
from extract.page.address import View
from extract.page.notices import NoticeKind
from extract.page.sheet import ORDER
from extract.page.templates import ENVIRONMENT
from extract.page.views.data import READERS
from extract.page.views.figures import COLUMNS
from extract.text.hedges import Qualifier
from extract.text.mentions import Kind
from tests.conftest import REPOSITORY

RAW = (REPOSITORY / "data/wording.yaml").read_bytes()
WORDING = parse_wording(RAW)
TEXTS = {lang: {key: words.pick(name) for key, name in words.texts.items()} for lang, words in WORDING.items()}
KEYS = frozenset(TEXTS["vi"])

# Each pattern of keys that the code fills in, and what it fills in.
PATTERNS: dict[str, tuple[str, ...]] = {
    "account.{}": tuple(account for account in Account if account is not Account.CLAIMED),
    "about.{}": ("what", "how", "compare", "borders", "take", "verify"),
    "about.{}.text": ("what", "how", "compare", "borders", "take", "verify"),
    "claim.cite.{}": LANGS,
    "conclusion.{}": tuple(Conclusion),
    "coverage.kind.{}": (*CoverageKind, "unstated"),
    "filter.{}": (*list_names()[:-1], "exact", "hedged", "unstated"),
    "kind.{}": tuple(Kind),
    "nature.{}": (*Nature, CHANGE),
    "notice.{}": tuple(NoticeKind),
    "qualifier.{}": tuple(Qualifier),
    "reason.{}": tuple(kind for kind in Kind if kind is not Kind.FIGURE),
    "data.copy.{}": tuple(READERS),
    "table.{}": (*COLUMNS, *ORDER),
    "take.embed.{}": ("picture", "frame"),
    "verdict.{}": VERDICTS,
    "view.{}": tuple(View),
    "who.{}": (CoverageKind.JOINT, CoverageKind.DIVISION),
}
PREFIXES = frozenset(key.partition(".")[0] for key in KEYS)
CODE = [REPOSITORY / "dashboard.py", *sorted((REPOSITORY / "extract").rglob("*.py"))]
TEMPLATES = sorted((REPOSITORY / "extract").rglob("*.html"))


def find_slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def read_nodes() -> Iterator[ast.AST]:
    for path in CODE:
        yield from ast.walk(ast.parse(path.read_text("utf-8"), str(path)))
    for path in TEMPLATES:
        yield from ast.walk(ast.parse(translate_calls(path.read_text("utf-8")), str(path)))


def translate_calls(template: str) -> str:
    """Return the calls of a template that begin with a text, as lines of Python: `words("table.pages", page=0)`."""
    lines = []
    for call in ENVIRONMENT.parse(template).find_all(nodes.Call):
        if call.args and (key := translate_key(call.args[0])) is not None:
            name = call.node.attr if isinstance(call.node, nodes.Getattr) else getattr(call.node, "name", "")
            function = "words.count" if name == "count" else name
            others = ["0"] * (len(call.args) - 1) + [f"{slot.key}=0" for slot in call.kwargs]
            lines.append(f"{function}({', '.join([key, *others])})")
    return "\n".join(lines)


def translate_key(node: nodes.Expr) -> str | None:
    """Return the text that a template gives as a key, as an expression of Python; None for a variable."""
    match node:
        case nodes.Const(value=str() as text):
            return repr(text)
        case nodes.Concat(nodes=parts):
            return "f'" + "".join(part.value if isinstance(part, nodes.Const) else "{0}" for part in parts) + "'"
        case _:
            return None


def get_pattern(node: ast.expr) -> str | None:
    """Return the key that an expression is, with `{}` for what is filled in; None for a variable."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=values):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in values)
        case _:
            return None


def is_words(node: ast.expr) -> bool:
    """Tell whether an expression is the page's words: `words`, `page.words`, `self.words`."""
    return (isinstance(node, ast.Name) and node.id == "words") or (
        isinstance(node, ast.Attribute) and node.attr == "words"
    )


def find_calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield the key, or its pattern, of every place of the code that asks for words, with the call."""
    for node in read_nodes():
        if not isinstance(node, ast.Call) or not node.args:
            continue
        # With two arguments, a noun and its number; with one it is a list's.
        counted = (
            isinstance(node.func, ast.Attribute)
            and node.func.attr == "count"
            and is_words(node.func.value)
            and len(node.args) == 2
        )
        first = node.args[0]
        for choice in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
            pattern = get_pattern(choice)
            if pattern is None:
                continue
            if counted:
                yield from ((f"{pattern}.{number}", node) for number in ("one", "many"))
            elif is_words(node.func):
                yield pattern, node


def find_constants() -> set[str]:
    """Return every literal of the code that has the form of a key, such as those that stand in lists."""
    return {
        node.value
        for node in read_nodes()
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z]+(\.[a-z_]+)+", node.value)
        and node.value.partition(".")[0] in PREFIXES
        and f"{node.value}.one" not in KEYS
        and not node.value.endswith((".css", ".html", ".js"))
    }


def expand(pattern: str) -> set[str]:
    return {pattern.format(value) for value in PATTERNS[pattern]} if "{}" in pattern else {pattern}


def test_every_key_has_words_in_both_languages_with_the_same_slots() -> None:
    assert TEXTS["vi"].keys() == TEXTS["en"].keys()
    assert {key: find_slots(text) for key, text in TEXTS["vi"].items()} == {
        key: find_slots(text) for key, text in TEXTS["en"].items()
    }


def test_a_key_stands_once_in_the_file() -> None:
    keys = re.findall(r"^  ([a-z_.]+):", RAW.decode("utf-8"), re.MULTILINE)
    assert sorted(keys) == sorted(KEYS)


def test_every_pattern_of_keys_in_the_code_is_known_here() -> None:
    assert {pattern for pattern, _ in find_calls() if "{}" in pattern} == set(PATTERNS)


def test_every_key_that_the_code_asks_for_is_there() -> None:
    asked = {key for pattern, _ in find_calls() for key in expand(pattern)} | find_constants()
    assert len(asked) > 100
    assert sorted(asked - KEYS) == []


def test_every_key_of_the_file_is_asked_for() -> None:
    asked = {key for pattern, _ in find_calls() for key in expand(pattern)} | find_constants()
    assert sorted(KEYS - asked) == []


def test_every_call_fills_the_slots_of_its_words() -> None:
    missing = {}
    for pattern, call in find_calls():
        given = {keyword.arg for keyword in call.keywords if keyword.arg}
        if any(keyword.arg is None for keyword in call.keywords):
            continue
        if pattern.endswith((".one", ".many")):
            given = {"n"}
        for key in expand(pattern):
            slots = find_slots(TEXTS["en"][key])
            if slots - given:
                missing[key] = slots - given
    assert missing == {}


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("kind", Kind),
        ("nature", (*Nature, CHANGE)),
        ("qualifier", Qualifier),
        ("view", View),
        ("verdict", VERDICTS),
        ("conclusion", Conclusion),
        ("notice", NoticeKind),
    ],
)
def test_every_value_that_the_page_names_has_words_and_no_words_are_left_over(
    prefix: str, values: Iterable[str]
) -> None:
    assert {key for key in KEYS if key.startswith(f"{prefix}.")} == {f"{prefix}.{value}" for value in values}


def test_every_column_and_every_filter_has_words() -> None:
    assert {f"table.{column}" for column in SORTS} <= KEYS
    assert {"filter.exact", "filter.hedged", "filter.unstated"} <= KEYS


def test_no_words_are_the_same_in_both_languages_by_oversight() -> None:
    same = {
        key
        for key in KEYS
        if TEXTS["vi"][key] == TEXTS["en"][key] and re.search(r"[A-Za-z]{3}", re.sub(r"{\w+}", "", TEXTS["en"][key]))
    }
    assert same == {"data.json", "panel.csv", "province.iso"} & same


def test_a_counted_noun_agrees_with_its_number() -> None:
    assert [WORDING["en"].count("count.figures", number) for number in (0, 1, 2)] == [
        "0 figures",
        "1 figure",
        "2 figures",
    ]
    assert [WORDING["vi"].count("count.figures", number) for number in (1, 2)] == ["1 số liệu", "2 số liệu"]


def test_a_text_in_one_language_is_better_than_none() -> None:
    vi, en = WORDING["vi"], WORDING["en"]
    assert [words.choose("một", "one") for words in (vi, en)] == ["một", "one"]
    assert [words.choose(None, "one") for words in (vi, en)] == ["one", "one"]
    assert [words.choose("một", "") for words in (vi, en)] == ["một", "một"]
    assert [words.choose(None, None) for words in (vi, en)] == ["", ""]


def test_what_fills_a_slot_is_never_read_as_a_slot() -> None:
    words = WORDING["en"]
    assert (
        words("claim.part", figure="{figure} {0} %s {{}}") == "Part of {figure} {0} %s {{}}; the two must not be added."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "wording:\n  a.b: {vi: một}\n  a.c: {vi: hai, en: two, fr: deux}\n",
            "line 2: `en` is missing\nline 3: unknown key «fr»: none is known",
        ),
        (
            "wording:\n  a.b: {vi: một, en: one}\n  a.b: {vi: hai, en: two}\n",
            "line 3: the key «a.b» stands twice (first on line 2): keep one",
        ),
        ("", "line 1: is empty"),
    ],
)
def test_broken_words_are_refused_with_every_fault_and_its_line(text: str, message: str) -> None:
    with pytest.raises(ValueError, match="line") as refused:
        parse_wording(text.encode())
    assert str(refused.value) == f"data/wording.yaml: {message}"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "  claim.part: {vi: 'Một phần', en: 'Part of {figure}'}\n  count.figures.one: {vi: '{n', en: '{n'}\n",
            [
                "line 2: claim.part: its {slots} are not the same in both languages: copy them from the other one",
                "line 3: count.figures.one: its {slots} are not the same in both languages: "
                "copy them from the other one",
            ],
        ),
        (
            "  claim.part: {vi: '{fig}', en: '{fig}'}\n  nav.skip: {vi: '{}', en: '{}'}\n",
            [
                "line 2: claim.part: nothing fills its slot {fig}: take it out, or write it as the program does",
                "line 3: nav.skip: nothing fills its slot {}: take it out, or write it as the program does",
            ],
        ),
        (
            "  claim.part: {vi: '{figure.__class__}', en: '{figure.__class__}'}\n",
            [
                "line 2: claim.part: nothing fills its slot {figure.__class__}: "
                "take it out, or write it as the program does"
            ],
        ),
    ],
)
def test_words_that_the_page_cannot_say_are_refused(text: str, faults: list[str]) -> None:
    with pytest.raises(ValueError, match=r"^data/wording\.yaml: line ") as refused:
        parse_wording(f"wording:\n{text}".encode())
    assert str(refused.value) == "data/wording.yaml: " + "\n".join(faults)


def test_what_a_file_leaves_out_is_said_in_the_programs_own_words() -> None:
    words = parse_wording(b"wording:\n  claim.part: {vi: '{{{figure}}}', en: '{figure}'}\n")
    assert (words["vi"]("claim.part", figure=3), words["en"]("claim.part", figure=3)) == ("{3}", "3")
    assert words["en"]("title") == "Reported figures"


def test_the_file_is_plain_to_any_reader_of_yaml() -> None:
    assert yaml.safe_load(Path(REPOSITORY / "data/wording.yaml").read_text("utf-8"))["wording"].keys() == KEYS
