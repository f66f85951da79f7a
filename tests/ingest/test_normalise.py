import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.normalise import repair


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("đươc̣ hướng dâñ", "được hướng dẫn"),
        ("PHÓ CHỦ TIC̣H", "PHÓ CHỦ TỊCH"),
        ("đơn vi ̣ liên quan", "đơn vị liên quan"),
        ("đơn vi ̣có liên quan", "đơn vị có liên quan"),
        ("hòa thuận, hoà thuận", "hòa thuận, hoà thuận"),
        ("Số:\u00a012/KH\u200b-UBND", "Số: 12/KH-UBND"),
        ("06/2026/TT-BTС", "06/2026/TT-BTC"),
        ("củа", "của"),
        ("hƣớng dẫn", "hướng dẫn"),
        ("dòng một\r\ndòng hai", "dòng một\ndòng hai"),
        ("chuyển\u00ad đổi", "chuyển đổi"),
    ],
)
def test_broken_text_is_mended(broken, mended):
    """Marks go to the vowel that takes them, invisible characters go, look-alikes become what was meant."""
    assert repair(broken) == unicodedata.normalize("NFC", mended)


@given(st.text(max_size=200))
def test_repair_gives_nfc_and_changes_nothing_the_second_time(text):
    """Whatever comes in, what goes out is NFC and stays as it is when repaired again."""
    once = repair(text)
    assert once == unicodedata.normalize("NFC", once)
    assert repair(once) == once
