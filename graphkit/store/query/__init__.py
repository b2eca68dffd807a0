"""Queries: read by a gate, answered by a child process under limits, printed in the W3C's result formats.

The names in ``__all__`` are loaded when they are first used: the child, which is of this package, needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphkit.store.query.gate import Reading, read_query
    from graphkit.store.query.run import Limits, QueryResult, run_query
    from graphkit.store.query.terms import Term

__all__ = ["Limits", "QueryResult", "Reading", "Term", "read_query", "run_query"]

_HOMES = {"Reading": "gate", "read_query": "gate", "Term": "terms"}


def __getattr__(name: str) -> Any:
    """Load a name when it is first asked for (PEP 562)."""
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'run')}"), name)
