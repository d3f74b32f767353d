"""Disks that are small, full, read-only or failing, each undone at the end."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own; the test is skipped where it may not be made."""
    folder.mkdir()
    options = f"size={megabytes}m,mode=700"
    command = ["mount", "-t", "tmpfs", "-o", options, "guidebook-test", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("No file system can be mounted here; run as root.")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """No byte is left on the folder's disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 1):
            with suppress(OSError):
                while True:
                    file.write(b"0" * size)
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder's disk takes no change."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)


def can_write(folder: Path) -> bool:
    """True when a page of bytes can be written there."""
    probe = folder / "probe"
    try:
        probe.write_bytes(b"0" * 4096)
    except OSError:
        return False
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return True


class FailingDisk:
    """A file system in a file, mounted at `folder`, that can be broken as the kernel breaks one."""

    def __init__(self, image: Path, folder: Path) -> None:
        self._image = image
        self.folder = folder

    def mount(self) -> None:
        """Mount it; the test is skipped where that may not be done."""
        command = ["mount", "-o", "loop,errors=remount-ro", str(self._image), str(self.folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            pytest.skip("No file system can be mounted here; run as root.")

    def fail(self) -> None:
        """An error of the disk: the kernel lets nothing be written any more, open files included.

        What had been written is on the disk by then; what an error takes with it is a power cut's.
        """
        subprocess.run(["sync", "-f", str(self.folder)], check=True)
        command = ["findmnt", "-no", "SOURCE", str(self.folder)]
        found = subprocess.run(command, capture_output=True, text=True, check=True)
        device = Path(found.stdout.strip()).name
        Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("1")

    def mend(self) -> None:
        """What an administrator does: unmount, check, mount again."""
        self.unmount()
        subprocess.run(["fsck.ext4", "-fy", str(self._image)], capture_output=True, check=False)
        self.mount()

    def unmount(self) -> None:
        """Take it away; nothing may be open on it."""
        subprocess.run(["umount", str(self.folder)], check=True)


@contextmanager
def failing_disk(image: Path, folder: Path, megabytes: int) -> Iterator[FailingDisk]:
    """A disk that works until it is told to fail."""
    with image.open("wb") as file:
        file.truncate(megabytes * 1024**2)
    if subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=False).returncode != 0:
        pytest.skip("No file system can be made here.")
    folder.mkdir()
    disk = FailingDisk(image, folder)
    disk.mount()
    try:
        yield disk
    finally:
        with suppress(subprocess.CalledProcessError):
            disk.unmount()
