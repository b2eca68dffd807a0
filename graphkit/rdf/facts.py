"""The values of each node's properties, looked up by prefixed name: what reading quads back needs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphkit.errors import ShapeViolation
from graphkit.rdf.namespaces import expand

if TYPE_CHECKING:
    from pyoxigraph import Quad


class Facts:
    """The values of each subject's properties, from all graphs; IRIs and literals as plain strings."""

    def __init__(self, quads: "Iterable[Quad]") -> None:
        found: dict[str, dict[str, dict[str, None]]] = {}
        for quad in quads:
            # a dict for its order and for what several graphs say alike; an RDF 1.2 triple term has no value and is left out
            subject, value = getattr(quad.subject, "value", None), getattr(quad.object, "value", None)
            if subject is not None and value is not None:
                found.setdefault(subject, {}).setdefault(quad.predicate.value, {})[value] = None
        self._found = found

    def all(self, subject: str, prefixed: str) -> list[str]:
        """Return the values of a property, sorted."""
        return sorted(self._found.get(subject, {}).get(expand(prefixed), ()))

    def maybe(self, subject: str, prefixed: str) -> str | None:
        """Return the value of a property, or None where it has none.

        Raises:
            ShapeViolation: It has several.
        """
        values = self.all(subject, prefixed)
        if len(values) > 1:
            raise ShapeViolation(f"{subject} has {len(values)} values of {prefixed}, not one")
        return values[0] if values else None

    def one(self, subject: str, prefixed: str) -> str:
        """Return the one value of a property.

        Raises:
            ShapeViolation: It has none or several.
        """
        value = self.maybe(subject, prefixed)
        if value is None:
            raise ShapeViolation(f"{subject} has no {prefixed}")
        return value

    def having(self, prefixed: str) -> list[str]:
        """Return the subjects that have a property, sorted."""
        return sorted(subject for subject, properties in self._found.items() if expand(prefixed) in properties)

    def having_object(self, prefixed: str, value: str) -> list[str]:
        """Return the subjects that have a property with a value, sorted."""
        wanted = expand(prefixed)
        return sorted(subject for subject, properties in self._found.items() if value in properties.get(wanted, ()))
