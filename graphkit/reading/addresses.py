"""Hosts and addresses as graphkit keys them: registrable domains in ASCII, absolute http(s) URLs without tracking marks."""

import ipaddress
import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

MAX_URL = 2_048
"""Characters of one URL: longer ones are data, not addresses."""

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
_TRACKING = re.compile(
    r"(?:utm_[a-z_]{1,20}|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|ocid|cmpid|_ga)", re.IGNORECASE
)
_UNESCAPED = "%/:=&?~#+!$,;'@()*[]"


@cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


def ascii_host(host: str) -> str | None:
    """Return a host name in lower-case ASCII (IDNA, RFC 3490), or None where it is no host name.

    A trailing dot goes; numeric addresses are no host names, in whatever spelling ("127.1", "0x7f.1", "[::1]").
    """
    name = host.strip().rstrip(".").lower()
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    return None if _NUMBER.fullmatch(labels[-1]) else name


def is_ip_address(host: str) -> bool:
    """Say whether ``host`` is a numeric IPv4 or IPv6 address in its usual spelling."""
    if ":" not in host and host[-1:].isalpha():
        return False  # nearly every host, told without raising an error
    try:
        ipaddress.ip_address(host.strip().strip("[]").partition("%")[0])
    except ValueError:
        return False
    return True


def registrable_domain(host: str) -> str | None:
    """Return the domain that somebody registered, in lower-case ASCII: "news.bbc.co.uk" gives "bbc.co.uk".

    The bundled public suffix list decides, its private section included, so that each blog of a platform stands for itself.

    Returns:
        The domain, or None for an address, a public suffix itself, a single label or anything that is no host name.

    Example:
        >>> registrable_domain("www.example.co.uk"), registrable_domain("192.168.0.1")
        ('example.co.uk', None)
    """
    if is_ip_address(host):
        return None
    name = ascii_host(host)
    if name is None:
        return None
    found: str | None = _suffixes().privatesuffix(name)
    return found


def domain_of_url(url: str | None) -> str | None:
    """Return the registrable domain of an http(s) URL, or None."""
    parts = _split(url) if url else None
    return registrable_domain(parts.hostname) if parts and parts.hostname else None


def absolute_url(reference: str, base: str | None = None) -> str | None:
    """Resolve a link against ``base`` and return it as an absolute http(s) URL, or None where it leads to no web page.

    Characters that no IRI may hold are percent-encoded; credentials make a URL unusable.
    """
    text = reference.strip()
    if not text or len(text) > MAX_URL:
        return None
    try:
        joined = urljoin(base, text) if base else text
    except ValueError:
        return None
    parts = _split(joined)
    return None if parts is None else _compose(parts, parts.query, parts.fragment)


def article_url(reference: str, base: str | None = None) -> str | None:
    """Return the address of an article: absolute, without fragment and without tracking parameters, or None."""
    whole = absolute_url(reference, base)
    parts = _split(whole) if whole else None
    if parts is None:
        return None
    return _compose(parts, _without_tracking(parts.query), "")


def is_web_address(source: str) -> bool:
    """Say whether ``source`` is meant as a URL ("https://…", but also "ftp://…") rather than as a path."""
    scheme, separator, _ = source.partition("://")
    return bool(separator) and scheme[:1].isalpha() and scheme.isascii() and scheme.replace("+", "").isalnum()


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    has_credentials = parts.username is not None or parts.password is not None
    usable = parts.scheme in {"http", "https"} and parts.hostname and not has_credentials
    return parts if usable and port != 0 else None


def _compose(parts: SplitResult, query: str, fragment: str) -> str | None:
    host = _host_of(parts)
    if host is None:
        return None
    default = {"http": 80, "https": 443}[parts.scheme]
    port = f":{parts.port}" if parts.port and parts.port != default else ""
    tail = f"?{query}" if query else ""
    tail += f"#{fragment}" if fragment else ""
    try:
        path = quote(parts.path or "/", safe=_UNESCAPED) + quote(tail, safe=_UNESCAPED)
    except UnicodeError:
        return None
    return f"{parts.scheme}://{host}{port}{path}"


def _host_of(parts: SplitResult) -> str | None:
    hostname = parts.hostname or ""
    if is_ip_address(hostname):
        return f"[{hostname}]" if ":" in hostname else hostname
    return ascii_host(hostname)


def _without_tracking(query: str) -> str:
    if not query:
        return query
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None)
    kept = [(key, value) for key, value in pairs if not _TRACKING.fullmatch(key)]
    return query if len(kept) == len(pairs) else urlencode(kept)
