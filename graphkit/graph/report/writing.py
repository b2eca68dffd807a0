"""A report as a page, as Markdown or as JSON; the same report gives the same bytes."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.errors import UnsupportedFormat
from graphkit.graph.report.content import Claim, Elsewhere, Quote, RatedOutlet, Report
from graphkit.graph.report.gathering import MOST_ELSEWHERE
from graphkit.graph.report.wording import ONE_ORIGIN, ONE_ORIGIN_MEANS, say_surety

if TYPE_CHECKING:
    from jinja2 import Template

_MARKS = re.compile(r"([\\`*_{}\[\]<>|~&@]|:(?=//)|(?<=www)\.|^[#+\-])", re.IGNORECASE)
"""What CommonMark, tables and self-made links of GitHub's dialect are made of; the rest stays readable as it is."""
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")


def write(report: Report, path: Path) -> bytes:
    """Return the report in the format of a file's ending.

    Raises:
        UnsupportedFormat: The ending is none of .html, .md and .json.
    """
    return writer(path)(report).encode()


def writer(path: Path) -> Callable[[Report], str]:
    """Return what writes the format of a file's ending.

    Raises:
        UnsupportedFormat: The ending is none of .html, .md and .json.
    """
    found = WRITERS.get(path.suffix.lower())
    if found is None:
        raise UnsupportedFormat(f"{path}: a report has no such ending", hint=f"known: {', '.join(WRITERS)}")
    return found


def as_html(report: Report) -> str:
    """Return the report as one page that loads and runs nothing."""
    from markupsafe import Markup

    style = _asset("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    # the style sheet is ours, and escaping it would change it
    return _template().render(report=report, style=Markup(style), policy=policy, most=MOST_ELSEWHERE)  # noqa: S704


@cache
def _template() -> "Template":
    from jinja2 import BaseLoader, Environment, StrictUndefined

    environment = Environment(
        loader=BaseLoader(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {"say_surety": say_surety, "ONE_ORIGIN": ONE_ORIGIN, "ONE_ORIGIN_MEANS": ONE_ORIGIN_MEANS}
    return environment.from_string(_asset("report.html.j2"))


def _asset(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def as_json(report: Report) -> str:
    """Return the report as one JSON object."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def as_markdown(report: Report) -> str:
    """Return the report as Markdown (CommonMark, tables as on GitHub); what others wrote cannot become markup."""
    return "\n".join(_markdown(report)) + "\n"


def _escaped(text: str) -> str:
    # on one line, since a line break in a quote could begin a list or heading of its own
    return _NUMBERED.sub(r"\1\\\2", _MARKS.sub(r"\\\1", " ".join(text.split())))


def _markdown(report: Report) -> Iterator[str]:
    yield f"<!-- {report.made_by} -->\n\n# {_escaped(report.title)}\n"
    facts = [*report.facts, *([("address", report.url)] if report.url else [])]
    yield from (f"- {label}: {_escaped(value)}" for label, value in facts)
    yield "\nThis page does not say what is true. It says who is said to have said it, how surely, and what is known of the"
    yield "outlets behind it.\n\n## In short\n"
    yield from (f"- {_escaped(line)}" for line in report.overview)
    yield "\n## What the article says, in its order\n"
    if any(claim.support.startswith(ONE_ORIGIN) for claim in report.claims):
        yield f"{ONE_ORIGIN_MEANS}\n"
    for claim in report.claims:
        yield from _claim_lines(claim)
    yield "\n## Outlets the article points to\n"
    for outlet in report.outlets:
        yield from _outlet_lines(outlet)
    if not report.outlets:
        yield "It names no outlet as a source."
    if report.publisher is not None:
        yield "\n## The outlet that published it\n"
        yield from _outlet_lines(report.publisher)
    yield "\n## Questions that background checks raise\n"
    for one in report.questions:
        yield f"- {_escaped(one.question)} {_escaped(one.fact)} (source: {_escaped(one.source)})"
        yield from (f"  - {_quoted(quote)}" for quote in one.quotes)
    if not report.questions:
        yield "None."
    yield "\n## What is not known\n"
    yield from (f"- {_escaped(line)}" for line in report.unknown)
    yield f"\nMethod: {_escaped(report.method)}. {report.made_by}; article {report.article_id}."


def _quoted(quote: Quote) -> str:
    return f"“{_escaped(quote.text)}” (characters {quote.begin}–{quote.end})"


def _words(words: Sequence[str]) -> str:
    return ", ".join(f"“{_escaped(word)}”" for word in words)


def _claim_lines(claim: Claim) -> Iterator[str]:
    cues = "".join(f", “{_escaped(voice.cue)}”" for voice in claim.voices if voice.cue)
    denial = "; it is a denial" if claim.is_denial else ""
    numbers = f", numbers: {_escaped('; '.join(claim.numbers))}" if claim.numbers else ""
    yield f"{claim.number}. {_quoted(claim.quote)}"
    yield f"   - on whose word: {_escaped(claim.says_who)}{cues}{denial}"
    yield f"   - how surely: {'hedged: ' + _words(claim.hedges) if claim.hedges else say_surety(claim)}"
    yield f"   - what it is: {claim.kind}{numbers}"
    if claim.loaded:
        yield f"   - loaded words: {_words(claim.loaded)}"
    yield f"   - how well supported: {_escaped(claim.support)}"
    yield from _elsewhere_lines("also said in", claim.same)
    yield from _elsewhere_lines("contradicted in", claim.against)


def _elsewhere_lines(label: str, items: Sequence[Elsewhere]) -> Iterator[str]:
    if not items:
        return
    yield f"   - {label}:"
    for one in items[:MOST_ELSEWHERE]:
        when = f", {one.published}" if one.published else ""
        note = f"; {_escaped(one.note)}" if one.note else ""
        yield f"     - {_escaped(one.outlet)}, “{_escaped(one.title)}”{when}: {_quoted(one.quote)}{note}"
    if len(items) > MOST_ELSEWHERE:
        yield f"     - and {len(items) - MOST_ELSEWHERE} more"


def _outlet_lines(outlet: RatedOutlet) -> Iterator[str]:
    yield f"### {_escaped(outlet.name)}\n"
    if outlet.cited:
        yield f"Cited {' and '.join(outlet.cited)}: {', '.join(map(_quoted, outlet.places))}.\n"
    yield f"{_escaped(outlet.summary)}\n"
    yield from (f"- {label}: {_escaped(value)}" for label, value in outlet.facts)
    if outlet.verdicts:
        yield "\n| who | says | about | on the scale | when |\n|---|---|---|---|---|"
        for one in outlet.verdicts:
            apart = f" (does not count: {_escaped(one.why_not)})" if one.why_not else ""
            who = f"{_escaped(one.rater)} ({_escaped(one.source)})"
            yield f"| {who} | {_escaped(one.value)}{apart} | {_escaped(one.about)} | {_escaped(one.scale)} | {one.rated_on} |"
    yield ""


WRITERS: dict[str, Callable[[Report], str]] = {".html": as_html, ".md": as_markdown, ".json": as_json}
