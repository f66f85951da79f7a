import pytest

from ingest import understand
from ingest.readers import Reading
from ingest.record import Page, Signer
from ingest.signature_block import person
from tests.ingest.texts import PLAN, record


def test_signer_authority_and_recipients_are_read():
    """The position is the signer's own, the lines above it are the authority as written, recipients are one a dash."""
    plan = record(PLAN)
    assert plan.signers == (Signer("Trần Văn An", "Phó Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")),)
    assert plan.recipients == ("Như trên", "Chủ tịch, các Phó Chủ tịch UBND tỉnh", "Lưu: VT, TH (Hà, 5b)")


def test_interleaved_recipients_and_signature_are_told_apart():
    """A dump that runs both columns together line by line is read like the form."""
    foot = (
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như trên; KT. CHỦ TỊCH\n- Chủ tịch UBND tỉnh; PHÓ CHỦ TỊCH\n"
        "- Văn phòng;\n- Lưu: VT.        Trần Văn An\n"
    )
    plan = record(PLAN[: PLAN.index("Nơi nhận")] + foot)
    assert plan.signers == (Signer("Trần Văn An", "Phó Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")),)
    assert plan.recipients == ("Như trên", "Chủ tịch UBND tỉnh", "Văn phòng", "Lưu: VT")


@pytest.mark.parametrize(
    ("lines", "position", "authority"),
    [
        ("GIÁM ĐỐC", "Giám đốc", ()),
        ("KT.GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\n[", "Phó Giám đốc", ("KT.GIÁM ĐỐC",)),
        (
            "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG",
            "Phó Chánh Văn phòng",
            ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG"),
        ),
        ("T/M BAN THƯỜNG VỤ\nBÍ THƯ", "Bí thư", ("T/M BAN THƯỜNG VỤ",)),
        ("TL. BỘ TRƯỞNG\nVỤ TRƯỞNG VỤ PHÁP CHẾ", "Vụ trưởng Vụ Pháp chế", ("TL. BỘ TRƯỞNG",)),
        (
            "TL. BỘ TRƯỞNG\nKT. CHỦ TỊCH\nỦY BAN CHỨNG KHOÁN NHÀ NƯỚC\nPHÓ CHỦ TỊCH",
            "Phó Chủ tịch",
            ("TL. BỘ TRƯỞNG", "KT. CHỦ TỊCH", "ỦY BAN CHỨNG KHOÁN NHÀ NƯỚC"),
        ),
        ("BỘ TRƯỞNG, CHỦ NHIỆM\nVĂN PHÒNG CHÍNH PHỦ", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ", ()),
        ("TRƯỞNG BAN\nCHỦ TỊCH UBND TỈNH", "Trưởng ban", ()),
        ("Q. GIÁM ĐỐC", "Q. Giám đốc", ()),
        ("KT. BỘ TRƯỞNG\nTHỨ TRUỞNG", "Thứ trưởng", ("KT. BỘ TRƯỞNG",)),
    ],
)
def test_the_ways_of_signing(lines, position, authority):
    """Each way in which authority and position are written above the name."""
    body = PLAN[: PLAN.index("Nơi nhận")]
    assert record(f"{body}{lines}\nThượng tá Lê Thị Bình\n").signers == (Signer("Lê Thị Bình", position, authority),)


def test_several_signers_of_a_joint_document_are_all_read():
    """One block close behind the other is a second signer."""
    joint = record(f"{PLAN[: PLAN.index('Nơi nhận')]}CHỦ TỊCH\nHà Văn Phúc\nGIÁM ĐỐC\nLê Thị Bình\n")
    assert [signer.name for signer in joint.signers] == ["Hà Văn Phúc", "Lê Thị Bình"]


def test_the_signature_of_an_annex_does_not_count():
    """What follows in the file has signers of its own."""
    annexed = record(PLAN, "PHỤ LỤC I\nMẪU BIÊN BẢN\nTRƯỞNG PHÒNG\nPhạm Văn Cường\nNơi nhận:\n- Lưu.")
    assert [signer.name for signer in annexed.signers] == ["Trần Văn An"]
    assert len(annexed.recipients) == 3


def test_a_draft_not_yet_signed_has_a_position_and_no_name():
    """The block of a draft ends without a name: the position is read, and no name is guessed."""
    draft = record(PLAN.replace("(Đã ký)\nTrần Văn An\n", ""))
    assert draft.signers == (Signer(None, "Phó Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")),)


def test_a_person_named_in_the_text_is_no_signer():
    """A name without a position in capitals above it signs nothing."""
    text = "THÔNG BÁO\nKết luận của Chủ tịch Trần Văn An tại cuộc họp\nTrần Văn An\nKết luận như sau"
    assert record(text).signers == ()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Trần Văn An", "Trần Văn An"),
        ("PGS.TS. Trần Văn An", "Trần Văn An"),
        ("NGUYỄN THỊ BÌNH", "Nguyễn Thị Bình"),
        ("Lò Văn Tú 3", "Lò Văn Tú"),
        ("Ban Giám đốc Sở", None),
        ("Chương I", None),
        ("CHÁNH VĂN PHÒNG", None),
        ("Hà Nội, ngày 5", None),
    ],
)
def test_a_person_is_told_from_other_lines(line, name):
    """Two to six syllables with a capital each; rank and title are no part; in capitals only with a family name."""
    assert person(line) == name


@pytest.mark.parametrize(
    ("lines", "position"),
    [
        ("ăn GIÁM ĐÓC", "Giám đốc"),
        ("t. -'GIẮM ĐÓC", "Giám đốc"),
        ("“T GIÁM ĐÓC", "Phó Giám đốc"),
        ("GIÁM ĐÓC\nPHÓ GLÁM", "Phó Giám đốc"),
    ],
)
def test_a_recognised_position_is_told_from_the_scraps_of_a_seal_before_it(lines, position):
    """What recognition reads out of a seal beside the position is no part of it; a T before it was a KT. by hand.

    So was whatever stood before a head's title with a deputy's below it.
    """
    text = PLAN[: PLAN.index("Nơi nhận")] + f"Nơi nhận:\n- Lưu: VT.\n{lines}\n/ „\nTrần Văn An\n"
    scan = understand("a.pdf", "", Reading("pdf", (Page(1, text),), "ocr"))
    assert [(signer.name, signer.position) for signer in scan.signers] == [("Trần Văn An", position)]


def test_a_recognised_name_whose_position_a_seal_hides_is_read():
    """A whole name right below the recipients, scraps aside, is the signer's; another line between says nothing."""
    foot = PLAN[: PLAN.index("Nơi nhận")] + "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nD4\n"
    pages = [Page(1, foot + below + "Trần Văn An\n") for below in ("", "THANH TRA\n")]
    scans = [understand("a.pdf", "", Reading("pdf", (page,), "ocr")) for page in pages]
    assert [scan.signers for scan in scans] == [(Signer("Trần Văn An", None),), ()]
