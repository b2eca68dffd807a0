"""Assertions of one article from its clauses and attributions."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from graphkit.extraction.actors.mentions import MentionIndex
from graphkit.extraction.actors.pronouns import Party
from graphkit.extraction.actors.roles import UNSTATED
from graphkit.extraction.actors.sources import Speakers
from graphkit.extraction.assertions.chains import Link, link_levels
from graphkit.extraction.assertions.coverage import (
    after_addressee,
    events,
    free_runs,
    said_pieces,
    split_tail,
    taken_ranges,
    thing_event,
    with_subject,
)
from graphkit.extraction.assertions.reports import is_report, speaks, with_quoted_source
from graphkit.extraction.assertions.skipping import skip_reason
from graphkit.extraction.attribution.phrases import has_finite
from graphkit.extraction.attribution.terms import is_terms
from graphkit.extraction.attribution.view import Range, View
from graphkit.extraction.labels.checkworthiness import Features, checkworthiness
from graphkit.extraction.labels.hedges import Hedge, certainty_of, find_hedges
from graphkit.extraction.labels.kinds import claim_type_of, find_loaded, n_judging_words
from graphkit.extraction.labels.numbers import find_quantities
from graphkit.extraction.labels.stance import demanded_type, polarity_of, stated_certainty
from graphkit.extraction.labels.tense import is_past, tense_of
from graphkit.extraction.language.clauses import Clause, clause_follows, is_whole, split_clauses
from graphkit.extraction.language.tags import FINITE
from graphkit.extraction.protocol import RawAttribution
from graphkit.model import Assertion, Attribution, Mode, Quantity, SkippedSentence, Span, Voice

_SOURCE_END = re.compile(r"(?:['’]s?|,\s?(?:who|whom|whose|which)|[\s,;:])+$")
_MOST_IN_SENTENCE = 400
AUTHOR_CONFIDENCE = 0.8
"""Confidence of what the author states: that no attribution was overlooked."""
TAIL_FACTOR = 0.6
"""How much less sure a participial tail is its clause's source's word."""
_JOINTS = " ,;—–-\n\t"
"""Signs and space around what is put between the parts of a clause."""
_PUT_BETWEEN = frozenset(',—–-"”')
_LONGEST_DETERMINER = 10
_PERSONAL = frozenset({"i", "we", "my", "our", "me", "us", "you", "your"})
_RELATIVES = frozenset({"who", "which", "whom", "whose", "whether"})
_EVIDENCE_SIGNS = frozenset({"evident", "apparent", "clear", "visible", "obvious", "evidenced", "seen", "shown"})


def canonical_wording(text: str) -> str:
    """Return ``text`` in NFC with single spaces, as claims are keyed and labelled."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@dataclass(slots=True)
class Builder:
    """Builds the assertions of one article, paragraph by paragraph."""

    text: str
    index: MentionIndex
    speakers: Speakers
    sources: dict[int, tuple[tuple[Span, Party], ...]] = field(default_factory=dict)

    def build(
        self, views: Sequence[View], attributions: Sequence[RawAttribution]
    ) -> tuple[list[Assertion], list[SkippedSentence]]:
        """Return the assertions in text order, and the sentences that have none."""
        begins = [view.tokens[0].begin for view in views]
        links = link_levels(list(_spoken(views, begins, attributions)))
        for link in sorted(links, key=_source_begin):
            self.sources[id(link.raw)] = tuple(
                (span, who)
                for raw in link.raw.sources[:1]
                for span in [_bare_source(self.text, raw)]
                for who in self.speakers.resolve(span)
            )
        near = _sorted_in(begins, [link for link in links if not self._is_authors(link)])
        assertions = _unique(
            [assertion for view, some in zip(views, near, strict=True) for assertion in self._of_paragraph(view, some)]
        )
        skipped = [skip for view in views for skip in self._skipped(view, assertions)]
        return assertions, skipped

    def _is_authors(self, link: Link) -> bool:
        """Say whether an attribution is the author's own ("I think that …")."""
        return bool(link.raw.sources) and not self.sources[id(link.raw)]

    def _of_paragraph(self, view: View, near: Sequence[Link]) -> Iterator[Assertion]:
        quantities = find_quantities(self.text, view)
        pieces = [(link, said_pieces(view, link)) for link in near if link.raw.sources or is_report(view, link.raw)]
        saying = [link for link, said in pieces if said or _speaks_elsewhere(view, link)]
        made = [a for link, said in pieces for piece in said for a in self._attributed(view, link, piece, quantities)]
        begins = [view.tokens[first].begin for first, _ in view.sentences]
        by_sentence = _sorted_in(begins, saying)
        for sentence, some in zip(view.sentences, by_sentence, strict=True):
            made += self._own_voice(view, sentence, some, quantities)
        yield from made
        yield from self._left_over(view, by_sentence, made, quantities)

    def _left_over(
        self, view: View, saying: Sequence[Sequence[Link]], made: Sequence[Assertion], quantities: list[Quantity]
    ) -> Iterator[Assertion]:
        """Yield the clauses that no assertion took and that count or hedge something: "members, *who include 40 farmers*, voted"."""
        reasons: dict[Range, str | None] = {}
        told = {span for a in made for span in (*a.hedges, *(quantity.span for quantity in a.quantities))}
        sources = sorted({source for some in saying for link in some for source in link.raw.sources})
        counts = [quantity.span for quantity in quantities if not _counts_speakers(quantity, sources)]
        hedges = [hedge.span for hedge in find_hedges(view, 0, len(view.tokens))]
        for span in sorted({*counts, *hedges} - told):
            tokens = view.tokens_in(span)
            if span in told or tokens is None:
                continue
            number = bisect_right(view.sentences, tokens[0], key=lambda sentence: sentence[0]) - 1
            sentence = view.sentences[number]
            runs = free_runs(sentence, taken_ranges(view, sentence, saying[number]))
            run = next(((first, last) for first, last in runs if first <= tokens[0] and tokens[1] <= last), None)
            if sentence not in reasons:  # asked once a sentence: a long one may hold thousands of numbers
                reasons[sentence] = skip_reason(self.text, view, *sentence)
            if (run is None and span in hedges) or reasons[sentence] is not None:
                continue
            first, last = run or sentence
            clauses = (c for c in split_clauses(view, first, last) if c.first <= tokens[0] and tokens[1] <= c.last)
            clause = next(clauses, Clause(first, last, first))
            if view.tags[clause.first] in FINITE:
                clause = Clause(first, clause.last, first)
            if view.tags[clause.first] in {",", ";", "-", ":"} and clause.first + 1 < clause.last:
                clause = Clause(clause.first + 1, clause.last, clause.frame)
            assertion = self._assertion(view, clause, quantities, is_attributed=False)
            told.update((*assertion.hedges, *(quantity.span for quantity in assertion.quantities)))
            yield replace(assertion, confidence=round(AUTHOR_CONFIDENCE * TAIL_FACTOR, 3))

    def _attributed(self, view: View, link: Link, piece: Range, quantities: list[Quantity]) -> Iterator[Assertion]:
        """Yield what a source says in one sentence; a participial tail is set apart, with less confidence."""
        main, tail = split_tail(view, piece)
        first = self._attributed_piece(view, link, main, quantities)
        yield first
        if tail is not None:
            second = self._attributed_piece(view, link, tail, quantities)
            yield replace(second, confidence=round(link.raw.confidence * TAIL_FACTOR, 3))

    def _attributed_piece(self, view: View, link: Link, piece: Range, quantities: list[Quantity]) -> Assertion:
        cue = link.raw.cues[0] if link.raw.cues else None
        chain = tuple(self._chain(view, link, piece))
        source = link.raw.sources[0] if link.raw.sources else None
        plain = self._assertion(view, Clause(*piece, piece[0]), quantities, is_attributed=source is not None)
        plain = _with_cue_hedges(view, plain, cue, is_sourced=source is not None)
        event = thing_event(view, link)
        if event is not None:
            whole = self._assertion(view, Clause(*event, event[0]), quantities, is_attributed=False)
            plain = replace(plain, checkworthiness=max(plain.checkworthiness or 0.0, whole.checkworthiness or 0.0))
        return replace(
            plain,
            claim=self._claim(link, plain.span),
            attributions=chain,
            voice=self._voice(link),
            polarity=polarity_of(view, cue, source),
            certainty=stated_certainty(view, cue, piece, plain.certainty, source),
            claim_type=demanded_type(view, cue, plain.claim_type),
            loaded=(),
            confidence=round(link.raw.confidence, 3),
        )

    def _claim(self, link: Link, span: Span) -> str:
        """Return the words of what is said, without who says it where that stands among them ("The ovens, *she said*, are cold")."""
        said_by = sorted(other for other in (*link.raw.sources, *link.raw.cues) if span.covers(other))
        if not said_by:
            return canonical_wording(span.of(self.text))
        head, tail = self.text[span.begin : said_by[0].begin], self.text[said_by[-1].end : span.end]
        if head.rstrip()[-1:] not in _PUT_BETWEEN:
            return canonical_wording(span.of(self.text))
        return canonical_wording(f"{head.rstrip(_JOINTS)} {tail.lstrip(_JOINTS)}")

    def _chain(self, view: View, link: Link, piece: Range) -> Iterator[Attribution]:
        for depth, raw in enumerate(link.chain(), 1):
            cue = raw.cues[0] if raw.cues else None
            is_direct = depth == 1 and any(view.quote_of[i] >= 0 for i in range(*piece))
            mode: Mode = "direct" if is_direct else "indirect"
            if not raw.sources:
                yield Attribution(UNSTATED, mode, depth, None, cue)
            for span, who in self.sources[id(raw)]:
                yield Attribution(who, mode, depth, span, cue)

    def _voice(self, link: Link) -> Voice:
        """Return mixed for the author's own frame around evidence ("evident from footage showing …")."""
        if not link.raw.sources:
            return "attributed"
        source = link.raw.sources[0]
        words = self.text[max(0, source.begin - 24) : source.begin].lower().replace("—", " ").split()
        is_evidence = len(words) > 1 and words[-1] in {"from", "in", "by"} and words[-2] in _EVIDENCE_SIGNS
        return "mixed" if is_evidence else "attributed"

    def _own_voice(self, view: View, sentence: Range, links: Sequence[Link], quantities: list[Quantity]) -> Iterator[Assertion]:
        taken = taken_ranges(view, sentence, links)
        if not taken and skip_reason(self.text, view, *sentence) is not None:
            return
        for free in free_runs(sentence, taken):
            run = with_subject(view, after_addressee(view, free, links), links)
            is_loose = run[0] > sentence[0] and _lacks_subject(view, run)
            if is_loose and not any(view.span(run).covers(quantity.span) for quantity in quantities):
                continue
            yield from self._clauses(view, _without_remnant(view, sentence, run), sentence, quantities)
        for begin, end in events(view, sentence, links):
            event = self._assertion(view, Clause(begin, end, begin), quantities, is_attributed=False)
            yield replace(event, hedges=(), certainty="certain", claim_type="factual", tense="nonFuture")

    def _clauses(self, view: View, run: Range, sentence: Range, quantities: list[Quantity]) -> Iterator[Assertion]:
        before: Assertion | None = None
        for clause in split_clauses(view, *run):
            leans = before is not None and view.tags[clause.first] == "VG"
            if not (leans or is_whole(view, clause.first, clause.last)) or _is_question(view, clause, sentence):
                continue
            if is_terms(self.text, view.span((clause.first, clause.last))):
                continue
            assertion = self._assertion(view, clause, quantities, is_attributed=False)
            if leans and before is not None and not assertion.hedges:
                assertion = replace(
                    assertion,
                    hedges=before.hedges,
                    certainty=before.certainty,
                    tense=before.tense,
                    claim_type=before.claim_type,
                )
            yield assertion
            before = assertion

    def _assertion(self, view: View, clause: Clause, quantities: list[Quantity], *, is_attributed: bool) -> Assertion:
        first, last = clause.first, clause.last
        span = view.span((first, last))
        framed = view.tokens[clause.frame].begin
        hedges = find_hedges(view, first, last)
        tense = tense_of(view, first, last)
        made = Assertion(
            span=span,
            claim=canonical_wording(span.of(self.text)),
            certainty=certainty_of(hedges),
            tense=tense,
            claim_type=claim_type_of(view, first, last, tense),
            about=tuple(dict.fromkeys(mention.actor for mention in self.index.inside(span))),
            hedges=tuple(hedge.span for hedge in hedges),
            loaded=tuple(find_loaded(view, clause.frame, last)),
            quantities=tuple(q for q in quantities if framed <= q.span.begin and q.span.end <= span.end),
            confidence=AUTHOR_CONFIDENCE,
        )
        return replace(made, checkworthiness=_checkworthiness(view, clause, made, is_attributed=is_attributed))

    def _skipped(self, view: View, assertions: Sequence[Assertion]) -> Iterator[SkippedSentence]:
        first = bisect_left(assertions, view.tokens[0].begin, key=_begin)
        last = bisect_left(assertions, view.tokens[-1].end, key=_begin)
        near = [assertion.span for assertion in assertions[first:last]]
        for sentence in view.sentences:
            span = view.span(sentence)
            inside = _overlapping(span, near)
            if not inside:
                yield SkippedSentence(span, skip_reason(self.text, view, *sentence) or "fragment")
            elif view.tokens[sentence[1] - 1].text == "?":
                yield from _asking_part(view, sentence, inside)


def _bare_source(text: str, span: Span) -> Span:
    """Return the words of a source without a possessive ending, a comma or the "who" of a clause that was cut off behind them."""
    words = span.of(text)
    bare = _SOURCE_END.sub("", words)
    return Span(span.begin, span.begin + len(bare)) if bare else span


def _counts_speakers(quantity: Quantity, sources: Sequence[Span]) -> bool:
    """Say whether a quantity tells how many speak ("the mayor and *two* officials said"), given the sources in order."""
    place = bisect_right(sources, quantity.span.begin, key=lambda source: source.begin) - 1
    return place >= 0 and (
        sources[place].covers(quantity.span) or quantity.span.begin <= sources[place].begin + _LONGEST_DETERMINER
    )


def _spoken(views: Sequence[View], begins: Sequence[int], attributions: Sequence[RawAttribution]) -> Iterator[RawAttribution]:
    """Yield the attributions whose source speaks, as the paragraph of the cue has it, and is not what others speak of."""
    for raw in attributions:
        number = bisect_right(begins, raw.cues[0].begin) - 1 if raw.cues else -1
        if number < 0:
            yield raw
        elif speaks(views[number], raw):
            yield with_quoted_source(views[number], raw)


def _speaks_elsewhere(view: View, link: Link) -> bool:
    """Say whether a cue of this paragraph introduces what stands in the next ones ("The mayor also said:")."""
    cues = [cue for cue in link.raw.cues if view.tokens_in(cue) is not None]
    return bool(cues and link.raw.contents) and all(view.tokens_in(content) is None for content in link.raw.contents)


def _lacks_subject(view: View, run: Range) -> bool:
    """Say whether what an attribution leaves of a sentence goes on without a subject of its own ("and resigned", "which fell")."""
    begin = run[0]
    while begin < run[1] and view.tags[begin] in {"CC", ",", "R", "-"}:
        begin += 1
    return begin < run[1] and (view.tags[begin] in FINITE or view.word(begin) in _RELATIVES)


def _overlapping(span: Span, near: Sequence[Span]) -> list[Span]:
    """Return the spans of a sorted list that share a character with ``span``; assertions stay within a sentence or a few."""
    last = bisect_left(near, span.end, key=lambda other: other.begin)
    return [other for other in near[max(0, last - _MOST_IN_SENTENCE) : last] if span.overlaps(other)]


def _begin(assertion: Assertion) -> int:
    return assertion.span.begin


def _sorted_in(begins: Sequence[int], links: Sequence[Link]) -> list[list[Link]]:
    """Return for each stretch of text, given where each begins, the attributions that have a part in it."""
    found: list[list[Link]] = [[] for _ in begins]
    for link in links:
        places: set[int] = set()
        for span in link.raw.spans():
            places.update(range(bisect_right(begins, span.begin) - 1, bisect_left(begins, span.end)))
        for place in sorted(places - {-1}):
            found[place].append(link)
    return found


def _source_begin(link: Link) -> int:
    return link.raw.sources[0].begin if link.raw.sources else -1


def _checkworthiness(view: View, clause: Clause, made: Assertion, *, is_attributed: bool) -> float:
    return checkworthiness(
        Features(
            claim_type=made.claim_type,
            tense=made.tense,
            n_quantities=len(made.quantities),
            n_actors=len(made.about),
            n_tokens=clause.last - clause.first,
            is_hedged=bool(made.hedges),
            is_personal=any(view.word(i) in _PERSONAL for i in range(clause.first, clause.last)),
            is_quoted=view.quote_of[clause.first] >= 0,
            is_infinitive=view.tags[clause.first] == "TO",
            n_judging=n_judging_words(view, clause.first, clause.last),
            has_past=any(view.tags[i] == "V" and is_past(view.word(i)) for i in range(clause.first, clause.last)),
            is_attributed=is_attributed,
        )
    )


def _asking_part(view: View, sentence: Range, inside: Sequence[Span]) -> Iterator[SkippedSentence]:
    """Yield the clause that asks, in a sentence that states something before it does."""
    clauses = split_clauses(view, *sentence)
    if len(clauses) > 1:
        begin = clauses[-1].first
        if view.tags[begin - 1] == ":":
            begin = next((i + 1 for i in range(begin - 2, clauses[-2].first, -1) if view.tags[i] in {"-", ",", ";"}), begin)
        span = view.span((begin, sentence[1]))
        if not any(span.overlaps(other) for other in inside):
            yield SkippedSentence(span, "question")


def _with_cue_hedges(view: View, plain: Assertion, cue: Span | None, *, is_sourced: bool) -> Assertion:
    """Add the hedges of a cue: "it is widely believed that …", and of one with a source its adverbs, "was reportedly concerned"."""
    tokens = view.tokens_in(cue) if cue is not None else None
    found = find_hedges(view, *tokens) if tokens is not None else []
    if is_sourced:
        found = [hedge for hedge in found if hedge.span.of(view.text).endswith("ly")]
    if not found:
        return plain
    inside = [Hedge(span, plain.certainty) for span in plain.hedges]
    spans = tuple(sorted({hedge.span for hedge in (*found, *inside)}))
    return replace(plain, hedges=spans, certainty=certainty_of([*found, *inside]))


def _is_question(view: View, clause: Clause, sentence: Range) -> bool:
    """Say whether the clause is the asking part of a sentence that ends in a question mark, or announces it before a colon."""
    is_last = clause.last >= sentence[1] - 2 or view.tags[clause.last] == ":"
    return is_last and view.tokens[sentence[1] - 1].text == "?"


def _without_remnant(view: View, sentence: Range, run: Range) -> Range:
    """Leave off what an attribution's words left of its clause before a dash ("… showing empty boats—the question arises")."""
    if run[0] == sentence[0]:
        return run
    dash = next((i for i in range(*run) if view.tags[i] == "-"), None)
    is_remnant = dash is not None and clause_follows(view, dash + 1, run[1]) and not has_finite(view, run[0], dash)
    return (dash + 1, run[1]) if dash is not None and is_remnant else run


def _unique(assertions: list[Assertion]) -> list[Assertion]:
    """Keep one assertion a span, the one with the longest chain of attributions, in text order."""
    best: dict[Span, Assertion] = {}
    for assertion in assertions:
        known = best.get(assertion.span)
        if known is None or len(assertion.attributions) > len(known.attributions):
            best[assertion.span] = assertion
    return sorted(best.values(), key=lambda assertion: assertion.span)
