"""A small checkout for every test that trains, judges or serves."""

from pathlib import Path

import pytest

from tests.deploy.small_checkout import SmallCheckout


@pytest.fixture
def small(tmp_path: Path) -> SmallCheckout:
    """Nothing is trained in it, and no baseline is recorded."""
    return SmallCheckout(tmp_path)


@pytest.fixture
def serving(small: SmallCheckout) -> SmallCheckout:
    """One with a recorded baseline and a live release."""
    assert small.retraining().train(accept="the first baseline")
    small.asked()
    return small
