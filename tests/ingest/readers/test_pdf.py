"""PDF: reading order, boxes, what lies over a page, and files that cannot be read."""

from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import DamagedFile, EncryptedFile, UnknownFormat
from ingest.readers import read_pages, tesseract
from tests.ingest import papers


def test_the_header_reads_left_half_first(tmp_path: Path) -> None:
    """A header drawn row by row across both columns reads issuer and number, then motto and date, then the body."""
    page = read_pages(papers.letter(tmp_path / "a.pdf")).pages[0]
    assert page.text.split("\n") == [*papers.LEFT, *papers.RIGHT, *papers.BODY]


def test_the_foot_reads_recipients_first(tmp_path: Path) -> None:
    """Recipients and signature drawn side by side read one after the other."""
    page = read_pages(papers.letter(tmp_path / "a.pdf")).pages[1]
    assert page.text.split("\n")[1:] == [*papers.RECIPIENTS, *papers.SIGNATURE]


def test_the_addressee_ends_the_header(tmp_path: Path) -> None:
    """`Kính gửi` under the header is the body's, on whichever side it stands."""

    def draw(canvas: Canvas) -> None:
        papers.first_page(canvas)
        canvas.setFillGray(1)
        canvas.drawString(110, papers.HEIGHT - 118, "Kính gửi:")

    lines = read_pages(papers.pdf(tmp_path / "a.pdf", draw)).pages[0].text.split("\n")
    assert lines.index("Kính gửi:") > lines.index(papers.RIGHT[-1])


def test_words_lead_back_to_the_paper(tmp_path: Path) -> None:
    """Every word of a laid-out page is a piece of its text, and its box holds the place where it was drawn."""
    page = read_pages(papers.letter(tmp_path / "a.pdf")).pages[0]
    words = {page.text[word.start : word.end]: word.box for word in page.words}
    assert list(words)[:3] == ["ỦY", "BAN", "NHÂN"]
    x0, top, x1, bottom = words["749/QĐ-TTg"]
    assert 85 < x0 < x1 < 400
    assert top < 200 < bottom


def test_words_a_narrow_space_apart_are_two(tmp_path: Path) -> None:
    """On the first page, words drawn so near to each other that PDFium joins them are parted."""

    def draw(canvas: Canvas) -> None:
        papers.first_page(canvas)
        canvas.drawString(85, 500, "ĐỘI TÌM")
        canvas.drawString(85 + canvas.stringWidth("ĐỘI TÌM") + 0.16 * 11, 500, "MỘ LIỆT SĨ")

    page = read_pages(papers.pdf(tmp_path / "a.pdf", draw)).pages[0]
    assert page.text.endswith("\nĐỘI TÌM MỘ LIỆT SĨ")


def test_words_of_every_page_lead_back_to_the_paper(tmp_path: Path) -> None:
    """So do those of a page of plain text, where their places do not matter for the order of reading."""
    path = papers.pdf(
        tmp_path / "a.pdf", papers.first_page, papers.lines("Các sở, ngành", "báo cáo  kết quả 2021-", "2025")
    )
    page = read_pages(path).pages[1]
    words = {page.text[word.start : word.end]: word.box for word in page.words}
    assert list(words) == ["Các", "sở,", "ngành", "báo", "cáo", "kết", "quả", "2021-", "2025"]
    assert words["báo"][0] == pytest.approx(words["Các"][0], abs=2)
    assert words["báo"][1] - words["Các"][1] == pytest.approx(20, abs=1)
    assert words["2025"][2] < words["2021-"][0]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_are_on_the_page_as_shown(tmp_path: Path, turn: int) -> None:
    """On a page turned and cropped, boxes count from the corner that a person sees at the top left."""

    path = papers.pdf(tmp_path / "upright.pdf", papers.lines("Chữ"))
    with closing(pypdfium2.PdfDocument(path)) as document:
        document[0].set_cropbox(50, 40, papers.WIDTH, papers.HEIGHT)
        document[0].set_rotation(turn)
        document.save(tmp_path / "a.pdf")
    page = read_pages(tmp_path / "a.pdf").pages[0]
    width, height = papers.WIDTH - 50, papers.HEIGHT - 40
    across, down = 35, 60  # of the word's left end, from the top left of the upright page
    shown = {
        0: (across, down),
        90: (height - down, across),
        180: (width - across, height - down),
        270: (down, width - across),
    }
    x0, top, x1, bottom = page.words[0].box
    assert (page.width, page.height) == pytest.approx((width, height) if turn % 180 == 0 else (height, width), abs=0.1)
    assert x0 - 5 <= shown[turn][0] <= x1 + 5
    assert top - 5 <= shown[turn][1] <= bottom + 5


def test_page_numbers_do_not_break_sentences(tmp_path: Path) -> None:
    """A page's own number and the gazette's running header are left out after the first page; other numbers stay."""
    second = papers.lines("2", "tiếp theo trang trước", "2024")
    third = papers.lines("CÔNG BÁO/Số 12 + 13/Ngày 05-3-2024 97", "và hết.", "3")
    pages = read_pages(papers.pdf(tmp_path / "a.pdf", papers.first_page, second, third)).pages
    assert [page.text for page in pages[1:]] == ["tiếp theo trang trước\n2024", "và hết."]


def test_cells_stay_whole(tmp_path: Path) -> None:
    """A table drawn cell by cell is read cell by cell, though its lines stand side by side."""

    def draw(canvas: Canvas) -> None:
        for x, cell in ((85, ["Quyết định số", "749/QĐ-TTg"]), (300, ["Chương trình", "chuyển đổi số"])):
            for number, line in enumerate(cell):
                canvas.drawString(x, papers.HEIGHT - 60 - 16 * number, line)

    page = read_pages(papers.pdf(tmp_path / "a.pdf", draw)).pages[0]
    assert page.text == "Quyết định số\n749/QĐ-TTg\nChương trình\nchuyển đổi số"


def test_what_lies_over_the_page_ends_its_text(tmp_path: Path) -> None:
    """A number that a signature shows over the page does not mix with the lines; its box says where it stands."""

    def draw(canvas: Canvas) -> None:
        papers.first_page(canvas)
        canvas.acroForm.textfield(value="1178", x=120, y=700, width=60, height=20, borderWidth=0, fontSize=12)

    page = read_pages(papers.pdf(tmp_path / "a.pdf", draw)).pages[0]
    assert page.text.endswith(f"{papers.BODY[-1]}\n\n1178")
    assert 120 <= page.words[-1].box[0] < page.words[-1].box[2] <= 180


def test_a_scan_without_recognition_is_kept_and_said_to_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Tesseract is missing, pages that are images are kept without text, each with a problem that says so."""
    monkeypatch.setattr(tesseract, "is_installed", lambda: False)
    reading = read_pages(papers.pdf(tmp_path / "a.pdf", papers.scan, papers.lines(), papers.scan))
    assert [page.text for page in reading.pages] == ["", "", ""]
    assert [(problem.code, problem.page) for problem in reading.problems] == [("needs_ocr", 1), ("needs_ocr", 3)]
    assert "Trang 1 không có lớp chữ đọc được, cần nhận dạng; hãy nhờ" in reading.problems[0].message
    assert reading.text_source is None


def test_a_stamp_over_a_scan_is_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanned page that carries only a watermark still asks for recognition, and keeps the watermark."""
    monkeypatch.setattr(tesseract, "is_installed", lambda: False)

    def draw(canvas: Canvas) -> None:
        papers.scan(canvas)
        canvas.drawString(50, 50, "www.example.vn")

    reading = read_pages(papers.pdf(tmp_path / "a.pdf", draw))
    assert [problem.code for problem in reading.problems] == ["needs_ocr"]
    assert reading.pages[0].text == "\nwww.example.vn"


def test_a_layer_of_rubbish_is_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page whose text layer is no Vietnamese asks for recognition, and its layer is not taken for text."""
    monkeypatch.setattr(tesseract, "is_installed", lambda: False)
    layer = [
        "CQNG HOA XA HO! CHU NGHIA VIT NAM",
        "DQc 1p - Tn do - Hnh phtc",
        "Can cir Quyt djnh cua Uy ban nhn dan tinh",
    ]
    reading = read_pages(papers.pdf(tmp_path / "a.pdf", papers.lines(*layer)))
    assert ([problem.code for problem in reading.problems], reading.pages[0].text) == (["needs_ocr"], "")


def test_legacy_fonts_are_converted(tmp_path: Path) -> None:
    """Text drawn with a legacy font's codes reads as it showed, hyphens for ư too; it leads to its place, told once."""
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    for _ in range(2):
        for number, text in enumerate(
            ["Uû ban nh©n d©n tØnh - Së X©y dùng", "Qu¶n lý nhµ n\u00adíc, chÊt l\u00adîng dù ¸n"]
        ):
            canvas.setFont("Times-Roman", 12)
            canvas.drawString(80, 700 - 20 * number, text)
        canvas.showPage()
    canvas.save()
    reading = read_pages(path)
    assert {page.text for page in reading.pages} == {
        "Uỷ ban nhân dân tỉnh - Sở Xây dựng\nQuản lý nhà nước, chất lượng dự án"
    }
    first = reading.pages[0]
    assert [first.text[word.start : word.end] for word in first.words] == first.text.split()
    assert [problem.code for problem in reading.problems] == ["legacy_font"]


def test_progress_counts_the_pages(tmp_path: Path) -> None:
    """Progress names each page, in order, with the total."""
    seen: list[tuple[int, int]] = []
    read_pages(papers.pdf(tmp_path / "a.pdf", *[papers.lines("x")] * 3), lambda page, total: seen.append((page, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    """A PDF that needs a password to open is refused; one that only forbids changes is read."""
    locked = papers.pdf(tmp_path / "a.pdf", papers.first_page, encryption=StandardEncryption("mở", "chủ"))
    with pytest.raises(EncryptedFile, match="mật khẩu"):
        read_pages(locked)
    owned = papers.pdf(tmp_path / "b.pdf", papers.first_page, encryption=StandardEncryption("", "chủ", canModify=0))
    assert read_pages(owned).pages[0].text.startswith("ỦY BAN")


def test_a_pdf_without_pages_is_refused(tmp_path: Path) -> None:
    """A whole PDF that holds no page is said to be so."""
    path = tmp_path / "a.pdf"
    with closing(pypdfium2.PdfDocument.new()) as document:
        document.save(path)
    with pytest.raises(DamagedFile, match="không có trang nào"):
        read_pages(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_off_pdf_is_refused(tmp_path: Path, share: float) -> None:
    """A PDF that lacks its end is refused, not passed off as the part that is left."""
    path = papers.letter(tmp_path / "a.pdf")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DamagedFile, match="cắt mất"):
        read_pages(path)


def test_a_pdf_of_rubbish_is_refused(tmp_path: Path) -> None:
    """Bytes that begin and end like a PDF and are none in between are refused."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n")
    with pytest.raises(DamagedFile, match="hỏng"):
        read_pages(path)


def test_the_name_does_not_make_a_pdf(tmp_path: Path) -> None:
    """A program renamed `.pdf` is refused as what it is; a text renamed `.pdf` is read as text."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"MZ\x90\x00\x03" + bytes(4000))
    with pytest.raises(UnknownFormat):
        read_pages(path)
    path.write_text("Số: 1/KH-UBND")
    assert read_pages(path).format == "text"
