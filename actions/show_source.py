"""Show where the last answer came from."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import runtime, turn
from actions.guarded import GuardedAction
from guidebook import messages
from guidebook.quoting import cite
from guidebook.reply import Reply


class ShowSource(GuardedAction):
    """`action_show_source`"""

    def name(self) -> str:
        return "action_show_source"

    def reply_to(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        lang = turn.lang_of(tracker) or "en"
        corpus = runtime.library().corpus
        citations = []
        for passage_id in turn.context_of(tracker).answered_passage_ids[:1]:
            if passage := corpus.passage(passage_id):
                said, document = corpus.said_in(passage, lang)
                citations.append(cite(document, said, None))
        status = "told_source" if citations else "told_no_source"
        reply = Reply(
            status=status,
            lang=lang,
            text=messages.text(status, lang),
            citations=tuple(citations),
        )
        turn.say(dispatcher, reply)
        return []
