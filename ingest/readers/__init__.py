"""One reader per format: a file's bytes in, pages of repaired text (and word boxes) out."""

from pathlib import Path

from ingest.formats import sniff
from ingest.readers import docx, html, image, office, pdf, text
from ingest.readers.reading import Progress, Reading

__all__ = ["Progress", "Reading", "read_pages"]


def read_pages(path: Path, progress: Progress | None = None) -> Reading:
    """Return the file's pages: text in NFC, repaired, in reading order, with word boxes where the file has geometry.

    `progress` is called as pages are read. Raises a ReadingError when the file cannot be read, and OSError
    when it cannot be opened.
    """
    format_ = sniff(path)
    match format_:
        case "text" | "markdown":
            reading = text.read(path, format_)
        case "pdf":
            return pdf.read(path, progress)
        case "docx":
            reading = docx.read(path)
        case "html":
            reading = html.read(path)
        case "doc" | "odt" | "rtf":
            reading = office.read(path, format_)
        case "image":
            return image.read(path, progress)
    if progress:
        progress(len(reading.pages), len(reading.pages))
    return reading
