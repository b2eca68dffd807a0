"""Records that stand at a place of a text → rows: assertions, citations, mentions, notes."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from graphkit.viewer.view_model.records import Record, char_range, first, offset, optional
from graphkit.viewer.view_model.rows import (
    NO_REF,
    AssertionRow,
    Attribution,
    CitationRow,
    MentionRow,
    NoteRow,
    Number,
    Range,
    Ref,
)
from graphkit.viewer.view_model.weights import between


def span_of(record: Record, begin: str = "nif:beginIndex", end: str = "nif:endIndex") -> Range | None:
    """Return the span a record gives, None where it gives none."""
    low, high = offset(record, begin), offset(record, end)
    return (low, high) if 0 <= low < high else None


class Reading:
    """Reads records of spans, and remembers in ``ranges`` which stretches of which article they need."""

    def __init__(
        self, records: Mapping[str, Record], ref: Callable[[str | None], Ref], texts: Mapping[str, str], *, keeps_texts: bool
    ) -> None:
        self.records = records
        self.ref = ref
        self.texts = texts
        self.keeps_texts = keeps_texts
        self.ranges: dict[str, list[Range]] = defaultdict(list)

    def note(self, article: str, *spans: Range | None) -> None:
        """Remember that stretches of an article are needed."""
        self.ranges[article].extend(span for span in spans if span is not None)

    def assertion(self, name: str) -> AssertionRow:
        """Return an assertion with its chain of attributions, hedges, loaded words and numbers."""
        record = self.records[name]
        article, span = first(record, "inArticle"), span_of(record) or (0, 1)
        quote = optional(record, "nif:anchorOf")
        text = self.texts.get(article)
        is_held = text is not None and (quote is None or text[span[0] : span[1]] == quote)
        row = AssertionRow(
            id=name,
            article=self.ref(article),
            claim=self.ref(first(record, "claim")),
            begin=span[0],
            end=span[1],
            quote=None if is_held else quote or "",
            certainty=first(record, "certainty", "underspecified"),
            voice=first(record, "voice", "author"),
            polarity=first(record, "polarity", "positive"),
            tense=first(record, "tense", "nonFuture"),
            type=first(record, "claimType", "factual"),
            chain=self._chain(record),
            about=tuple(sorted(ref for one in record.get("about", ()) if (ref := self.ref(one)) != NO_REF)),
            hedges=_words(record, "hedge"),
            loaded=_words(record, "loaded"),
            numbers=self._numbers(record),
            confidence=between(record, "confidence"),
            checkworthiness=between(record, "checkworthiness"),
        )
        if is_held:
            near = [one for one in (*row.hedges, *row.loaded) if not isinstance(one, str)]
            links = (found for link in row.chain for found in (link.source_range, link.cue_range))
            self.note(article, span, *near, *links, *(one.range for one in row.numbers))
        return row

    def _chain(self, record: Record) -> tuple[Attribution, ...]:
        found = []
        for name in record.get("attribution", ()):
            link = self.records.get(name, {})
            source = self.ref(optional(link, "source"))
            if source == NO_REF:
                continue
            depth = first(link, "depth", "1")
            found.append(
                Attribution(
                    source=source,
                    mode=first(link, "mode", "indirect"),
                    depth=int(depth) if depth.isdigit() else 1,
                    source_range=span_of(link, "sourceBegin", "sourceEnd"),
                    cue_range=span_of(link, "cueBegin", "cueEnd"),
                    words=None if span_of(link, "cueBegin", "cueEnd") else optional(link, "cue"),
                )
            )
        if not found:
            speakers = (self.ref(one) for one in record.get("prov:wasAttributedTo", ()))
            found = [Attribution(one, "indirect", 1, None, None) for one in speakers if one != NO_REF]
        return tuple(sorted(found, key=lambda link: (link.depth, link.source_range or (0, 0), link.source)))

    def _numbers(self, record: Record) -> tuple[Number, ...]:
        found = []
        for name in record.get("quantity", ()):
            quantity = self.records.get(name, {})
            span = span_of(quantity)
            if span:
                unit = optional(quantity, "unit")
                found.append(Number(span, first(quantity, "value"), first(quantity, "comparator", "exactly"), unit))
        return tuple(sorted(found, key=lambda number: number.range))

    def citations(self, names: Sequence[str]) -> tuple[CitationRow, ...]:
        """Return the citations, by article and place."""
        found = []
        for name in names:
            record = self.records[name]
            article, target, span = first(record, "cito:hasCitingEntity"), first(record, "citedOutlet"), span_of(record)
            if span is None or NO_REF in (self.ref(article), self.ref(target)):
                continue
            candidates = sorted(ref for one in record.get("candidate", ()) if (ref := self.ref(one)) != NO_REF)
            found.append(
                CitationRow(
                    article=self.ref(article),
                    target=self.ref(target),
                    kind=first(record, "citationKind", "mention"),
                    range=span,
                    url=optional(record, "writtenAddress") or optional(record, "cito:hasCitedEntity"),
                    via=self.ref(optional(record, "prov:wasAttributedTo")),
                    candidates=tuple(candidates),
                    is_guess=first(record, "isGuess") == "true",
                )
            )
            if article in self.texts:
                self.note(article, span)
        return tuple(sorted(found, key=lambda row: (row.article, row.range, row.target)))

    def mentions(self, names: Sequence[str]) -> tuple[MentionRow, ...]:
        """Return for each article and actor where the one names the other; without places where texts are not kept."""
        places: dict[tuple[Ref, Ref], list[Range]] = defaultdict(list)
        for name in names:
            record = self.records[name]
            key, span = (self.ref(first(record, "inArticle")), self.ref(first(record, "denotes"))), span_of(record)
            if span and NO_REF not in key:
                places[key].append(span)
        kept = None if self.keeps_texts else 0
        return tuple(MentionRow(*key, len(places[key]), tuple(sorted(places[key])[:kept])) for key in sorted(places))

    def notes(self, names: Sequence[str]) -> tuple[NoteRow, ...]:
        """Return the notes of background checks, by article and place."""
        found = []
        for name in names:
            record = self.records[name]
            article = first(record, "inArticle")
            ranges = sorted(span for one in record.get("noteRange", ()) if (span := char_range(one)))
            if self.ref(article) == NO_REF:
                continue
            kind, question, fact, source = (first(record, one) for one in ("noteKind", "question", "fact", "factSource"))
            found.append(NoteRow(self.ref(article), kind, question, fact, source, tuple(ranges)))
            if article in self.texts:
                self.note(article, *ranges)
        return tuple(sorted(found, key=lambda row: (row.article, row.ranges, row.question)))


def _words(record: Record, name: str) -> tuple[Range | str, ...]:
    """Return where the words stand, or, where that is not said, the words."""
    places = sorted(span for one in record.get(name + "Range", ()) if (span := char_range(one)))
    return tuple(places) if places else tuple(record.get(name, ()))
