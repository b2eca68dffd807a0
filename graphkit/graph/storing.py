"""Adding: what is gathered is prepared, in this process or in several, and stored one by one, in order."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from graphkit import __version__
from graphkit.graph.adding import Added, Job, Prepared, Refused, prepare_all, with_domain
from graphkit.model import Document, Overrides
from graphkit.store.record import Entry, RunInfo

if TYPE_CHECKING:
    from graphkit.graph.opened import OpenGraph


def add_all(
    graph: "OpenGraph",
    sources: Sequence[str],
    *,
    as_format: str | None,
    overrides: Overrides,
    extractor: str | None,
    processes: int,
    limit: int | None,
) -> Iterator[Added | Refused]:
    """Add every article of ``sources``; see ``Graph.add_all``."""
    from graphkit.reading import Rejection, gather

    overrides = with_domain(overrides)
    known: list[tuple[int, Added | Refused]] = []
    keys: dict[int, str] = {}

    def jobs() -> Iterator[Job]:
        for number, found in enumerate(gather(sources, as_format=as_format, limit=limit)):
            if isinstance(found, Rejection):
                known.append((number, Refused(found.origin, found.error)))
                continue
            key = _input_key(found, overrides, extractor)
            name = graph.record.known(key)
            if name is not None:
                known.append((number, Added("unchanged", name, graph.record.article(name).headline, found.origin, None)))
                continue
            keys[number] = key
            numbers.append(number)
            yield Job(found, overrides, extractor)

    numbers: list[int] = []
    for done, result in enumerate(prepare_all(jobs(), processes=processes)):
        number = numbers[done]
        yield from _before(number, known)
        yield result if isinstance(result, Refused) else store(graph, result, input_key=keys.pop(number))
    yield from _before(None, known)


def store(graph: "OpenGraph", prepared: Prepared, *, input_key: str) -> Added:
    """Store what was prepared of one article, whole or not at all."""
    run = _run(graph, prepared)
    entry = Entry(
        article=prepared.article,
        article_name=prepared.article_name,
        graph_name=prepared.graph_name,
        nquads=prepared.nquads,
        run=run,
        document=prepared.document,
        input_key=input_key,
    )
    put = graph.record.put(entry)
    return Added(put.outcome, prepared.article_name, prepared.article.title, prepared.document.origin, prepared.counts)


def _run(graph: "OpenGraph", prepared: Prepared) -> RunInfo:
    from graphkit.rdf import identifiers

    extractor = prepared.extractor
    name = identifiers.run(extractor.name, extractor.version, extractor.options)
    return RunInfo(name=name, command="add", version=__version__, started_at=graph.started_at)


def _before(number: int | None, known: list[tuple[int, Added | Refused]]) -> Iterator[Added | Refused]:
    """Yield, and forget, the results that were known without work and come before item ``number``."""
    while known and (number is None or known[0][0] < number):
        yield known.pop(0)[1]


def _input_key(document: Document, overrides: Overrides, extractor: str | None) -> str:
    """Return a digest of all that decides what an article becomes: bytes, address, statements, extractor and version."""
    stated = (repr(overrides), repr(document.defaults), _extractor_digest(extractor))
    parts = (document.sha256, document.url or "", document.media_type, document.encoding or "", *stated, __version__)
    digest = hashlib.sha256()
    for part in parts:
        # length before content, so that neighbouring parts cannot be mistaken for each other
        digest.update(len(part.encode()).to_bytes(4, "big") + part.encode())
    return digest.hexdigest()


def _extractor_digest(name: str | None) -> str:
    """Return what tells one extractor from another without loading a model: its name, what it is set to, the packaged weights."""
    from graphkit.extraction.registry import settings_of

    return f"{name or 'default'} {_weights_sha256()} {settings_of(name)}"


@cache
def _weights_sha256() -> str:
    from importlib.resources import files

    manifest = files("graphkit.extraction") / "model" / "manifest.json"
    return hashlib.sha256(manifest.read_bytes()).hexdigest() if manifest.is_file() else "no model"
