"""The training command of the scorer works on a small folder of invented topics, and gives the same weights each time."""

import json
import random
from itertools import combinations

import numpy as np
import pytest

from graphkit.errors import GraphkitError
from graphkit.matching.pairs import network
from graphkit.matching.pairs.network import Case
from graphkit.matching.pairs.sentences import Sentence, build
from graphkit.matching.pairs.weighing import words_of_story
from graphkit.matching.training import descent, duplicates, learning
from graphkit.matching.training.command import learn


def test_the_threshold_keeps_to_the_precision_asked_for():
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
    same = np.array([True, True, False, True, False, False])
    assert learning.best_threshold(scores, same, 3, least_precision=0.7) == 0.6
    assert learning.best_threshold(scores, same, 3, least_precision=1.0) == 0.8
    assert learning.best_threshold(scores, ~same, 3, least_precision=1.0) in scores, (
        "the best there is, where none is precise enough"
    )


@pytest.fixture(name="case")
def _case():
    """Sentences of three articles that share some words, with two invented features a pair."""
    sentences = [
        Sentence(f"{article}-{place}", article, place, text)
        for article, texts in (
            ("a", ("The Sample river bridge fell on Monday.", "Twelve people died in the water.", "")),
            ("b", ("A bridge over the Sample collapsed.", "Rescuers said that 12 were killed.")),
            ("c", ("The minister denied it.", "Twelve people died, and the bridge is gone.")),
        )
        for place, text in enumerate(texts)
    ]
    matrices = build(sentences)
    left, right = (
        np.array(side) for side in zip(*combinations(range(len(sentences)), 2), strict=True)
    )  # fmt: skip
    dice = np.random.default_rng(4)
    return Case(words_of_story(matrices), left, right, dice.normal(size=(len(left), 2)))


def _parameters(dice):
    """Return parameters none of which is 0, so that each has a part in the result."""
    return {name: dice.normal(0, 0.3, shape) for name, shape in network.shapes(2).items()}


def test_the_gradient_is_the_slope_of_the_loss(case):
    dice = np.random.default_rng(5)
    parameters, noise = _parameters(dice), descent._noise(case, dice)
    same = dice.random(len(case.left)) < 0.3

    def loss():
        logits = network.run(parameters, case, noise).logits
        return float(np.sum(np.logaddexp(0, logits) - same * logits))

    done = network.run(parameters, case, noise)
    slopes = descent.gradient(parameters, case, done, 1 / (1 + np.exp(-done.logits)) - same)
    assert slopes.keys() == parameters.keys()
    step = 1e-4
    for name, values in parameters.items():
        assert slopes[name].shape == values.shape
        for cell in dice.choice(values.size, size=min(12, values.size), replace=False):
            kept = values.flat[cell]
            values.flat[cell] = kept + step
            above = loss()
            values.flat[cell] = kept - step
            below = loss()
            values.flat[cell] = kept
            # the overlap is rounded to nine decimals
            assert slopes[name].flat[cell] == pytest.approx((above - below) / (2 * step), rel=1e-3, abs=1e-3), (name, cell)


def test_the_overlap_is_the_same_both_ways_and_between_none_and_all(case):
    weights = np.random.default_rng(6).uniform(0, 3, (len(case.words.stem_of), network.HEADS))
    forth = network.overlap_of(case.words, weights, case.left, case.right).columns
    back = network.overlap_of(case.words, weights, case.right, case.left).columns
    assert (forth == back).all()
    shares = forth[:, : 3 * network.HEADS]
    assert ((shares >= 0) & (shares <= 1)).all()
    alone = network.overlap_of(case.words, weights, case.left, case.left).columns[:, : network.HEADS]
    assert alone.max() == pytest.approx(1.0, abs=1e-5), "a sentence is wholly in itself"


def test_a_word_is_found_where_its_stem_stands_and_in_part_where_a_like_word_does():
    sentences = [
        Sentence("1", "a", 0, "Many died."),
        Sentence("2", "b", 0, "Many were killed."),
        Sentence("3", "c", 0, "Dying bridge."),
    ]
    words = words_of_story(build(sentences))
    died, killed = (words.stem_of[words.sentence_of == row][-1] for row in (0, 1))
    found = words.found.toarray()
    assert found[died, 0] == found[killed, 1] == 1.0
    assert 0 < found[died, 1] < 1
    assert found[killed, 0] == found[died, 1]
    assert ((found >= 0) & (found <= 1)).all()


def test_letters_that_change_their_number_in_lower_case_are_read():
    sentences = [
        Sentence("1", "a", 0, "İmamoğlu ﬁrst İ ŉ ẞ."),
        Sentence("2", "b", 0, "İMAMOĞLU \u0307 İİ"),
        Sentence("3", "b", 1, "\ud800"),
    ]
    words = words_of_story(build(sentences))
    assert np.isfinite(words.traits).all()
    assert words.found.shape[1] == len(sentences)


def test_a_network_tells_apart_what_can_be_told_apart(case):
    same = case.features[:, 0] > 0.5
    parameters = descent.learn([case], [same.astype(float)], steps=300)
    chances = 1 / (1 + np.exp(-network.run(parameters, case).logits))
    assert chances[same].min() > chances[~same].max()
    again = descent.learn([case], [same.astype(float)], steps=300)
    assert all((again[name] == values).all() for name, values in parameters.items())


def test_the_mean_of_networks_is_one_network(case):
    dice = np.random.default_rng(7)
    members = [_parameters(dice) for _ in range(3)]
    together = network.mean_of(members)
    assert {name: values.shape for name, values in together.items()} == network.shapes(2, 3)
    apart = np.mean([network.run(one, case).logits for one in members], axis=0)
    assert network.run(together, case).logits == pytest.approx(apart, abs=1e-9)


PAIRS = (
    ("A bridge over the Sample fell.", "The Sample bridge collapsed.", "same"),
    ("Twelve people died.", "Twelve people were told to leave.", "different"),
    ("...", "Nothing stands on the other side.", "different"),
    ("A court in Sampleville freed the driver.", "The driver was freed by a court in Sampleville.", "same"),
)


def _write_duplicates(path, pairs=PAIRS):
    rows = ({"a": one, "b": two, "label": label} for one, two, label in pairs)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_near_duplicates_lie_beside_each_other_and_none_is_found_in_another(tmp_path):
    _write_duplicates(tmp_path / "some.jsonl")
    [(case, same)] = duplicates.read_duplicates(tmp_path / "some.jsonl")
    assert same.tolist() == [1.0, 0.0, 1.0], "a sentence without words has no overlap"
    assert (case.left.tolist(), case.right.tolist()) == ([0, 2, 4], [1, 3, 5])
    found = case.words.found.toarray()
    for sentence_of, stem_of in zip(case.words.sentence_of, case.words.stem_of, strict=True):
        assert found[stem_of, sentence_of] == 1.0
        assert not np.delete(found[stem_of], [sentence_of, sentence_of ^ 1]).any()


def test_near_duplicates_teach_what_words_weigh_and_their_rate_of_the_same_is_their_own(case, tmp_path):
    _write_duplicates(tmp_path / "some.jsonl", [(one, two, "same") for one, two, _ in PAIRS])
    beside = duplicates.read_duplicates(tmp_path / "some.jsonl")
    same = [np.zeros(len(case.left))]
    alone, taught = (descent.learn([case], same, beside=taught_by, steps=60) for taught_by in ((), beside))
    assert alone.keys() == taught.keys() == network.shapes(2).keys(), "the sum of the near-duplicates does not ship"
    assert not np.allclose(alone["traits"], taught["traits"])
    assert network.run(taught, case).logits.max() < 0, "pairs that all are the same beside do not make others so"


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
    _write_duplicates(tmp_path / "pairs" / duplicates.FILE)
    return tmp_path


def test_learning_measures_on_topics_left_out_and_repeats_itself(folder):
    table = json.loads(learn(folder, steps=100))
    assert 0 < table["threshold"] <= 1
    assert table["measured"]["f1"] > 0.9
    assert set(table["measured"]["f1_by_topic"]) == {"0", "1", "2"}
    assert [len(fold["topics"]) for fold in table["measured"]["folds"]] == [1, 1, 1]
    assert json.loads(learn(folder, steps=100)) == table


def test_a_folder_without_pairs_is_named(tmp_path):
    with pytest.raises((GraphkitError, OSError), match="same_claim"):
        learn(tmp_path)
