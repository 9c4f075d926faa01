"""Owns: the fixture that end-to-end and crash tests are given."""

import shutil
import tempfile

import pytest

from gateway import Rehearsal


@pytest.fixture
def rehearsal():
    """A function that makes a Rehearsal in a short directory (sockets have short paths)."""
    made = []

    def make(**options):
        made.append(Rehearsal(tempfile.mkdtemp(prefix="nhacviec-"), **options))
        return made[-1]

    yield make
    for each in made:
        each.close()
        shutil.rmtree(each.place, ignore_errors=True)
