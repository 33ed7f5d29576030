from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.text.numerals import parse_numeral

MUST_READ = {
    "0": "0",
    "05": "5",
    "72": "72",
    "0,9": "0.9",
    "30,02": "30.02",
    "1.962": "1962",
    "640.000.000": "640000000",
    "5.825,41": "5825.41",
    "12,345": "12.345",
    "3,1 tỷ": "3100000000",
    "3,1tỷ": "3100000000",
    "3,1\u00a0tỷ": "3100000000",
    "6.006,7 tỷ": "6006700000000",
    "21, 218 tỷ": "21218000000",
    "1,4 tỉ": "1400000000",
    "719 triệu": "719000000",
    "500 nghìn": "500000",
    "500 ngàn": "500000",
    "30 vạn": "300000",
    "3 trăm triệu": "300000000",
    "12 nghìn tỷ": "12000000000000",
    "2 triệu tỷ": "2000000000000000",
    "1 tỷ 200 triệu": "1200000000",
    "2 tỷ rưỡi": "2500000000",
    "5 TRIỆU": "5000000",
    "một": "1",
    "Hai": "2",
    "năm": "5",
    "bẩy": "7",
    "mười": "10",
    "mười một": "11",
    "mười lăm": "15",
    "hai mươi": "20",
    "hai mươi mốt": "21",
    "hai mươi tư": "24",
    "hai mươi lăm": "25",
    "hai lăm": "25",
    "năm mươi": "50",
    "hai chục": "20",
    "một trăm": "100",
    "một trăm linh năm": "105",
    "một trăm lẻ hai": "102",
    "một trăm rưỡi": "150",
    "ba trăm năm mươi": "350",
    "một nghìn hai trăm": "1200",
    "hai nghìn không trăm mười lăm": "2015",
    "hai triệu rưỡi": "2500000",
    "ba trăm linh hai triệu": "302000000",
    "hai trăm nghìn tỷ": "200000000000000",
    "một triệu hai": "1200000",
    "một tỷ tư": "1400000000",
    "hai trăm nghìn ba": "200300",
    "2 triệu 3": "2300000",
    "1 tỷ hai": "1200000000",
    "½": "0.5",
    "2½": "2.5",
    "1.200¾": "1200.75",
    "nửa": "0.5",
    "một nửa": "0.5",
}

MUST_REFUSE = {
    "": "an empty text is no numeral",
    " 5": "white space around a numeral",
    "0.5": "a full stop groups three digits, and '5' is not three",
    "1.23.456": "a full stop groups three digits, and '23' is not three",
    "0.500": "'0' is no first group of a number grouped by threes",
    "0123.456": "'0123' is no first group of a number grouped by threes",
    "12,345,67": "more than one decimal comma",
    "1,234.5": "a full stop after the decimal comma",
    "12,": "it ends with ','",
    "12.": "it ends with '.'",
    "1234567890123456": "more than 15 digits",
    "６４０": "'６４０' is not made of the digits 0-9, '.' and ','",
    "-5": "'-5' is no number word here",
    "+5": "'+5' is no number word here",
    "nan": "'nan' is no number word here",
    "1e5": "'e5' is no multiplier",
    "1_000": "'_000' is no multiplier",
    "12 kg": "'kg' is no multiplier",
    "1 2": "'2' is no multiplier",
    "2 triệu 3 4": "'3' does not continue the number before it",
    "2 trăm 3": "'3' does not continue the number before it",
    "2 triệu 3 tỷ": "'tỷ' does not continue the number before it",
    "tỷ": "'tỷ' is no number word here",
    "hàng chục": "'hàng' is no number word here",
    "tư": "'tư' is no number word here",
    "không": "'không' is no number word here",
    "hai năm": "'năm' does not continue the number before it",
    "một trăm hai": "'hai' does not continue the number before it",
    "⅓": "'⅓' is no number word here",
}


@pytest.mark.parametrize(("text", "value"), MUST_READ.items())
def test_a_numeral_is_read_whole(text: str, value: str) -> None:
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize("text", [pytest.param(text, id=f"{text}: {why}") for text, why in MUST_REFUSE.items()])
def test_what_breaks_a_rule_is_refused(text: str) -> None:
    assert parse_numeral(text) is None


def test_a_whole_value_is_written_without_decimals() -> None:
    assert str(parse_numeral("6.006,7 tỷ")) == "6006700000000"


@settings(deadline=None)
@given(st.integers(0, 10**15 - 1))
def test_every_whole_number_grouped_by_threes_reads_back(number: int) -> None:
    assert parse_numeral(f"{number:,}".replace(",", ".")) == number == parse_numeral(str(number))


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    value = parse_numeral(text)
    assert value is None or value >= 0


@settings(deadline=None)
@given(st.integers(0, 1_000_000_000))
def test_a_decimal_mark_is_a_comma_whatever_the_digits(number: int) -> None:
    assert parse_numeral(f"0,{number}") == Decimal(f"0.{number}")
