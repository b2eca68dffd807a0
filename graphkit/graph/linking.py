"""What ``graphkit show`` tells of links: what is one claim with a thing, what conflicts with it, who has it from whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphkit.graph.cards import Item, Section
from graphkit.graph.selecting import select, values_of

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store

_ENDS = {
    "forth": "SELECT ?id ?link ?other WHERE { %s ?link gk:from ?id ; gk:to ?other ; a gk:Link }",
    "back": "SELECT ?id ?link ?other WHERE { %s ?link gk:to ?id ; gk:from ?other ; a gk:Link }",
}
_LINKS = "SELECT ?link ?relation ?score ?method WHERE { %s ?link gk:relation ?relation ; gk:score ?score ; gk:method ?method }"
_NAMES = "SELECT ?other ?name WHERE { %s ?other schema:headline|gk:domain ?name }"
_ASSERTING = "SELECT ?id ?as WHERE { ?as gk:claim ?id ; a gk:Assertion }"
_QUOTES = """
SELECT ?other ?quote ?begin ?end ?article ?headline WHERE { %s
  ?other nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end ; gk:inArticle ?article . ?article schema:headline ?headline }"""
_HEADINGS: Final = {
    ("derivedFrom", "forth"): "Has it from",
    ("derivedFrom", "back"): "Passed on by",
    ("cites", "forth"): "Links to",
    ("cites", "back"): "Linked by",
    ("sharesText", "forth"): "Shares text with",
    ("sharesText", "back"): "Shares text with",
}


def link_sections(store: "Store", identifier: str, kind: str) -> tuple[Section, ...]:
    """Return the links of an article, a claim or an outlet as sections, the surest first; none before ``graphkit update``."""
    from pyoxigraph import NamedNode

    from graphkit.rdf.namespaces import GKD

    node = NamedNode(GKD + identifier)
    if kind == "Claim":
        return tuple(_of_claim(store, node))
    return tuple(_of_article(store, identifier)) if kind in {"Article", "Outlet"} else ()


@dataclass(frozen=True, slots=True)
class _Linked:
    """One link as seen from one of its ends; ``way`` is "forth" where that end is the one that has it from the other."""

    relation: str
    way: str
    other: str
    score: float
    method: str


def _links_of(store: "Store", names: set[str]) -> list[_Linked]:
    """Return the links that begin or end at things of these local names."""
    if not names:
        return []
    ends = {
        (row["link"] or "", way, row["other"] or "")
        for way, question in _ENDS.items()
        for row in select(store, question % values_of("id", names))
    }
    if not ends:
        return []
    rows = {row["link"]: row for row in select(store, _LINKS % values_of("link", {link for link, _, _ in ends}))}
    return [
        _Linked(_local(row["relation"]), way, other, float(row["score"] or 0), row["method"] or "")
        for link, way, other in sorted(ends)
        if (row := rows.get(link)) is not None
    ]


def _of_article(store: "Store", name: str) -> Iterator[Section]:
    links = _links_of(store, {name})
    found: dict[str, set[tuple[float, str, str, str]]] = {}
    named = select(store, _NAMES % values_of("other", {link.other for link in links})) if links else ()
    labels = {row["other"]: row["name"] or "" for row in named}
    for link in links:
        heading = _HEADINGS.get((link.relation, link.way))
        if heading is not None:
            found.setdefault(heading, set()).add((-link.score, labels.get(link.other, link.other), link.method, link.other))
    for heading in dict.fromkeys(_HEADINGS.values()):
        if heading in found:
            lines = sorted(found[heading])
            yield Section(
                heading, tuple(Item(f"{label}: {method} ({-score:.2f}) · {other}") for score, label, method, other in lines)
            )


def _of_claim(store: "Store", node: "NamedNode") -> Iterator[Section]:
    links = _links_of(store, {row["as"] or "" for row in select(store, _ASSERTING, {"id": node})})
    quoted = select(store, _QUOTES % values_of("other", {link.other for link in links})) if links else ()
    quotes = {row["other"]: row for row in quoted}
    for relation, heading in (
        ("supports", "Said elsewhere"),
        ("contradicts", "May conflict with (of such findings, 4 of 13 were right)"),
    ):
        items: dict[tuple[float, str, int], Item] = {}
        for link in links:
            row = quotes.get(link.other)
            if link.relation == relation and row is not None:
                begin, end = int(row["begin"] or 0), int(row["end"] or 0)
                items[-link.score, row["article"] or "", begin] = Item(
                    f"{link.method} ({link.score:.2f})", row["quote"], begin, end, row["headline"], row["article"]
                )
        if items:
            yield Section(heading, tuple(items[key] for key in sorted(items)))


def _local(name: str | None) -> str:
    return (name or "").rsplit("#", 1)[-1].rsplit(":", 1)[-1]
