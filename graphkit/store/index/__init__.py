"""The index: an Oxigraph store that follows the record and may be thrown away at any time."""

from graphkit.store.index.index import Index, canonical_sha256, check_index, open_index, rebuild_index

__all__ = ["Index", "canonical_sha256", "check_index", "open_index", "rebuild_index"]
