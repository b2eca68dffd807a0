"""Statements → a corpus: claims that say the same are one value, claims that contradict one another answer one question.

* ``sameClaim`` (scored at least ``SURE``) joins claims; ``contradicts`` puts them into one object.  A denial of a claim that others
  assert is the value "not …" of its object.
* A statement that derives from another of the same claim with score q counts 1 - q.
* Outlets that repeat one named source are one origin: they share its weight.
* What an outlet says twice is said once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graphkit.credibility.inference.corpus import Corpus, corpus_from_rows
from graphkit.credibility.inference.nesting import nested_numbers, reach_of, with_nesting
from graphkit.credibility.statements import OPINIONS, Statement, Statements
from graphkit.model import Comparator

SURE = 0.5
NOT = "not "


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A corpus, the statement behind each of its rows, and which value each claim stands for.

    ``corpus.row`` leads from an assertion of the corpus to ``statements``.  ``origins`` counts, per (object, value), the separate
    origins: statements that derive from none of the others, those on the word of one source counted once.
    """

    corpus: Corpus
    statements: tuple[Statement, ...]
    number: dict[str, int]
    origins: dict[int, int]

    def wording_of(self, value: str) -> str:
        """Return the words of a value: those of the claim it stands for."""
        claim = value.removeprefix(NOT)
        words = next((one.wording for one in self.statements if one.claim == claim), "") or claim
        return f"not: {words}" if value.startswith(NOT) else words

    def statements_of(self, claim: int) -> list[Statement]:
        """Return the statements that were counted for a claim of the corpus, in its order."""
        inside = self.corpus.assertions_of(claim)
        return [self.statements[int(row)] for row in self.corpus.row[inside]]


def weigh(given: Statements) -> Evidence | None:
    """Return the evidence that a record's statements are, None where nothing in it can be supported."""
    statements = [one for one in given.statements if one.claim_type not in OPINIONS]
    if not statements:
        return None
    values, objects = _joined(statements, given)
    statements = _shared_out(_derived(statements, given, values), values)
    rows = [(one.speaker, objects[values[one.assertion]], values[one.assertion]) for one in statements]
    corpus = corpus_from_rows(rows, weight=[one.weight for one in statements])
    named = {corpus.claim_names(claim)[1]: claim for claim in range(corpus.n_claims)}
    corpus = _nested(corpus, statements, values, named)
    number = {one.claim: named[values[one.assertion]] for one in statements if not values[one.assertion].startswith(NOT)}
    return Evidence(corpus, tuple(statements), number, _origins(statements, values, named))


class _Groups:
    """Names joined into groups, each called by the first of its names: union-find with path halving."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parent = {name: name for name in names}

    def first(self, name: str) -> str:
        parent = self._parent
        while parent[name] != name:
            parent[name] = name = parent[parent[name]]
        return name

    def join(self, one: str, other: str) -> None:
        one, other = sorted((self.first(one), self.first(other)))
        self._parent[other] = one

    def __contains__(self, name: str) -> bool:
        return name in self._parent


def _joined(statements: Sequence[Statement], given: Statements) -> tuple[dict[str, str], dict[str, str]]:
    """Return the value of each assertion, and the object of each value."""
    claim_of = {one.assertion: one.claim for one in statements}
    same = _Groups(one.claim for one in statements)
    links = [(claim_of.get(link.source, link.source), claim_of.get(link.target, link.target), link) for link in given.links]
    links = [(one, other, link) for one, other, link in links if link.score >= SURE and one in same and other in same]
    for one, other, link in links:
        if link.relation == "sameClaim":
            same.join(one, other)
    affirmed = {same.first(one.claim) for one in statements if not one.is_denial}
    values = {one.assertion: _value(same.first(one.claim), one, affirmed) for one in statements}
    asked = _Groups(sorted({*values.values(), *map(same.first, claim_of.values())}))
    for value in sorted(set(values.values())):
        if value.startswith(NOT):
            asked.join(value.removeprefix(NOT), value)
    for one, other, link in links:
        if link.relation == "contradicts":
            asked.join(same.first(one), same.first(other))
    return values, {value: asked.first(value) for value in set(values.values())}


def _value(claim: str, statement: Statement, affirmed: set[str]) -> str:
    return NOT + claim if statement.is_denial and claim in affirmed else claim


def _derived(statements: Sequence[Statement], given: Statements, values: dict[str, str]) -> list[Statement]:
    """Discount what derives from another statement of the same value; links of articles hold for all that they share."""
    by_article: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        by_article[one.article].append(one)
    by_name = {one.assertion: [one] for one in statements} | by_article
    taken: dict[str, tuple[float, str]] = {}
    for link in given.links:
        if link.relation == "derivedFrom":
            before = {values[one.assertion] for one in by_name.get(link.target, ())}
            for one in by_name.get(link.source, ()):
                if values[one.assertion] in before:
                    taken[one.assertion] = max(
                        taken.get(one.assertion, (0.0, "")), (link.score, by_name[link.target][0].speaker)
                    )
    found = []
    for one in statements:
        score, giver = taken.get(one.assertion, (0.0, ""))
        discount = ((1 - score, f"{DERIVED} ({giver})"),) if score else ()
        found.append(replace(one, discounts=(*one.discounts, *discount)))
    return found


DERIVED = "derived from another article"
ONE_SOURCE = "the same source speaks in other outlets"


def _shared_out(statements: Sequence[Statement], values: dict[str, str]) -> list[Statement]:
    """Share the weight of one named source among the outlets that repeat it."""
    speakers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in statements:
        if one.source is not None:
            speakers[values[one.assertion], one.source].add(one.speaker)
    found = []
    for one in statements:
        count = 1 if one.source is None else len(speakers[values[one.assertion], one.source])
        found.append(one if count == 1 else replace(one, discounts=(*one.discounts, (1 / count, ONE_SOURCE))))
    return found


def _origins(statements: Sequence[Statement], values: dict[str, str], named: dict[str, int]) -> dict[int, int]:
    found: dict[int, set[str]] = {claim: set() for claim in named.values()}
    for one in statements:
        factor = min((factor for factor, why in one.discounts if why.startswith(DERIVED)), default=1.0)
        if factor > SURE:
            found[named[values[one.assertion]]].add(one.source or one.speaker)
    return {claim: max(len(origins), 1) for claim, origins in found.items()}


def _nested(corpus: Corpus, statements: Sequence[Statement], values: dict[str, str], named: dict[str, int]) -> Corpus:
    """Mark numbers that include one another: claims of one object whose statements each hold one quantity of one unit."""
    quantities: dict[int, set[tuple[Decimal, Comparator, str]]] = defaultdict(set)
    for one in statements:
        if one.quantity is not None:
            quantities[named[values[one.assertion]]].add(one.quantity)
    denied = {named[values[one.assertion]] for one in statements if one.is_denial}
    reach = {}
    for claim, found in quantities.items():
        # a denial that repeats the number denied implies nothing
        if len(found) == 1 and claim not in denied:
            value, comparator, unit = next(iter(found))
            reach[claim] = unit, reach_of(value, comparator)
    return with_nesting(corpus, nested_numbers(corpus, reach))
