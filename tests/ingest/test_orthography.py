import pytest

from ingest.orthography import canonical, fold, mend


@pytest.mark.parametrize(("text", "bare"), [("Đề án số", "De an so"), ("ủy quyền", "uy quyen"), ("QĐ-UBND", "QD-UBND")])
def test_folding_drops_every_mark_and_the_bar(text, bare):
    """What people type without accents: đ becomes d, too."""
    assert fold(text) == bare


@pytest.mark.parametrize(
    ("newer", "older"),
    [("hoà", "hòa"), ("thuý", "thúy"), ("khoẻ", "khỏe"), ("UỶ", "ỦY"), ("quý", "quý"), ("giả", "giả")],
)
def test_both_habits_of_placing_a_tone_are_one_word(newer, older):
    """`hoà` and `hòa` are the same word; qu and gi keep their u and i."""
    assert canonical(newer) == canonical(older) == older


def test_a_correct_text_is_left_as_it_is():
    """Mending touches faults only."""
    text = "Thực hiện thủ tục thuế, quỹ, khuỷu tay, nguyễn, giường, Đắk Lắk, Pleiku, Internet"
    assert mend(text) == text
