"""How a rating set changed from one version to another."""

from collections.abc import Iterable
from dataclasses import dataclass

from graphkit.model import Rating

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A rating that changed: before, and after."""

    before: Rating
    after: Rating

    @property
    def direction(self) -> str:
        """``up`` or ``down`` on the normalised scale, ``other`` where there is none."""
        first, second = self.before.normalised, self.after.normalised
        if first is None or second is None or first == second:
            return "other"
        return "up" if second > first else "down"


@dataclass(frozen=True, slots=True)
class Drift:
    """What was added, removed and changed, each in order of outlet, scope and scale; ``n_same`` ratings say the same."""

    added: tuple[Rating, ...]
    removed: tuple[Rating, ...]
    changed: tuple[Change, ...]
    n_same: int


def diff(old: Iterable[Rating], new: Iterable[Rating]) -> Drift:
    """Compare two versions of a rating set by outlet, scope and scale."""
    before, after = _by_key(old), _by_key(new)
    both = sorted(before.keys() & after.keys())
    changed = tuple(Change(before[key], after[key]) for key in both if before[key].value != after[key].value)
    return Drift(
        tuple(after[key] for key in sorted(after.keys() - before.keys())),
        tuple(before[key] for key in sorted(before.keys() - after.keys())),
        changed,
        len(both) - len(changed),
    )


def _by_key(ratings: Iterable[Rating]) -> dict[Key, Rating]:
    return {(rating.outlet, rating.scope, rating.scale): rating for rating in ratings}
