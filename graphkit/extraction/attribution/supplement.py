"""What the rules add to a model's attributions, and what they take away, where rules are right and corpora teach nothing.

* A model reads windows of several paragraphs, and takes the words after a headline for what the headline's speaker says: an
  attribution whose content lies wholly in another paragraph than its cue is dropped, unless it is quoted.
* For the same reason a content that begins in the middle of another sentence than its cue's is left off; so is one of another paragraph
  where the cue's own has one, unless both are quoted, and one of a sentence before it where the cue's own has one.
* A quotation whose own sentence names its speaker ("“Rubbish,” he snapped") is not what a cue of another sentence brings.
* Headlines ("…, mayor says"), "it is understood that …" and evidence shown by somebody ("evident from footage showing …") are rare
  in corpora: there the rules' attributions are taken where the model has none.
* What is plain from grammar (`plain.py`) is taken too.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graphkit.extraction.attribution.plain import is_plain, merged, overlap, parted_by, within
from graphkit.extraction.attribution.view import View
from graphkit.extraction.protocol import RawAttribution
from graphkit.model import Span

_OPENING_QUOTES = "\"“«„'‘"
_EVIDENCE = frozenset({"evident", "apparent", "clear", "visible", "obvious", "evidenced", "seen", "shown"})
_WINDOW = 24


def supplemented(
    text: str, views: Sequence[View], model: Sequence[RawAttribution], rules: Sequence[RawAttribution], title: Span | None
) -> tuple[RawAttribution, ...]:
    """Return the model's attributions without stray ones, and those of the rules that it lacks; in text order."""
    begins = [view.tokens[0].begin for view in views if view.tokens]
    sentences = [view.tokens[first].begin for view in views for first, _ in view.sentences]
    own = [whole for raw in model if (whole := _within_title(raw, title)) is not None]
    spoken = _SpokenInPlace.of(sentences, rules)
    left = [whole for raw in own if (whole := spoken.without(raw)) is not None]
    given_back = sorted({c for raw in own for c in raw.contents} - {c for raw in left for c in raw.contents})
    near = [whole for raw in left if (whole := _without_strays(text, sentences, raw)) is not None]
    kept = [_without_farther(text, begins, sentences, raw) for raw in near if not _is_stray(text, begins, raw)]
    plain = [raw for raw in rules if is_plain(text, raw)]
    known = frozenset(plain)
    outside, inside = parted_by(plain, kept)
    wanted = [raw for raw in rules if _is_wanted(text, raw, title) or overlap(raw.contents, given_back)]
    added = [*_apart(plain, outside), *_apart([raw for raw in wanted if raw not in known], kept)]
    found = (*outside, *within(text, added, inside), *added)
    return tuple(sorted(found, key=lambda raw: (min(span.begin for span in raw.spans()), raw.level)))


def _apart(rules: Sequence[RawAttribution], model: Sequence[RawAttribution]) -> Iterator[RawAttribution]:
    """Yield the attributions of the rules whose cues and contents share nothing with the model's."""
    taken = merged([span for raw in model for span in raw.spans()])
    return (raw for raw in rules if not overlap((*raw.cues, *raw.contents), taken))


def _within_title(raw: RawAttribution, title: Span | None) -> RawAttribution | None:
    """Leave off what an attribution of the title takes from the text below it; None when nothing else is left."""
    if title is None or not raw.cues or not raw.contents or not all(title.covers(cue) for cue in raw.cues):
        return raw
    contents = tuple(Span(c.begin, min(c.end, title.end)) for c in raw.contents if c.begin < title.end)
    return replace(raw, contents=contents) if contents else None


@dataclass(frozen=True, slots=True)
class _SpokenInPlace:
    """The contents whose speaker and verb of saying stand in the very sentence they begin in, as the rules find them."""

    sentences: Sequence[int]
    spans: list[Span]

    @staticmethod
    def of(sentences: Sequence[int], rules: Sequence[RawAttribution]) -> "_SpokenInPlace":
        spoken = [
            content
            for rule in rules
            if rule.sources and len({bisect_right(sentences, span.begin) for span in rule.spans()}) == 1
            for content in rule.contents
        ]
        return _SpokenInPlace(sentences, sorted(spoken))

    def without(self, raw: RawAttribution) -> RawAttribution | None:
        """Leave off what another sentence than the cue's has a speaker of its own for; None when nothing is left."""
        if not raw.cues or len(raw.contents) == 1:
            return raw
        home = {bisect_right(self.sentences, cue.begin) for cue in raw.cues}
        contents = tuple(c for c in raw.contents if bisect_right(self.sentences, c.begin) in home or not self.hold(c))
        return replace(raw, contents=contents) if contents else None

    def hold(self, content: Span) -> bool:
        """Say whether one of them shares its first character with ``content``."""
        place = bisect_right(self.spans, content.begin, key=lambda span: span.begin) - 1
        return place >= 0 and self.spans[place].overlaps(content)


def _without_strays(text: str, sentences: Sequence[int], raw: RawAttribution) -> RawAttribution | None:
    """Leave off contents that begin in the middle of another sentence than the cue's, unless they are quoted; None when none is left."""
    if not raw.cues:
        return raw
    home = {bisect_right(sentences, cue.begin) for cue in raw.cues}
    contents = tuple(content for content in raw.contents if not _is_torn(text, sentences, content, home))
    return replace(raw, contents=contents) if contents else None


def _is_torn(text: str, sentences: Sequence[int], content: Span, home: set[int]) -> bool:
    number = bisect_right(sentences, content.begin)
    if number in home or any(bisect_right(sentences, content.end - 1) == one for one in home):
        return False
    head = text[sentences[number - 1] : content.begin] if number else ""
    if head.rstrip().endswith(":"):  # who speaks stands there: "Our reporter, who is there: “Roofs are flying.”"
        return True
    is_quoted = text[content.begin] in _OPENING_QUOTES or any(mark in head for mark in _OPENING_QUOTES)
    return not is_quoted and any(character.isalnum() for character in head)


def _is_stray(text: str, begins: Sequence[int], raw: RawAttribution) -> bool:
    if not raw.cues or not raw.contents:
        return False
    home = {bisect_right(begins, cue.begin) for cue in raw.cues}
    is_elsewhere = all(bisect_right(begins, content.begin) not in home for content in raw.contents)
    return is_elsewhere and not any(text[content.begin] in _OPENING_QUOTES for content in raw.contents)


def _is_wanted(text: str, raw: RawAttribution, title: Span | None) -> bool:
    if title is not None and all(title.covers(span) for span in raw.spans()):
        return True
    if not raw.sources:
        return bool(raw.cues) and text[max(0, raw.cues[0].begin - 3) : raw.cues[0].begin].lower() == "it "
    begin = raw.sources[0].begin
    before = text[max(0, begin - _WINDOW) : begin].lower().replace("—", " ").split()
    return len(before) > 1 and before[-1] in {"from", "in", "by"} and before[-2] in _EVIDENCE


def _without_farther(text: str, begins: Sequence[int], sentences: Sequence[int], raw: RawAttribution) -> RawAttribution:
    """Leave off what is farther away than it need be.

    Beside a content of the cue's own sentence those are contents of sentences before it, and beside one of the cue's own paragraph
    contents of others, unless both are quoted.
    """
    paragraphs = {bisect_right(begins, cue.begin) for cue in raw.cues}
    contents = raw.contents
    beside = [content for content in contents if bisect_right(begins, content.begin) in paragraphs]
    if beside:
        is_direct = any(mark in content.of(text) for content in beside for mark in _OPENING_QUOTES[:4])
        contents = tuple(c for c in contents if c in beside or (is_direct and text[c.begin] in _OPENING_QUOTES))
    if raw.cues and contents:
        number = bisect_right(sentences, raw.cues[0].begin)
        begin, end = sentences[number - 1], sentences[number] if number < len(sentences) else len(text)
        if any(content.begin < end and content.end > begin for content in contents):
            contents = tuple(content for content in contents if content.end > begin)
    return raw if contents == raw.contents else replace(raw, contents=contents)
