"""Names of bodies made whole: "Institute of Volcanology *and Seismology*", "Court of Appeals *for the Harbour Circuit*".

A model ends such names at "and" and "for", where it has seen lists; the words on both sides tell whether they are one name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graphkit.extraction.actors.names import titles
from graphkit.extraction.protocol import RawMention
from graphkit.knowledge.outlets.names import OutletName

_JOINT = re.compile(r"\s(of|for|on)\s(?:the\s)?")
_OF = re.compile(r"\s(?:of|for)\s")
_OUTLET_CONFIDENCE = 0.6
_NAME_BEHIND = re.compile(r"(?:\s[A-Z][a-z]+){1,3}(?![\w’'-])")
_AND_FIELD = re.compile(
    r"\sand\s([A-Z][a-z]{2,}(?:logy|graphy|nomy|ics|ture|ment|tion|sion|ing|ance|ence|ety|ity|try|ery|ship|fare|airs|vices|ces|port|rine|rism))"
    r"(?![\w-])(?!\s[A-Z])"
)


def whole_bodies(text: str, names: Iterable[RawMention]) -> list[RawMention]:
    """Return ``names``, in text order, with those of bodies joined and completed; what a completed name takes in is left out."""
    found: list[RawMention] = []
    for name in sorted(names, key=lambda e: (e.begin, -e.end)):
        last = found[-1] if found else None
        if last is not None and last.label == "ORG" and name.label == "ORG" and _is_one(text, last, name):
            found[-1] = _completed(text, replace(last, end=name.end))
        elif last is None or last.label != "ORG" or name.label != "ORG" or name.end > last.end or name.begin == last.begin:
            found.append(_completed(text, name) if name.label == "ORG" else name)
    return found


def _is_one(text: str, first: RawMention, second: RawMention) -> bool:
    gap = text[first.end : second.begin] if first.end < second.begin else ""
    joint = _JOINT.fullmatch(gap)
    if joint is None:
        return False
    words, following = text[first.begin : first.end].split(), text[second.begin : second.end].split()
    if _OF.split(" ".join(words))[0].split()[-1].lower() in titles("organisation"):
        return True
    return joint[1] == "for" and len(words) == 1 and not words[0].isupper() and following[-1].lower() in titles("organisation")


def _completed(text: str, name: RawMention) -> RawMention:
    """Return "Ministry of Trade" with the second field of what it is for: "… *and Industry*"."""
    head, *rest = _OF.split(text[name.begin : name.end], maxsplit=1)
    field = _AND_FIELD.match(text, name.end) if rest and head.split()[-1].lower() in titles("organisation") else None
    return replace(name, end=field.end()) if field is not None and field[1].lower() not in titles("organisation") else name


def named_after(text: str, name: RawMention) -> RawMention | None:
    """Return a person's name unless it is the first part of another name: the body's that is called after the person, or none.

    "Jo Bloggs *Foundation*" is a body, "Jo Bloggs *Bridge*" a place.
    """
    rest = _NAME_BEHIND.match(text, name.end) if name.label == "PER" else None
    if rest is None:
        return name
    head = rest.group().split()[-1].lower()
    if head in titles("organisation"):
        return replace(name, end=rest.end(), label="ORG")
    return None if head in titles("place_head") or head in titles("no_body") else name


def outlet_bodies(text: str, outlets: Iterable[OutletName]) -> Iterator[RawMention]:
    """Yield the outlets that a text surely names, as the bodies they are: no words of their own ("Time"), no prizes and programmes."""
    for name in outlets:
        before = text[max(0, name.begin - 4) : name.begin]
        is_thing = (" " not in name.text and before.endswith(" the ")) or (name.kind == "platform" and before.endswith(" on "))
        is_sure = not (name.is_ambiguous or name.is_word or name.kind == "organisation")
        if is_sure and text[name.begin].isupper() and (not is_thing or name.text.isupper()):
            yield RawMention(name.begin, name.end, "ORG", _OUTLET_CONFIDENCE)
