"""Answer the officer's last message from the corpus.

This file only translates: tracker in, Answer out, response back. When Rasa's NLU hears an
emergency that the word net did not, the first steps go out before the answer.
"""

import logging
import time
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import runtime, turn
from actions.guarded import GuardedAction, settings
from guidebook.danger import is_danger
from guidebook.emergency import emergency_reply
from guidebook.language import reply_lang, writing_of

log = logging.getLogger(__name__)


class AnswerQuestion(GuardedAction):
    """`action_answer_question`"""

    def name(self) -> str:
        return "action_answer_question"

    def reply_to(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        started = time.perf_counter()
        query = turn.query_of(tracker, settings().jurisdiction)
        if query.intent == "report_emergency" and not is_danger(query.text):
            lang = reply_lang(writing_of(query.text), query.lang)
            turn.say(dispatcher, emergency_reply(lang))
        answer, context = runtime.library().answer(query, turn.context_of(tracker), time.time())
        took_ms = round((time.perf_counter() - started) * 1000)
        measured = {"took_ms": took_ms, "probability": round(answer.probability, 3)}
        turn.say(dispatcher, answer.reply.model_copy(update=measured))
        log.info(
            "answer_composed status=%s results=%d rejected=%d probability=%.2f took_ms=%d",
            answer.reply.status,
            len(answer.results),
            len(answer.rejected),
            answer.probability,
            took_ms,
        )
        return turn.remember(context)
