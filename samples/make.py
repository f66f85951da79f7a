"""Make the sample documents and what is to be read from them: `.venv/bin/python -m samples.make`."""

import json
from pathlib import Path
from typing import Any

from samples import document, docx, pdf, scan, text
from samples.document import Document

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents"
EXPECTED = HERE / "expected.json"
WRITERS = {".pdf": pdf.write, ".docx": docx.write, ".txt": text.write_text, ".md": text.write_markdown}


def contents() -> list[Document]:
    """Return every sample document, in the order of the files of `content/`."""
    return [document.load(path) for path in sorted((HERE / "content").glob("*.toml"))]


def files() -> dict[str, bytes]:
    """Return the bytes of each sample document by file name."""
    return {made.file: _bytes(made) for made in contents()}


def expected() -> list[dict[str, Any]]:
    """Return what each document says, to be compared with what is read from it."""
    return [_expected(made) for made in contents()]


def _bytes(made: Document) -> bytes:
    return scan.write(made) if made.scanned else WRITERS[Path(made.file).suffix](made)


def _expected(made: Document) -> dict[str, Any]:
    return {
        "file": made.file,
        "number": None if made.draft else made.number,
        "issued_on": made.issued_on and made.issued_on.isoformat(),
        "place": made.place,
        "issuer": made.issuer,
        "superior": made.superior,
        "kind": made.kind,
        "subject": made.subject,
        "signer": made.signer,
        "position": made.position,
        "authority": list(made.authority),
        "recipients": list(made.recipients),
        "references": [{"number": None, **reference, "issued_on": _iso(reference)} for reference in made.reference],
        "references_complete": True,
        "scanned": made.scanned,
    }


def _iso(reference: dict[str, Any]) -> str | None:
    return reference["issued_on"].isoformat() if "issued_on" in reference else None


def main() -> None:
    """Write documents/ and expected.json afresh."""
    made = files()
    DOCUMENTS.mkdir(exist_ok=True)
    for path in DOCUMENTS.iterdir():
        if path.name not in made:
            path.unlink()
    for name, content in made.items():
        (DOCUMENTS / name).write_bytes(content)
    EXPECTED.write_text(json.dumps(expected(), ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(f"{len(made)} documents in {DOCUMENTS}, {sum(map(len, made.values())):,} bytes")


if __name__ == "__main__":
    main()
