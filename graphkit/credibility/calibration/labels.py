"""Labels: claims of which it is known by now whether they hold."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from graphkit.errors import UnreadableInput
from graphkit.rdf.namespaces import GKD

YES, NO = frozenset({"1", "true", "yes", "holds"}), frozenset({"0", "false", "no", "fails"})
MOST_LABELS = 1_000_000


@dataclass(frozen=True, slots=True)
class Label:
    """One claim (local name, "claim-…") and whether it holds."""

    claim: str
    holds: bool


def read_labels(path: Path) -> tuple[Label, ...]:
    """Read a CSV with the columns ``claim`` (name or IRI) and ``holds`` (true or false, yes or no, 1 or 0); others are ignored.

    Raises:
        UnreadableInput: It cannot be read, a column is missing, a value is neither, or one claim has two different labels.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path}: cannot be read ({getattr(error, 'strerror', None) or 'it is not UTF-8'})") from error
    return parse_labels(text, name=str(path))


def parse_labels(text: str, *, name: str = "labels") -> tuple[Label, ...]:
    """Read labels from CSV text; see ``read_labels``.

    Raises:
        UnreadableInput: As ``read_labels``.
    """
    rows = csv.DictReader(io.StringIO(text))
    if not {"claim", "holds"} <= set(rows.fieldnames or ()):
        raise UnreadableInput(f"{name}: no columns 'claim' and 'holds'", hint="the first line is claim,holds")
    found: dict[str, bool] = {}
    for row in rows:
        claim, said = (row["claim"] or "").strip().removeprefix(GKD), (row["holds"] or "").strip().lower()
        if said not in YES | NO or not claim:
            raise UnreadableInput(f"{name}: line {rows.line_num}: {said[:40]!r} says neither yes nor no", hint="true or false")
        if found.setdefault(claim, said in YES) != (said in YES):
            raise UnreadableInput(f"{name}: line {rows.line_num}: {claim[:80]} has two different labels")
        if len(found) > MOST_LABELS:
            raise UnreadableInput(f"{name}: more than {MOST_LABELS} labels")
    return tuple(Label(claim, holds) for claim, holds in sorted(found.items()))
