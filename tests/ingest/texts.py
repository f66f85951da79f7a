"""Documents of an invented province as text, for the tests of what understands them."""

from ingest import Record, understand
from ingest.readers import Reading
from ingest.record import Page

PLAN = """ỦY BAN NHÂN DÂN
TỈNH AN BÌNH
Số: 45/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 05 tháng 3 năm 2024
KẾ HOẠCH
Chuyển đổi số trong cơ quan nhà nước
trên địa bàn tỉnh An Bình năm 2024
Căn cứ Luật Giao dịch điện tử ngày 22 tháng 6 năm 2023;
Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ phê duyệt
Chương trình Chuyển đổi số quốc gia; Nghị quyết số 05-NQ/TU ngày 10/01/2023 của Tỉnh ủy An Bình;
Theo đề nghị của Giám đốc Sở Thông tin và Truyền thông tại Tờ trình số 12/TTr-STTTT
ngày 01/3/2024,
Ủy ban nhân dân tỉnh ban hành Kế hoạch chuyển đổi số năm 2024 như sau:
I. MỤC TIÊU
1. Tiếp nhận hồ sơ trực tuyến theo Quyết định số 749/QĐ-TTg.
2. Kế hoạch này thay thế Kế hoạch số 30/KH-UBND ngày 15/02/2023 của UBND tỉnh.
II. TỔ CHỨC THỰC HIỆN
Các sở, ngành báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày 15/12/2024./.
Nơi nhận:
- Như trên;
- Chủ tịch, các Phó Chủ tịch
UBND tỉnh;
- Lưu: VT, TH (Hà, 5b).
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Trần Văn An
"""

LETTER = """UBND TỈNH AN BÌNH
SỞ XÂY DỰNG
Số: 118/SXD-QLN
V/v thực hiện Quyết định số 20/QĐ-UBND ngày 02 tháng 01 năm 2024
của Ủy ban nhân dân tỉnh
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 15 tháng 01 năm 2024
Kính gửi: Ủy ban nhân dân các xã, phường
Trả lời Công văn số 7/UBND-KT ngày 08/01/2024 của Ủy ban nhân dân xã Hòa Thuận, Sở Xây dựng có ý kiến như sau:
Đề nghị thực hiện Quyết định nêu trên đúng thời hạn./.
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Lê Thị Bình
"""


def record(*pages: str) -> Record:
    """Return what the pages of text say."""
    numbered = tuple(Page(number, text) for number, text in enumerate(pages, start=1))
    return understand("van-ban.txt", "0" * 64, Reading("text", numbered))


def cited(text: str) -> dict[str, str]:
    """Return number → relation of every document that a text cites by number."""
    return {reference.number: reference.relation.value for reference in record(text).references if reference.number}
