"""`python -m gateway.feedback_list`: what officers said of answers, for the maintainers.

One JSON line a judged answer, oldest first: when, how the turn ended, the verdict, the reason, the
passages it rested on, and the question where an officer sent it. It changes nothing.
"""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime

from gateway import feedback_store
from gateway.bounds import Bounds
from gateway.feedback_store import Judged
from gateway.storage import open_storage
from guidebook.errors import GuidebookError, SettingsError
from guidebook.settings import Settings


def main() -> int:
    """Write the lines; exit code 2 with one sentence when there is nothing to read."""
    try:
        settings = Settings.from_environ(os.environ)
        path = settings.home / "gateway.db"
        if not settings.database_url and not path.is_file():
            raise SettingsError(f"No {path}; start the gateway once, or set GUIDEBOOK_HOME.")
        database = open_storage(settings, Bounds().lock_wait)
        try:
            found = asyncio.run(database.read(feedback_store.judged))
        finally:
            database.close()
    except GuidebookError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for judged in found:
        sys.stdout.write(line(judged) + "\n")
    return 0


def line(judged: Judged) -> str:
    """One judged answer as JSON."""
    cited = [f"{s['document_id']}:{s['start']}-{s['end']}" for s in judged.spans]
    at = datetime.fromtimestamp(judged.at, UTC).isoformat(timespec="minutes")
    return json.dumps({**vars(judged), "at": at, "spans": cited}, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
