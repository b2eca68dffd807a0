"""What a worker says to the server: frames of a kind (one byte), a length (four bytes, big-endian) and so many bytes.

READY comes once.  Each answer is one HEAD (JSON), any number of DATA and one END; a FAILURE (JSON) takes the place of END.
"""

import json
import socket
import struct
from typing import Any, Final

from graphkit.errors import QueryTimeout

READY: Final = b"R"
HEAD: Final = b"H"
DATA: Final = b"D"
END: Final = b"E"
FAILURE: Final = b"F"
HEADER: Final = struct.Struct(">cI")


class Out:
    """The worker's end: what is written to it goes out as DATA, up to ``most`` bytes an answer."""

    def __init__(self, connection: socket.socket, most: int) -> None:
        self._connection = connection
        self._most = most
        self._sent = 0

    def head(self, **facts: Any) -> None:
        """Begin an answer."""
        self._sent = 0
        self._send(HEAD, json.dumps(facts).encode())

    def write(self, piece: bytes) -> int:
        """Send a piece of the answer.

        Raises:
            QueryTimeout: The answer is longer than it may be.
        """
        self._sent += len(piece)
        if self._sent > self._most:
            raise QueryTimeout(
                f"the answer is longer than {self._most >> 20} MiB",
                hint="ask for less: LIMIT and OFFSET, fewer columns; 'graphkit export' writes the whole graph",
            )
        self._send(DATA, bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Do nothing: every piece is sent at once."""

    def ready(self) -> None:
        """Say that questions may come."""
        self._send(READY, b"")

    def end(self) -> None:
        """Say that the answer is whole."""
        self._send(END, b"")

    def fail(self, failure: dict[str, Any]) -> None:
        """Say what went wrong in its place."""
        self._send(FAILURE, json.dumps(failure).encode())

    def _send(self, kind: bytes, body: bytes) -> None:
        self._connection.sendall(HEADER.pack(kind, len(body)) + body)
