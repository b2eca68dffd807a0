"""The endpoint: a read-only SPARQL 1.1 Protocol server over a snapshot of the graph, for one machine.

Decisions that cost something to reverse:

* **uvicorn and starlette carry HTTP**, this package only says what is answered.  It listens on loopback; any other address needs a flag.
* **One process holds the graph and forks** (``keeper``).  Loading is paid once; each fork shares the memory, is a snapshot of its own
  that later writes do not touch, and is thrown away when a question runs past a limit.  The next one is there in milliseconds.
* **A fork that answers strangers' questions can open nothing** (``worker``): no file and no socket, as in ``store.query``, behind the
  same gate.  Its own alarm ends it at the limit, whatever the engine is doing.
* **Answers are whole before they are sent**, so that a status is never taken back; ``limits.SERVED_ANSWER_BYTES`` bounds them.
* **Nothing is logged**: questions tell what somebody is looking for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphkit.endpoint.server import ServeOptions, run

__all__ = ["ServeOptions", "run"]


def __getattr__(name: str) -> Any:
    """Load a name when it is first asked for (PEP 562): the keeper, which is of this package, needs none of them."""
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module("graphkit.endpoint.server"), name)
