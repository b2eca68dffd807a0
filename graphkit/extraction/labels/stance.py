"""What a cue does to its content: a denial turns it round, a doubt or a question leaves it open."""

from graphkit.extraction.attribution.cues import kinds_of, lemma_of, phrasal_kinds
from graphkit.extraction.attribution.view import View
from graphkit.model import Certainty, ClaimType, Polarity, Span

_DENIALS = frozenset({"denial", "denials", "rejection", "dismissal"})
_NEGATIONS = frozenset({"not", "never", "no"})
_NOBODY = frozenset({"neither", "no", "none", "nobody"})
_BELIEFS = frozenset({"believe", "think", "expect", "suppose", "imagine", "accept", "agree", "feel"})
"""To negate one of these is to hold the opposite; not to know, see or remember something is not."""
_OPEN = frozenset({"whether", "if"})


def cue_kinds_at(view: View, cue: Span | None) -> frozenset[str]:
    """Return the kinds of the words of a cue."""
    tokens = view.tokens_in(cue) if cue is not None else None
    if tokens is None:
        return frozenset()
    phrasal = {phrasal_kinds().get((lemma_of(view.word(i)), view.word(i + 1))) for i in range(*tokens)} - {None}
    return frozenset().union(*(kinds_of(view.word(i)) for i in range(*tokens)), (kind for kind in phrasal if kind))


def polarity_of(view: View, cue: Span | None, source: Span | None = None) -> Polarity:
    """Return negative where the source denies the content, or does not believe it.

    "Nobody believes …" and "neither the ministry nor the police believe …" negate as "does not believe" does.  Neither "has not
    confirmed" nor "did not deny" is a denial: both leave the content open (``stated_certainty``).
    """
    tokens = view.tokens_in(cue) if cue is not None else None
    if tokens is None:
        return "positive"
    kinds = cue_kinds_at(view, cue)
    denies = ("deny" in kinds and "plan" not in kinds) or any(view.word(i) in _DENIALS for i in range(*tokens))
    is_held = any(lemma_of(view.word(i)) in _BELIEFS for i in range(*tokens))
    return "negative" if (is_held if _is_negated(view, tokens, source) else denies) else "positive"


def stated_certainty(
    view: View, cue: Span | None, content: tuple[int, int], certainty: Certainty, source: Span | None
) -> Certainty:
    """Return the certainty of a content: open where it is doubted, asked or not confirmed, or where nobody vouches for it."""
    if certainty != "certain":
        return certainty
    kinds = cue_kinds_at(view, cue)
    tokens = view.tokens_in(cue) if cue is not None else None
    is_question = view.tokens[min(content[1], len(view.tokens)) - 1].text == "?" or (
        view.tag(content[1]) == "." and _question_inside(view, content)
    )
    if is_question or "doubt" in kinds or ("ask" in kinds and "say" not in kinds) or view.word(content[0] - 1) in _OPEN:
        return "underspecified"
    is_open = tokens is not None and _is_negated(view, tokens, source) and polarity_of(view, cue, source) == "positive"
    # a quotation without a cue was said flatly by somebody, though nobody tells by whom
    return "underspecified" if is_open or (source is None and cue is not None) else "certain"


def _is_negated(view: View, cue: tuple[int, int], source: Span | None) -> bool:
    """Say whether a cue is negated, by its own words or by a source that is nobody ("no official", "neither … nor …")."""
    who = view.tokens_in(source) if source is not None else None
    is_nobody = who is not None and view.word(who[0]) in _NOBODY
    return is_nobody or any(view.word(i) in _NEGATIONS or view.word(i).endswith("n't") for i in range(*cue))


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
