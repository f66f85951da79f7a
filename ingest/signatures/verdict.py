"""What a person is told of a signature, in one sentence.

Never that it is valid: whether its certificate had been revoked cannot be known without a network.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.record import Changes, Signature, Trust

UNREADABLE_FILE = "Tệp có chữ ký số nhưng cấu trúc tệp bị lỗi nên không kiểm tra được; hãy xem bằng phần mềm ký số."
UNREADABLE = "Không kiểm tra được chữ ký này vì dữ liệu chữ ký bị lỗi hoặc theo kiểu chưa biết."
TOO_MANY = "Chưa kiểm tra chữ ký này vì tệp có quá nhiều chữ ký."

_UNCHECKED = "chưa kiểm tra được thu hồi"

_CHANGES = {
    Changes.NOTHING: "Nội dung đã ký còn nguyên vẹn, tệp không thêm gì sau khi ký",
    Changes.SIGNATURES: "Nội dung đã ký còn nguyên vẹn, sau đó tệp chỉ thêm chữ ký hoặc dấu",
    Changes.CONTENT: "Nội dung lúc ký còn nguyên vẹn, nhưng sau khi ký tệp đã bị thay đổi",
    None: "Nội dung lúc ký còn nguyên vẹn, nhưng chưa so được phần tệp thêm vào sau khi ký",
}

_TRUST = {
    Trust.TRUSTED: "chứng thư do nơi được kho tin cậy cấp",
    Trust.UNKNOWN: "chưa xác minh được nơi cấp chứng thư",
    Trust.EXPIRED: "chứng thư không còn hoặc chưa có hiệu lực vào lúc ký",
    Trust.SELF_SIGNED: "chứng thư do người ký tự cấp, không có ai xác nhận",
}


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks of one signature found; the fields mean what those of `Signature` do."""

    is_intact: bool
    covers_revision: bool
    changes: Changes | None
    trust: Trust
    is_weak: bool


def sentence(findings: Findings) -> str:
    """Return the findings as a Vietnamese sentence."""
    if not findings.is_intact:
        return "Chữ ký không khớp với nội dung: tệp đã bị sửa sau khi ký hoặc chữ ký bị hỏng; không dùng làm bản gốc."
    if not findings.covers_revision:
        first = "Phần được ký còn nguyên vẹn, nhưng chữ ký không bao trùm cả tệp nên phần còn lại có thể đã bị sửa"
    else:
        first = _CHANGES[findings.changes]
    last = f"{_TRUST[findings.trust]}, {_UNCHECKED}"
    weakness = "; thuật toán băm cũ, đã yếu" if findings.is_weak else ""
    return f"{first}; {last}{weakness}."


def is_doubtful(signature: Signature) -> bool:
    """Say whether the file may not be what was signed: altered, not all of it signed, or not to be checked."""
    return not signature.intact or signature.changes in {None, Changes.CONTENT}


def warnings(signatures: Iterable[Signature]) -> tuple[str, ...]:
    """Return what is off with the signatures of a file, in Vietnamese sentences, the gravest first."""
    signatures = tuple(signatures)
    doubtful = [f"Chữ ký số của {_signer(one)}: {one.verdict}" for one in signatures if is_doubtful(one)]
    unproven: dict[Trust, dict[str, None]] = {}
    for one in signatures:
        if not is_doubtful(one) and one.trust and one.trust != Trust.TRUSTED:
            unproven.setdefault(one.trust, {})[_signer(one)] = None
    told = (f"Chữ ký số của {', '.join(names)}: {_TRUST[trust]}." for trust, names in unproven.items())
    return (*doubtful, *told)


def _signer(signature: Signature) -> str:
    return signature.signer or "người chưa đọc được tên"
