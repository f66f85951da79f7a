"""DOC, ODT and RTF through LibreOffice; skipped where it is not installed."""

import os
import shutil
import subprocess
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import docx
import pytest
from docx.enum.text import WD_BREAK

from ingest.bounded import BoundedReader, Limits
from ingest.errors import DamagedFile, EncryptedFile, ReadingError, TooLarge
from ingest.readers import office, read_pages
from tests.conftest import until
from tests.ingest import papers
from tests.ingest.test_bounded import running

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

FORMATS = ("doc", "odt", "rtf")
FILTERS = {"doc": "doc:MS Word 97", "odt": "odt:writer8", "rtf": "rtf:Rich Text Format"}


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one plan of two pages as a.docx, a.doc, a.odt and a.rtf."""
    folder = tmp_path_factory.mktemp("letters")
    plan(folder / "a.docx")
    for filter_ in FILTERS.values():
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", filter_, "--outdir", folder, folder / "a.docx"]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - fixed words
    return folder


def plan(path: Path) -> None:
    document = docx.Document()
    header = document.add_table(1, 2)
    header.cell(0, 0).text, header.cell(0, 1).text = "\n".join(papers.LEFT), "\n".join(papers.RIGHT)
    for line in papers.BODY:
        paragraph = document.add_paragraph(line)
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    foot = document.add_table(1, 2)
    foot.cell(0, 0).text, foot.cell(0, 1).text = "\n".join(papers.RECIPIENTS), "\n".join(papers.SIGNATURE)
    document.add_paragraph()  # LibreOffice writes no table into a DOC that nothing follows
    document.save(str(path))


@pytest.mark.parametrize("format_", FORMATS)
def test_it_reads_as_the_docx_reads(letters: Path, format_: str) -> None:
    """A plan saved in another format gives the pages that its DOCX gives, under its own format's name."""
    reading = read_pages(letters / f"a.{format_}")
    assert reading.format == format_
    assert reading.pages == read_pages(letters / "a.docx").pages
    assert len(reading.pages) == 2


def test_it_reads_within_bounds(letters: Path, tmp_path: Path) -> None:
    """The reading child starts LibreOffice within its bounds; a file name that is no text is no hindrance."""
    odd = tmp_path / os.fsdecode(b"-\xff \xe2\x80\x9d.bin")
    shutil.copyfile(letters / "a.doc", odd)
    with BoundedReader() as reader:
        record = reader.read(odd)
    assert (record.format, record.number, record.signers[0].name) == ("doc", "12/KH-UBND", "Trần Văn An")


def test_a_conversion_too_slow_is_stopped(letters: Path) -> None:
    """LibreOffice dies with the child that passes its time, and leaves no file."""
    with BoundedReader(Limits(seconds=0.3)) as reader:
        child = reader._living_child()
        with pytest.raises(TooLarge, match=r"0\.3 giây"):
            reader.read(letters / "a.doc")
        assert reader._child is None
    assert until(lambda: not running(child._process.pid))
    assert not Path(child._scratch.name).exists()


def test_without_libreoffice_its_name_is_given(letters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where LibreOffice is not installed, the error names it and the command that installs it."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadingError, match="apt-get install libreoffice-writer-nogui"):
        read_pages(letters / "a.rtf")


def test_what_libreoffice_cannot_open_is_damaged(letters: Path, tmp_path: Path) -> None:
    """A file cut off is an error that says what to do."""
    cut = tmp_path / "a.doc"
    cut.write_bytes((letters / "a.doc").read_bytes()[:3000] + "WordDocument".encode("utf-16-le"))
    with pytest.raises(DamagedFile, match="lưu lại thành DOCX"):
        read_pages(cut)


def test_a_locked_doc_is_told(letters: Path, tmp_path: Path) -> None:
    """A DOC whose text is encrypted is refused for its password, before LibreOffice sees it."""
    data = bytearray((letters / "a.doc").read_bytes())
    block = next(at for at in range(512, len(data), 512) if data.startswith(b"\xec\xa5", at))
    data[block + 11] |= 1
    locked = tmp_path / "a.doc"
    locked.write_bytes(data)
    with pytest.raises(EncryptedFile, match="mật khẩu"):
        read_pages(locked)


def test_a_locked_odt_is_told(letters: Path, tmp_path: Path) -> None:
    """An ODT whose parts are encrypted is refused for its password."""
    locked = rewritten(letters / "a.odt", tmp_path, "META-INF/manifest.xml", "<manifest:encryption-data/>")
    with pytest.raises(EncryptedFile, match="mật khẩu"):
        read_pages(locked)


def test_a_bomb_is_not_unpacked(letters: Path, tmp_path: Path) -> None:
    """An ODT that unpacks to far more than it is gets refused."""
    with pytest.raises(TooLarge, match="ODT giải nén ra quá lớn"):
        read_pages(rewritten(letters / "a.odt", tmp_path, "bomb", "0" * 2**24))


def test_a_file_too_large_is_refused(letters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the bound is refused before it is copied."""
    monkeypatch.setattr(office, "SIZE_MOST", 1000)
    with pytest.raises(TooLarge, match="quá lớn"):
        read_pages(letters / "a.doc")


def test_nothing_is_fetched(letters: Path, tmp_path: Path) -> None:
    """An image or a section that the document takes from the network is left out, and nobody is asked for it."""

    class Asked(BaseHTTPRequestHandler):
        paths: ClassVar[list[str]] = []

        def handle(self) -> None:
            self.paths.append("asked")

    with HTTPServer(("127.0.0.1", 0), Asked) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        content = zipfile.ZipFile(letters / "a.odt").read("content.xml").decode()
        image = (
            '<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">'
            f'<draw:image xlink:href="{address}/a.png" xlink:type="simple"/></draw:frame>'
        )
        section = (
            f'<text:section text:name="S"><text:section-source xlink:href="{address}/a.odt" xlink:type="simple"/>'
            f"<text:p>{image}hết</text:p></text:section></office:text>"
        )
        linked = content.replace("</office:text>", section)
        text = read_pages(rewritten(letters / "a.odt", tmp_path, "content.xml", linked)).pages[-1].text
        server.shutdown()
    assert text.endswith("hết")
    assert not Asked.paths


def rewritten(path: Path, folder: Path, entry: str, data: str) -> Path:
    """Write the package with one entry more, or another in its place."""
    copy = folder / path.name
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != entry:
                new.writestr(name, old.read(name))
        new.writestr(entry, data)
    return copy
