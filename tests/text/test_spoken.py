"""Numbers as people say them: a sum is read whole or refused, and of two numbers neither is read alone."""

from decimal import Decimal
from itertools import pairwise, product

import pytest

from extract.text.mentions import Kind
from tests.text.carriers import find_in_blank

CARRIERS = (
    "Ông góp {} đồng.",
    "Bán được {} một con.",
    "Xã có {} người dự.",
    "Thu về {}, mừng lắm.",
    "Cả thảy {} hộ.",
    "Mất hơn {}.",
)
SUMS = {
    "trăm rưỡi": "150",
    "trăm hai": None,
    "trăm tư nghìn": None,
    "trăm hai mươi nghìn": "120000",
    "nghìn mốt": "1100",
    "nghìn rưỡi": "1500",
    "hai chục rưỡi": "25",
    "ba trăm rưỡi": "350",
    "ba trăm tư": None,
    "bốn nghìn rưỡi": "4500",
    "hai triệu mốt": "2100000",
    "5 trăm tư": None,
    "3 nghìn hai": "3200",
    "3 nghìn rưỡi": "3500",
    "3tr6": None,
    "3,6tr": "3600000",
    "hai mươi lăm nghìn rưỡi": "25500",
    "ba trăm linh năm nghìn": "305000",
    "một triệu không trăm năm mươi nghìn": "1050000",
    "hai tỷ không trăm ba mươi triệu": "2030000000",
    "mười hai nghìn ba trăm": "12300",
    "hai mươi mốt triệu rưỡi": "21500000",
    "ba triệu sáu": "3600000",
    "chín mươi chín phẩy chín": "99.9",
    "hai phẩy bảy lăm triệu": "2750000",
    "nửa triệu": "500000",
    "năm chục": "50",
    "năm lăm": "55",
    "sáu tư": "64",
    "chín nhăm": "95",
    "hăm mốt": "21",
    "dăm chục": None,
    "vài trăm": None,
    "bạc triệu": None,
    "hàng tỷ": None,
    "mươi mười lăm": None,
}

DIGITS = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
OPENINGS = (
    "Mỗi đêm có",
    "Công an xã bắt",
    "Nhà nào cũng nuôi",
    "Đi mất",
    "Tới",
    "Ông chở",
    "Mỗi tổ",
    "Dân góp",
    "Chừng",
)
UNITS = ("người", "vụ", "xe máy", "con bò", "triệu đồng", "trăm nghìn đồng", "kg cá", "tháng", "phút", "tuổi", "hộ")


@pytest.mark.parametrize(("words", "value"), SUMS.items())
def test_a_sum_as_it_is_said_is_read_whole_or_refused(words: str, value: str | None) -> None:
    expected = None if value is None else Decimal(value)
    for carrier in CARRIERS:
        assert [each.value for each in find_in_blank(carrier, words)] == [expected], carrier.format(words)


@pytest.mark.parametrize("opening", OPENINGS)
def test_of_one_or_the_other_neither_is_read_alone(opening: str) -> None:
    wrong = []
    for (low, high), mark, unit in product(pairwise(DIGITS), (" ", ", "), UNITS):
        carrier, words = f"{opening} {{}} {unit} là thường.", f"{low}{mark}{high}"
        inside = find_in_blank(carrier, words)
        alone = [each for each in inside if each.kind is Kind.FIGURE and isinstance(each.value, Decimal)]
        if alone or not inside:
            wrong.append((carrier.format(words), [each.text for each in inside]))
    assert wrong == []
