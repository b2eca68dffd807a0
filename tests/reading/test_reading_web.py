"""What the fetch guard does with what a server answers: a server of the tests' own, on loopback."""

import contextlib
import gzip
import http.server
import socket
import threading
import time
import zlib

import pytest

from graphkit.errors import BadStatus, BlockedAddress, FetchTimeout, NetworkError, TooLarge
from graphkit.reading.web import Fetcher, split_content_type

PAGE = b"<html><head><title>t</title></head><body><p>words</p></body></html>"


def write_slowly(handler, data, pause=0.05):
    for byte in data:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(pause)


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by path."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, "answer_" + self.path.strip("/").partition("?")[0].replace("-", "_"))()
        self.close_connection = True

    def reply(self, body=PAGE, status=200, **headers):
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=UTF-8", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer_page(self):
        self.reply(ETag='"1"', Last_Modified="Tue, 20 Feb 2024 00:00:00 GMT")

    def answer_gzip(self):
        self.reply(gzip.compress(PAGE), Content_Encoding="gzip")

    def answer_deflate(self):
        self.reply(zlib.compress(PAGE), Content_Encoding="deflate")

    def answer_bomb(self):
        self.reply(gzip.compress(b"\0" * 60_000_000), Content_Encoding="gzip")

    def answer_double(self):
        self.reply(gzip.compress(gzip.compress(PAGE)), Content_Encoding="gzip, gzip")

    def answer_brotli(self):
        self.reply(b"\x0b\x02\x80abc\x03", Content_Encoding="br")

    def answer_damaged(self):
        self.reply(b"not gzip at all", Content_Encoding="gzip")

    def answer_short(self):
        self.reply(PAGE, Content_Length="5000")

    def answer_endless(self):
        self.send_response(200)
        self.end_headers()
        for _ in range(2_000):
            self.wfile.write(b"x" * 10_000)

    def answer_slow_body(self):
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        write_slowly(self, b"x" * 200)

    def answer_slow_headers(self):
        write_slowly(self, b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 200)

    def answer_silent(self):
        time.sleep(1.5)

    def answer_missing(self):
        self.reply(b"gone", status=404)

    def answer_broken(self):
        self.reply(b"oops", status=500)

    def redirect(self, target, status=302):
        self.reply(b"", status=status, Location=target)

    def answer_moved(self):
        self.redirect("/page?utm_source=x", 301)

    def answer_loop(self):
        self.redirect("/loop")

    def answer_to_loopback(self):
        self.redirect("http://127.0.0.1/")

    def answer_to_metadata(self):
        self.redirect("http://169.254.169.254/latest/meta-data/", 307)

    def answer_to_file(self):
        self.redirect("file:///etc/passwd")

    def answer_to_credentials(self):
        self.redirect("http://user:secret@example.com/")

    def answer_to_port(self):
        self.redirect("http://example.com:6379/")

    def answer_nowhere(self):
        self.reply(b"", status=302)

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture(scope="module")
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield running.server_address[1]
        running.shutdown()
        thread.join()


def fetch(port, path, **limits):
    return Fetcher(allow=frozenset({("127.0.0.1", port)}), **limits).fetch(f"http://127.0.0.1:{port}/{path}")


def test_a_page_comes_with_what_the_server_says(server):
    document = fetch(server, "page")
    assert document.body == PAGE
    assert (document.media_type, document.encoding, document.etag) == ("text/html", "UTF-8", '"1"')
    assert document.last_modified == "Tue, 20 Feb 2024 00:00:00 GMT"
    assert document.origin == document.url == f"http://127.0.0.1:{server}/page"
    assert document.fetched_at.endswith("Z")


@pytest.mark.parametrize("path", ["gzip", "deflate"])
def test_one_layer_is_unpacked(server, path):
    assert fetch(server, path).body == PAGE


def test_a_redirect_is_followed_and_told(server):
    document = fetch(server, "moved")
    assert (document.origin, document.url) == (
        f"http://127.0.0.1:{server}/moved",
        f"http://127.0.0.1:{server}/page?utm_source=x",
    )


@pytest.mark.parametrize("path", ["to-loopback", "to-metadata", "to-file", "to-credentials", "to-port"])
def test_a_redirect_is_checked_like_a_first_address(server, path):
    with pytest.raises(BlockedAddress):
        fetch(server, path)


def test_redirects_to_private_places_open_no_connection(server, monkeypatch):
    reached = []
    connect = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", lambda self, endpoint: reached.append(endpoint) or connect(self, endpoint))
    for path in ("to-metadata", "to-loopback"):
        with pytest.raises(BlockedAddress):
            fetch(server, path)
    assert set(reached) == {("127.0.0.1", server)}


def test_redirects_come_to_an_end(server):
    with pytest.raises(BadStatus, match="more than 5 redirects"):
        fetch(server, "loop")


@pytest.mark.parametrize(("path", "status"), [("missing", "404"), ("broken", "500"), ("nowhere", "302")])
def test_an_error_of_the_server_is_named(server, path, status):
    with pytest.raises(BadStatus, match=status):
        fetch(server, path)


def test_bombs_stop_at_the_limit(server):
    started = time.monotonic()
    for path in ("bomb", "endless"):
        with pytest.raises(TooLarge, match="10,485,760 bytes"):
            fetch(server, path)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("path", ["double", "brotli"])
def test_other_packings_are_refused(server, path):
    with pytest.raises(TooLarge, match="not unpacked"):
        fetch(server, path)


@pytest.mark.parametrize("path", ["damaged", "short"])
def test_damaged_bodies_are_network_errors(server, path):
    with pytest.raises(NetworkError):
        fetch(server, path)


@pytest.mark.parametrize("path", ["slow-body", "slow-headers", "silent"])
def test_trickles_end_at_the_deadline(server, path):
    started = time.monotonic()
    with pytest.raises(FetchTimeout, match=r"0\.6 s"):
        fetch(server, path, deadline_seconds=0.6)
    assert 0.5 < time.monotonic() - started < 4


def test_no_thread_is_left_behind(server):
    before = threading.active_count()
    fetch(server, "page")
    time.sleep(0.1)
    assert threading.active_count() <= before + 1


def test_loopback_is_refused_without_the_tests_parameter(server):
    with pytest.raises(BlockedAddress):
        Fetcher().fetch(f"http://127.0.0.1:{server}/page")


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("text/html; charset=UTF-8", ("text/html", "UTF-8")),
        ('TEXT/HTML;Charset="koi8-r"', ("text/html", "koi8-r")),
        ("text/plain", ("text/plain", None)),
        ("text/html; charset=", ("text/html", None)),
        ("", ("", None)),
        (None, ("", None)),
    ],
)
def test_content_types(header, found):
    assert split_content_type(header) == found
