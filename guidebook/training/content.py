"""The workshop's content: quiz items by topic, the two forms, and branching scenarios.

`load_training` reads `training/` whole or raises TrainingError with every fault of shape; each
file keeps its text, so that a later fault still has a line. It does not ask whether the parts fit
together or what a passage says: check.py does the first, a reader the second.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from guidebook.corpus import Corpus
from guidebook.corpus_yaml import load_yaml, yaml_fault
from guidebook.errors import TrainingError
from guidebook.faults import Fault
from guidebook.training.schema import Forms, Quiz, QuizItem, Scenario
from guidebook.yaml_places import Place, doubled_keys, line_of_place

Content = TypeVar("Content", bound=BaseModel)


@dataclass(frozen=True)
class TrainingFile(Generic[Content]):
    """One file: what it says, and the text it says it in."""

    path: Path
    text: str
    content: Content

    def fault(self, place: Place, value: object, remedy: str) -> Fault:
        """A fault at `place` in this file."""
        name = ".".join(str(part) for part in place)
        return Fault(self.path, line_of_place(self.text, place), name, str(value), remedy)


@dataclass(frozen=True)
class Training:
    """Everything a workshop asks and plays."""

    folder: Path
    quizzes: tuple[TrainingFile[Quiz], ...]
    forms: TrainingFile[Forms]
    scenarios: tuple[TrainingFile[Scenario], ...]

    @property
    def items(self) -> tuple[QuizItem, ...]:
        """All quiz items, in the order of their files."""
        return tuple(item for quiz in self.quizzes for item in quiz.content.items)

    def item(self, item_id: str) -> QuizItem | None:
        """The quiz item of that id."""
        return next((item for item in self.items if item.id == item_id), None)


def load_training(folder: Path) -> Training:
    """The content under `folder`; TrainingError carries all faults of shape."""
    faults: list[Fault] = []
    quizzes = [_read(path, Quiz, faults) for path in sorted(folder.glob("quizzes/*.yml"))]
    scenarios = [_read(path, Scenario, faults) for path in sorted(folder.glob("scenarios/*.yml"))]
    forms = _read(folder / "forms.yml", Forms, faults)
    for name, found in (("quizzes", quizzes), ("scenarios", scenarios)):
        if not found:
            remedy = "write at least one file here."
            faults.append(Fault(folder / name, 1, "files", "none", remedy))
    if faults or forms is None:
        raise TrainingError(faults)
    return Training(
        folder=folder,
        quizzes=tuple(one for one in quizzes if one is not None),
        forms=forms,
        scenarios=tuple(one for one in scenarios if one is not None),
    )


def passage_remedy(corpus: Corpus, passage_id: str) -> str | None:
    """What to do about a passage that cannot be shown as a reason; None when it can."""
    document = corpus.document(passage_id.partition("/")[0])
    if document is None or corpus.passage(passage_id) is None:
        return "no passage of the corpus has this id; name one that holds the reason."
    if document.superseded_by is not None:
        return f"its document is superseded; look in {document.superseded_by}."
    if document.kind == "known-gap":
        return "it says what is not known; name a passage that holds the reason."
    return None


def _read(path: Path, schema: type[Content], faults: list[Fault]) -> TrainingFile[Content] | None:
    try:
        text = path.read_bytes().decode("utf-8")
        loaded = load_yaml(text)
        doubled = list(doubled_keys(text))
        faults += [Fault(path, line, key, "there twice", "keep one.") for line, key in doubled]
        return TrainingFile(path, text, schema.model_validate(loaded))
    except FileNotFoundError:
        faults.append(Fault(path, 1, "file", "missing", "write it; see docs/workshop.md."))
    except UnicodeDecodeError:
        faults.append(Fault(path, 1, "encoding", "not UTF-8", "save the file as UTF-8."))
    except yaml.YAMLError as error:
        faults.append(yaml_fault(error, path, "YAML", 1))
    except ValidationError as error:
        faults.extend(_shape_faults(error, path, text))
    return None


def _shape_faults(error: ValidationError, path: Path, text: str) -> list[Fault]:
    faults = []
    for item in error.errors(include_url=False):
        place = tuple(item["loc"])
        missing = item["type"] == "missing"
        faults.append(
            Fault(
                path,
                line_of_place(text, place),
                ".".join(str(part) for part in place) or "file",
                "missing" if missing else str(item.get("input")),
                "add it." if missing else f"{item['msg']}.",
            )
        )
    return faults
