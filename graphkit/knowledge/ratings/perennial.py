"""Wikipedia's perennial sources: statuses with their scopes, from a CSV of one row a domain or from parsed table rows in JSON lines."""

import json
import re
from collections.abc import Iterator
from typing import Any

from graphkit.knowledge.countries import resolve_country
from graphkit.knowledge.ratings.registry import rating_set
from graphkit.knowledge.ratings.rows import Collector, Imported, csv_rows, decoded, text_of

_PAGE = "https://en.wikipedia.org/wiki/Wikipedia:Reliable_sources/Perennial_sources"
_STATUS = {"gr": "generally reliable", "nc": "no consensus", "gu": "generally unreliable", "d": "deprecated"}
_USES = re.compile(r"\{\{WP:RSPUSES\|([^{}]{0,2000})\}\}")
_BLACKLISTED = re.compile(r"\{\{WP:RSPSTATUS\|[^{}]{0,40}\bb=y")
_NO_SCOPE = frozenset({"magazine", "newspaper", "website"})


def read_rsp(data: bytes, *, date: str | None = None, version: str | None = None) -> Imported:
    """Read the list, as CSV (domain, host, name, scope, status, blacklisted, last) or as JSON lines of parsed table rows.

    A rating is dated by the year of the last discussion, or by ``date`` where the row has none.  A scope in brackets stays with
    the verdict; a country there tells namesakes apart and is none.

    Args:
        data: The file.
        date: When the list was read, ISO 8601.
        version: The version to keep it under, ``date`` if not given.

    Raises:
        UnreadableInput: The bytes are neither.
    """
    found = Collector(rating_set("rsp"), version or date or "")
    rows = _from_json_lines(found, data) if data.lstrip()[:1] == b"{" else _from_csv(data)
    for line, address, scope, status, is_blacklisted, last in rows:
        place = found.place(line, address)
        if place is None:
            continue
        limited = (place[0], "; ".join(part for part in (place[1], _scope(scope)) if part))
        found.add(line, limited, "rsp-status", status, last or date, url=_PAGE)
        if is_blacklisted:
            found.add(line, limited, "rsp-blacklist", "blacklisted", last or date, url=_PAGE)
    return found.imported()


Row = tuple[int, str, str, str, bool, str]


def _from_csv(data: bytes) -> Iterator[Row]:
    for line, row in csv_rows(data, ("domain", "scope", "status", "last")):
        address = row.get("host") or row["domain"]
        yield line, address, row["scope"], row["status"], row.get("blacklisted", "").lower() == "true", row["last"]


def _from_json_lines(found: Collector, data: bytes) -> Iterator[Row]:
    for line, words in enumerate(decoded(data).splitlines(), start=1):
        if not words.strip():
            continue
        try:
            record = json.loads(words)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            found.skip(line, "no JSON object")
            continue
        status = _STATUS.get(text_of(record, "status"), text_of(record, "status"))
        source = record.get("alltext") if isinstance(record.get("alltext"), str) else ""
        assert isinstance(source, str)
        for address in _addresses(record, source):
            scope = text_of(record, "content_qualifier")
            yield line, address, scope, status, bool(_BLACKLISTED.search(source)), text_of(record, "rsp_last")


def _addresses(record: dict[str, Any], source: str) -> list[str]:
    uses = _USES.search(source)
    named = [part.strip() for part in uses[1].split("|") if "." in part and "=" not in part] if uses else []
    return list(dict.fromkeys(named)) or [text_of(record, "domain") or text_of(record, "name")]


def _scope(words: str) -> str:
    bare = re.sub(r"\s+", " ", words).strip()
    inside = bare.strip("()") if bare.count("(") == 1 else bare
    return "" if inside in _NO_SCOPE or resolve_country(inside) is not None else inside
