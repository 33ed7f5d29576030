import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.text import mentions, values, words
from extract.text.leads import LEADS
from extract.text.mentions import Kind, Mention, find_mentions
from extract.text.nouns import KNOWN, NOT_COUNTED, NOT_NOUNS, find_counted_noun
from extract.text.numerals import parse_numeral
from extract.text.sentences import find_sentences
from extract.text.shapes import EVERY_SHAPE, SHAPES, find_shape
from extract.text.texts import read_article
from extract.text.words import read_words, word_set

READINGS = Path(__file__).parent / "readings"
SEEDS = Path(__file__).parents[2] / "seeds"
WORDS_FOLDER = Path(words.__file__).parent


def read_table(path: Path) -> list[tuple[str, list[str]]]:
    """Return the sentences of a table, each with its numbers as they should be read."""
    table: list[tuple[str, list[str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            table[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            table.append((line, []))
    return table


def write_value(value: values.Value) -> str:
    if value is None:
        return "-"
    return f"[{value[0]}, {value[1]}]" if isinstance(value, tuple) else str(value)


def write_mention(mention: Mention) -> str:
    parts = (write_value(mention.value), mention.unit or "-", mention.qualifier or "-", str(mention.kind))
    return " | ".join((mention.text, *parts))


def read_one(text: str) -> str:
    (mention,) = find_mentions(text)
    return write_mention(mention)


@pytest.mark.parametrize(("text", "numbers"), read_table(READINGS / "must_read.txt"))
def test_every_number_of_a_sentence_is_read(text: str, numbers: list[str]) -> None:
    assert [write_mention(mention) for mention in find_mentions(text)] == numbers


@pytest.mark.parametrize(("text", "numbers"), read_table(READINGS / "must_refuse.txt"))
def test_a_number_that_does_not_parse_whole_is_refused_whole(text: str, numbers: list[str]) -> None:
    found = find_mentions(text)
    assert [f"{mention.text} | {mention.unit or '-'}" for mention in found] == numbers
    assert [mention.value for mention in found] == [None]


@pytest.mark.xfail(reason="a known gap of the grammar")
@pytest.mark.parametrize(("text", "numbers"), read_table(READINGS / "known_gaps.txt"))
def test_known_gaps_are_still_gaps(text: str, numbers: list[str]) -> None:
    assert [write_mention(mention) for mention in find_mentions(text)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "Bộ Tư lệnh Cảnh sát biển",
        "tỷ lệ, tỷ trọng, tỷ giá và tỷ phú",
        "linh kiện và linh hoạt",
        "không có ai",
        "triệu tập, triệu hồi và triệu chứng",
        "Đại tá, Thượng tá, Thiếu tá",
        "đường Hai Bà Trưng, quận Ba Đình",
        "ông Nguyễn Văn Năm và bà Lê Thị Tư",
        "thống nhất, lớn nhất, nhất là ở cơ sở",
        "ngã ba, ngã tư, ngã năm",
        "mỗi năm, hằng năm, năm nay, năm đầu tiên, nhiều năm liền",
        "hàng hóa, hàng cấm, hàng rào",
        "HÀNH VI VÀ XI MĂNG",
        "A- A A+ | Tăng tương phản",
        "thứ Hai tuần sau",
        "",
        " \n\t\u00a0",
    ],
)
def test_what_is_no_number_is_not_read_as_one(text: str) -> None:
    assert find_mentions(text) == []


@pytest.mark.parametrize("unit", ["m2", "m3", "km2", "m2 đất", "cm3"])
def test_the_power_of_a_measure_is_no_number(unit: str) -> None:
    assert [mention.text for mention in find_mentions(f"Rừng bị phá 3.500 {unit}.")] == ["3.500"]
    assert [mention.text for mention in find_mentions(f"Rừng bị phá 120{unit}.")] == ["120"]


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("Theo Nghị định 168.", [True]),
        ("Ngày 22/10/2010 có 5 vụ.", [True, True]),
        ("Số vụ: Ia Bang (14), Ia Tơr (3).", [False, False]),
        ("Theo làng: Plei Bông 8, Plei Tao 6.", [False, False]),
        ("Trong tháng 5 lực lượng chức năng bắt 3 người.", [False, True]),
        ("Tại 12 Lý Thường Kiệt.", [False]),
        ("Xét xử ngày 7 và 8/6 xong.", [True, True]),
        ("Làng Ia Púch 5/6 nhà; Ia Drăng 6/7.", [True, False]),
        ("Tại bản Chu va 12.", [False]),
        ("Đêm thứ ba ở chốt.", [False]),
        ("Lần thứ ba ở chốt.", [True]),
        ("Sau 45 ngày tuần tra, bắt 5 người.", [False, True]),
    ],
)
def test_a_mention_whose_kind_a_weaker_rule_set_says_so(text: str, certain: list[bool]) -> None:
    assert [mention.is_certain for mention in find_mentions(text)] == certain


def test_decomposed_letters_and_look_alikes_keep_the_words_of_the_file() -> None:
    (clause, money) = find_mentions("Theo Ðiều 21, phạt 9 triệu Ðồng.")
    assert (clause.kind, money.value, money.unit) == (Kind.CLAUSE, Decimal(9_000_000), "Ðồng")


def test_a_mention_says_where_it_stands() -> None:
    text = "Hội nghị.\r\nPhạt gần 640.000.000 đồng."
    assert find_mentions(text) == [
        Mention(
            start=20,
            end=31,
            text="640.000.000",
            value=Decimal(640_000_000),
            unit="đồng",
            qualifier="gần",
            kind=Kind.FIGURE,
        )
    ]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\t", "\u202f", "  "])
def test_any_white_space_may_stand_between_number_and_unit(space: str) -> None:
    assert read_one(f"thu 28{space}kg") == "28 | 28 | kg | - | figure"
    assert find_mentions(f"thu 3,1{space}tỷ đồng")[0].value == Decimal(3_100_000_000)


@pytest.mark.parametrize(
    "noun", ["hóa đơn", "hoá đơn", "thủy thủ", "thuỷ thủ", "tòa nhà", "toà nhà", "ủy viên", "uỷ viên"]
)
def test_both_spellings_of_a_tone_mark_are_the_same_noun(noun: str) -> None:
    assert find_mentions(f"có 3 {noun}")[0].unit == noun


@pytest.mark.parametrize("digits", ["６４", "٣٤", "12３"])
def test_digits_of_another_script_are_found_but_not_valued(digits: str) -> None:
    (mention,) = find_mentions(f"thu {digits} kg")
    assert (mention.text, mention.value) == (digits, None)


def test_a_run_of_digits_too_long_for_a_figure_has_no_value() -> None:
    (mention,) = find_mentions("thu " + "9" * 5000 + " kg")
    assert (len(mention.text), mention.value) == (5000, None)


def read_seed(name: str) -> list[str]:
    (path,) = SEEDS.glob(f"{name}_*.txt")
    return [write_mention(mention) for mention in find_mentions(read_article(path).text)]


def test_the_interview_of_seed_000_has_six_numbers_and_no_figure() -> None:
    assert read_seed("000") == [
        "76 | 76 | năm | - | anniversary",
        "12/7/1946 – 12/7/2022 | - | - | - | date",
        "một | 1 | - | - | other",
        "một | 1 | - | - | other",
        "một | 1 | - | - | other",
        "một | 1 | - | - | other",
    ]


def test_the_figures_of_seed_002_are_read() -> None:
    assert [line for line in read_seed("002") if line.endswith("figure")] == [
        "nửa | 0.5 | thế kỷ | hơn | figure",
        "hàng chục | - | phương án | - | figure",
        "05 | 5 | vụ | - | figure",
        "67 | 67 | trường hợp | - | figure",
        "258 | 258 | cơ sở | - | figure",
        "640.000.000 | 640000000 | đồng | gần | figure",
        "53 | 53 | lượt | - | figure",
        "34.000 | 34000 | lượt | khoảng | figure",
        "5 | 5 | năm | - | figure",
        "hàng chục | - | lần | - | figure",
    ]


def test_the_figures_of_seed_003_are_read() -> None:
    assert [line for line in read_seed("003") if line.endswith("figure")] == [
        "3 | 3 | lực lượng | - | figure",
        "29 | 29 | mô hình | - | figure",
        "1 | 1 | mô hình | - | figure",
        "1 | 1 | phường | - | figure",
        "1.962/1.969 | [1962, 1969] | thôn | - | figure",
        "976/1.056 | [976, 1056] | cơ quan | - | figure",
        "171/181 | [171, 181] | xã | - | figure",
        "6 | 6 | huyện | - | figure",
        "3 | 3 | lực lượng | - | figure",
        "1 | 1 | vụ án | - | figure",
        "72 | 72 | vụ | - | figure",
        "144 | 144 | đối tượng | - | figure",
        "6 | 6 | vụ | - | figure",
        "7 | 7 | đối tượng | - | figure",
        "13 | 13 | bánh | - | figure",
        "28 | 28 | kg | - | figure",
        "0,9 | 0.9 | kg | - | figure",
        "238.000 | 238000 | viên | - | figure",
        *["3 | 3 | lực lượng | - | figure"] * 4,
        "ba | 3 | lực lượng | - | figure",
    ]


def test_the_stray_page_number_of_seed_001_is_no_figure() -> None:
    assert [line for line in read_seed("001") if line.startswith("9 ")] == ["9 | 9 | - | - | other"]


def test_the_mentions_of_seed_004_that_are_no_figures_keep_their_kinds() -> None:
    assert [line for line in read_seed("004") if not line.endswith(("figure", "date"))] == [
        "00:00 | - | - | - | time",
        "GMT+7 | - | - | - | time",
        "10 | 10 | năm | - | anniversary",
        "70 | 70 | năm | - | anniversary",
        "747 | 747 | - | - | document",
        "PV28 | - | - | - | other",
        "3 | 3 | - | - | ordinal",
        "Một | 1 | - | - | clause",
        "11 | 11 | năm | - | anniversary",
        "Hai | 2 | - | - | clause",
        "Ba | 3 | - | - | clause",
        "747 | 747 | - | - | document",
        "PV28 | - | - | - | other",
        "Bốn | 4 | - | - | clause",
    ]


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_a_sentence_alone_reads_as_it_does_in_its_article(path: Path) -> None:
    text = read_article(path).text
    apart = [
        (mention.start + span.start, write_mention(mention))
        for span in find_sentences(text)
        for mention in find_mentions(text[span.start : span.end])
    ]
    assert apart == [(mention.start, write_mention(mention)) for mention in find_mentions(text)]
    assert apart


PIECES = (
    "năm một hai ba mười mươi lăm trăm nghìn triệu tỷ rưỡi nửa chục hàng vài thứ ngày tháng quý giờ phút số Điều khoản "
    "khóa XVI vụ đối tượng đồng kg m2 m3 % / - – . , : ; ( ) “ ” ... … gần hơn trên dưới trở lên từ đến tuổi tù 5 12 "
    "168 2021 1.962 0,9 1.23.4 20/5 20/5/2021 7-2 13h15 PV28 37C-062.02 168/2024/NĐ-CP Km 81+200 Ba Hai Năm VỤ Covid-19"
)
WORDS = st.sampled_from([*PIECES.split(), "\u00a0", "\n"])
TEXTS = st.one_of(
    st.lists(WORDS, max_size=25).map(" ".join),
    st.lists(WORDS, max_size=25).map("".join),
    st.text(max_size=80),
    st.text(alphabet="0123456789.,/-–: năMIXhgkm%đồtỷ(\n", max_size=60),
)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_whatever_the_text_mentions_are_in_order_and_leave_no_digit_out(text: str) -> None:
    found = find_mentions(text)
    inside = set[int]()
    last = 0
    for mention in found:
        assert last <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        inside.update(range(mention.start, mention.end))
        last = mention.end
    left = [at for at, character in enumerate(text) if character in "0123456789" and at not in inside]
    assert all(text[at] in "23" and text[at - 1] in "mM" for at in left)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_the_mark_after_the_first_digits_rules_out_no_shape_that_fits(text: str) -> None:
    for at, character in enumerate(text):
        if character.isdecimal():
            every = EVERY_SHAPE.match(text, at)
            assert every is not None
            assert find_shape(text, at) == (every.end(), every.lastgroup)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_a_plain_count_reads_as_it_would_by_the_rules(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mentions, "_is_plain_count", lambda *_: False)
        by_the_rules = find_mentions(text)
    assert find_mentions(text) == by_the_rules


def count_calls(text: str) -> int:
    """Return how many functions are called while the numbers of a text are found."""
    calls = Counter[str]()
    sys.setprofile(lambda _frame, event, _argument: calls.update([event]))
    try:
        find_mentions(text)
    finally:
        sys.setprofile(None)
    return calls["call"] + calls["c_call"]


@pytest.mark.parametrize("end", [".\n", ", "])
def test_work_grows_with_the_text_however_long_a_sentence_is(end: str) -> None:
    piece = f"Năm 2021, quận 2 bắt gần 72 vụ/144 đối tượng (12 nữ), phạt 3,1 tỷ đồng trong 7 ngày Tết{end}"
    few, many = count_calls(piece * 20), count_calls(piece * 200)
    assert many < 10.1 * few


@settings(max_examples=300, deadline=None)
@given(st.decimals(0, 10**9, places=2), st.sampled_from(["kg", "vụ", "triệu đồng", "%", "người"]))
def test_a_number_written_the_vietnamese_way_reads_back(number: Decimal, unit: str) -> None:
    whole, _, decimals = f"{number:,.2f}".partition(".")
    written = f"{whole.replace(',', '.')},{decimals}"
    (mention,) = find_mentions(f"Thu giữ {written} {unit} hàng cấm.")
    scale = 1_000_000 if unit.startswith("triệu") else 1
    assert mention.value == number * scale == parse_numeral(mention.text)


def find_lists(table: object) -> Iterator[str]:
    """Yield every list of words of a table, however deep it stands."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict | list):
        for part in table.values() if isinstance(table, dict) else table:
            yield from find_lists(part)


@pytest.mark.parametrize("path", sorted(WORDS_FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_the_words_of_a_list_are_in_lower_case_and_stand_there_once(path: Path) -> None:
    for listed in find_lists(read_words(path.stem)):
        # Names are told from common words by their capitals: Hòa Bình is a province, hòa bình is peace.
        assert listed in (listed.lower(), read_words(path.stem).get("province", {}).get("names"))
        assert sorted(" ".join(word.split()) for word in listed.split(",")) == sorted(word_set(listed) - {""})


def test_no_words_of_the_lead_table_decide_twice() -> None:
    listed = [each for rule in LEADS for each in rule.words]
    assert sorted(listed) == sorted(set(listed))


def test_every_rule_and_shape_has_a_name_of_its_own() -> None:
    assert len({rule.name for rule in LEADS}) == len(LEADS)
    assert list(SHAPES)[-1] == "plain"


@pytest.mark.parametrize(
    ("after", "unit"),
    [
        (" vụ phạm pháp hình sự", "vụ"),
        (" vụ án", "vụ án"),
        (" xe gắn máy", "xe gắn máy"),
        (" điện thoại di động", "điện thoại"),
        (" lượt học sinh", "lượt"),
        (" Chương trình nêu trên", "Chương trình"),
        (" Trạm kiểm soát", "Trạm"),
        (" đồng/m3", "đồng/m3"),
        ("% số hộ", "%"),
        (" lóng gỗ", "lóng"),
        (" so với cùng kỳ", None),
        (" bị thương", None),
        (" Lạng Sơn", None),
        (", 5 vụ", None),
        ("", None),
    ],
)
def test_the_unit_is_the_shortest_counted_noun(after: str, unit: str | None) -> None:
    found = find_counted_noun(f"12{after}", 2)
    assert (found.text if found else None) == unit


def test_a_word_is_a_noun_or_none_and_its_rows_can_match() -> None:
    assert not KNOWN & NOT_COUNTED
    assert not KNOWN & NOT_NOUNS
    assert not {word for word in NOT_COUNTED if "-" in word}
    assert not {word for word in NOT_NOUNS if word.count("-") != 1}
