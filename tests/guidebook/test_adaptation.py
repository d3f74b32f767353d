"""An adaptation learns, computes the same in ONNX as in torch, and names its vectors."""

from pathlib import Path

import numpy as np
import pytest
import torch

from guidebook.adaptation import NOTHING, Adaptation, load_adaptation, save_adaptation
from guidebook.corpus import Corpus
from guidebook.encoder import E5_NAME, E5Encoder, e5_weights, load_e5
from guidebook.evaluation.fitting_encoder import LOWER, Examples, fit, lower_states
from guidebook.evaluation.phrasings import is_kept_back
from guidebook.evaluation.upper_layers import UpperLayers
from guidebook.whitening import centres_of

TEXTS = ["Can I refuse an FIR?", "پرچہ کیسے درج ہوتا ہے؟", "medical"]
RANK = 4


def by_chance(seed: int) -> Adaptation:
    """Narrow matrices of the first upper layer's question part."""
    random = np.random.default_rng(seed)
    width, name = e5_weights().shape.hidden, f"l{LOWER}.q"
    down = {name: random.normal(size=(RANK, width)).astype(np.float32)}
    return Adaptation(down, {name: 0.5 * down[name].T}, f"seed{seed}")


def test_without_any_the_vectors_are_the_models_own_and_with_one_they_are_not() -> None:
    weights = e5_weights()
    plain = E5Encoder(weights, NOTHING).encode_queries(TEXTS)
    adapted = E5Encoder(weights, by_chance(1)).encode_queries(TEXTS)
    assert ((plain * adapted).sum(axis=1) < 0.999).all()


def test_each_adaptation_gives_the_encoder_a_name_of_its_own() -> None:
    weights = e5_weights()
    assert E5Encoder(weights, NOTHING).name == E5_NAME
    assert E5Encoder(weights, by_chance(1)).name == f"{E5_NAME}-seed1"
    assert load_e5().name == f"{E5_NAME}-{load_adaptation().version}"


def test_the_graph_computes_what_the_layers_that_learn_compute() -> None:
    encoder, kept = load_e5(), load_adaptation()
    states = lower_states(TEXTS, e5_weights(), encoder.tokens)
    rank = len(next(iter(kept.down.values())))
    net = UpperLayers(e5_weights(), LOWER, rank).eval()
    for part in net.adapted():
        part.down.data = torch.from_numpy(kept.down[part.name])
        part.up.data = torch.from_numpy(kept.up[part.name])
    with torch.no_grad():
        learnt = net(states).numpy()
    assert (learnt * encoder.encode_queries(TEXTS)).sum(axis=1) == pytest.approx(1.0, abs=2e-3)


def test_what_is_saved_reads_back_with_a_version_of_its_bytes(tmp_path: Path) -> None:
    one, other = by_chance(1), by_chance(2)
    for name, made in (("one", one), ("other", other)):
        save_adaptation(tmp_path / f"{name}.npz", made.down, made.up)
    read = load_adaptation(tmp_path / "one.npz")
    for name, values in one.down.items():
        assert read.down[name] == pytest.approx(values, abs=2e-3)
        assert read.up[name] == pytest.approx(one.up[name], abs=2e-3)
    assert read.version != load_adaptation(tmp_path / "other.npz").version


def test_phrasings_it_never_saw_find_their_passage_more_often_than_in_the_model_as_it_comes(
    real_corpus: Corpus,
) -> None:
    passages = real_corpus.passages[::30]
    asked = [(text, at) for at, one in enumerate(passages) for text in one.asked_as]
    owners = np.asarray([at for _, at in asked])
    away = np.asarray([is_kept_back(text) for text, _ in asked])
    assert away.sum() >= 40

    def right(encoder: E5Encoder) -> float:
        vectors = encoder.encode_queries([text for text, _ in asked])
        centres = centres_of(vectors[~away], owners[~away], len(passages))
        centres -= centres.mean(axis=0)
        return float(((vectors[away] @ centres.T).argmax(axis=1) == owners[away]).mean())

    assert right(load_e5()) > right(E5Encoder(e5_weights(), NOTHING))


def test_learning_changes_every_layer_it_may_and_judges_what_is_kept_back() -> None:
    asked = {
        "fir": ("register the report", "can a clerk refuse the FIR", "write the FIR now", "FIR?"),
        "tea": ("how to brew tea", "boil water for tea", "tea leaves how many", "tea?"),
    }
    texts = [text for phrasings in asked.values() for text in phrasings]
    owners = np.repeat(np.arange(len(asked)), 4)
    kept_back = np.arange(len(texts)) % 4 == 3
    encoder = load_e5()
    told: list[str] = []
    examples = Examples(texts, ["phrasing"] * len(texts), owners, kept_back)
    fitted = fit(examples, e5_weights(), encoder.tokens, told.append)
    ((sort, count, before, after),) = fitted.figures
    assert (sort, count) == ("phrasing", kept_back.sum())
    assert 0.0 <= before <= after <= 1.0
    assert fitted.down.keys() == fitted.up.keys() == load_adaptation().down.keys()
    assert all(np.abs(values).max() > 0 for values in fitted.up.values())
    assert told[0].startswith(f"{len(texts)} texts")
