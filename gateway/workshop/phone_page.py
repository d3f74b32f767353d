"""What a participant's phone shows: the way in, then one question at a time, in one language.

A phone sees its own answers and, once the trainer shows them, counts of the room. What it sends
may come twice or late: the first answer to an item stands.
"""

from gateway.markup import Html, join, tag
from gateway.workshop import passages, question_view, stages
from gateway.workshop.frame import (
    LANGS,
    button,
    form,
    hidden,
    languages,
    live,
    page,
    say,
    words,
)
from gateway.workshop.question_view import LETTERS
from gateway.workshop.room import Own, Playing
from gateway.workshop.rooms import Participant, Workshop
from gateway.workshop.stages import OPEN, REVIEW, Question
from gateway.workshop.timer import timer
from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.training.schema import Both
from guidebook.vocabulary import Lang


def way_in(
    code: str, lang: Lang, ended: bool, error: str | None = None, remedy: str | None = None
) -> str:
    """The form for the code, in both languages; what was typed stands in it again."""
    told = [tag("p", error, class_="lead"), tag("p", remedy or "")] if error else []
    if ended and not error:
        known = messages.catalogue(lang)
        told = [
            tag("p", known["error_workshop_ended"], class_="lead"),
            tag("p", known["next_workshop_ended"]),
        ]
    about = (words(say("join_private", each), each, class_="hint") for each in LANGS)
    titles = join(words(say("join_title", each), each, "h1") for each in LANGS)
    labels = join(words(say("code", each), each, "span", "code-label") for each in LANGS)
    return page(
        "phone",
        say("title", lang),
        lang,
        titles,
        tag("section", *told, class_="answer answer-failed") if told else Html(),
        form(
            "/join",
            tag("label", labels, for_="code", class_="two-labels"),
            _code_field(code),
            tag("div", *map(_join_in, LANGS), class_="button-row"),
            *about,
            class_="turn",
        ),
    )


def _code_field(code: str) -> Html:
    return tag(
        "input",
        id="code",
        name="code",
        value=code,
        inputmode="numeric",
        autocomplete="off",
        maxlength="12",
        required=True,
        dir="ltr",
    )


def _join_in(lang: Lang) -> Html:
    """The button that joins in one language; pressing it is the choice."""
    shown = words(say("join_in", lang), lang, "span")
    return tag("button", shown, type="submit", name="lang", value=lang, class_="button")


def phone(
    participant: Participant,
    workshop: Workshop,
    playing: Playing | None,
    own: Own | None,
    corpus: Corpus | None,
    token: str,
) -> str:
    """The page as it is now for this phone."""
    lang = participant.lang
    part = _resting(workshop, corpus, lang)
    clock = live("timer")
    if playing is not None and own is not None:
        part = _playing(playing, own, corpus, lang, token)
        if playing.phase == OPEN and own.question is not None and own.choice is None:
            clock = timer(playing.seconds_left, lang)
    chat = tag("a", say("ask_guidebook", lang), href="/", class_="button", id="chat")
    leave = form("/room/leave", button(say("leave", lang), quiet=True, id="leave"), token=token)
    return page(
        "phone",
        say("title", lang),
        lang,
        tag("h1", say("title", lang)),
        live("part", part),
        clock,
        tag("div", chat, languages("/room/language", lang, token), class_="button-row"),
        tag(
            "details",
            tag("summary", say("about_leaving", lang)),
            tag("p", say("leaving", lang)),
            leave,
            id="leaving",
        ),
        tag("p", messages.text("guidance_only", lang), class_="hint"),
    )


def _resting(workshop: Workshop, corpus: Corpus | None, lang: Lang) -> Html:
    projected = workshop.projected
    frozen = Html()
    if projected.get("kind") == "passage":
        passage = str(projected["passage"])
        if passages.digest(corpus, passage) == projected.get("digest"):
            frozen = passages.whole(corpus, passage, lang)
    return tag("section", tag("p", say("in_the_room", lang), class_="lead"), frozen)


def _playing(playing: Playing, own: Own, corpus: Corpus | None, lang: Lang, token: str) -> Html:
    question = own.question
    if playing.phase == REVIEW:
        asked = (tag("li", _in(one, lang)) for one in stages.review(playing.training, playing.run))
        return tag("section", tag("h2", say("review", lang)), tag("ol", *asked, class_="steps"))
    if question is None:
        done = "form_done" if own.answers else "content_gone"
        return tag("section", tag("p", say(done, lang), class_="lead"))
    head = question_view.counter(question, lang)
    if playing.phase != OPEN:
        return tag("section", head, _told(question, own, corpus, lang))
    if own.choice is not None:
        kept = _in(question.options[own.choice].text, lang)
        return tag(
            "section",
            head,
            tag("p", say("answer_kept", lang), class_="lead"),
            tag("p", tag("b", LETTERS[own.choice], class_="letter"), " ", kept),
            _change(playing, question, own.choice, lang, token),
            tag("p", say("watch_the_wall", lang)),
        )
    return tag("section", head, _form(playing, question, lang, token))


def _change(playing: Playing, question: Question, choice: int, lang: Lang, token: str) -> Html:
    """A vote on a case may change while it is open: a room talks."""
    if playing.run.kind != "scenario":
        return Html()
    asked = _form(playing, question, lang, token, choice)
    return tag("details", tag("summary", say("change_answer", lang)), asked, id="change")


def _form(
    playing: Playing, question: Question, lang: Lang, token: str, before: int | None = None
) -> Html:
    choices = (
        tag(
            "label",
            tag(
                "input",
                type="radio",
                name="choice",
                value=str(at),
                required=True,
                checked=at == before,
                id=f"c{at}",
            ),
            tag("b", LETTERS[at], class_="letter"),
            tag("span", _in(option.text, lang)),
            class_="choice",
        )
        for at, option in enumerate(question.options)
    )
    return form(
        "/room/answer",
        hidden("run", str(playing.run.number)),
        hidden("item", question.item),
        tag(
            "fieldset",
            tag("legend", _in(question.text, lang), class_="asked"),
            *choices,
        ),
        tag("p", button(say("send_answer", lang), id="send-answer")),
        token=token,
        data_keep="always",
    )


def _told(question: Question, own: Own, corpus: Corpus | None, lang: Lang) -> Html:
    mine = own.choice
    rows = (
        tag(
            "li",
            tag("b", LETTERS[at], class_="letter"),
            tag(
                "div",
                tag("p", _in(option.text, lang)),
                tag("p", say("your_answer", lang), class_="mine") if at == mine else Html(),
                question_view.verdict(option, lang),
                tag("p", _in(option.debrief, lang)) if option.debrief else Html(),
                passages.lead(corpus, option.passage, lang) if option.debrief else Html(),
            ),
            class_=f"told told-{option.verdict}",
        )
        for at, option in enumerate(question.options)
    )
    shown = tag("ol", *rows, class_="choices-shown")
    reason = Html()
    if not any(option.debrief for option in question.options):
        reason = passages.whole(corpus, question.options[0].passage, lang)
    return join((tag("p", _in(question.text, lang), class_="asked"), shown, reason))


def _in(text: Both, lang: Lang) -> str:
    return str(getattr(text, lang))
