"""What ``graphkit show`` prints: one article, claim, actor or outlet, what it says and on whose word, each line with its quote.

A card is data; the command line and the page draw it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphkit.graph.assertions import AssertionRow, assertions_of
from graphkit.graph.finding import find
from graphkit.graph.listing import CitationRow, citations_where
from graphkit.graph.selecting import select

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store

    from graphkit.knowledge.ratings.explanation import Row as RatingRow
    from graphkit.store.record import Record


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a card: words, the quote they rest on, its offsets (code points, end-exclusive) and its article."""

    text: str
    quote: str | None = None
    begin: int | None = None
    end: int | None = None
    article: str | None = None
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One thing of the graph: what it is (``facts``) and what is known of it (``sections``)."""

    kind: str
    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


_ARTICLE = """
SELECT ?id ?url ?outlet ?published ?language ?length ?extractor ?version WHERE {
  ?id gk:length ?length . OPTIONAL { ?id schema:url ?url } OPTIONAL { ?id schema:publisher ?p . ?p gk:domain ?outlet }
  OPTIONAL { ?id schema:datePublished ?published } OPTIONAL { ?id schema:inLanguage ?language }
  OPTIONAL { ?graph gk:describes ?id ; prov:wasGeneratedBy ?run . ?run rdfs:label ?extractor ; gk:softwareVersion ?version } }"""
_PUBLISHED = """
SELECT ?publisher ?id ?title ?published WHERE {
  ?id schema:publisher ?publisher ; a gk:Article ; schema:headline ?title . OPTIONAL { ?id schema:datePublished ?published } }"""
_DETAILS = """
SELECT ?id ?as ?hedge ?loaded ?number WHERE {
  ?as gk:inArticle ?id . { ?as gk:hedge ?hedge } UNION { ?as gk:loaded ?loaded }
  UNION { ?as gk:quantity ?q . ?q gk:value ?value ; gk:comparator ?comparator . OPTIONAL { ?q gk:unit ?unit }
          BIND(CONCAT(STRAFTER(STR(?comparator), "#"), " ", STR(?value), IF(BOUND(?unit), CONCAT(" ", ?unit), "")) AS ?number) } }"""
_NOTES = """
SELECT ?id ?question ?fact ?source WHERE {
  ?n a gk:Note ; gk:inArticle ?id ; gk:question ?question ; gk:fact ?fact ; gk:factSource ?source }"""
_MENTIONS = """
SELECT ?id ?quote ?begin ?end ?article_id ?article WHERE {
  ?m a gk:Mention ; gk:denotes ?id ; gk:inArticle ?article_id ; nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end .
  ?article_id schema:headline ?article }"""
_ASSESSED = """
SELECT ?id ?metric ?score ?low ?high ?origins ?method WHERE {
  ?a dqv:computedOn ?id ; dqv:isMeasurementOf ?m ; gk:score ?score ; gk:low ?low ; gk:high ?high ; gk:method ?method .
  ?m rdfs:label ?metric . OPTIONAL { ?a gk:origins ?origins } }"""


def card(store: "Store", name: str, record: "Record") -> Card:
    """Return the card of what is called ``name``.

    Raises:
        NotFound: Nothing, or more than one thing, fits.
    """
    identifier, kind = find(store, name)
    if kind == "Article":
        found = _article_card(store, identifier)
    elif kind == "Claim":
        found = _claim_card(store, identifier)
    elif kind == "Outlet":
        found = _outlet_card(store, identifier, record)
    else:
        found = _actor_card(store, identifier, kind)
    from graphkit.graph.linking import link_sections

    links = link_sections(store, identifier, kind)
    return replace(found, sections=_filled((*found.sections, *links, _decision_section(record, identifier))))


def _decision_section(record: "Record", identifier: str) -> Section:
    """Return what people decided about a thing, and their notes."""
    from graphkit.graph.deciding import decisions_in_force

    words = {
        "merge": "{target} is the same as {value}",
        "split": "{target} is not {value}",
        "derivedFrom": "{target} has it from {value}",
        "rename": "called “{value}”",
        "note": "{value}",
    }
    items = tuple(
        Item(
            f"{words[d.kind].format(target=d.target, value=d.value)} ({d.decided_by}, {d.decided_at}{': ' + d.note if d.note else ''}; no. {n})"
        )
        for n, d in decisions_in_force(record)
        if identifier in {d.target, d.value}
    )
    return Section("Decided by people", items)


def who_says(row: AssertionRow) -> str:
    """Say in words on whose word an assertion stands."""
    if row.who is None:
        return "the article itself"
    name = f"{row.who} (unnamed source)" if row.is_anonymous else row.who
    return f"{name}, “{row.cue}”" if row.cue else name


def _quoted(rows: Iterable[AssertionRow], text: Callable[[AssertionRow], str]) -> tuple[Item, ...]:
    return tuple(Item(text(row), row.quote, row.begin, row.end, row.headline, row.article_id) for row in rows)


def _qualities(row: AssertionRow) -> str:
    words = [row.claim_type, row.certainty]
    if row.polarity == "negative":
        words.append("denied")
    return ", ".join(words)


def _article_card(store: "Store", identifier: str) -> Card:
    mine = assertions_of(store, "article", identifier)
    facts = next(iter(select(store, _ARTICLE, {"id": _iri(identifier)})), {})
    details = _details(store, identifier)
    title = next(iter(select(store, "SELECT ?id ?t WHERE { ?id schema:headline ?t }", {"id": _iri(identifier)})))["t"] or ""
    said = _quoted(mine, lambda row: "; ".join((who_says(row), _qualities(row), *details.get(row.id, ()))))
    notes = tuple(
        Item(f"{row['question']} ({row['fact']}; source: {row['source']})")
        for row in select(store, _NOTES, {"id": _iri(identifier)})
    )
    labels = (
        ("url", "address"),
        ("outlet", "outlet"),
        ("published", "date"),
        ("language", "language"),
        ("length", "characters"),
    )
    known = [(label, str(facts[key])) for key, label in labels if facts.get(key)]
    if facts.get("version"):
        known.append(("extracted by", f"{facts['extractor']} {facts['version']}"))
    sections = (
        Section("Says, in text order", said),
        Section("Cites", _citation_items(citations_where(store, article_id=_iri(identifier)), named="outlet")),
        Section("Questions raised by background checks", tuple(sorted(notes, key=lambda item: item.text))),
    )
    return Card("article", identifier, title, tuple(known), _filled(sections))


def _details(store: "Store", identifier: str) -> dict[str, tuple[str, ...]]:
    """Return hedges, loaded words and numbers by assertion, in words."""
    found: dict[str, set[str]] = {}
    for row in select(store, _DETAILS, {"id": _iri(identifier)}):
        for key, label in (("hedge", "hedge"), ("loaded", "loaded word"), ("number", "number")):
            if row[key] is not None:
                found.setdefault(row["as"] or "", set()).add(
                    f"{label} “{row[key]}”" if key != "number" else f"number: {row[key]}"
                )
    return {key: tuple(sorted(values)) for key, values in found.items()}


def _claim_card(store: "Store", identifier: str) -> Card:
    mine = assertions_of(store, "claim", identifier)
    outlets = {row.outlet for row in mine if row.outlet}
    facts = (
        ("assertions", str(len({row.id for row in mine}))),
        ("articles", str(len({row.article_id for row in mine}))),
        ("outlets", ", ".join(sorted(outlets)) or "none named"),
        *_assessed(store, identifier),
    )
    items = _quoted(mine, lambda row: "; ".join((who_says(row), _qualities(row))))
    return Card("claim", identifier, mine[0].claim if mine else identifier, facts, _filled((Section("Asserted by", items),)))


def _assessed(store: "Store", identifier: str) -> Iterator[tuple[str, str]]:
    """Yield what was last assessed of a claim or outlet, in words; nothing where no number was given."""
    rows = [(row["metric"] or "", row) for row in select(store, _ASSESSED, {"id": _iri(identifier)})]
    for metric, row in sorted(rows, key=lambda pair: pair[0]):
        score, low, high = (float(row[key] or 0) for key in ("score", "low", "high"))
        origins = f", origins: {row['origins']}" if row["origins"] else ""
        yield metric, f"{score:.2f} (range {low:.2f} to {high:.2f}{origins}; {row['method']})"


def _actor_card(store: "Store", identifier: str, kind: str) -> Card:
    label = next(iter(select(store, "SELECT ?id ?l WHERE { ?id rdfs:label ?l }", {"id": _iri(identifier)})))["l"] or identifier
    says = assertions_of(store, "source", identifier)
    about = [row for row in assertions_of(store, "about", identifier) if row.who_id != identifier]
    mentions = sorted(
        select(store, _MENTIONS, {"id": _iri(identifier)}), key=lambda r: (r["article_id"] or "", int(r["begin"] or 0))
    )
    named = tuple(
        Item("named", r["quote"], int(r["begin"] or 0), int(r["end"] or 0), r["article"], r["article_id"]) for r in mentions
    )
    facts = [("kind", "unnamed source" if kind == "AnonymousSource" else kind.lower()), ("mentions", str(len(named)))]
    if identifier.startswith("actor-Q"):
        facts.append(("Wikidata", identifier.removeprefix("actor-")))
    sections = (
        Section("Says", _quoted(says, lambda row: "; ".join((who_says(row), _qualities(row))))),
        Section("Is spoken about", _quoted(about, lambda row: "; ".join((who_says(row), _qualities(row))))),
        Section("Is named", named),
    )
    return Card("actor", identifier, label, tuple(facts), _filled(sections))


def _outlet_card(store: "Store", identifier: str, record: "Record") -> Card:
    domain = identifier.removeprefix("outlet-")
    citations = citations_where(store, o=_iri(identifier))
    says = assertions_of(store, "source", identifier)
    published = sorted(
        (row["published"] or "", row["title"] or "", row["id"] or "")
        for row in select(store, _PUBLISHED, {"publisher": _iri(identifier)})
    )
    verdict, ratings = _ratings(record, domain)
    facts = (
        *_known_facts(domain),
        ("articles here", str(len(published))),
        ("citations here", str(len(citations))),
        ("ratings", verdict),
        *_assessed(store, identifier),
    )
    sections = (
        Section("Rated by", ratings),
        Section("Cited in", _citation_items(citations, named="article")),
        Section("Says", _quoted(says, lambda row: "; ".join((who_says(row), _qualities(row))))),
        Section("Published", tuple(Item(f"{title} ({date or 'no date'})", article_id=name) for date, title, name in published)),
    )
    return Card("outlet", identifier, domain, facts, _filled(sections))


def _known_facts(domain: str) -> tuple[tuple[str, str], ...]:
    """Return what the package's own tables know of an outlet, each with its source."""
    from graphkit.knowledge.outlets import describe
    from graphkit.knowledge.sources import source_title

    record = describe(domain)
    if record is None:
        return (("domain", domain),)
    facts = [("domain", domain), ("name", record.name), ("kind", record.kind), ("country", record.country)]
    facts += [
        ("owner", f"{' '.join((o.owner, *_when(o.begin, o.end)))} (source: {source_title(o.source)})") for o in record.owners
    ]
    if record.state is not None:
        source = source_title(record.state.source)
        facts.append(("state control", f"{record.state.typology}, {record.state.year} (source: {source})"))
    return tuple((label, str(value)) for label, value in facts if value)


def _when(begin: str, end: str) -> list[str]:
    return [f"{word} {day}" for word, day in (("from", begin), ("to", end)) if day]


def _ratings(record: "Record", domain: str) -> tuple[str, tuple[Item, ...]]:
    """Return what the ratings amount to, in words, and a line a rating with its set, version, date, scale, family and licence."""
    from graphkit.graph.rating import explain_outlet

    found = explain_outlet(record, domain)
    if not found.rows:
        return "unrated: no rating of this outlet is in this graph ('graphkit ratings import' adds some)", ()
    return f"{found.wording} ({found.coverage})", tuple(Item(_rating_line(row)) for row in found.rows)


def _rating_line(row: "RatingRow") -> str:
    rating = row.rating
    parts = [
        f"{rating.rater}: {rating.value}",
        f"scale {rating.scale} ({rating.dimension})",
        *([f"only for {rating.scope}"] if rating.scope else []),
        f"rated on {rating.rated_on}",
        f"set {rating.rating_set}, version {rating.version}",
        f"family {rating.family}",
        f"licence: {rating.licence}",
        *(["imputed"] if rating.imputed else []),
        *([f"does not count: {row.why_not}"] if row.why_not else []),
    ]
    return "; ".join(parts)


def _citation_items(rows: list[CitationRow], *, named: str) -> tuple[Item, ...]:
    words = {"sourceList": "in a list of sources", "link": "by a link", "mention": "by name"}
    return tuple(
        Item(
            f"{row.outlet + ', ' if named == 'outlet' else ''}{words.get(row.kind, row.kind)}{' (a guess)' if row.is_guess else ''}",
            row.quote,
            row.begin,
            row.end,
            row.article,
            row.article_id,
        )
        for row in rows
    )


def _filled(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    return tuple(section for section in sections if section.items)


def _iri(identifier: str) -> "NamedNode":
    from pyoxigraph import NamedNode

    from graphkit.rdf.namespaces import GKD

    return NamedNode(GKD + identifier)
