"""A choice made by labels is kept in the graph and holds until it is made anew or forgotten."""

import pyoxigraph
import pytest

from graphkit.credibility.assessing import assess_record
from graphkit.credibility.assessments import compute_assessments
from graphkit.credibility.calibration.guard import VOTING, Choice, Scaling
from graphkit.credibility.calibration.keeping import GRAPH_CALIBRATION, forget_choice, keep_choice, kept_choice
from graphkit.credibility.calibration.labels import Label
from graphkit.credibility.inference.model import DEFAULT
from graphkit.errors import InputError, StoreCorrupt
from graphkit.rdf import shapes

BY_VOTES = Choice(VOTING, None, Scaling(), 100, is_chosen=True)


@pytest.fixture
def made(request):
    """The helpers beside this file."""
    return request.config.pluginmanager.get_plugin(str(request.path.with_name("conftest.py")))


def quads_of(record):
    found = (pyoxigraph.parse(graph.nquads, format=pyoxigraph.RdfFormat.N_QUADS) for graph in record.graphs())
    return list(dict.fromkeys(quad for quads in found for quad in quads))


def test_what_is_kept_passes_the_shapes(record):
    keep_choice(record, BY_VOTES)
    assert shapes.validate(quads_of(record)) == []


@pytest.mark.parametrize(
    "choice",
    [
        Choice("the model", DEFAULT, Scaling(0.83, -0.2, 0.3), 120, is_chosen=True),
        BY_VOTES,
    ],
)
def test_what_is_kept_comes_back(record, choice):
    assert kept_choice(record) is None
    keep_choice(record, choice)
    assert kept_choice(record) == choice
    assert forget_choice(record)
    assert kept_choice(record) is None
    assert not forget_choice(record)


def test_a_kept_choice_that_is_damaged_is_named(record):
    keep_choice(record, BY_VOTES)
    kept = record.graph_nquads(GRAPH_CALIBRATION)
    record.put_graph(GRAPH_CALIBRATION, kept.replace(b"slope", b"hope"))
    with pytest.raises(StoreCorrupt, match="calibration"):
        kept_choice(record)


def test_assessments_follow_the_kept_choice(record, made):
    holds = made.put_questions(record)
    labels = [Label(claim, held) for claim, held in holds.items()]
    before = compute_assessments(record)
    calibration, report = assess_record(record).calibrate(labels)
    assert report.n_claims == calibration.choice.n_labels >= 100
    keep_choice(record, calibration.choice)
    after = compute_assessments(record)
    assert before != after == compute_assessments(record, labels=labels)
    assert f"chosen by {calibration.choice.n_labels} labels".encode() in after
    record.put_graph("graph-assessments", after)
    assert shapes.check_quads(quads_of(record)) == []


@pytest.mark.parametrize("choice", [Choice("the model", DEFAULT, Scaling(0.8, -0.2, 0.3), 120, is_chosen=True), BY_VOTES])
def test_what_a_choice_makes_of_assessments_is_in_the_form_that_is_stored(record, made, choice):
    made.put_questions(record)
    keep_choice(record, choice)
    # storing what was calibrated does not look again
    assert record.put_graph("graph-assessments", compute_assessments(record)).outcome == "added"


def test_ninety_nine_labels_make_no_report(record, made):
    holds = made.put_questions(record)
    labels = [Label(claim, held) for claim, held in sorted(holds.items())[:99]]
    with pytest.raises(InputError, match="100"):
        assess_record(record).calibrate(labels)
