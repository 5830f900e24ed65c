"""`wenming assess`: from the folder of a round to a report, JSON or a workbook."""

import os.path
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from wenming.cli.terminal import json_out, lines_out
from wenming.cli.writing import writing
from wenming.core.errors import BadInput, Place, Problem
from wenming.core.evidence import build_evidence
from wenming.core.framework import Edition, build_checklists, build_edition
from wenming.core.framework.checklist import NO_CHECKLISTS
from wenming.engine import as_json
from wenming.engine import assess as assessed
from wenming.files.rounds import RoundFiles, read_round
from wenming.stats.survey.errors import SurveyError

Plain = dict[str, Any]
DESIGN = "design.yaml"


def assess(options: Namespace) -> int:
    """Assess a round and print the result; write a workbook where one is asked for."""
    result = assess_folder(options.folder)
    if options.xlsx is not None:
        from wenming.cli.assessment_workbook import write_assessment

        with writing(options.xlsx):
            write_assessment(result, options.xlsx, options.lang)
    if options.json:
        json_out(result)
    else:
        from wenming.cli.assessment_text import report

        lines_out(report(result, options.lang))
    return 0


def assess_folder(folder: Path) -> Plain:
    """The published result of a folder; see docs/reference/assessment.md.

    Raises:
        BadInput: every mistake of every file.
    """
    with blaming(folder):
        files = read_round(folder)
        return assess_files(files, build_edition(files.edition))


def assess_files(files: RoundFiles, edition: Edition) -> Plain:
    """The published result of the evidence of a folder under an edition.

    Raises:
        BadInput: every mistake of the rows; or the answer sheets do not make a design.
    """
    checklists = build_checklists(files.checklists) if files.checklists else NO_CHECKLISTS
    evidence = build_evidence(files.tables, edition, checklists)
    try:
        return as_json(assessed(edition, evidence, checklists))
    except SurveyError as refused:
        problem = Problem(refused.code, Place(DESIGN), dict(refused.facts))
        raise BadInput([problem]) from refused


@contextmanager
def blaming(folder: Path) -> Iterator[None]:
    """Name the files of a folder from where the command was called, not from within it."""
    try:
        yield
    except BadInput as refused:
        raise BadInput(
            replace(each, place=replace(each.place, file=_seen_from_here(folder, each.place.file)))
            for each in refused.problems
        ) from refused


def _seen_from_here(folder: Path, file: str) -> str:
    return file if file == str(folder) else os.path.normpath(folder / file)
