"""Find the intent of a message. This is the one NLU component in config.yml.

It promises that the same training data gives the same model, that no pickle is written or read, and
that a model never runs on another encoder than it was trained with. It does not decide what happens
when no intent is likely: Rasa's FallbackClassifier does.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import intent_model, locations, nonsense, sentence_encoder, text_features
from bot.errors import EncoderChangedError
from bot.intent_model import IntentModel, Settings
from bot.known_vectors import KnownVectors

ENCODER_FILE = "encoder.json"
RANKED_INTENTS = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceIntentClassifier(IntentClassifier, GraphComponent):
    """Train, keep and run an IntentModel inside Rasa."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return what config.yml may set."""
        settings = Settings()
        return {
            "sentence_weight": settings.sentence_weight,
            "inverse_regularisation": settings.inverse_regularisation,
            "max_iterations": settings.max_iterations,
            "nonsense_sentences": settings.nonsense_sentences,
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        """Hold the settings and, once trained or loaded, the model."""
        self._settings = Settings(**{name: config[name] for name in self.get_default_config()})
        self._model_storage = model_storage
        self._resource = resource
        self._folder = locations.encoder_folder(os.environ)
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceIntentClassifier:
        """Make a component that is not trained yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceIntentClassifier:
        """Read the trained model; refuse it when the encoder on disk is another one."""
        with model_storage.read_from(resource) as folder:
            trained_with = json.loads((folder / ENCODER_FILE).read_text("utf-8"))["digest"]
            model = IntentModel.load(folder)
        component = cls(config, model_storage, resource, model)
        present = sentence_encoder.digest(component._folder)
        if present != trained_with:
            raise EncoderChangedError(
                f"The model was trained with encoder {trained_with[:12]}, but {component._folder} "
                f"holds {present[:12]}. Run `rasa train`, or put the other encoder back."
            )
        sentence_encoder.load_encoder(component._folder)
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Tell Rasa's training cache of the files it cannot see: the encoder and ours."""
        total = hashlib.sha256()
        total.update(sentence_encoder.digest(locations.encoder_folder(os.environ)).encode())
        for module in (sentence_encoder, text_features, nonsense, intent_model):
            total.update(Path(str(module.__file__)).read_bytes())
        total.update(nonsense.LINES.read_bytes())
        return total.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the labelled sentences and keep what was learned."""
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(INTENT) and example.get(TEXT)
        ]
        digest = sentence_encoder.digest(self._folder)
        known = KnownVectors(
            sentence_encoder.SentenceEncoder(self._folder, sentence_encoder.TRAINING_THREADS),
            digest,
            locations.sentence_vectors(os.environ),
        )
        self._model = IntentModel.fit(
            known,
            [example.get(TEXT) for example in examples],
            [example.get(INTENT) for example in examples],
            self._settings,
        )
        known.save()
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
            (folder / ENCODER_FILE).write_text(json.dumps({"digest": digest}), "utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and the ranking of each message."""
        if self._model is None or not messages:
            return messages
        encoder = sentence_encoder.load_encoder(self._folder)
        rankings = self._model.rank(encoder, [message.get(TEXT) or "" for message in messages])
        for message, ranking in zip(messages, rankings, strict=True):
            ranked = [
                {"name": name, "confidence": share} for name, share in ranking[:RANKED_INTENTS]
            ]
            message.set(INTENT, ranked[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranked, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as it is; no later component needs predictions on it."""
        return training_data
