"""Figures of the nets on sentences that another person wrote apart from them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from guidebook.context import Context
from guidebook.danger import is_danger
from guidebook.evaluation.cases import DECLINES
from guidebook.library import Library
from guidebook.myths import believed
from guidebook.query import Query
from guidebook.requests import named_status
from guidebook.vocabulary import family, supports

Caught = Callable[[str], bool]

APART = {
    "danger": ("third", "fourth", "fifth", "sixth"),
    "support": ("third", "fourth", "fifth"),
    "myths": ("third", "fourth", "fifth"),
}
"""The sets kept apart that there are for each net."""


@dataclass(frozen=True)
class Figure:
    """How many of some sentences a net caught."""

    name: str
    caught: int
    total: int

    @property
    def share(self) -> float:
        return self.caught / max(1, self.total)

    def __str__(self) -> str:
        return f"{self.name:44} {self.share:.3f}  {self.caught} of {self.total}"


def figures(folder: Path) -> list[Figure]:
    """Recall and false alarms of each net; two danger files are used up, the others are not."""
    apart, neutral = _rows(folder, "danger_apart"), _texts(_rows(folder, "neutral"))
    used = [*_rows(folder, "danger"), *_rows(folder, "danger_second")]
    myths, disclosed = _texts(_rows(folder, "myths")), _texts(_rows(folder, "disclosures"))
    return [
        *apart_figures(folder, alone()),
        _figure("danger: recall", is_danger, _texts(row for row in apart if row["danger"])),
        _figure("danger: false, apart", is_danger, _texts(r for r in apart if not r["danger"])),
        _figure("danger: recall (used)", is_danger, _texts(row for row in used if row["danger"])),
        _figure("danger: false, neutral", is_danger, neutral),
        _figure("support: recall", is_support, disclosed),
        _figure("support: false, neutral", is_support, neutral),
        _figure("support: false, myths", is_support, myths),
        _figure("myths: recall", is_myth, myths),
        _figure("myths: false, neutral", is_myth, neutral),
        _figure("myths: false, disclosures", is_myth, disclosed),
        _figure("refusals: false, neutral", is_refusal, neutral),
    ]


def alone() -> Mapping[str, Caught]:
    """The nets by themselves: rules and letters, as the gateway has them."""
    return {"danger": is_danger, "support": is_support, "myths": is_myth}


def heard_by(library: Library) -> Mapping[str, Caught]:
    """What is heard where the meaning can be told too, as in the actions."""
    retriever = library.retriever
    return {
        "danger": library.hears_danger,
        "support": lambda text: _supports(named_status(text, retriever.meant, retriever.unlike)),
        "myths": lambda text: believed(text, retriever.meant) is not None,
    }


def asked_by(library: Library) -> Mapping[str, Caught]:
    """What gets an alarm of any length: first steps, or the question whether there is danger."""
    return {"danger": lambda text: library.hears_danger(text) or library.suspects_danger(text)}


def apart_figures(folder: Path, nets: Mapping[str, Caught], how: str = "") -> Iterator[Figure]:
    """Recall and false alarms of each net on the sets that are like no other in the folder."""
    for name, is_caught in nets.items():
        for which in APART[name]:
            rows = _rows(folder, f"{name}_{which}")
            for what, wanted in (("recall", True), ("false", False)):
                texts = [row["text"] for row in rows if _positive(row) is wanted]
                yield _figure(f"{name}{how}: {what}, {which} set", is_caught, texts)


def _positive(row: Mapping[str, Any]) -> bool:
    return bool(row["danger"]) if "danger" in row else row["kind"] != "none"


def declined(library: Library, lines: Mapping[str, Sequence[str]]) -> list[Figure]:
    """How many lines of each kind end without an answer from the corpus."""

    def is_declined(text: str) -> bool:
        said, _ = library.answer(Query(text), Context(), now=0.0)
        return family(said.reply.status) in DECLINES

    return [_figure(f"declined: {kind}", is_declined, texts) for kind, texts in lines.items()]


def is_myth(text: str) -> bool:
    """True when the message takes a myth for granted."""
    return believed(text) is not None


def is_support(text: str) -> bool:
    """True when the message gets a support reply."""
    return _supports(named_status(text))


def is_refusal(text: str) -> bool:
    """True when the message is refused by name."""
    status = named_status(text)
    return status is not None and not supports(status)


def _supports(status: str | None) -> bool:
    return status is not None and supports(status)


def _figure(name: str, caught: Caught, texts: Iterable[str]) -> Figure:
    found = [caught(text) for text in texts]
    return Figure(name, sum(found), len(found))


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(
        (folder / f"{name}.yml").read_text(encoding="utf-8")
    )
    return loaded


def _texts(rows: Iterable[dict[str, Any]]) -> list[str]:
    return [row["text"] for row in rows]
