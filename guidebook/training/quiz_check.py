"""Check that quiz items and the two forms measure something, beyond their shape.

A form whose keys cluster, or whose right answer is the long one, is passed without knowledge; two
forms of different topics cannot be compared. Whether the key follows from its passage takes a
reader with the passage beside the item.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from guidebook.corpus import Corpus
from guidebook.faults import Fault
from guidebook.training.content import Training, passage_remedy
from guidebook.training.schema import OPTIONS, QuizItem

FORM_ITEMS = 15
ITEMS_A_TOPIC = 2  # one for each form
KEY_SLACK = 0.1  # of the items, between the commonest and the rarest position
LONGEST_KEYS = 0.4  # of the items; a quarter by chance


def ids_are_unique(training: Training, _: Corpus) -> Iterator[Fault]:
    """An id names one item; forms and charts count by it."""
    seen: dict[str, str] = {}
    for quiz in training.quizzes:
        for number, item in enumerate(quiz.content.items):
            if item.id in seen:
                remedy = f"{seen[item.id]} has it already; rename one."
                yield quiz.fault(("items", number, "id"), item.id, remedy)
            seen[item.id] = quiz.path.name


def topics_match_files(training: Training, corpus: Corpus) -> Iterator[Fault]:
    """A file holds one topic, and each topic of the guidance has its items."""
    counts = Counter(item.topic for item in training.items)
    for quiz in training.quizzes:
        for number, item in enumerate(quiz.content.items):
            if item.topic != quiz.path.stem:
                remedy = f"this file holds {quiz.path.stem}; move the item."
                yield quiz.fault(("items", number, "topic"), item.topic, remedy)
    folders = {one.path.parent for one in corpus.documents}
    for topic in sorted(one.name for one in folders if one.parent.name == "guidance"):
        if (count := counts[topic]) < ITEMS_A_TOPIC:  # type: ignore[index]  # a folder's name
            path = training.folder / "quizzes" / f"{topic}.yml"
            remedy = f"write at least {ITEMS_A_TOPIC}, one for each form."
            yield Fault(path, 1, "items", str(count), remedy)


def rationales_answer(training: Training, corpus: Corpus) -> Iterator[Fault]:
    """The passage of an item can be shown to the room, and belongs to the item's topic."""
    for quiz in training.quizzes:
        for number, item in enumerate(quiz.content.items):
            place = ("items", number, "rationale")
            if remedy := passage_remedy(corpus, item.rationale):
                yield quiz.fault(place, item.rationale, remedy)
                continue
            document = corpus.document(item.rationale.partition("/")[0])
            if document is not None and item.topic not in document.topics:
                remedy = f"its document is about {', '.join(document.topics)}, not {item.topic}."
                yield quiz.fault(place, item.rationale, remedy)


def options_differ(training: Training, _: Corpus) -> Iterator[Fault]:
    """No option stands twice, in either language."""
    for quiz in training.quizzes:
        for number, item in enumerate(quiz.content.items):
            for lang in ("en", "ur"):
                texts = [getattr(option, lang).strip() for option in item.options]
                for position, text in enumerate(texts):
                    if text in texts[:position]:
                        place = ("items", number, "options", position, lang)
                        yield quiz.fault(place, text, "another option says the same.")


def keys_are_spread(training: Training, _: Corpus) -> Iterator[Fault]:
    """No position and no length gives the right answer away."""
    folder, items = training.folder / "quizzes", training.items
    counts = _key_counts(items)
    if max(counts) - min(counts) > max(1, KEY_SLACK * len(items)):
        yield Fault(folder, 1, "key", _shown(counts), "spread the keys over the positions.")
    longest = sum(_key_is_longest(item) for item in items)
    if longest > max(1, LONGEST_KEYS * len(items)):
        value = f"the longest option in {longest} of {len(items)}"
        yield Fault(folder, 1, "key", value, "shorten right answers or lengthen wrong ones.")


def forms_are_balanced(training: Training, _: Corpus) -> Iterator[Fault]:
    """Both forms ask as much, about the same topics, with different items."""
    forms = training.forms
    for name in ("pre", "post"):
        ids: tuple[str, ...] = getattr(forms.content, name)
        if len(ids) != FORM_ITEMS:
            yield forms.fault((name,), f"{len(ids)} items", f"list {FORM_ITEMS}.")
        for number, item_id in enumerate(ids):
            if training.item(item_id) is None:
                yield forms.fault((name, number), item_id, "no quiz item has this id.")
            if item_id in ids[:number] or (name == "post" and item_id in forms.content.pre):
                yield forms.fault((name, number), item_id, "is asked already; take another.")
        counts = _key_counts([one for one in map(training.item, ids) if one is not None])
        if max(counts) - min(counts) > 2:
            yield forms.fault((name,), f"keys {_shown(counts)}", "spread them over the positions.")
    before, after = (_topics(training, ids) for ids in (forms.content.pre, forms.content.post))
    for topic in sorted(before.keys() | after.keys()):
        if before[topic] != after[topic]:
            value = f"{topic}: {before[topic]} before, {after[topic]} after"
            yield forms.fault(("post",), value, "ask as many of each topic in both forms.")


def _topics(training: Training, ids: Sequence[str]) -> Counter[str]:
    return Counter(item.topic for item in map(training.item, ids) if item is not None)


def _key_counts(items: Sequence[QuizItem]) -> list[int]:
    return [sum(item.key == position for item in items) for position in range(OPTIONS)]


def _shown(counts: Sequence[int]) -> str:
    return ", ".join(f"{number} at {position}" for position, number in enumerate(counts))


def _key_is_longest(item: QuizItem) -> bool:
    lengths = [len(option.en) for option in item.options]
    return all(lengths[item.key] > one for at, one in enumerate(lengths) if at != item.key)
