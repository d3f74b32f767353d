"""A case goes where its choices lead, once for each act; its reasons are the corpus's own words."""

from itertools import pairwise
from pathlib import Path

import pytest

from guidebook.corpus import Corpus
from guidebook.training.content import load_training
from guidebook.training.reason import reason
from guidebook.training.scenario_review import review
from guidebook.training.scenario_run import (
    MOST_VISITS,
    Act,
    ScenarioRun,
    play,
    replay_scenario,
    start_scenario,
)
from guidebook.training.schema import END, Scenario

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = [file.content for file in load_training(ROOT / "training").scenarios]


@pytest.fixture
def ghag() -> Scenario:
    return next(one for one in SCENARIOS if one.id == "ghag-claim")


def vote(visit: int, participant: str, choice: int) -> Act:
    return Act("vote", visit, 10.0 + visit, participant, choice)


def played(run: ScenarioRun, *acts: Act) -> ScenarioRun:
    for act in acts:
        moved = play(run, act)
        assert moved.outcome == "kept", act
        run = moved.run
    return run


def through(scenario: Scenario, verdicts: tuple[str, ...]) -> ScenarioRun:
    """Play on: the first choice of the first verdict listed that the step offers."""
    run = start_scenario(scenario, 0.0)
    while run.stage != "ended":
        choices = [choice.verdict for choice in run.step.choices]
        pick = next(choices.index(one) for one in verdicts if one in choices)
        now = run.visit_number * 60.0
        run = played(run, Act("take", run.visit_number, now + 30, choice=pick))
        run = played(run, Act("go_on", run.visit_number, now + 60))
    return run


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)
@pytest.mark.parametrize("verdicts", [("good", "poor", "forbidden"), ("forbidden", "poor", "good")])
def test_every_case_is_played_to_its_end_along_the_edges_of_its_file(
    scenario: Scenario, verdicts: tuple[str, ...]
) -> None:
    run = through(scenario, verdicts)
    for before, after in pairwise(run.visits):
        assert before.choice is not None
        assert before.choice.next == after.step.id
    assert len(run.visits) < MOST_VISITS
    assert run.reached_end
    assert run.visit.choice is not None
    assert run.visit.choice.next == END


def test_a_vote_may_change_until_a_choice_is_taken(ghag: Scenario) -> None:
    run = played(start_scenario(ghag, 0.0), vote(0, "a", 0), vote(0, "b", 2), vote(0, "a", 2))
    assert (run.visit.tally, run.visit.votes["a"]) == ((0, 0, 2), 2)
    again = play(run, vote(0, "a", 2))
    assert (again.outcome, again.run) == ("already_kept", run)
    run = played(run, Act("take", 0, 20.0, choice=2))
    assert play(run, vote(0, "a", 0)).outcome == "not_voting"
    assert run.stage == "debriefing"


def test_a_double_tap_does_not_skip_a_step(ghag: Scenario) -> None:
    run = played(start_scenario(ghag, 0.0), Act("take", 0, 20.0, choice=1), Act("go_on", 0, 30.0))
    assert run.step.id == "second"
    again = play(run, Act("go_on", 0, 31.0))
    assert (again.outcome, again.run) == ("already_kept", run)
    assert play(run, Act("take", 0, 31.0, choice=1)).outcome == "already_kept"


def test_a_late_phone_cannot_vote_at_a_step_the_room_has_left(ghag: Scenario) -> None:
    run = played(start_scenario(ghag, 0.0), Act("take", 0, 20.0, choice=1), Act("go_on", 0, 30.0))
    late = play(run, vote(0, "a", 0))
    assert (late.outcome, late.run) == ("other_visit", run)
    assert play(run, vote(7, "a", 0)).outcome == "other_visit"
    assert play(run, vote(-1, "a", 0)).outcome == "other_visit"


def test_nothing_is_gone_on_from_before_a_choice_and_no_choice_is_made_up(ghag: Scenario) -> None:
    run = start_scenario(ghag, 0.0)
    assert play(run, Act("go_on", 0, 5.0)).outcome == "not_taken"
    assert play(run, vote(0, "a", 3)).outcome == "unknown_choice"
    assert play(run, Act("take", 0, 5.0)).outcome == "unknown_choice"
    with pytest.raises(ValueError, match="names its participant"):
        Act("vote", 0, 5.0, choice=0)


def test_a_stopped_case_stays_stopped(ghag: Scenario) -> None:
    run = played(start_scenario(ghag, 0.0), vote(0, "a", 0), Act("stop", 0, 40.0))
    assert (run.stage, run.reached_end, run.ended_at) == ("ended", False, 40.0)
    assert play(run, Act("stop", 0, 50.0)).outcome == "already_kept"
    assert play(run, vote(0, "b", 0)).outcome == "ended"
    assert play(run, Act("take", 0, 50.0, choice=0)).outcome == "ended"


def test_time_is_counted_for_each_step(ghag: Scenario) -> None:
    run = start_scenario(ghag, 100.0)
    run = played(run, Act("take", 0, 200.0, choice=1))
    run = played(run, Act("go_on", 0, 250.0))
    assert run.visits[0].seconds(9999.0) == 150.0
    assert run.visit.seconds(260.0) == 10.0


def test_a_run_is_made_again_by_its_acts_with_all_repeats(ghag: Scenario) -> None:
    acts = [
        vote(0, "a", 1),
        vote(0, "a", 1),
        vote(0, "b", 0),
        Act("take", 0, 20.0, choice=1),
        vote(0, "b", 1),
        Act("go_on", 0, 30.0),
        Act("go_on", 0, 30.5),
        vote(1, "b", 1),
    ]
    run = replay_scenario(ghag, 0.0, acts)
    assert (run.step.id, run.visits[0].tally, run.visit.tally) == ("second", (1, 1, 0), (0, 1))
    assert replay_scenario(ghag, 0.0, [one for one in acts for _ in range(2)]) == run


def test_the_reason_of_a_choice_is_in_the_words_of_the_corpus_with_its_source(
    ghag: Scenario, real_corpus: Corpus
) -> None:
    for choice in ghag.steps[0].choices:
        told = reason(real_corpus, choice.passage)
        assert told is not None
        citation = told.citation
        assert citation.passage_id == choice.passage
        document = real_corpus.document(citation.document_id)
        assert document is not None
        assert document.text[citation.start : citation.end] == citation.quote
        for words in (told.lead, *told.steps, *told.more):
            assert words in citation.quote
        assert citation.sources


def test_every_reason_in_the_cases_can_be_shown(real_corpus: Corpus) -> None:
    for scenario in SCENARIOS:
        for step in scenario.steps:
            for choice in step.choices:
                assert reason(real_corpus, choice.passage) is not None, (scenario.id, step.id)


def test_the_review_counts_votes_by_verdict_and_shows_the_way_taken(ghag: Scenario) -> None:
    run = played(
        start_scenario(ghag, 0.0),
        vote(0, "a", 1),  # forbidden
        vote(0, "b", 0),  # poor
        Act("take", 0, 20.0, choice=1),
        Act("go_on", 0, 60.0),
        vote(1, "a", 1),  # good
        vote(1, "b", 1),  # good
        Act("take", 1, 80.0, choice=1),
        Act("stop", 1, 90.0),
    )
    found = review(run, now=1000.0)
    assert found.votes == {"good": 2, "poor": 1, "forbidden": 1}
    assert [one.step.id for one in found.visits] == ["gate", "second"]
    assert [one.split for one in found.visits] == [True, False]
    assert [one.spent_s for one in found.visits] == [60.0, 30.0]
    assert (found.detours, found.reached_end, found.spent_s) == (1, False, 90.0)
