"""Assertions as arrays: sorted, numbered by name, so that the order in which they were read never shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy import sparse

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

SUMMED_BY_COLUMN = 8
"""Tables of up to so many values are summed column by column: rows that short are slower."""
LARGE = 3_000_000
"""Assertions from which on memory is saved: the sums of an iteration are done in single precision, half the memory and half the time,
and the corpus is taken for one island."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """Who asserts which value of which object: a claim is an (object, value), an object the question several claims answer.

    Assertions are sorted by object, value and outlet, so that those of a claim, and the claims of an object, are runs of the
    arrays.  Objects are sorted by how many values they have, then how many assertions, then by name: those of as many values are
    the rows of a table (``tables``), and sums over them plain sums of columns.

    ``outlet`` is per assertion; ``claim_start`` and ``claim_value`` per claim, ``object_start`` (first claim) per object.
    ``weight`` in [0, 1] is what is known of an assertion before any statistics: confidence, hedging, derivation.  ``row`` is the
    place of each assertion in what was given; of several rows that say the same, the one with the most weight is kept.
    ``wider`` has a one at (narrow, wide) for each pair of claims of one object of which the first implies the second.
    """

    outlets: Sequence[str]
    objects: Sequence[str]
    values: Sequence[str]
    outlet: NDArray[np.int32]
    claim_start: NDArray[np.int32]
    claim_value: NDArray[np.int32]
    object_start: Whole
    weight: Numbers
    row: NDArray[np.int32]
    wider: "sparse.csr_array | None" = None

    @property
    def n_assertions(self) -> int:
        """The number of assertions."""
        return len(self.outlet)

    @property
    def n_claims(self) -> int:
        """The number of claims."""
        return len(self.claim_start)

    @property
    def n_objects(self) -> int:
        """The number of objects."""
        return len(self.object_start)

    @property
    def n_outlets(self) -> int:
        """The number of outlets."""
        return len(self.outlets)

    @property
    def is_large(self) -> bool:
        """Whether memory is to be saved."""
        return self.n_assertions >= LARGE

    @cached_property
    def supporters(self) -> NDArray[np.int32]:
        """Per claim: how many outlets assert it."""
        return np.diff(self.claim_start, append=np.int32(self.n_assertions))

    @cached_property
    def distinct(self) -> NDArray[np.int32]:
        """Per object: how many values are asserted."""
        return np.diff(self.object_start, append=self.n_claims).astype(np.int32)

    @cached_property
    def claim(self) -> NDArray[np.int32]:
        """Per assertion: its claim."""
        return np.repeat(np.arange(self.n_claims, dtype=np.int32), self.supporters)

    @cached_property
    def object_of_claim(self) -> NDArray[np.int32]:
        """Per claim: its object."""
        return np.repeat(np.arange(self.n_objects, dtype=np.int32), self.distinct)

    @cached_property
    def said(self) -> Whole:
        """Per outlet: how many claims it asserts."""
        return np.bincount(self.outlet, minlength=self.n_outlets)

    @cached_property
    def by_outlet(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Where each outlet's assertions begin (and at last where all end) in the second array: the assertions, outlet by outlet."""
        from scipy import sparse

        bounds = np.append(self.claim_start, np.int32(self.n_assertions))
        numbered = (np.arange(self.n_assertions, dtype=np.int32), self.outlet, bounds)
        sorted_once = sparse.csr_array(numbered, shape=(self.n_claims, self.n_outlets)).tocsc()
        return sorted_once.indptr, sorted_once.data

    @cached_property
    def tables(self) -> tuple[tuple[int, slice, slice], ...]:
        """The runs of objects that have as many values: how many these are, which objects, and which claims."""
        edges = np.flatnonzero(np.diff(self.distinct, prepend=0, append=0)).tolist()
        found, begin = [], 0
        for first, last in pairwise(edges):
            n_values = int(self.distinct[first])
            end = begin + n_values * (last - first)
            found.append((n_values, slice(first, last), slice(begin, end)))
            begin = end
        return tuple(found)

    @cached_property
    def island(self) -> NDArray[np.int32]:
        """Per outlet: the number of its island, the outlets that a chain of common objects joins; those that say nothing come last."""
        from scipy import sparse
        from scipy.sparse.csgraph import connected_components

        n_nodes = self.n_objects + self.n_outlets
        # objects, then outlets; an edge leads from each object to those that speak on it
        starts = np.full(n_nodes + 1, self.n_assertions, dtype=np.int32)
        starts[: self.n_objects] = self.claim_start[self.object_start]
        edges = (np.ones(self.n_assertions), self.outlet + np.int32(self.n_objects), starts)
        _, label = connected_components(sparse.csr_array(edges, shape=(n_nodes, n_nodes)), directed=False)
        islands: NDArray[np.int32] = label[self.n_objects :]
        return islands

    def sum_by_object(self, per_claim: Numbers) -> Numbers:
        """Add up what stands per claim over each object."""
        total = np.empty(self.n_objects, dtype=per_claim.dtype)
        for n_values, objects, claims in self.tables:
            table, sums = per_claim[claims].reshape(-1, n_values), total[objects]
            if n_values > SUMMED_BY_COLUMN:
                table.sum(axis=1, out=sums)
                continue
            sums[:] = table[:, 0]
            for column in range(1, n_values):
                sums += table[:, column]
        return total

    def divide_by_object(self, per_claim: Numbers, per_object: Numbers) -> None:
        """Divide what stands per claim by what stands per object, in place."""
        for n_values, objects, claims in self.tables:
            table = per_claim[claims].reshape(-1, n_values)
            table /= per_object[objects, np.newaxis]

    def sum_by_claim(self, per_assertion: Numbers) -> Numbers:
        """Add up what stands per assertion over each claim."""
        return np.add.reduceat(per_assertion, self.claim_start)

    def matrix(self, weight: Numbers) -> "sparse.csr_array":
        """Return claims by outlets, holding the assertions' weights."""
        from scipy import sparse

        kind = np.float32 if self.is_large else np.float64
        bounds = np.append(self.claim_start, np.int32(self.n_assertions))
        shape = (self.n_claims, self.n_outlets)
        return sparse.csr_array((weight.astype(kind, copy=False), self.outlet, bounds), shape=shape)

    def claim_names(self, claim: int) -> tuple[str, str]:
        """Return the object and the value of a claim."""
        return self.objects[int(self.object_of_claim[claim])], self.values[int(self.claim_value[claim])]

    def assertions_of(self, claim: int) -> slice:
        """Return where the assertions of a claim stand."""
        begin = int(self.claim_start[claim])
        return slice(begin, begin + int(self.supporters[claim]))

    def claims_of(self, obj: int) -> slice:
        """Return where the claims of an object stand."""
        begin = int(self.object_start[obj])
        return slice(begin, begin + int(self.distinct[obj]))


def corpus_from_rows(rows: Iterable[tuple[str, str, str]], *, weight: Sequence[float] | None = None) -> Corpus:
    """Return the corpus of (outlet, object, value) rows, in any order.

    Raises:
        ValueError: There are no rows.
    """
    columns = list(zip(*rows, strict=True))
    if not columns:
        raise ValueError("a corpus needs at least one assertion")
    names, numbers = zip(*(_numbered(column) for column in columns), strict=True)
    given = np.ones(len(columns[0])) if weight is None else np.asarray(weight, dtype=np.float64)
    return corpus_from_arrays(*numbers, names=names, weight=given)


def corpus_from_arrays(
    outlet: Whole, obj: Whole, value: Whole, *, names: Sequence[Sequence[str]] | None = None, weight: Numbers | None = None
) -> Corpus:
    """Return the corpus of numbered assertions; ``names`` are those of outlets, objects and values, sorted, else the numbers."""
    outlets, objects, values = names or [_Counted(int(column.max()) + 1) for column in (outlet, obj, value)]
    # one 1 for all takes no room
    given = np.broadcast_to(np.ones(1), len(outlet)) if weight is None else weight
    order = _sorted_by(obj, value, outlet, given)
    outlet, obj, value = outlet[order], obj[order], value[order]
    new_object = _changes(obj)
    new_claim = new_object | _changes(value)
    first = new_claim | _changes(outlet)
    if not first.all():
        order, outlet, obj, value = order[first], outlet[first], obj[first], value[first]
        new_object, new_claim = new_object[first], new_claim[first]
    moved = _by_size(new_object, new_claim)
    order, outlet, obj, value = order[moved], outlet[moved], obj[moved], value[moved]
    new_object, new_claim = new_object[moved], new_claim[moved]
    claim_start = np.flatnonzero(new_claim).astype(np.int32)
    return Corpus(
        outlets,
        _Asserted(objects, obj[new_object]),
        values,
        outlet.astype(np.int32),
        claim_start,
        value[claim_start].astype(np.int32),
        np.flatnonzero(new_object[claim_start]),
        given[order] if weight is not None else given[: len(order)],
        order.astype(np.int32),
    )


def _numbered(column: Sequence[str]) -> tuple[list[str], Whole]:
    names = sorted(set(column))
    number = {name: k for k, name in enumerate(names)}
    return names, np.fromiter((number[name] for name in column), dtype=np.int64, count=len(column))


def _sorted_by(obj: Whole, value: Whole, outlet: Whole, weight: Numbers) -> Whole:
    """Sort by object, value, outlet, then the most weight; one integer key where it fits, which is several times as quick."""
    n_values, n_outlets = int(value.max()) + 1, int(outlet.max()) + 1
    if (int(obj.max()) + 1) * n_values * n_outlets < 1 << 62 and (weight == weight[0]).all():
        return np.argsort((obj.astype(np.int64) * n_values + value) * n_outlets + outlet, kind="stable")
    return np.lexsort((-weight, outlet, value, obj))


def _by_size(new_object: NDArray[np.bool_], new_claim: NDArray[np.bool_]) -> Whole:
    """Return the places of sorted assertions, objects of fewest values and then of fewest assertions first."""
    begin = np.flatnonzero(new_object)
    n_assertions = np.diff(begin, append=len(new_object))
    n_values = np.add.reduceat(new_claim, begin, dtype=np.int64)
    order = np.argsort(n_values * (int(n_assertions.max()) + 1) + n_assertions, kind="stable")
    begin, n_assertions = begin[order], n_assertions[order]
    moved: Whole = np.arange(len(new_object)) + np.repeat(begin - (np.cumsum(n_assertions) - n_assertions), n_assertions)
    return moved


def _changes(column: Whole) -> NDArray[np.bool_]:
    changed = np.empty(len(column), dtype=bool)
    changed[0] = True
    np.not_equal(column[1:], column[:-1], out=changed[1:])
    return changed


class _Counted(Sequence[str]):
    """The names "0", "1", … of things that have none, without holding them."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN204
        return str(range(self._count)[at]) if not isinstance(at, slice) else [str(k) for k in range(self._count)[at]]


class _Asserted(Sequence[str]):
    """The names of the objects that are asserted, in their order."""

    def __init__(self, names: Sequence[str], number: Whole) -> None:
        self._names, self._number = names, number

    def __len__(self) -> int:
        return len(self._number)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN204
        return self._names[int(self._number[at])] if not isinstance(at, slice) else [self._names[k] for k in self._number[at]]
