"""Remote stores: any SPARQL 1.1 server as a copy of the record, by the Graph Store HTTP Protocol, query and update (W3C, 2013).

Decisions that cost something to reverse:

* **The copy says itself what it holds.**  A graph beside the others (``marks.MARKS``) has, for each graph that arrived whole, the hash
  of what was sent and the number of its triples.  A mark goes before its graph is touched and comes back after it, so whoever is
  killed, client or server, the next push finds exactly what is left to do.  Nothing is kept on our side.
* **A server is one that the user named.**  It may be on loopback or in a private network, never at a link-local or otherwise special
  address; no redirect is followed, and a password travels only where it cannot be read on the way (``addresses``).
* **urllib3 carries HTTP**; this package adds digest authentication (RFC 7616), which Virtuoso asks for.
"""

from graphkit.store.remote.client import Remote
from graphkit.store.remote.connection import Credentials
from graphkit.store.remote.servers import KINDS, Server

__all__ = ["KINDS", "Credentials", "Remote", "Server"]
