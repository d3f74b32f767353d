"""Answer the officer's last message from the corpus.

This file only translates: tracker in, Answer out, response back. When words, Rasa's NLU or the
meaning of the message tell of danger, an alarm goes out before the answer; to an officer at the end
of his strength the support comes first. A message about the conversation itself is obeyed first,
whatever intent it was given: see obeying.py.
"""

import logging
import time
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import obeying, runtime, turn
from actions.guarded import GuardedAction, settings
from guidebook import alarm
from guidebook.context import Context
from guidebook.danger import is_danger, is_denied
from guidebook.emergency import emergency_perhaps
from guidebook.query import Query
from guidebook.requests import named_by_rule, wants_numbers
from guidebook.vocabulary import Lang, supports

log = logging.getLogger(__name__)

OWN_DESPAIR = "told_support_exhausted"  # first steps against an attacker are no word for this one


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
        lang = turn.reply_lang_of(query)
        numbers = context.disclosed is not None and wants_numbers(query.text)
        despair = named_by_rule(query.text) == OWN_DESPAIR
        heard = not numbers and not despair and _is_heard(query)
        if heard:  # said even if the library cannot be opened
            said, context = alarm.sound(query.text, context, lang)
            turn.say(dispatcher, said)
        answer, context = runtime.library().answer(query, context, time.time())
        # Asked after the search, which has embedded the message already; said before the answer.
        despair = despair or answer.reply.status == OWN_DESPAIR
        if not (heard or numbers or despair):
            may_ask = not supports(answer.reply.status)
            context = _listen(dispatcher, query.text, context, lang, may_ask=may_ask)
        took_ms = round((time.perf_counter() - started) * 1000)
        if answer.correction is not None:
            turn.say(dispatcher, answer.correction)
        measured = {"took_ms": took_ms, "probability": round(answer.probability, 3)}
        turn.say(dispatcher, answer.reply.model_copy(update=measured))
        if despair and not heard:
            turn.say(dispatcher, emergency_perhaps(lang))
        log.info(
            "answer_composed status=%s results=%d rejected=%d probability=%.2f took_ms=%d",
            answer.reply.status,
            len(answer.results),
            len(answer.rejected),
            answer.probability,
            took_ms,
        )
        return turn.remember(context)


def _is_heard(query: Query) -> bool:
    """True when the words or Rasa's NLU tell of danger."""
    by_intent = query.intent == "report_emergency" and not is_denied(query.text)
    return by_intent or is_danger(query.text)


def _listen(
    dispatcher: CollectingDispatcher, text: str, context: Context, lang: Lang, *, may_ask: bool
) -> Context:
    """Sound the alarm, or ask, by what the message means."""
    library = runtime.library()
    said = None
    if library.hears_danger(text):
        said, context = alarm.sound(text, context, lang)
    elif may_ask and library.suspects_danger(text):
        said, context = alarm.ask(context, lang)
    if said is not None:
        turn.say(dispatcher, said)
    return context
