"""Assertions as rows, each with its article and the source nearest the claim.

What is optional is asked for in questions of its own and put together here: an engine that joins optional parts of all assertions
at once takes a second for the eight of one claim.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Literal

from graphkit.graph.selecting import Row, select, values_of
from graphkit.rdf.namespaces import GKD

if TYPE_CHECKING:
    from pyoxigraph import Store


@dataclass(frozen=True, slots=True)
class AssertionRow:
    """One assertion with its article and the source nearest the claim."""

    id: str
    claim_id: str
    claim: str
    quote: str
    begin: int
    end: int
    voice: str
    certainty: str
    polarity: str
    claim_type: str
    who: str | None
    who_id: str | None
    is_anonymous: bool
    cue: str | None
    article_id: str
    headline: str
    url: str | None
    outlet: str | None
    published: str | None


_CORE = """
SELECT ?id ?claim_id ?claim ?quote ?begin ?end ?voice ?certainty ?polarity ?claim_type ?article_id ?headline WHERE { %s
  ?id a gk:Assertion ; gk:inArticle ?article_id ; gk:claim ?claim_id ; nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end ;
    gk:voice ?voice ; gk:certainty ?certainty ; gk:polarity ?polarity ; gk:claimType ?claim_type .
  ?claim_id schema:text ?claim . ?article_id schema:headline ?headline . }"""
_OF_ARTICLE = {
    "url": "SELECT ?one ?value WHERE { %s ?one a gk:Article ; schema:url ?value }",
    "outlet": "SELECT ?one ?value WHERE { %s ?one a gk:Article ; schema:publisher/gk:domain ?value }",
    "published": "SELECT ?one ?value WHERE { %s ?one a gk:Article ; schema:datePublished ?value }",
}
_SOURCES = """
SELECT ?id ?at ?who_id ?who WHERE { %s
  ?id gk:attribution ?at . ?at gk:depth 1 ; gk:source ?who_id . ?who_id rdfs:label|gk:domain ?who }"""
_CUES = "SELECT ?one ?value WHERE { %s ?one gk:cue ?value }"
_ANONYMOUS = "SELECT ?one WHERE { %s ?one a gk:AnonymousSource }"
_OF = {
    "claim": "SELECT ?node ?id WHERE { ?id gk:claim ?node ; a gk:Assertion }",
    "article": "SELECT ?node ?id WHERE { ?id gk:inArticle ?node ; a gk:Assertion }",
    "source": "SELECT ?node ?id WHERE { ?at gk:source ?node ; gk:depth 1 . ?id gk:attribution ?at }",
    "about": "SELECT ?node ?id WHERE { ?id gk:about ?node ; a gk:Assertion }",
}


def assertions_of(store: "Store", role: Literal["claim", "article", "source", "about"], name: str) -> list[AssertionRow]:
    """Return, in order, the assertions whose claim, article, nearest source or subject is called ``name`` (local name)."""
    from pyoxigraph import NamedNode

    found = select(store, _OF[role], {"node": NamedNode(GKD + name)})
    rows = read_assertions(store, {row["id"] or "" for row in found})
    return [row for row in rows if role != "source" or row.who_id == name]


def read_assertions(store: "Store", names: set[str] | None = None) -> list[AssertionRow]:
    """Return the assertions of these local names, or all, in order of date, article and place in the text."""
    if names is not None and not names:
        return []
    core = list(select(store, _CORE % values_of("id", names)))
    articles = None if names is None else {row["article_id"] or "" for row in core}
    stated = {key: _by_one(select(store, question % values_of("one", articles))) for key, question in _OF_ARTICLE.items()}
    sources = _sources(store, names)
    rows = [
        _row(row, dict(zip(stated, of_article, strict=True)), source)
        for row in core
        for of_article in product(*(stated[key].get(row["article_id"], _NONE) for key in stated))
        for source in sources.get(row["id"], _NOBODY)
    ]
    return sorted(rows, key=lambda r: (r.published or "", r.article_id, r.begin, r.end, r.who or ""))


Source = tuple[str | None, str | None, bool, str | None]
_NONE: tuple[str | None, ...] = (None,)
_NOBODY: tuple[Source, ...] = ((None, None, False, None),)


def _sources(store: "Store", names: set[str] | None) -> dict[str | None, tuple[Source, ...]]:
    """Return, by assertion, who is the source nearest the claim: name, local name, whether it is unnamed, cue."""
    found = list(select(store, _SOURCES % values_of("id", names)))
    parts, people = ({row[key] or "" for row in found} for key in ("at", "who_id"))
    cues = _by_one(select(store, _CUES % values_of("one", None if names is None else parts))) if parts else {}
    unnamed = (
        {row["one"] for row in select(store, _ANONYMOUS % values_of("one", None if names is None else people))}
        if people
        else set()
    )
    grouped: defaultdict[str | None, dict[Source, None]] = defaultdict(dict)
    for row in found:
        for cue in cues.get(row["at"], _NONE):
            grouped[row["id"]][row["who"], row["who_id"], row["who_id"] in unnamed, cue] = None
    return {name: tuple(sources) for name, sources in grouped.items()}


def _row(row: Row, of_article: dict[str, str | None], source: Source) -> AssertionRow:
    given = dict(row)
    who, who_id, is_anonymous, cue = source
    return AssertionRow(
        begin=int(given.pop("begin") or 0),
        end=int(given.pop("end") or 0),
        who=who,
        who_id=who_id,
        is_anonymous=is_anonymous,
        cue=cue,
        **given,  # type: ignore[arg-type]
        **of_article,  # type: ignore[arg-type]
    )


def _by_one(rows: Iterable[Row]) -> dict[str | None, tuple[str | None, ...]]:
    found: defaultdict[str | None, list[str | None]] = defaultdict(list)
    for row in rows:
        found[row["one"]].append(row["value"])
    return {one: tuple(values) for one, values in found.items()}
