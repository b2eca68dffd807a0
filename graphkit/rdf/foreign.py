"""RDF files that others made, read in a process of its own: native parsers abort on hostile nesting, and no file may end graphkit.

The child can open nothing (no file, no socket) once it has its bytes, so that nothing is ever fetched, whatever a file asks for.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import graphkit
from graphkit import limits
from graphkit.errors import TextTooLong, UnreadableInput
from graphkit.rdf.formats import FORMATS, format_of, parse, unpacked

if TYPE_CHECKING:
    from pyoxigraph import Quad

# -P keeps the working directory, where a stranger's json.py may lie, off the child's path; the package's own folder goes on it
_CODE = "import sys; sys.path.append(sys.argv[1]); from graphkit.rdf.foreign import child; child(sys.argv[2])"
_ENTITY = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE)", re.IGNORECASE)
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_REFUSED = 3
_SECONDS = 20.0
_BYTES_A_SECOND = 1 << 20
_NO_FETCHING = "a context or file elsewhere is never fetched: write it into the file"


def read_foreign(path: Path) -> "list[Quad]":
    """Read the quads of an RDF file by its ending; see ``parse_foreign``.

    Raises:
        UnsupportedFormat: The ending is unknown.
        UnreadableInput: The file cannot be read, or is not in its format.
        TextTooLong: It is larger than ``limits.MAX_RDF_BYTES``.
    """
    format_of(path.name)
    return parse_foreign(bytes_of(path), path.name, name=str(path))


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a file, unpacked where they are gzip.

    Raises:
        UnreadableInput: The file cannot be read, or its gzip is damaged.
        TextTooLong: It is larger than ``limits.MAX_RDF_BYTES``.
    """
    try:
        size = path.stat().st_size
        if size > limits.MAX_RDF_BYTES:
            raise TextTooLong(f"{path}: has {size:,} bytes", hint=f"at most {limits.MAX_RDF_BYTES:,} are read; cut it")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path}: cannot be read ({error.strerror})", hint="name an RDF file") from error
    return unpacked(data, str(path))


def parse_foreign(data: bytes, ending: str, *, name: str) -> "list[Quad]":
    """Read quads from bytes in the format of an ending, in a child process that may die.

    Raises:
        UnreadableInput: The bytes are not in that format, or reading them takes too long, too much memory, or crashes.
    """
    form = format_of(ending)
    _refuse_bombs(data, form.extension, name)
    command = [sys.executable, "-P", "-X", "utf8", "-c", _CODE, str(Path(graphkit.__file__).parent.parent), form.extension]
    seconds = _SECONDS + len(data) / _BYTES_A_SECOND
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        message = f"{name}: it was not read in {seconds:.0f} seconds"
        raise UnreadableInput(message, hint="cut it, or convert it to N-Quads first") from error
    if done.returncode == 0:
        return parse(done.stdout, FORMATS[".nq"], name=name)
    if done.returncode == _REFUSED:
        reason = done.stderr.decode(errors="replace")
        if "remote context" in reason:
            raise UnreadableInput(f"{name}: it asks for a JSON-LD context that lies elsewhere", hint=_NO_FETCHING)
        raise UnreadableInput(f"{name}: not {form.title}: {reason}")
    raise UnreadableInput(
        f"{name}: reading it as {form.title} crashes the reader", hint="is it meant to? convert it to N-Quads"
    )


def _refuse_bombs(data: bytes, extension: str, name: str) -> None:
    """Refuse what would only keep the child busy until it dies."""
    if extension == ".rdf" and _ENTITY.search(data.replace(b"\0", b"")):
        raise UnreadableInput(f"{name}: it declares XML entities", hint="write the IRIs out: entities are not read")
    if extension == ".jsonld" and depth_of(data) > limits.MAX_JSON_DEPTH:
        raise UnreadableInput(f"{name}: its JSON is nested more than {limits.MAX_JSON_DEPTH} levels deep")


def depth_of(json: bytes) -> int:
    """Return how deep the brackets of JSON are nested, whatever else is wrong with it."""
    depth = deepest = 0
    for bracket in _STRING.sub(b"", json).translate(None, _NO_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def child(extension: str) -> None:
    """Parse standard input and write N-Quads to standard output: what the child process does."""
    import pyoxigraph

    data = sys.stdin.buffer.read()
    _shut_doors()
    try:
        # the parser is asked for all first: what is refused has no first half
        quads = list(pyoxigraph.parse(data, format=FORMATS[extension].oxigraph))
    except (SyntaxError, ValueError, OSError) as error:
        sys.stderr.write(" ".join(str(error).split())[:300])
        sys.stderr.flush()
        sys.exit(_REFUSED)
    sys.stdout.buffer.write(pyoxigraph.serialize(quads, format=FORMATS[".nq"].oxigraph) or b"")
    sys.stdout.buffer.flush()


def _shut_doors() -> None:
    try:
        import resource
    except ImportError:  # Windows: the separate process and its time remain
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.QUERY_MEMORY_BYTES, limits.QUERY_MEMORY_BYTES))
    # nothing can be opened from now on: no file, no connection
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
