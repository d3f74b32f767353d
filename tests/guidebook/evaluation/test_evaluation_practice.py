"""Practice questions are phrasings the searched index does not hold, and lead to their passage."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from guidebook.corpus import load_corpus
from guidebook.encoder import Embeddings, Encoder
from guidebook.evaluation.fitting import Example
from guidebook.evaluation.phrasings import practice, put_away, without
from guidebook.fusion import load_fusion
from guidebook.index import build
from guidebook.language import Writing
from guidebook.library import Library
from guidebook.query import Query, understand
from guidebook.retriever import Retriever

SECTION = """
## {heading}
<!--
id: {name}
facts: [F-FIR-04]
asked_as:
{asked}-->
{text}

Law: CrPC s.154.
"""
ASKED = {
    "refuse-fir": ["can a clerk refuse", "refuse a report", "kya inkar ho sakta hai", "کیا انکار"],
    "copy-of-fir": ["free copy of report", "copy for her", "copy kab milti hai", "کاپی کب ملے گی"],
    "where-to-go": ["which station", "other district", "kis thana jaye", "کس تھانے جائیں"],
}
WAYS = 30  # more phrasings of each, so that some are kept back


class DigestEncoder:
    """A text is near itself alone: its vector comes from its digest."""

    dimension = 384
    reads: frozenset[Writing] = frozenset({"en", "roman_ur", "ur"})
    reads_urdu_script = False

    def __init__(self, name: str) -> None:
        self.name = name

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        made = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for at, text in enumerate(texts):
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
            made[at] = np.random.default_rng(seed).normal(size=self.dimension)
        return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def loaded() -> Mapping[str, Encoder]:
    return {"e5": DigestEncoder("one")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def small(
    write_document: Callable[..., Path], folder: Path, loaded: Mapping[str, Encoder]
) -> Library:
    body = "".join(
        SECTION.format(
            heading=f"May I ask about {name}?",
            name=name,
            asked="".join(
                f'- "{asked}"\n'
                for asked in (*phrasings, *(f"{name} in way {number}" for number in range(WAYS)))
            ),
            text=f"Yes. This passage is about {name}.",
        )
        for name, phrasings in ASKED.items()
    )
    corpus = load_corpus(write_document(body=body).parent)
    index = build(corpus, list(loaded.values()), folder)
    return Library(corpus, Retriever(corpus, index, loaded, load_fusion()))


def practised(small: Library, folder: Path, loaded: Mapping[str, Encoder]) -> list[Example]:
    return list(practice(small, folder, loaded))


def test_a_tenth_of_the_phrasings_is_put_away_and_none_of_a_passages_own_words(
    library: Library,
) -> None:
    index = library.retriever.index
    away = put_away(index)
    own = np.asarray([entry.own for entry in index.entries])
    assert not (away & own).any()
    assert away.sum() / (~own).sum() == pytest.approx(0.1, abs=0.01)


def test_a_practice_question_is_not_in_the_index_it_is_asked_of(
    small: Library, folder: Path, loaded: Mapping[str, Encoder]
) -> None:
    examples = practised(small, folder, loaded)
    assert examples
    for item in examples:
        assert item.signals["meaning"].shape == (len(ASKED),)
        assert item.evidence.values["meaning"].max() < 0.9  # 1 where the very text is indexed


def test_the_whole_index_would_give_the_answer_away(
    small: Library, folder: Path, loaded: Mapping[str, Encoder]
) -> None:
    for item in practised(small, folder, loaded):
        row = int(item.question.removeprefix("phrasing-"))
        asked = small.retriever.index.entries[row]
        weighed = small.retriever.weigh(understand(Query(asked.text)), frozenset({"meaning"}))
        assert weighed.evidence.values["meaning"][asked.passage] == pytest.approx(1.0, abs=1e-4)


def test_the_one_right_passage_is_that_of_the_phrasing(
    small: Library, folder: Path, loaded: Mapping[str, Encoder]
) -> None:
    entries = small.retriever.index.entries
    for item in practised(small, folder, loaded):
        entry = entries[int(item.question.removeprefix("phrasing-"))]
        assert not entry.own
        assert np.flatnonzero(item.relevant).tolist() == [entry.passage]
        assert item.answerable


def test_the_same_library_gives_the_same_practice(
    small: Library, folder: Path, loaded: Mapping[str, Encoder]
) -> None:
    one, other = practised(small, folder, loaded), practised(small, folder, loaded)
    assert [item.question for item in one] == [item.question for item in other]


def test_what_is_kept_keeps_its_vectors(
    small: Library, folder: Path, loaded: Mapping[str, Encoder]
) -> None:
    index = small.retriever.index
    away = put_away(index)
    assert away.any()
    kept = without(index, away, folder)
    gone = {entry.text for entry, is_away in zip(index.entries, away, strict=True) if is_away}
    assert gone.isdisjoint(entry.text for entry in kept.entries)
    for encoder, vectors in zip(loaded.values(), kept.vectors, strict=True):
        assert [kept.entries[row].passage for row in vectors.rows] == vectors.owners.tolist()
        for row in vectors.rows:
            entry = kept.entries[row]
            nearest, _ = vectors.nearest_and_centre(
                encoder.encode_queries([entry.text])[0], len(ASKED)
            )
            assert nearest[entry.passage] == pytest.approx(1.0, abs=1e-4)
