"""Read translations: documents that say the passages of another document in another language.

`NAME.ur.md` names its document in `translation_of`, and each of its passages the passage it says
and the words it was made from (`of`, see `words_digest`). A translated passage keeps the id and
all rules of its original: it is never searched, it is said in its place. Where the original has
changed since, the translation is left out: better English than what no longer holds.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

import yaml
from pydantic import ValidationError

from guidebook.chunking import Section, sections
from guidebook.corpus_yaml import load_yaml, yaml_fault
from guidebook.document_schema import TranslationMatter, TranslationNote
from guidebook.document_text import Opened, open_document
from guidebook.faults import Fault, faults_of
from guidebook.records import Document, Passage
from guidebook.vocabulary import Lang


@dataclass(frozen=True)
class Translated:
    """A translation, what stops it, and which of its passages are of words since changed."""

    document: Document | None
    faults: tuple[Fault, ...] = ()
    outdated: tuple[Fault, ...] = ()


def is_translation(path: Path) -> bool:
    """True for `NAME.ur.md`, and for any other language of the vocabulary."""
    return path.suffixes[-2:-1] in [[f".{lang}"] for lang in get_args(Lang)]


def words_digest(passage: Passage) -> str:
    """What a translation is made from: 12 hexadecimal digits of SHA-256 of heading and words."""
    return hashlib.sha256(f"{passage.heading}\n{passage.text}".encode()).hexdigest()[:12]


def read_translation(path: Path, originals: Mapping[str, Document]) -> Translated:
    """The translation at `path` of one of `originals`."""
    opened = open_document(path)
    if isinstance(opened, Fault):
        return Translated(None, (opened,))
    try:
        front = TranslationMatter.model_validate(load_yaml(opened.block))
    except yaml.YAMLError as error:
        return Translated(None, (yaml_fault(error, path, "front matter", 2),))
    except ValidationError as error:
        return Translated(None, tuple(faults_of(error, path, opened.block, 2)))
    original = originals.get(front.translation_of)
    if original is None:
        remedy = "name a document of the corpus."
        return Translated(None, (Fault(path, 2, "translation_of", front.translation_of, remedy),))
    return _translated(path, front, opened, original)


def _translated(
    path: Path, front: TranslationMatter, opened: Opened, original: Document
) -> Translated:
    found, faults = sections(opened.text, opened.body_start, path, TranslationNote)
    by_id = {passage.id: passage for passage in original.passages}
    passages: list[Passage] = []
    outdated: list[Fault] = []
    for section in found:
        passage = by_id.get(f"{original.id}/{section.note.id}")
        if passage is None:
            remedy = f"{original.id} has no such passage."
            faults.append(Fault(path, section.line, "passage id", section.note.id, remedy))
        elif section.note.of != words_digest(passage):
            digest = words_digest(passage)
            remedy = f'the words have changed: translate again, then `of: "{digest}"`.'
            outdated.append(Fault(path, section.line, "of", section.note.of, remedy))
        else:
            passages.append(_said(passage, section, front.id, opened.text))
    document = replace(
        original,
        **front.model_dump(),
        path=path,
        text=opened.text,
        digest=hashlib.sha256(opened.text.encode("utf-8")).hexdigest(),
        passages=tuple(passages),
    )
    return Translated(None if faults else document, tuple(faults), tuple(outdated))


def _said(
    passage: Passage, section: Section[TranslationNote], document_id: str, text: str
) -> Passage:
    return replace(
        passage,
        document_id=document_id,
        heading=section.heading,
        text=text[section.start : section.end],
        start=section.start,
        end=section.end,
        asked_as=(),
    )


def spoken(documents: Sequence[Document]) -> dict[tuple[str, Lang], tuple[Passage, Document]]:
    """Each translated passage with its document, by passage id and language."""
    return {
        (passage.id, document.lang): (passage, document)
        for document in documents
        for passage in document.passages
    }
