"""The importers by the key of their set, and plug-ins of the group ``graphkit.ratings``."""

from typing import Protocol, cast

from graphkit.errors import NotFound
from graphkit.knowledge.ratings.composites import read_cred1, read_iffy, read_lin2023
from graphkit.knowledge.ratings.lists import read_lasser2022, read_opensources
from graphkit.knowledge.ratings.mbfc import read_mbfc
from graphkit.knowledge.ratings.perennial import read_rsp
from graphkit.knowledge.ratings.rows import Imported
from graphkit.knowledge.ratings.signatories import read_ifcn, read_jti
from graphkit.knowledge.ratings.state_media import read_state_media


class Importer(Protocol):
    """A pure function from the bytes of a file to ratings."""

    def __call__(self, data: bytes, *, date: str | None = None, version: str | None = None) -> Imported:
        """Read a file; ``date`` is when the set said so, where the file does not tell."""
        ...


IMPORTERS: dict[str, Importer] = {
    "mbfc": read_mbfc,
    "iffy": read_iffy,
    "rsp": read_rsp,
    "lin2023": read_lin2023,
    "cred1": read_cred1,
    "lasser2022": read_lasser2022,
    "opensources": read_opensources,
    "state-media": read_state_media,
    "jti": read_jti,
    "ifcn": read_ifcn,
}
"""The built-in importers."""


def read_ratings(name: str, data: bytes, *, date: str | None = None, version: str | None = None) -> Imported:
    """Read a file of the set ``name``: a built-in importer first, then an installed plug-in's.

    Raises:
        NotFound: No importer of that name.
        UnreadableInput: The file is none of that set.
        UsageError: The file carries no date and none is given.
    """
    if name in IMPORTERS:
        return IMPORTERS[name](data, date=date, version=version)
    from importlib.metadata import entry_points

    for entry in entry_points(group="graphkit.ratings", name=name):
        return cast("Importer", entry.load())(data, date=date, version=version)
    raise NotFound(f"no importer for {name!r}", hint=f"known: {', '.join(IMPORTERS)}; any other CSV with --map")
