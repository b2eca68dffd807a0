"""The page on a network that takes connections and never answers, and in Firefox."""

import shutil
import socket
import threading
from collections.abc import Iterator

import pytest
from conftest import ARGUMENTS, Opened, browser_program, refuse
from marionette import Firefox
from viewer_world import morning, name, told


@pytest.fixture
def black_hole() -> Iterator[tuple[int, list[bytes]]]:
    """A server on loopback that accepts, keeps what it is sent, and never answers."""
    server = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []
    held = []

    def listen(connection: socket.socket) -> None:
        try:
            while received := connection.recv(4096):
                heard.append(received)
        except OSError:
            pass

    def accept() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            held.append(connection)
            threading.Thread(target=listen, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield server.getsockname()[1], heard
    server.close()
    for connection in held:
        connection.close()


def test_a_network_that_never_answers_is_not_asked(chromium, pages, black_hole):
    port, heard = black_hole
    browser = chromium.browser_type.launch(
        executable_path=browser_program(), args=list(ARGUMENTS), proxy={"server": f"http://127.0.0.1:{port}"}
    )
    one = Opened(browser.new_page())
    one.watch()
    one.visit(pages("world"))
    for key, view in (("m", "map"), ("l", "neighbourhood"), ("t", "table"), ("b", "board")):
        one.page.keyboard.press(key)
        one.shows(view)
    one.page.wait_for_timeout(300)
    assert one.was_quiet()
    assert not [received for received in heard if b"example" in received or b"cdn" in received]
    browser.close()


@pytest.fixture
def firefox(black_hole, tmp_path) -> Iterator[Firefox]:
    """The Firefox of the system, headless, behind a proxy that never answers; skipped where there is none."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("no Firefox on the PATH: install your system's firefox package")
    try:
        started = Firefox(program, tmp_path / "profile", proxy_port=black_hole[0])
    except (RuntimeError, OSError) as error:
        refuse(f"Firefox cannot be driven here: {error}")
    with started:
        yield started


def test_firefox_shows_every_view_without_an_error(firefox, pages, black_hole):
    firefox.open(pages("world").as_uri())
    assert firefox.run("return document.querySelectorAll('#board .card.claim').length") == 6
    assert firefox.run("return document.querySelectorAll('.curves path').length") >= 8
    firefox.go(f"v=board&n={name(morning())}&s={told(morning(), 0)}")
    assert firefox.run("return document.querySelector('#panel mark').textContent") == "the port may close within 30 days"
    firefox.go("v=neighbourhood&n=outlet-alpha.example.org&h=2")
    inked = firefox.run(
        "const canvas = document.querySelector('#canvas canvas');"
        "const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
        "let sum = 0; for (let at = 3; at < pixels.length; at += 4) sum += pixels[at] > 0; return sum;"
    )
    assert inked > 4000
    for view in ("map", "table", "cluster&c=0"):
        firefox.go(f"v={view}")
        assert firefox.run("return document.documentElement.dataset.view") == view.split("&")[0]
    assert len(firefox.picture()) > 20_000
    # it goes back step by step, with the focus on the evidence
    for view in ("table", "map"):
        firefox.press("Escape")
        firefox.until("return document.documentElement.dataset.view", view)
    assert firefox.run("return document.activeElement.tagName") == "H2"
    assert firefox.messages() == []
    asked = b"".join(black_hole[1])
    assert b"example.org" not in asked
    assert b"cdn" not in asked


def test_firefox_reads_packed_pages_offline(firefox, pages):
    firefox.go_offline()
    assert firefox.run("return navigator.onLine") is False
    firefox.open(pages("large").as_uri())
    assert "groups drawn" in firefox.run("return document.querySelector('#bar .caption').textContent")
    assert firefox.messages() == []
