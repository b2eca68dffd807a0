"""What ``graphkit list`` shows: articles, claims, actors, outlets and citations as rows, filtered and in a fixed order."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from graphkit.graph.assertions import AssertionRow, read_assertions
from graphkit.graph.selecting import Row, select

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store

Kind = Literal["articles", "claims", "actors", "outlets", "citations"]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are wanted; dates are ISO 8601, compared as text, ends included."""

    outlet: str | None = None
    actor: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article and how much was found in it."""

    published: str | None
    outlet: str | None
    title: str
    assertions: int
    attributed: int
    citations: int
    url: str | None
    id: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim: how often, in how many articles and by whom it is asserted."""

    claim: str
    assertions: int
    articles: int
    outlets: int
    voices: str
    said_by: str
    certainty: str
    id: str


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor: how often it is named, speaks and is spoken about."""

    actor: str
    kind: str
    mentions: int
    says: int
    about: int
    articles: int
    id: str


@dataclass(frozen=True, slots=True)
class OutletRow:
    """One outlet: what it published here, and how often it is cited."""

    outlet: str
    articles: int
    citations: int
    cited_by: int
    raters: int
    id: str


@dataclass(frozen=True, slots=True)
class CitationRow:
    """One place where an article points to an outlet."""

    outlet: str
    kind: str
    quote: str
    begin: int
    end: int
    is_guess: bool
    article: str
    published: str | None
    article_id: str


ListRow = ArticleRow | ClaimRow | ActorRow | OutletRow | CitationRow
T = TypeVar("T")

_ARTICLES = """
SELECT ?id ?title ?url ?outlet ?published WHERE {
  ?id a gk:Article ; schema:headline ?title . OPTIONAL { ?id schema:url ?url }
  OPTIONAL { ?id schema:publisher ?publisher . ?publisher gk:domain ?outlet } OPTIONAL { ?id schema:datePublished ?published } }"""
_CITATIONS = """
SELECT ?id ?o ?outlet ?kind ?quote ?begin ?end ?guess ?article_id ?article ?citing ?published WHERE {
  ?id a gk:Citation ; cito:hasCitingEntity ?article_id ; gk:citedOutlet ?o ; gk:citationKind ?kind ; nif:anchorOf ?quote ;
    nif:beginIndex ?begin ; nif:endIndex ?end . ?o gk:domain|rdfs:label ?outlet . ?article_id schema:headline ?article .
  OPTIONAL { ?article_id schema:publisher ?publisher . ?publisher gk:domain ?citing }
  OPTIONAL { ?article_id schema:datePublished ?published } OPTIONAL { ?id gk:isGuess ?guess } }"""
_ACTORS = """
SELECT ?id ?actor ?kind WHERE {
  ?id a ?kind ; rdfs:label ?actor . VALUES ?kind { gk:Person gk:Country gk:Organisation gk:Group gk:AnonymousSource } }"""
_MENTIONS = "SELECT ?id ?actor_id ?article_id WHERE { ?id a gk:Mention ; gk:denotes ?actor_id ; gk:inArticle ?article_id }"
_SAYS = """
SELECT ?at ?actor_id ?article_id WHERE { ?as gk:attribution ?at ; gk:inArticle ?article_id . ?at gk:source ?actor_id }"""
_ABOUT = "SELECT ?as ?actor_id ?article_id WHERE { ?as gk:about ?actor_id ; gk:inArticle ?article_id }"
_OUTLETS = "SELECT ?id ?outlet WHERE { ?id a gk:Outlet ; gk:domain ?outlet }"
_RATERS = """
SELECT ?outlet ?by WHERE { ?r a gk:Rating ; gk:rates ?o ; schema:author ?by . ?o gk:domain ?outlet }"""
_LEAST_CERTAIN = ("underspecified", "possible", "probable", "certain")


def list_assertions(store: "Store", wanted: Filter | None = None) -> list[AssertionRow]:
    """Return the assertions in order of date, article and place in the text."""
    rows = read_assertions(store)
    if wanted is None:
        return rows
    about = _assertions_of_actor(store, wanted.actor)
    return [row for row in rows if _is_wanted(row.outlet, row.published, wanted) and (about is None or row.id in about)]


def _is_wanted(outlet: str | None, published: str | None, wanted: Filter) -> bool:
    if wanted.outlet is not None and outlet != wanted.outlet:
        return False
    if wanted.since is None and wanted.until is None:
        return True
    # an article without a date cannot be said to lie inside a range of dates
    return published is not None and (wanted.since or "") <= published[:10] <= (wanted.until or "9999")


def _assertions_of_actor(store: "Store", name: str | None) -> set[str] | None:
    """Return the assertions that an actor of this name makes or is the subject of; None where no actor was asked for."""
    if name is None:
        return None
    ids = {
        row["id"] for row in select(store, _ACTORS) if (row["actor"] or "").casefold() == name.casefold() or row["id"] == name
    }
    about = {row["as"] for row in select(store, _ABOUT) if row["actor_id"] in ids}
    says = select(store, "SELECT ?as ?actor_id WHERE { ?as gk:attribution/gk:source ?actor_id }")
    return {a for a in about | {row["as"] for row in says if row["actor_id"] in ids} if a is not None}


def list_articles(store: "Store", wanted: Filter) -> list[ArticleRow]:
    """Return articles, newest first, undated last."""
    assertions = list_assertions(store, Filter(actor=wanted.actor))
    total, attributed = (
        Counter(a.article_id for a in assertions),
        Counter(a.article_id for a in assertions if a.voice != "author"),
    )
    cited = Counter(row["article_id"] for row in select(store, _CITATIONS))
    rows = [
        ArticleRow(
            published=row["published"],
            outlet=row["outlet"],
            title=row["title"] or "",
            assertions=total[row["id"] or ""],
            attributed=attributed[row["id"] or ""],
            citations=cited[row["id"]],
            url=row["url"],
            id=row["id"] or "",
        )
        for row in select(store, _ARTICLES)
        if _is_wanted(row["outlet"], row["published"], wanted) and (wanted.actor is None or row["id"] in total)
    ]
    rows.sort(key=lambda r: (r.title, r.id))
    return sorted(rows, key=lambda r: r.published or "", reverse=True)


def list_claims(store: "Store", wanted: Filter) -> list[ClaimRow]:
    """Return claims, those asserted in most articles first."""
    groups = _grouped(list_assertions(store, wanted), lambda a: a.claim_id)
    rows = [
        ClaimRow(
            claim=group[0].claim,
            assertions=len({a.id for a in group}),
            articles=len({a.article_id for a in group}),
            outlets=len({a.outlet for a in group if a.outlet}),
            voices=", ".join(sorted({a.voice for a in group})),
            said_by=", ".join(sorted({a.who for a in group if a.who})),
            certainty=min((a.certainty for a in group), key=_LEAST_CERTAIN.index),
            id=claim_id,
        )
        for claim_id, group in groups.items()
    ]
    return sorted(rows, key=lambda r: (-r.articles, -r.assertions, r.claim, r.id))


def list_actors(store: "Store", wanted: Filter) -> list[ActorRow]:
    """Return actors, those named most often first."""
    inside = {a.id for a in list_articles(store, Filter(wanted.outlet, None, wanted.since, wanted.until))}
    counts: dict[str, Counter[str | None]] = {}
    articles: defaultdict[str | None, set[str | None]] = defaultdict(set)
    for label, sparql in (("mentions", _MENTIONS), ("says", _SAYS), ("about", _ABOUT)):
        counts[label] = Counter()
        for row in select(store, sparql):
            if row["article_id"] in inside:
                counts[label][row["actor_id"]] += 1
                articles[row["actor_id"]].add(row["article_id"])
    rows = [
        ActorRow(
            actor=row["actor"] or "",
            kind=_kind(row["kind"]),
            mentions=counts["mentions"][row["id"]],
            says=counts["says"][row["id"]],
            about=counts["about"][row["id"]],
            articles=len(articles[row["id"]]),
            id=row["id"] or "",
        )
        for row in select(store, _ACTORS)
        if articles[row["id"]] and (wanted.actor is None or (row["actor"] or "").casefold() == wanted.actor.casefold())
    ]
    return sorted(rows, key=lambda r: (-r.mentions, -r.says, -r.about, r.actor, r.id))


def _kind(name: str | None) -> str:
    return "unnamed source" if name == "AnonymousSource" else (name or "").lower()


def list_outlets(store: "Store", wanted: Filter) -> list[OutletRow]:
    """Return outlets, those cited most often first."""
    published = Counter(row["outlet"] for row in select(store, _ARTICLES) if _is_wanted(None, row["published"], _dates(wanted)))
    cited: Counter[str | None] = Counter()
    citing: defaultdict[str | None, set[str | None]] = defaultdict(set)
    for row in select(store, _CITATIONS):
        if _is_wanted(None, row["published"], _dates(wanted)):
            cited[row["outlet"]] += 1
            citing[row["outlet"]].add(row["article_id"])
    raters = Counter(row["outlet"] for row in select(store, _RATERS))
    rows = [
        OutletRow(domain, published[domain], cited[domain], len(citing[domain]), raters[domain], row["id"] or "")
        for row in select(store, _OUTLETS)
        if (domain := row["outlet"] or "") and (published[domain] or cited[domain]) and wanted.outlet in (None, domain)
    ]
    return sorted(rows, key=lambda r: (-r.citations, -r.articles, r.outlet))


def _dates(wanted: Filter) -> Filter:
    return Filter(since=wanted.since, until=wanted.until)


def citations_where(store: "Store", **values: "NamedNode") -> list[CitationRow]:
    """Return the citations in an article (``article_id``) or of an outlet (``o``), in order, without a look at any other."""
    return _citations(select(store, _CITATIONS, values), Filter())


def list_citations(store: "Store", wanted: Filter) -> list[CitationRow]:
    """Return citations in order of date, article and place; ``Filter.outlet`` is the outlet that is cited."""
    return _citations(select(store, _CITATIONS), wanted)


def _citations(found: Iterable[Row], wanted: Filter) -> list[CitationRow]:
    rows = [
        CitationRow(
            outlet=row["outlet"] or "",
            kind=row["kind"] or "",
            quote=row["quote"] or "",
            begin=int(row["begin"] or 0),
            end=int(row["end"] or 0),
            is_guess=row["guess"] == "true",
            article=row["article"] or "",
            published=row["published"],
            article_id=row["article_id"] or "",
        )
        for row in found
        if _is_wanted(None, row["published"], _dates(wanted)) and wanted.outlet in (None, row["outlet"])
    ]
    return sorted(rows, key=lambda r: (r.published or "", r.article_id, r.begin, r.outlet))


def _grouped(items: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


LISTERS: dict[str, Callable[["Store", Filter], list[Any]]] = {
    "articles": list_articles,
    "claims": list_claims,
    "actors": list_actors,
    "outlets": list_outlets,
    "citations": list_citations,
}
