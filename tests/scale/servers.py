"""PostgreSQL, Redis and nginx from the system's packages, on loopback, for one run of the tests."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from deploy.ports import free_port
from tests.end_to_end.served import listens, wait_for

PASSWORD = "for-this-run-alone"
PACKAGES = "apt-get install postgresql redis-server nginx"
POSTGRES_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def program(name: str) -> str:
    """The path of a server's program; a failure says how to get it."""
    found = shutil.which(name, path=os.pathsep.join([*map(str, POSTGRES_FOLDERS), os.defpath]))
    found = found or shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
    assert found, f"{name} is missing: {PACKAGES}"
    return found


class Postgres:
    """One PostgreSQL with one database and one user, who needs a password."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._data = folder / "data"
        self._as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        folder.chmod(0o755)
        if self._as:
            shutil.chown(folder, "postgres")
        password = folder / "password"
        password.write_text(PASSWORD)
        password.chmod(0o644)
        self._run("initdb", "-D", str(self._data), "-A", "scram-sha-256", "-U", "guidebook",
                  "--pwfile", str(password), "-E", "UTF8", "--locale", "C.UTF-8")  # fmt: skip

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        where = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        log = str(self._data / "server.log")
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", log, "-o", where, "start")

    def stop(self) -> None:
        """Stop it at once, as a machine that goes does."""
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")

    def make(self, database: str) -> str:
        """A new empty database; its address."""
        environ = os.environ | {"PGPASSWORD": PASSWORD}
        place = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "guidebook"]
        subprocess.run([program("createdb"), *place, database], check=True, env=environ)
        return f"postgresql://guidebook@127.0.0.1:{self.port}/{database}"

    def passwords(self, target: Path) -> None:
        """Write libpq's password file, as a cell finds it."""
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.write_text(f"127.0.0.1:{self.port}:*:guidebook:{PASSWORD}\n")
        target.chmod(0o600)

    def _run(self, name: str, *arguments: str) -> None:
        subprocess.run(
            [*self._as, program(name), *arguments],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A running PostgreSQL in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="guidebook-postgres-") as folder:
        server = Postgres(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def running(command: Sequence[str], port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A server in the foreground, once it listens."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(lambda: listens(port), f"{command[0]} to listen")
            yield process
        finally:
            process.terminate()


def redis_command(port: int, folder: Path) -> list[str]:
    """A Redis that keeps nothing on disk."""
    options = {"port": str(port), "bind": "127.0.0.1", "save": "", "appendonly": "no"}
    flags = [word for name, value in options.items() for word in (f"--{name}", value)]
    return [program("redis-server"), *flags, "--dir", str(folder), "--loglevel", "warning"]


def nginx_command(configuration: Path) -> list[str]:
    """nginx in the foreground."""
    return [program("nginx"), "-c", str(configuration), "-g", "daemon off;"]
