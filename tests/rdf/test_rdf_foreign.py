"""RDF of others: whatever a file holds, graphkit tells what is wrong with it, lives on, and connects to nothing."""

import gzip
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphkit.errors import UnreadableInput, UnsupportedFormat
from graphkit.graph.importing import read_contents
from graphkit.graph.validating import validate_file
from graphkit.rdf.foreign import depth_of, parse_foreign, read_foreign

RDF_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e"><rdf:Description rdf:about="urn:a"><e:b>{}</e:b></rdf:Description></rdf:RDF>'


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server on loopback that only counts who connects."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        heard: list[object] = []
        is_over = threading.Event()

        def listen() -> None:
            while not is_over.is_set():
                try:
                    connection, who = server.accept()
                except TimeoutError:
                    continue
                heard.append(who)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], heard
        is_over.set()
        thread.join()


def test_a_file_is_read_by_its_ending_packed_or_not(tmp_path: Path) -> None:
    line = b"<urn:a> <urn:b> <urn:c> <urn:g> .\n"
    (tmp_path / "a.nq").write_bytes(line)
    (tmp_path / "a.nq.gz").write_bytes(gzip.compress(line))
    assert [str(quad) for quad in read_foreign(tmp_path / "a.nq")] == [line.decode().removesuffix(" .\n")]
    assert read_foreign(tmp_path / "a.nq.gz") == read_foreign(tmp_path / "a.nq")


@pytest.mark.parametrize(
    ("ending", "data", "said"),
    [
        (".ttl", b"<urn:a> <urn:b> ", "not Turtle: Parser error at line 1"),
        (".nq", b"<<( <urn:a> <urn:b> " * 5 + b"x", "not N-Quads"),
        (".nq", b"<urn:a> <urn:b> " + b"<<( <urn:a> <urn:b> " * 50_000 + b"<urn:c>" + b" )>>" * 50_000 + b" .", "crashes the reader"),
        (".jsonld", b'{"a":' * 30_000 + b"1" + b"}" * 30_000, "nested more than 64 levels"),
        (".jsonld", b'{"@context": "https://schema.org", "@type": "Article"}', "a JSON-LD context that lies elsewhere"),
        (".rdf", ('<!DOCTYPE r [<!ENTITY a "x">]>' + RDF_XML.format("&a;")).encode(), "declares XML entities"),
        (".rdf", ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + RDF_XML.format("&a;")).encode("utf-16"), "declares XML entities"),
    ],
    ids=["cut short", "no quads", "nested terms", "nested JSON", "context", "entities", "hidden entities"],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_a_line(ending: str, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableInput, match=said) as raised:
        parse_foreign(data, ending, name=f"theirs{ending}")
    assert raised.value.message.startswith(f"theirs{ending}: ")
    assert "\n" not in raised.value.message


def test_unknown_endings_and_missing_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormat):
        read_foreign(tmp_path / "a.docx")
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_foreign(tmp_path / "none.ttl")


def test_nothing_is_ever_fetched(listener: tuple[int, list[object]], tmp_path: Path) -> None:
    port, heard = listener
    there = f"http://127.0.0.1:{port}/context.jsonld"
    files = {
        "context.jsonld": f'{{"@context": "{there}", "@id": "urn:a", "name": "b"}}',
        "second.jsonld": f'{{"@context": [{{"@vocab": "urn:"}}, "{there}"], "@id": "urn:a", "name": "b"}}',
        "import.jsonld": f'{{"@context": {{"@version": 1.1, "@import": "{there}"}}, "@id": "urn:a", "name": "b"}}',
        "entity.rdf": f'<!DOCTYPE r [<!ENTITY a SYSTEM "{there}">]>' + RDF_XML.format("&a;"),
        "owl.ttl": f"<urn:a> <http://www.w3.org/2002/07/owl#imports> <{there}> .",
        "shapes.ttl": f"<urn:a> <http://www.w3.org/ns/shacl#shapesGraph> <{there}> .",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
        for read in (validate_file, lambda path: read_contents(path.read_bytes(), path.name, name=path.name, texts={})):
            try:
                read(tmp_path / name)
            except UnreadableInput:
                continue
    assert heard == []


def test_depth_counts_brackets_outside_strings() -> None:
    assert depth_of(b'{"a": ["[[[[", "\\"[["], "b": {"c": []}}') == 3
    assert depth_of(b"]]]") == 0
