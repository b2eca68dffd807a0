"""Offices that an article speaks of as current, compared with one another and with the terms in ``leaders.csv``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from graphkit.knowledge.actors.finding import ActorName, find_actor_names
from graphkit.knowledge.actors.gazetteer import plain
from graphkit.knowledge.actors.leaders import TITLES, Term, terms_of
from graphkit.knowledge.actors.people import administration, surname_of
from graphkit.knowledge.checks.clauses import Sentence, sentences
from graphkit.knowledge.sources import source_title
from graphkit.model import Article, Note, Span

GRACE_DAYS = 30
"""Around a change of office both holders are in the news as current."""

_TITLE_BEFORE = re.compile(r"(?<![Vv]ice )(?<![Vv]ice-)(?<!Deputy )\b(President|Prime Minister|Premier|Chancellor|Taoiseach) $")
_PAST_BEFORE = re.compile(
    r"\b(?:former|ex|then|late|previous|past|old|outgoing|incoming|deposed|ousted|under|during|since|from|by|of|unlike|like|predecessor|"
    r"successor|against|over|versus|with|for|to|after|before|until|when|if|an?|another|any)"
    r"(?:[- ,]+(?:the|US|U\.S\.|American|then|former))?-?$",
    re.IGNORECASE,
)
_SUBORDINATES = re.compile(r"\b(?:While|while|As|as|When|when)(?: the)?$")
_PRESENT = (
    r"(?:has|have|is(?! going to)|are(?! going to)|says|remains|continues|keeps|wants|seeks|plans|needs|faces|hopes|believes|supports|"
    r"opposes|insists|argues|claims|warns|"
    r"must|refuses|rejects|intends|considers|calls|urges|threatens|promises|pledges|vows)"
)
_NOUNS_BETWEEN = r"(?:'s?(?: [a-z-]+){1,4})?"
_ACTS_NOW = re.compile(
    rf"^{_NOUNS_BETWEEN}(?:,[^,.;]{{2,60}},)? (?:also |now |still |already |currently |again ){{0,2}}{_PRESENT}\b"
)
_PAST_PARTICIPLE_THEN = re.compile(
    r"^\S* ?(?:\S+ ){0,5}(?:has|have) (?:since |long )?(?:left|died|departed|been replaced|been succeeded)\b"
)


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a sentence speaks of as current: its span, its holder's terms, and how the article words it."""

    span: Span
    words: str
    terms: tuple[Term, ...]

    @property
    def iso3(self) -> str:
        """The country."""
        return self.terms[0].iso3

    def term_on(self, day: str) -> Term | None:
        """Return the term that covers the day or lies within ``GRACE_DAYS`` of it."""
        return next((term for term in self.terms if distance(term, day) <= GRACE_DAYS), None)

    def ended_before(self, day: str) -> bool:
        """Say whether a term had ended and none covers the day; who is yet to take office is spoken of ahead of time."""
        return self.term_on(day) is None and any(term.end is not None and term.end < day for term in self.terms)

    def nearest(self, day: str) -> Term:
        """Return the term nearest to the day."""
        return min(self.terms, key=lambda term: distance(term, day))


def distance(term: Term, day: str) -> int:
    """Return how many days a day lies outside a term, 0 inside."""
    when = date.fromisoformat(day)
    before = date.fromisoformat(term.start) - when
    after = when - date.fromisoformat(term.end) if term.end else timedelta()
    return max(before.days, after.days, 0)


def office_notes(article: Article) -> Iterator[Note]:
    """Yield a question for each office that clashes with another one or with the article's date."""
    day = _day(article.published)
    names, spelling = find_actor_names(article.text, date=day), plain(article.text)
    for sentence in sentences(article.text):
        offices = [o for o in current_offices(spelling, sentence, names, day) if not _is_called_former(o, spelling)]
        clashing = [pair for pair in combinations(offices, 2) if _clash(*pair, day)]
        yield from (_clash_note(first, second, day) for first, second in clashing)
        in_clash = {office.span for pair in clashing for office in pair}
        if day is not None:
            yield from (
                _date_note(office, day) for office in offices if office.span not in in_clash and office.ended_before(day)
            )


def _day(published: str | None) -> str | None:
    """Return the day of an ISO 8601 date; the middle of the month where only that is known, nothing where only the year is."""
    if published is None:
        return None
    if re.match(r"\d{4}-\d\d-\d\d", published):
        return published[:10]
    return f"{published}-15" if re.fullmatch(r"\d{4}-\d\d", published) else None


def current_offices(spelling: str, sentence: Sentence, names: Sequence[ActorName], day: str | None) -> list[Office]:
    """Return the offices that a sentence speaks of as held at present; ``spelling`` is the whole text in plain spelling."""
    if day is not None and sentence.years() - {day[:4]}:
        return []
    end = sentence.begin + len(sentence.text)
    inside = [name for name in names if sentence.begin <= name.begin and name.end <= end and not sentence.is_quoted(name.begin)]
    return [office for name in inside if (office := _office(spelling, name, sentence))]


def _office(spelling: str, name: ActorName, sentence: Sentence) -> Office | None:
    head = name.candidates[0]
    before, after = spelling[sentence.begin : name.begin], spelling[name.end : sentence.begin + len(sentence.text)]
    if name.is_open or not _ACTS_NOW.search(after) or _PAST_PARTICIPLE_THEN.match(after):
        return None
    begin = name.begin
    if head.kind == "person":
        title = _TITLE_BEFORE.search(before) or _TITLE_BEFORE.search(name.text.rsplit(" ", 1)[0] + " ")
        if title is None:
            return None
        begin = name.begin if name.kind == "title" else sentence.begin + title.start(1)
        held = tuple(term for term in terms_of(head) if term.role in TITLES[title[1].lower()])
    elif name.text.lower().endswith("administration"):
        governed = administration(name.text)
        held = governed.terms if governed else ()
    else:
        return None  # "a Trump presidency" is spoken of before it comes and after it went
    if not held or _is_past(spelling[sentence.begin : begin]):
        return None
    return Office(Span(begin, name.end), spelling[begin : name.end], held)


def _is_called_former(office: Office, spelling: str) -> bool:
    """Say whether the article itself calls the holder a former or late one; then a bare title is a courtesy."""
    surname = re.escape(surname_of(office.terms[0].person.name))
    called = rf"\b(?:[Ff]ormer|[Ll]ate|[Ee]x|\d{{1,2}}(?:st|nd|rd|th))\b[^.\n]{{0,40}}\b{surname}\b"
    return bool(re.search(called, spelling))


def _is_past(before: str) -> bool:
    words = before.rstrip()
    return bool(_PAST_BEFORE.search(words)) and not _SUBORDINATES.search(words)


def _clash(first: Office, second: Office, day: str | None) -> bool:
    if first.terms[0].person == second.terms[0].person or first.iso3 != second.iso3:
        return False
    if not any(one.role == two.role for one in first.terms for two in second.terms):
        return False
    if any(_together(one, two) for one in first.terms for two in second.terms if one.role == two.role):
        return False
    return day is None or not (first.term_on(day) and second.term_on(day))


def _together(first: Term, second: Term) -> bool:
    """Say whether two terms overlap or follow one another within ``GRACE_DAYS`` and no article's date is needed to excuse it."""
    return first.start < (second.end or "9999") and second.start < (first.end or "9999")


def _clash_note(first: Office, second: Office, day: str | None) -> Note:
    late = [office for office in (first, second) if day and not office.term_on(day)]
    dated = (
        f", though {' and '.join(f'“{office.words}”' for office in late)} is out of date in {day[:7]}" if day and late else ""
    )
    question = f"“{first.words}” and “{second.words}” are both spoken of as in office{dated}: which one is meant as current?"
    terms = [office.nearest(day) if day else office.terms[-1] for office in (first, second)]
    return Note("officeClash", (first.span, second.span), question, "; ".join(_fact(term) for term in terms), _sources(terms))


def _date_note(office: Office, day: str) -> Note:
    term = office.nearest(day)
    question = f"{term.person.name}'s term on record ended on {term.end}: is “{office.words}” out of date in {day[:7]}?"
    return Note("officeDate", (office.span,), question, _fact(term), _sources([term]))


def _fact(term: Term) -> str:
    where = term.country.name if term.country else term.iso3
    office = term.role.replace("_", " ")
    return f"{term.person.name}, {office} of {where}, {f'{term.start} to {term.end}' if term.end else f'since {term.start}'}"


def _sources(terms: Sequence[Term]) -> str:
    keys = dict.fromkeys(key for term in terms for key in term.source.split(";"))
    return "; ".join(source_title(key) for key in keys)
