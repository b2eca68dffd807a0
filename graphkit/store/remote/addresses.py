"""Which addresses a remote store may have: one that the user named, so private networks and loopback too; never a special address."""

import ipaddress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final
from urllib.parse import SplitResult, urlsplit

from graphkit.errors import BlockedAddress
from graphkit.reading.addresses import MAX_URL, ascii_host, is_ip_address
from graphkit.reading.networks import is_public

_PRIVATE: Final[tuple[IPv4Network | IPv6Network, ...]] = (
    IPv4Network("10.0.0.0/8"),  # RFC 1918
    IPv4Network("172.16.0.0/12"),
    IPv4Network("192.168.0.0/16"),
    IPv6Network("fc00::/7"),  # unique local (RFC 4193)
)
_METADATA: Final = frozenset({IPv6Address("fd00:ec2::254")})  # a cloud's metadata service in private space


def is_loopback(address: str) -> bool:
    """Say whether a numeric address is this machine's own."""
    ip = _ip(address)
    return ip is not None and ip.is_loopback


def is_allowed(address: str) -> bool:
    """Say whether a remote store may be at a numeric address: public, private or loopback.

    Link-local addresses (where metadata services answer), multicast, unspecified and reserved ones are refused.

    Example:
        >>> is_allowed("127.0.0.1"), is_allowed("192.168.1.20"), is_allowed("169.254.169.254"), is_allowed("0.0.0.0")
        (True, True, False, False)
    """
    ip = _ip(address)
    if ip is None or ip in _METADATA:
        return False
    return ip.is_loopback or is_public(str(ip)) or any(ip.version == net.version and ip in net for net in _PRIVATE)


def check_endpoint(url: str) -> SplitResult:
    """Return the parts of a remote store's URL.

    Raises:
        BlockedAddress: It is not http or https, has credentials or a fragment, or its host is not clear.
    """
    shown = url[:200]
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BlockedAddress(f"{shown!r}: not a usable URL ({error})") from error
    if parts.scheme not in {"http", "https"}:
        raise BlockedAddress(f"{shown!r}: a store is reached over http or https", hint="for example http://127.0.0.1:8890")
    if parts.username is not None or parts.password is not None:
        raise BlockedAddress(
            f"{parts.scheme}://…@{parts.hostname}: a password in an address ends up in histories and logs",
            hint="use --user, and GRAPHKIT_REMOTE_PASSWORD or the prompt",
        )
    host = parts.hostname or ""
    unclear = "\\" in url or len(url) > MAX_URL or any(ord(sign) <= 32 or ord(sign) == 127 for sign in url)
    if unclear or parts.fragment or port == 0 or not (is_ip_address(host) or ascii_host(host)):
        raise BlockedAddress(f"{shown!r}: the URL has no clear host name", hint="for example http://127.0.0.1:8890")
    return parts


def _ip(address: str) -> IPv4Address | IPv6Address | None:
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return mapped or ip
