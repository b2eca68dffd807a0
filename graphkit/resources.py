"""Where the data folders that travel with graphkit are, installed or in a checkout.

In a wheel ``ontology/`` and ``seeds/`` lie inside the package; in an editable install they lie beside it, because build back ends
do not apply forced inclusions there.  This is the only module that knows.
"""

from importlib.resources import files
from pathlib import Path

from graphkit.errors import StoreError


def folder(name: str) -> Path:
    """Return the folder ``name`` ("ontology", "seeds") that travels with graphkit.

    Raises:
        StoreError: The folder is in neither place, so the installation is incomplete.
    """
    package = Path(str(files("graphkit")))
    for candidate in (package / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    msg = f"the folder {name!r} that belongs to graphkit is missing from {package}"
    raise StoreError(msg, hint="install graphkit again")
