"""The store with the real mapping: the hand-made annotation of the seed in, the packaged questions out."""

import importlib.util
from pathlib import Path

import pyoxigraph
import pytest

from graphkit.model import Annotation
from graphkit.rdf import identifiers
from graphkit.rdf.quads import run_name, to_nquads
from graphkit.resources import folder
from graphkit.store.index import Index
from graphkit.store.query import read_query, run_query
from graphkit.store.record import Entry, Record, RunInfo

QUESTIONS = sorted((folder("ontology") / "queries").glob("cq*.rq"))


@pytest.fixture(scope="session")
def seed() -> Annotation:
    path = Path(__file__).parents[1] / "rdf" / "seed_annotation.py"
    spec = importlib.util.spec_from_file_location("store_seed_annotation", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    annotation = module.SEED
    assert isinstance(annotation, Annotation)
    return annotation


@pytest.fixture
def graph(record: Record, seed: Annotation) -> Record:
    name = identifiers.article(seed.article.url, seed.article.text_sha256)
    run = RunInfo(run_name(seed.extractor), "add", "0", "2025-01-01T00:00:00Z")
    record.put(Entry(seed.article, name, identifiers.article_graph(name), to_nquads(seed), run))
    return record


def test_the_record_and_the_index_hold_the_mapping_to_the_byte(graph: Record, seed: Annotation) -> None:
    assert Index.in_memory(graph).dump() == to_nquads(seed)
    assert graph.verify() == ()


def test_no_packaged_question_is_refused() -> None:
    assert len(QUESTIONS) >= 12
    for question in QUESTIONS:
        read_query(question.read_text(encoding="utf-8"))


def test_packaged_questions_get_the_answers_of_the_engine(graph: Record) -> None:
    store = Index.in_memory(graph).store
    for question in QUESTIONS[:3]:
        query = question.read_text(encoding="utf-8")
        expected = store.query(query, use_default_graph_as_union=True)
        assert isinstance(expected, pyoxigraph.QuerySolutions)
        rows = run_query(graph.path, query).rows
        assert len(rows) == len(list(expected)) > 0


def test_every_quote_of_the_seed_stands_in_its_text(graph: Record) -> None:
    (question,) = (path for path in QUESTIONS if path.name.startswith("cq12"))
    query = question.read_text(encoding="utf-8")
    assert read_query(query).mentions_text
    assert run_query(graph.path, query).rows == ()
    assert len(run_query(graph.path, query.replace("!=", "=")).rows) > 50
