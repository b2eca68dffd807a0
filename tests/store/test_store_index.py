"""The index: whatever happened to the record, following it gives what building it anew gives."""

import json
import multiprocessing
import os
import shutil
import tempfile
from pathlib import Path
from types import ModuleType

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit import limits
from graphkit.errors import StoreBusy
from graphkit.rdf.namespaces import DESCRIBING_GRAPHS, GKD
from graphkit.store.index import Index, canonical_sha256, check_index, open_index, rebuild_index
from graphkit.store.index.folder import IndexFolder
from graphkit.store.index.index import FolderIndex
from graphkit.store.record import Record

numbers = st.integers(0, 5)
STEP = st.one_of(
    st.tuples(st.just("put"), numbers, st.integers(0, 3)),
    st.tuples(st.just("remove"), numbers, st.just(0)),
    st.tuples(st.just("links"), numbers, st.integers(0, 2)),
    st.tuples(st.just("drop"), st.just(0), st.just(0)),
)
# the index follows after each burst; a burst is one transaction, which spares the test most of its waits for the disk
BURSTS = st.lists(st.lists(STEP, min_size=1, max_size=8), max_size=4)
Bursts = list[list[tuple[str, int, int]]]


def links(synthetic: ModuleType, number: int, version: int) -> bytes:
    """Links that name one actor as object and one as subject, described both, one, or neither."""
    graph = "graph-links"
    actor, other = f"actor-{number}", f"actor-{(number + 1) % synthetic.ACTORS}"
    lines = {
        synthetic.quad(f"link-{version}", "http://example.org/to", synthetic.node(actor), graph),
        synthetic.quad(other, "http://example.org/near", synthetic.node(actor), graph),
        *[synthetic.description(described) for described in (actor, other)[version:]],
    }
    return "".join(sorted(lines)).encode()


def take(record: Record, synthetic: ModuleType, step: tuple[str, int, int]) -> None:
    verb, number, version = step
    if verb == "put":
        record.put(synthetic.entry(number, version))
    elif verb == "remove":
        record.remove(synthetic.name_of(number))
    elif verb == "links":
        record.put_graph("graph-links", links(synthetic, number, version))
    elif verb == "drop":
        record.drop_graph("graph-links")


def record_sha256(record: Record) -> str:
    return canonical_sha256(line + b"\n" for row in record.graphs() for line in (row.nquads or b"").split(b"\n")[:-1])


@settings(max_examples=60)
@given(bursts=BURSTS)
def test_following_gives_what_building_anew_gives(synthetic: ModuleType, memory: Path | None, bursts: Bursts) -> None:
    with tempfile.TemporaryDirectory(dir=memory) as folder, Record.open(Path(folder) / "graph.db") as record:
        index = Index.in_memory(record)
        for burst in bursts:
            with record.transaction():
                for step in burst:
                    take(record, synthetic, step)
            index.apply(record)
            assert index.sha256() == Index.in_memory(record).sha256() == record_sha256(record)
        assert index.state == record.state()
        assert index.apply(record) == 0


@settings(max_examples=6)
@given(bursts=BURSTS)
def test_following_on_disk_gives_the_same(synthetic: ModuleType, memory: Path | None, bursts: Bursts) -> None:
    with tempfile.TemporaryDirectory(dir=memory) as place, Record.open(Path(place) / "graph.db") as record:
        with record.transaction():
            for number in range(10, 40):  # enough that following is cheaper than building anew
                record.put(synthetic.entry(number))
        folder = IndexFolder(record.path)
        for burst in bursts:
            with record.transaction():
                for step in burst:
                    take(record, synthetic, step)
            index = FolderIndex.of(folder, record)
            assert index.state == record.state()
            assert index.sha256() == Index.in_memory(record).sha256()


@pytest.mark.parametrize("as_object", [True, False])
@pytest.mark.parametrize("is_carried", [True, False])
def test_a_description_stays_only_with_a_graph_that_carries_it(
    record: Record, synthetic: ModuleType, as_object: bool, is_carried: bool
) -> None:
    actor = "actor-5"
    assert f"/{actor}>".encode() in synthetic.nquads_of(1)
    link = ("link-1", "http://example.org/to", synthetic.node(actor)) if as_object else (actor, "http://example.org/to", '"x"')
    lines = [synthetic.quad(*link, "graph-links"), *([synthetic.description(actor)] if is_carried else [])]
    record.put_graph("graph-links", "".join(sorted(lines)).encode())
    record.put(synthetic.entry(1))
    index = Index.in_memory(record)
    record.remove(synthetic.name_of(1))
    index.apply(record)
    assert index.dump() == Index.in_memory(record).dump()
    assert (synthetic.description(actor).encode() in index.dump()) == is_carried


@pytest.fixture
def large(record: Record, synthetic: ModuleType, on_disk: None) -> Record:
    with record.transaction():
        for number in range(30):
            record.put(synthetic.entry(number))
    return record


def test_a_small_graph_leaves_nothing_beside_its_file(record: Record, synthetic: ModuleType) -> None:
    record.put(synthetic.entry(1))
    assert len(open_index(record).store) == len(synthetic.entry(1).nquads.splitlines())
    assert not IndexFolder(record.path).path.exists()


def test_a_large_one_is_followed_in_its_folder(large: Record, synthetic: ModuleType) -> None:
    index = open_index(large)
    assert isinstance(index, FolderIndex)
    built = (IndexFolder(large.path).path / "current").stat().st_ino
    large.put(synthetic.entry(3, 2))
    large.remove(synthetic.name_of(4))
    assert index.apply(large) == 2
    assert (IndexFolder(large.path).path / "current").stat().st_ino == built
    assert index.dump() == Index.in_memory(large).dump()
    assert index.apply(large) == 0
    assert rebuild_index(large) == index.sha256()
    assert (IndexFolder(large.path).path / "current").stat().st_ino != built


def test_the_index_may_be_thrown_away(large: Record) -> None:
    before = open_index(large).sha256()
    shutil.rmtree(IndexFolder(large.path).path)
    assert open_index(large).sha256() == before


@pytest.mark.parametrize("damage", ["state", "engine", "table", "no store"])
def test_a_damaged_index_is_built_anew(large: Record, synthetic: ModuleType, damage: str) -> None:
    open_index(large)
    current = IndexFolder(large.path).path / "current"
    if damage == "state":
        (current / "state").write_text("{}")
    elif damage == "engine":
        said = json.loads((current / "state").read_text())
        (current / "state").write_text(json.dumps(said | {"engine": "0.0.1"}))
    elif damage == "table":
        (current / "store" / "CURRENT").write_text("nothing\n")
    else:
        shutil.rmtree(current / "store")
    large.put(synthetic.entry(5, 1))
    assert open_index(large).sha256() == Index.in_memory(large).sha256()


def test_an_index_that_was_tampered_with_is_found(large: Record) -> None:
    open_index(large)
    assert check_index(large) is None
    index = open_index(large)
    name = IndexFolder(large.path)._name(index.state)
    for place in (IndexFolder(large.path).path / "current" / "store", IndexFolder(large.path).path / "snapshots" / name):
        store = pyoxigraph.Store(str(place))
        store.remove(next(iter(store)))
        store.flush()
        del store
    assert "rebuild" in (check_index(large) or "")
    rebuild_index(large)
    (IndexFolder(large.path).path / "snapshots" / "1x-stray").mkdir()
    assert check_index(large) is None


def test_a_folder_that_cannot_be_used_is_done_without(large: Record) -> None:
    IndexFolder(large.path).path.write_text("in the way")
    assert open_index(large).dump() == Index.in_memory(large).dump()


def test_an_index_of_another_past_is_not_trusted(large: Record, synthetic: ModuleType) -> None:
    backup = large.path.with_name("backup.db")
    large.backup(backup)
    large.put(synthetic.entry(3, 1))
    open_index(large)
    large.close()
    backup.replace(large.path)
    with Record.open(large.path) as restored:
        restored.put(synthetic.entry(4, 1))
        restored.put(synthetic.entry(5, 1))
        index = open_index(restored)
        assert index.sha256() == Index.in_memory(restored).sha256()


def test_readers_keep_their_state_while_the_index_goes_on(large: Record, synthetic: ModuleType) -> None:
    reader = open_index(large)
    before = reader.sha256()
    for version in range(1, 4):
        large.put(synthetic.entry(1, version))
        open_index(large)
    assert reader.sha256() == before


def test_who_cannot_have_the_folder_answers_from_the_newest_snapshot(large: Record, synthetic: ModuleType) -> None:
    folder = IndexFolder(large.path)
    with folder._locked(0), pytest.raises(StoreBusy):
        FolderIndex.of(folder, large, wait_seconds=0)
    before = FolderIndex.of(folder, large)
    large.put(synthetic.entry(1, 1))
    large.put(synthetic.entry(2, 1))
    with folder._locked(0):
        index = FolderIndex.of(folder, large, wait_seconds=0)
    assert (index.behind, index.state) == (2, before.state)
    assert index.sha256() == before.sha256()
    assert FolderIndex.of(folder, large).behind == 0


def test_old_snapshots_are_swept(large: Record, synthetic: ModuleType) -> None:
    snapshots = IndexFolder(large.path).path / "snapshots"
    open_index(large)
    (old,) = snapshots.iterdir()
    large.put(synthetic.entry(1, 1))
    open_index(large)
    assert len(list(snapshots.iterdir())) == 2
    os.utime(old, (0, 0))
    (snapshots / "copy-1").mkdir()
    os.utime(snapshots / "copy-1", (0, 0))
    large.put(synthetic.entry(1, 2))
    open_index(large)
    assert not old.exists()
    assert len(list(snapshots.iterdir())) == 2


@pytest.mark.parametrize("articles", [0, limits.MEMORY_INDEX_ARTICLES])
def test_texts_are_there_when_asked_for(
    record: Record, synthetic: ModuleType, monkeypatch: pytest.MonkeyPatch, articles: int
) -> None:
    monkeypatch.setattr(limits, "MEMORY_INDEX_ARTICLES", articles)
    for number in range(3):
        record.put(synthetic.entry(number))
    body = "SELECT ?t { GRAPH ?g { ?a <https://schema.org/articleBody> ?t } }"
    assert len(list(open_index(record).store.query(body))) == 0
    texts = {solution["t"].value for solution in open_index(record, with_text=True).store.query(body)}
    assert texts == {synthetic.text_of(number) for number in range(3)}
    assert len(list(open_index(record).store.query(body))) == 0
    if articles == 0:
        assert not list((IndexFolder(record.path).path / "snapshots").glob("copy-*"))


def _open_often(path: Path, results: "multiprocessing.Queue[str]") -> None:
    limits.MEMORY_INDEX_ARTICLES = 0
    with Record.open(path, read_only=True) as record:
        results.put(open_index(record).sha256())


@pytest.mark.slow
def test_processes_may_build_the_index_at_once(large: Record) -> None:
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    processes = [context.Process(target=_open_often, args=(large.path, results)) for _ in range(3)]
    for process in processes:
        process.start()
    found = {results.get(timeout=60) for _ in processes}
    for process in processes:
        process.join()
    assert found == {Index.in_memory(large).sha256()}


def test_graph_names_in_the_index_are_those_of_the_record(large: Record) -> None:
    names = {graph.value.removeprefix(GKD) for graph in open_index(large).store.named_graphs()}
    assert names == {*large.graph_names(), *DESCRIBING_GRAPHS}
