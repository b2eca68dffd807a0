"""Running our own SELECT questions on an index of ours, with values bound as terms, never pasted."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from graphkit.rdf.namespaces import GK, GKD, PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions, Store

Row = dict[str, str | None]
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def select(store: "Store", sparql: str, values: Mapping[str, Any] | None = None) -> Iterator[Row]:
    """Yield each distinct solution as text by variable; IRIs of ours as their local part.

    Args:
        store: An index of the graph.
        sparql: A SELECT query, prefixes left out.
        values: Terms of pyoxigraph that take the place of variables.
    """
    from pyoxigraph import Variable

    substitutions = {Variable(name): term for name, term in (values or {}).items()}
    answer = store.query(PROLOGUE + sparql, use_default_graph_as_union=True, substitutions=substitutions)
    solutions = cast("QuerySolutions", answer)
    names = [variable.value for variable in solutions.variables]
    seen: set[tuple[str | None, ...]] = set()
    for solution in solutions:
        row = tuple(_text(solution[name]) for name in names)
        if row not in seen:
            seen.add(row)
            yield dict(zip(names, row, strict=True))


def _text(term: Any) -> str | None:
    return None if term is None else local_name(str(term.value))


def local_name(iri: str) -> str:
    """Return the local part of an IRI of ours; any other text as it is."""
    return iri.removeprefix(GKD).removeprefix(GK)


def values_of(variable: str, names: Iterable[str] | None) -> str:
    """Return a VALUES clause that binds ``variable`` to local names, or nothing for all.

    Each is written by the engine's own class for IRIs, which refuses what is none.  An engine that is told so where to begin needs
    milliseconds where it would else join the whole graph.
    """
    from pyoxigraph import NamedNode

    if names is None:
        return ""
    nodes = " ".join(str(NamedNode(name if ":" in name else GKD + name)) for name in sorted(names))
    return f"VALUES ?{variable} {{ {nodes} }}"
