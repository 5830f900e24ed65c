"""`wenming draw` and `wenming draw verify`: a sample that nobody chose, and the proof of it."""

import json
import os
import re
import secrets
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from wenming.base import wording
from wenming.base.language import marked as _
from wenming.cli.terminal import json_out, lines_out, say, table
from wenming.cli.writing import writing
from wenming.core.errors import BadInput, Place, Problem
from wenming.core.rows import Row
from wenming.files.csv_rows import csv_table
from wenming.files.texts import as_text, read_bytes
from wenming.files.yaml_tree import parse_yaml
from wenming.stats.sampling import (
    Announcement,
    Difference,
    Draw,
    DrawError,
    Plan,
    make_draw,
    plan_from,
)
from wenming.stats.sampling import verify as differences_of

SEED = re.compile(r"[0-9a-fA-F]{64}")
SEED_BYTES = 32
MOST_MEGABYTES = 64


def draw(options: Namespace) -> int:
    """Draw, write the draw, and keep the seed apart until it is released."""
    rows = csv_table(options.frame, required=(), free=True)
    plan = _plan(options.plan)
    default = Path(f"{options.frame.stem}.draw.json")
    out = options.out or (None if options.json else default)
    beside = options.seed_file or (out or default).with_suffix(".seed")
    kept = beside if options.seed is None else None
    is_new = kept is not None and (options.seed_file is None or not kept.exists())
    if is_new and kept is not None and kept.exists():
        raise BadInput([Problem("seed_exists", Place(str(kept)))])
    seed = secrets.token_bytes(SEED_BYTES) if is_new else _given_seed(options.seed, kept)
    with _blaming(options.frame, rows):
        drawn = make_draw([row.values for row in rows], plan, seed)
    if is_new and kept is not None:
        with writing(kept):
            _keep(seed, kept)
    if out is not None:
        with writing(out):
            out.write_text(_json_text(drawn), encoding="utf-8")
    if options.json:
        json_out(drawn.to_json())
    else:
        lines_out(_text(drawn, out, kept, options.lang))
    return 0


def verify(options: Namespace) -> int:
    """Draw again; 0 when nothing differs, 1 when something does."""
    published = _published(options.published)
    rows = csv_table(options.frame, required=(), free=True)
    plan = _plan(options.plan)
    beside = options.seed_file or options.published.with_suffix(".seed")
    given = published.get("seed") if options.seed is None else options.seed
    seed = _given_seed(given, beside)
    announced = Announcement(
        commitment=published["commitment"],
        frame_hash=published.get("frame"),
        plan_hash=published.get("plan"),
    )
    frame = [row.values for row in rows]
    found = differences_of(frame, plan, seed, announced, published["list"])
    if options.json:
        plain = [{"code": each.code, **each.facts} for each in found]
        json_out({"same": not found, "differences": plain})
    else:
        lines_out(_verdict(found, published["commitment"], options.lang))
    return 1 if found else 0


def _plan(path: Path) -> Plan:
    """The plan of a YAML file; repeated keys, aliases and tags are refused as in other files."""
    file = str(path)
    text = as_text(read_bytes(path, file, most=MOST_MEGABYTES), file)
    problems: list[Problem] = []
    parse_yaml(text, file, problems)
    if problems:
        raise BadInput(problems)
    try:
        return plan_from(yaml.safe_load(text), file=file)
    except (yaml.YAMLError, ValueError) as refused:
        raise BadInput([_yaml_problem(refused, file)]) from refused


def _yaml_problem(refused: Exception, file: str) -> Problem:
    """What the typed reading refuses although the tree was read, such as the day 2026-13-45."""
    mark = getattr(refused, "problem_mark", None)
    line, at = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    problem = getattr(refused, "problem", None) or str(refused)
    return Problem("yaml_syntax", Place(file, line=line), {"problem": problem, "at": at})


def _given_seed(text: str | None, file: Path | None) -> bytes:
    """The seed as 32 bytes, from 64 hexadecimal digits given or kept in a file."""
    name = "--seed"
    if text is None and file is not None:
        name = str(file)
        text = as_text(read_bytes(file, name, most=1), name)
    digits = (text or "").strip()
    if not SEED.fullmatch(digits):
        raise BadInput([Problem("seed_wrong", Place(name), {"length": len(digits)})])
    return bytes.fromhex(digits)


def _keep(seed: bytes, path: Path) -> None:
    """Write a seed that only its owner may read; an older file is never overwritten."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(seed.hex() + "\n")


def _published(path: Path) -> dict[str, Any]:
    file = str(path)
    text = as_text(read_bytes(path, file, most=MOST_MEGABYTES), file)
    try:
        found = json.loads(text)
    except ValueError as refused:
        place = Place(file, line=getattr(refused, "lineno", 0))
        raise BadInput([Problem("not_json", place, {"problem": str(refused)})]) from refused
    if not _is_draw(found):
        raise BadInput([Problem("not_json", Place(file), {"problem": "commitment, list"})])
    return dict(found)


def _is_draw(found: object) -> bool:
    if not isinstance(found, dict) or not isinstance(found.get("list"), list):
        return False
    texts = [found.get(name, "") for name in ("frame", "plan", "seed")]
    cells = [cell for row in found["list"] if isinstance(row, dict) for cell in row.values()]
    return (
        isinstance(found.get("commitment"), str)
        and all(isinstance(row, dict) for row in found["list"])
        and all(isinstance(text, str) for text in (*texts, *cells))
    )


@contextmanager
def _blaming(file: Path, rows: Sequence[Row]) -> Iterator[None]:
    """Give a refusal of the draw its place in the frame."""
    try:
        yield
    except DrawError as refused:
        row, column = refused.facts.get("row"), str(refused.facts.get("column", ""))
        line = rows[row].place.line if isinstance(row, int) else 0
        place = Place(str(file), line=line, column=column)
        raise BadInput([Problem(refused.code, place, dict(refused.facts))]) from refused


def _json_text(drawn: Draw) -> str:
    return json.dumps(drawn.to_json(), ensure_ascii=False, indent=2) + "\n"


def _text(drawn: Draw, out: Path | None, kept: Path | None, language: str) -> list[str]:
    header = [_("Stratum"), _("How"), _("In the frame"), _("Drawn")]
    rows = [
        [size.stratum, size.method, str(size.available), str(size.drawn)] for size in drawn.strata
    ]
    lines = [
        drawn.label,
        *table([say(each, language) for each in header], rows, left=(0, 1)),
        "",
        say(_("Drawn: {count}, in reserve: {reserve}"), language,
            count=len(drawn.selected), reserve=len(drawn.replacements)),
        say(_("Commitment, to be published now: {commitment}"), language,
            commitment=drawn.commitment),
    ]  # fmt: skip
    if out is not None:
        message = _("Draw, to be kept closed until the release: {file}")
        lines.append(say(message, language, file=out))
    if kept is not None:
        message = _("Seed, to be kept apart until the release: {file}")
        lines.append(say(message, language, file=kept))
    return lines


def _verdict(found: Sequence[Difference], commitment: str, language: str) -> list[str]:
    if not found:
        message = _("OK: the draw is the one that was announced ({commitment}).")
        return [say(message, language, commitment=commitment)]
    message = _("The draw is not the one that was announced: {count}")
    heading = say(message, language, count=len(found))
    said = [wording.sentence(each.code, each.facts, language) for each in found]
    return [heading, *(f"  ✗ {sentence}" for sentence in said)]
