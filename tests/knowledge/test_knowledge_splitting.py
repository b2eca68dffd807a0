"""Source lists written without separators: the right hosts, every character accounted for, no prose cut up."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.errors import DamagedPart
from graphkit.knowledge import build_splitting
from graphkit.knowledge.splitting import label_model as models
from graphkit.knowledge.splitting import split_run_together
from graphkit.knowledge.splitting.hosts import MAX_LIST
from graphkit.knowledge.splitting.label_model import LabelModel, label_model
from graphkit.knowledge.suffixes import is_last_label, public_suffix


def hosts(text):
    split = split_run_together(text)
    return None if split is None else [text[part.begin : part.end] for part in split.parts]


@pytest.mark.parametrize(
    "parts",
    [
        ["naturalnews.com", "meduza.io", "foxnews.com"],
        ["apnews.com", "aljazeera.com", "dw.com"],
        ["bbc.co.uk", "abc.net.au", "aa.com.tr"],
        ["www.example.org", "news.example.co.uk", "en.example.net"],
        ["news12.com", "canoe.ca", "usatoday.com"],
        ["mg.co.za", "iol.co.za", "timeslive.co.za"],
        ["rainyvalleytimes.com", "oldmillherald.org", "sandpointgazette.net"],
        ["blog.rainyvalleytimes.com", "www.oldmillherald.org", "m.sandpointgazette.net"],
        ["11alive.com", "9news.com.au", "444.hu"],
        ["example.org"],
    ],
)
def test_lists_are_split_where_hosts_end(parts):
    assert hosts("".join(parts)) == parts


def test_the_seed_list_is_split_with_a_wide_margin():
    split = split_run_together("naturalnews.commeduza.iofoxnews.com")
    assert [(part.begin, part.end) for part in split.parts] == [(0, 15), (15, 24), (24, 35)]
    assert all(part.known for part in split.parts)
    assert split.margin > 10
    assert "".join(split.runner_up) == "naturalnews.commeduza.iofoxnews.com"


def test_case_is_kept_in_the_text_and_folded_in_the_host():
    split = split_run_together("Reuters.comBBC.co.ukEXAMPLE.ORG")
    assert [part.host for part in split.parts] == ["reuters.com", "bbc.co.uk", "example.org"]
    assert [part.domain for part in split.parts] == ["reuters.com", "bbc.co.uk", "example.org"]


def test_international_names_are_given_in_ascii():
    split = split_run_together("пример.рфexample.org")
    assert [part.host for part in split.parts] == ["xn--e1afmkfd.xn--p1ai", "example.org"]
    assert hosts("xn--e1afmkfd.xn--p1aiexample.org") == ["xn--e1afmkfd.xn--p1ai", "example.org"]


@pytest.mark.parametrize(
    "text",
    [
        "was.He",
        "Kursk.In",
        "He said so.In the end it rained",
        "example.org, example.net",
        "https://example.org/a",
        "192.168.0.1",
        "someone@example.org",
        "3.14",
        "example",
        "",
        ".",
        "-.-",
        "file.nosuchending",
        "a" * 70 + ".com",
        "co.uk",
        "a.com" * (MAX_LIST // 5 + 1),
    ],
)
def test_what_is_no_list_is_not_split(text):
    assert split_run_together(text) is None


def test_a_long_list_is_split_in_time_and_whole():
    text = "a.co" * 1200
    split = split_run_together(text)
    assert "".join(text[part.begin : part.end] for part in split.parts) == text


LABELS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
SUFFIXES = st.sampled_from(["com", "org", "co.uk", "de", "news", "com.au", "io", "co.za", "gov"])
LISTS = st.lists(st.tuples(LABELS, SUFFIXES).map(".".join), min_size=1, max_size=6)


@given(LISTS)
def test_every_character_belongs_to_one_part(parts):
    text = "".join(parts)
    split = split_run_together(text)
    assert split is not None
    assert split.parts[0].begin == 0
    assert split.parts[-1].end == len(text)
    assert all(left.end == right.begin for left, right in zip(split.parts, split.parts[1:], strict=False))
    assert all(part.domain == part.host or part.host.endswith(f".{part.domain}") for part in split.parts)
    assert split.margin >= 0


@given(st.text("abcom.OrgÉéİß-_1 /@", max_size=40) | st.text(max_size=60))
def test_any_text_is_split_whole_or_not_at_all(text):
    split = split_run_together(text)
    assert split is None or "".join(text[part.begin : part.end] for part in split.parts) == text


def test_suffixes_without_a_rule_of_their_own_may_end_a_host():
    assert is_last_label("za")
    assert not is_last_label("nosuchending")
    assert public_suffix("www.example.co.za") == "co.za"
    assert public_suffix("co.uk") is None
    assert public_suffix("example.nosuchending") is None


SITES = [
    f"www.{name}{kind}.{suffix}"
    for name in ("rain", "snow", "storm")
    for kind in ("news", "times")
    for suffix in ("com", "org")
]


def test_the_model_prefers_what_it_was_taught_and_is_the_same_each_time():
    text = build_splitting.build_model(SITES)
    assert text == build_splitting.build_model(list(reversed(SITES)))
    model = LabelModel(text)
    assert model.score_label("rainnews") > model.score_label("xqzvkjwp")
    assert model.score_suffix("com") == pytest.approx(model.score_suffix("org"))
    assert model.score_suffix("museum") is None


def test_the_maintainers_script_writes_the_same_bytes_twice(tmp_path):
    (tmp_path / "hosts.txt").write_text("\n".join(SITES), "utf-8")
    for name in ("one", "two"):
        build_splitting.main(["--from", str(tmp_path), "--out", str(tmp_path / name)])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert gzip.decompress((tmp_path / "one").read_bytes()).decode().startswith("graphkit splitting model 1")


def test_a_damaged_model_is_reported(tmp_path, monkeypatch):
    broken = tmp_path / "splitting.model.gz"
    broken.write_bytes(gzip.compress(b"something else\n\n\n\n"))
    monkeypatch.setattr(models, "model_path", lambda: broken)
    with pytest.raises(DamagedPart) as raised:
        label_model.__wrapped__()
    assert raised.value.hint
