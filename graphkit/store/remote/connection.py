"""Requests to the server that the user named: the address checked where the connection is made, passwords kept, redirects refused."""

import base64
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from graphkit import limits
from graphkit.errors import BadStatus, BlockedAddress, FetchTimeout, NetworkError, TooLarge
from graphkit.store.remote.addresses import check_endpoint, is_allowed, is_loopback
from graphkit.store.remote.digest import Digest, read_challenges

if TYPE_CHECKING:
    import urllib3

_CONNECT_SECONDS: Final = 10.0
_USER_AGENT: Final = "graphkit (keeps a copy of a graph at its user's request)"
_READ_BYTES: Final = 1 << 16
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks; never shown."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's answer; ``headers`` have lower-case names."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Connection:
    """Keeps connections to one origin open, and authenticates on them.

    Args:
        url: Any address of the server; requests to other origins are refused.
        credentials: Used when the server asks for them.
        seconds: The longest silence of the server.
    """

    def __init__(self, url: str, credentials: Credentials | None = None, *, seconds: float = limits.REMOTE_SECONDS) -> None:
        import urllib3

        parts = check_endpoint(url)
        self._origin = (parts.scheme, parts.netloc)
        self._credentials = credentials
        self._digest: Digest | None = None
        self._is_basic = False
        self._addresses: set[str] = set()
        timeout = urllib3.Timeout(connect=_CONNECT_SECONDS, read=seconds)
        self._seconds = seconds
        self._pool = _guarded_pool(timeout, self._addresses)

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def request(
        self,
        method: str,
        url: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        most: int = limits.MAX_GRAPH_BYTES,
    ) -> Reply:
        """Send a request and return the answer, whatever its status but a redirect's or a refusal of who asks.

        Raises:
            BlockedAddress: The server is at an address that is not connected to, or the password could be read on the way.
            BadStatus: It redirects, or it refuses the credentials.
            TooLarge: The answer is longer than ``most`` bytes.
            FetchTimeout, NetworkError: It cannot be reached, or falls silent.
        """
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc) != self._origin:
            raise BlockedAddress(f"{url[:_SHOWN]}: not the server that was named")
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        reply = self._send(method, url, target, body, headers, most=most)
        if reply.status == 401 and self._credentials is not None and self._take_challenge(reply):
            reply = self._send(method, url, target, body, headers, most=most)
        if reply.status == 401:
            raise BadStatus(f"{_plain(url)}: the server refuses who asks (401)", hint="check --user and the password")
        if 300 <= reply.status < 400:
            where = reply.headers.get("location", "another place")[:_SHOWN]
            raise BadStatus(
                f"{_plain(url)}: the server sends on to {where}, and is not followed", hint="give the final address"
            )
        return reply

    def _send(
        self, method: str, url: str, target: str, body: bytes | None, headers: Mapping[str, str] | None, *, most: int
    ) -> Reply:
        from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError

        for attempt in (1, 2):
            sent = {"User-Agent": _USER_AGENT, "Accept": "*/*", **(headers or {}), **self._authorization(method, target)}
            try:
                response = self._pool.request(
                    method, url, body=body, headers=sent, redirect=False, retries=False, preload_content=False
                )
                try:
                    return Reply(
                        response.status,
                        {key.lower(): value for key, value in response.headers.items()},
                        _read(response, most, url),
                    )
                finally:
                    response.release_conn()
            except ReadTimeoutError as error:
                raise FetchTimeout(f"{_plain(url)}: no answer within {self._seconds:g} s") from error
            except (ProtocolError, ConnectionError) as error:
                # every request made here may be made twice; a kept connection may have been closed by the server
                if attempt == 2:
                    raise _unreachable(url, error) from error
            except (HTTPError, OSError, UnicodeError, ValueError) as error:
                raise _unreachable(url, error) from error
        raise AssertionError("unreachable")

    def _authorization(self, method: str, target: str) -> dict[str, str]:
        if self._credentials is None:
            return {}
        user, password = self._credentials.user, self._credentials.password
        if self._digest is not None:
            return {"Authorization": self._digest.answer(method, target, user, password)}
        if self._is_basic:
            return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}
        return {}

    def _take_challenge(self, reply: Reply) -> bool:
        """Take what the server asks for, digest before basic; say whether it is worth another try."""
        digest, is_basic = read_challenges([reply.headers.get("www-authenticate", "")])
        if digest is not None:
            # a nonce that was refused without having been answered before is a wrong password
            is_new = self._digest is None or self._digest.nonce != digest.nonce
            self._digest = digest
            return is_new
        if not is_basic or self._is_basic:
            return False
        if self._origin[0] == "http" and not all(map(is_loopback, self._addresses)):
            raise BlockedAddress(
                "the server asks for the password in the clear, over http", hint="use https, or a server that takes digest"
            )
        self._is_basic = True
        return True


def _guarded_pool(timeout: "urllib3.Timeout", reached: set[str]) -> "urllib3.PoolManager":
    """Return a pool whose connections go to checked addresses, written down in ``reached``; no proxy is taken from the environment."""
    import urllib3
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class GuardedHTTP(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self.host, self.port or 80, reached)

    class GuardedHTTPS(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self.host, self.port or 443, reached)

    class HTTPPool(urllib3.HTTPConnectionPool):
        ConnectionCls = GuardedHTTP

    class HTTPSPool(urllib3.HTTPSConnectionPool):
        ConnectionCls = GuardedHTTPS

    pool = urllib3.PoolManager(timeout=timeout, retries=False)
    pool.pool_classes_by_scheme = {"http": HTTPPool, "https": HTTPSPool}
    return pool


def _connect(host: str, port: int, reached: set[str]) -> socket.socket:
    """Resolve once, refuse unless every answer is allowed, connect to a checked address."""
    try:
        answers = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise NetworkError(f"{host}: no such host is known", hint="check the spelling and the connection") from error
    for *_, endpoint in answers:
        if not is_allowed(str(endpoint[0])):
            raise BlockedAddress(f"{host} is at {endpoint[0]}, where no store is looked for")
    failure: OSError | None = None
    for family, kind, protocol, _, endpoint in answers:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(_CONNECT_SECONDS)
            connection.connect(endpoint)
        except OSError as error:
            failure = error
            connection.close()
        else:
            # one small request after another: waiting to fill a packet costs 40 ms each
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            reached.add(str(endpoint[0]))
            return connection
    raise NetworkError(f"{host}:{port}: no connection ({failure or 'no address'})", hint="is the server running?") from failure


def _read(response: "urllib3.BaseHTTPResponse", most: int, url: str) -> bytes:
    body = bytearray()
    while piece := response.read(_READ_BYTES, decode_content=True):
        body += piece
        if len(body) > most:
            raise TooLarge(f"{_plain(url)}: an answer of more than {most:,} bytes")
    return bytes(body)


def _unreachable(url: str, error: Exception) -> NetworkError:
    reason = " ".join(str(error).split()).rpartition(">: ")[2][:_SHOWN] or type(error).__name__
    return NetworkError(f"{_plain(url)}: {reason}", hint="is the server running?")


def _plain(url: str) -> str:
    return url.partition("?")[0][:_SHOWN]
