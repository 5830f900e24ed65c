"""List every package of others with version and licence: `python -m tools.licences [--sbom FILE]`.

Writes docs/reference/licences.md from the locks; with `--sbom` a bill of materials (CycloneDX) of
what the program is made of. Licences of Python packages come from what is installed here.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from wenming import __version__

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "licences.md"
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)
HEAD = """# Packages of others, and their licences

Written by `python -m tools.licences` after every change of a lock (`make lock` does it);
`tests/house/test_licences.py` holds it to the locks, and each licence to the set that needs no
reason. `make sbom` writes the first table and the third as a bill of materials (CycloneDX).
`make audit` asks for known weaknesses.
"""
FREE = frozenset({
    "0BSD", "Apache-2.0", "Artistic-1.0", "Beerware", "BlueOak-1.0.0", "BSD-2-Clause",
    "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib",
})  # fmt: skip
"""Licences that ask for no more than to be named with the program."""

REASONS: Mapping[str, str] = {
    "LGPL-2.1-only": "used as it is, unchanged, as a library that anybody can exchange",
    "LGPL-3.0-only": "used as it is, unchanged, as a library that anybody can exchange",
    "MPL-2.0": "its files are used unchanged; only changes to them would have to be published",
    "GPL-2.0": "the other of the two licences is chosen",
}
"""Why a licence outside that set is borne."""

SAID: Mapping[str, str] = {
    "BSD": "BSD-3-Clause", "BSD License": "BSD-3-Clause", "BSD 2-Clause License": "BSD-2-Clause",
    "MIT License": "MIT", "Apache Software License": "Apache-2.0", "Apache License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0", "PSFL": "PSF-2.0", "Artistic License": "Artistic-1.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}  # fmt: skip
"""What packages call licences, by the names of SPDX."""

UNSAID: Mapping[str, str] = {
    "axe-playwright-python": "MIT", "backports-tarfile": "MIT", "colorama": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0", "pyxform": "BSD-2-Clause",
    "pytest-django": "BSD-3-Clause", "scipy": "BSD-3-Clause", "svy-rs": "MIT", "polars": "MIT",
    "tomli": "MIT", "lxml-html-clean": "BSD-3-Clause", "pywin32": "PSF-2.0",
    "jquery-touchswipe": "MIT OR GPL-2.0", "pathspec": "MPL-2.0", "svy": "MIT",
    "text-unidecode": "Artistic-1.0 OR GPL-2.0",
}  # fmt: skip
"""Of packages that do not say it in one word, or are not installed on every system."""


@dataclass(frozen=True, slots=True, order=True)
class Package:
    """A package of somebody else's (第三方软件包)."""

    name: str
    version: str
    licence: str
    kind: str
    """Of its registry: `pypi` or `npm`."""

    @property
    def reason(self) -> str:
        """Why its licence is borne; "" where none is needed."""
        named = set(re.findall(r"[\w.+-]+", self.licence)) - {"AND", "OR", "WITH"}
        return "; ".join(sorted({REASONS[each] for each in named - FREE}))


def of_python(lock: str) -> set[tuple[str, str]]:
    """Names and versions in a lock of Python packages."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return {(found["name"], found["version"]) for found in PIN.finditer(text)}


def of_npm(folder: str) -> Iterator[tuple[str, str, str, bool]]:
    """Name, version, licence and whether it only helps to build, of each package in a lock."""
    lock = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
    for place, said in lock["packages"].items():
        if place:
            name = place.rpartition("node_modules/")[2]
            licence = said.get("license") or UNSAID[name]
            yield name, said["version"], licence.strip("()"), bool(said.get("dev"))


def tables() -> dict[str, list[Package]]:
    """Every package under the heading of what it is for."""
    program, all_python = of_python("app"), of_python("dev") | of_python("uv")
    pages = set(of_npm("frontend"))
    return {
        "Python: the program": [_python(*each) for each in sorted(program)],
        "Python: development only": [_python(*each) for each in sorted(all_python - program)],
        "JavaScript: the pages": _javascript(pages, is_tool=False),
        "JavaScript: building the pages only": _javascript(pages, is_tool=True),
        "JavaScript: tests only": sorted(
            {Package(name, version, licence, "npm")
             for name, version, licence, _ in of_npm("tests/odk")}
        ),
    }  # fmt: skip


def _javascript(packages: set[tuple[str, str, str, bool]], *, is_tool: bool) -> list[Package]:
    chosen = (each for each in packages if each[3] == is_tool)
    return sorted({Package(name, version, said, "npm") for name, version, said, _ in chosen})


def _python(name: str, version: str) -> Package:
    return Package(name, version, UNSAID.get(name) or _licence(name), "pypi")


def _licence(name: str) -> str:
    """What an installed package says of its licence.

    Raises:
        SystemExit: it is not installed, or says it in no word that we know.
    """
    try:
        told = metadata(name)
    except PackageNotFoundError as missing:
        raise SystemExit(f"{name} is not installed here: name its licence in UNSAID.") from missing
    classes = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or ()
               if each.startswith("License ::")]  # fmt: skip
    heads = ("License-Expression", "License")
    for said in (*(each for head in heads for each in told.get_all(head) or ()), *classes):
        known: str = SAID.get(said, said)
        words = set(re.findall(r"[\w.+-]+", known)) - {"AND", "OR"}
        if words and words <= FREE | REASONS.keys():
            return known
    raise SystemExit(f"{name} says its licence in no word that we know: name it in UNSAID.")


def page() -> str:
    """The page."""
    parts = [HEAD]
    for heading, packages in tables().items():
        lines = [f"| {each.name} | {each.version} | {each.licence} | {each.reason} |"
                 for each in packages]  # fmt: skip
        top = "| package | version | licence | borne because |\n|---|---|---|---|"
        parts.append(f"## {heading}\n\n" + "\n".join([top, *lines]) + "\n")
    return "\n".join(parts)


def bill() -> dict[str, object]:
    """What the program is made of, as CycloneDX says it."""
    listed = tables()
    held = [*listed["Python: the program"], *listed["JavaScript: the pages"]]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "wenming", "version": __version__}
        },
        "components": [
            {
                "type": "library",
                "name": each.name,
                "version": each.version,
                "purl": _address(each),
                "bom-ref": _address(each),
                "licenses": [{"expression": each.licence}],
            }
            for each in held
        ],
    }


def _address(package: Package) -> str:
    name = package.name.replace("@", "%40") if package.kind == "npm" else package.name
    return f"pkg:{package.kind}/{name}@{package.version}"


def main(words: list[str]) -> int:
    """Write the page, or the bill of materials."""
    parser = argparse.ArgumentParser(prog="python -m tools.licences")
    parser.add_argument("--sbom", type=Path)
    asked = parser.parse_args(words)
    if asked.sbom:
        asked.sbom.write_text(json.dumps(bill(), indent=1) + "\n", encoding="utf-8")
    else:
        PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
