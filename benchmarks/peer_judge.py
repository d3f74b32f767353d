"""Guidebook beside other ways to find a passage: `python -m benchmarks.peer_judge`.

Every peer gets the same texts and the same questions, one after another in turn, so that what
slows the machine slows all. Quality is judged on the test split; a peer has no refusal of its own
that knows this corpus, so each is given the threshold on its best score that served it best on the
development split. Writes benchmarks/results/peers.json and docs/benchmarks.md; with `--peers` the
rows of the others stay as they were measured.
"""

import argparse
import json
import random
import statistics
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import peer_page
from benchmarks.peer_talk import OURS, PEERS, Json, Offer, Peer, Running, write_corpus
from benchmarks.surroundings import RESULTS, here
from guidebook.errors import GuidebookError
from guidebook.evaluation import metrics, places
from guidebook.evaluation.cases import Case
from guidebook.evaluation.files import write_object
from guidebook.evaluation.qrels import Grades, grades_of, load_qrels
from guidebook.evaluation.questions import Question
from guidebook.evaluation.runs import Response
from guidebook.evaluation.wilson import Share

ROUNDS = 3  # of timing; the first asks everything, the others a sample
SAMPLE = 80
READY_AT_A_TIME = 2  # each embeds its texts on one core
SEED = 20261122
NEVER = float("-inf")
OFFERS: tuple[Offer, ...] = ("passages", "phrasings")


@dataclass
class Asked:
    """What one peer answered, by question id, and its milliseconds in each round."""

    peer: Peer
    offer: Offer
    build_s: float
    memory_mb: float = 0.0
    answers: dict[str, Json] = field(default_factory=dict)
    rounds: list[list[float]] = field(default_factory=list)

    @property
    def medians(self) -> list[float]:
        """The middle time of each round."""
        return [statistics.median(each) for each in self.rounds]


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask everybody everything, judge, save."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peer_judge")
    parser.add_argument("--peers", nargs="*", default=[peer.module for peer in PEERS])
    parser.add_argument("--offers", nargs="*", default=["passages", "phrasings"])
    parser.add_argument("--sample", type=int, default=SAMPLE, help="questions of a timing round")
    chosen = parser.parse_args(arguments)
    peers = [peer for peer in PEERS if peer.module in chosen.peers]
    try:
        corpus = places.corpus()
        questions = [q for q in places.questions("all") if q.expect in ("answer", "refuse")]
        graded = load_qrels(places.QRELS).by_question()
        rows: list[Json] = []
        for offer in OFFERS:
            if offer not in chosen.offers:
                continue
            offered = [peer for peer in peers if offer in peer.offers]
            asked = ask_all(offered, offer, write_corpus(corpus, offer), questions, chosen.sample)
            ours = next((each.medians for each in asked if each.peer is OURS), None)
            rows += [row(each, questions, graded, ours) for each in asked]
    except GuidebookError as error:
        print(error, file=sys.stderr)
        return 2
    path = RESULTS / "peers.json"
    earlier = json.loads(path.read_text(encoding="utf-8"))["rows"] if path.is_file() else []
    new = {(each["peer"], each["offer"]) for each in rows}
    rows += [each for each in earlier if (each["peer"], each["offer"]) not in new]
    kept = {
        **here(),
        "passages": len(corpus.passages),
        "phrasings": sum(len(passage.asked_as) for passage in corpus.passages),
        "questions": {
            split: sum(q.split == split for q in questions) for split in ("development", "test")
        },
        "rows": sorted(rows, key=_order),
    }
    write_object(path, kept)
    peer_page.write(kept)
    print(f"{len(new)} rows measured, {len(rows)} in {path}")
    return 0


def ask_all(
    peers: Iterable[Peer], offer: Offer, corpus: Path, questions: Sequence[Question], sample: int
) -> list[Asked]:
    """Every peer alive at once; each question goes to all of them before the next."""
    running = start_all(peers, offer, corpus)
    try:
        asked = [Asked(each.peer, offer, each.build_s) for each in running]
        shuffled = random.Random(SEED).sample(list(questions), len(questions))  # noqa: S311
        for number in range(ROUNDS if offer == "phrasings" else 1):
            part = shuffled if number == 0 else shuffled[:sample]
            for each in asked:
                each.rounds.append([])
            for question in part:
                for process, each in zip(running, asked, strict=True):
                    answer = process.ask(question.turns)
                    each.answers[question.id] = answer
                    each.rounds[-1].append(answer["ms"])
        for process, each in zip(running, asked, strict=True):
            each.memory_mb = process.memory_mb
    finally:
        for process in running:
            process.close()
    return asked


def start_all(peers: Iterable[Peer], offer: Offer, corpus: Path) -> list[Running]:
    """Every peer's process, ready to be asked; closed again when one of them cannot start."""

    def start(peer: Peer) -> Running:
        print(f"{peer.title}, {offer} ...", flush=True)
        return Running(peer, corpus)

    with ThreadPoolExecutor(READY_AT_A_TIME) as pool:
        starting = [pool.submit(start, peer) for peer in peers]
    failed = [error for each in starting if (error := each.exception()) is not None]
    if failed:
        for each in starting:
            if each.exception() is None:
                each.result().close()
        raise failed[0]
    return [each.result() for each in starting]


def row(
    asked: Asked,
    questions: Sequence[Question],
    graded: Mapping[str, Grades],
    ours: Sequence[float] | None,
) -> Json:
    """One line of the table."""
    development = [q for q in questions if q.split == "development"]
    test = [q for q in questions if q.split == "test"]
    threshold = NEVER
    if asked.peer is not OURS:
        threshold = best_threshold(cases(development, asked, graded, NEVER), asked)
    judged = cases(test, asked, graded, threshold)
    medians = asked.medians
    return {
        "at": here()["at"],
        "commit": here()["commit"],
        "peer": asked.peer.module,
        "title": asked.peer.title,
        "offer": asked.offer,
        "figures": figures(judged),
        "by_lang": {
            lang: figures([case for case in judged if case.question.lang == lang])
            for lang in ("en", "roman_ur", "ur")
        },
        "threshold": None if threshold == NEVER else threshold,
        "ms": {
            "median": statistics.median(medians),
            "rounds": medians,
            "p95": statistics.quantiles(asked.rounds[0], n=20)[-1],
            "over_ours": [mine / our for mine, our in zip(medians, ours, strict=True)]
            if ours
            else None,
        },
        "build_s": asked.build_s,
        "memory_mb": asked.memory_mb,
        "lines_of_set_up": asked.peer.lines_of_set_up,
    }


def cases(
    questions: Sequence[Question], asked: Asked, graded: Mapping[str, Grades], threshold: float
) -> list[Case]:
    """The peer's answers as cases; below `threshold` it declined."""
    return [
        Case(
            question,
            response(question.id, asked.answers[question.id], threshold),
            grades_of(graded, question.id),
        )
        for question in questions
    ]


def response(question: str, answer: Json, threshold: float) -> Response:
    """What Guidebook said, or what a peer would say with this threshold."""
    if "statuses" in answer:
        return Response.from_json({**answer, "question": question})
    score = answer["score"]
    answered = score is not None and score >= threshold
    status = "answered" if answered else "unanswerable_no_passage"
    ranked = tuple(answer["ranked"])
    return Response(question, (status,), ranked, ranked[:1] if answered else (), "strong")


def best_threshold(held: Sequence[Case], asked: Asked) -> float:
    """The threshold under which most of these cases end as they should."""

    def ends_right(threshold: float) -> int:
        total = 0
        for case in held:
            score = asked.answers[case.question.id]["score"]
            answered = score is not None and score >= threshold
            total += case.right if answered else case.should_decline
        return total

    scores = {asked.answers[case.question.id]["score"] for case in held} - {None}
    return float(max([NEVER, *sorted(scores)], key=ends_right))


def figures(judged: Sequence[Case]) -> dict[str, float | None]:
    """The figures of the table."""
    found = {
        "found_at_1": metrics.found_at(1),
        "found_at_5": metrics.found_at(5),
        "recall_at_5": metrics.recall_at_5,
        "right_first": metrics.right_first,
        "right": metrics.right,
        "refusal_recall": metrics.refusal_recall,
        "over_refusal": metrics.over_refusal,
        "wrong_given": wrong_given,
    }
    return {name: metric(judged).value for name, metric in found.items()}


def _order(row: Json) -> tuple[int, str]:
    return [peer.module for peer in PEERS].index(row["peer"]), row["offer"]


def wrong_given(judged: Sequence[Case]) -> Share:
    """|answered, and not from a relevant passage| / |all|: what an officer would be misled by."""
    return metrics.share(judged, lambda case: case.answered and not case.first_is_relevant)


if __name__ == "__main__":
    sys.exit(main())
