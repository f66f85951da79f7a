"""How often the reader answers, how often it is right when it does, and whether its confidence can be trusted.

.venv/bin/python -m bench.accuracy [--corpus PATH] [--records FILE]

Reads the documents of a corpus with checked answers in place (`files/`, `gold.jsonl`, and `score.py`, whose comparison
counts), or takes records that `python -m ingest` has written. Prints a line a field, for documents that carry text and
for scans: asked, answered, right of those answered, right of those asked; then for each rule its answers, how many are
right, and the confidence it claims; then the same by confidence: claimed and found should agree.
"""

import argparse
import json
import runpy
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import ingest
from ingest.contract import to_json
from ingest.errors import ReadingError

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
FIELDS = ("number", "issued_on", "issuer", "kind", "subject", "signer", "position")
BINS = (0.0, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)

Compare = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One field of one document: what was read against what is right, and what the reader said of it."""

    field: str
    scanned: bool
    answered: bool
    right: bool
    rule: str
    confidence: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--records", type=Path, help="records as `python -m ingest` writes them, instead of reading")
    options = parser.parse_args()
    if not (options.corpus / "gold.jsonl").is_file():
        sys.exit(f"No corpus with checked answers in {options.corpus}; name one with --corpus.")
    measure = runpy.run_path(str(options.corpus / "score.py"))
    golds = [json.loads(line) for line in (options.corpus / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    records = _written(options.records) if options.records else _read(options.corpus, golds)
    answers = list(_answers(golds, records, {"number": measure["number"]}, measure["same"]))
    _print_fields("documents that carry text", [answer for answer in answers if not answer.scanned])
    _print_fields("scans", [answer for answer in answers if answer.scanned])
    _print_rules(answers)
    _print_reliability(answers)


def _written(path: Path) -> dict[str, dict[str, Any]]:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {Path(line["file"]).name: line for line in lines if "error" not in line}


def _read(corpus: Path, golds: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    records = {}
    for gold in golds:
        try:
            records[gold["file"]] = to_json(ingest.read(corpus / "files" / gold["file"]))
        except ReadingError as error:
            print(f"{gold['file']}: {error}", file=sys.stderr)
    return records


def _answers(
    golds: Iterable[dict[str, Any]], records: dict[str, dict[str, Any]], own: dict[str, Compare], same: Compare
) -> Iterator[Answer]:
    for gold in golds:
        record = records.get(gold["file"], {})
        for field in FIELDS:
            if field in gold:
                compare = own.get(field, same)
                given = [value for value in map(compare, _given(record, field)) if value is not None]
                said = record.get("evidence", {}).get("signers" if field in ("signer", "position") else field, {})
                scanned = bool(gold.get("scanned")) or field in (gold.get("in_image_only") or [])
                right = compare(gold[field]) in (given or [None])
                yield Answer(field, scanned, bool(given), right, said.get("rule", ""), said.get("confidence", 0.0))


def _given(record: dict[str, Any], field: str) -> list[Any]:
    if field in ("signer", "position"):
        return [signer["name" if field == "signer" else "position"] for signer in record.get("signers", [])]
    return [record.get(field)]


def _share(answers: Iterable[Answer]) -> str:
    known = list(answers)
    return f"{sum(answer.right for answer in known) / len(known):6.1%}" if known else "     -"


def _print_fields(title: str, answers: list[Answer]) -> None:
    print(f"\n{title}\n{'field':12}{'asked':>7}{'answered':>10}{'right if answered':>19}{'right':>8}")
    for field in FIELDS:
        asked = [answer for answer in answers if answer.field == field]
        told = [answer for answer in asked if answer.answered]
        print(f"{field:12}{len(asked):7}{len(told):10}{_share(told):>19}{_share(asked):>8}")


def _print_rules(answers: list[Answer]) -> None:
    by_rule = defaultdict(list)
    for answer in answers:
        if answer.answered:
            by_rule[answer.field, answer.rule, answer.confidence].append(answer)
    print(f"\n{'field':12}{'rule':52}{'answers':>8}{'right':>8}{'claimed':>9}")
    for (field, rule, confidence), told in sorted(by_rule.items()):
        print(f"{field:12}{rule:52}{len(told):8}{_share(told):>8}{confidence:9.0%}")


def _print_reliability(answers: list[Answer]) -> None:
    print(f"\n{'confidence':14}{'answers':>8}{'claimed':>9}{'right':>8}")
    for low, high in pairwise(BINS):
        told = [a for a in answers if a.answered and (low <= a.confidence < high or a.confidence == high == 1.0)]
        if told:
            claimed = sum(answer.confidence for answer in told) / len(told)
            print(f"{low:.2f} - {high:.2f}   {len(told):8}{claimed:9.1%}{_share(told):>8}")


if __name__ == "__main__":
    main()
