"""Wikipedia's perennial sources: statuses with their scopes, from the page's wikitext, parsed rows in JSON lines, or a CSV."""

import json
import re
from collections.abc import Iterator
from typing import Any

from graphkit.knowledge.ratings.registry import rating_set
from graphkit.knowledge.ratings.rows import Collector, Imported, csv_rows, decoded, text_of
from graphkit.knowledge.ratings.wikitext import domains_of, is_blacklisted, perennial_rows

_PAGE = "https://en.wikipedia.org/wiki/Wikipedia:Reliable_sources/Perennial_sources"
_STATUS = {"gr": "generally reliable", "nc": "no consensus", "gu": "generally unreliable", "d": "deprecated"}
_NO_SCOPE = frozenset({"magazine", "newspaper", "website"})


def read_rsp(data: bytes, *, date: str | None = None, version: str | None = None) -> Imported:
    """Read the list: wikitext, JSON lines of parsed table rows, or CSV (domain, host, name, scope, status, blacklisted, last).

    A rating is dated by the year of the last discussion, or by ``date`` where the row has none.  A scope in brackets stays with
    the verdict; a country there tells namesakes apart and is none.

    Args:
        data: The file.
        date: When the list was read, ISO 8601.
        version: The version to keep it under, ``date`` if not given.

    Raises:
        UnreadableInput: The bytes are none of these.
    """
    found = Collector(rating_set("rsp"), version or date or "")
    for line, address, scope, status, is_listed, last in _rows(found, data):
        place = found.place(line, address)
        if place is None:
            continue
        limited = (place[0], "; ".join(part for part in (place[1], _scope(scope)) if part))
        found.add(line, limited, "rsp-status", status, last or date, url=_PAGE)
        if is_listed:
            found.add(line, limited, "rsp-blacklist", "blacklisted", last or date, url=_PAGE)
    return found.imported()


Row = tuple[int, str, str, str, bool, str]


def _rows(found: Collector, data: bytes) -> Iterator[Row]:
    if b"{{WP:RSPSTATUS" in data and data.lstrip()[:2] in {b"{|", b"|-", b"=="}:
        return _from_wikitext(decoded(data))
    return _from_json_lines(found, data) if data.lstrip()[:1] == b"{" else _from_csv(data)


def _from_wikitext(text: str) -> Iterator[Row]:
    for row in perennial_rows(text):
        for address in row.domains or (row.name,):
            yield row.line, address, row.qualifier, _STATUS.get(row.status, row.status), row.is_blacklisted, row.last


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
            yield line, address, scope, status, is_blacklisted(source), text_of(record, "rsp_last")


def _addresses(record: dict[str, Any], source: str) -> tuple[str, ...]:
    return domains_of(source) or (text_of(record, "domain") or text_of(record, "name"),)


def _scope(words: str) -> str:
    """Return the topics in brackets; a country or a kind of medium there tells namesakes apart and limits nothing."""
    from graphkit.knowledge.actors.countries import resolve_country  # the whole gazetteer, which no other set needs

    parts = [part.strip() for part in re.split(r"\)\s*\(|;", re.sub(r"\s+", " ", words).strip().strip("()"))]
    return "; ".join(part for part in parts if part and part not in _NO_SCOPE and resolve_country(part) is None)
