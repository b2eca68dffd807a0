"""The lines of one article's graph, and of the actors and outlets that it names."""

from graphkit.model import Actor, Article, Outlet
from graphkit.rdf import identifiers, terms
from graphkit.rdf.namespaces import GRAPH_REFERENCE, GRAPH_SHARED
from graphkit.rdf.terms import resource, term

CLASSES = {
    "person": "gk:Person",
    "country": "gk:Country",
    "organisation": "gk:Organisation",
    "group": "gk:Group",
    "anonymous": "gk:AnonymousSource",
}


class ArticleLines:
    """Collects N-Quads lines about one article; ``lines`` holds each once, in no order."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.text
        self.sha256 = article.text_sha256
        self.name = identifiers.article(self.article.url, self.sha256)
        self.language = terms.language_tag(self.article.language)
        self.graph = resource(identifiers.article_graph(self.name))
        self.lines: set[str] = set()
        self._nodes: dict[Actor | Outlet, str] = {}

    def add(self, subject: str, *pairs: tuple[str, str]) -> None:
        """Add properties of a subject to the article's graph."""
        for predicate, value in pairs:
            self.lines.add(f"{subject} {term(predicate)} {value} {self.graph} .\n")

    def share(self, subject: str, *pairs: tuple[str, str], graph: str = GRAPH_SHARED) -> None:
        """Describe a node that other articles may name too."""
        for predicate, value in pairs:
            self.lines.add(f"{subject} {term(predicate)} {value} {resource(graph)} .\n")

    def add_address(self, node: str, predicate: str, url: str | None) -> None:
        """Add a URL as an IRI, and as it was written where the two differ or it makes no IRI."""
        if url is None:
            return
        address = terms.address(url)
        if address is not None:
            self.add(node, (predicate, address))
        if address != f"<{url}>":
            self.add(node, ("gk:writtenAddress", terms.text(url)))

    def name_of(self, one: Actor | Outlet) -> str:
        """Return the local name of an actor or outlet."""
        if isinstance(one, Outlet):
            return identifiers.outlet(one.domain)
        if one.kind == "anonymous":
            return identifiers.anonymous_source(self.name, self.sha256, one.name)
        return identifiers.actor(one.kind, one.name, one.wikidata, self.language)

    def node_of(self, one: Actor | Outlet) -> str:
        """Return the node of an actor or outlet, describing it where it is named for the first time."""
        known = self._nodes.get(one)
        if known is None:
            known = self._nodes[one] = resource(self.name_of(one))
            self._describe(known, one)
        return known

    def _describe(self, node: str, one: Actor | Outlet) -> None:
        if isinstance(one, Outlet):
            domain = terms.text(identifiers.outlet(one.domain).removeprefix("outlet-"))
            self.share(node, ("rdf:type", term("gk:Outlet")), ("gk:domain", domain))
            return
        is_known = one.wikidata is not None and node == resource(f"actor-{one.wikidata}")
        # the tables of known actors are English; a name taken from the text is in the text's language
        label = terms.text(identifiers.canonical_wording(one.name), "en" if is_known else self.language)
        described = ("rdf:type", term(CLASSES[one.kind])), ("rdfs:label", label)
        if one.kind != "anonymous":
            self.share(node, *described)
            if is_known:
                self.share(node, ("schema:sameAs", term(f"wd:{one.wikidata}")), graph=GRAPH_REFERENCE)
            return
        self.add(node, *described)
        if one.anonymous_type is not None:
            self.add(node, ("gk:anonymousType", term("gk:" + one.anonymous_type)))
