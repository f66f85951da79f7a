"""Documents as offices write them: invented ones in the shapes of real ones (`shapes.toml`), each read whole."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from tests.ingest.texts import record

SHAPES = tomllib.loads(Path(__file__).with_name("shapes.toml").read_text(encoding="utf-8"))["shape"]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape["name"])
def test_a_document_of_each_shape_is_read(shape):
    """What the document says is read, what it leaves blank stays unknown, and no decoy is taken for either."""
    read = record(shape["text"])
    found = {
        "number": read.number,
        "issued_on": read.issued_on.isoformat() if read.issued_on else None,
        "issuer": read.issuer,
        "kind": read.kind,
        "subject": read.subject,
        "signers": [signer.name for signer in read.signers],
        "signer": read.signers[0].name if read.signers else None,
        "position": read.signers[0].position if read.signers else None,
        "references": sorted(reference.number for reference in read.references if reference.number),
    }
    expected = {key: shape[key] for key in found if key in shape} | dict.fromkeys(shape.get("blank", []))
    assert {key: found[key] for key in expected} == expected


CITATIONS = [
    (
        "theo các Quyết định số 12/QĐ-UBND, 13/QĐ-UBND ngày 05/3/2024 của UBND tỉnh",
        {"12/QĐ-UBND": date(2024, 3, 5), "13/QĐ-UBND": date(2024, 3, 5)},
    ),
    (
        "theo các văn bản: số 21/SNV-TC, số 22/SNV-TC ngày 06/3/2024",
        {"21/SNV-TC": date(2024, 3, 6), "22/SNV-TC": date(2024, 3, 6)},
    ),
    (
        "Xét các Tờ trình số 41/TTr-SCT ngày 01/4/2024, số 42/TTr-SCT ngày 02/4/2024 và số 43/BC-SCT ngày 03/4/2024",
        {"41/TTr-SCT": date(2024, 4, 1), "42/TTr-SCT": date(2024, 4, 2), "43/BC-SCT": date(2024, 4, 3)},
    ),
    ("theo Thông tư số 57/2021/TT-\nBTC ngày\n27 tháng 5 năm 2021", {"57/2021/TT-BTC": date(2021, 5, 27)}),
    ("theo Nghị định số 24/2026//NĐ-CP ngày 02/01/2026", {"24/2026/NĐ-CP": date(2026, 1, 2)}),
    ("theo Quyết định số 35/QĐ_UBND ngày 02/01/2026", {"35/QĐ-UBND": date(2026, 1, 2)}),
    ("theo Nghị định số 126/2024/NĐ-CP1 ngày 08/10/2024", {"126/2024/NĐ-CP": date(2024, 10, 8)}),
    ("theo Luật số 42/2024/QH151", {"42/2024/QH15": None}),
    ("theo Thông tư số 27/2016/TTBLĐTBXH ngày 01/9/2016", {"27/2016/TT-BLĐTBXH": date(2016, 9, 1)}),
    ("theo Nghị quyết 36a/NQ-CP và Nghị quyết số 66.7/2025/NQ-CP", {"36a/NQ-CP": None, "66.7/2025/NQ-CP": None}),
    ("đáp ứng QCVN 01 - 2008/BLĐTBXH và QCVN 02:2019/BCT", {"QCVN 01:2008/BLĐTBXH": None, "QCVN 02:2019/BCT": None}),
    (
        "theo Quyết định số 779 /QĐ-UBND; Tờ trình số 1856/TTr -SCT ngày 02/02/2024",
        {"779/QĐ-UBND": None, "1856/TTr-SCT": date(2024, 2, 2)},
    ),
    ("theo Luật Hóa chất số 69/2025/QH15 ngày 14/6/2025", {"69/2025/QH15": date(2025, 6, 14)}),
    ("theo Kết luận số 91-KL/TW, ngày 12/8/2024 của Bộ Chính trị", {"91-KL/TW": date(2024, 8, 12)}),
    ("Ngày 11/12/2023 Sở Y tế ban hành Công văn số 2243/SYT-NVY về việc báo cáo", {"2243/SYT-NVY": date(2023, 12, 11)}),
]


@pytest.mark.parametrize(("text", "expected"), CITATIONS, ids=[next(iter(numbers)) for _, numbers in CITATIONS])
def test_citations_are_read_in_each_way_of_writing(text, expected):
    """Lists that share a kind or a date, numbers over two lines, and misprints lead to the documents that are meant."""
    assert {found.number: found.issued_on for found in record(f"{text}.").references} == expected
