import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.claims.yaml.scalars import format_scalar
from extract.claims.yaml.strict import DEEPEST, parse_yaml
from extract.claims.yaml.text import YamlProblem

SYNTAX = "; mind quotes, brackets and indentation"
CONFLICT = "is a conflict marker of a merge: decide for one of the two versions and take the markers out"
DEEP = "is nested deeper than 20 levels: no file here needs that; a bracket may be left open"
NUL = "holds a NUL character: it is no text, or it was saved as UTF-16; save it as UTF-8"
COMMENT = "` #` begins a comment and cuts the text: quote the text, or put two spaces before the comment"


def test_every_scalar_is_the_text_that_stands_there() -> None:
    raw = b"a: no\nb: 05\nc: 640.000\nd: 12:30\ne: 1_000\nf: 2021-06-30\ng: 0x1F\nh:\ni: ''\nj: .nan\nk: [yes, 1e3]\n"
    assert parse_yaml(raw).root == {
        "a": "no",
        "b": "05",
        "c": "640.000",
        "d": "12:30",
        "e": "1_000",
        "f": "2021-06-30",
        "g": "0x1F",
        "h": "",
        "i": "",
        "j": ".nan",
        "k": ["yes", "1e3"],
    }


def test_a_byte_order_mark_at_the_beginning_is_no_part_of_the_file() -> None:
    with_mark, without = parse_yaml(b"\xef\xbb\xbfa: 1\nb: x  # c\n"), parse_yaml(b"a: 1\nb: x  # c\n")
    assert with_mark == without
    assert with_mark.root == {"a": "1", "b": "x"}


def test_every_key_and_item_has_its_line() -> None:
    raw = "# một\na:\n  - x: 1\n    y: {z: 2}\n  -\n    - hai\n".encode()
    assert parse_yaml(raw).lines == {
        (): 1,
        ("a",): 2,
        ("a", 0): 3,
        ("a", 0, "x"): 3,
        ("a", 0, "y"): 4,
        ("a", 0, "y", "z"): 4,
        ("a", 1): 6,
        ("a", 1, 0): 6,
    }


REFUSED = {
    "nothing": (b"", [(1, "is empty")]),
    "a comment alone": (b"# later\n", [(1, "is empty")]),
    "an empty document": (b"---\n", [(1, "is empty")]),
    "a repeated key": (b"a: 1\nb: 2\na: 3\n", [(3, "the key «a» stands twice (first on line 1): keep one")]),
    "a key three times": (
        b"a: 1\na: 2\na: 3\n",
        [
            (2, "the key «a» stands twice (first on line 1): keep one"),
            (3, "the key «a» stands twice (first on line 1): keep one"),
        ],
    ),
    "an anchor and its alias": (
        b"a: &x 1\nb: *x\n",
        [(1, "holds an anchor (`&x`): take it out"), (2, "holds an alias (`*x`): write the value out")],
    ),
    "an alias as a key": (
        b"*x : 1\n",
        [(1, "holds an alias (`*x`): write the value out"), (1, "has an alias as a key: a key is one word")],
    ),
    "a tag": (
        b"a: !!python/object:os.system x\n",
        [(1, "holds a tag (`tag:yaml.org,2002:python/object:os.system`): take it out, every value is read as text")],
    ),
    "a tag of a list": (b"a: !x [1]\n", [(1, "holds a tag (`!x`): take it out, every value is read as text")]),
    "a merge": (b"<<: {a: 1}\nb: 2\n", [(1, "holds a merge key (`<<`): write the keys out")]),
    "a list as a key": (b"? [a]\n: b\n", [(1, "has a mapping or a list as a key: a key is one word")]),
    "two documents": (b"a: 1\n---\nb: 2\n", [(2, "begins a second document (`---`): keep one to a file")]),
    "a tilde": (b"a: ~\n", [(1, "`~` is a text here, not an empty value: leave the value empty, or quote the text")]),
    "a null": (
        b"a: null\n",
        [(1, "`null` is a text here, not an empty value: leave the value empty, or quote the text")],
    ),
    "a cut text": ("tên: Tổ #5\n".encode(), [(1, COMMENT)]),
    "a cut empty text": (b"a: #5\n", [(1, COMMENT)]),
    "a tab": (b"a:\n\tb: 1\n", [(2, "is indented by a tab: use spaces")]),
    "a merge conflict": (
        b"a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n",
        [(2, CONFLICT), (4, CONFLICT), (6, CONFLICT)],
    ),
    "a NUL": (b"a: 1\nb: \0\0\n", [(2, NUL)]),
    "UTF-16 with a mark": ("a: 1\n".encode("utf-16"), [(1, "is UTF-16: save it as UTF-8")]),
    "UTF-16 without one": ("a: 1\n".encode("utf-16-le"), [(1, NUL), (2, NUL)]),
    "a byte-order mark inside": (
        "a: \ufeff1\n".encode(),
        [(1, "holds U+FEFF (ZERO WIDTH NO-BREAK SPACE), which cannot be seen: take it out")],
    ),
    "another encoding": (
        "a: 1\ntên: 2\n".encode("cp1252"),
        [(2, "is not UTF-8: byte 0xEA at byte 2 of this line; save it as UTF-8")],
    ),
    "half a letter": (
        "a: 1\nb: vụ".encode()[:-1],
        [(2, "ends in the middle of a letter: the file was cut off; save it again whole")],
    ),
    "a line separator": (
        "a: 1\u2028b: 2\n".encode(),
        [
            (
                1,
                "holds U+2028 (LINE SEPARATOR), which some programs count as the end of a line:"
                " replace it by a line feed or a space",
            )
        ],
    ),
    "a next-line control": (
        "a: 1\nb: \u0085\n".encode(),
        [
            (
                2,
                "holds U+0085 (a control character), which some programs count as the end of a line:"
                " replace it by a line feed or a space",
            )
        ],
    ),
    "a lone carriage return": (
        b"a: 1\rb: 2\n",
        [
            (
                1,
                "holds U+000D (a control character), which some programs count as the end of a line:"
                " replace it by a line feed or a space",
            )
        ],
    ),
    "a bell": (b"a: 1\r\nb: \x07\r\n", [(2, "holds U+0007 (a control character), which cannot be seen: take it out")]),
    "a colon in a text": (
        b"a: 1\nb: c: d\n",
        [(2, "is not valid YAML: a `: ` stands where no key can; mind the indentation, or put the text in quotes")],
    ),
    "a reserved character": (
        b"a: @b\n",
        [(1, "is not valid YAML: a text begins with a character that YAML reserves; put the text in quotes")],
    ),
    "an open bracket": (
        b"a: 1\nb: {c: 1\n",
        [
            (
                3,
                "is not valid YAML: did not find expected ',' or '}',"
                f" while parsing a flow mapping begun on line 2{SYNTAX}",
            )
        ],
    ),
    "an open quote": (
        b"a: 'b\nc: d\n",
        [
            (
                3,
                "is not valid YAML: found unexpected end of stream,"
                f" while scanning a quoted scalar begun on line 1{SYNTAX}",
            )
        ],
    ),
    "wrong indentation": (
        b"a:\n  b: 1\n c: 2\n",
        [
            (
                3,
                f"is not valid YAML: did not find expected key, while parsing a block mapping begun on line 1{SYNTAX}",
            )
        ],
    ),
}


@pytest.mark.parametrize(("raw", "problems"), REFUSED.values(), ids=REFUSED)
def test_refused(raw: bytes, problems: list[tuple[int, str]]) -> None:
    assert list(parse_yaml(raw).problems) == [YamlProblem(*problem) for problem in problems]


@pytest.mark.parametrize("opening", [b"[", b"- ", b"{a: ", b"? ", b"? - "])
@pytest.mark.parametrize("count", [DEEPEST + 1, 30_000, 60_000])
def test_deep_nesting_is_refused_without_ending_the_process(opening: bytes, count: int) -> None:
    [problem] = parse_yaml(opening * count).problems
    assert problem in (YamlProblem(1, DEEP), YamlProblem(1, "has a mapping or a list as a key: a key is one word"))


def test_nesting_as_deep_as_allowed_is_read() -> None:
    assert parse_yaml(b"[" * DEEPEST + b"]" * DEEPEST).problems == ()


def test_bomb_of_aliases_is_refused_and_never_unfolded() -> None:
    bomb = b"a: &a [x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (i + 1, i + 1, i, i) for i in range(97, 117))
    tree = parse_yaml(bomb)
    assert len(tree.problems) == 61
    assert tree.root is not None


def test_all_faults_of_a_file_are_found_in_one_pass() -> None:
    raw = b"a: &x 1\na: 2\nb: *x\nc: !t 3\n<<: {d: 4}\ne: ~\nf: g #5\n"
    assert [problem.line for problem in parse_yaml(raw).problems] == [1, 2, 3, 4, 5, 6, 7]


def test_comment_two_spaces_away_from_its_text_is_no_fault() -> None:
    tree = parse_yaml("a: vụ  # một\nb: 'hai' # hai\nc:  # ba\n# bốn\nd: x#y\n".encode())
    assert tree.problems == ()
    assert tree.root == {"a": "vụ", "b": "hai", "c": "", "d": "x#y"}


def test_quoted_merge_key_is_a_key_like_any_other() -> None:
    tree = parse_yaml(b"'<<': 1\n")
    assert (tree.root, tree.problems) == ({"<<": "1"}, ())


def test_values_under_a_repeated_key_leave_the_first_alone() -> None:
    tree = parse_yaml(b"a: {b: 1}\na: {b: 2, c: 3}\n")
    assert tree.root == {"a": {"b": "1"}}
    assert tree.lines["a", "b"] == 1


def test_values_under_a_key_that_stands_three_times_are_not_held_against_each_other() -> None:
    problems = parse_yaml(b"a: {b: 1}\na: {b: 2}\na: {b: 3}\n").problems
    assert [problem.message for problem in problems] == ["the key «a» stands twice (first on line 1): keep one"] * 2


@given(st.text())
def test_any_text_written_as_a_scalar_reads_back_the_same(text: str) -> None:
    written = f"a: {format_scalar(text)}\nb: {{c: {format_scalar(text)}, d: [{format_scalar(text)}]}}\n"
    tree = parse_yaml(written.encode())
    assert tree.problems == ()
    assert tree.root == {"a": text, "b": {"c": text, "d": [text]}}


@given(st.binary(max_size=200) | st.text(alphabet="a: -[]{}#&*!|>'\"%@`\n\t,?~<x1", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused_and_never_crash(raw: bytes) -> None:
    tree = parse_yaml(raw)
    assert tree.root is not None or tree.problems
    assert all(problem.line >= 1 for problem in tree.problems)
