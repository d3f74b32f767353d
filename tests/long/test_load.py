"""200 officers at once, then minutes of soak: nothing lost, nothing crossed, nothing that grows.

GUIDEBOOK_LOAD_OFFICERS and GUIDEBOOK_SOAK_MINUTES make it smaller or longer. The speed goal is
asserted over the stand-in for Rasa; of the whole product it is written down, since it is the
machine's as much as ours.
"""

import asyncio
import os
import statistics
import time

import pytest

from guidebook.corpus import load_corpus
from guidebook.masking import mask
from guidebook.settings import Settings
from guidebook.vocabulary import family
from tests.end_to_end.officer import Officer
from tests.end_to_end.served import Served
from tests.long.crowd import Moment, Seen, ask_all, cpu_of, memory_of, watch
from tests.long.plain_http import Json
from tests.long.reliability_page import Table

OFFICERS = int(os.environ.get("GUIDEBOOK_LOAD_OFFICERS", "200"))
SOAK_MINUTES = float(os.environ.get("GUIDEBOOK_SOAK_MINUTES", "5"))
TURNS_EACH = 5
GOAL_A_SECOND = 20
REFUSED_WITHIN_S = 0.2
SOAKING = 10
SOAK_PAUSE_S = 5.0
"""A soak is about time and memory: at two turns a second at most the parts' idling is most of their
processor time, so what a turn costs is the long conversation's to say."""
GROWTH = 1.15
QUESTIONS = (
    "What is the punishment for an acid attack?",
    "Can I refuse an FIR because I do not believe her?",
    "Where and when was the women police conference held?",
    "تیزاب پھینکنے کی سزا کیا ہے؟",
    "zero fir kya hoti hai",
)
pytestmark = pytest.mark.long


def repeats(text: str, reply: Json) -> bool:
    """Over the echoing stand-in a reply is the question."""
    return bool(reply["text"] == text)


def test_many_officers_over_the_stand_in(echoing: tuple[int, int], load: Table) -> None:
    port, number = echoing
    asyncio.run(ask_all(port, [["the first line"]], repeats))  # its rules are read by now
    before = memory_of([number])
    lists = [[f"officer {n} line {t}" for t in range(TURNS_EACH)] for n in range(OFFICERS)]
    seen = asyncio.run(ask_all(port, lists, repeats))
    after = memory_of([number])
    assert (seen.lost, seen.crossed, seen.failed) == (0, 0, 0)
    assert len(seen.took) == OFFICERS * TURNS_EACH
    assert seen.rate >= GOAL_A_SECOND
    assert_refused_in_time(seen)
    load.add("gateway over the stand-in", *seen.cells(f"{before} to {after} MB"))


def test_many_officers_over_the_whole_product(served: Served, load: Table) -> None:
    right = expected(served.url)
    parts = [served.process_of(part) for part in ("gateway", "actions", "rasa")]
    before = memory_of(parts)
    lists = [[QUESTIONS[(n + t) % len(QUESTIONS)] for t in range(2)] for n in range(OFFICERS)]
    seen = asyncio.run(
        ask_all(
            served.stack.ports.gateway, lists, lambda text, reply: source_of(reply) == right[text]
        )
    )
    after = memory_of(parts)
    assert (seen.lost, seen.crossed) == (0, 0)
    assert len(seen.took) == OFFICERS * 2
    assert_refused_in_time(seen)
    load.add("the whole product, a room at one exercise", *seen.cells(f"{before} to {after} MB"))


def test_many_officers_ask_what_nobody_asked_before(
    served: Served, real_settings: Settings, load: Table
) -> None:
    corpus = load_corpus(real_settings.corpus)
    lines = [line for passage in corpus.passages for line in passage.asked_as]
    lines = [line for line in lines if mask(line).text == line]  # so that a transcript holds them
    texts = lines[:: len(lines) // (OFFICERS * 2)][: OFFICERS * 2]
    assert len(set(texts)) > OFFICERS
    parts = [served.process_of(part) for part in ("gateway", "actions", "rasa")]
    before = memory_of(parts)
    lists = [texts[n * 2 : n * 2 + 2] for n in range(OFFICERS)]
    seen = asyncio.run(ask_all(served.stack.ports.gateway, lists, lambda _, reply: bool(reply)))
    after = memory_of(parts)
    assert (seen.lost, seen.crossed) == (0, 0)
    assert len(seen.took) == len(texts)
    assert_refused_in_time(seen)
    load.add("the whole product, every question new", *seen.cells(f"{before} to {after} MB"))


def test_a_long_run_loses_nothing_and_holds_its_memory(served: Served, load: Table) -> None:
    right = expected(served.url)
    parts = [served.process_of(part) for part in ("gateway", "actions", "rasa")]
    seen = Seen(SOAKING)

    def belongs(text: str, reply: Json) -> bool:
        return source_of(reply) == right[text]

    async def soak() -> list[Moment]:
        watching = asyncio.create_task(watch(seen, parts, SOAK_MINUTES))  # sixty moments
        lists = [[QUESTIONS[n % len(QUESTIONS)]] for n in range(SOAKING)]
        until = time.monotonic() + SOAK_MINUTES * 60
        port = served.stack.ports.gateway
        await ask_all(port, lists, belongs, until, SOAK_PAUSE_S, seen)
        watching.cancel()
        return await watching

    moments = asyncio.run(soak())
    warm, last = moments[len(moments) // 5], moments[-1]
    memory = f"{warm.memory} to {last.memory} MB"
    assert (seen.lost, seen.crossed) == (0, 0)
    assert last.memory <= warm.memory * GROWTH
    load.add(f"soak of {SOAK_MINUTES:g} minutes", *seen.cells(memory))


def test_a_turn_costs_no_more_in_a_long_conversation(served: Served, load: Table) -> None:
    parts = [served.process_of(part) for part in ("gateway", "actions", "rasa")]
    turns, cost = 150, []
    with Officer(served.url) as officer:
        for turn in range(turns):
            before = cpu_of(parts)
            while (response := officer.post(QUESTIONS[turn % 2])).status_code != 200:
                time.sleep(float(response.headers["Retry-After"]))
            cost.append(cpu_of(parts) - before)
    early, late = statistics.mean(cost[10:40]), statistics.mean(cost[-30:])
    cells = ("1", str(turns), "-", f"{early * 1000:.0f} early, {late * 1000:.0f} late (processor)")
    assert late <= 2 * early
    load.add(f"one conversation of {turns} turns", *cells, "-", "0, 0", "-")


def assert_refused_in_time(seen: Seen) -> None:
    """95 % are at the speed promised; a client of 200 on the same two cores delays the rest."""
    assert all(took <= REFUSED_WITHIN_S for took in seen.late_refusals()[:1]), seen.late_refusals()


def expected(url: str) -> dict[str, str | None]:
    """Which passage answers each question, asked by one officer alone."""
    with Officer(url) as officer:
        return {text: source_of(officer.ask(text)[-1].to_json()) for text in QUESTIONS}


def source_of(reply: Json) -> str | None:
    """The passage a reply cites first; its status where it cites none."""
    if family(reply["status"]) == "answered":
        return str(reply["citations"][0]["passage_id"])
    return str(reply["status"])
