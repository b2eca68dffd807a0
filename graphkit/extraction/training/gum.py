"""Read the attribution relations of GUM's rhetorical trees as partly labelled texts.

An attributing unit ("he said") has its unit of content as parent; source and cue come from the dependency tree of the former.  Trees
mark attribution inside sentences only and speakers of quotes that run on are left out, so that only the sentences with a
relation, and a named or third-person source, count as labelled.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graphkit.extraction.training.labelled import GoldAttribution, LabelledText, Span

FIRST_AND_SECOND = frozenset(("i", "we", "you", "me", "us", "one"))
CUE_RELATIONS = frozenset(("aux", "aux:pass", "cop", "compound:prt"))
SUBJECTS = frozenset(("nsubj", "nsubj:pass", "csubj"))
HEAD = re.compile(r"head_id=(\d+)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word: characters, number of the sentence, number of its head in the document (0 = none), relation."""

    begin: int
    end: int
    sentence: int
    head: int
    relation: str


@dataclass(slots=True)
class Unit:
    """An elementary unit of the rhetorical tree, its tokens (first, after last; from 1), parent and relation."""

    first: int
    after: int
    parent: int
    relation: str
    head: int
    children: list[int] = field(default_factory=list)


def read_gum(path: Path) -> Iterator[LabelledText]:
    """Yield the one document whose tree is at ``path`` (``rst/NAME.rsd``); its words lie at ``dep/NAME.conllu``."""
    text, tokens = _read_words(path.parent.parent / "dep" / f"{path.stem}.conllu")
    units = _read_units(path)
    if sum(unit.after - unit.first for unit in units.values()) != len(tokens):
        return
    found, scopes = [], []
    for unit in units.values():
        if unit.relation.startswith("attribution") and unit.parent in units:
            attribution = _attribution(text, tokens, units, unit)
            if attribution is not None:
                found.append(attribution)
                scopes.append(_sentence(tokens, tokens[unit.head - 1].sentence))
    outermost = tuple(a for a in found if not any(_inside(a, other) for other in found if other is not a))
    if outermost:
        yield LabelledText(path.stem, text, outermost, complete=tuple(scopes))


def _read_words(path: Path) -> tuple[str, list[Token]]:
    text, tokens, sentence, shift = "", list[Token](), 0, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and text:
            text = text.rstrip(" ") + ("" if text.endswith("\n") else "\n")
        elif line.startswith("# sent_id"):
            sentence, shift = sentence + 1, len(tokens)
        columns = line.split("\t")
        if columns[0].isdigit():
            head = int(columns[6]) + shift if columns[6] not in ("0", "_") else 0
            tokens.append(Token(len(text), len(text) + len(columns[1]), sentence, head, columns[7]))
            text += columns[1] + ("" if "SpaceAfter=No" in columns[9] else " ")
    return text, tokens


def _read_units(path: Path) -> dict[int, Unit]:
    units: dict[int, Unit] = {}
    place = 1
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        after = place + len(columns[1].split())
        head = HEAD.search(columns[5])
        units[int(columns[0])] = Unit(place, after, int(columns[6]), columns[7], int(head.group(1)) if head else place)
        place = after
    for number, unit in units.items():
        if unit.parent in units:
            units[unit.parent].children.append(number)
    return units


def _attribution(text: str, tokens: list[Token], units: dict[int, Unit], unit: Unit) -> GoldAttribution | None:
    inside = range(unit.first, unit.after)
    children: dict[int, list[int]] = defaultdict(list)
    for number in inside:
        children[tokens[number - 1].head].append(number)
    subject = next((n for n in children[unit.head] if tokens[n - 1].relation in SUBJECTS), None)
    if subject is None or unit.head not in inside or text[_slice(tokens[subject - 1])].lower() in FIRST_AND_SECOND:
        return None
    source = _subtree(subject, children)
    cue = [n for n in children[unit.head] if tokens[n - 1].relation in CUE_RELATIONS and n not in source] + [unit.head]
    content = sorted(_content(tokens, units, unit))
    if not content:
        return None
    return GoldAttribution(_runs(text, tokens, source), _runs(text, tokens, cue), _runs(text, tokens, content))


def _slice(token: Token) -> slice:
    return slice(token.begin, token.end)


def _subtree(root: int, children: dict[int, list[int]]) -> list[int]:
    found, waiting = list[int](), [root]
    while waiting:
        number = waiting.pop()
        found.append(number)
        waiting += children[number]
    return found


def _content(tokens: list[Token], units: dict[int, Unit], unit: Unit) -> set[int]:
    """Return the tokens of the parent unit and of all below it in the same sentence, without the attributing unit's own."""
    sentence = tokens[unit.first - 1].sentence
    waiting, found = [unit.parent], set[int]()
    while waiting:
        current = units[waiting.pop()]
        if current is not unit:
            found |= {n for n in range(current.first, current.after) if tokens[n - 1].sentence == sentence}
            waiting += current.children
    return found


def _runs(text: str, tokens: list[Token], numbers: list[int]) -> tuple[Span, ...]:
    """Join neighbouring tokens to spans, without a comma at either end."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        while run and text[_slice(tokens[run[-1] - 1])] in ",.":
            run.pop()
        while run and text[_slice(tokens[run[0] - 1])] == ",":
            run.pop(0)
    return tuple((tokens[run[0] - 1].begin, tokens[run[-1] - 1].end) for run in runs if run)


def _sentence(tokens: list[Token], sentence: int) -> Span:
    inside = [token for token in tokens if token.sentence == sentence]
    return inside[0].begin, inside[-1].end


def _inside(attribution: GoldAttribution, other: GoldAttribution) -> bool:
    return any(begin <= attribution.cue[0][0] and attribution.cue[0][1] <= end for begin, end in other.content)
