"""Every word the page says itself stands in a string file, in both languages."""

import json
import re
from pathlib import Path
from typing import get_args

from scripted_gateway import WIDGET

from gateway.feedback import Reason, Verdict
from guidebook import messages
from guidebook.clarifying import choice_in
from guidebook.vocabulary import (
    FACETS,
    Authority,
    ContactState,
    Jurisdiction,
    Kind,
    Lang,
    Phase,
    ReviewStatus,
    Topic,
)

CLOSED_LISTS = {
    "authority": get_args(Authority),
    "kind": get_args(Kind),
    "jurisdiction": get_args(Jurisdiction),
    "review": get_args(ReviewStatus),
    "review_short": get_args(ReviewStatus),
    "contact": get_args(ContactState),
    "phase": get_args(Phase),
    "topic": get_args(Topic),
    "verdict": get_args(Verdict),
    "reason": [reason for reason in get_args(Reason) if reason != "other"],
}
LITERAL_KEY = re.compile(r'\bsay\("([^"]+)"')
MODULES = sorted(WIDGET.glob("*.js"))


def strings(lang: str) -> dict[str, str]:
    """The pairs of a string file. It is plain enough to read without a JavaScript engine."""
    text = (WIDGET / "strings" / f"{lang}.js").read_text(encoding="utf-8")
    pairs = re.findall(r'^  "?([\w.-]+)"?: ("(?:[^"\\]|\\.)*"),$', text, re.MULTILINE)
    body = [line for line in text.splitlines() if line.startswith("  ")]
    assert len(pairs) == len(body), "each line holds one key and one string"
    return {key: json.loads(value) for key, value in pairs}


def test_the_languages_have_equal_keys_and_placeholders() -> None:
    english, urdu = strings("en"), strings("ur")
    assert list(english) == list(urdu)
    for key, words in english.items():
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", urdu[key])), key


def test_only_the_note_on_translation_is_empty() -> None:
    assert [key for key, words in strings("en").items() if not words] == ["notice_translation"]
    assert [key for key, words in strings("ur").items() if not words] == []


def test_urdu_is_written_in_urdu_letters() -> None:
    plain = {key: re.sub(r"\{\w+\}", "", words) for key, words in strings("ur").items()}
    latin = [key for key, words in plain.items() if re.search("[A-Za-z]{3}", words)]
    assert latin == ["other_language"]


def test_every_key_that_is_said_exists_and_every_key_is_said() -> None:
    english = strings("en")
    source = "\n".join(module.read_text(encoding="utf-8") for module in MODULES)
    missing = [key for key in LITERAL_KEY.findall(source) if key not in english]
    assert missing == []
    families = ("starter_", "notice_", "failed_", "waiting_", "state_")
    lists = (*CLOSED_LISTS, "mask", "label", "strength", "caution", "contrary")
    silent = [
        key
        for key in english
        if not key.startswith(families) and key.split(".")[0] not in lists
        if f'"{key}"' not in source and f"words.{key}" not in source
    ]
    assert silent == []


def test_every_value_of_the_closed_lists_has_words() -> None:
    english = strings("en")
    for name, values in CLOSED_LISTS.items():
        for value in values:
            assert f"{name}.{value}" in english
    rules = json.loads(Path("guidebook/data/masking.json").read_text(encoding="utf-8"))["rules"]
    for rule in rules:
        assert f"mask.{rule['kind']}" in english


def test_the_contrary_of_an_assumed_fact_is_what_the_bot_understands_as_such() -> None:
    for lang in get_args(Lang):
        words = {k: w for k, w in strings(lang).items() if k.startswith("contrary.")}
        assert words
        for key, contrary in words.items():
            facet, value = key.removeprefix("contrary.").rsplit("_", 1)
            (other,) = set(FACETS[facet]) - {value}
            assert contrary == messages.text(f"choice_{facet}_{other}", lang)
            assert choice_in(contrary) == {facet: other}


def test_no_module_parses_text_as_html_or_reaches_outside() -> None:
    for module in MODULES:
        source = module.read_text(encoding="utf-8")
        for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "http://"):
            assert forbidden not in source, f"{module.name} has {forbidden}"
        assert "=> /" not in source, f"{module.name}: rjsmin takes this pattern for a comment"
        assert len(source.splitlines()) < 300, f"{module.name} is too long"
