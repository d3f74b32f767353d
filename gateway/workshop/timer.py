"""The time that is left, as a part of a page of its own, which the script counts down."""

from gateway.markup import Html, tag
from gateway.workshop.frame import live, say
from guidebook.vocabulary import Lang


def timer(seconds: int, lang: Lang) -> Html:
    """Minutes and seconds left; at zero the words that time is over, and nothing is shut."""
    shown = tag(
        "bdi", f"{seconds // 60}:{seconds % 60:02d}", class_="clock", data_left=str(seconds)
    )
    over = tag("span", say("time_over", lang), hidden=seconds > 0, id="time-over")
    return live("timer", tag("p", say("time_left", lang), " ", shown, " ", over, class_="hint"))
