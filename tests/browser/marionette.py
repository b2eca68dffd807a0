"""Driving the Firefox of the system by its own remote protocol: Playwright only drives builds of its own.

Marionette speaks lines of ``length:[type, id, command, arguments]`` over a socket on loopback.
"""

import base64
import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any, Self

PATIENCE = 90.0  # seconds after which Firefox is believed never to answer
PREFERENCES = {
    "app.update.enabled": False,
    "browser.startup.homepage": "about:blank",
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.disable_open_during_load": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.ssl": "127.0.0.1",
    "services.settings.server": "",
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    """A headless Firefox with a profile of its own; every request would go to ``proxy_port`` of loopback."""

    def __init__(self, program: str, profile: Path, *, proxy_port: int) -> None:
        port = _free_port()
        wanted = {
            **PREFERENCES,
            "marionette.port": port,
            "network.proxy.http_port": proxy_port,
            "network.proxy.ssl_port": proxy_port,
        }
        profile.mkdir(parents=True, exist_ok=True)
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wanted.items())
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        self._process = subprocess.Popen(
            [
                program,
                "--headless",
                "--marionette",
                "--remote-allow-system-access",
                "--no-remote",
                "--profile",
                str(profile),
                "--width",
                "1440",
                "--height",
                "1000",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"HOME": str(profile), "PATH": "/usr/bin:/bin", "MOZ_CRASHREPORTER_DISABLE": "1"},
        )
        self._socket = self._connect(port)
        self._number = 0
        self._read()
        self.call("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"acceptInsecureCerts": False}}})

    def _connect(self, port: int) -> socket.socket:
        last = time.monotonic() + PATIENCE
        while time.monotonic() < last:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
            except OSError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.1)
        self._process.kill()
        raise RuntimeError("Firefox does not start")

    def _read(self) -> Any:
        size = b""
        while not size.endswith(b":"):
            size += self._receive(1)
        body = b""
        while len(body) < int(size[:-1]):
            body += self._receive(int(size[:-1]) - len(body))
        return json.loads(body)

    def _receive(self, most: int) -> bytes:
        received = self._socket.recv(most)
        if not received:
            raise RuntimeError("Firefox hung up")
        return received

    def call(self, command: str, arguments: dict[str, Any] | None = None) -> Any:
        """Send a command and return its value."""
        self._number += 1
        message = json.dumps([0, self._number, command, arguments or {}]).encode()
        self._socket.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, value = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return value

    def open(self, address: str) -> None:
        """Open an address and wait until the page says that it is ready."""
        self.call("WebDriver:Navigate", {"url": address})
        self.until("return document.documentElement.dataset.ready", "true")

    def go(self, fragment: str) -> None:
        """Change the address within the page and wait until what it says is drawn."""
        self.call(
            "WebDriver:ExecuteAsyncScript",
            {
                "script": "const [address, done] = arguments;"
                " const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => done(true)));"
                " const before = location.hash; location.hash = address;"
                " if (location.hash === before) drawn(); else addEventListener('hashchange', drawn, {once: true});",
                "args": [fragment],
                "sandbox": None,
                "scriptTimeout": int(1000 * PATIENCE),
            },
        )

    def press(self, key: str) -> None:
        """Press a key on whatever has the focus."""
        self.run(
            f"(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true}}))"
        )

    def until(self, script: str, wanted: Any) -> None:
        """Wait until a script returns what is wanted."""
        last = time.monotonic() + PATIENCE
        while (answer := self.run(script)) != wanted:
            if time.monotonic() > last:
                raise RuntimeError(f"{script}: {answer!r}, never {wanted!r}")
            time.sleep(0.03)

    def run(self, script: str) -> Any:
        """Run a script in the page and return what it returns."""
        return self.call("WebDriver:ExecuteScript", {"script": script, "args": [], "sandbox": None})["value"]

    def picture(self) -> bytes:
        """Return a PNG of the window."""
        return base64.b64decode(self.call("WebDriver:TakeScreenshot", {"full": False})["value"])

    def go_offline(self) -> None:
        """Cut the browser off from every network."""
        self.call("Marionette:SetContext", {"value": "chrome"})
        self.run("Services.io.offline = true")
        self.call("Marionette:SetContext", {"value": "content"})

    def messages(self) -> list[str]:
        """Return the errors that pages caused, as the console shows them."""
        self.call("Marionette:SetContext", {"value": "chrome"})
        found = self.run(
            "return Services.console.getMessageArray().filter(one => one instanceof Ci.nsIScriptError && "
            "/^(file|data|blob):/.test(one.sourceName) && !(one.flags & Ci.nsIScriptError.warningFlag)).map(one => one.errorMessage)"
        )
        self.call("Marionette:SetContext", {"value": "content"})
        return list(found)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.call("Marionette:Quit", {"flags": ["eForceQuit"]})
            self._process.wait(10)
        except (OSError, RuntimeError, subprocess.TimeoutExpired, ValueError):
            self._process.kill()
        self._socket.close()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
