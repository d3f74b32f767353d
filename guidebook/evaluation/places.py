"""Where the examination's files stand, and how a command gets at them.

Imports nothing heavy before it is asked for something.
"""

import os
from typing import TYPE_CHECKING

from guidebook.settings import ROOT as ROOT  # commands say places.ROOT
from guidebook.settings import Settings

if TYPE_CHECKING:
    from guidebook.corpus import Corpus
    from guidebook.evaluation.questions import Question

QUESTIONS = ROOT / "evaluation" / "questions"
MASKING = ROOT / "evaluation" / "masking"
QRELS = ROOT / "evaluation" / "qrels.jsonl"
BASELINE = ROOT / "evaluation" / "baselines" / "baseline.json"
NETS = ROOT / "evaluation" / "nets"
TALKS = ROOT / "evaluation" / "talks.jsonl"
TOLD = ROOT / "evaluation" / "told.yml"
NLU = ROOT / "data" / "nlu"
RESULTS = ROOT / "results"

SPLITS = ("development", "test", "all")


def settings() -> Settings:
    """The settings of this process."""
    return Settings.from_environ(os.environ)


def corpus() -> "Corpus":
    """The corpus the settings name."""
    from guidebook.corpus import load_corpus

    return load_corpus(settings().corpus)


def questions(split: str) -> "list[Question]":
    """The questions of a split, or all."""
    from guidebook.evaluation.questions import load_questions

    return [item for item in load_questions(QUESTIONS) if split in ("all", item.split)]
