"""The console's two parts about playing: what is on with its next move, what can be started."""

from gateway.markup import Html, join, tag
from gateway.workshop import question_view, stages
from gateway.workshop.frame import button, form, hidden, live, say
from gateway.workshop.question_view import LETTERS
from gateway.workshop.room import Playing, Seen
from gateway.workshop.stages import OPEN, REVIEW
from gateway.workshop.timer import timer
from guidebook import messages
from guidebook.training.content import Training
from guidebook.training.schema import Both
from guidebook.vocabulary import Lang


def playing_part(seen: Seen, lang: Lang) -> Html:
    """What is on and what the room answered so far."""
    playing = seen.playing
    if playing is None:
        return tag("section", tag("h2", say("playing", lang)), tag("p", say("nothing_on", lang)))
    notes = stages.notes(playing.training, playing.run)
    fold = tag("summary", say("notes", lang))
    return tag(
        "section",
        tag("h2", say("playing", lang)),
        tag(
            "p", tag("strong", name_of(playing.run.kind, playing.run.name, playing.training, lang))
        ),
        tag("details", fold, tag("p", _in(notes, lang)), id="notes") if notes else Html(),
        _state(playing, lang),
    )


def moves_part(seen: Seen, lang: Lang, token: str) -> Html:
    """The buttons for what is on, apart from the counts: a press is not lost to a new count."""
    return _moves(seen.playing, lang, token) if seen.playing else Html()


def clock_part(seen: Seen, lang: Lang) -> Html:
    """The time left of what is open."""
    playing = seen.playing
    if playing is None or playing.phase != OPEN:
        return live("timer")
    return timer(playing.seconds_left, lang)


def start_part(seen: Seen, lang: Lang, token: str) -> Html:
    """Everything that can be started, by kind."""
    training = seen.training
    if training is None:
        return tag("section", tag("h2", say("start", lang)), tag("p", say("content_gone", lang)))
    played: set[tuple[str, str]] = {(run.kind, run.name) for run in seen.runs if not run.is_on}
    topics = dict.fromkeys(item.topic for item in training.items)
    kinds: tuple[tuple[str, list[str]], ...] = (
        ("form", ["pre", "post"]),
        ("quiz", list(topics)),
        ("scenario", [one.content.id for one in training.scenarios]),
    )
    groups = (
        form(
            "/trainer/start",
            hidden("kind", kind),
            tag("label", say(f"start_{kind}", lang), for_=f"start-{kind}"),
            tag(
                "div",
                tag(
                    "select",
                    *(
                        tag("option", _label(kind, name, training, lang, played), value=name)
                        for name in names
                    ),
                    id=f"start-{kind}",
                    name="name",
                ),
                button(say("start", lang), id=f"go-{kind}"),
                class_="row",
            ),
            token=token,
            data_keep="here",
        )
        for kind, names in kinds
    )
    return tag("section", tag("h2", say("start", lang)), *groups)


def name_of(kind: str, name: str, training: Training | None, lang: Lang) -> str:
    """What a form, a quiz or a scenario is called."""
    if kind == "form":
        return say(f"form_{name}", lang)
    if kind == "quiz":
        return f"{say('quiz', lang)}: {messages.text(f'topic_{name}', lang)}"
    scenarios = training.scenarios if training else ()
    found = next((s.content.title for s in scenarios if s.content.id == name), None)
    return _in(found, lang) if found else name


def _label(
    kind: str, name: str, training: Training, lang: Lang, played: set[tuple[str, str]]
) -> str:
    known = name_of(kind, name, training, lang)
    return f"{known} ✓" if (kind, name) in played else known


def _state(playing: Playing, lang: Lang) -> Html:
    if playing.run.kind == "form":
        return tag("p", say("phones_at_it", lang), " ", tag("bdi", str(playing.phones)))
    if playing.phase == REVIEW:
        asked = (tag("li", _in(one, lang)) for one in stages.review(playing.training, playing.run))
        back = playing.looked_back
        went = question_view.way(back, lang) if back else Html()
        return join((tag("h3", say("review", lang)), tag("ol", *asked, class_="steps"), went))
    question = playing.question
    if question is None:
        return tag("p", say("content_gone", lang), class_="caution")
    rows = (
        tag(
            "li",
            tag("b", LETTERS[at], class_="letter"),
            tag("span", _in(option.text, lang)),
            tag("bdi", str(playing.counted[at]), class_="number"),
            question_view.verdict(option, lang) if playing.phase != OPEN else Html(),
        )
        for at, option in enumerate(question.options)
    )
    return join(
        (
            question_view.counter(question, lang),
            tag("p", _in(question.text, lang), class_="asked"),
            tag("p", say("answered", lang), " ", tag("bdi", str(playing.answered))),
            tag("ol", *rows, class_="choices-shown"),
        )
    )


def _moves(playing: Playing, lang: Lang, token: str) -> Html:
    run = playing.run
    stop = form(
        "/trainer/stop",
        hidden("run", str(run.number)),
        button(say("stop", lang), quiet=True, id="stop"),
        token=token,
        data_keep="here",
    )
    if run.kind == "form":
        return tag("div", stop, class_="button-row")
    to_take = run.kind == "scenario" and playing.phase == OPEN
    buttons = _takes(playing, lang) if to_take else [_on(playing, lang)]
    move = form(
        "/trainer/move",
        hidden("run", str(run.number)),
        hidden("visit", f"{run.stage['visit']}.{playing.phase}"),
        *buttons,
        token=token,
        data_keep="here",
        class_="button-row",
    )
    hint = tag("p", say("take_hint", lang), class_="hint") if to_take else Html()
    return join((hint, tag("div", move, stop, class_="button-row")))


def _on(playing: Playing, lang: Lang) -> Html:
    return button(say("show" if playing.phase == OPEN else "next", lang), id="move")


def _takes(playing: Playing, lang: Lang) -> list[Html]:
    """One button a choice: which of them the case goes on with."""
    best = stages.favourite(playing.counted, playing.choices)
    return [
        button(
            f"{say('take', lang)} {LETTERS[at]}",
            quiet=at != best,
            name="choice",
            value=str(at),
            id=f"take-{at}",
        )
        for at in range(playing.choices)
    ]


def _in(text: Both, lang: Lang) -> str:
    return str(getattr(text, lang))
