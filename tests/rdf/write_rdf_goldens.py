"""Write what is generated and committed: the golden graph's file and the lower part of the ontology's page.

    python tests/rdf/write_rdf_goldens.py

Run it after a change that was meant, and read the difference.
"""

import sys
from pathlib import Path

from graphkit.rdf.formats import FORMATS, write_in_order
from graphkit.rdf.namespaces import GKD
from graphkit.rdf.ontology.vocabulary import document
from graphkit.rdf.quads import annotation_to_quads
from graphkit.resources import folder

MARK = "<!-- generated: everything below is made from the files beside this one -->\n\n"
HEAD = """\
# The seed article, annotated by hand: who says what, on whose word, and which outlets it names.
# Offsets are Unicode code points, 0-based, end-exclusive, over the text in NFC with LF line ends.
"""
ORDER = ("graph-", "art-", "as-", "qty-", "at-", "mn-", "cit-", "actor-", "claim-", "outlet-", "run-")


def golden_trig() -> bytes:
    """Return the golden graph in the order of the article: each assertion with its parts, then mentions, then citations."""
    import pyoxigraph
    from seed_annotation import SEED

    quads = annotation_to_quads(SEED, with_text=True)
    begins = {
        quad.subject.value: int(quad.object.value)
        for quad in quads
        if quad.predicate.value.endswith(("#beginIndex", "#sourceBegin"))
    }
    names = (
        "describes",
        "type",
        "inArticle",
        "claim",
        "hasCitingEntity",
        "citedOutlet",
        "denotes",
        "beginIndex",
        "endIndex",
        "anchorOf",
        "source",
        "cue",
    )

    def place(quad: pyoxigraph.Quad) -> tuple[object, ...]:
        local, graph = quad.subject.value.removeprefix(GKD), quad.graph_name.value.removeprefix(GKD)
        kind = next(number for number, prefix in enumerate(ORDER) if local.startswith(prefix))
        predicate = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
        rank = names.index(predicate) if predicate in names else len(names)
        shared = ("graph-shared", "graph-reference", "graph-runs")
        return (
            shared.index(graph) if graph in shared else -1,
            kind,
            begins.get(quad.subject.value, 0),
            local,
            rank,
            predicate,
            str(quad.object),
        )

    return HEAD.encode() + write_in_order(sorted(quads, key=place), FORMATS[".trig"])


def page(readme: str) -> str:
    """Return the ontology's page with its generated part made anew."""
    return readme.partition(MARK)[0] + MARK + document()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    (folder("seeds") / "golden.trig").write_bytes(golden_trig())
    readme = folder("ontology") / "README.md"
    readme.write_text(page(readme.read_text(encoding="utf-8")), encoding="utf-8")
