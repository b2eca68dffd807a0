"""Rows of Wikipedia's perennial sources as the page's own wikitext has them.

A row begins with ``|-`` and holds cells: the name with links, templates and a qualifier in brackets; the status
(``{{WP:RSPSTATUS|gu|b=y}}``); discussions; the year of the last one (``{{WP:RSPLAST|2024}}``); a summary; the domains
(``{{WP:RSPUSES|example.org|example.net}}``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROW = re.compile(r"^\|-", re.MULTILINE)
_STATUS = re.compile(r"\{\{WP:RSPSTATUS\|([a-z]{1,3})((?:\|[^{}|]{0,40}){0,6})\}\}")
_LAST = re.compile(r"\{\{WP:RSPLAST\|(\d{4})")
_USES = re.compile(r"\{\{WP:RSPUSES\|([^{}]{0,4000})\}\}")
_TEMPLATE = re.compile(r"\{\{[^{}]{0,4000}\}\}")
_LINK = re.compile(r"\[\[(?:[^\[\]|]{0,300}\|)?([^\[\]|]{0,300})\]\]")
_REST = re.compile(r"<small>.{0,300}?</small>|<!--.{0,2000}?-->|<ref.{0,2000}?</ref>|'{2,5}|\x01")
_QUALIFIER = re.compile(r"\(([^()]{1,200})\)")


@dataclass(frozen=True, slots=True)
class PerennialRow:
    """One row: the line it begins on, the name, its qualifier in brackets, status code, blacklisting, last year, domains."""

    line: int
    name: str
    qualifier: str
    status: str
    is_blacklisted: bool
    last: str
    domains: tuple[str, ...]


def perennial_rows(text: str) -> Iterator[PerennialRow]:
    """Yield the rows of the page's table; rows without a status (headings) are none."""
    starts = [match.start() for match in _ROW.finditer(text)]
    for begin, end in zip(starts, [*starts[1:], len(text)], strict=True):
        row = text[begin:end]
        status = _STATUS.search(row)
        if status is None:
            continue
        name, qualifier = _name_of(row[: status.start()])
        last = _LAST.search(row)
        is_listed = "b=y" in status[2].split("|")
        line = text.count("\n", 0, begin) + 1
        yield PerennialRow(line, name, qualifier, status[1], is_listed, last[1] if last else "", domains_of(row))


def _name_of(cells: str) -> tuple[str, str]:
    cell = cells.rpartition("\n|")[0].partition("\n|")[2] or cells.partition("\n|")[2]
    for _ in range(4):  # templates nest, but not deeply
        cell = _TEMPLATE.sub("", cell)
    name = _LINK.search(cell)
    outside = _REST.sub("", _LINK.sub("", cell))
    qualifiers = _QUALIFIER.findall(outside)
    return (name[1] if name else outside.strip()), "; ".join(qualifiers)


def domains_of(row: str) -> tuple[str, ...]:
    """Return the domains that a row names in ``RSPUSES``, each once."""
    uses = _USES.search(row)
    named = [part.strip() for part in uses[1].split("|") if "." in part and "=" not in part] if uses else []
    return tuple(dict.fromkeys(named))


def is_blacklisted(row: str) -> bool:
    """Say whether the status of a row says that the site is blacklisted."""
    status = _STATUS.search(row)
    return status is not None and "b=y" in status[2].split("|")
