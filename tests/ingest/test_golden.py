import json

import pytest

from tests.golden import HERE, golden, observed, samples


@pytest.mark.parametrize("sample", samples(), ids=lambda path: path.name)
def test_a_sample_reads_as_expected(sample):
    """Every field of every sample document is as its golden file says (`python -m tests.golden` rewrites them)."""
    assert observed(sample) == json.loads(golden(sample).read_text(encoding="utf-8"))


def test_each_golden_file_has_its_sample():
    """An expectation of a document that is gone would pass unseen."""
    assert set(HERE.glob("*.json")) == {golden(sample) for sample in samples()}
