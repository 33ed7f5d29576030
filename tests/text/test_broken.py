"""Numbers broken as scanners and typists break them: none of their parts is ever read as the figure."""

from collections.abc import Callable, Iterator

import pytest

from extract.text.mentions import Kind
from extract.text.numerals import parse_numeral
from tests.text.carriers import find_in_blank

CARRIERS = (
    "Công an tỉnh thu giữ {} viên nén.",
    "Phạt tiền {} đồng.",
    "Chiếm đoạt hơn {} USD của nhiều bị hại.",
    "Toàn huyện có {} hộ ký cam kết.",
    "Đội 2 bắt giữ hơn {} người.",
    "Có thêm {} lượt xe qua cầu, tăng 3 lượt.",
    "Kết quả: {} vụ, 12 đối tượng.",
    "Lập biên bản {} trường hợp.",
    "Tổng cộng {} đồng đã nộp kho bạc.",
)
MEASURED = (
    "Thu giữ {} kg thuốc nổ.",
    "Tỷ lệ giải quyết đạt {}%, cao hơn năm trước.",
    "Xe chở tới {} tấn than.",
    "Đường mới dài {}km.",
    "Diện tích rừng bị phá là {} ha.",
)
WHOLE = ("15", "318", "1.204", "48.615", "271.350.000")
PARTED = ("0,5", "4,7", "92,45", "1.236,8")
LOOK_ALIKES = {"0": "OoQ", "1": "lI|i", "2": "Z", "5": "Ss", "6": "G", "8": "B"}
SPACES = (" ", "\u00a0", "\u2009", "\u202f")


def put_letters(number: str) -> Iterator[str]:
    """Yield a number with each of its digits in turn as letters that a scanner takes it for."""
    for place, digit in enumerate(number):
        for letter in LOOK_ALIKES.get(digit, ""):
            yield number[:place] + letter + number[place + 1 :]


def part_groups(number: str) -> Iterator[str]:
    """Yield a number with one of its full stops, or all of them, as spaces, apostrophes, or between spaces."""
    for mark in (*SPACES, "'", "’", "·", ". ", " .", " . ", "..", ".,"):
        for place, letter in enumerate(number):
            if letter == ".":
                yield number[:place] + mark + number[place + 1 :]
        yield number.replace(".", mark)


def part_decimals(number: str) -> Iterator[str]:
    """Yield a number with spaces beside its decimal mark, or the mark twice."""
    for mark in (", ", " ,", " , ", ",\u00a0", ",,"):
        yield number.replace(",", mark)


def part_digits(number: str) -> Iterator[str]:
    """Yield a number with a space between two of its digits."""
    for place in range(1, len(number)):
        if number[place - 1].isdigit() and number[place].isdigit():
            yield f"{number[:place]} {number[place:]}"


BREAKINGS = [
    *((way, number, CARRIERS) for way in (put_letters, part_digits) for number in WHOLE),
    *((part_groups, number, CARRIERS) for number in WHOLE if "." in number),
    *((put_letters, number, MEASURED) for number in PARTED),
    *((part_decimals, number, MEASURED) for number in PARTED),
]


@pytest.mark.parametrize(("breaking", "number", "carriers"), BREAKINGS)
def test_no_part_of_a_broken_number_is_read_as_the_figure(
    breaking: Callable[[str], Iterator[str]], number: str, carriers: tuple[str, ...]
) -> None:
    wrong = []
    for form in dict.fromkeys(breaking(number)):
        for carrier in carriers:
            inside = find_in_blank(carrier, form)
            values = {each.value for each in inside if each.kind is Kind.FIGURE}
            if not inside or values - {None, parse_numeral(number)}:
                wrong.append((carrier.format(form), [(each.text, each.value, each.kind) for each in inside]))
    assert wrong == []
