"""Which addresses the fetch guard refuses.  Names and the socket are replaced: no packet leaves."""

import socket

import pytest

from graphkit.errors import BlockedAddress, NetworkError
from graphkit.reading.networks import is_public
from graphkit.reading.web import Fetcher

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
