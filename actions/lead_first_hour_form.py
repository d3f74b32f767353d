"""Lead the first-hour form: Rasa calls this with every message while the form is active.

guidebook.first_hour_form decides what a message is; this file does it: asks, answers a question
in between, obeys, or gives the card. It always sets a slot: Rasa would otherwise take the message
for one the form has no use for.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import form_slots, runtime, turn
from actions.guarded import GuardedAction, settings
from actions.list_documents import ListDocuments
from actions.show_source import ShowSource
from guidebook import alarm, first_hour_card, first_hour_saying
from guidebook.commands import command_in
from guidebook.context import Context
from guidebook.danger import is_danger
from guidebook.first_hour import background
from guidebook.first_hour_form import Progress, Turn, take, unreadable
from guidebook.query import Query
from guidebook.setting import province_of, settle
from guidebook.vocabulary import Lang, family

SURE = 0.6  # of the intent; below it a stray word is no greeting but an answer not understood
RESPONSES: Mapping[str | None, str] = {
    "greet": "utter_greet",
    "thank": "utter_thank",
    "ask_capabilities": "utter_capabilities",
}


class LeadFirstHourForm(GuardedAction):
    """`validate_first_hour_form`"""

    def name(self) -> str:
        return f"validate_{form_slots.FORM}"

    def events_on_failure(self, tracker: Tracker) -> list[dict[str, Any]]:
        """The form stays where it is."""
        return [dict(SlotSet(turn.SLOT, tracker.get_slot(turn.SLOT)))]

    def reply_to(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        query = turn.query_of(tracker, settings().jurisdiction)
        context = replace(turn.context_of(tracker), at=time.time())
        query = replace(query, intent=turn.intent_of(tracker, SURE))
        told = () if context.card_out else (context.case_query, context.resolved_query)
        earlier = tuple(dict.fromkeys(one for one in told if one))
        progress = form_slots.progress_of(tracker, context)
        taken = take(query.text, query.intent, progress, earlier, runtime.hear_case)
        if taken.danger or is_danger(query.text):
            said, context = alarm.sound(query.text, context, turn.reply_lang_of(query))
            turn.say(dispatcher, said)
        return Desk(dispatcher, tracker, query, context).do(taken)


class Desk:
    """One turn of the form: what was taken is done and said."""

    def __init__(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, query: Query, context: Context
    ) -> None:
        self._dispatcher = dispatcher
        self._tracker = tracker
        self._query = query
        self._context = context
        self.lang: Lang = turn.reply_lang_of(query)

    def do(self, taken: Turn) -> list[dict[str, Any]]:
        """Say what is to be said, and the events that keep where the form then stands."""
        match taken.act:
            case "finish":
                return self._finish(taken)
            case "stop":
                return self._stop()
            case "leave":
                return self._leave(taken)
            case "question":
                self._answer()
                if taken.progress.asked is None:
                    return self._finish(taken)
            case "perhaps_question":
                if not self._answer(only_strong=True):
                    return self.do(unreadable(taken.progress))
            case "courtesy":
                self._be_courteous()
            case "setting":
                self._settle(taken)
        return self._ask(taken)

    def _ask(self, taken: Turn) -> list[dict[str, Any]]:
        before = first_hour_saying.heard(taken, self.lang)
        turn.say(self._dispatcher, first_hour_saying.question(taken.progress, self.lang, before))
        kept = replace(
            self._context,
            mentions=taken.progress.mentions,
            failures=taken.progress.failures,
            card_out=False,
        )
        return self._keep(taken.progress, kept)

    def _finish(self, taken: Turn) -> list[dict[str, Any]]:
        page = turn.page_province(self._tracker)
        province, named = province_of(self._context, page, settings().jurisdiction)
        progress = taken.progress
        case = first_hour_card.Case(progress.answers, progress.mentions, province, named)
        reply = first_hour_card.draw(case, runtime.library().corpus, self.lang)
        turn.say(self._dispatcher, reply)
        about, facets = background(progress.answers)
        passages = tuple(citation.passage_id for citation in reply.citations)
        kept = replace(
            self._context,
            answered_passage_ids=passages[:1],
            resolved_query=about,
            facets=facets,
            mentions=progress.mentions,
            failures=0,
            card_out=True,
        )
        return self._keep(progress, kept)

    def _stop(self) -> list[dict[str, Any]]:
        if self._query.intent == "goodbye" and command_in(self._query.text) is None:
            self._dispatcher.utter_message(response="utter_goodbye")
        else:
            turn.say(self._dispatcher, first_hour_saying.stopped(self.lang))
        kept = replace(self._context, mentions=(), failures=0, card_out=False)
        return self._keep(Progress(), kept)

    def _leave(self, taken: Turn) -> list[dict[str, Any]]:
        """The card is put away, and the rest of the message is answered."""
        self._answer()
        return self._keep(taken.progress, replace(self._context, mentions=(), card_out=False))

    def _answer(self, *, only_strong: bool = False) -> bool:
        """Answer a question in between; False when it was to be strong and is not."""
        answers = form_slots.progress_of(self._tracker, self._context).answers
        about, facets = background(answers)
        context = replace(
            self._context,
            resolved_query=self._context.resolved_query or about,
            facets={**self._context.facets, **facets},
        )
        answer, kept = runtime.library().answer(self._query, context, time.time())
        reply = answer.reply
        if only_strong and not (family(reply.status) == "answered" and reply.strength == "strong"):
            return False
        for said in answer.replies:
            turn.say(self._dispatcher, said)
        self._context = kept
        return True

    def _be_courteous(self) -> None:
        intent = self._query.intent
        if intent in RESPONSES:
            self._dispatcher.utter_message(response=RESPONSES[intent])
        elif intent == "list_documents":
            ListDocuments().reply_to(self._dispatcher, self._tracker)
        else:
            ShowSource().reply_to(self._dispatcher, self._tracker)

    def _settle(self, taken: Turn) -> None:
        if taken.command is None:
            return
        page = turn.page_province(self._tracker)
        reply, self._context = settle(taken.command, self._context, page, self.lang)
        self.lang = reply.lang
        turn.say(self._dispatcher, reply)

    def _keep(self, progress: Progress, context: Context) -> list[dict[str, Any]]:
        return [
            *form_slots.keep(self._tracker, progress.answers),
            *form_slots.ask(progress.asked),
            *turn.remember(context),
        ]
