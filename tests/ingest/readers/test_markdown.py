"""Markdown's marks and the text that is left."""

import pytest

from ingest.readers.markdown import is_marked, strip


@pytest.mark.parametrize(
    ("marked", "clean"),
    [
        ("### **KẾ HOẠCH** ##", "KẾ HOẠCH"),
        ("***Nơi nhận:***", "Nơi nhận:"),
        ("***a* b**", "a b"),
        ("**1. Mục:** làm **ngay**", "1. Mục: làm ngay"),
        ("__đậm__ và _nghiêng_", "đậm và nghiêng"),
        ("Quyết định QĐ_BKHCN_x", "Quyết định QĐ_BKHCN_x"),
        ("1\\. Mục đích", "1. Mục đích"),
        ("\\*chú thích\\*", "*chú thích*"),
        ("3 * 4 * 5", "3 * 4 * 5"),
        ("* mục", "- mục"),
        ("- mục", "- mục"),
        ("> trích", "trích"),
        ("| STT | Tên |", "STT\tTên"),
        ("|---|:---:|", ""),
        ("---", ""),
        ("[Công báo](https://example.vn/a)", "Công báo"),
        ("dòng<br>sau", "dòng\nsau"),
        ("**Trần Văn A**\\", "Trần Văn A"),
    ],
)
def test_strip(marked: str, clean: str) -> None:
    """Marks go, the text stays."""
    assert strip(marked) == clean


def test_marks_are_noticed() -> None:
    """A heading or bold shows Markdown; stars and hashes of ordinary text do not."""
    assert is_marked("a\n## Mục")
    assert is_marked("a **đậm** b")
    assert not is_marked("a * b ** c\n#1 và ** **\n***")
