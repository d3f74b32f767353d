"""Which addresses answer with pages made on the server, and take forms: /ask and the workshop's."""

from gateway import plain_page

STARTS = ("/join", "/room", "/trainer")


def is_page(path: str) -> bool:
    """True for an address of such a page."""
    return path == plain_page.PATH or start_of(path) is not None


def start_of(path: str) -> str | None:
    """The page a workshop's address belongs to; None for any other address."""
    return next((s for s in STARTS if path == s or path.startswith(f"{s}/")), None)
