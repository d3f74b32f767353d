"""Load the corpus: every document under one folder, checked as it is read.

`load_corpus` gives a whole, valid corpus or raises with every fault; there is no half-loaded
state. The corpus digest changes when any document, sidecar or phrasing does. Whether the
content is good (lengths, sources, dates) is corpus_check's question.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import get_args

import yaml
from pydantic import ValidationError

from guidebook.chunking import Cut, cut_at_headings, cut_by_sidecar
from guidebook.corpus_yaml import load_yaml, yaml_fault
from guidebook.document_schema import FrontMatter
from guidebook.document_text import open_document
from guidebook.errors import CorpusError
from guidebook.faults import Fault, faults_of
from guidebook.records import Document, Passage, Source
from guidebook.services import Directory, load_services
from guidebook.translations import is_translation, read_translation, spoken
from guidebook.vocabulary import Lang

SOURCE_KINDS = ("conference", "policy-message", "press-release")


@dataclass(frozen=True)
class Corpus:
    """Every document, by id and by passage."""

    folder: Path
    documents: tuple[Document, ...]
    digest: str
    translations: tuple[Document, ...] = ()
    outdated: tuple[Fault, ...] = ()
    """Translated passages left out, as their originals have changed since."""

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
    def searched(self) -> str:
        """The digest of what is searched, translations apart: an index stands while it does."""
        return _digest(self.documents)

    @cached_property
    def _by_id(self) -> dict[str, Document]:
        return {document.id: document for document in (*self.documents, *self.translations)}

    @cached_property
    def _passage_by_id(self) -> dict[str, Passage]:
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def directory(self) -> Directory | None:
        """The service directory, or None where the corpus has none."""
        path = self.folder / "services" / "services.yml"
        return load_services(path) if path.is_file() else None

    @cached_property
    def _translated(self) -> dict[tuple[str, Lang], tuple[Passage, Document]]:
        return spoken(self.translations)

    def document(self, document_id: str) -> Document | None:
        """The document or translation with this id, or None."""
        return self._by_id.get(document_id)

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id, or None; superseded documents have none."""
        return self._passage_by_id.get(passage_id)

    def said_in(self, passage: Passage, lang: Lang) -> tuple[Passage, Document]:
        """`passage` and its document in `lang`; as they are where nobody translated them."""
        translated = self._translated.get((passage.id, lang))
        return translated or (passage, self._by_id[passage.document_id])

    def versions(self, document: Document) -> tuple[Document, ...]:
        """The document that `document` is or translates, then its translations."""
        original = self._by_id[document.translation_of or document.id]
        return (original, *(o for o in self.translations if o.translation_of == original.id))

    def wordings(self, passage: Passage) -> tuple[Passage, ...]:
        """`passage` as written, and in every language it is translated into."""
        found = (self._translated.get((passage.id, lang)) for lang in get_args(Lang))
        return (passage, *(said for said, _ in filter(None, found)))


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
        if is_translation(path):
            continue
        document, found = read_document(path)
        faults.extend(found)
        if document is not None:
            documents.append(document)
    originals = {document.id: document for document in documents}
    read = [read_translation(path, originals) for path in paths if is_translation(path)]
    translations = [one.document for one in read if one.document is not None]
    faults.extend(fault for one in read for fault in one.faults)
    faults.extend(_shared_ids(documents, translations))
    if faults:
        raise CorpusError(faults)
    return Corpus(
        folder,
        tuple(documents),
        _digest([*documents, *translations]),
        tuple(translations),
        tuple(fault for one in read for fault in one.outdated),
    )


def read_document(path: Path) -> tuple[Document | None, Sequence[Fault]]:
    """One document, or None with the faults that stop it."""
    opened = open_document(path)
    if isinstance(opened, Fault):
        return None, [opened]
    try:
        front = FrontMatter.model_validate(load_yaml(opened.block))
    except yaml.YAMLError as error:
        return None, [yaml_fault(error, path, "front matter", 2)]
    except ValidationError as error:
        return None, faults_of(error, path, opened.block, 2)
    cut: Cut = (cut_by_sidecar if front.kind in SOURCE_KINDS else cut_at_headings)(
        opened.text, opened.body_start, path, front
    )
    return _document(path, front, opened.text, cut.passages), cut.faults


def _document(path: Path, front: FrontMatter, text: str, passages: tuple[Passage, ...]) -> Document:
    fields = {**front.model_dump(exclude={"sources"}), "translation_of": None}
    sources = tuple(Source(**source.model_dump()) for source in front.sources)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(
        path=path, text=text, digest=digest, passages=passages, sources=sources, **fields
    )


def _shared_ids(documents: Iterable[Document], translations: Iterable[Document]) -> list[Fault]:
    faults, seen_documents, seen_passages = [], dict[str, Path](), dict[tuple[str, Lang], Path]()
    for document in (*documents, *translations):
        if document.id in seen_documents:
            remedy = f"{seen_documents[document.id]} has it already; choose another."
            faults.append(Fault(document.path, 2, "id", document.id, remedy))
        seen_documents[document.id] = document.path
        for passage in document.passages:
            if (passage.id, document.lang) in seen_passages:
                line = document.text.count("\n", 0, passage.start) + 1
                faults.append(
                    Fault(
                        document.path, line, "passage id", passage.id, "stands twice; rename one."
                    )
                )
            seen_passages[passage.id, document.lang] = document.path
    return faults


def _digest(documents: Sequence[Document]) -> str:
    whole = hashlib.sha256()
    for document in documents:
        whole.update(f"{document.id}\0{document.digest}\0".encode())
        for passage in document.passages:
            whole.update("\0".join([passage.id, passage.heading, *passage.asked_as]).encode())
    return whole.hexdigest()
