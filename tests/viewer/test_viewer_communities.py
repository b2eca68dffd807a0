"""Groups are found where they were planted, always the same ones."""

import random

import networkx
import pytest

from graphkit.viewer.view_model.communities import find_communities


def planted(groups: int, size: int, seed: int) -> list[tuple[int, int]]:
    rng = random.Random(seed)
    edges = []
    for node in range(groups * size):
        mates = range(node // size * size, node // size * size + size)
        edges += [(node, rng.choice(mates)) for _ in range(6)]
        if rng.random() < 0.2:
            edges.append((node, rng.randrange(groups * size)))
    return edges


def test_planted_groups_are_found():
    found = find_communities(400, planted(8, 50, 1))
    assert len(set(found)) == 8
    assert all(len({found[node] for node in range(start, start + 50)}) == 1 for start in range(0, 400, 50))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_groups_are_as_good_as_those_of_a_well_known_library(seed):
    graph = networkx.barabasi_albert_graph(600, 3, seed=seed)
    ours = find_communities(600, graph.edges)
    groups = [{node for node in range(600) if ours[node] == one} for one in set(ours)]
    theirs = networkx.community.louvain_communities(graph, seed=seed)
    quality = networkx.community.modularity
    assert quality(graph, groups) > 0.97 * quality(graph, theirs)


def test_numbers_run_from_the_largest_group_down_and_lonely_nodes_come_last():
    found = find_communities(8, [(5, 6), (6, 7), (5, 7), (0, 1)])
    assert found == [1, 1, 2, 2, 2, 0, 0, 0]


def test_the_order_of_edges_does_not_matter():
    edges = planted(6, 40, 5)
    shuffled = [(right, left) for left, right in random.Random(1).sample(edges, len(edges))]
    assert len(set(find_communities(240, edges))) == len(set(find_communities(240, shuffled))) == 6


def test_nothing_at_all_is_no_group():
    assert find_communities(0, []) == []
    assert find_communities(2, []) == [0, 0]
