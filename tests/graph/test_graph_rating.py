"""Ratings in the record: what our own writer renders is packed unread, so this test reads it."""

from collections import defaultdict

from graphkit.graph.rating import graph_name, nquads_of_set
from graphkit.knowledge.ratings import shipped_ratings
from graphkit.model import Rating
from graphkit.store.blobs import check


def test_what_is_packed_unread_would_pass_the_check():
    by_set: defaultdict[str, list[Rating]] = defaultdict(list)
    for rating in shipped_ratings():
        by_set[rating.rating_set].append(rating)
    assert by_set
    for rating_set, rows in by_set.items():
        check(graph_name(rating_set), nquads_of_set(rating_set, rows))
