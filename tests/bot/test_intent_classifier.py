"""The NLU component inside Rasa: train, keep, load, and notice what changed."""

from __future__ import annotations

import json
import shutil
import tarfile
from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import intent_classifier, locations, sentence_encoder
from bot.errors import EncoderChangedError, EncoderMissingError
from bot.intent_classifier import ENCODER_FILE, SentenceIntentClassifier

EXAMPLES = {
    "greet": ["hello", "salam", "good morning", "hi there"],
    "thank": ["thank you", "thanks a lot", "bohat shukria", "many thanks"],
    "ask_guidance": ["how to register an fir", "medical exam time limit", "fir kaise darj karein"],
}
CONTEXT = ExecutionContext(GraphSchema({}))
CONFIG = SentenceIntentClassifier.get_default_config()
RESOURCE = Resource("classifier")


@pytest.fixture
def trained(tmp_path: Path) -> tuple[LocalModelStorage, SentenceIntentClassifier]:
    storage = LocalModelStorage.create(tmp_path)
    component = SentenceIntentClassifier.create(CONFIG, storage, RESOURCE, CONTEXT)
    component.train(
        TrainingData(
            [
                Message.build(text=text, intent=intent)
                for intent, texts in EXAMPLES.items()
                for text in texts
            ]
        )
    )
    return storage, component


def classify(component: SentenceIntentClassifier, text: str) -> Message:
    (message,) = component.process([Message.build(text=text)])
    return message


def test_it_learns_its_lines_and_ranks_every_intent(
    trained: tuple[LocalModelStorage, SentenceIntentClassifier],
) -> None:
    message = classify(trained[1], "hello good morning")
    assert message.get("intent")["name"] == "greet"
    ranking = message.get("intent_ranking")
    assert ranking[0]["name"] == "greet"
    assert sorted(entry["name"] for entry in ranking) == sorted(EXAMPLES)
    assert sum(entry["confidence"] for entry in ranking) <= 1.0


@pytest.mark.parametrize("text", ["...", "???", "1234", "۱۲۳", " "])
def test_no_letters_no_intent(
    trained: tuple[LocalModelStorage, SentenceIntentClassifier], text: str
) -> None:
    assert classify(trained[1], text).get("intent")["confidence"] == 0.0


def test_a_loaded_model_says_the_same(
    trained: tuple[LocalModelStorage, SentenceIntentClassifier],
) -> None:
    storage, component = trained
    loaded = SentenceIntentClassifier.load(CONFIG, storage, RESOURCE, CONTEXT)
    for text in ("salam", "thanks", "fir darj", "wqxz"):
        before = classify(component, text).get("intent")
        after = classify(loaded, text).get("intent")
        assert before["name"] == after["name"]
        assert before["confidence"] == pytest.approx(after["confidence"], abs=1e-4)


def test_nothing_executable_is_kept(
    trained: tuple[LocalModelStorage, SentenceIntentClassifier],
) -> None:
    with trained[0].read_from(RESOURCE) as folder:
        names = sorted(path.name for path in folder.iterdir())
    assert names == [ENCODER_FILE, "intent_model.json", "intent_model.npz"]


def test_the_archive_knows_no_path_of_this_machine(model: Path) -> None:
    home = str(locations.ROOT).encode()
    with tarfile.open(model) as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member)
            assert file is None or home not in file.read(), member.name


def test_another_encoder_is_refused(
    trained: tuple[LocalModelStorage, SentenceIntentClassifier],
) -> None:
    storage = trained[0]
    with storage.write_to(RESOURCE) as folder:
        (folder / ENCODER_FILE).write_text(json.dumps({"digest": "0" * 64}), "utf-8")
    with pytest.raises(EncoderChangedError, match="rasa train"):
        SentenceIntentClassifier.load(CONFIG, storage, RESOURCE, CONTEXT)


def test_fingerprint_follows_the_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = SentenceIntentClassifier.fingerprint_addon(CONFIG)
    assert before == SentenceIntentClassifier.fingerprint_addon(CONFIG)
    copy = tmp_path / "encoder"
    shutil.copytree(locations.encoder_folder({}), copy)
    monkeypatch.setenv("GUIDEBOOK_ENCODER", str(copy))
    assert SentenceIntentClassifier.fingerprint_addon(CONFIG) == before
    with (copy / "model.onnx").open("ab") as file:
        file.write(b"\0")
    assert SentenceIntentClassifier.fingerprint_addon(CONFIG) != before


def test_fingerprint_follows_our_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = SentenceIntentClassifier.fingerprint_addon(CONFIG)
    changed = tmp_path / "nonsense.py"
    changed.write_text("# another module", "utf-8")
    monkeypatch.setattr(intent_classifier.nonsense, "__file__", str(changed))
    assert SentenceIntentClassifier.fingerprint_addon(CONFIG) != before


def test_fingerprint_follows_the_nonsense_written_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = SentenceIntentClassifier.fingerprint_addon(CONFIG)
    changed = tmp_path / "nonsense.yml"
    changed.write_text("- another line", "utf-8")
    monkeypatch.setattr(intent_classifier.nonsense, "LINES", changed)
    assert SentenceIntentClassifier.fingerprint_addon(CONFIG) != before


def test_an_absent_encoder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDEBOOK_ENCODER", str(tmp_path))
    with pytest.raises(EncoderMissingError, match="GUIDEBOOK_ENCODER"):
        SentenceIntentClassifier.fingerprint_addon(CONFIG)


def test_vectors_have_length_one_and_keep_their_order() -> None:
    encoder = sentence_encoder.load_encoder(locations.encoder_folder({}))
    sentences = [f"{'word ' * (number % 7)}{number}" for number in range(70)]
    vectors = encoder.encode(sentences)
    assert vectors.shape == (70, encoder.dimension)
    assert (vectors**2).sum(axis=1) == pytest.approx(1.0, abs=1e-4)
    for place in (0, 33, 69):
        assert vectors[place] @ encoder.encode([sentences[place]])[0] == pytest.approx(
            1.0, abs=1e-3
        )
    assert encoder.encode([]).shape == (0, encoder.dimension)
