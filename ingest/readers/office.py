"""DOC, ODT and RTF: turned into DOCX by LibreOffice, then read as such.

DOCX, because it keeps what the text alone loses: fonts (`legacy_fonts`), tables, numbering, page breaks.
"""

import logging
import os
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from ingest.errors import DamagedFile, EncryptedFile, ReadingError, TooLarge
from ingest.formats import BROKEN_ZIP
from ingest.readers import docx
from ingest.readers.reading import Reading
from ingest.record import Format

log = logging.getLogger(__name__)

SIZE_MOST = 128 * 2**20  # bytes

_PROFILE = Path(__file__).with_name("office_profile.xcu")
_WORD_BLOCK = 512  # bytes; the main stream of a DOC begins on a block of its container
_WORD_MARK = b"\xec\xa5"  # [MS-DOC] 2.5.2: wIdent of the FibBase
_ENCRYPTED_BIT = 1 << 8  # of the word at byte 10 of the FibBase


def read(path: Path, format_: Format) -> Reading:
    """Return the document as LibreOffice understands it, its pages as `docx.read` parts them; there is no geometry.

    Raises ReadingError when LibreOffice is not installed, EncryptedFile, TooLarge, and DamagedFile when it cannot open
    the file. Bounds on its time are the caller's (`ingest.bounded`).
    """
    program = shutil.which("soffice")
    if program is None:
        raise ReadingError(
            f"Muốn đọc tệp .{format_} cần LibreOffice; hãy nhờ quản trị viên chạy: "
            "apt-get install libreoffice-writer-nogui, rồi gửi lại."
        )
    _require_readable(path, format_)
    with tempfile.TemporaryDirectory(prefix="office-") as folder:
        return replace(docx.read(_converted(program, path, format_, Path(folder))), format=format_)


def _require_readable(path: Path, format_: Format) -> None:
    if path.stat().st_size > SIZE_MOST:
        raise TooLarge(f"Tệp .{format_} quá lớn (giới hạn {SIZE_MOST // 2**20} MB); hãy chia nhỏ tệp rồi gửi lại.")
    locked = (format_ == "doc" and _is_locked_doc(path.read_bytes())) or (format_ == "odt" and _is_locked_odt(path))
    if locked:
        raise EncryptedFile(f"Tệp .{format_} có mật khẩu; hãy gỡ mật khẩu rồi gửi lại.")


def _is_locked_doc(data: bytes) -> bool:
    for block in range(_WORD_BLOCK, len(data), _WORD_BLOCK):
        if data.startswith(_WORD_MARK, block):
            return bool(int.from_bytes(data[block + 10 : block + 12], "little") & _ENCRYPTED_BIT)
    return False


def _is_locked_odt(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            docx.require_bounds(package.infolist(), "ODT")
            return b"encryption-data" in package.read("META-INF/manifest.xml")
    except (*BROKEN_ZIP, KeyError) as error:
        raise DamagedFile("Tệp ODT bị hỏng, không mở được; hãy lưu lại bằng LibreOffice rồi gửi tệp mới.") from error


def _converted(program: str, path: Path, format_: Format, folder: Path) -> Path:
    """Return the DOCX that LibreOffice makes of a copy of the file, in the folder, with a profile made for it alone."""
    source = folder / f"source.{format_}"
    shutil.copyfile(path, source)
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    shutil.copyfile(_PROFILE, settings)
    finished = subprocess.run(  # noqa: S603 - the program found above, names that are ours
        [
            *(program, f"-env:UserInstallation={settings.parents[1].as_uri()}", "--headless", "--norestore"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "made"), str(source)),
        ],
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    made = folder / "made" / "source.docx"
    if not made.exists():
        log.warning(
            "LibreOffice ended with status %d: %s", finished.returncode, finished.stdout.decode(errors="replace")
        )
        raise DamagedFile(f"LibreOffice không mở được tệp .{format_} này; hãy lưu lại thành DOCX hoặc PDF rồi gửi.")
    return made
