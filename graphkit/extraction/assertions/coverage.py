"""Which words of a sentence attributions use up, and which are left to the author."""

from collections.abc import Iterator, Sequence

from graphkit.extraction.assertions.chains import Link
from graphkit.extraction.assertions.openings import behind_complementiser
from graphkit.extraction.attribution.cues import deeds, lemma_of
from graphkit.extraction.attribution.phrases import group_start, has_finite, is_time, phrase_before
from graphkit.extraction.attribution.view import Range, View
from graphkit.extraction.labels.stance import cue_kinds_at
from graphkit.extraction.language.clauses import states_something
from graphkit.extraction.language.lexicon import word_classes
from graphkit.extraction.language.tags import FINITE
from graphkit.model import Span

_EVENT_KINDS = frozenset({"push", "judge", "deny", "plan"})
_MERE_SPEECH = frozenset({"say", "tell", "think", "show", "seem"})
_SAYING_KINDS = frozenset({"push", "say", "tell", "deny", "think", "show", "plan", "doubt"})
SHORTEST_OBJECT = 3
"""Words of an object that can stand for what was said ("confirmed three deaths")."""
_COMPLEMENTS = frozenset({"D", "N", "NP", "J", "CD", "PO"})
_NOMINAL = _COMPLEMENTS | {"POS", "Q", "PS"}
_TOPICAL = frozenset({"on", "about", "over", "against"})
"""Last words of cues that tell what is spoken of rather than what is said of it ("views on the plan")."""
_RELATIVES = frozenset({"who", "which", "whom", "whose", "that"})


def said_pieces(view: View, link: Link) -> list[Range]:
    """Return what an attribution puts forward in this paragraph, sentence by sentence."""
    cue = link.raw.cues[0] if link.raw.cues else None
    pieces = [piece for content in link.raw.contents for piece in content_pieces(view, content)]
    if not link.raw.sources:
        pieces = [_with_passive(view, cue, piece) for piece in pieces]
    pieces = _glued(view, link, pieces)
    said = [piece for piece in pieces if says_something(view, cue, piece) and not _is_shown(view, link, piece)]
    return [piece for piece in said if _stands(view, piece) or not _has_better(view, piece, said)]


def _is_shown(view: View, link: Link, piece: Range) -> bool:
    """Say whether somebody who is no paper shows a thing ("patients have shown no signs of it"): that is a deed, and nothing said."""
    cue = link.raw.cues[0] if link.raw.cues else None
    if cue is None or not link.raw.sources or cue_kinds_at(view, cue) != {"show"} or _stands(view, piece):
        return False
    source = view.tokens_in(link.raw.sources[0])
    classes = word_classes("speakers")
    papers = classes["documents"] | classes["reports"]
    return source is not None and not any(view.word(i) in papers for i in range(*source))


def _stands(view: View, piece: Range) -> bool:
    """Say whether a piece states something by itself or is quoted."""
    return any(view.tags[i] in FINITE or view.tags[i] == "TO" or view.quote_of[i] >= 0 for i in range(*piece))


def _has_better(view: View, piece: Range, said: Sequence[Range]) -> bool:
    """Say whether another piece of the same sentence states what this one is a mere frame of ("In May," he said, "we open")."""
    sentence = view.sentence_of(piece[0])
    return any(sentence[0] <= other[0] < sentence[1] and _stands(view, other) for other in said if other != piece)


def _glued(view: View, link: Link, pieces: Sequence[Range]) -> list[Range]:
    """Put a subject and its verb together again where only who says it stands between them ("The ovens, she said, are cold")."""
    whole: list[Range] = []
    said_by = [tokens for span in (*link.raw.sources, *link.raw.cues) if (tokens := view.tokens_in(span)) is not None]
    for piece in sorted(piece for piece in pieces if view.words(*piece).lower() != "it"):
        before = whole[-1] if whole else None
        if before is not None and _goes_on(view, before, piece, said_by):
            whole[-1] = (before[0], piece[1])
        else:
            whole.append(piece)
    return whole


def _goes_on(view: View, before: Range, piece: Range, said_by: Sequence[Range]) -> bool:
    """Say whether a piece is the predicate of a noun phrase before it in the same sentence, but for those who say it."""
    start = piece[0]
    while start < piece[1] and view.tags[start] in {"R", "NOT"}:
        start += 1
    if start >= piece[1] or view.tags[start] not in FINITE or view.quote_of[start] >= 0 or _stands(view, before):
        return False
    between = [i for i in range(before[1], piece[0]) if view.tokens[i].text[0].isalnum()]
    return (
        view.sentence_of(before[0]) == view.sentence_of(piece[0])
        and bool(between)
        and all(any(first <= i < last for first, last in said_by) for i in between)
    )


def _with_passive(view: View, cue: Span | None, piece: Range) -> Range:
    """Return the whole clause of a passive: "the mill is expected to close", where the words after the cue have no subject."""
    tokens = view.tokens_in(cue) if cue is not None else None
    if tokens is None or tokens[1] != piece[0] or view.tags[piece[0]] != "TO":
        return piece
    start = group_start(view, tokens[1] - 1, view.sentence_of(tokens[0])[0])
    subject = phrase_before(view, start, view.sentence_of(tokens[0])[0])
    return (subject, piece[1]) if subject is not None else piece


def content_pieces(view: View, content: Span) -> Iterator[Range]:
    """Yield a content sentence by sentence, without "that" and signs before it."""
    tokens = view.tokens_in(content)
    if tokens is None:
        return
    for first, last in view.sentences_in(tokens):
        begin, end = max(first, tokens[0]), min(last, tokens[1])
        if begin == tokens[0]:
            begin = behind_complementiser(view, begin, end)
        while begin < end and view.tags[begin] in {",", ":", "-", ".", "*"}:
            begin += 1
        while end > begin and view.tags[end - 1] in {",", ":", ";", "-", ".", "*", "CC"} and view.tokens[end - 1].text != "?":
            end -= 1
        if end == tokens[1]:
            end = _without_loose_preposition(view, begin, _whole_phrase(view, end, last), last)
        begin, end = _without_half_quote(view, begin, end)
        if begin < end and any(view.tokens[i].text[0].isalnum() for i in range(begin, end)):
            yield begin, end


def _without_half_quote(view: View, begin: int, end: int) -> Range:
    """Leave off the quotation mark whose other half stands in another sentence ("“Nobody phoned. Nobody wrote.”")."""
    for at in (begin, end - 1):
        number = view.quote_of[at]
        first, last = view.quotes[number] if number >= 0 else (begin, end)
        if view.tags[at] == "Q" and end - begin > 1 and (first < begin or last > end):
            begin, end = (begin + 1, end) if at == begin else (begin, end - 1)
    while end - begin > 1 and view.tags[end - 1] == ",":
        end -= 1
    return begin, end


def _whole_phrase(view: View, end: int, last: int) -> int:
    """Return the end of the noun phrase in which a content was cut off ("Russia's military" before "efforts")."""
    stop = end
    while stop < last and view.tags[stop - 1] in {"J", "POS", "D", "CD", "N", "P"} and view.tags[stop] == "N":
        stop += 1
    return stop if end and view.tags[end - 1] in {"J", "POS", "D", "CD", "P"} else end


def _without_loose_preposition(view: View, begin: int, end: int, last: int) -> int:
    """Leave off the preposition at which a content was cut off from what belongs to it ("apologised for his part in" | "a raid")."""
    is_cut = end < last and end - begin > 1 and view.tags[end - 1] == "P" and view.tags[end] in _COMPLEMENTS
    return end - 1 if is_cut else end


def says_something(view: View, cue: Span | None, piece: Range) -> bool:
    """Say whether a content puts something forward: a clause, a deed, words quoted, or what a saying verb has for its object.

    The bare object of a judging verb ("endorsed the candidate") does not: there the act of endorsing is the news.
    """
    first, last = piece
    tags = view.tags[first:last]
    if view.tags[first] == "TO" and _is_deed(view, cue):
        return False
    if any(tag in FINITE or tag == "TO" for tag in tags) or any(view.quote_of[i] >= 0 for i in range(first, last)):
        return last - first > 1
    n_words = sum(view.tokens[i].text[0].isalnum() for i in range(first, last))
    if "VG" in tags and n_words > SHORTEST_OBJECT:
        return True
    tokens = view.tokens_in(cue) if cue is not None else None
    if tokens is not None and tokens[1] - tokens[0] > 1 and view.word(tokens[1] - 1) in _TOPICAL:
        return False
    is_noun = tokens is not None and view.tags[tokens[1] - 1] in {"N", "P"} and not has_finite(view, *tokens)
    kinds = cue_kinds_at(view, cue)
    if "deny" in kinds and ("N" in tags or "VG" in tags):
        return True
    return n_words >= SHORTEST_OBJECT and (is_noun or bool(kinds & _SAYING_KINDS))


def _is_deed(view: View, cue: Span | None) -> bool:
    """Say whether a cue decides or refuses: "declined to comment" says nothing."""
    tokens = view.tokens_in(cue) if cue is not None else None
    return tokens is not None and any(lemma_of(view.word(i)) in deeds() for i in range(*tokens))


def split_tail(view: View, piece: Range) -> tuple[Range, Range | None]:
    """Part ", contributing to …" from a reported clause: whether it is still the source's word is not sure."""
    first, last = piece
    depth = 0
    for i in range(first + 3, last - 2):
        depth += (view.tags[i] == "(") - (view.tags[i] == ")")
        if depth or view.quote_of[i] >= 0 or view.tags[i] != "," or view.tags[i + 1] != "VG":
            continue
        if (
            states_something(view, first, i)
            and not any(tag == "," for tag in view.tags[i + 1 : i + 4])
            and _runs_out(view, i + 1, last)
        ):
            return (first, i), (i + 1, last)
    return piece, None


def _runs_out(view: View, begin: int, last: int) -> bool:
    """Say whether the -ing phrase goes on to the end: no comma turns back to the main clause."""
    return view.word(begin) not in {"including", "regarding", "concerning", "following", "according"} and not any(
        view.tags[i] == "," and view.tag(i + 1) not in {"CC", "VG"} for i in range(begin, last)
    )


def taken_ranges(view: View, sentence: Range, links: Sequence[Link]) -> list[Range]:
    """Return the token ranges of a sentence that outermost attributions use up; "Kim's pledge for …" leaves its clause whole."""
    taken: list[Range] = []
    for link in links:
        if link.outer is None and link.raw.contents and not _is_nominal(view, link):
            taken += _ranges(view, sentence, link)
    return taken


def events(view: View, sentence: Range, links: Sequence[Link]) -> Iterator[Range]:
    """Yield the acts of speech that are news themselves: "Jo Bloggs has called for …", not "Jo Bloggs said …"."""
    for link in links:
        cue = link.raw.cues[0] if link.raw.cues else None
        tokens = view.tokens_in(cue) if cue is not None else None
        if link.outer is not None or not link.raw.sources or not link.raw.contents or tokens is None:
            continue
        if not sentence[0] <= tokens[0] < sentence[1]:
            continue
        kinds = cue_kinds_at(view, cue)
        is_news = kinds & _EVENT_KINDS and not kinds & _MERE_SPEECH and not _takes_thing(view, link, tokens, kinds)
        if is_news and states_something(view, *tokens, least=1):
            ranges = _ranges(view, sentence, link)
            yield min(begin for begin, _ in ranges), max(end for _, end in ranges)


def thing_event(view: View, link: Link) -> Range | None:
    """Return the whole of "X disputed the figures": what is worth checking there is not the thing alone."""
    cue = view.tokens_in(link.raw.cues[0]) if link.raw.cues else None
    if cue is None or not link.raw.sources or not _takes_thing(view, link, cue, cue_kinds_at(view, link.raw.cues[0])):
        return None
    ranges = _ranges(view, view.sentence_of(cue[0]), link)
    return min(begin for begin, _ in ranges), max(end for _, end in ranges)


def _takes_thing(view: View, link: Link, cue: Range, kinds: frozenset[str]) -> bool:
    """Say whether a thing is judged or denied ("disputed the figures"): the attributed words tell it already, as no clause could."""
    if not kinds & {"judge", "deny"} or any(view.word(i) in {"for", "on"} for i in (*range(*cue), cue[1])):
        return False
    ranges = (tokens for content in link.raw.contents if (tokens := view.tokens_in(content)) is not None)
    return not any(view.tags[i] in FINITE or view.tags[i] in {"TO", "VG"} for tokens in ranges for i in range(*tokens))


def after_addressee(view: View, run: Range, links: Sequence[Link]) -> Range:
    """Leave off whom a speaker told it, where words behind a cue begin with them ("told | the Daily Example's “Week” programme")."""
    for link in links:
        for cue in link.raw.cues:
            tokens = view.tokens_in(cue)
            if tokens is not None and tokens[1] == run[0] and "tell" in cue_kinds_at(view, cue):
                return next((i for i in range(*run) if view.tags[i] not in _NOMINAL), run[1]), run[1]
    return run


def with_subject(view: View, run: Range, links: Sequence[Link]) -> Range:
    """Give words behind a source their subject back, where they tell what it did before it spoke ("X | resigned on Friday, saying …")."""
    begin = run[0]
    while begin < run[1] and (view.tags[begin] in {"R", "P"} or is_time(view, begin)):
        begin += 1
    if begin >= run[1] or view.tags[begin] not in FINITE:
        return run
    for link in links:
        source = view.tokens_in(link.raw.sources[0]) if link.raw.sources and link.raw.cues else None
        cue = view.tokens_in(link.raw.cues[0]) if link.raw.cues else None
        if source is None or cue is None or view.word(source[1] - 1) in _RELATIVES:
            continue
        if source[1] == run[0] and run[1] <= cue[0]:
            return source[0], run[1]
    return run


def _is_nominal(view: View, link: Link) -> bool:
    cue = link.raw.cues[0] if link.raw.cues else None
    tokens = view.tokens_in(cue) if cue is not None else None
    if cue is None or tokens is None or link.raw.contents[0].begin < cue.begin:
        return False
    return all(view.tags[i] in {"N", "J", "NP", "POS", "P", "D"} for i in range(*tokens))


def _ranges(view: View, sentence: Range, link: Link) -> list[Range]:
    found = [tokens for span in link.raw.spans() if (tokens := view.tokens_in(span)) is not None]
    cut = [(max(begin, sentence[0]), min(end, sentence[1])) for begin, end in found]
    return [(begin, end) for begin, end in cut if begin < end]


def free_runs(sentence: Range, taken: Sequence[Range]) -> Iterator[Range]:
    """Yield the stretches of a sentence that no attribution uses."""
    start = sentence[0]
    for begin, end in sorted(taken):
        if begin > start:
            yield start, begin
        start = max(start, end)
    if start < sentence[1]:
        yield start, sentence[1]
