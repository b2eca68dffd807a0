"""Estimates of unrated outlets from who cites and carries them: a class of its own, asked for, never part of support.

Only what *others* do counts: a rated outlet that cites another, or carries its text, says something about it; what an outlet cites
itself is free to fake, so it moves its own estimate by exactly nothing.  Where fewer than three rated outlets of two families of
raters point to it, there is no estimate: that is the normal answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log1p, sqrt
from typing import TYPE_CHECKING

from graphkit.credibility.statements import NOT_ARTICLES, read_links
from graphkit.knowledge.ratings import explain
from graphkit.model import Rating
from graphkit.rdf.facts import Facts

if TYPE_CHECKING:
    from graphkit.store.record import Record

LEAST_NEIGHBOURS, LEAST_FAMILIES = 3, 2
SHRUNK_BY = 2.0
"""Neighbours' worth of pull towards the mean of all rated outlets: who is cited by whom tells only so much."""
SPREAD = 0.25
"""Standard deviation of outlets' ratings around those of the outlets that cite them, the least that an interval allows for."""
Z90 = 1.645


@dataclass(frozen=True, slots=True, order=True)
class Pointing:
    """In ``count`` articles the outlet ``source`` cites or carries the outlet ``target`` (domains)."""

    source: str
    target: str
    count: int


@dataclass(frozen=True, slots=True)
class RatedOutlet:
    """Where the ratings of an outlet stand between 0 (worst) and 1, and the families of raters they come from."""

    value: float
    families: frozenset[str]


@dataclass(frozen=True, slots=True)
class EstimatedRating:
    """What the network suggests of an unrated outlet, on the normalised scale, with the rated neighbours it rests on."""

    outlet: str
    score: float
    low: float
    high: float
    neighbours: tuple[str, ...]
    families: tuple[str, ...]


def estimate_outlets(record: "Record") -> tuple[EstimatedRating, ...]:
    """Return estimates of the unrated outlets of a record that enough rated outlets cite or carry, by domain."""
    pointing = read_pointing(record)
    domains = sorted({one.source for one in pointing} | {one.target for one in pointing})
    return estimate(pointing, rated_outlets({domain: record.ratings.of_outlet(domain) for domain in domains}))


def rated_outlets(ratings: Mapping[str, Sequence[Rating]]) -> dict[str, RatedOutlet]:
    """Return the outlets that are rated: the middle of the families' span, imputed ratings left out."""
    found = {}
    for domain, given in sorted(ratings.items()):
        explained = explain([one for one in given if not one.imputed], outlet=domain)
        if explained.interval is not None:
            families = frozenset(voice.family for voice in explained.voices)
            found[domain] = RatedOutlet(float(sum(explained.interval)) / 2, families)
    return found


def estimate(pointing: Iterable[Pointing], rated: Mapping[str, RatedOutlet]) -> tuple[EstimatedRating, ...]:
    """Return the estimates that pointing outlets and their ratings allow; unrated outlets lend nothing to one another."""
    incoming: dict[str, dict[str, float]] = defaultdict(dict)
    for one in sorted(pointing):
        if one.source in rated and one.target not in rated and one.source != one.target:
            incoming[one.target][one.source] = incoming[one.target].get(one.source, 0.0) + one.count
    if not rated:
        return ()
    middle = sum(rated[domain].value for domain in sorted(rated)) / len(rated)
    made = (_estimate(target, neighbours, rated, middle) for target, neighbours in sorted(incoming.items()))
    return tuple(one for one in made if one is not None)


def _estimate(
    target: str, neighbours: Mapping[str, float], rated: Mapping[str, RatedOutlet], middle: float
) -> EstimatedRating | None:
    families = frozenset[str]().union(*(rated[one].families for one in neighbours))
    if len(neighbours) < LEAST_NEIGHBOURS or len(families) < LEAST_FAMILIES:
        return None
    voices = [(rated[one].value, log1p(count)) for one, count in sorted(neighbours.items())]
    score = _mean(voices, middle)
    left_out = [_mean([*voices[:k], *voices[k + 1 :]], middle) for k in range(len(voices))]
    half = Z90 * SPREAD * sqrt(1 + 1 / len(voices))
    low, high = min(*left_out, score - half), max(*left_out, score + half)
    return EstimatedRating(target, score, max(low, 0.0), min(high, 1.0), tuple(sorted(neighbours)), tuple(sorted(families)))


def _mean(voices: Sequence[tuple[float, float]], middle: float) -> float:
    pull = SHRUNK_BY * log1p(1)
    return (sum(value * weight for value, weight in voices) + pull * middle) / (sum(weight for _, weight in voices) + pull)


def read_pointing(record: "Record") -> tuple[Pointing, ...]:
    """Return who cites whom and who carries whose text in a record, each counted once an article."""
    from graphkit.rdf.formats import FORMATS, parse

    counts: dict[tuple[str, str], int] = defaultdict(int)
    publisher: dict[str, str] = {}
    for name in record.graph_names():
        if name in NOT_ARTICLES or name.startswith("graph-ratings-"):
            continue
        facts = Facts(parse(record.graph_nquads(name) or b"", FORMATS[".nq"], name=name))
        for source in facts.having("gk:citesOutlet"):
            for target in facts.all(source, "gk:citesOutlet"):
                counts[facts.one(source, "gk:domain"), facts.one(target, "gk:domain")] += 1
        publisher |= _publishers(facts)
    for link in read_links(record):
        one, other = publisher.get(link.source), publisher.get(link.target)
        if link.relation == "derivedFrom" and one is not None and other is not None and one != other:
            counts[one, other] += 1
    return tuple(Pointing(source, target, count) for (source, target), count in sorted(counts.items()))


def _publishers(facts: Facts) -> dict[str, str]:
    """Return the outlet of each article and of each of its assertions, by local name."""
    from graphkit.rdf.namespaces import GKD

    found = {}
    for article in facts.having("schema:publisher"):
        domain = facts.one(facts.one(article, "schema:publisher"), "gk:domain")
        found[article.removeprefix(GKD)] = domain
        found |= dict.fromkeys((one.removeprefix(GKD) for one in facts.having_object("gk:inArticle", article)), domain)
    return found
