"""The document page: what was read, the text with its citations, the original, and both sides of its relations."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from reportlab.pdfgen.canvas import Canvas

from archive import accession, transitions
from archive.catalogue.models import Deposit
from archive.instance import Instance
from archive.web import files
from archive.workflow import CLERK, State
from ingest.record import Evidence, Mention, Page, Problem, Record, Reference, Relation, Signer, Word
from tests.archive.conftest import Says, record

PEOPLE = "Ủy ban nhân dân tỉnh Sông Tiền"


def cite(text: str, number: str, relation: Relation = Relation.LEGAL_BASIS, day: date | None = None) -> Reference:
    start = text.index(number)
    return Reference(number, None, day, PEOPLE, relation, (Mention(1, start, start + len(number), number),))


def take(instance: Instance, name: str, content: bytes, says: Record) -> int:
    """Make the archive hold the file under the name; return the document's id."""
    job_id = accession.deposit(instance, CLERK, [(name, io.BytesIO(content))], State.INTERNAL)
    (deposit_id,) = accession.waiting(instance, job_id)
    accession.take_in(instance, Says(says), deposit_id)
    with instance.catalogue.reading() as session:
        return session.get_one(Deposit, deposit_id).document_id or 0


@dataclass(frozen=True)
class Recognises(Says):
    """A reader that makes the same searchable rendition of every file."""

    made: bytes

    def make_searchable(self, _path: Path, _record: Record) -> bytes:
        return self.made


@pytest.fixture
def pdf() -> bytes:
    """A PDF of two pages."""
    content = io.BytesIO()
    canvas = Canvas(content)
    for page in ("one", "two"):
        canvas.drawString(72, 720, page)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def test_the_head_is_set_as_the_form_has_it(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """Body, number, place and day, kind, subject, who signed and for whom it is."""
    held = keep(
        "…",
        number="12/KH-SYT",
        kind="Kế hoạch",
        issuer="Sở Y tế tỉnh Sông Tiền",
        superior=PEOPLE,
        place="Sông Tiền",
        issued_on=date(2024, 2, 5),
        subject="Phòng, chống dịch bệnh mùa hè",
        signers=(Signer("Trần Thị Bưởi", "Phó Giám đốc", ("KT. GIÁM ĐỐC",)),),
        recipients=("Bộ Y tế (để báo cáo)", "Lưu: VT"),
    )
    page = reader.get(f"/van-ban/{held}").text
    for shown in (
        "12/KH-SYT",
        PEOPLE,
        "ngày 05 tháng 02 năm 2024",
        "Phòng, chống dịch bệnh mùa hè",
        "Trần Thị Bưởi",
        "KT. GIÁM ĐỐC",
        "Bộ Y tế (để báo cáo)",
    ):
        assert shown in page


def test_what_could_not_be_read_is_said(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """A scan without text has its notice, and no field is made up."""
    problem = Problem("no_text", "Chưa đọc được, cần nhận dạng.", 2)
    page = reader.get(f"/van-ban/{keep('', '', problems=(problem,))}").text
    assert "Chưa đọc được, cần nhận dạng." in page
    assert "Chưa đọc được số" in page
    assert "Trang này chưa có chữ." in page


def test_a_citation_is_a_link_where_it_stands_and_is_seen_from_the_other_side(
    reader: FlaskClient, keep: Callable[..., int]
) -> None:
    """From the citing text to the held document, and from there back, with the sentence."""
    held = keep("QUYẾT ĐỊNH", number="5/QĐ-UBND", issuer=PEOPLE, issued_on=date(2023, 4, 1))
    text = "Căn cứ Quyết định số 5/QĐ-UBND của Ủy ban nhân dân tỉnh Sông Tiền về quy chế;"
    citing = keep(text, number="9/KH-UBND", issuer=PEOPLE, references=(cite(text, "5/QĐ-UBND", day=date(2023, 4, 2)),))
    page = reader.get(f"/van-ban/{citing}").text
    assert f'class="to-resolved" id="trich-1-1" href="/van-ban/{held}"' in page
    assert "Có trong kho" in page
    assert "Ngày dẫn chiếu (02/04/2023) khác ngày trong kho (01/04/2023)" in page
    other = reader.get(f"/van-ban/{held}").text
    assert f'href="/van-ban/{citing}"' in other
    assert "Là căn cứ ban hành của" in other
    assert "về quy chế" in other


def test_a_citation_of_a_missing_document_leads_to_its_page(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """In the text and in the list."""
    text = "Thực hiện Kế hoạch số 77/KH-UBND của tỉnh"
    page = reader.get(f"/van-ban/{keep(text, references=(cite(text, '77/KH-UBND', Relation.IMPLEMENTS),))}").text
    assert 'class="to-missing" id="trich-1-1" href="/chua-co/' in page
    assert "Thực hiện" in page
    assert "Chưa có trong kho" in page


def test_a_citation_that_fits_several_documents_offers_them(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """The link in the text leads to the choice, which names each."""
    held = [keep(f"{year}", number="5/QĐ-UBND", issuer=PEOPLE, issued_on=date(year, 4, 1)) for year in (2022, 2023)]
    text = "Căn cứ Quyết định số 5/QĐ-UBND của Ủy ban nhân dân tỉnh Sông Tiền;"
    page = reader.get(f"/van-ban/{keep(text, issuer=PEOPLE, references=(cite(text, '5/QĐ-UBND'),))}").text
    assert 'href="#tham-chieu-1"' in page
    assert all(f'href="/van-ban/{one}"' in page for one in held)


def test_words_searched_for_are_marked_in_the_text(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """Coming from a search, one sees where the words stand and can go back to the results."""
    page = reader.get(f"/van-ban/{keep('Phổ biến dịch vụ công trực tuyến.')}?q=dich+vu+cong").text
    assert '<mark id="khop-1-1">dịch vụ công</mark>' in page
    assert 'href="/?q=dich+vu+cong"' in page


def test_each_page_has_an_anchor_and_a_long_document_is_shown_in_parts(
    reader: FlaskClient, keep: Callable[..., int]
) -> None:
    """Forty pages at a time; an address with a page opens its part."""
    held = keep(*(f"Nội dung trang {number}." for number in range(1, 91)))
    first = reader.get(f"/van-ban/{held}").text
    assert 'id="trang-40"' in first
    assert 'id="trang-41"' not in first
    assert f'href="/van-ban/{held}?trang=41#trang-41"' in first
    assert "Nội dung trang 90." in reader.get(f"/van-ban/{held}?trang=90").text
    assert reader.get(f"/van-ban/{held}?trang=9999&xem=gi-do").status_code == 200


def test_the_original_comes_back_byte_for_byte_under_its_name(reader: FlaskClient, instance: Instance) -> None:
    """As a download that no browser runs, whatever the file is."""
    content = b"<html><script>alert(1)</script>"
    held = take(instance, 'kế hoạch "số 1".html', content, record("x"))
    answer = reader.get(f"/van-ban/{held}/tep")
    assert answer.data == content
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert 'kế hoạch "số 1".html' in unquote(answer.headers["Content-Disposition"])
    assert answer.mimetype == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_visitor_has_only_so_many_pages_drawn(
    visitor: FlaskClient,
    reader: FlaskClient,
    instance: Instance,
    pdf: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is drawn already costs nothing and is shown; whoever works here is not held back."""
    monkeypatch.setattr(files, "_VISITORS_DRAWINGS", "1/hour")
    held = take(instance, "kế hoạch.pdf", pdf, record("one", "two", format="pdf"))
    transitions.move(instance, CLERK, held, "publish")
    pages = [f"/van-ban/{held}/trang/{number}" for number in (1, 2)]
    assert [visitor.get(page).status_code for page in pages] == [200, 429]
    assert visitor.get(pages[0]).status_code == 200
    assert reader.get(pages[1]).status_code == 200
    assert visitor.get(pages[1]).status_code == 200


def test_the_pages_of_a_pdf_are_shown_as_images(reader: FlaskClient, instance: Instance, pdf: bytes) -> None:
    """Drawn once, then sent from the cache, and not sent again to a browser that has them."""
    held = take(instance, "kế hoạch.pdf", pdf, record("one", "two", format="pdf"))
    page = reader.get(f"/van-ban/{held}?xem=ban-goc").text
    assert f'src="/van-ban/{held}/trang/2"' in page
    image = reader.get(f"/van-ban/{held}/trang/2")
    assert image.mimetype == "image/webp"
    assert image.data[:4] == b"RIFF"
    again = reader.get(f"/van-ban/{held}/trang/2", headers={"If-None-Match": image.headers["ETag"]})
    assert again.status_code == 304
    assert reader.get(f"/van-ban/{held}/trang/3").status_code == 404


def placed(text: str) -> Page:
    """A page whose words stand in a row, ten points to a letter."""
    found = [word.span() for word in re.finditer(r"\S+", text)]
    return Page(1, text, tuple(Word(*span, (span[0] * 10, 100, span[1] * 10, 114)) for span in found), 600, 800)


def test_what_was_found_is_shown_on_the_image_of_its_page(reader: FlaskClient, instance: Instance, pdf: bytes) -> None:
    """Rectangles lie over the words that the text view marks, in the points of the page; a citation there is a link."""
    text = "Căn cứ Kế hoạch số 77/KH-UBND, dịch vụ công."
    says = record(format="pdf", references=(cite(text, "77/KH-UBND"),))
    held = take(instance, "kế hoạch.pdf", pdf, replace(says, pages=(placed(text), Page(2, "Dịch vụ."))))
    page = reader.get(f"/van-ban/{held}?q=dich+vu+cong&xem=ban-goc").text
    assert 'viewBox="0 0 600.00 800.00"' in page
    assert 'height="1600"' in page
    assert 'id="khop-1-1" role="img" aria-label="dịch vụ công"><rect x="310.0" y="100.0" width="120.0"' in page
    assert re.search(r'class="to-missing" id="trich-1-1" href="/chua-co/[^"]+" aria-label="77/KH-UBND">', page)
    assert "style=" not in page
    assert f'href="/van-ban/{held}?q=dich+vu+cong&amp;xem=ban-goc#khop-2-1"' in page
    assert '<span id="khop-2-1"></span>' in page  # nothing says where its words stand


def test_a_citation_in_the_list_leads_to_its_place_in_the_view_shown(
    reader: FlaskClient, instance: Instance, pdf: bytes
) -> None:
    """On the image of the page where it is known to stand there, else in the text."""
    text, other = "Căn cứ Kế hoạch số 77/KH-UBND.", "Căn cứ Kế hoạch số 78/KH-UBND."
    elsewhere = cite(other, "78/KH-UBND")
    elsewhere = replace(elsewhere, mentions=(replace(elsewhere.mentions[0], page=2),))
    says = record(format="pdf", references=(cite(text, "77/KH-UBND"), elsewhere))
    held = take(instance, "kế hoạch.pdf", pdf, replace(says, pages=(placed(text), Page(2, other))))
    image = reader.get(f"/van-ban/{held}?xem=ban-goc").text
    assert f'href="/van-ban/{held}?xem=ban-goc#trich-1-1">trang 1' in image
    assert f'href="/van-ban/{held}#trich-2-1">trang 2' in image
    assert f'href="/van-ban/{held}#trich-1-1">trang 1' in reader.get(f"/van-ban/{held}").text


def test_pages_on_which_something_was_found_lead_to_one_another(
    reader: FlaskClient, instance: Instance, pdf: bytes
) -> None:
    """Each to the nearest before and after, also where that is in another part of a long document."""
    texts = ["dịch vụ" if number in (3, 5, 71) else f"Trang {number}" for number in range(1, 91)]
    held = take(instance, "kế hoạch.pdf", pdf, record(*texts, format="pdf"))
    address = f"/van-ban/{held}?q=dich&xem=ban-goc"
    first, second = (reader.get(f"{address}&trang={page}").text for page in (1, 71))
    shown = address.replace("&", "&amp;")
    assert first.count('rel="prev"') == 1
    assert f'rel="prev" href="{shown}#khop-3-1"' in first
    assert f'rel="next" href="{shown}&amp;trang=71#khop-71-1"' in first
    assert f'rel="prev" href="{shown}#khop-5-1"' in second
    assert 'rel="next"' not in second


def test_where_a_fact_was_read_is_shown_on_the_image(reader: FlaskClient, instance: Instance, pdf: bytes) -> None:
    """Each fact leads to its place on the page."""
    read = {"number": Evidence(1, 4, 13, "behind Số:", 0.99)}
    says = replace(record(format="pdf", evidence=read), pages=(placed("Số: 77/KH-UBND"),))
    held = take(instance, "kế hoạch.pdf", pdf, says)
    page = reader.get(f"/van-ban/{held}?xem=ban-goc").text
    assert f'<a href="/van-ban/{held}?xem=ban-goc#doc-number">Số, ký hiệu</a>.' in page
    assert re.search(r'id="doc-number" role="img" aria-label="Số, ký hiệu"><rect x="40.0"', page)


def test_pages_that_were_recognised_say_so(reader: FlaskClient, instance: Instance, pdf: bytes) -> None:
    """In a mixed document each page whose text was read in an image is marked, and no other."""
    pages = (Page(1, "Kế hoạch"), Page(2, "Phụ lục", recognised=True))
    held = take(instance, "kế hoạch.pdf", pdf, replace(record(format="pdf", text_source="mixed"), pages=pages))
    first, _, second = reader.get(f"/van-ban/{held}").text.partition('id="trang-2"')
    assert ("nhận dạng từ ảnh" in first, "nhận dạng từ ảnh" in second) == (False, True)


def test_a_picture_is_shown_by_its_searchable_rendition(reader: FlaskClient, instance: Instance, pdf: bytes) -> None:
    """Its pages are drawn from the PDF that was made of it, for browsers show no TIFF."""
    job_id = accession.deposit(instance, CLERK, [("quét.tif", io.BytesIO(b"II"))], State.INTERNAL)
    says = replace(record(format="image", text_source="ocr"), pages=(replace(placed("Kế hoạch"), recognised=True),))
    accession.take_in(instance, Recognises(says, pdf), *accession.waiting(instance, job_id))
    assert reader.get("/van-ban/1/trang/1").data[:4] == b"RIFF"
    assert 'id="khop-1-1"' in reader.get("/van-ban/1?q=ke+hoach&xem=ban-goc").text


def test_a_page_that_cannot_be_drawn_is_said_so(reader: FlaskClient, instance: Instance, pdf: bytes) -> None:
    """A PDF broken after it was read answers with the reason, not with an error of the program."""
    held = take(instance, "hỏng.pdf", pdf[:300], record("one", format="pdf"))
    assert reader.get(f"/van-ban/{held}/trang/1").status_code == 422


def test_markup_in_a_document_stays_text(reader: FlaskClient, instance: Instance) -> None:
    """Subject, bodies, signers, recipients, text, problems and the file's name are shown, never run."""
    evil = "<script>alert(1)</script>"
    mention = Mention(1, 0, len(evil), evil)
    says = record(
        evil,
        number=evil,
        kind=evil,
        issuer=evil,
        superior=evil,
        place=evil,
        subject=evil,
        signers=(Signer(evil, evil, (evil,)),),
        recipients=(evil,) * 6,
        problems=(Problem("x", evil, 1),),
        references=(Reference(evil, evil, None, evil, Relation.CITES, (mention,)),),
    )
    held = take(instance, f"{evil}.txt", b"x", says)
    page = reader.get(f"/van-ban/{held}").text
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;") > 10
    missing = reader.get("/chua-co").text
    assert "<script>alert" not in missing


@pytest.mark.parametrize("address", ["/van-ban/99", "/van-ban/0", "/van-ban/99999999999999999999", "/van-ban/x"])
def test_a_document_that_is_not_there_is_said_so(reader: FlaskClient, address: str) -> None:
    """Whatever the number, the answer is a calm page."""
    answer = reader.get(address)
    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.text


def test_what_the_form_lacks_is_advice_for_those_who_bring_documents(
    reader: FlaskClient, contributor: FlaskClient, keep: Callable[..., int]
) -> None:
    """Said on the page, letter by letter of the decree; a reader is spared it."""
    held = keep("KẾ HOẠCH", number="1/KH-UBND", kind="Quyết định")
    assert "Ký hiệu “KH-UBND” là của loại Kế hoạch" in contributor.get(f"/van-ban/{held}").text
    assert "Thể thức" not in reader.get(f"/van-ban/{held}").text
