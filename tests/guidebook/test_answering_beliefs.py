"""A myth is put right before the answer, and a disclosure can be taken back or up again."""

from guidebook.answering import answer
from guidebook.context import Context
from guidebook.library import Library
from guidebook.query import Query
from tests.guidebook.asking import NOW, Ask


def test_a_belief_is_put_right_before_the_answer(library: Library) -> None:
    text = "ghar ka masla hai, medical kitne ghante mein hota hai"
    found, _ = answer(Query(text), Context(), library.retriever, NOW)
    assert found.replies[0].status == "told_myth_corrected"
    assert found.replies[-1] == found.reply
    assert found.correction is not None
    cited = {citation.passage_id for citation in found.reply.citations}
    assert found.correction.citations[0].passage_id not in cited


def test_a_correction_is_not_said_twice(library: Library) -> None:
    text = "There were no injuries, so she was not raped?"
    found, _ = answer(Query(text), Context(), library.retriever, NOW)
    cited = [citation.passage_id for reply in found.replies for citation in reply.citations]
    assert len(cited) == len(set(cited))


def test_the_same_message_meant_as_a_case_is_answered(ask: Ask) -> None:
    reply, context = ask("my husband beats me, which section is it")
    assert reply.status == "told_support_victim"
    (button,) = reply.suggestions
    second, after = ask(button.payload, context)
    assert not second.status.startswith("told_support")
    assert after.disclosed is None


def test_the_numbers_come_back_on_a_word(ask: Ask) -> None:
    _, context = ask("my husband beats me")
    for word in ("numbers", "madad", "مدد"):
        reply, context = ask(word, context)
        assert reply.status == "told_support_numbers"
        assert [contact.number for contact in reply.contacts][:2] == ["15", "1122"]


def test_without_a_disclosure_there_is_nothing_to_take_up(ask: Ask) -> None:
    assert ask("numbers")[0].status != "told_support_numbers"
    assert ask("I meant a case")[0].status != "told_support_victim"
