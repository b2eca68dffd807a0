"""HTTP digest authentication, the client's side (RFC 7616): ``qop=auth`` or none, MD5 and SHA-256, with and without ``-sess``."""

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from typing import Final

_PAIR: Final = re.compile(r'([A-Za-z0-9_-]{1,40})\s{0,4}=\s{0,4}(?:"((?:[^"\\]|\\.){0,1000})"|([^\s,"]{1,1000}))')
_SCHEME: Final = re.compile(r"(?:^|,)\s{0,4}(digest|basic)(?=\s|$|,)", re.IGNORECASE)
_HASHES: Final = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


@dataclass(slots=True)
class Digest:
    """One challenge of a server, and how often it has been answered."""

    realm: str
    nonce: str
    algorithm: str = "MD5"
    opaque: str | None = None
    has_qop: bool = True
    cnonce: str = field(default_factory=lambda: secrets.token_hex(8))
    count: int = 0

    def answer(self, method: str, target: str, user: str, password: str) -> str:
        """Return the value of the Authorization header for one request; ``target`` is its path with its query."""
        self.count += 1
        counted = f"{self.count:08x}"
        name = self.algorithm.removesuffix("-sess")
        first = self._hash(name, f"{user}:{self.realm}:{password}")
        if self.algorithm.endswith("-sess"):
            first = self._hash(name, f"{first}:{self.nonce}:{self.cnonce}")
        second = self._hash(name, f"{method}:{target}")
        middle = f"{self.nonce}:{counted}:{self.cnonce}:auth" if self.has_qop else self.nonce
        fields = [
            ("username", _quoted(user)),
            ("realm", _quoted(self.realm)),
            ("nonce", _quoted(self.nonce)),
            ("uri", _quoted(target)),
            ("algorithm", self.algorithm),
            ("response", _quoted(self._hash(name, f"{first}:{middle}:{second}"))),
            *((("qop", "auth"), ("nc", counted), ("cnonce", _quoted(self.cnonce))) if self.has_qop else ()),
            *((("opaque", _quoted(self.opaque)),) if self.opaque is not None else ()),
        ]
        return "Digest " + ", ".join(f"{key}={value}" for key, value in fields)

    @staticmethod
    def _hash(name: str, text: str) -> str:
        return _HASHES[name](text.encode()).hexdigest()


def read_challenges(headers: list[str]) -> tuple[Digest | None, bool]:
    """Read the WWW-Authenticate headers of a 401: the strongest digest challenge that can be answered, and whether basic is offered."""
    found: list[Digest] = []
    is_basic = False
    for header in headers:
        starts = list(_SCHEME.finditer(header))
        for number, start in enumerate(starts):
            end = starts[number + 1].start() if number + 1 < len(starts) else len(header)
            if start[1].lower() == "basic":
                is_basic = True
                continue
            made = _digest(header[start.end() : end])
            if made is not None:
                found.append(made)
    best = max(found, key=lambda one: one.algorithm.startswith("SHA"), default=None)
    return best, is_basic


def _digest(text: str) -> Digest | None:
    given = {
        match[1].lower(): re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3]
        for match in _PAIR.finditer(text)
    }
    algorithm = given.get("algorithm", "MD5")
    canonical = {name.lower(): name for base in _HASHES for name in (base, f"{base}-sess")}.get(algorithm.lower())
    offered = [one.strip().lower() for one in given.get("qop", "").split(",") if one.strip()]
    if canonical is None or "nonce" not in given or (offered and "auth" not in offered):
        return None
    return Digest(given.get("realm", ""), given["nonce"], canonical, given.get("opaque"), bool(offered))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
