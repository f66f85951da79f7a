"""Expected records of the repository's sample documents, one JSON file each beside this one.

    python -m tests.golden

rewrites them; the difference that version control shows is what a change of the reader did.
"""

import json
from pathlib import Path
from typing import Any

from ingest import read, to_json

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples" / "documents"


def samples() -> list[Path]:
    """Return the sample documents in the order of their names, without scans: each Tesseract has its own way."""
    found = (path for path in SAMPLES.glob("*") if path.is_file() and not path.name.startswith("."))
    return sorted(path for path in found if "(scan)" not in path.name)


def golden(sample: Path) -> Path:
    """Return where the expected record of a sample stands."""
    return HERE / f"{sample.name}.json"


def observed(sample: Path) -> dict[str, Any]:
    """Return what the reader makes of a sample now, without what another machine would say otherwise."""
    record = to_json(read(sample))
    return {name: value for name, value in record.items() if name not in ("file", "sha256")}


def rewrite() -> list[Path]:
    """Write the expected record of each sample anew and drop those without a sample; return what was written."""
    wanted = {golden(sample): observed(sample) for sample in samples()}
    for stale in set(HERE.glob("*.json")) - wanted.keys():
        stale.unlink()
    for path, record in wanted.items():
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return list(wanted)
