"""Writing result files whole or not at all, and never over something of another kind."""

import gzip
import os
import tempfile
from pathlib import Path

from graphkit.errors import DiskFull, NotAllowed, UnreadableInput

_SIGNS = (b"graphkit", b"claim_id,")
_LOOKED_AT = 65_536


def write_whole(path: Path, body: bytes, *, force: bool = False) -> None:
    """Write ``body`` to ``path`` by a temporary name, fsync and rename.

    Raises:
        NotAllowed: A file that graphkit did not write, or a symbolic link, is there and ``force`` is off.
        DiskFull: The file cannot be written; what was there before is still there.
    """
    refuse_foreign(path, force=force)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(_usual_mode())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror or error})"
        raise DiskFull(message, hint="free some room or choose another folder; what was there before is untouched") from error


def refuse_foreign(path: Path, *, force: bool) -> None:
    """Refuse to write over a folder, a link or a file that graphkit did not write."""
    if path.is_dir():
        raise NotAllowed(f"{path} is a folder", hint="name a file in it")
    if force:
        return
    if path.is_symlink():
        raise NotAllowed(f"{path} is a symbolic link, and is not followed", hint="name the file itself, or use --force")
    if path.exists() and not _is_ours(path):
        raise NotAllowed(f"{path} exists and was not written by graphkit", hint="choose another name, or use --force")


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            beginning = file.read(_LOOKED_AT)
        if beginning[:2] == b"\x1f\x8b":
            with gzip.open(path) as packed:
                beginning = packed.read(_LOOKED_AT)
    except (OSError, EOFError) as error:
        raise UnreadableInput(f"{path}: cannot be read ({error})", hint="choose another name") from error
    return not beginning or any(sign in beginning for sign in _SIGNS)


def _usual_mode() -> int:
    """Return the mode that a file made in the usual way would have (mkstemp makes 0600)."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
