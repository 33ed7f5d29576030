"""What a number counts: the words of Vietnamese news that stand right after a number, grouped by theme.

A unit is the shortest conventional counted noun: a classifier alone (``vụ``, ``bánh``, ``chiếc``) or one word of the
dictionary, however many syllables it has (``đối tượng``, ``điện thoại``, ``xe máy``). Add a noun to its theme here, and
nowhere else.
"""

import re
from typing import Final, NamedTuple


def word_set(words: str) -> frozenset[str]:
    """Return the words of `words`, which white space parts."""
    return frozenset(words.split())


def phrase_set(phrases: str) -> frozenset[str]:
    """Return the phrases of `phrases`, which "|" parts, one space between their words."""
    return frozenset(" ".join(phrase.split()) for phrase in phrases.split("|"))


MEASURES: Final = word_set("""
    % ‰ kg g gr gam gram mg tấn tạ yến kilôgam kilogam kilogram cân lạng chỉ cây lượng
    m km cm mm dm hm m2 m3 km2 cm2 cm3 dm2 dm3 m² m³ km² mét met kilômét ki-lô-mét cây-số hải-lý lý dặm
    ha hecta héc-ta sào mẫu công thước
    lít lit l ml cc kw kwh mw mwp kv kva w wp hz mhz gb tb mb kb mbps v
    độ °c ca-lo
    """)
"""Measures, in lower case; ``m2`` and ``m3`` are the only units with a digit in them."""

MONEY: Final = word_set("đồng đ vnđ vnd usd eur cny ndt euro kip baht yên won bảng xu")

TIMES: Final = word_set("năm tháng ngày tuần quý giờ phút giây đêm buổi hôm ca phiên tuổi thập-kỷ thế-kỷ")
"""Units of time: what follows them decides between a duration and a reporting window."""

CLASSIFIERS: Final = word_set("""
    vụ đối-tượng bị-can bị-cáo người tên con cái chiếc bánh viên gói bao túi hộp thùng kiện két chai lon vỏ can phi
    bình quả khẩu cây khối khúc tấm lô hòn tờ cuốn quyển bộ bản bức lá đôi cặp đàn bầy toa chuyến lượt lần đợt cuộc
    trận buổi ca suất phần món mục loại dạng kiểu mặt-hàng điểm câu bài tin đơn thư hồ-sơ mẫu nhóm ổ băng toán tốp
    đoàn đội tổ đám hộ nhà căn ngôi phòng lớp tầng hàng dãy chỗ nơi bên phía mặt khâu bước hướng nước tỉnh huyện xã
    phường thôn ấp xóm làng buôn bon quận vùng miền khu tuyến đường cầu cống hồ đập rừng khoảnh thửa mảnh vườn ruộng
    ao lồng bè cửa chốt trạm trại đồn chi-bộ đảng-bộ tàu thuyền xe máy đầu cổng kênh trang nick sim thẻ vé tài-khoản
    giấy dấu chữ tiếng bậc cấp hạng vòng lời ý ngành sở ban viện học-sinh sinh-viên giáo-viên thầy cô em cháu bé trẻ
    nam nữ ông bà anh chị cụ mẹ bác vợ-chồng gốc bụi luống bó cành mũi liều bữa khẩu-phần suối thác đảo cảng ga bến
    chợ quán tiệm hãng công-ty tua tour sọt bịch bọc tép cọc xấp thếp cuộn tút giải huy-chương cờ tập-thể cá-nhân chức
    danh giống tia nhát phát lựu-đạn đạn súng kíp nòng dao kiếm mã điều khoản chương quyền mô-hình chỉ-số phiếu bản-án
    án đời kỳ khóa khoá nhiệm-kỳ hũ lọ khay vỉ ống mét-khối hầm hố tay nghề thanh chuồng xưởng lò giếng nhân-khẩu
    mặt-bằng thuê-bao kẻ chân vết ngón mắt
    """)
"""Words that stand alone as a unit whatever noun follows: ``5 viên`` of ``5 viên ma túy``."""

_THEMES: Final = {
    "people": """
        đối tượng|bị can|bị cáo|bị hại|bị đơn|nguyên đơn|nạn nhân|nghi can|nghi phạm|nhân chứng|phạm nhân|can phạm|
        tội phạm|người dân|công dân|nhân dân|quần chúng|hành khách|du khách|khách hàng|khách du lịch|tài xế|lái xe|
        phụ xe|thuyền viên|thuyền trưởng|thủy thủ|ngư dân|nông dân|công nhân|người lao động|lao động|nhân viên|
        nhân sự|nhân khẩu|cán bộ|chiến sĩ|chiến sỹ|đồng chí|đảng viên|đoàn viên|hội viên|thành viên|đại biểu|cử tri|
        cựu chiến binh|thanh niên|nam thanh niên|nữ sinh|nam sinh|thiếu niên|thiếu nữ|phụ nữ|đàn ông|người già|
        trẻ em|trẻ nhỏ|học sinh|sinh viên|học viên|giáo viên|giảng viên|bác sĩ|bác sỹ|y tá|điều dưỡng|bệnh nhân|
        thí sinh|vận động viên|huấn luyện viên|nghệ sĩ|phóng viên|nhà báo|luật sư|thẩm phán|hội thẩm|kiểm sát viên|
        điều tra viên|trinh sát|công an viên|dân quân|dân phòng|bảo vệ dân phố|tình nguyện viên|cộng tác viên|
        tuyên truyền viên|hòa giải viên|trưởng thôn|già làng|chuyên gia|kỹ sư|công chức|viên chức|sĩ quan|sỹ quan|
        hạ sĩ|tân binh|liệt sĩ|liệt sỹ|thương binh|gia đình|vợ chồng|anh em|chị em|mẹ con|cha con|bố con|bà cháu|
        ông bà|hộ dân|hộ gia đình|giám đốc|phó giám đốc|chủ tịch|phó chủ tịch|bí thư|ủy viên|trưởng phòng|
        phó trưởng phòng|cục trưởng|tài năng|ca sĩ|diễn viên|chủ hộ|chủ rừng|chủ xe|chủ tàu|chủ nhà|bà con|đồng bào|
        kiều bào|tín đồ|giáo dân|chức sắc|chức việc|con nợ|con bạc|con nghiện|gái mại dâm|phần tử|trường hợp|
        cháu bé|em bé|bé gái|bé trai|thượng tá|đại tá|lực sĩ|võ sĩ|hướng dẫn viên|nhân lực|nhân công|thực khách|
        tài công|công an xã|cảnh sát|hải quan|kiểm lâm viên|kiểm lâm
    """,
    "cases": """
        vụ án|vụ việc|chuyên án|án mạng|tai nạn|sự cố|sự việc|tình huống|hành vi|vi phạm|tội danh|tin báo|tố giác|
        đơn thư|đơn tố cáo|khiếu nại|hồ sơ|biên bản|quyết định|bản án|phiên tòa|đường dây|ổ nhóm|băng nhóm|tụ điểm|
        điểm nóng|tang vật|vật chứng|phương tiện|dấu vết|hiện trường|cuộc gọi|tin nhắn|chuyên đề|kế hoạch|phương án|
        chương trình|nhiệm vụ|giải pháp|biện pháp|nội dung|vấn đề|chỉ tiêu|tiêu chí|mục tiêu|chỉ thị|nghị quyết|
        nghị định|thông tư|văn bản|báo cáo|tài liệu|công văn|đề án|dự án|công trình|hạng mục|gói thầu|hợp đồng|
        hội nghị|cuộc họp|cuộc thi|hội thi|phong trào|mô hình|câu lạc bộ|ý kiến|kiến nghị|tin bài|bài viết|tác phẩm|
        sự kiện|lễ hội|hoạt động|diện tích|thủ tục|thủ tục hành chính|dịch vụ|dịch vụ công|lĩnh vực|phương diện|
        nguyên tắc|nguyên nhân|yếu tố|bài học|kinh nghiệm|thủ đoạn|phương thức|hình thức|kịch bản|cơ hội|thách thức|
        giai đoạn|danh mục|dấu hiệu|điều kiện|quy trình|tình tiết|điều luật|câu hỏi|bút lục|khẩu hiệu|thông điệp|
        phong bì|danh hiệu|giải thưởng|bằng khen|giấy khen|huân chương|huy chương|lệnh truy nã
    """,
    "bodies": """
        lực lượng|đơn vị|cơ quan|doanh nghiệp|tổ chức|công ty|ngân hàng|nhà trường|trường học|bệnh viện|trạm y tế|
        cơ sở|hợp tác xã|tổ hợp tác|cửa hàng|siêu thị|nhà hàng|khách sạn|nhà nghỉ|quán ăn|quán cà phê|nhà máy|
        xí nghiệp|xưởng|kho hàng|kho bãi|nhà kho|trang trại|ban ngành|sở ngành|ban chỉ đạo|ban quản lý|hội đồng|
        chi bộ|chi đoàn|đảng bộ|chi hội|đoàn thể|tổ công tác|tổ đội|tổ dân phố|tổ tự quản|tổ liên gia|đoàn công tác|
        tiểu đoàn|trung đoàn|đại đội|trung đội|tiểu đội|quân khu|đồn biên phòng|chi cục|cục hải quan|chi nhánh|
        văn phòng|phòng giao dịch|phòng ban|phòng học|điểm trường|trung tâm|cụm công nghiệp|khu công nghiệp|
        quốc gia|vùng lãnh thổ|dân tộc|tôn giáo|nhà văn hóa|hạt kiểm lâm|công sở|khu trọ|nhà trọ
    """,
    "places": """
        thành phố|thị xã|thị trấn|quận huyện|xã phường|khu phố|khu dân cư|khu vực|địa bàn|địa phương|địa điểm|
        vị trí|điểm đến|thôn bản|thôn làng|quốc lộ|nút giao|ngã tư|cửa khẩu|lối mở|đường mòn|cột mốc|mốc giới|
        bến xe|bến cảng|bến bãi|bãi xe|sân bay|nhà ga|điểm đen|điểm chốt|châu lục|tỉnh thành|di tích|di sản|
        công viên|hồ chứa|thủy điện|mỏ đá|mỏ cát|hầm lò|điểm mỏ|tiểu khu|vườn quốc gia|nhà dân|chung cư|khu đô thị|
        tòa nhà|trụ sở
    """,
    "vehicles": """
        xe máy|xe mô tô|xe gắn máy|xe ô tô|ô tô|mô tô|xe tải|xe khách|xe con|xe đạp|xe đạp điện|xe máy điện|xe buýt|
        xe container|xe đầu kéo|đầu kéo|xe cứu thương|xe ben|xe lu|máy xúc|máy ủi|máy múc|máy cưa|cưa máy|cưa xăng|
        máy bơm|máy bay|tàu cá|tàu hàng|tàu thuyền|tàu vỏ thép|xà lan|sà lan|ca nô|phương tiện thủy|toa tàu|
        công nông|rơ moóc|xe bồn
    """,
    "things": """
        điện thoại|đồng hồ|áo khoác|quần áo|túi xách|kính mắt|nước hoa|máy tính|máy tính bảng|máy vi tính|
        máy ảnh|máy quay|máy móc|thiết bị|camera|laptop|ti vi|tủ lạnh|
        tài khoản|trang mạng|trang web|website|fanpage|hội nhóm|đường link|phần mềm|ứng dụng|thẻ ngân hàng|thẻ cào|
        căn cước|căn cước công dân|hộ chiếu|giấy phép|giấy phép lái xe|giấy tờ|sổ đỏ|con dấu|hóa đơn|chứng từ|vé số|
        sản phẩm|mặt hàng|hàng hóa|đơn hàng|lô hàng|container|công-ten-nơ|bao tải|cá thể|gia súc|gia cầm|trâu bò|
        loài|loài vật|gỗ tròn|vũ khí|công cụ|công cụ hỗ trợ|hung khí|cổ phiếu|tài sản|bất động sản|hài cốt|trụ nước|
        đèn tín hiệu|biển báo|loa|mũ bảo hiểm|áo phao|bóng cười|bóng điện|công tơ|chữ ký|chữ cái|điểm số|huy hiệu|
        thiệp mời|cơ số|đầu sách|trang sức|nhẫn vàng|dây chuyền|bóng đèn
    """,
    "money": """
        đô la|đô la mỹ|nhân dân tệ|việt nam đồng|bảng anh
    """,
    "measures": """
        mét khối|mét vuông|m vuông|m khối|ki lô gam|ki lô mét|cây số|hải lý|héc ta|phần trăm|điểm phần trăm|độ c|
        kilowatt giờ|ki lô oát|hạt nhân|lượt xem|lượt người|lượt khách|phần nghìn|mã lực
    """,
    "time": """
        thế kỷ|thế kỉ|thập kỷ|thập kỉ|thập niên|năm học|ngày đêm|ngày công|tháng tuổi|giờ đồng hồ|mùa vụ
    """,
}

_TONE_PAIRS: Final = (
    ("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"),
    ("òe", "oè"), ("óe", "oé"), ("ỏe", "oẻ"), ("õe", "oẽ"), ("ọe", "oẹ"),
    ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("ụy", "uỵ"),
)  # fmt: skip
"""Two spellings of one syllable, hóa and hoá: the tone over the first vowel or the second."""

NOT_COUNTED: Final = word_set("""
    và với số cùng hoặc hay của cho để do bởi vì nên mà thì là có không chưa chẳng đã đang sẽ vừa mới bị được phải cần
    nhưng song như cũng đều lại vẫn còn đến tới từ trong ngoài trên dưới tại ở giữa ra vào lên xuống qua về theo khi
    nếu dù tuy sau trước này đó kia ấy nào nữa rồi so bằng chiếm tăng giảm gồm đạt hơn kém trở gần khoảng nhằm thuộc
    trị hiện liền trọng diễn nằm đi thông nay trái phép bắt thu xử phạt khởi đưa nêu trú sinh quê cư tham gia xảy làm
    nói khiến gây nhất ngay cao thấp nhiều ít lớn nhỏ đầy đủ tốt mỗi các những mọi từng cả nghìn ngàn triệu tỷ tỉ rưỡi
    chết vượt nhận nộp trừ cộng chia đứng rất quá tiếp tục thực tổng ước tương đương sang ủng ai nhờ dẫn thường luôn
    chứ thôi cơ hồi lúc rạng chủ yếu đáng hết xong hoàn lẻ cuối nhân sẵn dự kiến riêng quyết cấm nghi kể đề định
    nguyên bỏ giá trốn tử cháy thiệt khai cướp vận mua bán tàng tuyên kéo dài gọi mang dùng xác hỗ trợ tập trung phục
    """)
"""Words that follow a number without being counted by it, in lower case; one syllable each."""

NOT_NOUNS: Final = word_set("""
    ban-hành ban-đầu ban-ngày ban-đêm bản-thân đầu-tiên đầu-tư đầu-năm đầu-tháng cuối-năm lần-lượt phần-lớn điều-tra
    điều-tiết điều-hành điều-trị điều-chỉnh điều-động điều-khiển loại-bỏ loại-trừ mặt-khác chốt-chặn bên-cạnh
    bên-trong bên-ngoài cấp-cứu cấp-phép cấp-phát cấp-bách đoàn-kết nước-ngoài phía-trước phía-sau mặt-trận nhà-nước
    tên-là lời-khai cầu-thủ hướng-dẫn hướng-tới hướng-về bước-đầu bước-vào bước-sang kiểu-như tàu-ngầm hàng-ngày
    hàng-năm hàng-tháng hàng-tuần hàng-đầu hàng-loạt chuyến-đi phát-hiện phát-động phát-triển phát-sinh phát-lệnh
    nam-định bắc-giang cùng-lúc mã-hóa ca-ngợi vòng-quanh ý-thức dạng-như phần-nào tay-trái giải-quyết giải-tán
    giải-cứu giải-trình giải-phóng giải-ngân khóa-chặt phiên-dịch cặp-kè đợt-cao tội-ác mắt-thấy chân-dung đạn-dược
    đơn-giản đơn-cử thể-hiện bằng-cách bằng-chứng cờ-bạc gói-gọn lớp-lớp kho-bạc sở-hữu sở-dĩ viện-trợ đến-nay vé-về
    xe-qua ngành-chức quán-triệt đồng-thời đồng-chủ đồng-loạt đồng-bộ đồng-tình đồng-ý đồng-phạm cân-nhắc
    cân-đối chỉ-huy chỉ-đạo chỉ-còn chỉ-có chỉ-tính chỉ-ra chỉ-riêng chỉ-trong lượng-lớn độ-tuổi công-tác công-dụng
    mẫu-mực gốc-là tuần-tra ngày-càng phút-chốc tháng-giêng buổi-sáng bảng-xếp yên-tâm lượng-người
    """)
"""Words whose first syllable alone would be a unit: ``khóa XVI ban hành``."""

VERBAL: Final = word_set("tổ-chức báo-cáo quyết-định hoạt-động vi-phạm kiến-nghị tố-giác khiếu-nại")
"""Nouns that are verbs as often: after a name they count nothing, ``Quận 5 tổ chức``."""

ABSTRACT: Final = word_set("""
    kênh xuân tỉnh-thuộc hướng xu-thế xu-hướng biểu-tượng nét dấu vấn-đề yếu-tố quá-trình thực-tế minh-chứng thời
    phần bộ-phận khi thể thế
    chuyện điều thứ lúc hồi dịp tương-lai cuộc-sống môi-trường nền sức tinh-thần niềm nỗi sự việc lối kiểu
    không-gian nhu-cầu thói
    ví-dụ tấm-gương bài-học kinh-nghiệm thách-thức cơ-hội lợi-thế
    """)
"""Nouns before which ``một`` is an article, not a count."""

PLACES: Final = word_set("""
    xã phường huyện quận tỉnh thôn bản ấp xóm khu tuyến đường địa-bàn địa-phương lĩnh-vực mặt phương-diện tiêu-chí
    xe xe-máy ô-tô xe-ô-tô mô-tô
    xe-tải xe-khách phương-tiện tàu thuyền trang tài-khoản nền-tảng trang-mạng thửa lô khoảnh tiểu-khu đảo điểm
    khu-vực thành-phố thị-xã thị-trấn
    quốc-gia châu-lục góc-độ hình-thức quốc-lộ vùng tầng tờ kênh website fanpage ứng-dụng tài-liệu máy-tính
    điện-thoại cánh tay chân bàn cơ-sở nội-dung
    vị-trí địa-điểm sông cầu dòng bờ làn chiếc nước miền bình-diện
    """)
"""Nouns that something can be on or under: before a few of them ``trên`` is a preposition."""


class Unit(NamedTuple):
    """The counted words after a number."""

    end: int
    text: str
    key: str  # in lower case, syllables joined by hyphens
    known: bool  # a noun of this module, not just the next syllable


def _respell(phrase: str) -> set[str]:
    """Return `phrase` in both spellings of its tone marks."""
    spellings = {phrase}
    for new, old in _TONE_PAIRS:
        spellings |= {re.sub(rf"{new}(?!\w)", old, spelling) for spelling in spellings}
    return spellings


def _index_phrases() -> dict[str, int]:
    """Return the number of syllables of the longest phrase for each first syllable; the phrases are in KNOWN."""
    longest: dict[str, int] = {}
    for key in KNOWN:
        first, *rest = key.split("-")
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
    return longest


_NOUNS: Final = frozenset(
    spelling
    for theme in _THEMES.values()
    for phrase in theme.split("|")
    for spelling in _respell("-".join(phrase.split()))
)
KNOWN: Final = MEASURES | MONEY | TIMES | CLASSIFIERS | _NOUNS
"""Every unit this module knows, in lower case, syllables joined by hyphens."""
_LONGEST: Final = _index_phrases()

_SYLLABLE: Final = r"[^\W\d_]+(?:-[^\W\d_]+)*(?:[23²³](?!\w))?"
_AFTER_NUMBER: Final = re.compile(
    rf"""
    (?P<space> [^\S\r\n]* )
    (?: (?P<sign> [%‰] | °[CcFf] | \$ )
      | (?P<first> {_SYLLABLE} )
        (?: [^\S\r\n]+ (?P<second> {_SYLLABLE} )
            (?: [^\S\r\n]+ (?P<third> {_SYLLABLE} ) (?: [^\S\r\n]+ (?P<fourth> {_SYLLABLE} ) )? )? )?
    )
    """,
    re.VERBOSE,
)
_PER: Final = re.compile(rf"[^\S\r\n]?/[^\S\r\n]?({_SYLLABLE})(?:[^\S\r\n]+({_SYLLABLE}))?")
_FUSED: Final = re.compile(
    r"(vụ|người|đồng|kg|triệu|đối tượng|xe|ha|tấn|viên)(?:với|và|có|do|trong|của|bị|được|cho|tại|là)\Z", re.IGNORECASE
)


def find_unit(text: str, position: int) -> Unit | None:
    """Return the counted words that stand at `position`, right after a number; None where no noun follows.

    >>> [find_unit(text, 2).text for text in ("72 vụ/144", "28kg ma túy", "12 xe máy cũ", "15 đồng/m3", "60% số hộ")]
    ['vụ', 'kg', 'xe máy', 'đồng/m3', '%']
    >>> find_unit("54 so với", 2) is None
    True
    """
    after = _AFTER_NUMBER.match(text, position)
    if after is None:
        return None
    if after["sign"]:
        return Unit(after.end("sign"), after["sign"], after["sign"].lower(), known=True)
    unit = _find_phrase(text, after)
    if unit is None:
        return None
    per = _PER.match(text, unit.end)
    if per is None or not unit.known:
        return unit
    end = per.end(2) if per[2] and f"{per[1]}-{per[2]}".lower() in KNOWN else per.end(1)
    return Unit(end, text[after.start("first") : end], unit.key, known=True)


def _find_phrase(text: str, after: re.Match[str]) -> Unit | None:
    """Return the longest known noun among the syllables of `after`, else the first syllable if it can be counted."""
    word = after["first"]
    first = word.lower()
    syllables = [syllable.lower() for syllable in after.group("first", "second", "third", "fourth") if syllable]
    capital = word.istitle() and len(word) > 1
    known = _count_known(syllables, alone=not capital or (first in CLASSIFIERS and _goes_on_small(after)))
    if known:
        end = after.end(known + 2)
        key = "-".join(syllables[:known])
        return Unit(end, text[after.start("first") : end], key, known=not capital and key not in VERBAL)
    if first in NOT_COUNTED or "-".join(syllables[:2]) in NOT_NOUNS:
        return None
    fused = _FUSED.match(word)
    if fused:
        return Unit(after.start("first") + fused.end(1), fused[1], fused[1].lower(), known=True)
    proper = word[0].isupper() and not (word.isupper() and len(word) > 1)
    return None if proper else Unit(after.end("first"), word, first, known=False)


def _goes_on_small(after: re.Match[str]) -> bool:
    """Tell ``02 Trạm kiểm soát`` from ``12 Tổ Hữu``: the second syllable is no capital."""
    return after["second"] is not None and not after["second"].istitle()


def _count_known(syllables: list[str], *, alone: bool) -> int:
    """Return how many of the syllables make the longest known noun, 0 for none; one by itself only if `alone`."""
    for count in range(min(_LONGEST.get(syllables[0], 0), len(syllables)), 1, -1):
        if "-".join(syllables[:count]) in KNOWN:
            return count
    return int(alone and syllables[0] in KNOWN and "-".join(syllables[:2]) not in NOT_NOUNS)
