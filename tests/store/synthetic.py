"""Small invented articles as N-Quads, and a program that adds them, for tests that kill it or run several at once.

python synthetic.py add GRAPH.db FIRST COUNT      adds articles, printing the name of each when it is stored
python synthetic.py replace GRAPH.db FIRST COUNT  replaces them for ever, with another version each time
python synthetic.py index GRAPH.db                brings the index on disk up to the record, again and again
"""

import hashlib
import sys
from pathlib import Path

from graphkit import limits
from graphkit.model import Article, Document
from graphkit.rdf.namespaces import GK, GKD, RDF, RDFS, SCHEMA
from graphkit.store.record import Entry, Record, RunInfo

RUN = RunInfo("run-invented", "add", "0.0", "2025-01-01T00:00:00Z")
ACTORS = 7
OUTLETS = 3


def quad(subject: str, predicate: str, value: str, graph: str) -> str:
    return f"<{GKD}{subject}> <{predicate}> {value} <{GKD}{graph}> .\n"


def node(name: str) -> str:
    return f"<{GKD}{name}>"


def description(actor: str) -> str:
    """The label of an actor, with signs that careless code would cut lines at."""
    return quad(actor, RDFS + "label", f'"{actor} \\"quoted\\" \u2028 \\u000B ü"@en', "graph-shared")


def name_of(number: int) -> str:
    return "art-" + hashlib.sha256(str(number).encode()).hexdigest()[:26]


def nquads_of(number: int, version: int = 0, assertions: int = 3) -> bytes:
    """The quads of one article: which actors it names depends on its number and version."""
    name = name_of(number)
    graph = name.replace("art-", "graph-")
    outlet = f"outlet-{number % OUTLETS}.example"
    lines = {
        quad(name, RDF + "type", f"<{GK}Article>", graph),
        quad(name, SCHEMA + "headline", f'"Article {number}, version {version}"', graph),
        quad(name, SCHEMA + "publisher", node(outlet), graph),
        quad(outlet, GK + "domain", f'"{outlet[7:]}"', "graph-shared"),
        quad(graph, "http://www.w3.org/ns/prov#wasGeneratedBy", node(f"run-{version % 2}"), graph),
        quad(f"run-{version % 2}", GK + "softwareVersion", f'"{version % 2}"', "graph-runs"),
    }
    for index in range(assertions):
        assertion = f"as-{number}-{version}-{index}"
        actor = f"actor-{(number * 5 + version * 3 + index * 2) % ACTORS}"
        lines |= {
            quad(assertion, RDF + "type", f"<{GK}Assertion>", graph),
            quad(assertion, GK + "inArticle", node(name), graph),
            quad(assertion, GK + "about", node(actor), graph),
            description(actor),
            # a description that is no function of its node, which rating sets of two raters may well give
            quad(actor, GK + "family", f'"{version % 2}"', "graph-reference"),
        }
    return "".join(sorted(lines)).encode()


def text_of(number: int, version: int = 0) -> str:
    return f"Officials said on day {number} that version {version} of the talks would go on.\nNobody was named."


def entry(number: int, version: int = 0, assertions: int = 3) -> Entry:
    name = name_of(number)
    text = text_of(number, version)
    article = Article(
        text,
        f"Article {number}, version {version}",
        url=f"https://outlet{number % OUTLETS}.example/{number}",
        outlet=f"outlet{number % OUTLETS}.example",
        published=f"2025-01-{number % 28 + 1:02d}",
        authors=("A. Writer",),
    )
    document = Document(
        f"<p>{text}</p>".encode(), "text/html", f"article{number}.html", url=article.url, fetched_at="2025-02-01T10:00:00Z"
    )
    nquads = nquads_of(number, version, assertions)
    return Entry(article, name, name.replace("art-", "graph-"), nquads, RUN, document, input_key=f"{number}/{version}")


def main() -> None:
    verb, path, *rest = sys.argv[1:]
    if verb == "index":
        from graphkit.store.index import open_index

        limits.MEMORY_INDEX_ARTICLES = 0
        while True:
            with Record.open(Path(path), read_only=True) as record:
                print(len(open_index(record).store), flush=True)
    first, count = map(int, rest)
    with Record.open(Path(path)) as record:
        version = 0
        while True:
            for number in range(first, first + count):
                put = record.put(entry(number, version))
                print(number, version, put.outcome, flush=True)
            if verb == "add":
                return
            version += 1


if __name__ == "__main__":
    main()
