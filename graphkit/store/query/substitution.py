"""Putting values for variables into a query: as terms in a VALUES block, never as text in the place of a name.

pyoxigraph's own substitutions take only variables that SELECT returns; VALUES binds any variable of the outermost pattern.
"""

from collections.abc import Mapping

from graphkit.errors import InputError, QuerySyntax
from graphkit.rdf.namespaces import PREFIXES
from graphkit.store.query.gate import Reading


def bound_query(query: str, reading: Reading, values: Mapping[str, str]) -> str:
    """Return ``query`` with each variable of ``values`` bound to a term, given in Turtle (``<iri>``, ``gkd:actor-Q159``, ``"text"@en``, ``5``).

    Raises:
        InputError: A value is not one term, or the query has no such variable.
        QuerySyntax: The query has no pattern in which a variable could be bound.
    """
    if not values:
        return query
    unknown = sorted(name for name in values if name not in reading.variables)
    if unknown:
        known = ", ".join(sorted(reading.variables)) or "none"
        raise InputError(f"the query has no variable ?{unknown[0]}", hint=f"its variables: {known}")
    if reading.group is None:
        raise QuerySyntax("a value can be set only in a query with a pattern in braces after WHERE")
    begin, end = reading.group
    block = "".join(f" VALUES ?{name} {{ {term_of(name, text)} }} " for name, text in sorted(values.items()))
    if reading.is_nested:
        return f"{query[:begin]}{block}{{{query[begin:end]}}}{query[end:]}"
    return query[:begin] + block + query[begin:]


def term_of(name: str, text: str) -> str:
    """Return ``text``, one IRI or literal in Turtle, as the term that it is, in N-Triples.

    Raises:
        InputError: It is not exactly one term.
    """
    import pyoxigraph

    prefixes = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())
    line = f"{prefixes}<urn:x:s> <urn:x:p> {text}\n."
    try:
        triples = list(pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.TURTLE))
    except (SyntaxError, ValueError) as error:
        raise _not_a_term(name, text) from error
    if len(triples) != 1 or not isinstance(triples[0].object, pyoxigraph.NamedNode | pyoxigraph.Literal):
        raise _not_a_term(name, text)
    return str(triples[0].object)


def _not_a_term(name: str, text: str) -> InputError:
    return InputError(
        f"the value of ?{name} is not one term: {text[:80]!r}",
        hint='write <https://...>, a prefixed name such as gkd:actor-Q159, "text" or 5',
    )
