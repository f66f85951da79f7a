"""Where documents to test on lie: the samples in the repository, and real ones beside it that are not everywhere.

And how tests wait: for what must become true, never for a time; a machine ten times as slow passes them too.
"""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
PATIENCE = 180.0  # seconds after which what must come is missing; it comes within a few

settings.register_profile(
    "same anywhere", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same anywhere")


def until(held: Callable[[], bool]) -> bool:
    """Wait for what must come; say whether it has."""
    deadline = time.monotonic() + PATIENCE
    while not held():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


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
