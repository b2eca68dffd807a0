"""Where what is said begins: behind "that", "whether" and what a reader of labels took along before them."""

from graphkit.extraction.attribution.view import View
from graphkit.extraction.language.clauses import clause_follows

_COMPLEMENTISERS = frozenset({"that", "whether", "if"})
_RELATIVES = frozenset({"who", "which", "whom"})
_LONGEST_RELATIVE = 16


def behind_complementiser(view: View, begin: int, end: int) -> int:
    """Return where a content of the tokens ``begin`` to ``end`` begins, without its complementiser.

    The "that" of "said that would depend" is a subject and the "if" of "said if it rains, it will close" a condition: both stay.
    """
    begin = _behind_addressee(view, begin, end)
    while begin + 1 < end and view.tags[begin] == "R" and view.tags[begin + 1] == "THAT":
        begin += 1
    if view.word(begin) not in _COMPLEMENTISERS or end - begin < 2 or _is_condition(view, begin, end):
        return begin
    is_subject = view.word(begin) == "that" and view.tags[begin + 1] in {"M", "B", "H", "DO"}
    return begin if is_subject else begin + 1


def _behind_addressee(view: View, begin: int, end: int) -> int:
    """Skip what tells of those who were told: "(told staff) *who had come* that the mill would close"."""
    if view.word(begin) not in _RELATIVES:
        return begin
    for i in range(begin + 2, min(end - 2, begin + _LONGEST_RELATIVE)):
        if view.tags[i] in {",", ";", "Q"}:
            break
        if view.tags[i] == "THAT" and clause_follows(view, i + 1, end):
            return i
    return begin


def _is_condition(view: View, begin: int, end: int) -> bool:
    return view.word(begin) == "if" and any(
        view.tags[i] == "," and clause_follows(view, i + 1, end) for i in range(begin + 3, end - 2)
    )
