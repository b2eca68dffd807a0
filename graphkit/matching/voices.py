"""Which ends of the walks back are one: one speaker under several names, one agency and whom it quotes, one text of several outlets.

Each rule takes the ends of every article that carries a claim and gives them anew; what it joins it reads in the texts.  Two who say
the same and of whom nothing tells that they are one stay two.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from graphkit.matching.accounts import Account
from graphkit.matching.shingles import RUN
from graphkit.matching.walking import UNKNOWN, End, Walk, own_voice, speakers_of
from graphkit.matching.words import STOP_WORDS, stem, words_of

Ends = dict[str, frozenset[End]]
TOLD_BY: Final = 2
"""From so many articles on that name one source of a claim, it is taken for theirs where another article tells it and names them."""
_SHORTEST: Final = 5
"""A sentence of fewer words than this is no text of its own: "Nobody was hurt." is written twice by chance."""
_CUE: Final = (
    r"(?:said|says|say|saying|told|tells|announced|announces|stated|states|reported|reports|confirmed|confirms|wrote|added|"
    r"according to|citing|cited|quoting|quoted)"
)
_ANNOUNCED = re.compile(
    r"\b(?:made|makes|making) (?:the|this|that) announcement\b|\b(?:the|this) announcement (?:was made|came)\b"
    r"|\b(?:this|it|that) (?:was|has been) (?:announced|stated|reported|confirmed)\b|\bannounced (?:this|it|the (?:decision|news|move))\b",
    re.IGNORECASE,
)
_TITLE: Final = 5
"""In how many words before a name its bearer is described."""
_NEAR: Final = 1_000
"""How far to either side a sentence is looked for, in characters: a text without full stops has none longer than that."""
_ENDING = re.compile(r"[.!?][\"'”’)]*\s+|\n+")
_SAME_SENTENCE = re.compile(r"[.!?;:,\n]")
_POSSESSIVE = re.compile(r"^.*['’]s?\s")
_CAPITAL = re.compile(r"\b[A-Z]")


def joined_ends(walk: Walk, one_text: Collection[frozenset[str]] = ()) -> Ends:
    """Return the ends of each article that carries the claim, those that are one under one name; none for a closed circle.

    Args:
        walk: The walks of the claim.
        one_text: Pairs of articles of which one is a copy of the other, though nothing tells which.
    """
    ends = {name: walk.ends(name) for name in walk.carrying}
    ends = _under_one_name(ends)
    ends = _as_agencies_tell(ends, walk)
    ends = _roles_named(ends, walk)
    ends = _of_one_person(ends, walk)
    ends = _named_beside(ends, walk)
    return _of_one_text(ends, walk, one_text)


def _replaced(ends: Ends, instead: Mapping[End, frozenset[End]]) -> Ends:
    return {name: frozenset(new for end in found for new in instead.get(end, frozenset({end}))) for name, found in ends.items()}


def _given(ends: Ends, given: Ends, walk: Walk) -> Ends:
    """Return the ends with those given to some articles; who only has it from such an article is led where that is led."""
    instead = {end: given[name] for name in sorted(given) for end in ends[name] if end.kind in {"anonymous", "article"}}
    carried = {
        name: frozenset(
            new for end in found for new in (instead.get(end, {end}) if not _is_own(end, walk.accounts[name]) else {end})
        )
        for name, found in ends.items()
    }
    return carried | given


def _is_own(end: End, account: Account) -> bool:
    return end == own_voice(account) or (end.kind == "anonymous" and end in speakers_of(account, account.assertions))


def _speakers(ends: Ends) -> list[End]:
    return sorted({end for found in ends.values() for end in found if end.kind == "speaker"})


def _under_one_name(ends: Ends) -> Ends:
    """Join a speaker's shorter names to the one longer name they may stand for: a last name, initials, a name without its country."""
    speakers = _speakers(ends)
    instead = {}
    for short in speakers:
        longer = [one for one in speakers if one != short and _may_stand_for(short, one)]
        if len(longer) == 1:
            instead[short] = frozenset(longer)
    # what stands for a name that itself stands for a longer one would be left half way
    return _replaced(_replaced(ends, instead), instead)


def _may_stand_for(short: End, long: End) -> bool:
    """Say whether one name may be short for another, or is the other in other letters (of two such the first is the long one)."""
    if short.is_person != long.is_person:
        return False
    some, all_of_them = words_of(short.label.replace(".", "")), words_of(long.label.replace(".", ""))
    if not some or some == all_of_them:
        return bool(some) and short > long
    if short.is_person:
        return len(some) == 1 < len(all_of_them) and some[0] == all_of_them[-1]
    initials = "".join(_CAPITAL.findall(long.label.replace(".", "")))
    is_initials = len(some) == 1 and len(some[0]) > 2 and some[0].upper() == initials
    return is_initials or (1 < len(some) < len(all_of_them) and all_of_them[-len(some) :] == some)


def _as_agencies_tell(ends: Ends, walk: Walk) -> Ends:
    """Follow an agency or outlet that is credited to the speakers whom its text names where another article runs it."""
    quoted: dict[str, set[End]] = defaultdict(set)
    for name, found in ends.items():
        for edge in walk.edges[name]:
            if edge.kind == "credit":
                quoted[edge.giver].update(end for end in found if end.kind == "speaker")
    instead = {
        end: frozenset(quoted[end.name])
        for found in ends.values()
        for end in found
        if end.kind == "outlet" and quoted.get(end.name)
    }
    return _replaced(ends, instead)


def _roles_named(ends: Ends, walk: Walk) -> Ends:
    """Take an unnamed source for the one named speaker of others that it describes.

    "The country's geological survey" is the body of that name; "Russian officials" are the person whom an article of the claim calls a
    Russian official.  A bare "officials" is nobody in particular.
    """
    voices = [end for end in _speakers(ends) if not end.is_person]
    voices += [end for end in _often(ends) if end.is_person]
    names = {end: [{*_content(end.label)}] if not end.is_person else list(_descriptions(end, walk)) for end in voices}
    instead = {}
    for end in {one for found in ends.values() for one in found if one.kind == "anonymous"}:
        words = _content(_POSSESSIVE.sub("", end.called))
        fitting = [
            voice
            for voice in voices
            if (len(words) > 1 if voice.is_person else words[-1:] == _content(voice.label)[-1:] != [])
            and any({*words} <= name for name in names[voice])
        ]
        if len(fitting) == 1:
            instead[end] = frozenset(fitting)
    return _replaced(ends, instead)


def _often(ends: Ends) -> list[End]:
    """Return the named speakers on whose word two or more articles carry the claim, sorted."""
    counts = Counter(end for found in ends.values() for end in found if end.kind == "speaker")
    return sorted(end for end, count in counts.items() if count >= TOLD_BY)


def _descriptions(person: End, walk: Walk) -> Iterator[set[str]]:
    """Yield the words right before a person's name, wherever the articles of the claim name them."""
    named = re.compile(rf"\b{re.escape(person.label)}\b")
    for name in walk.carrying:
        text = walk.accounts[name].text
        for match in named.finditer(text):
            before = _SAME_SENTENCE.split(text[max(0, match.start() - _NEAR) : match.start()])[-1]
            yield {*_content(" ".join(before.split()[-_TITLE:]))}


def _content(text: str) -> list[str]:
    return [stem(word) for word in words_of(text) if word not in STOP_WORDS]


def _of_one_person(ends: Ends, walk: Walk) -> Ends:
    """Take the one person on whose word two or more articles carry the claim for the source of those that quote them elsewhere.

    "A top official", an agency, another outlet or nobody named is then how an article tells of whom others name.
    """
    several = [end for end in _often(ends) if end.is_person]
    if len(several) != 1:
        return ends
    voice = several[0]
    given = {
        name: frozenset(end if end.is_person else voice for end in found)
        for name, found in ends.items()
        if _quotes(walk.accounts[name], voice)
    }
    return _given(ends, given, walk)


def _quotes(account: Account, voice: End) -> bool:
    return any(end.name == voice.name or _may_stand_for(end, voice) for end in speakers_of(account, account.assertions))


def _named_beside(ends: Ends, walk: Walk) -> Ends:
    """Give what an article tells to the speaker of others whom it names as saying so: in the very sentence, or as who announced it."""
    voices = _often(ends)
    given: Ends = {}
    for name, found in ends.items():
        if not found or any(end.kind == "speaker" for end in found):
            continue
        account = walk.accounts[name]
        is_silent = {end.kind for end in found} == {"article"}
        named = {
            voice
            for one in walk.carrying[name]
            for before, sentence, behind in [_sentences(account, one)]
            for voice in voices
            if (is_silent and _is_cited(voice, sentence))
            or any(_announced(voice, beside) for beside in (before, sentence, behind))
        }
        if len(named) == 1:
            given[name] = frozenset(named)
    return _given(ends, given, walk)


def _sentences(account: Account, assertion: str) -> tuple[str, str, str]:
    """Return the sentence or sentences that an assertion stands in, and the ones before and behind."""
    span = account.assertions[assertion].span
    first = max(0, span.begin - _NEAR)
    text, begin, end = account.text[first : span.end + _NEAR], span.begin - first, span.end - first
    ends = [match.end() for match in _ENDING.finditer(text)]
    left = [0, 0, *(one for one in ends if one <= begin)]
    right = [*(one for one in ends if one >= end), len(text), len(text)]
    return text[left[-2] : left[-1]], text[left[-1] : right[0]], text[right[0] : right[1]]


def _named(voice: End) -> str:
    """Return a pattern of a speaker's name: a person's last name is enough."""
    last = voice.label.split()[-1:] if voice.is_person else []
    return rf"\b{re.escape(''.join(last) or voice.label)}\b"


def _is_cited(voice: End, sentence: str) -> bool:
    named = _named(voice)
    return re.search(rf"{named}\W+(?:\w+\W+){{0,2}}?{_CUE}\b|\b{_CUE}\W+(?:\w+\W+){{0,3}}?{named}", sentence) is not None


def _announced(voice: End, sentence: str) -> bool:
    """Say whether a sentence tells who announced what stands beside it ("She made the announcement on Monday")."""
    return _ANNOUNCED.search(sentence) is not None and re.search(_named(voice), sentence) is not None


def _of_one_text(ends: Ends, walk: Walk, one_text: Collection[frozenset[str]]) -> Ends:
    """Join articles that tell the claim in one text: to the speakers whom one of them names, or else to the first of them.

    One text are two articles of which one is a copy, and two that share a run of eight words where they tell the claim, or the whole
    of a shorter sentence.
    """
    given: Ends = {}
    for group in _groups(walk, one_text):
        named = frozenset(end for name in group for end in ends[name] if end.kind == "speaker")
        silent = [name for name in group if ends[name] and {end.kind for end in ends[name]} == {"article"}]
        if named:
            given |= dict.fromkeys(silent, named)
        elif len(silent) > 1:
            first = min(silent, key=lambda name: (walk.accounts[name].published or UNKNOWN, name))
            given |= dict.fromkeys(silent, ends[first])
    return _given(ends, given, walk)


def _groups(walk: Walk, one_text: Collection[frozenset[str]]) -> Iterator[list[str]]:
    """Yield the articles that carry the claim in one text, sorted, where there are several."""
    home = {name: {name} for name in walk.carrying}
    first: dict[tuple[str, ...], str] = {}
    pairs = [tuple(pair) for pair in one_text if pair <= home.keys() and len(pair) > 1]
    for name in walk.carrying:
        runs = sorted(_runs(walk.accounts[name], walk.carrying[name]))
        pairs.extend((first.setdefault(run, name), name) for run in runs)
    for one, two in pairs:
        if home[one] is not home[two]:
            home[one] |= home[two]
            home.update(dict.fromkeys(home[two], home[one]))
    groups = {id(group): group for group in home.values() if len(group) > 1}
    yield from sorted(sorted(group) for group in groups.values())


def _runs(account: Account, names: Iterable[str]) -> set[tuple[str, ...]]:
    found = set()
    for name in names:
        words = words_of(account.assertions[name].span.of(account.text))
        if len(words) >= _SHORTEST:
            found |= {tuple(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1))}
    return found
