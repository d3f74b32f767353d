"""The real stack of the end-to-end tests, and the pages' tables that long tests write."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.conftest import officer, real_settings, served
from tests.long.reliability_page import FAULTS, LOAD, OPERATIONS, WORKSHOP, Table

__all__ = ["faults", "load", "officer", "real_settings", "served"]


@pytest.fixture(scope="session")
def faults() -> Iterator[Table]:
    """Rows of the table of faults."""
    table = Table(FAULTS)
    yield table
    table.write()


@pytest.fixture(scope="session")
def load() -> Iterator[Table]:
    """Rows of the table of load."""
    table = Table(LOAD)
    yield table
    table.write()


@pytest.fixture(scope="session")
def workshop_load() -> Iterator[Table]:
    """Rows of the table of a full room, among the operations."""
    table = Table(WORKSHOP, page=OPERATIONS)
    yield table
    table.write()
