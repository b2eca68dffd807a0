"""The pages for people: a form, results, cards.  No script runs on them, nothing is fetched, and every text is escaped."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from graphkit.rdf.namespaces import GK, GKD, PREFIXES, shorten

if TYPE_CHECKING:
    import jinja2
    from starlette.responses import Response

    from graphkit.endpoint.holding import Held
    from graphkit.endpoint.pool import Answer
    from graphkit.endpoint.requests import Refused
    from graphkit.rdf.ontology.questions import Question

_FIRST_QUERY: Final = """SELECT ?outlet (COUNT(?citation) AS ?times) WHERE {
  ?citation a gk:Citation ; gk:citedOutlet/gk:domain ?outlet
} GROUP BY ?outlet ORDER BY DESC(?times) ?outlet LIMIT 20"""
_MOST_STATEMENTS: Final = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """One term as a page shows it; ``href`` leads to its card or, elsewhere, to itself."""

    text: str
    href: str | None = None
    note: str | None = None


def page(body: str, status: int = 200) -> "Response":
    """Return a page as a response under a policy that allows its style sheet and its form, and nothing else."""
    from starlette.responses import HTMLResponse

    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    return HTMLResponse(body, status, {"Content-Security-Policy": policy, "Vary": "Accept", "Cache-Control": "no-store"})


def home(title: str, held: "Held") -> str:
    """The form, the packaged questions and what there is."""
    return _render("home.html.j2", title=title, held=held, query=_FIRST_QUERY, questions=_questions())


def results(
    query: str,
    *,
    answer: "Answer | None" = None,
    problem: "Refused | None" = None,
    question: "Question | None" = None,
    settings: dict[str, str] | None = None,
) -> str:
    """The answer to a query, or what is wrong with it, under the form that asked."""
    shown: dict[str, Any] = {}
    if answer is not None and "variables" in answer.head:
        rows = [[_cell(cell) for cell in row] for row in json.loads(answer.body)]
        shown = {"variables": answer.head["variables"], "rows": rows, "is_cut": answer.head["is_cut"]}
    elif answer is not None and "boolean" in answer.head:
        shown = {"boolean": answer.head["boolean"]}
    elif answer is not None:
        shown = {"triples": answer.body.decode()}
    address = "/sparql?query=" + quote(query, safe="")
    return _render(
        "results.html.j2", query=query, problem=problem, question=question, settings=settings or {}, address=address, **shown
    )


def problem(found: "Refused") -> str:
    """A page that says what went wrong."""
    return _render("problem.html.j2", problem=found)


def card(name: str, told: dict[str, Any] | None, nquads: bytes) -> str:
    """The card of a resource: what is known in words, then every statement."""
    import pyoxigraph

    iri = GKD + name
    quads = list(pyoxigraph.parse(nquads, format=pyoxigraph.RdfFormat.N_QUADS))
    said = [(_shown(quad.predicate), _shown(quad.object)) for quad in quads if getattr(quad.subject, "value", None) == iri]
    of_it = [(_shown(quad.subject), _shown(quad.predicate)) for quad in quads if getattr(quad.object, "value", None) == iri]
    inside = [tuple(map(_shown, quad.triple)) for quad in quads if getattr(quad.graph_name, "value", None) == iri]
    return _render(
        "card.html.j2",
        name=name,
        iri=iri,
        card=told,
        said=said,
        of_it=of_it[:_MOST_STATEMENTS],
        inside=inside[:_MOST_STATEMENTS],
        left_out=max(0, len(of_it) - _MOST_STATEMENTS) + max(0, len(inside) - _MOST_STATEMENTS),
    )


def vocabulary() -> str:
    """The terms of the ontology in words."""
    from graphkit.rdf.ontology.vocabulary import terms

    return _render("vocabulary.html.j2", namespace=GK, terms=[asdict(term) for term in terms()])


def ontology(form: str) -> bytes:
    """Return the ontology in the format of an RDF ending ("ttl")."""
    from graphkit.rdf.formats import parse_file, serialize
    from graphkit.resources import folder

    return serialize(parse_file(folder("ontology") / "graphkit.ttl"), f".{form}")


def _questions() -> "Sequence[Question]":
    from graphkit.rdf.ontology.questions import questions

    return questions()


def _cell(cell: list[str | None] | None) -> Shown:
    if cell is None:
        return Shown("")
    kind, value, note = cell
    text = value or ""
    if kind == "iri":
        return _linked(text)
    return Shown(text, note=None if note is None or note == f"{PREFIXES['xsd']}string" else shorten(note))


def _shown(term: Any) -> Shown:
    import pyoxigraph

    if isinstance(term, pyoxigraph.NamedNode):
        return _linked(term.value)
    if isinstance(term, pyoxigraph.Literal):
        note = term.language or shorten(term.datatype.value)
        return Shown(term.value, note=None if note == "xsd:string" else note)
    return Shown(str(term))


def _linked(iri: str) -> Shown:
    """Link an IRI: ours to its card here, the web's to itself, any other not at all."""
    if iri.startswith(GKD):
        return Shown(shorten(iri), "/id/" + quote(iri[len(GKD) :], safe="-._~"))
    if iri.startswith(GK):
        return Shown(shorten(iri), "/ns#" + quote(iri[len(GK) :], safe="-._~"))
    return Shown(shorten(iri), iri if iri.startswith(("https://", "http://")) else None)


@cache
def _style() -> str:
    return (files("graphkit.endpoint") / "assets" / "endpoint.css").read_text(encoding="utf-8")


@cache
def _environment() -> "jinja2.Environment":
    import jinja2

    loader = jinja2.PackageLoader("graphkit.endpoint", "assets")
    made = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals["style"] = _style()
    return made


def _render(template: str, **values: Any) -> str:
    defaults: dict[str, Any] = {"problem": None, "question": None, "settings": {}, "prefixes": sorted(PREFIXES), "query": ""}
    return _environment().get_template(template).render(defaults | values)
