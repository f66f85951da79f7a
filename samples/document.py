"""What one sample document says: the form's fields and the text, read from a TOML file of `content/`.

The body is one paragraph to a block of lines; blocks are parted by an empty line. A block may begin with a mark:

    = centred, bold         QUYẾT ĐỊNH:
    # bold, of its own      I. MỤC ĐÍCH, YÊU CẦU
    ~ italic                Căn cứ …;

`**words**` inside a block are bold.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any


class Style(StrEnum):
    """How a paragraph of the body is set."""

    PLAIN = ""
    CENTRED = "="
    HEADING = "#"
    ITALIC = "~"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, on one line, its `**bold**` words still marked."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Attachment:
    """A regulation issued with the document, in the same file: its title lines and its own body."""

    kind: str
    subject: str
    issued_with: str
    body: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document. `number` begins with a slash and `issued_on` is None in a draft, whose `year` alone is printed."""

    file: str
    left: tuple[str, ...]  # the lines above the number; the last `bold` of them are the issuer's
    issuer: str
    number: str
    place: str
    kind: str
    subject: str
    body: str
    position: str
    bold: int = 1
    superior: str | None = None
    issued_on: date | None = None
    year: int | None = None
    label: str | None = None  # DỰ THẢO
    party: bool = False
    scanned: bool = False
    to: tuple[str, ...] = ()
    signer: str | None = None
    authority: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    attachment: Attachment | None = None
    reference: tuple[dict[str, Any], ...] = field(default=())

    @property
    def draft(self) -> bool:
        """Whether number and day are still blank."""
        return self.issued_on is None

    @property
    def is_letter(self) -> bool:
        """Whether it is a công văn, which has no title: its subject stands below the number."""
        return self.kind == "Công văn"

    @property
    def number_line(self) -> str:
        """The line of the number, as printed."""
        if self.party:
            return f"Số {self.number}"
        return f"Số:       {self.number}" if self.draft else f"Số: {self.number}"

    @property
    def dateline(self) -> str:
        """Place and day, as printed: two digits below ten, in January and in February (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
        day = self.issued_on
        if day is None:
            return f"{self.place}, ngày      tháng      năm {self.year}"
        month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
        return f"{self.place}, ngày {day.day:02} tháng {month} năm {day.year}"

    @property
    def motto(self) -> tuple[str, ...]:
        """The lines of the header's right half above the dateline."""
        if self.party:
            return ("ĐẢNG CỘNG SẢN VIỆT NAM",)
        return ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

    @property
    def recipient_lines(self) -> list[str]:
        """The entries below Nơi nhận, with dash and stop."""
        return [f"- {entry}{'.' if entry is self.recipients[-1] else ';'}" for entry in self.recipients]

    @property
    def signature(self) -> tuple[str, ...]:
        """The lines above the signer's name."""
        return (*self.authority, self.position.upper())


def load(path: Path) -> Document:
    """Return the document that a TOML file describes."""
    fields = tomllib.loads(path.read_text("utf-8"))
    attachment = fields.pop("attachment", None)
    lists = {key: tuple(value) for key, value in fields.items() if isinstance(value, list)}
    return Document(**(fields | lists), attachment=Attachment(**attachment) if attachment else None)


def paragraphs(body: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a body."""
    for block in body.strip().split("\n\n"):
        text = " ".join(block.split())
        mark, _, rest = text.partition(" ")
        style = Style(mark) if mark in "=#~" else Style.PLAIN
        yield Paragraph(rest if style else text, style)
