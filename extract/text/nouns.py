"""What a number counts: the words of Vietnamese news that stand right after a number, grouped by theme.

A unit is the shortest conventional counted noun: a classifier alone (``vụ``, ``bánh``, ``chiếc``) or one word of the
dictionary, however many syllables it has (``đối tượng``, ``điện thoại``, ``xe máy``). Add a noun to its theme
here, and
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
    % ‰ kg g gr gam gram mg µg μg mcg miligam mi-li-gam miligram tấn tạ yến kilôgam kilogam kilogram cân lạng chỉ
    cây lượng
    m km cm mm dm hm m2 m3 km2 cm2 cm3 dm2 dm3 m² m³ km² mét met kilômét ki-lô-mét cây-số hải-lý lý dặm
    ha hecta héc-ta sào mẫu công thước
    lít lit l ml cc mililít mi-li-lít kw kwh mw mwp kv kva w wp hz mhz gb tb mb kb mbps v db mpa bar hp cv rpm pixel
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
    nén ly cốc chén bát đĩa tô nồi chảo bếp áo quần mũ chăn gối màn chiếu bàn ghế giường tủ kệ quạt đèn sổ gà vịt ngan
    ngỗng chó mèo bò trâu lợn heo dê cừu ngựa hổ gấu voi rùa khỉ rắn trăn chim ngà vảy sừng răng tội nguồn quỹ sân bể
    trụ cột luồng chặng nhịp gian sạp quầy bốt chòi lán bãi mỏ rẫy ghe xuồng phà đò nỏ coóng bật-lửa cựa búa rìu côn
    gậy cuốc xẻng mã-tấu kim vali ba-lô balo rổ thúng chậu xe-đẩy xi-lanh quan-tài mộ bia tượng bóng vòng-hoa vũ-khí
    link clip video email file lính tướng quán-net chùa miếu tảng thỏi bìa phách dây ngòi thước mối đốt tràng khách
    trưởng
    phó bom mìn
    danh giống tia nhát phát lựu-đạn đạn súng kíp nòng dao kiếm mã điều khoản chương quyền mô-hình chỉ-số phiếu bản-án
    án đời kỳ khóa khoá nhiệm-kỳ hũ lọ khay vỉ ống mét-khối hầm hố tay nghề thanh chuồng xưởng lò giếng nhân-khẩu
    mặt-bằng thuê-bao kẻ chân vết ngón mắt
    """)
"""Words that stand alone as a unit whatever noun follows: ``5 viên`` of ``5 viên ma túy``."""

_THEMES: Final = {
    "people": """
        hạ sĩ quan|báo cáo viên|chi cục trưởng|thủy thủ đoàn|kế toán viên|
        đối tượng|bị can|bị cáo|bị hại|bị đơn|nguyên đơn|nạn nhân|nghi can|nghi phạm|nhân chứng|phạm nhân|can phạm|
        tội phạm|người dân|công dân|nhân dân|quần chúng|hành khách|du khách|khách hàng|khách du lịch|tài xế|lái xe|
        phụ xe|thuyền viên|thuyền trưởng|thủy thủ|ngư dân|nông dân|công nhân|người lao động|lao động|nhân viên|
        nhân sự|nhân khẩu|cán bộ|chiến sĩ|chiến sỹ|đồng chí|đảng viên|đoàn viên|hội viên|thành viên|đại biểu|cử tri|
        cựu chiến binh|thanh niên|nam thanh niên|nữ sinh|nam sinh|thiếu niên|thiếu nữ|phụ nữ|đàn ông|người già|trẻ em|
        trẻ nhỏ|học sinh|sinh viên|học viên|giáo viên|giảng viên|bác sĩ|bác sỹ|y tá|điều dưỡng|bệnh nhân|thí sinh|
        vận động viên|huấn luyện viên|nghệ sĩ|phóng viên|nhà báo|luật sư|thẩm phán|hội thẩm|kiểm sát viên|
        điều tra viên|trinh sát|công an viên|dân quân|dân phòng|bảo vệ dân phố|tình nguyện viên|cộng tác viên|
        tuyên truyền viên|hòa giải viên|trưởng thôn|già làng|chuyên gia|kỹ sư|công chức|viên chức|sĩ quan|sỹ quan|
        hạ sĩ|tân binh|liệt sĩ|liệt sỹ|thương binh|gia đình|vợ chồng|anh em|chị em|mẹ con|cha con|bố con|bà cháu|
        ông bà|hộ dân|hộ gia đình|giám đốc|phó giám đốc|chủ tịch|phó chủ tịch|bí thư|ủy viên|trưởng phòng|
        phó trưởng phòng|cục trưởng|tài năng|ca sĩ|diễn viên|chủ hộ|chủ rừng|chủ xe|chủ tàu|chủ nhà|bà con|đồng bào|
        kiều bào|tín đồ|giáo dân|chức sắc|chức việc|con nợ|con bạc|con nghiện|gái mại dâm|phần tử|trường hợp|cháu bé|
        em bé|bé gái|bé trai|thượng tá|đại tá|lực sĩ|võ sĩ|hướng dẫn viên|nhân lực|nhân công|thực khách|tài công|
        công an xã|cảnh sát|hải quan|kiểm lâm viên|kiểm lâm|ứng cử viên|ứng viên|thương nhân|tiểu thương|thương lái|
        doanh nhân|chủ thể|nhà thầu|nhà đầu tư|nhà cung cấp|nhà sản xuất|nhà phân phối|nhà tài trợ|nhà hảo tâm|
        nhà khoa học|nhà giáo|nhà văn|nhà thơ|nhà mạng|nhà quản lý|nhà sư|lái buôn|lái tàu|lái phụ xe|lái chính|
        đối tác|đối thủ|cổ đông|kế toán|kiểm toán viên|thủ quỹ|thủ kho|thư ký|công chứng viên|chấp hành viên|
        giám định viên|thanh tra viên|kiểm tra viên|kiểm soát viên|đăng kiểm viên|quan sát viên|phát thanh viên|
        biên tập viên|y bác sĩ|y sĩ|y sỹ|dược sĩ|dược sỹ|hộ lý|hộ sinh|kỹ thuật viên|lập trình viên|tư vấn viên|
        tiếp viên|bảo mẫu|lễ tân|đầu bếp|thợ lặn|thợ mỏ|thợ máy|thợ xây|thợ hồ|thợ may|thợ điện|phu vàng|lâm tặc|
        cát tặc|vàng tặc|đinh tặc|tù nhân|tử tù|trại viên|con tin|dân chơi|côn đồ|đàn em|đàn anh|cò đất|cò mồi|
        cửu vạn|cai thầu|quân nhân|bộ đội|binh sĩ|binh sỹ|lính cứu hỏa|lính biên phòng|tự vệ|thiếu tướng|trung tướng|
        thượng tướng|đại tướng|thượng úy|trung úy|thiếu úy|đại úy|thiếu tá|trung tá|anh hùng|cựu binh|cựu cán bộ|
        cựu công an|bệnh binh|người có công|mẹ liệt sĩ|mẹ việt nam anh hùng|thân nhân|trưởng bản|trưởng ấp|
        trưởng khóm|trưởng họ|trưởng đoàn|trưởng nhóm|tổ trưởng|tổ phó|tổ viên|đội trưởng|đội phó|đội viên|vụ trưởng|
        hiệu trưởng|hiệu phó|phó hiệu trưởng|tổng giám đốc|phó tổng giám đốc|phó bí thư|phó cục trưởng|phó chánh án|
        phó đội trưởng|phó viện trưởng|phó thủ tướng|thứ trưởng|bộ trưởng|thủ tướng|tổng bí thư|đại sứ|lãnh sự|
        nghị sĩ|dân biểu|phái viên|thủ lĩnh|thủ khoa|á khoa|học giả|giáo sư|phó giáo sư|tiến sĩ|thạc sĩ|cử nhân|
        nghiên cứu sinh|trợ lý|trợ lí|chuyên viên|thuyết trình viên|trọng tài|cầu thủ|cổ động viên|khán giả|thính giả|
        độc giả|bạn đọc|tuyển thủ|kiện tướng|nhạc sĩ|nhạc công|họa sĩ|đạo diễn|nghệ nhân|vũ công|thanh thiếu niên|
        thiếu nhi|nhi đồng|trẻ mồ côi|trẻ sơ sinh|trẻ vị thành niên|bà mẹ|sản phụ|thai phụ|thai nhi|cụ già|phụ huynh|
        học trò|bạn học|bạn trẻ|bạn bè|hàng xóm|khách nước ngoài|lữ khách|phượt thủ|thành phần|nhân vật|chủ cơ sở|
        chủ doanh nghiệp|chủ phương tiện|chủ cửa hàng|chủ quán|chủ trọ|chủ nợ|chủ thẻ|chủ đầu tư|chủ trang trại|
        chủ đất|chủ lò|chủ bãi|chủ mưu|chủ tiệm|chủ shop|chủ thuê bao|chủ tài khoản|chủ đò|chủ ghe|chủ hàng|
        chủ sở hữu|chủ rẫy|chủ vườn|chủ bè|chủ kho|chủ mỏ|chủ máy|chủ lô|chủ sòng|chủ tọa|con em|cháu nhỏ|bố mẹ|
        cha mẹ|vợ con|con cháu|thầy cô|thầy thuốc|thầy giáo|cô giáo|thầy cúng|thầy bói|cô gái|chàng trai|nam giới|
        nữ giới|ngư phủ|thuyền nhân|lưu học sinh|du học sinh|kiều dân|ngoại kiều|nông hộ|hộ kinh doanh|nhân sĩ|
        hòa thượng|linh mục|mục sư|tăng ni|phật tử|tu sĩ|chức danh|tập thể|nhân tố|đồng phạm|đồng bọn|người bào chữa|
        trợ giúp viên|luật gia|công tố viên|đương sự|thân chủ
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
        phong bì|danh hiệu|giải thưởng|bằng khen|giấy khen|huân chương|huy chương|lệnh truy nã|tiền án|tiền sự|
        mâu thuẫn|xích mích|tranh chấp|khiếu kiện|kháng cáo|kháng nghị|cáo trạng|kết luận điều tra|tội|trọng án|
        thảm án|kỳ án|cáo buộc|tội trạng|hình phạt|cam kết|thông báo|nguồn tin|tố cáo|lời khai|giấy triệu tập|
        giấy mời|giấy xác nhận|giấy chứng nhận|giấy chứng tử|giấy khai sinh|giấy đăng ký|giấy đăng ký xe|
        giấy thông hành|giấy bảo lãnh|giấy đi đường|bằng lái|bằng cấp|bằng giả|bằng đại học|bằng tốt nghiệp|
        bằng sáng chế|chứng chỉ|chứng nhận|chứng minh thư|chứng minh nhân dân|chứng thư|chứng từ|chứng cứ|bằng chứng|
        tư liệu|học bạ|lý lịch|sổ hồng|sổ tay|sổ sách|vi bằng|di chúc|biểu mẫu|mẫu đơn|tờ khai|tờ rơi|tờ trình|tờ gấp|
        phụ lục|sáng kiến|sáng chế|phát minh|đề tài|đề xuất|khuyến nghị|khuyến cáo|câu chuyện|thư khen|thư tố cáo|
        điện mừng|công điện|tham luận|ca khúc|tiết mục|vở diễn|vở kịch|trích đoạn|bộ phim|phóng sự|phim tài liệu|
        chuyên mục|chuyên trang|bản tin|tạp chí|ấn phẩm|ấn bản|tờ báo|đầu báo|hội thảo|hội diễn|hội đàm|hội chợ|
        tọa đàm|diễn đàn|lễ ra quân|lễ phát động|khóa học|khóa đào tạo|khóa huấn luyện|khóa tập huấn|tiết học|học kỳ|
        học phần|môn|môn học|môn thi|kỳ thi|giải đấu|kỷ lục|kỷ niệm chương|cúp|bàn thắng|bàn thua|thẻ đỏ|thẻ vàng|
        hiệp đấu|hiệp định|hiệp ước|quy chế|quy định|quy chuẩn|tiêu chuẩn|điều lệ|bộ luật|đạo luật|dự luật|dự thảo|
        pháp lệnh|sắc lệnh|tiểu mục|đầu việc|phần việc|công việc|thao tác|công đoạn|quy tắc|nguyên lý|cấp độ|mức độ|
        trụ cột|mũi nhọn|vướng mắc|bất cập|lỗi|lỗi vi phạm|sai phạm|sai sót|kẽ hở|lỗ hổng|nguy cơ|mối đe dọa|hậu quả|
        ưu điểm|khuyết điểm|nhược điểm|đặc điểm|thành tích|thành tựu|chiến công|danh sách|xu hướng|chiến dịch|
        chiến lược|gói cước|thí điểm|phiên xử|phiên họp|phiên chợ|kỳ họp|ổ dịch|ổ bệnh|chùm ca bệnh|bệnh|bệnh lý|
        triệu chứng|biến chứng|biến thể|mẫu vật|đơn thuốc|hành trình|hải trình|đám tang|đám cưới|lộ trình|bước đi
    """,
    "bodies": """
        lực lượng|đơn vị|cơ quan|doanh nghiệp|tổ chức|công ty|ngân hàng|nhà trường|trường học|bệnh viện|trạm y tế|
        cơ sở|hợp tác xã|tổ hợp tác|cửa hàng|siêu thị|nhà hàng|khách sạn|nhà nghỉ|quán ăn|quán cà phê|nhà máy|
        xí nghiệp|xưởng|kho hàng|kho bãi|nhà kho|trang trại|ban ngành|sở ngành|ban chỉ đạo|ban quản lý|hội đồng|
        chi bộ|chi đoàn|đảng bộ|chi hội|đoàn thể|tổ công tác|tổ đội|tổ dân phố|tổ tự quản|tổ liên gia|đoàn công tác|
        tiểu đoàn|trung đoàn|đại đội|trung đội|tiểu đội|quân khu|đồn biên phòng|chi cục|cục hải quan|chi nhánh|
        văn phòng|phòng giao dịch|phòng ban|phòng học|điểm trường|trung tâm|cụm công nghiệp|khu công nghiệp|quốc gia|
        vùng lãnh thổ|dân tộc|tôn giáo|nhà văn hóa|hạt kiểm lâm|công sở|khu trọ|nhà trọ|nhà xưởng|nhà vườn|nhà ga|
        nhà hát|nhà thờ|nhà vệ sinh|nhà tình nghĩa|nhà tình thương|nhà bè|nhà đại đoàn kết|nhà bếp|nhà rông|nhà sàn|
        nhà chòi|nhà thuốc|nhà sách|nhà tù|nhà tạm giữ|nhà lưới|nhà giàn|nhà công vụ|nhà ở|nhà cấp bốn|nhà ống|
        nhà phố|nhà cao tầng|nhà khách|điểm cầu|điểm nghẽn|điểm mù|cây xăng|đại lý|đại lí|tổng kho|kho xăng dầu|
        sàn giao dịch|sàn thương mại điện tử|phòng khám|phòng trọ|phòng hát|phòng họp|phòng thi|phòng bệnh|
        phòng thí nghiệm|trường mầm non|trường tiểu học|trường đại học|mầm non|nhóm trẻ|viện nghiên cứu|viện kiểm sát|
        tòa án|tòa soạn|công an phường|công an huyện|ban bí thư|ban chấp hành|ban chuyên án|tiểu ban|ủy ban|
        hội phụ nữ|hội cựu chiến binh|hội nông dân|hiệp hội|liên đoàn|công đoàn|nghiệp đoàn|tổng công ty|tập đoàn|
        quỹ tín dụng|doanh trại|trại giam|trại tạm giam|lò mổ|lò gạch|ki ốt|ki-ốt|kiot|kiốt|gian hàng|quầy hàng|
        sạp hàng|quán bar|quán karaoke|quán nhậu|quán internet|tiệm vàng|tiệm cầm đồ|tiệm tạp hóa|tạp hóa|bưu cục|
        bưu điện|karaoke|vũ trường|thẩm mỹ viện|spa|sòng bạc|sới bạc|ổ bạc|casino|trường gà|bến đò|bến thủy|sư đoàn|
        lữ đoàn|quân đoàn|binh chủng|quân chủng|hải đội|hải đoàn|biên đội|phân đội|đội hình|đội tuyển|đội bóng|
        câu lạc bộ bóng đá|chi đội|liên đội|huyện ủy|tỉnh ủy|thành ủy|đảng ủy|bộ ngành
    """,
    "places": """
        lối thoát nạn|lối thoát hiểm|
        thành phố|thị xã|thị trấn|quận huyện|xã phường|khu phố|khu dân cư|khu vực|địa bàn|địa phương|địa điểm|vị trí|
        điểm đến|thôn bản|thôn làng|quốc lộ|nút giao|ngã tư|cửa khẩu|lối mở|đường mòn|cột mốc|mốc giới|bến xe|
        bến cảng|bến bãi|bãi xe|sân bay|nhà ga|điểm đen|điểm chốt|châu lục|tỉnh thành|di tích|di sản|công viên|
        hồ chứa|thủy điện|mỏ đá|mỏ cát|hầm lò|điểm mỏ|tiểu khu|vườn quốc gia|nhà dân|chung cư|khu đô thị|tòa nhà|
        trụ sở|đường ống|đường hầm|đường băng|đường bay|đường truyền|đường phố|đường tàu|đường cao tốc|làn đường|
        làn xe|ngã ba|ngõ|ngách|hẻm|vỉa hè|lối thoát|lối đi|lối ra|lối vào|địa chỉ|địa danh|địa giới|cánh đồng|
        cánh rừng|khu trọ|khu cách ly|khu chế xuất|khu kinh tế|khu du lịch|khu tái định cư|khu căn cứ|khu tập thể|
        hòn đảo|quần đảo|bãi biển|bãi rác|bãi vật liệu|bãi tập kết|bãi vàng|bãi cát|hang động|hang|hồ nước|
        hồ thủy điện|ao nuôi|kênh mương|cầu vượt|cầu cảng|cầu treo|cầu phao|hầm chui|hầm đất|giếng khoan|giếng nước|
        đập tràn|đê|kè|bờ kè|cống thoát nước|hố ga|hố bom|hố chôn|trụ cứu hỏa|trụ điện|cột điện|cột đèn|cột bơm|
        đài phun|thang máy|thang bộ|biệt thự|cao ốc|tháp|tầng hầm|mái nhà|mái ấm|sân khấu|sân bóng|sân vận động|
        sân chơi|sân tennis|bể bơi|hồ bơi|công trường|nghĩa trang|nghĩa địa|tượng đài|huyện thị|phường xã|thành thị|
        đặc khu|bản làng|làng nghề|làng chài|phum sóc|sóc|xã đảo|xã biên giới|huyện đảo|đồn công an|mặt bằng|dốc cầu|
        đỉnh đèo|đèo|tiểu vùng|hải cảng|đường biên|khu di tích|bảo tàng|thư viện|khu liên hợp|nhà thi đấu|cánh cửa|
        cửa sổ
    """,
    "vehicles": """
        vỏ lãi|vỏ máy|máy phát điện|máy bay không người lái|mô tô nước|
        xe máy|xe mô tô|xe gắn máy|xe ô tô|ô tô|mô tô|xe tải|xe khách|xe con|xe đạp|xe đạp điện|xe máy điện|xe buýt|
        xe container|xe đầu kéo|đầu kéo|xe cứu thương|xe ben|xe lu|máy xúc|máy ủi|máy múc|máy cưa|cưa máy|cưa xăng|
        máy bơm|máy bay|tàu cá|tàu hàng|tàu thuyền|tàu vỏ thép|xà lan|sà lan|ca nô|phương tiện thủy|toa tàu|công nông|
        rơ moóc|xe bồn|xe bán tải|xe ba gác|ba gác|xe lôi|xe kéo|xe rùa|xe thồ|xe công nông|xe du lịch|xe taxi|xe ôm|
        xe cẩu|xe nâng|xe ủi|xe thang|xe chuyên dụng|xe đặc chủng|xe chữa cháy|xe cứu hỏa|xe cứu hộ|xe bọc thép|
        xe tăng|xe lăn|xe mô-tô|xe cơ giới|xe cuốc|xe trộn bê tông|xe téc|xe hợp đồng|xe limousine|xe đưa đón|xe điện|
        taxi|ô-tô|mô-tô|tàu hỏa|tàu chở dầu|tàu kéo|tàu hút|tàu tuần tra|tàu sắt|tàu khách|tàu du lịch|tàu chiến|
        tàu ngầm|tàu kiểm ngư|tàu cảnh sát biển|tàu container|tàu gỗ|tàu đánh cá|tàu giã cào|thuyền máy|thuyền gỗ|
        thuyền thúng|thuyền nan|xuồng máy|ghe máy|ghe cát|bè cá|bè mảng|phao bè|cano|trực thăng|flycam|drone|
        khinh khí cầu|toa xe|đầu máy|đoàn tàu|rơ-moóc|sơ mi rơ moóc|máy kéo|máy cày|máy gặt|máy xay|máy hút|máy khoan|
        máy nghiền|máy đào|máy phát|máy xẻ|máy ép|máy dập|máy cắt|máy hàn|máy đánh bạc|máy bắn cá|máy game|máy đo|
        máy thở|máy siêu âm|máy lọc|máy lạnh|máy giặt|máy in|máy photocopy|máy chủ|máy chiếu|máy quét|máy đếm tiền|
        máy khò|máy đầm|máy trộn|máy sấy|máy nén khí|máy nổ|động cơ|bộ máy
    """,
    "things": """
        bao bì|bao cao su|cơ sở dữ liệu|
        điện thoại|đồng hồ|áo khoác|quần áo|túi xách|kính mắt|nước hoa|máy tính|máy tính bảng|máy vi tính|máy ảnh|
        máy quay|máy móc|thiết bị|camera|laptop|ti vi|tủ lạnh|tài khoản|trang mạng|trang web|website|fanpage|hội nhóm|
        đường link|phần mềm|ứng dụng|thẻ ngân hàng|thẻ cào|căn cước|căn cước công dân|hộ chiếu|giấy phép|
        giấy phép lái xe|giấy tờ|sổ đỏ|con dấu|hóa đơn|chứng từ|vé số|sản phẩm|mặt hàng|hàng hóa|đơn hàng|lô hàng|
        container|công-ten-nơ|bao tải|cá thể|gia súc|gia cầm|trâu bò|loài|loài vật|gỗ tròn|vũ khí|công cụ|
        công cụ hỗ trợ|hung khí|cổ phiếu|tài sản|bất động sản|hài cốt|trụ nước|đèn tín hiệu|biển báo|loa|mũ bảo hiểm|
        áo phao|bóng cười|bóng điện|công tơ|chữ ký|chữ cái|điểm số|huy hiệu|thiệp mời|cơ số|đầu sách|trang sức|
        nhẫn vàng|dây chuyền|bóng đèn|smartphone|iphone|ipad|ổ cứng|usb|đầu thu|đầu ghi|màn hình|mắt camera|bộ đàm|
        ống nhòm|tivi|loa kéo|dàn loa|dàn âm thanh|amply|micro|mã thẻ|tên miền|kênh youtube|ví điện tử|ví da|mã độc|
        mã qr|mật khẩu|dữ liệu|bản ghi|tập tin|tệp tin|thuê bao|hình ảnh|ảnh|đoạn clip|đoạn video|video clip|
        đoạn ghi âm|lựu đạn|bom mìn|mìn|thuốc nổ|kíp nổ|đầu đạn|băng đạn|nòng súng|ống ngắm|roi điện|dùi cui|tuýp sắt|
        phóng lợn|mã tấu|kiếm nhật|áo giáp|áo mưa|áo dài|giày|dép|mắt kính|lắc|nhẫn|dây chuyền vàng|lắc vàng|bông tai|
        hoa tai|vòng tay|vàng miếng|thỏi vàng|kim cương|đá quý|đồ cổ|cổ vật|hiện vật|tượng phật|bảo vật|di vật|
        bàn ghế|đồ chơi|đồ dùng|đồ gia dụng|nội thất|linh kiện|phụ tùng|phụ kiện|chi tiết|lốp xe|bánh xe|lốp|ắc quy|
        pin|cáp|ổ khóa|chìa khóa|két sắt|bật lửa|quẹt ga|ống hút|ống tiêm|kim tiêm|bơm kim tiêm|xi lanh|cân điện tử|
        cân tiểu ly|tẩu thuốc|bàn đèn|dụng cụ|nỏ thủy tinh|coóng thủy tinh|que thử|bộ kit|kit|kit test|test nhanh|
        khẩu trang|nước sát khuẩn|găng tay|thuốc|thuốc lá|thuốc tân dược|thuốc bảo vệ thực vật|thuốc trừ sâu|
        thuốc lắc|mỹ phẩm|hóa chất|tiền chất|vắc xin|vắc-xin|phân bón|thức ăn chăn nuôi|thực phẩm|bánh kẹo|pháo hoa|
        pháo nổ|bệ pháo|pháo|trứng gia cầm|trứng|con giống|hạt giống|cây xanh|động vật|thú rừng|vật nuôi|tê tê|
        tê giác|ngà voi|sừng tê giác|vảy tê tê|trâu|chim trời|gà chọi|gà đá|gà giống|lợn con|lợn giống|heo con|bò sữa|
        tôm hùm|quân bài|bộ bài|bát đĩa|bộ tú lơ khơ|xúc xắc|vé cào|tiền giả|tiền mặt|học bổng|quà tặng|nhu yếu phẩm|
        bồn nước|téc nước|đồng phục|quân trang|quân phục|sắc phục|phù hiệu|quân hàm|nhãn vở|nhãn mác|nhãn hiệu|
        thương hiệu|tem|tem nhãn|rượu|bia|điếu|kiện hàng|bưu kiện|bưu phẩm|băng rôn|pa nô|pa-nô|áp phích|biểu ngữ|
        cụm loa|biển hiệu|biển số|đèn đường|đèn giao thông|tủ sách|kệ sách|đầu truyện|giường bệnh|cọc tiêu|
        dải phân cách|rào chắn|barie|hộ lan|tôn sóng|máy atm|trụ atm|thi thể|tử thi|bộ xương|vật phẩm|nguyên liệu|
        chủng loại|mẫu mã|chủng|giống lúa|dòng xe|hạt cườm|trái phiếu|cổ phần|chứng khoán|bitcoin|tiền ảo|điểm thưởng|
        dân số|quân số|nhân mạng|mạng người|sinh mạng|cổng thông tin|hệ thống|trường dữ liệu|dòng họ|họ đạo|giáo xứ|
        chi phái|hình nộm|họng nước|vòi nước|vòi rồng|lăng phun|bể nước
    """,
    "money": """
        đô la|đô la mỹ|nhân dân tệ|việt nam đồng|bảng anh|đô|đô la úc|tệ|euro|yên nhật|baht thái|kíp lào|won hàn|rúp|
        đô la singapore
    """,
    "measures": """
        mét khối|mét vuông|m vuông|m khối|ki lô gam|ki lô mét|cây số|hải lý|héc ta|phần trăm|điểm phần trăm|độ c|
        kilowatt giờ|ki lô oát|hạt nhân|lượt xem|lượt người|lượt khách|phần nghìn|mã lực|mi li gam|mi li lít|
        xăng ti mét|xen ti mét|độ richter|độ rích te|kilomet giờ|ki lô oát giờ|sải|gang|vòng quay|hải lí
    """,
    "time": """
        thế kỷ|thế kỉ|thập kỷ|thập kỉ|thập niên|năm học|ngày đêm|ngày công|tháng tuổi|giờ đồng hồ|mùa vụ|
        tiếng đồng hồ|tiếng|ngày tuổi|tuần tuổi|mùa giải|mùa khô|mùa mưa|thế hệ|nhiệm kỳ|niên khóa|học kỳ|kỳ nghỉ|
        giây đồng hồ|phút đồng hồ|canh giờ
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
    tôi à ạ nhé nhỉ đấy thế nhá mình họ chúng nó hắn y ta chứa chở chạy rời tiến tác được trao tặng phối kết kiểm tra
    rà soát truy tìm vây ráp triệt phá xóa đấu ngăn chặn khống chế giết hại đâm chém đánh lao tông va húc
    lật rơi ngã sập đổ tràn ngập khắc nghe thấy biết hiểu nghĩ muốn xin yêu mời mắc dừng đỗ rẽ quay
    sống ăn uống ngủ nghỉ đọc viết đóng góp gửi lấy trả vay mượn thuê đặt treo dựng lắp
    nối cắt kêu khuyến tố chuyển đổi thay sửa bổ
    một hai ba bốn sáu bảy tám chín mười rộng hẹp sâu nặng nhẹ nhanh chậm sớm muộn mạnh yếu xấu đẹp giỏi khá kém tiên
    nhì thua thắng
    """)
"""Words that follow a number without being counted by it, in lower case; one syllable each."""

NOT_NOUNS: Final = word_set("""
    ban-hành ban-đầu ban-ngày ban-đêm bản-thân đầu-tiên đầu-tư đầu-năm đầu-tháng cuối-năm lần-lượt phần-lớn điều-tra
    điều-tiết điều-hành điều-trị điều-chỉnh điều-động điều-khiển loại-bỏ loại-trừ mặt-khác chốt-chặn bên-cạnh
    bên-trong bên-ngoài cấp-cứu cấp-phép cấp-phát cấp-bách đoàn-kết nước-ngoài phía-trước phía-sau mặt-trận nhà-nước
    tên-là hướng-dẫn hướng-tới hướng-về bước-đầu bước-vào bước-sang kiểu-như hàng-ngày
    hàng-năm hàng-tháng hàng-tuần hàng-đầu hàng-loạt chuyến-đi phát-hiện phát-động phát-triển phát-sinh phát-lệnh
    nam-định bắc-giang cùng-lúc mã-hóa ca-ngợi vòng-quanh ý-thức dạng-như phần-nào tay-trái giải-quyết giải-tán
    giải-cứu giải-trình giải-phóng giải-ngân khóa-chặt phiên-dịch cặp-kè đợt-cao tội-ác mắt-thấy chân-dung đạn-dược
    đơn-giản đơn-cử thể-hiện bằng-cách cờ-bạc gói-gọn lớp-lớp kho-bạc sở-hữu sở-dĩ viện-trợ đến-nay vé-về
    xe-qua ngành-chức quán-triệt đồng-thời đồng-chủ đồng-loạt đồng-bộ đồng-tình đồng-ý cân-nhắc
    cân-đối chỉ-huy chỉ-đạo chỉ-còn chỉ-có chỉ-tính chỉ-ra chỉ-riêng chỉ-trong lượng-lớn độ-tuổi công-tác công-dụng
    mẫu-mực gốc-là tuần-tra ngày-càng phút-chốc tháng-giêng buổi-sáng bảng-xếp yên-tâm lượng-người
    """)
"""Words whose first syllable alone would be a unit: ``khóa XVI ban hành``."""

VERBAL: Final = word_set("""
    tổ-chức báo-cáo quyết-định hoạt-động vi-phạm kiến-nghị tố-giác khiếu-nại tố-cáo thông-báo
    kháng-cáo kháng-nghị đề-xuất cam-kết quy-định tranh-chấp khuyến-cáo khuyến-nghị khiếu-kiện thỏa-thuận điều
    """)
"""Nouns that are verbs as often: after a name they count nothing, ``Quận 5 tổ chức``."""

ABSTRACT: Final = word_set("""
    kênh xuân tỉnh-thuộc hướng xu-thế xu-hướng biểu-tượng nét dấu vấn-đề yếu-tố quá-trình thực-tế minh-chứng thời
    phần bộ-phận khi thể thế
    chuyện điều thứ lúc hồi dịp tương-lai cuộc-sống môi-trường nền sức tinh-thần niềm nỗi sự việc lối kiểu
    không-gian nhu-cầu thói sáng-kiến hệ-thống nhiệm-vụ
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
    ngõ ngách hẻm làn-đường làn-xe vỉa-hè cánh-đồng cánh-rừng sông cầu vị-trí địa-điểm dòng bờ làn chiếc nước miền
    bình-diện
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

BOUND: Final = word_set("""
    ứng mâu biểu kháng phóng chuyên thiếu trung thượng thiết phương nhân công chính giám hiệu tham biên can
    nghi liệt dược kỹ nhạc họa vận huấn tuyển quy nguyên khuyến chứng đăng thẩm giáo nghệ dịch dữ địa
    thương doanh hợp nghĩa khái luận lâm thủy hải ngư nông tiểu đại cựu tân tổng thứ ủy hội liên quân binh dân học
    sáng tác thành tư thực hóa vật linh phụ dụng trang khí hiện di cổ danh huy kỷ phần hình ngôn
    """)
"""Syllables that begin a word of two: an unlisted word that begins so is taken with its second syllable."""

_LAST_WORDS: Final = word_set("số")
"""Nouns only where nothing follows them in the clause: ``mã 6 số``, but not ``60% số hộ``."""

_SYLLABLE: Final = r"[^\W\d_½¼¾⅓⅔]+(?:-[^\W\d_]+)*(?:[23²³](?!\w))?"
_AFTER_NUMBER: Final = re.compile(
    rf"""
    (?P<space> [^\S\r\n]* )
    (?: (?P<sign> [%‰] | °[CcFf]? | \$ )
      | (?P<first> {_SYLLABLE} )
        (?: [^\S\r\n]+ (?P<second> {_SYLLABLE} )
            (?: [^\S\r\n]+ (?P<third> {_SYLLABLE} ) (?: [^\S\r\n]+ (?P<fourth> {_SYLLABLE} ) )? )? )?
    )
    """,
    re.VERBOSE,
)
_PER: Final = re.compile(rf"[^\S\r\n]?/[^\S\r\n]?({_SYLLABLE})(?:[^\S\r\n]+({_SYLLABLE}))?")
_RATE: Final = re.compile(r"/(?:ngày|tuần|tháng|quý|năm)\b")
_MOST_PER: Final = 2
"""As in ``đồng/người/tháng``."""
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
        end = after.end("sign")
        rate = _RATE.match(text, end)  # 4%/ngày
        end = rate.end() if rate else end
        return Unit(end, text[after.start("sign") : end], after["sign"].lower(), known=True)
    unit = _find_phrase(text, after)
    if unit is None:
        return None
    if not unit.known or "/" not in text[unit.end : unit.end + 2]:
        return unit
    end = _find_per_end(text, unit.end)
    return Unit(end, text[after.start("first") : end], unit.key, known=True)


def _find_per_end(text: str, end: int) -> int:
    """Return the end of what a unit that ends at `end` is said per: ``/m3``, ``/người/tháng``, ``/ngày đêm``."""
    for _ in range(_MOST_PER):
        per = _PER.match(text, end)
        if per is None:
            break
        end = per.end(2) if per[2] and f"{per[1]}-{per[2]}".lower() in KNOWN else per.end(1)
    return end


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
    if first in _LAST_WORDS and after["second"] is None:
        return Unit(after.end("first"), word, first, known=True)
    if first in NOT_COUNTED or "-".join(syllables[:2]) in NOT_NOUNS:
        return None
    return _guess_noun(text, after, syllables)


def _guess_noun(text: str, after: re.Match[str], syllables: list[str]) -> Unit | None:
    """Return an unlisted noun: a syllable, or two where the first is BOUND; None for a name."""
    word = after["first"]
    first = syllables[0]
    fused = _FUSED.match(word)
    if fused:
        return Unit(after.start("first") + fused.end(1), fused[1], fused[1].lower(), known=True)
    if word[0].isupper() and not (word.isupper() and len(word) > 1):
        return None
    if first in BOUND and len(syllables) > 1 and syllables[1] not in NOT_COUNTED:
        end = after.end("second")
        return Unit(end, text[after.start("first") : end], "-".join(syllables[:2]), known=False)
    return Unit(after.end("first"), word, first, known=False)


def _goes_on_small(after: re.Match[str]) -> bool:
    """Tell ``02 Trạm kiểm soát`` from ``12 Tổ Hữu``: the second syllable is no capital."""
    return after["second"] is not None and not after["second"].istitle()


def _count_known(syllables: list[str], *, alone: bool) -> int:
    """Return how many of the syllables make the longest known noun, 0 for none; one by itself only if `alone`."""
    for count in range(min(_LONGEST.get(syllables[0], 0), len(syllables)), 1, -1):
        if "-".join(syllables[:count]) in KNOWN:
            return count
    return int(alone and syllables[0] in KNOWN and "-".join(syllables[:2]) not in NOT_NOUNS)
