"""The card: cited steps of the case from the corpus, in order, none dropped for its time."""

from collections.abc import Mapping

import pytest

from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.first_hour import CHOICES, read
from guidebook.first_hour_card import MOST_STEPS, Case, draw, steps_of
from guidebook.normalise import urdu_share
from guidebook.vocabulary import Jurisdiction, Lang

RAPE = {"case": "rape", "age": "adult", "time": "hours_6", "injuries": "no", "place": "station"}
SIX_HOURS = "rape-medical-examination/doctor-timing-escort"


def case(
    answers: Mapping[str, str] = RAPE,
    *mentions: str,
    province: Jurisdiction = "kp",
    named: bool = False,
) -> Case:
    return Case(answers, mentions, province, named)


def shown(corpus: Corpus, one: Case, lang: Lang = "en") -> list[str]:
    """Passage ids in the order of the card."""
    reply = draw(one, corpus, lang)
    assert reply.card is not None
    return [reply.citations[step.citation].passage_id for step in reply.card.steps]


@pytest.mark.parametrize("kind", CHOICES["case"])
@pytest.mark.parametrize("time", ["hour", "longer", "unknown"])
def test_every_kind_of_case_has_a_card_whose_steps_stand_in_their_citations(
    real_corpus: Corpus, kind: str, time: str
) -> None:
    reply = draw(case({"case": kind, "time": time}), real_corpus, "en")
    assert reply.card is not None
    assert 6 <= len(reply.card.steps) <= MOST_STEPS
    assert reply.text.split("\n") == [step.text for step in reply.card.steps]
    for step in reply.card.steps:
        citation = reply.citations[step.citation]
        document = real_corpus.document(citation.document_id)
        assert document is not None
        assert step.text in citation.quote == document.text[citation.start : citation.end]
        assert not step.text.startswith(("Yes.", "No."))


def test_making_people_safe_comes_first_and_phases_in_their_order(real_corpus: Corpus) -> None:
    reply = draw(case(), real_corpus, "en")
    assert reply.card is not None
    assert reply.citations[0].passage_id == "immediate-danger/first-steps"
    phases = [step.phase for step in reply.card.steps]
    assert phases == sorted(phases, key=["first_hour", "first_day", "later"].index)
    assert "first_day" in phases


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("she is unconscious", "first-aid-until-ambulance/unconscious-first-steps"),
        ("us ka khoon beh raha hai", "first-aid-until-ambulance/bleeding-until-ambulance"),
        (
            "sar par chot lagi, ulti kar rahi hai",
            "first-aid-until-ambulance/head-blow-danger-signs",
        ),
    ],
)
def test_first_aid_stands_on_the_card_where_its_sign_was_said(
    real_corpus: Corpus, said: str, step: str
) -> None:
    beaten = {"case": "domestic_violence", "injuries": "yes"}
    assert step in shown(real_corpus, case(beaten, *read(said).mentions))
    assert step not in shown(real_corpus, case(beaten))


def test_what_has_a_time_of_its_own_stands_on_top(real_corpus: Corpus) -> None:
    reply = draw(case(), real_corpus, "en")
    assert reply.card is not None
    timed = [s.within_hours is not None for s in reply.card.steps if s.phase == "first_hour"]
    assert timed == sorted(timed, reverse=True)
    assert reply.caution is None


def test_a_step_whose_time_has_passed_moves_below_with_its_caution(real_corpus: Corpus) -> None:
    early = shown(real_corpus, case())
    late_case = case({**RAPE, "time": "hours_24"})
    late = draw(late_case, real_corpus, "en")
    assert late.card is not None
    places = shown(real_corpus, late_case)
    assert places.index(SIX_HOURS) > early.index(SIX_HOURS)
    step = late.card.steps[places.index(SIX_HOURS)]
    assert (step.within_hours, step.note) == (6, messages.text("card_late", "en"))
    assert late.caution == messages.text("card_late", "en")


def test_no_step_with_a_time_is_dropped_however_late_it_is(real_corpus: Corpus) -> None:
    for time in CHOICES["time"]:
        one = case({**RAPE, "time": time})
        timed = {s.passage.id for s in steps_of(one, real_corpus) if s.timed}
        assert timed
        assert timed <= set(shown(real_corpus, one))


def test_hiv_medicine_is_late_only_after_three_days(real_corpus: Corpus) -> None:
    def late(time: str) -> set[str]:
        steps = steps_of(case({**RAPE, "time": time}), real_corpus)
        return {step.passage.id for step in steps if step.late}

    hiv = "medical-time-windows-practice/hiv-and-pregnancy-medicine"
    assert hiv not in late("days_3")
    assert hiv in late("longer")


def test_at_once_never_passes(real_corpus: Corpus) -> None:
    for step in steps_of(case({**RAPE, "time": "longer"}), real_corpus):
        assert not (step.late and step.when.within_hours == 1)


def test_steps_of_other_cases_are_left_out(real_corpus: Corpus) -> None:
    acid = shown(real_corpus, case({"case": "acid_burns"}))
    assert "acid-first-aid-practice/acid-first-minutes" in acid
    assert "acid-first-aid-practice/acid-first-minutes" not in shown(real_corpus, case())
    assert "fir-first-report/record-report" in acid


def test_an_unknown_case_has_the_steps_of_any_case(real_corpus: Corpus) -> None:
    for step in steps_of(case({"case": "unknown"}), real_corpus):
        assert "any" in step.when.cases


def test_law_and_numbers_of_another_province_are_left_out(real_corpus: Corpus) -> None:
    provinces: tuple[Jurisdiction, ...] = ("kp", "punjab", "sindh")
    for here in provinces:
        reply = draw(case(province=here), real_corpus, "en")
        held = {citation.jurisdiction for citation in reply.citations}
        assert held <= {here, "pakistan", "international"}
    assert "kp" in {c.jurisdiction for c in draw(case(), real_corpus, "en").citations}


def test_the_age_decides_what_is_meant_for_a_child(real_corpus: Corpus) -> None:
    child = shown(real_corpus, case({**RAPE, "age": "child"}))
    adult = shown(real_corpus, case())
    assert "child-interview-practice/minimal-facts" in child
    assert "child-interview-practice/minimal-facts" not in adult


def test_nothing_for_suspects_in_custody_is_on_a_survivors_card(real_corpus: Corpus) -> None:
    for kind in CHOICES["case"]:
        for step in steps_of(case({"case": kind, "age": "child"}), real_corpus):
            assert (step.passage.applies_to or {}).get("role") != ("suspect",)


def test_a_step_that_depends_on_more_comes_only_when_that_was_said(real_corpus: Corpus) -> None:
    beaten = {"case": "domestic_violence", "injuries": "no"}
    neck = "strangulation-practice/neck-no-marks"
    assert neck in shown(real_corpus, case(beaten, "strangled"))
    assert neck not in shown(real_corpus, case(beaten))
    hospital = "taking-her-to-hospital/who-takes-injured-woman"
    assert hospital in shown(real_corpus, case({**beaten, "injuries": "yes"}))
    assert hospital not in shown(real_corpus, case(beaten))
    phone = "call-and-scene/send-someone-now"
    assert phone in shown(real_corpus, case({**beaten, "place": "phone"}))
    assert phone not in shown(real_corpus, case({**beaten, "place": "station"}))


def test_what_was_said_stands_on_the_card_in_our_words_and_what_was_skipped_does_not(
    real_corpus: Corpus,
) -> None:
    card = draw(case({"case": "rape", "age": "unknown", "time": "hour"}), real_corpus, "en").card
    assert card is not None
    assert [(fact.name, fact.value) for fact in card.facts] == [
        ("case", "Rape or sexual violence"),
        ("time", "Within the last hour"),
    ]


def test_the_province_it_rests_on_is_said_unless_the_officer_named_it(real_corpus: Corpus) -> None:
    assert [one.value for one in draw(case(), real_corpus, "en").assumed] == ["kp"]
    assert draw(case(named=True), real_corpus, "en").assumed == ()


def test_in_urdu_our_words_and_the_steps_are_urdu(real_corpus: Corpus) -> None:
    reply = draw(case(), real_corpus, "ur")
    assert reply.card is not None
    assert reply.card.title == messages.text("card_title", "ur")
    assert reply.notice is not None
    assert reply.notice.endswith(messages.text("translated_text", "ur"))
    assert all(urdu_share(step.text) > 0.5 for step in reply.card.steps)
    english = draw(case(), real_corpus, "en")
    assert english.card is not None
    assert [c.passage_id for c in reply.citations] == [c.passage_id for c in english.citations]


def test_its_follow_ups_are_headings_the_corpus_answers(real_corpus: Corpus) -> None:
    headings = {passage.heading for passage in real_corpus.passages}
    suggestions = draw(case(), real_corpus, "en").suggestions
    assert suggestions
    assert {one.payload for one in suggestions} <= headings
