"""State Media Profiles: who controls an outlet, by the typology of the State Media Monitor."""

from graphkit.knowledge.ratings.registry import STATE_MEDIA_TYPES, rating_set
from graphkit.knowledge.ratings.rows import Collector, Imported, csv_rows


def read_state_media(data: bytes, *, date: str | None = None, version: str | None = None) -> Imported:
    """Read the typology of each address; rows without an address or with an uncertain type ("ISFM?") are listed and skipped.

    Raises:
        UnreadableInput: The bytes are no CSV with the columns of this set.
    """
    about = rating_set("state-media")
    found = Collector(about, version or about.dated or "")
    for line, row in csv_rows(data, ("URL", "Typology")):
        if not row["URL"]:
            found.n_rows += 1
            found.skip(line, f"no address: {row.get('Main assets', '')[:80]}")
            continue
        place = found.place(line, row["URL"])
        if place is None:
            continue
        # an edition's path ("/en/") is the outlet itself here, a host is a part
        outlet, scope = place
        host = scope.partition("/")[0]
        if row["Typology"] in STATE_MEDIA_TYPES:
            found.add(line, (outlet, "" if host == outlet else host), "state-media-type", row["Typology"], date or about.dated)
        else:
            found.skip(line, f"{row['Typology']!r} is no type of the State Media Monitor")
    return found.imported()
