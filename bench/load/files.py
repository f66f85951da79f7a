"""The files that come in meanwhile: letters, plans, texts and scans, each unlike the others."""

import io
from collections.abc import Iterator
from contextlib import closing

import pypdfium2

from bench.documents import make
from bench.pdf import pdf

File = tuple[str, bytes]  # its name and its bytes
_KINDS = ("text", "letter", "letter", "plan", "text", "letter", "text", "letter", "plan", "scan")  # one in ten


def files(count: int, seed: int) -> Iterator[File]:
    """Yield so many files, no two alike, the same for the same seed."""
    for number, document in enumerate(make(count, seed), start=1):
        match _KINDS[number % len(_KINDS)]:
            case "text":
                yield f"{number}.txt", document.text.encode()
            case "letter":
                yield f"{number}.pdf", pdf(pages=2, seed=seed + number)
            case "plan":
                yield f"{number}.pdf", pdf(pages=10, seed=seed + number)
            case _:
                yield f"{number}.png", _scan(pdf(pages=1, seed=seed + number))


def _scan(letter: bytes) -> bytes:
    out = io.BytesIO()
    with closing(pypdfium2.PdfDocument(letter)) as document:
        document[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L").save(out, "PNG", dpi=(200, 200))
    return out.getvalue()
