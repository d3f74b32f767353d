"""The passages of one handout: each quoted once under a letter, each source once by number."""

from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.errors import HandoutError
from guidebook.reply import Citation
from guidebook.training.handout import Block, Heading, Line, Listed, Quoted, Words
from guidebook.training.handout_frame import number
from guidebook.training.reason import reason
from guidebook.vocabulary import Lang


class Passages:
    """Collects what a handout quotes, in the order it is first named."""

    def __init__(self, corpus: Corpus, lang: Lang) -> None:
        self._corpus = corpus
        self._lang = lang
        self._quoted: dict[str, Quoted] = {}
        self._sources: dict[tuple[str, str], int] = {}

    def letter(self, passage_id: str) -> str:
        """What a passage is called in this handout; it is quoted from then on."""
        return self.quote(passage_id).letter

    def quote(self, passage_id: str) -> Quoted:
        """The passage, word for word; HandoutError when the corpus no longer holds it."""
        if passage_id in self._quoted:
            return self._quoted[passage_id]
        found = reason(self._corpus, passage_id)
        if found is None:
            raise HandoutError(
                f"Passage {passage_id!r} is not in the corpus; run `guidebook training check`."
            )
        quoted = Quoted(
            letter=_letter(len(self._quoted)),
            heading=found.citation.heading,
            lines=found.lines,
            standing=self._standing(found.citation),
        )
        self._quoted[passage_id] = quoted
        return quoted

    def quoted(self) -> tuple[Quoted, ...]:
        """Every passage named so far."""
        return tuple(self._quoted.values())

    def sources(self) -> tuple[Block, ...]:
        """The numbered list of sources, for the end of the handout."""
        if not self._sources:
            return ()
        lines = tuple(
            Line(f"{place}.", Words(title, "en"), (Words(url, "en"),))
            for (title, url), place in self._sources.items()
        )
        label = Words(messages.text("handout_sources", self._lang), self._lang)
        return (Heading(label), *(Listed(Words("", "en"), (line,)) for line in lines))

    def _standing(self, citation: Citation) -> tuple[str, ...]:
        def say(key: str) -> str:
            return messages.text(key, self._lang)

        place = say(f"value_{citation.jurisdiction}")
        parts = [
            say(f"authority_{citation.authority}"),
            f"{say('plain_jurisdiction')}: {place}",
            f"{say('plain_checked_on')}: {number(citation.checked_on, self._lang)}",
            say(f"review_{citation.review_status}"),
        ]
        if citation.in_force_from is not None:
            parts.insert(
                2, f"{say('plain_in_force_from')}: {number(citation.in_force_from, self._lang)}"
            )
        if numbers := sorted({self._number(one.title, one.url) for one in citation.sources}):
            shown = ", ".join(str(one) for one in numbers)
            parts.append(f"{say('handout_sources')}: {shown}")
        return tuple(parts)

    def _number(self, title: str, url: str) -> int:
        return self._sources.setdefault((title, url), len(self._sources) + 1)


def _letter(number: int) -> str:
    """A, B, ... Z, A2, B2, ...: short enough to say in a room."""
    turn, place = divmod(number, 26)
    return chr(ord("A") + place) + (str(turn + 1) if turn else "")
