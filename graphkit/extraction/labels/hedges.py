"""Hedges: words that leave an assertion possible, probable, or resting on nobody in particular.

Certainty follows GRaSP: ``possible`` (may, could), ``probable`` (likely, expected), ``underspecified`` (allegedly, reportedly),
else ``certain``.  Where several stand together the weakest wins: possible, then underspecified, then probable.
"""

from dataclasses import dataclass
from functools import cache

from graphkit.extraction.attribution.view import View
from graphkit.extraction.labels.tense import is_inability
from graphkit.extraction.language.lexicon import word_classes
from graphkit.model import Certainty, Span

_WEAKEST: tuple[Certainty, ...] = ("possible", "underspecified", "probable")
_SEEM = frozenset(["appears", "appear", "appeared", "seems", "seem", "seemed"])
_PASSIVE = frozenset(
    [
        "expected",
        "believed",
        "feared",
        "assumed",
        "presumed",
        "understood",
        "thought",
        "considered",
        "supposed",
        "reported",
        "said",
        "anticipated",
        "forecast",
        "forecasted",
        "projected",
        "predicted",
        "tipped",
        "estimated",
    ]
)
_FORESEEN = frozenset(["expected", "anticipated", "forecast", "forecasted", "projected", "predicted", "tipped"])
_HELD = frozenset(["believed", "thought", "understood", "presumed", "assumed", "feared", "estimated", "said", "reported"])
"""Verbs that take no infinitive in the active: "a gun *believed* to be his" leaves it open who believes so."""
_NOUNS = frozenset({"fears", "rumours", "rumors", "speculation", "suspicions", "suspicion"})
_ODDS = frozenset({"good", "strong", "slim", "fair", "high", "real", "small", "slight", "outside", "decent", "every", "little"})
_NEARLY = frozenset({"almost", "nearly", "virtually", "all-but", "fairly", "reasonably"})
_SENSES = frozenset(
    ["see", "hear", "feel", "smell", "taste", "remember", "recall", "afford", "believe", "bear", "stand", "tell", "understand"]
)
"""What one "could" do when one did it: "she could hear them"."""
_AIMS = frozenset({"before", "until", "till", "so", "if", "wherever", "whatever", "than"})
"""Behind one of these and a subject, "could" tells of means and no guess: "before rescuers *could* reach him"."""
_THERE = frozenset({"with", "is", "'s", "was", "are", "were", "be", "remains", "remained"})
"""Before a possibility that is put forward, and not one that is thought about."""
_LONGEST_SUBJECT = 4
_SEEM_FOLLOW = frozenset({"TO", "THAT", "J", "VN", "S"})


@dataclass(frozen=True, slots=True)
class Hedge:
    """One hedge: its span and the certainty it leaves."""

    span: Span
    certainty: Certainty


@cache
def _words() -> dict[str, Certainty]:
    classes = word_classes("hedges")
    return {word: certainty for certainty in _WEAKEST for word in classes[certainty]}


def find_hedges(view: View, first: int, last: int) -> list[Hedge]:
    """Return the hedges among the tokens ``first`` to ``last``."""
    words = _words()
    return [
        Hedge(Span(view.tokens[i].begin, view.tokens[i].end), words[view.tokens[i].lower])
        for i in range(first, last)
        if view.tokens[i].lower in words and _is_hedge(view, i)
    ]


def _is_hedge(view: View, index: int) -> bool:
    word, tags, tokens = view.tokens[index].lower, view.tags, view.tokens
    before = tokens[index - 1].lower if index else ""
    following = tags[index + 1] if index + 1 < len(tags) else "."
    if word in {"may", "might", "could"}:
        return tags[index] == "M" and not (is_inability(view, index) or (word == "could" and _is_ability(view, index)))
    if word == "apparent":
        return following in {"N", "J"}
    if word.startswith("seem"):
        return tags[index] != "N"
    if word == "potential":
        return following in {"N", "J", "NP", "VN", "VG", "TO", "Q"}
    if word in _SEEM:
        is_state = following == "V" and view.word(index + 1).endswith("ed")
        return (
            is_state
            or following in _SEEM_FOLLOW
            or (following == "R" and index + 2 < len(tags) and tags[index + 2] in _SEEM_FOLLOW)
        )
    if word in _PASSIVE:
        return _is_passive_hedge(view, index, following)
    if word == "suspected":
        return tags[index] != "V" or view.word(index + 1) == "of" or "B" in tags[max(0, index - 2) : index]
    if word == "possible":
        return _is_guess(view, index, before, following)
    if word == "chance":
        return before in _ODDS
    if word == "chances":
        return view.word(index + 1) == "are"
    if word in {"certain", "certainly"}:
        return before in _NEARLY or (before == "but" and view.word(index - 2) == "all")
    if word in {"look", "looks", "looked"}:
        if before == "it" and view.word(index + 1) in {"like", "as"}:
            return True
        return view.word(index + 1) in {"set", "likely", "poised", "certain", "unlikely"} and view.word(index + 2) == "to"
    if word == "clear":
        return "NOT" in tags[max(0, index - 2) : index] and view.word(index + 1) in {
            "if",
            "whether",
            "how",
            "what",
            "who",
            "why",
        }
    if word in {"likelihood", "probability", "possibility"}:
        near = {before, view.word(index - 2), view.word(index - 3)}
        return before == "all" or ((view.word(index + 1) == "of" or following == "THAT") and bool(near & _THERE))
    if word in {"rule", "ruled"}:
        return view.word(index + 1) == "out" and any(
            w in {"not", "cannot"} or w.endswith("n't") for w in _words_before(view, index)
        )
    if word in _NOUNS:
        return following == "THAT"
    return True


def _words_before(view: View, index: int) -> list[str]:
    """Return the three words before a token."""
    return [view.word(i) for i in range(index - 3, index)]


def _is_guess(view: View, index: int, before: str, following: str) -> bool:
    """Tell "a possible leak" from "as soon as possible", "the best result possible" and "made it possible"."""
    if before in {"as", "best", "where", "if", "not", "everything", "whenever", "wherever", "soon", "made", "makes", "make"}:
        return False
    if following == "TO" or (before == "it" and view.word(index - 2) in {"made", "makes", "make", "making"}):
        return False
    near = [view.word(i) for i in range(index - 4, index)]
    is_superlative = any(
        (w.endswith("est") and len(w) > 4) or w in {"best", "most", "every", "any", "all", "worst"} for w in near
    )
    return not (is_superlative and view.tag(index - 1) == "N")


def _is_ability(view: View, index: int) -> bool:
    """Say whether "could" tells what somebody was able to do: before they could, so that it could, she could hear."""
    first, _ = view.sentence_of(index)
    start = max(first, index - _LONGEST_SUBJECT)
    for i in range(start, index):
        is_aim = view.word(i) in _AIMS and view.tags[i] in {"S", "P", "R", "CC"}
        if is_aim and (view.word(i) != "so" or view.tags[i + 1] in {"THAT", "PS", "D", "N", "NP"}):
            return True
    ahead = index + 1
    if view.word(ahead) in {"barely", "hardly", "scarcely"} or (view.word(ahead) == "only" and view.tag(index - 1) == "PS"):
        return True
    while view.tag(ahead) == "R":
        ahead += 1
    if view.tag(ahead) not in {"VB", "B", "H", "DO", "NOT", "N", "V", "VN", "NP"}:
        return True
    if view.word(ahead) == "be" and view.word(ahead + 1) in {"seen", "heard", "felt", "smelt", "smelled"}:
        return view.word(ahead + 2) not in {"as", "to"}
    return view.word(ahead) in _SENSES and view.tag(index - 1) == "PS"


def _is_passive_hedge(view: View, index: int, following: str) -> bool:
    """Accept "is expected to", "it is believed that", "reported sightings", "the expected result" but not "higher than expected"."""
    near = view.tags[max(0, index - 3) : index]
    if view.word(index - 1) in {"than", "as"}:
        return False
    word = view.tokens[index].lower
    if word in {"reported", "said"} and "B" in near:
        return following == "TO"
    if "B" in near and "it" in _words_before(view, index):
        return following in {"TO", "THAT", "PS", "D", "NP", "N", "J"} or (following == "P" and word in _FORESEEN)
    if _is_reduced(view, index, following):
        return True
    if word == "said":
        return False
    if word == "reported":
        return following == "N" and bool(near) and near[-1] in {"D", "J", "CD", "P", "CC"}
    if "B" in near and word in _FORESEEN:
        return view.word(index + 1) != "by" or "TO" in view.tags[index + 2 : index + 7]
    if "B" in near:
        return following in {"TO", "THAT"} or (word in {"feared", "believed", "presumed"} and following != "P")
    return (
        following in {"N", "J"}
        and bool(near)
        and near[-1] in {"D", "POS"}
        and word in {"expected", "feared", "presumed", "supposed", "projected", "predicted", "anticipated"}
    )


def _is_reduced(view: View, index: int, following: str) -> bool:
    """Say whether a participle without "be" hedges what is to be: "a gun believed to be his", "with rain expected to fall"."""
    word, before = view.word(index), view.tag(index - 1)
    if following != "TO" or before not in {"N", "NP", ",", "CD", ")", "R", "VN", "CC"}:
        return False
    if word in _HELD:
        return before != "R" or view.word(index - 1) not in {"never", "not"}
    if word not in _FORESEEN:
        return False
    first, last = view.sentence_of(index)
    subject = range(max(first, index - 2 * _LONGEST_SUBJECT), index)
    if before == "," or any(view.word(i) == "with" for i in subject):
        return True
    behind = range(index + 3, min(last, index + 16))
    return any(view.tags[i] in {"M", "B", "H"} and view.tags[i - 1] not in {"TO", "M", "H"} for i in behind) and not any(
        view.tags[i] in {"S", "CC", ",", "THAT"} or view.word(i) in {"who", "which"} for i in range(index + 1, behind.stop)
    )


def certainty_of(hedges: list[Hedge]) -> Certainty:
    """Return the certainty that hedges leave together."""
    found = {hedge.certainty for hedge in hedges}
    return next((certainty for certainty in _WEAKEST if certainty in found), "certain")
