"""Two thousand odd requests: none breaks the server, none hangs, none writes."""

import http.client
import random
import string
from urllib.parse import quote, urlencode, urlsplit

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graphkit.store.record import Record

METHODS = ("GET",) * 9 + ("POST",) * 9 + ("HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW")
PATHS = ("/sparql",) * 16 + ("/", "/graphs", "/ns", "/ns.ttl", "/questions/cq05", "/questions/cq99", "/id/outlet-meduza.io", "/id/x.ttl", "//", "/id/")  # fmt: skip
KEYS = ("query", "query", "update", "default-graph-uri", "named-graph-uri", "timeout", "graph", "default", "first", "second", "using-graph-uri")  # fmt: skip
PIECES = (
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "*", "?x", "?y", "{", "}", "(", ")", "<urn:x>", "gk:claim", "'a'", '"""', "\\u0041",
    "SERVICE", "FILTER", "OPTIONAL", "UNION", "COUNT(*)", "AS", "LIMIT", "-1", "1e400", "LOAD", "INSERT DATA", "GRAPH", "FROM", "BIND",
    "VALUES", "UNDEF", "^", "+", "|", "!", "@en", "^^xsd:integer", "#", "\x00", "\ud7ff", "\U0010ffff", "BASE <a>", "PREFIX a: <b>", "EXISTS",
    "GROUP BY", "HAVING", "ORDER BY", "MINUS", "REDUCED", "DISTINCT", "<<", ">>", "_:b", "[]", "a", ".", ";", ",", "regex(?x, '(a+)+$')",
)  # fmt: skip
TYPES = ("application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update", "multipart/form-data", "application/json", "text/plain; charset=utf-16", "", ";", 'application/sparql-query; charset=""')  # fmt: skip
ACCEPTS = ("*/*", "text/html", "text/csv;q=nan", "application/sparql-results+xml", "text/turtle;q=0", ",,,;", "a" * 3000, "application/*;q=1e9", "*", "text/csv, */*;q=-1")  # fmt: skip

WHOLE = (
    "SELECT * {{ ?x ?y ?z . {0} }} LIMIT 5", "ASK {{ {0} }}", "CONSTRUCT {{ ?x ?y {0} }} {{ ?x ?y ?z }} LIMIT 3", "DESCRIBE {0}",
    "SELECT ({0} AS ?v) {{}}", "SELECT * {{ FILTER({0}) }}", "SELECT ?x {{ ?x {0} ?y }} LIMIT 2", "{0}",
)  # fmt: skip
HEADERS = {
    "Accept": ACCEPTS,
    "Origin": ("null", "https://a.example", "", "http://localhost"),
    "Content-Encoding": ("gzip", "br", "identity"),
    "Expect": ("100-continue",),
    "Range": ("bytes=0-1",),
    "If-None-Match": ("*",),
    "X-Forwarded-Host": ("evil.example",),
    "Transfer-Encoding": ("identity",),
}


class Odd:
    """One odd request, made from a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.method = self.chance.choice(METHODS)
        self.target = self._target()
        self.headers = {key: self.chance.choice(values) for key, values in HEADERS.items() if self.chance.random() < 0.12}
        self.body = self._body() if self.method not in {"GET", "HEAD"} or self.chance.random() < 0.05 else None

    def _text(self, most: int) -> str:
        signs = string.printable + "\x00\x7fü\u2028\u202e\ud7ff\ufffe\U0010ffff"
        return "".join(self.chance.choices(signs, k=self.chance.randint(0, most)))

    def _query(self) -> str:
        soup = " ".join(self.chance.choices(PIECES, k=self.chance.choice((1, 1, 1, 2, 3, 5, 14))))
        return self.chance.choice(WHOLE).format(soup) if self.chance.random() < 0.9 else self._text(40)

    def _pairs(self) -> str:
        keys = ["query"] if self.chance.random() < 0.8 else self.chance.choices(KEYS, k=self.chance.randint(0, 4))
        if self.chance.random() < 0.3:
            keys.append(self.chance.choice(KEYS))
        pairs = [(key, self._query() if key in {"query", "update"} else self._text(20)) for key in keys]
        encoded = urlencode(pairs)
        if self.chance.random() < 0.1:
            at = self.chance.randrange(len(encoded) + 1)
            encoded = encoded[:at] + self.chance.choice(("%", "%FF", "%zz", "&&", "==", ";")) + encoded[at:]
        return encoded

    def _target(self) -> str:
        kind = self.chance.random()
        if kind < 0.85:
            return f"{self.chance.choice(PATHS)}?{self._pairs()}"
        if kind < 0.95:
            return "/id/" + quote(self._text(40), safe="/.%:@")
        return "/" + quote(self.chance.randbytes(30))

    def _body(self) -> bytes:
        kind = self.chance.random()
        if kind < 0.45:
            self.headers["Content-Type"] = TYPES[0]
            return self._pairs().encode()
        if kind < 0.8:
            self.headers["Content-Type"] = TYPES[1]
            return self._query().encode()
        self.headers["Content-Type"] = self.chance.choice(TYPES)
        return b"x" * 70_000 if kind < 0.82 else self.chance.randbytes(self.chance.randint(0, 200))


def test_no_request_breaks_hangs_or_writes(endpoint, graph_path):
    with Record.open(graph_path, read_only=True) as record:
        before = record.state()
    statuses: dict[int, int] = {}
    connection = http.client.HTTPConnection(urlsplit(endpoint.url).netloc, timeout=30)

    # drawn from seeds: hypothesis would take longer to invent the requests than the server to answer them
    @settings(max_examples=2_500, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
    @given(st.integers(0, 2**64 - 1))
    def throw(seed: int) -> None:
        odd = Odd(seed)
        try:
            connection.request(odd.method, odd.target, odd.body, odd.headers)
            reply = connection.getresponse()
            reply.read()
        except TimeoutError as error:
            raise AssertionError("the server hangs") from error
        except (ConnectionError, http.client.HTTPException):
            # the server may close after refusing what is no HTTP, or before it has read a body that it will not take
            connection.close()
            statuses[0] = statuses.get(0, 0) + 1
            return
        statuses[reply.status] = statuses.get(reply.status, 0) + 1
        assert reply.status < 500 or reply.status in {503, 504}, (odd.method, odd.target, reply.status)

    throw()
    connection.close()
    assert sum(statuses.values()) >= 2_000
    # they reached every part of the server: answers, mistakes, refusals; few met a closed connection
    assert min(statuses.get(status, 0) for status in (200, 400, 403, 404, 405)) >= 50, statuses
    assert statuses.get(0, 0) < 200, statuses
    connection.request("GET", "/sparql?query=ASK%7B%7D")
    reply = connection.getresponse()
    assert (reply.status, b"true" in reply.read()) == (200, True)
    connection.close()
    with Record.open(graph_path, read_only=True) as record:
        assert record.state() == before
        assert not record.verify()
