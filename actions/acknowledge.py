"""Say goodbye, stop, or take a complaint, unless the writer speaks of himself.

"I am done with everything" sounds like a farewell to the classifier. Words of an officer who is
hurt or at the end of his strength are answered as such, whichever of these intents they were given.
"""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import runtime, turn
from actions.answer_question import AnswerQuestion
from actions.guarded import settings

RESPONSES: Mapping[str, str] = {
    "stop": "utter_stop",
    "goodbye": "utter_goodbye",
    "give_feedback": "utter_feedback",
}


class Acknowledge(AnswerQuestion):
    """`action_acknowledge`"""

    def name(self) -> str:
        return "action_acknowledge"

    def reply_to(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        query = turn.query_of(tracker, settings().jurisdiction)
        response = RESPONSES.get(query.intent or "")
        if response is None or runtime.hears_distress(query.text):
            return super().reply_to(dispatcher, tracker)
        dispatcher.utter_message(response=response)
        return []
