"""Ratings and reviews of two graphs in one: the same however and in whatever order the two are merged.

Of ratings that differ in nothing but what they say, none is dropped and none is averaged: the first by content stays in its set, the
others stand beside it in sets of their own, ``house (2)``, ``house (3)``, by the same rater and of the same family.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model import Rating
from graphkit.rdf.reviews import Review, reviews_from_quads, reviews_to_nquads

if TYPE_CHECKING:
    from graphkit.store.record import Record

_RANK = re.compile(r"^(.*) \(([2-9]|[1-9][0-9]{1,3})\)$", re.DOTALL)
_Key = tuple[str, str, str, str, str, str, str]


def base_name(rating_set: str) -> str:
    """Return the name of the set that a set of conflicting ratings stands beside: ``house (2)`` gives ``house``."""
    match = _RANK.match(rating_set)
    return rating_set if match is None else match[1]


def add_ratings(record: "Record", ratings: Iterable[Rating]) -> tuple[int, int]:
    """Merge ratings into those of a record; return how many were new, and how many of these contradict another."""
    from graphkit.graph.rating import write_graph

    new = list(ratings)
    bases = sorted({base_name(one.rating_set) for one in new})
    before = {one for base in bases for name in _family_of(record, base) for one in record.ratings.of_set(name)}
    merged = list(_side_by_side([*before, *new]))
    if set(merged) == before:
        return 0, 0
    by_version: defaultdict[tuple[str, str], list[Rating]] = defaultdict(list)
    for one in merged:
        by_version[one.rating_set, one.version].append(one)
    with record.transaction():
        for base in bases:
            for name in _family_of(record, base):
                record.ratings.remove(name)
        for (name, version), rows in sorted(by_version.items()):
            record.ratings.replace(name, version, sorted(rows, key=repr))
        for name in sorted({name for name, _ in by_version}):
            write_graph(record, name)
    conflicting = sum(one.rating_set != base_name(one.rating_set) for one in set(merged) - before)
    return len(merged) - len(before), conflicting


def _family_of(record: "Record", base: str) -> list[str]:
    """Return the imported sets that are of ``base``, itself and those beside it."""
    return sorted({one.name for one in record.ratings.sets() if base_name(one.name) == base})


def _side_by_side(ratings: Iterable[Rating]) -> Iterator[Rating]:
    rivals: defaultdict[_Key, set[Rating]] = defaultdict(set)
    for one in ratings:
        plain = replace(one, rating_set=base_name(one.rating_set), version=base_name(one.version))
        key = (plain.rating_set, plain.version, plain.outlet, plain.rater, plain.scale, plain.scope, plain.rated_on)
        rivals[key].add(plain)
    for found in rivals.values():
        for rank, one in enumerate(sorted(found, key=repr), start=1):
            # the version is part of a rating's identifier, the set is not: both are marked
            mark = f" ({rank})" if rank > 1 else ""
            yield replace(one, rating_set=one.rating_set + mark, version=one.version + mark) if mark else one


def add_reviews(record: "Record", reviews: Iterable[Review]) -> int:
    """Merge reviews into those of a record; of two by one address on one claim the later stays; return how many are new or changed."""
    from graphkit.rdf import identifiers
    from graphkit.rdf.formats import FORMATS, parse

    by_graph: defaultdict[str, list[Review]] = defaultdict(list)
    for one in reviews:
        by_graph[identifiers.reviews_graph(one.publisher)].append(one)
    changed = 0
    with record.transaction():
        for graph, new in sorted(by_graph.items()):
            here = reviews_from_quads(parse(record.graph_nquads(graph) or b"", FORMATS[".nq"], name=graph))
            kept = {one.name: one for one in here}
            for one in sorted(new, key=_age):
                kept[one.name] = max(one, kept.get(one.name, one), key=_age)
            changed += len(set(kept.values()) - set(here))
            record.put_graph(graph, reviews_to_nquads(kept.values())[graph])
    return changed


def _age(one: Review) -> tuple[str, str]:
    return one.published or "", repr(one)
