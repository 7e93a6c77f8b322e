"""Chromium without a window, driven over two pipes by the debugger protocol: what a browser makes of a page."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update", "--hide-scrollbars"),
    *("--force-color-profile=srgb", "--no-proxy-server"),
)
START = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execvp(sys.argv[3], sys.argv[3:])"
)
"""Chromium reads commands from descriptor 3 and writes to 4."""

PATIENCE = 10


class Size(NamedTuple):
    """The size of a window, in CSS pixels."""

    width: int
    height: int
    scale: float = 1


PHONE, SMALL_PHONE, TABLET, DESK = Size(360, 740), Size(320, 640), Size(768, 1024), Size(1280, 900)


class Browser:
    """A running browser with one tab. It notes every request that it would send."""

    def __init__(self, orders: IO[bytes], answers: IO[bytes]) -> None:
        self._orders = orders
        self._answers = answers
        self._asked = 0
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.events: list[dict[str, Any]] = []
        self._session: str | None = None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log", "DOM", "Accessibility"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> Any:
        """Return the answer to a command."""
        self._asked += 1
        order = {"id": self._asked, "method": method, "params": params}
        order |= {"sessionId": self._session} if self._session else {}
        self._orders.write(json.dumps(order).encode() + b"\0")
        while (message := self._read()).get("id") != self._asked:
            self._note(message)
        if "error" in message:
            raise AssertionError(f"{method}: {message['error']}")
        return message["result"]

    def wait_for(self, method: str) -> None:
        """Read on until the event *method* has come since `forget`."""
        while not any(each["method"] == method for each in self.events):
            self._note(self._read())

    def forget(self) -> None:
        """Forget the events so far."""
        self.events = []

    def _read(self) -> Any:
        letters = bytearray()
        while (letter := self._answers.read(1)) != b"\0":
            assert letter, "the browser has gone"
            letters += letter
        return json.loads(letters)

    def _note(self, message: dict[str, Any]) -> None:
        if "method" not in message:
            return
        self.events.append(message)
        params = message["params"]
        if message["method"] == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif message["method"] == "Log.entryAdded":
            self.messages.append(params["entry"]["text"])

    def open(self, address: str, size: Size = DESK, *, scripts: bool = False, dark: bool = False) -> None:
        """Open *address* in a window of this *size*, without scripts unless they are wanted."""
        self.ask("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.resize(size)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.ask("Emulation.setEmulatedMedia", media="", features=scheme)
        self.forget()
        self.ask("Page.navigate", url="about:blank")
        self.wait_for("Page.loadEventFired")
        self.forget()
        self.ask("Page.navigate", url=address)
        self.wait_for("Page.loadEventFired")

    def resize(self, size: Size) -> None:
        """Give the window another *size*."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=size.width,
            height=size.height,
            deviceScaleFactor=size.scale,
            mobile=False,
        )

    def value(self, expression: str) -> Any:
        """Return the value of an *expression* in the page, which the debugger evaluates though scripts are off."""
        told = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def click(self, selector: str) -> None:
        """Click on the middle of what *selector* finds, as a mouse does."""
        self.value(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block:'center'}})")
        box = self.value(
            f"(r=>[r.x+r.width/2,r.y+r.height/2])(document.querySelector({json.dumps(selector)}).getClientRects()[0])"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)
        self.value("new Promise(done=>done(1))")

    def press(self, key: str, code: int, text: str = "") -> None:
        """Press a key."""
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, text=text)

    def picture(self, file: Path, *, clip: tuple[float, float, float, float] | None = None) -> None:
        """Write what the window shows, or a part (x, y, width, height) of the page, as PNG."""
        more: dict[str, Any] = {}
        if clip:
            x, y, width, height = clip
            more = {
                "captureBeyondViewport": True,
                "clip": {"x": x, "y": y, "width": width, "height": height, "scale": 1},
            }
        file.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png", **more)["data"]))

    def pdf(self) -> bytes:
        """Return the printed page."""
        told = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(told["data"])


@contextmanager
def browser(command: str, folder: Path) -> Iterator[Browser]:
    """Start the browser *command* with a profile in *folder*, and end it."""
    orders_out, orders_in = os.pipe()
    answers_out, answers_in = os.pipe()
    args = [sys.executable, "-c", START, str(orders_out), str(answers_in), command, *FLAGS, f"--user-data-dir={folder}"]
    with (folder / "chromium.log").open("wb") as log:
        process = subprocess.Popen(args, pass_fds=(orders_out, answers_in), stdout=log, stderr=log)
        os.close(orders_out)
        os.close(answers_in)
        try:
            with os.fdopen(orders_in, "wb", buffering=0) as orders, os.fdopen(answers_out, "rb") as answers:
                yield Browser(orders, answers)
            process.wait(timeout=PATIENCE)  # it ends when its pipes do, with all its processes
        finally:
            process.kill()
            process.wait()
