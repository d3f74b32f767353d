"""Answer the officer's last message from the corpus.

This file only translates: tracker in, Answer out, response back. When words, Rasa's NLU or the
meaning of the message tell of danger, an alarm goes out before the answer; to an officer at the end
of his strength the support comes first. To a case told at length, which no passage firmly answers,
the first-hour card is offered; nobody is put into a form unasked. A message about the conversation
itself is obeyed first, whatever intent it was given: see obeying.py.
"""

import logging
import time
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import obeying, runtime, turn
from actions.guarded import GuardedAction, settings
from guidebook import alarm, first_hour_saying
from guidebook.context import Context
from guidebook.danger import is_danger, is_denied
from guidebook.emergency import emergency_perhaps
from guidebook.first_hour import read
from guidebook.first_hour_form import tells_case
from guidebook.query import Query
from guidebook.refusing import when_safe
from guidebook.reply import Reply
from guidebook.requests import DESPAIR, named_by_rule, wants_numbers
from guidebook.vocabulary import family, supports

CASE_FACTS = 2  # of the card's, in CASE_WORDS: that is a case, whatever was asked with it
CASE_WORDS = 8

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
        if alarm.confirms(query.text):
            context = _sound(dispatcher, query, context)
            turn.say(dispatcher, when_safe((), turn.reply_lang_of(query)))
            return turn.remember(context)
        numbers = context.disclosed is not None and wants_numbers(query.text)
        # First steps against an attacker are no word for an officer in despair.
        despair = named_by_rule(query.text) == DESPAIR
        heard = not numbers and not despair and _is_heard(query, context)
        if heard:  # said even if the library cannot be opened
            context = _sound(dispatcher, query, context)
        answer, context = runtime.library().answer(query, context, time.time())
        # Despair that only the meaning tells may be another's: it silences no alarm.
        if not (heard or numbers or despair):
            may_ask = not supports(answer.reply.status)
            context = _listen(dispatcher, query, context, may_ask=may_ask)
        despair = despair or answer.reply.status == DESPAIR
        took_ms = round((time.perf_counter() - started) * 1000)
        if answer.correction is not None:
            turn.say(dispatcher, answer.correction)
        measured = {"took_ms": took_ms, "probability": round(answer.probability, 3)}
        offered = first_hour_saying.offered(turn.reply_lang_of(query))
        if _is_lost_case(query, answer.reply):  # a case is never told that nothing was found
            context = replace(context, failures=turn.context_of(tracker).failures)
            turn.say(dispatcher, offered.model_copy(update=measured))
        else:
            turn.say(dispatcher, answer.reply.model_copy(update=measured))
            if not despair and _is_story(query, answer.reply):
                turn.say(dispatcher, offered)
        if despair and not heard and is_danger(query.text):
            turn.say(dispatcher, emergency_perhaps(turn.reply_lang_of(query)))
        log.info(
            "answer_composed status=%s results=%d rejected=%d probability=%.2f took_ms=%d",
            answer.reply.status,
            len(answer.results),
            len(answer.rejected),
            answer.probability,
            took_ms,
        )
        return turn.remember(context)


def _is_heard(query: Query, context: Context) -> bool:
    """True when the words tell of danger, or Rasa's NLU does, of more than one word, and neither
    the steps were given nor danger denied."""
    by_intent = query.intent == "report_emergency" and len(query.text.split()) > 1
    said_again = context.alarm == alarm.STEPS_GIVEN or is_denied(query.text)
    return is_danger(query.text) or (by_intent and not said_again)


def _is_lost_case(query: Query, reply: Reply) -> bool:
    """True where nothing was found for a message with several facts of a case in it."""
    if reply.status not in ("unanswerable_no_passage", "unanswerable_ask_person"):
        return False
    told = read(query.text, heard=runtime.hear_case(query.text)).answers
    return len(told) >= CASE_FACTS and len(query.text.split()) >= CASE_WORDS


def _is_story(query: Query, reply: Reply) -> bool:
    """True for a case told at length that `reply` does not deal with for good."""
    named = family(reply.status) in ("told", "refused") and reply.status != "told_after_danger"
    firm = named or reply.strength == "strong"
    return not firm and tells_case(query.text, runtime.hear_case)


def _sound(dispatcher: CollectingDispatcher, query: Query, context: Context) -> Context:
    said, context = alarm.sound(query.text, context, turn.reply_lang_of(query))
    turn.say(dispatcher, said)
    return context


def _listen(
    dispatcher: CollectingDispatcher, query: Query, context: Context, *, may_ask: bool
) -> Context:
    """Sound the alarm, or ask, by what the message means. The search has embedded it already."""
    library = runtime.library()
    if context.alarm == alarm.STEPS_GIVEN:
        return context  # the steps stand above, and no word names another danger
    if library.hears_danger(query.text):
        return _sound(dispatcher, query, context)
    if may_ask and library.suspects_danger(query.text):
        asked, context = alarm.ask(context, turn.reply_lang_of(query))
        if asked is not None:
            turn.say(dispatcher, asked)
    return context
