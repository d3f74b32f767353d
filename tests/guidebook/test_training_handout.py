"""Handouts quote the corpus word for word, say what they are, and give nothing away too early."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.errors import HandoutError
from guidebook.normalise import urdu_share
from guidebook.training.content import Training, load_training
from guidebook.training.gain import gain
from guidebook.training.handout import Block, Listed, NewPage, Paragraph, Quoted, Words
from guidebook.training.handout_form import form_handout
from guidebook.training.handout_of import handout_of
from guidebook.training.handout_scenario import scenario_handout
from guidebook.training.handout_session import session_handout
from guidebook.training.item_analysis import analyse
from guidebook.training.quiz_run import FORMS, QuizAnswer, QuizRun, quiz_items, replay_quiz
from guidebook.training.scenario_review import review
from guidebook.training.scenario_run import Act, play, start_scenario
from guidebook.training.session import PlayedScenario, Session, read_session, session_json
from guidebook.vocabulary import Lang, Topic

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
TOPICS = [one for one in get_args(Topic) if one != "unrelated"]  # nothing is written for that one


@pytest.fixture(scope="module")
def training() -> Training:
    return load_training(ROOT / "training")


def answered(training: Training, name: str, people: int, wrong: int) -> QuizRun:
    """A room where everybody gets the first `wrong` questions wrong in the same way."""
    given = [
        QuizAnswer(f"secret-{person}", item.id, (item.key + (place < wrong)) % 4)
        for person in range(people)
        for place, item in enumerate(quiz_items(training, name))
    ]
    return replay_quiz(training, name, given)


@pytest.fixture
def session(training: Training) -> Session:
    before, after = answered(training, "pre", 12, 5), answered(training, "post", 12, 2)
    scenario = training.scenarios[0].content
    run = start_scenario(scenario, 0.0)
    for act in (
        Act("vote", 0, 1.0, "secret-1", 0),
        Act("vote", 0, 1.0, "secret-2", 1),
        Act("take", 0, 60.0, choice=0),
        Act("go_on", 0, 120.0),
        Act("stop", 1, 180.0),
    ):
        run = play(run, act).run
    return Session(
        held_on=TODAY,
        joined=12,
        quizzes=(analyse(before), analyse(after)),
        gain=gain(before, after),
        scenarios=(PlayedScenario(scenario.id, scenario.title, review(run, 200.0)),),
        topics=(("fir", 9), ("medical", 3)),
        unanswered=2,
        nearest=(("fir-first-report/refuse-disbelief", 2),),
    )


def words(blocks: tuple[Block, ...]) -> str:
    """Every word of these blocks."""
    return json.dumps([asdict(block) for block in blocks], ensure_ascii=False).replace('\\"', '"')


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_all_there_is_can_be_composed_and_says_what_it_is(
    training: Training, real_corpus: Corpus, lang: Lang
) -> None:
    scenarios = [file.content.id for file in training.scenarios]
    for name in (*FORMS, *scenarios, *TOPICS):
        for facilitator in (False, True):
            made = handout_of(name, training, real_corpus, lang, TODAY, facilitator=facilitator)
            assert messages.text("review_draft", lang) in made.notices, name
            assert messages.text("guidance_only", lang) in made.notices, name
            assert (urdu_share(made.title.text) > 0.5) == (lang == "ur"), name


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_quotes_every_passage_of_its_guidance_word_for_word(
    training: Training, real_corpus: Corpus, topic: str
) -> None:
    made = handout_of(topic, training, real_corpus, "ur", TODAY)
    quoted = [block for block in made.blocks if isinstance(block, Quoted)]
    expected = [
        passage
        for document in real_corpus.documents
        if document.path.parent.name == topic and document.kind != "known-gap"
        for passage in document.passages
        if document.superseded_by is None
    ]
    assert [one.heading for one in quoted] == [passage.heading for passage in expected]
    for block, passage in zip(quoted, expected, strict=True):
        lines = [f"{mark} {line}".strip() for mark, line in block.lines]
        assert lines == [line for line in passage.text.split("\n") if line]
    assert len({block.letter for block in quoted}) == len(quoted)


def test_a_case_gives_no_verdict_before_the_page_of_verdicts(
    training: Training, real_corpus: Corpus
) -> None:
    for file in training.scenarios:
        made = scenario_handout(file.content, real_corpus, "en", TODAY)
        cut = made.blocks.index(NewPage())
        first, second = words(made.blocks[:cut]), words(made.blocks[cut:])
        for step in file.content.steps:
            assert step.situation.en in first
            for choice in step.choices:
                assert choice.text.en in first
                assert choice.debrief.en not in first
                assert choice.debrief.en in second
        assert file.content.facilitator_notes.en not in words(made.blocks)
        own = scenario_handout(file.content, real_corpus, "en", TODAY, facilitator=True)
        assert file.content.facilitator_notes.en in words(own.blocks)


def test_each_choice_of_a_case_names_the_passage_that_is_quoted_for_it(
    training: Training, real_corpus: Corpus
) -> None:
    scenario = training.scenarios[0].content
    made = scenario_handout(scenario, real_corpus, "en", TODAY, facilitator=True)
    letters = {block.heading: block.letter for block in made.blocks if isinstance(block, Quoted)}
    listed = [block for block in made.blocks if isinstance(block, Listed) and block.lead.text]
    told = {line.words.text: line.under for block in listed for line in block.lines}
    for step in scenario.steps:
        for choice in step.choices:
            passage = real_corpus.passage(choice.passage)
            assert passage is not None
            named = told[choice.text.en][-1].text
            assert named.startswith(f"Passage {letters[passage.heading]} · ")


@pytest.mark.parametrize("name", FORMS)
def test_the_sheet_of_a_form_has_no_key_and_the_facilitators_has(
    training: Training, real_corpus: Corpus, name: str
) -> None:
    sheet = form_handout(training, real_corpus, name, "en", TODAY)
    questions = [block for block in sheet.blocks if isinstance(block, Listed)]
    assert [len(block.lines) for block in questions] == [4] * 15
    assert not any(isinstance(block, Quoted) for block in sheet.blocks)
    key = form_handout(training, real_corpus, name, "en", TODAY, facilitator=True)
    answers = [block for block in key.blocks if isinstance(block, Listed) and block.lead.text]
    items = quiz_items(training, name)
    for item, block in zip(items, answers, strict=True):
        assert block.lines[0].mark == f"{item.key + 1}."
        assert block.lines[0].words == Words(item.options[item.key].en, "en")


def test_a_session_is_the_same_after_its_file_was_read_again(session: Session) -> None:
    written = session_json(session)
    assert read_session(written, "session.json") == session
    assert "secret-" not in written


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_the_results_quote_what_was_misread_and_say_what_they_do_not_prove(
    session: Session, real_corpus: Corpus, lang: Lang
) -> None:
    made = session_handout(session, real_corpus, lang, TODAY)
    headings = {block.heading for block in made.blocks if isinstance(block, Quoted)}
    misread = [one for figures in session.quizzes for one in figures.misread]
    assert len(misread) == 5 + 2
    for one in misread:
        passage = real_corpus.passage(one.item.rationale)
        assert passage is not None
        assert passage.heading in headings
    notes = [block.words.text for block in made.blocks if isinstance(block, Paragraph)]
    assert messages.text("results_not_equal", lang) in notes
    assert messages.text("results_stopped", lang) in notes
    assert messages.text("results_split", lang) in notes
    assert "secret-" not in words(made.blocks)


def test_the_summary_has_no_passages_and_a_room_of_nobody_can_be_printed(
    session: Session, real_corpus: Corpus
) -> None:
    short = session_handout(session, real_corpus, "en", TODAY, one_page=True)
    assert not any(isinstance(block, Quoted | NewPage) for block in short.blocks)
    empty = session_handout(Session(held_on=TODAY, joined=0), real_corpus, "en", TODAY)
    assert messages.text("results_nothing", "en") in words(empty.blocks)


@pytest.mark.parametrize(
    ("text", "told"),
    [("not json", "the file"), ("{}", "held_on"), ('{"held_on": "2026-11-22"}', "joined")],
)
def test_a_file_that_is_no_session_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(HandoutError, match=rf"x\.json is no exported workshop \({told}: "):
        read_session(text, "x.json")


def test_names_and_files_that_do_not_exist_are_told(
    training: Training, real_corpus: Corpus, tmp_path: Path
) -> None:
    with pytest.raises(HandoutError, match="named 'first-hour'; take a topic"):
        handout_of("first-hour", training, real_corpus, "en", TODAY)
    with pytest.raises(HandoutError, match="no guidance on 'unrelated'"):
        handout_of("unrelated", training, real_corpus, "en", TODAY)
    with pytest.raises(HandoutError, match="Cannot read"):
        handout_of(str(tmp_path / "none.json"), training, real_corpus, "en", TODAY)
    broken = tmp_path / "broken.json"
    broken.write_bytes(json.dumps("x").encode("utf-16"))
    with pytest.raises(HandoutError, match="not UTF-8"):
        handout_of(str(broken), training, real_corpus, "en", TODAY)
