"""Bad input: one helpful line, the right exit code, nothing lost and nothing sent."""

import json
import resource
import socket
import sqlite3
import subprocess
import sys
import time

import pytest


@pytest.fixture
def filled(graphkit, article):
    """A graph with one article, and its canonical hash."""
    assert graphkit("add", article).code == 0
    return fingerprint()


def fingerprint():
    from graphkit import Graph

    with Graph.open("graph.db", is_read_only=True) as graph:
        return graph.canonical_sha256()


def one_line(outcome, *words):
    """The first line names graphkit and the trouble; at most a hint follows; no traceback."""
    lines = outcome.err.strip().splitlines()
    assert lines, outcome
    told = [line for line in lines if line.startswith("graphkit: ")]
    assert len(told) == 1, outcome.err
    assert "Traceback" not in outcome.err
    for word in words:
        assert word in outcome.err, outcome.err


def sparse(path, size):
    with path.open("wb") as file:
        file.truncate(size)


INPUTS = {
    "missing.txt": (None, ("missing.txt",)),
    "paper.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"0" * 200, ("paper.pdf", "PDF")),
    "empty.txt": (b"", ("empty.txt", "empty")),
    "blank.txt": (b" \n\t\n", ("blank.txt",)),
    "noise.txt": (bytes(range(256)) * 40, ("noise.txt",)),
    "menu.html": (
        b"<html><head><title>Log in</title></head><body><nav><a href='/'>Home</a></nav></body></html>",
        ("menu.html", "article"),
    ),
    "archive.zip": (b"PK\x03\x04" + b"0" * 100, ("archive.zip",)),
}


@pytest.mark.parametrize("name", INPUTS)
def test_unusable_files_are_refused(graphkit, filled, tmp_path, name):
    body, words = INPUTS[name]
    if body is not None:
        (tmp_path / name).write_bytes(body)
    outcome = graphkit("add", name)
    assert outcome.code == 3
    one_line(outcome, *words)
    assert fingerprint() == filled


def test_a_huge_file_is_refused_without_being_read(graphkit, filled, tmp_path):
    sparse(tmp_path / "huge.txt", 1 << 30)
    started = time.process_time()
    outcome = graphkit("add", "huge.txt")
    assert outcome.code == 3
    one_line(outcome, "huge.txt")
    assert time.process_time() - started < 5
    assert fingerprint() == filled


def test_a_folder_without_articles(graphkit, filled, tmp_path):
    (tmp_path / "nothing").mkdir()
    outcome = graphkit("add", "nothing")
    assert outcome.code == 3
    one_line(outcome, "nothing")


def test_bytes_that_are_not_utf8_are_read_or_refused_but_never_garbled(graphkit, tmp_path):
    (tmp_path / "latin.txt").write_bytes(
        "Le préfet a déclaré que la forêt était fermée à cause du feu près de l'étang.\n".encode("latin-1") * 3
    )
    outcome = graphkit("add", "latin.txt")
    if outcome.code == 0:
        from graphkit import Graph

        with Graph.open("graph.db") as graph:
            assert "préfet" in next(iter(graph.texts().values()))
    else:
        assert outcome.code == 3
        one_line(outcome, "latin.txt")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "https://10.0.0.1/x"]
)
def test_private_addresses_are_refused_before_any_packet(graphkit, filled, monkeypatch, url):
    def never(*_arguments, **_options):
        pytest.fail("a socket was connected")

    monkeypatch.setattr(socket.socket, "connect", never)
    outcome = graphkit("add", url)
    assert outcome.code == 5
    one_line(outcome)
    assert fingerprint() == filled


def test_a_batch_goes_on_and_exits_with_the_largest_code(graphkit, tmp_path, article):
    (tmp_path / "paper.pdf").write_bytes(INPUTS["paper.pdf"][0])
    outcome = graphkit("add", "paper.pdf", article, "missing.txt")
    assert outcome.code == 3
    assert "1 added, 2 left out" in outcome.err


def test_a_corrupt_graph_file(graphkit, tmp_path, article):
    (tmp_path / "graph.db").write_bytes(b"this is no database at all" * 100)
    for arguments in (("add", article), ("list", "claims"), ("query", "--name", "cq01"), ("db", "verify")):
        outcome = graphkit(*arguments)
        assert outcome.code == 4
        one_line(outcome, "graph.db")
    assert (tmp_path / "graph.db").read_bytes().startswith(b"this is no database")


def test_a_graph_of_a_newer_version_is_not_touched(graphkit, filled, tmp_path, article):
    with sqlite3.connect(tmp_path / "graph.db") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    for arguments in (("add", article), ("list", "claims"), ("query", "--name", "cq01")):
        outcome = graphkit(*arguments)
        assert outcome.code == 4
        one_line(outcome, "newer")


def test_a_graph_that_is_not_there(graphkit):
    for arguments in (
        ("list", "claims"),
        ("show", "x"),
        ("query", "--name", "cq01"),
        ("export", "a.ttl"),
        ("remove", "x", "--yes"),
    ):
        outcome = graphkit(*arguments)
        assert outcome.code == 3
        one_line(outcome, "graph.db")


def test_a_full_disk_loses_nothing(graphkit, filled, tmp_path):
    for number in range(30):
        words = " ".join(f"Officials said that container number {number * 50 + i} may be late." for i in range(40))
        (tmp_path / f"more-{number}.txt").write_text(f"Harbour {number}\n{words}\n", encoding="utf-8")
    size = (tmp_path / "graph.db").stat().st_size
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size + 20_000}, {size + 20_000}))\n"
        "from graphkit.cli import main; main(['add', '--jobs', '1', *sys.argv[1:]])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *[f"more-{n}.txt" for n in range(30)]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    assert graphkit("db", "verify").code == 0
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?s WHERE {\n  ?s ?p\n}", ("line 3",)),
        ("SELEKT", ("line 1", "column")),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", ("SERVICE",)),
        ("LOAD <http://127.0.0.1:9/x.ttl>", ("LOAD",)),
    ],
)
def test_queries_that_are_wrong_or_reach_out(graphkit, filled, query, words):
    outcome = graphkit("query", "-q", query)
    assert outcome.code == 3
    one_line(outcome, *words)


def test_a_runaway_query_is_ended(graphkit, filled):
    started = time.monotonic()
    outcome = graphkit("query", "--timeout", "1", "-q", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert outcome.code == 6
    one_line(outcome, "1 s")
    assert time.monotonic() - started < 8


@pytest.mark.parametrize(
    "arguments",
    [
        ("frobnicate",),
        ("add",),
        ("add", "--jobs", "many", "x"),
        ("list", "nonsense"),
        ("list", "claims", "--since", "yesterday"),
        ("query", "-q", "ASK {}", "--name", "cq01"),
        ("query", "--set", "nonsense", "--name", "cq05"),
        ("add", "--title", "x", "a.txt", "b.txt"),
    ],
)
def test_usage_errors_exit_with_2(graphkit, article, arguments):
    graphkit("add", article)
    outcome = graphkit(*arguments)
    assert outcome.code == 2
    one_line(outcome)


def test_errors_are_json_when_json_was_asked_for(graphkit):
    outcome = graphkit("--json", "show", "nobody")
    assert outcome.code == 3
    error = json.loads(outcome.err)["error"]
    assert set(error) == {"code", "message", "hint"}
    assert error["code"] == "not_found"
