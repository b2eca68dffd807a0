"""What matching holds of every article at once: its imprint, what tells its story, and the runs of its text."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphkit.matching.accounts import Account
from graphkit.matching.copies import Whence
from graphkit.matching.derivation import Imprint, imprint_of
from graphkit.matching.shingles import shingle
from graphkit.matching.stories import Key, key_of

if TYPE_CHECKING:
    import numpy


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """The traits of one article; ``runs`` are its distinct runs of eight words as 64-bit hashes, sorted.

    ``content`` tells this article's content from any other (a digest), "" where nobody asked for it.
    """

    imprint: Imprint
    key: Key
    runs: "numpy.ndarray[Any, Any]"
    content: str = ""

    @property
    def name(self) -> str:
        """The article's name."""
        return self.imprint.name

    @property
    def whence(self) -> Whence:
        """The article's outlet and day."""
        return self.imprint.outlet, (self.imprint.published or "")[:10] or None


def traits_of(account: Account, content: str = "") -> Traits:
    """Return the traits of an article."""
    texts = (assertion.span.of(account.text) for assertion in account.assertions.values())
    key = key_of(account.name, texts, published=account.published)
    return Traits(imprint_of(account), key, shingle(account.name, account.text).distinct, content)
