"""The releases as a table for people."""

from collections.abc import Sequence

from deploy.releases import Release

COLUMNS = ("  id", "made (UTC)", "model", "corpus", "gate", "origin")


def table(releases: Sequence[Release], live: Release | None, corpus: str) -> list[str]:
    """One line a release under a line of headings; one sentence when there is none."""
    if not releases:
        return ["No release yet; make one with `make train`."]
    rows = [COLUMNS, *(_row(release, live, corpus) for release in releases)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
             for row in rows]  # fmt: skip
    if live is None:
        lines.append("None of them is live; run `make train`.")
    elif live.corpus != corpus:
        lines.append("The live release was judged with another corpus; `make train` judges it now.")
    return lines


def _row(release: Release, live: Release | None, corpus: str) -> tuple[str, ...]:
    mark = "* " if live is not None and release.id == live.id else "  "
    return (
        mark + release.id,
        release.made_at[:16].replace("T", " "),
        release.model_sha256[:12],
        "today's" if release.corpus == corpus else "another",
        _gate(release),
        release.origin,
    )


def _gate(release: Release) -> str:
    if release.gate is None:
        return "not judged"
    if release.gate.get("accepted"):
        return "accepted"
    return f"passed {release.gate.get('kind')}"
