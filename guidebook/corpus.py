"""Load the corpus: every document under one folder, checked as it is read.

`load_corpus` gives a whole, valid corpus or raises with every fault; there is no half-loaded
state. The corpus digest changes when any document, sidecar or phrasing does. Whether the
content is good (lengths, sources, dates) is corpus_check's question.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from pydantic import ValidationError

from guidebook.chunking import Cut, cut_at_headings, cut_by_sidecar
from guidebook.corpus_yaml import load_yaml, yaml_fault
from guidebook.document_schema import FrontMatter
from guidebook.errors import CorpusError
from guidebook.faults import Fault, faults_of
from guidebook.records import Document, Passage, Source
from guidebook.services import Directory, load_services

SOURCE_KINDS = ("conference", "policy-message", "press-release")


@dataclass(frozen=True)
class Corpus:
    """Every document, by id and by passage."""

    folder: Path
    documents: tuple[Document, ...]
    digest: str

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages of documents that may answer: a superseded text never does."""
        return tuple(
            passage
            for document in self.documents
            if document.superseded_by is None
            for passage in document.passages
        )

    @cached_property
    def _by_id(self) -> dict[str, Document]:
        return {document.id: document for document in self.documents}

    @cached_property
    def _passage_by_id(self) -> dict[str, Passage]:
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def directory(self) -> Directory | None:
        """The service directory, or None where the corpus has none."""
        path = self.folder / "services" / "services.yml"
        return load_services(path) if path.is_file() else None

    def document(self, document_id: str) -> Document | None:
        """The document with this id, or None."""
        return self._by_id.get(document_id)

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id, or None; superseded documents have none."""
        return self._passage_by_id.get(passage_id)


def load_corpus(folder: Path) -> Corpus:
    """Read every `*.md` under `folder` in path order; CorpusError carries all faults."""
    if not folder.is_dir():
        raise CorpusError([f"{folder}: there is no corpus folder here; check GUIDEBOOK_CORPUS."])
    paths = sorted(path for path in folder.rglob("*.md") if path.name != "README.md")
    if not paths:
        raise CorpusError([f"{folder}: the corpus is empty; add a document and run again."])
    documents: list[Document] = []
    faults: list[Fault] = []
    for path in paths:
        document, found = read_document(path)
        faults.extend(found)
        if document is not None:
            documents.append(document)
    faults.extend(_shared_ids(documents))
    if faults:
        raise CorpusError(faults)
    return Corpus(folder, tuple(documents), _digest(documents))


def read_document(path: Path) -> tuple[Document | None, Sequence[Fault]]:
    """One document, or None with the faults that stop it."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Fault(path, line, "encoding", "not UTF-8", "save the file as UTF-8.")]
    if fault := _encoding_fault(text, path):
        return None, [fault]
    parts = text.split("---\n", 2)
    if len(parts) < 3 or parts[0] != "":
        return None, [Fault(path, 1, "front matter", "missing", "start with a `---` block.")]
    block, body_start = parts[1], len("---\n") * 2 + len(parts[1])
    try:
        front = FrontMatter.model_validate(load_yaml(block))
    except yaml.YAMLError as error:
        return None, [yaml_fault(error, path, "front matter", 2)]
    except ValidationError as error:
        return None, faults_of(error, path, block, 2)
    cut: Cut = (cut_by_sidecar if front.kind in SOURCE_KINDS else cut_at_headings)(
        text, body_start, path, front
    )
    return _document(path, front, text, cut.passages), cut.faults


def _document(path: Path, front: FrontMatter, text: str, passages: tuple[Passage, ...]) -> Document:
    fields = front.model_dump(exclude={"sources"})
    sources = tuple(Source(**source.model_dump()) for source in front.sources)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(
        path=path, text=text, digest=digest, passages=passages, sources=sources, **fields
    )


def _encoding_fault(text: str, path: Path) -> Fault | None:
    if text.startswith("\ufeff"):
        return Fault(path, 1, "encoding", "byte order mark", "save the file without a BOM.")
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        return Fault(path, line, "encoding", "carriage return", "use LF line ends only.")
    if not unicodedata.is_normalized("NFC", text):
        lines = text.split("\n")
        line = next(
            i for i, part in enumerate(lines, 1) if not unicodedata.is_normalized("NFC", part)
        )
        return Fault(path, line, "encoding", "not NFC", "save the file in Unicode form NFC.")
    return None


def _shared_ids(documents: Iterable[Document]) -> list[Fault]:
    faults, seen_documents, seen_passages = [], dict[str, Path](), dict[str, Path]()
    for document in documents:
        if document.id in seen_documents:
            remedy = f"{seen_documents[document.id]} has it already; choose another."
            faults.append(Fault(document.path, 2, "id", document.id, remedy))
        seen_documents[document.id] = document.path
        for passage in document.passages:
            if passage.id in seen_passages:
                line = document.text.count("\n", 0, passage.start) + 1
                faults.append(
                    Fault(
                        document.path, line, "passage id", passage.id, "stands twice; rename one."
                    )
                )
            seen_passages[passage.id] = document.path
    return faults


def _digest(documents: Sequence[Document]) -> str:
    whole = hashlib.sha256()
    for document in documents:
        whole.update(f"{document.id}\0{document.digest}\0".encode())
        for passage in document.passages:
            whole.update("\0".join([passage.id, passage.heading, *passage.asked_as]).encode())
    return whole.hexdigest()
