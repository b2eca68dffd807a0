"""The training command of the scorer works on a small folder of invented topics, and gives the same weights each time."""

import json
import random

import numpy as np
import pytest

from graphkit.errors import GraphkitError
from graphkit.matching.training import learning
from graphkit.matching.training.command import learn


def test_the_threshold_keeps_to_the_precision_asked_for():
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
    same = np.array([True, True, False, True, False, False])
    assert learning.best_threshold(scores, same, 3, least_precision=0.7) == 0.6
    assert learning.best_threshold(scores, same, 3, least_precision=1.0) == 0.8
    assert learning.best_threshold(scores, ~same, 3, least_precision=1.0) in scores, (
        "the best there is, where none is precise enough"
    )


def test_a_regression_tells_apart_what_can_be_told_apart():
    dice = np.random.default_rng(1)
    features = dice.normal(size=(400, 3))
    same = features[:, 0] > 0.5
    chances = learning.fit(features, same, penalty=1.0)(features)
    assert chances[same].min() > chances[~same].mean()
    assert ((chances >= 0) & (chances <= 1)).all()


@pytest.fixture
def folder(tmp_path):
    """Three topics of four short articles, each fact told twice in changed order, in the layout of the shared data."""
    dice = random.Random(3)
    rows, positives = [], []
    for topic in range(3):
        facts = [[f"Name{topic}{fact}{word}" for word in range(6)] for fact in range(5)]
        told = {}
        for doc in range(4):
            for place, fact in enumerate(dice.sample(range(5), 4)):
                words = dice.sample(facts[fact], 5)
                name = f"{topic}-{doc}-{place}"
                rows.append(
                    {"id": name, "topic": str(topic), "doc": f"{topic}-{doc}", "sentence": place, "text": " ".join(words) + "."}
                )
                positives += [{"a": other, "b": name} for other in told.get(fact, ())]
                told.setdefault(fact, []).append(name)
    (tmp_path / "pairs").mkdir()
    for name, listed in (("sentences", rows), ("positives", positives)):
        text = "".join(json.dumps(row) + "\n" for row in listed)
        (tmp_path / "pairs" / f"same_claim_{name}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def test_learning_measures_on_topics_left_out_and_repeats_itself(folder):
    table = json.loads(learn(folder))
    assert 0 < table["threshold"] <= 1
    assert table["measured"]["f1"] > 0.9
    assert set(table["measured"]["f1_by_topic"]) == {"0", "1", "2"}
    assert [len(fold["topics"]) for fold in table["measured"]["folds"]] == [1, 1, 1]
    assert json.loads(learn(folder)) == table


def test_a_folder_without_pairs_is_named(tmp_path):
    with pytest.raises((GraphkitError, OSError), match="same_claim"):
        learn(tmp_path)
