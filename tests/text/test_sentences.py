from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.text.sentences import find_sentences
from extract.text.texts import read_article

SEEDS = Path(__file__).parents[2] / "seeds"


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Công an TP. Thái Nguyên bắt 2 đối tượng.", "Theo đó, thu 5kg."],
        ["Ảnh: H. Nụ"],
        ["Bị can H. khai nhận.", "Sau đó, chị T. trình báo."],
        ["Nạn nhân là anh H.", "Theo điều tra, anh đi một mình."],
        ["PGS. TS. Trần Văn A. Minh chủ trì."],
        ["Thu 1.500 viên, 0,9 kg.", "Phạt 3.000.000 đồng."],
        ["Hội nghị diễn ra ngày 15.6.", "Đến dự có 30 đại biểu."],
        ["Giai đoạn đến năm 2021.", "6 tháng đầu năm, xảy ra 5 vụ."],
        ["Các loại hàng cấm…", "Trong đó có pháo nổ..."],
        ["Ngăn chặn hàng giả, hàng lậu… qua biên giới."],
        ["Kết quả ra sao?", "Tốt!", "- Xin cảm ơn ông!"],
        ["“Đó là điểm nóng.”", "Ông cho biết thêm."],
        ["Chưa xảy ra kẹt xe”./.", "Vinh Quang/VOV"],
        ["*Một là*, tăng cường kiểm tra.", "*Hai là*, xử lý nghiêm."],
        ["Thẻ vàng: 4.", "Thẻ đỏ: 0.", "Phạt góc: 11."],
        ["Xếp hạng: 1. Hải Đông; 2. Kim Sơn; 3. Yên Mô."],
        ["(kontumtv.vn) – Thời gian qua, tình hình ổn định."],
        ["Máy chạy ở 55 độ C.", "Vị trí lắp máy chưa chọn."],
        ["Có 3 người thuộc nhóm B.", "Hai người được về."],
        ["Xem TP.HCM, www.bocongan.gov.vn và Th.S Nguyễn Văn A."],
    ],
)
def test_a_line_is_cut_where_its_sentences_end(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


@pytest.mark.parametrize("line", ["1. Tăng cường kiểm tra", "II. Kết quả", "a. Thực hiện", "Điều 3. Phạm vi áp dụng"])
def test_the_number_of_a_list_item_belongs_to_it(line: str) -> None:
    assert split(line) == [line]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n \u00a0\n", "\u2028"])
def test_a_line_end_ends_a_title_without_a_full_stop(end: str) -> None:
    assert split(f"Phát hiện 12 vụ{end}Ảnh: TL{end}") == ["Phát hiện 12 vụ", "Ảnh: TL"]


@pytest.mark.parametrize("text", ["", "  ", ".", "\n \n", " – \n…"])
def test_marks_alone_are_no_sentence(text: str) -> None:
    assert split(text) == []


def test_a_missing_space_after_the_mark_still_ends_a_sentence() -> None:
    assert split("Lợi dụng chức vụ của chúng…..Do vậy cần xử lý.Tại hội nghị, ông nói.") == [
        "Lợi dụng chức vụ của chúng…..",
        "Do vậy cần xử lý.",
        "Tại hội nghị, ông nói.",
    ]


def test_white_space_of_any_kind_stays_outside() -> None:
    assert split("\u00a0 Bắt 5 đối tượng. \u00a0 Thu 2 xe.\u00a0\t") == ["Bắt 5 đối tượng.", "Thu 2 xe."]


def test_seed_003_has_as_many_sentences_as_a_reader_counts() -> None:
    (path,) = SEEDS.glob("003_*.txt")
    found = split(read_article(path).text)
    assert len(found) == 26
    assert found[0] == "Tập trung đấu tranh với các loại tội phạm, đảm bảo an ninh quốc gia, an toàn xã hội"
    assert found[-1].endswith("tổ chức tốt diễn tập khu vực phòng thủ tỉnh năm 2022...")


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_a_sentence_of_a_seed_alone_is_one_sentence(path: Path) -> None:
    for sentence in split(read_article(path).text):
        assert split(sentence) == [sentence]


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="aB1ÁẤ.!?… \n\r“”()-:,\u00a0", max_size=60))
def test_sentences_are_in_order_trimmed_and_leave_no_letter_out(text: str) -> None:
    last = 0
    outside: list[str] = []
    for span in find_sentences(text):
        assert last <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        outside.append(text[last : span.start])
        last = span.end
    assert not any(map(str.isalnum, "".join(outside) + text[last:]))
