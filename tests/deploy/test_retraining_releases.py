"""An earlier release is returned to, or chosen, through the gate; what cannot be is told."""

import json
from dataclasses import replace

import pytest

from deploy.errors import ReleaseError
from tests.deploy.small_checkout import DANGER, LEARNT, TODAY, SmallCheckout

# Releases by hand


def second(serving: SmallCheckout) -> None:
    serving.teach({**LEARNT, "shukria": "thank"})
    assert serving.retraining().train()


def test_rollback_returns_to_the_model_before_and_back(serving: SmallCheckout) -> None:
    second(serving)
    serving.retraining().rollback()
    assert serving.live_lesson() == LEARNT
    serving.retraining().rollback()
    assert serving.live_lesson()["shukria"] == "thank"


def test_a_model_rolled_back_to_stays_when_serving_again(serving: SmallCheckout) -> None:
    serving.teach({**LEARNT, "shukria": "thank"})
    serving.own_training()
    serving.retraining().before_serving()
    assert serving.live_lesson()["shukria"] == "thank"
    serving.retraining().rollback()
    serving.asked()
    serving.retraining().before_serving()
    assert serving.live_lesson() == LEARNT
    assert serving.asked() == []
    assert serving.said[-1].endswith(", chosen by hand")


def test_nothing_to_roll_back_to_is_told(serving: SmallCheckout) -> None:
    with pytest.raises(ReleaseError, match="No model was live before this one"):
        serving.retraining().rollback()


def test_using_a_release_puts_it_through_the_gate(serving: SmallCheckout) -> None:
    first = serving.retraining().releases.all()[0]
    second(serving)
    held_out = f"thank: [shukria]\nreport_emergency: [{DANGER}]\n"
    serving.write("tests/bot/held_out.yml", held_out)
    assert not serving.retraining().use(first.id)
    assert "The held-out lines changed since the baseline was recorded." in serving.said
    assert "      shukria -> nlu_fallback 0.90" in serving.said
    assert serving.live_lesson()["shukria"] == "thank"
    assert serving.retraining().use(first.id, anyway="the new one is slow")
    assert serving.live_lesson() == LEARNT
    history = (serving.checkout.releases / "history.jsonl").read_text().splitlines()
    assert json.loads(history[-1])["reason"] == "the new one is slow"


def test_using_no_release_takes_the_candidate(serving: SmallCheckout) -> None:
    with pytest.raises(ReleaseError, match="There is no candidate"):
        serving.retraining().use(None)
    serving.teach({**LEARNT, "shukria": "thank"})
    serving.own_training()
    assert serving.retraining().use(None)
    assert serving.live_lesson()["shukria"] == "thank"


def test_a_release_of_another_corpus_says_so(serving: SmallCheckout) -> None:
    first = serving.retraining().releases.all()[0]
    second(serving)
    serving.retraining(replace(TODAY, corpus="d" * 64)).use(first.id)
    assert serving.said[-1] == (
        f"Release {first.id} was judged with another corpus (cccccccccccc). "
        "It now answers from today's (dddddddddddd)."
    )


def test_a_live_file_of_an_older_version_becomes_a_release(serving: SmallCheckout) -> None:
    content = serving.checkout.live.read_bytes()
    for path in (serving.checkout.live, *serving.checkout.releases.rglob("*.*")):
        path.unlink()
    serving.checkout.live.write_bytes(content)
    serving.teach_without(DANGER)
    serving.retraining().before_serving()
    (adopted,) = serving.retraining().releases.all()
    assert adopted.origin == "found as live.tar.gz"
    assert serving.live_lesson() == LEARNT
