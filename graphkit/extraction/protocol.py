"""What an extractor must offer, and the raw finds it hands over.

An extractor reads a text and says where someone is quoted or credited (attributions) and where someone is named (entities).  It
labels nothing else: voice, hedges, numbers, actors and coreference come from graphkit's own rules, whichever extractor found the
spans.  Offsets are code points of the text given, end-exclusive; every span must lie inside the text and must not be empty.
"""

from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from graphkit.model import ExtractorId, Span

EntityLabel = Literal["PER", "ORG", "LOC", "MISC"]
Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class RawAttribution:
    """One "who says what" as found: each role is a tuple of segments in text order, empty where there is none.

    ``confidence`` lies in [0, 1]; ``level`` 1 is the outermost attribution of a sentence, 2 stands inside the content of a
    level 1, and so on.
    """

    sources: tuple[Span, ...]
    cues: tuple[Span, ...]
    contents: tuple[Span, ...]
    confidence: float
    level: int = 1

    def spans(self) -> tuple[Span, ...]:
        """Return the segments of all three roles."""
        return (*self.sources, *self.cues, *self.contents)


@dataclass(frozen=True, slots=True)
class RawMention:
    """A stretch of text that names a person, an organisation, a place or something else."""

    begin: int
    end: int
    label: EntityLabel
    confidence: float


@dataclass(frozen=True, slots=True)
class Tagged:
    """All that one extractor found in one text, in text order."""

    attributions: tuple[RawAttribution, ...] = ()
    entities: tuple[RawMention, ...] = ()


@runtime_checkable
class Extractor(Protocol):
    """Finds attributions and named entities; a pure function of the text, whatever was read before.

    Third parties register a function that returns one under the entry-point group ``graphkit.extractors``.
    """

    @property
    def id(self) -> ExtractorId:
        """Name, version and a digest of model or options: what makes two runs comparable."""
        ...

    def tag(self, text: str) -> Tagged:
        """Return what stands in ``text``."""
        ...
