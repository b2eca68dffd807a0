"""Circles: exact on made-up graphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.matching.circles import find_circles
from graphkit.matching.pairs.clustering import cluster, pair_of


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ([("a", "b"), ("b", "c")], []),
        ([("a", "b"), ("b", "a")], [(("a", "b"), ("a", "b", "a"), True)]),
        ([("a", "b"), ("b", "a"), ("b", "wire")], [(("a", "b"), ("a", "b", "a"), False)]),
        ([("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")], [(("a", "b", "c"), ("a", "b", "c", "a"), True)]),
        ([("a", "a")], [(("a",), ("a", "a"), True)]),
    ],
)
def test_circles_of_made_up_graphs(edges, found):
    assert [(one.members, one.loop, one.is_closed) for one in find_circles(edges)] == found
    assert find_circles(edges[::-1]) == find_circles(edges)


def test_a_member_with_its_own_speaker_opens_the_circle():
    assert [one.is_closed for one in find_circles([("a", "b"), ("b", "a")], origins=["b"])] == [False]


def test_a_long_chain_does_not_recurse():
    edges = [(f"n{number}", f"n{number + 1}") for number in range(20_000)] + [("n20000", "n0")]
    assert len(find_circles(edges)[0].members) == 20_001


PAIRS = st.dictionaries(
    st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda pair: pair[0] < pair[1]),
    st.floats(0.05, 1.0).map(lambda value: round(value, 3)),
    max_size=15,
)
SETS = st.frozensets(
    st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda pair: pair[0] < pair[1]), max_size=4
)


@given(PAIRS, SETS, SETS)
def test_clusters_do_not_depend_on_order_and_keep_what_is_apart(scores, apart, together):
    once = cluster(scores, 0.4, together=together - apart, apart=apart)
    again = cluster(dict(reversed(scores.items())), 0.4, together=sorted(together - apart, reverse=True), apart=apart)
    assert once == again
    for members in once:
        assert not {pair_of(one, two) for one in members for two in members if one < two} & apart


def test_single_links_do_not_chain_a_story():
    chain = {("a", "b"): 0.9, ("b", "c"): 0.9, ("c", "d"): 0.9}
    assert cluster(chain, 0.5) == [("a", "b"), ("c", "d")]
    assert cluster(chain, 0.5, together=[("a", "d")]) == [("a", "d"), ("b", "c")]
