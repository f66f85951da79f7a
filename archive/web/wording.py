"""The words for what the code names in English; numbers, days and sizes as Vietnamese offices write them.

The words are Vietnamese, and become another language's where they are shown.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask_babel import lazy_gettext as _

from archive import clock
from archive.bodies.known import Level
from archive.catalogue.facts import Mismatch, Standing
from archive.citations.corrections import Change
from archive.history import Action
from archive.review import Need
from archive.search import Sort
from archive.workflow import Role, State
from ingest.record import Relation, SignatureRole

STATES: dict[str, str] = {
    State.DRAFT: _("Nháp"),
    State.PENDING: _("Chờ duyệt"),
    State.INTERNAL: _("Lưu hành nội bộ"),
    State.PUBLIC: _("Công khai"),
    State.EXPIRED: _("Hết hiệu lực"),
    State.WITHDRAWN: _("Đã thu hồi"),
    State.FROZEN: _("Đóng băng"),
    State.MERGED: _("Đã gộp vào văn bản khác"),
    State.TRASHED: _("Trong thùng rác"),
}

# What is pressed to go along a way of `workflow.TRANSITIONS`.
WAYS: dict[str, str] = {
    "submit": _("Trình duyệt"),
    "return": _("Trả lại để sửa"),
    "circulate": _("Lưu hành nội bộ"),
    "publish": _("Công khai"),
    "recall": _("Đưa lại chờ duyệt"),
    "expire": _("Ghi hết hiệu lực"),
    "revive": _("Ghi còn hiệu lực"),
    "withdraw": _("Thu hồi"),
    "reinstate": _("Bỏ thu hồi"),
    "freeze": _("Đóng băng"),
    "unfreeze": _("Bỏ đóng băng"),
    "trash": _("Bỏ vào thùng rác"),
    "restore": _("Khôi phục"),
}

ACTIONS: dict[str, str] = {
    Action.ACCESSION: _("Tiếp nhận"),
    Action.STATE: _("Đổi trạng thái"),
    Action.EDIT: _("Sửa thông tin"),
    Action.FILE: _("Thay đổi tệp"),
    Action.REFERENCE: _("Sửa dẫn chiếu"),
    Action.MISMATCH: _("Bỏ qua điểm dẫn chiếu khác với kho"),
    Action.ERASURE: _("Xóa hẳn"),
    Action.ACCOUNT: _("Tài khoản"),
    Action.BODY: _("Sửa thông tin cơ quan"),
}

ROLES: dict[str, str] = {
    Role.READER: _("Người đọc"),
    Role.CONTRIBUTOR: _("Người nộp"),
    Role.EDITOR: _("Biên tập"),
    Role.MANAGER: _("Quản lý"),
}

# How this document stands to one it cites, and how one that cites it stands to this one. The order is the order shown.
RELATIONS: dict[Relation, tuple[str, str]] = {
    Relation.AMENDS: (_("Sửa đổi, bổ sung"), _("Được sửa đổi, bổ sung bởi")),
    Relation.REPLACES: (_("Thay thế"), _("Được thay thế bởi")),
    Relation.REPEALS: (_("Bãi bỏ"), _("Bị bãi bỏ bởi")),
    Relation.SUSPENDS: (_("Đình chỉ"), _("Bị đình chỉ bởi")),
    Relation.CORRECTS: (_("Đính chính"), _("Được đính chính bởi")),
    Relation.GUIDES: (_("Hướng dẫn"), _("Được hướng dẫn bởi")),
    Relation.LEGAL_BASIS: (_("Căn cứ ban hành"), _("Là căn cứ ban hành của")),
    Relation.IMPLEMENTS: (_("Thực hiện"), _("Được thực hiện bởi")),
    Relation.PROPOSED_BY: (_("Theo đề nghị"), _("Là đề nghị dẫn tới")),
    Relation.REPLIES_TO: (_("Trả lời"), _("Được trả lời bởi")),
    Relation.ATTACHED_TO: (_("Ban hành kèm theo"), _("Có văn bản kèm theo")),
    Relation.CONTINUES: (_("Tiếp theo"), _("Được tiếp nối bởi")),
    Relation.CITES: (_("Dẫn chiếu"), _("Được dẫn chiếu trong")),
}

# What is read from a document, by the names of the record.
FIELDS: dict[str, str] = {
    "number": _("Số, ký hiệu"),
    "issued_on": _("Ngày ban hành"),
    "place": _("Địa danh"),
    "superior": _("Cơ quan chủ quản"),
    "issuer": _("Cơ quan ban hành"),
    "kind": _("Tên loại"),
    "subject": _("Trích yếu"),
    "signers": _("Người ký"),
    "recipients": _("Nơi nhận"),
}

# How much a field wants a look.
NEEDS: dict[str, str] = {
    Need.LACKING: _("Chưa có"),
    Need.UNSURE: _("Chưa chắc"),
    Need.SURE: _("Đọc chắc"),
    Need.CORRECTED: _("Người sửa"),
    Need.NONE: _("Không có"),
}

# Of what a body is.
LEVELS: dict[str, str] = {
    Level.CENTRAL: _("Trung ương"),
    Level.PROVINCE: _("Cấp tỉnh"),
    Level.DISTRICT: _("Cấp huyện"),
    Level.COMMUNE: _("Cấp xã"),
    Level.OTHER: _("Khác"),
}

# What of a document or a body changes, as its history names it.
CHANGES: dict[str, str] = {
    "state": _("Trạng thái"),
    **FIELDS,
    "role": _("Vai trò"),
    "account": _("Tài khoản"),
    "password": _("Mật khẩu"),
    "merged_into": _("Gộp vào"),
    "mismatch": _("Điểm khác đã bỏ qua"),
    "body-title": _("Tên chính"),
    "body-name": _("Tên khác"),
    "body-symbol": _("Ký hiệu"),
    "body-level": _("Cấp"),
    "body-successor": _("Cơ quan kế thừa"),
    "body-severed": _("Cơ quan kế thừa"),
    "body-merge": _("Gộp vào cơ quan"),
}
_CHANGED: dict[str, Mapping[Any, Any]] = {
    "relation": {relation: words[0] for relation, words in RELATIONS.items()},
    "target": {"chosen": _("một văn bản đã chọn"), "none held": _("không văn bản nào trong kho")},
    "account": {"open": _("đang mở"), "closed": _("đã đóng")},
    "mismatch": {
        "issued_on": _("Ngày"),
        "kind": _("Tên loại"),
        "issuer": _("Cơ quan"),
        "name": _("Tên"),
        "subject": _("Trích yếu"),
    },
    "password": {"link": _("liên kết đặt mật khẩu")},
    "body-level": LEVELS,
    "state": STATES,
    "role": ROLES,
}
_BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux")

SIGNATURE_ROLES: dict[SignatureRole, str] = {
    SignatureRole.LEADER: _("Người ký"),
    SignatureRole.INITIALS: _("Ký nháy"),
    SignatureRole.ORGANISATION: _("Cơ quan"),
    SignatureRole.INCOMING_STAMP: _("Dấu đến"),
    SignatureRole.TIME_STAMP: _("Dấu thời gian"),
}

CORRECTIONS: dict[str, str] = {
    Change.RELATION: _("Đổi quan hệ"),
    Change.TARGET: _("Chọn văn bản được dẫn"),
    Change.REJECT: _("Loại dẫn chiếu đọc nhầm"),
    Change.ADD: _("Thêm dẫn chiếu"),
}

# What is cited otherwise than the archive has it, and of a missing document otherwise than most cite it.
MISMATCHES: dict[str, tuple[str, str]] = {
    "issued_on": (
        _("Ngày dẫn chiếu (%(told)s) khác ngày trong kho (%(against)s)"),
        _("Các văn bản dẫn chiếu nêu ngày khác nhau: %(told)s và %(against)s"),
    ),
    "kind": (
        _("Tên loại dẫn chiếu (%(told)s) khác tên loại trong kho (%(against)s)"),
        _("Các văn bản dẫn chiếu nêu tên loại khác nhau: %(told)s và %(against)s"),
    ),
    "issuer": (
        _("Cơ quan dẫn chiếu (%(told)s) khác cơ quan trong kho (%(against)s)"),
        _("Các văn bản dẫn chiếu nêu cơ quan khác nhau: %(told)s và %(against)s"),
    ),
    "name": (
        _("Tên dẫn chiếu (%(told)s) khác tên trong kho (%(against)s)"),
        _("Các văn bản dẫn chiếu nêu tên khác nhau: %(told)s và %(against)s"),
    ),
    "subject": (
        _("Trích yếu dẫn chiếu (%(told)s) khác trích yếu trong kho (%(against)s)"),
        _("Các văn bản dẫn chiếu nêu trích yếu khác nhau: %(told)s và %(against)s"),
    ),
}

# What has become of a document's force.
STANDINGS: dict[str, str] = {
    Standing.EXPIRED: _("Hết hiệu lực"),
    Standing.REPEALED: _("Đã bị bãi bỏ"),
    Standing.REPLACED: _("Đã được thay thế"),
    Standing.SUSPENDED: _("Bị đình chỉ"),
    Standing.PARTLY: _("Hết hiệu lực một phần"),
    Standing.AMENDED: _("Đã được sửa đổi, bổ sung"),
}

STATUSES: dict[str, str] = {
    "resolved": _("Có trong kho"),
    "ambiguous": _("Nhiều khả năng"),
    "missing": _("Chưa có trong kho"),
}

DEPOSITS: dict[str, str] = {
    "queued": _("Đang chờ"),
    "reading": _("Đang đọc"),
    "recognising": _("Đang nhận dạng chữ"),
    "done": _("Đã vào kho"),
    "held": _("Đã có trong kho"),
    "cancelled": _("Đã dừng"),
    "failed": _("Không đọc được"),
    "erased": _("Đã xóa hẳn"),
}

FORMATS: dict[str, str] = {
    "pdf": "PDF",
    "docx": "Word (DOCX)",
    "doc": "Word (DOC)",
    "odt": "OpenDocument",
    "rtf": "RTF",
    "html": _("Trang web"),
    "text": _("Văn bản thuần"),
    "markdown": "Markdown",
    "image": _("Ảnh"),
}

FACETS: dict[str, str] = {
    "kind": _("Tên loại"),
    "issuer": _("Cơ quan ban hành"),
    "year": _("Năm ban hành"),
    "signer": _("Người ký"),
    "state": _("Trạng thái"),
}

SORTS: dict[Sort, str] = {
    "relevance": _("Phù hợp nhất"),
    "newest": _("Mới nhất"),
    "oldest": _("Cũ nhất"),
    "number": _("Số, ký hiệu"),
    "added": _("Mới vào kho"),
}


def facet_value(facet: str, value: str) -> str:
    """Return how a value of the facet is shown: a state by its name, any other as it is."""
    return str(STATES.get(value, value)) if facet == "state" else value


def changed(field: str) -> str:
    """Return how the history names what was changed: a field, or a reference by what was done about it and its text."""
    act, _, what = field.partition(": ")
    return f"{CORRECTIONS[act]}: {what}" if what and act in CORRECTIONS else str(CHANGES.get(field, field))


def told(field: str, value: Any) -> str:
    """Return the value of a field, as an event keeps it, in words; nothing for None."""
    if isinstance(value, list):
        return "; ".join(told(field, one) for one in value)
    if isinstance(value, dict):
        return " · ".join(told(field, one) for one in value.values() if one)
    if field == "issued_on" and value:
        return day(date.fromisoformat(value))
    if field == "merged_into" and value:
        return str(_("một văn bản khác"))  # not all who read that may know which
    words = _CHANGED.get(field.partition(":")[0], {})
    return str(words.get(value, "" if value is None else value))


def mismatch(one: Mismatch) -> str:
    """Return what a mismatch is, as a sentence with both values."""
    told, against = (day(value) if isinstance(value, date) else value for value in (one.told, one.against))
    return MISMATCHES[one.field][one.document is None] % {"told": told, "against": against}


def browser(named: str) -> str:
    """Return in few words what browser names itself so, and on what it runs: `Firefox, Windows`."""
    kinds = (next((kind for kind in known if kind in named), "") for known in (_BROWSERS, _SYSTEMS))
    return ", ".join({"Edg": "Edge", "OPR": "Opera"}.get(kind, kind) for kind in kinds if kind)


def day(value: date | None) -> str:
    """Return the day as 18/08/2017; nothing for None."""
    return f"{value:%d/%m/%Y}" if value else ""


def moment(value: datetime) -> str:
    """Return a moment, the catalogue's being UTC, as office time, 07:05 22/11/2026."""
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return f"{aware.astimezone(clock.OFFICE):%H:%M %d/%m/%Y}"


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
