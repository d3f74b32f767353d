"""Tell which documents the guidebook holds."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import runtime, turn
from actions.guarded import GuardedAction
from guidebook import messages
from guidebook.reply import Reply


class ListDocuments(GuardedAction):
    """`action_list_documents`"""

    def name(self) -> str:
        return "action_list_documents"

    def reply_to(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        lang = turn.lang_of(tracker) or "en"
        lead = messages.text("told_documents", lang)
        titles = tuple(document.title for document in runtime.library().corpus.documents)
        turn.say(
            dispatcher,
            Reply(
                status="told_documents",
                lang=lang,
                text="\n".join([lead, *titles]),
                lead=lead,
                more=titles,
            ),
        )
        return []
