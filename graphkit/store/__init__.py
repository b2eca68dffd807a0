"""The store: one SQLite file is the record, an Oxigraph index follows from it, queries run in a child that may be killed.

Decisions that cost something to reverse:

* **The record is one SQLite file** (``graphkit.store.record``): sources as fetched, texts, one blob of sorted N-Quads a named graph,
  ratings, decisions, runs.  RDF stays the only data model: no table of assertions or citations beside the quads.
* **One article is one transaction**, begun with BEGIN IMMEDIATE and made durable (``synchronous=FULL``) before it is reported.  A graph
  that is dropped stays as a tombstone, so that an index that lags learns of it.
* **Every write has a number (``seq``) and a chain value**: the hash of the previous one, the graph's name and its quads' hash.  An index
  says which pair it has reached.  A file put back from a backup and written on has another chain, so its old index is thrown away
  rather than trusted.
* **The index is disposable** (``graphkit.store.index``): in memory for small graphs, a folder beside the file for large ones.  A rebuild
  gives the same quads, by SHA-256 of the sorted N-Quads.
* **Graphs that describe shared nodes** (``namespaces.DESCRIBING_GRAPHS``) are never put themselves: every blob carries the description of
  the nodes it names, and only of those.  A description leaves the index with the last blob that carries it.
* **Queries are read before they are run** (``graphkit.store.query``): SERVICE, updates, absurd nesting and unreadable characters are
  refused, then a spawned child answers under limits of memory, time and open files.
"""
