"""What every SearchIndex does. A new implementation joins by a parameter of the `index` fixture."""

import itertools
from datetime import date

import pytest

from archive.search import FacetCount, Filters, SearchIndex, Sort, parse
from tests.archive.search.conftest import ALL, PLANS, Found, entry


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", [1, 2, 3, 4]),
        ("chính quyền", [1]),
        ("CHINH QUYEN dien tu", [1]),
        ("duong day", [2]),
        ("dịch-vụ?", [2]),
        ("an", [1]),
        ("xyz", []),
        ("chính xyz", []),
        ('"điện tử"', [1]),
        ('"tử điện"', []),
        ('"dich vu cong"', [2]),
        ('"công trực Dịch"', []),
        ("kế hoạch -bản", [3, 1]),
        ("-hòa -trực", [1, 4]),
        ("-loại:nghị", [1, 3, 4]),
        ("-kế", [2]),
    ],
)
def test_words(found: Found, text: str, ids: list[int]) -> None:
    """All words must stand in a document, in any case, with or without accents; nothing is invented."""
    assert sorted(found.ids(text)) == sorted(ids)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("228/KH-UBND", [1, 3]),
        ("228/kh–ubnd", [1, 3]),
        ("0228/KH-UBND", [1, 3]),
        ("228 KH UBND", [1, 3]),
        ("KH-UBND", [1, 3]),
        ("228/KH", [1, 3]),
        ("36a/NQ-CP?", [2]),
        ("1819/QD-TTg", [1]),
        ("26-10-2015", [1]),
        ("26/10/2015", [1]),
        ("28/KH-UBND", []),
        ("số:228/KH-UBND", [1]),
        ("số:KH", [1, 3]),
    ],
)
def test_numbers(found: Found, text: str, ids: list[int]) -> None:
    """A number is found whole, by its beginning, or by its words, however its signs are written."""
    assert sorted(found.ids(text)) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("loại:kế", [1, 3]),
        ('loại:"nghi quyet"', [2]),
        ("cơ quan:sông", [1]),
        ("người ký:duc", [1, 3]),
        ('người ký:"Văn Đức Lê"', []),
        ('người ký:"Hòa Trần"', []),
        ("trích yếu:điện", [1]),
        ("trích yếu:cháy", []),
        ("năm:2017", [1]),
        ("năm:2015-2017", [1, 2]),
        ("-năm:2017", [2, 3, 4]),
        ("từ:2017 đến:8/2017", [1]),
        ("ngày:18/8/2017", [1]),
        ("trạng thái:nháp", [4]),
        ("đức", [1, 3]),
    ],
)
def test_fields(found: Found, text: str, ids: list[int]) -> None:
    """A field narrows to what stands in it; a person's and a body's name is also found by plain words."""
    assert sorted(found.ids(text)) == ids


def test_an_empty_index_finds_nothing(index: SearchIndex) -> None:
    """Whatever is asked of it."""
    for text in ("", "hòa", "chính quyền điện tử", '"chính quyền"', "-hòa", "năm:2017"):
        assert Found(index).results(text).total == 0


def test_exact_accents_come_first(index: SearchIndex) -> None:
    """A document with the words as typed comes before any that differs in accents, however often that has them."""
    index.write([entry(1, "hoa " * 50, subject="hoa hoa hoa"), entry(2, "lời dài " * 200 + "hòa"), entry(3, "hoà hoa")])
    results = Found(index).results("hòa")
    assert {hit.id for hit in results.hits[:2]} == {2, 3}
    assert results.hits[2].id == 1
    assert results.hits[1].score > results.hits[2].score


def test_both_habits_of_tone_are_one_word(index: SearchIndex) -> None:
    """`hòa` and `hoà`, composed or not, are the same word, in a document and in an exclusion."""
    index.write([entry(1, "hòa"), entry(2, "hoà"), entry(3, "hoa\u0300"), entry(4, "hoa")])
    assert Found(index).ids("-hoà") == [4]
    assert Found(index).ids("-hoa") == []


def test_subject_weighs_more_than_body(index: SearchIndex) -> None:
    """Of two documents alike, the one that has the word in its subject comes first."""
    index.write([entry(1, "mạng lưới và an toàn", subject="khác"), entry(2, "khác", subject="mạng lưới")])
    assert Found(index).ids("mạng lưới") == [2, 1]


def test_permissions_bound_everything(found: Found) -> None:
    """Hits, total and facets know nothing of documents in other states; no state, nothing."""
    results = found.results("", states=frozenset({"public"}))
    assert [hit.id for hit in results.hits] == [1, 3]
    assert results.total == 2
    assert results.facets["kind"] == (FacetCount("Kế hoạch", 2),)
    assert FacetCount("2015", 1) not in results.facets["year"]
    assert results.facets["state"] == (FacetCount("public", 2),)
    assert found.ids("trạng thái:nháp", states=frozenset({"public"})) == []
    assert found.ids("", states=frozenset({"public"}), filters=Filters(state=("draft",))) == []
    assert found.results("", states=frozenset()).total == 0


def test_filters(found: Found) -> None:
    """Within a facet any value will do, between facets all must hold; days are inclusive; the state narrows."""
    assert found.ids("", filters=Filters(kind=("Kế hoạch", "Nghị quyết"), signer=("Lê Thị Hòa",))) == [2, 3]
    assert found.ids("", filters=Filters(year=("2017",))) == [1]
    assert found.ids("", filters=Filters(issued_from=date(2017, 8, 18), issued_to=date(2018, 1, 5))) == [1, 3]
    assert found.ids("", filters=Filters(issued_to=date(2017, 8, 17))) == [2]
    assert found.ids("", filters=Filters(state=("draft", "internal"))) == [2, 4]
    assert found.ids("", filters=Filters(kind=("Kế",))) == []


def test_facets_leave_their_own_filter_out(found: Found) -> None:
    """Each facet counts all that is found under the other facets' filters, most frequent first."""
    facets = found.results("", filters=Filters(kind=("Kế hoạch",), year=("2018",))).facets
    assert facets["kind"] == (FacetCount("Kế hoạch", 1),)
    assert facets["year"] == (FacetCount("2017", 1), FacetCount("2018", 1))
    assert facets["signer"] == (FacetCount("Lê Thị Hòa", 1), FacetCount("Trần Văn Đức", 1))
    assert found.results("").facets["kind"] == (FacetCount("Kế hoạch", 2), FacetCount("Nghị quyết", 1))
    assert FacetCount("draft", 1) in found.results("", filters=Filters(state=("public",))).facets["state"]


@pytest.mark.parametrize(
    ("sort", "ids"),
    [("newest", [3, 1, 2, 4]), ("oldest", [2, 1, 3, 4]), ("number", [3, 2, 1, 4]), ("added", [4, 3, 2, 1])],
)
def test_sorting(found: Found, sort: Sort, ids: list[int]) -> None:
    """By day, the undated last; by number as people count, 9, 36a, 228, the unnumbered last; last kept first, by id."""
    assert found.ids("", sort=sort) == ids


def test_pages_are_stable_and_end(index: SearchIndex) -> None:
    """Pages of equal documents neither repeat nor skip one; past the end there are no hits, and the same total."""
    index.write([entry(n, "như nhau") for n in (5, 3, 1)])
    index.write([entry(n, "như nhau") for n in (4, 2)])
    pages = [Found(index).results("như nhau", page=page, size=2) for page in (1, 2, 3, 4)]
    assert [[hit.id for hit in page.hits] for page in pages] == [[1, 2], [3, 4], [5], []]
    assert {page.total for page in pages} == {5}


def test_writing_replaces_and_removes(found: Found) -> None:
    """An entry takes the place of the one with its id, in one commit with what is removed; unknown ids do no harm."""
    found.index.write([entry(1, "mới", version=2), entry(9, "thêm"), entry(9, "thêm nữa", version=7)], removed=[2, 77])
    assert found.index.versions() == {1: 2, 3: 1, 4: 1, 9: 7}
    assert found.ids("chính quyền") == []
    assert found.ids("nữa") == [9]


def test_many_small_writes(index: SearchIndex) -> None:
    """However often the index is written, each document is there once, in its last version."""
    for version, n in itertools.product((1, 2), range(1, 13)):
        index.write([entry(n, f"lần {version}", version=version)])
        assert Found(index).results("").total == len(index.versions())
    assert index.versions() == dict.fromkeys(range(1, 13), 2)
    assert Found(index).results("lần 1").total == 0


def test_a_failing_write_changes_nothing(found: Found) -> None:
    """When an entry cannot be had, nothing of the write is kept, and the next write goes through."""

    def entries() -> object:
        yield entry(8)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        found.index.write(entries(), removed=[1])  # type: ignore[arg-type]  # it is an iterable
    assert sorted(found.index.versions()) == [1, 2, 3, 4]
    found.index.write([entry(8)])
    assert 8 in found.index.versions()


def test_rebuilding(found: Found) -> None:
    """A rebuild holds the entries given and nothing else, and says how many."""
    assert found.index.rebuild([*PLANS[:2], entry(7, "mới")]) == 3
    assert found.ids("") == [1, 2, 7]
    assert found.index.rebuild([]) == 0
    assert found.results("").total == 0


def test_rebuilding_lets_the_old_answer(found: Found) -> None:
    """A search while the index is rebuilt sees all that was there; a rebuild that fails leaves it so."""

    def entries() -> object:
        yield entry(7)
        assert sorted(found.ids("")) == [1, 2, 3, 4]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        found.index.rebuild(entries())  # type: ignore[arg-type]  # it is an iterable
    assert sorted(found.ids("")) == [1, 2, 3, 4]
    found.index.write([entry(7)])
    assert found.results("").total == 5


@pytest.mark.parametrize(
    "text", ["* ? ~ [a TO b] ^2 AND OR NOT", '"', "-", "a" * 10_000, "\x00\ud800😀", "số:", "(((("]
)
def test_any_text_is_answered(found: Found, text: str) -> None:
    """Signs, operators of other grammars and broken text are answered like anything else."""
    assert found.results(text).total <= 4


@pytest.mark.parametrize(
    ("typed", "subjects"),
    [
        ("tuyên tr", [1, 2]),
        ("TUYEN TRUYEN X", [1]),
        ("chinh quyen dien t", [1]),
        ("dịch vụ công", [2]),
        ("công dịch v", []),
        ("ho", [3]),
        ("hoa", [3]),
        ("uyên", []),
        ("  ", []),
        ("?", []),
    ],
)
def test_a_subject_is_offered_from_the_start_of_any_word(found: Found, typed: str, subjects: list[int]) -> None:
    """The words typed stand side by side in it, with or without accents; the last begins a word of it somewhere."""
    assert list(found.index.complete(typed, states=ALL, size=5).subjects) == subjects


def test_names_are_offered_by_the_beginnings_of_their_words(found: Found) -> None:
    """In whatever order; the name that most documents bear first, but names with the accents typed before others."""
    assert found.index.complete("tran duc", states=ALL, size=5).signers == ("Trần Văn Đức",)
    assert found.index.complete("duc tr", states=ALL, size=5).signers == ("Trần Văn Đức",)
    assert found.index.complete("so", states=ALL, size=5).issuers == ("Sở Công Thương", "UBND tỉnh Sông Hậu")
    assert found.index.complete("sông", states=ALL, size=5).issuers == ("UBND tỉnh Sông Hậu",)
    assert found.index.complete("t", states=ALL, size=1).signers == ("Lê Thị Hòa",)


def test_subjects_offered_are_the_newest_and_those_as_typed_first(index: SearchIndex) -> None:
    """Of subjects alike in all but accents those with the accents typed come first, then the newest."""
    years = enumerate(("Họa sĩ", "Hòa bình", "Hòa bình", "Hỏa hoạn"), start=1)
    index.write([entry(id_, subject=subject, issued_on=date(2020 + id_, 1, 1)) for id_, subject in years])
    assert index.complete("hòa", states=ALL, size=9).subjects == (3, 2, 4, 1)
    assert index.complete("hoa", states=ALL, size=9).subjects == (4, 3, 2, 1)
    assert index.complete("hoa", states=ALL, size=2).subjects == (4, 3)


def test_nothing_is_offered_of_what_may_not_be_seen(found: Found) -> None:
    """A subject, a body or a signer of documents in other states is not offered, nor of one taken out."""
    public = frozenset({"public"})
    assert found.index.complete("dịch vụ", states=public, size=5).subjects == ()
    assert found.index.complete("chính phủ", states=public, size=5).issuers == ()
    assert found.index.complete("chính phủ", states=ALL, size=5).issuers == ("Chính phủ",)
    found.index.write([], removed=[2])
    assert found.index.complete("dịch vụ", states=ALL, size=5).subjects == ()
    assert found.index.complete("chính phủ", states=ALL, size=5).issuers == ()


@pytest.fixture
def written(index: SearchIndex) -> SearchIndex:
    """The index with documents whose words are as frequent as in an archive."""
    texts = ["kế hoạch chuyển đổi số của tỉnh"] * 9 + ["thu hoạch lúa, kế toán"] * 5 + ["đường bộ qua hoành sơn"] * 4
    index.write(entry(id_, text) for id_, text in enumerate(texts, start=1))
    return index


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ke hoahc", "ke hoach"),
        ("ke hoach", None),
        ("ke hoachj", "ke hoạch"),
        ("kees hoach5", "kế hoạch"),
        ("kế hoạh", "kế hoạch"),
        ("kế hoặch", "kế hoạch"),
        ("kke hoach chuyen ddooir so", "kế hoach chuyen đổi so"),
        ("kehoach chuyển đổi", "kế hoạch chuyển đổi"),
        ('"ke hoac" số', '"ke hoạch" số'),
        ("trích yếu:hoac", None),
        ("hoach -xyzt", None),
        ("hoac năm:2017", None),
        ("12/KH-UBMD", None),
        ("xyzt", None),
        ("dduwowngf", "đường"),
        ("", None),
    ],
)
def test_a_slip_is_respelled_from_the_words_of_the_documents(
    written: SearchIndex, typed: str, meant: str | None
) -> None:
    """Slips of one letter, of the blank, of the input method, of accents; what is right, or finds nothing, is left."""
    better = written.respelled(parse(typed), states=ALL, found=9)
    assert (str(better) if better else None) == meant


def test_what_stands_beside_decides_between_words(index: SearchIndex) -> None:
    """Of two words as near, the one that documents have beside the others of the query, though it is rarer."""
    texts = ["bảo trì máy"] * 9 + ["bảo vệ rừng"] * 4
    index.write(entry(id_, text) for id_, text in enumerate([*texts, *["vở kịch, rùng mình"] * 30], start=1))
    assert str(index.respelled(parse("bảo vej rừng"), states=ALL, found=9)) == "bảo vệ rừng"
    assert str(index.respelled(parse("bảo vệ rưngg"), states=ALL, found=9)) == "bảo vệ rừng"
    assert str(index.respelled(parse("rungg minh"), states=ALL, found=9)) == "rung minh"


def test_a_word_that_is_never_beside_the_others_may_be_wrong_where_little_was_found(written: SearchIndex) -> None:
    """Between two words when few documents have all, at an end of the query when none has."""

    def meant(typed: str, found: int) -> str | None:
        better = written.respelled(parse(typed), states=ALL, found=found)
        return str(better) if better else None

    assert meant("thu hoanh lua", 1) == "thu hoach lua"
    assert meant("thu hoanh lua", 9) is None
    assert meant("hoanh lua", 0) == "hoach lua"
    assert meant("hoanh lua", 1) is None
    assert meant("tinh lua", 0) is None


def test_a_word_of_unseen_documents_is_no_suggestion(written: SearchIndex) -> None:
    """What stands in other states only is not known, be it the slip or what was meant."""
    written.write(entry(id_, "mật vụ hoahc", state="draft") for id_ in range(100, 120))
    public = frozenset({"public"})
    assert written.respelled(parse("maat vụ"), states=public, found=9) is None
    assert str(written.respelled(parse("maat vụ"), states=ALL, found=9)) == "mật vụ"
    assert str(written.respelled(parse("ke hoahc"), states=public, found=9)) == "ke hoach"
    assert written.respelled(parse("ke hoahc"), states=ALL, found=9) is None
    assert written.respelled(parse("ke hoahc"), states=frozenset(), found=9) is None


def test_what_lacks_a_word_comes_after_what_has_all(index: SearchIndex) -> None:
    """When few documents have all of three or more words, those alike that lack some follow in any order."""
    index.write([
        entry(1, "rà soát văn bản pháp quy", issued_on=date(2020, 1, 1)),
        entry(2, "rà soát văn bản hành chính", issued_on=date(2021, 1, 1)),
        entry(3, "văn bản", state="draft"),
    ])  # fmt: skip
    for sort in ("relevance", "newest", "added"):
        results = Found(index).results("ra soat van ban phap quy", sort=sort)
        assert ([hit.id for hit in results.hits], results.total, results.lacking) == ([1, 2], 2, 1)
    assert sorted(Found(index).ids("rà soát văn bảm")) == [1, 2]
    results = Found(index).results("rà soát văn hành", sort="oldest")
    assert ([hit.id for hit in results.hits], results.lacking) == ([2, 1], 1)
    assert Found(index).ids("rà xyz") == []
    assert Found(index).ids('rà soát văn "bản xyz"') == []
    assert Found(index).ids("rà soát văn bảm -quy") == [2]


def test_what_lacks_a_word_comes_before_scattered_words(index: SearchIndex) -> None:
    """By relevance a document about most of the words comes before one with all of them here and there; it is told
    which it lacks.
    """
    filler = " ".join(["lời"] * 20)
    index.write([
        entry(1, f"hộ {filler} trợ {filler} giúp {filler} pháp {filler} lý {filler} nghèo"),
        entry(2, "trợ giúp pháp lý cho người nghèo", subject="Trợ giúp pháp lý"),
        entry(3, f"trợ giúp pháp lý hộ nghèo {filler}"),
    ])  # fmt: skip
    results = Found(index).results("trợ giúp pháp lý hộ nghèo")
    assert [(hit.id, hit.lacking) for hit in results.hits] == [(2, ("hộ",)), (3, ()), (1, ())]
    assert Found(index).ids("trợ giúp pháp lý hộ nghèo", sort="added") == [3, 1, 2]


def test_a_word_in_other_accents_is_behind_all_as_typed_but_before_none(index: SearchIndex) -> None:
    """What has a word in other accents only comes after all that has every word as typed, be its words as near as they
    may; but before what has no such word, and after what has it as typed.
    """
    index.write([
        entry(1, "chuyển đổi sổ"), entry(2, "chuyển đổi lời"), entry(3, "chuyển lời đổi lời số"),
        entry(4, "chuyển đổi"), entry(5, "chuyên đổi sổ lời"),
    ])  # fmt: skip
    assert Found(index).ids("chuyển đổi số") == [3, 1, 5, 4, 2]
    assert Found(index).ids("chuyển đổi số xyz")[:3] == [3, 1, 5]


def test_a_word_in_other_accents_counts_for_half(index: SearchIndex) -> None:
    """Of two that lack the same word and have others in other accents, that with more as typed comes first."""
    index.write([entry(1, "hoa binh xanh"), entry(2, "hoa bình xanh"), entry(3, "hòa bình xanh lá")])
    assert Found(index).ids("hòa bình xanh lá") == [3, 2, 1]


def test_what_lacks_a_word_makes_up_the_number(index: SearchIndex) -> None:
    """One document more with all the words takes the place of the last that lacks one, so that none vanish at once."""
    index.write([entry(n, f"phòng chống cháy rừng {'khô' if n < 48 else ''}") for n in range(60)])
    for known in (48, 49, 50):
        results = Found(index).results("phòng chống cháy rừng khô")
        assert (results.total, results.lacking) == (50, 50 - known)
        index.write([entry(known + 100, "phòng chống cháy rừng khô")])
    assert Found(index).results("phòng chống cháy rừng khô").total == 51


def test_a_number_is_not_lacked_where_any_document_has_it(index: SearchIndex) -> None:
    """What a sentence says of a number is about that document; a number that none has is lacked as any word is."""
    index.write([
        entry(1, "Theo Quyết định số 749/QĐ-TTg của Thủ tướng", number="28/KH-UBND"),
        entry(2, "Theo đề nghị của Thủ tướng", number="798/QĐ-TTg", kind="Quyết định", subject="Quyết định số 5"),
    ])  # fmt: skip
    assert Found(index).ids("Quyết định số 749/QĐ-TTg của Chính phủ") == [1]
    assert Found(index).ids("Quyết định số 749/QĐ-TTg của ai năm:2020") == []
    assert sorted(Found(index).ids("Quyết định số 750/QĐ-TTg của Thủ tướng")) == [1, 2]
    assert sorted(Found(index).ids("Theo đề nghị của Thủ tướng 18/8/2017")) == [2]
    assert Found(index).ids("28/KH-UBND 798/QĐ-TTg 749/QĐ-TTg") == []


def test_what_lacks_a_word_is_bound_by_permission(index: SearchIndex) -> None:
    """Documents that may not be seen are neither found for most of the words nor keep others from being found so."""
    drafts = [entry(n, "một hai ba bốn", state="draft") for n in (1, 3)]
    index.write([*drafts, entry(2, "một hai bốn")])
    results = Found(index).results("một hai ba", states=frozenset({"public"}))
    assert ([hit.id for hit in results.hits], results.total, results.lacking) == ([2], 1, 1)


def test_near_words_come_before_scattered_ones(index: SearchIndex) -> None:
    """Of documents alike, that with the words side by side comes first, then that with them near one another."""
    index.write([
        entry(1, "số lời lời lời lời lời lời lời lời lời lời lời lời chuyển lời đổi"),
        entry(2, "lời lời lời lời lời chuyển đổi số lời lời lời lời lời lời lời lời"),
        entry(3, "lời lời lời chuyển lời đổi lời số lời lời lời lời lời lời lời lời"),
    ])  # fmt: skip
    assert Found(index).ids("chuyển đổi số") == [2, 3, 1]


def test_words_side_by_side_often_come_before_once(index: SearchIndex) -> None:
    """Of documents alike, that which says the words side by side more often comes first."""
    index.write([
        entry(1, "chuyển đổi lời đổi chuyển lời đổi chuyển"),
        entry(2, "chuyển đổi lời chuyển đổi lời chuyển đổi"),
    ])  # fmt: skip
    assert Found(index).ids("chuyển đổi") == [2, 1]


def test_the_kind_that_a_query_begins_with_comes_first(index: SearchIndex) -> None:
    """A plan comes before a submission about it when the query begins as plans do, and the other way round."""
    index.write([
        entry(1, "chuyển đổi số", kind="Tờ trình", subject="Ban hành Kế hoạch chuyển đổi số"),
        entry(2, "chuyển đổi số", kind="Kế hoạch", subject="Chuyển đổi số tỉnh Lam Sơn năm 2026"),
    ])  # fmt: skip
    assert Found(index).ids("ke hoach chuyen doi so") == [2, 1]
    assert Found(index).ids("to trinh ke hoach chuyen doi so")[0] == 1


def test_recent_ones_come_a_little_before_old_ones(index: SearchIndex) -> None:
    """Of documents alike the newest comes first, the undated last; a better one is not overtaken for its age."""
    index.write([
        entry(1, "như nhau"), entry(2, "như nhau", issued_on=date(2001, 1, 1)),
        entry(3, "như nhau", issued_on=date(2026, 1, 1)),
        entry(4, "khác", subject="như nhau", issued_on=date(1999, 1, 1)),
    ])  # fmt: skip
    assert Found(index).ids("như nhau") == [4, 3, 2, 1]


def test_no_hits_may_be_asked_for(found: Found) -> None:
    """A page of no hits tells the total and the counts."""
    results = found.results("", size=0)
    assert (results.hits, results.total) == ((), 4)
    assert results.facets["kind"][0] == FacetCount("Kế hoạch", 2)
