import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.digits import mend


@pytest.mark.parametrize(
    ("misread", "meant"),
    [
        ("Chỉ thị số l6/CT-UBND ngày 2l/12/2021", "Chỉ thị số 16/CT-UBND ngày 21/12/2021"),
        ("Nghị định số I09/2016/NĐ-CP", "Nghị định số 109/2016/NĐ-CP"),
        ("Quyết định số §97-QĐ/TU", "Quyết định số 897-QĐ/TU"),
        ("ngày 3] tháng I1 năm 2019", "ngày 31 tháng 11 năm 2019"),
        ("ngày 05 tháng O1 năm.2018", "ngày 05 tháng 01 năm 2018"),
        ("Quyết định số 1 2/2021/QĐ-TTg ngày 31/1 2/2021", "Quyết định số  12/2021/QĐ-TTg ngày  31/12/2021"),
        ("Quyết định số 8l 19/QĐ-SYT", "Quyết định số  8119/QĐ-SYT"),
        ("Ông Lý O nói: ngày lễ lớn", "Ông Lý O nói: ngày lễ lớn"),
        ("khoản I/Điều 3, mục II/A", "khoản I/Điều 3, mục II/A"),
        ("kinh phí 12l đồng", "kinh phí 12l đồng"),
    ],
)
def test_digits_are_put_right_only_in_numbers_and_dates(misread, meant):
    """A letter that looks like a digit is one where a document's number or a date stands, and nowhere else."""
    assert mend(misread) == meant


@given(st.text(alphabet="ngàythámsốIl]O0159/- .ĐQ§\n", max_size=60))
def test_the_text_keeps_its_length(text):
    """Offsets into the text that was read stay valid."""
    assert len(mend(text)) == len(text)
