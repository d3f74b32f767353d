"""The nets against sentences another person wrote, and the fit of their likeness on its own data.

The bounds are a little under what was measured. Raising one is progress; lowering one needs a
reason in the pull request.
"""

import pytest

from guidebook.evaluation import places
from guidebook.evaluation.fitting_nets import NONE, fit
from guidebook.evaluation.nets_figures import Figure, figures


@pytest.fixture(scope="module")
def measured() -> dict[str, Figure]:
    found = {figure.name: figure for figure in figures(places.NETS)}
    print(*found.values(), sep="\n")
    return found


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("danger: recall", 0.88),
        ("danger: recall, third set", 0.83),
        ("danger: recall, fourth set", 0.95),
        ("danger: recall, sixth set", 0.97),
        ("danger: recall (used)", 0.98),
        ("support: recall", 0.74),
        ("support: recall, third set", 0.57),
        ("support: recall, fourth set", 0.75),
        ("myths: recall", 0.75),
        ("myths: recall, third set", 0.74),
        ("myths: recall, fourth set", 0.74),
    ],
)
def test_recall(measured: dict[str, Figure], name: str, least: float) -> None:
    assert measured[name].share >= least, str(measured[name])


@pytest.mark.parametrize(
    "name",
    [
        "danger: false, neutral",
        "support: false, neutral",
        "myths: false, neutral",
        "refusals: false, neutral",
    ],
)
def test_false_alarms(measured: dict[str, Figure], name: str) -> None:
    assert measured[name].total >= 200
    assert measured[name].share <= 0.02, str(measured[name])


def test_false_alarms_of_danger_on_messages_apart(measured: dict[str, Figure]) -> None:
    """The goal is 0.03. These are near to danger in every word; an alarm only adds a line."""
    for name, most in (("danger: false, apart", 0.09), ("danger: false, third set", 0.15)):
        assert measured[name].total >= 150
        assert measured[name].share <= most, str(measured[name])


def test_a_fit_tells_its_sorts_apart() -> None:
    examples = {
        "danger:danger": [
            f"she is bleeding {word} now" for word in ["here", "there", "badly", "much"]
        ],
        "myth:no_tears": [f"no tears so {word} lies" for word in ["she", "it", "this", "that"]],
        "support:told_support_victim": [f"my {who} hits me" for who in ("son", "man", "ex", "boy")],
        NONE: [f"how is the {what} sent to the lab" for what in ("swab", "shirt", "file", "bag")],
    }
    fitted = fit(examples)
    kinds = {name: family.kinds for name, family in fitted.likeness.families.items()}
    assert kinds == {
        "danger": ("danger",),
        "myth": ("no_tears",),
        "support": ("told_support_victim",),
    }
    assert [family for family, _, _ in fitted.figures] == list(fitted.likeness.families)
    shares = fitted.likeness.shares("she is bleeding over there now", "danger")
    assert shares["danger"] > 0.5
    assert fitted.likeness.shares("how is the swab sent", "danger")["danger"] < 0.5
