import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from graphkit.credibility.calibration.guard import ENOUGH, VOTING, Guard, Scaling, calibrate, fit_scaling
from graphkit.credibility.calibration.labels import Label, parse_labels
from graphkit.credibility.calibration.measures import brier, calibration_error, log_loss, measure, reliability_bins
from graphkit.credibility.calibration.report import report_calibration
from graphkit.credibility.inference.copying import assess
from graphkit.credibility.inference.corpus import corpus_from_rows
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
    assert brier(chosen.probability[where], outcome) < brier(guard.probability[VOTING][where], outcome)


def test_where_the_model_is_no_better_votes_are_counted():
    rows = [(f"s{k}", f"o{o:03d}", f"v{o % 2}") for o in range(150) for k in range(3)]
    rows += [("t", f"o{o:03d}", f"v{(o + 1) % 2}") for o in range(150)]
    corpus = corpus_from_rows(rows)
    # what the lone outlet says holds: the majority is always wrong
    labels = {claim: corpus.supporters[claim] == 1 for claim in range(corpus.n_claims)}
    assert calibrate(corpus, labels).choice.settings is None


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
    assert fit_scaling(p, outcome).slope == pytest.approx(1, abs=0.1)
    odds = np.log(p / (1 - p))
    assert fit_scaling(1 / (1 + np.exp(-2 * odds)), outcome).slope == pytest.approx(0.5, abs=0.1)


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
