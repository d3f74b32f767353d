"""The page is tested on replies that the other rooms would let through, and on no others."""

import scripted_replies
from scripted_replies import BLOCKS, TEXT

from guidebook.reply import Reply


def test_scripted_replies_are_replies_of_the_contract() -> None:
    replies = [value for value in vars(scripted_replies).values() if _is_reply(value)]
    assert len(replies) == 15
    for reply in replies:
        assert set(Reply.from_json(reply).to_json()) == set(reply)


def test_every_scripted_citation_is_a_slice_of_the_document() -> None:
    replies = [value for value in vars(scripted_replies).values() if _is_reply(value)]
    citations = [each for reply in replies for each in reply["citations"] + reply["nearest"]]
    assert citations
    for citation in citations:
        assert TEXT[citation["start"] : citation["end"]] == citation["quote"]
    for block in BLOCKS:
        assert TEXT[block["start"] : block["end"]] == block["text"]


def _is_reply(value: object) -> bool:
    return isinstance(value, dict) and "status" in value
