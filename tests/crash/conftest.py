"""Owns: what the crash tests share with the end-to-end tests: their harness and fixture."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

from conftest_shared import rehearsal  # noqa: E402,F401
