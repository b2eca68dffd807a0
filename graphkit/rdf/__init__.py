"""RDF, the one data model: annotations and ratings to quads and back, files, identifiers, the contract.

``quads`` maps an annotation, ``ratings`` what raters say; ``reading`` is the exact way back; ``formats`` and ``profiles`` make files;
``shapes`` checks quads against ``ontology/shapes.ttl``; ``ontology`` holds the packaged questions and the vocabulary's page.

Decisions that cost something to reverse:

- **One named graph an article**; what several articles share goes to ``namespaces.DESCRIBING_GRAPHS``, which hold only triples that
  are a pure function of their subject's IRI.  So graphs merge by joining lines, and an index drops a description with its last user.
- **Identifiers are content hashes** (``identifiers``), there are no blank nodes, and literals are written in canonical form only:
  sorted N-Quads are the canonical form of a graph, and their SHA-256 is the test of equality.
- **Lines are written as text** (``terms``, ``mapping``), not as objects of a library: a test holds them equal to pyoxigraph's.
- **Hedges and loaded words are spans**: the words stand as ``gk:hedge``, and their places, so that nothing is lost when a word stands
  twice, as ``gk:hedgeRange "char=811,816"`` (RFC 5147, code points).
- **One thing of a kind a span**: two different assertions at one span would be one node, so the mapping refuses them.
- **Joint sources** of one depth get an attribution each; the first in the text has the name of the design.
- **A cited name that several outlets bear** is an organisation with ``gk:candidate`` outlets, never a pick.
- ``gk:citesOutlet`` is the one triple that may stand in several article graphs: each states what it shows, so that dropping an
  article drops its edges.  Ask for it with DISTINCT.
- **Language**: a claim or unresolved actor of an article that is not English has the language in its key and its tag on the label.
- **Scores have four decimals**: more would carry differences between processors into the bytes.
- **The shapes are the one statement of the contract**; the queries that check a whole store are made from them, and a test holds
  both to the same findings.
"""
