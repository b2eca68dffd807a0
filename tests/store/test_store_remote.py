"""The client of remote stores, apart from real servers: addresses, digest authentication, redirects, answers that are no answers."""

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest

from graphkit.cli import group
from graphkit.cli.failures import run
from graphkit.errors import BadStatus, BlockedAddress, FetchTimeout, InputError, NetworkError, NotAllowed, TooLarge
from graphkit.store.remote import Credentials, Remote
from graphkit.store.remote.addresses import check_endpoint, is_allowed
from graphkit.store.remote.answers import result_of_json, result_of_triples
from graphkit.store.remote.asking import query_endpoint
from graphkit.store.remote.connection import Connection
from graphkit.store.remote.digest import Digest, read_challenges
from graphkit.store.remote.reading import blob_of

Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """A server on loopback that answers every request by ``answer``."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            answer(self, self.rfile.read(int(self.headers.get("Content-Length", 0))))

        do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_address[1]}"
        finally:
            running.shutdown()
            thread.join()


def reply(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for key, value in headers.items():
        handler.send_header(key.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("93.184.216.34", True), ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("10.1.2.3", True), ("172.16.0.1", True),
        ("192.168.0.9", True), ("fd12:3456::1", True), ("::ffff:192.168.0.9", True), ("2606:4700::1111", True),
        ("169.254.169.254", False), ("::ffff:169.254.169.254", False), ("fd00:ec2::254", False), ("fe80::1", False), ("0.0.0.0", False),
        ("::", False), ("224.0.0.1", False), ("255.255.255.255", False), ("100.100.100.200", False), ("192.0.0.192", False),
        ("168.63.129.16", False), ("64:ff9b::a9fe:a9fe", False), ("2002:7f00:1::", False), ("nonsense", False), ("", False),
    ],
)  # fmt: skip
def test_where_a_store_may_be(address, allowed):
    assert is_allowed(address) is allowed


@pytest.mark.parametrize("address", ["169.254.169.254", "0.0.0.0", "fd00:ec2::254", "100.100.100.200"])
def test_nothing_is_sent_to_a_special_address(monkeypatch, address):
    def fail(*_: object) -> None:
        raise AssertionError("a connection was tried")

    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    answers = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)),
        (family, socket.SOCK_STREAM, 6, "", (address, 80)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    monkeypatch.setattr(socket.socket, "connect", fail)
    with pytest.raises(BlockedAddress, match="no store is looked for"):
        Connection("http://store.example/").request("GET", "http://store.example/")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1:8890", "http://", "http://a b/", "http://user:pw@127.0.0.1/", "http://127.1/",
        "http://0x7f.1/", "http://a\\b/", "http://127.0.0.1:0/", "http://127.0.0.1:99999/", "http://127.0.0.1/#x", "http://[::1/",
        "http://\n127.0.0.1/", "http://" + "a" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_store(url):
    with pytest.raises(BlockedAddress) as caught:
        check_endpoint(url)
    assert "pw" not in str(caught.value)


def test_a_redirect_is_told_and_not_followed():
    seen = []

    def answer(handler, _body):
        seen.append(handler.path)
        reply(handler, 302, Location="http://169.254.169.254/latest")

    with server(answer) as url, pytest.raises(BadStatus, match=r"sends on to http://169\.254"):
        Connection(url).request("GET", f"{url}/a")
    assert seen == ["/a"]


def test_requests_go_to_the_named_server_only():
    with pytest.raises(BlockedAddress, match="not the server"):
        Connection("http://127.0.0.1:1/").request("GET", "http://127.0.0.1:2/")


def test_no_proxy_of_the_environment_sees_the_questions(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with server(lambda handler, _: reply(handler, 200, b"here")) as url:
        assert Connection(url).request("GET", url).body == b"here"


def test_the_password_never_goes_in_the_clear_over_a_network(monkeypatch):
    """Basic is for loopback and https; the server is on loopback here, but the name is not said to be."""
    sent = []

    def answer(handler, _body):
        sent.append(handler.headers.get("Authorization"))
        if sent[-1] is None:
            reply(handler, 401, WWW_Authenticate='Basic realm="x"')
        else:
            reply(handler, 200, b"in")

    who = Credentials("ana", "secret")
    assert "secret" not in repr(who)
    with server(answer) as url:
        assert Connection(url, who).request("GET", url).body == b"in"
        monkeypatch.setattr("graphkit.store.remote.connection.is_loopback", lambda _: False)
        sent.clear()
        with pytest.raises(BlockedAddress, match="in the clear"):
            Connection(url, who).request("GET", url)
    assert sent == [None]


def test_a_wrong_password_is_tried_once():
    tries = []

    def answer(handler, _body):
        tries.append(handler.headers.get("Authorization"))
        reply(handler, 401, WWW_Authenticate=f'Digest realm="x", nonce="n{len(tries) // 2}", qop="auth"')

    with server(answer) as url, pytest.raises(BadStatus, match="refuses who asks"):
        Connection(url, Credentials("ana", "wrong")).request("GET", url)
    assert len(tries) == 2


def test_digest_of_rfc_7616():
    """The two examples of RFC 7616, section 3.9.1."""
    realm, nonce = "http-auth@example.org", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
    opaque, cnonce = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
    for algorithm, response in (
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ):
        made = Digest(realm, nonce, algorithm, opaque, cnonce=cnonce)
        answered = made.answer("GET", "/dir/index.html", "Mufasa", "Circle of Life")
        assert f'response="{response}"' in answered
        assert answered.startswith('Digest username="Mufasa", realm="http-auth@example.org"')
        assert f"algorithm={algorithm}" in answered
        assert "nc=00000001" in answered
        assert f'opaque="{opaque}"' in answered


def test_digest_of_rfc_2069_has_no_qop():
    made = Digest("testrealm@host.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093", has_qop=False)
    assert 'response="1949323746fe6a43ef61f9606e7febea"' in made.answer("GET", "/dir/index.html", "Mufasa", "CircleOfLife")


def test_challenges_are_read_strongest_first():
    both = 'Digest realm="a, b", nonce="1", qop="auth,auth-int", Digest realm="c", nonce="2", algorithm=SHA-256, qop="auth", Basic realm="d"'
    found, is_basic = read_challenges([both])
    assert (found.realm, found.nonce, found.algorithm, is_basic) == ("c", "2", "SHA-256", True)
    assert read_challenges(['Digest realm="a", nonce="1", algorithm=SHA-512-256']) == (None, False)
    assert read_challenges(['Digest realm="a", nonce="1", qop="auth-int"']) == (None, False)
    assert read_challenges(["Bearer", ""]) == (None, False)
    quoted, _ = read_challenges(['Digest realm="a \\"b\\"", nonce="x"'])
    assert (quoted.realm, quoted.has_qop) == ('a "b"', False)


def test_a_closed_connection_is_opened_again_once():
    def answer(handler, _body):
        reply(handler, 200, b"x")
        handler.close_connection = True  # without having said so

    with server(answer) as url:
        connection = Connection(url)
        assert [connection.request("GET", url).body for _ in range(3)] == [b"x"] * 3


def test_too_long_and_too_slow_answers():
    with server(lambda handler, _: reply(handler, 200, b"x" * 1000)) as url, pytest.raises(TooLarge):
        Connection(url).request("GET", url, most=999)
    silent = threading.Event()
    with server(lambda *_: silent.wait(5)) as url:  # type: ignore[arg-type, return-value]
        with pytest.raises(FetchTimeout):
            Connection(url, seconds=0.2).request("GET", url)
        silent.set()


def test_nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(NetworkError, match="no connection"):
        Remote(url)


def test_a_server_that_does_not_say_what_it_is():
    with server(lambda handler, _: reply(handler, 200, b"hello")) as url:
        with pytest.raises(InputError, match="does not say"):
            Remote(url)
        with Remote(url, kind="oxigraph") as remote, pytest.raises(NetworkError, match="not SPARQL's JSON"):
            remote.select("SELECT * {}")
    refusing = server(lambda handler, _: reply(handler, 500, b"<b>oh</b>\n"))
    with refusing as url, Remote(url, kind="fuseki") as remote, pytest.raises(BadStatus, match="500: <b>oh</b>"):
        remote.update("CLEAR ALL")
    reading = server(lambda handler, _: reply(handler, 200))
    with reading as url, Remote(url, kind="graphkit") as remote, pytest.raises(NotAllowed, match="only reads"):
        remote.update("CLEAR ALL")


@pytest.mark.parametrize("said", [{}, {"results": 1}, {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": "y"}]}}, {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {}}]}}])  # fmt: skip
def test_what_is_no_answer(said):
    with pytest.raises(NetworkError):
        result_of_json(said)


def test_answers_are_read_as_their_standard_says():
    row = {
        "a": {"type": "uri", "value": "urn:x"},
        "b": {"type": "literal", "value": "hi", "xml:lang": "en"},
        "c": {"type": "typed-literal", "value": "1", "datatype": "urn:d"},
    }
    found = result_of_json({"head": {"vars": ["a", "b", "c", "d"]}, "results": {"bindings": [row]}})
    kinds = [None if term is None else (term.kind, term.value, term.language, term.datatype) for term in found.rows[0]]
    assert kinds == [("iri", "urn:x", None, None), ("literal", "hi", "en", None), ("literal", "1", None, "urn:d"), None]
    assert result_of_triples(b"<urn:b> <urn:p> 1 . <urn:a> <urn:p> 'x' . <urn:a> <urn:p> 'x' .").triples.count(b"\n") == 2
    with pytest.raises(NetworkError):
        result_of_triples(b"<html>")


def test_a_blob_has_the_descriptions_of_what_it_names():
    own = [b"<urn:a> <urn:p> <urn:b> <urn:g> .\n", b'<urn:a> <urn:p> "a <urn:c> b" <urn:g> .\n']
    described = {
        node: (node + b' <urn:label> "x" <urn:shared> .\n',) for node in (b"<urn:a>", b"<urn:b>", b"<urn:c>", b"<urn:p>")
    }
    blob = blob_of(own, described).splitlines()
    assert [line.partition(b" ")[0] for line in blob if b"shared" in line] == [b"<urn:a>", b"<urn:b>"]
    assert blob == sorted(blob)


CUT_ANSWER = b"""{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "literal", "value": "1"}}, {"s": {"type": "literal", "value": "2"}}]}}"""


@pytest.mark.parametrize(
    ("status", "headers"),
    [(200, {"X_SPARQL_MaxRows": "2"}), (200, {"X_SQL_State": "S1TAT", "X_SQL_Message": "time is over"}), (206, {})],
)
def test_a_cut_answer_is_called_so(status, headers, capsys):
    asked = []

    def answer(handler, body):
        asked.append(body)
        reply(handler, status, CUT_ANSWER, Content_Type="application/sparql-results+json", **headers)

    with server(answer) as url:
        query = "SELECT ?s { ?s ?p ?o } LIMIT 5"
        found = query_endpoint(url, query, seconds=5)
        assert (len(found.rows), found.is_truncated) == (2, True)
        for form, told in (("--json", '"truncated": true'), ("--csv", "s\r\n1\r\n2\r\n")):
            assert run(group, ["query", "--endpoint", url, "-q", query, form]) == 0
            out, err = capsys.readouterr()
            assert told in out
            assert err == f"{found.note}\n"
    assert found.note == "the server cut its answer at 2 rows; ask for the rest with ORDER BY, LIMIT and OFFSET, or for less"
    assert len(asked) == 3


def test_a_whole_answer_is_not_asked_for_again():
    asked = []

    def answer(handler, body):
        asked.append(body)
        reply(handler, 200, CUT_ANSWER)

    with server(answer) as url:
        found = query_endpoint(url, "SELECT ?s { ?s ?p ?o }", seconds=5)
    assert (len(found.rows), found.is_truncated, found.note, len(asked)) == (2, False, None, 1)
