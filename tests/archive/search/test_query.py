"""The query grammar, on what people type and on what nobody should."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.search.query import MAX_CLAUSES, STATE_NAMES, Clause, Days, parse
from archive.workflow import State


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", []),
        ("chuyển đổi số", [Clause("chuyển"), Clause("đổi"), Clause("số")]),
        ('"chính quyền  điện tử"', [Clause("chính quyền điện tử", quoted=True)]),
        ("“an toàn” giao thông", [Clause("an toàn", quoted=True), Clause("giao"), Clause("thông")]),
        ("-nháp", [Clause("nháp", excluded=True)]),
        ('-"dự thảo"', [Clause("dự thảo", quoted=True, excluded=True)]),
        ("-loại:QĐ", [Clause("QĐ", "kind", excluded=True)]),
        ("Tiền Giang - Long An", [Clause("Tiền"), Clause("Giang"), Clause("Long"), Clause("An")]),
        ("228/KH–UBND", [Clause("228/KH-UBND")]),
        ("36a/NQ-CP?", [Clause("36a/NQ-CP")]),
        ("(kế*)", [Clause("kế")]),
        ("10:30", [Clause("10"), Clause("30")]),
        ("đươc̣", [Clause("được")]),
        ('- * ? ~ ^ [ ] : " -- _', []),
    ],
)
def test_words_phrases_and_exclusions(text: str, clauses: list[Clause]) -> None:
    """Words, phrases in either kind of quotes, and exclusions come apart; signs alone are nothing."""
    assert parse(text).clauses == tuple(clauses)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("số:228", "number", "228"),
        ("Số: 228/KH-UBND", "number", "228/KH-UBND"),
        ("so:228", "number", "228"),
        ("ký hiệu:KH-UBND", "number", "KH-UBND"),
        ("tên loại:nghị", "kind", "nghị"),
        ("TEN LOAI:nghị", "kind", "nghị"),
        ("cơ quan ban hành:STTTT", "issuer", "STTTT"),
        ("co quan:STTTT", "issuer", "STTTT"),
        ("cq:STTTT", "issuer", "STTTT"),
        ("người ký:Đức", "signer", "Đức"),
        ("NK:Đức", "signer", "Đức"),
        ("signer:Đức", "signer", "Đức"),
        ("trích yếu:mạng", "subject", "mạng"),
        ("năm:2017", "year", "2017"),
        ("date:18/8/2017", "date", "18/8/2017"),
        ("trạng thái:nháp", "state", "nháp"),
    ],
)
def test_field_names(text: str, name: str, value: str) -> None:
    """A field is named in Vietnamese or English, with or without accents, in any case."""
    assert [(clause.field, clause.text) for clause in parse(text).clauses] == [(name, value)]


def test_field_with_a_phrase() -> None:
    """A field takes a value with blanks in quotes."""
    assert parse('cơ quan:"Sở Y tế"').clauses == (Clause("Sở Y tế", "issuer", quoted=True),)


def test_unknown_field_is_words_with_a_note() -> None:
    """A field that does not exist is searched as words, and the note names it."""
    query = parse("-màu:đỏ")
    assert query.clauses == (Clause("màu", excluded=True), Clause("đỏ", excluded=True))
    assert "màu" in query.notes[0]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ngày:18/8/2017", date(2017, 8, 18), date(2017, 8, 18)),
        ("ngày:18-08-2017", date(2017, 8, 18), date(2017, 8, 18)),
        ("ngày:2017-08-18", date(2017, 8, 18), date(2017, 8, 18)),
        ('ngày:"18 tháng 8 năm 2017"', date(2017, 8, 18), date(2017, 8, 18)),
        ("ngày:2/2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("năm:2016-2018", date(2016, 1, 1), date(2018, 12, 31)),
        ("từ:2017", date(2017, 1, 1), date.max),
        ("đến ngày:8/2017", date.min, date(2017, 8, 31)),
    ],
)
def test_days(text: str, first: date, last: date) -> None:
    """A date clause means whole days, months or years, day before month."""
    assert parse(text).clauses[0].days == Days(first, last)


@pytest.mark.parametrize(
    "text", ["ngày:31/2/2017", "ngày:abc", "năm:17", "từ:0/0/0000", "đến:13/2017", "ngày:٣٢/١/٢٠١٧"]
)
def test_no_such_day_is_words_with_a_note(text: str) -> None:
    """What is no date is searched as words, and the note says how to write one."""
    query = parse(text)
    assert all(clause.field is None for clause in query.clauses)
    assert "18/8/2017" in query.notes[0]


def test_states() -> None:
    """A state is named in Vietnamese or English; one that there is not is searched as words, with a note."""
    assert [clause.state for clause in parse('trạng thái:"cong khai" state:Draft').clauses] == ["public", "draft"]
    assert set(STATE_NAMES) == set(State) - {State.MERGED, State.TRASHED}  # which no search finds
    query = parse("state:xyz")
    assert query.clauses == (Clause("state"), Clause("xyz"))
    assert "nội bộ" in query.notes[0]


def test_a_lone_quote_is_said() -> None:
    """A quote that is never closed is dropped, and the note says so."""
    query = parse('kế "hoạch')
    assert query.clauses == (Clause("kế"), Clause("hoạch"))
    assert len(query.notes) == 1


def test_signs_alone_are_said() -> None:
    """Where there is no word and no number, one note says so; where there is nothing at all, none."""
    assert [len(parse(text).notes) for text in ("***", '"', '""', "\U0001f600", " ", "")] == [1, 1, 1, 1, 0, 0]


def test_endless_input_is_bounded() -> None:
    """Ten thousand characters make a bounded query with one note."""
    query = parse("kế hoạch " * 10_000)
    assert len(query.clauses) == MAX_CLAUSES
    assert len(query.notes) == 1


pieces = st.sampled_from(
    ["kế", "hoạch", "-", '"', "“", ":", "số:", "cơ quan:", "ngay:", "18/8/2017", "x:", " ", "\x00", "\ud800", "̣", "AND",
     "[a TO b]", "*", "~", "^2", "😀", "228/KH-UBND", "İ", "ß", "가"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(pieces, max_size=30).map("".join)))
@example('-"')
@example("số:a:b")
@example("ngày:a:b")
def test_any_text_parses_and_comes_back(text: str) -> None:
    """Any text whatever is a query, and a query written out parses to itself."""
    query = parse(text)
    assert parse(str(query)) == query
