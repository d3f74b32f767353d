"""Look at everything a run needs and say what is missing: `guidebook doctor`.

One line a part: ok or the remedy. Exit code 0 when all is well, 2 otherwise. Changes nothing.
The command is doctor_command.py's, `--prove-offline` prove_offline.py's.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from deploy import digests
from deploy.checkout import HERE
from deploy.releases import Releases
from deploy.run_config import RASA_PYTHON
from guidebook.corpus import load_corpus
from guidebook.errors import GuidebookError, SettingsError
from guidebook.index import read_manifest
from guidebook.model_files import is_current
from guidebook.settings import Settings

LOW_DISK_BYTES = 2 * 1024**3


def python_311(settings: Settings) -> str:
    """The application's Python."""
    return sys.version.split()[0]


def python_310(settings: Settings) -> str:
    """Rasa's Python and version."""
    if not RASA_PYTHON.exists():
        raise SettingsError("There is no .venv-rasa; run `make setup`.")
    code = (
        "import platform, importlib.metadata as m; "
        "print(platform.python_version(), m.version('rasa'))"
    )
    done = subprocess.run([RASA_PYTHON, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SettingsError("Rasa's environment is broken; remove .venv-rasa and run `make setup`.")
    return "Python {} with Rasa {}".format(*done.stdout.split())


def corpus(settings: Settings) -> str:
    """The corpus loads."""
    loaded = load_corpus(settings.corpus)
    return f"{len(loaded.documents)} documents, {len(loaded.passages)} passages"


def index(settings: Settings) -> str:
    """The index fits the corpus."""
    manifest = read_manifest(settings.index)
    if manifest["corpus_digest"] != load_corpus(settings.corpus).searched:
        raise SettingsError("The index was built from another corpus; run `make index`.")
    return ", ".join(f"{item['name']} {len(item['rows'])}" for item in manifest["encoders"])


def encoder(settings: Settings) -> str:
    """The encoder is exported."""
    if not is_current(settings.encoder):
        raise SettingsError(f"There is no current encoder in {settings.encoder}; run `make index`.")
    return str(settings.encoder)


def model(settings: Settings) -> str:
    """A model is trained from what stands here."""
    if not HERE.live.exists():
        raise SettingsError("No model is trained; run `make train`.")
    live = Releases(HERE).live()
    if live is None:
        raise SettingsError("The live model is damaged or no release; run `make train`.")
    if digests.model_inputs(HERE) != live.model_inputs:
        raise SettingsError("The live model is not made from what stands here; run `make train`.")
    return live.id


def home(settings: Settings) -> str:
    """The run-time home can be written."""
    if not os.access(settings.home, os.W_OK):
        raise SettingsError(
            f"{settings.home} is not writable; set GUIDEBOOK_HOME to a folder that is."
        )
    return str(settings.home)


def disk(settings: Settings) -> str:
    """There is room to write."""
    free = shutil.disk_usage(settings.home).free
    if free < LOW_DISK_BYTES:
        raise SettingsError(f"Only {free // 1024**2} MB are free; make room before training.")
    return f"{free // 1024**3} GB free"


def secrets(settings: Settings) -> str:
    """No secret can be read by others."""
    folder = settings.home / "secrets"
    open_ones = [p.name for p in folder.glob("*") if p.stat().st_mode & 0o077]
    if open_ones:
        raise SettingsError(f"Others can read {', '.join(open_ones)} in {folder}; run chmod 600.")
    return f"{len(list(folder.glob('*')))} files, readable by their owner alone"


def clock(settings: Settings) -> str:
    """The clock is not behind the texts: retention, receipts and dates hang on it."""
    newest = max(document.checked_on for document in load_corpus(settings.corpus).documents)
    today = datetime.now(UTC).date()
    if today < newest - timedelta(days=1):
        raise SettingsError(f"The clock says {today}, before a text of {newest}; set the clock.")
    return f"{today} UTC"


def processes(settings: Settings) -> str:
    """Whether a run holds this home."""
    try:
        with (settings.home / "run" / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return "no run was started yet"
    except BlockingIOError:
        return f"a run uses {settings.home}"
    return "no run at the moment"


PARTS: tuple[Callable[[Settings], str], ...] = (
    python_311,
    python_310,
    corpus,
    index,
    encoder,
    model,
    home,
    disk,
    clock,
    secrets,
    processes,
)


def look() -> int:
    """Print one line a part; 0 when all are well, else 2."""
    try:
        settings = Settings.from_environ(os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    well = True
    for part in PARTS:
        try:
            print(f"ok    {part.__name__:<11} {part(settings)}")
        except (GuidebookError, OSError) as error:
            well = False
            print(f"FAULT {part.__name__:<11} {str(error).splitlines()[0]}")
    return 0 if well else 2
