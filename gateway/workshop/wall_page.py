"""What the projector shows: how to join, a frozen passage, the question that is up, a result.

Made for a hall: both languages, large type, little text. It follows the trainer by itself. The
button at the foot, and the keys of a presenter, do what comes next.
"""

from collections.abc import Sequence
from typing import Any

from gateway.markup import Html, join, tag
from gateway.workshop import passages, question_view
from gateway.workshop.frame import LANGS, button, form, hidden, live, page, say, words
from gateway.workshop.qr import code
from gateway.workshop.question_view import both
from gateway.workshop.room import Playing
from gateway.workshop.rooms import Workshop
from gateway.workshop.stages import OPEN, REVIEW, review, title
from gateway.workshop.timer import timer
from guidebook.corpus import Corpus
from guidebook.vocabulary import Lang


def wall(
    workshop: Workshop,
    playing: Playing | None,
    corpus: Corpus | None,
    addresses: Sequence[str],
    joined: int,
    lang: Lang,
    token: str,
) -> str:
    """The page as it is now."""
    shown = _shown(workshop, playing, corpus, addresses, lang)
    foot = join(
        (tag("p", say("joined", lang), " ", tag("bdi", str(joined))), tag("bdi", workshop.code))
    )
    return page(
        "wall",
        say("title", lang),
        lang,
        live("wall", shown),
        _clock(workshop, playing, lang),
        live("foot", foot, _next(playing, lang, token), class_="foot"),
    )


def _clock(workshop: Workshop, playing: Playing | None, lang: Lang) -> Html:
    is_up = workshop.projected.get("kind") == "run"
    if playing is None or not is_up or playing.phase != OPEN:
        return live("timer")
    return timer(playing.seconds_left, lang)


def _shown(
    workshop: Workshop,
    playing: Playing | None,
    corpus: Corpus | None,
    addresses: Sequence[str],
    lang: Lang,
) -> Html:
    projected = workshop.projected
    if projected.get("kind") == "passage":
        return _passage(projected, corpus, lang)
    if projected.get("kind") == "run" and playing is not None:
        return _run(playing, corpus, lang)
    return _join(workshop, addresses)


def _join(workshop: Workshop, addresses: Sequence[str]) -> Html:
    if not addresses:
        return join(words(say("no_address", lang), lang, class_="lead") for lang in LANGS)
    where = f"http://{addresses[0]}/join"
    steps = (
        tag(
            "div",
            words(say("join_title", lang), lang, "h1"),
            words(say("join_how", lang), lang),
            words(say("join_private", lang), lang, class_="hint"),
        )
        for lang in LANGS
    )
    others = [tag("bdi", f"http://{address}/join", dir="ltr") for address in addresses[1:4]]
    return tag(
        "section",
        tag("div", *steps, class_="two"),
        tag(
            "div",
            code(f"{where}?code={workshop.code}", where),
            tag(
                "div",
                tag("p", tag("bdi", where, dir="ltr"), class_="address"),
                tag("p", tag("bdi", workshop.code, dir="ltr"), class_="code"),
                tag("p", *(join((other, " ")) for other in others), class_="hint"),
            ),
            class_="two join-card",
        ),
    )


def _passage(projected: dict[str, Any], corpus: Corpus | None, lang: Lang) -> Html:
    """The passage frozen when it was projected: a changed document is not passed off as it."""
    passage = str(projected["passage"])
    if passages.digest(corpus, passage) != projected.get("digest"):
        return tag("p", say("passage_changed", lang), class_="caution")
    return tag("section", passages.whole(corpus, passage, lang), class_="projected")


def _run(playing: Playing, corpus: Corpus | None, lang: Lang) -> Html:
    run, question = playing.run, playing.question
    if run.kind == "form":
        titles = (words(say(f"form_{run.name}", each), each, "h1") for each in LANGS)
        alone = (words(say("form_alone", each), each) for each in LANGS)
        phones = tag("p", say("phones_at_it", lang), " ", tag("bdi", str(playing.phones)))
        return tag("section", *titles, *alone, phones)
    if playing.phase == REVIEW:
        asked = (tag("li", both(one)) for one in review(playing.training, run))
        heads = (words(say("review", each), each, "h1") for each in LANGS)
        back = playing.looked_back
        went = question_view.way(back, lang) if back else Html()
        return tag("section", *heads, tag("ol", *asked, class_="choices-shown"), went)
    if question is None:
        return tag("p", say("content_gone", lang), class_="caution")
    named = title(playing.training, run)
    head = both(named, class_="hint") if named else question_view.counter(question, lang)
    if playing.phase == OPEN:
        answered = tag("p", say("answered", lang), " ", tag("bdi", str(playing.answered)))
        return tag("section", head, question_view.asked(question), answered)
    return tag(
        "section", head, question_view.told(question, playing.counted, playing.taken, corpus, lang)
    )


def _next(playing: Playing | None, lang: Lang, token: str) -> Html:
    """What comes next, as one button. A case goes on with what the room took most."""
    if playing is None or playing.run.kind == "form":
        return Html()
    label = say("show" if playing.phase == OPEN else "next", lang)
    return form(
        "/trainer/move",
        hidden("run", str(playing.run.number)),
        hidden("visit", f"{playing.run.stage['visit']}.{playing.phase}"),
        hidden("back", "/join"),
        button(label, quiet=True, id="next", data_next=True),
        token=token,
        data_keep="here",
    )
