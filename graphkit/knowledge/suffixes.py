"""Public suffixes as splitting asks for them: which suffix a host stands under, and which labels can end one."""

from functools import cache, lru_cache
from pathlib import Path

from graphkit.reading.addresses import ascii_host, registrable_domain


@lru_cache(maxsize=20_000)
def public_suffix(host: str) -> str | None:
    """Return the public suffix under which ``host`` has something registered, or None where it has nothing.

    Example:
        >>> public_suffix("www.example.co.uk"), public_suffix("co.uk")
        ('co.uk', None)
    """
    domain = registrable_domain(host)
    if domain is None or not is_last_label(domain.rpartition(".")[2]):
        return None
    return domain.partition(".")[2]


def is_last_label(label: str) -> bool:
    """Say whether listed hosts may end in the lower-case ``label`` ("com", "uk"), in Unicode or punycode."""
    return label in _last_labels()


@cache
def _last_labels() -> frozenset[str]:
    from publicsuffixlist import PSLFILE

    rules = (line.partition("//")[0].strip() for line in Path(PSLFILE).read_text("utf-8").splitlines())
    written = {rule.rpartition(".")[2].lower() for rule in rules if rule}
    encoded = {ascii_host(f"x.{label}") for label in written if not label.isascii()}
    return frozenset(written | {host[2:] for host in encoded if host})
