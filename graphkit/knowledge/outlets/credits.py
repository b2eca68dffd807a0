"""Wire agencies, and the credits that name them or another origin of a text: datelines, by-lines, "via", "first published by".

Without this, five outlets that run one agency report look like five sources.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from graphkit.knowledge.outlets.names import OutletName, find_outlet_names
from graphkit.knowledge.own_tables import read_table, split_cell

CreditForm = Literal["dateline", "byline", "contribution", "via", "republished", "copyright", "closing", "citing"]
MIN_BODY = 10
"""Characters that must follow a dateline on its line."""
WINDOW = 120
"""Characters before a name that are looked at."""


@dataclass(frozen=True, slots=True)
class Wire:
    """A news agency: its names, the capitals it signs with, domain, country, dateline ("(Reuters) -") and state control."""

    id: str
    name: str
    names: tuple[str, ...]
    short_forms: tuple[str, ...]
    domain: str
    country: str
    dateline: str
    typology: str


@dataclass(frozen=True, slots=True)
class Credit:
    """Words that say where a text or a report comes from.

    ``begin`` and ``end`` hold the name of the ``origin``; ``carrier`` is who passes it on where the words say so, and
    ``carrier_span`` where that name stands.
    """

    begin: int
    end: int
    origin: str
    carrier: str | None
    form: CreditForm
    carrier_span: tuple[int, int] | None = None


@cache
def wires() -> tuple[Wire, ...]:
    """Return the news agencies of the tables, by id."""
    return tuple(
        Wire(
            row["id"],
            row["name"],
            tuple(split_cell(row["names"])),
            tuple(split_cell(row["short_forms"])),
            row["domain"],
            row["country"],
            row["dateline"],
            row["typology"],
        )
        for row in read_table("wires")
    )


def is_wire(domain: str) -> bool:
    """Say whether a registrable domain is that of a news agency."""
    return any(wire.domain == domain for wire in wires())


def find_credits(text: str, names: Sequence[OutletName] | None = None) -> tuple[Credit, ...]:
    r"""Find credits in a text.

    Args:
        text: The text of an article.
        names: The outlet names in it, if they are known already.

    Returns:
        Credits in text order; a name stands in one credit at most.

    Example:
        >>> [(c.origin, c.carrier, c.form) for c in find_credits("KYIV (Reuters) - Rain fell.\n\nAFP via France 24")]
        [('reuters.com', None, 'dateline'), ('afp.com', 'france24.com', 'via')]
    """
    found = [*(names if names is not None else find_outlet_names(text)), *_find_short_forms(text)]
    certain = {(name.begin, name.end): name for name in found if not name.is_ambiguous}
    ordered = [certain[span] for span in sorted(certain)]
    credits_ = [*_find_pairs(text, ordered)]
    taken = {(credit.begin, credit.end) for credit in credits_} | {credit.carrier_span for credit in credits_}
    credits_ += [credit for name in ordered if (name.begin, name.end) not in taken for credit in _find_alone(text, name)]
    return tuple(sorted(credits_, key=lambda credit: credit.begin))


# Agencies' capitals count only where a credit may stand: "PA", "UNI" or "MAP" mean much else.
_SHORT = re.compile(r"(?<=[(/\[])[A-Z]{2,5}(?=[)/\]])|(?<![\w.])[A-Z]{2,5}(?= via )|(?<=\bvia )[A-Z]{2,5}\b")


def _find_short_forms(text: str) -> Iterator[OutletName]:
    for match in _SHORT.finditer(text):
        domain = _by_short_form().get(match.group())
        if domain is not None:
            yield OutletName(match.start(), match.end(), match.group(), (domain,), is_ambiguous=False, kind="wire")


@cache
def _by_short_form() -> dict[str, str]:
    return {form: wire.domain for wire in wires() for form in wire.short_forms}


_VIA = re.compile(r",? \(?(?:via|through) (?:the )?")
_VIA_ANYONE = re.compile(r" via [A-Z]")
_CITING = re.compile(
    r"[’']?s?,? (?:[\w’'-]+ ){0,4}?(?:citing|quoting|cited|cites|quoted|quotes|referring to)(?! by\b) (?:a |an |the )?"
    r"(?:(?:report|story|article|dispatch|statement|interview|comments?|sources?)\w* (?:by|from|in|to|with) )?(?:the )?(?:[\w-]+ ){0,4}?"
)
_QUOTED_BY = re.compile(
    r"(?: [\w’'-]+){0,3}?,? (?:[\w’'-]+ ){0,3}?(?:as )?(?:quoted|cited|carried|relayed|reported) by (?:the )?(?:[\w-]+ ){0,3}?",
)


def _find_pairs(text: str, names: Sequence[OutletName]) -> Iterator[Credit]:
    """Yield credits of two names next to each other: origin and carrier."""
    number = 0
    while number + 1 < len(names):
        left, right = names[number], names[number + 1]
        credit = _pair(left, right, text[left.end : right.begin])
        if credit is not None:
            yield credit
            number += 1
        number += 1


def _pair(left: OutletName, right: OutletName, between: str) -> Credit | None:
    if len(between) > WINDOW or left.domains == right.domains:
        return None
    if _VIA.fullmatch(between):
        return _credit(left, right, "via")
    if _QUOTED_BY.fullmatch(between):
        return _credit(left, right, "citing")
    return _credit(right, left, "citing") if _CITING.fullmatch(between) else None


def _credit(origin: OutletName, carrier: OutletName, form: CreditForm) -> Credit:
    return Credit(origin.begin, origin.end, origin.domains[0], carrier.domains[0], form, (carrier.begin, carrier.end))


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,7}\.?"
_PLACE = r"[A-Z][\w.’' -]{1,30}"
_BEFORE_DATELINE = re.compile(
    rf"[^\w\n]{{0,6}}(?:{_PLACE}(?:[,/] ?{_PLACE}){{0,3}}(?:,? {_MONTH} ?\d{{1,2}}(?:, \d{{4}})?)?[.,:*_]{{0,3}} ?)?[—–-]? ?[(/\[]$"
)
_AFTER_DATELINE = re.compile(r"(?:/[A-Z][\w. ]{1,20})?[)/\]]\s{0,2}(?:[-–—:.]|(?=[A-Z“\"]))")
_BYLINE = re.compile(
    r"(?i)^[^\w\n]{0,4}(?:(?:by|from|source|written by|words by)[: ]\s*|by [^\n.:]{3,50}?(?:, | \| | for | of | - | / ))(?:the )?$"
)
_STAFF = r"(?:staff|writers?|reporters?|correspondents?|news agency|newsroom|news desk|staff writers?|news service|in \w+)"
_AFTER_BYLINE = re.compile(rf"(?i)(?: {_STAFF})*[.)\s]*$")
_CONTRIBUTED = re.compile(
    r"(?i)(?: (?:staff |news )?(?:writers?|reporters?|journalists?|correspondents?|staff))?"
    r"[^\n]{0,120}? contributed (?:to this|reporting|from|to the)"
)
_PIECE = r"(?:story|article|report|piece|post|column|content|interview|analysis|essay|op-ed|video|commentary|item)"
_FIRST = r"(?:first |originally |previously |also |initially )?"
_PUBLISHED = (
    r"(?:published|appeared|posted|printed|produced|released|broadcast|reported|provided|distributed|written|supplied|made available|"
    r"ran|republished|reprinted|syndicated|adapted|reproduced)"
)
_REPUBLISHED = re.compile(
    rf"(?i)(?:\b(?:this|the|a version of this) (?:\w+ ){{0,2}}{_PIECE}\b[^\n.]{{0,30}}?|^[^\w\n]{{0,4}}){_FIRST}"
    rf"(?:was |were |is |has been |had been )?{_FIRST}{_PUBLISHED}(?: first| originally| here)?(?: with permission| under \w+)?"
    r"(?: by| in| on| at| from| with| for)\s+(?:the )?$"
)
_COPYRIGHT = re.compile(r"(?i)(?:©|\(c\)|copyright)[ ,]*(?:©)?(?: ?\d{4}(?:-\d{2,4})?)?(?: by)?,?\s*(?:the )?$")
_BEFORE_CLOSING = re.compile(
    r"(?:^|[.!?”\"’)]\s{0,2}|\n\s*)[(—–\[-]{1,2}\s?(?:[Ww]ith (?:inputs? from )?|[Ss]ource: |[Cc]redit: )?(?:the |The )?$|"
    r"(?i:with (?:agency )?inputs? from (?:the )?)$"
)
_SENTENCE_END = re.compile(r"[.!?][”\"’]?\s+$")
_AFTER_CLOSING = re.compile(r"[.)\]]{0,2}\s*(?:$|\n)")


def _find_alone(text: str, name: OutletName) -> Iterator[Credit]:
    line = text.rfind("\n", 0, name.begin) + 1
    line_end = text.find("\n", name.end)
    before = text[max(line, name.begin - WINDOW) : name.begin]
    after = text[name.end : line_end if line_end >= 0 else len(text)]
    form = _form(before, after, at_line_begin=name.begin - line <= WINDOW)
    if form is None and name.kind == "wire" and _SENTENCE_END.search(before) and _AFTER_CLOSING.fullmatch(after):
        form = "closing"
    if form is not None:
        yield Credit(name.begin, name.end, name.domains[0], None, form)


def _form(before: str, after: str, *, at_line_begin: bool) -> CreditForm | None:
    if at_line_begin and _BEFORE_DATELINE.match(before) and _AFTER_DATELINE.match(after) and len(after) >= MIN_BODY:
        return "dateline"
    if at_line_begin and _BYLINE.match(before) and _AFTER_BYLINE.fullmatch(after):
        return "byline"
    if _REPUBLISHED.search(before):
        return "republished"
    if _COPYRIGHT.search(before):
        return "copyright"
    if _CONTRIBUTED.match(after):
        return "contribution"
    if _VIA_ANYONE.match(after):
        return "via"
    if _BEFORE_CLOSING.search(before) and _AFTER_CLOSING.fullmatch(after):
        return "closing"
    return None
