"""Owns: what pytest gives the end-to-end tests."""

from conftest_shared import rehearsal  # noqa: F401
