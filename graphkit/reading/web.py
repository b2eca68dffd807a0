"""Fetch one web page without being lured into a private network, a bomb or an endless wait.

The only place of ``reading`` that opens a socket.  The guard sits where the connection is made: a host name is resolved once, every
answer must be a public address, and the connection goes to the very address that was checked, so that there is no gap between
check and use (DNS rebinding).  Each redirect starts again at the first step.  No proxy is taken from the environment: it would
resolve names for us and undo the guard.
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from graphkit.errors import BadStatus, BlockedAddress, FetchTimeout, NetworkError, TooLarge
from graphkit.limits import FETCH_SECONDS, MAX_FILE_BYTES, MAX_REDIRECTS
from graphkit.model import Document
from graphkit.reading.addresses import MAX_URL, absolute_url, ascii_host, is_ip_address
from graphkit.reading.networks import is_public

if TYPE_CHECKING:
    import urllib3

CONNECT_SECONDS = 5.0
"""Wait for one connection."""
READ_SECONDS = 10.0
"""One silence of the server."""
PORTS = frozenset({80, 443})
"""Ports that are connected to."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ONE_LAYER = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_USER_AGENT = "graphkit (reads one page at a user's request)"
_SAVE_HINT = "save the page and give the file"


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches pages within limits.

    ``allow`` holds (address, port) pairs that are exempt from the address tables.  It exists for tests with a server on loopback
    and cannot be set from the command line or the environment.
    """

    max_bytes: int = MAX_FILE_BYTES
    max_redirects: int = MAX_REDIRECTS
    deadline_seconds: float = FETCH_SECONDS
    allow: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    def fetch(self, url: str) -> Document:
        """Fetch a page over http or https, checking every redirect like a first address.

        Returns:
            The decoded bytes; ``origin`` is the address asked for, ``url`` the one that answered.

        Raises:
            BlockedAddress: Scheme, port, credentials or address is not allowed, at any hop.
            TooLarge: The body is past the size limit, or packed in a way that is not unpacked.
            BadStatus: The server answered with an error, or redirected too often.
            FetchTimeout: The deadline passed, in whatever phase.
            NetworkError: The network failed.
        """
        watch = _Watch(self.deadline_seconds)
        asked, pool = url, _guarded_pool(watch, self.allow)
        with watch.running():
            for _ in range(self.max_redirects + 1):
                url = self._check(url)
                with _open(pool, url, watch) as response:
                    target = _redirect_target(response, url)
                    if target is None:
                        return self._receive(response, asked, url, watch)
                    url = target
        raise BadStatus(
            f"{asked}: more than {self.max_redirects} redirects", hint="open it in a browser and give the final address"
        )

    def _check(self, url: str) -> str:
        """Return a URL that may be asked for, its host in ASCII."""
        parts = check_url(url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        if port not in PORTS and not any(port == allowed for _, allowed in self.allow):
            raise BlockedAddress(f"{url}: port {port} is not connected to, only 80 and 443", hint=_SAVE_HINT)
        return absolute_url(url) or url

    def _receive(self, response: "urllib3.BaseHTTPResponse", asked: str, url: str, watch: "_Watch") -> Document:
        if not 200 <= response.status < 300:
            raise BadStatus(f"{asked}: the server answered {response.status} {response.reason or ''}".rstrip(), hint=_SAVE_HINT)
        media_type, encoding = split_content_type(response.headers.get("Content-Type"))
        return Document(
            body=_read_body(response, asked, self.max_bytes, watch),
            media_type=media_type,
            origin=asked,
            url=url,
            encoding=encoding,
            fetched_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            etag=response.headers.get("ETag"),
            last_modified=response.headers.get("Last-Modified"),
        )


def check_url(url: str) -> SplitResult:
    """Return the parts of a URL that may be asked for.

    Raises:
        BlockedAddress: It is not http or https, has credentials, or its host is not clear.
    """
    shown = url[:200]
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BlockedAddress(f"{shown}: not a usable URL ({error})") from error
    if parts.scheme not in {"http", "https"}:
        raise BlockedAddress(f"{shown}: only http and https are read, not {parts.scheme or 'an empty scheme'}", hint=_SAVE_HINT)
    if parts.username is not None or parts.password is not None:
        raise BlockedAddress(f"{parts.scheme}://…@{parts.hostname}: credentials in a URL are not sent", hint="leave them out")
    unclear = "\\" in url or len(url) > MAX_URL or any(ord(character) <= 32 or ord(character) == 127 for character in url)
    host = parts.hostname or ""
    if unclear or port == 0 or not (is_ip_address(host) or ascii_host(host)):
        raise BlockedAddress(f"{shown!r}: the URL has no clear host name", hint="give the address as a browser shows it")
    return parts


def split_content_type(header: str | None) -> tuple[str, str | None]:
    """Return media type and charset of a Content-Type header (RFC 9110, §8.3)."""
    media_type, *parameters = (header or "").split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip(" \"'"):
            return media_type.strip().lower(), value.strip(" \"'")[:40]
    return media_type.strip().lower(), None


class _Watch:
    """Cuts every connection of one fetch at its deadline.

    Socket time-outs count a single silence, so a server that sends one byte a second never trips them.  A timer that shuts the
    connection down works in every phase: TLS, headers, body.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends_at = time.monotonic() + seconds
        self._is_over = False
        self._handles: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def add(self, connection: socket.socket) -> None:
        """Watch a connection through a second handle: TLS takes the first one over."""
        with self._lock:
            self._handles.append(socket.socket(fileno=os.dup(connection.fileno())))
            is_late = self._is_over
        if is_late:
            self._cut()

    def remaining(self) -> float:
        """Seconds until the deadline, never less than a hundredth."""
        return max(0.01, self._ends_at - time.monotonic())

    def check(self, url: str) -> None:
        """Raise if the deadline has passed.

        Raises:
            FetchTimeout: It has.
        """
        if self._is_over or time.monotonic() > self._ends_at:
            raise FetchTimeout(
                f"{url}: no complete answer within {self.seconds:g} s", hint="try again, or save the page and give the file"
            )

    def _cut(self) -> None:
        with self._lock:
            self._is_over = True
            for handle in self._handles:
                try:
                    handle.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # the other side was faster

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run the timer for the time of the block, and close the second handles after it."""
        self._timer.start()
        try:
            yield
        finally:
            self._timer.cancel()
            with self._lock:
                for handle in self._handles:
                    handle.close()
                self._handles.clear()


def _connect(host: str, port: int, watch: _Watch, allow: frozenset[tuple[str, int]]) -> socket.socket:
    """Resolve once, refuse unless all answers are public, connect to a checked address."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise NetworkError(f"{host}: no such host is known", hint="check the spelling and the connection") from error
    for *_, endpoint in answers:
        address = str(endpoint[0])
        if not is_public(address) and (address, port) not in allow:
            raise BlockedAddress(f"{host} is at {address}, which is no public address", hint=_SAVE_HINT)
    failure: OSError | None = None
    for family, kind, protocol, _, endpoint in answers:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(min(CONNECT_SECONDS, watch.remaining()))
            connection.connect(endpoint)
        except OSError as error:
            failure = error
            connection.close()
        else:
            connection.settimeout(READ_SECONDS)
            watch.add(connection)
            return connection
    watch.check(host)
    raise NetworkError(f"{host}: no connection ({failure or 'no address'})", hint="try again later") from failure


def _guarded_pool(watch: _Watch, allow: frozenset[tuple[str, int]]) -> "urllib3.PoolManager":
    """Return a pool whose connections go through `_connect` and which takes no proxy from the environment."""
    import urllib3
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class GuardedHTTP(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self.host, self.port or 80, watch, allow)

    class GuardedHTTPS(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self.host, self.port or 443, watch, allow)

    class HTTPPool(urllib3.HTTPConnectionPool):
        ConnectionCls = GuardedHTTP

    class HTTPSPool(urllib3.HTTPSConnectionPool):
        ConnectionCls = GuardedHTTPS

    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    pool = urllib3.PoolManager(timeout=timeout, retries=False)
    pool.pool_classes_by_scheme = {"http": HTTPPool, "https": HTTPSPool}
    return pool


@contextmanager
def _open(pool: "urllib3.PoolManager", url: str, watch: _Watch) -> "Iterator[urllib3.BaseHTTPResponse]":
    """Send the request; whatever fails inside the block becomes an error of ours, a cut connection a time-out."""
    from urllib3.exceptions import HTTPError

    headers = {"Accept-Encoding": "gzip", "User-Agent": _USER_AGENT, "Accept": "text/html, application/xhtml+xml, */*;q=0.8"}
    try:
        response = pool.request("GET", url, preload_content=False, redirect=False, headers=headers)
        try:
            yield response
        finally:
            response.close()
    except (HTTPError, OSError, UnicodeError, ValueError) as error:
        watch.check(url)  # a connection cut by the watch looks like a network failure
        raise NetworkError(f"{url}: {_reason(error)}", hint="check the address and the connection") from error
    finally:
        pool.clear()


def _reason(error: Exception) -> str:
    """Return one line of what failed, without the library's object names."""
    return " ".join(str(error).split()).rpartition(">: ")[2][:200] or type(error).__name__


def _redirect_target(response: "urllib3.BaseHTTPResponse", url: str) -> str | None:
    location = response.headers.get("Location")
    if response.status not in _REDIRECTS or not location:
        return None
    return absolute_url(location, url) or urljoin(
        url, location.strip()
    )  # what is no web address is refused by the check, by name


def _read_body(response: "urllib3.BaseHTTPResponse", url: str, most: int, watch: _Watch) -> bytes:
    """Read what arrives, counting decoded bytes; ``read1`` returns early, ``read`` and ``stream`` wait for a full block."""
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing not in _ONE_LAYER:
        raise TooLarge(f"{url}: content encoding {packing!r} is not unpacked", hint=_SAVE_HINT)
    body = bytearray()
    while chunk := response.read1(65_536, decode_content=True):
        body += chunk
        if len(body) > most:
            raise TooLarge(f"{url}: more than {most:,} bytes", hint=_SAVE_HINT)
        watch.check(url)
    watch.check(url)
    return bytes(body)
