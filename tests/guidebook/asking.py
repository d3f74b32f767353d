"""What tests of whole answers share: the time they are asked at, and whose words may be shown."""

from collections.abc import Callable

from guidebook import messages
from guidebook.context import Context
from guidebook.corpus import Corpus
from guidebook.reply import Reply

NOW = 1_800_000_000.0
UNDP = "undp-women-leaders-conference-2022"
UN = "un-police-cooperation-day-2023"
UNIDO = "unido-women-leather-2023"

Ask = Callable[..., tuple[Reply, Context]]


def own_words(reply: Reply, corpus: Corpus) -> None:
    """Fail unless everything shown is a slice of a document or a message."""
    said = set("\n".join(messages.catalogue(reply.lang).values()).split("\n"))
    cited = "\n".join(citation.quote for citation in reply.citations)
    shown = [reply.text, reply.lead or "", *reply.steps, *reply.more]
    for line in "\n".join(shown).split("\n"):
        assert line in said or line in cited or any(line in d.text for d in corpus.documents), line
    for citation in (*reply.citations, *reply.nearest):
        document = corpus.document(citation.document_id)
        assert document is not None
        assert citation.digest == document.digest
        assert citation.quote == document.text[citation.start : citation.end] != ""
    headings = {
        wording.heading for passage in corpus.passages for wording in corpus.wordings(passage)
    }
    for suggestion in reply.suggestions:
        assert (
            suggestion.payload in headings
            or suggestion.payload in said
            or reply.status.startswith("clarify")
        )
