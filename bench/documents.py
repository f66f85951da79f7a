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
    """Yield `count` documents; each cites up to four earlier ones and one decree that nobody holds."""
    draw = random.Random(seed)
    cited: list[str] = []
    for ordinal in range(count):
        body, symbol, short = draw.choice(BODIES)
        kind, code, kind_name = draw.choice(KINDS)
        day = date(2018, 1, 1) + timedelta(days=draw.randrange(3000))
        number = f"{ordinal + 1}/{code}-{symbol}"
        subject = f"{draw.choice(ACTS).capitalize()} {draw.choice(THINGS)} và {draw.choice(THINGS)} năm {day.year}"
        bases = [f"Căn cứ {earlier};" for earlier in draw.sample(cited, min(len(cited), 4))]
        bases.append(f"Căn cứ Nghị định số {draw.randrange(1, 60)}/2019/NĐ-CP của Chính phủ;")
        header = (
            f"{'' if symbol == 'UBND' else 'ỦY BAN NHÂN DÂN TỈNH LAM SƠN'}\n{body}\nSố: {number}\n"
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
            f"Lam Sơn, ngày {day.day:02} tháng {day.month:02} năm {day.year}\n\n{kind}\n{subject}\n\n"
        )
        yield MadeUp(number, subject, header + "\n".join(bases) + _body(draw))
        cited = [*cited[-60:], f"{kind_name} số {number} ngày {day:%d/%m/%Y} của {short}"]


def _body(draw: random.Random) -> str:
    paragraphs = "\n".join(_paragraph(draw) for _ in range(38))
    signer = draw.choice(SIGNERS)
    return f"\n\nI. MỤC ĐÍCH, YÊU CẦU\n{paragraphs}./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\n{signer}\n"


def _paragraph(draw: random.Random) -> str:
    clauses = (f"{draw.choice(ACTS)} {draw.choice(THINGS)} cho {draw.choice(WHO)}" for _ in range(3))
    return "- " + f", {draw.choice(LINKS)} ".join(clauses).capitalize() + "."
