"""One question to a server that speaks the chat protocol in OpenAI's style, within limits.

Where the text goes is the user's word: without a further flag only to this machine.  Elsewhere goes only over https, to a public
address that was checked and is the one connected to; no redirect is followed, no proxy is used, nothing is tried twice.
"""

import contextlib
import ipaddress
import json
import socket
import ssl
import threading
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from urllib.parse import SplitResult

from graphkit.errors import BadStatus, BlockedAddress, FetchTimeout, NetworkError, NotAllowed, TooLarge
from graphkit.extraction.adapters.settings import LLM_ALLOW_NETWORK
from graphkit.reading.networks import is_public
from graphkit.reading.web import check_url

SECONDS = 300.0
"""Time of one answer: a large model on a small machine is slow."""
MAX_ANSWER_BYTES = 1 << 20
_BLOCK = 1 << 14


@dataclass(frozen=True, slots=True)
class ChatServer:
    """A server by its base address ("http://127.0.0.1:11434/v1"), the model to ask, and a key where the server wants one."""

    url: str
    model: str
    key: str = ""
    allow_network: bool = False
    seconds: float = SECONDS

    def ask(self, system: str, user: str) -> str:
        """Return the answer to one question; temperature 0 and a fixed seed, so that a server may repeat itself.

        Raises:
            NotAllowed: The server is not on this machine, and sending texts elsewhere was not allowed.
            BlockedAddress: The address is not usable, not https, or leads to a private place.
            BadStatus: The server answered with an error or a redirect.
            TooLarge: The answer is past the limit.
            FetchTimeout: The time passed.
            NetworkError: The network failed, or the answer is not in the protocol's form.
        """
        parts = check_url(self.url)
        body = {
            "model": self.model,
            "temperature": 0,
            "seed": 0,
            "stream": False,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
        }
        answer = self._post(parts, json.dumps(body).encode())
        try:
            content = json.loads(answer)["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
            raise NetworkError(f"{self._shown(parts)}: the answer is not in the form of a chat completion") from error
        if not isinstance(content, str):
            raise NetworkError(f"{self._shown(parts)}: the answer holds no text")
        return content

    @staticmethod
    def _shown(parts: SplitResult) -> str:
        return f"{parts.scheme}://{parts.netloc}"

    def _post(self, parts: SplitResult, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        connection = self._connection(parts)
        # a flag of our own: a timer calls itself finished only after it has cut, when the reader may long have seen the end
        is_late = threading.Event()

        def cut() -> None:
            is_late.set()
            connection.cut()

        watch = threading.Timer(self.seconds, cut)
        watch.daemon = True
        watch.start()
        try:
            connection.request("POST", parts.path.rstrip("/") + "/chat/completions", body, headers)
            response = connection.getresponse()
            if response.status != 200:
                raise BadStatus(f"{self._shown(parts)}: the server answered {response.status}", hint="see the server's own log")
            answer = self._read(response, parts)
            if is_late.is_set():
                raise TimeoutError
        except (OSError, HTTPException) as error:
            if is_late.is_set() or isinstance(error, TimeoutError):
                raise FetchTimeout(f"{self._shown(parts)}: no answer within {self.seconds:g} s") from error
            raise NetworkError(
                f"{self._shown(parts)}: {error or type(error).__name__}", hint="is the server running?"
            ) from error
        finally:
            watch.cancel()
            connection.close()
        return answer

    def _read(self, response: HTTPResponse, parts: SplitResult) -> bytes:
        taken = bytearray()
        while block := response.read1(_BLOCK):
            taken += block
            if len(taken) > MAX_ANSWER_BYTES:
                raise TooLarge(f"{self._shown(parts)}: the answer is longer than {MAX_ANSWER_BYTES} bytes")
        if response.length:
            raise IncompleteRead(bytes(taken), response.length)
        return bytes(taken)

    def _connection(self, parts: SplitResult) -> "_Pinned":
        """Return a connection to an address that was checked; the name is resolved once."""
        host = parts.hostname or ""
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        made = (_PinnedTLS if parts.scheme == "https" else _Pinned)(host, port, timeout=self.seconds)
        made.address = self._address(parts, host, port)
        return made

    def _address(self, parts: SplitResult, host: str, port: int) -> str:
        found = [host] if _is_address(host) else _resolve(host, port)
        if all(ipaddress.ip_address(address.partition("%")[0]).is_loopback for address in found):
            return found[0]
        if not self.allow_network:
            raise NotAllowed(
                f"{self._shown(parts)} is not on this machine: texts would leave it",
                hint=f"set {LLM_ALLOW_NETWORK}=1 to send them",
            )
        if parts.scheme != "https":
            raise BlockedAddress(f"{self._shown(parts)}: texts are sent to other machines over https only")
        if not all(is_public(address) for address in found):
            raise BlockedAddress(f"{self._shown(parts)} leads to a private address")
        return found[0]


class _Pinned(HTTPConnection):
    """Connects to ``address``, and keeps hold of the socket until the end: a response takes it from the connection."""

    address = ""
    held: socket.socket | None = None

    def connect(self) -> None:
        """Connect to the address that was checked."""
        self.held = self.sock = socket.create_connection((self.address, self.port), self.timeout)

    def cut(self) -> None:
        """Shut the connection down, in whatever phase it is: socket time-outs count single silences only."""
        if self.held is not None:
            with contextlib.suppress(OSError):
                self.held.shutdown(socket.SHUT_RDWR)


class _PinnedTLS(_Pinned):
    """The same over TLS; the certificate is checked against the name."""

    def connect(self) -> None:
        """Connect to the address that was checked, and greet the host by its name."""
        super().connect()
        self.held = self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _resolve(host: str, port: int) -> list[str]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NetworkError(f"{host}: the name is not known", hint="check the address") from error
    return list(dict.fromkeys(str(row[4][0]) for row in rows))
