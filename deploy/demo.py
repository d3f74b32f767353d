"""Show the chat inside another page: `python -m deploy.demo` serves one on a port of its own.

The page stands for an office's own site: another origin, a strict content policy, one element.
It holds no state and knows the gateway by its address alone. The gateway must be told of this
origin; the command says how.
"""

import argparse
import sys
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>An office's own page</title>
<script type="module" src="{gateway}/widget/define.js"></script>
</head>
<body>
<h1>An office's own page</h1>
<p>Below stands the chat, served by another port of this machine.</p>
<guidebook-chat lang="en" province="kp"></guidebook-chat>
</body>
</html>
"""


def policy(gateway: str) -> str:
    """The least a page's content policy must allow for the chat to run in it."""
    return (
        f"default-src 'none'; script-src {gateway}; style-src {gateway}; font-src {gateway}; "
        f"connect-src {gateway}; base-uri 'none'; require-trusted-types-for 'script'"
    )


def server(port: int, gateway: str) -> ThreadingHTTPServer:
    """A server of the one page, on loopback."""
    content = PAGE.format(gateway=gateway).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name http.server calls
            if self.path != "/":
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Content-Security-Policy", policy(gateway))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: a line a request would tell when an officer asked."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m deploy.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--gateway", default="http://127.0.0.1:8080")
    chosen = parser.parse_args(arguments)
    try:
        demo = server(chosen.port, chosen.gateway.rstrip("/"))
    except OSError as error:
        print(f"Port {chosen.port} cannot be used ({error.strerror}); give --port another.")
        return 2
    origin = f"http://127.0.0.1:{demo.server_port}"
    print(f"The page is at {origin}/. Its gateway must run with GUIDEBOOK_ORIGINS={origin}.")
    try:
        demo.serve_forever()
    except KeyboardInterrupt:
        return 0
    finally:
        demo.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
