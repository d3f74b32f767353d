"""The page as an officer meets it: open, ask, wait, and a note of whatever went wrong in it."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, ViewportSize
from scripted_gateway import ScriptedGateway

HOST = "officer.lan"
PHONE: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
SMALLEST: ViewportSize = {"width": 320, "height": 640}

EXPECTED = ("Failed to load resource", "The Cross-Origin-Opener-Policy header has been ignored")
"""What the browser itself notes about a refused request, and about plain http on a network."""


@dataclass
class OfficerPage:
    """One open page, its gateway, and what went wrong in it."""

    page: Page
    gateway: ScriptedGateway
    problems: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.gateway.port}/"

    @property
    def field(self) -> Locator:
        return self.page.locator("#question")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def unsent(self) -> Locator:
        return self.page.locator(".turn-pending")

    @property
    def panel(self) -> Locator:
        return self.page.locator("dialog.source-panel")

    def open(self) -> "OfficerPage":
        self.page.goto(self.address)
        self.field.wait_for()
        return self

    def ask(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def ask_and_wait(self, text: str) -> Locator:
        """Ask, and return the last answer once it is there."""
        before = self.log.locator(".answer").count()
        self.ask(text)
        self.log.locator(".answer").nth(before).wait_for()
        return self.log.locator(".answer").last

    def focused(self) -> str:
        """A short name of what has the focus, inside the element."""
        name: str = self.page.evaluate(
            "() => { const e = document.querySelector('guidebook-chat').shadowRoot.activeElement;"
            " return e ? e.id || e.className : '' }"
        )
        return name


def watch(opened: OfficerPage) -> None:
    """Note every request to another host, every exception, every broken policy."""

    def on_request(url: str) -> None:
        if not url.startswith(opened.address):
            opened.problems.append(f"request to {url}")

    def on_console(kind: str, text: str) -> None:
        is_expected = text.startswith(EXPECTED)
        if kind in ("error", "warning") and not is_expected:
            opened.problems.append(f"{kind}: {text}")

    opened.page.on("request", lambda request: on_request(request.url))
    opened.page.on("console", lambda message: on_console(message.type, message.text))
    opened.page.on("pageerror", lambda error: opened.problems.append(f"exception: {error}"))
