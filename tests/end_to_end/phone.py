"""The page on the real stack, in a real browser on a phone, and a note of what went wrong in it."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, Response, ViewportSize

HOST = "officer.lan"
PHONE: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}

MARKED = (
    "() => [...document.querySelector('guidebook-chat').shadowRoot.querySelectorAll('mark')]"
    ".map((mark) => { const range = document.createRange(); range.selectNodeContents(mark);"
    " return range.toString() }).join('\\n')"
)
FOCUSED = (
    "() => { const e = document.querySelector('guidebook-chat').shadowRoot.activeElement;"
    " return e ? e.id || e.className : '' }"
)
DIRECTION = "(element) => getComputedStyle(element).direction"
EXPECTED = ("The Cross-Origin-Opener-Policy header has been ignored",)


@dataclass
class Phone:
    """One open page."""

    page: Page
    address: str
    problems: list[str] = field(default_factory=list)

    def open(self) -> "Phone":
        """Open the page and watch it."""
        self.watch().page.goto(self.address)
        self.page.locator("#question").wait_for()
        return self

    def watch(self) -> "Phone":
        """Note each request elsewhere, exception and broken policy from here on."""
        self.page.on("request", lambda request: self._on_request(request.url))
        self.page.on("console", lambda message: self._on_console(message.type, message.text))
        self.page.on("pageerror", lambda error: self.problems.append(f"exception: {error}"))
        return self

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log")

    @property
    def panel(self) -> Locator:
        """The source panel."""
        return self.page.locator("dialog.source-panel")

    def ask(self, text: str) -> tuple[Locator, Response]:
        """Type a question, send it; the answer on the page and the response behind it."""
        before = self.log.locator(".answer").count()
        with self.page.expect_response(lambda r: r.request.method == "POST") as sent:
            self.page.locator("#question").fill(text)
            self.page.locator("#question").press("Enter")
        self.log.locator(".answer").nth(before).wait_for()
        return self.log.locator(".answer").last, sent.value

    def marked(self) -> str:
        """The words that are highlighted in the source."""
        words: str = self.page.evaluate(MARKED)
        return words

    def focused(self) -> str:
        """A short name of what has the focus."""
        name: str = self.page.evaluate(FOCUSED)
        return name

    def _on_request(self, url: str) -> None:
        if not url.startswith(self.address):
            self.problems.append(f"request to {url}")

    def _on_console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith(EXPECTED):
            self.problems.append(f"{kind}: {text}")
