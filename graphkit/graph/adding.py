"""From documents to what the record keeps: read, extract, map to quads; a pure function of the bytes, so that processes can share it.

A process pool speeds up a batch.  When a worker dies (a crash in native code), the documents that were under way are done again one
at a time, each in a process of its own, so that only the one that kills its process is rejected.
"""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from typing import Literal

from graphkit.errors import GraphkitError, InputError, UnreadableInput
from graphkit.model import Article, Document, ExtractorId, Overrides

Outcome = Literal["added", "replaced", "unchanged"]
_IN_FLIGHT = 4


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was found in one article."""

    assertions: int
    attributed: int
    anonymous: int
    actors: int
    citations: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """One article ready to be stored: sorted N-Quads, names, and what made them."""

    document: Document
    article: Article
    article_name: str
    graph_name: str
    nquads: bytes
    extractor: ExtractorId
    counts: Counts


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one article; ``counts`` is None where the same bytes were known and nothing was done."""

    outcome: Outcome
    id: str
    title: str
    origin: str
    counts: Counts | None


@dataclass(frozen=True, slots=True)
class Refused:
    """One document that could not be used, and why."""

    origin: str
    error: GraphkitError


@dataclass(frozen=True, slots=True)
class Job:
    """One document with what the user stated about it and the extractor to use."""

    document: Document
    overrides: Overrides
    extractor: str | None = None


def with_domain(overrides: Overrides) -> Overrides:
    """Return what the user stated with the outlet as a domain, looking a name up.

    Raises:
        InputError: The name is not known, or several outlets bear it.
    """
    from graphkit.reading.addresses import registrable_domain

    if overrides.outlet is None or registrable_domain(overrides.outlet) is not None:
        return overrides
    from graphkit.knowledge.outlets import domains_of_name, outlet_of_name

    found = outlet_of_name(overrides.outlet)
    if found is None:
        candidates = domains_of_name(overrides.outlet)
        hint = f"it may be {', '.join(candidates[:5])}" if candidates else "write its domain, like meduza.io"
        raise InputError(f"the outlet {overrides.outlet!r} is {'not one outlet' if candidates else 'not known'}", hint=hint)
    return replace(overrides, outlet=found.domain)


def prepare(job: Job) -> Prepared | Refused:
    """Read, extract and map one document; never raises for what is wrong with the document itself."""
    from graphkit.reading import parse

    try:
        return prepare_article(parse(job.document, job.overrides), job.document, job.extractor)
    except GraphkitError as error:
        return Refused(job.document.origin, error)


def prepare_article(article: Article, document: Document, extractor: str | None) -> Prepared:
    """Extract from one article and map what was found to quads."""
    from graphkit.extraction import extract
    from graphkit.rdf import identifiers
    from graphkit.rdf.quads import to_nquads

    annotation = extract(article, extractor)
    name = identifiers.article(article.url, article.text_sha256)
    attributions = [at for assertion in annotation.assertions for at in assertion.attributions]
    sources = [at.source for at in attributions]
    counts = Counts(
        assertions=len(annotation.assertions),
        attributed=sum(bool(assertion.attributions) for assertion in annotation.assertions),
        anonymous=len({s for s in sources if getattr(s, "kind", None) == "anonymous"}),
        actors=len({m.actor for m in annotation.mentions if m.actor.kind != "anonymous"}),
        citations=len(annotation.citations),
    )
    return Prepared(
        document=document,
        article=article,
        article_name=name,
        graph_name=identifiers.article_graph(name),
        nquads=to_nquads(annotation),
        extractor=annotation.extractor,
        counts=counts,
    )


def prepare_all(jobs: Iterable[Job], *, processes: int = 1) -> Iterator[Prepared | Refused]:
    """Prepare many documents, in the order given, on ``processes`` processes (0: one a core)."""
    wanted = processes or os.cpu_count() or 1
    if wanted == 1:
        yield from map(prepare, jobs)
        return
    queue = iter(jobs)
    # a batch that fits one process is not worth starting others for
    first = list(islice(queue, 2))
    if len(first) < 2:
        yield from map(prepare, first)
        return
    yield from _prepare_in_pool(_chain(first, queue), wanted)


def _chain(first: list[Job], rest: Iterator[Job]) -> Iterator[Job]:
    yield from first
    yield from rest


def _prepare_in_pool(jobs: Iterator[Job], processes: int) -> Iterator[Prepared | Refused]:
    pool = _pool(processes)
    waiting: list[tuple[Job, Future[Prepared | Refused]]] = []
    try:
        for job in jobs:
            waiting.append((job, pool.submit(prepare, job)))
            if len(waiting) >= processes * _IN_FLIGHT:
                pool, done = _take(pool, waiting, processes)
                yield done
        while waiting:
            pool, done = _take(pool, waiting, processes)
            yield done
    finally:
        pool.shutdown(cancel_futures=True)


def _take(
    pool: ProcessPoolExecutor, waiting: list[tuple[Job, "Future[Prepared | Refused]"]], processes: int
) -> tuple[ProcessPoolExecutor, Prepared | Refused]:
    """Return the oldest result; after a crash, settle every waiting document alone and go on with a new pool."""
    job, future = waiting.pop(0)
    try:
        return pool, future.result()
    except BrokenProcessPool:
        pool.shutdown(cancel_futures=True)
        fresh = _pool(processes)
        result = _prepare_alone(job)
        waiting[:] = [(other, _settled(other, old)) for other, old in waiting]
        return fresh, result


def _settled(job: Job, future: "Future[Prepared | Refused]") -> "Future[Prepared | Refused]":
    """Keep a result that had come before the crash; otherwise do the document again."""
    if future.done() and not future.cancelled() and future.exception() is None:
        return future
    alone: Future[Prepared | Refused] = Future()
    alone.set_result(_prepare_alone(job))
    return alone


def _prepare_alone(job: Job) -> Prepared | Refused:
    with _pool(1) as pool:
        try:
            return pool.submit(prepare, job).result()
        except BrokenProcessPool:
            error = UnreadableInput(
                f"{job.document.origin}: reading it crashes the process", hint="leave it out, and report it with the file"
            )
            return Refused(job.document.origin, error)


def _pool(processes: int) -> ProcessPoolExecutor:
    # spawn, not fork: the parent may hold locks of SQLite, onnxruntime and others that a fork would copy locked
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
