"""A candidate that is worse is not served; the live one stays, and the cases are said."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from deploy import digests
from deploy.errors import GateError, TrainingError
from deploy.train import main as train_command
from tests.deploy.small_checkout import DANGER, LEARNT, TODAY, SmallCheckout

EMERGENCY_MISSED = "dialogue emergency_recall was 1.000 and is 0.000; 0 is tolerated."


def test_without_a_baseline_make_train_says_how_to_record_one(small: SmallCheckout) -> None:
    with pytest.raises(GateError, match=r'holds no baseline .* `make train ACCEPT="'):
        small.retraining().train()
    assert not small.checkout.live.exists()


def test_accepting_records_figures_reason_and_inputs(serving: SmallCheckout) -> None:
    whole = json.loads((serving.checkout.baselines / "dialogue.json").read_text())
    assert whole["recorded"]["reason"] == "the first baseline"
    assert whole["recorded"]["model_inputs"] == digests.model_inputs(serving.checkout)
    assert {name: item["value"] for name, item in whole["figures"].items()} == {
        "accuracy": 1.0,
        "emergency_recall": 1.0,
        "danger_recall": 1.0,
        "nonsense_refused": 1.0,
        "false_alarms": 0.0,
        "conversations": 1.0,
        "questions_searched": 1.0,
    }
    assert serving.live_lesson() == LEARNT


def test_a_second_run_trains_and_asks_nothing(serving: SmallCheckout) -> None:
    asked = serving.examination.asked
    assert serving.retraining().train()
    assert serving.asked() == []
    assert serving.examination.asked == asked
    assert serving.said[0] == "full gate: passed, none of 9 figures fell"


def test_a_better_model_goes_live(serving: SmallCheckout) -> None:
    before = serving.retraining().releases.live()
    serving.teach({**LEARNT, "shukria": "thank"})
    assert serving.retraining().train()
    assert serving.asked() == ["rasa data", "rasa train", "predict", "rasa test"]
    assert serving.live_lesson()["shukria"] == "thank"
    assert serving.retraining().releases.live() != before


def test_a_worse_model_is_refused_and_its_cases_are_said(serving: SmallCheckout) -> None:
    serving.teach_without(DANGER)
    assert not serving.retraining().train()
    assert serving.live_lesson() == LEARNT
    at = serving.said.index(f"  {EMERGENCY_MISSED}")
    assert serving.said[at + 1] == f"      {DANGER} -> ask_guidance 0.90"
    assert serving.said[at - 3] == "full gate: REFUSED, 2 of 9 figures fell"


def test_a_failed_conversation_refuses_alone(serving: SmallCheckout) -> None:
    stories = "- story: x\n  steps: [{user: never seen, intent: greet}]\n"
    serving.write("tests/conversations/test_more.yml", "stories:\n" + stories)
    assert not serving.retraining().train()
    assert "  dialogue conversations was 1.000 and is 0.667; 0 is tolerated." in serving.said
    (case,) = [line for line in serving.said if "test_more.yml" in line]
    assert case.strip().startswith("x (tests/conversations/")  # the same on every machine
    assert case.endswith("; intent: greet, predicted nlu_fallback")


def test_a_question_that_no_longer_reaches_the_search_refuses(serving: SmallCheckout) -> None:
    serving.teach_without("is zero fir allowed", instead="greet")
    assert not serving.retraining().train()
    assert "      fed-001 -> greet" in serving.said


def test_a_fall_in_the_examination_refuses_and_names_the_new_cases(serving: SmallCheckout) -> None:
    serving.examination.figures["right"] = 0.8
    serving.examination.missed["right"] = ["fed-002", "fed-009"]
    assert not serving.retraining().train()
    assert serving.said[-3:] == [
        "  examination right was 0.900 and is 0.800; 0.02 is tolerated.",
        "      fed-009",
        "      beside 1 that the baseline missed too",
    ]


def test_a_refused_candidate_is_not_trained_again_and_refused_again(serving: SmallCheckout) -> None:
    serving.teach_without(DANGER)
    serving.retraining().train()
    serving.asked()
    assert not serving.retraining().train()
    assert serving.asked() == []
    assert f"  {EMERGENCY_MISSED}" in serving.said


def test_accepting_a_worse_model_needs_a_reason_and_keeps_it(serving: SmallCheckout) -> None:
    serving.teach_without("medical exam time limit", instead="greet")
    assert not serving.retraining().train()
    assert serving.retraining().train(accept="the line was ambiguous")
    live = serving.retraining().releases.live()
    assert live is not None
    assert live.gate is not None
    assert live.gate["accepted"] == "the line was ambiguous"
    assert serving.retraining().train()


def test_a_tolerance_written_by_hand_stays(serving: SmallCheckout) -> None:
    path = serving.checkout.baselines / "dialogue.json"
    path.write_text(path.read_text().replace('"tolerance": 0.03', '"tolerance": 0.5'))
    serving.retraining().train(accept="again")
    assert json.loads(path.read_text())["figures"]["nonsense_refused"]["tolerance"] == 0.5


def test_new_texts_under_the_same_model_make_a_new_release(serving: SmallCheckout) -> None:
    before = serving.retraining().releases.live()
    tomorrow = replace(TODAY, corpus="d" * 64)
    assert serving.retraining(tomorrow).train()
    after = serving.retraining().releases.live()
    assert before is not None
    assert after is not None
    assert (after.corpus, after.model_sha256) == ("d" * 64, before.model_sha256)
    assert serving.asked() == []


# Before serving


def test_the_first_serve_needs_no_gate_and_no_baseline(small: SmallCheckout) -> None:
    small.retraining().before_serving()
    assert small.live_lesson() == LEARNT
    assert small.asked() == ["rasa train"]
    assert small.said[-2] == "`make train` judges it."


def test_a_fresh_machine_serves_what_the_baseline_was_recorded_for(serving: SmallCheckout) -> None:
    for path in (serving.checkout.live, *serving.checkout.releases.rglob("*.*")):
        path.unlink()
    serving.retraining().before_serving()
    assert serving.asked() == ["rasa train"]
    assert "These are the inputs the committed baseline was recorded for: no gate." in serving.said


def test_serving_again_does_nothing(serving: SmallCheckout) -> None:
    serving.retraining().before_serving()
    assert serving.asked() == []
    assert len(serving.said) == 1


def test_serving_takes_a_better_model_after_the_quick_gate(serving: SmallCheckout) -> None:
    asked = serving.examination.asked
    serving.teach({**LEARNT, "shukria": "thank"})
    serving.retraining().before_serving()
    assert serving.live_lesson()["shukria"] == "thank"
    assert serving.asked() == ["rasa train", "predict", "rasa test"]
    assert serving.examination.asked == asked


def test_serving_refuses_a_worse_model_says_why_and_goes_on(serving: SmallCheckout) -> None:
    serving.teach_without(DANGER)
    serving.retraining().before_serving()
    assert serving.live_lesson() == LEARNT
    assert f"  {EMERGENCY_MISSED}" in serving.said
    assert serving.said[-1].endswith("as before; trained here is not served")


@pytest.mark.parametrize("trouble", ["train", "test"])
def test_serving_goes_on_when_rasa_fails(serving: SmallCheckout, trouble: str) -> None:
    serving.teach({**LEARNT, "shukria": "thank"})
    serving.write("trouble", trouble)
    serving.retraining().before_serving()
    assert serving.live_lesson() == LEARNT
    assert "The pipeline names an unknown component.\nlive model: " in serving.said[-1]


def test_serving_cannot_go_on_when_nothing_is_live(small: SmallCheckout) -> None:
    small.write("trouble", "train")
    with pytest.raises(TrainingError) as caught:
        small.retraining().before_serving()
    assert str(caught.value) == (
        "`rasa train` failed; mend this and run again:\nThe pipeline names an unknown component."
    )


# A maintainer's own archive


def test_own_training_that_passes_is_served(serving: SmallCheckout) -> None:
    serving.teach({**LEARNT, "shukria": "thank"})
    own = serving.own_training()
    serving.asked()
    serving.retraining().before_serving()
    assert serving.live_lesson()["shukria"] == "thank"
    assert serving.asked() == ["predict", "rasa test"]
    assert own.exists()
    serving.retraining().before_serving()
    assert serving.asked() == []


def test_own_training_that_is_worse_is_refused_each_time_without_cost(
    serving: SmallCheckout,
) -> None:
    serving.teach_without(DANGER)
    serving.own_training()
    serving.teach(LEARNT)
    serving.retraining().before_serving()
    serving.asked()
    serving.retraining().before_serving()
    assert serving.asked() == []
    assert serving.live_lesson() == LEARNT
    assert serving.said[-1].endswith("own training, 20261122-own.tar.gz is not served")


def test_changed_data_is_trained_after_own_training_was_refused(serving: SmallCheckout) -> None:
    serving.teach_without(DANGER)
    serving.own_training()
    assert not serving.retraining().train()
    serving.teach({**LEARNT, "shukria": "thank"})
    assert serving.retraining().train()
    assert serving.live_lesson()["shukria"] == "thank"


def test_half_an_own_archive_is_left_alone(serving: SmallCheckout) -> None:
    serving.teach({**LEARNT, "shukria": "thank"})
    own = serving.own_training()
    serving.teach(LEARNT)
    whole = own.read_bytes()
    times = (own.stat().st_mtime,) * 2
    for length in (0, 10, len(whole) // 2, len(whole) - 4):
        own.write_bytes(whole[:length])
        os.utime(own, times)
        serving.retraining().before_serving()
        assert serving.live_lesson() == LEARNT
        assert "is not a whole archive" in serving.said[0]
    own.write_bytes(whole)
    os.utime(own, times)
    serving.retraining().before_serving()
    assert serving.live_lesson()["shukria"] == "thank"


def test_an_older_own_archive_is_left_alone(serving: SmallCheckout) -> None:
    serving.teach_without(DANGER)
    serving.own_training(ahead_s=-3600)
    serving.teach(LEARNT)
    serving.retraining().before_serving()
    assert len(serving.said) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "domain.yml").write_text("changed"),
        lambda root: (root / "data" / "stories.yml").write_text("stories: []"),
        lambda root: (root / "bot" / "channel.py").rename(root / "bot" / "other.py"),
        lambda root: (root / "models" / "encoder" / "manifest.json").write_text("[]"),
    ],
)
def test_training_is_due_after_a_change(
    serving: SmallCheckout, change: Callable[[Path], object]
) -> None:
    change(serving.root)
    serving.retraining().before_serving()
    assert "rasa train" in serving.asked()


def test_training_is_not_due_after_another_change(serving: SmallCheckout) -> None:
    serving.write("README.md", "other")
    serving.write("data/notes.txt", "other")
    serving.retraining().before_serving()
    assert serving.asked() == []


# The command


def test_the_command_ends_with_what_make_must_know(
    small: SmallCheckout, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train_command([], small.retraining) == 2
    assert "holds no baseline" in capsys.readouterr().err
    assert train_command(["--accept", "first"], small.retraining) == 0
    small.teach_without(DANGER)
    assert train_command(["--quick"], small.retraining) == 0
    assert train_command([], small.retraining) == 1
    assert small.live_lesson() == LEARNT


def test_nonsense_written_by_hand_is_an_input_of_the_model(serving: SmallCheckout) -> None:
    before = digests.model_inputs(serving.checkout)
    serving.write("bot/nonsense.yml", "- seven clouds married a bicycle\n")
    assert digests.model_inputs(serving.checkout) != before
