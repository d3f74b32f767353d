"""The assembled library: corpus, index, encoders and fitted numbers, loaded once a process.

`open_library` either gives something that can answer or raises one sentence that says what to do.
"""

from dataclasses import dataclass

from guidebook.answering import Answer, answer
from guidebook.context import Context
from guidebook.corpus import Corpus, load_corpus
from guidebook.danger import is_danger, is_meant, is_possible
from guidebook.encoder import Encoder, load_e5
from guidebook.first_hour_meaning import NOTHING, Heard, heard
from guidebook.fusion import load_fusion
from guidebook.index import load
from guidebook.meaning import ENCODER
from guidebook.query import Query
from guidebook.requests import named_status
from guidebook.retriever import Retriever
from guidebook.settings import Settings
from guidebook.vocabulary import supports


@dataclass(frozen=True)
class Library:
    """Everything `answer` needs."""

    corpus: Corpus
    retriever: Retriever

    def answer(self, query: Query, context: Context, now: float) -> tuple[Answer, Context]:
        """See answering.answer."""
        return answer(query, context, self.retriever, now)

    def hears_danger(self, text: str) -> bool:
        """True when `text` says by its words or by its meaning that someone is in danger now."""
        return is_danger(text) or is_meant(text, self.retriever.meant)

    def hear_case(self, text: str) -> Heard:
        """What `text` says of a case by its letters and its meaning."""
        vector = self.retriever.signals.vector(text, ENCODER)
        return NOTHING if vector is None else heard(text, vector)

    def hears_distress(self, text: str) -> bool:
        """True when `text` is of a writer who is hurt, worn out, or has hurt someone."""
        status = named_status(text, self.retriever.meant, self.retriever.unlike)
        return status is not None and supports(status)

    def suspects_danger(self, text: str) -> bool:
        """True when `text` may speak of danger now: the writer is to be asked."""
        return is_possible(text, self.retriever.unlike)


def encoders() -> dict[str, Encoder]:
    """The encoders of this version, by the name the signals know them under, each loaded once."""
    return {"e5": load_e5()}


def open_library(settings: Settings) -> Library:
    """Load the library of `settings`; GuidebookError says what is missing."""
    corpus = load_corpus(settings.corpus)
    loaded = encoders()
    index = load(settings.index, corpus, [encoder.name for encoder in loaded.values()])
    return Library(corpus, Retriever(corpus, index, loaded, load_fusion()))
