"""Numbers of one quantity: what a reader would call a conflict, and what only looks like one."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.matching.numbers.conflicts import Said, find_conflicts
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


def related(one, two, *, beside=()):
    """How the numbers of two accounts stand to each other; ``beside`` is what the second account says besides."""
    said = [Said("one", "a", one, 0, "2031-05-01", "a.example"), Said("two", "b", two, 0, "2031-05-01", "b.example")]
    others = [Said(f"beside {place}", "b", text, 0, "2031-05-01", "b.example") for place, text in enumerate(beside)]
    found = find_conflicts([(said[0], said[1])], [*said, *others])
    return found[0].relation if found else None


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Four drones were dropped on the camp of Testford", "Five drones were dropped on Testford's camp, one of them a dud"),
        ("The guard was shot eleven times in Testford", "He had been shot seven times, the guard's lawyer said in Testford"),
        ("Nearly 100 people marched from the church of Testford", "More than 200 people marched from Testford's church"),
        ("12 miners died in the shaft at Testford", "At least 15 miners died in the Testford shaft"),
        ("The bridge at Testford will cost 8 million dollars", "Testford's bridge will cost 12 million dollars, she said"),
    ],
)
def test_a_conflict_is_told_of_one_quantity(one, two):
    assert related(one, two) == related(two, one) == "conflicts"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        # another share, another price, a price for each of something
        ("Sedan sales in Testford are down 12.3 percent", "Lorry sales in Testford are down 2.6 percent"),
        ("The works earned 2.52 dollars a share", "The works earned 27 million dollars"),
        ("Bread prices in Testford rose 3 percent", "Bread prices in Testford fell 2 percent"),
        # other times and places
        ("Dealers in Testford sold 30,154 new lorries in October", "Dealers in Testford sold 36,417 new lorries in May"),
        ("Dealers sold 30,154 lorries last year", "Dealers sold 36,417 lorries"),
        ("Nationally, dealers sold 90,154 lorries", "Dealers in Testford sold 36,417 lorries"),
        ("The tremor was 23 miles north of Testford at 9:27", "The tremor was 40 miles north of Testford at 2:09"),
        ("The tremor was 3 miles south of Testford", "The tremor was 2 miles south of Sampleville"),
        # parts, others, the same in round numbers or in a vague word
        ("Two other tram cases were found in Testford", "Three tram cases were found in Testford"),
        ("The bridge at Testford cost 13 billion dollars", "The bridge at Testford cost 13.2 billion dollars"),
        ("Thousands of refugees came to the Testford camp", "24,000 refugees came to the Testford camp"),
        ("Three bank clerks died in the Testford fire", "Two women died in the Testford fire"),
        # names and addresses, no quantities
        ("The makers ship Example 3 support", "The makers had two releases with Example support"),
        ("It happened in the 22000 block of Example Street", "It happened in the 31000 block of Example Street"),
    ],
)
def test_what_only_looks_like_a_conflict_is_not_told(one, two):
    assert related(one, two) not in {"conflicts", "undated"}
    assert related(two, one) not in {"conflicts", "undated"}


def test_an_account_that_gives_both_numbers_does_not_conflict():
    one, two = "Four drones were dropped on the camp of Testford", "Five drones were dropped on the camp of Testford"
    assert related(one, two) == "conflicts"
    assert related(one, two, beside=["Rebels say that four drones were dropped on the camp"]) == "differs"


def test_a_number_cut_by_a_space_is_one_number():
    text = "More than 24, 000 refugees and 12, 500 others"
    figures = find_figures(text)
    assert figures[0].interval.low == 24_000
    assert figures[0].span.of(text) == "More than 24, 000"


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
