"""Names that the role before them tells: "the ferry operator Linden Lines", "the owner of the warehouse, Harbour Storage, …".

A model knows few bodies by their names; a noun that companies bear ("retailer", "airline") tells that the name behind it is a body's.
Nouns that a person may bear too ("owner") leave it to the name's own words, and to what the model took it for.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from graphkit.extraction.actors.names import capital_runs, first_names, titles
from graphkit.extraction.actors.roles import head_word
from graphkit.extraction.attribution.view import Range, View
from graphkit.extraction.protocol import EntityLabel, RawAttribution, RawMention

_CONFIDENCE = 0.8
_LONGEST = 6
_LONGEST_PERSON = 2
_PEOPLE_ENDINGS = ("crats", "icans", "ists", "men", "women")


def bears_bodies(role: str) -> bool:
    """Say whether a noun in lower case can stand for a body that has a name: "operator", "charity", "ministry"."""
    return role in titles("company_role") or role in titles("either_role") or role in titles("organisation")


def names_after_roles(
    views: Sequence[View], attributions: Iterable[RawAttribution], entities: Sequence[RawMention]
) -> tuple[RawMention, ...]:
    """Return the names that stand directly behind a role, and those in apposition to one in the source of an attribution."""
    known = sorted(entities, key=lambda e: (e.begin, e.end))
    found = [name for view in views for name in _behind_roles(view, known)]
    begins = [view.tokens[0].begin for view in views]
    for raw in attributions:
        for span in raw.sources:
            place = bisect_right(begins, span.begin) - 1
            tokens = views[place].tokens_in(span) if place >= 0 else None
            if tokens is not None:
                found += _apposed(views[place], tokens, known)
    return tuple(dict.fromkeys(found))


def with_told_names(text: str, names: Iterable[RawMention], told: Sequence[RawMention]) -> list[RawMention]:
    """Return ``names`` and what roles ``told``: the same wording has the told kind everywhere, and shorter names inside give way."""
    kinds = {text[name.begin : name.end]: name.label for name in told}
    spans = sorted((name.begin, name.end) for name in told)
    kept = []
    for name in names:
        label = kinds.get(text[name.begin : name.end])
        if label is not None:
            kept.append(replace(name, label=label))
        elif not _is_part(name, spans):
            kept.append(name)
    return [*kept, *told]


def _is_part(name: RawMention, spans: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (name.begin, name.end)) - 1
    return any(begin <= name.begin and name.end <= end for begin, end in spans[max(0, place) : place + 2])


def _behind_roles(view: View, known: Sequence[RawMention]) -> Iterator[RawMention]:
    for first, last in capital_runs(view):
        role = view.tokens[first - 1].text if first else ""
        if role in titles("company_role"):
            label: EntityLabel | None = "ORG" if view.word(first) not in first_names() else None
        elif role in titles("either_role"):
            label = _kind_of(view, (first, last), known)
        else:
            continue
        name = _name(view, (first, last), label)
        if name is not None:
            yield name


def _apposed(view: View, source: Range, known: Sequence[RawMention]) -> Iterator[RawMention]:
    """Yield the name of "the owner of the warehouse, Harbour Storage,"."""
    comma = next((i for i in range(*source) if view.tags[i] == ","), None)
    if comma is None or comma == source[0] or view.tags[source[0]] == "NP":
        return
    run = next(capital_runs(view, comma + 1, source[1]), None)
    if run is None or run[0] != comma + 1 or (run[1] < source[1] and view.tags[run[1]] != ","):
        return
    role = head_word(view.words(source[0], comma))
    if role in titles("company_role") or role in titles("organisation"):
        label: EntityLabel | None = "ORG"
    elif role in titles("either_role"):
        label = _kind_of(view, run, known) if run[1] - run[0] > 1 or _is_surname(view, run[0], known) else "ORG"
    else:
        label = "PER" if role in titles("person") and run[1] - run[0] > 1 else None
    name = _name(view, run, label)
    if name is not None:
        yield name


def _is_surname(view: View, index: int, known: Sequence[RawMention]) -> bool:
    """Say whether a single word is the last of some person's full name, or a first name."""
    word = view.tokens[index].text
    return word.lower() in first_names() or any(
        e.label == "PER" and view.text[e.begin : e.end].endswith((" " + word, "-" + word)) for e in known
    )


def _kind_of(view: View, run: Range, known: Sequence[RawMention]) -> EntityLabel:
    """Tell a body from a person by the words of a name, by what the model took it for, and at last by its length."""
    words = [view.word(i) for i in range(*run)]
    if words[0] in first_names():
        return "PER"
    if any(word in titles("organisation") or word in titles("company") for word in words):
        return "ORG"
    begin, end = view.tokens[run[0]].begin, view.tokens[run[1] - 1].end
    first = bisect_left(known, begin, key=lambda e: e.end)
    near = [e.label for e in known[first : first + 4] if e.begin < end and e.end > begin]
    if near:
        return "PER" if near[0] == "PER" else "ORG"
    return "PER" if len(words) == _LONGEST_PERSON else "ORG"


def _name(view: View, run: Range, label: EntityLabel | None) -> RawMention | None:
    words = [view.word(i).rstrip(".") for i in range(*run)]
    is_titled = any(word in titles("person") or word in titles("before_title") for word in words)
    is_people = len(words) == 1 and words[0].endswith(_PEOPLE_ENDINGS)
    if label is None or is_people or len(words) > _LONGEST or (is_titled and label == "ORG"):
        return None
    return RawMention(view.tokens[run[0]].begin, view.tokens[run[1] - 1].end, label, _CONFIDENCE)
