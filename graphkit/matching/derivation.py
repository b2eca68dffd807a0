"""Who has it from whom: edges between articles, and from articles to the agencies and outlets they credit, each with its evidence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import permutations
from typing import Final, Literal

from graphkit.matching.accounts import Account
from graphkit.matching.copies import SharedText
from graphkit.model import Outlet, Span
from graphkit.rdf import identifiers

EdgeKind = Literal["decision", "copy", "credit", "attribution", "link", "rewrite", "list"]
CONFIDENCE: Final[dict[EdgeKind, float]] = {
    "decision": 1.0, "copy": 0.95, "credit": 0.9, "attribution": 0.8, "link": 0.6, "rewrite": 0.7, "list": 0.2,
}  # fmt: skip
REWRITE_CLAIMS: Final = 4
REWRITE_ORDER: Final = 0.7
REWRITE_DAYS: Final = 60
REWRITE_TIMES: Final = 2
"""How many times as much an article must share with the one it rewrites as with any of another outlet, where the order differs."""
_HEAD: Final = 400
_STRONG_FORMS: Final = frozenset({"dateline", "byline", "republished", "copyright", "via"})


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """``taker`` (an article) has it from ``giver`` (an article "art-…" or an outlet "outlet-…").

    ``span`` is the evidence in the taker's text, ``giver_span`` in the giver's; ``assertions`` are the taker's assertions that the edge
    carries, empty for all.  ``is_later`` marks a giver published after the taker: an update, or a mistaken date.
    """

    taker: str
    giver: str
    kind: EdgeKind
    confidence: float
    span: Span | None = None
    giver_span: Span | None = None
    assertions: tuple[str, ...] = ()
    is_later: bool = False


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an article says of itself and of where it has it from; small enough to be held for all articles at once.

    ``declared`` are its edges to outlets; ``links`` the addresses it links to, each with its span and the assertions around it.
    """

    name: str
    outlet: str | None
    url: str | None
    published: str | None
    declared: tuple[Edge, ...] = ()
    links: tuple[tuple[str, Span, tuple[str, ...]], ...] = ()


def imprint_of(account: Account) -> Imprint:
    """Return the imprint of an article: credit lines, attributions to outlets, links, its list of sources."""
    found = [*_credits(account), *_attributions(account)]
    links = []
    for citation in account.annotation.citations:
        if citation.url:
            carried = tuple(name for name, one in account.assertions.items() if one.span.overlaps(citation.span))
            links.append((citation.url, citation.span, carried))
        if citation.outlet is not None and citation.kind == "sourceList":
            confidence = CONFIDENCE["list"] * (0.5 if citation.is_guess else 1.0)
            found.append(Edge(account.name, identifiers.outlet(citation.outlet.domain), "list", confidence, citation.span))
    return Imprint(account.name, account.outlet, account.url, account.published, tuple(found), tuple(links))


def declared_edges(imprint: Imprint, by_url: Mapping[str, str], by_name: Mapping[str, Imprint]) -> list[Edge]:
    """Return what an article itself declares, links to articles that are here among it.

    Args:
        imprint: The article.
        by_url: The names of the articles that are here, by address.
        by_name: Their imprints.
    """
    linked = [
        Edge(imprint.name, by_url[url], "link", CONFIDENCE["link"], span, assertions=carried)
        for url, span, carried in imprint.links
        if url in by_url
    ]
    # who names an outlet in a list and links the article there says it once
    return sorted({_flagged(edge, by_name) for edge in (*imprint.declared, *linked) if edge.taker != edge.giver})


def copy_edge(shared: SharedText, pair: tuple[Imprint, Imprint], cited: Iterable[tuple[str, str]]) -> Edge | None:
    """Return who of two articles with shared text has it from the other, None where nothing tells, or little is shared.

    Args:
        shared: What they share.
        pair: Their imprints, in the order of ``shared``.
        cited: What either declares, as (taker, giver).
    """
    if shared.label not in {"copy", "sharesText"}:
        return None
    taker = direction(*pair, cited)
    if taker is None:
        return None
    confidence = CONFIDENCE["copy"] * (1.0 if shared.label == "copy" else 0.5 + shared.containment)
    giver = shared.two if taker == shared.one else shared.one
    spans = shared.spans if taker == shared.one else shared.spans[::-1]
    return _flagged(Edge(taker, giver, "copy", round(confidence, 4), *spans), {one.name: one for one in pair})


def _flagged(edge: Edge, by_name: Mapping[str, Imprint]) -> Edge:
    giver, taker = by_name.get(edge.giver), by_name[edge.taker]
    is_later = giver is not None and (giver.published or "") > (taker.published or "9")
    return replace(edge, is_later=is_later)


def _credits(account: Account) -> list[Edge]:
    from graphkit.knowledge.outlets.credits import find_credits

    found = []
    length = len(account.text)
    for credit in find_credits(account.text):
        is_at_edge = credit.begin < _HEAD or credit.end > length - _HEAD
        if credit.origin == account.outlet or credit.form not in _STRONG_FORMS or not is_at_edge:
            continue
        span = Span(credit.begin, credit.end)
        found.append(Edge(account.name, identifiers.outlet(credit.origin), "credit", CONFIDENCE["credit"], span))
    return found


def _attributions(account: Account) -> list[Edge]:
    carried: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for name, assertion in account.assertions.items():
        for attribution in assertion.attributions:
            if isinstance(attribution.source, Outlet) and attribution.source.domain != account.outlet:
                span = attribution.source_span or assertion.span
                carried[identifiers.outlet(attribution.source.domain)].append((name, span))
    return [
        Edge(
            account.name,
            outlet,
            "attribution",
            CONFIDENCE["attribution"],
            ends[0][1],
            assertions=tuple(sorted({name for name, _ in ends})),
        )
        for outlet, ends in carried.items()
    ]


def direction(one: Imprint, two: Imprint, cited: Iterable[tuple[str, str]]) -> str | None:
    """Return the name of the taker of two articles with one text, or None where nothing tells.

    What tells, strongest first: a link to or credit of the other, the other's outlet being an agency, a day of publication.
    """
    known = set(cited)
    for taker, giver in ((one, two), (two, one)):
        ends = {giver.name, *([identifiers.outlet(giver.outlet)] if giver.outlet else [])}
        back = {taker.name, *([identifiers.outlet(taker.outlet)] if taker.outlet else [])}
        is_forth, is_back = any((taker.name, end) in known for end in ends), any((giver.name, end) in known for end in back)
        if is_forth and not is_back:
            return taker.name
    from graphkit.knowledge.outlets.credits import is_wire

    wires = [account for account in (one, two) if account.outlet and is_wire(account.outlet)]
    if len(wires) == 1:
        return two.name if wires[0] is one else one.name
    days = [_day(account) for account in (one, two)]
    if days[0] is not None and days[1] is not None and days[0] != days[1]:
        return one.name if days[0] > days[1] else two.name
    return None


def _day(account: Account | Imprint) -> date | None:
    try:
        return date.fromisoformat((account.published or "")[:10])
    except ValueError:
        return None


Places = dict[tuple[str, str], list[tuple[int, int]]]


def find_rewrites(by_name: Mapping[str, Account], claims: Iterable[tuple[str, ...]], declared: Iterable[Edge]) -> list[Edge]:
    """Return likely rewrites: many linked claims, in one order or with nobody else, and the other's outlet declared as a source.

    Of several articles of that outlet the one it shares most with is the giver, the earliest of equals.

    Args:
        by_name: The articles of one story.
        claims: Pairs or clusters of assertions that say the same, by name.
        declared: What these articles declare.
    """
    cited = {(edge.taker, edge.giver) for edge in declared}
    shared = _linked_places(by_name, claims)
    best: dict[tuple[str, str], tuple[int, str, Edge]] = {}
    for taker, giver in sorted(shared):
        outlet = by_name[giver].outlet
        if outlet is None or not {(taker, identifiers.outlet(outlet)), (taker, giver)} & cited:
            continue
        edge = _rewrite(by_name[taker], by_name[giver], shared[taker, giver], _most_elsewhere(taker, outlet, by_name, shared))
        if edge is not None:
            ranked = (-len(edge.assertions), by_name[giver].published or "9", edge)
            best[taker, outlet] = min(best.get((taker, outlet), ranked), ranked)
    by_imprint = {name: Imprint(name, one.outlet, one.url, one.published) for name, one in by_name.items()}
    return sorted(_flagged(edge, by_imprint) for _, _, edge in best.values())


def _linked_places(by_name: Mapping[str, Account], claims: Iterable[tuple[str, ...]]) -> Places:
    """Return, for each two articles both ways round, the places of their linked assertions."""
    places = {name: (account.name, place) for account in by_name.values() for place, name in enumerate(account.assertions)}
    shared: Places = defaultdict(list)
    for members in claims:
        for one, two in permutations(sorted(places[name] for name in members if name in places), 2):
            if one[0] != two[0]:
                shared[one[0], two[0]].append((one[1], two[1]))
    return shared


def _most_elsewhere(taker: str, outlet: str, by_name: Mapping[str, Account], shared: Places) -> int:
    """Return the most of its assertions that an article has in common with one article of any other outlet."""
    return max(
        (
            len({place for place, _ in pairs})
            for (one, other), pairs in shared.items()
            if one == taker and by_name[other].outlet != outlet
        ),
        default=0,
    )


def _rewrite(taker: Account, giver: Account, pairs: Sequence[tuple[int, int]], elsewhere: int) -> Edge | None:
    distinct = _one_each(pairs)
    days = _day(taker), _day(giver)
    is_near = days[0] is None or days[1] is None or abs((days[0] - days[1]).days) <= REWRITE_DAYS
    is_likest = len({place for place, _ in pairs}) >= REWRITE_TIMES * elsewhere and elsewhere > 0
    if not is_near or len(distinct) < REWRITE_CLAIMS or not (is_likest or order_agreement(distinct) >= REWRITE_ORDER):
        return None
    names, givers = list(taker.assertions), list(giver.assertions)
    carried = tuple(sorted(names[place] for place in {place for place, _ in pairs}))
    first, second = distinct[0]
    spans = taker.assertions[names[first]].span, giver.assertions[givers[second]].span
    return Edge(taker.name, giver.name, "rewrite", CONFIDENCE["rewrite"], *spans, carried)


def _one_each(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return pairs in which each place stands once, the nearest to the diagonal kept."""
    left: set[int] = set()
    right: set[int] = set()
    kept = []
    for one, two in sorted(set(pairs), key=lambda pair: (abs(pair[0] - pair[1]), pair)):
        if one not in left and two not in right:
            left.add(one)
            right.add(two)
            kept.append((one, two))
    return sorted(kept)


def order_agreement(pairs: Sequence[tuple[int, int]]) -> float:
    """Return the share of pairs of pairs that stand in one order in both texts (Kendall's tau, moved to 0..1)."""
    ordered = sorted(pairs)
    total = len(ordered) * (len(ordered) - 1) // 2
    if not total:
        return 0.0
    same = sum(ordered[i][1] < ordered[j][1] for i in range(len(ordered)) for j in range(i + 1, len(ordered)))
    return same / total
