"""Where documents to test on lie: the samples in the repository, and real ones beside it that are not everywhere."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout; the test is skipped where there is none."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real documents lie in ../shared, which is not here")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the sample documents."""
    return ROOT / "samples" / "documents"
