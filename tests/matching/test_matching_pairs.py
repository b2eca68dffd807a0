"""What tells that two sentences say the same is read alike whichever side they stand on, and does not depend on how much is compared at once."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from graphkit.matching.numbers.conflicts import _has_number
from graphkit.matching.pairs import network
from graphkit.matching.pairs.coverage import COVERED, coverage
from graphkit.matching.pairs.features import FEATURES, pair_features
from graphkit.matching.pairs.network import Case
from graphkit.matching.pairs.ranks import ranks
from graphkit.matching.pairs.sentences import Sentence, build
from graphkit.matching.pairs.weighing import words_of_story

TOLD = {
    "a": (
        "The Sampleton bridge fell on Monday.",
        "She said that twelve people died.",
        "It was built in Sampleton by Ada Example.",
    ),
    "b": ("A bridge in Sampleton collapsed on Tuesday.", "Twelve people died.", "It will be built again."),
    "c": ("Twelve people died in Sampleton on Monday.", "", "Ada Example built the bridge."),
}


def _built(told):
    return build(
        [Sentence(f"{key}{place}", key, place, text) for key, texts in told.items() for place, text in enumerate(texts)]
    )


@pytest.fixture(name="story")
def _story():
    return _built(TOLD)


def _pairs(matrices):
    pairs = list(combinations(range(len(matrices.sentences)), 2))
    kept = [pair for pair in pairs if matrices.article_of[pair[0]] != matrices.article_of[pair[1]]]
    return tuple(np.array(side) for side in zip(*kept, strict=True))


def test_features_are_the_same_from_both_sides(story):
    words, (left, right) = words_of_story(story), _pairs(story)
    forth, back = coverage(story, words, left, right), coverage(story, words, right, left)
    assert set(forth) == set(COVERED)
    for name in COVERED:
        assert np.isfinite(forth[name]).all(), name
        assert (forth[name] == back[name]).all(), name
    assert pair_features(story, words, left, right).shape == (len(left), len(FEATURES))


def test_what_the_other_article_says_elsewhere_is_told_from_what_it_never_says(story):
    words = words_of_story(story)
    number = {sentence.name: row for row, sentence in enumerate(story.sentences)}

    def of(one, two):
        found = coverage(story, words, np.array([number[one]]), np.array([number[two]]))
        return {name: float(values[0]) for name, values in found.items()}

    elsewhere, never = of("a2", "c0"), of("a2", "b0")
    assert elsewhere["in_article_most"] == pytest.approx(1.0), "Ada Example built it, says the third article in another place"
    assert never["in_article_least"] < 1.0
    assert of("a1", "b1")["pronouns_most"] == 1.0
    assert of("a1", "b1")["reported_most"] == 1.0
    assert (of("a0", "c0")["same_days"], of("a0", "c0")["other_days"]) == (1.0, 0.0)
    assert (of("a0", "b0")["same_days"], of("a0", "b0")["other_days"]) == (0.0, 1.0)
    assert of("a2", "b2")["open_differs"] == 1.0


def test_letters_of_any_script_and_nothing_are_covered():
    story = _built({"a": ("İstanbul ﬁrst \ud800", "", "..."), "b": ("ΑΣ ŉ ẞ", "\u0307", "12")})
    left, right = _pairs(story)
    found = coverage(story, words_of_story(story), left, right)
    assert all(np.isfinite(values).all() for values in found.values())


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 1_030])
def test_a_product_in_pieces_is_the_product(count):
    dice = np.random.default_rng(count)
    rows, by = dice.normal(size=(count, 7)), dice.normal(size=(7, 3))
    assert np.allclose(network.product(rows, by), rows @ by, atol=1e-12)


def test_many_pairs_are_scored_as_each_alone(story):
    words, (left, right) = words_of_story(story), _pairs(story)
    dice = np.random.default_rng(1)
    features = pair_features(story, words, left, right)
    parameters = {name: dice.normal(0, 0.3, shape) for name, shape in network.shapes(features.shape[1]).items()}
    times = 60
    case = Case(words, np.tile(left, times), np.tile(right, times), np.tile(features, (times, 1)))
    means, deviations = features.mean(axis=0), features.std(axis=0) + 0.1
    found = network.logits(parameters, case, means, deviations)
    assert len(found) > 1_024, "more than are scored at once"
    standard = network.standardise(case.features, means, deviations)
    assert np.allclose(found, network.run(parameters, replace(case, features=standard)).logits, atol=1e-12)
    assert np.allclose(found.reshape(times, -1), found[: len(left)], atol=1e-12)


def test_the_likest_of_a_story_stand_highest(story):
    left, right = _pairs(story)
    found = ranks(story, (left, right), {"stems": story.products["stems"][left, right]})["stems"]
    order = np.argsort(story.products["stems"][left, right], kind="stable")
    assert ((found >= 0) & (found < 1)).all()
    assert found[order[-1]] == found.max()
    assert found[order[0]] == 0.0


@pytest.mark.parametrize(
    ("text", "is_numbered"),
    [
        ("In 2031.", True), ("Some ² of it", True), ("Nobody came.", True), ("None", True), ("none.", False), ("No", True),
        ("Twenty came", True), ("the often told", False), ("A dozen", True), ("Noon", False), ("", False),
    ],
)  # fmt: skip
def test_a_text_without_numbers_is_known_at_once(text, is_numbered):
    assert _has_number(text) is is_numbered
