"""The extractor ``spacy``: who says what by a matcher on the dependency parse of any spaCy pipeline, and its named entities.

The matcher reads a cue verb with its subject and clausal complement ("X said that …", "…, X said"), "according to X", and speech in
quotation marks beside a cue.  Relations are those of ClearNLP and of Universal Dependencies, so both kinds of English models work.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from graphkit.errors import DamagedPart, MissingExtra, NotFound
from graphkit.extraction.adapters import settings
from graphkit.extraction.adapters.chunks import text_chunks
from graphkit.extraction.attribution.cues import cue_kinds
from graphkit.extraction.attribution.quotes import find_quotes
from graphkit.extraction.protocol import EntityLabel, RawAttribution, RawMention, Tagged
from graphkit.model import ExtractorId, Span

DEFAULT_PIPELINE = "en_core_web_sm"
LONGEST_CHUNK = 5_000
"""Code points parsed at once: bounds the memory of a parse, and makes a result depend on its own paragraphs only."""
ENTITIES: dict[str, EntityLabel] = {
    "PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC", "MISC": "MISC",
}  # fmt: skip
_SUBJECTS = frozenset({"nsubj", "csubj"})
_COMPLEMENTS = frozenset({"ccomp", "parataxis"})
_OPEN_COMPLEMENTS = frozenset({"xcomp"})
_GROUP = frozenset({"aux", "neg", "prt", "auxpass", "aux:pass", "compound:prt", "advmod"})
_CONFIDENCE = 0.7
_ENTITY_CONFIDENCE = 0.8
_SHORTEST_SPEECH = 12
_Match = tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]
"""Source, cue and contents."""


class SpacyExtractor:
    """Attributions and entities by a spaCy pipeline ``nlp``."""

    def __init__(self, nlp: Any, name: str) -> None:
        self.nlp = nlp
        self.name = name

    @property
    def id(self) -> ExtractorId:
        """The adapter, and the pipeline's name and version."""
        version = getattr(self.nlp, "meta", {}).get("version", "")
        return ExtractorId("spacy", "1", f"pipeline={self.name};version={version}")

    def tag(self, text: str) -> Tagged:
        """Return what the matcher finds, in text order."""
        attributions: list[RawAttribution] = []
        entities: list[RawMention] = []
        for chunk in text_chunks(text, LONGEST_CHUNK):
            doc = self.nlp(chunk.of(text))
            entities += _entities(doc, chunk.begin)
            attributions += _Matcher(text, doc, chunk).attributions()
        return Tagged(tuple(sorted(attributions, key=_place)), tuple(sorted(entities, key=lambda e: (e.begin, e.end))))


def _entities(doc: Any, offset: int) -> Iterator[RawMention]:
    for entity in doc.ents:
        label = ENTITIES.get(entity.label_)
        if label is not None:
            yield RawMention(offset + entity.start_char, offset + entity.end_char, label, _ENTITY_CONFIDENCE)


class _Matcher:
    """Reads the parse of one chunk; spans are of the whole text."""

    def __init__(self, text: str, doc: Any, chunk: Span) -> None:
        self.text = text
        self.doc = doc
        self.offset = chunk.begin
        self.quotes = [
            Span(self.offset + quote.begin, self.offset + quote.end)
            for quote in find_quotes(chunk.of(text))
            if quote.end - quote.begin >= _SHORTEST_SPEECH
        ]

    def attributions(self) -> Iterator[RawAttribution]:
        found = [match for token in self.doc for match in self._at(token)]
        for source, cue, contents in found:
            yield RawAttribution(source, cue, contents, _CONFIDENCE, 1 + self._depth(cue, found))

    @staticmethod
    def _depth(cue: tuple[Span, ...], found: list[_Match]) -> int:
        return sum(any(content.covers(cue[0]) for content in other[2]) for other in found if other[1] != cue)

    def _at(self, token: Any) -> Iterator[_Match]:
        if token.lower_ == "according":
            yield from self._according(token)
        kinds = cue_kinds().get(token.lemma_.lower()) if token.pos_ in {"VERB", "AUX"} else None
        if not kinds:
            return
        subjects = [child for child in token.children if child.dep_ in _SUBJECTS]
        contents = self._contents(token, may_open=bool(kinds & {"plan", "push"}))
        if contents and subjects:
            source = self._span(subjects[0])
            cue = self._cue(token)
            kept = tuple(content for content in contents if not content.overlaps(source) and not content.overlaps(cue))
            if kept:
                yield (source,), (cue,), kept

    def _according(self, token: Any) -> Iterator[_Match]:
        """Read "according to X": its sentence, less the phrase itself, is what X says."""
        to = next((child for child in token.subtree if child.lower_ == "to" and child.i == token.i + 1), None)
        source_head = next((t for t in token.subtree if t.i > token.i + 1 and t.dep_ in {"pobj", "obl", "nmod"}), None)
        if to is None or source_head is None:
            return
        source, cue = self._span(source_head), Span(self._begin(token), self._end(to))
        sentence = list(token.sent)
        before = Span(self._begin(sentence[0]), cue.begin) if sentence[0].i < token.i else None
        after = Span(source.end, self._end(sentence[-1])) if source.end < self._end(sentence[-1]) else None
        contents = tuple(kept for part in (before, after) if part is not None and (kept := self._trimmed(part)) is not None)
        if contents:
            yield (source,), (cue,), contents

    def _contents(self, token: Any, *, may_open: bool) -> tuple[Span, ...]:
        wanted = _COMPLEMENTS | _OPEN_COMPLEMENTS if may_open else _COMPLEMENTS
        heads = [child for child in token.children if child.dep_ in wanted and child.i != token.i]
        spans = [kept for head in heads if (kept := self._trimmed(self._span(head, without=token))) is not None]
        spoken = [quote for quote in self.quotes if self._is_beside(quote, token) and not any(quote.overlaps(s) for s in spans)]
        return tuple(sorted([*spans, *spoken]))

    def _is_beside(self, quote: Span, token: Any) -> bool:
        """Say whether a quotation touches the sentence of a cue but does not hold the cue."""
        sentence = list(token.sent)
        begin, end = self._begin(sentence[0]), self._end(sentence[-1])
        return quote.begin < end and begin < quote.end and not quote.begin <= self._begin(token) < quote.end

    def _cue(self, token: Any) -> Span:
        group = [token]
        for child in sorted(token.children, key=lambda child: abs(child.i - token.i)):
            near = min(t.i for t in group) - 1, max(t.i for t in group) + 1
            if child.dep_ in _GROUP and child.i in near:
                group.append(child)
        return Span(min(self._begin(t) for t in group), max(self._end(t) for t in group))

    def _span(self, head: Any, without: Any = None) -> Span:
        """Return the words under ``head`` that stand together with it, those under ``without`` left off."""
        skipped = {t.i for t in without.subtree if t not in head.subtree} | {without.i} if without is not None else set()
        inside = {t.i for t in head.subtree} - skipped
        first = last = head.i
        while first - 1 in inside:
            first -= 1
        while last + 1 in inside:
            last += 1
        return Span(self._begin(self.doc[first]), self._end(self.doc[last]))

    def _trimmed(self, span: Span) -> Span | None:
        """Return a span without white space and commas at its edges; None when no word is left."""
        begin, end = span.begin, span.end
        while begin < end and (self.text[begin].isspace() or self.text[begin] in ",;:—–-."):
            begin += 1
        while end > begin and (self.text[end - 1].isspace() or self.text[end - 1] in ",;:—–-."):
            end -= 1
        return Span(begin, end) if any(map(str.isalnum, self.text[begin:end])) else None

    def _begin(self, token: Any) -> int:
        return self.offset + int(token.idx)

    def _end(self, token: Any) -> int:
        return self.offset + int(token.idx) + len(token.text)


def _place(raw: RawAttribution) -> tuple[int, int]:
    return min(span.begin for span in raw.spans()), raw.level


def load() -> SpacyExtractor:
    """Load the pipeline that ``GRAPHKIT_SPACY_PIPELINE`` names, an installed package or a folder; ``en_core_web_sm`` without it.

    Raises:
        MissingExtra: spaCy is not installed.
        NotFound: No pipeline of that name is installed; graphkit downloads none.
        DamagedPart: The pipeline has no parser.
    """
    name = settings.optional(settings.SPACY_PIPELINE, DEFAULT_PIPELINE)
    try:
        spacy = import_module("spacy")
    except ImportError as error:
        raise MissingExtra("spaCy is not installed", hint="pip install 'graphkit-credibility[spacy]'") from error
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise NotFound(
            f"no spaCy pipeline {name!r} is installed", hint=f"install it, or set {settings.SPACY_PIPELINE}"
        ) from error
    if not nlp.has_pipe("parser"):
        raise DamagedPart(f"the spaCy pipeline {name!r} has no parser", hint="take one that parses, as en_core_web_sm does")
    return SpacyExtractor(nlp, name)
