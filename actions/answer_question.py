"""Answer the officer's last message from the corpus.

This file only translates: tracker in, Answer out, response back. When Rasa's NLU or the meaning of
the message tells of an emergency that the word net did not hear, the first steps go out before the
answer. A message about the conversation itself is obeyed first, whatever intent it was given: see
obeying.py.
"""

import logging
import time
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import obeying, runtime, turn
from actions.guarded import GuardedAction, settings
from guidebook.danger import is_danger, is_denied
from guidebook.emergency import emergency_reply
from guidebook.requests import wants_numbers

log = logging.getLogger(__name__)


class AnswerQuestion(GuardedAction):
    """`action_answer_question`"""

    def name(self) -> str:
        return "action_answer_question"

    def reply_to(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        started = time.perf_counter()
        query = turn.query_of(tracker, settings().jurisdiction)
        obeyed = obeying.obey(dispatcher, tracker, query)
        if obeyed is not None:
            return obeyed
        context = turn.context_of(tracker)
        again = context.disclosed is not None and wants_numbers(query.text)
        told_before = again or is_danger(query.text)  # the gateway heard the latter, and said so
        by_intent = query.intent == "report_emergency" and not is_denied(query.text)
        if by_intent and not told_before:  # said even if the library cannot be opened
            turn.say(dispatcher, emergency_reply(turn.reply_lang_of(query)))
            told_before = True
        answer, context = runtime.library().answer(query, context, time.time())
        # Asked after the search, which has embedded the message already; said before the answer.
        if not told_before and runtime.library().hears_danger(query.text):
            turn.say(dispatcher, emergency_reply(turn.reply_lang_of(query)))
        took_ms = round((time.perf_counter() - started) * 1000)
        if answer.correction is not None:
            turn.say(dispatcher, answer.correction)
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
