"""ODK's own parts, where they are installed: the programs, and a server for them."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests import node
from tests.api.calling import token_of
from tests.api.odk_filling import Afield
from wenming.base.models import User

HERE = Path(__file__).parent
PARTS = HERE / "node_modules"


def needs(*parts: str) -> pytest.MarkDecorator:
    """Skip where a part is not installed; `sh tools/setup.sh dev` fetches them."""
    missing = [each for each in parts if not (PARTS / each / "package.json").is_file()]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


needs_java = pytest.mark.skipif(
    shutil.which("java") is None, reason="no Java: apt-get install default-jre-headless"
)


def run_node(script: str, *words: str) -> Any:
    """What a script of this folder prints as JSON."""
    return node.run_node(HERE / script, *words, within=HERE)


def door_of(out: Afield, site: str, person: User) -> str:
    """The address of the door of one person, with a token in it."""
    return f"{site}/odk/{token_of(person, out.errand.field.cast.city)}"
