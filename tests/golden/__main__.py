"""Rewrite the golden files: `python -m tests.golden`, then read the difference."""

import sys

from tests.golden import rewrite

sys.stdout.write(f"{len(rewrite())} golden files written; look at the difference before you commit it.\n")
