"""What a cue does to its content: a denial turns it round, a doubt or a question leaves it open."""

from graphkit.extraction.attribution.cues import kinds_of, lemma_of, phrasal_kinds
from graphkit.extraction.attribution.view import View
from graphkit.model import Certainty, ClaimType, Polarity, Span

_DENIALS = frozenset({"denial", "denials", "rejection", "dismissal"})
_NEGATIONS = frozenset({"not", "never", "no"})
_NOBODY = frozenset({"neither", "no", "none", "nobody"})
_OPEN = frozenset({"whether", "if"})


def cue_kinds_at(view: View, cue: Span | None) -> frozenset[str]:
    """Return the kinds of the words of a cue."""
    tokens = view.tokens_in(cue) if cue is not None else None
    if tokens is None:
        return frozenset()
    phrasal = {phrasal_kinds().get((lemma_of(view.word(i)), view.word(i + 1))) for i in range(*tokens)} - {None}
    return frozenset().union(*(kinds_of(view.word(i)) for i in range(*tokens)), (kind for kind in phrasal if kind))


def polarity_of(view: View, cue: Span | None, source: Span | None = None) -> Polarity:
    """Return negative where the source denies the content, or says that it does not hold it.

    "Neither the ministry nor the police confirmed …" and "No official has said …" negate as "has not confirmed" does.
    """
    tokens = view.tokens_in(cue) if cue is not None else None
    if tokens is None:
        return "positive"
    words = [view.word(i) for i in range(*tokens)]
    kinds = cue_kinds_at(view, cue)
    denies = ("deny" in kinds and "plan" not in kinds) or any(word in _DENIALS for word in words)
    is_nobody = source is not None and _opens_with_nobody(view, source)
    is_negated = is_nobody or any(word in _NEGATIONS or word.endswith("n't") for word in words)
    negated = is_negated and bool(kinds & ({"think", "show", "say", "tell"} if is_nobody else {"think", "show"}))
    return "negative" if denies != negated else "positive"


def _opens_with_nobody(view: View, source: Span) -> bool:
    tokens = view.tokens_in(source)
    return tokens is not None and view.word(tokens[0]) in _NOBODY


def stated_certainty(
    view: View, cue: Span | None, content: tuple[int, int], certainty: Certainty, *, has_source: bool
) -> Certainty:
    """Return the certainty of a content: open where it is doubted or asked, or where nobody vouches for it."""
    if certainty != "certain":
        return certainty
    kinds = cue_kinds_at(view, cue)
    is_question = view.tokens[min(content[1], len(view.tokens)) - 1].text == "?" or (
        view.tag(content[1]) == "." and _question_inside(view, content)
    )
    if is_question or "doubt" in kinds or ("ask" in kinds and "say" not in kinds) or view.word(content[0] - 1) in _OPEN:
        return "underspecified"
    return "certain" if has_source else "underspecified"


def _question_inside(view: View, content: tuple[int, int]) -> bool:
    return any(view.tokens[i].text == "?" for i in range(max(content[0], content[1] - 2), content[1]))


def demanded_type(view: View, cue: Span | None, claim_type: ClaimType) -> ClaimType:
    """Return normative for what is called for, urged or demanded."""
    tokens = view.tokens_in(cue) if cue is not None else None
    if tokens is None:
        return claim_type
    words = {view.word(i) for i in range(*tokens)}
    kinds = cue_kinds_at(view, cue)
    demands = "push" in kinds and not kinds & {"say", "tell"} and (not kinds & {"judge"} or bool(words & {"for", "on"}))
    return "normative" if demands and claim_type in {"factual", "interpretive", "predictive"} else claim_type
