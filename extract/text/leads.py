"""Which kind of number the words right before it make it: a table of rules, each found by its name.

To add a rule, add a row to LEADS. What follows the number, and what it looks like, is judged in kinds.py.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from extract.text.nouns import phrase_set


class Kind(StrEnum):
    """What a number is said for."""

    FIGURE = "figure"
    DATE = "date"
    DOCUMENT = "document"
    ORDINAL = "ordinal"
    CLAUSE = "clause"
    TIME = "time"
    ANNIVERSARY = "anniversary"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A rule by the words right before a number; where `unless_counted`, a counted noun after it overrules them."""

    name: str
    kind: Kind
    words: str  # separated by "|"
    unless_counted: bool = True


LEADS: Final = (
    Lead(
        name="clause of a law",  # Điều 12, khoản 2, tiêu chí 19.2
        kind=Kind.CLAUSE,
        words="""
            điều|khoản|điểm|mục|tiểu mục|chương|phần|tiêu chí|tiêu chí số|phụ lục|phụ lục số|bài|câu|trang|mẫu số|
            biểu số|điều số
        """,
    ),
    Lead(
        name="caption",  # Ảnh 1: Lực lượng kiểm tra
        kind=Kind.CLAUSE,
        words="ảnh|hình|hình ảnh|bảng|biểu đồ|sơ đồ|biểu|phụ biểu|mẫu|mẫu biểu|biểu mẫu|video|clip",
    ),
    Lead(
        name="document by its short number",  # Nghị định 168, Kế hoạch 747; but: kế hoạch 5 năm
        kind=Kind.DOCUMENT,
        words="""
            nghị định|nghị quyết|nghi quyết|quyết định|chỉ thị|thông tư|thông tư liên tịch|công văn|công điện|
            kế hoạch|đề án|dự án|chương trình|thông báo|kết luận|hướng dẫn|quy định|pháp lệnh|luật|bộ luật|sắc lệnh|
            tờ trình|hiến pháp|văn bản|lệnh|giấy phép|hợp đồng|biên bản|bản án|báo cáo|quy chế|thông báo kết luận|
            nghị định thư|thư|chương trình hành động|nđ|nq|qđ|ct
        """,
    ),
    Lead(
        name="document by số",  # Kế hoạch số 747
        kind=Kind.DOCUMENT,
        words="""
            nghị định số|nghị quyết số|nghi quyết số|quyết định số|chỉ thị số|thông tư số|công văn số|công điện số|
            kế hoạch số|đề án số|dự án số|chương trình số|thông báo số|kết luận số|hướng dẫn số|quy định số|
            pháp lệnh số|luật số|sắc lệnh số|tờ trình số|văn bản số|lệnh số|giấy phép số|hợp đồng số|biên bản số|
            bản án số|báo cáo số|quy chế số|chứng chỉ số|liên tịch số|hành động số|công hàm số|tin báo số
        """,
        unless_counted=False,
    ),
    Lead(
        name="how many, after số",  # tổng số 20%, trong số 6.449 người
        kind=Kind.FIGURE,
        words="""
            tổng số|trong số|con số|con số là|tổng số là|quân số|dân số|đa số|số là|số lượng|tổng cộng|
            trong tổng số|với số|thêm số|doanh số|chỉ số|ở tuổi|tuổi|tỷ số|tỉ số|tỷ lệ|hệ số|điểm số|số điểm|
            tổng điểm|trung bình|bình quân
        """,
        unless_counted=False,
    ),
    Lead(
        name="how long, after vòng",  # trong vòng 24h
        kind=Kind.FIGURE,
        words="trong vòng|chỉ trong vòng",
        unless_counted=False,
    ),
    Lead(
        name="plenum",  # Hội nghị Trung ương 5 khóa XII
        kind=Kind.ORDINAL,
        words="trung ương|hội nghị trung ương|nghị quyết trung ương|học kỳ",
        unless_counted=False,
    ),
    Lead(
        name="name of a place",  # quận 2, thôn 5, quốc lộ 4D; but: các tổ 5 người
        kind=Kind.OTHER,
        words="""
            quận|phường|tổ|khu phố|khu|khu vực|thôn|bản|ấp|xóm|khối|buôn|làng|tổ dân phố|tdp|tổ liên gia|khóm|vùng|
            đảo|cảng|cầu|cống|quốc lộ|ql|tỉnh lộ|tl|đh|hương lộ|đường tỉnh|đường huyện|đường|đường số|phố|ngõ|
            ngách|hẻm|kiệt|số nhà|nhà số|địa chỉ|địa chỉ số|nhà|lô|lô số|tầng|phòng|phòng số|km|kilômét|lý trình|
            cột mốc|cột mốc số|
            mốc|mốc số|mốc giới|cột km|tiểu khu|khoảnh|thửa|thửa số|thửa đất số|tờ bản đồ số|tờ bản đồ|bến|trại|hầm|
            ngã|
            cao tốc|đường cao tốc|vành đai|đường vành đai|đại lộ|xa lộ|tuyến|tuyến số|chốt số|trạm số|bệnh viện|
            trường|cửa khẩu|cơ sở|p.|q.|
            ql.|tl.|đt.|kp.|tp.|chung cư|tòa|
            block|đồi|điểm cao|cao điểm|căn hộ|căn hộ số|căn số|phòng trọ|phòng trọ số|buồng|ki ốt|kiot|sạp|quầy|ô số|
            bãi|bến số|cầu số|kho số|trại số|dãy|dãy nhà|nút giao|nghĩa trang|xưởng số|lò|lò số|giếng|hố|mỏ
        """,
    ),
    Lead(
        name="name of a body that no noun makes a count",  # Ban Chỉ đạo 389 tỉnh, Quân khu 5 tổ chức
        kind=Kind.OTHER,
        words="""
            ban chỉ đạo|ban chỉ dạo|bcđ|tiểu đoàn|trung đoàn|sư đoàn|lữ đoàn|đại đội|trung đội|quân đoàn|quân khu|
            binh đoàn|covid-|ncov-|sars-cov-
        """,
        unless_counted=False,
    ),
    Lead(
        name="name of a body",  # Tiểu đoàn 1, Đội 3
        kind=Kind.OTHER,
        words="""
            ban|đội|đội số|
            hải đoàn|hải đội|đoàn|đoàn số|tổ công tác|tổ công tác số|tổ số|cụm|chi cục|cục|công ty|nhà máy|chi đội|
            phân đội|đồn|trạm|chốt|vùng cảnh sát biển|cảnh sát|lực lượng|kênh|đài|học viện|kho|xưởng|chi nhánh|
            số lớp|khoa|bộ phận|nhóm|đoàn kinh tế|chi bộ|xí nghiệp|viện|nhà hát|mtv|top|văn phòng|
            cảnh sát phản ứng nhanh
        """,
    ),
    Lead(
        name="grade or sort",  # vàng 9999, loại 1, hạng 3, công nghiệp 4.0
        kind=Kind.OTHER,
        words="""
            vàng|loại|cấp|cấp độ|mức|mức độ|bậc|lớp|khối lớp|cỡ|size|công nghiệp|công nghiệp lần thứ|công nghệ|
            phiên bản|mạng|covid|ncov|khổ|cân nặng loại|chuyên án|vụ án số|mật danh|bí số|mang bí số|danh nghĩa|
            thông điệp|chế độ|xăng|dầu|ron|tàu số|số hiệu tàu|diện
        """,
    ),
    Lead(
        name="code or telephone",  # biển số 37C - 062.02, số điện thoại 0912.345.678
        kind=Kind.OTHER,
        words="""
            biển số|bks|biển kiểm soát|biển hiệu|số hiệu|mã số|mã|ký hiệu|số điện thoại|điện thoại|hotline|
            đường dây nóng|tổng đài|sđt|đt|đtdđ|fax|số máy|số khung|số tài khoản|cmnd|cccd|số cmnd|số cccd|
            chứng minh nhân dân|căn cước|căn cước công dân|hộ chiếu|hộ chiếu số|hòm thư|số thuê bao|thuê bao|
            số máy lẻ|máy lẻ|tài khoản|tài khoản số|stk|số thẻ|thẻ số|thẻ|mã pin|mã otp|zalo|viber|facebook|whatsapp|
            di động|liên hệ|liên lạc|gọi|tel|ip|cổng|mã vạch|mã số thuế|mst|số seri|sê-ri|seri|iso|trang bị số|
            hòm thư số|đường dây nóng số
        """,
    ),
    Lead(
        name="ordinal by thứ",  # lần thứ XIII, thứ 5/63 tỉnh
        kind=Kind.ORDINAL,
        words="thứ|lần thứ|tuần thứ",
        unless_counted=False,
    ),
    Lead(
        name="ordinal",  # khóa XVI, lần 2, đợt 1; but: ba lần 5 người
        kind=Kind.ORDINAL,
        words="""
            khóa|khoá|lần|kỳ|đợt|vòng|giai đoạn|hiệp|phiên|kỳ họp|đại hội|đại hội lần|hội nghị lần|ca|
            bước|tập|quyển|số thứ tự|xếp hạng|chặng|trận|mũi|liều|hạng|giải
        """,
    ),
    Lead(
        name="name of an event",  # Cách mạng Tháng Tám, đường Cách Mạng Tháng Tám
        kind=Kind.OTHER,
        words="cách mạng tháng",
        unless_counted=False,
    ),
    Lead(
        name="year",  # năm 2019, sinh 1991, Tết Tân Sửu 2021
        kind=Kind.DATE,
        words="""
            năm|sinh|sinh năm|sn|s.n|năm học|niên khóa|niên vụ|nhiệm kỳ|những năm|các năm|thập niên|thế kỷ|thế kỉ|
            thập kỷ
        """,
        unless_counted=False,
    ),
    Lead(
        name="day, month or quarter",  # ngày 7-2, tháng 5, quý I, mùng 5 Tết
        kind=Kind.DATE,
        words="ngày|tháng|quý|quí|mùng|mồng|rằm|tuần",
        unless_counted=False,
    ),
    Lead(
        name="part of a day",  # sáng 15.6, đêm 20
        kind=Kind.DATE,
        words="sáng|trưa|chiều|tối|đêm|khuya|rạng sáng|hôm|dịp|lễ|dịp lễ|quốc khánh|tết",
    ),
)
"""The words right before a number that decide its kind; of two that fit, the longer."""

TAILS: Final = phrase_set(
    """
    địa điểm|thời điểm|quan điểm|đặc điểm|ưu điểm|trọng điểm|thí điểm|giao điểm|nhược điểm|tụ điểm|danh mục|
    chuyên mục|
    hạng mục|tiết mục|cổ phần|thành phần|góp phần|một phần|học phần|huân chương|huy chương|hiến chương|văn chương|
    đại diện|toàn diện|hiện diện|trực diện|yêu cầu|nhu cầu|toàn cầu|địa cầu|khẩn cầu|sơn ca|bí thư|
    đơn thư|pháp luật|kỷ luật|kỉ luật|quy luật|cùng kỳ|cùng kì|thời kỳ|định kỳ|hoa kỳ|chu kỳ|phân loại|nhân loại|
    kim loại|chủng loại|cung cấp|trợ cấp|phân cấp|khẩn cấp|nâng cấp|sơ cấp|trung cấp|cao cấp|cùng cấp|các cấp|
    tính mạng|sinh mạng|nhân mạng|định mức|hạn mức|vượt mức|dự phòng|đề phòng|
    thị trường|môi trường|hiện trường|lập trường|công trường|quảng trường|nông trường|lâm trường|hội trường|
    quân đội|tập đoàn|quần đảo|bán đảo|lừa đảo|trực tuyến|phòng tuyến|giới tuyến|
    nhật bản|cơ bản|xuất bản|kịch bản|nguyên bản|tư bản|nông thôn|hạ tầng|giỗ tổ|ba lô|lên đường|dọc đường|
    dẫn đường|mở đường|qua đường|sang đường|thiên đường|về nhà|ở nhà|tại nhà|học sinh|nữ sinh|nam sinh|thí sinh|
    vệ sinh|
    phát sinh|hy sinh|hi sinh|mưu sinh|khai sinh|tái sinh|hộ sinh|tuyển sinh|y khoa|đa khoa|nội khoa|
    ngoại khoa|nha khoa|bách khoa|nhi khoa|tiêu biểu|đại biểu|phát biểu|thời biểu|tình hình|truyền hình|điển hình|
    mô hình|
    địa hình|tử hình|loại hình|mặt trận|trang trại|nghỉ lễ|đại lễ|mệnh lệnh|
    ra lệnh|phát lệnh|trên mạng|lâu đài|
    kỳ đài|đạt giải|thang điểm|giọng ca|
    số lần|nhiều lần|mấy lần|ít lần|vài lần|mọi lần|kêu gọi|tên gọi|điện gọi
    """
)
"""Words of two syllables whose last is a row of LEADS and makes no rule there: ``phát sinh 3 vụ``, ``cùng kỳ 2022``."""

_RULE_OF: Final = {" ".join(words.split()): rule for rule in LEADS for words in rule.words.split("|")}
_LENGTHS: Final = {
    ending: max(words.count(" ") + 1 for words in _RULE_OF if words.rpartition(" ")[2] == ending)
    for ending in {words.rpartition(" ")[2] for words in _RULE_OF}
}
"""The number of words of the longest row for each last word, so that most numbers cost one look."""


def find_lead(words: list[str]) -> Lead | None:
    """Return the rule for the words before a number, in lower case, the nearest last: the longest that fits.

    >>> find_lead(["theo", "(nghị", "định", "số"]).name
    'document by số'
    """
    if not words:
        return None
    longest = _LENGTHS.get(words[-1].lstrip(_OPENING_MARKS), 0)
    for count in range(min(longest, len(words)), 0, -1):
        rule = _RULE_OF.get(" ".join(words[-count:]).lstrip(_OPENING_MARKS))
        if rule is not None:
            inside = count == 1 and " ".join(words[-2:]).lstrip(_OPENING_MARKS) in TAILS
            return None if inside else rule
    return None


_OPENING_MARKS: Final = "(“\"'"
