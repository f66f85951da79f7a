"""The whole way of a file, on the two real plans that lie beside the checkout and on texts of our own."""

import json
from pathlib import Path

import jsonschema
import pytest

from ingest import read, to_json
from tests.ingest.texts import LETTER, PLAN, record

SHARED = Path(__file__).parents[3] / "shared"
PLANS = SHARED / "samples"
SCHEMA = SHARED / "contract" / "record.schema.json"
ANSWERS = PLANS / "gold.jsonl"
GOLD = [json.loads(line) for line in ANSWERS.read_text(encoding="utf-8").splitlines()] if ANSWERS.exists() else []
needs_plans = pytest.mark.skipif(not GOLD, reason="the real plans lie in ../shared/samples, which is not here")
needs_schema = pytest.mark.skipif(
    not SCHEMA.exists(), reason="the contract lies in ../shared/contract, which is not here"
)


@needs_plans
@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["file"])
def test_the_real_plans_come_out_exactly(gold):
    """Every field of the hand-checked answer, to the letter: header, signer, recipients, references, relations."""
    found = to_json(read(PLANS / gold["file"]))
    fields = ("number", "issued_on", "place", "issuer", "kind", "subject", "recipients")
    assert {name: found[name] for name in fields} == {name: gold[name] for name in fields}
    assert found["signers"] == [{"name": gold["signer"], "position": gold["position"], "authority": gold["authority"]}]
    keys = ("number", "issued_on", "kind", "issuer", "relation")
    assert [{key: one[key] for key in keys} for one in found["references"]] == gold["references"]


@needs_plans
@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["file"])
def test_the_real_plans_lead_back_to_their_text(gold):
    """Every mention is its page's text, broken marks mended."""
    found = read(PLANS / gold["file"])
    for one in found.references:
        for mention in one.mentions:
            assert mention.text == found.pages[mention.page - 1].text[mention.start : mention.end]
    assert "được hướng dẫn" in found.pages[0].text or gold["number"] != "228/KH-UBND"


@needs_schema
@pytest.mark.parametrize("text", [PLAN, LETTER, "Không phải văn bản."], ids=["plan", "letter", "no document"])
def test_a_record_keeps_the_contract(text):
    """The JSON of a record is what the contract's schema describes."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    found = json.loads(json.dumps(to_json(record(text))))
    jsonschema.Draft202012Validator(schema).validate(found)


def test_the_same_file_reads_the_same_twice(tmp_path):
    """Reading depends on the bytes alone, and the digest is theirs."""
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")
    first, second = read(path), read(str(path))
    assert first == second
    assert first.file == str(path)
    assert len(first.sha256) == 64
    assert first.number == "45/KH-UBND"
