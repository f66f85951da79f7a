"""Made-up documents in the official form, the same for the same seed: about 10 KB of text each, citing one another."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

BODIES = (
    ("ỦY BAN NHÂN DÂN TỈNH LAM SƠN", "UBND", "UBND tỉnh"),
    ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "SKHCN", "Sở Khoa học và Công nghệ"),
    ("SỞ NỘI VỤ", "SNV", "Sở Nội vụ"),
    ("SỞ TÀI CHÍNH", "STC", "Sở Tài chính"),
    ("SỞ Y TẾ", "SYT", "Sở Y tế"),
    ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "SNNMT", "Sở Nông nghiệp và Môi trường"),
)
KINDS = (("KẾ HOẠCH", "KH", "Kế hoạch"), ("QUYẾT ĐỊNH", "QĐ", "Quyết định"), ("THÔNG BÁO", "TB", "Thông báo"))
SIGNERS = ("Lê Minh Khôi", "Trần Thu Hà", "Nguyễn Đức Tâm", "Phạm Hồng Liên", "Võ Quốc Bình")
ACTS = (
    "triển khai", "tuyên truyền", "nâng cao chất lượng", "kiểm tra", "hướng dẫn", "rà soát", "bồi dưỡng", "chuyển đổi",
    "đánh giá", "hoàn thiện", "giám sát", "phối hợp thực hiện", "tổng hợp", "đẩy mạnh", "bảo đảm", "quản lý",
)  # fmt: skip
THINGS = (
    "dịch vụ công trực tuyến", "cải cách hành chính", "an toàn thông tin mạng", "hạ tầng số", "thủ tục hành chính",
    "cơ sở dữ liệu dùng chung", "phòng chống thiên tai", "giảm nghèo bền vững", "công tác văn thư, lưu trữ",
    "chỉ số năng lực cạnh tranh", "kinh phí sự nghiệp", "xây dựng nông thôn mới", "chăm sóc sức khỏe nhân dân",
    "đào tạo cán bộ, công chức", "quy hoạch sử dụng đất", "trật tự an toàn giao thông", "bưu chính công ích",
    "bảo vệ môi trường nước", "du lịch cộng đồng", "thư viện trường học", "chợ đầu mối", "cấp nước sạch nông thôn",
    "tiêm chủng mở rộng", "phòng cháy, chữa cháy", "bình đẳng giới", "phổ biến giáo dục pháp luật",
    "khuyến nông, khuyến ngư", "bảo tồn di sản văn hóa", "sắp xếp đơn vị hành chính", "thi đua, khen thưởng",
    "giải phóng mặt bằng", "nhà ở xã hội", "vùng đồng bào dân tộc thiểu số", "chuỗi giá trị nông sản",
    "ứng phó biến đổi khí hậu", "thu gom rác thải sinh hoạt", "hợp tác xã kiểu mới", "phát triển lâm nghiệp",
    "quản lý giá", "đấu thầu qua mạng", "hồ sơ bệnh án điện tử", "thể dục thể thao quần chúng",
    "xóa nhà tạm, nhà dột nát", "an toàn thực phẩm", "phòng chống ma túy", "tín dụng chính sách",
    "bảo hiểm xã hội tự nguyện", "nuôi trồng thủy sản", "công nghiệp hỗ trợ", "xúc tiến thương mại",
    "lao động, việc làm", "trẻ em có hoàn cảnh đặc biệt", "người có công với cách mạng", "đê điều và thủy lợi",
    "kiểm soát tài sản, thu nhập", "tiếp công dân", "kết nối cung cầu", "bản đồ địa chính", "truyền thanh cơ sở",
    "sáng kiến, cải tiến kỹ thuật",
)  # fmt: skip
WHO = (
    "các sở, ban, ngành",
    "Ủy ban nhân dân các xã, phường",
    "doanh nghiệp",
    "người dân",
    "cán bộ, công chức",
    "các đơn vị",
)
LINKS = ("nhằm", "gắn với", "trên cơ sở", "đồng thời", "theo hướng", "góp phần", "trong đó chú trọng")


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One document: its number, subject, and whole text."""

    number: str
    subject: str
    text: str


def make(count: int, seed: int = 1) -> Iterator[MadeUp]:
    """Yield `count` documents, about a few things each, citing up to four earlier ones and a decree nobody holds."""
    draw = random.Random(seed)
    cited: list[str] = []
    for ordinal in range(count):
        body, symbol, short = draw.choice(BODIES)
        kind, code, kind_name = draw.choice(KINDS)
        day = date(2018, 1, 1) + timedelta(days=draw.randrange(3000))
        number = f"{ordinal + 1}/{code}-{symbol}"
        things = draw.sample(THINGS, 7)
        subject = f"{draw.choice(ACTS).capitalize()} {things[0]} và {things[1]} năm {day.year}"
        bases = [f"Căn cứ {earlier};" for earlier in draw.sample(cited, min(len(cited), 4))]
        bases.append(f"Căn cứ Nghị định số {draw.randrange(1, 60)}/2019/NĐ-CP của Chính phủ;")
        header = (
            f"{'' if symbol == 'UBND' else 'ỦY BAN NHÂN DÂN TỈNH LAM SƠN'}\n{body}\nSố: {number}\n"
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
            f"Lam Sơn, ngày {day.day:02} tháng {day.month:02} năm {day.year}\n\n{kind}\n{subject}\n\n"
        )
        yield MadeUp(number, subject, header + "\n".join(bases) + _body(draw, things))
        cited = [*cited[-60:], f"{kind_name} số {number} ngày {day:%d/%m/%Y} của {short}"]


def _body(draw: random.Random, things: list[str]) -> str:
    paragraphs = "\n".join(_paragraph(draw, things) for _ in range(38))
    signer = draw.choice(SIGNERS)
    return f"\n\nI. MỤC ĐÍCH, YÊU CẦU\n{paragraphs}./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\n{signer}\n"


def _paragraph(draw: random.Random, things: list[str]) -> str:
    clauses = (f"{draw.choice(ACTS)} {draw.choice(things)} cho {draw.choice(WHO)}" for _ in range(3))
    return "- " + f", {draw.choice(LINKS)} ".join(clauses).capitalize() + "."
