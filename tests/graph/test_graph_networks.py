"""The graph as a network: links between assertions are edges of their claims or articles, each relation with its evidence."""

import sys
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Store

from graphkit.graph.networks import to_networkx, without_unprintable

sys.path.insert(0, str(Path(__file__).parent.parent / "viewer"))


@pytest.fixture(scope="module")
def network():
    from viewer_world import quads

    store = Store()
    store.extend(quads())
    return to_networkx(store)


def test_every_relation_is_there(network):
    relations = Counter(data["relation"] for _, _, data in network.edges(data=True))
    linked = {"asserts": 10, "publishes": 3, "cites": 6, "contradicts": 3, "derivedFrom": 5, "supports": 1}
    assert {name: relations[name] for name in linked} == linked
    assert relations["says"] >= 8
    assert relations["about"] >= 6


def test_links_of_assertions_lie_between_claims_or_articles_and_name_them(network):
    from viewer_world import copy, evening, morning, name, told

    edges = [(start, end, data) for start, end, data in network.edges(data=True)]
    conflict = next(one for one in edges if one[2].get("from_assertion") == told(morning(), 1))
    assert conflict[2] == {
        "relation": "contradicts",
        "score": 0.9,
        "from_assertion": told(morning(), 1),
        "to_assertion": told(evening(), 1),
    }
    assert [network.nodes[end]["kind"] for end in conflict[:2]] == ["Claim", "Claim"]
    taken = next(one for one in edges if one[2].get("from_assertion") == told(copy(), 1))
    assert taken[:2] == (name(copy()), name(morning()))
    whole = next(one for one in edges if one[2].get("method") == "copy")
    assert whole[:2] == (name(copy()), name(morning()))


def test_nothing_but_things_of_the_graph_is_a_node(network):
    assert not [node for node in network if node.startswith(("as-", "link-"))]
    assert without_unprintable(network).number_of_edges() == network.number_of_edges()
