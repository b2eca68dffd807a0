"""The plan of the house, held: imports flow one way, start-up is light, sockets are opened in one place, names are kept."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

# a room may import the rooms below it
FLOOR = {
    "cli": 9,
    "graph": 8,
    "viewer": 7,
    "endpoint": 7,
    "credibility": 7,
    "matching": 7,
    "store": 6,
    "rdf": 5,
    "extraction": 4,
    "knowledge": 3,
    "reading": 2,
    "resources": 1,
    "limits": 0,
    "model": 0,
    "errors": 0,
    "garbage": 0,
}
HEAVY = (
    "rdflib",
    "pyoxigraph",
    "pyvis",
    "onnxruntime",
    "scipy",
    "numpy",
    "networkx",
    "trafilatura",
    "pyshacl",
    "rich",
    "lxml",
    "starlette",
    "uvicorn",
    "urllib3",
)
FORBIDDEN_WORDS = {"utils", "helpers", "common", "manager"}


def modules(repository: Path) -> list[Path]:
    return sorted((repository / "graphkit").rglob("*.py"))


def room_of(dotted: str) -> str | None:
    parts = dotted.split(".")
    return parts[1] if parts[0] == "graphkit" and len(parts) > 1 else None


def imported(path: Path, repository: Path) -> set[str]:
    package = path.relative_to(repository).with_suffix("").parts[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return found


def test_imports_flow_one_way(repository):
    wrong = []
    for path in modules(repository):
        room = room_of(".".join(path.relative_to(repository).with_suffix("").parts))
        if room is None or room not in FLOOR:
            continue
        for name in imported(path, repository):
            other = room_of(name)
            if other in FLOOR and other != room and FLOOR[other] >= FLOOR[room]:
                wrong.append(f"{path.relative_to(repository)} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_every_room_has_a_floor(repository):
    rooms = {room_of(".".join(path.relative_to(repository).with_suffix("").parts)) for path in modules(repository)}
    assert rooms - {None, "__init__", "__main__"} <= set(FLOOR)


@pytest.mark.parametrize(
    "arguments", [["-c", "import graphkit"], ["-m", "graphkit", "--help"], ["-m", "graphkit", "--version"]]
)
def test_start_up_loads_nothing_heavy(arguments):
    done = subprocess.run([sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, check=True)
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert not loaded & set(HEAVY)


def test_only_the_fetcher_and_remote_stores_open_sockets(repository):
    allowed = re.compile(r"graphkit/(reading/web|store/remote|endpoint|extraction/adapters)")
    network = {"socket", "urllib3", "http.client", "urllib.request", "requests", "asyncio", "ssl"}
    wrong = [
        str(path.relative_to(repository))
        for path in modules(repository)
        if imported(path, repository) & network and not allowed.search(path.as_posix())
    ]
    assert not wrong


def test_names_of_files_say_what_they_hold(repository):
    assert not [path for path in modules(repository) if path.stem in FORBIDDEN_WORDS]


def test_repository_names_no_machine_path(repository):
    tracked = (
        subprocess.run(["git", "ls-files", "-z"], cwd=repository, capture_output=True, check=False).stdout.decode().split("\0")
    )
    if tracked == [""]:
        pytest.skip("not a git checkout")
    wrong = re.compile("/(?:" + "work" + "|opt" + "|root" + "|home" + ")/[a-z]")  # joined here, so that this line is not found
    named = []
    for name in tracked:
        path = repository / name
        if not name or not path.is_file() or path.suffix in {".onnx", ".npz", ".csv"}:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        named += [f"{name}: {match.group()}" for match in wrong.finditer(text)]
    assert not named


def test_public_names_are_pinned():
    import graphkit

    assert sorted(graphkit.__all__) == ["Graph", "GraphkitError", "__version__", "extract", "read", "read_text"]
    assert all(getattr(graphkit, name) is not None for name in graphkit.__all__)
