#!/usr/bin/env bash
# Write the lock files anew from pyproject.toml. Run it after changing a dependency, then run the tests against what it wrote.
set -euo pipefail
cd "$(dirname "$0")"
compile=(.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate
         --custom-compile-command ./lock.sh pyproject.toml --extra build)
"${compile[@]}" --output-file requirements.lock
"${compile[@]}" --extra dev --constraint requirements.lock --output-file requirements-dev.lock
