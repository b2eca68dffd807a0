import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from graphkit.credibility.calibration.guard import DESIGN_EFFECTS, ENOUGH, Guard, Scaling, calibrate, fit_scaling
from graphkit.credibility.calibration.labels import Label, parse_labels
from graphkit.credibility.calibration.measures import brier, calibration_error, log_loss, measure, reliability_bins
from graphkit.credibility.calibration.report import report_calibration
from graphkit.credibility.inference.copying import assess
from graphkit.credibility.inference.corpus import corpus_from_rows
from graphkit.credibility.inference.model import DEFAULT
from graphkit.credibility.intervals import assess_outlets
from graphkit.errors import InputError, UnreadableInput


@pytest.fixture(scope="module")
def guard(world):
    return Guard(corpus_from_rows(world.rows))


def labels_of(corpus, answers, objects):
    names = [corpus.claim_names(claim) for claim in range(corpus.n_claims)]
    return {claim: answers[obj] == value for claim, (obj, value) in enumerate(names) if obj in objects}


def test_with_labels_it_is_better_than_votes_on_what_it_has_not_seen(world, guard):
    seen = {f"question{k:03d}" for k in range(0, 400, 4)}
    corpus = guard.corpus
    chosen = guard.choose(labels_of(corpus, world.answers, seen))
    rest = labels_of(corpus, world.answers, set(world.answers) - seen)
    where, outcome = np.array(list(rest)), np.array(list(rest.values()))
    assert chosen.choice.is_chosen
    assert brier(chosen.probability[where], outcome) < brier(guard.votes[where], outcome)


def test_it_is_no_worse_than_votes_where_the_model_is_sure_of_what_votes_leave_open():
    random = np.random.default_rng(5)
    rows, answers = [], {}
    for number in range(400):
        name = f"o{number:03d}"
        rows += [(f"s{number}-{k}", name, "a") for k in range(2)] + [(who, name, "b") for who in ("busy", "busier", "third")]
        answers[name] = "a" if random.random() < 0.4 else "b"
    guard = Guard(corpus_from_rows(rows))
    labels = labels_of(guard.corpus, answers, set(list(answers)[:100]))
    rest = labels_of(guard.corpus, answers, set(list(answers)[100:]))
    where, outcome = np.array(list(rest)), np.array(list(rest.values()))
    assert guard.probability(DEFAULT.rho)[where].max() > 0.95
    assert brier(guard.choose(labels).probability[where], outcome) < brier(guard.votes[where], outcome) + 0.01


def test_a_majority_that_is_always_wrong_lifts_no_claim():
    rows = [(f"s{k}", f"o{o:03d}", f"v{o % 2}") for o in range(150) for k in range(3)]
    rows += [("t", f"o{o:03d}", f"v{(o + 1) % 2}") for o in range(150)]
    corpus = corpus_from_rows(rows)
    labels = {claim: corpus.supporters[claim] == 1 for claim in range(corpus.n_claims)}
    assert calibrate(corpus, labels).probability.max() <= 0.51


def test_a_hundred_labels_move_the_design_effect_only_so_far(world, guard):
    seen = {f"question{k:03d}" for k in range(40)}
    labels = labels_of(guard.corpus, world.answers, seen)
    chosen = guard.choose(labels)
    assert chosen.choice.settings is not None
    assert min(DESIGN_EFFECTS) < chosen.choice.settings.rho < max(DESIGN_EFFECTS)
    assert sum(one.share for one in chosen.candidates) == pytest.approx(1)
    # one label more or less is no other choice
    without = guard.choose(dict(list(labels.items())[:-1]))
    assert abs(without.choice.settings.rho - chosen.choice.settings.rho) <= 0.02
    assert np.abs(without.probability - chosen.probability).max() < 0.05


def test_too_few_labels_choose_nothing(world, guard):
    chosen = guard.choose(dict.fromkeys(range(ENOUGH - 1), True))
    assert not chosen.choice.is_chosen
    assert chosen.choice.scaling == Scaling()
    assert "uncalibrated" in chosen.choice.method
    with pytest.raises(InputError, match="99"):
        report_calibration(guard, chosen, {}, assess_outlets(assess(guard.corpus)))


def test_scaling_undoes_overconfidence_and_leaves_the_calibrated_alone():
    random = np.random.default_rng(0)
    p = random.uniform(0.05, 0.95, 4000)
    outcome = random.random(4000) < p
    nothing = np.zeros(len(p))
    assert fit_scaling(p, nothing, outcome).slope == pytest.approx(1, abs=0.1)
    odds = np.log(p / (1 - p))
    assert fit_scaling(1 / (1 + np.exp(-2 * odds)), nothing, outcome).slope == pytest.approx(0.5, abs=0.1)


def test_where_votes_say_what_the_model_does_not_they_are_let_in():
    random = np.random.default_rng(0)
    odds = random.normal(0, 1.5, 4000)
    outcome = random.random(4000) < 1 / (1 + np.exp(-odds))
    scaling = fit_scaling(np.full(4000, 0.5), odds, outcome)
    assert scaling.votes == pytest.approx(1, abs=0.1)
    assert brier(scaling.apply(np.full(4000, 0.5), odds), outcome) == pytest.approx(
        brier(1 / (1 + np.exp(-odds)), outcome), abs=1e-3
    )


def test_the_fit_ends_where_the_model_is_sure_and_wrong():
    # Newton's whole steps swing here between two points for ever
    random = np.random.default_rng(1)
    is_sure = random.random(300) < 0.5
    p, votes = np.where(is_sure, 0.9999, 0.0001), np.where(is_sure, 2.0, -2.0) + random.normal(0, 0.1, 300)
    outcome = random.random(300) < 0.5
    scaling = fit_scaling(p, votes, outcome)
    assert brier(scaling.apply(p, votes), outcome) == pytest.approx(0.25, abs=0.02)


def test_neither_model_nor_votes_are_ever_turned_round():
    p = np.tile([0.9, 0.1], 200)
    scaling = fit_scaling(p, np.tile([1.0, -1.0], 200), p < 0.5)
    assert (scaling.slope, scaling.votes) == (0.0, 0.0)


def test_measures_are_what_they_are_called():
    p, outcome = np.array([0.0, 1.0, 0.5, 0.5]), np.array([False, True, True, False])
    assert brier(p, outcome) == pytest.approx(0.125)
    assert log_loss(np.array([0.5]), np.array([True])) == pytest.approx(np.log(2))
    assert calibration_error(p, outcome) == pytest.approx(0)
    assert [one.count for one in reliability_bins(p, outcome)] == [1, 2, 1]
    figure = measure(brier, p, outcome, np.array([0, 0, 1, 1]))
    assert figure == measure(brier, p, outcome, np.array([0, 0, 1, 1]))
    assert figure.low <= figure.value <= figure.high


def test_the_report_can_be_published(world, guard):
    labels = labels_of(guard.corpus, world.answers, {f"question{k:03d}" for k in range(120)})
    report = report_calibration(guard, guard.choose(labels), labels, assess_outlets(assess(guard.corpus)))
    assert report.n_claims == len(labels)
    brier_row = report.rows[0]
    assert brier_row.chosen.value < brier_row.voting.value
    assert report.coverage.share is not None
    root = ET.fromstring(report.svg())
    assert sum(one.tag.endswith("circle") for one in root.iter()) == len(report.bins)
    assert "<svg" in report.html()
    assert not re.search(r"(?:src|href)=", report.html())
    assert report.markdown().count("|\n") == 5


def test_labels_are_read_with_either_spelling_and_any_other_columns():
    text = "note,claim,holds\nx,claim-a,Yes\n,https://w3id.org/graphkit/id/claim-b,0\n"
    assert parse_labels(text) == (Label("claim-a", holds=True), Label("claim-b", holds=False))


@pytest.mark.parametrize(
    ("text", "what"),
    [("a,b\n1,2\n", "columns"), ("claim,holds\nx,perhaps\n", "perhaps"), ("claim,holds\nx,1\nx,0\n", "two different")],
)
def test_labels_that_say_nothing_are_refused(text, what):
    with pytest.raises(UnreadableInput, match=what):
        parse_labels(text)
