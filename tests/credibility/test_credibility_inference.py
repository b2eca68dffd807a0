import importlib
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.credibility.inference.copying import COPY_PRIOR, COPY_RATE, Copying, assess, find_copying, independence
from graphkit.credibility.inference.corpus import corpus_from_arrays, corpus_from_rows
from graphkit.credibility.inference.expected_odds import expected_log_odds
from graphkit.credibility.inference.model import Settings, count_votes, has_closed_answers, infer
from graphkit.credibility.inference.nesting import nested_places, reach_of, with_nesting

ROWS = st.lists(st.tuples(*(st.sampled_from([f"{kind}{k}" for k in range(5)]) for kind in ("s", "o", "v"))), min_size=1)


def brier(corpus, probability, answers):
    true = [answers[obj] == value for obj, value in map(corpus.claim_names, range(corpus.n_claims))]
    return float(((probability - np.array(true)) ** 2).mean())


def test_the_order_of_rows_never_shows(world):
    shuffled = world.rows[:]
    random.Random(1).shuffle(shuffled)
    one, other = assess(corpus_from_rows(world.rows)), assess(corpus_from_rows(shuffled))
    for field in ("probability", "score", "right", "wrong", "weight", "none"):
        assert getattr(one, field).tobytes() == getattr(other, field).tobytes()


@given(ROWS, st.randoms(use_true_random=False))
def test_any_rows_give_probabilities_in_any_order(rows, shuffler):
    result = assess(corpus_from_rows(rows))
    corpus = result.corpus
    total = corpus.sum_by_object(result.probability) + result.none
    assert np.allclose(total, 1)
    shuffler.shuffle(rows)
    assert assess(corpus_from_rows(rows)).probability.tobytes() == result.probability.tobytes()
    assert corpus.n_assertions == len(set(rows))


def test_under_copying_the_model_beats_votes_and_plain_em(world):
    corpus = corpus_from_rows(world.rows)
    full = brier(corpus, assess(corpus).probability, world.answers)
    plain = brier(corpus, infer(corpus, Settings(rho=0, popularity=0)).probability, world.answers)
    assert full < plain
    assert full < brier(corpus, count_votes(corpus), world.answers)


def test_copiers_are_found_and_hardly_anyone_else(world):
    kept: list[Copying] = []
    corpus = corpus_from_rows(world.rows)
    result = assess(corpus, copying=kept)
    later = {corpus.outlets[k] for k in kept[0].sure().later.tolist()}
    assert len(later & world.copiers) >= 0.9 * len(later)
    assert len(later & world.copiers) >= len(world.copiers) / 3
    weight = result.weight
    copies = np.array([corpus.outlets[k] in world.copiers for k in corpus.outlet.tolist()])
    assert weight[copies].mean() < weight[~copies].mean()


def test_where_nobody_copies_nobody_is_accused(request):
    made = request.config.pluginmanager.get_plugin(str(request.path.with_name("conftest.py")))
    kept: list[Copying] = []
    assess(corpus_from_rows(made.World(5, copiers=0).rows), copying=kept)
    assert kept[0].n_compared > 1_000
    assert len(kept[0].sure()) <= 1


def test_a_bloc_that_errs_together_does_not_win_by_being_many():
    """Seven outlets share one error on a third of the questions; the model must not take them for the better half."""
    random_ = random.Random(4)
    rows = []
    for k in range(300):
        bloc = "wrong" if k % 3 == 0 else "right"
        rows += [(f"bloc{s}", f"o{k:03d}", bloc) for s in range(7) if random_.random() < 0.8]
        rows += [(f"own{s}", f"o{k:03d}", "right" if random_.random() < 0.85 else f"e{s}") for s in range(6)]
    result = assess(corpus_from_rows(rows))
    at = {result.corpus.claim_names(claim): claim for claim in range(result.corpus.n_claims)}
    asked = [k for k in range(0, 300, 3) if (f"o{k:03d}", "right") in at]
    right = sum(result.probability[at[f"o{k:03d}", "right"]] > 0.5 for k in asked)
    assert right > 0.8 * len(asked)


def test_what_is_known_to_derive_counts_less():
    rows = [(f"s{k}", "o", "left") for k in range(4)] + [(f"t{k}", "o", "right") for k in range(3)]
    free = infer(corpus_from_rows(rows))
    derived = infer(corpus_from_rows(rows, weight=[1.0, 0.05, 0.05, 0.05, 1.0, 1.0, 1.0]))
    assert free.probability[0] > free.probability[1]
    assert derived.probability[0] < derived.probability[1]


def test_what_an_outlet_says_twice_counts_once_and_its_weightiest_row_is_kept():
    corpus = corpus_from_rows([("s", "o", "v"), ("s", "o", "v"), ("t", "o", "v")], weight=[0.3, 0.8, 1.0])
    assert corpus.n_assertions == 2
    assert corpus.weight.tolist() == [0.8, 1.0]
    assert corpus.row.tolist() == [1, 2]


def test_a_common_value_is_weaker_evidence_than_a_rare_one():
    common = [(f"s{k}", f"o{k}", "country") for k in range(30)]
    result = infer(corpus_from_rows([*common, ("a", "o", "country"), ("b", "o", "town")]))
    at = {result.corpus.claim_names(claim): claim for claim in range(result.corpus.n_claims)}
    assert result.probability[at["o", "town"]] > result.probability[at["o", "country"]]


def test_labels_that_every_question_shares_have_no_popularity():
    rows = [(f"s{k % 5}", f"o{k // 5}", "yes" if k % 3 else "no") for k in range(500)]
    corpus = corpus_from_rows(rows)
    assert has_closed_answers(corpus)
    assert infer(corpus).probability.tobytes() == infer(corpus, Settings(popularity=0)).probability.tobytes()


def test_a_narrower_value_supports_the_wider_one_that_it_implies():
    rows = [("a", "o", "Kyoto, Japan"), ("b", "o", "Japan"), ("c", "o", "Lima, Peru")]
    corpus = corpus_from_rows(rows)
    nested = infer(with_nesting(corpus, nested_places(corpus)))
    at = {corpus.claim_names(claim)[1]: claim for claim in range(corpus.n_claims)}
    assert nested.truth[at["Japan"]] > nested.truth[at["Kyoto, Japan"]] > nested.truth[at["Lima, Peru"]]
    assert nested.truth[at["Japan"]] == pytest.approx(nested.probability[at["Japan"]] + nested.probability[at["Kyoto, Japan"]])


def test_over_ten_thousand_holds_eleven_thousand_and_not_the_other_way():
    wide, narrow = reach_of(10_000, "moreThan"), reach_of(11_000, "exactly")
    assert wide.holds(narrow)
    assert not narrow.holds(wide)


def test_hundreds_of_supporters_overflow_nothing():
    corpus = corpus_from_rows([(f"s{k:04d}", f"o{o}", "v") for k in range(900) for o in range(3)])
    result = infer(corpus, Settings(rho=0))
    assert np.isfinite(result.score).all()
    assert (result.probability <= 1).all()


def test_single_precision_changes_digits_only(world, monkeypatch):
    corpus = corpus_from_rows(world.rows)
    double = infer(corpus)
    monkeypatch.setattr(importlib.import_module("graphkit.credibility.inference.corpus"), "LARGE", 1)
    single = infer(corpus_from_rows(world.rows))
    assert np.abs(double.probability - single.probability).max() < 1e-3
    assert single.probability.dtype == np.float64


def test_numbered_assertions_are_the_same_as_named_ones():
    numbers = np.array([[0, 0, 1], [1, 0, 1], [2, 1, 0]])
    named = assess(corpus_from_rows([tuple(map(str, row)) for row in numbers.tolist()]))
    assert assess(corpus_from_arrays(*numbers.T)).probability.tobytes() == named.probability.tobytes()


def test_no_rows_are_no_corpus():
    with pytest.raises(ValueError, match="at least one"):
        corpus_from_rows([])


@given(ROWS)
def test_tables_hold_every_object_by_how_many_values_it_has(rows):
    corpus = corpus_from_rows(rows)
    assert (np.diff(corpus.distinct) >= 0).all()
    for n_values, objects, claims in corpus.tables:
        assert claims.stop - claims.start == n_values * (objects.stop - objects.start)
        assert (corpus.distinct[objects] == n_values).all()
    numbers = np.random.default_rng(0).random(corpus.n_claims)
    assert np.allclose(corpus.sum_by_object(numbers), np.add.reduceat(numbers, corpus.object_start))
    divided = numbers.copy()
    corpus.divide_by_object(divided, corpus.distinct.astype(float))
    assert np.allclose(divided, numbers / corpus.distinct[corpus.object_of_claim])


def test_an_object_of_many_values_is_summed_too():
    corpus = corpus_from_rows([(f"s{k}", "o", f"v{k}") for k in range(30)])
    assert corpus.sum_by_object(np.arange(30.0)).tolist() == [435.0]


@given(st.lists(st.floats(0.02, 1e7), min_size=1, max_size=50))
def test_expected_log_odds_are_a_difference_of_digammas(numbers):
    from scipy.special import digamma

    right, wrong = np.array(numbers), np.array(numbers[::-1])
    assert np.allclose(expected_log_odds(right, wrong), digamma(right) - digamma(wrong), rtol=1e-12, atol=1e-10)


def test_expected_log_odds_do_not_depend_on_the_blocks_they_are_computed_in():
    right = np.random.default_rng(0).random(40_000) * 9 + 0.5
    wrong = right[::-1].copy()
    assert expected_log_odds(right, wrong)[-5:].tolist() == expected_log_odds(right[-5:], wrong[-5:]).tolist()


def test_copies_are_discounted_as_each_pair_says(world):
    kept: list[Copying] = []
    corpus = corpus_from_rows(world.rows)
    assess(corpus, copying=kept)
    pairs = kept[0]
    saying = [set(corpus.claim[corpus.outlet == outlet].tolist()) for outlet in range(corpus.n_outlets)]
    expected = np.ones(corpus.n_assertions)
    for earlier, later, probability in zip(
        pairs.earlier.tolist(), pairs.later.tolist(), pairs.probability.tolist(), strict=True
    ):
        repeats = [claim in saying[earlier] for claim in corpus.claim.tolist()] & (corpus.outlet == later)
        expected[repeats] *= 1 - COPY_RATE * probability
    assert np.allclose(independence(corpus, pairs), expected, rtol=1e-12)
    assert (expected < 1).any()


def test_an_outlet_that_says_too_little_to_be_asked_keeps_the_prior_of_copying():
    rows = [(who, f"o{k}", "v") for who in ("a", "b") for k in range(5)]
    rows += [(who, "o0", "v") for who in ("c", "d")]
    rows += [("alone", "other", "v")]
    corpus = corpus_from_rows(rows)
    nobody = Copying(*(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0))
    weight = {}
    for at, one in enumerate(independence(corpus, nobody).tolist()):
        weight[corpus.outlets[int(corpus.outlet[at])], *corpus.claim_names(int(corpus.claim[at]))] = one
    free = 1 - COPY_RATE * COPY_PRIOR
    # two may be the first to have said it, and c too
    assert [weight[who, "o0", "v"] for who in "abcd"] == pytest.approx([1, 1, free**2, free**3])
    assert weight["alone", "other", "v"] == 1


def test_each_object_on_which_two_differ_speaks_against_copying():
    rows = [(name, f"o{k:02d}", f"rare{k}") for k in range(6) for name in ("a", "b")]
    rows += [(f"s{k % 9}", f"o{k % 6:02d}", "common") for k in range(54)]
    differing = [(name, f"x{k}", f"{name}{k}") for k in range(8) for name in ("a", "b")]
    few, many = (find_copying(infer(corpus_from_rows([*rows, *differing[:n]]), most_iterations=3)) for n in (0, 16))
    assert few.probability.max() > 0.5 > max(many.probability.tolist(), default=0.0)


def test_an_island_does_not_change_by_a_digit_for_what_is_added_elsewhere(world):
    """Nobody on one island answers a question of the other."""
    elsewhere = [(f"z{s}", f"z{o}", f"v{(s * o) % 3}") for s in range(9) for o in range(40)]
    alone, both = (assess(corpus_from_rows(rows)) for rows in (world.rows, [*elsewhere, *world.rows]))
    at = {both.corpus.claim_names(claim): claim for claim in range(both.corpus.n_claims)}
    same = [at[alone.corpus.claim_names(claim)] for claim in range(alone.corpus.n_claims)]
    assert np.abs(both.probability[same] - alone.probability).max() < 1e-12
    assert both.corpus.island.max() == 1
