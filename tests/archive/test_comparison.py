"""Two texts side by side."""

from hypothesis import given
from hypothesis import strategies as st

from archive.comparison import Change, Row, Side, compare, likeness

AIM = "Mục tiêu: 85% hồ sơ thủ tục hành chính được nộp trực tuyến."
NEW_AIM = "Mục tiêu: 90% hồ sơ thủ tục hành chính được nộp trực tuyến."
TASKS = "Sở Nội vụ chủ trì số hóa tài liệu lưu trữ của các xã."
MONEY = "Kinh phí thực hiện từ ngân sách tỉnh theo phân cấp hiện hành."


def changes(rows: tuple[Row, ...]) -> list[str]:
    return [row.change for row in rows]


def marked(side: Side | None) -> list[str]:
    return [text for text, differs in side.parts if differs] if side else []


def test_what_is_the_same_stands_side_by_side() -> None:
    """Spacing, case and the place of a tone mark make no difference."""
    rows = compare(["KẾ HOẠCH", "Hoá  chất, thuỷ sản;"], ["Kế hoạch", "Hóa chất, thủy sản ;"])
    assert changes(rows) == [Change.SAME, Change.SAME]


def test_a_changed_paragraph_marks_its_changed_words() -> None:
    """Only the words that differ are marked, on both sides."""
    (row,) = compare([AIM], [NEW_AIM])
    assert row.change == Change.CHANGED
    assert (marked(row.left), marked(row.right)) == (["85"], ["90"])


def test_what_only_one_text_has_stands_alone() -> None:
    """Removed on the left, added on the right, in their places."""
    assert changes(compare([AIM, TASKS], [AIM, MONEY])) == [Change.SAME, Change.REMOVED, Change.ADDED]


def test_a_paragraph_moved_names_its_other_place() -> None:
    """It stands in both places, and each says where the other is."""
    rows = compare([MONEY, AIM, TASKS], [AIM, TASKS, MONEY])
    assert changes(rows) == [Change.MOVED, Change.SAME, Change.SAME, Change.MOVED]
    assert (rows[0].elsewhere, rows[-1].elsewhere) == (2, 0)


def test_a_section_moved_takes_its_heading_along() -> None:
    """Though both bear other numbers in their new place."""
    rows = compare(
        ["I. MỤC TIÊU", f"1. {AIM}", "II. KINH PHÍ", MONEY, TASKS],
        ["I. KINH PHÍ", MONEY, TASKS, "II. MỤC TIÊU", f"2. {AIM}"],
    )
    moved = {side.parts[0][0] for row in rows if row.change == Change.MOVED for side in (row.left, row.right) if side}
    assert moved == {"I. MỤC TIÊU", f"1. {AIM}", "II. MỤC TIÊU", f"2. {AIM}"}


def test_the_changed_paragraph_is_found_among_others() -> None:
    """A paragraph that was put before it does not take its place."""
    rows = compare([AIM, TASKS], [MONEY, NEW_AIM, TASKS])
    assert changes(rows) == [Change.ADDED, Change.CHANGED, Change.SAME]


def test_likeness_counts_shared_words() -> None:
    """The same words without accents are the same text; nothing in common is 0."""
    assert likeness(f"{AIM} {TASKS}", f"{TASKS} {AIM}") == 1
    assert likeness("Kế hoạch", "Ke hoach") == 1
    assert likeness("một hai", "ba bốn") == 0


PARAGRAPHS = st.lists(st.sampled_from([AIM, NEW_AIM, TASKS, MONEY, "Điều 1.", "a b", "", "x"]), max_size=8)


@given(PARAGRAPHS, PARAGRAPHS)
def test_nothing_is_lost_or_made_up(left: list[str], right: list[str]) -> None:
    """Whatever the texts, each paragraph of both stands once, in order and letter for letter."""
    rows = compare(left, right)
    for side, paragraphs in (("left", left), ("right", right)):
        shown = [one for row in rows if (one := getattr(row, side))]
        assert [one.paragraph for one in shown] == list(range(len(paragraphs)))
        assert ["".join(text for text, _ in one.parts) for one in shown] == paragraphs
    for row in rows:
        if row.change == Change.MOVED:
            assert row.elsewhere is not None
