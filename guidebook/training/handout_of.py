"""Find what a name stands for, and compose its handout: session file, form, scenario or topic."""

from datetime import date
from pathlib import Path
from typing import get_args

from guidebook.corpus import Corpus
from guidebook.errors import HandoutError
from guidebook.training.content import Training
from guidebook.training.handout import Handout
from guidebook.training.handout_form import form_handout
from guidebook.training.handout_scenario import scenario_handout
from guidebook.training.handout_session import session_handout
from guidebook.training.handout_topic import topic_handout
from guidebook.training.quiz_run import FORMS
from guidebook.training.session import Session, read_session
from guidebook.vocabulary import Lang, Topic


def handout_of(
    name: str,
    training: Training,
    corpus: Corpus,
    lang: Lang,
    made_on: date,
    *,
    facilitator: bool = False,
    one_page: bool = False,
) -> Handout:
    """The handout of `name`; HandoutError tells what there is when nothing has that name."""
    if name.endswith(".json"):
        return session_handout(_session(Path(name)), corpus, lang, made_on, one_page=one_page)
    if name in FORMS:
        return form_handout(training, corpus, name, lang, made_on, facilitator=facilitator)
    for file in training.scenarios:
        if file.content.id == name:
            return scenario_handout(file.content, corpus, lang, made_on, facilitator=facilitator)
    for topic in get_args(Topic):
        if topic == name:
            return topic_handout(training, corpus, topic, lang, made_on)
    scenarios = ", ".join(file.content.id for file in training.scenarios)
    raise HandoutError(
        f"Nothing to print is named {name!r}; take a topic ({', '.join(get_args(Topic))}), "
        f"a scenario ({scenarios}), {' or '.join(FORMS)}, or the path of a session.json."
    )


def _session(path: Path) -> Session:
    try:
        return read_session(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise HandoutError(
            f"Cannot read {path} ({error.strerror}); give the path of a session.json."
        ) from error
    except UnicodeDecodeError as error:
        raise HandoutError(
            f"{path} is not UTF-8; take the session.json that ending a workshop wrote."
        ) from error
