"""The Vietnamese words for what the code names in English; numbers, days and sizes as Vietnamese offices write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from archive.search import Sort
from archive.workflow import Role, State
from ingest.record import Relation, SignatureRole

_OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")

STATES: dict[str, str] = {
    State.DRAFT: "Nháp",
    State.PENDING: "Chờ duyệt",
    State.INTERNAL: "Lưu hành nội bộ",
    State.PUBLIC: "Công khai",
    State.EXPIRED: "Hết hiệu lực",
    State.WITHDRAWN: "Đã thu hồi",
    State.FROZEN: "Đóng băng",
    State.TRASHED: "Trong thùng rác",
}

# What is pressed to go along a way of `workflow.TRANSITIONS`.
WAYS: dict[str, str] = {
    "submit": "Trình duyệt",
    "return": "Trả lại để sửa",
    "circulate": "Lưu hành nội bộ",
    "publish": "Công khai",
    "expire": "Ghi hết hiệu lực",
    "revive": "Ghi còn hiệu lực",
    "withdraw": "Thu hồi",
    "reinstate": "Bỏ thu hồi",
    "freeze": "Đóng băng",
    "unfreeze": "Bỏ đóng băng",
    "trash": "Bỏ vào thùng rác",
    "restore": "Khôi phục",
}

ROLES: dict[str, str] = {
    Role.READER: "Người đọc",
    Role.CONTRIBUTOR: "Người nộp",
    Role.EDITOR: "Biên tập",
    Role.MANAGER: "Quản lý",
}

# How this document stands to one it cites, and how one that cites it stands to this one. The order is the order shown.
RELATIONS: dict[Relation, tuple[str, str]] = {
    Relation.AMENDS: ("Sửa đổi, bổ sung", "Được sửa đổi, bổ sung bởi"),
    Relation.REPLACES: ("Thay thế", "Được thay thế bởi"),
    Relation.REPEALS: ("Bãi bỏ", "Bị bãi bỏ bởi"),
    Relation.SUSPENDS: ("Đình chỉ", "Bị đình chỉ bởi"),
    Relation.CORRECTS: ("Đính chính", "Được đính chính bởi"),
    Relation.GUIDES: ("Hướng dẫn", "Được hướng dẫn bởi"),
    Relation.LEGAL_BASIS: ("Căn cứ", "Là căn cứ của"),
    Relation.IMPLEMENTS: ("Thực hiện", "Được thực hiện bởi"),
    Relation.PROPOSED_BY: ("Theo đề nghị", "Là đề nghị dẫn tới"),
    Relation.REPLIES_TO: ("Trả lời", "Được trả lời bởi"),
    Relation.ATTACHED_TO: ("Ban hành kèm theo", "Có văn bản kèm theo"),
    Relation.CONTINUES: ("Tiếp theo", "Được tiếp nối bởi"),
    Relation.CITES: ("Dẫn chiếu", "Được dẫn chiếu trong"),
}

# What is read from a document, by the names of the record.
FIELDS: dict[str, str] = {
    "number": "Số, ký hiệu",
    "issued_on": "Ngày ban hành",
    "place": "Địa danh",
    "superior": "Cơ quan chủ quản",
    "issuer": "Cơ quan ban hành",
    "kind": "Tên loại",
    "subject": "Trích yếu",
    "signers": "Người ký",
    "recipients": "Nơi nhận",
}

SIGNATURE_ROLES: dict[SignatureRole, str] = {
    SignatureRole.LEADER: "Người ký",
    SignatureRole.INITIALS: "Ký nháy",
    SignatureRole.ORGANISATION: "Cơ quan",
    SignatureRole.INCOMING_STAMP: "Dấu đến",
    SignatureRole.TIME_STAMP: "Dấu thời gian",
}

STATUSES: dict[str, str] = {
    "resolved": "Có trong kho",
    "ambiguous": "Nhiều khả năng",
    "missing": "Chưa có trong kho",
}

DEPOSITS: dict[str, str] = {
    "queued": "Đang chờ",
    "reading": "Đang đọc",
    "done": "Đã vào kho",
    "held": "Đã có trong kho",
    "cancelled": "Đã dừng",
    "failed": "Không đọc được",
}

FORMATS: dict[str, str] = {
    "pdf": "PDF",
    "docx": "Word (DOCX)",
    "doc": "Word (DOC)",
    "odt": "OpenDocument",
    "rtf": "RTF",
    "html": "Trang web",
    "text": "Văn bản thuần",
    "markdown": "Markdown",
    "image": "Ảnh",
}

FACETS: dict[str, str] = {
    "kind": "Tên loại",
    "issuer": "Cơ quan ban hành",
    "year": "Năm ban hành",
    "signer": "Người ký",
    "state": "Trạng thái",
}

SORTS: dict[Sort, str] = {
    "relevance": "Phù hợp nhất",
    "newest": "Mới nhất",
    "oldest": "Cũ nhất",
    "number": "Số, ký hiệu",
    "added": "Mới vào kho",
}


def facet_value(facet: str, value: str) -> str:
    """Return how a value of the facet is shown: a state by its name, any other as it is."""
    return STATES.get(value, value) if facet == "state" else value


def day(value: date | None) -> str:
    """Return the day as 18/08/2017; nothing for None."""
    return f"{value:%d/%m/%Y}" if value else ""


def day_in_words(value: date) -> str:
    """Return the day as documents date themselves, zeros before days under 10 and months 1 and 2 (NĐ 30, Phụ lục I)."""
    return f"ngày {value.day:02d} tháng {_month(value.month)} năm {value.year}"


def _month(month: int) -> str:
    return f"{month:02d}" if month <= 2 else str(month)


def moment(value: datetime) -> str:
    """Return a moment, the catalogue's being UTC, as office time, 07:05 22/11/2026."""
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return f"{aware.astimezone(_OFFICE):%H:%M %d/%m/%Y}"


def count(value: int) -> str:
    """Return the number with a point between thousands: 12.345."""
    return f"{value:,}".replace(",", ".")


def size(value: int) -> str:
    """Return a number of bytes as a person reads it: 812 byte, 34 KB, 1,5 MB."""
    if value < 1024:
        return f"{value} byte"
    if value < 1024**2:
        return f"{value / 1024:.0f} KB"
    return f"{value / 1024**2:.1f} MB".replace(".0 ", " ").replace(".", ",")
