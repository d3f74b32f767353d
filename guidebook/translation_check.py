"""Judge a translated passage by what can be told without its language: shape, numbers, letters.

Line for line it has the marks and the numbers of its original, and its heading is no other's.
Whether the words say the same takes a reader of both languages.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from guidebook.corpus import Corpus
from guidebook.faults import Fault
from guidebook.normalise import fold
from guidebook.passage_check import fault_at
from guidebook.records import Document, Passage

_MARK = re.compile(r"(?:\d+\.|-)(?= )")
_NUMBER = re.compile(r"\d+")
_HYPHENATED = re.compile(r"\u200e(?=\d+-\d)")
_BARE = re.compile(r"(?<![\d\u200e-])\d+-\d")
"""After Arabic letters 0800-123 is drawn as 123-0800, unless a left-to-right mark is before it."""
_SCRIPT = {"ur": re.compile(r"[\u0621-\u06d3]")}


def translation_faults(corpus: Corpus) -> Iterator[Fault]:
    """What is wrong with the translations, and which are no longer of their original's words."""
    yield from corpus.outdated
    seen: dict[str, str] = {}
    for document in corpus.translations:
        for passage in document.passages:
            yield from _passage_faults(document, passage, corpus)
            other = seen.setdefault(fold(passage.heading), passage.id)
            if other != passage.id:
                remedy = f"{other} asks the same; say what differs."
                yield fault_at(document, passage, "heading", passage.heading, remedy)


def _passage_faults(document: Document, passage: Passage, corpus: Corpus) -> Iterator[Fault]:
    original = corpus.passage(passage.id)
    if original is None:  # superseded: never said
        return
    lines, said = original.text.split("\n"), passage.text.split("\n")
    if len(lines) != len(said):
        remedy = f"the original has {len(lines)} lines; translate line by line."
        yield fault_at(document, passage, "text", f"{len(said)} lines", remedy)
        return
    for line, words in zip((original.heading, *lines), (passage.heading, *said), strict=True):
        yield from _line_faults(document, passage, line, words)


def _line_faults(document: Document, passage: Passage, line: str, words: str) -> Iterator[Fault]:
    start = words[:40]
    if bool(line) != bool(words) or _marks(line) != _marks(words):
        remedy = "keep blank lines, `1.` and `-` as in the original."
        yield fault_at(document, passage, "text", start, remedy)
    if _numbers(line) != _numbers(words):
        missing = ", ".join((_numbers(line) - _numbers(words)).elements()) or "none"
        added = ", ".join((_numbers(words) - _numbers(line)).elements()) or "none"
        remedy = f"the original's numbers, in its digits: missing {missing}; added {added}."
        yield fault_at(document, passage, "text", start, remedy)
    if document.lang in _SCRIPT and _BARE.search(words):
        remedy = "put U+200E before a number with a hyphen: it is drawn in the wrong order."
        yield fault_at(document, passage, "text", start, remedy)
    script = _SCRIPT.get(document.lang)
    if line and script is not None and not script.search(words):
        yield fault_at(document, passage, "text", start, f"write it in {document.lang}.")
    plain = _HYPHENATED.sub("", words)
    if hidden := [mark for mark in plain if unicodedata.category(mark) == "Cf"]:
        remedy = f"take out the invisible U+{ord(hidden[0]):04X}."
        yield fault_at(document, passage, "text", start, remedy)


def _marks(line: str) -> str | None:
    found = _MARK.match(line)
    return found[0] if found else None


def _numbers(line: str) -> Counter[str]:
    return Counter(_NUMBER.findall(line))
