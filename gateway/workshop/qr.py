"""A QR code as inline SVG: dark on light in every colour scheme, with the quiet zone it needs."""

import segno

from gateway.markup import Html, tag

QUIET = 4


def code(address: str, label: str) -> Html:
    """The QR code of an address."""
    rows = segno.make(address, error="m", micro=False).matrix
    size = len(rows) + 2 * QUIET
    dark = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, cell in enumerate(row)
        if cell
    )
    return tag(
        "svg",
        tag("rect", width=str(size), height=str(size), fill="#fff"),
        tag("path", d=dark, fill="#000"),
        viewBox=f"0 0 {size} {size}",
        role="img",
        aria_label=label,
        class_="qr",
    )
