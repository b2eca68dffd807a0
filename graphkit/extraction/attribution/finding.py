"""Who says what in one sentence: cue by cue, its source and its content."""

from dataclasses import dataclass, field

from graphkit.extraction.attribution.contents import (
    WH,
    after_parenthesis,
    clause_end,
    is_adjunct,
    is_marked,
    left_content,
    left_start,
    phrase_end,
    right_content,
    trimmed,
)
from graphkit.extraction.attribution.cues import kinds_of, lemma_of, noun_kinds, phrasal_kinds
from graphkit.extraction.attribution.phrases import (
    group_start,
    has_finite,
    is_loose_participle,
    is_time,
    phrase_after,
    phrase_before,
    skip_adjuncts,
)
from graphkit.extraction.attribution.subjects import (
    can_speak,
    inverted_source,
    is_expletive,
    possessor,
    sentence_subject,
    subject_before,
    with_apposition,
)
from graphkit.extraction.attribution.view import Range, View
from graphkit.extraction.language.tags import FINITE

_SIGNS = frozenset({"evident", "apparent", "clear", "visible", "obvious", "evidenced", "seen", "shown"})
_SPEAKING = frozenset({"say", "tell", "ask", "quote"})
_QUOTE = frozenset({"quote"})
_PARTICLES = frozenset({"out", "up", "down", "on", "off", "back", "in"})
_WITH_PARTICLE = frozenset({"point", "call", "spell", "speak", "lash", "shoot", "rule"})
_AFTER_ADDRESSEE = frozenset({"THAT", "Q", ":", ",", "S", "TO", "P", "R", "PS", "NP", "D", "."})
_LABELS = frozenset(
    """alert analysis background breaking by check claim comment context correction date editor editorial exclusive exclusives explained
    explainer factbox factcheck fact image listen live more note opinion photo photos pictures poll quiz read related revealed shock
    source sources summary tags timeline update updated updates verdict video warning watch""".split()  # noqa: SIM905 - reads better
)
"""Words that head a line and speak for nobody: "EXCLUSIVE: the mayor knew"."""
_LONGEST_LABEL = 9
MOST_IN_SENTENCE = 24
"""Attributions of one sentence: more are a list or an attack."""


@dataclass(slots=True)
class Find:
    """One attribution as token ranges."""

    cue: Range
    source: Range | None = None
    contents: list[Range] = field(default_factory=list)
    confidence: float = 0.5


@dataclass(slots=True)
class SentenceFinder:
    """Finds the attributions whose cue stands in one sentence of a paragraph."""

    view: View
    first: int
    last: int
    finds: list[Find] = field(default_factory=list)

    def find(self) -> list[Find]:
        """Return the attributions in the order of their cues."""
        label = self._label()
        if label is not None:
            return [label]
        for index in range(self.first, self.last):
            if not self.view.in_speech(index):
                found = self._find_at(index)
                if found is not None and found.contents:
                    self.finds.append(found)
            if len(self.finds) == MOST_IN_SENTENCE:
                break
        return self.finds

    def _find_at(self, index: int) -> Find | None:
        view, tag, word = self.view, self.view.tags[index], self.view.word(index)
        if word == "according" and view.word(index + 1) == "to" and index + 2 < self.last:
            return self._according(index)
        if tag == "N":
            return self._nominal(index) if word in noun_kinds() else None
        kinds = self._kinds(index) if tag in {"V", "VN", "VB", "VG"} else None
        if not kinds and tag == "V" and self._quotes(index):
            kinds = _QUOTE
        if not kinds:
            return None
        return self._participle(index, kinds) if tag == "VG" else self._verb(index, kinds)

    def _kinds(self, index: int) -> frozenset[str]:
        word = self.view.word(index)
        phrasal = phrasal_kinds().get((lemma_of(word), self.view.word(index + 1)))
        return frozenset({phrasal}) if phrasal else kinds_of(word)

    def _quotes(self, index: int) -> bool:
        """Say whether any verb at all brings a quotation: "…," the landlord fumed; she blasted: "…"."""
        view = self.view
        if view.tag(index + 1) in {":", ","} and view.tag(index + 2) == "Q" and index + 2 < self.last:
            return view.in_speech(index + 2)
        source = subject_before(view, index, self.first)
        before = source[0] - 1 if source else index - 1
        return before > self.first and view.in_speech(before) and view.tag(index + 1) in {".", ",", "P", "R", "S"}

    def _label(self) -> Find | None:
        """Read "Jo Bloggs: the plan is dead" at the head of a paragraph, as headlines and transcripts have it."""
        view = self.view
        if (self.first, self.last) != view.sentences[0]:
            return None
        colon = next(
            (i for i in range(self.first + 1, min(self.last, self.first + _LONGEST_LABEL)) if view.tags[i] == ":"), None
        )
        if (
            colon is None
            or colon + 2 >= self.last
            or any(tag not in {"NP", "N", "J", "P", "D", "*", "CC", ","} for tag in view.tags[self.first : colon])
        ):
            return None
        start = self.first
        while start < colon and view.tags[start] == "*":
            start += 1
        if (
            start == colon
            or (view.tags[start] != "NP" and not view.tokens[start].text[0].isupper())
            or view.word(colon - 1) in _LABELS
            or view.word(start) in _LABELS
        ):
            return None
        is_transcript = view.tokens[start].text.isupper()
        if not is_transcript and (not can_speak(view, (start, colon)) or not has_finite(view, colon + 1, self.last)):
            return None
        end = len(view.tokens) if is_transcript else self.last
        return Find((colon, colon + 1), (start, colon), trimmed(view, colon + 1, end), 0.6)

    def _according(self, index: int) -> Find | None:
        view = self.view
        end = phrase_after(view, index + 2, self.last)
        if end == index + 2:
            return None
        end = with_apposition(view, end, self.last)
        find = Find((index, index + 2), (index + 2, end), confidence=0.85)
        before = trimmed(view, left_start(view, index, self.first), index)
        if (
            index <= self.first + 1
            or not before
            or not has_finite(view, *before[0])
            or view.word(before[0][1] - 1) in {"that", "after", "because"}
            or self._frames_what_follows(before[0], end)
        ):
            find.contents = trimmed(view, end, self._sentence_end(end))
        else:
            find.contents = before
            if view.tag(end) in {",", "-"} and end + 2 < self.last and view.tags[end + 1] in {"V", "M", "B", "H", "R", "CC"}:
                find.contents = before + trimmed(view, end, self.last)
        return find

    def _frames_what_follows(self, before: Range, end: int) -> bool:
        """Say whether "…, but in April, according to the minutes, its head …" frames the clause behind it: none is open before it."""
        view = self.view
        joint = next((i for i in range(before[1] - 1, before[0], -1) if view.tags[i] in {"CC", ";"}), None)
        is_framed = joint is not None and not has_finite(view, joint, before[1]) and view.tag(joint + 1) in {"P", "R"}
        return (
            is_framed
            and view.tag(end) == ","
            and end + 1 < self.last
            and view.tag(end + 1) in {"D", "N", "NP", "PS", "J", "CD"}
        )

    def _sentence_end(self, start: int) -> int:
        """Return the end of the sentence, or of a quotation of several sentences that begins in it."""
        quotes = {self.view.quote_of[i] for i in range(start, self.last) if self.view.in_speech(i)}
        return max((self.view.quotes[number][1] for number in quotes), default=self.last) if quotes else self.last

    def _verb(self, cue: int, kinds: frozenset[str]) -> Find | None:
        view = self.view
        start, end = group_start(view, cue, self.first), cue + 1
        if (
            end < self.last
            and view.word(end) in _PARTICLES
            and lemma_of(view.word(cue)) in _WITH_PARTICLE
            and not (kinds & {"push"} and view.word(end) == "on")
        ):
            end += 1
        if view.tags[cue] == "VN" and not any(tag == "H" for tag in view.tags[start:cue]):
            return self._passive((start, end), kinds)
        if view.tags[cue] == "VB" and not has_finite(view, start, cue):
            return None
        may_invert = bool(kinds & _SPEAKING) and ("tell" not in kinds or (start > self.first and view.in_speech(start - 1)))
        inverted = self._inverted(start, end) if may_invert else None
        if inverted is not None:
            return inverted
        source = subject_before(view, start, self.first)
        if source is None and "ask" in kinds:
            return self._passive((start, end), kinds)
        if source is None or is_expletive(view, source):
            return None
        needs_speaker = not kinds & (_SPEAKING | {"show"}) and view.tag(end) not in {"THAT", "Q"}
        if needs_speaker and not can_speak(view, source):
            return None
        find = Find((start, end), source, confidence=0.8)
        if view.word(source[0] - 1) == "as" and source[0] - 1 <= self.first + 1 and view.tag(end) == ",":
            find.contents = trimmed(view, end, self._sentence_end(end))
            return find
        self._fill(find, kinds)
        return find

    def _inverted(self, start: int, end: int) -> Find | None:
        """Read "…," said Jo Bloggs, a former mayor."""
        view = self.view
        if start <= self.first or view.tags[start - 1] not in {",", "Q", "-", "."}:
            return None
        before = left_content(view, start, self.first)
        source = inverted_source(view, end, self.last) if before else None
        if source is None or not (has_finite(view, *before[0]) or view.in_speech(before[0][1] - 1)):
            return None
        return Find((start, end), source, before + after_parenthesis(view, source[1], self.last), 0.9)

    def _passive(self, cue: Range, kinds: frozenset[str]) -> Find | None:
        """Read "It was reported that …", "X is believed to …", "asked whether …", "was accused by Y of …"."""
        view, (start, end) = self.view, cue
        by = None
        if view.word(end) == "by" and end < self.last:
            stop = phrase_after(view, end + 1, self.last)
            by = (end + 1, stop) if stop > end + 1 else None
        if "ask" in kinds and end < self.last:
            at = skip_adjuncts(view, end, self.last) if view.word(end) != "about" else end
            if at < self.last and (view.word(at) in WH or view.word(at) == "about" or is_marked(view, at, self.last)):
                begin = at + 1 if view.word(at) == "about" or view.tags[at] == "," else at
                return Find(cue, by, trimmed(view, begin, self._scene_end(begin)), 0.6)
        subject = subject_before(view, start, self.first)
        if subject is None:
            return None
        if view.tag(end) == "THAT" and is_expletive(view, subject):
            return Find(cue, by, trimmed(view, end, clause_end(view, end, self.last)), 0.6)
        if view.tag(end) == "TO" and kinds & {"think", "say", "show"}:
            return Find(cue, by, [subject, *trimmed(view, end, clause_end(view, end, self.last))], 0.5)
        return None

    def _scene_end(self, begin: int) -> int:
        """Return where "Asked whether …, she said" turns to its main clause."""
        view = self.view
        for i in range(begin + 1, self.last):
            if view.tags[i] == "," and not view.in_speech(i) and view.tag(i + 1) in {"PS", "NP", "D"}:
                end = phrase_after(view, i + 1, self.last)
                if end < self.last and view.tags[end] in FINITE:
                    return i
        return clause_end(view, begin, self.last)

    def _participle(self, cue: int, kinds: frozenset[str]) -> Find | None:
        """Read ", saying that …", "adding: …", "an email stressing …", and "evident from footage showing …"."""
        view = self.view
        evidence = self._evidence(cue)
        if evidence is not None:
            return evidence
        start = group_start(view, cue, self.first)
        source = self._participle_source(start, cue, kinds)
        if source is None:
            return None
        find = Find((start, cue + 1), source, confidence=0.6)
        self._fill(find, kinds, left=False)
        return find

    def _participle_source(self, start: int, cue: int, kinds: frozenset[str]) -> Range | None:
        view = self.view
        if any(view.tags[i] == "B" for i in range(start, cue)):
            source = subject_before(view, start, self.first)
            return None if source is None or is_expletive(view, source) else source
        before = view.tag(start - 1) if start > self.first else ""
        if before in {"N", "NP", "PO"} and kinds & _SPEAKING:
            begin = phrase_before(view, start, self.first)
            if begin is not None and not is_time(view, start - 1) and can_speak(view, (begin, start)):
                return (begin, start)
        if self.finds and before in {",", "CC", "Q", "P"}:
            return self.finds[-1].source
        if before in {",", "CC", "Q"}:
            return sentence_subject(view, self.first, start)
        return None

    def _evidence(self, cue: int) -> Find | None:
        """Read "…, evident from state media showcasing X": the source is the evidence, the content what stands before."""
        view = self.view
        sign = next(
            (
                i
                for i in range(cue - 3, max(self.first, cue - 8), -1)
                if view.word(i) in _SIGNS and view.word(i + 1) in {"from", "in", "by"}
            ),
            None,
        )
        if sign is None:
            return None
        stop = sign
        while stop > self.first and view.tags[stop - 1] in {"R", "S", "B", "H", "PS"}:
            stop -= 1
        start = self.first + (view.word(self.first) == "with")
        return Find((cue, cue + 1), (sign + 2, cue), trimmed(view, start, stop), 0.7)

    def _nominal(self, index: int) -> Find | None:
        """Read "Kim's recent pledge for …", "his claim that …"."""
        view = self.view
        joint = view.word(index + 1)
        if index + 2 >= self.last or joint not in noun_kinds()[view.word(index)]:
            return None
        owner = possessor(view, index, self.first)
        if owner is None:
            return None
        start = index + 1 if joint in {"that", "to"} else index + 2
        end = clause_end(view, start, self.last) if joint == "that" else phrase_end(view, start, self.last)
        return Find((index, index + 1), owner, trimmed(view, start, end), 0.6)

    def _fill(self, find: Find, kinds: frozenset[str], *, left: bool = True) -> None:
        """Give a cue with a subject its content: what follows it, else what stands before the subject."""
        view, end, last = self.view, find.cue[1], self.last
        at = skip_adjuncts(view, end, last)
        if kinds & {"tell", "ask", "push"}:
            at = skip_adjuncts(view, self._skip_addressee(at), last)
        right = right_content(view, at, last, kinds, end)
        if "push" in kinds and right and right[0][0] == end + 1 and view.word(end) in {"for", "on"}:
            find.cue = (find.cue[0], end + 1)
        has_left = left and find.source is not None and bool(kinds & (_SPEAKING | {"think", "show"}))
        before = left_content(view, find.source[0], self.first) if has_left and find.source else []
        marked = is_marked(view, at, last)
        if (
            before
            and not marked
            and (not right or not is_adjunct(view, before[0]))
            and self._is_said_before(before[0], bool(right))
        ):
            find.contents = before + after_parenthesis(view, at, last)
            find.confidence = 0.85
        else:
            find.contents = right
            find.confidence = 0.85 if marked else 0.7 if kinds & {"say", "tell", "think"} else 0.5

    def _is_said_before(self, before: Range, has_right: bool) -> bool:
        """Say whether the words before "X said" are a clause or speech."""
        view = self.view
        is_clause = has_finite(view, *before) and not is_loose_participle(view, before[0])
        return not has_right or is_clause or view.in_speech(before[1] - 1)

    def _skip_addressee(self, at: int) -> int:
        view = self.view
        if at < self.last and view.tags[at] in {"NP", "N", "D", "PO", "J", "PS", "CD"} and view.word(at) not in WH:
            end = phrase_after(view, at, self.last)
            if end < self.last and (view.tags[end] in _AFTER_ADDRESSEE or is_time(view, end)):
                return end
        return at
