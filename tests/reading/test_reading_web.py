"""The fetch guard.  Every test replaces the socket or talks to a server of its own on loopback: no packet leaves."""

import contextlib
import gzip
import http.server
import socket
import threading
import time
import zlib

import pytest

from graphkit.errors import BadStatus, BlockedAddress, FetchTimeout, NetworkError, TooLarge
from graphkit.reading.networks import is_public
from graphkit.reading.web import Fetcher, split_content_type

NAMES = {
    "private.example": ["10.0.0.5"],
    "mixed.example": ["93.184.216.34", "127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "six.example": ["::1"],
    "mapped.example": ["::ffff:192.168.1.1"],
    "nat.example": ["64:ff9b::a00:1"],
    "sixtofour.example": ["2002:7f00:1::1"],
    "teredo.example": ["2001:0:53aa:64c::1"],
    "local.example": ["fe80::1%lo"],
    "unique.example": ["fd00::1"],
    "zero.example": ["0.0.0.0"],
    "localhost": ["127.0.0.1", "::1"],
}
HOSTILE = [
    *(f"http://{name}/" for name in NAMES),
    "http://127.0.0.1/",
    "http://127.0.0.1:80/",
    "https://127.0.0.1/",
    "http://127.1/",
    "http://127.127.127.127/",
    "http://0/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.1./",
    "http://127.0.0.1%2f@example.com/",
    "http://１２７.0.0.1/",
    "http://127。0。0。1/",
    "http://①②⑦.0.0.1/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.170.2/",
    "http://192.0.0.192/",
    "http://168.63.129.16/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://240.0.0.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[0:0:0:0:0:ffff:10.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25lo]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[::1/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://user@127.0.0.1/",
    "http://user:secret@example.com/",
    "http://example.com@127.0.0.1/",
    "http://example.com:22/",
    "http://example.com:6379/",
    "http://example.com:8080/",
    "http://example.com:0/",
    "http://example.com:99999/",
    "http://example.com:80a/",
    "http://example.com\\@127.0.0.1/",
    "http:\\\\127.0.0.1\\",
    "http://exam ple.com/",
    "http://example.com/a b\r\nHost: x",
    "http://example.com\t/",
    "http:///a",
    "http://",
    "https://.",
    "//example.com/",
    "file:///etc/passwd",
    "ftp://example.com/a",
    "gopher://127.0.0.1:6379/_x",
    "dict://127.0.0.1:11211/stat",
    "data:text/html,words",
    "javascript:alert(1)",
    "jar:http://127.0.0.1/!/",
    "unix:///run/x.sock",
    "ldap://127.0.0.1/",
    "http+unix://%2frun%2fx/",
    f"http://example.com/{'a' * 5_000}",
]


@pytest.fixture
def no_packets(monkeypatch):
    """Answer names from a table, and fail the test if anything connects."""

    def look_up(host, port, *_, **__):
        addresses = NAMES.get(str(host).lower().rstrip("."))
        if addresses is None:
            try:
                socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host.partition("%")[0])
            except OSError:
                raise socket.gaierror(socket.EAI_NONAME, "unknown") from None
            addresses = [host]
        return [
            (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in addresses
        ]

    def refuse(self, endpoint):
        pytest.fail(f"connected to {endpoint}")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)


def test_there_are_enough_hostile_addresses():
    assert len(set(HOSTILE)) >= 90


@pytest.mark.parametrize("url", HOSTILE)
def test_nothing_private_is_reached(no_packets, url):
    with pytest.raises(BlockedAddress) as caught:
        Fetcher().fetch(url)
    assert "\n" not in caught.value.message
    assert "secret" not in caught.value.message


def test_an_unknown_host_is_a_network_error(no_packets):
    with pytest.raises(NetworkError, match="no such host is known"):
        Fetcher().fetch("http://nowhere.example/")


def test_public_addresses_are_connected_to_as_checked(monkeypatch, no_packets):
    reached = []

    def note(self, endpoint):
        reached.append(endpoint)
        raise OSError("unreachable")

    monkeypatch.setitem(NAMES, "public.example", ["93.184.216.34"])
    monkeypatch.setattr(socket.socket, "connect", note)
    with pytest.raises(NetworkError, match="unreachable"):
        Fetcher().fetch("http://public.example/")
    assert reached == [("93.184.216.34", 80)]


def test_proxies_of_the_environment_are_not_used(monkeypatch, no_packets):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:3128")
    monkeypatch.setitem(NAMES, "public.example", ["93.184.216.34"])
    reached = []

    def note(self, endpoint):
        reached.append(endpoint)
        raise OSError("unreachable")

    monkeypatch.setattr(socket.socket, "connect", note)
    with pytest.raises(NetworkError):
        Fetcher().fetch("http://public.example/")
    assert reached == [("93.184.216.34", 80)]


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_public_addresses(address):
    assert is_public(address)


@pytest.mark.parametrize("address", ["", "x", "300.1.1.1", "1.2.3", "::ffff:0:0:0:0:0:0"])
def test_what_is_no_address_is_not_public(address):
    assert not is_public(address)


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
