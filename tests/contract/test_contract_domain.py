"""Rasa's own files agree with the code on the other side of each boundary."""

import inspect
import pkgutil
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

import actions
from actions.acknowledge import RESPONSES
from actions.form_slots import FORM, PREFIX
from actions.guarded import GuardedAction
from guidebook.first_hour import QUESTIONS
from guidebook.settings import ROOT
from guidebook.vocabulary import STATUSES

Yaml = dict[str, Any]


def read(name: str) -> Yaml:
    loaded: Yaml = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    return loaded


def test_every_status_in_the_domain_is_in_the_closed_list() -> None:
    responses = read("domain.yml")["responses"]
    assert responses
    for name, variants in responses.items():
        statuses = {variant.get("metadata", {}).get("status") for variant in variants}
        assert len(statuses) == 1, f"{name}: its variants differ in status"
        assert statuses <= set(STATUSES), f"{name}: {statuses} is not in the closed list"


def test_every_response_has_an_urdu_variant() -> None:
    for name, variants in read("domain.yml")["responses"].items():
        conditions = [variant.get("condition") for variant in variants]
        assert None in conditions, f"{name} has no plain variant"
        wanted = [{"type": "slot", "name": "language", "value": "ur"}]
        assert wanted in conditions, f"{name} has no Urdu variant"


def test_the_domain_names_the_actions_that_exist_and_no_other() -> None:
    existing = set()
    for module in pkgutil.iter_modules(actions.__path__, "actions."):
        if module.name == "actions.__main__":
            continue
        found = inspect.getmembers(import_module(module.name), inspect.isclass)
        existing |= {
            kind().name()
            for _, kind in found
            if issubclass(kind, GuardedAction) and not inspect.isabstract(kind)
        }
    assert existing == set(read("domain.yml")["actions"])


def test_every_action_and_response_of_the_domain_is_reached_by_a_rule() -> None:
    rules = read("data/rules.yml")["rules"]
    used = {step["action"] for rule in rules for step in rule["steps"] if "action" in step}
    domain = read("domain.yml")
    forms = set(domain["forms"])
    by_forms = {f"validate_{form}" for form in forms}  # Rasa calls these itself
    used |= set(RESPONSES.values())  # said by the action of three intents
    assert used == (set(domain["actions"]) - by_forms) | forms | set(domain["responses"])


def test_the_form_asks_the_librarys_questions_in_their_order() -> None:
    domain = read("domain.yml")
    slots = domain["forms"][FORM]["required_slots"]
    assert slots == [PREFIX + question for question in QUESTIONS]
    for slot in slots:
        assert domain["slots"][slot]["influence_conversation"] is False


def test_no_line_is_taught_under_two_intents() -> None:
    taught: dict[str, set[str]] = {}
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in read(f"data/nlu/{path.name}")["nlu"]:
            for line in block["examples"].splitlines():
                taught.setdefault(line[2:].strip().casefold(), set()).add(block["intent"])
    assert len(taught) > 1000
    assert {line: names for line, names in taught.items() if len(names) > 1} == {}


@pytest.mark.parametrize("name", ["credentials.yml", "endpoints.yml"])
def test_the_defaults_are_literal_so_that_plain_rasa_commands_start(name: str) -> None:
    assert "${" not in (ROOT / name).read_text(encoding="utf-8")


def test_the_defaults_stay_on_this_machine_and_in_sql() -> None:
    endpoints = read("endpoints.yml")
    assert urlsplit(endpoints["action_endpoint"]["url"]).hostname == "127.0.0.1"
    assert endpoints["tracker_store"]["type"] == "SQL"
    assert (ROOT / endpoints["tracker_store"]["db"]).parent.is_dir()


def test_the_gateways_channel_is_the_only_one() -> None:
    assert list(read("credentials.yml")) == ["bot.channel.GuidebookChannel"]
