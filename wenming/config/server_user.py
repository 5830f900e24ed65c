"""Who runs the embedded PostgreSQL: PostgreSQL refuses root, so root lends it a user.

Nothing outside our own home folder has its permissions changed.
"""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import TypedDict

NAME = "pgserver"
_ENTER = stat.S_IXOTH


class PostgresUnavailable(RuntimeError):
    """The embedded server cannot run here; the message says why and what to do."""


class Identity(TypedDict, total=False):
    """Arguments of `subprocess.run` that switch to the server's user; empty when not root."""

    user: int
    group: int
    extra_groups: list[int]


def is_root() -> bool:
    """Whether this program runs as root."""
    return os.geteuid() == 0


def identity() -> Identity:
    """The arguments of `subprocess.run` with which a program of PostgreSQL is started."""
    if not is_root():
        return {}
    entry = _entry()
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def hand_over(folder: Path) -> None:
    """Give a folder (not what it holds) to the server's user, and to nobody else."""
    if is_root():
        entry = _entry()
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    folder.chmod(0o700)


def open_path_to(home: Path) -> None:
    """Let the server's user pass through `home`; refuse where a folder above it is closed.

    Raises:
        PostgresUnavailable: a folder above `home` may be entered by root only.
    """
    home.chmod(home.stat().st_mode | _ENTER)
    if closed := closed_part(home):
        raise PostgresUnavailable(
            f"PostgreSQL does not run as root, and its user {NAME} cannot enter {closed}. "
            "Set WENMING_HOME to a folder elsewhere, such as /var/lib/wenming."
        )


def reachable(installed: Path, *, home: Path) -> Path:
    """A folder with PostgreSQL's programs that the server's user may enter.

    That is `installed` itself, or a copy in `home` when root's own folders hide it.

    Args:
        installed: the folder with `bin`, `lib` and `share`, inside its package.
    """
    if not is_root() or closed_part(installed / "bin" / "postgres") is None:
        return installed
    package = installed.parent
    size = sum(part.stat().st_size for part in installed.rglob("*") if part.is_file())
    copy = home / f"{installed.name}-{size}"
    if not copy.exists():
        draft = home / f"{copy.name}.new"
        shutil.rmtree(draft, ignore_errors=True)
        # The programs look for the wheel's shared libraries in a folder beside their package.
        for folder in (installed, package.with_name(f"{package.name}.libs")):
            if folder.is_dir():
                place = draft / folder.relative_to(package.parent)
                shutil.copytree(folder, place, symlinks=True)
        _open_to_all(draft)
        draft.rename(copy)
    return copy / package.name / installed.name


def _open_to_all(folder: Path) -> None:
    for part in [folder, *folder.rglob("*")]:
        if not part.is_symlink():
            part.chmod(0o755 if part.is_dir() or os.access(part, os.X_OK) else 0o644)


def closed_part(path: Path) -> Path | None:
    """The outermost part of `path` that other users may not enter or run."""
    for part in reversed([path, *path.parents]):
        if not part.stat().st_mode & _ENTER:
            return part
    return None


def _entry() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        made = subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
            capture_output=True,
            check=False,
            text=True,
        )
    if made.returncode != 0:
        raise PostgresUnavailable(
            f"PostgreSQL does not run as root, and the user {NAME} could not be made: "
            f"{made.stderr.strip()} Make it, or run this program as an ordinary user."
        )
    return pwd.getpwnam(NAME)
