"""What one turn costs, and where: `python -m benchmarks.turn_cost`.

On one running stack each question goes once through every layer, with a greeting beside it, so that
what slows the machine slows all. Then the same messages are pressed through our Rasa and through
Rasa as it comes, in turn. With `--train` the two models are trained and judged on the held-out
lines as well, which takes long. Writes benchmarks/results/turn_cost.json and docs/turn-cost.md.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import yaml

from benchmarks import stock_rasa, turn_cost_page
from benchmarks.asking_layers import Layers, memory_mb, rasa_body
from benchmarks.surroundings import RESULTS, here
from deploy.checkout import HERE
from deploy.rasa_commands import predict
from deploy.stack import Stack
from guidebook.errors import GuidebookError
from guidebook.evaluation.files import write_object
from guidebook.settings import ROOT, Settings

READY_S = 300
GREETING = "hello"
QUESTIONS = (
    "What is the punishment for an acid attack?",
    "Can I refuse an FIR because I do not believe her?",
    "Who may examine a woman who says she was raped?",
    "How many days do I have to finish the investigation of a rape?",
    "zero fir kya hoti hai",
    "aurat ka bayan kon le sakta hai",
    "larki ghar se bhaag gai hai ab kya karun",
    "shohar ne mara hai, thane mein kya likhun",
    "تیزاب پھینکنے کی سزا کیا ہے؟",
    "کیا میں ایف آئی آر درج کرنے سے انکار کر سکتا ہوں؟",
    "عورت کا طبی معائنہ کون کرے گا؟",
    "بچی کا بیان کیسے لیا جائے؟",
)
USERS = 8
TURNS_A_CONVERSATION = 6
Json = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, save, write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.turn_cost")
    parser.add_argument("--rounds", type=int, default=5, help="times each question is asked")
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10, help="of each press")
    parser.add_argument("--train", action="store_true", help="train and judge both models")
    parser.add_argument("--epochs", type=int, help="of the default pipeline; Rasa's are 100")
    chosen = parser.parse_args(arguments)
    try:
        stock = stock_rasa.train("stock", stock_rasa.CONFIG, chosen.epochs)
        found: Json = {**here(), "questions": len(QUESTIONS), "rounds": chosen.rounds}
        found["starts"] = [start_once() for _ in range(chosen.starts)]
        with (
            tempfile.TemporaryDirectory(prefix="guidebook-bench-") as folder,
            running(Path(folder) / "home") as stack,
        ):
            stack.wait_until("/readyz", READY_S)
            found["layers"] = layers(stack, chosen.rounds)
            found["memory_mb"] = memory(stack)
            found["press"] = press_both(stack, stock.archive, Path(folder), chosen.seconds)
        found["stock_epochs"] = stock.epochs
        if chosen.train:
            found["training"] = training(stock)
    except GuidebookError as error:
        print(error, file=sys.stderr)
        return 2
    write_object(RESULTS / "turn_cost.json", found)
    turn_cost_page.write(found)
    print(turn_cost_page.PAGE.read_text(encoding="utf-8"))
    return 0


def running(home: Path) -> Stack:
    """A stack of the live model with a home of its own, not started."""
    settings = Settings.from_environ({"GUIDEBOOK_HOME": str(home), "PORT": "0"})
    return Stack(replace(settings, host="127.0.0.1"), HERE.live)


def start_once() -> Json:
    """Seconds from the command to the page, to readiness, to the first answer."""
    with tempfile.TemporaryDirectory(prefix="guidebook-start-") as home:
        started = time.monotonic()
        with running(Path(home) / "home") as stack:
            stack.wait_until("/healthz", READY_S)
            page = time.monotonic() - started
            stack.wait_until("/readyz", READY_S)
            ready = time.monotonic() - started
            body = {"text": QUESTIONS[0], "client_message_id": uuid.uuid4().hex}
            with httpx.Client(base_url=stack.url, timeout=60, trust_env=False) as http:
                reply = http.post("/api/messages", json=body).json()["replies"][-1]
            answered = time.monotonic() - started
    return {"page": page, "ready": ready, "answer": answered, "status": reply["status"]}


def layers(stack: Stack, rounds: int) -> list[Json]:
    """Each question at each layer with a greeting beside it; the first round warms up."""
    asking = Layers(stack)
    found = []
    for number in range(rounds + 1):
        for text in QUESTIONS:
            greeting, _ = asking.page(GREETING)
            page, reply = asking.page(text)
            one = {
                "greeting": greeting,
                "page": page,
                "status": reply["status"],
                "greeting_rasa": asking.rasa(GREETING),
                "rasa": asking.rasa(text),
                "actions": asking.actions(text),
                "library": reply["took_ms"],
                "round": number,
            }
            if number:
                found.append(one)
    asking.close()
    return found


def memory(stack: Stack) -> dict[str, float]:
    """Megabytes of each process."""
    mark = f"GUIDEBOOK_HOME={stack.settings.home}".encode()
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            environ = (folder / "environ").read_bytes().split(b"\0")
            words = (folder / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue  # no process, or none of ours
        if mark in environ and words[1:2] == ["-m"]:
            found[words[2]] = memory_mb(int(folder.name))
    return found


def press_both(stack: Stack, model: Path, folder: Path, seconds: float) -> Json:
    """Turns a second of our Rasa and of stock Rasa: as it comes, keeping turns as ours does, and
    with our model; in turn."""
    ours = f"http://127.0.0.1:{stack.ports.rasa}/webhooks/guidebook/messages"
    secret = Layers(stack).secret
    found: dict[str, list[float]] = {}
    actions = stack.ports.actions
    with (
        stock_rasa.serving(model, actions, folder / "stock") as (stock, process),
        stock_rasa.serving(model, actions, folder / "kept", keeps=True) as (kept, _),
        stock_rasa.serving(HERE.live, actions, folder / "half") as (half, _),
    ):
        doors = {
            "ours": (ours, secret),
            "stock": (f"{stock}/webhooks/rest/webhook", {}),
            "stock, kept": (f"{kept}/webhooks/rest/webhook", {}),
            "stock, our model": (f"{half}/webhooks/rest/webhook", {}),
        }
        for number in range(4):
            for name, (url, headers) in doors.items():
                for kind, texts in (("greeting", (GREETING,)), ("question", QUESTIONS)):
                    rate = asyncio.run(press(url, headers, texts, seconds if number else 2))
                    if number:  # the first warms up
                        found.setdefault(f"{name}: {kind}", []).append(rate)
        return {"rates": found, "memory_mb": memory_mb(process), "users": USERS}


async def press(url: str, headers: dict[str, str], texts: Sequence[str], seconds: float) -> float:
    """Answered turns a second of some users who ask one message after another."""
    until = time.monotonic() + seconds
    done = 0

    async def user(http: httpx.AsyncClient, first: int) -> None:
        nonlocal done
        turn = 0
        while time.monotonic() < until:
            if turn % TURNS_A_CONVERSATION == 0:
                conversation = uuid.uuid4().hex
            text = texts[(first + turn) % len(texts)]
            body: Json = {"sender": conversation, "message": text}
            if headers:
                body = rasa_body(text, conversation)
            response = await http.post(url, json=body)
            replies = response.json()
            replies = replies["replies"] if headers else replies
            done += bool(replies)
            turn += 1

    started = time.monotonic()
    async with httpx.AsyncClient(headers=headers, timeout=120, trust_env=False) as http:
        await asyncio.gather(*(user(http, number) for number in range(USERS)))
    return done / (time.monotonic() - started)


def training(stock: stock_rasa.Trained) -> Json:
    """Both models: seconds to train, megabytes, and shares on the held-out lines."""
    ours = stock_rasa.train("ours", ROOT / "config.yml")
    return {
        name: {
            "seconds": model.seconds,
            "epochs": model.epochs,
            "megabytes": model.archive.stat().st_size / 1024**2,
            **judged(model.archive),
        }
        for name, model in (("ours", ours), ("stock", stock))
    }


def judged(model: Path) -> Json:
    """Shares on the lines of tests/bot/held_out.yml."""
    held = [
        (meant, line)
        for path in HERE.held_out()
        for meant, lines in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for line in lines
    ]
    heard = [found.intent for found in predict(HERE, model, [line for _, line in held])]
    pairs = [(meant, got) for (meant, _), got in zip(held, heard, strict=True)]

    def share(kept: list[tuple[str, str]], want: str | None = None) -> float:
        return statistics.fmean(got == (want or meant) for meant, got in kept)

    return {
        "accuracy": share([pair for pair in pairs if pair[0] != "nonsense"]),
        "emergency": share([pair for pair in pairs if pair[0] == "report_emergency"]),
        "nonsense_refused": share(
            [pair for pair in pairs if pair[0] == "nonsense"], "nlu_fallback"
        ),
        "lines": len(pairs),
    }


if __name__ == "__main__":
    sys.exit(main())
