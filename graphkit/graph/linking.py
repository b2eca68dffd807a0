"""What ``graphkit show`` tells of links: what is one claim with a thing, what conflicts with it, who has it from whom."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from graphkit.graph.cards import Item, Section
from graphkit.graph.selecting import select

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store

_OF_ARTICLE = """
SELECT ?id ?relation ?other ?label ?score ?method ?way WHERE {
  ?link a gk:Link ; gk:relation ?relation ; gk:score ?score ; gk:method ?method .
  { ?link gk:from ?id ; gk:to ?other BIND("forth" AS ?way) } UNION { ?link gk:to ?id ; gk:from ?other BIND("back" AS ?way) }
  OPTIONAL { ?other schema:headline ?headline } OPTIONAL { ?other gk:domain ?domain }
  BIND(COALESCE(?headline, ?domain, STR(?other)) AS ?label) }"""
_OF_CLAIM = """
SELECT ?id ?relation ?other ?quote ?begin ?end ?article ?headline ?score ?method WHERE {
  ?as gk:claim ?id .
  ?link a gk:Link ; gk:relation ?relation ; gk:score ?score ; gk:method ?method .
  { ?link gk:from ?as ; gk:to ?other } UNION { ?link gk:to ?as ; gk:from ?other }
  FILTER(?relation IN (gk:supports, gk:contradicts))
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
    return tuple(_of_article(store, node)) if kind in {"Article", "Outlet"} else ()


def _of_article(store: "Store", node: "NamedNode") -> Iterator[Section]:
    found: dict[str, set[tuple[float, str, str, str]]] = {}
    for row in select(store, _OF_ARTICLE, {"id": node}):
        heading = _HEADINGS.get((_local(row["relation"]), row["way"] or ""))
        if heading is not None:
            entry = (-float(row["score"] or 0), row["label"] or "", row["method"] or "", row["other"] or "")
            found.setdefault(heading, set()).add(entry)
    for heading in dict.fromkeys(_HEADINGS.values()):
        if heading in found:
            lines = sorted(found[heading])
            yield Section(
                heading, tuple(Item(f"{label}: {method} ({-score:.2f}) · {other}") for score, label, method, other in lines)
            )


def _of_claim(store: "Store", node: "NamedNode") -> Iterator[Section]:
    for relation, heading in (("supports", "Said elsewhere"), ("contradicts", "Conflicts with")):
        rows = [row for row in select(store, _OF_CLAIM, {"id": node}) if _local(row["relation"]) == relation]
        items = {
            (-float(row["score"] or 0), row["article"] or "", int(row["begin"] or 0)): Item(
                f"{row['method']} ({float(row['score'] or 0):.2f})",
                row["quote"],
                int(row["begin"] or 0),
                int(row["end"] or 0),
                row["headline"],
                row["article"],
            )
            for row in rows
        }
        if items:
            yield Section(heading, tuple(items[key] for key in sorted(items)))


def _local(name: str | None) -> str:
    return (name or "").rsplit("#", 1)[-1].rsplit(":", 1)[-1]
