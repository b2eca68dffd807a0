"""What a person installs: constraints without addresses, README commands that are the ones CI runs, a wheel that holds the data."""

import re
import subprocess
import sys
import tomllib
import zipfile

import pytest

LINE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9.!+]+( ; .+)?$")


def project(repository):
    return tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def names(requirements):
    return {re.split(r"[\[<>=~!; ]", line)[0].lower().replace("_", "-") for line in requirements}


def test_constraints_hold_names_and_versions_only(repository):
    lines = (repository / "tests" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert not [line for line in lines if not LINE.match(line)]


def test_constraints_cover_every_dependency(repository):
    pinned = names((repository / "tests" / "constraints.txt").read_text(encoding="utf-8").splitlines())
    described = project(repository)
    wanted = names(described["dependencies"]) | names(described["optional-dependencies"]["test"])
    assert wanted <= pinned


def test_readme_gives_both_commands_and_each_stands_alone(repository):
    readme = (repository / "README.md").read_text(encoding="utf-8")
    for name, ending in (("run", "graphkit demo exports"), ("test", "-m pytest -q")):
        block = re.search(rf"<!-- command: {name} -->\n```bash\n(.+)\n```", readme)
        assert block is not None, name
        assert block.group(1).startswith("python3 -m venv --without-pip .venv && ")
        assert "-c tests/constraints.txt" in block.group(1)
        assert block.group(1).endswith(ending)


def test_the_names_of_project_and_command(repository):
    described = project(repository)
    assert described["name"] == "graphkit-credibility"
    assert described["scripts"] == {"graphkit": "graphkit.cli:main"}
    assert {"test", "dev", "train", "dask"} <= set(described["optional-dependencies"])


@pytest.mark.slow
def test_the_wheel_runs_from_anywhere_without_the_network(repository, tmp_path):
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=repository, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "No module named hatchling" in built.stderr:
        pytest.skip("hatchling is not installed (extra dev)")
    assert built.returncode == 0, built.stderr
    wheel = next(tmp_path.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        held = {info.filename: info.file_size for info in archive.infolist()}
        archive.extractall(tmp_path / "site")
    for needed in ("graphkit/ontology/graphkit.ttl", "graphkit/ontology/queries/cq01_who_says_what.rq", "graphkit/seeds/seed.md",
                   "graphkit/seeds/golden.trig", "graphkit/viewer/assets/page.html.j2", "graphkit/py.typed"):  # fmt: skip
        assert needed in held
    assert sum(size for name, size in held.items() if name.startswith("graphkit/knowledge/tables/")) <= 2_000_000
    assert sum(size for name, size in held.items() if name.startswith("graphkit/extraction/model/")) <= 30_000_000
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    # -P and PYTHONPATH: the unpacked wheel is what runs, not the checkout
    run = {"cwd": elsewhere, "env": {"PYTHONPATH": str(tmp_path / "site"), "PATH": "", "PYTHONSAFEPATH": "1"}}
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError('the network was used')\n"
        "socket.socket.connect = refuse; socket.getaddrinfo = refuse\n"
        "import graphkit; assert 'site' in graphkit.__file__, graphkit.__file__\n"
        "from graphkit.cli import main; main(sys.argv[1:])\n"
    )
    for arguments in (
        ["demo", "out"],
        ["-g", "out/graph.db", "query", "--name", "cq01"],
        ["-g", "out/graph.db", "view", "page.html"],
    ):
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, **run)
    assert (elsewhere / "out" / "graph.ttl").stat().st_size > 1_000
    assert (elsewhere / "page.html").stat().st_size > 1_000
