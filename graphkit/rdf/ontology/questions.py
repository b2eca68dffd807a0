"""The packaged questions, ``ontology/queries/*.rq``: a sentence each, and what may be narrowed.

A file begins with its sentence as a comment; comments like ``# set outlet: outlet`` say that the variable ``?outlet`` may be bound
to an outlet.  A value becomes a term first, and the term is bound by ``VALUES`` where the file says ``# narrowed here``: any SPARQL
engine understands that, and no user's text ever stands in a query.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graphkit.errors import InputError, NotFound
from graphkit.rdf import identifiers
from graphkit.rdf.namespaces import GKD
from graphkit.resources import folder

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

# the whole line goes: what stands before the mark is what is asked where nothing is set
_MARK = re.compile("^.*# narrowed here$", re.MULTILINE)
_SETTING = re.compile(r"# set (\w{1,40}): (\w{1,40})")
_LOCAL = re.compile(r"[a-z]{2,10}-[A-Za-z0-9._-]{1,253}")
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that may be bound: ``kind`` is "article", "actor", "outlet", "claim" or "resource" (any of them)."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Question:
    """One packaged question: ``name`` ("cq07"), ``slug`` ("corroboration"), what it asks, and how."""

    name: str
    slug: str
    sentence: str
    sparql: str
    parameters: tuple[Parameter, ...]


@cache
def questions() -> tuple[Question, ...]:
    """Return the packaged questions by name."""
    paths = sorted((folder("ontology") / "queries").glob("*.rq"))
    return tuple(_read(path.stem, path.read_text(encoding="utf-8")) for path in paths)


def question(name: str) -> Question:
    """Return the question called ``name``: "cq07", "corroboration" or "cq07_corroboration".

    Raises:
        NotFound: There is none of that name.
    """
    for one in questions():
        if name.lower() in {one.name, one.slug, f"{one.name}_{one.slug}"}:
            return one
    raise NotFound(f"no packaged question is called {name[:80]!r}", hint="graphkit query --names lists them")


def narrowed(asked: Question, settings: Mapping[str, str]) -> str:
    """Return the SPARQL of a question with some of its parameters bound.

    Raises:
        InputError: The question has no such parameter, or a value names nothing of the parameter's kind.
    """
    known = {parameter.name: parameter for parameter in asked.parameters}
    clauses = []
    for name, value in sorted(settings.items()):
        if name not in known:
            hint = f"it has {', '.join(known)}" if known else "it has none"
            raise InputError(f"{asked.name} has no parameter {name[:80]!r}", hint=hint)
        clauses.append(f"VALUES ?{name} {{ {parameter_term(known[name], value)} }}")
    return _MARK.sub(lambda _: " ".join(clauses), asked.sparql) if clauses else asked.sparql


def parameter_term(parameter: Parameter, value: str) -> "NamedNode":
    """Return the node that a user means: a local name, a Wikidata id, a domain, or an article's URL.

    Raises:
        InputError: The value names nothing of the parameter's kind.
    """
    from pyoxigraph import NamedNode

    local = value.removeprefix(GKD).removeprefix("gkd:")
    if _LOCAL.fullmatch(local) and (parameter.kind == "resource" or local.startswith(_PREFIX[parameter.kind])):
        return NamedNode(GKD + local)
    if parameter.kind in {"actor", "resource"} and _WIKIDATA.fullmatch(value):
        return NamedNode(GKD + identifiers.actor("", "", value))
    if parameter.kind in {"article", "resource"} and value.startswith(("http://", "https://")):
        return NamedNode(GKD + identifiers.article(value, ""))
    if parameter.kind in {"outlet", "resource"} and "." in value:
        return NamedNode(GKD + identifiers.outlet(value))
    hint = "give an identifier as `graphkit list` prints it, a Wikidata id, a domain, or an article's URL"
    raise InputError(f"{parameter.name}={value[:80]!r}: this names no {parameter.kind}", hint=hint)


_PREFIX: dict[str, tuple[str, ...]] = {
    "article": ("art-",),
    "actor": ("actor-", "outlet-"),
    "outlet": ("outlet-",),
    "claim": ("claim-",),
}


def _read(stem: str, text: str) -> Question:
    name, _, slug = stem.partition("_")
    sentence, *rest = text.splitlines()
    settings = [match for line in rest if (match := _SETTING.fullmatch(line))]
    return Question(name, slug, sentence.removeprefix("# "), text, tuple(Parameter(found[1], found[2]) for found in settings))
