"""The last two pages of a workshop: what to keep, then what existed and what is gone."""

from gateway.markup import Html, tag
from gateway.workshop.ending import Report
from gateway.workshop.exports import EXPORTS
from gateway.workshop.frame import button, form, page, say
from gateway.workshop.room import Seen
from guidebook.vocabulary import Lang


def ask(seen: Seen, lang: Lang, token: str) -> str:
    """What is deleted, what may be kept, and a tick that it is meant."""
    ticks = (
        tag(
            "label",
            tag("input", type="checkbox", name=name, value="yes", checked=True, id=f"t-{name}"),
            tag("span", say(f"export_{name}", lang)),
            class_="choice",
        )
        for name in EXPORTS
    )
    sure = tag(
        "label",
        tag("input", type="checkbox", name="sure", value="yes", required=True, id="sure"),
        tag("span", say("end_sure", lang)),
        class_="choice",
    )
    return page(
        "phone",
        say("end", lang),
        lang,
        tag("h1", say("end", lang)),
        tag("p", say("end_what", lang)),
        tag("p", say("joined", lang), " ", tag("bdi", str(seen.joined))),
        form(
            "/trainer/end",
            tag("fieldset", tag("legend", say("export", lang)), *ticks),
            sure,
            tag(
                "p",
                button(say("end", lang), id="end-now"),
                " ",
                tag("a", say("back", lang), href="/trainer"),
            ),
            token=token,
            class_="turn",
        ),
    )


def report(done: Report, lang: Lang) -> str:
    """What existed and what is left."""
    rows = (
        tag(
            "tr",
            tag("th", say(f"gone_{name}", lang), scope="row"),
            tag("td", str(existed), class_="number"),
            tag("td", str(done.after[name]), class_="number"),
        )
        for name, existed in done.before.items()
    )
    head = tag(
        "tr", tag("td"), *(tag("th", say(n, lang), scope="col") for n in ("existed", "left"))
    )
    owed = tag("p", say("still_owed", lang), " ", tag("bdi", str(done.owed)), class_="caution")
    kept = (tag("li", tag("bdi", name, dir="ltr")) for name in done.files)
    return page(
        "phone",
        say("ended", lang),
        lang,
        tag("h1", say("ended", lang)),
        tag("p", tag("bdi", done.at)),
        tag("table", tag("thead", head), tag("tbody", *rows), class_="counts"),
        owed if done.owed else Html(),
        tag("p", say("exported_to", lang), " ", tag("bdi", str(done.folder), dir="ltr")),
        tag("ul", *kept, class_="links"),
        tag("p", say("pin_gone", lang), class_="hint"),
    )
