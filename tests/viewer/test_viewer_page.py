"""The page is one file that asks nothing, runs nothing but its own scripts, and is the same for the same graph."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from page_reading import data_of, parse

from graphkit.viewer import ViewModel, render_page
from graphkit.viewer.page import data as page_data
from graphkit.viewer.page.scripts import ORDER, asset, page_script, vis_network_script
from graphkit.viewer.page.static_tables import quote_of
from graphkit.viewer.page.wording import words
from graphkit.viewer.view_model.rows import AssertionRow


@pytest.fixture(scope="module")
def plain(model) -> str:
    return render_page(model, with_network=False)


@pytest.fixture(scope="module")
def whole(model) -> str:
    return render_page(model)


@pytest.fixture
def packed(model, monkeypatch) -> str:
    monkeypatch.setattr(page_data, "PLAIN_BELOW", 10)
    monkeypatch.setattr(page_data, "CODED_FROM", 4)
    monkeypatch.setattr(page_data, "MAX_WORDS", 3)
    return render_page(model, with_network=False)


def test_the_same_graph_gives_the_same_bytes(model, plain, whole):
    assert render_page(model, with_network=False) == plain
    assert render_page(model) == whole


def test_the_bytes_do_not_depend_on_the_hash_seed(plain):
    code = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1])\n"
        "from viewer_world import circles, quads, remarks, texts\n"
        "from graphkit.viewer import ViewOptions, build_view_model, render_page\n"
        "print(hashlib.sha256(render_page(build_view_model(quads(), texts(), options=ViewOptions(remarks=remarks(), circles=circles())), with_network=False).encode()).hexdigest())"
    )
    for seed in ("0", "4711"):
        run = subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == hashlib.sha256(plain.encode()).hexdigest()


@pytest.mark.parametrize("kind", ["plain", "whole", "packed"])
def test_the_policy_allows_the_blocks_of_the_page_and_nothing_else(kind, request):
    parsed = parse(request.getfixturevalue(kind))
    rules = dict(rule.split(" ", 1) for rule in parsed.policy.split("; "))
    hashes = {"script": set(), "style": set()}
    for tag, attributes, body in parsed.blocks:
        if attributes.get("type") in {None, "text/javascript"}:
            hashes[tag].add(f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'")
    assert set(rules.pop("script-src").split()) == hashes["script"]
    assert set(rules.pop("style-src").split()) == hashes["style"]
    assert rules.pop("img-src") == "data: blob:"
    assert set(rules) >= {"default-src", "connect-src", "form-action", "base-uri", "object-src"}
    assert set(rules.values()) == {"'none'"}


def test_the_policy_comes_before_anything_it_governs(plain):
    assert [tag for tag, _ in parse(plain).tags][:4] == ["html", "head", "meta", "meta"]
    assert plain.index("Content-Security-Policy") < plain.index("<style")


@pytest.mark.parametrize("kind", ["plain", "whole"])
def test_the_shell_names_no_address_and_no_handler(kind, request):
    parsed = parse(request.getfixturevalue(kind))
    assert set(parsed.addresses) == {"#panel"}
    assert not [name for _, names in parsed.tags for name in names if name.startswith("on") or name == "style"]
    assert not {"iframe", "object", "embed", "link", "base", "img"} & {tag for tag, _ in parsed.tags}


def test_the_scripts_make_elements_never_html():
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setAttribute\('on|\.on\w+ = '|"
        r"fetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource|importScripts|localStorage|sessionStorage|cookie|DOMParser"
    )
    for path in ORDER:
        assert not forbidden.search(asset(path)), path


def test_every_script_of_the_folder_is_in_the_page():
    folder = Path(asset.__code__.co_filename).parent.parent / "assets"
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.js")) == sorted(ORDER)


def test_files_of_the_page_are_of_a_readable_length():
    assert max(len(asset(path).splitlines()) for path in ORDER) <= 300


def test_every_word_is_in_the_table_and_every_entry_is_used():
    sources = "".join(asset(path) for path in ORDER) + asset("page.html.j2")
    sources += "".join(path.read_text() for path in Path(render_page.__code__.co_filename).parent.glob("*.py"))
    used = set(re.findall(r"""(?:say|label|relation|list|statements)\(\s*['"]([a-z_]*[a-z])['"]""", sources))
    used |= set(re.findall(r"words\.(\w+)", sources)) & set(words().table)
    assert used <= set(words().table), used - set(words().table)
    prefixes = set(re.findall(r"""['"`]([a-z_]+?)_(?:\$\{|['"] [+~])""", sources)) | set(
        re.findall(r"""sayValue\(['"](\w+)""", sources)
    )
    prefixes |= set(re.findall(r"""value\("(\w+)",""", sources)) | {
        "glyph",
        "support",
        "certainty",
        "band",
        "actor",
        "edge",
        "kinds",
        "column",
        "voice_short",
        "map",
        "rating",
    }
    unused = [
        key
        for key in words().table
        if key not in used
        and f"'{key}'" not in sources
        and f'"{key}"' not in sources
        and not any(key.startswith(f"{one}_") for one in prefixes)
    ]
    assert not unused


def test_the_page_without_the_network_holds_no_code_of_others(plain, whole):
    assert "Copyright" not in plain
    assert "@license" not in plain
    assert len(plain.encode()) < 260_000
    assert len(whole.encode()) <= 800_000
    assert "@license" in whole
    assert "sourceMappingURL" not in whole


def test_the_network_script_is_whole_and_cannot_end_its_block():
    script = vis_network_script()
    assert "\x85" in script
    assert "</script" not in script
    assert "<!--" not in script
    assert "</script" not in page_script()


def test_the_data_block_keeps_to_its_schema(plain, packed):
    schema = json.loads(asset("page-data.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for page in (plain, packed):
        jsonschema.validate(data_of(page), schema)


def test_columns_give_the_rows_back(model, plain):
    table = data_of(plain)["tables"]["assertions"]
    for at, row in enumerate(model.assertions):
        assert (table["id"][at], table["begin"][at], table["end"][at]) == (row.id, row.begin, row.end)
        assert [link[0] for link in table["chain"][at]] == [link.source for link in row.chain]
    assert "confidence" in table
    assert "citations" in data_of(plain)["tables"]


def test_a_packed_page_tells_the_same(model, packed):
    tables = data_of(packed)["tables"]
    assert "id" not in tables["assertions"]
    assert tables["claims"]["id"] == [f"claim-{row.id.removeprefix('claim-')[:12]}" for row in model.claims]
    quotes = [quote_of(row, model.articles[row.article - len(model.outlets)]) for row in model.assertions]
    labels = [label if isinstance(label, str) else from_quote(quotes, *label) for label in tables["claims"]["label"]]
    assert labels == [row.label for row in model.claims]
    assert not all(isinstance(label, str) for label in tables["claims"]["label"])
    coded = tables["assertions"]["certainty"]
    assert [coded["words"][code] for code in coded["codes"]] == [row.certainty for row in model.assertions]


def from_quote(quotes: list[str], assertion: int, begin: int, end: int, flags: int) -> str:
    wording = quotes[assertion][begin:end]
    return (wording[0].upper() + wording[1:] if flags & 1 else wording) + ("." if flags & 2 else "")


def test_packing_is_the_same_on_one_machine_and_unpacks_to_the_same_anywhere(model, packed, monkeypatch):
    monkeypatch.setattr(page_data, "PLAIN_BELOW", 10)
    monkeypatch.setattr(page_data, "CODED_FROM", 4)
    monkeypatch.setattr(page_data, "MAX_WORDS", 3)
    assert render_page(model, with_network=False) == packed
    assert 'type="application/octet-stream"' in packed


def test_without_javascript_there_are_tables(plain):
    tables = plain[plain.index('<section id="tables">') : plain.index("<footer>")]
    assert tables.count("<table>") == 5
    assert "<bdi>the port may close within 30 days</bdi>" in tables
    assert "raters disagree" in tables
    assert "assertions: 10 of 10" in tables


def test_long_tables_say_that_they_are_cut(model):
    many = tuple(AssertionRow(**{**row_dict(model), "id": f"as-{n}"}) for n in range(1200))
    page = render_page(replace(model, assertions=many), with_network=False)
    assert "assertions: 1,000 of 1,200; the full list is in the CSV" in page


def row_dict(model: ViewModel) -> dict[str, object]:
    row = model.assertions[0]
    return {name: getattr(row, name) for name in row.__slots__}


def test_titles_say_what_the_page_holds(model):
    assert "<title>3 articles</title>" in render_page(model, with_network=False)
    assert "<title>A &amp; B</title>" in render_page(model, with_network=False, title="A & B")


def test_the_view_model_needs_no_pyvis_and_no_template():
    code = "import sys; from graphkit.viewer import build_view_model; print(sorted({'pyvis', 'IPython', 'jinja2', 'yaml'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_network_is_a_pyvis_network(model):
    from pyvis.network import Network

    from graphkit.viewer.page.network import EvidenceNetwork
    from graphkit.viewer.page.template import PageParts

    network = EvidenceNetwork(model, PageParts("t", page_data.page_data(model), []))
    assert isinstance(network, Network)
    assert len(network.get_nodes()) == model.node_count
    assert len(network.get_edges()) == len(model.edges)
    # one pair of nodes keeps both of its edges
    network.add_edge(model.outlets[0].id, model.outlets[1].id, title="one")
    network.add_edge(model.outlets[0].id, model.outlets[1].id, title="other")
    assert len(network.get_edges()) == len(model.edges) + 2
    with pytest.raises(KeyError):
        network.add_edge("nothing", model.outlets[0].id)


def test_writing_the_network_does_not_ask_the_locale(model, tmp_path):
    from graphkit.viewer.page.network import EvidenceNetwork
    from graphkit.viewer.page.template import PageParts

    network = EvidenceNetwork(model, PageParts("🚢", page_data.page_data(model), []))
    network.write_html(str(tmp_path / "page.html"))
    assert b"\r" not in (tmp_path / "page.html").read_bytes()
    assert "🚢" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_another_vis_network_is_taken_with_a_warning(monkeypatch):
    from graphkit.viewer.page import scripts

    monkeypatch.setattr(scripts, "VIS_NETWORK_SHA256", "0")
    with pytest.warns(UserWarning, match="another vis-network"):
        assert scripts.vis_network_script.__wrapped__() == vis_network_script()
