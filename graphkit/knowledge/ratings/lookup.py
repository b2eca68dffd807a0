"""Which ratings apply to an address: by longest path, then host, then registrable domain."""

from collections.abc import Iterable

from graphkit.knowledge.ratings.rows import is_place, place_of
from graphkit.model import Rating


class RatingIndex:
    """Ratings by outlet, for look-ups of one address at a time."""

    def __init__(self, ratings: Iterable[Rating]) -> None:
        self._by_outlet: dict[str, list[tuple[Rating, str]]] = {}
        for rating in ratings:
            part = site_part(rating.scope) if rating.scope else ""
            self._by_outlet.setdefault(rating.outlet, []).append((rating, part))

    def __len__(self) -> int:
        return len(self._by_outlet)

    def of_outlet(self, domain: str) -> tuple[Rating, ...]:
        """Return every rating of an outlet, those of its parts included."""
        return tuple(rating for rating, _ in self._by_outlet.get(domain, ()))

    def of_address(self, address: str) -> tuple[Rating, ...]:
        """Return the ratings that apply to a host or URL: of each set those of the longest path or host that covers it.

        Topic scopes stay: whether they apply depends on the article.
        """
        place = place_of(address)
        if place is None:
            return ()
        found = [(rating, _reach(part, place[1])) for rating, part in self._by_outlet.get(place[0], ())]
        longest: dict[tuple[str, str], int] = {}
        for rating, reach in found:
            if reach >= 0:
                key = (rating.rating_set, rating.scale)
                longest[key] = max(longest.get(key, 0), reach)
        return tuple(rating for rating, reach in found if reach >= 0 and reach == longest[rating.rating_set, rating.scale])


def site_part(scope: str) -> str:
    """Return the part of the site that a scope names, "" for the whole of it."""
    first = scope.partition("; ")[0]
    return first if is_place(first) else ""


def topic_part(scope: str) -> str:
    """Return the topic that a scope names, "" for all topics."""
    part = site_part(scope)
    return scope.removeprefix(part).removeprefix("; ") if part else scope


def _reach(part: str, address: str) -> int:
    """Return how many code points of ``address`` a part of the site covers, -1 where it does not cover it."""
    if not part or address == part or address.startswith(f"{part}/"):
        return len(part)
    is_host = "/" not in part
    return len(part) if is_host and address.partition("/")[0].endswith(f".{part}") else -1
