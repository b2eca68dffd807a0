"""Numbers of one quantity: what a reader would call a conflict, and what only looks like one."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.matching.numbers.figures import figure_for, find_figures
from graphkit.matching.numbers.intervals import Interval, fit, interval_of
from graphkit.matching.numbers.quantities import Statement, compare_quantities, compare_quotes, predict_figures


@pytest.mark.parametrize(
    ("one", "two", "quantity", "relation"),
    [
        ("at least 12 miners died", "15 miners were killed", "miners killed", "refines"),
        ("four drones fell but caused no casualties", "three people were killed", "deaths", "undated"),
        ("6,000 engineers will go", "dozens of engineers will go", "engineers sent", "conflicts"),
        ("6,000 engineers will go", "thousands of engineers will go", "engineers sent", "refines"),
        ("they send 6,000 personnel", "they send 1,000 sappers and 5,000 builders", "personnel sent", "partOf"),
        ("12 people dead and 40 hospitalised", "40 people were injured", "injured", "agrees"),
        ("about 7,000 marchers", "a march of 7,500 marchers", "marchers", "refines"),
        ("between 4,000 and 6,000 marchers", "8,000 marchers", "marchers", "conflicts"),
        ("prices rose by 7 percent", "prices rose by 7 dollars", "rise of prices", "unknown"),
        ("the mayor spoke", "12 people died", "deaths", "unknown"),
    ],
)
def test_two_quotations_of_one_quantity(one, two, quantity, relation):
    assert compare_quotes(one, two, quantity) == relation


def test_the_number_that_counts_it_is_taken():
    text = "Gunmen shot 14 people, killing five guards, and 30 were arrested"
    chosen = {wanted: figure_for(wanted, find_figures(text)) for wanted in ("guards killed", "arrested")}
    assert {wanted: figure.span.of(text) for wanted, figure in chosen.items()} == {"guards killed": "five", "arrested": "30"}


def test_a_count_that_grows_is_a_series_and_no_lie():
    first, later = (find_figures(text)[0] for text in ("3 people were killed", "11 people were killed"))
    morning, night = Statement(first, "2031-05-01", "a"), Statement(later, "2031-05-02", "b")
    assert compare_quantities(morning, night) == compare_quantities(night, morning) == "updated"
    assert compare_quantities(Statement(first, "2031-05-01", "a"), Statement(later, "2031-05-01", "b")) == "conflicts"


@given(
    st.integers(0, 10**6),
    st.sampled_from(["exactly", "approximately", "moreThan", "atLeast", "lessThan", "atMost"]),
    st.integers(0, 10**6),
)
def test_intervals_compare_the_same_both_ways(value, comparator, other):
    one, two = interval_of(Decimal(value), comparator), Interval(Decimal(other), Decimal(other))
    assert fit(one, two) == fit(two, one)
    assert one.meets(two) == two.meets(one)


def test_real_figure_pairs_reach_the_target(shared_data):
    path = shared_data / "clusters" / "figure_pairs.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    labels = [row["label"] for row in predict_figures(rows)]
    conflicts = [label == "conflict" for label in labels]
    right = sum(said and row["label"] == "conflict" for said, row in zip(conflicts, rows, strict=True))
    assert right / sum(conflicts) >= 0.9
    assert right / sum(row["label"] == "conflict" for row in rows) >= 0.75
