"""Write the configuration of one run under `<home>/run`: Rasa's two files and supervisord's.

The files in the repository root hold literal loopback defaults for plain `rasa` commands; a run
gets its own copies with its own ports and its own store.
"""

import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from configparser import RawConfigParser
from dataclasses import dataclass
from pathlib import Path

import yaml

from guidebook.errors import SettingsError
from guidebook.settings import ROOT, Settings

QUIET_RASA = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "CUDA_VISIBLE_DEVICES": "",
    "SQL_POOL_SIZE": "5",  # of a server's connections; Rasa would take 50
    "SQL_MAX_OVERFLOW": "10",
}
UMASK = "077"
"""Nobody else on the machine reads a conversation, a log or a secret. supervisord uses its own
only as a daemon, so the programs have it too, and stack.py starts supervisord with it."""
STOPPING = {
    "gateway": {"priority": "3", "stopwaitsecs": "12"},
    "rasa": {"priority": "2", "stopwaitsecs": "5"},
    "actions": {"priority": "1", "stopwaitsecs": "5"},
}
"""The highest is stopped first: the gateway ends its turns, for which it takes ten seconds at most,
while Rasa and the actions are still there to answer them."""
RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
YIELDING = ("nice", "-n", "5")
"""Where the machine is full the gateway goes first: the page, first steps for a danger message and
"busy, your question is kept" wait for no answer of somebody else's."""


@dataclass(frozen=True)
class Ports:
    """The loopback ports of one run."""

    gateway: int
    rasa: int
    actions: int


def write(settings: Settings, ports: Ports, model: Path) -> Path:
    """Write all files of a run and return supervisord's; SettingsError when it cannot."""
    run, logs = settings.home / "run", settings.home / "logs"
    try:
        for folder in (run, logs):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
        for kept in settings.home.glob("tracker.db*"):
            kept.chmod(0o600)
        (run / "credentials.yml").write_bytes((ROOT / "credentials.yml").read_bytes())
        endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
        endpoints["action_endpoint"]["url"] = f"http://127.0.0.1:{ports.actions}/webhook"
        endpoints["tracker_store"] |= _tracker_store(settings)
        (run / "endpoints.yml").write_text(yaml.safe_dump(endpoints), encoding="utf-8")
        target = run / "supervisord.conf"
        with target.open("w", encoding="utf-8") as file:
            _supervisor(settings, ports, model).write(file)
    except OSError as error:
        raise SettingsError(
            f"Cannot write under {settings.home} ({error.strerror}); "
            "make it writable or set GUIDEBOOK_HOME to a folder that is."
        ) from error
    return target


def _tracker_store(settings: Settings) -> dict[str, str]:
    """Where Rasa keeps conversations; the password of a server is not in here, see PGPASSFILE."""
    if settings.database_url:
        return {"dialect": "postgresql", "url": settings.database_url}
    return {"db": str(settings.home / "tracker.db")}


def _supervisor(settings: Settings, ports: Ports, model: Path) -> RawConfigParser:
    run, logs = settings.home / "run", settings.home / "logs"
    common = _environment(settings, ports)
    rasa = [str(RASA_PYTHON), "-m", "rasa", "run", "--model", str(model)]
    rasa += ["--interface", "127.0.0.1", "--port", str(ports.rasa)]
    rasa += ["--endpoints", str(run / "endpoints.yml")]
    rasa += ["--credentials", str(run / "credentials.yml")]
    actions = [sys.executable, "-m", "actions", "--port", str(ports.actions)]
    config = RawConfigParser()
    config["supervisord"] = {
        "nodaemon": "true",
        "pidfile": _literal(run / "supervisord.pid"),
        "logfile": _literal(logs / "supervisord.log"),
        "logfile_maxbytes": "1MB",
        "childlogdir": _literal(logs),
        "umask": UMASK,
        **({"user": "root"} if os.geteuid() == 0 else {}),
    }
    programs = {
        "gateway": ([sys.executable, "-m", "gateway"], common),
        "actions": ([*YIELDING, *actions], common),
        "rasa": ([*YIELDING, *rasa], common | QUIET_RASA),
    }
    for name, (command, environment) in programs.items():
        program = _program(name, command, environment, logs)
        config[f"program:{name}"] = program | STOPPING[name]
    return config


def _environment(settings: Settings, ports: Ports) -> dict[str, str]:
    """What every process is told: the settings as they were read here, and where the others are."""
    found = {
        "GUIDEBOOK_HOME": str(settings.home),
        "GUIDEBOOK_CORPUS": str(settings.corpus),
        "GUIDEBOOK_INDEX": str(settings.index),
        "GUIDEBOOK_WIDGET": str(settings.widget),
        "GUIDEBOOK_PROVINCE": settings.jurisdiction,
        "GUIDEBOOK_RASA_TIMEOUT_S": str(settings.rasa_timeout_s),
        "GUIDEBOOK_RASA_URL": f"http://127.0.0.1:{ports.rasa}",
        "GUIDEBOOK_ACTIONS_URL": f"http://127.0.0.1:{ports.actions}",
        "HOST": settings.host,
        "PORT": str(ports.gateway),
        "GUIDEBOOK_METRICS_PORT": str(settings.metrics_port),
        "GUIDEBOOK_ALLOWED_HOSTS": ",".join(settings.allowed_hosts),
        "GUIDEBOOK_ORIGINS": ",".join(settings.origins),
        "GUIDEBOOK_DATABASE_URL": settings.database_url,
        "GUIDEBOOK_REDIS_URL": settings.redis_url,
        "GUIDEBOOK_PROXIES": ",".join(settings.proxies),
        "PYTHONUNBUFFERED": "1",
    }
    password = settings.home / "secrets" / "pgpass"
    if password.is_file():
        found["PGPASSFILE"] = str(password)
    return found


def _literal(value: object) -> str:
    """As supervisord must read it: it expands `%(name)s` in every value."""
    return str(value).replace("%", "%%")


def _program(
    name: str, command: Sequence[str], environment: Mapping[str, str], logs: Path
) -> dict[str, str]:
    pairs = ",".join(f'{key}="{value}"' for key, value in environment.items())
    return {
        "command": _literal(shlex.join(command)),
        "directory": _literal(ROOT),
        "umask": UMASK,
        "environment": _literal(pairs),
        "autorestart": "true",
        "startsecs": "1",
        "startretries": "1000",
        "stopasgroup": "true",
        "killasgroup": "true",
        "redirect_stderr": "true",
        # supervisord expands this one twice.
        "stdout_logfile": _literal(_literal(logs / f"{name}.log")),
        "stdout_logfile_maxbytes": "1MB",
        "stdout_logfile_backups": "1",
    }
