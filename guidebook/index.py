"""Keep what is searched on disk: every phrasing of every passage, and its vectors, in FAISS.

An entry is one text that may stand for a passage: its heading, its words, each way officers put
the question. An index remembers the corpus and the encoders it came from and refuses to load
with others: we prefer a refusal to a quiet wrong answer. It is written whole or not at all.
"""

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from guidebook.corpus import Corpus
from guidebook.encoder import Embeddings, Encoder, keep_to_one_core
from guidebook.errors import IndexMismatchError
from guidebook.language import writing_of
from guidebook.transliterate import Transliterator, spellings_digest
from guidebook.vectors import Vectors, load_vectors, make_vectors

FORMAT = 4
BATCH = 256  # texts between two lines of progress
REBUILD = "build it with `guidebook index build`."


@dataclass(frozen=True)
class Entry:
    """One searchable text. `passage` counts within `Corpus.passages`; `own` marks its own words."""

    passage: int
    text: str
    own: bool


@dataclass(frozen=True)
class Index:
    """Entries and their vectors, of one corpus."""

    corpus_digest: str
    entries: tuple[Entry, ...]
    vectors: tuple[Vectors, ...]


def entries_of(corpus: Corpus) -> tuple[Entry, ...]:
    """Heading, words and every `asked_as` of each passage, in corpus order."""
    return tuple(
        Entry(number, text, own=place < 2)
        for number, passage in enumerate(corpus.passages)
        for place, text in enumerate((passage.heading, passage.text, *passage.asked_as))
    )


def build(
    corpus: Corpus,
    encoders: Sequence[Encoder],
    folder: Path,
    progress: Callable[[str], None] = lambda line: None,
) -> Index:
    """Embed all entries and write the index to `folder`. Vectors of unchanged texts are reused."""
    entries = entries_of(corpus)
    transliterator = Transliterator(entry.text for entry in entries)
    staging = _staging_beside(folder)
    try:

        def describe(encoder: Encoder) -> dict[str, Any]:
            rows = readable_rows(entries, encoder)
            progress(f"{encoder.name}: {len(rows)} texts")
            texts = [as_read(entries[row].text, encoder, transliterator) for row in rows]
            matrix = _embed(texts, encoder, folder, progress)
            np.save(staging / f"{encoder.name}.npy", matrix)
            (staging / f"{encoder.name}.texts.json").write_text(
                json.dumps(texts, ensure_ascii=False), encoding="utf-8"
            )
            owners = [entries[row].passage for row in rows]
            make_vectors(encoder.name, rows, owners, matrix, len(corpus.passages)).save(staging)
            return {"name": encoder.name, "dimension": encoder.dimension, "rows": list(rows)}

        # Each engine keeps one core busy and lets go of Python's lock: side by side on two cores.
        with ThreadPoolExecutor(len(encoders) or 1, initializer=keep_to_one_core) as pool:
            described = list(pool.map(describe, encoders))
        (staging / "entries.json").write_text(
            json.dumps([[e.passage, e.text, e.own] for e in entries], ensure_ascii=False),
            encoding="utf-8",
        )
        manifest = {
            "format": FORMAT,
            "corpus_digest": corpus.searched,
            "spellings_digest": spellings_digest(),
            "encoders": described,
        }
        (staging / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        _swap(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return load(folder, corpus, [encoder.name for encoder in encoders])


def _staging_beside(folder: Path) -> Path:
    """An empty folder on the same disk, so that the whole index is moved into its place at once."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".index-", dir=folder.parent))
    except OSError as error:
        raise IndexMismatchError(
            f"Cannot write the index at {folder} ({error.strerror}); "
            "make its folder writable or set GUIDEBOOK_INDEX to one that is."
        ) from error


def load(folder: Path, corpus: Corpus, encoder_names: Sequence[str]) -> Index:
    """Read the index of exactly this corpus and these encoders; IndexMismatchError otherwise."""
    manifest = read_manifest(folder)
    if manifest.get("corpus_digest") != corpus.searched:
        raise IndexMismatchError(f"The index at {folder} was built from another corpus; {REBUILD}")
    names = [item["name"] for item in manifest["encoders"]]
    if names != list(encoder_names):
        raise IndexMismatchError(
            f"The index at {folder} was built with {', '.join(names)}, "
            f"but this version searches with {', '.join(encoder_names)}; {REBUILD}"
        )
    try:
        raw = json.loads((folder / "entries.json").read_text(encoding="utf-8"))
        entries = tuple(Entry(number, text, own) for number, text, own in raw)
        vectors = []
        for item in manifest["encoders"]:
            if max(item["rows"], default=-1) >= len(entries):
                raise ValueError(f"{item['name']} has vectors of texts that are not there")
            owners = [entries[row].passage for row in item["rows"]]
            vectors.append(
                load_vectors(item["name"], item["rows"], owners, item["dimension"], folder)
            )
    except (OSError, ValueError, RuntimeError, TypeError, KeyError) as error:
        raise IndexMismatchError(f"The index at {folder} is broken ({error}); {REBUILD}") from error
    return Index(corpus.searched, entries, tuple(vectors))


def is_of(folder: Path, corpus_digest: str, encoder_names: Sequence[str]) -> bool:
    """True when the index was built from this corpus with these encoders. Reads the manifest alone:
    a broken index is found when it is loaded."""
    try:
        manifest = read_manifest(folder)
    except IndexMismatchError:
        return False
    named = [item["name"] for item in manifest["encoders"]]
    return bool(manifest.get("corpus_digest") == corpus_digest and named == list(encoder_names))


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest; IndexMismatchError when there is none of this format and these spellings."""
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise IndexMismatchError(f"No index at {folder}; {REBUILD}") from error
    except ValueError as error:
        raise IndexMismatchError(f"The index's {path} is not JSON; {REBUILD}") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("encoders"), list):
        raise IndexMismatchError(f"The index's {path} is not a manifest; {REBUILD}")
    if manifest.get("format") != FORMAT:
        raise IndexMismatchError(f"The index at {folder} has an older format; {REBUILD}")
    if manifest.get("spellings_digest") != spellings_digest():
        raise IndexMismatchError(
            f"The index at {folder} was built with other spellings of Roman Urdu; {REBUILD}"
        )
    return manifest


def readable_rows(entries: Sequence[Entry], encoder: Encoder) -> tuple[int, ...]:
    """The entries worth embedding with `encoder`: a passage's own words, and what it reads."""
    return tuple(
        row
        for row, entry in enumerate(entries)
        if entry.own or writing_of(entry.text) in encoder.reads
    )


def as_read(text: str, encoder: Encoder, transliterator: Transliterator) -> str:
    """`text` as `encoder` is given it: Roman Urdu in Urdu script where it was trained on that."""
    if encoder.reads_urdu_script and writing_of(text) == "roman_ur":
        return transliterator.urdu(text)
    return text


def _embed(
    texts: Sequence[str], encoder: Encoder, earlier: Path, progress: Callable[[str], None]
) -> Embeddings:
    """Vectors of `texts`, taken from the earlier index where the same text stands in it."""
    known = _earlier_vectors(earlier, encoder)
    matrix = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    missing = []
    for at, text in enumerate(texts):
        vector = known.get(text)
        if vector is None:
            missing.append(at)
        else:
            matrix[at] = vector
    for first in range(0, len(missing), BATCH):
        part = missing[first : first + BATCH]
        matrix[part] = encoder.encode_passages([texts[at] for at in part])
        progress(f"{encoder.name}: {min(first + BATCH, len(missing))}/{len(missing)} embedded")
    return matrix


def _earlier_vectors(folder: Path, encoder: Encoder) -> dict[str, Embeddings]:
    try:
        texts = json.loads((folder / f"{encoder.name}.texts.json").read_text(encoding="utf-8"))
        matrix = np.load(folder / f"{encoder.name}.npy")
        return dict(zip(texts, matrix, strict=True))
    except (OSError, ValueError, TypeError):
        return {}  # nothing to reuse: everything is embedded afresh


def _swap(staging: Path, folder: Path) -> None:
    """Put `staging` in the place of `folder`; the old one goes only once the new one stands."""
    old = folder.with_name(f".{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.replace(old)
    staging.replace(folder)
    folder.chmod(0o755)
    shutil.rmtree(old, ignore_errors=True)
