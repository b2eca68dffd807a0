import math

import numpy as np
import pytest

from graphkit.credibility.explanation import Pooled, explain_claim, without_outlets
from graphkit.credibility.inference.copying import assess
from graphkit.credibility.inference.corpus import corpus_from_rows
from graphkit.credibility.inference.nesting import nested_places, with_nesting
from graphkit.credibility.intervals import assess_outlets, claim_intervals, margins_of


def logit(p: float) -> float:
    return math.log(p) - math.log1p(-p)


def test_the_terms_add_up_to_the_log_odds(world):
    result = assess(corpus_from_rows(world.rows))
    margins = margins_of(result)
    for claim in range(0, result.corpus.n_claims, 7):
        found = explain_claim(result, claim, margins)
        assert found.log_odds == pytest.approx(logit(found.truth), abs=1e-9)
        for term in found.terms:
            assert term.from_prior + term.from_record == pytest.approx(term.value, abs=1e-12)


def test_the_terms_of_nested_values_add_up_too():
    rows = [("a", "o", "Kyoto, Japan"), ("b", "o", "Japan"), ("c", "o", "Lima, Peru"), ("d", "o", "Japan")]
    corpus = corpus_from_rows(rows)
    result = assess(with_nesting(corpus, nested_places(corpus)))
    for claim in range(corpus.n_claims):
        found = explain_claim(result, claim)
        assert found.log_odds == pytest.approx(logit(found.truth), abs=1e-9)
        scaled = found.scaled(0.7, -0.2, Pooled.of_claim(corpus, claim, 0.3))
        assert scaled.log_odds == pytest.approx(logit(scaled.truth), abs=1e-9)
        for term in scaled.terms:
            assert term.from_prior + term.from_record == pytest.approx(term.value, abs=1e-12)


def test_votes_that_labels_add_to_the_model_are_shared_among_those_who_gave_them():
    rows = [("a", "o", "v"), ("b", "o", "v"), ("c", "o", "w")]
    corpus = corpus_from_rows(rows)
    claim = next(k for k in range(corpus.n_claims) if corpus.claim_names(k) == ("o", "v"))
    plain = explain_claim(assess(corpus), claim)
    pooled = plain.scaled(1.0, 0.0, Pooled.of_claim(corpus, claim, 0.5))
    assert pooled.log_odds - plain.log_odds == pytest.approx(0.5 * math.log(5 / 3))
    assert [b.value - a.value for a, b in zip(plain.terms, pooled.terms, strict=True)] == pytest.approx(
        [0.25 * math.log(5)] * 2
    )
    # without one of two voices it is one against one
    assert logit(pooled.terms[0].without) == pytest.approx(logit(plain.terms[0].without))


def test_an_explanation_is_at_most_five_lines_and_shows_the_sum():
    rows = [(f"s{k}.example", "o", "v") for k in range(9)]
    lines = explain_claim(assess(corpus_from_rows(rows)), 0).lines()
    assert len(lines) <= 5
    assert "7 more outlets" in lines[2]
    assert lines[-1].startswith("= ")


def test_leaving_an_outlet_out_is_deleting_it(world):
    corpus = corpus_from_rows(world.rows)
    left = assess(without_outlets(corpus, frozenset({"outlet119.example"})))
    deleted = assess(corpus_from_rows([row for row in world.rows if row[0] != "outlet119.example"]))
    assert left.probability.tobytes() == deleted.probability.tobytes()
    assert left.corpus.outlets == deleted.corpus.outlets


def test_the_quick_figure_without_an_outlet_is_close(world):
    result = assess(corpus_from_rows(world.rows))
    claim = int(result.corpus.claim[0])
    term = explain_claim(result, claim).terms[0]
    again = assess(without_outlets(result.corpus, frozenset({term.outlet})))
    names = result.corpus.claim_names(claim)
    exact = next((again.probability[k] for k in range(again.corpus.n_claims) if again.corpus.claim_names(k) == names), 0.0)
    assert term.without == pytest.approx(float(exact), abs=0.2)


def test_intervals_hold_their_numbers_and_cover_the_reliability_of_those_who_copy_nobody(world):
    result = assess(corpus_from_rows(world.rows))
    record = assess_outlets(result)
    assert ((record.low <= record.score) & (record.score <= record.high)).all()
    low, high = claim_intervals(result)
    assert ((low <= result.truth) & (result.truth <= high)).all()
    alone = np.array([name not in world.copiers for name in result.corpus.outlets])
    inside = (record.low <= world.reliability) & (world.reliability <= record.high)
    assert 0.8 <= inside[alone].mean() <= 1


def test_a_record_that_the_prior_decides_is_not_determined():
    rows = [("alone", f"o{k}", "v") for k in range(20)]
    record = assess_outlets(assess(corpus_from_rows(rows)))
    assert not record.is_determined[0]
    assert record.low[0] == 0
    assert record.high[0] == 1
