"""Run the action server on loopback, in one process: `python -m actions --port 5055`.

rasa_sdk's own launcher pickles the actions into a spawned worker, imports them twice and binds
every interface; a FAISS index survives none of that. This is its single-process form.
"""

import argparse
import logging
import sys
from typing import Any

import rasa_sdk.utils
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from actions import runtime


class Executor(ActionExecutor):  # type: ignore[misc]  # rasa_sdk has no types
    """Asks for no domain: endpoints.yml tells Rasa to leave it out, and no action here reads it."""

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        """What came, else an empty one; the SDK would refuse the call and ask for it."""
        return payload.get("domain") or {}


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m actions")
    parser.add_argument("--port", type=int, default=5055)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(message)s")
    for name in ("sanic", "rasa_sdk", "bm25s", "sentence_transformers"):
        logging.getLogger(name).setLevel(logging.ERROR)  # the first two log request bodies
    # Rasa 3.6 and SDK 3.21 differ in number, not in protocol: tests/end_to_end holds them to it.
    rasa_sdk.utils.check_version_compatibility = lambda _: None
    executor = Executor()
    executor.register_package("actions")
    runtime.warm_up()
    app = create_app(executor)
    app.run(host="127.0.0.1", port=options.port, single_process=True, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
